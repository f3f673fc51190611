//! Transitive dependency.

use crate::lint::dependency::{self, Form, Misplaced};
use crate::lint::prelude::*;

rule! {
    /// Flags columns that describe something which another column of the row identifies.
    ///
    /// ## Why
    ///
    /// The name of a department stands on every row of its staff, and one of them is spelt otherwise. What is
    /// identified is a table of its own: third normal form.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table staff (id bigint primary key, dept_code text not null, dept_name text not null, dept_floor int);
    /// ```
    ///
    /// ```sql
    /// create table orders (id bigint primary key, customer_email text not null, customer_name text not null, product_name text not null, product_price numeric(12,2) not null);
    /// ```
    ///
    /// ```sql
    /// create table parcels (id bigint primary key, zip text not null, city text not null, weight_g int not null);
    /// comment on table parcels is 'zip -> city';
    /// ```
    ///
    /// ```sql
    /// create table staff (id bigint primary key, full_name text not null, dept_code text not null, building text not null);
    /// insert into staff values (1, 'Ana', 'HR', 'North'), (2, 'Bo', 'IT', 'South'), (3, 'Cy', 'HR', 'North'), (4, 'Di', 'OPS', 'West'), (5, 'Ed', 'IT', 'South'), (6, 'Flo', 'HR', 'North'), (7, 'Gus', 'OPS', 'West'), (8, 'Hal', 'IT', 'South'), (9, 'Ida', 'OPS', 'West'), (10, 'Jo', 'HR', 'North'), (11, 'Kim', 'IT', 'South'), (12, 'Lou', 'OPS', 'West');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table staff (id bigint primary key, dept_code text not null, building text not null);
    /// insert into staff values (1, 'HR', 'North'), (2, 'IT', 'South'), (3, 'HR', 'South'), (4, 'IT', 'South');
    /// ```
    ///
    /// ```sql
    /// create table depts (code text primary key, name text not null, floor int);
    /// create table staff (id bigint primary key, dept_code text not null references depts);
    /// ```
    ///
    /// ## Evidence
    ///
    /// Dependencies are known from keys, from names, from a comment of the table (`dept_code -> dept_name, dept_floor`), and
    /// from rows that the design holds, where what they show could hardly be chance. The fix makes the table, moves the
    /// rows and references it.
    ///
    /// ## Source
    ///
    /// Codd, "Further Normalization of the Data Base Relational Model", 1971.
    NRM006 "transitive-dependency" Warning [Unsafe] Named(check, &[Known::Names])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() == Role::Log {
        return;
    }
    let known: Vec<Misplaced> =
        dependency::misplaced(t).into_iter().filter(|it| it.form != Form::Second).collect();
    for it in &known {
        dependency::report(cx, t, it);
    }
    for key in t.cols().filter(|it| !it.facts.is_reference && !t.is_key(it.id) && !t.is_single_key(it.id)) {
        let Some((stem, last)) = key.name.rsplit_once('_') else { continue };
        if !matches!(last, "code" | "id" | "no" | "number" | "email" | "sku" | "isbn" | "username")
            || key.is(Topic::Foreign)
            || stem == t.facts.singular
            || known.iter().any(|it| it.from == [key.id])
        {
            continue;
        }
        // What repeats a row that is referenced is NRM001's.
        if t.foreign_keys.iter().any(|fk| cx.view(fk.references).is_some_and(|it| it.facts.singular == stem))
        {
            continue;
        }
        let about = t.cols().find(|it| {
            it.column
                .name
                .strip_prefix(stem)
                .is_some_and(|it| matches!(it, "_name" | "_title" | "_description" | "_label" | "_full_name"))
        });
        let remedy = dependency::remedy(cx, t, &[key.id], &dependency::named_like(t, stem, key.id));
        if let Some(about) = about.filter(|it| !it.facts.is_reference && !crate::lint::copies::is_marked(it))
        {
            let kept = table_of(cx, t, stem);
            cx.columns(
                t,
                &[about.id, key.id],
                format!("`{}` depends on `{}`, not on the key", about.name, key.name),
            )
            .because(held_once(kept.map(|it| it.table), stem, "third normal form"))
            .risky_if("Make it a table of its own", remedy.filter(|_| kept.is_none()));
        }
    }
    embedded(cx, t);
}

/// The table of what columns speak of, where there is one.
fn table_of<'a>(cx: &Cx<'a>, t: &TableView<'_>, stem: &str) -> Option<TableView<'a>> {
    let id = cx.tables_named(stem).first()?;
    cx.view(*id).filter(|it| it.id != t.id)
}

/// Where it would be held once.
fn held_once(table: Option<&Table>, stem: &str, what: &str) -> String {
    match table {
        Some(to) => format!("`{}` could hold it once, and be referenced: {what}", to.name),
        None => format!("a table of `{}` would hold it once: {what}", crate::base::plural(stem)),
    }
}

/// What columns say of a thing that has no table, where nothing in the row identifies it: `product_name`, `product_price`.
fn embedded(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if !t.is(Topic::Document) {
        return;
    }
    for name in t.cols().filter(|it| it.is_text() && !crate::lint::copies::is_marked(it)) {
        let Some(stem) =
            name.column.name.strip_suffix("_name").or_else(|| name.column.name.strip_suffix("_title"))
        else {
            continue;
        };
        let of = |it: &ColumnView<'_>| it.name.strip_prefix(stem).is_some_and(|it| it.starts_with('_'));
        let group: Vec<ColumnView<'_>> = t.cols().filter(of).collect();
        let told = group.iter().any(|it| {
            it.facts.is_reference
                || ["_code", "_id", "_no", "_number", "_email", "_sku", "_isbn", "_username"]
                    .iter()
                    .any(|end| it.name.ends_with(end))
        });
        let person = matches!(stem, "first" | "last" | "full" | "user" | "file" | "display" | "middle");
        let kept = !cx.tables_named(stem).is_empty()
            && t.foreign_keys
                .iter()
                .any(|fk| cx.view(fk.references).is_some_and(|it| it.facts.singular == stem));
        if told || kept || person || group.len() < 2 || stem == t.facts.singular {
            continue;
        }
        let ids: Vec<ColumnId> = group.iter().map(|it| it.id).collect();
        let listed = t.listed(&ids);
        let price = group.iter().find(|it| it.ends(Topic::Price));
        let table = table_of(cx, t, stem);
        let lacks = match table {
            Some(to) => format!("but nothing references `{}`", to.name),
            None => "which has no table".to_owned(),
        };
        let finding = cx.columns(t, &ids, format!("{listed} describe one `{stem}`, {lacks}"));
        finding.because(held_once(table.map(|it| it.table), stem, "what is so of all rows of one of them"));
        if let Some(price) = price {
            finding.because(format!(
                "`{}` may stay as it was at the time: that is a snapshot, not a copy",
                price.name
            ));
        }
    }
}

//! Same name different type.

use std::collections::BTreeMap;

use crate::lint::prelude::*;

rule! {
    /// Flags a column whose type differs from that of most columns of its name.
    ///
    /// Lengths and widths of one type are passed over, and so are enumerated types, and names that mean something else in every
    /// table.
    ///
    /// ## Why
    ///
    /// What one table takes, another refuses: a value that is copied or compared is cut, converted or rejected, and a join over
    /// the two may use no index.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table a (id bigint primary key, email text);
    /// create table b (id bigint primary key, email text);
    /// create table c (id bigint primary key, email varchar(80));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table a (id bigint primary key, email text);
    /// create table b (id bigint primary key, email text);
    /// ```
    ///
    /// ## Options
    ///
    /// `majority` (60): the share of columns of a name, in per cent, that must agree.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Type Conversion".
    TYP021 "same-name-different-type" Info [Unsafe] Design(check, &[Reads::Tables, Reads::Types])
}

/// What says nothing of its meaning beyond the table that it is in.
const VAGUE: [&str; 37] = [
    "amount",
    "body",
    "category",
    "code",
    "comment",
    "config",
    "content",
    "count",
    "data",
    "date",
    "description",
    "extra",
    "id",
    "key",
    "kind",
    "label",
    "level",
    "message",
    "metadata",
    "name",
    "note",
    "number",
    "option",
    "param",
    "payload",
    "position",
    "result",
    "setting",
    "size",
    "state",
    "status",
    "text",
    "time",
    "title",
    "type",
    "value",
    "version",
];

/// A column by its place, and what its type is as far as values go from one to another.
struct Of {
    table: TableId,
    column: ColumnId,
    class: String,
}

fn check(cx: &mut Cx<'_>) {
    let majority = cx.option("majority", 60) as usize;
    let mut named: BTreeMap<&str, Vec<Of>> = BTreeMap::new();
    for t in cx.tables() {
        for c in t.cols() {
            let is_enumerated = matches!(cx.design.below_domain(&c.data_type).base, BaseType::Enum(_));
            if c.facts.is_reference || c.is(Topic::Closed) || is_enumerated {
                continue;
            }
            let of = Of { table: t.id, column: c.id, class: class(cx.design, &c) };
            named.entry(&c.column.name).or_default().push(of);
        }
    }
    for (name, all) in named.into_iter().filter(|it| it.1.len() > 2) {
        let words = crate::lint::words_of(name);
        if words.len() < 2 && words.iter().all(|it| VAGUE.contains(&it.as_str())) {
            continue;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for it in &all {
            *counts.entry(&it.class).or_default() += 1;
        }
        let Some((usual, count)) = counts.into_iter().max_by_key(|it| it.1) else { continue };
        if count == all.len() || count * 100 < all.len() * majority {
            continue;
        }
        let like = all.iter().find(|it| it.class == usual);
        let Some(data_type) =
            like.and_then(|it| Some(cx.design.table(it.table)?.column(it.column)?.data_type.clone()))
        else {
            continue;
        };
        let wanted = crate::sql::type_name(cx.design, &data_type);
        for it in all.iter().filter(|it| it.class != usual) {
            let Some(t) = cx.view(it.table) else { continue };
            let Some(c) = t.col(it.column) else { continue };
            let written = crate::sql::type_name(cx.design, &c.data_type);
            let direct =
                c.default().is_none() && !c.facts.demand.named && !c.is_generated() && !t.is_key(c.id);
            let remedy = Remedy::Type { table: t.id, column: c.id, data_type: data_type.clone() };
            let message = format!(
                "`{name}` is {written}, and {wanted} in {count} of the {} tables that have it",
                all.len()
            );
            cx.column(&t, &c, message).risky_if("Give it the usual type", Some(remedy).filter(|_| direct));
        }
    }
}

/// What a type is as far as values go from one to another: integers are of one class, and so is limited text; how exact a
/// number or a time is, is of no account.
fn class(design: &Design, c: &ColumnView<'_>) -> String {
    let family = c.builtin().map(Builtin::family);
    match family {
        Some(TypeFamily::Integer) => "integer".to_owned(),
        Some(TypeFamily::Float) => "float".to_owned(),
        Some(TypeFamily::Numeric) => "numeric".to_owned(),
        Some(TypeFamily::Text | TypeFamily::Character) if !c.data_type.modifiers.is_empty() => {
            "limited".to_owned()
        }
        Some(TypeFamily::Text) => "text".to_owned(),
        _ => {
            let mut below = design.below_domain(&c.data_type);
            below.modifiers.clear();
            crate::sql::type_name(design, &below)
        }
    }
}

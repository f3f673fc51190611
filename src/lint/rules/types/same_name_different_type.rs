//! Same name different type.

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
    TYP021 "same-name-different-type" Info [Unsafe] Named(check, &[Known::Types])
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

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let types = &cx.globals().types;
    if types.is_empty() {
        return;
    }
    let majority = cx.option("majority", 60) as usize;
    for c in t.cols() {
        let Some((known, kind)) = types.get(&c.facts.named).zip(c.facts.kind) else { continue };
        let agree = known.count * 100 >= known.all * majority;
        if kind == known.usual || known.all < 3 || !agree || is_vague(&c.column.name) {
            continue;
        }
        let (count, all, name) = (known.count, known.all, &c.column.name);
        let Some(like) =
            cx.design.table(known.like).and_then(|it| it.columns.iter().find(|it| it.name == *name))
        else {
            continue;
        };
        let data_type = like.data_type.clone();
        let wanted = crate::sql::type_name(cx.design, &data_type);
        let written = crate::sql::type_name(cx.design, &c.data_type);
        let direct = c.default().is_none() && !c.facts.demand.named && !c.is_generated() && !t.is_key(c.id);
        let remedy = Remedy::Type { table: t.id, column: c.id, data_type };
        let message =
            format!("`{name}` is {written}, and {wanted} in {count} of the {all} tables that have it");
        cx.column(t, &c, message).risky_if("Give it the usual type", Some(remedy).filter(|_| direct));
    }
}

/// Whether a name says nothing beyond the table that it is in.
fn is_vague(name: &str) -> bool {
    let words = crate::lint::words_of(name);
    words.len() < 2 && words.iter().all(|it| VAGUE.contains(&it.as_str()))
}

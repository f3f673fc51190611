//! Undocumented obscure column.

use crate::lint::prelude::*;

rule! {
    /// Flags a column whose name does not say what it holds, and that has no comment.
    ///
    /// ## Why
    ///
    /// `st`, `flg` and `typ` are known to one person, who left.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, st smallint not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, st smallint not null);
    /// comment on column t.st is 'Stage 0-4, see the intake procedure.';
    /// ```
    DOC002 "undocumented-obscure-column" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    const KNOWN: [&str; 26] = [
        "id", "ip", "url", "uri", "sku", "tax", "fee", "age", "key", "at", "on", "day", "zip", "vat", "lat",
        "lng", "lon", "x", "y", "z", "qty", "sex", "pin", "iso", "to", "no",
    ];
    for c in t.cols().filter(|it| it.comment.is_none() && !it.facts.is_reference && !t.is_key(it.id)) {
        let vowels = c.name.chars().any(|it| "aeiouyAEIOUY".contains(it));
        let short = c.name.chars().count() <= 3 && !KNOWN.contains(&c.name.to_ascii_lowercase().as_str());
        if short && (!vowels || c.name.chars().count() <= 2) {
            cx.column(t, &c, format!("`{}` does not say what it holds", c.name));
        }
    }
}

//! Meaningless name.

use crate::lint::prelude::*;

rule! {
    /// Flags names that say nothing.
    ///
    /// ## Why
    ///
    /// `data`, `field1` and `tmp` have to be looked up every time, and are never renamed.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table table1 (id bigint primary key, field1 text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table suppliers (id bigint primary key, legal_name text not null);
    /// ```
    NAM008 "meaningless-name" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let bare = |it: &str| {
        let stem = it.trim_end_matches(|it: char| it.is_ascii_digit()).trim_end_matches('_');
        let numbered = stem.len() < it.len()
            && matches!(stem, "value" | "field" | "col" | "column" | "table" | "new_table" | "test");
        numbered
            || matches!(
                it,
                "misc" | "temp" | "tmp" | "foo" | "bar" | "stuff" | "test" | "new_table" | "table" | "flag"
            )
    };
    if bare(&t.name) {
        cx.table(t, format!("the name `{}` says nothing about what it holds", t.name));
    }
    for c in t.cols().filter(|it| bare(&it.name)) {
        cx.column(t, &c, format!("the name `{}` says nothing about what it holds", c.name));
    }
}

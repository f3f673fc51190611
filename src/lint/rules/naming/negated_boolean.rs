//! Negated boolean.

use crate::lint::prelude::*;

rule! {
    /// Flags a boolean that says what is not.
    ///
    /// ## Why
    ///
    /// `WHERE NOT is_not_active` has to be thought about, and is misread.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, is_not_visible boolean not null default false);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, is_visible boolean not null default true);
    /// ```
    NAM009 "negated-boolean" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_type(Builtin::Boolean)) {
        let words = crate::lint::words_of(&c.name);
        if words.iter().any(|it| matches!(it.as_str(), "not" | "non"))
            || words.first().is_some_and(|it| it == "no")
        {
            cx.column(t, &c, format!("`{}` is a negation: false means yes", c.name));
        }
    }
}

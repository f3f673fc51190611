//! Arbitrary varchar limit.

use crate::lint::prelude::*;

rule! {
    /// Flags `varchar(n)` with a limit that is only habit.
    ///
    /// ## Why
    ///
    /// The limit is no rule of the business, yet one day a name does not fit. A check says what is meant and can be
    /// changed without a rewrite.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, name varchar(255) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, name text not null check (char_length(name) <= 200));
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL wiki, "Don't Do This", "Don't use varchar(n) by default".
    TYP008 "arbitrary-varchar-limit" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    const HABIT: [&str; 10] = ["50", "100", "128", "200", "250", "255", "256", "500", "512", "1000"];
    for c in t.cols().filter(|it| it.data_type.as_builtin() == Some(Builtin::Varchar)) {
        let [limit] = c.data_type.modifiers.as_slice() else { continue };
        if HABIT.contains(&limit.as_str()) && c.comment.is_none() && !c.facts.demand.named {
            let remedy =
                Remedy::Type { table: t.id, column: c.id, data_type: DataType::builtin(Builtin::Text) };
            cx.column(t, &c, format!("nothing says why `{}` ends at {limit} characters", c.name))
                .risky("Make it text", remedy);
        }
    }
}

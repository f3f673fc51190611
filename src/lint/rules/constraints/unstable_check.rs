//! Unstable check.

use crate::lint::prelude::*;

rule! {
    /// Flags a check that is true today and false tomorrow.
    ///
    /// ## Why
    ///
    /// It is run when a row is written and never again: a dump of rows that were fine is refused when it is restored.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, due date not null check (due >= current_date));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, created_on date not null default current_date, due date not null, check (due >= created_on));
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Check Constraints", note on immutable conditions.
    CON017 "unstable-check" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    const UNSTABLE: [&str; 13] = [
        "now",
        "current_date",
        "current_time",
        "current_timestamp",
        "localtime",
        "localtimestamp",
        "clock_timestamp",
        "statement_timestamp",
        "transaction_timestamp",
        "random",
        "current_user",
        "session_user",
        "current_setting",
    ];
    for it in &t.checks {
        let names = expression::names(&it.expression);
        let column = |name: &&String| t.column_named(name).is_some();
        let found = names.iter().filter(|it| UNSTABLE.contains(&it.as_str())).find(|it| !column(it));
        if let Some(found) = found {
            cx.member(
                t,
                [it.id.into()],
                &it.name,
                format!("the check asks `{found}`, which changes while the row does not"),
            )
            .risky(
                "Drop it, and ask when a row is written",
                Remedy::Drop { table: t.id, member: it.id.into() },
            );
        }
    }
}

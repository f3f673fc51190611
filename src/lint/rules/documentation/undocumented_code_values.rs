//! Undocumented code values.

use crate::lint::prelude::*;
use crate::pg::TokenKind;

rule! {
    /// Flags a whole number that stands for one of a few meanings, which nothing tells.
    ///
    /// ## Why
    ///
    /// What `2` means stands in the code of one program, at best. Reports, exports and the next program guess.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, priority smallint not null check (priority between 0 and 3));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, priority smallint not null check (priority between 0 and 3));
    /// comment on column tasks.priority is '0 none, 1 low, 2 medium, 3 high';
    /// ```
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, done smallint not null check (done in (0, 1)), stars smallint not null check (stars between 1 and 5));
    /// ```
    DOC004 "undocumented-code-values" Warning [] Table(check)
}

/// More values than this are a measure, not a code for each.
const MOST: u64 = 20;

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.comment.is_none() && !it.facts.is_reference && it.is_integer()) {
        let demand = c.facts.demand;
        let is_bounded = demand.lower && demand.upper && c.is(Topic::Closed);
        if (demand.listed || is_bounded) && !t.is_key(c.id) && !c.is_generated() && has_codes(t, &c) {
            cx.column(t, &c, format!("nothing says what the values of `{}` mean", c.name));
        }
    }
}

/// Whether a check allows a few small numbers, others than 0 and 1, which speak for themselves. What a domain demands is told
/// where the domain is.
fn has_codes(t: &TableView<'_>, c: &ColumnView<'_>) -> bool {
    t.checks.iter().filter(|it| expression::names(&it.expression).contains(&c.name)).any(|it| {
        let words = expression::written(&it.expression);
        let numbers = words.iter().filter(|it| it.0.kind == TokenKind::Number);
        let numbers: Vec<Option<u64>> = numbers.map(|it| it.1.parse().ok()).collect();
        numbers.iter().all(|it| it.is_some_and(|it| it <= MOST)) && numbers.iter().flatten().any(|it| *it > 1)
    })
}

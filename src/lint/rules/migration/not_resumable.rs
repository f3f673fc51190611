//! Not resumable.

use crate::lint::prelude::*;

rule! {
    /// Flags a script of several statements, run without a transaction, whose beginning cannot be run a second time.
    ///
    /// A comment says that the tool begins none: `/*@ runner tx=none */`.
    ///
    /// ## Why
    ///
    /// Where a statement in the middle fails, those before it stay done. The next attempt stops at the first of them, and somebody
    /// has to take the script apart by hand. Guards such as `IF NOT EXISTS` let it go on; so does a file for each statement.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ runner tx=none */
    /// alter table orders add column memo text;
    /// alter table orders add column memo2 text;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ runner tx=none */
    /// alter table orders add column if not exists memo text;
    /// alter table orders add column if not exists memo2 text;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `ADD COLUMN [ IF NOT EXISTS ]`; "Transactions".
    MIG037 "not-resumable" Info [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let stated = steps.text.split("/*@").skip(1).filter_map(|it| it.split("*/").next());
    let mut facts = stated.flat_map(|it| it.split(';'));
    if !facts.any(|it| it.split_whitespace().eq(["runner", "tx=none"])) {
        return;
    }
    let does = |it: &Act| !matches!(it, Act::Set { .. } | Act::Nothing);
    let Some(last) = steps.steps.iter().rposition(|it| does(&it.act)) else { return };
    // The last may fail: nothing was done after it.
    let first = steps.each().take(last).find(|(at, step)| step.transaction.is_none() && is_once(steps, *at));
    if let Some((at, step)) = first {
        let place = step.act.table().map_or("", |it| it).to_owned();
        steps.report(at, &place, "where a later statement fails, this one stops the next attempt");
    }
}

/// Whether a statement that was run fails when it is run again.
fn is_once(steps: &Steps<'_>, at: usize) -> bool {
    let text = expression::folded(steps.statement(at));
    let guarded = ["if not exists", "if exists", "or replace"].iter().any(|it| text.contains(it));
    let adds = |it: &Action| {
        matches!(
            it,
            Action::AddColumn(_)
                | Action::AddConstraint(_)
                | Action::DropColumn { .. }
                | Action::DropConstraint { .. }
                | Action::RenameColumn { .. }
                | Action::RenameTable { .. }
                | Action::Attach { .. }
                | Action::Detach { .. }
        )
    };
    match steps.steps.get(at).map(|it| &it.act) {
        Some(Act::AlterTable { actions, .. }) => !guarded && actions.iter().any(adds),
        // A concurrent index that failed is there and invalid: a guard would pass it over.
        Some(Act::CreateIndex { concurrently, .. }) => !guarded && !concurrently,
        Some(
            Act::CreateTable { .. }
            | Act::CreateSchema { .. }
            | Act::CreateTrigger { .. }
            | Act::CreatePolicy { .. }
            | Act::CreateType { .. }
            | Act::CreateView { .. }
            | Act::CreateFunction { .. }
            | Act::Drop { .. }
            | Act::DropOn { .. },
        ) => !guarded,
        _ => false,
    }
}

//! Column renamed in place.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that gets another name.
    ///
    /// ## Why
    ///
    /// The code that still runs asks for the old one, until the last instance of it is gone. Add a column, copy,
    /// switch, and remove the old one later.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders rename column note to body;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column body text;
    /// ```
    COM001 "column-renamed-in-place" Error [Core] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let Action::RenameColumn { from, to } = action else { continue };
        let own = steps.actions().iter().any(|it| {
            it.0 < at && it.1 == table && matches!(it.2, Action::AddColumn(it) if it.name == *from)
        });
        if !own {
            steps.report(at, table, format!("code that runs asks for `{from}`, which is now `{to}`"));
        }
    }
}

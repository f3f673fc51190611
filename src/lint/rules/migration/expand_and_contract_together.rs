//! Expand and contract together.

use crate::lint::prelude::*;

rule! {
    /// Flags a script that both adds a column and removes one of the same table.
    ///
    /// ## Why
    ///
    /// While it is rolled out, old and new code run beside each other, and one of them misses its column. Add, copy,
    /// switch, and remove in a later release.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column remark text;
    /// alter table orders drop column note;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column remark text;
    /// ```
    MIG042 "expand-and-contract-together" Error [Core] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    for (at, table, action) in &all {
        let Action::DropColumn { name, .. } = action else { continue };
        if steps.contracts(*at) {
            continue;
        }
        let added = all.iter().find_map(|(place, of, it)| match it {
            Action::AddColumn(it) if of == table && place <= at && it.name != *name => Some(it.name.clone()),
            _ => None,
        });
        if let Some(added) = added {
            steps.report(*at, table, format!("`{name}` is removed in the step that adds `{added}`"));
        }
    }
}

//! Table renamed in place.

use crate::lint::prelude::*;

rule! {
    /// Flags a table or view that gets another name or schema.
    ///
    /// ## Why
    ///
    /// The code that still runs asks for the old one. A view of the old name, made in the same transaction, answers it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders rename to purchases;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// begin;
    /// alter table orders rename to purchases;
    /// create view orders as select * from purchases;
    /// commit;
    /// ```
    COM002 "table-renamed-in-place" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let renamed = matches!(action, Action::RenameTable { .. } | Action::SetSchema);
        let answered = steps
            .each()
            .skip(at)
            .any(|(_, it)| matches!(&it.act, Act::CreateView { name, .. } if name == table));
        if renamed && !answered {
            steps.report(at, table, format!("code that runs asks for `{table}`"));
        }
    }
}

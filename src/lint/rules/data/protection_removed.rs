//! Protection removed.

use crate::lint::prelude::*;

rule! {
    /// Flags a constraint that is dropped with nothing in its place, and row-level security that is switched off.
    ///
    /// ## Why
    ///
    /// From then on rows get in that it refused, and it cannot be put back before they are found. Without row-level security
    /// everybody who may read the table reads all of it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders drop constraint orders_customer_id_fkey;
    /// ```
    ///
    /// ```sql
    /// alter table orders disable row level security;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders drop constraint orders_customer_id_fkey, add constraint orders_customer_fk foreign key (customer_id) references customers (id) not valid;
    /// ```
    DAT012 "protection-removed" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    for (at, table, action) in &all {
        if matches!(action, Action::DisableSecurity) {
            let found = steps.report(*at, table, format!("policies no longer hold for `{table}`"));
            found.because("whoever may read it reads every row");
        }
        let Action::DropConstraint { name } = action else { continue };
        let instead = all.iter().any(|(_, of, it)| {
            of == table && matches!(it, Action::AddConstraint(_) | Action::SetNotNull { .. })
        });
        if !instead {
            steps.report(*at, table, format!("nothing takes the place of `{name}`"));
        }
    }
}

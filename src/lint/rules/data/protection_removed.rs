//! Protection removed.

use crate::lint::prelude::*;

rule! {
    /// Flags a constraint that is dropped with nothing in its place.
    ///
    /// ## Why
    ///
    /// From then on rows get in that it refused, and it cannot be put back before they are found.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders drop constraint orders_customer_id_fkey;
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
        let Action::DropConstraint { name } = action else { continue };
        let instead = all.iter().any(|(_, of, it)| {
            of == table && matches!(it, Action::AddConstraint(_) | Action::SetNotNull { .. })
        });
        if !instead {
            steps.report(*at, table, format!("nothing takes the place of `{name}`"));
        }
    }
}

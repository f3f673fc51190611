//! Validate in same transaction.

use crate::lint::prelude::*;

rule! {
    /// Flags a constraint that is validated in the transaction that added it.
    ///
    /// ## Why
    ///
    /// The strong lock of adding it is held while all rows are read: `NOT VALID` gained nothing.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// begin;
    /// alter table orders add constraint k check (total >= 0) not valid;
    /// alter table orders validate constraint k;
    /// commit;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add constraint k check (total >= 0) not valid;
    /// alter table orders validate constraint k;
    /// ```
    MIG006 "validate-in-same-transaction" Error [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    for (at, table, action) in &all {
        let Action::Validate { name } = action else { continue };
        let transaction = steps.steps[*at].transaction;
        let added = all.iter().any(|(other, of, it)| {
            of == table
                && other <= at
                && (transaction.is_some() && steps.steps[*other].transaction == transaction || other == at)
                && matches!(it, Action::AddConstraint(Added { name: Some(added), .. }) if added == name)
        });
        if added {
            let begun = transaction.is_some_and(|it| it > 0);
            let edit = steps.ahead(*at, "COMMIT;\nBEGIN;\n");
            steps.report(*at, table, format!("`{name}` is validated under the lock that added it")).risky_if(
                "Validate it in a transaction of its own",
                begun.then(|| Remedy::Rewrite(vec![edit])),
            );
        }
    }
}

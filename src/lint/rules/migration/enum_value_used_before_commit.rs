//! Enum value used before commit.

use crate::lint::prelude::*;

rule! {
    /// Flags a label that is used in the transaction that added it.
    ///
    /// ## Why
    ///
    /// PostgreSQL refuses it: "unsafe use of new value".
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// begin;
    /// alter type order_state add value 'refunded';
    /// update orders set state = 'refunded' where id = 1;
    /// commit;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter type order_state add value 'refunded';
    /// update orders set state = 'refunded' where id = 1;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TYPE", notes.
    MIG025 "enum-value-used-before-commit" Error [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut added: Vec<(Option<usize>, &str)> = Vec::new();
    for (at, step) in steps.each() {
        if let Act::AlterType { rest, .. } = &step.act
            && rest.first().is_some_and(|it| it == "add")
        {
            let label = rest.iter().find(|it| it.starts_with('\''));
            added.extend(label.map(|it| (step.transaction, it.as_str())));
            continue;
        }
        let text = step.span.of(steps.text).to_ascii_lowercase();
        let used = added.iter().find(|it| it.0.is_some() && it.0 == step.transaction && text.contains(it.1));
        if let Some((_, label)) = used {
            let begun = step.transaction.is_some_and(|it| it > 0);
            let edit = steps.ahead(at, "COMMIT;\nBEGIN;\n");
            steps
                .report(
                    at,
                    label,
                    format!("{label} cannot be used before the transaction that added it has ended"),
                )
                .risky_if("End the transaction before it", begun.then(|| Remedy::Rewrite(vec![edit])));
        }
    }
}

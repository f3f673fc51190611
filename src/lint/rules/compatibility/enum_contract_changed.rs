//! Enum contract changed.

use crate::lint::prelude::*;

rule! {
    /// Flags a label that gets another name.
    ///
    /// ## Why
    ///
    /// The code that still runs writes the old one and is refused, and does not know the new one.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter type order_state rename value 'paid' to 'settled';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter type order_state add value 'settled' after 'paid';
    /// ```
    COM003 "enum-contract-changed" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::AlterType { name, rest } = &step.act
            && rest.starts_with(&["rename".to_owned(), "value".to_owned()])
        {
            steps.report(at, name, format!("code that runs knows the old label of `{name}`"));
        }
    }
}

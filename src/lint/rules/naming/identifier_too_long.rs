//! Identifier too long.

use crate::lint::prelude::*;

rule! {
    /// Flags a name of more than 63 bytes.
    ///
    /// ## Why
    ///
    /// PostgreSQL cuts it in silence: what is looked for by the whole name later is not there, and two names that
    /// begin alike become one.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table a_table_with_a_rather_long_descriptive_name_for_billing (an_equally_long_and_descriptive_column_name_for_the_adjusted_total int);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table billing_adjustments (adjusted_total int);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Identifiers and Key Words": `NAMEDATALEN` − 1.
    NAM003 "identifier-too-long" Error [Unsafe] Script(check)
}

/// Bytes that PostgreSQL keeps of a name (`NAMEDATALEN` − 1).
const KEPT: usize = 63;

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        let text = step.span.of(steps.text);
        for (token, written) in expression::written(text) {
            let Some(name) = token.name(text).filter(|it| it.len() > KEPT) else { continue };
            let cut = name.char_indices().map(|it| it.0).take_while(|it| *it <= KEPT).last().unwrap_or(0);
            let kept = name.get(..cut).unwrap_or_default();
            let text = if written.starts_with('"') { crate::sql::ident(kept) } else { kept.to_owned() };
            let span = token.span.shifted(step.span.start as usize);
            let edit = crate::lint::TextEdit { span, text };
            steps
                .report(at, &name, format!("the name is {} bytes long, of which {KEPT} are kept", name.len()))
                .risky("Write it as it is kept", Remedy::Rewrite(vec![edit]));
        }
    }
}

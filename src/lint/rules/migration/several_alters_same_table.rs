//! Several alters same table.

use crate::lint::prelude::*;

rule! {
    /// Flags several `ALTER TABLE` of one table in a row.
    ///
    /// ## Why
    ///
    /// Each waits for the lock anew, and each that reads the table reads it again; one statement can hold them all.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column a1 text;
    /// alter table orders add column a2 text;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column a1 text, add column a2 text;
    /// ```
    MIG022 "several-alters-same-table" Info [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut before: Option<(&str, bool)> = None;
    for (at, step) in steps.each() {
        let Act::AlterTable { table, actions } = &step.act else {
            before = None;
            continue;
        };
        let alone = actions.iter().any(|it| {
            matches!(
                it,
                Action::Validate { .. }
                    | Action::RenameColumn { .. }
                    | Action::RenameTable { .. }
                    | Action::Attach { .. }
                    | Action::Detach { .. }
                    | Action::SetSchema
            ) || matches!(it, Action::AddConstraint(Added { not_valid: true, .. }))
        });
        if !alone && before == Some((table, false)) && steps.exists(table, at) && !differ(steps, at) {
            let fix = joined(steps, at);
            steps
                .report(at, table, format!("`{table}` is altered by the statement before as well"))
                .safe_if("Make it one statement", fix.map(Remedy::from));
        }
        before = Some((table, alone));
    }
}

/// What stands between the last action of the statement before and the first of this one, as a comma.
fn joined(steps: &Steps<'_>, at: usize) -> Option<crate::lint::TextEdit> {
    let (before, this) = (steps.steps.get(at.checked_sub(1)?)?, steps.steps.get(at)?);
    let between = crate::base::Span { start: before.span.end, end: this.span.start };
    let blank = between.of(steps.text).trim().is_empty();
    let table = steps.altered(at)?;
    let start = this.span.start as usize;
    let name = this.span.of(steps.text).find(table)?;
    let end = before.span.start as usize + steps.statement(at - 1).len();
    let span = crate::base::Span::new(end, start + name + table.len());
    blank.then(|| crate::lint::TextEdit { span, text: ",".to_owned() })
}

/// Whether this statement and the one before name tables of different SQL schemas.
fn differ(steps: &Steps<'_>, at: usize) -> bool {
    let schema = |at: usize| Some(steps.altered(at)?.rsplit_once('.')?.0.to_ascii_lowercase());
    let before = at.checked_sub(1).and_then(schema);
    before.zip(schema(at)).is_some_and(|(a, b)| a != b)
}

//! Set not null scans.

use crate::lint::prelude::*;

rule! {
    /// Flags `SET NOT NULL` that has to read the whole table.
    ///
    /// ## Why
    ///
    /// It reads under an ACCESS EXCLUSIVE lock. A validated check that the column is not null spares the reading
    /// (PostgreSQL 12).
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders alter column placed_at set not null;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add constraint placed_nn check (placed_at is not null) not valid;
    /// alter table orders validate constraint placed_nn;
    /// alter table orders alter column placed_at set not null;
    /// alter table orders drop constraint placed_nn;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `SET NOT NULL`.
    MIG007 "set-not-null-scans" Error [Core Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    for (at, table, action) in &all {
        let Action::SetNotNull { column } = action else { continue };
        let demands = |text: &str| {
            let folded = expression::folded(text).replace(['(', ')'], " ");
            folded
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .starts_with(&format!("{column} is not null"))
        };
        // A check of this script counts once it is validated; one that adds a check validated at once does as well.
        let here = all.iter().filter(|it| it.0 < *at && it.1 == *table).any(|(_, _, it)| match it {
            Action::AddConstraint(Added { kind: Constraint::Check, not_valid, name, text, .. })
                if demands(text) =>
            {
                !not_valid
                    || all.iter().any(|(place, _, it)| {
                        place < at
                            && matches!(it, Action::Validate { name: done } if Some(done) == name.as_ref())
                    })
            }
            _ => false,
        });
        let added = all.iter().any(|(place, of, it)| {
            place < at
                && of == table
                && matches!(it, Action::AddColumn(it) if it.name == *column && it.default.is_some())
        });
        let before = steps.before();
        let there = before.tables().filter(|it| it.name == *table).any(|it| {
            let checked =
                it.checks.iter().any(|it| it.enforcement == Enforcement::Valid && demands(&it.expression));
            checked || it.column_named(column).is_some_and(|it| !it.nullable)
        });
        let validated = before.tables().filter(|it| it.name == *table).flat_map(|it| &it.checks).any(|it| {
            let now = all.iter().any(|(place, _, action)| {
                place < at && matches!(action, Action::Validate { name } if *name == it.name)
            });
            now && demands(&it.expression)
        });
        // Of a constraint that no script adds nothing is known but that it was validated just now for this.
        let unknown = |name: &str| {
            !all.iter()
                .any(|it| matches!(it.2, Action::AddConstraint(it) if it.name.as_deref() == Some(name)))
                && !before.tables().any(|it| it.checks.iter().any(|it| it.name == name))
        };
        let trusted = all.iter().any(|(place, of, it)| {
            place < at && of == table && matches!(it, Action::Validate { name } if unknown(name))
        });
        if !here && !there && !validated && !added && !trusted {
            let fix = not_null_by_check(steps, *at, table, column);
            steps
                .report(
                    *at,
                    table,
                    format!("reading `{table}` waits while all rows are read for nulls in `{column}`"),
                )
                .safe_if("Validate a check first, which needs no scan later", fix.map(Remedy::from));
        }
    }
}

/// A check that is validated without a lock proves that there are no nulls; then it goes.
fn not_null_by_check(
    steps: &Steps<'_>,
    at: usize,
    table: &str,
    column: &str,
) -> Option<Vec<crate::lint::TextEdit>> {
    let written =
        steps.altered(at).filter(|_| steps.steps.get(at).is_some_and(|it| it.transaction.is_none()))?;
    let name = crate::design::naming::Derived::Check.name(table, [column, "not_null"]);
    let (name, column) = (crate::sql::ident(&name), crate::sql::ident(column));
    let alter = format!("ALTER TABLE {written}");
    Some(vec![
        steps.ahead(
            at,
            format!(
                "{alter} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID;\n\
                 {alter} VALIDATE CONSTRAINT {name};\n"
            ),
        ),
        steps.at_end(at, format!(";\n{alter} DROP CONSTRAINT {name}")),
    ])
}

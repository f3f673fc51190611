//! Not null may fail on nulls.

use crate::lint::prelude::*;

rule! {
    /// Flags a column of an existing table that may no longer be null, with nothing before it that fills its nulls.
    ///
    /// ## Why
    ///
    /// One row without a value stops the script, perhaps in its middle. Fill the column first, or count the rows; a validated
    /// `CHECK (… IS NOT NULL)` proves that there are none.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table customers alter column name set not null;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// update customers set name = '' where id between 1 and 10000 and name is null;
    /// alter table customers alter column name set not null;
    /// ```
    ///
    /// ```sql
    /// alter table customers add constraint customers_name_set check (name is not null) not valid;
    /// alter table customers validate constraint customers_name_set;
    /// alter table customers alter column name set not null;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `SET NOT NULL`.
    DAT009 "not-null-may-fail-on-nulls" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let column = match action {
            Action::SetNotNull { column } => column,
            Action::AddConstraint(Added { kind: Constraint::NotNull, not_valid: false, columns, .. }) => {
                let Some(column) = columns.first() else { continue };
                column
            }
            _ => continue,
        };
        if is_filled(steps, at, table, column) || is_proven(steps, at, table, column) {
            continue;
        }
        let query = format!(
            "SELECT count(*) FROM {} WHERE {} IS NULL",
            crate::sql::ident(table),
            crate::sql::ident(column)
        );
        steps
            .report(at, &format!("{table}.{column}"), format!("rows without `{column}` stop the script"))
            .because(query);
    }
}

/// Whether an earlier step gives the column values, takes rows away, or looks at them.
fn is_filled(steps: &Steps<'_>, at: usize, table: &str, column: &str) -> bool {
    steps.each().take(at).any(|(place, step)| match &step.act {
        Act::Update { table: of, columns, .. } => of == table && columns.iter().any(|it| it == column),
        Act::Delete { table: of, .. } => of == table,
        Act::Truncate { tables, .. } => tables.iter().any(|it| it == table),
        Act::On { what: "MERGE", table: of } => of == table,
        Act::AlterTable { table: of, actions } if of == table => actions.iter().any(|it| match it {
            // A default that comes with the column is in every row.
            Action::AddColumn(it) => {
                it.name == *column && (it.default.is_some() || it.identity || it.is_serial())
            }
            Action::SetType { column: of, using, .. } => of == column && using.is_some(),
            _ => false,
        }),
        // Blocks, calls and queries: what they do is theirs.
        Act::Other { words } if words.first().is_none_or(|it| it != "create") => {
            let text = steps.statement(place).to_ascii_lowercase();
            text.contains(&table.to_ascii_lowercase()) && text.contains(&column.to_ascii_lowercase())
        }
        _ => false,
    })
}

/// Whether the column takes no nulls as it is, or a check that was validated says so.
fn is_proven(steps: &Steps<'_>, at: usize, table: &str, column: &str) -> bool {
    let demands = |text: &str| {
        let is_it = format!("{} is not null", crate::sql::ident(column).to_ascii_lowercase());
        expression::folded(text).contains(&is_it)
    };
    let known = steps.before().tables().find(|it| it.name == table);
    let is_so = known.is_some_and(|it| {
        let set = it.column_named(column).is_some_and(|it| !it.nullable);
        set || it.checks.iter().any(|it| it.enforcement == Enforcement::Valid && demands(&it.expression))
    });
    let names: Vec<&str> = known
        .into_iter()
        .flat_map(|it| &it.checks)
        .filter(|it| demands(&it.expression))
        .map(|it| it.name.as_str())
        .collect();
    let all = steps.actions();
    let here = all.iter().filter(|it| it.0 <= at && it.1 == table);
    let added = |name: &str| {
        all.iter().any(|(_, of, it)| {
            matches!(it, Action::AddConstraint(it)
                if *of == table && it.kind == Constraint::Check && it.name.as_deref() == Some(name) && demands(&it.text))
        })
    };
    is_so
        || here.into_iter().any(|it| match it.2 {
            Action::Validate { name } => names.contains(&name.as_str()) || added(name),
            Action::AddConstraint(it) => it.kind == Constraint::Check && !it.not_valid && demands(&it.text),
            _ => false,
        })
}

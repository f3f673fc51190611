//! Drop column.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that is dropped.
    ///
    /// ## Why
    ///
    /// Its values are gone, with every index, constraint and view over it; code that still runs and names it fails.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders drop column note;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders alter column note drop default;
    /// ```
    DAT002 "drop-column" Error [Core] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let Action::DropColumn { name, .. } = action else { continue };
        if steps.contracts(at) {
            continue;
        }
        let before = steps.before();
        let known = before.tables().find(|it| it.name == table);
        let id = known.and_then(|it| it.column_named(name)).map(|it| it.id);
        let with: Vec<String> = known.zip(id).map_or_else(Vec::new, |(table, id)| {
            let indexes = table
                .indexes
                .iter()
                .filter(|it| it.leading_columns().contains(&id))
                .map(|it| it.name.clone());
            indexes
                .chain(table.uniques.iter().filter(|it| it.columns.contains(&id)).map(|it| it.name.clone()))
                .collect()
        });
        let finding = steps.report(at, table, format!("the values of `{name}` are gone"));
        if !with.is_empty() {
            finding.because(format!("with it go {}", with.join(", ")));
        }
    }
}

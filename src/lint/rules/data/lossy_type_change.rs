//! Lossy type change.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that is given a type which cannot hold every value that it holds now.
    ///
    /// ## Why
    ///
    /// A value that does not fit stops the script, or is cut or rounded without a word. Count such values first, and keep the old
    /// column until the new one has proved itself.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders alter column kind type varchar(5);
    /// ```
    ///
    /// ```sql
    /// alter table orders alter column placed_at type date;
    /// ```
    ///
    /// ```sql
    /// alter table orders alter column code type smallint;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders alter column kind type varchar(60);
    /// ```
    ///
    /// ```sql
    /// alter table orders alter column code type bigint;
    /// ```
    DAT006 "lossy-type-change" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let Action::SetType { column, data_type, .. } = action else { continue };
        let before = steps.before();
        let old = before.tables().find(|it| it.name == table).and_then(|it| it.column_named(column));
        let Some(old) = old.map(|it| &it.data_type) else { continue };
        if let Some(what) = crate::lint::widening::lost(before, old, data_type) {
            let was = crate::sql::type_name(before, old);
            steps
                .report(at, table, format!("`{column}` becomes {data_type}: {what}"))
                .because(format!("it was {was}"));
        }
    }
}

//! Column type change rewrites.

use crate::lint::prelude::*;

rule! {
    /// Flags another type for a column of an existing table that writes the table anew.
    ///
    /// ## Why
    ///
    /// The whole table and its indexes are written under an ACCESS EXCLUSIVE lock. A longer `varchar`, `text` in its
    /// place and a wider `numeric` of the same scale cost nothing.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders alter column code type bigint;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders alter column kind type varchar(60);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", notes on rewriting.
    MIG015 "column-type-change-rewrites" Error [Core] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let Action::SetType { column, data_type, using } = action else { continue };
        let before = steps.before();
        let old = before.tables().find(|it| it.name == table).and_then(|it| it.column_named(column));
        let plain = using.as_ref().is_none_or(|it| says_no_more(it, column, data_type));
        if plain && old.is_some_and(|it| crate::lint::widening::is_free(before, &it.data_type, data_type)) {
            continue;
        }
        let was = old.map(|it| crate::sql::type_name(before, &it.data_type));
        let finding =
            steps.report(at, table, format!("`{table}` is written anew to make `{column}` {data_type}"));
        if let Some(was) = was {
            finding.because(format!("it was {was}"));
        }
    }
}

/// Whether `USING` is the column, cast at most to the type that it gets anyway.
fn says_no_more(using: &str, column: &str, data_type: &str) -> bool {
    let plain = |text: &str| expression::folded(text).replace(' ', "");
    let using = plain(using);
    let using = using.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(&using);
    let (name, cast) = using.split_once("::").unwrap_or((using, ""));
    name.trim_matches('"') == column && (cast.is_empty() || cast == plain(data_type))
}

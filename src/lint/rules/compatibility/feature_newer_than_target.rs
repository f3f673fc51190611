//! Feature newer than target.

use crate::lint::prelude::*;

rule! {
    /// Flags functions in defaults that the version of PostgreSQL which the design is for does not have.
    ///
    /// ## Options
    ///
    /// `target`: the version, instead of the design's own.
    ///
    /// ## Why
    ///
    /// It is refused on the day of the roll-out. The target is a convention of the design.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// -- option target 16
    /// create table t (id uuid primary key default uuidv7());
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id uuid primary key default gen_random_uuid());
    /// ```
    COM009 "feature-newer-than-target" Error [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let target = cx.option("target", cx.design.conventions().target.into()) as u8;
    for c in t.cols() {
        let (ColumnValue::Default(text) | ColumnValue::Generated { expression: text, .. }) = &c.column.value
        else {
            continue;
        };
        let newer = expression::names(text).into_iter().find_map(|it| {
            let since = crate::pg::function_since(&it).filter(|since| *since > target)?;
            Some((it, since))
        });
        if let Some((name, since)) = newer {
            cx.column(
                t,
                &c,
                format!("`{name}` came with PostgreSQL {since}, and the design is for {target}"),
            );
        }
    }
}

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
    COM009 "feature-newer-than-target" Error [] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let target = cx.option("target", cx.design.conventions().target.into()) as u8;
    let found: Vec<_> = cx
        .tables()
        .flat_map(|t| t.cols().map(move |c| (t, c)))
        .filter_map(|(t, c)| {
            let text = match &c.column.value {
                ColumnValue::Default(text) | ColumnValue::Generated { expression: text, .. } => text.as_str(),
                ColumnValue::Given | ColumnValue::Identity { .. } => return None,
            };
            let name = expression::names(text).into_iter().find_map(|it| {
                let since = crate::pg::function_since(&it).filter(|since| *since > target)?;
                Some((it, since))
            });
            Some((t, c, name?))
        })
        .collect();
    for (t, c, (name, since)) in found {
        cx.column(&t, &c, format!("`{name}` came with PostgreSQL {since}, and the design is for {target}"));
    }
}

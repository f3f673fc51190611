//! Wide composite primary key.

use crate::lint::prelude::*;

rule! {
    /// Flags a primary key of many columns.
    ///
    /// ## Why
    ///
    /// Every referencing table and every index of them copies all of its columns.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table slots (a int, b int, c int, d int, e int, primary key (a, b, c, d, e));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table slots (id bigint generated always as identity primary key, a int, b int, c int, d int, e int, unique (a, b, c, d, e));
    /// ```
    ///
    /// ## Options
    ///
    /// `max` (4): the most columns of a key.
    KEY015 "wide-composite-primary-key" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let Some(key) = &t.primary_key else { return };
    let most = cx.option("max", 4) as usize;
    if key.columns.len() > most {
        cx.member(
            t,
            [key.id.into()],
            &key.name,
            format!("the primary key has {} columns", key.columns.len()),
        );
    }
}

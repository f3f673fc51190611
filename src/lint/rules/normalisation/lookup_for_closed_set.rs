//! Lookup for closed set.

use crate::lint::prelude::*;

rule! {
    /// Flags a table of a few values with nothing but their names, which one column references.
    ///
    /// ## Why
    ///
    /// Every query joins it for a word that a check or an enumerated type could hold in place. A table of values is worth its
    /// join where values have data of their own, or people add some.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ rows 4 */
    /// create table task_priorities (id smallint primary key, name text not null unique);
    /// create table tasks (id bigint primary key, priority_id smallint not null references task_priorities);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, priority text not null default 'medium' check (priority in ('low','medium','high','urgent')));
    /// ```
    ///
    /// ```sql
    /// /*@ rows 4 */
    /// create table task_priorities (id smallint primary key, name text not null unique, days_to_answer integer not null);
    /// create table tasks (id bigint primary key, priority_id smallint not null references task_priorities);
    /// ```
    ///
    /// ## Options
    ///
    /// `max_rows` (8): so many values are few.
    NRM013 "lookup-for-closed-set" Info [] Named(check, &[Known::Rows])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let most = cx.option("max_rows", 8);
    let Some(rows) = cx.globals().rows.get(&t.id).copied().filter(|it| *it <= most) else { return };
    if t.role() != Role::Lookup {
        return;
    }
    let users = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0)));
    let mut references = users
        .flat_map(|it| it.foreign_keys.iter().filter(|fk| fk.references == t.id).map(move |fk| (it, fk)));
    let (Some((user, fk)), None) = (references.next(), references.next()) else { return };
    let listed = user.column_names(&fk.columns).collect::<Vec<_>>().join(", ");
    cx.table(
        t,
        format!("`{}.{listed}` alone references it: a check could list its {rows} values", user.name),
    );
}

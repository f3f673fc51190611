//! Serial column.

use crate::lint::prelude::*;

rule! {
    /// Flags a column fed by `serial` or by an owned sequence where identity says the same.
    ///
    /// ## Why
    ///
    /// A serial column's sequence has privileges and an owner of its own, anyone may write any number, and the default
    /// can be lost. Identity (PostgreSQL 10) is one thing.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigserial primary key);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint generated always as identity primary key);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL wiki, "Don't Do This", "Don't use serial".
    KEY002 "serial-column" Info [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(ColumnView::is_integer) {
        let owned =
            |it: Id| cx.design.sequence(SequenceId(it.0)).is_some_and(|it| it.owned_by == Some((t.id, c.id)));
        let sequence = cx.design.users_of(t.id).find(|it| owned(*it));
        let Some(sequence) = sequence else { continue };
        if !c.default().is_some_and(|it| it.trim_start().starts_with("nextval")) {
            continue;
        }
        // The sequence goes with the default; what else it says is said of the identity.
        let mut identity = t.table.clone();
        for column in identity.columns.iter_mut().filter(|it| it.id == c.id) {
            let options = SequenceOptions::default();
            column.value = ColumnValue::Identity { always: false, options: Box::new(options) };
            column.nullable = false;
        }
        let remedy = Remedy::Identity { table: Box::new(identity), sequence };
        cx.column(t, &c, format!("`{}` is fed by a sequence of its own; identity says the same", c.name))
            .safe("Make it an identity column", remedy);
    }
}

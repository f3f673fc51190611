//! Soft delete blocks reuse.

use crate::lint::prelude::*;

rule! {
    /// Flags a unique key over values that people choose, on a table whose rows are deleted by mark.
    ///
    /// ## Why
    ///
    /// A deleted row keeps its e-mail address or slug for ever; a key that includes the nullable mark holds for no
    /// living row. A partial unique index over living rows does what is meant, though no foreign key can reference it
    /// and `ON CONFLICT` must repeat its predicate.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table accounts (id bigint primary key, email text not null unique, deleted_at timestamptz);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table accounts (id bigint primary key, email text not null, deleted_at timestamptz);
    /// create unique index accounts_email_live_key on accounts (email) where deleted_at is null;
    /// ```
    KEY011 "soft-delete-blocks-reuse" Warning [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let Some(mark) = t.cols().find(|it| crate::lint::is_deletion_mark(it.facts)) else { return };
    let moment = mark.is_moment();
    if moment && !mark.nullable {
        return;
    }
    let referenced = |columns: &[ColumnId]| {
        let by =
            |it: &Table| it.foreign_keys.iter().any(|fk| fk.references == t.id && fk.ref_columns == columns);
        cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0))).any(by)
    };
    let name = crate::sql::ident(&mark.name);
    let predicate = if moment { format!("{name} IS NULL") } else { format!("NOT {name}") };
    let constraints = t.uniques.iter().map(|it| (Id::from(it.id), &it.name, it.columns.clone()));
    let indexes = t.indexes.iter().filter(|it| it.unique && it.predicate.is_none());
    let indexes = indexes.filter_map(|it| Some((Id::from(it.id), &it.name, it.plain_columns()?)));
    let keys: Vec<_> = constraints.chain(indexes).collect();
    for (id, key, mut columns) in keys {
        let chosen =
            columns.iter().filter_map(|it| t.col(*it)).any(|it| it.is_text() || it.facts.is_reference);
        let random = columns
            .iter()
            .filter_map(|it| t.col(*it))
            .any(|it| it.is(Topic::Uuid) || it.is_type(Builtin::Uuid) && !it.facts.is_reference);
        if !chosen || random || referenced(&columns) {
            continue;
        }
        columns.retain(|it| *it != mark.id);
        let listed = t.listed(&columns);
        let remedy = Remedy::AddIndex {
            table: t.id,
            columns,
            unique: true,
            predicate: Some(predicate.clone()),
            replaces: Some(id),
        };
        cx.member(t, [id], key, format!("a deleted row keeps its ({listed}) for ever"))
            .because(format!("`{}` marks deleted rows", mark.name))
            .risky("Hold only living rows to it", remedy);
    }
}

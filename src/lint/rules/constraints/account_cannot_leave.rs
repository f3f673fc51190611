//! Account cannot leave.

use crate::lint::prelude::*;

rule! {
    /// Asks how a person leaves whom other rows name as their author.
    ///
    /// ## Why
    ///
    /// Rows that say who wrote them hold the account in its place: it can be deleted only with all of them, or with
    /// what they say of their author. A mark of deletion lets the person go and the authorship stay.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table members (id bigint primary key, name text not null);
    /// create table posts (id bigint primary key, author_id bigint not null references members, body text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table members (id bigint primary key, name text not null, deleted_at timestamptz);
    /// create table posts (id bigint primary key, author_id bigint not null references members, body text not null);
    /// ```
    CON024 "account-cannot-leave" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if !t.facts.last.has(Topic::Person) || t.role() != Role::Entity || crate::lint::is_deleted_by_mark(t) {
        return;
    }
    let leaves = |it: ColumnView<'_>| {
        it.is(Topic::Closed)
            || crate::lint::words_of(&it.column.name).iter().any(|it| {
                matches!(
                    it.as_str(),
                    "active"
                        | "inactive"
                        | "disabled"
                        | "deactivated"
                        | "enabled"
                        | "closed"
                        | "left"
                        | "anonymized"
                        | "anonymised"
                        | "banned"
                        | "suspended"
                )
            })
    };
    if t.cols().any(leaves) {
        return;
    }
    let names_author = |user: &TableView<'_>| {
        user.table.foreign_keys.iter().find_map(|fk| {
            let ([column], false) = (fk.columns.as_slice(), user.role() == Role::Junction) else {
                return None;
            };
            let c = user.col(*column).filter(|_| fk.references == t.id)?;
            let by = c.name.ends_with("_by") || c.name.ends_with("_by_id") || c.is(Topic::Actor);
            let stays = matches!(fk.on_delete, ReferentialAction::NoAction | ReferentialAction::Restrict);
            (by && stays).then(|| format!("{}.{}", user.name, c.name))
        })
    };
    let users = cx.design.users_of(t.id).filter_map(|it| cx.view(TableId(it.0)));
    let named: Vec<String> = users.filter(|it| it.id != t.id).filter_map(|it| names_author(&it)).collect();
    let Some(first) = named.first() else { return };
    let message = format!("how is a row of `{}` deleted that `{first}` still names?", t.name);
    let evidence = match named.len() {
        1 => format!("`{first}` keeps it from being deleted"),
        many => format!("`{first}` and {} more keep it from being deleted", many - 1),
    };
    let remedy = cx.adding(t, "deleted_at", Builtin::TimestampTz);
    cx.table(t, message).because(evidence).risky_if("Add deleted_at", remedy);
}

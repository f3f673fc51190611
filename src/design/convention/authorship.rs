//! `created_by` and `updated_by`: references to the user table where there is one, names otherwise.

use super::column::{comment_of, insert_scaffold, take_back};
use super::draft::Draft;
use super::key::key_type;
use super::settings::Settings;
use crate::base;
use crate::design::naming::{Derived, free};
use crate::design::{
    Column, ConventionKind, DataType, ForeignKey, Origin, ReferentialAction, Table, TableId, TableKind,
};
use crate::pg::Builtin;

const MADE: Origin = Origin::Convention(ConventionKind::Authorship);
const COLUMNS: [&str; 2] = ["created_by", "updated_by"];

/// Names of the table whose rows act, the likeliest first.
const USERS: &[&str] =
    &["user", "app_user", "account", "user_account", "member", "employee", "person", "staff"];

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    if settings.authorship { add(draft, id, settings) } else { remove(draft, id) }
}

fn remove(draft: &mut Draft<'_>, id: TableId) {
    for name in COLUMNS {
        take_back(draft, id, name, ConventionKind::Authorship);
    }
}

fn add(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let users = draft.acting(|it| user_table(it.tables()).map(|it| it.id)).and_then(|it| {
        let key = it.primary_key.as_ref()?.columns.first().copied()?;
        Some((it.id, key, key_type(it)?.clone()))
    });
    // Users create themselves.
    if users.as_ref().is_some_and(|it| it.0 == id) {
        return;
    }
    for name in COLUMNS {
        if draft.table(id).is_none_or(|it| it.column_named(name).is_some()) {
            continue;
        }
        let data_type = users.as_ref().map_or_else(|| DataType::builtin(Builtin::Text), |it| it.2.clone());
        let column = Column {
            nullable: true,
            comment: comment_of(name).filter(|_| settings.comments).map(str::to_owned),
            origin: MADE,
            ..Column::new(draft.ids.take(), name, data_type)
        };
        let fk = users.as_ref().zip(draft.table(id)).map(|((users, key, _), table)| {
            let taken = |name: &str| table.foreign_keys.iter().any(|it| it.name == name);
            ForeignKey {
                name: free(Derived::ForeignKey.name(&table.name, [name]), taken),
                columns: vec![column.id],
                references: *users,
                ref_columns: vec![*key],
                on_delete: ReferentialAction::SetNull,
                origin: MADE,
                ..ForeignKey::default()
            }
        });
        let fk = fk.map(|it| ForeignKey { id: draft.ids.take(), ..it });
        if let Some(table) = draft.table_mut(id) {
            insert_scaffold(table, column);
            table.foreign_keys.extend(fk);
        }
    }
}

/// The table whose rows are the people or accounts that act.
pub fn user_table<'a>(tables: impl Iterator<Item = &'a Table>) -> Option<&'a Table> {
    let rank = |it: &Table| USERS.iter().position(|name| *name == base::singular(&it.name));
    tables
        .filter(|it| it.kind != TableKind::Lookup)
        .filter_map(|it| Some((rank(it)?, it)))
        .min_by_key(|it| it.0)
        .map(|it| it.1)
}

//! What the model knows before the first byte: tables as many designs have them, written to it as records.
//!
//! primer.txt has a table a line: its name, then columns with their types. `*` before the name gives it an identity
//! key and PostgreSQL's own constraint names; the others have UUID keys and the names of our conventions. `!` is
//! unique, `?` nullable, `=` a default, and `x_id>cascade` references the table `x`. All of it belongs to the format.

use std::collections::BTreeMap;

use super::coder::Model;
use super::names::{self, Parts, Rule};
use super::records;
use crate::design::{
    Column, ColumnId, ColumnValue, DataType, Design, Edit, ForeignKey, IdSource, Index, Origin, PrimaryKey,
    ReferentialAction, Table, TableId, Unique,
};
use crate::pg::Builtin;

const TABLES: &str = include_str!("primer.txt");

/// A model for the records of a link.
pub fn model() -> Model {
    let mut model = Model::new();
    records::write(&mut model, &design()).expect("the primer is far below every limit");
    model
}

fn design() -> Design {
    let mut design = Design::new();
    let mut ids = design.ids();
    let mut keys = BTreeMap::new();
    let mut tables = Vec::new();
    for line in TABLES.lines() {
        let table = table(line, &mut ids, &keys);
        let key = table.columns[0].clone();
        keys.insert(table.name.clone(), (table.id, key));
        tables.push(table);
    }
    design.apply(&Edit::adding(tables)).expect("the primer is a valid design");
    design
}

/// The names of a table's parts: those that PostgreSQL gives, or those of our conventions.
struct Naming {
    key: Rule,
    foreign_key: Rule,
    unique: Rule,
    index: Rule,
}

const POSTGRES: Naming = Naming {
    key: names::PRIMARY_KEY[0],
    foreign_key: names::FOREIGN_KEY[0],
    unique: names::UNIQUE[0],
    index: names::INDEX[0],
};
const CONVENTIONS: Naming = Naming {
    key: names::PRIMARY_KEY[1],
    foreign_key: names::FOREIGN_KEY[1],
    unique: names::UNIQUE[1],
    index: names::INDEX[1],
};

fn table(line: &str, ids: &mut IdSource, keys: &BTreeMap<String, (TableId, Column)>) -> Table {
    let (name, columns) = line.split_once(": ").unwrap_or((line, ""));
    let plain_name = name.trim_start_matches('*');
    let has_identity = plain_name.len() < name.len();
    let naming = if has_identity { POSTGRES } else { CONVENTIONS };
    let mut table = Table { id: ids.take(), name: plain_name.to_owned(), ..Table::default() };
    table.columns.push(key_column(ids.take(), has_identity));
    let parts = Parts { table: plain_name, columns: &[], references: "" };
    table.primary_key = Some(PrimaryKey {
        id: ids.take(),
        name: naming.key.name(parts),
        columns: vec![table.columns[0].id],
        ..PrimaryKey::default()
    });
    for text in columns.split(", ") {
        add_column(&mut table, text, &naming, ids, keys);
    }
    for name in ["created_at", "updated_at"] {
        let mut column = Column::new(ids.take(), name, DataType::builtin(Builtin::TimestampTz));
        column.value = ColumnValue::Default("now()".to_owned());
        table.columns.push(column);
    }
    table
}

fn key_column(id: ColumnId, has_identity: bool) -> Column {
    let (builtin, value) = if has_identity {
        (Builtin::BigInt, ColumnValue::Identity { always: false, options: Box::default() })
    } else {
        (Builtin::Uuid, ColumnValue::Default("gen_random_uuid()".to_owned()))
    };
    Column { value, ..Column::new(id, "id", DataType::builtin(builtin)) }
}

fn add_column(
    table: &mut Table,
    text: &str,
    naming: &Naming,
    ids: &mut IdSource,
    keys: &BTreeMap<String, (TableId, Column)>,
) {
    let (text, default) = text.split_once('=').map_or((text, None), |(text, it)| (text, Some(it)));
    let plain = text.trim_end_matches(['!', '?']);
    let reference = plain.split_once('>');
    let (name, data_type) = reference.or_else(|| plain.split_once(' ')).unwrap_or((plain, "text"));
    let referenced = reference.and_then(|_| keys.get(name.trim_end_matches("_id")));
    let data_type = referenced.map_or_else(|| type_of(data_type), |(_, key)| key.data_type.clone());
    let mut column = Column::new(ids.take(), name, data_type);
    column.nullable = text.ends_with('?');
    column.value = default.map_or(ColumnValue::Given, |it| ColumnValue::Default(it.to_owned()));

    let table_name = table.name.clone();
    let parts = Parts { table: &table_name, columns: &[name], references: "" };
    if let Some((references, key)) = referenced {
        table.foreign_keys.push(ForeignKey {
            id: ids.take(),
            name: naming.foreign_key.name(parts),
            columns: vec![column.id],
            references: *references,
            ref_columns: vec![key.id],
            on_delete: action_of(reference.map_or("", |it| it.1)),
            ..ForeignKey::default()
        });
        table.indexes.push(Index::over(ids.take(), naming.index.name(parts), &[column.id]));
    }
    if text.ends_with('!') {
        table.uniques.push(Unique {
            id: ids.take(),
            name: naming.unique.name(parts),
            columns: vec![column.id],
            origin: Origin::Hand,
            ..Unique::default()
        });
    }
    table.columns.push(column);
}

/// `numeric(12,2)` and the like.
fn type_of(text: &str) -> DataType {
    let (name, modifiers) = text.split_once('(').map_or((text, None), |(name, it)| (name, Some(it)));
    let builtin = Builtin::from_name(name).unwrap_or(Builtin::Text);
    let modifiers = modifiers.map(|it| it.trim_end_matches(')').split(','));
    DataType::builtin(builtin).with_modifiers(modifiers.into_iter().flatten())
}

fn action_of(text: &str) -> ReferentialAction {
    match text {
        "cascade" => ReferentialAction::Cascade,
        "restrict" => ReferentialAction::Restrict,
        "set null" => ReferentialAction::SetNull,
        _ => ReferentialAction::NoAction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_primer_says_what_it_means() {
        let design = design();
        assert_eq!(design.tables().len(), TABLES.lines().count());
        // Every `>` became a foreign key, and every type is known.
        assert_eq!(design.foreign_keys().count(), TABLES.matches('>').count());
        for text in TABLES.split([':', ',', '\n']).filter(|it| !it.contains('>')) {
            let name =
                text.trim().split_once(' ').map_or("text", |it| it.1).split(['(', '=', '!', '?']).next();
            assert!(name.is_some_and(|it| Builtin::from_name(it).is_some()), "{text}");
        }
    }
}

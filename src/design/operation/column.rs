//! Changing a column: its type, whether it may be null, its value, the keys that it is part of.

use std::collections::BTreeSet;
use std::fmt;

use super::super::meaning::{LooseType, meaning_of};
use super::super::naming::Derived;
use super::super::{
    BaseType, Column, ColumnId, ColumnValue, DataType, Design, Edit, PrimaryKey, Scope, Table, TableId,
    Unique,
};
use super::followed;
use crate::pg::Builtin;

/// A text that names no type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAType {
    /// The text.
    pub text: String,
}

impl fmt::Display for NotAType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is neither a type of PostgreSQL nor one of this design", self.text)
    }
}

impl std::error::Error for NotAType {}

/// Why a change of a column cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CannotChange {
    /// The type is none.
    Type(NotAType),
    /// Something refers to the key.
    Referenced {
        /// A referencing table.
        by: String,
    },
}

impl fmt::Display for CannotChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(it) => it.fmt(f),
            Self::Referenced { by } => write!(f, "`{by}` references this key; remove that reference first"),
        }
    }
}

impl std::error::Error for CannotChange {}

/// The type that a person writes: one of PostgreSQL's with its modifiers and brackets, an enum, domain, composite or
/// range type of the design, or a loose word such as `string`, which the column's name makes exact.
///
/// # Errors
/// When it is none of these.
pub fn data_type(design: &Design, column: &str, text: &str) -> Result<DataType, NotAType> {
    let mut name = text.trim();
    let mut dimensions = 0;
    while let Some(rest) = name.strip_suffix("[]") {
        name = rest.trim_end();
        dimensions += 1;
    }
    let lower = name.to_lowercase();
    if let Some(builtin) = Builtin::from_name(&lower) {
        return Ok(DataType::builtin(builtin).array(dimensions));
    }
    if let Some(base) = own_type(design, name) {
        return Ok(DataType::new(base).array(dimensions));
    }
    let loose = LooseType::parse(&lower).map_err(|_| NotAType { text: text.trim().to_owned() })?;
    let meant = meaning_of(column, Some(&loose), None).data_type;
    Ok(DataType { dimensions: meant.dimensions.max(dimensions), ..meant })
}

/// A type of the design by its name, with its SQL schema where that is not `public`.
fn own_type(design: &Design, text: &str) -> Option<BaseType> {
    let (namespace, name) = text.rsplit_once('.').map_or((None, text), |(space, name)| (Some(space), name));
    let name = name.trim_matches('"');
    let namespace = match namespace.map(|it| it.trim_matches('"')) {
        None | Some("public") => None,
        Some(space) => Some(design.namespaces().find(|it| it.name == space)?.id),
    };
    design.named(Scope::Type(namespace), name).find_map(|id| {
        let (enums, domains) = (design.enum_type(id.into()), design.domain(id.into()));
        let (composites, ranges) = (design.composite(id.into()), design.range(id.into()));
        enums
            .map(|it| BaseType::Enum(it.id))
            .or(domains.map(|it| BaseType::Domain(it.id)))
            .or(composites.map(|it| BaseType::Composite(it.id)))
            .or(ranges.map(|it| BaseType::Range(it.id)))
    })
}

/// Another type for a column, and for every column that references it.
///
/// # Errors
/// When the text is no type.
pub fn set_type(design: &Design, table: TableId, column: ColumnId, text: &str) -> Result<Edit, CannotChange> {
    let Some(name) = design.table(table).and_then(|it| it.column(column)).map(|it| it.name.clone()) else {
        return Ok(Edit::default());
    };
    let data_type = data_type(design, &name, text).map_err(CannotChange::Type)?;
    let mut columns = BTreeSet::from([(table, column)]);
    loop {
        let before = columns.len();
        for (referencing, fk) in design.foreign_keys() {
            for (from, to) in fk.columns.iter().zip(&fk.ref_columns) {
                if columns.contains(&(fk.references, *to)) {
                    columns.insert((referencing.id, *from));
                }
            }
        }
        if columns.len() == before {
            break;
        }
    }
    let tables: BTreeSet<TableId> = columns.iter().map(|it| it.0).collect();
    let edit = tables.into_iter().filter_map(|id| design.table(id)).fold(Edit::default(), |edit, table| {
        let mut table = table.clone();
        let id = table.id;
        for column in table.columns.iter_mut().filter(|it| columns.contains(&(id, it.id))) {
            column.data_type = data_type.clone();
            drop_unfit_value(column);
        }
        edit.put(design, table)
    });
    Ok(followed(design, edit))
}

/// A generated key's way to its value does not survive a type that it does not suit.
fn drop_unfit_value(column: &mut Column) {
    let builtin = column.data_type.as_builtin();
    let is_integer = matches!(builtin, Some(Builtin::SmallInt | Builtin::Integer | Builtin::BigInt));
    let fits = match &column.value {
        ColumnValue::Identity { .. } => is_integer,
        ColumnValue::Default(text) if text.starts_with("gen_random_uuid") || text.starts_with("uuidv7") => {
            builtin == Some(Builtin::Uuid)
        }
        ColumnValue::Given | ColumnValue::Default(_) | ColumnValue::Generated { .. } => true,
    };
    if !fits {
        column.value = ColumnValue::Given;
    }
}

/// Lets a column be null, or not.
pub fn set_nullable(design: &Design, table: TableId, column: ColumnId, nullable: bool) -> Edit {
    changed(design, table, |table| {
        for it in table.columns.iter_mut().filter(|it| it.id == column) {
            it.nullable = nullable;
        }
    })
}

/// Another way for a column to get its value.
pub fn set_value(design: &Design, table: TableId, column: ColumnId, value: &ColumnValue) -> Edit {
    changed(design, table, |table| {
        for it in table.columns.iter_mut().filter(|it| it.id == column) {
            it.value = value.clone();
        }
    })
}

/// Takes a column into the primary key, or out of it; without columns there is no key.
///
/// # Errors
/// When a foreign key references the key as it is.
pub fn set_key(
    design: &Design,
    table: TableId,
    column: ColumnId,
    is_key: bool,
) -> Result<Edit, CannotChange> {
    let Some(old) = design.table(table) else { return Ok(Edit::default()) };
    let mut key = old.primary_key.clone().unwrap_or_else(|| PrimaryKey {
        id: design.ids().take(),
        name: Derived::PrimaryKey.free_name(&old.name, [""; 0], |name| is_taken(design, old, name)),
        ..PrimaryKey::default()
    });
    let referenced: BTreeSet<_> = key.columns.iter().collect();
    let by = design.foreign_keys().find(|(_, fk)| {
        fk.references == table
            && !key.columns.is_empty()
            && fk.ref_columns.iter().collect::<BTreeSet<_>>() == referenced
    });
    if let Some((by, _)) = by {
        return Err(CannotChange::Referenced { by: by.name.clone() });
    }
    key.columns.retain(|it| *it != column);
    if is_key {
        key.columns.push(column);
    }
    Ok(changed(design, table, |table| {
        table.primary_key = (!key.columns.is_empty()).then_some(key);
    }))
}

/// Makes a column unique by itself, or no longer.
pub fn set_unique(design: &Design, table: TableId, column: ColumnId, unique: bool) -> Edit {
    let Some(old) = design.table(table) else { return Edit::default() };
    changed(design, table, |table| {
        let alone = |columns: &[ColumnId]| columns == [column];
        table.uniques.retain(|it| !alone(&it.columns));
        table.indexes.retain(|it| !(it.unique && it.plain_columns().is_some_and(|it| alone(&it))));
        if unique {
            let name = old.column(column).map_or("", |it| it.name.as_str());
            table.uniques.push(Unique {
                id: design.ids().take(),
                name: Derived::Unique.free_name(&old.name, [name], |name| is_taken(design, old, name)),
                columns: vec![column],
                ..Unique::default()
            });
        }
    })
}

fn is_taken(design: &Design, table: &Table, name: &str) -> bool {
    design.named(Scope::Relation(table.namespace), name).next().is_some()
}

fn changed(design: &Design, table: TableId, change: impl FnOnce(&mut Table)) -> Edit {
    let Some(mut table) = design.table(table).cloned() else { return Edit::default() };
    change(&mut table);
    followed(design, Edit::default().put(design, table))
}

#[cfg(test)]
mod tests {
    use super::super::{Drawn, add_table, connect};
    use super::*;

    fn tables() -> (Design, TableId, TableId) {
        let mut design = Design::new();
        let (user, edit) = add_table(&design, None, "user");
        design.apply(&edit).expect("valid");
        let (task, edit) = add_table(&design, None, "task");
        design.apply(&edit).expect("valid");
        let end = |table| Drawn { table, column: None };
        let (_, edit) = connect(&design, end(task), end(user)).expect("a key is there");
        design.apply(&edit).expect("valid");
        (design, user, task)
    }

    #[test]
    fn types_are_read_exactly_loosely_and_from_the_design() {
        let (design, ..) = tables();
        let read = |text: &str| data_type(&design, "total", text);
        assert_eq!(read("BIGINT[]"), Ok(DataType::builtin(Builtin::BigInt).array(1)));
        assert_eq!(read("numeric(12,2)"), Ok(DataType::builtin(Builtin::Numeric).with_modifiers([12, 2])));
        assert_eq!(read("decimal(9)"), Ok(DataType::builtin(Builtin::Numeric).with_modifiers([9])));
        assert_eq!(
            read("money_bag").map_err(|it| it.to_string()),
            Err("`money_bag` is neither a type of PostgreSQL nor one of this design".to_owned())
        );
    }

    #[test]
    fn a_key_takes_its_references_along_when_its_type_changes() {
        let (mut design, user, task) = tables();
        let id = design.table(user).map(|it| it.columns[0].id).expect("a key column");
        let edit = set_type(&design, user, id, "bigint").expect("a type");
        design.apply(&edit).expect("both sides changed");
        let column = design.table(task).and_then(|it| it.column_named("user_id")).expect("made by connect");
        assert_eq!(column.data_type.as_builtin(), Some(Builtin::BigInt));
        assert_eq!(design.table(user).map(|it| it.columns[0].value.clone()), Some(ColumnValue::Given));
    }

    #[test]
    fn a_referenced_key_stays() {
        let (design, user, _) = tables();
        let id = design.table(user).map(|it| it.columns[0].id).expect("a key column");
        let refused = set_key(&design, user, id, false).expect_err("task references it");
        assert_eq!(refused.to_string(), "`task` references this key; remove that reference first");
    }

    #[test]
    fn unique_goes_on_and_off() {
        let (mut design, _, task) = tables();
        let before = design.clone();
        let id = design.table(task).and_then(|it| it.column_named("user_id")).map(|it| it.id).expect("there");
        design.apply(&set_unique(&design, task, id, true)).expect("valid");
        assert!(design.table(task).is_some_and(|it| it.is_unique_over(&[id])));
        design.apply(&set_unique(&design, task, id, false)).expect("valid");
        assert_eq!(design, before);
    }
}

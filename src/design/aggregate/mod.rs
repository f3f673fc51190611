//! A name and loosely typed fields become a complete table (product.md A1).

mod parse;

#[cfg(test)]
mod tests;

pub use parse::{AggregateError, AggregateErrorKind, parse};

use super::convention::{add_column, add_key, applied, key_type, user_table};
use super::meaning::{Family, LooseKind, LooseType, Meaning, Sense, meaning_of};
use super::naming::{Derived, free, table_name};
use super::{
    ColumnId, ColumnValue, ConventionKind, ConventionOverrides, Conventions, Design, Edit, ForeignKey,
    IdSource, Index, KeyStyle, Origin, Part, Proposal, Record, ReferentialAction, Refused, Scope, Table,
    TableId, TableNames,
};
use crate::base::{self, Span};

/// What a person says of one entity: its name, its fields, and where it departs from the conventions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aggregate {
    /// As written: `Order`.
    pub name: String,
    /// In order.
    pub fields: Vec<Field>,
    /// What this table does otherwise than the design.
    pub overrides: ConventionOverrides,
}

/// One field of an aggregate.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// As written: `customerId`.
    pub name: String,
    /// Its type, where one was stated.
    pub stated: Option<LooseType>,
    /// Whether it may be missing, where that was said without a type.
    pub nullable: Option<bool>,
    /// Its place in the text.
    pub span: Span,
}

impl Aggregate {
    /// A design of this one table.
    ///
    /// # Errors
    /// When a name cannot be one of a table: the refusal says which.
    pub fn design(&self, conventions: &Conventions) -> Result<Design, Refused> {
        let mut design = Design::new();
        let switched = Edit::default().put(&design, Record::Conventions(conventions.clone()));
        design.apply(&switched)?;
        let edit = self.proposal(&design)?.accept_all(&design)?;
        design.apply(&edit)?;
        Ok(design)
    }

    /// The table as an addition to a design, by the design's conventions. A reference to a table that the design has
    /// becomes a foreign key; one to a table that it does not have becomes an indexed column whose comment says so:
    /// a table made up for it would stand in the way of the real one.
    ///
    /// # Errors
    /// When the table does not fit the design, most likely because there is one of its name.
    pub fn proposal(&self, design: &Design) -> Result<Proposal, Refused> {
        let mut ids = design.ids();
        let table = self.table(design, &mut ids);
        let (id, name) = (table.id, table.name.clone());
        let added = Edit::adding([table]);
        design.clone().apply(&added)?;
        let edit = applied(design, added, &[id]);
        let part = Part {
            title: format!("Add table {name}"),
            reason: "You described it.".to_owned(),
            edit,
            ..Part::default()
        };
        Ok(Proposal { title: format!("Table {name}"), parts: vec![part] })
    }

    fn table(&self, design: &Design, ids: &mut IdSource) -> Table {
        let mut conventions = design.conventions().clone();
        let mut table = Table {
            id: ids.take(),
            name: table_name(&self.name, conventions.table_names),
            overrides: self.overrides.clone(),
            ..Table::default()
        };
        let entity = base::singular(&base::snake_case(&self.name));
        let meanings: Vec<Meaning> = self
            .fields
            .iter()
            .map(|it| it.meaning(&entity))
            .filter(|it| !self.is_scaffold(&conventions, it))
            .collect();
        let mut meanings = meanings.into_iter().peekable();
        if let Some(own) = meanings.next_if(|it| it.name == "id") {
            match key_style(&own, conventions.key) {
                Some(style) => {
                    conventions.key = style;
                    table.overrides.key = (style != design.conventions().key).then_some(style);
                }
                None => {
                    add_column(design, &mut table, ids, &own, Origin::Hand);
                }
            }
        }
        add_key(&mut table, ids, &conventions);
        for meaning in meanings.filter(|it| it.name != "id") {
            Self::field(design, &mut table, ids, &meaning);
        }
        table
    }

    /// Whether a convention that is on brings the column along.
    fn is_scaffold(&self, conventions: &Conventions, meaning: &Meaning) -> bool {
        let own = &self.overrides;
        match meaning.name.as_str() {
            "created_at" | "updated_at" => own.timestamps.unwrap_or(conventions.timestamps),
            "created_by" | "updated_by" => own.authorship.unwrap_or(conventions.authorship),
            "deleted_at" => own.soft_delete.unwrap_or(conventions.soft_delete),
            _ => false,
        }
    }

    fn field(design: &Design, table: &mut Table, ids: &mut IdSource, meaning: &Meaning) {
        let column = add_column(design, table, ids, meaning, Origin::Hand);
        if let Some(entity) = &meaning.reference {
            match referenced(design, table, entity) {
                Some(target) => reference(table, ids, column, meaning, &target),
                None => unresolved(design, table, ids, column, entity),
            }
        }
        let note = (meaning.sense == Some(Sense::Place) && meaning.name.ends_with("address"))
            .then(|| "The whole address as one text; a field of type json would keep its parts.".to_owned());
        if let Some(column) = table.columns.iter_mut().find(|it| it.id == column && it.comment.is_none()) {
            column.comment = note.filter(|_| design.conventions().comments);
        }
    }
}

/// Further columns for a table, written as the fields of an aggregate; they come before those that conventions add
/// at a table's end.
///
/// # Errors
/// The first field that cannot be read, with its place in `text`.
pub fn add_fields(design: &Design, table: TableId, text: &str) -> Result<Edit, AggregateError> {
    let Some(old) = design.table(table) else { return Ok(Edit::default()) };
    let fields = parse::fields(text)?;
    let entity = base::singular(&old.name);
    let (mut new, mut ids) = (old.clone(), design.ids());
    for field in &fields {
        Aggregate::field(design, &mut new, &mut ids, &field.meaning(&entity));
    }
    let added = new.columns.split_off(old.columns.len());
    let is_scaffold = |it: &super::Column| matches!(it.origin, Origin::Convention(kind) if kind != ConventionKind::SurrogateKey);
    let end = new.columns.iter().rposition(|it| !is_scaffold(it)).map_or(0, |it| it + 1);
    new.columns.splice(end..end, added);
    Ok(applied(design, Edit::default().put(design, new), &[table]))
}

impl Field {
    fn meaning(&self, entity: &str) -> Meaning {
        let mut meaning = meaning_of(&self.name, self.stated.as_ref(), Some(entity));
        if let Some(nullable) = self.nullable {
            meaning.nullable = nullable;
        }
        // An `id` that is no surrogate is what it was stated to be.
        if meaning.name == "id"
            && self.stated.as_ref().is_some_and(|it| it.kind == LooseKind::Family(Family::Text))
        {
            meaning.default = None;
        }
        meaning
    }
}

/// The style of a surrogate key that a field `id` asks for; none where it is no surrogate.
fn key_style(id: &Meaning, general: KeyStyle) -> Option<KeyStyle> {
    use crate::pg::Builtin;
    match (id.data_type.as_builtin()?, general) {
        (Builtin::Uuid, KeyStyle::Identity) => Some(KeyStyle::UuidV4),
        (Builtin::Uuid, style) => Some(style),
        (Builtin::Integer | Builtin::BigInt | Builtin::Numeric, _) => Some(KeyStyle::Identity),
        _ => None,
    }
}

/// What a foreign key needs to know of its referenced table.
struct Target {
    table: TableId,
    name: String,
    key: ColumnId,
    data_type: super::DataType,
}

/// The table of an entity: by its name in singular or plural, or the users' table for a user.
fn referenced(design: &Design, table: &Table, entity: &str) -> Option<Target> {
    let named = |it: &&Table| {
        let name = base::snake_case(&it.name);
        [TableNames::Singular, TableNames::Plural].iter().any(|number| table_name(entity, *number) == name)
    };
    let itself = Some(table).filter(named);
    let found = itself
        .or_else(|| design.tables().find(named))
        .or_else(|| if entity == "user" { user_table(design.tables()) } else { None })?;
    let key = found.primary_key.as_ref()?.columns.first().copied()?;
    Some(Target { table: found.id, name: found.name.clone(), key, data_type: key_type(found)?.clone() })
}

fn reference(table: &mut Table, ids: &mut IdSource, column: ColumnId, meaning: &Meaning, target: &Target) {
    let owner = base::singular(&target.name);
    let is_part = base::singular(&table.name).strip_prefix(&owner).is_some_and(|it| it.starts_with('_'));
    let on_delete = match (meaning.nullable, is_part) {
        (true, _) => ReferentialAction::SetNull,
        (false, true) => ReferentialAction::Cascade,
        (false, false) => ReferentialAction::Restrict,
    };
    let taken = |name: &str| table.foreign_keys.iter().any(|it| it.name == name);
    let name = free(Derived::ForeignKey.name(&table.name, [&meaning.name]), taken);
    table.foreign_keys.push(ForeignKey {
        id: ids.take(),
        name,
        columns: vec![column],
        references: target.table,
        ref_columns: vec![target.key],
        on_delete,
        ..ForeignKey::default()
    });
    if let Some(column) = table.columns.iter_mut().find(|it| it.id == column) {
        column.data_type.clone_from(&target.data_type);
        column.value = ColumnValue::Given;
    }
}

/// A reference to a table that the design does not have.
fn unresolved(design: &Design, table: &mut Table, ids: &mut IdSource, column: ColumnId, entity: &str) {
    let scope = Scope::Relation(table.namespace);
    let taken = |name: &str| {
        table.indexes.iter().any(|it| it.name == name) || design.named(scope.clone(), name).next().is_some()
    };
    let name = Derived::Index.free_name(&table.name, table.column_names(&[column]), taken);
    let origin = Origin::Convention(ConventionKind::Meaning);
    table.indexes.push(Index { origin, ..Index::over(ids.take(), name, &[column]) });
    let words = entity.replace('_', " ");
    if let Some(column) = table.columns.iter_mut().find(|it| it.id == column) {
        column.comment =
            Some(format!("Key of a {words}; that table is not part of this design, so no foreign key."));
    }
}

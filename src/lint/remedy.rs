//! What a fix does, said in a few words; the edit is made of it when a person asks.

use serde::{Deserialize, Serialize};

use super::{TextEdit, decompose};
use crate::design::naming::Derived;
use crate::design::{
    Check, Column, ColumnId, ColumnValue, DataType, Design, Edit, Extension, ForeignKey, ForeignKeyId, Id,
    Index, IndexKey, Origin, Policy, PolicyCommand, Record, ReferentialAction, RowSecurity, Scope, Table,
    TableId, Unique, convention, operation,
};
use crate::sql::{refactor, type_name};

/// One act that repairs a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// An index over columns, of the rows that a predicate selects where there is one.
    AddIndex {
        /// On this table.
        table: TableId,
        /// In index order.
        columns: Vec<ColumnId>,
        /// `UNIQUE`.
        unique: bool,
        /// `WHERE`.
        predicate: Option<String>,
        /// The unique constraint or index in whose place it stands.
        replaces: Option<Id>,
    },
    /// A unique index over an expression, in the place of a unique constraint or index.
    AddExpressionIndex {
        /// On this table.
        table: TableId,
        /// The column that it is named after.
        column: ColumnId,
        /// The expression.
        expression: String,
        /// The unique constraint or index in whose place it stands.
        replaces: Option<Id>,
    },
    /// An index over an expression of a column.
    AddFieldIndex {
        /// On this table.
        table: TableId,
        /// The column that it is named after.
        column: ColumnId,
        /// The expression.
        expression: String,
    },
    /// A GIN index of a text's trigrams.
    AddSearchIndex {
        /// On this table.
        table: TableId,
        /// Of this column.
        column: ColumnId,
    },
    /// A unique constraint, in the place of another where one is named.
    AddUnique {
        /// On this table.
        table: TableId,
        /// In key order.
        columns: Vec<ColumnId>,
        /// The unique constraint or index in whose place it stands.
        replaces: Option<Id>,
    },
    /// A check.
    AddCheck {
        /// On this table.
        table: TableId,
        /// The columns that it is named after.
        columns: Vec<ColumnId>,
        /// The condition.
        expression: String,
    },
    /// A foreign key with an index on its columns.
    AddForeignKey {
        /// The referencing table.
        table: TableId,
        /// Its column.
        column: ColumnId,
        /// The referenced table.
        references: TableId,
    },
    /// A column at the end, before what conventions put there.
    AddColumn {
        /// To this table.
        table: TableId,
        /// Its name.
        name: String,
        /// Its type.
        data_type: DataType,
        /// Whether it may be null.
        nullable: bool,
        /// Its default.
        default: Option<String>,
    },
    /// The primary key that the design's conventions give.
    AddKey(TableId),
    /// A constraint, index, foreign key, trigger or policy goes.
    Drop {
        /// From this table.
        table: TableId,
        /// What.
        member: Id,
    },
    /// Whether a column may be null.
    Nullable {
        /// Of this table.
        table: TableId,
        /// The column.
        column: ColumnId,
        /// Whether it may.
        nullable: bool,
    },
    /// How a column gets its value.
    Value {
        /// Of this table.
        table: TableId,
        /// The column.
        column: ColumnId,
        /// The way.
        value: ColumnValue,
    },
    /// Another type for a column and for those that reference it.
    Type {
        /// Of this table.
        table: TableId,
        /// The column.
        column: ColumnId,
        /// The type.
        data_type: DataType,
    },
    /// What deleting a referenced row does.
    OnDelete {
        /// The referencing table.
        table: TableId,
        /// The foreign key.
        foreign_key: ForeignKeyId,
        /// The action.
        action: ReferentialAction,
    },
    /// A column goes, with what names it.
    RemoveColumn {
        /// From this table.
        table: TableId,
        /// The column.
        column: ColumnId,
    },
    /// A comment on a table, or on a column of it.
    Comment {
        /// The table.
        table: TableId,
        /// The column.
        column: Option<ColumnId>,
        /// The words.
        text: String,
    },
    /// Another name for a column.
    RenameColumn {
        /// Of this table.
        table: TableId,
        /// The column.
        column: ColumnId,
        /// The name.
        name: String,
    },
    /// A table as it is with an identity column in the place of a sequence, which goes.
    Identity {
        /// The table as it should be.
        table: Box<Table>,
        /// The sequence.
        sequence: Id,
    },
    /// Another name for a table.
    RenameTable {
        /// The table.
        table: TableId,
        /// The name.
        name: String,
    },
    /// Row-level security, switched on with a policy for everybody and every command.
    Secure {
        /// Of this table.
        table: TableId,
        /// The policy's name.
        name: String,
        /// `USING`.
        using: String,
    },
    /// `CREATE EXTENSION`.
    AddExtension(String),
    /// A record as it should be.
    Put(Box<Record>),
    /// A record goes.
    Remove(Id),
    /// Other words for places of the script that the finding is about; no edit of a design.
    Rewrite(Vec<TextEdit>),
    /// Columns move into a table of their own, which the rest references.
    Decompose {
        /// Of this table.
        table: TableId,
        /// What identifies a row there.
        from: Vec<ColumnId>,
        /// What it determines.
        to: Vec<ColumnId>,
    },
    /// Several, one after the other; those that do not fit are left out.
    All(Vec<Remedy>),
}

impl From<TextEdit> for Remedy {
    fn from(edit: TextEdit) -> Self {
        Self::Rewrite(vec![edit])
    }
}

impl From<Vec<TextEdit>> for Remedy {
    fn from(edits: Vec<TextEdit>) -> Self {
        Self::Rewrite(edits)
    }
}

impl Remedy {
    /// The edit against this design; nothing where the remedy does not fit it.
    pub fn edit(&self, design: &Design) -> Option<Edit> {
        match self {
            Self::AddIndex { table, columns, unique, predicate, replaces } => {
                changed(design, *table, |it, taken| {
                    drop_member(it, *replaces);
                    let kind = if *unique { Derived::Unique } else { Derived::Index };
                    let name = kind.free_name(&it.name, it.column_names(columns), taken);
                    let mut index = Index::over(design.ids().take(), name, columns);
                    (index.unique, index.predicate) = (*unique, predicate.clone());
                    it.indexes.push(index);
                })
            }
            Self::AddExpressionIndex { table, column, expression, replaces } => {
                changed(design, *table, |it, taken| {
                    drop_member(it, *replaces);
                    let name = Derived::Unique.free_name(&it.name, it.column_names(&[*column]), taken);
                    let mut index = Index::over(design.ids().take(), name, &[*column]);
                    index.unique = true;
                    for element in &mut index.elements {
                        element.key = IndexKey::Expression(expression.clone());
                    }
                    it.indexes.push(index);
                })
            }
            Self::AddFieldIndex { table, column, expression } => changed(design, *table, |it, taken| {
                let name = Derived::Index.free_name(&it.name, it.column_names(&[*column]), taken);
                let mut index = Index::over(design.ids().take(), name, &[*column]);
                for element in &mut index.elements {
                    element.key = IndexKey::Expression(expression.clone());
                }
                it.indexes.push(index);
            }),
            Self::AddSearchIndex { table, column } => changed(design, *table, |it, taken| {
                let name = Derived::Index.free_name(&it.name, it.column_names(&[*column]), taken);
                let mut index = Index::over(design.ids().take(), name, &[*column]);
                "gin".clone_into(&mut index.method);
                for element in &mut index.elements {
                    element.operator_class = Some("gin_trgm_ops".to_owned());
                }
                it.indexes.push(index);
            }),
            Self::AddUnique { table, columns, replaces } => changed(design, *table, |it, taken| {
                drop_member(it, *replaces);
                let name = Derived::Unique.free_name(&it.name, it.column_names(columns), taken);
                let columns = columns.clone();
                it.uniques.push(Unique { id: design.ids().take(), name, columns, ..Unique::default() });
            }),
            Self::AddCheck { table, columns, expression } => changed(design, *table, |it, _| {
                let taken = |name: &str| it.checks.iter().any(|it| it.name == name);
                let name = Derived::Check.free_name(&it.name, it.column_names(columns), taken);
                let (id, expression) = (design.ids().take(), expression.clone());
                it.checks.push(Check { id, name, expression, ..Check::default() });
            }),
            Self::AddForeignKey { table, column, references } => {
                let key = design.table(*references)?.primary_key.as_ref()?.columns.clone();
                changed(design, *table, |it, taken| {
                    let mut ids = design.ids();
                    let named =
                        |it: &Table| it.foreign_keys.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
                    let used = named(it);
                    let of = |name: &str| used.iter().any(|it| it == name);
                    let name = Derived::ForeignKey.free_name(&it.name, it.column_names(&[*column]), of);
                    it.foreign_keys.push(ForeignKey {
                        id: ids.take(),
                        name,
                        columns: vec![*column],
                        references: *references,
                        ref_columns: key,
                        on_delete: ReferentialAction::Restrict,
                        ..ForeignKey::default()
                    });
                    if !it.leads_an_index(&[*column]) {
                        let name = Derived::Index.free_name(&it.name, it.column_names(&[*column]), taken);
                        it.indexes.push(Index::over(ids.take(), name, &[*column]));
                    }
                })
            }
            Self::AddColumn { table, name, data_type, nullable, default } => {
                if has_heirs(design, *table) || design.table(*table)?.column_named(name).is_some() {
                    return None;
                }
                changed(design, *table, |it, _| {
                    let mut column = Column::new(design.ids().take(), name.clone(), data_type.clone());
                    column.nullable = *nullable;
                    if let Some(default) = default {
                        column.value = ColumnValue::Default(default.clone());
                    }
                    it.columns.push(column);
                })
            }
            Self::AddKey(table) => {
                if has_heirs(design, *table) || design.table(*table)?.column_named("id").is_some() {
                    return None;
                }
                changed(design, *table, |it, taken| {
                    convention::add_key(it, &mut design.ids(), design.conventions());
                    if let Some(key) = it.primary_key.as_mut().filter(|it| taken(&it.name)) {
                        key.name = crate::design::naming::free(key.name.clone(), taken);
                    }
                })
            }
            Self::Drop { table, member } => changed(design, *table, |it, _| drop_member(it, Some(*member))),
            Self::Nullable { table, column, nullable } => {
                let fits = !has_heirs(design, *table);
                fits.then(|| operation::set_nullable(design, *table, *column, *nullable))
            }
            Self::Value { table, column, value } => {
                let fits = !has_heirs(design, *table);
                fits.then(|| operation::set_value(design, *table, *column, value))
            }
            Self::Type { table, column, data_type } => {
                if has_heirs(design, *table) {
                    return None;
                }
                operation::set_type(design, *table, *column, &type_name(design, data_type)).ok()
            }
            Self::OnDelete { table, foreign_key, action } => changed(design, *table, |it, _| {
                for fk in it.foreign_keys.iter_mut().filter(|it| it.id == *foreign_key) {
                    fk.on_delete = *action;
                    fk.set_columns.clear();
                }
            }),
            Self::RemoveColumn { table, column } => Some(refactor::remove_column(design, *table, *column)),
            Self::RenameColumn { table, column, name } => {
                let taken = design.table(*table)?.column_named(name).is_some();
                (!taken).then(|| refactor::rename_column(design, *table, *column, name))
            }
            Self::Comment { table, column, text } => changed(design, *table, |it, _| match column {
                None => it.comment = Some(text.clone()),
                Some(id) => {
                    for column in it.columns.iter_mut().filter(|it| it.id == *id) {
                        column.comment = Some(text.clone());
                    }
                }
            }),
            Self::Identity { table, sequence } => {
                let others = design.users_of(*sequence).any(|it| it != Id::from(table.id));
                let edit = Edit::default().put(design, (**table).clone());
                (!others && !has_heirs(design, table.id)).then(|| edit.remove(design, *sequence))
            }
            Self::RenameTable { table, name } => {
                let taken = design.named(Scope::Relation(design.table(*table)?.namespace), name).next();
                taken.is_none().then(|| refactor::rename_table(design, *table, name))
            }
            Self::Secure { table, name, using } => changed(design, *table, |it, _| {
                it.row_security = RowSecurity::Enabled;
                it.policies.push(Policy {
                    id: design.ids().take(),
                    name: name.clone(),
                    restrictive: false,
                    command: PolicyCommand::All,
                    roles: Vec::new(),
                    using: Some(using.clone()),
                    with_check: None,
                    comment: None,
                    origin: Origin::default(),
                });
            }),
            Self::AddExtension(name) => {
                let is_there = design.extensions().any(|it| it.name == *name);
                let extension =
                    Extension { id: design.ids().take(), name: name.clone(), ..Extension::default() };
                (!is_there).then(|| Edit::default().put(design, extension))
            }
            Self::Put(record) => Some(Edit::default().put(design, (**record).clone())),
            Self::Remove(id) => Some(Edit::default().remove(design, *id)),
            Self::Rewrite(_) => None,
            Self::Decompose { table, from, to } => decompose::edit(design, *table, from, to),
            Self::All(remedies) => {
                let mut after = design.clone();
                for remedy in remedies {
                    if let Some(edit) = remedy.edit(&after) {
                        // One that is refused leaves the design as it is.
                        let _ = after.apply(&edit);
                    }
                }
                Some(Edit::between(design, &after))
            }
        }
    }
}

impl Remedy {
    /// The statements that bring the rows of a database along, where the fix moves some.
    pub fn migration(&self, design: &Design) -> Option<String> {
        match self {
            Self::Decompose { table, from, to } => decompose::migration(design, *table, from, to),
            _ => None,
        }
    }
}

/// A table changed; `taken` tells which names of indexes and relations are in use beside it.
fn changed(
    design: &Design,
    table: TableId,
    change: impl FnOnce(&mut Table, &dyn Fn(&str) -> bool),
) -> Option<Edit> {
    let mut table = design.table(table)?.clone();
    let namespace = table.namespace;
    let taken = |name: &str| design.named(Scope::Relation(namespace), name).next().is_some();
    change(&mut table, &taken);
    Some(Edit::default().put(design, table))
}

/// Whether other tables have the columns of this one: partitions and heirs.
pub(super) fn has_heirs(design: &Design, table: TableId) -> bool {
    let below = |it: &Table| {
        it.inherits.contains(&table) || it.partition_of.as_ref().is_some_and(|it| it.table == table)
    };
    design.users_of(table).filter_map(|it| design.table(TableId(it.0))).any(below)
}

fn drop_member(table: &mut Table, member: Option<Id>) {
    let Some(member) = member else { return };
    table.uniques.retain(|it| Id::from(it.id) != member);
    table.checks.retain(|it| Id::from(it.id) != member);
    table.exclusions.retain(|it| Id::from(it.id) != member);
    table.foreign_keys.retain(|it| Id::from(it.id) != member);
    table.indexes.retain(|it| Id::from(it.id) != member);
    table.triggers.retain(|it| Id::from(it.id) != member);
    table.policies.retain(|it| Id::from(it.id) != member);
}

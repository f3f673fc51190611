//! What has to be made anew because something that it rests on goes or is made anew.

use std::collections::{BTreeMap, BTreeSet};

use super::alter::is_rebuilt;
use super::{Side, undo};
use crate::design::{
    ArgumentMode, BaseType, Column, ColumnId, ColumnValue, DataType, Design, EnumType, ForeignKey, Function,
    FunctionBody, Id, Index, IndexElement, IndexKey, Table, TableId, Trigger, TriggerFunction, View,
};
use crate::pg::tokens;
use crate::sql::refactor::names_column;

/// Ids of the old design whose things are dropped and, where the new one has them, made again.
pub(super) struct Remade {
    /// Functions, views, members of tables and views, statements.
    pub ids: BTreeSet<Id>,
    /// Columns whose expression is given to them when they are made.
    pub columns: BTreeSet<ColumnId>,
}

impl Remade {
    /// What cannot stay between these two designs, whose names are the same by now.
    pub fn between(old: &Side<'_>, new: &Side<'_>) -> Self {
        let mut remade = Self { ids: BTreeSet::new(), columns: columns(old.design, new.design) };
        remade.functions(old.design, new.design);
        for (was, is) in pairs(old.design, new.design) {
            remade.members(old, new, was, is);
        }
        remade.keys(old, new);
        remade.triggers(old.design, new.design);
        remade.views(old, new);
        remade.statements(old.design, new.design);
        remade
    }

    fn functions(&mut self, old: &Design, new: &Design) {
        for was in old.functions() {
            let Some(is) = new.function(was.id) else { continue };
            if !is_replaceable(was, is) || names_rebuilt(was, old, new) {
                self.ids.insert(was.id.into());
            }
        }
    }

    fn members(&mut self, old: &Side<'_>, new: &Side<'_>, was: &Table, is: &Table) {
        let is_anew = |it: &&Column| self.is_anew(old.design, new.design, it);
        let rebuilt: Vec<&Column> = was.columns.iter().filter(is_anew).collect();
        let moved: Vec<&Column> = was.columns.iter().filter(|it| is_other(is, it) || is_anew(it)).collect();
        let all = was != is;
        let functions: Vec<&str> = old
            .design
            .functions()
            .filter(|it| self.ids.contains(&it.id.into()))
            .map(|it| it.name.as_str())
            .collect();
        let names = |text: &str, columns: &[&Column]| {
            names_any(text, &functions) || columns.iter().any(|it| names_column(text, was, &it.name))
        };
        let holds = |ids: &[ColumnId]| ids.iter().any(|it| self.columns.contains(it));
        let mut ids: BTreeSet<Id> = BTreeSet::new();
        let mut put = |id: Id, is_hit: bool| {
            if is_hit || all && !stays(old, new, id) {
                ids.insert(id);
            }
        };
        // A default that calls a function which is made anew.
        for it in &was.columns {
            if it.value.default_expression().is_some_and(|it| names_any(it, &functions)) {
                put(it.id.into(), true);
            }
        }
        for it in &was.triggers {
            let is_hit = it.update_of.iter().any(|id| moved.iter().any(|it| it.id == *id))
                || it.condition.as_ref().is_some_and(|it| trigger_names(it, &moved));
            put(it.id.into(), is_hit);
        }
        for it in &was.policies {
            put(it.id.into(), it.using.iter().chain(&it.with_check).any(|it| names(it, &moved)));
        }
        for it in &was.checks {
            put(it.id.into(), names(&it.expression, &rebuilt));
        }
        for it in &was.exclusions {
            let mut texts = it.elements.iter().filter_map(|it| expression(&it.0)).chain(&it.predicate);
            put(it.id.into(), texts.any(|it| names(it, &rebuilt)));
        }
        for it in &was.uniques {
            put(it.id.into(), holds(&it.columns));
        }
        if let Some(it) = &was.primary_key {
            put(it.id.into(), holds(&it.columns));
        }
        for it in &was.indexes {
            put(it.id.into(), texts_of(it).any(|it| names(it, &rebuilt)) || holds(&columns_of(it)));
        }
        for it in &was.foreign_keys {
            put(it.id.into(), holds(&it.columns) || is_reached(old.design, new.design, was, it));
        }
        self.ids.extend(ids);
    }

    /// Whether a column is made anew, or is of a type that is.
    fn is_anew(&self, old: &Design, new: &Design, column: &Column) -> bool {
        is_of_rebuilt(old, new, column) || self.columns.contains(&column.id)
    }

    /// References whose key is made anew.
    fn keys(&mut self, old: &Side<'_>, new: &Side<'_>) {
        let mut hit: BTreeSet<Id> = BTreeSet::new();
        for table in old.design.tables().filter(|it| new.design.table(it.id).is_some()) {
            for fk in &table.foreign_keys {
                let Some(referenced) = old.design.table(fk.references) else { continue };
                let same = |columns: &[ColumnId]| {
                    columns.len() == fk.ref_columns.len()
                        && fk.ref_columns.iter().all(|it| columns.contains(it))
                };
                let keys = referenced.primary_key.iter().map(|it| (Id::from(it.id), it.columns.clone()));
                let uniques = referenced.uniques.iter().map(|it| (Id::from(it.id), it.columns.clone()));
                let indexes = referenced.indexes.iter().filter(|it| it.unique && it.predicate.is_none());
                let indexes = indexes.filter_map(|it| Some((Id::from(it.id), it.plain_columns()?)));
                let mut resting = keys.chain(uniques).chain(indexes).filter(|it| same(&it.1));
                if resting.any(|it| self.ids.contains(&it.0)) {
                    hit.insert(fk.id.into());
                }
            }
        }
        self.ids.extend(hit);
    }

    fn triggers(&mut self, old: &Design, new: &Design) {
        let mut hit: BTreeSet<Id> = BTreeSet::new();
        for table in old.tables().filter(|it| new.table(it.id).is_some()) {
            hit.extend(table.triggers.iter().filter(|it| self.calls(it)).map(|it| Id::from(it.id)));
        }
        self.ids.extend(hit);
    }

    fn calls(&self, trigger: &Trigger) -> bool {
        matches!(trigger.function, TriggerFunction::Function(id) if self.ids.contains(&id.into()))
    }

    /// Views that are others, that read what changes under them, or that read such a view.
    fn views(&mut self, old: &Side<'_>, new: &Side<'_>) {
        let mut touched: BTreeMap<TableId, Vec<&str>> = BTreeMap::new();
        for (was, is) in pairs(old.design, new.design) {
            let is_touched = |it: &&Column| is_other(is, it) || self.is_anew(old.design, new.design, it);
            let names: Vec<&str> = was.columns.iter().filter(is_touched).map(|it| it.name.as_str()).collect();
            if !names.is_empty() {
                touched.insert(was.id, names);
            }
        }
        let is_hit = |remade: &Self, view: &View| {
            !stays(old, new, view.id.into())
                || view.reads.iter().any(|id| {
                    let is_read =
                        |names: &Vec<&str>| view.query.contains('*') || names_any(&view.query, names);
                    remade.ids.contains(id)
                        || touched.get(&TableId::from(*id)).is_some_and(is_read)
                        || !new.design.has(*id)
                })
        };
        loop {
            let hit: Vec<&View> = old
                .design
                .views()
                .filter(|it| !self.ids.contains(&it.id.into()) && is_hit(self, it))
                .collect();
            if hit.is_empty() {
                break;
            }
            for view in hit {
                self.ids.insert(view.id.into());
                self.ids.extend(view.indexes.iter().map(|it| Id::from(it.id)));
                self.ids.extend(view.triggers.iter().map(|it| Id::from(it.id)));
            }
        }
        for view in old.design.views() {
            if self.ids.contains(&view.id.into()) {
                continue;
            }
            let indexes = view.indexes.iter().map(|it| Id::from(it.id));
            let triggers = view.triggers.iter().map(|it| (Id::from(it.id), self.calls(it)));
            let hit: Vec<Id> = indexes
                .map(|it| (it, false))
                .chain(triggers)
                .filter(|it| it.1 || !stays(old, new, it.0))
                .map(|it| it.0)
                .collect();
            self.ids.extend(hit);
        }
    }

    /// Statements that are gone, or that rest on what is made anew.
    fn statements(&mut self, old: &Design, new: &Design) {
        let hit = |remade: &Self, needs: &[Id]| needs.iter().any(|it| remade.ids.contains(it));
        let undone: BTreeSet<String> = new.verbatims().filter_map(|it| undo::undone(&it.sql)).collect();
        for it in old.verbatims() {
            // What others may rest on is left as it is where it is there under the same name.
            let is_kept = |drop: String| undo::is_last(&drop) && undone.contains(&drop);
            if undo::undone(&it.sql).is_some_and(is_kept) {
                continue;
            }
            let is_gone = new.verbatim(it.id).is_none_or(|now| now.sql != it.sql);
            if is_gone || hit(self, &it.needs) {
                self.ids.insert(it.id.into());
            }
        }
    }
}

/// The tables of both designs.
pub(super) fn pairs<'d>(old: &'d Design, new: &'d Design) -> impl Iterator<Item = (&'d Table, &'d Table)> {
    old.tables().filter_map(|it| Some((it, new.table(it.id)?))).filter(|it| !it.1.is_given())
}

/// Whether a thing is made by the same words in both designs.
fn stays(old: &Side<'_>, new: &Side<'_>, id: Id) -> bool {
    let made = new.definition(id);
    !made.is_empty() && made == old.definition(id)
}

/// Whether a function takes or gives a type that is made anew.
pub(super) fn names_rebuilt(function: &Function, old: &Design, new: &Design) -> bool {
    let is_anew = |it: &&EnumType| new.enum_type(it.id).is_some_and(|now| is_rebuilt(it, now));
    let rebuilt: Vec<&str> = old.enums().filter(is_anew).map(|it| it.name.as_str()).collect();
    let mut types = function.arguments.iter().map(|it| &it.data_type).chain(&function.returns);
    types.any(|it| names_any(it, &rebuilt))
}

/// Whether a column goes from a table, or changes its type.
fn is_other(table: &Table, column: &Column) -> bool {
    table.column(column.id).is_none_or(|now| now.data_type != column.data_type)
}

/// Whether a column has a type that is made anew.
fn is_of_rebuilt(old: &Design, new: &Design, column: &Column) -> bool {
    let BaseType::Enum(id) = column.data_type.base else { return false };
    let (Some(was), Some(is)) = (old.enum_type(id), new.enum_type(id)) else { return false };
    is_rebuilt(was, is)
}

/// Generated columns that are others, or that are computed from one that changes its type or goes.
fn columns(old: &Design, new: &Design) -> BTreeSet<ColumnId> {
    let mut found = BTreeSet::new();
    for (was, is) in pairs(old, new) {
        let changes = |it: &&Column| is_other(is, it) || is_of_rebuilt(old, new, it);
        let changing: Vec<&Column> = was.columns.iter().filter(changes).collect();
        for column in &was.columns {
            let Some(now) = is.column(column.id) else { continue };
            let reads = match &column.value {
                ColumnValue::Generated { expression, .. } => {
                    changing.iter().any(|it| names_column(expression, was, &it.name))
                        || now.data_type != column.data_type
                }
                _ => false,
            };
            let is_generated = matches!(now.value, ColumnValue::Generated { .. });
            if is_generated && (now.value != column.value || reads) && !column.inherited {
                found.insert(column.id);
            }
        }
    }
    found
}

/// Whether the types on the two sides of a reference change so much that it cannot be kept meanwhile.
fn is_reached(old: &Design, new: &Design, table: &Table, fk: &ForeignKey) -> bool {
    let family = |data_type: &DataType| match &data_type.base {
        BaseType::Builtin(it) => Some(it.family()),
        _ => None,
    };
    let differs = |table: TableId, id: ColumnId| {
        let find =
            |design: &Design| design.table(table).and_then(|it| it.column(id)).map(|it| it.data_type.clone());
        match (find(old), find(new)) {
            (Some(one), Some(two)) => one != two && (family(&one) != family(&two) || family(&one).is_none()),
            _ => false,
        }
    };
    fk.columns.iter().any(|it| differs(table.id, *it))
        || fk.ref_columns.iter().any(|it| differs(fk.references, *it))
}

/// Whether `CREATE OR REPLACE` makes the one of the other: what comes back and the names of arguments stay, and defaults are
/// not taken away (manual, "CREATE FUNCTION", Notes).
fn is_replaceable(old: &Function, new: &Function) -> bool {
    let shape = |it: &Function| -> Vec<(ArgumentMode, String)> {
        it.arguments.iter().map(|it| (it.mode, it.data_type.clone())).collect()
    };
    old.procedure == new.procedure
        && old.returns == new.returns
        && shape(old) == shape(new)
        && old.arguments.iter().zip(&new.arguments).all(|(old, new)| {
            (old.name.is_none() || old.name == new.name) && (old.default.is_none() || new.default.is_some())
        })
}

/// Whether a function's body is looked at by PostgreSQL when it is made.
pub(super) fn is_checked(function: &Function) -> bool {
    function.language == "sql" && matches!(function.body, FunctionBody::Text(_))
}

fn names_any(text: &str, names: &[&str]) -> bool {
    !names.is_empty() && tokens(text).any(|it| it.name(text).is_some_and(|it| names.contains(&it.as_ref())))
}

/// Whether the condition of a trigger names a column, as `new.name` or `old.name`.
fn trigger_names(condition: &str, columns: &[&Column]) -> bool {
    let names: Vec<&str> = columns.iter().map(|it| it.name.as_str()).collect();
    names_any(condition, &names) || !columns.is_empty() && condition.contains('*')
}

fn expression(element: &IndexElement) -> Option<&String> {
    match &element.key {
        IndexKey::Expression(text) => Some(text),
        IndexKey::Column(_) => None,
    }
}

fn texts_of(index: &Index) -> impl Iterator<Item = &String> {
    index.elements.iter().filter_map(expression).chain(&index.predicate)
}

fn columns_of(index: &Index) -> Vec<ColumnId> {
    let keys = index.elements.iter().filter_map(|it| match it.key {
        IndexKey::Column(id) => Some(id),
        IndexKey::Expression(_) => None,
    });
    keys.chain(index.include.iter().copied()).collect()
}

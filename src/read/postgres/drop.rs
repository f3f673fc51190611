//! `DROP`.

use std::collections::BTreeSet;

use squawk_syntax::ast::{self, AstNode};

use crate::design::{
    BaseType, ColumnId, Function, FunctionBody, FunctionId, Id, IndexKey, ReplicaIdentity, Stage, Table,
    TableId, ViewId,
};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Place, Relation, Step};
use super::syntax::{self, Name};
use super::{function, once, subject, table};

/// Drops tables, views, sequences and indexes. What depends on them goes as with `CASCADE`, since a script that runs
/// either says so or has dropped it before.
pub fn relations<N: AstNode>(
    b: &mut Builder,
    kind: fn(Relation) -> bool,
    names: impl Iterator<Item = N>,
    if_exists: bool,
) -> Step {
    let mut fate = Fate::Skipped;
    for name in names.filter_map(|it| syntax::name(&it)) {
        match b.relation(&name) {
            // PostgreSQL refuses it, with `IF EXISTS` as well.
            Some(it) if !kind(it) && !matches!(it, Relation::Kept(_) | Relation::Temporary) => {
                return Err(DiagnosticKind::LeftOut { what: "DROP of something of another kind" });
            }
            Some(relation) => {
                let place = b.place_of_relation(&name).unwrap_or_default();
                b.relations.remove(&(place, name.name.clone()));
                self::relation(b, place, &name.name, relation);
                fate = Fate::Modelled;
            }
            None if if_exists => {}
            None => return Err(DiagnosticKind::LeftOut { what: "DROP of something that is not there" }),
        }
    }
    Ok(fate)
}

/// Drops what a name of `pg_class` meant.
pub fn relation(b: &mut Builder, place: Place, name: &str, relation: Relation) {
    match relation {
        Relation::Table(id) => self::table(b, id),
        Relation::View(id) => view(b, id),
        Relation::Sequence(id) => {
            b.sequences.remove(&id);
            b.forget(id.into());
        }
        Relation::Composite(id) => {
            b.composites.remove(&id);
            b.types.remove(&(place, name.to_owned()));
            b.forget(id.into());
        }
        Relation::Index(table, index) => table::set(b, table, |it| {
            it.indexes.retain(|it| it.id != index);
            if it.replica_identity == ReplicaIdentity::Index(index) {
                it.replica_identity = ReplicaIdentity::Nothing;
            }
        }),
        Relation::ViewIndex(view, index) => {
            b.views.entry(view).and_modify(|it| it.indexes.retain(|it| it.id != index));
        }
        Relation::Kept(id) => {
            b.verbatims.remove(&id);
            dependents(b, id.into());
        }
        Relation::Key(..) | Relation::Identity(..) | Relation::Temporary => {}
    }
}

/// Drops a table with its partitions and heirs, its sequences, foreign keys to it and the views that read it.
pub fn table(b: &mut Builder, id: TableId) {
    for heir in b.heirs(id) {
        table(b, heir);
    }
    let Some(gone) = b.tables.remove(&id) else { return };
    let names: Vec<String> = super::constraint::constraint_names(&gone).cloned().collect();
    for name in names {
        b.remove_constraint_name(gone.namespace, &name);
    }
    let owned: BTreeSet<_> =
        b.sequences.values().filter(|it| it.owned_by.is_some_and(|it| it.0 == id)).map(|it| it.id).collect();
    b.sequences.retain(|it, _| !owned.contains(it));
    b.relations.retain(|_, it| match it {
        Relation::Table(table)
        | Relation::Index(table, _)
        | Relation::Key(table, _)
        | Relation::Identity(table, _) => *table != id,
        Relation::Sequence(sequence) => !owned.contains(sequence),
        _ => true,
    });
    let mut constraints = Vec::new();
    for other in b.tables.values_mut() {
        let to_gone = other.foreign_keys.iter().filter(|it| it.references == id);
        constraints.extend(to_gone.map(|it| (other.namespace, it.name.clone())));
        other.foreign_keys.retain(|it| it.references != id);
    }
    for (place, name) in constraints {
        b.remove_constraint_name(place, &name);
    }
    dependents(b, id.into());
    type_uses(b, &BaseType::Row(id));
}

/// Drops what a kept statement makes, with what other statements say of it.
pub fn kept(b: &mut Builder, stmt: &ast::Stmt) -> Step {
    let subjects = subject::read(&syntax::text(stmt)).map(|it| it.1).unwrap_or_default();
    let made: Vec<_> = subjects.iter().filter_map(|it| b.made.find(it)).collect();
    if made.is_empty() {
        return Err(DiagnosticKind::LeftOut { what: "DROP of something that is not modelled" });
    }
    for id in made {
        b.made.remove(id);
        b.verbatims.remove(&id);
        dependents(b, id.into());
    }
    Ok(Fate::Modelled)
}

/// Views that read a record go with it; what else names it forgets it, and kept statements about it go.
fn dependents(b: &mut Builder, id: Id) {
    let readers: Vec<ViewId> = b.views.values().filter(|it| it.reads.contains(&id)).map(|it| it.id).collect();
    for reader in readers {
        view(b, reader);
    }
    b.verbatims.retain(|_, it| !it.needs.contains(&id));
    // What a body in quotes names may go before the function does.
    let body_names = |it: &Function| {
        it.language == "sql" && it.reads.contains(&id) && matches!(it.body, FunctionBody::Text(_))
    };
    if b.functions.values().any(body_names) {
        b.leave_bodies_unchecked();
    }
    b.forget(id);
}

/// Drops a view with what reads it.
pub fn view(b: &mut Builder, id: ViewId) {
    if b.views.remove(&id).is_none() {
        return;
    }
    b.relations.retain(|_, it| match it {
        Relation::View(view) | Relation::ViewIndex(view, _) => *view != id,
        _ => true,
    });
    dependents(b, id.into());
}

/// Columns of a type that is gone go too.
fn type_uses(b: &mut Builder, base: &BaseType) {
    let uses: Vec<(TableId, ColumnId)> = b
        .tables
        .values()
        .flat_map(|table| table.columns.iter().map(move |column| (table.id, column)))
        .filter(|(_, column)| column.data_type.base == *base)
        .map(|(table, column)| (table, column.id))
        .collect();
    for (table, id) in uses {
        column(b, table, id);
    }
}

/// Drops a column with the keys, constraints and indexes over it.
pub fn column(b: &mut Builder, id: TableId, column: ColumnId) {
    let Some(name) = b.tables.get(&id).and_then(|it| it.column(column)).map(|it| it.name.clone()) else {
        return;
    };
    let Some(mut gone_from) = b.tables.get(&id).cloned() else { return };
    let place = gone_from.namespace;
    let mut names = Vec::new();
    let names_it = |sql: &str| crate::sql::mentions(sql).iter().any(|it| it.last().name == name);
    retain_constraints(&mut gone_from, column, &names_it, &mut names);
    let over = |it: &crate::design::Index| {
        it.include.contains(&column)
            || it.predicate.as_deref().is_some_and(names_it)
            || it.elements.iter().any(|it| match &it.key {
                IndexKey::Column(id) => *id == column,
                IndexKey::Expression(text) => names_it(text),
            })
    };
    let indexes: Vec<String> =
        gone_from.indexes.iter().filter(|it| over(it)).map(|it| it.name.clone()).collect();
    gone_from.indexes.retain(|it| !over(it));
    gone_from.triggers.retain(|it| !it.update_of.contains(&column));
    gone_from.policies.retain(|it| ![&it.using, &it.with_check].into_iter().flatten().any(|it| names_it(it)));
    if gone_from.seed.as_ref().is_some_and(|it| it.columns.contains(&column)) {
        gone_from.seed = None;
    }
    gone_from.columns.retain(|it| it.id != column);
    b.tables.insert(id, gone_from);
    for name in indexes {
        b.relations.remove(&(place, name));
    }
    for name in names {
        b.remove_constraint_name(place, &name);
        if matches!(b.relations.get(&(place, name.clone())), Some(Relation::Key(table, _)) if *table == id) {
            b.relations.remove(&(place, name));
        }
    }
    let owned: BTreeSet<_> =
        b.sequences.values().filter(|it| it.owned_by == Some((id, column))).map(|it| it.id).collect();
    b.sequences.retain(|it, _| !owned.contains(it));
    b.relations.retain(|_, it| match it {
        Relation::Sequence(sequence) => !owned.contains(sequence),
        Relation::Identity(_, of) => *of != column,
        _ => true,
    });
    for other in b.tables.values_mut() {
        other.foreign_keys.retain(|it| !it.ref_columns.contains(&column));
    }
    // Statistics over it go along.
    b.verbatims
        .retain(|_, it| it.stage != Stage::Indexes || !it.needs.contains(&id.into()) || !names_it(&it.sql));
}

fn retain_constraints(
    table: &mut Table,
    column: ColumnId,
    names_it: &impl Fn(&str) -> bool,
    gone: &mut Vec<String>,
) {
    let Table { primary_key, uniques, foreign_keys, checks, exclusions, .. } = table;
    if let Some(key) = primary_key.take_if(|it| it.columns.contains(&column) || it.include.contains(&column))
    {
        gone.push(key.name);
    }
    let mut keep = |keep: bool, name: &str| {
        if !keep {
            gone.push(name.to_owned());
        }
        keep
    };
    uniques.retain(|it| keep(!it.columns.contains(&column) && !it.include.contains(&column), &it.name));
    foreign_keys.retain(|it| keep(!it.columns.contains(&column), &it.name));
    checks.retain(|it| keep(!names_it(&it.expression), &it.name));
    exclusions.retain(|it| {
        let over = it.elements.iter().any(|(it, _)| match &it.key {
            IndexKey::Column(id) => *id == column,
            IndexKey::Expression(text) => names_it(text),
        });
        keep(!over, &it.name)
    });
}

/// Drops a constraint; a key takes the foreign keys that rest on it along.
pub fn constraint(b: &mut Builder, id: TableId, name: &str, if_exists: bool) -> Step {
    let Some(mut table) = b.tables.get(&id).cloned() else {
        return Err(DiagnosticKind::Unknown { what: "table", name: String::new() });
    };
    if !super::constraint::constraint_names(&table).any(|it| it == name) {
        if !if_exists && super::not_null::drop(b, id, name) {
            return Ok(Fate::Modelled);
        }
        let kept = b.verbatims.values().filter(|it| it.needs.contains(&id.into()));
        let adds = format!("CONSTRAINT {} ", crate::sql::ident(name));
        let kept: Vec<_> = kept.filter(|it| it.sql.contains(&adds)).map(|it| it.id).collect();
        if let [one] = kept.as_slice() {
            b.verbatims.remove(one);
            return Ok(Fate::Modelled);
        }
        return if if_exists {
            Ok(Fate::Skipped)
        } else {
            Err(DiagnosticKind::LeftOut { what: "DROP CONSTRAINT of something that is not there" })
        };
    }
    let mut key_columns =
        table.primary_key.iter().filter(|it| it.name == name).map(|it| it.columns.clone()).next();
    let unique = table.uniques.iter().find(|it| it.name == name).map(|it| it.columns.clone());
    key_columns = key_columns.or(unique);
    table.primary_key = table.primary_key.filter(|it| it.name != name);
    table.uniques.retain(|it| it.name != name);
    table.foreign_keys.retain(|it| it.name != name);
    table.checks.retain(|it| it.name != name);
    table.exclusions.retain(|it| it.name != name);
    let place = table.namespace;
    b.tables.insert(id, table);
    b.remove_constraint_name(place, name);
    if matches!(b.relations.get(&(place, name.to_owned())), Some(Relation::Key(owner, _)) if *owner == id) {
        b.relations.remove(&(place, name.to_owned()));
    }
    if let Some(columns) = key_columns {
        foreign_keys_to(b, id, &columns);
    }
    Ok(Fate::Modelled)
}

fn foreign_keys_to(b: &mut Builder, id: TableId, columns: &[ColumnId]) {
    let still = b.tables.get(&id).is_some_and(|it| it.is_unique_over(columns));
    if still {
        return;
    }
    for other in b.tables.values_mut() {
        other.foreign_keys.retain(|it| it.references != id || it.ref_columns != columns);
    }
}

/// Drops types and domains, with the columns of those types.
pub fn types<N: AstNode>(b: &mut Builder, names: impl Iterator<Item = N>, if_exists: bool) -> Step {
    let mut fate = Fate::Skipped;
    for name in names.filter_map(|it| syntax::name(&it)) {
        let Some((place, base)) = b.base_type(&name) else {
            if if_exists {
                continue;
            }
            return Err(DiagnosticKind::LeftOut { what: "DROP TYPE of something that is not there" });
        };
        type_uses(b, &base);
        match &base {
            BaseType::Enum(id) => drop_record(b, (*id).into(), |b| b.enums.remove(id).is_some()),
            BaseType::Domain(id) => drop_record(b, (*id).into(), |b| b.domains.remove(id).is_some()),
            BaseType::Composite(id) => drop_record(b, (*id).into(), |b| b.composites.remove(id).is_some()),
            BaseType::Range(id) => drop_record(b, (*id).into(), |b| b.ranges.remove(id).is_some()),
            BaseType::Row(_) | BaseType::Builtin(_) | BaseType::Other { .. } => {}
        }
        b.types.remove(&(place, name.name.clone()));
        if let BaseType::Composite(_) = base {
            b.relations.remove(&(place, name.name.clone()));
        }
        fate = Fate::Modelled;
    }
    Ok(fate)
}

fn drop_record(b: &mut Builder, id: Id, remove: impl FnOnce(&mut Builder) -> bool) {
    if remove(b) {
        dependents(b, id);
    }
}

/// Drops functions, each by its name and, where they are given, the types of its arguments.
pub fn functions(b: &mut Builder, signatures: Vec<(Name, Option<ast::ParamList>)>, if_exists: bool) -> Step {
    let mut fate = Fate::Skipped;
    for (name, parameters) in signatures {
        match function::find(b, &name, parameters.as_ref()) {
            Some(id) => {
                once::wrap_calls(b, id);
                self::function(b, id);
                fate = Fate::Modelled;
            }
            None if if_exists => {}
            None => {
                return Err(DiagnosticKind::LeftOut { what: "DROP FUNCTION of something that is not there" });
            }
        }
    }
    Ok(fate)
}

fn function(b: &mut Builder, id: FunctionId) {
    b.functions.remove(&id);
    for ids in b.routines.values_mut() {
        ids.retain(|it| *it != id);
    }
    let calls = |it: &crate::design::Trigger| it.function == crate::design::TriggerFunction::Function(id);
    b.tables.values_mut().for_each(|it| it.triggers.retain(|it| !calls(it)));
    b.views.values_mut().for_each(|it| it.triggers.retain(|it| !calls(it)));
    dependents(b, id.into());
}

/// Drops SQL schemas with all that is in them.
pub fn namespaces(b: &mut Builder, names: impl Iterator<Item = ast::SchemaRef>, if_exists: bool) -> Step {
    let mut fate = Fate::Skipped;
    for name in names.map(|it| syntax::ident(&it)) {
        let Some(place) = b.known_namespace(&name) else {
            if if_exists {
                continue;
            }
            return Err(DiagnosticKind::LeftOut { what: "DROP SCHEMA of something that is not there" });
        };
        namespace(b, place);
        fate = Fate::Modelled;
    }
    Ok(fate)
}

/// Drops an SQL schema with all that is in it.
pub fn namespace(b: &mut Builder, place: Place) {
    let schema = b.place_name(place).to_owned();
    let within: Vec<_> = b.relations.keys().filter(|it| it.0 == place).cloned().collect();
    for key in within {
        if let Some(gone) = b.relations.remove(&key) {
            relation(b, place, &key.1, gone);
        }
    }
    let within: Vec<_> = b.types.iter().filter(|it| it.0.0 == place).map(|it| it.0.clone()).collect();
    for key in within {
        let name = Name { namespace: Some(schema.clone()), name: key.1 };
        let Some((_, base)) = b.base_type(&name) else { continue };
        type_uses(b, &base);
        b.types.remove(&(place, name.name));
        match base {
            BaseType::Enum(id) => drop_record(b, id.into(), |b| b.enums.remove(&id).is_some()),
            BaseType::Domain(id) => drop_record(b, id.into(), |b| b.domains.remove(&id).is_some()),
            BaseType::Range(id) => drop_record(b, id.into(), |b| b.ranges.remove(&id).is_some()),
            _ => {}
        }
    }
    let within: Vec<FunctionId> =
        b.functions.values().filter(|it| it.namespace == place).map(|it| it.id).collect();
    for id in within {
        function(b, id);
    }
    if let Some(id) = place {
        b.remove_namespace(id);
    }
}

//! `RENAME` and `SET SCHEMA`.

use crate::design::{BaseType, ColumnValue, ConstraintId, Table, TableId};
use crate::read::DiagnosticKind;
use crate::sql::{ident, mentions};

use super::builder::{Builder, Fate, Place, Relation, Step};
use super::syntax::Name;
use super::table;

fn unknown(what: &'static str, name: &Name) -> DiagnosticKind {
    DiagnosticKind::Unknown { what, name: name.to_string() }
}

/// Gives a table, view, sequence, index or composite type another name.
pub fn relation(b: &mut Builder, old: &Name, new: &str) -> Step {
    let place = b.place_of_relation(old).ok_or_else(|| unknown("relation", old))?;
    let relation = b.relation(old).ok_or_else(|| unknown("relation", old))?;
    if b.is_relation(place, new) {
        return Err(DiagnosticKind::Exists { name: new.to_owned() });
    }
    if let Relation::Kept(_) = relation {
        return Err(DiagnosticKind::NotModelled { what: "RENAME of what is kept as written".into() });
    }
    b.relations.remove(&(place, old.name.clone()));
    b.relations.insert((place, new.to_owned()), relation);
    match relation {
        Relation::Table(id) => {
            table::set(b, id, |it| new.clone_into(&mut it.name));
            name_identities(b, id);
            super::rewrite::relation(b, place, &old.name, new);
        }
        Relation::View(id) => {
            b.views.entry(id).and_modify(|it| new.clone_into(&mut it.name));
            super::rewrite::relation(b, place, &old.name, new);
        }
        Relation::Sequence(id) => {
            b.sequences.entry(id).and_modify(|it| new.clone_into(&mut it.name));
            super::rewrite::relation(b, place, &old.name, new);
        }
        Relation::Identity(table, _) => name_identities(b, table),
        Relation::Composite(id) => {
            b.composites.entry(id).and_modify(|it| new.clone_into(&mut it.name));
            if let Some(base) = b.types.remove(&(place, old.name.clone())) {
                b.types.insert((place, new.to_owned()), base);
            }
        }
        Relation::Index(table, index) => table::set(b, table, |it| {
            let index = it.indexes.iter_mut().find(|it| it.id == index);
            if let Some(index) = index {
                new.clone_into(&mut index.name);
            }
        }),
        Relation::ViewIndex(view, index) => {
            b.views.entry(view).and_modify(|it| {
                let index = it.indexes.iter_mut().find(|it| it.id == index);
                if let Some(index) = index {
                    new.clone_into(&mut index.name);
                }
            });
        }
        Relation::Key(table, key) => {
            b.remove_constraint_name(place, &old.name);
            b.add_constraint_name(place, new);
            table::set(b, table, |it| rename_key(it, key, new));
        }
        Relation::Kept(_) | Relation::Temporary => {}
    }
    Ok(Fate::Modelled)
}

fn rename_key(table: &mut Table, key: ConstraintId, new: &str) {
    let primary = table.primary_key.iter_mut().map(|it| (it.id, &mut it.name));
    let uniques = table.uniques.iter_mut().map(|it| (it.id, &mut it.name));
    let exclusions = table.exclusions.iter_mut().map(|it| (it.id, &mut it.name));
    for (_, name) in primary.chain(uniques).chain(exclusions).filter(|it| it.0 == key) {
        new.clone_into(name);
    }
}

/// Gives a constraint of a table another name; the index behind it goes along.
pub fn constraint(b: &mut Builder, table: TableId, old: &str, new: &str) -> Step {
    let Some(place) = b.tables.get(&table).map(|it| it.namespace) else {
        return Err(DiagnosticKind::Unknown { what: "table", name: String::new() });
    };
    if let Some(Relation::Key(owner, _)) = b.relations.get(&(place, old.to_owned()))
        && *owner == table
    {
        let old = Name { namespace: Some(b.place_name(place).to_owned()), name: old.to_owned() };
        return relation(b, &old, new);
    }
    let mut found = false;
    table::set(b, table, |it| {
        let checks = it.checks.iter_mut().map(|it| &mut it.name);
        let fks = it.foreign_keys.iter_mut().map(|it| &mut it.name);
        for name in checks.chain(fks).filter(|it| *it == old) {
            new.clone_into(name);
            found = true;
        }
    });
    if !found {
        if super::not_null::rename(b, table, old, new) {
            return Ok(Fate::Modelled);
        }
        return Err(DiagnosticKind::Unknown { what: "constraint", name: old.to_owned() });
    }
    b.remove_constraint_name(place, old);
    b.add_constraint_name(place, new);
    Ok(Fate::Modelled)
}

/// Says the names of the sequences of a table's identity columns where they are not the usual ones: they keep the names that
/// they got, whatever the table and its columns are called later.
fn name_identities(b: &mut Builder, id: TableId) {
    let Some(table) = b.tables.get(&id) else { return };
    let named: Vec<_> = b
        .relations
        .iter()
        .filter_map(|((place, name), relation)| match relation {
            Relation::Identity(of, column) if *of == id => Some((*column, *place, name)),
            _ => None,
        })
        .filter_map(|(column, place, name)| {
            let called = &table.column(column)?.name;
            let usual = super::naming::object_name(&table.name, Some(called), "seq");
            Some((column, (usual != *name).then(|| b.qualified(place, name))))
        })
        .collect();
    for (column, name) in named {
        super::column::set(b, id, column, |it| {
            if let ColumnValue::Identity { options, .. } = &mut it.value {
                options.name = name;
            }
        });
    }
}

/// Gives a column another name, in the tables below as well.
pub fn column(b: &mut Builder, table: TableId, old: &str, new: &str) -> Step {
    b.column(table, old)?;
    for id in b.with_heirs(table) {
        let Ok(column) = b.column(id, old) else { continue };
        super::view::freeze(b, id.into());
        super::rewrite::column_in_views(b, id, old, new);
        super::column::set(b, id, column, |it| new.clone_into(&mut it.name));
        name_identities(b, id);
        super::rewrite::column(b, id, old, new);
    }
    Ok(Fate::Modelled)
}

/// Gives a type another name.
pub fn type_to(b: &mut Builder, old: &Name, new: &str) -> Step {
    let (place, base) = b.base_type(old).ok_or_else(|| unknown("type", old))?;
    set_type(b, place, &old.name, place, new, &base)
}

/// Puts a type into another SQL schema.
pub fn type_schema(b: &mut Builder, name: &Name, schema: Option<String>) -> Step {
    let (place, base) = b.base_type(name).ok_or_else(|| unknown("type", name))?;
    let to = b.namespace(&schema.unwrap_or_default());
    set_type(b, place, &name.name, to, &name.name, &base)
}

fn set_type(b: &mut Builder, from: Place, old: &str, to: Place, new: &str, base: &BaseType) -> Step {
    match base {
        BaseType::Enum(id) => {
            b.enums.entry(*id).and_modify(|it| (it.namespace, it.name) = (to, new.to_owned()));
        }
        BaseType::Domain(id) => {
            b.domains.entry(*id).and_modify(|it| (it.namespace, it.name) = (to, new.to_owned()));
        }
        BaseType::Composite(id) => {
            b.composites.entry(*id).and_modify(|it| (it.namespace, it.name) = (to, new.to_owned()));
            b.relations.remove(&(from, old.to_owned()));
            b.relations.insert((to, new.to_owned()), Relation::Composite(*id));
        }
        BaseType::Range(id) => {
            b.ranges.entry(*id).and_modify(|it| (it.namespace, it.name) = (to, new.to_owned()));
        }
        BaseType::Row(_) | BaseType::Builtin(_) | BaseType::Other { .. } => {
            return Err(DiagnosticKind::Unknown { what: "type", name: old.to_owned() });
        }
    }
    if let Some(base) = b.types.remove(&(from, old.to_owned())) {
        b.types.insert((to, new.to_owned()), base);
    }
    super::rewrite::moved(b, from, old, to, new);
    Ok(Fate::Modelled)
}

/// Puts a table, view or sequence into another SQL schema, with the indexes and owned sequences of a table.
pub fn set_schema(b: &mut Builder, name: &Name, schema: Option<String>) -> Step {
    let from = b.place_of_relation(name).ok_or_else(|| unknown("relation", name))?;
    let relation = b.relation(name).ok_or_else(|| unknown("relation", name))?;
    let to = b.namespace(&schema.unwrap_or_default());
    if from == to {
        return Ok(Fate::Skipped);
    }
    let mut moved = vec![name.name.clone()];
    match relation {
        Relation::Table(id) => {
            let space = b.place_name(to).to_owned();
            table::set(b, id, |it| {
                it.namespace = to;
                // Sequences of identity columns go along.
                for column in &mut it.columns {
                    let ColumnValue::Identity { options, .. } = &mut column.value else { continue };
                    if let Some(name) = options.name.as_mut() {
                        let last = mentions(name).first().map(|it| it.last().name.clone());
                        *name = format!("{}.{}", ident(&space), ident(&last.unwrap_or_default()));
                    }
                }
            });
            let belongs = |it: &Relation| match it {
                Relation::Index(table, _) | Relation::Key(table, _) | Relation::Identity(table, _) => {
                    *table == id
                }
                Relation::Sequence(sequence) => {
                    b.sequences.get(sequence).and_then(|it| it.owned_by).is_some_and(|it| it.0 == id)
                }
                _ => false,
            };
            moved.extend(b.relations.iter().filter(|it| belongs(it.1)).map(|it| it.0.1.clone()));
            let names: Vec<String> = match b.tables.get(&id) {
                Some(it) => super::constraint::constraint_names(it).cloned().collect(),
                None => Vec::new(),
            };
            for name in names {
                b.remove_constraint_name(from, &name);
                b.add_constraint_name(to, &name);
            }
            let owned = b.sequences.values_mut().filter(|it| it.owned_by.is_some_and(|it| it.0 == id));
            owned.for_each(|it| it.namespace = to);
        }
        Relation::View(id) => {
            b.views.entry(id).and_modify(|it| it.namespace = to);
        }
        Relation::Sequence(id) => {
            b.sequences.entry(id).and_modify(|it| it.namespace = to);
        }
        _ => return Err(unknown("relation", name)),
    }
    for name in moved {
        if let Some(relation) = b.relations.remove(&(from, name.clone())) {
            b.relations.insert((to, name.clone()), relation);
        }
        super::rewrite::moved(b, from, &name, to, &name);
    }
    Ok(Fate::Modelled)
}

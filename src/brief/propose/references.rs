//! Relationships as foreign keys, and many-to-many as junction tables.

use super::Proposer;
use crate::base::sentence;
use crate::brief::reading::{OnDelete, Reading, Relationship, RelationshipKind};
use crate::design::convention::{self, key_type};
use crate::design::naming::{Derived, fitted, free};
use crate::design::{
    Check, Column, ColumnId, Design, Edit, ForeignKey, Origin, Record, ReferentialAction, Scope, Table,
    TableId, Unique,
};

impl Proposer {
    /// One foreign key with its column.
    pub(super) fn reference(&mut self, reading: &Reading, at: usize) {
        let Some(relation) = reading.relationships.get(at) else { return };
        let (Some(from), Some(to)) =
            (self.tables.get(&relation.from).copied(), self.tables.get(&relation.to).copied())
        else {
            return;
        };
        let Some(mut table) = self.design.table(from).cloned() else { return };
        let column = column_name(relation);
        if table.column_named(&column).is_some() {
            return;
        }
        let origin = self.origin(&relation.evidence, relation.assumed, &relation.reason);
        let action = action(relation);
        let is_new = self.parts.contains_key(&relation.from);
        let nullable = relation.nullable || !is_new;
        let Some(id) = self.foreign_key(&mut table, to, column.clone(), nullable, action, &origin) else {
            return;
        };
        if relation.kind == RelationshipKind::OneToOne {
            self.unique(&mut table, vec![id], &origin);
        }
        if from == to {
            let key = table
                .primary_key
                .as_ref()
                .and_then(|it| it.columns.first())
                .and_then(|it| table.column(*it))
                .map(|it| it.name.clone());
            if let Some(key) = key {
                self.differ(&mut table, &column, &key, &origin);
            }
        }
        let title = format!("{}.{column} refers to {}", table.name, name_of(&self.design, to));
        let needs = self.needs(&[&relation.from, &relation.to]);
        let edit = self.joined(table);
        self.push(title, sentence(&relation.reason), &relation.evidence, relation.assumed, needs, edit);
    }

    /// A check that nothing is tied to itself.
    fn differ(&mut self, table: &mut Table, column: &str, other: &str, origin: &Origin) {
        let taken = |name: &str| table.checks.iter().any(|it| it.name == name);
        let name = free(Derived::Check.name(&table.name, [column]), taken);
        table.checks.push(Check {
            id: self.ids.take(),
            name,
            expression: format!("{column} <> {other}"),
            origin: origin.clone(),
            ..Check::default()
        });
    }

    /// A junction: both keys, unique together, and its payload.
    pub(super) fn junction(&mut self, reading: &Reading, at: usize) {
        let Some(relation) = reading.relationships.get(at) else { return };
        let Some(via) = relation.via.as_deref() else { return };
        let Some(entity) = reading.entities.iter().find(|it| it.name == via) else { return };
        let (Some(first), Some(second)) =
            (self.tables.get(&relation.from).copied(), self.tables.get(&relation.to).copied())
        else {
            return;
        };
        let origin = self.origin(&relation.evidence, relation.assumed, &relation.reason);
        let known = self.tables.get(via).copied();
        let mut table = match known.and_then(|it| self.design.table(it).cloned()) {
            Some(table) => table,
            None => match self.new_table(reading, entity) {
                Some(table) => table,
                None => return,
            },
        };
        let id = table.id;
        let mut columns = Vec::new();
        let to_itself = first == second;
        for (nth, (target, name)) in [(first, &relation.from), (second, &relation.to)].into_iter().enumerate()
        {
            let prefix = if to_itself && nth == 1 { "other_" } else { "" };
            let name = fitted(format!("{prefix}{name}_id"));
            let action =
                if known.is_some() { ReferentialAction::Restrict } else { ReferentialAction::Cascade };
            columns.extend(self.foreign_key(&mut table, target, name, false, action, &origin));
        }
        if columns.len() != 2 {
            return;
        }
        let names: Vec<String> =
            columns.iter().filter_map(|it| table.column(*it)).map(|it| it.name.clone()).collect();
        if let ([one, other], true) = (names.as_slice(), to_itself) {
            self.differ(&mut table, other, one, &origin);
        }
        self.unique(&mut table, columns, &origin);
        if known.is_none() {
            for attribute in &entity.attributes {
                self.column(&mut table, entity, attribute);
            }
        }
        let title = if known.is_none() {
            format!("Add table {}", table.name)
        } else {
            format!("{} joins {} and {}", table.name, relation.from, relation.to)
        };
        let mut needs = self.needs(&[&relation.from, &relation.to]);
        needs.extend(self.needs(&[via]));
        needs.sort_unstable();
        needs.dedup();
        let edit = if known.is_some() {
            self.joined(table)
        } else {
            let edit = Edit::default().put(&self.design, Record::Table(table));
            convention::applied(&self.design, edit, &[id])
        };
        if let Some(part) =
            self.push(title, sentence(&relation.reason), &relation.evidence, relation.assumed, needs, edit)
            && known.is_none()
        {
            self.tables.insert(via.to_owned(), id);
            self.parts.insert(via.to_owned(), part);
        }
    }

    /// Uniqueness within something: one constraint over the reference and the column.
    pub(super) fn uniques(&mut self, reading: &Reading) {
        for entity in &reading.entities {
            for attribute in entity.attributes.iter().filter(|it| it.unique) {
                let Some(scope) = &attribute.unique_in else { continue };
                let Some(id) = self.tables.get(&entity.name).copied() else { continue };
                let Some(mut table) = self.design.table(id).cloned() else { continue };
                let target = self.tables.get(scope).copied();
                let reference = target
                    .and_then(|it| table.foreign_keys.iter().find(|fk| fk.references == it))
                    .and_then(|it| it.columns.first())
                    .copied();
                let column =
                    table.column_named(&crate::design::naming::identifier(&attribute.name)).map(|it| it.id);
                let (Some(reference), Some(column)) = (reference, column) else { continue };
                let origin = self.origin(&attribute.evidence, attribute.assumed, "");
                self.unique(&mut table, vec![reference, column], &origin);
                let title = format!(
                    "{}.{} is unique within its {}",
                    table.name,
                    attribute.name,
                    scope.replace('_', " ")
                );
                let needs = self.reference_needs(&entity.name, scope);
                let edit = Edit::default().put(&self.design, Record::Table(table));
                self.push(title, "The text says so.".to_owned(), &attribute.evidence, false, needs, edit);
            }
        }
    }

    /// The parts that gave a table its reference to another.
    fn reference_needs(&self, from: &str, to: &str) -> Vec<usize> {
        let mut needs = self.needs(&[from, to]);
        let name = self.tables.get(from).map(|it| name_of(&self.design, *it)).unwrap_or_default();
        let target = self.tables.get(to).map(|it| name_of(&self.design, *it)).unwrap_or_default();
        let (column, refers) = (format!("{name}."), format!("refers to {target}"));
        let mine = |title: &str| title.starts_with(&column) && title.ends_with(&refers);
        needs.extend(
            self.proposal.parts.iter().enumerate().filter(|(_, it)| mine(&it.title)).map(|(at, _)| at),
        );
        needs.sort_unstable();
        needs
    }

    /// Adds a column that references the single key column of `target`, behind the table's other references.
    fn foreign_key(
        &mut self,
        table: &mut Table,
        target: TableId,
        column: String,
        nullable: bool,
        on_delete: ReferentialAction,
        origin: &Origin,
    ) -> Option<ColumnId> {
        let referenced = if target == table.id { &*table } else { self.design.table(target)? };
        let [key] = referenced.primary_key.as_ref()?.columns.as_slice() else { return None };
        let key = *key;
        let data_type = key_type(referenced)?.clone();
        if table.column_named(&column).is_some() {
            return None;
        }
        let id: ColumnId = self.ids.take();
        let is_key = |it: &Column| {
            table.primary_key.as_ref().is_some_and(|pk| pk.columns.contains(&it.id))
                || table.foreign_keys.iter().any(|fk| fk.columns.contains(&it.id))
        };
        let place = table.columns.iter().take_while(|it| is_key(it)).count();
        let name = Derived::ForeignKey
            .free_name(&table.name, [&column], |it| table.foreign_keys.iter().any(|fk| fk.name == it));
        table
            .columns
            .insert(place, Column { nullable, origin: origin.clone(), ..Column::new(id, column, data_type) });
        table.foreign_keys.push(ForeignKey {
            id: self.ids.take(),
            name,
            columns: vec![id],
            references: target,
            ref_columns: vec![key],
            on_delete,
            origin: origin.clone(),
            ..ForeignKey::default()
        });
        Some(id)
    }

    fn unique(&mut self, table: &mut Table, columns: Vec<ColumnId>, origin: &Origin) {
        if table.uniques.iter().any(|it| it.columns == columns) {
            return;
        }
        let names: Vec<String> = table.column_names(&columns).map(str::to_owned).collect();
        let taken = |it: &str| {
            self.design.named(Scope::Relation(table.namespace), it).next().is_some()
                || table.uniques.iter().any(|unique| unique.name == it)
        };
        let name = Derived::Unique.free_name(&table.name, &names, taken);
        table.uniques.push(Unique {
            id: self.ids.take(),
            name,
            columns,
            origin: origin.clone(),
            ..Unique::default()
        });
    }
}

/// The name of the column: the role where there is one, else the other table; `checked_by` stays as it is.
pub(super) fn column_name(relation: &Relationship) -> String {
    let name = match relation.role.as_deref() {
        Some("parent") => format!("parent_{}_id", relation.to),
        Some(role) if role.ends_with("_by") => role.to_owned(),
        Some(role) => format!("{}_id", role.trim_end_matches("_id")),
        None if relation.from == relation.to => format!("parent_{}_id", relation.to),
        None => format!("{}_id", relation.to),
    };
    crate::design::naming::identifier(&name)
}

fn action(relation: &Relationship) -> ReferentialAction {
    match relation.on_delete {
        OnDelete::Cascade => ReferentialAction::Cascade,
        OnDelete::SetNull => ReferentialAction::SetNull,
        OnDelete::Restrict => ReferentialAction::Restrict,
    }
}

pub(super) fn name_of(design: &Design, id: TableId) -> String {
    design.table(id).map_or_else(String::new, |it| it.name.clone())
}

//! New records beside others that took their names meanwhile: both stay, and the later one gets a number.

use std::collections::BTreeSet;

use super::naming::free;
use super::{Design, Edit, Id, NamespaceId, Record, Scope, Table};

impl Edit {
    /// The same edit with a free name for each new table, type, sequence or view whose name others have in `design`, and for the
    /// keys and indexes of such a table. What was only renamed keeps the name that it asks for: other texts mention it already.
    #[must_use]
    pub fn under_free_names(&self, design: &Design) -> Self {
        let mut edit = self.clone();
        let mut given = BTreeSet::new();
        for replaced in edit.records.iter_mut().filter(|it| it.before.is_none()) {
            if let Some(record) = &mut replaced.after {
                rename(record, &mut |id, namespace, name| {
                    let is_taken = |name: &str| given.contains(name) || is_taken(design, id, namespace, name);
                    *name = free(name.clone(), is_taken);
                    given.insert(name.clone());
                });
            }
        }
        edit
    }
}

/// Gives `named` every name of a record that others may have taken.
fn rename(record: &mut Record, named: &mut dyn FnMut(Id, Option<NamespaceId>, &mut String)) {
    let id = record.id();
    match record {
        Record::Table(it) => {
            named(id, it.namespace, &mut it.name);
            let namespace = it.namespace;
            table_names(it).for_each(|name| named(id, namespace, name));
        }
        Record::EnumType(it) => named(id, it.namespace, &mut it.name),
        Record::Domain(it) => named(id, it.namespace, &mut it.name),
        Record::CompositeType(it) => named(id, it.namespace, &mut it.name),
        Record::RangeType(it) => named(id, it.namespace, &mut it.name),
        Record::Sequence(it) => named(id, it.namespace, &mut it.name),
        Record::View(it) => named(id, it.namespace, &mut it.name),
        _ => {}
    }
}

/// Names of constraints that are indexes, and of indexes.
fn table_names(table: &mut Table) -> impl Iterator<Item = &mut String> {
    let keys = table.primary_key.iter_mut().map(|it| &mut it.name);
    let uniques = table.uniques.iter_mut().map(|it| &mut it.name);
    let exclusions = table.exclusions.iter_mut().map(|it| &mut it.name);
    keys.chain(uniques).chain(exclusions).chain(table.indexes.iter_mut().map(|it| &mut it.name))
}

fn is_taken(design: &Design, id: Id, namespace: Option<NamespaceId>, name: &str) -> bool {
    let scopes = [Scope::Relation(namespace), Scope::Type(namespace)];
    scopes.into_iter().any(|scope| design.named(scope, name).any(|it| it != id))
}

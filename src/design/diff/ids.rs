//! Every identity in a record, to be read or exchanged.

use crate::design::{
    BaseType, DataType, Index, IndexElement, IndexKey, IndexParent, Origin, Record, ReplicaIdentity,
    SequenceOptions, Table, Trigger, TriggerFunction,
};

/// Visits every identity of a record: its own, its parts' and those that it refers to.
pub fn each_id(record: &mut Record, visit: &mut dyn FnMut(&mut u32)) {
    macro_rules! all {
        ($($place:expr),+ $(,)?) => {{ $($place.iter_mut().for_each(|it| visit(&mut it.0));)+ }};
    }
    match record {
        Record::Title(_) | Record::Conventions(_) => {}
        Record::Load(it) => it.volumes.iter_mut().for_each(|it| origin(&mut it.origin, visit)),
        Record::Table(it) => table(it, visit),
        Record::Namespace(it) => {
            visit(&mut it.id.0);
            origin(&mut it.origin, visit);
        }
        Record::EnumType(it) => {
            visit(&mut it.id.0);
            all!(it.namespace);
            origin(&mut it.origin, visit);
        }
        Record::Domain(it) => {
            visit(&mut it.id.0);
            all!(it.namespace);
            data_type(&mut it.data_type, visit);
            it.checks.iter_mut().for_each(|it| visit(&mut it.id.0));
            origin(&mut it.origin, visit);
        }
        Record::CompositeType(it) => {
            visit(&mut it.id.0);
            all!(it.namespace);
            it.attributes.iter_mut().for_each(|it| data_type(&mut it.data_type, visit));
            origin(&mut it.origin, visit);
        }
        Record::RangeType(it) => {
            visit(&mut it.id.0);
            all!(it.namespace);
            data_type(&mut it.subtype, visit);
            origin(&mut it.origin, visit);
        }
        Record::Sequence(it) => {
            visit(&mut it.id.0);
            all!(it.namespace);
            options(&mut it.options, visit);
            if let Some((table, column)) = &mut it.owned_by {
                visit(&mut table.0);
                visit(&mut column.0);
            }
            origin(&mut it.origin, visit);
        }
        Record::View(it) => {
            visit(&mut it.id.0);
            all!(it.namespace, it.reads);
            it.indexes.iter_mut().for_each(|it| index(it, visit));
            it.triggers.iter_mut().for_each(|it| trigger(it, visit));
            origin(&mut it.origin, visit);
        }
        Record::Function(it) => {
            visit(&mut it.id.0);
            all!(it.namespace, it.reads);
            origin(&mut it.origin, visit);
        }
        Record::Extension(it) => {
            visit(&mut it.id.0);
            origin(&mut it.origin, visit);
        }
        Record::Verbatim(it) => {
            visit(&mut it.id.0);
            all!(it.needs);
            origin(&mut it.origin, visit);
        }
        Record::Placement(it) => {
            visit(&mut it.id.0);
            visit(&mut it.table.0);
        }
        Record::Area(it) => {
            visit(&mut it.id.0);
            all!(it.tables);
            origin(&mut it.origin, visit);
        }
        Record::Note(it) => visit(&mut it.id.0),
        Record::Brief(it) => visit(&mut it.id.0),
        Record::Story(it) => {
            visit(&mut it.id.0);
            origin(&mut it.origin, visit);
        }
        Record::AccessPattern(it) => {
            visit(&mut it.id.0);
            all!(it.story);
            origin(&mut it.origin, visit);
        }
        Record::Decision(it) => {
            visit(&mut it.id.0);
            all!(it.about);
            origin(&mut it.origin, visit);
        }
        Record::Snapshot(it) => visit(&mut it.id.0),
    }
}

fn table(it: &mut Table, visit: &mut dyn FnMut(&mut u32)) {
    macro_rules! all {
        ($($place:expr),+ $(,)?) => {{ $($place.iter_mut().for_each(|it| visit(&mut it.0));)+ }};
    }
    visit(&mut it.id.0);
    all!(it.namespace, it.inherits);
    for column in &mut it.columns {
        visit(&mut column.id.0);
        data_type(&mut column.data_type, visit);
        if let crate::design::ColumnValue::Identity { options: own, .. } = &mut column.value {
            options(own, visit);
        }
        origin(&mut column.origin, visit);
    }
    if let Some(key) = &mut it.primary_key {
        visit(&mut key.id.0);
        all!(key.columns, key.include);
        origin(&mut key.origin, visit);
    }
    for unique in &mut it.uniques {
        visit(&mut unique.id.0);
        all!(unique.columns, unique.include);
        origin(&mut unique.origin, visit);
    }
    for fk in &mut it.foreign_keys {
        visit(&mut fk.id.0);
        visit(&mut fk.references.0);
        all!(fk.columns, fk.ref_columns, fk.set_columns);
        origin(&mut fk.origin, visit);
    }
    for check in &mut it.checks {
        visit(&mut check.id.0);
        origin(&mut check.origin, visit);
    }
    for exclusion in &mut it.exclusions {
        visit(&mut exclusion.id.0);
        all!(exclusion.include);
        exclusion.elements.iter_mut().for_each(|it| element(&mut it.0, visit));
        origin(&mut exclusion.origin, visit);
    }
    it.indexes.iter_mut().for_each(|it| index(it, visit));
    it.triggers.iter_mut().for_each(|it| trigger(it, visit));
    for policy in &mut it.policies {
        visit(&mut policy.id.0);
        origin(&mut policy.origin, visit);
    }
    if let Some(partition) = &mut it.partition_of {
        visit(&mut partition.table.0);
    }
    match &mut it.replica_identity {
        ReplicaIdentity::Index(id) => visit(&mut id.0),
        ReplicaIdentity::Constraint(id) => visit(&mut id.0),
        ReplicaIdentity::Default | ReplicaIdentity::Full | ReplicaIdentity::Nothing => {}
    }
    if let Some(seed) = &mut it.seed {
        all!(seed.columns);
    }
    origin(&mut it.origin, visit);
}

fn index(it: &mut Index, visit: &mut dyn FnMut(&mut u32)) {
    visit(&mut it.id.0);
    it.elements.iter_mut().for_each(|it| element(it, visit));
    it.include.iter_mut().for_each(|it| visit(&mut it.0));
    match &mut it.attached_to {
        Some(IndexParent::Index(id)) => visit(&mut id.0),
        Some(IndexParent::Constraint(id)) => visit(&mut id.0),
        None => {}
    }
    origin(&mut it.origin, visit);
}

fn element(it: &mut IndexElement, visit: &mut dyn FnMut(&mut u32)) {
    if let IndexKey::Column(id) = &mut it.key {
        visit(&mut id.0);
    }
}

fn trigger(it: &mut Trigger, visit: &mut dyn FnMut(&mut u32)) {
    visit(&mut it.id.0);
    it.update_of.iter_mut().for_each(|it| visit(&mut it.0));
    if let TriggerFunction::Function(id) = &mut it.function {
        visit(&mut id.0);
    }
    origin(&mut it.origin, visit);
}

fn options(it: &mut SequenceOptions, visit: &mut dyn FnMut(&mut u32)) {
    it.data_type.iter_mut().for_each(|it| data_type(it, visit));
}

fn data_type(it: &mut DataType, visit: &mut dyn FnMut(&mut u32)) {
    match &mut it.base {
        BaseType::Enum(id) => visit(&mut id.0),
        BaseType::Domain(id) => visit(&mut id.0),
        BaseType::Composite(id) => visit(&mut id.0),
        BaseType::Range(id) => visit(&mut id.0),
        BaseType::Row(id) => visit(&mut id.0),
        BaseType::Builtin(_) | BaseType::Other { .. } => {}
    }
}

fn origin(it: &mut Origin, visit: &mut dyn FnMut(&mut u32)) {
    if let Origin::Brief { brief, .. } = it {
        visit(&mut brief.0);
    }
}

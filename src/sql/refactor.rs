//! Renaming and removing, with the SQL texts that mention what is renamed or removed.

use std::collections::BTreeSet;

use super::mention::{Mention, Role, mentions};
use super::writer::ident;
use crate::design::{
    ColumnId, ColumnValue, Design, Edit, FunctionBody, Id, IndexElement, IndexKey, Record, Table, TableId,
    naming,
};

/// Another name for a table. Names derived from the old one follow, and so do the texts that mention it.
pub fn rename_table(design: &Design, id: TableId, name: &str) -> Edit {
    let Some(old) = design.table(id) else { return Edit::default() };
    let mut new = old.clone();
    name.clone_into(&mut new.name);
    naming::follow(old, &mut new);
    let namespace = design.namespace_name(old.namespace).to_owned();
    let rewrite = |text: &str| replaced(text, |mention| at_table(mention, &namespace, &old.name), name);
    rewritten(design, new, rewrite)
}

/// Another name for a column. Names derived from the old one follow, and so do the texts that mention it: in its own
/// table every mention, elsewhere those behind the table's name, and bare ones in a text that names this table and no
/// other table with such a column.
pub fn rename_column(design: &Design, table: TableId, column: ColumnId, name: &str) -> Edit {
    let Some(old) = design.table(table) else { return Edit::default() };
    let Some(old_name) = old.column(column).map(|it| it.name.clone()) else { return Edit::default() };
    let mut new = old.clone();
    for it in new.columns.iter_mut().filter(|it| it.id == column) {
        name.clone_into(&mut it.name);
    }
    naming::follow(old, &mut new);
    own_texts(&mut new, &mut |text| {
        if let Some(changed) = replaced(text, |mention| at_own_column(mention, &old.name, &old_name), name) {
            *text = changed;
        }
    });
    let rivals: Vec<&str> = design
        .tables()
        .filter(|it| it.id != table && it.column_named(&old_name).is_some())
        .map(|it| it.name.as_str())
        .collect();
    let rewrite = |text: &str| {
        let all = mentions(text);
        let names = |table: &str| all.iter().any(|it| it.role == Role::Relation && it.last().name == table);
        let bare = names(&old.name) && !rivals.iter().any(|it| names(it));
        replaced(text, |mention| at_foreign_column(mention, &old.name, &old_name, bare), name)
    };
    rewritten(design, new, rewrite)
}

/// Removes a table with all that cannot be without it: foreign keys that reference it (their columns stay), views and
/// functions that read it, its partitions, its placement.
pub fn remove_table(design: &Design, id: TableId) -> Edit {
    let mut gone = BTreeSet::from([Id::from(id)]);
    let mut edit = Edit::default();
    let mut open = vec![Id::from(id)];
    while let Some(next) = open.pop() {
        for user in design.users_of(next) {
            match design.record(user) {
                Some(Record::Table(table)) if !falls_with(&table, &gone) => {}
                Some(Record::Area(_) | Record::AccessPattern(_) | Record::Sequence(_)) | None => {}
                Some(_) => {
                    if gone.insert(user) {
                        open.push(user);
                    }
                }
            }
        }
    }
    let users: BTreeSet<Id> =
        gone.iter().flat_map(|it| design.users_of(*it)).filter(|it| !gone.contains(it)).collect();
    for user in users {
        match design.record(user) {
            Some(Record::Table(table)) => edit = edit.put(design, without_references(&table, &gone)),
            Some(Record::Area(mut area)) => {
                area.tables.retain(|it| !gone.contains(&Id::from(*it)));
                edit = edit.put(design, area);
            }
            Some(Record::Sequence(_)) => edit = edit.remove(design, user),
            _ => {}
        }
    }
    // Those that use others go before them, so that no step leaves a reference to nothing.
    gone.into_iter().rev().fold(edit, |edit, id| edit.remove(design, id))
}

/// Removes a column with the keys, indexes, checks and foreign keys that name it.
pub fn remove_column(design: &Design, table: TableId, column: ColumnId) -> Edit {
    let Some(old) = design.table(table) else { return Edit::default() };
    let Some(name) = old.column(column).map(|it| it.name.clone()) else { return Edit::default() };
    let mut edit = Edit::default();
    for (referencing, _) in design.foreign_keys().filter(|it| it.0.id != table && it.1.references == table) {
        let mut other = referencing.clone();
        other.foreign_keys.retain(|fk| !(fk.references == table && fk.ref_columns.contains(&column)));
        edit = edit.put(design, other);
    }
    let names_it = |text: &str| mentions(text).iter().any(|it| at_own_column(it, &old.name, &name).is_some());
    let has = |columns: &[ColumnId]| columns.contains(&column);
    let element = |it: &IndexElement| match &it.key {
        IndexKey::Column(id) => *id == column,
        IndexKey::Expression(text) => names_it(text),
    };
    let mut new = old.clone();
    new.columns.retain(|it| it.id != column);
    for it in &mut new.columns {
        if matches!(&it.value, ColumnValue::Generated { expression, .. } if names_it(expression)) {
            it.value = ColumnValue::Given;
        }
    }
    new.primary_key = new.primary_key.filter(|it| !has(&it.columns));
    new.uniques.retain(|it| !has(&it.columns) && !has(&it.include));
    new.foreign_keys.retain(|it| {
        !(has(&it.columns) || has(&it.set_columns) || it.references == table && has(&it.ref_columns))
    });
    new.checks.retain(|it| !names_it(&it.expression));
    new.exclusions.retain(|it| {
        !(it.elements.iter().any(|it| element(&it.0))
            || has(&it.include)
            || it.predicate.iter().any(|it| names_it(it)))
    });
    new.indexes.retain(|it| {
        !(it.elements.iter().any(element) || has(&it.include) || it.predicate.iter().any(|it| names_it(it)))
    });
    new.policies.retain(|it| !it.using.iter().chain(&it.with_check).any(|it| names_it(it)));
    new.triggers.retain(|it| !has(&it.update_of) && !it.condition.iter().any(|it| names_it(it)));
    if let Some(seed) = &mut new.seed
        && let Some(at) = seed.columns.iter().position(|it| *it == column)
    {
        seed.columns.remove(at);
        for row in seed.rows.iter_mut().filter(|it| at < it.len()) {
            row.remove(at);
        }
    }
    edit.put(design, new)
}

/// Whether a table is nothing without those that go: a partition of one, or an heir.
fn falls_with(table: &Table, gone: &BTreeSet<Id>) -> bool {
    let above = table.partition_of.iter().map(|it| it.table).chain(table.inherits.iter().copied());
    above.into_iter().any(|it| gone.contains(&Id::from(it)))
}

fn without_references(table: &Table, gone: &BTreeSet<Id>) -> Table {
    let mut table = table.clone();
    table.foreign_keys.retain(|it| !gone.contains(&Id::from(it.references)));
    table.triggers.retain(|it| match it.function {
        crate::design::TriggerFunction::Function(id) => !gone.contains(&Id::from(id)),
        crate::design::TriggerFunction::Other(_) => true,
    });
    table
}

/// The edit that puts the table in its place, and rewrites every text elsewhere.
fn rewritten(design: &Design, mut table: Table, rewrite: impl Fn(&str) -> Option<String>) -> Edit {
    let mut change = |text: &mut String| {
        if let Some(new) = rewrite(text) {
            *text = new;
        }
    };
    own_texts(&mut table, &mut change);
    let id = Id::from(table.id);
    let mut edit = Edit::default().put(design, table);
    for mut record in design.records().filter(|it| it.id() != id) {
        match &mut record {
            Record::Table(it) => own_texts(it, &mut change),
            Record::View(it) => change(&mut it.query),
            Record::Function(it) => match &mut it.body {
                FunctionBody::Text(text) | FunctionBody::Sql(text) => change(text),
                FunctionBody::Library { .. } => {}
            },
            Record::Verbatim(it) => change(&mut it.sql),
            Record::AccessPattern(it) => change(&mut it.query),
            _ => continue,
        }
        edit = edit.put(design, record);
    }
    edit
}

/// Every SQL text within a table.
fn own_texts(table: &mut Table, change: &mut impl FnMut(&mut String)) {
    for column in &mut table.columns {
        match &mut column.value {
            ColumnValue::Default(text) | ColumnValue::Generated { expression: text, .. } => change(text),
            ColumnValue::Given | ColumnValue::Identity { .. } => {}
        }
    }
    table.checks.iter_mut().for_each(|it| change(&mut it.expression));
    for exclusion in &mut table.exclusions {
        exclusion.predicate.iter_mut().for_each(&mut *change);
        exclusion.elements.iter_mut().for_each(|it| element_text(&mut it.0, change));
    }
    for index in &mut table.indexes {
        index.predicate.iter_mut().for_each(&mut *change);
        index.elements.iter_mut().for_each(|it| element_text(it, change));
    }
    table.triggers.iter_mut().filter_map(|it| it.condition.as_mut()).for_each(&mut *change);
    for policy in &mut table.policies {
        policy.using.iter_mut().chain(policy.with_check.as_mut()).for_each(&mut *change);
    }
    if let Some(partitioning) = &mut table.partitioning {
        partitioning.keys.iter_mut().for_each(&mut *change);
    }
}

fn element_text(element: &mut IndexElement, change: &mut impl FnMut(&mut String)) {
    if let IndexKey::Expression(text) = &mut element.key {
        change(text);
    }
}

/// Which part of a mention is the table.
fn at_table(mention: &Mention, namespace: &str, table: &str) -> Option<usize> {
    let part = |at: usize| mention.parts.get(at).map(|it| it.name.as_str());
    match mention.parts.len() {
        1 => (mention.role == Role::Relation && part(0) == Some(table)).then_some(0),
        2 if part(0) == Some(namespace) && part(1) == Some(table) => Some(1),
        2 => (part(0) == Some(table)).then_some(0),
        3 => (part(0) == Some(namespace) && part(1) == Some(table)).then_some(1),
        _ => None,
    }
}

/// Which part of a mention within the column's own table is the column. `NEW` and `OLD` are the row in a trigger.
fn at_own_column(mention: &Mention, table: &str, column: &str) -> Option<usize> {
    if mention.in_text || mention.role != Role::Other || mention.last().name != column {
        return None;
    }
    match mention.parts.as_slice() {
        [_] => Some(0),
        [row, _] if row.name == table || row.name == "new" || row.name == "old" => Some(1),
        _ => None,
    }
}

/// Which part of a mention elsewhere is the column.
fn at_foreign_column(mention: &Mention, table: &str, column: &str, bare: bool) -> Option<usize> {
    if mention.in_text || mention.role != Role::Other || mention.last().name != column {
        return None;
    }
    let at = mention.parts.len() - 1;
    match mention.parts.as_slice() {
        [_] => bare.then_some(0),
        [.., before, _] => (before.name == table || bare).then_some(at),
        [] => None,
    }
}

/// The text with another name where `part_of` says that a mention means the old one; nothing where none does.
fn replaced(text: &str, part_of: impl Fn(&Mention) -> Option<usize>, name: &str) -> Option<String> {
    let mut result = String::new();
    let mut done = 0;
    for mention in mentions(text) {
        let Some(part) = part_of(&mention).and_then(|at| mention.parts.get(at)) else { continue };
        result.push_str(text.get(done..part.span.start as usize)?);
        result.push_str(&ident(name));
        done = part.span.end as usize;
    }
    if done == 0 {
        return None;
    }
    result.push_str(text.get(done..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Check, Column, DataType, ForeignKey, PrimaryKey, View, ViewId};
    use crate::pg::Builtin;

    fn shop() -> (Design, TableId, TableId) {
        let mut design = Design::new();
        let mut ids = design.ids();
        let mut table = |name: &str| {
            let id = Column::new(ids.take(), "id", DataType::builtin(Builtin::Uuid));
            let total = Column::new(ids.take(), "total", DataType::builtin(Builtin::Integer));
            let key = PrimaryKey {
                id: ids.take(),
                name: format!("pk_{name}"),
                columns: vec![id.id],
                ..PrimaryKey::default()
            };
            let check = Check {
                id: ids.take(),
                name: format!("chk_{name}_total"),
                expression: "total >= 0".into(),
                ..Check::default()
            };
            Table {
                id: ids.take(),
                name: name.into(),
                columns: vec![id, total],
                primary_key: Some(key),
                checks: vec![check],
                ..Table::default()
            }
        };
        let (mut order, customer) = (table("order"), table("customer"));
        let reference = Column {
            nullable: true,
            ..Column::new(ids.take(), "customer_id", DataType::builtin(Builtin::Uuid))
        };
        order.foreign_keys.push(ForeignKey {
            id: ids.take(),
            name: "fk_order_customer_id".into(),
            columns: vec![reference.id],
            references: customer.id,
            ref_columns: vec![customer.columns[0].id],
            ..ForeignKey::default()
        });
        order.columns.push(reference);
        let view = View {
            id: ids.take::<ViewId>(),
            name: "open_order".into(),
            query: "SELECT \"order\".total, 'total' AS label FROM \"order\" WHERE total > 0".into(),
            reads: vec![order.id.into()],
            ..View::default()
        };
        let found = (order.id, customer.id);
        let edit = Edit::adding([Record::from(customer), Record::from(order), Record::from(view)]);
        design.apply(&edit).expect("valid");
        (design, found.0, found.1)
    }

    fn view_query(design: &Design) -> Option<&str> {
        design.views().next().map(|it| it.query.as_str())
    }

    #[test]
    fn a_renamed_table_takes_names_and_texts_along() {
        let (mut design, order, _) = shop();
        design.apply(&rename_table(&design, order, "purchase")).expect("valid");
        let table = design.table(order).expect("still there");
        assert_eq!(table.primary_key.as_ref().map(|it| it.name.as_str()), Some("pk_purchase"));
        assert_eq!(table.foreign_keys[0].name, "fk_purchase_customer_id");
        assert_eq!(table.checks[0].name, "chk_purchase_total");
        assert_eq!(
            view_query(&design),
            Some("SELECT purchase.total, 'total' AS label FROM purchase WHERE total > 0")
        );
    }

    #[test]
    fn a_renamed_column_takes_names_and_texts_along() {
        let (mut design, order, customer) = shop();
        let column = design.table(order).map(|it| it.columns[1].id).expect("there");
        design.apply(&rename_column(&design, order, column, "sum")).expect("valid");
        let table = design.table(order).expect("still there");
        assert_eq!(
            (table.checks[0].name.as_str(), table.checks[0].expression.as_str()),
            ("chk_order_sum", "sum >= 0")
        );
        assert_eq!(design.table(customer).map(|it| it.checks[0].expression.as_str()), Some("total >= 0"));
        assert_eq!(
            view_query(&design),
            Some("SELECT \"order\".sum, 'total' AS label FROM \"order\" WHERE sum > 0")
        );
    }

    #[test]
    fn a_removed_table_takes_along_what_cannot_be_without_it() {
        let (mut design, order, customer) = shop();
        design.apply(&remove_table(&design, customer)).expect("valid");
        assert_eq!(design.table(order).map(|it| it.foreign_keys.len()), Some(0));
        design.apply(&remove_table(&design, order)).expect("valid");
        assert_eq!((design.tables().len(), design.views().len()), (0, 0));
    }

    #[test]
    fn a_removed_column_takes_its_constraints_along() {
        let (mut design, order, _) = shop();
        let before = design.clone();
        let column = design.table(order).map(|it| it.columns[1].id).expect("there");
        let edit = remove_column(&design, order, column);
        design.apply(&edit).expect("valid");
        assert_eq!(design.table(order).map(|it| it.checks.len()), Some(0));
        design.apply(&edit.inverse()).expect("its inverse");
        assert_eq!(design, before);
    }
}

//! A database that is there already, taken into a design as given.

use std::collections::BTreeMap;

use crate::design::{
    ColumnId, ColumnValue, Design, Edit, Id, Part, Proposal, Record, Refused, Renames, Replaced, Table,
    renumbered,
};

/// The schema of another design as given: what this design has under the same name gives way to it, and what references
/// it here takes the types and keys that it has there.
///
/// # Errors
/// When a table that is here cannot stay beside it: why.
pub fn take_as_given(design: &Design, existing: &Design) -> Result<Proposal, Refused> {
    let theirs: BTreeMap<Id, Record> = renumbered(design, existing, Renames::Ignored);
    let kept = theirs.into_iter().filter(|(_, it)| it.is_schema());
    let replaced = kept.map(|(id, after)| Replaced { before: design.record(id), after: Some(after) });
    let mut edit = Edit { records: replaced.collect() }.as_given();
    let given: BTreeMap<Id, Table> = edit
        .records
        .iter()
        .filter_map(|it| match &it.after {
            Some(Record::Table(table)) => Some((table.id.into(), table.clone())),
            _ => None,
        })
        .collect();
    for table in design.tables().filter(|it| !given.contains_key(&it.id.into())) {
        let mut own = table.clone();
        adapt(&mut own, &given);
        edit = edit.put(design, own);
    }
    edit.records.retain(|it| it.before != it.after);
    let mut after = design.clone();
    after.apply(&edit)?;
    let title = match given.len() {
        1 => "Take 1 table as given".to_owned(),
        many => format!("Take {many} tables as given"),
    };
    let reason = "They are there already: nothing proposes to change them, and no SQL makes them.".to_owned();
    let part = Part { title: title.clone(), reason, renews_given: true, edit, ..Part::default() };
    Ok(Proposal { title, parts: vec![part] })
}

/// References to what is given, with its keys and their types.
fn adapt(table: &mut Table, given: &BTreeMap<Id, Table>) {
    let mut types = Vec::new();
    for fk in &mut table.foreign_keys {
        let Some(there) = given.get(&fk.references.into()) else { continue };
        let is_there = |it: &ColumnId| there.column(*it).is_some();
        if !fk.ref_columns.iter().all(is_there)
            && let Some(key) = there.primary_key.as_ref().filter(|it| it.columns.len() == fk.columns.len())
        {
            fk.ref_columns.clone_from(&key.columns);
        }
        let pairs = fk.columns.iter().zip(&fk.ref_columns);
        types.extend(pairs.filter_map(|(own, other)| Some((*own, there.column(*other)?.data_type.clone()))));
    }
    for (id, data_type) in types {
        if let Some(column) = table.columns.iter_mut().find(|it| it.id == id)
            && column.data_type != data_type
        {
            column.data_type = data_type;
            if matches!(column.value, ColumnValue::Default(_)) {
                column.value = ColumnValue::Given;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::operation::{Drawn, add_table, connect};
    use crate::design::{Column, DataType, PrimaryKey};
    use crate::pg::Builtin;
    use crate::sql::{Given, Options, ddl};

    /// `order` references `customer`, keyed by UUIDs.
    fn shop() -> Design {
        let mut design = Design::new();
        let mut ids = Vec::new();
        for name in ["customer", "order"] {
            let (id, edit) = add_table(&design, None, name);
            design.apply(&edit).expect("valid");
            ids.push(id);
        }
        let end = |at: usize| Drawn { table: ids[at], column: None };
        let (_, edit) = connect(&design, end(1), end(0)).expect("a key is there");
        design.apply(&edit).expect("valid");
        design
    }

    /// A database with a `customer` whose key is a number of another name.
    fn existing() -> Design {
        let mut design = Design::new();
        let mut ids = design.ids();
        let key = Column::new(ids.take(), "no", DataType::builtin(Builtin::BigInt));
        let table = Table {
            id: ids.take(),
            name: "customer".into(),
            primary_key: Some(PrimaryKey {
                id: ids.take(),
                name: "customer_pkey".into(),
                columns: vec![key.id],
                ..PrimaryKey::default()
            }),
            columns: vec![key],
            ..Table::default()
        };
        design.apply(&Edit::adding([table])).expect("valid");
        design
    }

    #[test]
    fn what_references_a_given_table_takes_its_key() {
        let mut design = shop();
        let proposal = take_as_given(&design, &existing()).expect("fits");
        design.apply(&proposal.accept_all(&design).expect("fits")).expect("valid");
        assert_eq!(design.tables().len(), 2);
        let text = ddl(&design, &Options { given: Given::LeftOut, ..Options::default() }).text;
        assert!(text.starts_with("-- Given, and not made here: customer\n"), "{text}");
        assert!(!text.contains("CREATE TABLE customer"), "{text}");
        assert!(text.contains("customer_id bigint") && text.contains("REFERENCES customer (no)"), "{text}");
        assert!(ddl(&design, &Options::default()).text.contains("CREATE TABLE customer"));
        assert_eq!(design.violations(), []);
    }

    #[test]
    fn a_name_cannot_leave_its_comment() {
        let mut design = Design::new();
        let (_, edit) = add_table(&design, None, "a\nDROP TABLE b; -- c");
        design.apply(&edit.as_given()).expect("valid");
        let text = ddl(&design, &Options { given: Given::LeftOut, ..Options::default() }).text;
        assert!(text.lines().all(|it| it.is_empty() || it.starts_with("--")), "{text}");
    }
}

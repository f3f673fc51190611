//! Renaming, copying and removing, with the SQL texts that mention what is renamed or removed.

mod copy;
mod existing;
mod remove;
mod rename;
mod texts;
mod value;

use crate::design::{Design, Table, TableId};

pub use copy::{bring_in, copy_tables, part, sql_of};
pub use existing::take_as_given;
pub use remove::{names_column, reads_column, remove_column, remove_table, remove_tables, strip_column};
pub use rename::{rename, rename_column, rename_table};
pub use value::rename_values;

/// The tables that share a column of this name with `table`: those above it, of which it is a partition or heir, and
/// all below them. PostgreSQL renames and drops such a column in all of them or in none.
fn sharing<'a>(design: &'a Design, table: TableId, column: &str) -> Vec<&'a Table> {
    let has_it = |it: &&Table| it.column_named(column).is_some();
    let above = |table: &Table| -> Vec<TableId> {
        let whole = table.partition_of.iter().map(|it| it.table);
        let tables = whole.chain(table.inherits.iter().copied()).filter_map(|it| design.table(it));
        tables.filter(has_it).map(|it| it.id).collect()
    };
    let mut found: Vec<&Table> = Vec::new();
    let mut open = vec![table];
    while let Some(id) = open.pop() {
        let Some(next) = design.table(id).filter(|next| has_it(next) && found.iter().all(|it| it.id != id))
        else {
            continue;
        };
        found.push(next);
        open.extend(above(next));
        open.extend(design.tables().filter(|it| above(it).contains(&id)).map(|it| it.id));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Check, Column, DataType, Edit, ForeignKey, PrimaryKey, Record, View, ViewId};
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
            Some("SELECT \"order\".sum AS total, 'total' AS label FROM \"order\" WHERE sum > 0")
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

//! Aggregates read, and made into tables.

use super::*;
use crate::design::{BaseType, Narrowed};
use crate::pg::Builtin;

#[track_caller]
fn read(text: &str) -> Aggregate {
    let parsed = parse(text);
    assert_eq!(parsed.errors, [], "{text}");
    parsed.tree
}

#[track_caller]
fn design_of(text: &str, conventions: &Conventions) -> (Design, Table) {
    let design = read(text).design(conventions).expect("a valid design");
    assert_eq!(design.violations(), []);
    let table = design.tables().last().expect("one table").clone();
    (design, table)
}

const ORDER: &str = "Order id:uuid customerId:uuid total:decimal status:string shippingAddress:string";

#[test]
fn the_order_of_the_manual_becomes_a_complete_table() {
    let conventions = Conventions { soft_delete: true, ..Conventions::default() };
    let (design, order) = design_of(ORDER, &conventions);
    let names: Vec<&str> = order.columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "id",
            "customer_id",
            "total",
            "status",
            "shipping_address",
            "created_at",
            "updated_at",
            "deleted_at"
        ]
    );
    let column = |name: &str| order.column_named(name).expect("there");
    assert_eq!(
        column("total").data_type,
        crate::design::DataType::builtin(Builtin::Numeric).with_modifiers([12, 2])
    );
    let on_total: Vec<&str> = order
        .checks
        .iter()
        .filter(|it| it.expression.contains("total"))
        .map(|it| it.expression.as_str())
        .collect();
    assert_eq!(on_total, ["total >= 0"], "once, not twice");
    let BaseType::Enum(states) = column("status").data_type.base else { panic!("an enumerated type") };
    let states = design.enum_type(states).expect("there");
    assert_eq!((states.name.as_str(), states.values.len()), ("order_status", 5));
    let index = order.indexes.iter().find(|it| it.name == "idx_order_customer_id").expect("there");
    assert_eq!(index.narrowed, Some(Narrowed::Predicate));
    assert_eq!(order.triggers.len(), 1);
    assert!(column("customer_id").comment.as_deref().is_some_and(|it| it.starts_with("Key of a customer")));
}

#[test]
fn fields_may_be_apart_by_anything_and_types_may_have_spaces() {
    let aggregate = read(
        "Sensor\n reading: double precision,\n taken_at:timestamp without time zone? state:enum(on, off); note?",
    );
    let fields: Vec<&str> = aggregate.fields.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(fields, ["reading", "taken_at", "state", "note"]);
    assert_eq!(aggregate.fields[1].stated.as_ref().and_then(|it| it.nullable), Some(true));
    assert_eq!(aggregate.fields[3].nullable, Some(true));
}

#[test]
fn errors_are_typed_and_placed_and_the_rest_is_read() {
    let text = "Order total:dezimal :uuid total:decimal Total:int";
    let parsed = parse(text);
    let errors: Vec<_> = parsed.errors.iter().map(|it| (it.span.of(text), it.kind.to_string())).collect();
    assert_eq!(
        errors,
        [
            ("dezimal", "field `total`: unknown type `dezimal`".to_owned()),
            (":uuid", "a field has no name".to_owned()),
            ("Total:int", "field `total` stands twice".to_owned()),
        ]
    );
    assert_eq!(parsed.tree.fields.len(), 1);
    assert_eq!(parse("").errors[0].kind, AggregateErrorKind::NoName);
    assert_eq!(parse("id:uuid").errors[0].kind, AggregateErrorKind::NoName);
}

#[test]
fn references_to_tables_of_the_design_become_foreign_keys() {
    let conventions = Conventions { key: KeyStyle::Identity, ..Conventions::default() };
    let (mut design, _) = design_of("Customer email:string", &conventions);
    for text in ["Order customer:ref(customer) parentOrderId:uuid", "OrderItem orderId quantity:int"] {
        let edit = read(text).proposal(&design).expect("fits").accept_all(&design).expect("fits");
        design.apply(&edit).expect("valid");
    }
    let order = design.table_named(None, "order").expect("there");
    let actions: Vec<_> = order.foreign_keys.iter().map(|it| (it.name.as_str(), it.on_delete)).collect();
    assert_eq!(
        actions,
        [
            ("fk_order_customer_id", ReferentialAction::Restrict),
            ("fk_order_parent_order_id", ReferentialAction::SetNull),
        ]
    );
    let item = design.table_named(None, "order_item").expect("there");
    assert_eq!(item.foreign_keys[0].on_delete, ReferentialAction::Cascade);
    assert_eq!(item.column_named("order_id").and_then(|it| it.data_type.as_builtin()), Some(Builtin::BigInt));
    assert!(read("Order x:int").proposal(&design).is_err(), "the name is taken");
}

#[test]
fn a_stated_key_is_heeded() {
    let key = |text: &str| {
        let (_, table) = design_of(text, &Conventions::default());
        let column = table.columns[0].clone();
        (column.data_type.as_builtin(), column.value, table.overrides.key)
    };
    let (builtin, value, own) = key("Order id:int total:decimal");
    assert_eq!((builtin, own), (Some(Builtin::BigInt), Some(KeyStyle::Identity)));
    assert!(matches!(value, ColumnValue::Identity { .. }));
    assert_eq!(key("Country id:string name:string"), (Some(Builtin::Text), ColumnValue::Given, None));
}

#[test]
fn scaffolding_is_not_doubled() {
    let (_, table) =
        design_of("Note createdAt:datetime updatedAt:datetime body:text", &Conventions::default());
    assert_eq!(table.columns.iter().filter(|it| it.name == "created_at").count(), 1);
    assert_eq!(table.triggers.len(), 1);
    let off = Conventions { timestamps: false, ..Conventions::default() };
    let (_, table) = design_of("Note createdAt:datetime body:text", &off);
    assert!(table.column_named("created_at").is_some_and(|it| it.origin == Origin::Hand));
}

#[test]
fn further_fields_come_before_what_conventions_add() {
    let aggregate = parse("Task title").tree;
    let mut design = aggregate.design(&Conventions::default()).expect("valid");
    let table = design.tables().next().map(|it| it.id).expect("one table");
    let edit = add_fields(&design, table, "due_date:date? priority:low|high").expect("two fields");
    design.apply(&edit).expect("valid");
    let names: Vec<_> = design.tables().flat_map(|it| &it.columns).map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["id", "title", "due_date", "priority", "created_at", "updated_at"]);
    assert_eq!(design.enums().next().map(|it| it.values.len()), Some(2));

    let error = add_fields(&design, table, "size:nonsense").expect_err("no such type");
    assert_eq!(
        (error.span.start, error.kind.to_string().as_str()),
        (5, "field `size`: unknown type `nonsense`")
    );
}

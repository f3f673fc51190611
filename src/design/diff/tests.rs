//! Changes of small designs in words, and of designs by chance.

use super::*;
use crate::design::aggregate::parse;
use crate::design::{BaseType, Conventions, DataType, IndexId, Placement, Reach, ReferentialAction};
use crate::pg::Builtin;
use crate::random;

fn shop() -> Design {
    let mut design = Design::new();
    for text in ["Customer email name", "Order customerId total:decimal status:string orderNumber"] {
        let proposal = parse(text).tree.proposal(&design).expect("fits");
        let edit = proposal.accept_all(&design).expect("fits");
        design.apply(&edit).expect("valid");
    }
    design
}

/// Changes one table and gives the words of the differences, by identity.
#[track_caller]
fn words(change: impl FnOnce(&mut Table)) -> Vec<String> {
    let old = shop();
    let mut order = old.table_named(None, "order").expect("there").clone();
    change(&mut order);
    let edit = Edit::default().put(&old, order);
    let mut new = old.clone();
    new.apply(&edit).expect("valid");
    let found = diff(&old, &new, Matching::ById);
    assert_eq!(found, changes_of(&old, &edit));
    found.iter().map(ToString::to_string).collect()
}

fn column<'a>(table: &'a mut Table, name: &str) -> &'a mut Column {
    table.columns.iter_mut().find(|it| it.name == name).expect("there")
}

#[test]
fn columns_are_told_by_what_became_of_them() {
    use crate::design::DataType;
    use crate::pg::Builtin;
    let found = words(|it| {
        column(it, "total").data_type = DataType::builtin(Builtin::Numeric).with_modifiers([14, 2]);
        column(it, "order_number").nullable = true;
        column(it, "status").value = ColumnValue::Given;
        column(it, "created_at").comment = None;
        it.columns.swap(1, 2);
    });
    assert_eq!(
        found,
        [
            "column `order.total`: type numeric(14,2) (was numeric(12,2))",
            "column `order.status`: no default (was 'pending')",
            "column `order.order_number` may be null",
            "column `order.created_at`: no comment (was When the row was created.)",
            "table `order`: columns in the order id, total, customer_id, status, order_number, created_at, updated_at",
        ]
    );
}

#[test]
fn renames_and_removals_are_told_apart() {
    let found = words(|it| {
        it.name = "purchase".into();
        column(it, "total").name = "sum".into();
        it.checks.retain(|it| it.name != "chk_order_total");
        it.foreign_keys[0].on_delete = ReferentialAction::Cascade;
        it.indexes[0].name = "by_status".into();
    });
    assert_eq!(
        found,
        [
            "table `purchase` renamed from `order`",
            "column `purchase.sum` renamed from `total`",
            "foreign key `purchase.fk_order_customer_id`: on delete cascade (was restrict)",
            "check `purchase.chk_order_total` removed",
            "index `purchase.by_status` renamed from `idx_order_status`",
        ]
    );
}

#[test]
fn values_of_a_type_are_told_one_by_one() {
    let old = shop();
    let mut status = old.enums().next().expect("there").clone();
    status.values.retain(|it| it != "confirmed");
    status.values.insert(1, "paid".into());
    status.values.swap(0, 3);
    let mut new = old.clone();
    new.apply(&Edit::default().put(&old, status)).expect("valid");
    let found: Vec<String> = diff(&old, &new, Matching::ById).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "type `order_status`: value `confirmed` removed",
            "type `order_status`: value `paid` added after `delivered`",
            "type `order_status`: values in the order delivered, shipped, pending, cancelled",
        ]
    );
}

#[test]
fn what_is_of_the_document_alone_says_so() {
    let old = shop();
    let table = old.tables().next().expect("there").id;
    let mut new = old.clone();
    let place = Placement { id: old.ids().take(), table, x: 10, y: 20, ..Placement::default() };
    let conventions = Conventions { soft_delete: true, ..old.conventions().clone() };
    let edit = Edit::default()
        .put(&old, place)
        .put(&old, Record::Conventions(conventions))
        .put(&old, Record::Title("Shop".into()));
    new.apply(&edit).expect("valid");
    let found = diff(&old, &new, Matching::ById);
    assert!(found.iter().all(|it| it.reach() == Reach::Document));
    let words: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        ["design: title Shop", "conventions: soft delete yes (was no)", "place of table `customer` added",]
    );
}

/// The same design under other identities.
fn renumbered(design: &Design) -> Design {
    let mut copy = Design::new();
    let mut edit = Edit::default();
    for mut record in design.records() {
        if record.id().0 >= Record::FIRST_FREE {
            each_id(&mut record, &mut |it| *it += 1000);
        }
        edit = edit.put(&copy, record);
    }
    copy.apply(&edit).expect("as valid as the original");
    copy
}

#[test]
fn by_name_only_what_differs_is_found() {
    let old = shop();
    let mut new = renumbered(&old);
    assert_eq!(Matching::of(&old, &new), Matching::ByName);
    assert_eq!(Matching::of(&old, &old), Matching::ById);
    let read = |text: &str| parse(text).tree.design(&Conventions::default()).expect("valid");
    let (one, two) = (read("Order total status"), read("Order note status total"));
    assert_eq!(Matching::of(&one, &two), Matching::ByName, "they only begin alike");
    let mut order = new.table_named(None, "order").expect("there").clone();
    order.indexes[0].name = "by_status".into();
    column(&mut order, "total").nullable = true;
    new.apply(&Edit::default().put(&new, order)).expect("valid");
    let found: Vec<String> = diff(&old, &new, Matching::ByName).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["column `order.total` may be null", "index `order.by_status` renamed from `idx_order_status`"]
    );
}

#[test]
fn equal_designs_have_no_differences_by_chance() {
    for seed in 0..60 {
        let design = random::design(seed, &random::Options::default());
        assert_eq!(diff(&design, &design, Matching::ById), [], "seed {seed}");
        let copy = renumbered(&design);
        assert_eq!(diff(&design, &copy, Matching::ByName), [], "seed {seed}");
    }
}

#[test]
fn every_edit_by_chance_is_a_difference_and_so_is_its_inverse() {
    for seed in 0..300 {
        let old = random::design(seed % 30, &random::Options::default());
        let edit = random::edit(&old, seed);
        let mut new = old.clone();
        if edit.is_empty() || new.apply(&edit).is_err() || new == old {
            continue;
        }
        for matching in [Matching::ById, Matching::ByName] {
            let (there, back) = (diff(&old, &new, matching), diff(&new, &old, matching));
            assert!(!there.is_empty() && !back.is_empty(), "seed {seed}, {matching:?}: {edit:?}");
        }
    }
}

/// The order of a shop before and after, compared by name.
#[track_caller]
fn differs(old: impl FnOnce(&mut Table), new: impl FnOnce(&mut Table)) -> bool {
    let design = shop();
    let order = design.table_named(None, "order").expect("there");
    let (mut one, mut two) = (order.clone(), order.clone());
    old(&mut one);
    new(&mut two);
    let (one, mut two) = (Record::from(one), Record::from(two));
    spelling::adopt(&one, &mut two);
    one != two
}

#[test]
fn modifiers_of_types_are_compared_by_what_they_come_to() {
    let typed = |base: BaseType, modifiers: &str| {
        let modifiers: Vec<String> = modifiers.split_whitespace().map(str::to_owned).collect();
        move |table: &mut Table| {
            let data_type = DataType { base, modifiers, interval_fields: None, dimensions: 0 };
            column(table, "total").data_type = data_type;
        }
    };
    let numeric = || BaseType::Builtin(Builtin::Numeric);
    assert!(!differs(typed(numeric(), "10"), typed(numeric(), "10 0")));
    assert!(differs(typed(numeric(), "10"), typed(numeric(), "10 2")));
    assert!(differs(typed(numeric(), ""), typed(numeric(), "10 0")));
    let bit = || BaseType::Builtin(Builtin::Bit);
    assert!(!differs(typed(bit(), ""), typed(bit(), "1")));
    assert!(differs(typed(bit(), ""), typed(bit(), "2")));
    let shape = |name: &str| BaseType::Other { namespace: None, name: name.into() };
    assert!(!differs(typed(shape("geometry"), "POINT 4326"), typed(shape("geometry"), "Point 4326")));
    assert!(differs(typed(shape("geometry"), "POINT 4326"), typed(shape("geometry"), "Polygon 4326")));
    assert!(differs(typed(shape("geometry"), "POINT 4326"), typed(shape("geometry"), "Point 3857")));
    assert!(differs(typed(shape("word"), "A"), typed(shape("word"), "a")));
}

#[test]
fn a_name_of_not_null_is_compared_where_both_sides_tell_one() {
    let named = |name: Option<&str>, no_inherit: bool| {
        let name = name.map(str::to_owned);
        move |table: &mut Table| {
            let it = column(table, "total");
            it.nullable = false;
            it.not_null = Some(Box::new(crate::design::NotNull { name, no_inherit, ..Default::default() }));
        }
    };
    let plain = |table: &mut Table| column(table, "total").nullable = false;
    assert!(!differs(plain, named(Some("total_given"), false)));
    assert!(!differs(named(Some("total_given"), false), plain));
    assert!(differs(named(Some("total_given"), false), named(Some("total_there"), false)));
    assert!(!differs(named(Some("a_total_not_null"), false), named(Some("a_total_not_null2"), false)));
    assert!(differs(named(Some("a_total_not_null"), false), named(Some("a_total_not_null2"), true)));
    assert!(differs(named(Some("a_total_not_null"), false), named(Some("total_there"), false)));
    assert!(differs(plain, named(Some("total_given"), true)));
    assert!(differs(|it| column(it, "total").nullable = true, named(Some("total_given"), false)));
}

#[test]
fn the_order_in_which_indexes_were_made_is_none() {
    let indexed = |names: &'static str| {
        move |table: &mut Table| {
            let total = column(table, "total").id;
            let index = |name: &str| {
                let id = IndexId(900 + u32::from(name.as_bytes()[0]));
                crate::design::Index::over(id, name, &[total])
            };
            table.indexes = names.split_whitespace().map(index).collect();
        }
    };
    assert!(!differs(indexed("a b c"), indexed("c a b")));
    assert!(differs(indexed("a b c"), indexed("c a d")));
    assert!(differs(indexed("a b"), indexed("b a c")));
}

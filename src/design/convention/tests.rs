//! Conventions switched on and off on small designs.

use super::*;
use crate::design::meaning::{LooseType, meaning_of};
use crate::design::{
    BaseType, ColumnValue, ForeignKey, KeyStyle, Narrowed, Origin, RowSecurity, Table, TableKind, TableNames,
    TriggerFunction, Unique, ValueSetStyle, View,
};

/// What none of the switches asks for.
fn bare() -> Conventions {
    Conventions {
        timestamps: false,
        comments: false,
        value_sets: ValueSetStyle::Check,
        ..Conventions::default()
    }
}

/// `customer` and `order`: a key, a unique email, a status, a reference; keyed, and with no other convention applied.
fn shop() -> Design {
    let mut design = Design::new();
    let mut ids = design.ids();
    let tables = [
        ("customer", vec![("email", "string"), ("name", "string")]),
        (
            "order",
            vec![
                ("total", "decimal"),
                ("status", "string"),
                ("order_number", "string"),
                ("customer_id", "uuid"),
            ],
        ),
        ("user", vec![("name", "string")]),
    ];
    let mut records = Vec::new();
    for (name, fields) in tables {
        let mut table = Table { id: ids.take(), name: name.into(), ..Table::default() };
        add_key(&mut table, &mut ids, &bare());
        for (field, stated) in fields {
            let stated = LooseType::parse(stated).expect("a type");
            let meaning = meaning_of(field, Some(&stated), Some(name));
            add_column(&design, &mut table, &mut ids, &meaning, Origin::Hand);
        }
        records.push(table);
    }
    let customer = records[0].clone();
    let order = &mut records[1];
    order.foreign_keys.push(ForeignKey {
        id: ids.take(),
        name: "fk_order_customer_id".into(),
        columns: vec![order.column_named("customer_id").expect("added").id],
        references: customer.id,
        ref_columns: customer.primary_key.expect("keyed").columns,
        ..ForeignKey::default()
    });
    design.apply(&Edit::adding(records)).expect("valid");
    switch(&mut design, |_| bare());
    let all: Vec<TableId> = design.tables().map(|it| it.id).collect();
    let edit = applied(&design, Edit::default(), &all);
    design.apply(&edit).expect("valid");
    design
}

#[track_caller]
fn switch(design: &mut Design, change: impl FnOnce(Conventions) -> Conventions) {
    let conventions = change(design.conventions().clone());
    let proposal = switched(design, &conventions);
    let edit = proposal.accept_all(design).expect("parts fit one after the other");
    design.apply(&edit).expect("a proposal leaves a valid design");
    assert_eq!(design.conventions(), &conventions);
    assert_eq!(design.violations(), []);
}

fn table<'a>(design: &'a Design, name: &str) -> &'a Table {
    design.table_named(None, name).unwrap_or_else(|| panic!("table {name}"))
}

/// A person's edit of one table.
#[track_caller]
fn by_hand(design: &mut Design, name: &str, change: impl FnOnce(&mut Table)) {
    let mut next = table(design, name).clone();
    change(&mut next);
    let edit = touched(Edit::default().put(design, next));
    design.apply(&edit).expect("valid");
}

#[test]
fn each_switch_on_and_off_again_leaves_what_was_there() {
    type Switch = fn(Conventions) -> Conventions;
    let switches: [(&str, Switch); 8] = [
        ("timestamps", |it| Conventions { timestamps: true, ..it }),
        ("authorship", |it| Conventions { authorship: true, ..it }),
        ("soft delete", |it| Conventions { soft_delete: true, ..it }),
        ("plural", |it| Conventions { table_names: TableNames::Plural, ..it }),
        ("identity", |it| Conventions { key: KeyStyle::Identity, ..it }),
        ("version", |it| Conventions { version: true, ..it }),
        ("tenancy", |it| Conventions { tenancy: Some("customer".into()), ..it }),
        ("all", |it| Conventions {
            version: true,
            tenancy: Some("customer".into()),
            timestamps: true,
            authorship: true,
            soft_delete: true,
            comments: true,
            table_names: TableNames::Plural,
            ..it
        }),
    ];
    for (name, on) in switches {
        let before = shop();
        let mut design = before.clone();
        switch(&mut design, on);
        assert_ne!(design, before, "{name}");
        switch(&mut design, |_| bare());
        assert_eq!(design, before, "{name}");
    }
}

#[test]
fn doing_it_twice_changes_nothing_more() {
    let mut design = shop();
    switch(&mut design, |it| Conventions {
        timestamps: true,
        authorship: true,
        soft_delete: true,
        version: true,
        tenancy: Some("customer".into()),
        ..it
    });
    let all: Vec<TableId> = design.tables().map(|it| it.id).collect();
    assert!(applied(&design, Edit::default(), &all).is_empty());
    assert!(switched(&design, design.conventions()).parts.is_empty());
}

#[test]
fn new_tables_get_key_times_and_one_shared_trigger_function() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { timestamps: true, ..it });
    assert_eq!(design.functions().count(), 1);
    for table in design.tables() {
        let names: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!((names[0], &names[names.len() - 2..]), ("id", &["created_at", "updated_at"][..]));
        let function = design.functions().next().expect("shared").id;
        assert_eq!(table.triggers[0].function, TriggerFunction::Function(function));
    }
}

#[test]
fn rows_of_a_tenant_are_told_by_the_reference_that_is_there_or_by_a_new_one() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { tenancy: Some("customer".into()), ..it });
    let policies = |name: &str| {
        table(&design, name).policies.iter().filter_map(|it| it.using.clone()).collect::<Vec<_>>()
    };
    let own = "customer_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid";
    assert_eq!([policies("order"), policies("user")], [[own], [own]]);
    assert!(policies("customer").is_empty());
    assert_eq!(table(&design, "order").foreign_keys.len(), 1);
    assert_eq!(table(&design, "user").foreign_keys[0].origin, Origin::Convention(ConventionKind::Tenancy));
    assert!(table(&design, "user").leads_an_index(&table(&design, "user").foreign_keys[0].columns));
}

#[test]
fn a_table_that_nobody_may_see_stays_so_and_policies_of_others_are_restricted() {
    let mut design = shop();
    by_hand(&mut design, "user", |it| it.row_security = RowSecurity::Enabled);
    let id = design.ids().take();
    by_hand(&mut design, "order", |it| {
        it.row_security = RowSecurity::Forced;
        it.policies.push(crate::design::Policy {
            id,
            name: "all".into(),
            restrictive: false,
            command: crate::design::PolicyCommand::All,
            roles: Vec::new(),
            using: Some("true".into()),
            with_check: None,
            comment: None,
            origin: Origin::Hand,
        });
    });
    let before = design.clone();
    switch(&mut design, |it| Conventions { tenancy: Some("customers".into()), ..it });
    assert!(table(&design, "user").policies.is_empty());
    assert!(table(&design, "order").policies[1].restrictive);
    switch(&mut design, |_| bare());
    assert_eq!(design, before);
}

#[test]
fn a_version_that_a_person_gave_another_sense_is_left_alone() {
    let mut design = shop();
    by_hand(&mut design, "user", |it| it.columns[1].name = "version".into());
    switch(&mut design, |it| Conventions { version: true, ..it });
    assert!(table(&design, "user").triggers.is_empty());
    assert_eq!(table(&design, "order").triggers.len(), 1);
}

#[test]
fn soft_deletion_narrows_uniques_and_indexes_to_live_rows() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { soft_delete: true, ..it });
    let order = table(&design, "order");
    assert!(order.uniques.is_empty());
    let live = |name: &str| {
        let index = order.indexes.iter().find(|it| it.name == name).expect(name);
        (index.unique, index.predicate.clone().unwrap_or_default(), index.narrowed)
    };
    let predicate = || "deleted_at IS NULL".to_owned();
    assert_eq!(live("uq_order_order_number"), (true, predicate(), Some(Narrowed::Constraint)));
    assert_eq!(live("idx_order_customer_id"), (false, predicate(), Some(Narrowed::Predicate)));
    let email = &table(&design, "customer").indexes[0];
    assert_eq!((email.name.as_str(), email.narrowed), ("uq_customer_email", Some(Narrowed::Predicate)));
}

#[test]
fn unique_constraints_that_are_referenced_stay_constraints() {
    let mut design = shop();
    let number = table(&design, "order").column_named("order_number").expect("there").clone();
    by_hand(&mut design, "customer", |it| {
        it.columns.push(crate::design::Column { id: crate::design::ColumnId(900), ..number.clone() });
    });
    let (order, key) = (table(&design, "order").id, number.id);
    by_hand(&mut design, "customer", |it| {
        it.foreign_keys.push(ForeignKey {
            id: crate::design::ForeignKeyId(901),
            name: "fk_customer_order_number".into(),
            columns: vec![crate::design::ColumnId(900)],
            references: order,
            ref_columns: vec![key],
            ..ForeignKey::default()
        });
    });
    switch(&mut design, |it| Conventions { soft_delete: true, ..it });
    assert_eq!(table(&design, "order").uniques.len(), 1);
}

#[test]
fn what_a_person_touched_is_theirs() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { timestamps: true, soft_delete: true, ..it });
    by_hand(&mut design, "order", |it| {
        let column = it.columns.iter_mut().find(|it| it.name == "created_at").expect("there");
        column.comment = Some("When the order was placed".into());
        let index = it.indexes.iter_mut().find(|it| it.name == "idx_order_customer_id").expect("there");
        index.name = "order_by_customer".into();
    });
    switch(&mut design, |_| bare());
    let order = table(&design, "order");
    assert!(order.column_named("created_at").is_some() && order.column_named("updated_at").is_none());
    // The index still needs the column, so both stay.
    let index = order.indexes.iter().find(|it| it.name == "order_by_customer").expect("theirs");
    assert_eq!((index.origin.clone(), index.predicate.is_some()), (Origin::Hand, true));
    assert!(order.column_named("deleted_at").is_some());
    assert!(table(&design, "customer").column_named("deleted_at").is_none());
}

#[test]
fn a_column_that_a_view_reads_stays() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { timestamps: true, ..it });
    let view = View {
        id: design.ids().take(),
        name: "recent_order".into(),
        query: "SELECT id FROM \"order\" ORDER BY created_at DESC".into(),
        reads: vec![table(&design, "order").id.into()],
        ..View::default()
    };
    design.apply(&Edit::adding([view])).expect("valid");
    switch(&mut design, |_| bare());
    assert!(table(&design, "order").column_named("created_at").is_some());
    assert!(table(&design, "order").column_named("updated_at").is_none());
}

#[test]
fn referencing_columns_follow_the_key_style() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { key: KeyStyle::Identity, ..it });
    let order = table(&design, "order");
    let bigint = crate::design::DataType::builtin(crate::pg::Builtin::BigInt);
    assert_eq!(order.column_named("customer_id").expect("there").data_type, bigint);
    assert!(matches!(order.columns[0].value, ColumnValue::Identity { always: true, .. }));
    switch(&mut design, |it| Conventions { key: KeyStyle::UuidV7, target: 17, ..it });
    let value = &table(&design, "order").columns[0].value;
    assert_eq!(value.default_expression(), Some("gen_random_uuid()"), "17 has no uuidv7()");
    switch(&mut design, |it| Conventions { target: 18, ..it });
    assert_eq!(table(&design, "order").columns[0].value.default_expression(), Some("uuidv7()"));
}

#[test]
fn value_sets_change_their_form_and_keep_their_values() {
    use ValueSetStyle::{Check, Enum, Lookup};
    let mut design = shop();
    let expected = ["pending", "confirmed", "shipped", "delivered", "cancelled"];
    for style in [Enum, Lookup, Check, Lookup, Enum, Check] {
        switch(&mut design, |it| Conventions { value_sets: style, ..it });
        let order = table(&design, "order");
        let status = order.column_named("status").expect("there");
        assert_eq!(values_of(&design, order, status).expect("a value set"), expected);
        assert_eq!(matches!(status.data_type.base, BaseType::Enum(_)), style == Enum);
        assert_eq!(design.enums().count(), usize::from(style == Enum));
        let lookups = design.tables().filter(|it| it.kind == TableKind::Lookup).count();
        assert_eq!(lookups, usize::from(style == Lookup));
    }
    assert_eq!(
        table(&design, "order").checks.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["chk_order_total", "chk_order_order_number", "chk_order_status"]
    );
}

#[test]
fn values_changed_by_hand_survive_another_form() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { value_sets: ValueSetStyle::Enum, ..it });
    let mut status = design.enums().next().expect("there").clone();
    status.values.push("returned".into());
    design.apply(&touched(Edit::default().put(&design, status))).expect("valid");
    switch(&mut design, |it| Conventions { value_sets: ValueSetStyle::Check, ..it });
    let order = table(&design, "order");
    let values =
        values_of(&design, order, order.column_named("status").expect("there")).expect("a value set");
    assert_eq!(values.last().map(String::as_str), Some("returned"));
}

#[test]
fn plural_names_are_followed_by_constraints_and_texts() {
    let mut design = shop();
    let view = View {
        id: design.ids().take(),
        name: "open_order".into(),
        query: "SELECT * FROM \"order\" WHERE status = 'order'".into(),
        reads: vec![table(&design, "order").id.into()],
        ..View::default()
    };
    design.apply(&Edit::adding([view])).expect("valid");
    switch(&mut design, |it| Conventions { table_names: TableNames::Plural, ..it });
    let orders = table(&design, "orders");
    assert_eq!(orders.primary_key.as_ref().expect("keyed").name, "pk_orders");
    assert_eq!(orders.foreign_keys[0].name, "fk_orders_customer_id");
    assert_eq!(table(&design, "customers").indexes[0].name, "uq_customers_email");
    let view = design.views().next().expect("there");
    assert_eq!(view.query, "SELECT * FROM orders WHERE status = 'order'");
}

#[test]
fn a_table_may_depart_from_the_conventions() {
    let mut design = shop();
    let before = design.clone();
    let order = table(&design, "order").id;
    let own = ConventionOverrides {
        soft_delete: Some(true),
        timestamps: Some(true),
        ..ConventionOverrides::default()
    };
    design.apply(&overridden(&design, order, &own)).expect("valid");
    assert!(table(&design, "order").column_named("deleted_at").is_some());
    assert!(table(&design, "customer").column_named("deleted_at").is_none());
    switch(&mut design, |it| Conventions { soft_delete: true, ..it });
    switch(&mut design, |_| bare());
    assert!(table(&design, "order").column_named("deleted_at").is_some(), "its own wish");
    design.apply(&overridden(&design, order, &ConventionOverrides::default())).expect("valid");
    assert_eq!(design, before);
}

#[test]
fn authorship_references_the_user_table() {
    let mut design = shop();
    switch(&mut design, |it| Conventions { authorship: true, soft_delete: true, ..it });
    let (order, user) = (table(&design, "order"), table(&design, "user"));
    let fk = order.foreign_keys.iter().find(|it| it.name == "fk_order_created_by").expect("there");
    assert_eq!(fk.references, user.id);
    let index = order.indexes.iter().find(|it| it.name == "idx_order_created_by").expect("there");
    assert!(index.predicate.is_some());
    assert!(user.column_named("created_by").is_none());
}

#[test]
fn hand_made_uniques_come_back_with_their_origin_and_place() {
    let mut design = shop();
    by_hand(&mut design, "order", |it| {
        let columns = vec![it.columns[1].id, it.columns[2].id];
        it.uniques.push(Unique {
            id: crate::design::ConstraintId(900),
            name: "one_each".into(),
            columns,
            comment: Some("ours".into()),
            ..Unique::default()
        });
    });
    let before = design.clone();
    switch(&mut design, |it| Conventions { soft_delete: true, ..it });
    switch(&mut design, |_| bare());
    assert_eq!(design, before);
}

/// A design by chance under conventions that ask for nothing.
fn by_chance(seed: u64) -> Design {
    let mut design = crate::random::design(seed, &crate::random::Options::default());
    let edit = Edit::default().put(&design, Record::Conventions(bare()));
    design.apply(&edit).expect("valid");
    design
}

#[test]
fn on_and_off_again_is_nothing_on_designs_by_chance() {
    for seed in 0..60 {
        let before = by_chance(seed);
        let all = |it: Conventions| Conventions {
            timestamps: true,
            authorship: true,
            soft_delete: true,
            comments: true,
            ..it
        };
        let mut design = before.clone();
        switch(&mut design, all);
        let tables: Vec<TableId> = design.tables().map(|it| it.id).collect();
        switch(&mut design, |_| bare());
        assert_eq!(design, before, "seed {seed}");
        for style in [ValueSetStyle::Enum, ValueSetStyle::Lookup] {
            switch(&mut design, |it| Conventions { value_sets: style, ..it });
        }
        let edit = applied(&design, Edit::default(), &tables);
        design.apply(&edit).expect("valid");
        assert!(applied(&design, Edit::default(), &tables).is_empty(), "seed {seed}");
    }
}

#[test]
fn hand_edits_by_chance_survive_switching_off() {
    for seed in 0..120 {
        let mut design = by_chance(seed % 40);
        let names: Vec<(TableId, crate::design::ColumnId)> = columns(&design);
        switch(&mut design, |it| Conventions { timestamps: true, authorship: true, soft_delete: true, ..it });
        let edit = touched(crate::random::edit(&design, seed));
        if design.apply(&edit).is_err() {
            continue;
        }
        let kept: Vec<_> = columns(&design).into_iter().filter(|it| names.contains(it)).collect();
        let theirs = |it: &Design| -> Vec<(TableId, crate::design::Column)> {
            let all = it.tables().flat_map(|table| table.columns.iter().map(|it| (table.id, it.clone())));
            all.filter(|it| it.1.origin == Origin::Hand).collect()
        };
        let hand = theirs(&design);
        switch(&mut design, |_| bare());
        assert_eq!(theirs(&design), hand, "seed {seed}");
        assert!(kept.iter().all(|it| columns(&design).contains(it)), "seed {seed}");
    }
}

fn columns(design: &Design) -> Vec<(TableId, crate::design::ColumnId)> {
    design.tables().flat_map(|table| table.columns.iter().map(|it| (table.id, it.id))).collect()
}

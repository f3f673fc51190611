//! What may be done to a design, and what is refused.

use super::*;
use crate::design::{PrimaryKey, ReferentialAction, ViolationKind};
use crate::pg::Builtin;

fn table(ids: &mut IdSource, name: &str) -> Table {
    let column = Column::new(ids.take(), "id", DataType::builtin(Builtin::Uuid));
    let key = PrimaryKey {
        id: ids.take(),
        name: format!("{name}_pkey"),
        columns: vec![column.id],
        ..PrimaryKey::default()
    };
    Table {
        id: ids.take(),
        name: name.into(),
        columns: vec![column],
        primary_key: Some(key),
        ..Table::default()
    }
}

fn referencing(ids: &mut IdSource, from: &mut Table, to: &Table) {
    let name = format!("{}_id", to.name);
    let column = Column::new(ids.take(), name.clone(), DataType::builtin(Builtin::Uuid));
    from.foreign_keys.push(ForeignKey {
        id: ids.take(),
        name: format!("fk_{}_{name}", from.name),
        columns: vec![column.id],
        references: to.id,
        ref_columns: vec![to.columns[0].id],
        ..ForeignKey::default()
    });
    from.columns.push(column);
}

#[test]
fn an_edit_that_breaks_an_invariant_changes_nothing() {
    let mut design = Design::new();
    let mut ids = design.ids();
    let user = table(&mut ids, "user");
    let mut task = table(&mut ids, "task");
    referencing(&mut ids, &mut task, &user);
    design.apply(&Edit::adding([user.clone(), task.clone()])).expect("valid");
    let before = design.clone();

    let removal = Edit::default().remove(&design, user.id);
    let refused = design.apply(&removal).expect_err("the foreign key would dangle");
    assert!(
        matches!(refused, Refused::Invalid(ref it) if matches!(it[0].kind, ViolationKind::Dangling { .. }))
    );
    assert_eq!(design, before);
    assert_eq!(design.users_of(user.id).count(), 1);

    let mut twin = table(&mut ids, "task");
    twin.primary_key = None;
    let refused = design.apply(&Edit::adding([twin])).expect_err("the name is taken");
    assert_eq!(refused.to_string(), "name `task` is taken");
    assert_eq!(design, before);

    let long = table(&mut ids, &"x".repeat(3000));
    let refused = design.apply(&Edit::adding([long])).expect_err("the name is too long");
    assert!(refused.to_string().len() < 300, "{refused}");
}

#[test]
fn set_null_of_a_column_that_must_not_be_null_is_taken_as_postgresql_takes_it() {
    let mut design = Design::new();
    let mut ids = design.ids();
    let user = table(&mut ids, "user");
    let mut task = table(&mut ids, "task");
    referencing(&mut ids, &mut task, &user);
    task.foreign_keys[0].on_delete = ReferentialAction::SetNull;
    assert!(!task.columns[1].nullable);
    design.apply(&Edit::adding([user, task])).expect("deleting a user fails, not the definition");
}

#[test]
fn a_stale_edit_is_refused_and_a_rebased_one_keeps_both_changes() {
    let mut design = Design::new();
    let mut ids = design.ids();
    let user = table(&mut ids, "user");
    design.apply(&Edit::adding([user.clone()])).expect("valid");
    let mut named = user.clone();
    named.comment = Some("A person".into());
    let comment = Edit::default().put(&design, named);
    let mut wider = user.clone();
    wider.columns.push(Column::new(ids.take(), "email", DataType::builtin(Builtin::Text)));
    let email = Edit::default().put(&design, wider);

    design.apply(&comment).expect("valid");
    assert_eq!(design.apply(&email), Err(Refused::Stale { id: user.id.into() }));
    design.apply(&email.rebased(&design)).expect("carried over");
    let user = design.table(user.id).expect("still there");
    assert_eq!((user.comment.as_deref(), user.columns.len()), (Some("A person"), 2));
}

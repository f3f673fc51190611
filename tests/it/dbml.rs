//! DBML beside the diagram: what is edited in it is all that changes.

use relata::design::{Design, Edit, Placement};
use relata::read::{self, Options, draft_dbml};
use relata::write::{Dbml, DbmlOptions, dbml};

const SHOP: &str = "
create type state as enum ('open', 'sent');
create table customer (id bigint generated always as identity primary key, email text not null unique);
create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer (id) on delete cascade,
  state state not null default 'open'
);
create index orders_open on orders (customer_id) where state = 'open';
create view open_orders as select id from orders;
";

fn shop() -> (Design, Dbml) {
    let mut design = read::postgres(SHOP, &Options::default()).tree.design;
    let table = design.tables().next().expect("read").id;
    let place = Placement { id: design.ids().take(), table, x: 8, y: 16, ..Placement::default() };
    design.apply(&Edit::adding([place])).expect("valid");
    let own = dbml(&design, DbmlOptions { schema_only: true });
    (design, own)
}

/// What becomes of the design when these words of its DBML are replaced, and what is told.
#[track_caller]
fn edited(replaced: &[(&str, &str)]) -> (Design, Design, Vec<String>) {
    let (before, own) = shop();
    let text = replaced.iter().fold(own.text.clone(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in\n{text}");
        text.replacen(from, to, 1)
    });
    let drafted = draft_dbml(&before, &own.text, &own.map, &text);
    let mut after = before.clone();
    after.apply(&drafted.edit).expect("fits");
    (before, after, drafted.problems.iter().map(|it| it.kind.in_draft()).collect())
}

#[test]
fn a_column_that_is_written_is_all_that_changes() {
    let (before, after, told) = edited(&[("email text", "phone varchar(20)\n  email text")]);
    assert_eq!(told, [""; 0]);
    let (old, new) = (before.tables().next().expect("one"), after.tables().next().expect("one"));
    assert_eq!(new.columns.len(), old.columns.len() + 1);
    assert_eq!(new.column_named("email"), old.column_named("email"));
    let changed = before.differing(&after);
    assert_eq!(changed.into_iter().collect::<Vec<_>>(), [old.id.into()]);
}

#[test]
fn what_dbml_cannot_say_stays() {
    let (before, after, told) =
        edited(&[("state state [not null, default: 'open']", "state state [default: 'sent']")]);
    assert_eq!(told, [""; 0]);
    let table = |design: &Design| design.tables().find(|it| it.name == "orders").cloned().expect("one");
    assert_eq!(table(&after).indexes, table(&before).indexes);
    assert!(table(&after).column_named("state").is_some_and(|it| it.nullable));
    assert_eq!(after.views().count(), 1);
}

#[test]
fn a_block_in_error_stays_as_it_was_and_the_rest_is_live() {
    let (before, after, told) =
        edited(&[("email text", "= email text"), ("Enum state {", "Enum state {\n  lost")]);
    assert_eq!(told.len(), 1);
    assert_eq!(after.tables().next(), before.tables().next());
    assert_eq!(after.enums().next().map(|it| it.values.len()), Some(3));
}

#[test]
fn a_table_under_a_new_name_keeps_its_identity_while_its_references_still_say_the_old_one() {
    let (before, after, told) = edited(&[("Table customer {", "Table client {")]);
    assert_eq!(told.len(), 1);
    let old = before.tables().next().expect("one");
    let new = after.table(old.id).expect("there");
    assert_eq!(new.name, "client");
    assert_eq!(after.foreign_keys().count(), 1);
    assert_eq!(after.placements().count(), 1);
}

#[test]
fn a_table_that_is_taken_out_with_its_reference_goes() {
    let (_, own) = shop();
    let reference = own.text.lines().find(|it| it.starts_with("Ref ")).expect("one").to_owned();
    let start = own.text.find("Table customer").expect("there");
    let end = start + own.text.get(start..).and_then(|it| it.find("\n}")).expect("closed") + 2;
    let block = own.text.get(start..end).expect("a block").to_owned();
    let (_, after, told) = edited(&[(&block, ""), (&reference, "")]);
    assert_eq!(told, [""; 0]);
    assert_eq!((after.tables().len(), after.foreign_keys().count()), (1, 0));
}

#[test]
fn the_own_text_of_any_design_changes_nothing_when_it_is_spaced_otherwise() {
    for seed in 0..40 {
        let design = relata::random::design(seed, &relata::random::Options::default());
        let own = dbml(&design, DbmlOptions { schema_only: true });
        let drafted = draft_dbml(&design, &own.text, &own.map, &format!("{}\n\n// end\n", own.text));
        assert_eq!(drafted.edit, Edit::default(), "seed {seed}");
    }
}

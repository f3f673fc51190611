//! DBML written, and read again.

use super::*;
use crate::read::{self, Options};

fn design(sql: &str) -> Design {
    read::postgres(sql, &Options::default()).tree.design
}

const SHOP: &str = "
create type state as enum ('open', 'sent out');
create table customer (id bigint generated always as identity primary key, email varchar(200) not null unique, \"full name\" text);
create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customer (id) on delete cascade,
  state state not null default 'open',
  total numeric(12,2) not null default 0 check (total >= 0),
  placed_at timestamptz not null default now()
);
comment on table orders is 'What a customer''s cart became.';
comment on column orders.total is 'In euros.';
create index orders_customer on orders (customer_id);
create index orders_open on orders using gin (to_tsvector('simple', state::text)) where state = 'open';
create table line (order_id bigint references orders (id), number int, pieces smallint[], primary key (order_id, number));
create view open_orders as select * from orders where state = 'open';
";

#[test]
fn a_shop_is_written() {
    let written = dbml(&design(SHOP), DbmlOptions::default());
    insta::assert_snapshot!(written.text);
    assert_eq!(written.lost, ["a part of index `orders_open` of `orders`", "view `open_orders`"]);
}

#[test]
fn what_is_written_is_read_as_it_was() {
    let before = design(SHOP);
    let written = dbml(&before, DbmlOptions { schema_only: true });
    let read = read::dbml(&written.text, &Options::default());
    assert_eq!(read.errors, []);
    let again = dbml(&read.tree.design, DbmlOptions { schema_only: true });
    assert_eq!(again.text, written.text);
}

#[test]
fn every_thing_has_its_place() {
    let design = design(SHOP);
    let written = dbml(&design, DbmlOptions::default());
    let orders = design.tables().find(|it| it.name == "orders").expect("read");
    let place = |id: Id| written.map.iter().find(|it| it.1 == id).map(|it| it.0.of(&written.text).trim());
    assert!(place(orders.id.into()).is_some_and(|it| it.starts_with("Table orders {")));
    let total = orders.column_named("total").expect("read");
    assert_eq!(place(total.id.into()), Some("total numeric(12,2) [not null, default: 0, note: 'In euros.']"));
    assert!(place(orders.foreign_keys[0].id.into()).is_some_and(|it| it.starts_with("Ref ")));
}

#[test]
fn names_and_texts_are_quoted_so_that_they_end_where_they_should() {
    let mut design = Design::new();
    let name = "a \"b\" \\ `c`\n{";
    let table = Table {
        id: design.ids().take(),
        name: name.into(),
        comment: Some("it's\n'''x".into()),
        ..Table::default()
    };
    design.apply(&crate::design::Edit::adding([table])).expect("valid");
    let written = dbml(&design, DbmlOptions::default());
    let read = read::dbml(&written.text, &Options::default());
    assert_eq!(read.errors, []);
    let back = read.tree.design.tables().next().cloned().expect("one");
    assert_eq!((back.name.as_str(), back.comment.as_deref()), (name, Some("it's\n'''x")));
}

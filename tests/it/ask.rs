//! What requests lead to, against a real server.

use relata::ask::ask;
use relata::design::Design;
use relata::sql::{Options, ddl};
use relata::{read, sql};

use crate::postgres::{self, rehearse};

/// Designs, each with what is asked of it.
pub const DESIGNS: &[(&str, &str)] = &[
    (include_str!("../data/ask/work.sql"), include_str!("../data/ask/work.txt")),
    (include_str!("../data/ask/shop.sql"), include_str!("../data/ask/shop.txt")),
    (include_str!("../data/ask/clinic.sql"), include_str!("../data/ask/clinic.txt")),
    (include_str!("../data/ask/school.sql"), include_str!("../data/ask/school.txt")),
    (include_str!("../data/ask/depot.sql"), include_str!("../data/ask/depot.txt")),
    (include_str!("../data/ask/rental.sql"), include_str!("../data/ask/rental.txt")),
    (include_str!("../data/ask/events.sql"), include_str!("../data/ask/events.txt")),
    (include_str!("../data/ask/gym.sql"), include_str!("../data/ask/gym.txt")),
    (include_str!("../data/ask/farm.sql"), include_str!("../data/ask/farm.txt")),
    (include_str!("../data/ask/press.sql"), include_str!("../data/ask/press.txt")),
];

pub fn design(text: &str) -> Design {
    read::postgres(text, &read::Options::default()).tree.design
}

fn accepted(design: &Design, request: &str) -> Option<Design> {
    let edit = ask(design, request).ok()?.accept_all(design).ok()?;
    let mut after = design.clone();
    after.apply(&edit).ok()?;
    Some(after)
}

#[test]
fn every_answer_loads() {
    let Some(server) = postgres::newest() else { return };
    let database = server.database("ask");
    let mut client = database.client();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (schema, requests) in DESIGNS {
        let design = design(schema);
        for request in requests.lines().filter_map(|it| it.strip_prefix("> ")) {
            let Some(after) = accepted(&design, request) else { continue };
            count += 1;
            if let Err(error) = rehearse(&mut client, &ddl(&after, &Options::of(&after)).text) {
                wrong.push(format!("{request}: {error}"));
            }
        }
    }
    assert!(count >= 130, "only {count} answers");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_audit_log_is_written_by_its_triggers() {
    let Some(server) = postgres::newest() else { return };
    let database = server.database("audited");
    let after = accepted(&design(DESIGNS[1].0), "add an audit log for products").expect("understood");
    database.load(&ddl(&after, &sql::Options::of(&after)).text).expect("the design loads");
    let mut client = database.client();
    client
        .batch_execute(
            "insert into product (sku, name, price) values ('A1', 'Lamp', 9);
             update product set price = 10;
             delete from product;",
        )
        .expect("rows come and go");
    let rows = client
        .query(
            "select tg_op, row_key, old_row ->> 'price', new_row ->> 'price' from audit_log order by id",
            &[],
        )
        .expect("the log is there");
    let told: Vec<[Option<String>; 4]> =
        rows.iter().map(|it| [it.get(0), it.get(1), it.get(2), it.get(3)]).collect();
    let some = |it: &str| Some(it.to_owned());
    assert_eq!(
        told,
        [
            [some("insert"), some("1"), None, some("9.00")],
            [some("update"), some("1"), some("9.00"), some("10.00")],
            [some("delete"), some("1"), some("10.00"), None],
        ]
    );
}

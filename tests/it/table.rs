//! `relata table`: what it prints is loaded into real servers and held to its promises.

use std::process::{Command, Output};

use ::postgres::Client;

use crate::postgres::{rehearse, servers};

fn relata(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relata"))
        .arg("table")
        .args(arguments)
        .output()
        .expect("the command runs")
}

#[track_caller]
fn table(arguments: &str) -> String {
    let output = relata(&arguments.split(' ').collect::<Vec<_>>());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("SQL is text")
}

/// The class and kind of the error that a statement meets.
#[track_caller]
fn refused(client: &mut Client, statement: &str) -> (String, String) {
    let error = client.batch_execute(statement).expect_err(statement);
    let error = error.as_db_error().expect("the server refuses it");
    (error.code().code().to_owned(), error.constraint().unwrap_or_default().to_owned())
}

const ORDER: &str = "Order id:uuid customerId:uuid total:decimal status:string shippingAddress:string orderNumber:string --soft-delete";

#[test]
fn an_order_keeps_its_promises() {
    for server in servers() {
        let database = server.database("order");
        database.load(&table(ORDER)).unwrap_or_else(|it| panic!("PostgreSQL {}: {it:?}", server.version()));
        let mut client = database.client();
        let insert = |total: &str, number: &str| {
            format!(
                "insert into \"order\" (customer_id, total, shipping_address, order_number)
                 values (gen_random_uuid(), {total}, 'Here 1', '{number}')"
            )
        };
        client.batch_execute(&insert("10", "A1")).unwrap();
        let row =
            client.query_one("select status::text, created_at = updated_at from \"order\"", &[]).unwrap();
        assert_eq!((row.get::<_, &str>(0), row.get::<_, bool>(1)), ("pending", true));

        assert_eq!(refused(&mut client, &insert("-0.01", "A2")), ("23514".into(), "chk_order_total".into()));
        assert_eq!(
            refused(&mut client, &insert("1", "A1")),
            ("23505".into(), "uq_order_order_number".into())
        );
        assert_eq!(refused(&mut client, "update \"order\" set status = 'lost'").0, "22P02");

        client.batch_execute("update \"order\" set status = 'shipped'").unwrap();
        let row = client.query_one("select updated_at > created_at from \"order\"", &[]).unwrap();
        assert!(row.get::<_, bool>(0), "the trigger keeps updated_at");

        client.batch_execute("update \"order\" set deleted_at = now()").unwrap();
        client.batch_execute(&insert("1", "A1")).unwrap();
        assert_eq!(refused(&mut client, &insert("1", "A1")).0, "23505", "unique among live rows");

        let indexes = "select count(*) from pg_indexes where tablename = 'order'
                       and indexdef like '%WHERE (deleted_at IS NULL)'";
        assert_eq!(client.query_one(indexes, &[]).unwrap().get::<_, i64>(0), 3);
        let checks =
            "select count(*) from pg_constraint where contype = 'c' and conrelid = '\"order\"'::regclass
                      and pg_get_constraintdef(oid) like '%total%'";
        assert_eq!(client.query_one(checks, &[]).unwrap().get::<_, i64>(0), 1, "once, not twice");
    }
}

#[test]
fn people_are_told_apart_whatever_the_case_of_their_address() {
    for server in servers() {
        let database = server.database("user");
        database
            .load(&table("User email name role:admin|member --value-sets lookup --key identity --plural"))
            .unwrap();
        let mut client = database.client();
        let insert = |email: &str, role: &str| {
            format!("insert into users (email, name, role) values ('{email}', 'Ann', '{role}')")
        };
        client.batch_execute(&insert("ann@example.org", "admin")).unwrap();
        assert_eq!(refused(&mut client, &insert("Ann@Example.org", "member")).1, "uq_users_email");
        assert_eq!(refused(&mut client, &insert("nowhere", "member")).1, "chk_users_email");
        assert_eq!(refused(&mut client, &insert("bob@example.org", "king")).1, "fk_users_role");
        client.batch_execute("update user_roles set value = 'owner' where value = 'admin'").unwrap();
        let role: String = client.query_one("select role from users", &[]).unwrap().get(0);
        assert_eq!(role, "owner", "a renamed value is followed");
    }
}

/// Every name of the meaning tests as the only field of its entity, under several conventions.
#[test]
fn every_meaning_loads() {
    let names = include_str!("../data/meaning/names.in.tsv");
    for server in servers() {
        let database = server.database("meaning");
        let mut client = database.client();
        for (number, row) in names.lines().filter(|it| !it.starts_with('#')).enumerate() {
            let cells: Vec<&str> = row.split_whitespace().collect();
            let entity = if cells[0] == "-" { "thing" } else { cells[0] };
            let field =
                if cells[2] == "-" { cells[1].to_owned() } else { format!("{}:{}", cells[1], cells[2]) };
            let options: &[&str] = match number % 4 {
                0 => &["--soft-delete", "--authorship"],
                1 => &["--value-sets", "lookup", "--plural", "--soft-delete"],
                2 => &["--value-sets", "check", "--no-timestamps"],
                _ => &["--key", "identity", "--row-version"],
            };
            let output = relata(&[&[entity, field.as_str()], options].concat());
            let sql = String::from_utf8(output.stdout).expect("SQL is text");
            assert!(output.status.success(), "{row}: {}", String::from_utf8_lossy(&output.stderr));
            if let Err(error) = rehearse(&mut client, &sql) {
                panic!("{row}: {error}\n{sql}");
            }
        }
    }
}

#[test]
fn a_wrong_field_is_pointed_at() {
    let output = relata(&["Order", "total:dezimal"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(message.contains("unknown type `dezimal`") && message.contains("^^^^^^^"), "{message}");
}

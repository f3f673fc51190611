//! What becomes of rows when a change that was asked for runs on a real server: there, back, and there again.

use ::postgres::Client;
use relata::ask::ask;
use relata::llm::{Change, of_proposal};

use crate::ask::design;
use crate::postgres;

const SCHEMA: &str = "
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text NOT NULL, street text, city text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE projects (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, budget numeric(12,2));
CREATE TABLE tasks (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL, assignee_id bigint NOT NULL REFERENCES users, project_id bigint NOT NULL REFERENCES projects, due_on date, due_at time, phase text);
CREATE TABLE badges (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id bigint NOT NULL UNIQUE REFERENCES users, number integer NOT NULL);
CREATE TABLE clients (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, vat text);
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text);
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, client_id bigint NOT NULL REFERENCES clients, customer_id bigint REFERENCES customers, total numeric(12,2) NOT NULL);
CREATE TABLE suppliers (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE vendors (id uuid PRIMARY KEY, name text NOT NULL, phone text);
CREATE TABLE offers (id uuid PRIMARY KEY, supplier_id uuid NOT NULL REFERENCES suppliers);
";

const ROWS: &str = "
INSERT INTO users (full_name, street, city) VALUES ('Ada King Lovelace', 'Main 1', 'London'), ('Plato', NULL, 'Athens');
INSERT INTO projects (name, budget) VALUES ('Engine', 100), ('Cave', NULL);
INSERT INTO tasks (title, assignee_id, project_id, due_on, due_at, phase) VALUES ('Draw', 1, 1, '2024-05-01', '10:30', 'alpha'), ('Think', 2, 2, '2024-06-01', NULL, 'beta'), ('Write', 2, 1, NULL, NULL, 'alpha');
INSERT INTO badges (user_id, number) VALUES (1, 11), (2, 22);
INSERT INTO clients (name, vat) VALUES ('Acme', 'DE1'), ('Bolt', NULL), ('Crux', 'FR3');
INSERT INTO customers (name, email) VALUES ('Dan', 'dan@example.org'), ('Eve', NULL);
INSERT INTO orders (client_id, customer_id, total) VALUES (1, 2, 10), (2, NULL, 20), (3, 1, 30);
INSERT INTO suppliers VALUES ('00000000-0000-0000-0000-000000000001', 'Steel');
INSERT INTO vendors VALUES ('00000000-0000-0000-0000-000000000002', 'Wood', '1');
INSERT INTO offers VALUES ('00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000001');
";

struct Case {
    request: &'static str,
    /// A query of the database as it is after the change, and the lines that it gives.
    there: (&'static str, &'static [&'static str]),
    /// The same of the database as it was; what it gives is as before, unless lines are named.
    back: (&'static str, &'static [&'static str]),
    /// Words of a risk that is told.
    told: &'static str,
}

const CASES: &[Case] = &[
    Case {
        request: "split full name of users into first name and last name",
        there: (
            "SELECT first_name || '|' || last_name FROM users ORDER BY id",
            &["Ada|King Lovelace", "Plato|"],
        ),
        back: ("SELECT full_name FROM users ORDER BY id", &[]),
        told: "taken apart at its blanks",
    },
    Case {
        request: "a user may have more than one city",
        there: ("SELECT user_id || '|' || city FROM user_cities ORDER BY user_id", &["1|London", "2|Athens"]),
        back: ("SELECT city FROM users ORDER BY id", &[]),
        told: "the others are lost",
    },
    Case {
        request: "turn phase of tasks into its own table",
        there: (
            "SELECT p.name || count(*) FROM tasks t JOIN phases p ON p.id = t.phase_id GROUP BY p.name ORDER BY 1",
            &["alpha2", "beta1"],
        ),
        back: ("SELECT phase FROM tasks ORDER BY id", &[]),
        told: "differ in a letter or a blank",
    },
    Case {
        request: "make city of users a lookup table",
        there: (
            "SELECT c.name FROM users u JOIN cities c ON c.id = u.city_id ORDER BY u.id",
            &["London", "Athens"],
        ),
        back: ("SELECT city FROM users ORDER BY id", &[]),
        told: "differ in a letter or a blank",
    },
    Case {
        request: "merge street and city of users into address",
        there: ("SELECT address FROM users ORDER BY id", &["Main 1 London", "Athens"]),
        back: ("SELECT trim(concat_ws(' ', street, city)) FROM users ORDER BY id", &[]),
        told: "with a blank between them",
    },
    Case {
        request: "merge due_on and due_at of tasks into due (timestamptz)",
        there: (
            "SELECT to_char(due, 'YYYY-MM-DD HH24:MI') FROM tasks WHERE due IS NOT NULL ORDER BY id",
            &["2024-05-01 10:30", "2024-06-01 00:00"],
        ),
        back: ("SELECT due_on::text FROM tasks WHERE due_on IS NOT NULL ORDER BY id", &[]),
        told: "midnight",
    },
    Case {
        request: "move street and city of users into a table called addresses",
        there: (
            "SELECT concat_ws('|', user_id, street, city) FROM addresses ORDER BY user_id",
            &["1|Main 1|London", "2|Athens"],
        ),
        back: ("SELECT concat_ws('|', id, street, city) FROM users ORDER BY id", &[]),
        told: "needs a row of `addresses`",
    },
    Case {
        request: "move budget of projects to tasks",
        there: ("SELECT budget::text FROM tasks WHERE budget IS NOT NULL ORDER BY id", &["100.00", "100.00"]),
        back: ("SELECT budget::text FROM projects WHERE budget IS NOT NULL", &[]),
        told: "nowhere to leave its value",
    },
    Case {
        request: "move phase from tasks to projects",
        there: ("SELECT phase FROM projects ORDER BY id", &["alpha", "beta"]),
        back: ("SELECT phase FROM tasks ORDER BY id", &[]),
        told: "least value is kept",
    },
    Case {
        request: "a task can have several assignees",
        there: (
            "SELECT task_id || '|' || assignee_id FROM task_assignees ORDER BY task_id",
            &["1|1", "2|2", "3|2"],
        ),
        back: ("SELECT assignee_id::text FROM tasks ORDER BY id", &[]),
        told: "the others are lost",
    },
    Case {
        request: "merge clients into customers",
        there: (
            "SELECT concat_ws('|', c.name, c.vat, c.email, o.total) FROM customers c LEFT JOIN orders o ON o.client_id = c.id ORDER BY c.id",
            &["Dan|dan@example.org", "Eve", "Acme|DE1|10.00", "Bolt|20.00", "Crux|FR3|30.00"],
        ),
        back: (
            "SELECT concat_ws('|', c.name, c.vat, o.total) FROM clients c JOIN orders o ON o.client_id = c.id ORDER BY c.name",
            &[],
        ),
        told: "the others stay in `customers`",
    },
    Case {
        request: "merge suppliers into vendors",
        there: ("SELECT name FROM vendors ORDER BY name", &["Steel", "Wood"]),
        back: ("SELECT s.name FROM suppliers s JOIN offers o ON o.supplier_id = s.id", &[]),
        told: "the others stay in `vendors`",
    },
    Case {
        request: "add a required priority (integer) to tasks",
        there: ("SELECT priority::text FROM tasks", &["0", "0", "0"]),
        back: ("SELECT title FROM tasks ORDER BY id", &[]),
        told: "they get 0",
    },
    Case {
        request: "remove title from tasks",
        there: ("SELECT count(*)::text FROM tasks", &["3"]),
        back: ("SELECT title FROM tasks", &["", "", ""]),
        told: "the rows get ''",
    },
    Case {
        request: "rename full name of users to name, then move name of users into a table called profiles",
        there: ("SELECT name FROM profiles ORDER BY user_id", &["Ada King Lovelace", "Plato"]),
        back: ("SELECT full_name FROM users ORDER BY id", &[]),
        told: "needs a row of `profiles`",
    },
];

fn change(request: &str) -> Change {
    let design = design(SCHEMA);
    let proposal = ask(&design, request).unwrap_or_else(|it| panic!("{request}: {it}"));
    let chosen = proposal.usual();
    of_proposal(&design, proposal, &chosen).expect("it fits")
}

fn lines(client: &mut Client, query: &str) -> Vec<String> {
    let rows = client.query(query, &[]).unwrap_or_else(|it| panic!("{query}: {it}"));
    rows.iter().map(|it| it.get::<_, Option<String>>(0).unwrap_or_default()).collect()
}

#[test]
fn rows_go_where_what_they_are_of_goes() {
    for server in postgres::servers() {
        for case in CASES {
            let database = server.database("rows");
            database.load(&format!("{SCHEMA}{ROWS}")).expect("the schema takes its rows");
            let mut client = database.client();
            let change = change(case.request);
            let run = |client: &mut Client, sql: &str| {
                let done = client.batch_execute(&format!("BEGIN;\n{sql}COMMIT;"));
                done.unwrap_or_else(|it| panic!("{}: {it:?}\n{sql}", case.request));
            };
            let before = if case.back.1.is_empty() {
                lines(&mut client, case.back.0)
            } else {
                case.back.1.iter().map(|it| (*it).to_owned()).collect()
            };
            for _ in 0..2 {
                run(&mut client, &change.migration_up);
                let there = lines(&mut client, case.there.0);
                assert_eq!(there, case.there.1, "{}\n{}", case.request, change.migration_up);
                run(&mut client, &change.migration_down);
                assert_eq!(
                    lines(&mut client, case.back.0),
                    before,
                    "{}\n{}",
                    case.request,
                    change.migration_down
                );
            }
            let told = change.potential_risks.iter().any(|it| it.contains(case.told));
            assert!(told, "{}: {:#?}", case.request, change.potential_risks);
            assert_eq!(change.way_back, None, "{}", case.request);
        }
    }
}

#[test]
fn what_nothing_can_fill_stops_and_is_told() {
    let Some(server) = postgres::newest() else { return };
    let database = server.database("unfilled");
    database.load(&format!("{SCHEMA}{ROWS}")).expect("the schema takes its rows");
    let change = change("add a required client to tasks");
    assert!(change.potential_risks.iter().any(|it| it.contains("stops at SET NOT NULL")), "{change:#?}");
    assert!(
        change.safety_checks.contains(&"SELECT count(*) FROM tasks; -- must be 0".to_owned()),
        "{change:#?}"
    );
    let mut client = database.client();
    assert!(client.batch_execute(&format!("BEGIN;\n{}COMMIT;", change.migration_up)).is_err());
}

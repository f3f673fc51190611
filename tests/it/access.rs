//! Row security read from briefs: each role sees and changes in a real PostgreSQL exactly what its text allows.

use std::path::{Path, PathBuf};

use ::postgres::{Client, SimpleQueryMessage};
use relata::brief;
use relata::design::{Brief, BriefId, Design, Edit};
use relata::sql;

use crate::postgres;

fn data(file: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/brief/access").join(file);
    std::fs::read_to_string(path).expect("a file of the case")
}

fn design_of(text: &str) -> Design {
    let mut design = Design::new();
    let id: BriefId = design.ids().take();
    design
        .apply(&Edit::adding([Brief { id, title: String::new(), text: text.to_owned(), accepted: None }]))
        .expect("a brief");
    let proposal = brief::propose(&design, &brief::read(text), id);
    let edit = proposal.accept_all(&design).expect("a proposal fits its design");
    design.apply(&edit).expect("a valid design");
    assert_eq!(design.violations(), []);
    design
}

/// Stands for Supabase's functions: the same names, types and settings.
const SUPABASE: &str = "
    create schema auth;
    create function auth.jwt() returns jsonb language sql stable
        as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
    create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid $$;
";

/// What a statement comes to for whoever is signed in: values, a count of rows, or `refused`.
fn outcome(client: &mut Client, statement: &str) -> String {
    match client.simple_query(statement) {
        Ok(messages) => {
            let mut values: Vec<String> = Vec::new();
            let mut count = 0;
            for message in messages {
                match message {
                    SimpleQueryMessage::Row(row) => values.push(row.get(0).unwrap_or("null").to_owned()),
                    SimpleQueryMessage::CommandComplete(rows) => count = rows,
                    _ => {}
                }
            }
            values.sort();
            if statement.starts_with("select") { values.join(" ") } else { count.to_string() }
        }
        Err(error) => match error.as_db_error() {
            Some(it) if it.code().code() == "42501" => "refused".to_owned(),
            _ => format!("{error:?}"),
        },
    }
}

#[track_caller]
fn check(case: &str, supabase: bool) {
    let design = design_of(&data(&format!("{case}.in.md")));
    for server in postgres::servers() {
        let options = sql::Options { target: server.version() as u8, ..sql::Options::default() };
        let written = sql::ddl(&design, &options).text;
        let database = server.database(&format!("access_{case}"));
        let mut client = database.client();
        if supabase {
            client.batch_execute(SUPABASE).expect("what Supabase has");
        }
        if let Err(errors) = database.load(&written) {
            panic!("{case} on {}: {}\n{written}", server.version(), errors[0]);
        }
        client.batch_execute(&data(&format!("{case}.rows.sql"))).expect("rows");
        // Roles are the server's, not the database's: others may be making the same.
        let role = format!("relata_app_{case}");
        let made = format!(
            "do $$ begin create role {role}; exception when duplicate_object or unique_violation then null; end $$;
             grant all on all tables in schema public to {role};
             {}",
            if supabase { format!("grant usage on schema auth to {role};") } else { String::new() }
        );
        client.batch_execute(&made).expect("a role that owns nothing");
        let mut wrong = String::new();
        let expected = data(&format!("{case}.expected.txt"));
        for line in expected.lines() {
            let (who, rest) = line.split_once(": ").expect("who: statement => outcome");
            let (statement, expected) = rest.split_once("=>").expect("who: statement => outcome");
            let (role_of, name) = who.split_once('/').expect("role/name");
            let user = if name.is_empty() { "''".to_owned() } else { format!("md5('{name}')::uuid::text") };
            let signed_in = if supabase && name.is_empty() {
                "select set_config('request.jwt.claims', '', true)".to_owned()
            } else if supabase {
                format!(
                    "select set_config('request.jwt.claims', jsonb_build_object('sub', {user}, 'app_metadata', jsonb_build_object('role', '{role_of}'))::text, true)"
                )
            } else {
                format!(
                    "select set_config('app.user_id', {user}, true), set_config('app.role', '{role_of}', true)"
                )
            };
            client.batch_execute(&format!("begin; {signed_in}; set local role {role};")).expect("signing in");
            let found = outcome(&mut client, statement.trim());
            client.batch_execute("rollback").expect("the end of a transaction");
            if found != expected.trim() {
                wrong.push_str(&format!("{line}\n    but: {found}\n"));
            }
        }
        assert!(wrong.is_empty(), "{case} on {}:\n{wrong}\n{written}", server.version());
    }
}

#[test]
fn a_table_of_roles_by_things_is_kept_to() {
    check("desk", false);
}

#[test]
fn a_table_of_rights_by_roles_is_kept_to_and_companies_are_apart() {
    check("service", false);
}

#[test]
fn a_table_of_clauses_and_sentences_beside_it_is_kept_to_under_supabase() {
    check("practice", true);
}

#[test]
fn sentences_alone_are_kept_to() {
    check("tracker", false);
}

#[test]
fn policies_are_parts_that_can_be_left_out_and_are_proposed_once() {
    let text = data("desk.in.md");
    let design = design_of(&text);
    let id = design.briefs().next().expect("the brief").id;
    assert_eq!(brief::propose(&design, &brief::read(&text), id).parts.len(), 0, "nothing is proposed twice");
    let empty = Design::new();
    let proposal = brief::propose(&empty, &brief::read(&text), BriefId(1));
    let secured: Vec<&str> =
        proposal.parts.iter().map(|it| it.title.as_str()).filter(|it| it.starts_with("Secure")).collect();
    assert_eq!(secured, ["Secure the rows of article", "Secure the rows of comment"]);
    for left_out in 0..proposal.parts.len() {
        let chosen = (0..proposal.parts.len()).filter(|it| *it != left_out).collect();
        let edit =
            proposal.accept(&empty, &chosen).expect("the rest fits without one part and what needs it");
        empty.clone().apply(&edit).expect("the rest is valid");
    }
}

#[test]
fn what_nothing_explains_is_asked_and_not_allowed() {
    let reading = brief::read(
        "# Notes\n\nA user has a name. A note has a text and belongs to a user.\n\n## Permissions\n\n\
         A reader may see confidential notes. An editor may see all notes.\n",
    );
    let roles: Vec<Option<&str>> = reading.access.iter().map(|it| it.role.as_deref()).collect();
    assert_eq!(roles, [Some("editor")], "{:?}", reading.access);
    assert!(reading.questions.iter().any(|it| it.text.contains("confidential")), "{:?}", reading.questions);
}

#[test]
fn features_told_with_can_secure_nothing() {
    let reading = brief::read(
        "Customers can book a table. A table has a number and seats. A customer can cancel a booking. A booking has a date.",
    );
    assert_eq!(reading.access, []);
}

//! Requests in many words over ten designs, each with exactly the changes that it leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::asked as asked_of;
use super::*;
use crate::design::operation::{set_nullable, set_type};
use crate::design::{Change, Id, Matching, Place, Reach, diff};
use crate::read;
use crate::sql::{Options, ddl, type_name};

/// The answer to each request of a file, its lines beginning with `>`.
fn answers(schema: &str, requests: &str) -> String {
    let design = read::postgres(schema, &read::Options::default()).tree.design;
    let before = ddl(&design, &Options::of(&design)).text;
    let mut out = String::new();
    for request in requests.lines().filter_map(|it| it.strip_prefix("> ")) {
        out.push_str(&format!("> {request}\n"));
        match ask(&design, request) {
            Err(problem) => out.push_str(&format!("! {problem}\n")),
            Ok(proposal) => {
                let edit = proposal.accept_all(&design).expect("a proposal fits its design");
                let mut after = design.clone();
                after.apply(&edit).expect("valid");
                assert_eq!(after.violations(), [], "{request}");
                for change in diff(&design, &after, Matching::ById) {
                    if change.at().is_some_and(|(kind, _)| kind.reach() == Reach::Database) {
                        out.push_str(&format!("{change}\n"));
                        if let Change::TableAdded(at) = &change {
                            out.push_str(&columns(&after, at));
                        }
                    }
                }
                after.apply(&edit.inverse()).expect("its inverse");
                assert_eq!(after, design, "{request}: taken back");
                assert_eq!(ddl(&after, &Options::of(&after)).text, before, "{request}: taken back");
            }
        }
        out.push('\n');
    }
    out
}

/// What a new table holds.
fn columns(design: &Design, at: &Place) -> String {
    let table = design.tables().find(|it| Id::from(it.id) == at.id).expect("it was added");
    let column = |it: &crate::design::Column| {
        let null = if table.is_nullable(it.id) { "?" } else { "" };
        format!("{} {}{null}", it.name, type_name(design, &it.data_type))
    };
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    let names = |ids: &[crate::design::ColumnId]| table.column_names(ids).collect::<Vec<_>>().join(", ");
    let uniques = table.uniques.iter().map(|it| format!("unique ({})", names(&it.columns)));
    let key = table.primary_key.iter().map(|it| format!("key ({})", names(&it.columns)));
    let references = table.foreign_keys.iter().map(|it| {
        let to = design.table(it.references).map_or("", |it| it.name.as_str());
        format!("({}) references {to} on delete {}", names(&it.columns), it.on_delete.sql().to_lowercase())
    });
    let checks = table.checks.iter().map(|it| format!("check ({})", it.expression));
    let all: Vec<String> =
        columns.into_iter().chain(key).chain(uniques).chain(references).chain(checks).collect();
    format!("    {}\n", all.join("; "))
}

#[track_caller]
fn check(schema: &str, expected: &str) {
    let found = answers(schema, expected);
    let blocks =
        |text: &str| -> Vec<String> { text.trim().split("\n\n").map(|it| it.trim().to_owned()).collect() };
    let (found, expected) = (blocks(&found), blocks(expected));
    let wrong: Vec<String> = found
        .iter()
        .zip(&expected)
        .filter(|(found, expected)| found != expected)
        .map(|(found, expected)| format!("{found}\nin the place of\n{expected}"))
        .collect();
    assert!(wrong.is_empty() && found.len() == expected.len(), "{}", wrong.join("\n\n"));
}

macro_rules! designs {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                check(
                    include_str!(concat!("../../tests/data/ask/", stringify!($name), ".sql")),
                    include_str!(concat!("../../tests/data/ask/", stringify!($name), ".txt")),
                );
            }
        )+

        /// Each design's name, its SQL and what is asked of it.
        const DESIGNS: &[(&str, &str, &str)] = &[$((
            stringify!($name),
            include_str!(concat!("../../tests/data/ask/", stringify!($name), ".sql")),
            include_str!(concat!("../../tests/data/ask/", stringify!($name), ".txt")),
        )),+];

        #[test]
        #[ignore = "writes what was found, for a person to read"]
        fn write_answers() {
            $(
                let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ask/", stringify!($name), ".txt");
                let schema = include_str!(concat!("../../tests/data/ask/", stringify!($name), ".sql"));
                let text = std::fs::read_to_string(path).expect("it is there");
                std::fs::write(path, answers(schema, &text)).expect("it can be written");
            )+
        }
    };
}

designs! { work shop clinic school depot rental events gym farm press }

/// Kinds that no request of these designs is answered by: they tell why it is not done.
const TOLD: &[&str] = &["other_keys", "split_in_two"];

/// How many designs ask for each kind that fewer than three have occasion for.
const OF_FEW: &[(&str, usize)] = &[
    // Only two of the designs have a table of people.
    ("created_by", 2),
    ("updated_by", 2),
    ("authorship", 2),
    ("actors_when", 2),
];

#[test]
fn every_kind_is_asked_for_in_several_words() {
    let mut asked: BTreeMap<&str, (BTreeSet<String>, BTreeSet<&str>)> = BTreeMap::new();
    for (name, schema, requests) in DESIGNS {
        let design = read::postgres(schema, &read::Options::default()).tree.design;
        for request in requests.lines().filter_map(|it| it.strip_prefix("> ")) {
            let Ok(asking) = asked_of(&design, request) else { continue };
            for kind in asking.kinds {
                let (wordings, designs) = asked.entry(kind).or_default();
                wordings.insert(request.to_lowercase());
                designs.insert(name);
            }
        }
    }
    let kinds: BTreeSet<&str> = pattern::patterns().iter().map(|it| it.kind).collect();
    let few: Vec<String> = kinds
        .difference(&TOLD.iter().copied().collect())
        .filter_map(|kind| {
            let (wordings, designs) = asked.get(kind).cloned().unwrap_or_default();
            let least = OF_FEW.iter().find(|it| it.0 == *kind).map_or(3, |it| it.1);
            (wordings.len() < 5 || designs.len() < least)
                .then(|| format!("{kind}: {} requests, of {}", wordings.len(), designs.len()))
        })
        .collect();
    assert!(few.is_empty(), "{}", few.join("\n"));
}

#[test]
#[ignore = "writes what is answered of other designs, for a person to read: RELATA_ASK=directory"]
fn write_answers_of_others() {
    let Some(directory) = std::env::var_os("RELATA_ASK").map(std::path::PathBuf::from) else { return };
    let entries = std::fs::read_dir(&directory).expect("a directory").flatten().map(|it| it.path());
    for path in entries.filter(|it| it.extension().is_some_and(|it| it == "txt")) {
        let schema = std::fs::read_to_string(path.with_extension("sql")).expect("a design beside it");
        let requests = std::fs::read_to_string(&path).expect("it is there");
        let design = read::postgres(&schema, &read::Options::default()).tree.design;
        let told = answers(&schema, &requests);
        let kinds = |line: &str| match line.strip_prefix("> ").map(|it| asked_of(&design, it)) {
            Some(Ok(asking)) => format!("{line}\n= {}\n", asking.kinds.join(", ")),
            _ => format!("{line}\n"),
        };
        let told: String = told.lines().map(kinds).collect();
        std::fs::write(path.with_extension("out"), told).expect("it can be written");
    }
}

#[test]
fn partitions_follow_and_keys_are_named_once() {
    let schema = "CREATE TABLE language (language_id integer PRIMARY KEY, name text);
        CREATE TABLE payment (payment_id integer NOT NULL, amount numeric(5,2) NOT NULL, paid_on date NOT NULL, PRIMARY KEY (payment_id, paid_on)) PARTITION BY RANGE (paid_on);
        CREATE TABLE payment_2022 (payment_id integer NOT NULL, amount numeric(5,2) NOT NULL, paid_on date NOT NULL, PRIMARY KEY (payment_id, paid_on));
        ALTER TABLE payment ATTACH PARTITION payment_2022 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');";
    let design = read::postgres(schema, &read::Options::default()).tree.design;
    let migration = |request: &str| {
        let edit = ask(&design, request).expect("understood").accept_all(&design).expect("it fits");
        let mut after = design.clone();
        after.apply(&edit).expect("valid");
        (crate::migrate::migration(&design, &after, &[]).sql(), ddl(&after, &Options::of(&after)).text)
    };
    let (up, sql) = migration("add a memo column to payments");
    assert_eq!(up, "ALTER TABLE payment ADD COLUMN memo text;\n");
    assert_eq!(sql.matches("memo text").count(), 2, "the partition has it as well: {sql}");
    let (up, sql) = migration("payment.amount should be numeric(10,2)");
    assert_eq!(
        up,
        "ALTER TABLE payment ALTER COLUMN amount TYPE numeric(10,2) USING amount::numeric(10,2);\n"
    );
    assert_eq!(sql.matches("amount numeric(10,2)").count(), 2, "the partition's too: {sql}");
    let (up, _) = migration("rename payment.amount to total");
    assert_eq!(up, "ALTER TABLE payment RENAME COLUMN amount TO total;\n");
    // The same by hand.
    let payment = design.tables().find(|it| it.name == "payment").expect("it is there");
    let amount = payment.column_named("amount").expect("it is there").id;
    let by_type = set_type(&design, payment.id, amount, "numeric(12,4)").expect("a type");
    for edit in [by_type, set_nullable(&design, payment.id, amount, true)] {
        let mut after = design.clone();
        after.apply(&edit).expect("valid");
        let of = |name: &str| {
            let table = after.tables().find(|it| it.name == name)?;
            table.column_named("amount").map(|it| (it.data_type.clone(), it.nullable))
        };
        assert_eq!(of("payment_2022"), of("payment"));
        let migration = crate::migrate::migration(&design, &after, &[]).sql();
        assert_eq!(migration.matches("ALTER TABLE").count(), 1, "{migration}");
    }
    let (up, _) = migration("link payments to languages");
    assert!(up.starts_with("ALTER TABLE payment ADD COLUMN language_id integer"), "{up}");
}

#[test]
fn what_asks_for_nothing_changes_nothing() {
    let design = |text: &str| read::postgres(text, &read::Options::default()).tree.design;
    let work = design(include_str!("../../tests/data/ask/work.sql"));
    for text in include_str!("../../tests/data/ask/nothing.txt").lines() {
        assert!(ask(&work, text).is_err(), "{text}");
    }
}

#[test]
fn a_reason_and_a_slip_of_the_pen_are_told() {
    let design =
        read::postgres(include_str!("../../tests/data/ask/work.sql"), &read::Options::default()).tree.design;
    let reason = |text: &str| ask(&design, text).expect("understood").parts.pop().map(|it| it.reason);
    for text in ["drop tasks.notes, nobody uses it", "drop tasks.notes because nobody uses it"] {
        assert_eq!(reason(text).as_deref(), Some("It was asked for (nobody uses it)."), "{text}");
    }
    assert_eq!(
        reason("make the phone of users mandatroy").as_deref(),
        Some("It was asked for (`mandatroy` is read as `mandatory`).")
    );
}

#[test]
fn anything_is_answered_without_panic() {
    let schema = include_str!("../../tests/data/ask/work.sql");
    let design = read::postgres(schema, &read::Options::default()).tree.design;
    let long = "and ".repeat(300);
    for text in [
        "",
        " . ",
        "''",
        "\"",
        "add",
        "add to",
        "rename",
        "rename to to to",
        "tasks.",
        ".",
        "add ( to tasks",
        &long,
    ] {
        let _ = ask(&design, text);
    }
}

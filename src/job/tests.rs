//! Jobs as they go between the page and its worker.

use super::*;
use crate::design::Record;

/// As it goes between page and worker.
fn told(job: &Job, bytes: Vec<Vec<u8>>) -> (Answer, Option<Design>) {
    let job = serde_json::from_str(&serde_json::to_string(job).unwrap()).unwrap();
    let (answer, texts) = answer(job, bytes);
    let answer = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
    let records: Vec<Record> = texts.iter().map(|it| serde_json::from_str(it).unwrap()).collect();
    (answer, (!records.is_empty()).then(|| Design::of_records(records).unwrap()))
}

#[test]
fn a_reading_comes_back_as_it_was_read() {
    let text = "Each project has many tasks. A task is open, done or dropped. Tasks hang one level deep under tasks.";
    let (Answer::Read(reading), None) = told(&Job::Read { text: text.to_owned() }, Vec::new()) else {
        panic!()
    };
    assert_eq!(*reading, brief::read(text));
    assert!(!reading.entities.is_empty());
}

#[test]
fn large_designs_come_back_placed() {
    let tables: Vec<_> =
        (0..=AT_ONCE).map(|it| format!("CREATE TABLE t{it} (id int PRIMARY KEY);")).collect();
    let job = Job::Open { names: vec!["many.sql".to_owned()] };
    let (Answer::Opened(opened), Some(design)) = told(&job, vec![tables.join("\n").into_bytes()]) else {
        panic!()
    };
    assert_eq!(design.placements().count(), AT_ONCE + 1);
    assert_eq!(opened.report.unwrap().modelled, AT_ONCE + 1);
}

#[test]
fn findings_come_back_with_their_fixes() {
    let sql = "create table a (id bigint primary key); create table b (id bigint primary key, a_id bigint references a);";
    let design = crate::read::postgres(sql, &crate::read::Options::default()).tree.design;
    let job = Job::Lint { design: Packed::of(&design), config: Box::default() };
    let (Answer::Linted(found), None) = told(&job, Vec::new()) else { panic!() };
    let index = found.iter().find(|it| it.code == "IDX001").expect("a foreign key without an index");
    let finding = index.fix.as_ref().expect("an index can be added").finding.clone();
    let job = Job::Fix { design: Packed::of(&design), finding };
    let (Answer::Proposed(fix), None) = told(&job, Vec::new()) else { panic!() };
    assert!(fix.accept_all(&design).is_ok());
}

#[test]
fn a_design_is_written_as_its_file() {
    let sql = "create table a (id bigint primary key);";
    let design = crate::read::postgres(sql, &crate::read::Options::default()).tree.design;
    let (Answer::Text(file), None) = told(&Job::File { design: Packed::of(&design) }, Vec::new()) else {
        panic!()
    };
    assert_eq!(file, design.to_json());
}

#[test]
fn a_job_that_fails_says_why() {
    let job = Job::Open { names: vec!["x.json".to_owned()] };
    let (Answer::Failed(reason), None) = told(&job, vec![b"{".to_vec()]) else { panic!() };
    assert!(reason.starts_with("x.json:"), "{reason}");
}

#[test]
fn pasted_tables_reference_those_that_are_there_and_those_that_come_along() {
    let sql = "create table author (id bigint primary key); create table book (id bigint primary key, author_id bigint references author);";
    let mut design = crate::read::postgres(sql, &crate::read::Options::default()).tree.design;
    let text = "create table book (id bigint primary key, author_id bigint references author (id));\n\
                create table review (id bigint primary key, book_id bigint references book (id));";
    let job = Job::Paste { design: Packed::of(&design), sql: text.to_owned() };
    let (Answer::Proposed(proposal), None) = told(&job, Vec::new()) else { panic!() };
    let edit = proposal.accept_all(&design).unwrap();
    design.apply(&edit).unwrap();
    let shape: Vec<_> = design
        .tables()
        .map(|it| {
            let to = it.foreign_keys.iter().filter_map(|fk| design.table(fk.references));
            (it.name.as_str(), to.map(|it| it.name.as_str()).collect::<Vec<_>>())
        })
        .collect();
    let expected: [(&str, Vec<&str>); 4] = [
        ("author", vec![]),
        ("book", vec!["author"]),
        ("book_2", vec!["author"]),
        ("review", vec!["book_2"]),
    ];
    assert_eq!(shape, expected);
    let job = Job::Paste { design: Packed::of(&design), sql: "select 1".to_owned() };
    assert!(matches!(told(&job, Vec::new()).0, Answer::Failed(_)));
}

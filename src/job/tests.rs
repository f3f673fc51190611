//! Jobs as they go between the page and its worker.

use super::*;
use crate::design::{Id, Record};

/// As it goes between page and worker.
fn told(job: &Job, bytes: Vec<Vec<u8>>) -> (Answer, Option<Design>) {
    told_at(&mut Desk::default(), job, bytes)
}

/// The same of a worker that has done something before.
fn told_at(desk: &mut Desk, job: &Job, bytes: Vec<Vec<u8>>) -> (Answer, Option<Design>) {
    let job = serde_json::from_str(&serde_json::to_string(job).unwrap()).unwrap();
    let mut all = Vec::new();
    let (answer, texts) = answer(job, bytes, desk, &mut |early| all.extend(early));
    all.extend(texts);
    let answer = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
    let records: Vec<Record> = all.iter().map(|it| serde_json::from_str(it).unwrap()).collect();
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
fn what_is_told_of_a_table_comes_back_as_it_was_told() {
    let design = flawed();
    let table = design.tables().next().unwrap().id;
    let told_of = |table| told(&Job::Advise { design: Packed::of(&design), table }, Vec::new()).0;
    let Answer::Advised(advice) = told_of(table) else { panic!() };
    assert!(!advice.queries.is_empty());
    assert_eq!(advice, advise::rationale(&design, table).unwrap());
    assert!(matches!(told_of(TableId(u32::MAX)), Answer::Failed(_)));
}

#[test]
fn large_designs_come_back_placed() {
    let tables: Vec<_> = (0..=FEW).map(|it| format!("CREATE TABLE t{it} (id int PRIMARY KEY);")).collect();
    let job = Job::Open { names: vec!["many.sql".to_owned()] };
    let (Answer::Opened(opened), Some(design)) = told(&job, vec![tables.join("\n").into_bytes()]) else {
        panic!()
    };
    assert_eq!(design.placements().count(), FEW + 1);
    assert_eq!(opened.report.unwrap().modelled, FEW + 1);
}

#[test]
fn ways_come_back_as_they_were_found() {
    let lines = diagram::Diagram::of(&flawed()).routing_of(&[1, 0]);
    let told_of = |lines| told(&Job::Route { lines }, Vec::new()).0;
    let Answer::Routed(ways) = told_of(numbers_of(&lines)) else { panic!() };
    assert_eq!(routes_of(&ways), lines.routes());
    assert_eq!(lines.edges.len(), 2);
    assert!(matches!(told_of(vec![1.0]), Answer::Failed(_)));
}

#[test]
fn a_stamp_is_drawn_of_records_as_they_are_kept() {
    let kept = serde_json::to_vec(&flawed().records().collect::<Vec<_>>()).unwrap();
    let (Answer::Text(path), None) = told(&Job::Thumbnail, vec![kept]) else { panic!() };
    assert_eq!(path.matches('M').count(), 2);
    let (Answer::Failed(_), None) = told(&Job::Thumbnail, vec![b"[{".to_vec()]) else { panic!() };
}

/// Two references without an index, and a moment without its zone.
const FLAWED: &str = "create table a (id bigint generated always as identity primary key, at timestamp);
    create table b (id bigint generated always as identity primary key, a_id bigint not null references a,
        other_a_id bigint not null references a, note text not null, body text not null);";

fn flawed() -> Design {
    crate::read::postgres(FLAWED, &crate::read::Options::default()).tree.design
}

fn lint_of(design: &Design) -> Job {
    Job::Lint { design: Packed::of(design), marks: false }
}

fn critique(design: &Design) -> (Critique, serde_json::Value) {
    let (Answer::Linted(found), None) = told(&lint_of(design), Vec::new()) else { panic!() };
    let report = serde_json::from_str(&found.report).expect("JSON");
    (found, report)
}

#[test]
fn findings_come_back_by_table_by_place_and_whole() {
    let design = flawed();
    let (found, report) = critique(&design);
    let b = design.tables().find(|it| it.name == "b").expect("a table");
    let (severity, count) = found.tables.iter().find(|it| it.0 == b.id).and_then(|it| it.1).expect("a mark");
    assert!(severity == lint::Severity::Warning && count >= 2);
    let column = Id::from(b.columns[1].id);
    assert!(found.spots.come.iter().any(|it| it.id == column && it.message.contains("IDX001")));
    let places: Vec<_> =
        report["findings"].as_array().expect("a list").iter().filter(|it| it["code"] == "IDX001").collect();
    assert_eq!(places.len(), 2);
    assert_eq!(places[0]["table_name"], "b");
    assert!(!report["checklist"].as_array().expect("a list").is_empty());
    assert_eq!(report["preset"], "recommended");
}

fn again(opened: Option<u32>, changed: Vec<(Id, Option<Record>)>, marks: bool) -> Job {
    Job::LintAgain { opened, changed, marks }
}

/// What is marked after one answer more.
fn marked(marks: &mut Marks, found: &Critique) {
    found.mark(&mut marks.tables);
    found.spots.clone().lead(&mut marks.spots);
}

#[test]
fn after_edits_the_critic_says_what_it_says_of_the_whole() {
    let mut desk = Desk::default();
    let mut marks = Marks::default();
    let mut design = crate::random::design(3, &crate::random::Options::default());
    let (Answer::Linted(first), _) = told_at(&mut desk, &lint_of(&design), Vec::new()) else { panic!() };
    marked(&mut marks, &first);
    for step in 0..20 {
        let edit = crate::random::edit(&design, step);
        design.apply(&edit).expect("an edit by chance fits");
        let changed = edit.records.iter().filter_map(|it| Some((it.id()?, it.after.clone()))).collect();
        let told = told_at(&mut desk, &again(None, changed, step % 2 == 0), Vec::new());
        let (Answer::Linted(told), (found, _)) = (told.0, critique(&design)) else { panic!("step {step}") };
        marked(&mut marks, &told);
        let mut whole = Marks::default();
        marked(&mut whole, &found);
        assert_eq!(marks, whole, "step {step}");
        assert_eq!(told.report, if step % 2 == 0 { String::new() } else { found.report }, "step {step}");
    }
    let told = told_at(&mut desk, &again(None, Vec::new(), true), Vec::new());
    let Answer::Linted(told) = told.0 else { panic!() };
    assert!(told.tables.is_empty() && told.spots.is_empty() && told.report.is_empty(), "nothing differs");
}

#[test]
fn what_was_opened_is_looked_at_without_being_handed_over() {
    let mut desk = Desk::default();
    let sql = b"create table a (id bigint); create table b (id bigint primary key);";
    let job = Job::Open { names: vec!["x.sql".to_owned()] };
    let (Answer::Opened(opened), Some(mut design)) = told_at(&mut desk, &job, vec![sql.to_vec()]) else {
        panic!()
    };
    let mut table = design.tables().next().cloned().expect("a table");
    "renamed".clone_into(&mut table.name);
    design.apply(&Edit::default().put(&design, table.clone())).expect("fits");
    let changed = vec![(table.id.into(), Some(table.into()))];
    let told = told_at(&mut desk, &again(Some(opened.number), changed, false), Vec::new());
    let (Answer::Linted(told), (found, _)) = (told.0, critique(&design)) else { panic!() };
    assert_eq!(told, found);
    assert!(told.report.contains("renamed"));
    // It is looked at now, and edits go on from there; another number is another design.
    assert!(matches!(told_at(&mut desk, &again(None, Vec::new(), true), Vec::new()).0, Answer::Linted(_)));
    let other = again(Some(opened.number), Vec::new(), true);
    assert!(matches!(told_at(&mut desk, &other, Vec::new()).0, Answer::Failed(_)));
}

#[test]
fn edits_of_what_was_never_looked_at_are_no_look() {
    let (mut desk, design) = (Desk::default(), flawed());
    let again = |changed| again(None, changed, true);
    assert!(matches!(told_at(&mut desk, &again(Vec::new()), Vec::new()).0, Answer::Failed(_)));
    told_at(&mut desk, &lint_of(&design), Vec::new());
    assert!(matches!(told_at(&mut desk, &again(Vec::new()), Vec::new()).0, Answer::Linted(_)));
    // A table of an SQL schema that is not there: the worker has another design than the page.
    let mut stray = design.tables().next().cloned().expect("a table");
    stray.namespace = Some(crate::design::NamespaceId(9_999));
    let changed = vec![(Id::from(stray.id), Some(stray.into()))];
    assert!(matches!(told_at(&mut desk, &again(changed), Vec::new()).0, Answer::Failed(_)));
    assert!(
        matches!(told_at(&mut desk, &again(Vec::new()), Vec::new()).0, Answer::Failed(_)),
        "it is given up"
    );
}

#[test]
fn all_fixes_of_a_rule_are_one_proposal_whose_parts_fit_each_other() {
    let design = flawed();
    let fixed = |wanted: &str| {
        let job = Job::Fix { design: Packed::of(&design), wanted: wanted.to_owned() };
        let (Answer::Proposed(fix), None) = told(&job, Vec::new()) else { panic!() };
        let fix = fix.unpack();
        let mut after = design.clone();
        after.apply(&fix.accept_all(&design).expect("fits")).expect("fits");
        let indexes = after.tables().map(|it| it.indexes.len()).sum::<usize>();
        (fix.parts.len(), indexes)
    };
    assert_eq!(fixed(r#"{"code": "IDX001"}"#), (2, 2));
    assert_eq!(fixed(r#"{"code": "IDX001", "places": ["b.a_id"]}"#), (1, 1));
}

#[test]
fn a_decision_about_the_critic_is_an_edit_of_the_design() {
    let mut design = flawed();
    let judgement = r#"{"rate": {"code": "TYP001", "severity": "error"}}"#.to_owned();
    let job = Job::Judge { design: Packed::of(&design), judgement };
    let (Answer::Drafted(edit, _), None) = told(&job, Vec::new()) else { panic!() };
    design.apply(&edit).expect("fits");
    let (found, report) = critique(&design);
    assert!(found.tables.iter().any(|it| it.1.is_some_and(|it| it.0 == lint::Severity::Error)));
    assert_eq!(report["decisions"][0]["title"], "Rate TYP001: error");
}

#[test]
fn a_rule_has_its_page() {
    let (Answer::Text(page), None) = told(&Job::Rule { code: "IDX001".to_owned() }, Vec::new()) else {
        panic!()
    };
    assert!(page.starts_with("# IDX001"));
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
    let proposal = proposal.unpack();
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

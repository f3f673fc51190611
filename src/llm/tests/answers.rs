//! Answers, good, wrong and hostile.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{BRIEF, change, design, design_of, entities, relationships};
use crate::brief::{self, Reading};
use crate::design::{Brief, BriefId, Change as Differs, Design, Edit, Origin, Proposal, Reach};
use crate::llm::{Change, Checked, Context, Fault, MOST_TEXT, Step, check};
use crate::sql::{Options, ddl};

fn checked(step: Step, design: &Design, found: &Reading, answer: &str) -> Result<Checked, Vec<Fault>> {
    check(step, &Context { design, brief: BRIEF, request: "change it", found }, answer, "a-model")
}

fn found(step: Step, design: &Design, before: &Reading, answer: &Value) -> Result<Reading, Vec<Fault>> {
    match checked(step, design, before, &answer.to_string())? {
        Checked::Found(it) => Ok(*it),
        Checked::Change(it) => panic!("{it:?}"),
    }
}

fn changed(design: &Design, answer: &Value) -> Result<Change, Vec<Fault>> {
    match checked(Step::Change, design, &Reading::default(), &answer.to_string())? {
        Checked::Change(it) => Ok(*it),
        Checked::Found(it) => panic!("{it:?}"),
    }
}

/// The design after everything of a proposal, having seen that taking it back leaves nothing.
#[track_caller]
fn after(design: &Design, proposal: &Proposal) -> Design {
    let edit = proposal.accept_all(design).expect("a proposal fits its design");
    let mut after = design.clone();
    after.apply(&edit).expect("valid");
    assert_eq!(after.violations(), []);
    let mut back = after.clone();
    back.apply(&edit.inverse()).expect("its inverse");
    assert_eq!(&back, design);
    after
}

/// What differs in the database, in words.
fn words(design: &Design, change: &Change) -> Vec<String> {
    let parts = change.proposal.changes(design);
    let of_database = |it: &&Differs| it.at().is_some_and(|(kind, _)| kind.reach() == Reach::Database);
    parts.iter().flatten().filter(of_database).map(ToString::to_string).collect()
}

#[track_caller]
fn refused(design: &Design, up: &str) -> String {
    let faults = changed(design, &change(up, "")).expect_err("it is refused");
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_brief_becomes_a_proposal_in_two_steps_with_its_words_as_evidence() {
    let mut design = Design::new();
    let told = Brief { id: design.ids().take(), text: BRIEF.to_owned(), ..Brief::default() };
    let id = told.id;
    design.apply(&Edit::adding([told])).expect("valid");
    let first = found(Step::Entities, &design, &Reading::default(), &entities()).expect("fits");
    let names: Vec<&str> = first.entities.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["project", "task", "label"]);
    assert_eq!(first.entities[1].evidence[0].of(BRIEF), "Tasks belong to a project");
    // A quote that is not in the brief is no evidence.
    assert!(first.entities[2].attributes[0].assumed && !first.entities[2].assumed);
    let reading = found(Step::Relationships, &design, &first, &relationships()).expect("fits");
    assert_eq!(reading.relationships[1].via.as_deref(), Some("task_label"));
    let after = after(&design, &brief::propose(&design, &reading, id));
    let text = ddl(&after, &Options::of(&after)).text;
    for words in ["CREATE TABLE task_label", "status task_status NOT NULL", "ON DELETE CASCADE"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn relationships_may_end_at_tables_that_are_there_and_nowhere_else() {
    let design = design_of("CREATE TABLE users (id bigint PRIMARY KEY);");
    let first = found(Step::Entities, &design, &Reading::default(), &entities()).expect("fits");
    let mut answer = relationships();
    answer["relationships"][0]["to"] = json!("user");
    assert!(found(Step::Relationships, &design, &first, &answer).is_ok());
    answer["relationships"][0]["to"] = json!("invoice");
    let faults = found(Step::Relationships, &design, &first, &answer).expect_err("invented");
    assert_eq!(faults[0].to_string(), "`relationships[0].to`: there is no entity `invoice`");
}

#[test]
fn names_are_plain_or_refused() {
    for name in [
        "users; DROP TABLE users; --",
        "a\"b",
        "Task",
        "",
        "1st",
        "täsk",
        "<script>alert(1)</script>",
        &"a".repeat(64),
    ] {
        let mut answer = entities();
        answer["entities"][0]["name"] = json!(name);
        let faults = found(Step::Entities, &design(), &Reading::default(), &answer).expect_err(name);
        assert!(matches!(faults[0], Fault::Name { .. } | Fault::Schema { .. }), "{name}: {faults:?}");
        let mut answer = entities();
        answer["entities"][0]["attributes"][0]["name"] = json!(name);
        assert!(found(Step::Entities, &design(), &Reading::default(), &answer).is_err(), "{name}");
    }
    assert!(
        refused(&design(), "CREATE TABLE \"x\"\"; DROP TABLE task; --\" (id int);").contains("no plain name")
    );
    assert!(refused(&design(), "ALTER TABLE task ADD \"due date\" date;").contains("no plain name"));
}

#[test]
fn texts_of_a_model_hold_no_script_that_runs_and_no_sign_that_steers() {
    let mut answer = entities();
    answer["entities"][0]["description"] =
        json!("<img src=x onerror=alert(1)>\u{202e}\u{1b}[31m A\nproject.");
    let reading = found(Step::Entities, &design(), &Reading::default(), &answer).expect("fits");
    assert_eq!(reading.entities[0].description, "<img src=x onerror=alert(1)>[31m A project.");
}

#[test]
fn a_change_is_done_to_the_design_and_leads_back() {
    let design = design();
    let up = "ALTER TABLE task ADD COLUMN due_date date;\n\
        CREATE TABLE label (id bigint PRIMARY KEY, name text NOT NULL UNIQUE);\n\
        CREATE INDEX idx_task_due_date ON task (due_date);";
    let down = "DROP INDEX idx_task_due_date; DROP TABLE label; ALTER TABLE task DROP COLUMN due_date;";
    let told = changed(&design, &change(up, down)).expect("fits");
    assert_eq!(told.way_back, None);
    let titles: Vec<&str> = told.proposal.parts.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["Change table task", "Add table label"]);
    assert_eq!(told.proposal.parts[0].reason, "It was asked for.");
    let after = after(&design, &told.proposal);
    let task = after.tables().find(|it| it.name == "task").expect("there");
    assert_eq!(
        task.column_named("due_date").expect("added").origin,
        Origin::Model { model: "a-model".into() }
    );
    assert_eq!(task.origin, design.table(task.id).expect("the same").origin);
    assert_eq!(task.indexes.len(), 1);
}

#[test]
fn a_renamed_column_stays_the_same_one() {
    let design = design();
    let told = changed(
        &design,
        &change(
            "ALTER TABLE task RENAME COLUMN title TO name;",
            "ALTER TABLE task RENAME COLUMN name TO title;",
        ),
    );
    let told = told.expect("fits");
    assert_eq!(words(&design, &told), ["column `task.name` renamed from `title`"]);
    assert_eq!(told.way_back, None);
}

#[test]
fn a_way_back_that_leads_elsewhere_is_told() {
    let told = changed(
        &design(),
        &change("ALTER TABLE task ADD note text, ADD hint text;", "ALTER TABLE task DROP note;"),
    );
    let fault = told.expect("fits").way_back.expect("it differs").to_string();
    assert!(fault.contains("task.hint"), "{fault}");
}

#[test]
fn a_table_is_not_dropped_unless_a_person_chooses_it() {
    let design = design();
    let told = changed(&design, &change("DROP TABLE task;", "")).expect("fits");
    assert!(told.proposal.parts[0].is_offered && told.proposal.usual().is_empty());
}

#[test]
fn invented_tables_and_columns_are_refused_with_their_statement() {
    let told = refused(&design(), "ALTER TABLE widget ADD COLUMN size int;");
    assert!(told.contains("ALTER TABLE widget") && told.contains("`widget` is not in this text"), "{told}");
    assert!(refused(&design(), "ALTER TABLE task ADD a int; DROP TABLE nope;").contains("DROP TABLE nope"));
    assert!(refused(&design(), "CREATE INDEX i ON task (colour);").contains("colour"));
    assert!(refused(&design(), "CREATE TABLE t (id int REFERENCES nowhere (id));").contains("nowhere"));
}

#[test]
fn statements_that_are_no_change_of_a_schema_are_refused() {
    for sql in [
        "DELETE FROM task",
        "COPY task TO PROGRAM 'sh'",
        "DO $$ BEGIN EXECUTE 'x'; END $$",
        "GRANT ALL ON task TO public",
        "ALTER SYSTEM SET x = 1",
        "CREATE ROLE boss SUPERUSER",
        "ALTER TABLE task OWNER TO boss",
        "DROP DATABASE x",
        "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()",
        "SELECT pg_sleep(10)",
        "\\! rm -rf /",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpython3u AS 'import os'",
        "CREATE TABLE half (id int",
        "nonsense",
    ] {
        let told = refused(&design(), sql);
        assert!(!told.is_empty(), "{sql}");
    }
}

#[test]
fn an_empty_change_says_why() {
    let mut answer = change("", "");
    answer["potential_risks"] = json!(["There is no invoice."]);
    let faults = changed(&design(), &answer).expect_err("nothing");
    assert_eq!(faults[0].to_string(), "it changes nothing: There is no invoice.");
    let same = changed(&design(), &change("CREATE SCHEMA IF NOT EXISTS public;", ""));
    assert!(same.is_err());
}

#[test]
fn answers_that_are_no_answer() {
    let design = design();
    let fault = |answer: &str| {
        checked(Step::Change, &design, &Reading::default(), answer).expect_err("none").remove(0)
    };
    let whole = change("ALTER TABLE task ADD note text;", "ALTER TABLE task DROP note;").to_string();
    assert_eq!(fault(&whole[..whole.len() / 2]), Fault::CutOff);
    assert_eq!(fault(""), Fault::Empty);
    assert_eq!(fault(&"x".repeat(10_000_000)), Fault::TooLong { most: MOST_TEXT });
    assert!(matches!(fault("I am sorry."), Fault::NotJson { .. }));
    assert!(matches!(fault("{\"migration_up\": 7}"), Fault::Schema { .. }));
    let around = format!("Here it is:\n```json\n{whole}\n```\nShall I go on?");
    assert!(checked(Step::Change, &design, &Reading::default(), &around).is_ok());
}

/// JSON of any shape, made of the words of an answer.
fn any_json() -> impl Strategy<Value = Value> {
    let words = prop_oneof![
        Just("task"),
        Just("project"),
        Just("name"),
        Just("core"),
        Just("enum"),
        Just("many-to-many"),
        Just("x\"; --"),
        Just("set null"),
        Just("ALTER TABLE task ADD a int;"),
        Just("CREATE TABLE t (id int);"),
        Just("$$"),
        Just("'"),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        words.prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map("[a-z_]{1,8}", inner, 0..5)
                .prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

/// Puts another value somewhere into an answer.
fn spoil(at: &mut Value, way: &[usize], with: Value) {
    let inner = match (at, way) {
        (Value::Array(all), [step, rest @ ..]) if !all.is_empty() => {
            let nth = step % all.len();
            all.get_mut(nth).map(|it| (it, rest))
        }
        (Value::Object(all), [step, rest @ ..]) if !all.is_empty() => {
            let nth = step % all.len();
            all.values_mut().nth(nth).map(|it| (it, rest))
        }
        (at, _) => return *at = with,
    };
    if let Some((inner, rest)) = inner {
        spoil(inner, rest, with);
    }
}

/// SQL of pieces that a model might put together.
fn any_sql() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("ALTER TABLE "),
        Just("CREATE TABLE "),
        Just("DROP "),
        Just("task "),
        Just("project "),
        Just("ADD COLUMN "),
        Just("RENAME TO "),
        Just("label "),
        Just("(id int) "),
        Just("text "),
        Just("NOT NULL "),
        Just("; "),
        Just("$$ "),
        Just("' "),
        Just("\" "),
        Just("-- \n"),
        Just("/* "),
        Just("( "),
        Just(") "),
        Just("CREATE INDEX ON "),
        Just("REFERENCES "),
        Just("DROP COLUMN title "),
        Just("CASCADE "),
        Just("INSERT INTO "),
        Just("VALUES (1) "),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_is_a_proposal_that_fits_or_has_faults(
        step in 0_usize..4, with in any_json(), way in proptest::collection::vec(0_usize..12, 0..8),
    ) {
        let design = design();
        let step = Step::ALL[step];
        let mut answer = match step {
            Step::Entities => entities(),
            Step::Relationships => relationships(),
            Step::Schema | Step::Change => change("ALTER TABLE task ADD note text;", "ALTER TABLE task DROP note;"),
        };
        spoil(&mut answer, &way, with);
        let before = found(Step::Entities, &design, &Reading::default(), &entities()).expect("fits");
        match checked(step, &design, &before, &answer.to_string()) {
            Ok(Checked::Found(reading)) => drop(after(&design, &brief::propose(&design, &reading, BriefId::default()))),
            Ok(Checked::Change(it)) => drop(after(&design, &it.proposal)),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn any_sql_is_a_change_that_fits_or_has_faults(up in any_sql(), down in any_sql()) {
        let design = design();
        match changed(&design, &change(&up, &down)) {
            Ok(it) => drop(after(&design, &it.proposal)),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn any_text_has_faults(text in "\\PC{0,200}", step in 0_usize..4) {
        prop_assert!(checked(Step::ALL[step], &design(), &Reading::default(), &text).is_err());
    }
}

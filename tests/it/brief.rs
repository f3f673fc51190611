//! Briefs become designs: our own wordings of known cases, the corpus without a panic, and every result in PostgreSQL.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use relata::brief::{self, Choices, EntityKind, OnDelete, Reading, Relationship};
use relata::design::{Brief, BriefId, Design, Edit, Origin, ReferentialAction, Table, TableKind, convention};
use relata::sql;

use crate::postgres;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of briefs").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|it| it == "md" || it == "txt") {
            let text = std::fs::read_to_string(&path).expect("a text file");
            out.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
    }
    out.sort();
    out
}

/// The open corpora, where they are at hand.
fn corpora() -> Option<PathBuf> {
    let beside = root("../shared/corpora");
    std::env::var_os("RELATA_CORPORA").map(PathBuf::from).into_iter().chain([beside]).find(|it| it.is_dir())
}

/// The whole way: the brief is kept, its reading proposed, and every part accepted.
fn design_of(text: &str) -> (Reading, Design) {
    let mut design = Design::new();
    let id: BriefId = design.ids().take();
    let kept = Brief { id, title: String::new(), text: text.to_owned(), accepted: None };
    design.apply(&Edit::adding([kept])).expect("a brief is a record");
    let reading = brief::read(text);
    let proposal = brief::propose(&design, &reading, id);
    let edit = proposal.accept_all(&design).expect("a proposal fits the design that it was made for");
    design.apply(&edit).expect("an accepted proposal leaves a valid design");
    assert_eq!(design.violations(), []);
    (reading, design)
}

#[track_caller]
fn load_everywhere(name: &str, design: &Design) {
    for server in postgres::servers() {
        let options = sql::Options { target: server.version() as u8, ..sql::Options::default() };
        let written = sql::ddl(design, &options).text;
        if let Err(errors) = server.database(name).load(&written) {
            panic!("{name} on {}: {}\n{written}", server.version(), errors[0]);
        }
    }
}

#[track_caller]
fn table<'a>(design: &'a Design, name: &str) -> &'a Table {
    let names: Vec<&str> = design.tables().map(|it| it.name.as_str()).collect();
    design.table_named(None, name).unwrap_or_else(|| panic!("no table {name} among {names:?}"))
}

#[track_caller]
fn references(design: &Design, from: &str, column: &str, to: &str) -> (bool, ReferentialAction) {
    let from_table = table(design, from);
    let id = from_table.column_named(column).unwrap_or_else(|| panic!("{from} has no {column}")).id;
    let fk = from_table.foreign_keys.iter().find(|it| it.columns == [id]);
    let fk = fk.unwrap_or_else(|| panic!("{from}.{column} is no reference"));
    assert_eq!(fk.references, table(design, to).id, "{from}.{column}");
    (from_table.column(id).is_some_and(|it| it.nullable), fk.on_delete)
}

#[test]
fn what_the_text_tells_nothing_of_has_a_name() {
    let text = "A gardener rents plots. Each plot has a size and lies in one section. Every plot is visited by an inspector; \
                the inspection has a result.";
    let reading = brief::read(text);
    let told = |of: &str| -> Vec<(&str, bool)> {
        let entity = reading.entities.iter().find(|it| it.name == of).expect(of);
        entity.attributes.iter().map(|it| (it.name.as_str(), it.assumed)).collect()
    };
    assert_eq!(told("gardener"), [("name", true)]);
    assert_eq!(told("section"), [("name", true)]);
    assert_eq!(told("plot"), [("size", false)]);
    assert_eq!(told("inspection"), [("result", false)]);
}

#[test]
fn a_task_tracker_is_told_in_many_ways_and_gives_one_model() {
    let cases = texts(&root("tests/data/brief/tracker"));
    assert!(cases.len() >= 6);
    for (name, text) in cases {
        eprintln!("{name}");
        let (reading, design) = design_of(&text);
        // Names have the spelling of the text.
        let own = |it: &str| {
            let british = text.contains("rganisation") && !text.contains("rganization");
            if british { it.replace("organization", "organisation") } else { it.to_owned() }
        };
        for core in ["organization", "user", "project", "task", "comment", "attachment"] {
            let core = own(core);
            assert_eq!(table(&design, &core).kind, TableKind::Core, "{name}: {core}");
        }
        assert_eq!(table(&design, "role").kind, TableKind::Lookup, "{name}");
        for junction in ["organization_member", "project_member"] {
            let junction = own(junction);
            assert_eq!(table(&design, &junction).kind, TableKind::Junction, "{name}: {junction}");
            assert!(table(&design, &junction).uniques.iter().any(|it| it.columns.len() == 2), "{name}");
        }
        assert_eq!(design.tables().len(), 9, "{name}: nothing else");
        assert_eq!(references(&design, "task", "assignee_id", "user"), (true, ReferentialAction::SetNull));
        assert_eq!(references(&design, "task", "creator_id", "user"), (false, ReferentialAction::Restrict));
        assert_eq!(references(&design, "task", "project_id", "project").1, ReferentialAction::Cascade);
        assert_eq!(references(&design, "comment", "task_id", "task"), (false, ReferentialAction::Cascade));
        assert_eq!(references(&design, "attachment", "task_id", "task"), (false, ReferentialAction::Cascade));
        assert_eq!(references(&design, "comment", "author_id", "user").1, ReferentialAction::Restrict);
        assert_eq!(references(&design, "attachment", "uploader_id", "user").1, ReferentialAction::Restrict);
        let permission = reading.left_out.iter().any(|it| it.name == "permission");
        assert!(permission, "{name}: what is no table is listed");
        load_everywhere(&name, &design);
    }
}

#[test]
fn bullets_of_an_organization_give_memberships_nesting_and_history() {
    let cases = texts(&root("tests/data/brief/bullets"));
    assert!(cases.len() >= 6);
    for (name, text) in cases {
        eprintln!("{name}");
        let (_, design) = design_of(&text);
        for core in ["organization", "user", "project", "task", "comment", "activity"] {
            assert_eq!(table(&design, core).kind, TableKind::Core, "{name}: {core}");
        }
        assert!(design.table_named(None, "subtask").is_none(), "{name}: a subtask is a task");
        assert_eq!(design.tables().len(), 7, "{name}: nothing else");
        let member = table(&design, "organization_member");
        assert_eq!(member.kind, TableKind::Junction);
        let values = |table: &Table, column: &str| {
            let column = table.column_named(column).unwrap_or_else(|| panic!("{name}: no {column}")).clone();
            convention::values_of(&design, table, &column).unwrap_or_default()
        };
        let roles = values(member, "role");
        assert!(
            roles.contains(&"owner".to_owned()) && roles.contains(&"admin".to_owned()),
            "{name}: {roles:?}"
        );
        let task = table(&design, "task");
        assert!(values(task, "status").len() >= 3, "{name}");
        assert!(values(task, "priority").len() >= 3, "{name}");
        assert!(task.column_named("position").is_some(), "{name}: an order is a position");
        assert!(references(&design, "task", "parent_task_id", "task").0, "{name}");
        assert!(task.triggers.iter().any(|it| it.name.contains("nesting")), "{name}");
        assert!(table(&design, "comment").column_named("edited_at").is_some(), "{name}");
        assert!(table(&design, "activity").triggers.iter().any(|it| it.name.contains("immutable")), "{name}");
        load_everywhere(&name, &design);
    }
}

#[test]
fn one_level_of_subtasks_is_refused_by_the_trigger_both_ways() {
    let text = std::fs::read_to_string(root("tests/data/brief/bullets/sentences.in.md")).expect("a text");
    let (_, design) = design_of(&text);
    for server in postgres::servers() {
        let options = sql::Options { target: server.version() as u8, ..sql::Options::default() };
        let database = server.database("nesting");
        database.load(&sql::ddl(&design, &options).text).expect("the SQL loads");
        let mut client = database.client();
        let setup = "
            insert into organization (id, name, slug) values (gen_random_uuid(), 'o', 'o');
            insert into \"user\" (id, name, email) values (gen_random_uuid(), 'u', 'u@x.org');
            insert into project (id, organization_id, name, color, status)
                select gen_random_uuid(), id, 'p', '#ffffff', 'active' from organization;";
        client.batch_execute(setup).expect("rows of the tables above");
        let task = |name: &str, parent: &str| {
            format!(
                "insert into task (id, project_id, creator_id, parent_task_id, title, due_date, status, priority, position)
                 select gen_random_uuid(), p.id, u.id, {parent}, '{name}', current_date, 'todo', 'low', 1
                 from project p, \"user\" u"
            )
        };
        let of = |name: &str| format!("(select id from task where title = '{name}')");
        client.batch_execute(&task("top", "null")).expect("a task");
        client.batch_execute(&task("sub", &of("top"))).expect("a subtask");
        client.batch_execute(&task("deep", &of("sub"))).expect_err("a subtask of a subtask");
        client.batch_execute(&task("other", "null")).expect("another task");
        let under = format!("update task set parent_task_id = {} where title = 'top'", of("other"));
        client.batch_execute(&under).expect_err("a task with subtasks cannot become one");
        let itself = "update task set parent_task_id = id where title = 'other'";
        client.batch_execute(itself).expect_err("no task is its own subtask");
    }
}

#[test]
fn every_part_rests_on_words_or_says_why() {
    for folder in ["tracker", "bullets"] {
        for (name, text) in texts(&root(&format!("tests/data/brief/{folder}"))) {
            let (reading, design) = design_of(&text);
            for table in design.tables() {
                let explained = |it: &Origin| !matches!(it, Origin::Hand);
                assert!(explained(&table.origin), "{name}: {}", table.name);
                assert!(table.columns.iter().all(|it| explained(&it.origin)), "{name}: {}", table.name);
                assert!(table.foreign_keys.iter().all(|it| explained(&it.origin)), "{name}: {}", table.name);
            }
            let spoken = |it: &Relationship| it.assumed || !it.evidence.is_empty();
            assert!(reading.relationships.iter().all(spoken), "{name}");
            assert!(reading.entities.iter().all(|it| it.assumed || !it.evidence.is_empty()), "{name}");
            for it in reading.entities.iter().flat_map(|it| &it.evidence) {
                assert!(text.get(it.range()).is_some_and(|words| !words.is_empty()), "{name}: {it:?}");
            }
        }
    }
}

#[test]
fn parts_can_be_accepted_one_by_one() {
    let (_, text) = texts(&root("tests/data/brief/bullets")).remove(0);
    let design = Design::new();
    let reading = brief::read(&text);
    let proposal = brief::propose(&design, &reading, BriefId(1));
    for left_out in 0..proposal.parts.len() {
        let chosen: BTreeSet<usize> = (0..proposal.parts.len()).filter(|it| *it != left_out).collect();
        let edit =
            proposal.accept(&design, &chosen).expect("the rest fits without one part and what needs it");
        let mut after = design.clone();
        after.apply(&edit).expect("the rest is valid");
    }
}

#[test]
fn a_brief_read_again_proposes_nothing_new() {
    for (name, text) in texts(&root("tests/data/brief/tracker")) {
        let (reading, design) = design_of(&text);
        let id = design.briefs().next().expect("the brief").id;
        let again = brief::propose(&design, &reading, id);
        let titles: Vec<&str> = again.parts.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, [""; 0], "{name}");
    }
}

#[test]
fn value_sets_stay_columns_and_machinery_stays_out() {
    let reading = brief::read(
        "A ticket has a subject, a priority (low, medium, high) and a status: open, pending or solved. \
         Sessions and the audit log are handled by the platform. Customers have a name and an email.",
    );
    let names: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
    assert!(!names.iter().any(|it| ["priority", "status", "session", "audit_log"].contains(it)), "{names:?}");
    let ticket = reading.entities.iter().find(|it| it.name == "ticket").expect("tickets are a thing");
    let priority = ticket.attributes.iter().find(|it| it.name == "priority").expect("it has a priority");
    assert_eq!(
        priority.values.as_deref(),
        Some(&["low".to_owned(), "medium".to_owned(), "high".to_owned()][..])
    );
    assert!(
        reading.left_out.iter().any(|it| it.name == "audit_log" && it.reason.starts_with("infrastructure"))
    );
    assert!(reading.left_out.iter().any(|it| it.name == "priority" && it.reason == "value set of ticket"));
}

#[test]
fn a_hidden_many_to_many_is_asked_with_its_likelihood() {
    let reading =
        brief::read("A book has a title and an author. An author has a name. Each book has one genre.");
    let asked = reading.questions.iter().find(|it| it.text.contains("several") && it.text.contains('%'));
    let asked = asked.unwrap_or_else(|| panic!("{:?}", reading.questions));
    assert_eq!(asked.options.len(), 2);
    assert!(!asked.evidence.is_empty());
}

#[test]
fn what_is_deleted_follows_ownership() {
    let reading = brief::read(
        "An order consists of order lines. An order line has a quantity and a product. A product has a name and a price.",
    );
    let of = |from: &str, to: &str| {
        let found = reading.relationships.iter().find(|it| it.from == from && it.to == to);
        found.unwrap_or_else(|| panic!("{from} -> {to}: {:?}", reading.relationships)).on_delete
    };
    assert_eq!(of("order_line", "order"), OnDelete::Cascade);
    assert_eq!(of("order_line", "product"), OnDelete::Restrict);
    assert!(reading.entities.iter().all(|it| it.kind != EntityKind::Infrastructure));
}

#[test]
fn rows_that_a_text_names_are_in_the_database() {
    let (_, design) = design_of(
        "We have three departments: sales, support and HR. Each employee works in a department. Employees have a name.",
    );
    let choices = Choices {
        answers: [(
            "Will somebody add further values to the type of a room without a developer?".to_owned(),
            1,
        )]
        .into(),
        ..Choices::default()
    };
    let rooms = brief::read("A room has a number and a type: single, double or suite.");
    assert!(rooms.questions.iter().any(|it| choices.answers.contains_key(&it.text)), "{:?}", rooms.questions);
    let before = Design::new();
    let proposal = brief::propose(&before, &rooms.chosen(&choices), BriefId(1));
    let mut listed = Design::new();
    listed.apply(&proposal.accept_all(&before).expect("it fits")).expect("valid");
    for server in postgres::servers() {
        let options = sql::Options { target: server.version() as u8, ..sql::Options::default() };
        for (design, table, rows) in [
            (&design, "department", ["HR", "sales", "support"]),
            (&listed, "type", ["double", "single", "suite"]),
        ] {
            let database = server.database("rows");
            let written = sql::ddl(design, &options).text;
            database.load(&written).unwrap_or_else(|it| panic!("{}\n{written}", it[0]));
            let query = format!(r#"SELECT name FROM "{table}" ORDER BY name COLLATE "C""#);
            let found = database.client().query(&query, &[]).unwrap_or_else(|it| panic!("{it}\n{written}"));
            let found: Vec<String> = found.iter().map(|it| it.get(0)).collect();
            assert_eq!(found, rows, "{written}");
        }
    }
    // What needs more than a name is told where it is read.
    let (_, design) =
        design_of("Plans: Free, Pro and Team. Each plan has a monthly price. A user subscribes to a plan.");
    let plan = design.table_named(None, "plan").expect("a table of plans");
    let comment = plan.comment.as_deref().unwrap_or_default();
    assert!(plan.seed.is_none() && comment.ends_with("Its rows: Free, Pro, Team."), "{comment}");
}

#[test]
fn every_brief_of_the_corpus_becomes_a_schema_that_loads() {
    let Some(corpora) = corpora() else {
        eprintln!("SKIPPED: the corpora are not at hand");
        return;
    };
    let mut designs: Vec<(String, Design)> = Vec::new();
    for folder in ["prd/briefs", "prd/user-stories"] {
        for (name, text) in texts(&corpora.join(folder)) {
            assert_eq!(brief::read(&text), brief::read(&text), "{name}: the same text, the same reading");
            designs.push((name, design_of(&text).1));
        }
    }
    for case in ["entity-extraction", "relational-inference"] {
        let folder = corpora.join(format!("prd/liam/{case}/input"));
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(entry.path()).expect("a text file");
            designs.push((entry.file_name().to_string_lossy().into_owned(), design_of(&text).1));
        }
    }
    assert!(designs.len() >= 10);
    for server in postgres::servers() {
        let database = server.database("briefs");
        let mut client = database.client();
        for (name, design) in &designs {
            let options = sql::Options { target: server.version() as u8, ..sql::Options::default() };
            let written = sql::ddl(design, &options).text;
            if let Err(error) = postgres::rehearse(&mut client, &written) {
                panic!("{name} on {}: {error}", server.version());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_soup_of_words_is_read(words in proptest::collection::vec("[a-zA-Z]{1,8}|[:;,.()\\[\\]{}|=>*#/–—\\-\"'`]|\n|  - |\t|1\\.|§|é|has|of|each|is|a|the|and|or|As an? |I want to|unique|status|every", 0..120)) {
        let text = words.join(" ");
        let reading = brief::read(&text);
        for it in reading.entities.iter().flat_map(|it| &it.evidence) {
            prop_assert!(text.get(it.range()).is_some());
        }
        let design = Design::new();
        let proposal = brief::propose(&design, &reading, BriefId(1));
        prop_assert!(proposal.accept_all(&design).is_ok());
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,400}") {
        brief::read(&text);
    }
}

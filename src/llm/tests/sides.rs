//! The reader and the model side by side, and what the page is told.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{BRIEF, SCHEMA, change, design, design_of, entities, relationships};
use crate::brief::{self, Reading, RelationshipKind};
use crate::design::{Brief, Design, Edit};
use crate::llm::{Checked, Context, Pick, Side, State, Step, answer_to, check, compare, merged};

fn of_model() -> Reading {
    let (design, found) = (Design::new(), Reading::default());
    let context = Context { design: &design, brief: BRIEF, request: "", found: &found };
    let Ok(Checked::Found(first)) = check(Step::Entities, &context, &entities().to_string(), "m") else {
        panic!("the entities fit");
    };
    let context = Context { found: &first, ..context };
    match check(Step::Relationships, &context, &relationships().to_string(), "m") {
        Ok(Checked::Found(reading)) => *reading,
        other => panic!("{other:?}"),
    }
}

/// The model's reading with one thing of each kind changed.
fn of_other() -> Reading {
    let mut other = of_model();
    other.entities[0].name = "projects".into();
    other.entities[1].attributes[1].type_name = "timestamptz".into();
    other.entities.retain(|it| it.name != "label" && it.name != "task_label");
    other.relationships.remove(1);
    other.relationships[0].from = "task".into();
    other.relationships[0].to = "projects".into();
    other.relationships[0].role = Some("home".into());
    other.relationships[0].nullable = true;
    other
}

#[test]
fn each_thing_is_agreed_of_one_alone_or_in_conflict() {
    let rows = compare(&of_other(), &of_model());
    let states: Vec<(&str, State)> = rows.iter().map(|it| (it.name.as_str(), it.state)).collect();
    assert_eq!(
        states,
        [
            ("projects", State::Agreed),
            ("task", State::Conflict),
            ("label", State::Only(Side::Model)),
            ("task_label", State::Only(Side::Model)),
            ("task and projects as home", State::Conflict),
            ("task and label", State::Only(Side::Model)),
        ]
    );
    assert_eq!(rows[1].differences, ["due_date: timestamptz or date"]);
    assert_eq!(rows[4].differences, ["optional or required"]);
}

#[test]
fn what_is_picked_is_taken_and_nothing_else() {
    let (reader, model) = (of_other(), of_model());
    let usual = merged(&reader, &model, &BTreeMap::new());
    let names: Vec<&str> = usual.entities.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["projects", "task", "label", "task_label"]);
    assert_eq!(usual.entities[1].attributes[1].type_name, "timestamptz");
    assert_eq!(usual.relationships.len(), 2);
    let picks = BTreeMap::from([
        ("entity:task".to_owned(), Pick::Model),
        ("entity:label".to_owned(), Pick::Neither),
        ("relationship:task>projects:home".to_owned(), Pick::Model),
    ]);
    let picked = merged(&reader, &model, &picks);
    let names: Vec<&str> = picked.entities.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["projects", "task"]);
    assert_eq!(picked.entities[1].attributes[1].type_name, "date");
    let one = &picked.relationships[0];
    assert_eq!((one.from.as_str(), one.to.as_str(), one.nullable), ("task", "projects", false));
}

#[test]
fn a_relationship_of_another_kind_is_in_conflict() {
    let (mut other, model) = (of_model(), of_model());
    other.relationships[1].kind = RelationshipKind::ManyToOne;
    let rows = compare(&other, &model);
    let row = rows.iter().find(|it| it.name == "task and label").expect("there");
    assert_eq!(row.state, State::Conflict);
    assert_eq!(row.differences, ["many task to one label or many task to many label"]);
    assert!(compare(&model, &model).iter().all(|it| it.state == State::Agreed));
}

fn asked(question: &Value, design: &Design, bytes: &[u8]) -> Value {
    let told = answer_to(&question.to_string(), Some(design.clone()), bytes).expect("a question");
    serde_json::from_str(&told).expect("JSON")
}

fn told_design() -> Design {
    let mut design = Design::new();
    let brief = Brief { id: design.ids().take(), text: BRIEF.to_owned(), ..Brief::default() };
    design.apply(&Edit::adding([brief])).expect("valid");
    design
}

#[test]
fn the_page_goes_from_a_brief_to_a_proposal() {
    let design = told_design();
    let first = asked(&json!({"ask": "prompt", "step": "entities"}), &design, b"");
    assert!(first["text"].as_str().expect("text").contains("Tasks belong to a project"));
    let check = |told: &Value, answer: Value| {
        json!({"ask": "check", "prompt": told["prompt"], "answer": answer.to_string(), "model": "m", "round": 0,
            "found": told["found"]})
    };
    let second = asked(&check(&first, entities()), &design, b"");
    assert_eq!((&second["told"], &second["prompt"]["step"]), (&json!("prompt"), &json!("relationships")));
    let sides = asked(&check(&second, relationships()), &design, b"");
    assert_eq!(sides["told"], "side_by_side");
    let merge = json!({"ask": "merge", "reader": sides["reader"], "model": sides["model"], "picks": {}});
    let proposal = asked(&merge, &design, b"");
    assert!(proposal["proposal"]["parts"].as_array().is_some_and(|it| it.len() > 3), "{proposal}");
    // Without a model the reader alone says as much as it always does.
    assert!(!brief::read(BRIEF).entities.is_empty());
}

#[test]
fn an_answer_with_faults_is_asked_for_again_twice_and_then_given_up() {
    let design = design();
    let mut told = asked(&json!({"ask": "prompt", "step": "change", "request": "size"}), &design, b"");
    let answer = change("ALTER TABLE widget ADD size int;", "").to_string();
    for round in 0..3 {
        assert!(told["prompt"].is_object(), "{told}");
        told = asked(
            &json!({"ask": "check", "prompt": told["prompt"], "answer": answer, "model": "m", "round": round, "request": "size"}),
            &design,
            b"",
        );
    }
    assert_eq!(told["told"], "unusable");
    assert!(told["faults"][0].as_str().expect("words").contains("widget"));
}

#[test]
fn what_was_heard_and_what_went_wrong_are_told() {
    let endpoint = json!({"provider": "ollama", "url": "http://localhost:11434", "model": "m"});
    let none = design_of(SCHEMA);
    let listen = asked(&json!({"ask": "listen", "endpoint": endpoint}), &none, b"");
    let heard = asked(
        &json!({"ask": "hear", "hearing": listen["hearing"], "ends": true, "tries": 1, "omit": {}}),
        &none,
        b"{\"message\":{\"content\":\"hello\"},\"done\":true}\n",
    );
    assert_eq!(heard["text"], "hello");
    let status =
        json!({"ask": "status", "status": 429, "retry_after": 1, "body": "", "tries": 1, "omit": {}});
    assert_eq!(asked(&status, &none, b"")["wait"], 1_000);
    let failed = json!({"ask": "failed", "trouble": "timeout", "tries": 1});
    assert_eq!(asked(&failed, &none, b"")["wait"], Value::Null);
    assert!(answer_to("{\"ask\": \"anything\"}", None, b"").is_err());
}

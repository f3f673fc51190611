//! The model's room as a whole: what is asked, what is heard, and what is believed of it.

mod answers;
mod asking;
mod hearing;
mod sides;

use serde_json::{Value, json};

use super::{Context, Prompt, Step};
use crate::brief::Reading;
use crate::design::Design;
use crate::read;

const SCHEMA: &str = "
    CREATE TABLE app_user (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
    CREATE TABLE project (id bigint PRIMARY KEY, name text NOT NULL, owner_id bigint NOT NULL REFERENCES app_user (id));
    CREATE TABLE task (id bigint PRIMARY KEY, title text NOT NULL, project_id bigint REFERENCES project (id));";

const BRIEF: &str = "Teams plan work in projects. A project has a name and a budget.\n\
    Tasks belong to a project; each task has a title, a due date and a status: open, doing, done.\n\
    A task can have several labels.";

fn design() -> Design {
    design_of(SCHEMA)
}

fn design_of(sql: &str) -> Design {
    read::postgres(sql, &read::Options::default()).tree.design
}

fn asked(step: Step, design: &Design, request: &str) -> Prompt {
    let found = Reading::default();
    Prompt::new(step, &Context { design, brief: BRIEF, request, found: &found })
}

fn entities() -> Value {
    let attribute = |name: &str, kind: &str, quote: &str| json!({"name": name, "type": kind, "nullable": false, "unique": false, "values": null, "quotes": [quote]});
    let entity = |name: &str, quote: &str, attributes: Vec<Value>| {
        json!({"name": name, "kind": "core", "description": format!("A {name}."), "reason": "", "quotes": [quote],
            "attributes": attributes})
    };
    let mut status = attribute("status", "enum", "a status: open, doing, done");
    status["values"] = json!(["open", "doing", "done"]);
    json!({"entities": [
        entity("project", "A project has a name", vec![
            attribute("name", "text", "has a name"), attribute("budget", "numeric", "a budget")]),
        entity("task", "Tasks belong to a project", vec![
            attribute("title", "text", "a title"), attribute("due_date", "date", "a due date"), status]),
        entity("label", "several labels", vec![attribute("name", "text", "never said")]),
    ], "left_out": [{"name": "teams", "reason": "nothing is said of them"}]})
}

fn relationships() -> Value {
    let one = |from: &str, to: &str, kind: &str, delete: &str, quote: &str| {
        json!({"from": from, "to": to, "role": null, "kind": kind, "via": null, "nullable": false, "on_delete": delete,
            "reason": "The text says so.", "many_likelihood": 0, "quotes": [quote]})
    };
    json!({"relationships": [
        one("task", "project", "many-to-one", "cascade", "Tasks belong to a project"),
        one("task", "label", "many-to-many", "cascade", "can have several labels"),
    ]})
}

fn change(up: &str, down: &str) -> Value {
    json!({"migration_up": up, "migration_down": down, "safety_checks": [], "potential_risks": [],
        "reasons": [{"table": "task", "reason": "It was asked for."}]})
}

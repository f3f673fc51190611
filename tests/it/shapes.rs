//! The usual shapes of the lexicon: each, taken in as an assumption, is SQL that PostgreSQL accepts.

use relata::brief::lexicon::{Aggregate, lexicon};
use relata::brief::{self, Attribute, Entity, EntityKind, Reading};
use relata::design::{Brief, BriefId, Design, Edit};
use relata::sql;

use crate::postgres;

/// How many shapes a list of nothing but names brings; the others are places and verbs, of which a prompt gives no row.
const BY_NAME: usize = 400;

/// A text that names the thing and what it usually belongs to, and says nothing of them.
fn text_of(name: &str, shape: &Aggregate) -> String {
    let user = (!shape.people.is_empty()).then_some("user");
    let company =
        shape.parents.iter().chain(&shape.also).copied().chain(user).filter(|it| *it != name).take(4);
    let names: Vec<String> = std::iter::once(name).chain(company).map(|it| it.replace('_', " ")).collect();
    match names.as_slice() {
        [only] => format!("Entities: {only}, note.\n"),
        all => format!("Entities: {}.\n", all.join(", ")),
    }
}

/// The shape as an entity, for names that no text makes one.
fn entity_of(name: &str, shape: &Aggregate) -> Entity {
    let attribute = |it: &brief::lexicon::Usual| Attribute {
        name: it.name.to_owned(),
        type_name: if it.values.is_empty() { "text".to_owned() } else { "enum".to_owned() },
        nullable: it.nullable,
        values: (!it.values.is_empty()).then(|| it.values.iter().map(|it| (*it).to_owned()).collect()),
        assumed: true,
        evidence: Vec::new(),
        unique: it.unique,
        unique_in: None,
    };
    Entity {
        name: name.to_owned(),
        kind: EntityKind::Core,
        description: String::new(),
        assumed: true,
        evidence: Vec::new(),
        attributes: shape.attributes.iter().map(attribute).collect(),
        reason: String::new(),
        rows: Vec::new(),
    }
}

/// The SQL of a design that holds what the reading says.
fn sql_of(text: &str, reading: &Reading, version: u8) -> String {
    let mut design = Design::new();
    let id: BriefId = design.ids().take();
    let kept = Brief { id, title: String::new(), text: text.to_owned(), accepted: None };
    design.apply(&Edit::adding([kept])).expect("a brief is a record");
    let edit = brief::propose(&design, reading, id).accept_all(&design).expect("a proposal fits its design");
    design.apply(&edit).expect("an accepted proposal leaves a valid design");
    assert_eq!(design.violations(), [], "{text}");
    sql::ddl(&design, &sql::Options { target: version, ..sql::Options::default() }).text
}

#[test]
fn every_usual_shape_is_sql_that_postgres_accepts() {
    let shapes = &lexicon().aggregates;
    assert!(shapes.len() >= 400, "{} shapes", shapes.len());
    let mut named = 0;
    let mut readings = Vec::new();
    for (name, shape) in shapes {
        let text = text_of(name, shape);
        let mut reading = brief::read(&text);
        let whole =
            |it: &Entity| it.name == *name && (shape.attributes.is_empty() || !it.attributes.is_empty());
        if reading.entities.iter().any(whole) {
            named += 1;
        } else {
            reading.entities.retain(|it| it.name != *name);
            reading.entities.push(entity_of(name, shape));
        }
        readings.push((*name, text, reading));
    }
    assert!(named >= BY_NAME, "{named} of {}", shapes.len());
    if let Some(server) = postgres::newest() {
        let database = server.database("shapes");
        for (name, text, reading) in &readings {
            let written = sql_of(text, reading, server.version() as u8);
            // Each in a schema of its own: what is tried is the shape, not how shapes get on.
            let script =
                format!("CREATE SCHEMA \"shape {name}\";\nSET search_path TO \"shape {name}\";\n{written}");
            if let Err(errors) = database.load(&script) {
                panic!("{name} on {}: {}\n{written}", server.version(), errors[0]);
            }
        }
    }
}

//! Designs through links: what is opened is what was shared.

use std::collections::BTreeMap;

use relata::design::Design;
use relata::share::{Options, decode, encode};
use relata::{random, read};
use serde_json::Value;

use crate::read::sql_files;

#[track_caller]
fn assert_shared(design: &Design) {
    let link = encode(design, &Options::default()).expect("it fits a link");
    assert_same(design, &decode(&link.fragment).expect("the link opens"));
}

#[test]
fn a_design_of_everything_comes_back() {
    let text = include_str!("../data/design/v1.relata.json");
    assert_shared(&Design::from_json(text).expect("the sample is a design"));
}

#[test]
fn random_designs_come_back() {
    for seed in 0..60 {
        assert_shared(&random::design(seed, &random::Options { tables: 12, ..random::Options::default() }));
    }
}

#[test]
fn real_schemas_come_back() {
    for (name, text) in sql_files("schemas") {
        // The largest take a minute without optimisation and say nothing new.
        if cfg!(debug_assertions) && text.len() > 150_000 {
            continue;
        }
        println!("{name}");
        assert_shared(&read::postgres(&text, &read::Options::default()).tree.design);
    }
}

/// Holds two designs to be equal but for their identities, which must map one to one, and what a link leaves behind.
#[track_caller]
fn assert_same(old: &Design, new: &Design) {
    let json = |it: &Design| serde_json::from_str::<Value>(&it.to_json()).expect("a design file is JSON");
    let (mut old, mut new) = (json(old), json(new));
    for it in [&mut old, &mut new] {
        it.as_object_mut().expect("an object").retain(|key, _| key != "next_id" && key != "snapshots");
        if let Some(placements) = it.get_mut("placements").and_then(Value::as_array_mut) {
            placements.sort_by_key(|it| it["table"].as_u64());
        }
    }
    let mut identities = Identities::default();
    identities.compare("", &old, &new);
}

#[derive(Default)]
struct Identities {
    new: BTreeMap<Option<u64>, Option<u64>>,
    old: BTreeMap<Option<u64>, Option<u64>>,
}

impl Identities {
    const FIELDS: &[&str] = &[
        "id",
        "namespace",
        "columns",
        "references",
        "ref_columns",
        "set_columns",
        "include",
        "table",
        "tables",
        "needs",
        "reads",
        "about",
        "owned_by",
        "brief",
        "enum",
        "domain",
        "composite",
        "range",
        "row",
        "column",
        "index",
        "constraint",
        "function",
        "story",
        "inherits",
        "update_of",
    ];

    #[track_caller]
    fn compare(&mut self, field: &str, old: &Value, new: &Value) {
        match (old, new) {
            (Value::Object(a), Value::Object(b)) => {
                let (mut old_keys, mut new_keys): (Vec<_>, Vec<_>) = (a.keys().collect(), b.keys().collect());
                old_keys.sort();
                new_keys.sort();
                assert_eq!(old_keys, new_keys, "in {field}: {old}\n{new}");
                for (key, it) in a {
                    self.compare(key, it, &b[key]);
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                assert_eq!(a.len(), b.len(), "in {field}: {old}\n{new}");
                a.iter().zip(b).for_each(|(a, b)| self.compare(field, a, b));
            }
            (Value::Number(a), Value::Number(b)) if Self::FIELDS.contains(&field) => {
                let (a, b) = (a.as_u64(), b.as_u64());
                assert_eq!(*self.new.entry(a).or_insert(b), b, "in {field}: {a:?} became {b:?}");
                assert_eq!(*self.old.entry(b).or_insert(a), a, "in {field}: {a:?} became {b:?}");
            }
            // The lines of an imported file stay behind.
            (Value::Number(_), Value::Number(_)) if field == "line" => {}
            (a, b) => assert_eq!(a, b, "in {field}"),
        }
    }
}

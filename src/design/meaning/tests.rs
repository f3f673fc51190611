//! The lexicon against a table of names, and the rules that join names with stated types.

use std::fmt::Write;

use super::*;

/// Entity, name and stated type (`-` for none).
const NAMES: &str = include_str!("../../../tests/data/meaning/names.in.tsv");

fn meaning(entity: &str, name: &str, stated: &str) -> Meaning {
    let said = |it: &str| (it != "-").then(|| it.to_owned());
    let stated = said(stated).map(|it| LooseType::parse(&it).expect("a type"));
    meaning_of(name, stated.as_ref(), said(entity).as_deref())
}

fn type_words(data_type: &DataType) -> String {
    let builtin = DataType { dimensions: 0, ..data_type.clone() }.as_builtin().expect("a built-in type");
    let mut words = builtin.short_name().to_owned();
    if !data_type.modifiers.is_empty() {
        write!(words, "({})", data_type.modifiers.join(",")).expect("a string takes everything");
    }
    words + &"[]".repeat(data_type.dimensions.into())
}

/// The meaning as one line, in words close to SQL.
fn shown(meaning: &Meaning) -> String {
    let mut line = format!("{} {}", meaning.name, type_words(&meaning.data_type));
    let mut add = |words: &str| {
        line.push(' ');
        line.push_str(words);
    };
    add(if meaning.nullable { "null" } else { "not null" });
    if let Some(default) = &meaning.default {
        add(&format!("default {default}"));
    }
    if let Some(check) = &meaning.check {
        add(&format!("check ({check})"));
    }
    match meaning.unique {
        Uniqueness::Free => {}
        Uniqueness::Exact => add("unique"),
        Uniqueness::IgnoringCase => add("unique ignoring case"),
    }
    if let Some(entity) = &meaning.reference {
        add(&format!("references {entity}"));
    }
    if !meaning.values.is_empty() {
        add(&format!("in ({})", meaning.values.join(", ")));
    }
    if let Some(index) = meaning.index {
        add(&format!("index {}", index.name()));
    }
    line
}

#[test]
fn two_hundred_names_mean_what_a_reader_expects() {
    let mut found = String::new();
    for row in NAMES.lines().filter(|it| !it.starts_with('#')) {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let [entity, name, stated] = cells[..] else { panic!("three cells: {row}") };
        writeln!(found, "{entity}.{}", shown(&meaning(entity, name, stated)))
            .expect("a string takes everything");
    }
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/meaning"),
        prepend_module_to_snapshot => false,
    }, { insta::assert_snapshot!("names.out", found) });
}

#[test]
fn a_stated_type_is_refined_but_never_contradicted() {
    assert_eq!(type_words(&meaning("-", "price", "decimal").data_type), "numeric(12,2)");
    assert_eq!(type_words(&meaning("-", "price", "numeric(10,4)").data_type), "numeric(10,4)");
    let text = meaning("-", "price", "string");
    assert_eq!((type_words(&text.data_type).as_str(), text.check, text.sense), ("text", None, None));
}

#[test]
fn any_name_is_survived() {
    for name in ["", "_", "é", "\"", "id", "by", "😀 id", "a'b", "select", &"long_".repeat(100)] {
        for stated in ["-", "string", "int", "bool[]", "a|b", "ref(x)"] {
            let meaning = meaning("order", name, stated);
            assert!(meaning.values.is_empty() || stated == "a|b");
        }
    }
}

//! The page's texts: every message is there in every language, with the same values, and is said somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// The language that is complete by definition: the one that is written first.
const FIRST: &str = "en";

/// Each message with the values that it puts in.
type Messages = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_language_has_every_message_with_the_same_values() {
    let first = messages(FIRST);
    for language in languages() {
        let other = messages(&language);
        let missing: Vec<_> = first.keys().filter(|it| !other.contains_key(*it)).collect();
        let stray: Vec<_> = other.keys().filter(|it| !first.contains_key(*it)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        assert!(stray.is_empty(), "{language} has {stray:?}, which {FIRST} has not");
        for (id, values) in &other {
            assert_eq!(values, &first[id], "values of `{id}` in {language}");
        }
    }
}

#[test]
fn every_message_is_said_and_what_is_said_is_a_message() {
    let there = messages(FIRST);
    let said = said();
    let unsaid: Vec<_> = there.keys().filter(|id| !said.iter().any(|it| it.id == **id)).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
    for it in said {
        let Some(values) = there.get(&it.id) else {
            panic!("{} says `{}`, which is no message", it.file, it.id)
        };
        assert_eq!(&it.values, values, "{} gives other values to `{}` than it takes", it.file, it.id);
    }
}

#[test]
fn the_page_offers_every_language_that_there_is() {
    let script = fs::read_to_string(root().join("web/texts.js")).unwrap();
    for language in languages() {
        assert!(script.contains(&format!("[\"{language}\", ")), "web/texts.js does not offer {language}");
    }
}

#[test]
fn values_are_found_in_calls_of_several_lines() {
    let calls = calls(
        "a.rs",
        "say!(\"one\"), say!(\n  \"two\", name = f(\"a, b = c\"), count = say!(\"three\", at = 1),\n)",
    );
    let told: Vec<_> =
        calls.iter().map(|it| (it.id.as_str(), it.values.iter().cloned().collect::<Vec<_>>())).collect();
    assert_eq!(
        told,
        [
            ("one", vec![]),
            ("two", vec!["count".to_owned(), "name".to_owned()]),
            ("three", vec!["at".to_owned()])
        ]
    );
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn languages() -> Vec<String> {
    let folders = fs::read_dir(root().join("locales")).expect("locales/ is there").flatten();
    folders.map(|it| it.file_name().into_string().expect("a plain name")).collect()
}

fn messages(language: &str) -> Messages {
    let mut found = Messages::new();
    for file in files(&root().join("locales").join(language), "ftl") {
        let text = fs::read_to_string(&file).expect("a text");
        let tree = parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.display()));
        for entry in tree.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name.to_owned();
            let mut values = BTreeSet::new();
            if let Some(value) = &message.value {
                of_pattern(value, &mut values);
            }
            assert!(message.value.is_some(), "`{id}` in {language} says nothing");
            assert!(found.insert(id.clone(), values).is_none(), "`{id}` stands twice in {language}");
        }
    }
    found
}

fn of_pattern(pattern: &Pattern<&str>, values: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, values);
        }
    }
}

fn of_expression(expression: &Expression<&str>, values: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, values),
        Expression::Select { selector, variants } => {
            of_inline(selector, values);
            for it in variants {
                of_pattern(&it.value, values);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, values: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            values.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for it in &arguments.positional {
                of_inline(it, values);
            }
        }
        InlineExpression::Placeable { expression } => of_expression(expression, values),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}

/// A message that is asked for, with the values it is given.
struct Call {
    file: String,
    id: String,
    values: BTreeSet<String>,
}

fn said() -> Vec<Call> {
    let mut all = Vec::new();
    for file in files(&root().join("src/app"), "rs").into_iter().chain(files(&root().join("web"), "js")) {
        let name = file.strip_prefix(root()).expect("ours").display().to_string();
        let code: String = fs::read_to_string(&file)
            .expect("a text")
            .lines()
            .filter(|it| !it.trim_start().starts_with("//"))
            .fold(String::new(), |text, line| text + line + "\n");
        all.extend(calls(&name, &code));
    }
    all
}

/// Every `say!("id", name = …)` of a text in Rust, every `say("id", { name: … })` of one in JavaScript.
fn calls(file: &str, code: &str) -> Vec<Call> {
    let is_rust = Path::new(file).extension().is_some_and(|it| it == "rs");
    let (begins, sign) = if is_rust { ("say!(", '=') } else { ("say(", ':') };
    let inside = code.match_indices(begins).map(|(at, _)| code[at + begins.len()..].trim_start());
    let quoted = inside.filter_map(|it| it.strip_prefix('"'));
    let call = |rest: &str| {
        let (id, rest) = rest.split_once('"')?;
        let values = arguments(rest).into_iter().filter_map(|it| {
            Some(it.trim_start_matches(['{', ' ', '\n']).split_once(sign)?.0.trim().to_owned())
        });
        Some(Call { file: file.to_owned(), id: id.to_owned(), values: values.collect() })
    };
    quoted.filter_map(call).collect()
}

/// What stands between the commas of a call, up to its end.
fn arguments(text: &str) -> Vec<String> {
    let (mut all, mut now) = (Vec::new(), String::new());
    let (mut depth, mut is_quoted) = (0, false);
    for letter in text.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '(' | '[' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                all.push(std::mem::take(&mut now));
                continue;
            }
            _ => {}
        }
        now.push(letter);
    }
    all.push(now);
    all.retain(|it| !it.trim().is_empty());
    all
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

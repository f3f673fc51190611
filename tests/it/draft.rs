//! SQL text edited by chance: the design says afterwards what the text says, and what was not touched is as it was.

use relata::design::{Design, Edit, Id, Record, Replaced};
use relata::random;
use relata::read::{self, PieceKind, draft, split};
use relata::sql::{self, ddl};

/// How many edits of each kind.
const EDITS: u64 = 200;

/// How many failures are told in full.
const SHOWN: usize = 5;

fn written(design: &Design) -> String {
    ddl(design, &sql::Options::of(design)).text
}

fn imported(text: &str) -> Design {
    read::postgres(text, &read::Options { most_rows: usize::MAX, ..read::Options::default() }).tree.design
}

/// The statements of a text, whatever their order: things stand in the order of their birth, and what was added to a design is
/// younger than what stands below it in the text.
fn statements(text: &str) -> Vec<&str> {
    let all = split(text).into_iter().filter(|it| it.kind != PieceKind::Trivia);
    let mut all: Vec<&str> = all.map(|it| it.span.of(text)).collect();
    all.sort_unstable();
    all
}

/// What is wrong with the design after an edit of its text.
fn wrong(design: &Design, after: &Design, text: &str) -> Option<String> {
    let fresh = imported(text);
    let (ours, theirs) = (written(after), written(&fresh));
    let (one, two) = (statements(&ours), statements(&theirs));
    if let Some(it) = one.iter().find(|it| !two.contains(it)) {
        return Some(format!("the design says what the text does not: {it}"));
    }
    if let Some(it) = two.iter().find(|it| !one.contains(it)) {
        return Some(format!("the text says what the design does not: {it}"));
    }
    for table in design.tables() {
        let Some(now) = after.table_named(table.namespace, &table.name) else { continue };
        if now.id != table.id {
            return Some(format!("table {} has another identity", table.name));
        }
        let moved =
            table.columns.iter().find(|it| now.column_named(&it.name).is_some_and(|now| now.id != it.id));
        if let Some(it) = moved {
            return Some(format!("column {}.{} has another identity", table.name, it.name));
        }
    }
    None
}

#[track_caller]
fn none_wrong(found: &[String], of: u64) {
    for it in found.iter().take(SHOWN) {
        eprintln!("{it}\n");
    }
    assert!(found.is_empty(), "{} of {of} went wrong", found.len());
}

#[test]
fn what_is_changed_in_the_text_is_changed_in_the_design_and_nothing_else() {
    let mut found = Vec::new();
    for seed in 0..EDITS {
        let design = random::design(seed, &random::Options::default());
        let change = random::edit(&design, seed ^ 0x5eed);
        let mut wanted = design.clone();
        wanted.apply(&change).expect("an edit by chance fits");
        let text = written(&wanted);
        let drafted = draft(&design, &text);
        let mut after = design.clone();
        if let Err(refused) = after.apply(&drafted.edit) {
            found.push(format!("seed {seed}: {refused}"));
            continue;
        }
        if let Some(it) = drafted.problems.first() {
            found.push(format!("seed {seed}: {it} at {}", it.span.of(&text)));
            continue;
        }
        if let Some(it) = wrong(&design, &after, &text) {
            found.push(format!("seed {seed}: {it}"));
        }
        let touched: Vec<_> = change.records.iter().filter_map(Replaced::id).collect();
        // Columns that a table inherits change with those of the table above.
        let inherits = |it: &Record| matches!(it, Record::Table(it) if it.partition_of.is_some() || !it.inherits.is_empty());
        let is_stray = |it: &Id| design.record(*it).is_some_and(|it| !inherits(&it)) && !touched.contains(it);
        let stray = design.differing(&after).into_iter().find(is_stray);
        if let Some(it) = stray {
            let part = Edit {
                records: drafted
                    .edit
                    .records
                    .into_iter()
                    .filter(|replaced| replaced.id() == Some(it))
                    .collect(),
            };
            found.push(format!("seed {seed}: a record that nothing was done to is changed: {part:?}"));
        }
    }
    none_wrong(&found, EDITS);
}

/// A generator with one state, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if end == 0 { 0 } else { (self.0 >> 33) as usize % end }
    }
}

/// What a person does to a text: a statement or a line away, twice or elsewhere, a word changed, half a word typed, much cut out.
fn edited(text: &str, seed: u64) -> String {
    let mut chance = Chance(seed);
    let spans: Vec<_> =
        split(text).into_iter().filter(|it| it.kind == PieceKind::Statement).map(|it| it.span).collect();
    let Some(span) = spans.get(chance.below(spans.len())).copied() else { return text.to_owned() };
    let (start, end) = (span.start as usize, span.end as usize);
    let own = &text[start..end];
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let lines: Vec<&str> = own.split_inclusive('\n').collect();
    let line = chance.below(lines.len());
    let line_at = start + lines[..line].iter().map(|it| it.len()).sum::<usize>();
    let line_end = line_at + lines[line].len();
    match chance.below(9) {
        0 => format!("{}{}", &text[..start], &text[end..]),
        1 => format!("{}{}\n{own}", &text[..start], &text[end..]),
        2 => format!("{}{}", &text[..line_at], &text[line_end..]),
        3 => format!("{}{}{}", &text[..line_end], lines[line], &text[line_end..]),
        4 => text.replacen("text", "varchar(40)", 1),
        5 => {
            let place = boundary(start + chance.below(own.len()));
            format!("{}xy{}", &text[..place], &text[place..])
        }
        6 => {
            let place = boundary(start + chance.below(own.len()));
            let to = boundary((place + chance.below(60)).min(text.len()));
            format!("{}{}", &text[..place], &text[to..])
        }
        7 => {
            let place = boundary(start + chance.below(own.len()));
            let signs = ["'", "(", ")", "\"", "/*", ";", "$$", "--", ",", "CREATE TABLE "];
            format!("{}{}{}", &text[..place], signs[chance.below(signs.len())], &text[place..])
        }
        _ => format!(
            "{}\nCREATE TABLE added_{seed} (id bigint PRIMARY KEY, name text);\n{}",
            &text[..start],
            &text[start..]
        ),
    }
}

#[test]
fn whatever_is_typed_the_design_holds_together_and_says_what_the_text_says() {
    let (mut found, mut clean) = (Vec::new(), 0);
    for seed in 0..EDITS * 3 {
        let design = random::design(seed, &random::Options::default());
        let text = edited(&written(&design), seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let drafted = draft(&design, &text);
        let mut after = design.clone();
        if let Err(refused) = after.apply(&drafted.edit) {
            found.push(format!("seed {seed}: {refused}"));
            continue;
        }
        assert_eq!(after.violations(), [], "seed {seed}");
        if drafted.problems.is_empty() {
            clean += 1;
            if let Some(it) = wrong(&design, &after, &text) {
                found.push(format!("seed {seed}: {it}"));
            }
        } else {
            let again = draft(&after, &text);
            let left: Vec<_> = again.edit.records.iter().filter_map(Replaced::id).collect();
            if !left.is_empty() {
                found.push(format!("seed {seed}: the same text once more changes {left:?}"));
            }
        }
    }
    assert!(clean >= EDITS as usize, "only {clean} edits were without error");
    none_wrong(&found, EDITS * 3);
}

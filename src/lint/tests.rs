//! Every rule against its own examples, the catalogue's, and designs by chance.

use std::path::{Path, PathBuf};

use super::*;
use crate::design::Design;
use crate::read;

/// Tables that examples may reference.
const PRELUDE: &str = include_str!("../../tests/data/lint/prelude.sql");

fn design(sql: &str) -> Design {
    let mut design = read::postgres(&format!("{PRELUDE}{sql}"), &read::Options::default()).tree.design;
    let facts = stated(&format!("{PRELUDE}{sql}"), &design);
    design.apply(&facts).expect("facts fit");
    design
}

fn config(rule: &Rule) -> Config {
    Config { select: vec![rule.code.to_owned()], preset: Some(Preset::Core), ..Config::default() }
}

/// The same with the options that an example sets: `-- option target 16`.
fn config_of(rule: &Rule, sql: &str) -> Config {
    let mut config = config(rule);
    for line in sql.lines().filter_map(|it| it.strip_prefix("-- option ")) {
        let (name, value) = line.split_once(' ').expect("an option has a value");
        let value = serde_json::from_str(value).expect("an option is JSON");
        config.options.entry(rule.code.to_owned()).or_default().insert(name.to_owned(), value);
    }
    config
}

/// The findings of one rule about an example, those about the prelude left aside.
fn found(rule: &Rule, sql: &str) -> Vec<Finding> {
    let config = config_of(rule, sql);
    let mut found = match rule.check {
        Check::Script(_) => {
            let scripts = [Script { name: "before", text: BEFORE }, Script { name: "example", text: sql }];
            lint_scripts(&scripts, &config)
        }
        Check::Table(_) | Check::Named(..) | Check::Design(..) => lint(&design(sql), &config),
    };
    found.retain(|it| it.code == rule.code && it.file.as_deref() != Some("before"));
    found.retain(|it| {
        !["users", "tenants", "products"].contains(&it.place.split('.').next().unwrap_or_default())
    });
    found
}

/// What is there before an example of a script runs.
const BEFORE: &str = include_str!("../../tests/data/lint/before.sql");

#[test]
fn every_rule_fires_on_what_fails_and_is_silent_on_what_passes() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let (fails, passes) = (rule.examples("Fails"), rule.examples("Passes"));
        if fails.is_empty() || passes.is_empty() {
            wrong.push(format!("{} lacks an example", rule.code));
        }
        for (sql, _) in fails.iter().filter(|it| found(rule, &it.0).is_empty()) {
            wrong.push(format!("{} is silent on\n{sql}", rule.code));
        }
        for (sql, _) in &passes {
            for finding in found(rule, sql) {
                wrong.push(format!("{} says {}: {} of\n{sql}", rule.code, finding.place, finding.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_names_and_order_are_as_they_should_be() {
    let codes: Vec<&str> = rules().map(|it| it.code).collect();
    let mut distinct: Vec<&str> = rules().flat_map(|it| [it.code, it.name]).collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), codes.len() * 2);
    for rule in rules() {
        assert!(rule.page.contains("## Why"), "{} does not say why", rule.code);
        assert!(rule.name.bytes().all(|it| it.is_ascii_lowercase() || it == b'-'), "{}", rule.name);
    }
}

#[test]
fn a_fix_takes_its_finding_away_and_leaves_a_valid_design() {
    let mut wrong = Vec::new();
    for rule in rules().filter(|it| it.fix().is_some() && !matches!(it.check, Check::Script(_))) {
        let mut offered = 0;
        for (sql, _) in rule.examples("Fails") {
            let before = design(&sql);
            let errors = |design: &Design| {
                let all = lint(design, &Config::default()).into_iter();
                all.filter(|it| it.severity == Severity::Error).map(|it| it.fingerprint()).collect::<Vec<_>>()
            };
            let known = errors(&before);
            for finding in found(rule, &sql) {
                let Some(proposal) = finding.proposal(&before) else { continue };
                offered += 1;
                let mut after = before.clone();
                let applied = proposal.accept_all(&before).map(|edit| after.apply(&edit));
                if !matches!(applied, Ok(Ok(()))) {
                    wrong
                        .push(format!("{}: the fix of {} is refused: {applied:?}", rule.code, finding.place));
                    continue;
                }
                let left = lint(&after, &config(rule));
                if left.iter().any(|it| it.code == finding.code && it.place == finding.place) {
                    wrong.push(format!("{}: {} is still found after its fix", rule.code, finding.place));
                }
                let new: Vec<String> = errors(&after).into_iter().filter(|it| !known.contains(it)).collect();
                if !new.is_empty() {
                    wrong.push(format!("{}: the fix of {} brings {new:?}", rule.code, finding.place));
                }
            }
        }
        if offered == 0 {
            wrong.push(format!("{} says that it has a fix and offers none for its examples", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fix_of_a_statement_takes_its_finding_away() {
    let mut wrong = Vec::new();
    for rule in rules().filter(|it| it.fix().is_some() && matches!(it.check, Check::Script(_))) {
        let mut offered = 0;
        for (sql, _) in rule.examples("Fails") {
            let before = found(rule, &sql);
            for finding in &before {
                let Some(Remedy::Rewrite(edits)) = finding.fix.as_ref().map(|it| &it.remedy) else {
                    continue;
                };
                offered += 1;
                let after = rewritten(&sql, &edits.iter().collect::<Vec<_>>());
                if found(rule, &after).len() >= before.len() {
                    wrong.push(format!("{} is still found in\n{after}", rule.code));
                }
            }
        }
        if offered == 0 {
            wrong.push(format!("{} says that it has a fix and offers none for its examples", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn designs_by_chance_are_read_without_panic_and_always_alike() {
    for seed in 0..60 {
        let design = crate::random::design(seed, &crate::random::Options::default());
        let once = lint(&design, &Config::preset(Preset::Strict));
        assert_eq!(once, lint(&design, &Config::preset(Preset::Strict)), "seed {seed}");
    }
}

#[test]
fn after_each_edit_the_findings_are_those_of_a_new_run() {
    let config = Config::preset(Preset::Strict);
    for seed in 0..40 {
        let mut design = crate::random::design(seed, &crate::random::Options::default());
        let mut linter = Linter::new(&design, config.clone());
        for step in 0..25 {
            let edit = crate::random::edit(&design, seed * 1_000 + step);
            design.apply(&edit).expect("an edit by chance fits");
            linter.update(&design, &edit);
            let (now, anew) = (linter.findings(), lint(&design, &config));
            let anew: Vec<&Finding> = anew.iter().collect();
            if now != anew {
                let missing: Vec<_> =
                    anew.iter().filter(|it| !now.contains(it)).map(|it| it.fingerprint()).collect();
                let more: Vec<_> =
                    now.iter().filter(|it| !anew.contains(it)).map(|it| it.fingerprint()).collect();
                panic!("seed {seed}, step {step}: missing {missing:?}, left over {more:?}");
            }
        }
    }
}

#[test]
fn a_thousand_edits_of_one_design_are_followed() {
    for (preset, seed) in [(Preset::Recommended, 7), (Preset::Supabase, 8)] {
        let config = Config::preset(preset);
        let mut design = crate::random::design(seed, &crate::random::Options::default());
        let mut linter = Linter::new(&design, config.clone());
        for step in 1..=1_000 {
            let edit = crate::random::edit(&design, seed * 10_000 + step);
            design.apply(&edit).expect("an edit by chance fits");
            linter.update(&design, &edit);
            if step % 25 == 0 {
                let anew = lint(&design, &config);
                assert_eq!(linter.findings(), anew.iter().collect::<Vec<_>>(), "seed {seed}, step {step}");
            }
        }
    }
}

#[test]
fn fixing_everything_ends_and_leaves_a_valid_design() {
    for seed in 0..25 {
        let design = crate::random::design(seed, &crate::random::Options::default());
        let (edit, _) = fix_all(&design, &Config::preset(Preset::Strict), true);
        let mut after = design.clone();
        after.apply(&edit).unwrap_or_else(|refused| panic!("seed {seed}: {refused}"));
        assert_eq!(after.violations(), [], "seed {seed}");
    }
}

#[test]
fn the_order_of_rules_is_of_no_account() {
    for seed in 0..20 {
        let design = crate::random::design(seed, &crate::random::Options::default());
        let config = Config::preset(Preset::Strict);
        let there = Linter::with_rules(&design, config.clone(), rules());
        let back = Linter::with_rules(&design, config, rules().collect::<Vec<_>>().into_iter().rev());
        assert_eq!(there.into_findings(), back.into_findings(), "seed {seed}");
    }
}

/// What the catalogue says of facts that are not read from comments, or of text that a design does not keep.
const NOT_ASKED: &[&str] = &[
    // `DEFAULT NULL` of a column is the same as none, and read so.
    "create table t (id bigint primary key, nick text not null default null);",
    // Told once the design has comments at all.
    "create table t (id bigint primary key);",
    // The target is a setting of the design.
    "create table t (id uuid primary key default uuidv7());",
];

#[test]
fn the_catalogue_s_lines_fire_and_are_silent() {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora"));
    let corpora = std::env::var_os("RELATA_CORPORA").map_or_else(beside, PathBuf::from);
    let Ok(catalogue) = std::fs::read_to_string(corpora.join("../lint-rules.md")) else { return };
    let (mut wrong, mut count) = (Vec::new(), 0);
    let mut rule = None;
    for line in catalogue.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            rule = rules().find(|it| heading.starts_with(it.code));
        }
        let Some(rule) = rule else { continue };
        for (kind, fires) in [("- Fails: `", true), ("- Passes: `", false)] {
            let Some(sql) = line.strip_prefix(kind).and_then(|it| it.rsplit_once('`')).map(|it| it.0) else {
                continue;
            };
            if NOT_ASKED.contains(&sql) {
                continue;
            }
            count += 1;
            if found(rule, sql).is_empty() == fires {
                wrong.push(format!("{} {kind} {sql}", rule.code));
            }
        }
    }
    assert!(count > 380, "only {count} lines");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Files of migrations with known hazards, written by others; what each is about, and the rule that tells it.
const HAZARDS: &[(&str, &str)] = &[
    ("E1", "MIG005"),
    ("E2", "MIG007"),
    ("E3", "TYP006"),
    ("E4", "MIG020"),
    ("E5", "MIG015"),
    ("E6", "MIG001"),
    ("E7", "MIG012"),
    ("E8", "MIG014"),
    ("E9", "MIG018"),
    ("E10", "MIG020"),
    ("E11", "MIG010"),
    ("E15", "IDX001"),
    ("W12", "MIG022"),
    ("W14", "MIG013"),
];

#[test]
fn known_hazards_are_told_and_what_avoids_them_is_not() {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora"));
    let corpora = std::env::var_os("RELATA_CORPORA").map_or_else(beside, PathBuf::from);
    let folder = corpora.join("hazards/eugene");
    if !folder.is_dir() {
        return;
    }
    let mut wrong = Vec::new();
    for (name, code) in HAZARDS {
        for (kind, wanted) in [("bad", true), ("good", false)] {
            let Ok(text) = std::fs::read_to_string(folder.join(format!("{name}_{kind}.sql"))) else {
                continue;
            };
            let files: Vec<(String, &str)> = parts(&text);
            let scripts: Vec<Script<'_>> = files.iter().map(|(name, text)| Script { name, text }).collect();
            let rule = rules().find(|it| it.code == *code).expect("a rule");
            let config = config(rule);
            let design = read::postgres(&text, &read::Options::default()).tree.design;
            let told = lint_scripts(&scripts, &config)
                .into_iter()
                .chain(lint(&design, &config))
                .any(|it| it.code == *code);
            if told != wanted {
                wrong.push(format!("{name}_{kind}: {code} {}", if told { "is told" } else { "is not told" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The scripts of a file, each below a line such as `-- 2.sql`; a script is run in one transaction.
fn parts(text: &str) -> Vec<(String, &str)> {
    let starts: Vec<usize> = text
        .match_indices("-- ")
        .map(|it| it.0)
        .filter(|at| {
            let name = text[*at..].lines().next().map(Path::new).and_then(Path::extension);
            name.is_some_and(|it| it == "sql")
        })
        .collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(from, to)| (format!("{from:05}.sql"), &text[*from..to])).collect()
}

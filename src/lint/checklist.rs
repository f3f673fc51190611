//! What is looked over before a schema is taken into use: each line holds, or has its findings.

use std::collections::BTreeSet;

use serde::Serialize;

use super::config::matches;
use super::{Finding, Severity, topics};
use crate::base;
use crate::design::{Design, Story};

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing but judgements stands against it.
    Holds,
    /// Something stands against it.
    Open,
    /// It was not looked at.
    NotRun,
}

/// What came of running the schema on a clean PostgreSQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ran {
    /// It was not run.
    Not,
    /// Every statement went through, on this version.
    Through(String),
    /// A statement was refused, in the server's words.
    Refused(String),
}

/// One line of the checklist with what stands against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What is to hold.
    pub title: &'static str,
    /// Whether it does.
    pub state: State,
    /// What else is to be said: the server's version or words, or why nothing was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The rules that tell, as codes and patterns of codes.
    pub rules: &'static [&'static str],
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Judgements to make, which leave the line as it is.
    pub infos: usize,
    /// Where, in order of place: the gravest rules' first few.
    pub places: Vec<String>,
}

impl Line {
    fn new(title: &'static str, rules: &'static [&'static str]) -> Self {
        let (state, note, places) = (State::Holds, None, Vec::new());
        Self { title, state, note, rules, errors: 0, warnings: 0, infos: 0, places }
    }

    /// Whether something stands against it.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }
}

/// The line that a run on a real server decides.
pub const RUNS: &str = "It runs on a clean PostgreSQL";

/// The line that the stories decide.
const STORIES: &str = "Every user story finds what it speaks of";

/// So many places are named in a line.
const NAMED: usize = 5;

/// What is to hold, with the rules that tell. A rule belongs to the first line that names it.
const LINES: &[(&str, &[&str])] = &[
    (
        "Every row has a key that lasts",
        &["KEY001", "KEY002", "KEY003", "KEY004", "KEY005", "KEY014", "KEY015", "KEY017", "KEY008"],
    ),
    ("What people know a row by is unique", &["KEY*", "REL019"]),
    (
        "Every reference is a foreign key",
        &["REL002", "REL004", "REL010", "REL011", "REL012", "REL015", "REL016", "TYP016"],
    ),
    ("What happens on deletion is decided", &["REL005", "REL006", "REL007", "REL008", "REL020", "CON024"]),
    ("Relationships mean what was meant", &["REL*", "CON013", "CON014"]),
    ("Every foreign key has an index, and no index is idle", &["IDX*"]),
    ("What must be there cannot be null", &["CON001", "CON002", "STR007", "STR015", "CON019"]),
    (
        "Value sets and ranges are held by constraints",
        &[
            "CON003", "CON004", "CON005", "CON006", "CON007", "CON015", "CON016", "CON017", "CON018",
            "CON020", "CON022", "TYP014", "STR011", "STR012",
        ],
    ),
    (
        "Money is exact, and moments know their zone",
        &["TYP001", "TYP002", "TYP003", "TYP005", "TYP007", "TYP010", "TYP017", "TYP018", "TYP023"],
    ),
    ("Types say what is stored", &["TYP*"]),
    (
        "When rows came and changed is recorded",
        &["CON008", "CON009", "CON010", "CON011", "CON012", "CON023", "STR024"],
    ),
    ("Each fact is stored once", &["NRM*", "REL021"]),
    ("Tenants and roles see only their own rows", &["SEC*"]),
    ("It stays fast and changeable when it grows", &["SCL*", "STR013"]),
    ("Names are plain, consistent and not too long", &["NAM*"]),
    ("What names do not say is documented", &["DOC*"]),
    ("The PostgreSQL that it is written for knows all of it", &["COM*"]),
    ("No table or type is unfinished or unused", &["STR*", "CON*"]),
];

/// The checklist of a design, from all that was found in it and what came of running it.
pub fn checklist(design: &Design, findings: &[Finding], ran: &Ran) -> Vec<Line> {
    let mut lines: Vec<Line> = LINES.iter().map(|(title, rules)| Line::new(title, rules)).collect();
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|it| it.severity);
    for finding in sorted {
        let Some(line) = line_of(&finding.code).and_then(|it| lines.get_mut(it)) else { continue };
        match finding.severity {
            Severity::Error => line.errors += 1,
            Severity::Warning => line.warnings += 1,
            Severity::Info => line.infos += 1,
        }
        if finding.severity != Severity::Info {
            line.state = State::Open;
        }
        if line.places.len() < NAMED && !line.places.contains(&finding.place) {
            line.places.push(finding.place.clone());
        }
    }
    lines.insert(0, run_line(ran));
    lines.insert(1, story_line(design));
    lines
}

fn run_line(ran: &Ran) -> Line {
    let mut line = Line::new(RUNS, &[]);
    match ran {
        Ran::Not => line.state = State::NotRun,
        Ran::Through(version) => line.note = Some(format!("PostgreSQL {version}")),
        Ran::Refused(words) => {
            (line.state, line.errors, line.note) = (State::Open, 1, Some(words.clone()));
        }
    }
    line
}

fn story_line(design: &Design) -> Line {
    let mut line = Line::new(STORIES, &[]);
    if design.stories().next().is_none() {
        (line.state, line.note) = (State::NotRun, Some("the design has no stories".to_owned()));
        return line;
    }
    for story in unserved(design) {
        (line.state, line.warnings) = (State::Open, line.warnings + 1);
        if line.places.len() < NAMED {
            line.places.push(format!("{}: {}", story.actor, story.goal));
        }
    }
    line
}

/// Stories that name no table and no column of the design, and that no query serves: left out or forgotten.
pub fn unserved(design: &Design) -> Vec<&Story> {
    let words = |name: &str| -> Vec<String> {
        topics::words(name).iter().map(|it| base::singular(it)).filter(|it| it.len() > 2).collect()
    };
    let mut names: BTreeSet<Vec<String>> = BTreeSet::new();
    for table in design.tables() {
        names.insert(words(&table.name));
        names.extend(table.columns.iter().map(|it| words(&it.name)));
    }
    names.remove(&Vec::new());
    let is_served = |story: &Story| {
        let said: BTreeSet<String> = words(&story.goal).into_iter().collect();
        names.iter().any(|it| it.iter().all(|it| said.contains(it)))
            || design.access_patterns().any(|it| it.story == Some(story.id))
    };
    design.stories().filter(|it| !is_served(it)).collect()
}

/// The place of the line that a rule belongs to, among those that rules decide.
pub fn line_of(code: &str) -> Option<usize> {
    let exactly = LINES.iter().position(|it| it.1.contains(&code));
    exactly.or_else(|| LINES.iter().position(|it| it.1.iter().any(|it| matches(it, code))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Check, Config, lint, rules};
    use crate::read;

    #[test]
    fn every_rule_about_designs_belongs_to_a_line() {
        for rule in rules().filter(|it| !matches!(it.check, Check::Script(_))) {
            assert!(line_of(rule.code).is_some(), "{} is in no line", rule.code);
        }
        for named in LINES.iter().flat_map(|it| it.1) {
            assert!(rules().any(|it| matches(named, it.code)), "no rule is meant by {named}");
        }
    }

    #[test]
    fn a_line_holds_until_something_stands_against_it() {
        let sql = "create table author (id bigint generated always as identity primary key, name text not null, born date, email text not null);
            create table book (id bigint generated always as identity primary key, author_id bigint not null references author on delete cascade);";
        let design = read::postgres(sql, &read::Options::default()).tree.design;
        let lines = checklist(&design, &lint(&design, &Config::default()), &Ran::Not);
        let of = |code: &str| &lines[line_of(code).expect("a line") + 2];
        assert!(!of("KEY001").is_open(), "{:?}", of("KEY001"));
        assert!(of("IDX001").is_open());
        assert_eq!(
            (of("IDX001").warnings, of("IDX001").places.as_slice()),
            (1, &["book.author_id".to_owned()][..])
        );
    }

    #[test]
    fn a_run_and_the_stories_have_their_lines() {
        let sql = "create table tasks (id bigint primary key, title text, due_on date);";
        let mut design = read::postgres(sql, &read::Options::default()).tree.design;
        let states = |design: &Design, ran: Ran| -> Vec<State> {
            checklist(design, &[], &ran).iter().take(2).map(|it| it.state).collect()
        };
        assert_eq!(states(&design, Ran::Not), [State::NotRun, State::NotRun]);
        for (goal, state) in [("add a task to my list", State::Holds), ("invite a colleague", State::Open)] {
            let story = Story {
                id: design.ids().take(),
                actor: "member".into(),
                goal: goal.into(),
                ..Story::default()
            };
            let edit = crate::design::Edit::default().put(&design, story);
            design.apply(&edit).expect("a story fits");
            assert_eq!(states(&design, Ran::Through("18".into())), [State::Holds, state], "{goal}");
        }
        let lines = checklist(&design, &[], &Ran::Refused("no".into()));
        assert_eq!((lines[0].state, lines[0].errors, lines[1].places.len()), (State::Open, 1, 1));
    }
}

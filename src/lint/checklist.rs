//! What is looked over before a schema is taken into use: each line holds, or has its findings.

use serde::Serialize;

use super::config::matches;
use super::{Finding, Severity};

/// One line of the checklist with what stands against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What is to hold.
    pub title: &'static str,
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
    /// Whether nothing but judgements stands against it.
    pub fn holds(&self) -> bool {
        self.errors + self.warnings == 0
    }
}

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

/// The checklist of a design, from all that was found in it.
pub fn checklist(findings: &[Finding]) -> Vec<Line> {
    let line = |(title, rules): &(&'static str, &'static [&'static str])| Line {
        title,
        rules,
        errors: 0,
        warnings: 0,
        infos: 0,
        places: Vec::new(),
    };
    let mut lines: Vec<Line> = LINES.iter().map(line).collect();
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|it| it.severity);
    for finding in sorted {
        let Some(line) = line_of(&finding.code).and_then(|it| lines.get_mut(it)) else { continue };
        match finding.severity {
            Severity::Error => line.errors += 1,
            Severity::Warning => line.warnings += 1,
            Severity::Info => line.infos += 1,
        }
        if line.places.len() < NAMED && !line.places.contains(&finding.place) {
            line.places.push(finding.place.clone());
        }
    }
    lines
}

/// The place of the line that a rule belongs to.
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
        let lines = checklist(&lint(&design, &Config::default()));
        let of = |code: &str| &lines[line_of(code).expect("a line")];
        assert!(of("KEY001").holds(), "{:?}", of("KEY001"));
        assert!(!of("IDX001").holds());
        assert_eq!(
            (of("IDX001").warnings, of("IDX001").places.as_slice()),
            (1, &["book.author_id".to_owned()][..])
        );
    }
}

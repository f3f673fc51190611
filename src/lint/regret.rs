//! What will be regretted: findings ranked by what it costs to change later, how many rows are expected, and whether
//! the brief speaks of it.

use super::{Finding, Severity};
use crate::design::{Design, Id, TableId};

/// A finding with what it will come to.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Regret {
    /// What was found.
    pub finding: Finding,
    /// How it is told in a year and a half.
    pub story: &'static str,
    /// What to do now.
    pub remedy: String,
    /// The weight that it is ranked by.
    pub weight: u32,
}

/// Rules whose findings cost more to repair the longer they are left: weight (out of 100), story, and remedy where the
/// finding has no fix. The weights follow what a change means on a live table: what was never recorded cannot be had
/// back (90 and more), a new key or type rewrites it and all that references it (70 to 89), a table that is split or
/// joined changes every query (50 to 69), the rest is a constraint over data that broke it (below 50).
const COSTS: &[(&str, u32, &str, &str)] = &[
    (
        "SEC001",
        98,
        "one customer has seen another's rows, because a query forgot its filter",
        "Turn row-level security on, with a policy by tenant",
    ),
    ("SEC022", 96, "rows that belong to no tenant are seen by all or by none", "Require the tenant"),
    (
        "REL008",
        95,
        "a person left, and with them went who did what",
        "Keep the person and mark them as deleted",
    ),
    ("REL007", 94, "an audit asks for records that a deletion took along", "Refuse the deletion"),
    ("SEC017", 93, "a dump was leaked, and every secret in it could be used", "Keep a hash alone"),
    ("CON008", 90, "nobody can say since when a row is wrong", "Add created_at"),
    ("NRM003", 90, "old documents show today's prices", "Keep the price on the line"),
    ("TYP005", 88, "sums differ by a cent, and nobody finds where", "Make it numeric"),
    (
        "KEY001",
        87,
        "the same row stands there twice, and replication cannot tell them apart",
        "Add a primary key",
    ),
    (
        "KEY003",
        86,
        "the key ran out on a weekend, and the table and all that references it are rewritten",
        "Make it bigint",
    ),
    (
        "SCL001",
        85,
        "deleting old rows takes days, and vacuum never ends",
        "Partition by time while the table is small",
    ),
    (
        "TYP001",
        82,
        "events of two servers are in the wrong order, and which is right cannot be told",
        "Make it timestamptz",
    ),
    (
        "KEY005",
        80,
        "somebody changed their name, and every row that references it must follow",
        "Take a key that means nothing",
    ),
    ("KEY004", 78, "every index of the key takes more than twice the room, and joins cast", "Make it uuid"),
    (
        "REL010",
        76,
        "rows point at things that are gone, and no query can join them",
        "A foreign key for each kind, one of which is set",
    ),
    (
        "REL004",
        74,
        "a tenth of the rows are orphans, and the foreign key cannot be added any more",
        "Add the foreign key",
    ),
    ("REL015", 72, "a deleted thing is still in a thousand lists", "A junction table"),
    (
        "NRM011",
        70,
        "every report joins the same table seven times, and numbers are text",
        "Columns, or one JSON column",
    ),
    (
        "DOC003",
        68,
        "four versions of the payload are in the table, and nobody knows which code reads which",
        "Describe its shape, and check its kind",
    ),
    (
        "NRM001",
        66,
        "the copy says something else than the original, and both are used",
        "Remove it, and join",
    ),
    ("NRM006", 65, "one customer has five spellings, and each row must be repaired", "A table of its own"),
    (
        "NRM008",
        64,
        "somebody has a fourth, and a column is added to table, code and reports",
        "A table with a row for each",
    ),
    ("NRM009", 63, "a filter by one element reads every row", "A junction table"),
    ("NRM012", 62, "the field that everybody filters by has three spellings", "A column of its own"),
    ("NRM004", 60, "the stored total is not what its parts come to", "Generate it"),
    ("REL014", 58, "rows nest four deep, and the page shows two", "A trigger that holds the depth"),
    (
        "SCL012",
        56,
        "people want to sort it by hand, and millions of rows must get a place first",
        "Add a position",
    ),
    (
        "SEC025",
        55,
        "an internal note was sent to the customer",
        "Add a mark, and filter by it from the start",
    ),
    (
        "KEY011",
        52,
        "a name cannot be used again, because a deleted row still holds it",
        "Make it unique among what is there",
    ),
    ("CON003", 50, "the status has eleven spellings", "A check or a type of its values"),
    ("KEY007", 48, "people are members twice, and counts are wrong", "Make the pair unique"),
    ("KEY006", 46, "duplicates came in twice over a retry", "Make what people know it by unique"),
    ("KEY013", 44, "one person has two accounts that differ in case", "Make it unique whatever its case"),
    ("CON012", 40, "what was deleted by mistake cannot be had back", "Add deleted_at"),
    ("IDX001", 38, "deleting one row takes minutes", "Add an index"),
    ("CON009", 30, "the time of the last change is of no use", "Let a trigger keep it"),
];

/// How much a rule's place among the costs is raised by expected rows: for every factor of ten above a thousand.
const PER_MAGNITUDE: u32 = 4;

/// How much it is raised where the brief names the table.
const NAMED: u32 = 5;

/// The findings that will be regretted, the dearest first, each rule once; ties by place.
pub fn regrets(design: &Design, findings: &[Finding]) -> Vec<Regret> {
    let briefs: Vec<String> = design.briefs().map(|it| it.text.to_lowercase()).collect();
    let rows = |id: Option<Id>| {
        let table = design.table(TableId(id?.0))?;
        let name = crate::base::singular(&crate::base::snake_case(&table.name));
        let rows = design.load().rows(&name).unwrap_or(0);
        let words = name.replace('_', " ");
        Some((rows, briefs.iter().any(|it| it.contains(&words))))
    };
    let mut found: Vec<Regret> = Vec::new();
    for finding in findings.iter().filter(|it| it.file.is_none()) {
        let Some((_, cost, story, remedy)) = COSTS.iter().find(|it| it.0 == finding.code) else { continue };
        let (rows, named) = rows(finding.record).unwrap_or_default();
        let magnitude = rows.checked_ilog10().unwrap_or(0).saturating_sub(3);
        // A judgement to make weighs less than what is sure.
        let sure = if finding.severity == Severity::Info { *cost * 3 / 4 } else { *cost };
        let weight = sure + magnitude * PER_MAGNITUDE + if named { NAMED } else { 0 };
        let remedy = finding.fix.as_ref().map_or_else(|| (*remedy).to_owned(), |it| it.title.clone());
        found.push(Regret { finding: finding.clone(), story, remedy, weight });
    }
    found.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.finding.place.cmp(&b.finding.place)));
    let mut told = std::collections::BTreeSet::new();
    found.retain(|it| told.insert(it.finding.code.clone()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Config, lint};
    use crate::read;

    fn of(sql: &str) -> Vec<String> {
        let design = read::postgres(sql, &read::Options::default()).tree.design;
        let found = regrets(&design, &lint(&design, &Config::default()));
        found.iter().take(3).map(|it| format!("{} {}", it.finding.code, it.finding.place)).collect()
    }

    #[test]
    fn what_cannot_be_had_back_comes_before_what_can_be_repaired() {
        let sql = "create table users (id bigint primary key, email text not null unique, created_at timestamptz not null default now());
            create table notes (id bigint primary key, author_id bigint not null references users on delete cascade, body text not null,
                status text not null default 'new', at timestamp not null, created_at timestamptz not null default now());";
        assert_eq!(of(sql), ["REL008 notes.author_id", "TYP001 notes.at", "CON003 notes.status"]);
    }

    #[test]
    fn every_cost_is_of_a_rule_and_comes_once() {
        let codes: Vec<&str> = COSTS.iter().map(|it| it.0).collect();
        assert!(codes.iter().all(|it| crate::lint::rules().any(|rule| rule.code == *it)), "{codes:?}");
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), codes.len());
    }
}

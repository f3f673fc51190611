//! What a model is shown of a design: all of it while it is small, else what the request concerns.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::base;
use crate::brief::Reading;
use crate::design::{Demand, Design, KeyStyle, Table, TableId, TableNames, ValueSetStyle};
use crate::sql::{self, ddl, refactor};

/// So many bytes of SQL a model is shown of a design.
pub const MOST_OF_DESIGN: usize = 24_000;

/// So many bytes of a brief; a book is no brief.
pub const MOST_OF_BRIEF: usize = 60_000;

/// So many bytes of a request.
pub const MOST_OF_REQUEST: usize = 4_000;

/// So many bytes of names of tables whose columns are not shown.
const MOST_OF_NAMES: usize = 4_000;

/// What a prompt is made from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The design as it is.
    pub design: &'a Design,
    /// The brief, where the step reads one.
    pub brief: &'a str,
    /// The change that is asked for, where the step does one.
    pub request: &'a str,
    /// What an earlier step found.
    pub found: &'a Reading,
}

/// Something shown, and how much of it is not.
pub(super) struct Shown {
    /// The text.
    pub text: String,
    /// What was left out, as a phrase; empty where nothing was.
    pub left_out: String,
}

impl Context<'_> {
    /// The tables by themselves as SQL: all, or those that the request or the brief concerns, the others by their names.
    pub(super) fn tables(&self) -> Shown {
        let whole = ddl(self.design, &sql::Options::of(self.design)).text;
        if whole.len() <= MOST_OF_DESIGN {
            return Shown { text: whole, left_out: String::new() };
        }
        let words = if self.request.is_empty() { self.brief } else { self.request };
        let mut shown: BTreeSet<TableId> = BTreeSet::new();
        let mut text = String::new();
        for id in concerned(self.design, words) {
            shown.insert(id);
            let longer = refactor::sql_of(self.design, &shown);
            if longer.len() > MOST_OF_DESIGN {
                shown.remove(&id);
                break;
            }
            text = longer;
        }
        let others: Vec<&str> =
            self.design.tables().filter(|it| !shown.contains(&it.id)).map(|it| it.name.as_str()).collect();
        let left_out = format!("{} of {} tables by name only", others.len(), self.design.tables().len());
        let _ =
            write!(text, "\n-- Tables that are there and whose columns are not shown: {}\n", listed(&others));
        Shown { text, left_out }
    }

    /// The brief, as far as it goes.
    pub(super) fn brief(&self) -> Shown {
        let text = beginning(self.brief, MOST_OF_BRIEF);
        let rest = self.brief.len() - text.len();
        let left_out = if rest == 0 { String::new() } else { format!("the last {rest} bytes of the brief") };
        Shown { text: text.to_owned(), left_out }
    }

    /// The entities that a step before this one found, a line each.
    pub(super) fn entities(&self) -> String {
        let mut text = String::new();
        for entity in &self.found.entities {
            let attributes: Vec<&str> = entity.attributes.iter().map(|it| it.name.as_str()).collect();
            let _ = writeln!(text, "{}: {} ({})", entity.name, entity.description, attributes.join(", "));
        }
        text
    }

    /// The names of the tables that are there.
    pub(super) fn table_names(&self) -> String {
        listed(&self.design.tables().map(|it| it.name.as_str()).collect::<Vec<_>>())
    }

    /// What the design does everywhere, a line each.
    pub(super) fn conventions(&self) -> String {
        let it = self.design.conventions();
        let key = match it.key {
            KeyStyle::UuidV4 => "`id uuid PRIMARY KEY DEFAULT gen_random_uuid()`",
            KeyStyle::UuidV7 => "`id uuid PRIMARY KEY DEFAULT uuidv7()`",
            KeyStyle::Identity => "`id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY`",
        };
        let names = match it.table_names {
            TableNames::Singular => "singular",
            TableNames::Plural => "plural",
        };
        let sets = match it.value_sets {
            ValueSetStyle::Enum => "an enum type",
            ValueSetStyle::Check => "text with a CHECK",
            ValueSetStyle::Lookup => "a lookup table with a foreign key",
        };
        let mut text = format!(
            "PostgreSQL {}.\nTables are keyed by {key}.\nTable names are {names}.\nA closed set of values is {sets}.\n",
            it.target
        );
        let switches = [
            (it.timestamps, "Tables have `created_at` and `updated_at`, timestamptz NOT NULL DEFAULT now()."),
            (it.authorship, "Tables have `created_by` and `updated_by`."),
            (it.soft_delete, "Rows are deleted by setting `deleted_at`; uniques are partial over live rows."),
            (it.version, "Tables have a `version` column for optimistic locking."),
        ];
        for (_, line) in switches.iter().filter(|it| it.0) {
            text.push_str(line);
            text.push('\n');
        }
        if let Some(tenant) = &it.tenancy {
            let _ = writeln!(
                text,
                "Every table has a column that references the tenant `{tenant}`, with row-level security."
            );
        }
        let load = self.design.load();
        for it in load.demands.iter().filter(|it| it.what != Demand::ReadsPerWrite) {
            let _ = writeln!(text, "{}", it.what.words(self.design));
        }
        let given: Vec<&str> =
            self.design.tables().filter(|it| it.is_given()).map(|it| it.name.as_str()).collect();
        if !given.is_empty() {
            let given = listed(&given);
            let _ = writeln!(text, "These tables are given: refer to them, never change them: {given}");
        }
        if let Some(reads) = load.reads_per_write {
            let _ = writeln!(text, "{reads} reads for each write are expected.");
        }
        for it in load.volumes.iter().take(30) {
            let _ = writeln!(text, "{it} are expected.");
        }
        text
    }
}

/// As many names as are bearable, and how many more there are.
fn listed(all: &[&str]) -> String {
    let mut text = String::new();
    for (at, name) in all.iter().enumerate() {
        if text.len() + name.len() > MOST_OF_NAMES {
            let _ = write!(text, " and {} more", all.len() - at);
            break;
        }
        text.push_str(if at == 0 { "" } else { ", " });
        text.push_str(name);
    }
    text
}

/// As much of a text as fits into `bytes`, never half a character.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The tables that words speak of, most first, then those that these reference or that reference these.
fn concerned(design: &Design, words: &str) -> Vec<TableId> {
    let said: BTreeSet<String> = words
        .split(|it: char| !it.is_alphanumeric())
        .flat_map(base::words)
        .map(|it| base::singular(&it.to_lowercase()))
        .collect();
    let mut scores: BTreeMap<TableId, u32> = BTreeMap::new();
    for table in design.tables() {
        let score = score(table, &said);
        if score > 0 {
            scores.insert(table.id, score);
        }
    }
    let named: BTreeSet<TableId> = scores.iter().filter(|it| *it.1 >= NAMED).map(|it| *it.0).collect();
    for (table, fk) in design.foreign_keys() {
        for (one, other) in [(table.id, fk.references), (fk.references, table.id)] {
            if named.contains(&one) {
                *scores.entry(other).or_default() += 10;
            }
        }
    }
    let mut found: Vec<(TableId, u32)> = scores.into_iter().collect();
    found.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    found.into_iter().map(|it| it.0).collect()
}

/// What a table scores at least when its whole name was said.
const NAMED: u32 = 100;

fn score(table: &Table, said: &BTreeSet<String>) -> u32 {
    let is_said = |name: &str| {
        let words = base::words(name);
        !words.is_empty() && words.iter().all(|it| said.contains(&base::singular(&it.to_lowercase())))
    };
    let by_name = if is_said(&table.name) { NAMED } else { 0 };
    let columns = table.columns.iter().filter(|it| is_said(&it.name)).count();
    by_name + u32::try_from(columns).unwrap_or(u32::MAX).min(5)
}

//! SQL from a model, done to the design as the importer reads it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fault::{Fault, cleaned, is_plain};
use super::parts::{marked, parts};
use crate::base::Span;
use crate::design::{Change as Differs, Design, Edit, Matching, Proposal, Reach, Record, Refused, diff};
use crate::migrate;
use crate::pg::tokens;
use crate::read::{DiagnosticKind, Options as ReadOptions, PieceKind, draft, postgres, split};
use crate::sql::{Options, ddl};

/// A change that a model proposes, checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What it does to the design.
    pub proposal: Proposal,
    /// The SQL, as the model wrote it.
    pub migration_up: String,
    /// The SQL that takes it back, as the model wrote it.
    pub migration_down: String,
    /// Queries and words to try before.
    pub safety_checks: Vec<String>,
    /// What may go wrong.
    pub potential_risks: Vec<String>,
    /// Why `migration_down` does not lead back, where it does not.
    pub way_back: Option<Fault>,
}

#[derive(Deserialize)]
struct Told {
    migration_up: String,
    migration_down: String,
    safety_checks: Vec<String>,
    potential_risks: Vec<String>,
    reasons: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    table: String,
    reason: String,
}

/// The change of an answer that fits its schema.
pub(super) fn change(
    answer: serde_json::Value,
    design: &Design,
    title: &str,
    model: &str,
) -> Result<Change, Vec<Fault>> {
    let told: Told = serde_json::from_value(answer)
        .map_err(|it| vec![Fault::Schema { at: "answer".to_owned(), message: it.to_string() }])?;
    let risks: Vec<String> = told.potential_risks.iter().map(|it| cleaned(it, 600)).collect();
    let up = statements(&told.migration_up)?;
    if up.is_empty() {
        return Err(vec![Fault::Nothing { why: risks.join(" ") }]);
    }
    let edit = done(design, &up)?;
    if let Some(what) = edit.changes_given(design) {
        return Err(vec![Fault::Given { what: cleaned(&what, 80) }]);
    }
    let mut after = design.clone();
    after.apply(&edit).map_err(|it| vec![Fault::Refused { reason: it.to_string() }])?;
    let strange = strange_names(design, &edit);
    if !strange.is_empty() {
        return Err(strange);
    }
    if edit.is_empty() {
        return Err(vec![Fault::Nothing { why: risks.join(" ") }]);
    }
    let reasons: BTreeMap<String, String> =
        told.reasons.iter().map(|it| (it.table.clone(), cleaned(&it.reason, 300))).collect();
    let edit = marked(edit, model);
    let proposal = Proposal { title: cleaned(title, 120), parts: parts(design, edit, &reasons) };
    Ok(Change {
        proposal,
        way_back: way_back(design, &after, &told.migration_down),
        migration_up: told.migration_up,
        migration_down: told.migration_down,
        safety_checks: told.safety_checks.into_iter().map(|it| cleaned(&it, 1000)).collect(),
        potential_risks: risks,
    })
}

/// A proposal as a model's answer would put it: the SQL there and back, what to try before, what may go wrong. The way back
/// is checked as a model's is, and so is the way there.
///
/// # Errors
/// When a part does not fit the design any more.
pub fn of_proposal(design: &Design, proposal: Proposal, chosen: &BTreeSet<usize>) -> Result<Change, Refused> {
    let edit = proposal.accept(design, chosen)?;
    let mut after = design.clone();
    after.apply(&edit)?;
    let rows = proposal.rows(chosen);
    let up = migrate::migration(design, &after, &rows.there);
    let down = migrate::migration(&after, design, &rows.back);
    let (safety_checks, potential_risks) = migrate::cautions(design, &after, &rows);
    // What is done to rows changes nothing that a design tells of.
    let way = |from: &Design, to: &Design, sql: &str| match sql {
        // Nothing leads nowhere.
        "" => None,
        sql => way_back(to, from, sql),
    };
    let way_back = way(&after, design, &down.of_schema()).or_else(|| way(design, &after, &up.of_schema()));
    let (migration_up, migration_down) = (up.sql(), down.sql());
    Ok(Change { proposal, migration_up, migration_down, safety_checks, potential_risks, way_back })
}

/// What statements may begin with, and what they may be about.
const VERBS: &[&str] = &["create", "alter", "drop", "comment", "insert"];
const KINDS: &[&str] = &[
    "table",
    "index",
    "type",
    "domain",
    "sequence",
    "view",
    "function",
    "procedure",
    "trigger",
    "policy",
    "schema",
    "extension",
    "column",
    "constraint",
    "into",
];
/// Words between the two.
const BETWEEN: &[&str] = &["or", "replace", "unique", "materialized", "on"];
/// What a model puts around its statements, and what changes nothing here.
const AROUND: &[&str] = &["begin", "commit", "start", "end"];

/// The statements of an SQL text that are taken from a model, with their semicolons.
fn statements(sql: &str) -> Result<String, Vec<Fault>> {
    let (mut kept, mut faults) = (String::new(), Vec::new());
    for piece in split(sql) {
        let own = piece.span.of(sql);
        if piece.kind == PieceKind::Trivia {
            continue;
        }
        let words: Vec<String> = tokens(own)
            .filter(|it| !it.is_blank())
            .map(|it| it.span.of(own).to_ascii_lowercase())
            .take(6)
            .collect();
        let verb = words.first().map(String::as_str).unwrap_or_default();
        if verb == ";" || piece.kind == PieceKind::Statement && AROUND.contains(&verb) {
            continue;
        }
        let mut about = words.iter().skip(1).map(String::as_str).skip_while(|it| BETWEEN.contains(it));
        let is_taken = piece.kind == PieceKind::Statement
            && VERBS.contains(&verb)
            && about.next().is_some_and(|it| KINDS.contains(&it));
        if is_taken {
            kept.push_str(own.trim_end_matches(';'));
            kept.push_str(";\n");
        } else {
            faults.push(Fault::Statement { sql: cleaned(own, 80) });
        }
    }
    faults.truncate(10);
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// What the statements do to a design.
fn done(design: &Design, statements: &str) -> Result<Edit, Vec<Fault>> {
    let own = ddl(design, &Options::of(design)).text;
    let text = format!("{own}\n{statements}");
    let drafted = draft(design, &text);
    let mut faults: Vec<Fault> = Vec::new();
    for problem in drafted.problems.iter().take(10) {
        let statement = statement_at(&text, own.len() + 1, problem.span);
        faults.push(Fault::Sql {
            sql: cleaned(statement, 80),
            message: cleaned(&problem.kind.in_draft(), 300),
        });
    }
    // What leaves something out does less than it says, such as to drop what is not there.
    for problem in postgres(&text, &ReadOptions::default()).errors {
        if matches!(problem.kind, DiagnosticKind::LeftOut { .. }) && problem.span.start as usize > own.len() {
            let statement = statement_at(&text, own.len() + 1, problem.span);
            faults.push(Fault::Sql {
                sql: cleaned(statement, 80),
                message: cleaned(&problem.kind.to_string(), 300),
            });
        }
    }
    for replaced in &drafted.edit.records {
        match (&replaced.before, &replaced.after) {
            // What is not understood cannot be checked, and is not taken.
            (None, Some(Record::Verbatim(it))) => faults.push(Fault::Statement { sql: cleaned(&it.sql, 80) }),
            (None, Some(Record::Function(it))) if !matches!(it.language.as_str(), "sql" | "plpgsql") => {
                let message = "functions are written in sql or plpgsql".to_owned();
                faults
                    .push(Fault::Sql { sql: format!("CREATE FUNCTION {}", cleaned(&it.name, 60)), message });
            }
            _ => {}
        }
    }
    if faults.is_empty() { Ok(drafted.edit) } else { Err(faults) }
}

/// The statement at a place of the text behind `from`.
fn statement_at(text: &str, from: usize, span: Span) -> &str {
    let added = text.get(from..).unwrap_or_default();
    let at = (span.start as usize).saturating_sub(from);
    let pieces = split(added);
    let is_there =
        |it: &&crate::read::Piece| it.span.range().contains(&at) && it.kind == PieceKind::Statement;
    pieces.iter().find(is_there).map_or("", |it| it.span.of(added))
}

/// Names that the edit brings and that would need quotes.
fn strange_names(design: &Design, edit: &Edit) -> Vec<Fault> {
    let mut faults = Vec::new();
    for record in edit.records.iter().filter_map(|it| it.after.as_ref()) {
        let known: BTreeSet<String> = design.record(record.id()).iter().flat_map(names_of).collect();
        let what = record.words().unwrap_or_default();
        for name in names_of(record).into_iter().filter(|it| !known.contains(it) && !is_plain(it)) {
            faults.push(Fault::Name { at: cleaned(&what, 80), name: cleaned(&name, 80) });
        }
    }
    faults.truncate(10);
    faults
}

fn names_of(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = record.names().into_iter().map(|it| it.1).collect();
    names.extend(record.name().map(str::to_owned));
    if let Record::Table(table) = record {
        names.extend(table.columns.iter().map(|it| it.name.clone()));
        names.extend(table.checks.iter().map(|it| it.name.clone()));
        names.extend(table.foreign_keys.iter().map(|it| it.name.clone()));
        names.extend(table.policies.iter().map(|it| it.name.clone()));
        names.extend(table.triggers.iter().map(|it| it.name.clone()));
    }
    names
}

/// Why `down` does not lead from `after` to `design`, where it does not.
fn way_back(design: &Design, after: &Design, down: &str) -> Option<Fault> {
    let fault = |faults: Vec<Fault>| {
        let message = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        Some(Fault::WayBack { message })
    };
    let edit = match statements(down).and_then(|it| done(after, &it)) {
        Ok(edit) => edit,
        Err(faults) => return fault(faults),
    };
    let mut back = after.clone();
    if let Err(refused) = back.apply(&edit) {
        return fault(vec![Fault::Refused { reason: refused.to_string() }]);
    }
    let differs = diff(&back, design, Matching::ByName);
    // Where a thing came from is no part of the database.
    let is_left = |it: &&Differs| match it {
        // No SQL gives columns or keys another order, short of making the table anew.
        Differs::ColumnsReordered { .. } => false,
        Differs::TableChanged { aspects, .. } => {
            let document = ["kind", "overrides", "order of"];
            !aspects.iter().all(|it| document.iter().any(|what| it.what.starts_with(what)))
        }
        other => other.reach() == Reach::Database,
    };
    let mut left = differs.iter().filter(is_left).peekable();
    left.peek()?;
    let words: Vec<String> = left.take(4).map(ToString::to_string).collect();
    Some(Fault::WayBack { message: format!("what it leaves undone: {}", words.join(", ")) })
}

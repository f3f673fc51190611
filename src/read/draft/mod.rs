//! The text of a design, edited by hand, as an edit of the design.
//!
//! ```text
//! the design's own text ─▶ statements ─┐
//! the edited text       ─▶ statements ─┴▶ which stands for which ─▶ unreadable ones give way to what they stand for
//!                                         ─▶ both read, under one set of identities ─▶ what differs is done to the design
//! ```
//! A statement in error leaves what it stands for as it is; the rest of the text stays live.

mod composed;
mod dbml;
mod part;
mod script;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use self::dbml::draft_dbml;
pub use self::part::draft_part;

use self::composed::{Composed, Place};
use self::script::{Script, same_statements, stand_ins};
use super::postgres::script as read_script;
use super::{Diagnostic, DiagnosticKind, Options, Reading};
use crate::base::{Parsed, Span};
use crate::design::{Design, Edit, Id, Rewriting, Rewritten};
use crate::sql::{self, Written, ddl};

/// What an edited text means for its design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drafted {
    /// What it changes.
    pub edit: Edit,
    /// What in it is in error, in order of place.
    pub problems: Vec<Diagnostic>,
    /// Where in it tables, views and other things are made, in order of place.
    pub places: Vec<(Span, Id)>,
}

/// Reads the edited SQL text of a design: the edit after which the design says what the text says. Identities, places,
/// origins and all that SQL cannot say stay; so does what a statement in error stands for.
pub fn draft(design: &Design, text: &str) -> Drafted {
    read_draft(design, text, false)
}

/// The same; with `follows_types`, a type under a new name stays that of what still names it as before.
fn read_draft(design: &Design, text: &str, follows_types: bool) -> Drafted {
    let Written { text: own_text, map, .. } = ddl(design, &sql::Options::of(design));
    if own_text == text {
        return Drafted::default();
    }
    let (own, written) = (Script::of(&own_text), Script::of(text));
    let (before, first) = (read(&own), read(&written));
    let known = Known::of(&own, &before.errors, same_statements(&own, &written));

    let unread = first.errors.iter().filter(|it| is_unread(&it.kind));
    let mut problems: Vec<Diagnostic> =
        unread.filter(|it| !known.of_written(&written, it.span.start, &it.kind)).cloned().collect();
    let unread: BTreeSet<usize> = problems.iter().map(|it| written.at(it.span.start) as usize).collect();
    let stands_for = stand_ins(&own, &written, &known.same, &unread);
    let composed = Composed::of(&written, &own, &unread, &stands_for);
    let script = Script::of(&composed.text);
    let after = if unread.is_empty() { first } else { read(&script) };

    // Statements of the composed text that are in error, and those of the design's own text that they stand for.
    let (mut in_error, mut held) = (BTreeSet::new(), BTreeSet::new());
    for it in after.errors.iter().filter(|it| is_error(&it.kind)) {
        match composed.place(it.span.start) {
            Place::Own(statement) if !known.holds(statement, &it.kind) => drop(held.insert(statement as u32)),
            Place::Written(at) if !known.of_written(&written, at, &it.kind) => {
                let stood = stands_for.get(written.at(at) as usize).into_iter().flatten();
                held.extend(stood.map(|it| *it as u32));
                let span = composed.in_written(it.span).unwrap_or_default();
                problems.push(Diagnostic { span, kind: it.kind.clone() });
            }
            Place::Own(_) | Place::Written(_) => continue,
        }
        in_error.insert(script.at(it.span.start));
    }
    problems.sort_by_key(|it| it.span);
    problems.dedup();
    let about = map.iter().filter(|it| held.contains(&own.at(it.0.start))).map(|it| it.1);
    let rewriting = Rewriting {
        design,
        before: &before.tree.design,
        after: &after.tree.design,
        held: &about.collect(),
        follows_types,
        is_renamed: false,
        is_in_error: &|it| in_error.contains(&it),
    };
    let Rewritten { edit, made } = rewriting.rewritten().unwrap_or_else(|refused| {
        let changed = known.same.iter().position(Option::is_none).and_then(|it| written.units.get(it));
        let span = changed.map_or(Span::new(0, text.len()), |it| it.span);
        problems.push(Diagnostic { span, kind: DiagnosticKind::Refused { reason: refused.to_string() } });
        Rewritten::default()
    });
    let place = |(statement, id): (u32, Id)| {
        let unit = script.units.get(statement as usize)?;
        Some((composed.in_written(unit.span)?, id))
    };
    let mut places: Vec<(Span, Id)> = made.into_iter().filter_map(place).collect();
    places.sort_unstable();
    Drafted { edit, problems, places }
}

/// Reads a script; in place of its line each thing has the number of its statement. Rows are part of what a person writes,
/// however many.
fn read(script: &Script<'_>) -> Parsed<Reading, Diagnostic> {
    let options = Options { most_rows: usize::MAX, ..Options::default() };
    read_script(script.text, script.pieces.iter().copied(), &options, &|it| script.at(it.start))
}

/// What was in error in the design's own text already: statements that are kept as written.
struct Known<'a> {
    errors: BTreeMap<usize, Vec<&'a DiagnosticKind>>,
    /// For each statement that was written the one of the design's own text that says the same.
    same: Vec<Option<usize>>,
}

impl<'a> Known<'a> {
    fn of(own: &Script<'_>, told: &'a [Diagnostic], same: Vec<Option<usize>>) -> Self {
        let mut errors: BTreeMap<usize, Vec<&DiagnosticKind>> = BTreeMap::new();
        for it in told {
            errors.entry(own.at(it.span.start) as usize).or_default().push(&it.kind);
        }
        Self { errors, same }
    }

    fn holds(&self, statement: usize, kind: &DiagnosticKind) -> bool {
        self.errors.get(&statement).is_some_and(|it| it.contains(&kind))
    }

    fn of_written(&self, written: &Script<'_>, at: u32, kind: &DiagnosticKind) -> bool {
        let same = self.same.get(written.at(at) as usize).copied().flatten();
        same.is_some_and(|it| self.holds(it, kind))
    }
}

/// Whether nothing of a statement was read.
fn is_unread(kind: &DiagnosticKind) -> bool {
    matches!(kind, DiagnosticKind::Syntax { .. } | DiagnosticKind::Unclosed { .. })
}

/// Whether a person is to put right what was written.
fn is_error(kind: &DiagnosticKind) -> bool {
    match kind {
        DiagnosticKind::Syntax { .. }
        | DiagnosticKind::Unclosed { .. }
        | DiagnosticKind::Unknown { .. }
        | DiagnosticKind::Exists { .. }
        | DiagnosticKind::Refused { .. }
        | DiagnosticKind::RowsOfUnknown { .. }
        | DiagnosticKind::OtherDatabase { .. }
        | DiagnosticKind::Included { .. }
        | DiagnosticKind::Misread { .. }
        | DiagnosticKind::NoEquivalent { .. } => true,
        DiagnosticKind::NotModelled { .. }
        | DiagnosticKind::NamespaceAssumed { .. }
        | DiagnosticKind::RowsLeftOut { .. }
        | DiagnosticKind::OtherDialect { .. }
        | DiagnosticKind::BrokenCatalog { .. }
        | DiagnosticKind::NotInCatalog { .. }
        | DiagnosticKind::LeftOut { .. } => false,
    }
}

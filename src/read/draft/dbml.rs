//! The DBML of a design, edited by hand, as an edit of the design.
//!
//! A block in error gives way to the one that it stands for; a reference in error is held as it is, since the table that it names
//! may be on its way to another name.

use std::collections::BTreeSet;

use super::{Drafted, is_error};
use crate::base::Span;
use crate::design::{Design, Id, Rewriting};
use crate::read::dbml::{Piece, dbml, pieces};
use crate::read::{Diagnostic, DiagnosticKind, Options};

/// Reads an edited DBML text. `own` is the design's own, with the place of each thing in it: what differs between the two
/// readings, and nothing else, is done to the design, so that what DBML cannot say stays.
pub fn draft_dbml(design: &Design, own: &str, map: &[(Span, Id)], text: &str) -> Drafted {
    if own == text {
        return Drafted::default();
    }
    let options = Options { most_rows: usize::MAX, ..Options::default() };
    let (before, first) = (dbml(own, &options), dbml(text, &options));
    let known: Vec<&DiagnosticKind> = before.errors.iter().map(|it| &it.kind).collect();
    let is_new = |it: &&Diagnostic| is_error(&it.kind) && !known.contains(&&it.kind);
    let mut problems: Vec<Diagnostic> = first.errors.iter().filter(is_new).cloned().collect();

    let (own_pieces, written) = (pieces(own), pieces(text));
    let at = |it: &Diagnostic| {
        written.partition_point(|piece| piece.span.start <= it.span.start).saturating_sub(1)
    };
    let broken: BTreeSet<usize> = problems.iter().map(at).collect();
    let composed = Composed::of((own, &own_pieces), (text, &written), &broken);
    let after = if broken.is_empty() { first } else { dbml(&composed.text, &options) };

    let is_held = |span: Span| composed.held.iter().any(|it| span.is_within(*it));
    let held: BTreeSet<Id> = map.iter().filter(|it| is_held(it.0)).map(|it| it.1).collect();
    let rewriting = Rewriting {
        design,
        before: &before.tree.design,
        after: &after.tree.design,
        held: &held,
        follows_types: false,
        is_renamed: false,
        is_in_error: &|_| false,
    };
    match rewriting.rewritten() {
        Ok(rewritten) => {
            let place = |(line, id): (u32, Id)| Some((composed.written_at(line, &written)?, id));
            let mut places: Vec<(Span, Id)> = rewritten.made.into_iter().filter_map(place).collect();
            places.sort_unstable();
            places.dedup();
            Drafted { edit: rewritten.edit, problems, places }
        }
        Err(refused) => {
            let kind = DiagnosticKind::Refused { reason: refused.to_string() };
            problems.push(Diagnostic { span: Span::new(0, text.len()), kind });
            Drafted { problems, ..Drafted::default() }
        }
    }
}

/// The written text, each block in error given way to the design's own.
struct Composed {
    text: String,
    /// The line on which each block begins, and its number among those that were written.
    lines: Vec<(u32, usize)>,
    /// Blocks of the own text whose things stay as they are.
    held: Vec<Span>,
}

impl Composed {
    fn of(
        (own, own_pieces): (&str, &[Piece]),
        (text, written): (&str, &[Piece]),
        broken: &BTreeSet<usize>,
    ) -> Self {
        let mut composed = Self { text: String::new(), lines: Vec::new(), held: Vec::new() };
        let is_gone = |it: &&Piece| !written.iter().any(|piece| piece.head == it.head);
        let mut gone: Vec<&Piece> = own_pieces.iter().filter(is_gone).collect();
        let mut line = 1;
        for (number, piece) in written.iter().enumerate() {
            let mut part = Some(piece.span.of(text));
            if broken.contains(&number) {
                let same = own_pieces.iter().find(|it| it.head == piece.head);
                let likely = gone.iter().position(|it| it.keyword == piece.keyword);
                let stands_for = same.or_else(|| likely.map(|at| gone.remove(at)));
                composed.held.extend(stands_for.map(|it| it.span));
                // What a reference names may be in error as well.
                part = stands_for.filter(|it| it.keyword != "ref").map(|it| it.span.of(own));
            }
            if let Some(part) = part {
                composed.lines.push((line, number));
                composed.text.push_str(part);
                composed.text.push('\n');
                line += part.matches('\n').count() as u32 + 1;
            }
        }
        composed
    }

    fn written_at(&self, line: u32, written: &[Piece]) -> Option<Span> {
        let after = self.lines.partition_point(|it| it.0 <= line);
        let number = self.lines.get(after.checked_sub(1)?)?.1;
        written.get(number).map(|it| it.span)
    }
}

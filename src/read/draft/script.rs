//! A script as its statements, and which statement of another script each stands for.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Span;
use crate::pg::{TokenKind, tokens};
use crate::read::split::{self, Piece, PieceKind};

/// So many tokens of a statement may name what it is about; no statement needs more.
const HEAD: usize = 12;

/// A script, cut into statements.
pub struct Script<'a> {
    /// The text.
    pub text: &'a str,
    /// Its pieces, all of them.
    pub pieces: Vec<Piece>,
    /// Its statements and commands in order, rows of `COPY` with theirs.
    pub units: Vec<Unit>,
}

/// One statement.
pub struct Unit {
    /// Its bytes.
    pub span: Span,
    /// What it says: its tokens without spaces, comments and the case of names.
    says: String,
    /// The same of its beginning, which tells what it is about.
    head: String,
}

impl<'a> Script<'a> {
    /// Cuts a text.
    pub fn of(text: &'a str) -> Self {
        let pieces = split::split(text);
        let mut units: Vec<Unit> = Vec::new();
        for piece in &pieces {
            match piece.kind {
                // A comment without its end swallows what follows it.
                PieceKind::Trivia => {
                    if let Some((_, at)) = split::unclosed(piece.span.of(text)) {
                        let start = piece.span.start as usize + at;
                        units.push(unit(Span::new(start, piece.span.end as usize), text));
                    }
                }
                PieceKind::CopyData => {
                    if let Some(last) = units.last_mut() {
                        last.span.end = piece.span.end;
                        last.says.push_str(piece.span.of(text));
                    }
                }
                PieceKind::Statement | PieceKind::Command => units.push(unit(piece.span, text)),
            }
        }
        Self { text, pieces, units }
    }

    /// The number of the statement at or before a place.
    pub fn at(&self, place: u32) -> u32 {
        let after = self.units.partition_point(|it| it.span.start <= place);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

fn unit(span: Span, text: &str) -> Unit {
    let own = span.of(text);
    let words: Vec<String> = tokens(own)
        .filter(|it| !it.is_blank())
        .map(|it| match it.kind {
            TokenKind::Word => it.span.of(own).to_ascii_lowercase(),
            _ => it.span.of(own).to_owned(),
        })
        .collect();
    let ends = |it: &&String| !matches!(it.as_str(), "(" | "is" | "as" | "=" | ";");
    let head: Vec<&str> = words.iter().take(HEAD).take_while(ends).map(String::as_str).collect();
    Unit { span, head: head.join(" "), says: words.join(" ") }
}

/// For each statement of `new` those of `old` that it stands for: the one that says the same, else one about the same thing
/// or in the same place. What is gone around a statement of `broken` is given to that one.
pub fn stand_ins(
    old: &Script<'_>,
    new: &Script<'_>,
    same: &[Option<usize>],
    broken: &BTreeSet<usize>,
) -> Vec<Vec<usize>> {
    let taken: BTreeSet<usize> = same.iter().flatten().copied().collect();
    let mut found: Vec<Vec<usize>> = same.iter().map(|it| it.iter().copied().collect()).collect();
    for gap in gaps(same, old.units.len()) {
        let mut left: Vec<usize> = gap.old.filter(|it| !taken.contains(it)).collect();
        let mut open: Vec<usize> = Vec::new();
        for one in &gap.new {
            let head = new.units.get(*one).map(|it| &it.head);
            match left.iter().position(|it| old.units.get(*it).map(|it| &it.head) == head) {
                Some(at) => give(&mut found, *one, &[left.remove(at)]),
                None => open.push(*one),
            }
        }
        if open.len() == left.len() {
            for (one, it) in open.iter().zip(&left) {
                give(&mut found, *one, &[*it]);
            }
        } else if let Some(one) = gap.new.iter().find(|it| broken.contains(it)) {
            give(&mut found, *one, &left);
        }
    }
    found
}

fn give(found: &mut [Vec<usize>], one: usize, stand_ins: &[usize]) {
    if let Some(it) = found.get_mut(one) {
        it.extend(stand_ins);
        it.sort_unstable();
    }
}

/// The statement of `old` that says the same, for each of `new`.
pub fn same_statements(old: &Script<'_>, new: &Script<'_>) -> Vec<Option<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, it) in old.units.iter().enumerate().rev() {
        places.entry(it.says.as_str()).or_default().push(at);
    }
    new.units.iter().map(|it| places.get_mut(it.says.as_str()).and_then(Vec::pop)).collect()
}

/// Statements between two that stand in both scripts one after the other.
struct Gap {
    old: std::ops::Range<usize>,
    /// Those that say nothing that the old script says.
    new: Vec<usize>,
}

fn gaps(same: &[Option<usize>], count: usize) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let (mut from_new, mut from_old) = (0, 0);
    let all = same.iter().copied().enumerate().chain([(same.len(), Some(count))]);
    for (at, old) in all {
        let Some(old) = old else { continue };
        // A statement that was moved says nothing about its new neighbours.
        if old < from_old {
            continue;
        }
        let open = (from_new..at).filter(|it| same.get(*it).is_some_and(Option::is_none));
        let new: Vec<usize> = open.collect();
        if !new.is_empty() {
            gaps.push(Gap { old: from_old..old, new });
        }
        (from_new, from_old) = (at + 1, old + 1);
    }
    gaps
}

//! Folders of migrations: the parts that go up, in the order in which their tool applies them, become one design.

mod layout;
mod order;
mod section;

use crate::base::{LineIndex, Parsed, Span};

use super::postgres::script;
use super::split::{Piece, split};
use super::{Diagnostic, Options, Reading};
pub use layout::Layout;

/// A file of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration<'a> {
    /// From the folder on, with `/` between names.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// A folder that was read.
#[derive(Clone, Debug)]
pub struct FolderReading {
    /// The design, as after the last migration.
    pub reading: Reading,
    /// Which tool's folder it is.
    pub layout: Layout,
    /// Which of the files were applied, in this order, by their place in what was given.
    pub applied: Vec<usize>,
}

/// Something to know about a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderDiagnostic {
    /// The file, by its place in what was given.
    pub file: usize,
    /// What, with its bytes of that file.
    pub diagnostic: Diagnostic,
}

/// Reads the files of a folder, given in any order. Never fails: what cannot be modelled is kept as it was written and told of.
pub fn folder(files: &[Migration], options: &Options) -> Parsed<FolderReading, FolderDiagnostic> {
    let layout = Layout::of(files);
    let applied = layout.in_order(files);
    let mut whole = Whole::default();
    for file in &applied {
        let Some(migration) = files.get(*file) else { continue };
        for part in section::up(migration.text) {
            whole.add(*file, migration.text, part);
        }
    }
    let indexes: Vec<LineIndex> = files.iter().map(|it| LineIndex::new(it.text)).collect();
    let line_of = |span: Span| {
        let (file, span) = whole.place(span);
        indexes.get(file).map_or(1, |it| it.place(span.start).line)
    };
    let read = script(&whole.text, whole.pieces.iter().copied(), options, &line_of);
    let errors = read.errors.into_iter().map(|it| {
        let (file, span) = whole.place(it.span);
        FolderDiagnostic { file, diagnostic: Diagnostic { span, ..it } }
    });
    let errors = errors.collect();
    Parsed { tree: FolderReading { reading: read.tree, layout, applied }, errors }
}

/// The parts one after the other, cut into pieces, and where each came from.
#[derive(Default)]
struct Whole {
    text: String,
    pieces: Vec<Piece>,
    parts: Vec<Part>,
}

/// A part of a file: where it begins in the whole and in its file.
struct Part {
    at: u32,
    file: usize,
    start: u32,
}

impl Whole {
    /// Each part is cut for itself: a quote that one leaves open does not swallow the next.
    fn add(&mut self, file: usize, text: &str, part: Span) {
        let (at, part_text) = (self.text.len(), part.of(text));
        self.parts.push(Part { at: at as u32, file, start: part.start });
        self.text.push_str(part_text);
        self.text.push('\n');
        let moved = |it: Piece| {
            let span = Span::new(it.span.start as usize + at, it.span.end as usize + at);
            Piece { span, ..it }
        };
        self.pieces.extend(split(part_text).into_iter().map(moved));
    }

    /// The file of a place, and the bytes there.
    fn place(&self, span: Span) -> (usize, Span) {
        let after = self.parts.partition_point(|it| it.at <= span.start);
        let Some(part) = after.checked_sub(1).and_then(|it| self.parts.get(it)) else { return (0, span) };
        let moved = |it: u32| (it.saturating_sub(part.at) + part.start) as usize;
        (part.file, Span::new(moved(span.start), moved(span.end)))
    }
}

#[cfg(test)]
mod tests;

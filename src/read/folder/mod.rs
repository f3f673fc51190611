//! Folders of migrations: the parts that go up, in the order in which their tool applies them, become one design.

mod database;
mod layout;
mod order;
mod section;
mod sqitch;

use crate::base::{LineIndex, Parsed, Span};

use super::foreign::{self, Dialect};
use super::postgres::script;
use super::split::{Piece, split};
use super::{Diagnostic, DiagnosticKind, Options, Reading};
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
    /// Whose SQL it is, where it is not PostgreSQL's.
    pub dialect: Option<Dialect>,
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
    let mut chosen = database::one_database(files);
    let left_out = (0..files.len())
        .find(|it| !chosen.contains(it))
        .map(|it| left_out(it, "this and other folders for another database"));
    // People go on by hand where drizzle-kit began; its journal says nothing about their files then.
    let is_abandoned = |it: &usize| files.get(*it).is_some_and(|it| layout::is_abandoned(it, files));
    let abandoned = chosen.iter().copied().find(is_abandoned).map(|it| {
        chosen.retain(|other| *other != it);
        self::left_out(it, "the journal, which names none of these files,")
    });
    let of_one: Vec<Migration> = chosen.iter().filter_map(|it| files.get(*it).copied()).collect();
    let layout = Layout::of(&of_one);
    let in_order = layout.in_order(&of_one);
    let dialect = database::dialect(&of_one, &in_order);
    let applied: Vec<usize> = in_order.iter().filter_map(|it| chosen.get(*it).copied()).collect();
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
    let read = match dialect {
        None => script(&whole.text, whole.pieces().into_iter(), options, &line_of),
        Some(dialect) => foreign::scripts(&whole.text, &whole.spans(), dialect, options, &line_of),
    };
    let unnamed = (layout == Layout::Drizzle)
        .then(|| chosen.iter().copied().find(|it| is_sql(files, *it) && !applied.contains(it)))
        .flatten()
        .map(|it| self::left_out(it, "this and other files that the journal does not name"));
    let errors = read.errors.into_iter().map(|it| {
        let (file, span) = whole.place(it.span);
        FolderDiagnostic { file, diagnostic: Diagnostic { span, ..it } }
    });
    let errors = left_out.into_iter().chain(abandoned).chain(unnamed).chain(errors).collect();
    Parsed { tree: FolderReading { reading: read.tree, layout, dialect, applied }, errors }
}

fn is_sql(files: &[Migration], at: usize) -> bool {
    files.get(at).is_some_and(|it| layout::is_sql(it.path))
}

/// That a file is not read, and why.
fn left_out(file: usize, what: &'static str) -> FolderDiagnostic {
    FolderDiagnostic {
        file,
        diagnostic: Diagnostic { span: Span::default(), kind: DiagnosticKind::LeftOut { what } },
    }
}

/// The parts one after the other, and where each came from.
#[derive(Default)]
struct Whole {
    text: String,
    parts: Vec<Part>,
}

/// A part of a file: where it begins in the whole and in its file.
struct Part {
    at: u32,
    file: usize,
    start: u32,
}

impl Whole {
    fn add(&mut self, file: usize, text: &str, part: Span) {
        self.parts.push(Part { at: self.text.len() as u32, file, start: part.start });
        self.text.push_str(part.of(text));
        self.text.push('\n');
    }

    /// The bytes of each part. Each is cut for itself: a quote that one leaves open does not swallow the next.
    fn spans(&self) -> Vec<Span> {
        let ends = self.parts.iter().skip(1).map(|it| it.at as usize).chain([self.text.len()]);
        let without_line_end =
            |(part, end): (&Part, usize)| Span::new(part.at as usize, end.saturating_sub(1));
        self.parts.iter().zip(ends).map(without_line_end).collect()
    }

    /// The parts cut into pieces of PostgreSQL.
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in self.spans() {
            let at = part.start as usize;
            let moved = |it: Piece| {
                let span = Span::new(it.span.start as usize + at, it.span.end as usize + at);
                Piece { span, ..it }
            };
            pieces.extend(split(part.of(&self.text)).into_iter().map(moved));
        }
        pieces
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

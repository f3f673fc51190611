//! Files of any kind become a design; what they are is found from their names and contents.

mod folder;
mod format;
mod text;
mod together;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::{LineIndex, Parsed};
use crate::design::{Brief, Design, Edit, FileError, Record, Refused};
use crate::read::{self, Diagnostic, Live, Reading, Report};
use crate::share::{self, LinkError};

pub use format::{Format, is_link};
pub use text::{NotText, NotTextKind, text_of};

/// A file as it was given: its name, with the folders above it where several were given, and its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// `schema.sql`, `migrations/0001_init.sql`, `<stdin>`.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// A design that was read, and what is to be known about the reading.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The design. Of a brief it holds the text alone: what the text proposes is for a person to accept.
    pub design: Design,
    /// What the input was.
    pub format: Format,
    /// What became of its statements, where it has statements.
    pub report: Option<Report>,
    /// What a server told besides the schema.
    pub live: Option<Live>,
    /// What there is to know, in order of place.
    pub notes: Vec<Note>,
}

/// Something to know about a place of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The file's name.
    pub file: String,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// What.
    pub message: String,
    /// The words that it is about, cut short.
    pub excerpt: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// Why nothing can be read, with the file it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable {
    /// The file's name; empty when no file was given.
    pub file: String,
    /// Why.
    pub kind: UnreadableKind,
}

/// The reasons why nothing can be read.
#[derive(Clone, Debug, PartialEq)]
pub enum UnreadableKind {
    /// No file was given.
    Nothing,
    /// The file is empty.
    Empty,
    /// Several files were given that are not one input.
    Several,
    /// The bytes are no text.
    NotText(NotText),
    /// A design file that cannot be read.
    Design(FileError),
    /// A link that cannot be read.
    Link(LinkError),
    /// A text that the document does not take.
    Refused(Refused),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.kind {
            UnreadableKind::Nothing => f.write_str("there is no file to read"),
            UnreadableKind::Several => {
                f.write_str("these files are not one input; give one file, or a folder of migrations")
            }
            UnreadableKind::Empty => write!(f, "{file}: there is nothing in this file"),
            UnreadableKind::NotText(it) => match it.line {
                Some(line) => write!(f, "{file}:{line}: {it}"),
                None => write!(f, "{file}: {it}"),
            },
            UnreadableKind::Design(error @ FileError::Syntax { .. }) => write!(f, "{file}:{error}"),
            UnreadableKind::Design(error) => write!(f, "{file}: {error}"),
            UnreadableKind::Link(error) => write!(f, "{file}: {error}"),
            UnreadableKind::Refused(error) => write!(f, "{file}: {error}"),
        }
    }
}

/// Reads files that are one input: one file of any format, the migrations of a folder, or the files of one schema.
///
/// # Errors
/// When nothing in them can be read. What can be read in part is read in part, with notes.
pub fn open(files: &[File]) -> Result<Opened, Unreadable> {
    match files {
        [] => Err(Unreadable { file: String::new(), kind: UnreadableKind::Nothing }),
        [file] => {
            let fail = |kind| Unreadable { file: file.name.clone(), kind };
            let text = text_of(&file.bytes).map_err(|it| fail(UnreadableKind::NotText(it)))?;
            if text.text.trim().is_empty() {
                return Err(fail(UnreadableKind::Empty));
            }
            let mut opened = open_text(&file.name, &text.text).map_err(fail)?;
            opened.notes.splice(0..0, text.note(&file.name));
            Ok(opened)
        }
        _ if files.iter().any(|it| it.name.to_ascii_lowercase().ends_with(".sql")) => {
            let scripts = folder::open(files);
            let makes_tables = scripts.as_ref().is_ok_and(|it| it.design.tables().len() > 0);
            match together::format_of(files) {
                // Scripts beside a schema that make no table set up its tests, or what it cannot say.
                Some(format) if !makes_tables => together::open(files, format),
                _ => scripts,
            }
        }
        [file, ..] => match together::format_of(files) {
            Some(format) => together::open(files, format),
            None => Err(Unreadable { file: file.name.clone(), kind: UnreadableKind::Several }),
        },
    }
}

fn open_text(name: &str, text: &str) -> Result<Opened, UnreadableKind> {
    let format = Format::of(name, text);
    let plain = |design| Opened { design, format, report: None, live: None, notes: Vec::new() };
    match format {
        Format::Design => Design::from_json(text).map(plain).map_err(UnreadableKind::Design),
        Format::Link => share::decode(text.trim()).map(plain).map_err(UnreadableKind::Link),
        Format::Sql
        | Format::Dbml
        | Format::Prisma
        | Format::Drizzle
        | Format::MySql
        | Format::Sqlite
        | Format::Catalog
        | Format::Brief => {
            if let Some(reader) = format.reader() {
                return Ok(of_reading(name, text, format, reader(text, &read::Options::default())));
            }
            let mut design = Design::new();
            let brief = Brief {
                id: design.ids().take(),
                title: stem(name).to_owned(),
                text: text.to_owned(),
                accepted: None,
            };
            design.apply(&Edit::adding([brief])).map_err(UnreadableKind::Refused)?;
            Ok(plain(titled(design, name)))
        }
    }
}

fn of_reading(name: &str, text: &str, format: Format, parsed: Parsed<Reading, Diagnostic>) -> Opened {
    let Parsed { tree: Reading { design, report, live, .. }, errors } = parsed;
    let notes = notes_of(name, text, &errors);
    Opened { design: titled(design, name), format, report: Some(report), live, notes }
}

/// The diagnostics of a text as notes, with lines and columns.
fn notes_of(name: &str, text: &str, diagnostics: &[Diagnostic]) -> Vec<Note> {
    let index = LineIndex::new(text);
    let note = |it: &Diagnostic| {
        let place = index.place(it.span.start);
        Note {
            file: name.to_owned(),
            line: place.line,
            column: place.column,
            message: it.to_string(),
            excerpt: excerpt(it.span.of(text)),
        }
    };
    diagnostics.iter().map(note).collect()
}

/// The design under the file's name, unless it has one of its own.
fn titled(mut design: Design, name: &str) -> Design {
    if design.title().is_empty() && !name.starts_with('<') {
        let edit = Edit::default().put(&design, Record::Title(stem(name).to_owned()));
        // A title breaks no invariant.
        let _ = design.apply(&edit);
    }
    design
}

/// The file's own name up to its first dot.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let base = file.split_once('.').map_or(file, |it| it.0);
    if base.is_empty() { file } else { base }
}

/// Characters of a statement that are shown beside a note.
const LONGEST_EXCERPT: usize = 120;

fn excerpt(text: &str) -> String {
    // A statement may be megabytes of rows; its first words tell which it is.
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if words.len() > 4 * LONGEST_EXCERPT {
            break;
        }
    }
    if words.chars().count() <= LONGEST_EXCERPT {
        return words;
    }
    words.chars().take(LONGEST_EXCERPT).chain("…".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> [File; 1] {
        [File { name: name.to_owned(), bytes: bytes.to_vec() }]
    }

    #[test]
    fn sql_becomes_tables_and_a_report() {
        let opened = open(&file("db/shop.sql", b"CREATE TABLE a (id int);\nCREATE CAST nonsense;")).unwrap();
        assert_eq!(opened.format, Format::Sql);
        assert_eq!(opened.design.title(), "shop");
        assert_eq!(opened.design.tables().count(), 1);
        assert_eq!(opened.report.unwrap().statements, 2);
        assert_eq!((opened.notes[0].line, opened.notes[0].column), (2, 13));
    }

    #[test]
    fn the_files_of_a_schema_are_read_as_one() {
        let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let files = [
            file(
                "db/users.ts",
                "import { id } from './shared';\nexport const users = pgTable('users', { id: id(), x: odd() });",
            ),
            file("db/shared.ts", "export const id = () => integer().primaryKey();"),
            file("db/readme.md", "Words."),
        ];
        let opened = open(&files).unwrap();
        assert_eq!((opened.format, opened.design.tables().count()), (Format::Drizzle, 1));
        assert_eq!(opened.design.title(), "db");
        assert_eq!((opened.notes[0].file.as_str(), opened.notes[0].line), ("db/users.ts", 2));
    }

    #[test]
    fn scripts_without_tables_do_not_hide_the_schema_beside_them() {
        let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let files = [
            file("db/schema.ts", "export const users = pgTable('users', { id: integer() });"),
            file("db/test/setup.sql", "CREATE SCHEMA auth;"),
        ];
        let opened = open(&files).unwrap();
        assert_eq!((opened.format, opened.design.tables().count()), (Format::Drizzle, 1));
    }

    #[test]
    fn a_brief_is_kept_and_not_yet_believed() {
        let opened = open(&file("idea.md", b"A shop sells goods.")).unwrap();
        assert_eq!(opened.design.tables().count(), 0);
        assert_eq!(opened.design.briefs().next().unwrap().text, "A shop sells goods.");
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_file() {
        let told = |name, bytes| open(&file(name, bytes)).unwrap_err().to_string();
        assert!(told("x.json", b"{ \"version\": ").starts_with("x.json:1:"), "{}", told("x.json", b"{"));
        assert!(told("x.dump", b"PGDMP\x01\x0e").contains("pg_restore"), "{}", told("x.dump", b"PGDMP\x01"));
        assert!(open(&[]).is_err());
    }

    #[test]
    fn long_statements_are_cut() {
        assert_eq!(excerpt("a\n  b"), "a b");
        let long = excerpt(&"word ".repeat(1000));
        assert_eq!(long.chars().count(), LONGEST_EXCERPT + 1);
        assert!(long.ends_with('…'));
    }
}

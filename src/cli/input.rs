//! INPUT: a file, standard input or a link becomes a text with a format, and a text becomes a design.

use std::io::Read as _;
use std::path::Path;

use relata::base::{LineIndex, Parsed};
use relata::brief;
use relata::design::{Brief, BriefId, Design, Edit, FileError, Refused};
use relata::read::{self, Diagnostic, Reading};
use relata::share;

use super::Failure;

/// A text, where it came from, and what it is.
pub struct Input {
    /// The file's name, or `<stdin>`, for messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Found from name and content.
    pub format: Format,
}

/// What an INPUT may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A `.relata.json`.
    Design,
    /// SQL.
    Sql,
    /// The JSON of `relata catalog`'s query.
    Catalog,
    /// Prose.
    Brief,
    /// A share link.
    Link,
}

impl Input {
    /// Reads an argument: `-`, a link, or the path of a file.
    ///
    /// # Errors
    /// When the file cannot be read or is not UTF-8 text.
    pub fn read(argument: &str) -> Result<Self, Failure> {
        if is_link(argument) {
            return Ok(Self { name: "<link>".into(), text: argument.into(), format: Format::Link });
        }
        let (name, bytes) = if argument == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().read_to_end(&mut bytes);
            read.map_err(|error| Failure::Input(format!("<stdin>: cannot read: {error}")))?;
            ("<stdin>".to_owned(), bytes)
        } else {
            let bytes = std::fs::read(argument);
            (
                argument.to_owned(),
                bytes.map_err(|error| Failure::Input(format!("{argument}: cannot read: {error}")))?,
            )
        };
        let text = text_of(&name, bytes)?;
        let format = format_of(&name, &text);
        Ok(Self { name, text, format })
    }

    /// The design in it.
    ///
    /// # Errors
    /// When the text is not of its format or holds no design.
    pub fn design(&self) -> Result<Design, Failure> {
        match self.format {
            Format::Design => Design::from_json(&self.text).map_err(|error| self.file_error(&error)),
            Format::Link => {
                share::decode(&self.text).map_err(|error| Failure::Input(format!("{}: {error}", self.name)))
            }
            Format::Sql | Format::Catalog => {
                let read = self.reading();
                self.tell(&read.errors);
                Ok(read.tree.design)
            }
            Format::Brief => self.design_of_brief(),
        }
    }

    /// What a reader makes of a text that describes a database, such as SQL.
    pub fn reading(&self) -> Parsed<Reading, Diagnostic> {
        let options = read::Options::default();
        match self.format {
            Format::Catalog => read::catalog(&self.text, &options),
            Format::Design | Format::Sql | Format::Brief | Format::Link => {
                read::postgres(&self.text, &options)
            }
        }
    }

    /// The brief itself, and everything that its reading proposes.
    fn design_of_brief(&self) -> Result<Design, Failure> {
        let refused = |error: Refused| Failure::Input(format!("{}: {error}", self.name));
        let mut design = Design::new();
        let id: BriefId = design.ids().take();
        let kept = Brief { id, title: String::new(), text: self.text.clone() };
        design.apply(&Edit::adding([kept])).map_err(refused)?;
        let proposal = brief::propose(&design, &brief::read(&self.text), id);
        let edit = proposal.accept_all(&design).map_err(refused)?;
        design.apply(&edit).map_err(refused)?;
        Ok(design)
    }

    /// Tells on standard error what a reader has to say, with file, line and column.
    pub fn tell(&self, diagnostics: &[Diagnostic]) {
        let lines = LineIndex::new(&self.text);
        for diagnostic in diagnostics {
            eprintln!("{}:{}: {diagnostic}", self.name, lines.place(diagnostic.span.start));
        }
    }

    fn file_error(&self, error: &FileError) -> Failure {
        match error {
            FileError::Syntax { .. } => Failure::Input(format!("{}:{error}", self.name)),
            FileError::NoVersion | FileError::TooNew { .. } | FileError::Refused(_) => {
                Failure::Input(format!("{}: {error}", self.name))
            }
        }
    }
}

/// A fragment, or the address of a page with one.
fn is_link(text: &str) -> bool {
    text.starts_with(share::PREFIX) || text.starts_with("http") && text.contains(share::PREFIX)
}

/// UTF-8 with or without a byte order mark; anything else is refused with the place where it stops being text.
fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Failure::Input(format!("{name}: this is UTF-16; save it as UTF-8 and try again")));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes().iter().take(valid).filter(|it| **it == b'\n').count() + 1;
            Err(Failure::Input(format!(
                "{name}:{line}: not UTF-8 text (byte {valid}); is this a binary file?"
            )))
        }
    }
}

fn format_of(name: &str, text: &str) -> Format {
    let extension = Path::new(name).extension().and_then(|it| it.to_str()).unwrap_or("").to_lowercase();
    let start = text.trim_start();
    match extension.as_str() {
        "sql" => Format::Sql,
        "md" | "txt" | "markdown" => Format::Brief,
        "json" if read::is_catalog(start) => Format::Catalog,
        "json" => Format::Design,
        _ if is_link(start) => Format::Link,
        _ if read::is_catalog(start) => Format::Catalog,
        _ if start.starts_with('{') => Format::Design,
        _ if looks_like_sql(start) => Format::Sql,
        _ => Format::Brief,
    }
}

/// Whether the first words that are no comment begin a statement of a schema.
fn looks_like_sql(text: &str) -> bool {
    let line = text.lines().map(str::trim).find(|it| !it.is_empty() && !it.starts_with("--")).unwrap_or("");
    let upper = line.to_uppercase();
    let first: Vec<&str> = upper.split_whitespace().take(2).collect();
    match first.as_slice() {
        ["CREATE" | "ALTER" | "COMMENT" | "DROP" | "SET" | "BEGIN" | "INSERT", ..] => true,
        [word, ..] => word.starts_with("/*") || word.starts_with('\\') || word.starts_with("BEGIN;"),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_from_name_then_content() {
        assert_eq!(format_of("a.sql", "Hello"), Format::Sql);
        assert_eq!(format_of("<stdin>", "-- dump\nCREATE TABLE a ();"), Format::Sql);
        assert_eq!(format_of("<stdin>", "A shop sells goods."), Format::Brief);
        assert_eq!(format_of("<stdin>", "{\"version\": 1}"), Format::Design);
        assert_eq!(format_of("a.json", "{\"relata_catalog\" : 1}"), Format::Catalog);
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let refused = text_of("x.sql", b"a\nb\xFF".to_vec()).expect_err("not UTF-8").to_string();
        assert_eq!(refused, "x.sql:2: not UTF-8 text (byte 3); is this a binary file?");
        assert!(text_of("x.sql", vec![0xFF, 0xFE, 0x41, 0]).is_err());
    }
}

//! What a reader has to say about a place of its text.

use std::fmt;

use crate::base::Span;

/// Something to know about a place of the text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The bytes of the statement, or of the part of it that is meant.
    pub span: Span,
    /// What it is.
    pub kind: DiagnosticKind,
}

/// Why a statement, or a part of one, was not modelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiagnosticKind {
    /// The text is no SQL that PostgreSQL would read. Kept as written.
    Syntax {
        /// What was expected.
        message: String,
    },
    /// The document has no record for this. Kept as written.
    NotModelled {
        /// What it is, such as `CREATE CAST`.
        what: String,
    },
    /// It refers to something that the text does not create. Kept as written.
    Unknown {
        /// `table`, `column`, `index`…
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// It creates something that is already there. Left out.
    Exists {
        /// Its name.
        name: String,
    },
    /// A part of the design would break an invariant. Kept as written.
    Refused {
        /// The invariant, in words.
        reason: String,
    },
    /// An SQL schema that the text uses and does not create.
    NamespaceAssumed {
        /// Its name.
        name: String,
    },
    /// Rows that are not part of the design.
    RowsLeftOut {
        /// The table.
        table: String,
        /// How many.
        rows: usize,
    },
    /// Rows of something that the text does not create.
    RowsOfUnknown {
        /// Its name.
        table: String,
        /// How many.
        rows: usize,
    },
    /// A quote, comment or parenthesis without its end: what follows is taken as a part of it. Kept as written, in a comment.
    Unclosed {
        /// `quoted text`, `comment`…
        what: &'static str,
    },
    /// `\connect` to another database than the one that is read. Left out, with what it holds.
    OtherDatabase {
        /// Its name.
        name: String,
    },
    /// The text seems to be written for another database.
    OtherDialect {
        /// Its name.
        name: &'static str,
        /// By what it is known.
        sign: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// The JSON of a catalogue, or an entry of it, is broken.
    BrokenCatalog {
        /// What was expected.
        message: String,
    },
    /// A database has this, and the catalogue's JSON has no place for it. Left out.
    NotInCatalog {
        /// As the server describes it.
        what: String,
    },
    /// A file that the script reads, and that is not here.
    Included {
        /// Its name as written.
        file: String,
    },
    /// Something that is not part of a schema.
    LeftOut {
        /// What it is.
        what: &'static str,
    },
    /// Words of another language that were not understood.
    Misread {
        /// What was expected, or what to do.
        message: String,
    },
    /// Something of another language that PostgreSQL does not have.
    NoEquivalent {
        /// What it is.
        what: String,
        /// What is there instead, or what to do.
        instead: String,
    },
}

impl DiagnosticKind {
    /// The same of a text that is being written: nothing of it is kept as it stands.
    pub fn in_draft(&self) -> String {
        match self {
            Self::Syntax { message } => format!("not understood: {message}"),
            Self::Unknown { what, name } => format!("{what} `{name}` is not in this text"),
            Self::Refused { reason } => reason.clone(),
            Self::Exists { name } => format!("`{name}` is already there"),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for DiagnosticKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message } => write!(f, "not understood, kept as written: {message}"),
            Self::NotModelled { what } => write!(f, "`{what}` is kept as written"),
            Self::Unknown { what, name } => {
                write!(f, "{what} `{name}` is not in this text; the statement is kept as written")
            }
            Self::Exists { name } => write!(f, "`{name}` is already there; left out"),
            Self::Refused { reason } => write!(f, "kept as written: {reason}"),
            Self::NamespaceAssumed { name } => write!(f, "schema `{name}` is used but not created here"),
            Self::RowsLeftOut { table, rows } => {
                write!(f, "{rows} {} of `{table}` left out", if *rows == 1 { "row" } else { "rows" })
            }
            Self::RowsOfUnknown { table, rows } => {
                let rows_word = if *rows == 1 { "row" } else { "rows" };
                write!(f, "{rows} {rows_word} of `{table}` left out: that table is not in this text")
            }
            Self::Unclosed { what } => {
                write!(
                    f,
                    "the {what} that begins here is never closed; all that follows is taken as a part of it"
                )
            }
            Self::OtherDatabase { name } => {
                write!(
                    f,
                    "`{name}` is another database; its part is left out, read it from a file of its own"
                )
            }
            Self::OtherDialect { name, sign, hint } => {
                write!(f, "this seems to be SQL for {name} ({sign}), but is read as PostgreSQL's; {hint}")
            }
            Self::BrokenCatalog { message } => f.write_str(message),
            Self::NotInCatalog { what } => write!(f, "{what} is not in a catalogue's JSON; left out"),
            Self::Included { file } => write!(f, "`{file}` is read from here; give that file as well"),
            Self::LeftOut { what } => write!(f, "{what} left out"),
            Self::Misread { message } => write!(f, "not understood: {message}"),
            Self::NoEquivalent { what, instead } => write!(f, "PostgreSQL has no `{what}`: {instead}"),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

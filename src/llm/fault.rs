//! What is wrong with an answer, told to a person and to the model alike.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why an answer cannot be used as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is longer than any answer needs to be.
    TooLong {
        /// How many bytes are taken.
        most: usize,
    },
    /// No JSON object is in it.
    NotJson {
        /// What was expected, and where.
        message: String,
    },
    /// It ends within the JSON.
    CutOff,
    /// The JSON is not as the schema says.
    Schema {
        /// Where in it: `entities[2].name`.
        at: String,
        /// What was expected.
        message: String,
    },
    /// A name that is no plain identifier.
    Name {
        /// Where, or of what.
        at: String,
        /// The name.
        name: String,
    },
    /// Something is named twice.
    Twice {
        /// What.
        name: String,
    },
    /// An entity that is not among those that were found.
    NoEntity {
        /// Where in the answer.
        at: String,
        /// The name.
        name: String,
    },
    /// Two statements of the answer that cannot both be.
    Contradiction {
        /// Where in the answer.
        at: String,
        /// What cannot be.
        message: String,
    },
    /// A statement of kinds that are not taken from a model.
    Statement {
        /// Its beginning.
        sql: String,
    },
    /// SQL that does not go with the design.
    Sql {
        /// The statement's beginning.
        sql: String,
        /// What is wrong with it.
        message: String,
    },
    /// The design would not hold together.
    Refused {
        /// Why.
        reason: String,
    },
    /// It changes what is given.
    Given {
        /// What: `table customer`.
        what: String,
    },
    /// It changes nothing.
    Nothing {
        /// What the model says of it.
        why: String,
    },
    /// The way back does not lead back.
    WayBack {
        /// What is different afterwards.
        message: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the answer is empty"),
            Self::TooLong { most } => write!(f, "the answer is longer than {most} bytes"),
            Self::NotJson { message } => write!(f, "the answer is no JSON object: {message}"),
            Self::CutOff => f.write_str("the answer ends before its JSON does"),
            Self::Schema { at, message } => write!(f, "`{at}`: {message}"),
            Self::Name { at, name } => write!(f, "`{at}`: `{name}` is no plain name in snake_case"),
            Self::Twice { name } => write!(f, "`{name}` is there twice"),
            Self::NoEntity { at, name } => write!(f, "`{at}`: there is no entity `{name}`"),
            Self::Contradiction { at, message } => write!(f, "`{at}`: {message}"),
            Self::Statement { sql } => write!(f, "`{sql}`: no such statements are taken from a model"),
            Self::Sql { sql, message } => write!(f, "`{sql}`: {message}"),
            Self::Refused { reason } => write!(f, "the design would not hold together: {reason}"),
            Self::Given { what } => write!(f, "{what} is given: it is there already and must not be changed"),
            Self::Nothing { why } if why.is_empty() => f.write_str("it changes nothing"),
            Self::Nothing { why } => write!(f, "it changes nothing: {why}"),
            Self::WayBack { message } => write!(f, "`migration_down` does not lead back: {message}"),
        }
    }
}

/// A stranger's text, fit to be shown: one line of at most `most` characters, without signs that steer a terminal or turn
/// the direction of writing.
pub(super) fn cleaned(text: &str, most: usize) -> String {
    let is_steering = |it: char| {
        it.is_control()
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let text: String = text.chars().map(|it| if it.is_whitespace() { ' ' } else { it }).collect();
    let text: String = text.chars().filter(|it| !is_steering(*it)).collect();
    let words = text.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words,
    }
}

/// Whether a name needs no quotes but for a reserved word, and fits an identifier.
pub(super) fn is_plain(name: &str) -> bool {
    let mut signs = name.chars();
    signs.next().is_some_and(|it| it.is_ascii_lowercase())
        && name.len() <= 63
        && signs.all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
}

//! `Order id:uuid total:decimal` → an aggregate, and what could not be read.

use std::fmt;

use super::{Aggregate, Field};
use crate::base::{Parsed, Span, lower};
use crate::design::meaning::{LooseType, LooseTypeErrorKind};
use crate::design::naming::identifier;

/// Why a part of an aggregate could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregateError {
    /// Where, in the text that was given.
    pub span: Span,
    /// What.
    pub kind: AggregateErrorKind,
}

impl fmt::Display for AggregateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for AggregateError {}

/// What is wrong with an aggregate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AggregateErrorKind {
    /// The text is empty, or begins with a field.
    NoName,
    /// A colon with no name before it.
    NoFieldName,
    /// Two fields become the same column.
    RepeatedField {
        /// The column.
        name: String,
    },
    /// The type of a field.
    Type {
        /// The field.
        field: String,
        /// What is wrong with it.
        kind: LooseTypeErrorKind,
    },
}

impl fmt::Display for AggregateErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("the name is missing"),
            Self::NoFieldName => f.write_str("a field has no name"),
            Self::RepeatedField { name } => write!(f, "field `{name}` stands twice"),
            Self::Type { field, kind } => write!(f, "field `{field}`: {kind}"),
        }
    }
}

/// Reads a name and fields, apart by white space, commas or semicolons: `Order total:decimal status:open|closed`.
/// A field without a type is known by its name alone. What is between parentheses stays together.
///
/// A field with an error is left out of the tree.
pub fn parse(text: &str) -> Parsed<Aggregate, AggregateError> {
    let mut aggregate = Aggregate::default();
    let mut errors = Vec::new();
    let mut pieces = pieces(text).into_iter();
    match pieces.next() {
        Some(span) if !span.of(text).contains(':') => span.of(text).clone_into(&mut aggregate.name),
        Some(span) => errors.push(AggregateError { span, kind: AggregateErrorKind::NoName }),
        None => errors.push(AggregateError { span: Span::default(), kind: AggregateErrorKind::NoName }),
    }
    for span in pieces {
        match field(text, span) {
            Ok(field) => {
                let name = identifier(&field.name);
                if aggregate.fields.iter().any(|it| identifier(&it.name) == name) {
                    errors.push(AggregateError { span, kind: AggregateErrorKind::RepeatedField { name } });
                } else {
                    aggregate.fields.push(field);
                }
            }
            Err(error) => errors.push(error),
        }
    }
    Parsed { tree: aggregate, errors }
}

/// Reads fields without a name before them.
pub(super) fn fields(text: &str) -> Result<Vec<Field>, AggregateError> {
    pieces(text).into_iter().map(|span| field(text, span)).collect()
}

fn field(text: &str, span: Span) -> Result<Field, AggregateError> {
    let piece = span.of(text);
    let (name, stated) = piece.split_once(':').map_or((piece, None), |(name, stated)| (name, Some(stated)));
    // `email?` has no type, but may be missing all the same.
    let (name, bare) = match (name.strip_suffix('?'), stated) {
        (Some(name), None) => (name, Some(true)),
        _ => (name, None),
    };
    if name.trim().is_empty() {
        return Err(AggregateError { span, kind: AggregateErrorKind::NoFieldName });
    }
    let stated = stated.map(LooseType::parse).transpose().map_err(|error| AggregateError {
        span: error.span.shifted(span.start as usize + name.len() + 1),
        kind: AggregateErrorKind::Type { field: name.to_owned(), kind: error.kind },
    })?;
    Ok(Field { name: name.to_owned(), stated, nullable: bare, span })
}

/// The places of what stands between separators; parentheses hold together, a colon holds what follows it, and
/// `double precision` and its like are one type.
fn pieces(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let (mut depth, mut start) = (0_u32, None);
    for (at, sign) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let separates =
            (sign.is_whitespace() || sign == ',' || sign == ';') && (depth == 0 || at == text.len());
        match (separates, start) {
            (true, Some(from)) => {
                found.push(Span::new(from, at));
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    join_types(text, found)
}

/// Joins `x:double` and `precision`, `x:timestamp`, `without`, `time`, `zone`, and `x:` with its type.
fn join_types(text: &str, pieces: Vec<Span>) -> Vec<Span> {
    const CONTINUED: &[&str] = &["precision", "varying", "with", "without", "time", "zone"];
    let mut joined: Vec<Span> = Vec::new();
    for piece in pieces {
        let words = lower(piece.of(text).trim_end_matches(['?', '!']));
        match joined.last_mut() {
            Some(last) if last.of(text).ends_with(':') => *last = last.cover(piece),
            Some(last) if last.of(text).contains(':') && CONTINUED.contains(&words.as_str()) => {
                *last = last.cover(piece);
            }
            _ => joined.push(piece),
        }
    }
    joined
}

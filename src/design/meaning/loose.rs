//! Types as people write them in a hurry: `string`, `money`, `low|high`, `ref(user)`, `decimal?`.

use std::fmt;

use super::Sense;
use crate::base::{self, Span, lower};
use crate::design::DataType;
use crate::pg::Builtin;

/// A type as it was stated for a field.
#[derive(Clone, Debug, PartialEq)]
pub struct LooseType {
    /// What was stated.
    pub kind: LooseKind,
    /// `[]`, or `list of`.
    pub array: bool,
    /// `?` is true, `!` is false; none leaves it to the name.
    pub nullable: Option<bool>,
}

/// The part of a stated type that says what a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum LooseKind {
    /// A word that leaves the details to the column's name.
    Family(Family),
    /// A PostgreSQL type that was meant exactly as it stands.
    Exact(DataType),
    /// A closed set of values, in order.
    Values(Vec<String>),
    /// A reference to another entity, by its singular name.
    Reference(String),
    /// A word for a meaning: `email`, `url`, `percentage`.
    Sense(Sense),
}

/// What values have in common when only a loose word is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// `string`, `text`
    Text,
    /// `int`
    Integer,
    /// `long`
    Long,
    /// `decimal`
    Decimal,
    /// `float`, `double`
    Float,
    /// `number`: whole or not.
    Number,
    /// `money`
    Money,
    /// `bool`
    Boolean,
    /// `date`
    Date,
    /// `datetime`, `timestamp`
    DateTime,
    /// `time`
    Time,
    /// `interval`, `duration`
    Interval,
    /// `json`, `object`
    Json,
    /// `uuid`
    Uuid,
    /// `bytes`, `blob`
    Binary,
}

/// Words for families; none of them is the name of a sense.
const FAMILIES: &[(&str, Family)] = &[
    ("string", Family::Text),
    ("str", Family::Text),
    ("text", Family::Text),
    ("varchar", Family::Text),
    ("char", Family::Text),
    ("int", Family::Integer),
    ("integer", Family::Integer),
    ("int32", Family::Integer),
    ("i32", Family::Integer),
    ("long", Family::Long),
    ("int64", Family::Long),
    ("i64", Family::Long),
    ("bigint", Family::Long),
    ("decimal", Family::Decimal),
    ("numeric", Family::Decimal),
    ("bigdecimal", Family::Decimal),
    ("float", Family::Float),
    ("double", Family::Float),
    ("number", Family::Number),
    ("money", Family::Money),
    ("bool", Family::Boolean),
    ("boolean", Family::Boolean),
    ("date", Family::Date),
    ("datetime", Family::DateTime),
    ("timestamp", Family::DateTime),
    ("timestamptz", Family::DateTime),
    ("instant", Family::DateTime),
    ("time", Family::Time),
    ("interval", Family::Interval),
    ("duration", Family::Interval),
    ("timespan", Family::Interval),
    ("json", Family::Json),
    ("jsonb", Family::Json),
    ("object", Family::Json),
    ("map", Family::Json),
    ("dict", Family::Json),
    ("uuid", Family::Uuid),
    ("guid", Family::Uuid),
    ("bytes", Family::Binary),
    ("blob", Family::Binary),
    ("binary", Family::Binary),
    ("bytea", Family::Binary),
];

/// Why a stated type could not be read; the span is in the text of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooseTypeError {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: LooseTypeErrorKind,
}

/// What is wrong with a stated type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LooseTypeErrorKind {
    /// Nothing is there.
    Missing,
    /// No such type.
    Unknown {
        /// As it was written.
        name: String,
    },
    /// Between two `|` stands nothing.
    EmptyValue,
    /// A value stands twice.
    RepeatedValue {
        /// The value.
        value: String,
    },
    /// `ref()` without a name.
    EmptyReference,
    /// What stands between parentheses does not suit the type.
    Modifiers {
        /// As it was written.
        text: String,
    },
}

impl fmt::Display for LooseTypeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the type is missing"),
            Self::Unknown { name } => write!(f, "unknown type `{name}`"),
            Self::EmptyValue => f.write_str("a value of the list is empty"),
            Self::RepeatedValue { value } => write!(f, "value `{value}` stands twice"),
            Self::EmptyReference => f.write_str("`ref` does not say what it refers to"),
            Self::Modifiers { text } => write!(f, "`({text})` does not suit the type"),
        }
    }
}

impl LooseType {
    /// A word of a family, nothing more.
    pub fn family(family: Family) -> Self {
        Self { kind: LooseKind::Family(family), array: false, nullable: None }
    }

    /// Reads `string`, `decimal?`, `varchar(80)`, `text[]`, `low|high`, `enum(low, high)`, `ref(user)`.
    ///
    /// # Errors
    /// When the text is none of these; letter case does not matter, except in values.
    pub fn parse(text: &str) -> Result<Self, LooseTypeError> {
        let mut rest = Piece::of(text).trimmed();
        let mut nullable = None;
        if let Some(before) = rest.without_suffix("?") {
            (rest, nullable) = (before, Some(true));
        } else if let Some(before) = rest.without_suffix("!") {
            (rest, nullable) = (before, Some(false));
        }
        let mut array = false;
        if let Some(before) = rest.without_suffix("[]") {
            (rest, array) = (before, true);
        }
        Ok(Self { kind: kind(rest)?, array, nullable })
    }
}

fn kind(piece: Piece<'_>) -> Result<LooseKind, LooseTypeError> {
    if piece.text.is_empty() {
        return Err(piece.error(LooseTypeErrorKind::Missing));
    }
    if piece.text.contains('|') {
        return values(piece.split('|'));
    }
    let Some((head, inside)) = piece.call() else { return word(piece) };
    match lower(head.text).as_str() {
        "enum" | "values" | "one_of" | "oneof" => values(inside.split(',')),
        "ref" | "references" | "fk" | "belongs_to" => match base::singular(&base::snake_case(inside.text)) {
            name if name.is_empty() => Err(inside.error(LooseTypeErrorKind::EmptyReference)),
            name => Ok(LooseKind::Reference(name)),
        },
        name => {
            let unknown = LooseTypeErrorKind::Unknown { name: head.text.to_owned() };
            let builtin = Builtin::from_name(name).ok_or_else(|| head.error(unknown))?;
            let modifiers: Vec<&str> = inside.split(',').map(|it| it.text).collect();
            if !suits(builtin, &modifiers) {
                return Err(inside.error(LooseTypeErrorKind::Modifiers { text: inside.text.to_owned() }));
            }
            Ok(LooseKind::Exact(DataType::builtin(builtin).with_modifiers(modifiers)))
        }
    }
}

fn word(piece: Piece<'_>) -> Result<LooseKind, LooseTypeError> {
    let name = lower(piece.text);
    if let Some((_, family)) = FAMILIES.iter().find(|it| it.0 == name) {
        return Ok(LooseKind::Family(*family));
    }
    if let Some(builtin) = Builtin::from_name(&name) {
        return Ok(LooseKind::Exact(DataType::builtin(builtin)));
    }
    if let Some(sense) = Sense::from_name(&base::snake_case(piece.text)) {
        return Ok(LooseKind::Sense(sense));
    }
    Err(piece.error(LooseTypeErrorKind::Unknown { name: piece.text.to_owned() }))
}

fn values<'a>(pieces: impl Iterator<Item = Piece<'a>>) -> Result<LooseKind, LooseTypeError> {
    let mut found: Vec<String> = Vec::new();
    for piece in pieces {
        let value = piece.text.trim_matches(['\'', '"']).to_owned();
        if value.is_empty() {
            return Err(piece.error(LooseTypeErrorKind::EmptyValue));
        }
        if found.contains(&value) {
            return Err(piece.error(LooseTypeErrorKind::RepeatedValue { value }));
        }
        found.push(value);
    }
    Ok(LooseKind::Values(found))
}

/// Whether these modifiers can stand behind the type (PostgreSQL manual, chapter "Data Types").
fn suits(builtin: Builtin, modifiers: &[&str]) -> bool {
    let numbers: Option<Vec<i64>> = modifiers.iter().map(|it| it.parse().ok()).collect();
    let Some(numbers) = numbers else { return false };
    match (builtin, numbers.as_slice()) {
        (Builtin::Numeric, [precision]) => (1..=1000).contains(precision),
        (Builtin::Numeric, [precision, scale]) => {
            (1..=1000).contains(precision) && (-1000..=1000).contains(scale)
        }
        (Builtin::Varchar | Builtin::Character, [length]) => (1..=10_485_760).contains(length),
        (Builtin::Bit | Builtin::VarBit, [length]) => (1..=83_886_080).contains(length),
        (
            Builtin::Timestamp | Builtin::TimestampTz | Builtin::Time | Builtin::TimeTz | Builtin::Interval,
            [precision],
        ) => (0..=6).contains(precision),
        _ => false,
    }
}

/// A part of the text, with its place in the whole.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Piece<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, start: 0 }
    }

    fn trimmed(self) -> Self {
        let left = self.text.trim_start();
        Self { text: left.trim_end(), start: self.start + self.text.len() - left.len() }
    }

    fn without_suffix(self, suffix: &str) -> Option<Self> {
        let text = self.text.strip_suffix(suffix)?;
        Some(Self { text, ..self }.trimmed())
    }

    fn split(self, separator: char) -> impl Iterator<Item = Self> {
        let mut start = self.start;
        self.text.split(separator).map(move |text| {
            let piece = Self { text, start };
            start += text.len() + separator.len_utf8();
            piece.trimmed()
        })
    }

    /// `head(inside)`
    fn call(self) -> Option<(Self, Self)> {
        let (head, rest) = self.text.split_once('(')?;
        let inside = rest.strip_suffix(')')?;
        let inside = Self { text: inside, start: self.start + head.len() + 1 };
        Some((Self { text: head, start: self.start }.trimmed(), inside.trimmed()))
    }

    fn error(self, kind: LooseTypeErrorKind) -> LooseTypeError {
        LooseTypeError { span: Span::new(self.start, self.start + self.text.len()), kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_words_values_references_and_exact_types_are_read() {
        let kind = |text: &str| LooseType::parse(text).expect(text).kind;
        assert_eq!(kind("String"), LooseKind::Family(Family::Text));
        assert_eq!(kind("low|high"), LooseKind::Values(vec!["low".into(), "high".into()]));
        assert_eq!(kind("enum(low, high)"), LooseKind::Values(vec!["low".into(), "high".into()]));
        assert_eq!(kind("ref(Users)"), LooseKind::Reference("user".into()));
        assert_eq!(kind("email"), LooseKind::Sense(Sense::Email));
        let exact = DataType::builtin(Builtin::Varchar).with_modifiers([80]);
        assert_eq!(kind("varchar(80)"), LooseKind::Exact(exact));
        assert_eq!(kind("double precision"), LooseKind::Exact(DataType::builtin(Builtin::Double)));
        let optional = LooseType::parse(" string[]? ").expect("read");
        assert_eq!((optional.array, optional.nullable), (true, Some(true)));
    }

    #[test]
    fn errors_name_the_place() {
        let error = |text: &str| {
            let error = LooseType::parse(text).expect_err(text);
            (error.span.of(text).to_owned(), error.kind.to_string())
        };
        assert_eq!(error("strin"), ("strin".into(), "unknown type `strin`".into()));
        assert_eq!(error("low|low"), ("low".into(), "value `low` stands twice".into()));
        assert_eq!(error("low||high").1, "a value of the list is empty");
        assert_eq!(error("numeric(2,x)"), ("2,x".into(), "`(2,x)` does not suit the type".into()));
        assert_eq!(error("ref()").1, "`ref` does not say what it refers to");
        assert_eq!(error("?").1, "the type is missing");
    }
}

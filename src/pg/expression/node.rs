//! SQL as a tree that forgets what only the spelling says.

/// A piece of an expression, or of what surrounds it. Parentheses, the case of words and the spellings that PostgreSQL's
/// own deparser exchanges (`IN`, `BETWEEN`, `LIKE`, `!=`, `CAST`, `AT TIME ZONE`…) are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A name with what qualifies it: a column, a relation, or a word such as `null`.
    Name(Vec<String>),
    /// A text constant, without its quotes.
    Text(String),
    /// A number, with its sign.
    Number(String),
    /// A value as another type.
    Cast(Box<Node>, TypeName),
    /// An operator, or a predicate in words, with its operands.
    Operator(String, Vec<Node>),
    /// A function, or what looks like one (`any`, `array`, `row`), with its arguments.
    Call(Vec<String>, Vec<Node>),
    /// What stands between the parts of a query: `select`, `from`, a comma.
    Word(String),
    /// A query, or anything else that is no expression: its parts in order.
    Parts(Vec<Node>),
}

/// The operator that a column with its type is read as: its name, the type's name, its modifiers, and what else is said.
pub const COLUMN: &str = "column";

/// The operator that a whole row is read as: the name of its table.
pub const ROW: &str = "row of";

/// The operator that the name of a table in `FROM` is read as: the name, and those of its columns.
pub const ALIAS: &str = "alias";

/// A type: its name with what qualifies it, under the name that `format_type()` gives it, and the rest as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeName {
    /// The name.
    pub path: Vec<String>,
    /// Modifiers and brackets, without blanks.
    pub rest: String,
}

impl Node {
    /// A word that stands as a value, such as `null`.
    pub fn word(name: &str) -> Self {
        Self::Name(vec![name.to_owned()])
    }

    /// Whether it is a constant: its type is what the context wants.
    pub fn is_constant(&self) -> bool {
        match self {
            Self::Text(_) | Self::Number(_) => true,
            Self::Name(path) => {
                matches!(path.as_slice(), [one] if matches!(one.as_str(), "null" | "true" | "false"))
            }
            // An array of constants takes its type from the context as well.
            Self::Call(path, items) => {
                matches!(path.as_slice(), [one] if one == "array") && items.iter().all(Self::is_constant)
            }
            Self::Cast(inner, _) => inner.is_constant(),
            Self::Operator(..) | Self::Word(_) | Self::Parts(_) => false,
        }
    }

    /// The name that PostgreSQL gives to a column of a query that has no other; nothing where it has none to give
    /// (`FigureColname`).
    pub fn output_name(&self) -> Option<&str> {
        match self {
            Self::Name(path) if path == &["null"] => None,
            Self::Name(path) | Self::Call(path, _) => path.last().map(String::as_str),
            // A query of one value is called what it gives.
            Self::Parts(parts) => match parts.as_slice() {
                [Self::Word(select), _, Self::Name(name), ..] if select == "select" => {
                    name.last().map(String::as_str)
                }
                [Self::Word(select), value, ..] if select == "select" => value.output_name(),
                _ => None,
            },
            Self::Cast(inner, target) => inner.output_name().or(target.path.last().map(String::as_str)),
            Self::Operator(sign, operands) => match (sign.as_str(), operands.as_slice()) {
                // A field is called what it is called; a call with `FILTER` or `OVER` what it is without.
                (".", [_, field]) => field.output_name(),
                ("filter" | "over" | "within group" | "[]" | "collate" | COLUMN | ROW, [inner, ..]) => {
                    inner.output_name()
                }
                ("case", [.., otherwise]) => match otherwise {
                    Self::Name(_) | Self::Call(..) => otherwise.output_name().or(Some("case")),
                    _ => Some("case"),
                },
                _ => None,
            },
            _ => None,
        }
    }
}

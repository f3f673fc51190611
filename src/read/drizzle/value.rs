//! What the expressions of schema files come to.

use std::rc::Rc;

use super::syntax::{Expr, Parameter};
use crate::base::Span;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number as written.
    Number(String),
    /// `true`, `false`
    Boolean(bool),
    /// `null`, `undefined`
    Null,
    /// `[…]`
    Array(Vec<Value>),
    /// `{…}` in order.
    Object(Vec<(String, Value)>),
    /// A function of these files.
    Function(Rc<Closure>),
    /// A name that these files do not declare: a function of Drizzle's, or of another package.
    Name(String),
    /// `value.name`, before it is called.
    Method(Box<Value>, String),
    /// What a function of Drizzle's builds.
    Built(Rc<Built>),
    /// A table, by its place.
    Table(usize),
    /// A column of a table, by its property.
    Column(usize, String),
    /// An enumerated type, by its place.
    Enum(usize),
    /// An SQL schema.
    Schema(String),
    /// A template of SQL.
    Sql(Vec<Part>),
    /// What cannot be known from these files.
    Unknown,
}

/// A part of a template.
#[derive(Clone, Debug)]
pub enum Part {
    /// SQL.
    Text(String),
    /// What is put in.
    Value(Value),
}

/// A function with what it can see.
#[derive(Debug)]
pub struct Closure {
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it gives.
    pub body: Expr,
    /// The file that it stands in.
    pub file: usize,
    /// Names of functions around it.
    pub scope: Vec<(String, Value)>,
}

/// `head(arguments).method(arguments)…`
#[derive(Clone, Debug)]
pub struct Built {
    /// The function, or what the first method is of.
    pub head: Value,
    /// Its arguments.
    pub arguments: Vec<Value>,
    /// The methods called on it, in order.
    pub calls: Vec<(String, Vec<Value>)>,
    /// Its words.
    pub span: Span,
}

impl Built {
    /// The name of the function.
    pub fn name(&self) -> &str {
        match &self.head {
            Value::Name(it) => it,
            _ => "",
        }
    }

    /// The arguments of a method, where it is called.
    pub fn call(&self, name: &str) -> Option<&[Value]> {
        self.calls.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_slice())
    }

    /// The text that is the first argument.
    pub fn text(&self) -> Option<&str> {
        self.arguments.first().and_then(Value::text)
    }

    /// The object among the arguments.
    pub fn options(&self) -> &[(String, Value)] {
        self.arguments.iter().find_map(|it| it.object()).unwrap_or_default()
    }

    /// An option.
    pub fn option(&self, name: &str) -> Option<&Value> {
        get(self.options(), name)
    }
}

/// The property of an object.
pub fn get<'v>(object: &'v [(String, Value)], name: &str) -> Option<&'v Value> {
    object.iter().rev().find(|it| it.0 == name).map(|it| &it.1)
}

impl Value {
    /// The text that it is.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(it) => Some(it),
            _ => None,
        }
    }

    /// The text or number that it is.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text(it) | Self::Number(it) => Some(it),
            _ => None,
        }
    }

    /// Whether it is true.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Boolean(true))
    }

    /// The properties of an object.
    pub fn object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(it) => Some(it),
            _ => None,
        }
    }

    /// The elements of an array.
    pub fn array(&self) -> &[Self] {
        match self {
            Self::Array(it) => it,
            _ => &[],
        }
    }

    /// The value as JSON, where it is data.
    pub fn json(&self) -> Option<serde_json::Value> {
        use serde_json::Value as Json;
        Some(match self {
            Self::Text(it) => Json::String(it.clone()),
            Self::Number(it) => serde_json::from_str(it).ok()?,
            Self::Boolean(it) => Json::Bool(*it),
            Self::Null => Json::Null,
            Self::Array(items) => Json::Array(items.iter().map(Self::json).collect::<Option<_>>()?),
            Self::Object(items) => Json::Object(
                items.iter().map(|it| Some((it.0.clone(), it.1.json()?))).collect::<Option<_>>()?,
            ),
            _ => return None,
        })
    }
}

//! The blocks of a Prisma schema: fields and attributes.

use super::token::{Kind, Token};
use crate::base::Span;
use crate::read::translation::Translation;

/// `model Name { … }` and its kind.
#[derive(Debug)]
pub struct Block {
    /// `model`, `enum`, `view`, `type`, `datasource`, `generator`.
    pub keyword: String,
    /// Its name.
    pub name: String,
    /// Lines that begin with a name.
    pub fields: Vec<Field>,
    /// `@@name(…)`
    pub attributes: Vec<Attribute>,
    /// The words before the brace.
    pub span: Span,
    /// The whole.
    pub whole: Span,
}

/// `name Type attributes`, a value of an enum, or `name = value`.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type; none in an enum.
    pub type_name: Option<String>,
    /// What stands in `Unsupported("…")`, or after `=`.
    pub value: Option<Value>,
    /// `?`
    pub optional: bool,
    /// `[]`
    pub list: bool,
    /// `@name(…)`
    pub attributes: Vec<Attribute>,
    /// The line.
    pub span: Span,
}

/// `@name(arguments)`
#[derive(Clone, Debug)]
pub struct Attribute {
    /// With its dots: `db.VarChar`.
    pub name: String,
    /// In order.
    pub arguments: Vec<Argument>,
    /// The whole.
    pub span: Span,
}

/// `name: value`, or a value alone.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Before the colon.
    pub name: Option<String>,
    /// After it.
    pub value: Value,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `"text"`
    Text(String),
    /// A number as written.
    Number(String),
    /// A name: a field, an enum's value, `true`.
    Word(String),
    /// `name(arguments)`
    Call(String, Vec<(Option<String>, Value)>),
    /// `[…]`, and `{…}` with its values alone.
    List(Vec<Value>),
}

impl Attribute {
    /// The argument of this name, or the one without a name.
    pub fn named(&self, name: &str) -> Option<&Value> {
        self.arguments.iter().find(|it| it.name.as_deref() == Some(name)).map(|it| &it.value)
    }

    /// The first argument without a name.
    pub fn unnamed(&self) -> Option<&Value> {
        self.arguments.iter().find(|it| it.name.is_none()).map(|it| &it.value)
    }

    /// The argument of this name, or the first without one.
    pub fn argument(&self, name: &str) -> Option<&Value> {
        self.named(name).or_else(|| self.unnamed())
    }
}

impl Value {
    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(it) => Some(it),
            _ => None,
        }
    }

    /// The name that a word or a call begins with.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(it) | Self::Call(it, _) => Some(it),
            _ => None,
        }
    }

    /// The values of a list; another value is a list of itself.
    pub fn items(&self) -> &[Value] {
        match self {
            Self::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }
}

/// Reads all blocks; what is none is told of.
pub fn blocks(tokens: &[Token], t: &mut Translation) -> Vec<Block> {
    let (mut cursor, mut found) = (Cursor { tokens, at: 0, depth: 0 }, Vec::new());
    while cursor.peek().is_some() {
        match cursor.block(t) {
            Some(block) => found.push(block),
            None => {
                cursor.skip_line(t, "a block reads `model Name {`, each of its fields on a line, and `}`");
            }
        }
    }
    found
}

/// How deep lists and calls may be nested: three levels mean something to Prisma.
const DEEPEST: usize = 64;

struct Cursor<'t> {
    tokens: &'t [Token],
    at: usize,
    /// How many lists and calls are open.
    depth: usize,
}

impl<'t> Cursor<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self) -> Option<&'t Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    fn eat(&mut self, sign: char) -> bool {
        let is_here = self.peek().is_some_and(|it| it.is(sign));
        self.at += usize::from(is_here);
        is_here
    }

    /// The sign, when it stands on the same line.
    fn eat_on_line(&mut self, sign: char) -> bool {
        !self.peek().is_some_and(|it| it.first) && self.eat(sign)
    }

    fn span_from(&self, from: usize) -> Span {
        let first = self.tokens.get(from).map_or(Span::default(), |it| it.span);
        let last = self.tokens.get(self.at.saturating_sub(1)).map_or(first, |it| it.span);
        first.cover(last)
    }

    fn skip_line(&mut self, t: &mut Translation, message: &str) {
        let from = self.at;
        self.take();
        while self.peek().is_some_and(|it| !it.first) {
            self.take();
        }
        t.misread(self.span_from(from), message);
    }

    fn block(&mut self, t: &mut Translation) -> Option<Block> {
        let from = self.at;
        let [keyword, name, brace, ..] = self.tokens.get(from..)? else { return None };
        if keyword.kind != Kind::Word || name.kind != Kind::Word || !brace.is('{') {
            return None;
        }
        self.at += 3;
        let span = keyword.span.cover(name.span);
        let (mut fields, mut attributes) = (Vec::new(), Vec::new());
        while let Some(token) = self.peek() {
            if self.eat('}') {
                break;
            }
            let start = self.at;
            if token.is('@') && self.tokens.get(self.at + 1).is_some_and(|it| it.is('@')) {
                self.at += 2;
                attributes.extend(self.attribute(start));
            } else if token.kind == Kind::Word {
                fields.extend(self.field(t));
            } else {
                self.skip_line(t, "a line of a block is a field, or an attribute that begins with `@@`");
            }
        }
        let (keyword, name) = (keyword.value.clone(), name.value.clone());
        Some(Block { keyword, name, fields, attributes, span, whole: self.span_from(from) })
    }

    fn field(&mut self, t: &mut Translation) -> Option<Field> {
        let from = self.at;
        let name = self.take()?.value.clone();
        let mut field = Field {
            name,
            type_name: None,
            value: None,
            optional: false,
            list: false,
            attributes: Vec::new(),
            span: Span::default(),
        };
        if self.eat_on_line('=') {
            field.value = self.value();
        } else if let Some(word) = self.peek().filter(|it| it.kind == Kind::Word && !it.first) {
            field.type_name = Some(word.value.clone());
            self.at += 1;
            if self.eat_on_line('(') {
                field.value = self.value();
                self.eat(')');
            }
        }
        while let Some(token) = self.peek().filter(|it| !it.first) {
            let start = self.at;
            match token.kind {
                Kind::Sign('?') => {
                    field.optional = true;
                    self.at += 1;
                }
                Kind::Sign('[') if field.attributes.is_empty() => {
                    field.list = true;
                    self.at += 1;
                    self.eat(']');
                }
                Kind::Sign('@') => {
                    self.at += 1;
                    field.attributes.extend(self.attribute(start));
                }
                // A brace may close the block on the line of its last field.
                Kind::Sign('}') => break,
                _ => {
                    self.at += 1;
                    t.misread(
                        token.span,
                        "a field reads `name Type`, with attributes that begin with `@` behind it",
                    );
                }
            }
        }
        field.span = self.span_from(from);
        Some(field)
    }

    /// What follows `@` or `@@`.
    fn attribute(&mut self, from: usize) -> Option<Attribute> {
        let mut name = self.peek().filter(|it| it.kind == Kind::Word)?.value.clone();
        self.at += 1;
        while self.eat_on_line('.') {
            name.push('.');
            name += self.take().map_or("", |it| it.value.as_str());
        }
        let arguments = if self.eat_on_line('(') { self.arguments(')') } else { Vec::new() };
        let arguments = arguments.into_iter().map(|(name, value)| Argument { name, value }).collect();
        Some(Attribute { name, arguments, span: self.span_from(from) })
    }

    fn arguments(&mut self, close: char) -> Vec<(Option<String>, Value)> {
        let mut found = Vec::new();
        self.depth += 1;
        while self.peek().is_some() && !self.eat(close) {
            let is_named = self.tokens.get(self.at + 1).is_some_and(|it| it.is(':'));
            let name = match self.peek() {
                Some(it) if it.kind == Kind::Word && is_named => {
                    self.at += 2;
                    Some(it.value.clone())
                }
                _ => None,
            };
            match self.value() {
                Some(value) => found.push((name, value)),
                // Something unheard of is passed over, so that the end is reached.
                None => self.at += 1,
            }
            self.eat(',');
        }
        self.depth -= 1;
        found
    }

    fn value(&mut self) -> Option<Value> {
        let token = self.peek().filter(|_| self.depth < DEEPEST)?;
        match token.kind {
            Kind::Text => {
                self.at += 1;
                Some(Value::Text(token.value.clone()))
            }
            Kind::Number => {
                self.at += 1;
                Some(Value::Number(token.value.clone()))
            }
            Kind::Word => {
                self.at += 1;
                let mut word = token.value.clone();
                while self.eat_on_line('.') {
                    word.push('.');
                    word += self.take().map_or("", |it| it.value.as_str());
                }
                if self.eat_on_line('(') {
                    Some(Value::Call(word, self.arguments(')')))
                } else {
                    Some(Value::Word(word))
                }
            }
            Kind::Sign('[') => {
                self.at += 1;
                Some(Value::List(self.arguments(']').into_iter().map(|it| it.1).collect()))
            }
            Kind::Sign('{') => {
                self.at += 1;
                Some(Value::List(self.arguments('}').into_iter().map(|it| it.1).collect()))
            }
            Kind::Sign(_) => None,
        }
    }
}

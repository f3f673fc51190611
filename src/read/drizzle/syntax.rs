//! The expressions of TypeScript that schema files consist of.
//!
//! Types, and statements that declare no constant and no function, are passed over.

use super::token::{Kind, Token};
use crate::base::Span;

/// An expression with its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its bytes.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A name, `true` and `null` too.
    Name(String),
    /// A text.
    Text(String),
    /// A number.
    Number(String),
    /// A template, with the function before it.
    Template(Option<Box<Expr>>, Vec<String>, Vec<Expr>),
    /// `[a, ...b]`
    Array(Vec<Expr>),
    /// `{ a: b, ...c }`; what is spread has no name.
    Object(Vec<(Option<String>, Expr)>),
    /// `…a`
    Spread(Box<Expr>),
    /// `a.b`
    Member(Box<Expr>, String),
    /// `a[b]`
    Index(Box<Expr>, Box<Expr>),
    /// `a(b)`, `new a(b)`
    Call(Box<Expr>, Vec<Expr>),
    /// `(a, b) => c`; `{ return c }` is the same.
    Arrow(Vec<Parameter>, Box<Expr>),
    /// `-a`
    Minus(Box<Expr>),
    /// `a + b`
    Plus(Box<Expr>, Box<Expr>),
    /// What is none of these.
    Other,
}

/// A parameter of a function.
#[derive(Clone, Debug)]
pub enum Parameter {
    /// A name.
    Name(String),
    /// `{ a, b: c }`: the properties and their names within.
    Properties(Vec<(String, String)>),
}

/// A constant or function of a file.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its name; `default` for what is exported so.
    pub name: String,
    /// What it is.
    pub value: Expr,
}

/// What a file declares.
#[derive(Debug, Default)]
pub struct File {
    /// Constants and functions, in order.
    pub bindings: Vec<Binding>,
    /// Names of others, and their names there.
    pub imports: Vec<(String, String)>,
}

/// Reads a file.
pub fn file(tokens: &[Token]) -> File {
    let (mut parser, mut file) = (Parser { tokens, at: 0, depth: 0 }, File::default());
    while parser.peek().is_some() {
        parser.statement(&mut file);
    }
    file
}

/// A place among the tokens of a file.
pub(super) struct Parser<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    pub(super) depth: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn ahead(&self, by: usize) -> Option<&'t Token> {
        self.tokens.get(self.at + by)
    }

    pub(super) fn sees(&self, sign: char) -> bool {
        self.peek().is_some_and(|it| it.is(sign))
    }

    pub(super) fn eat(&mut self, sign: char) -> bool {
        let sees = self.sees(sign);
        self.at += usize::from(sees);
        sees
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let sees = self.peek().and_then(Token::word) == Some(word);
        self.at += usize::from(sees);
        sees
    }

    pub(super) fn word(&mut self) -> Option<String> {
        let word = self.peek()?.word()?.to_owned();
        self.at += 1;
        Some(word)
    }

    pub(super) fn span_from(&self, from: usize) -> Span {
        let first = self.tokens.get(from).map_or(Span::default(), |it| it.span);
        self.tokens.get(self.at.saturating_sub(1)).map_or(first, |it| first.cover(it.span))
    }

    fn statement(&mut self, file: &mut File) {
        let from = self.at;
        if self.eat_word("import") {
            self.import(file);
            return;
        }
        if self.eat_word("export") {
            if self.eat_word("default") {
                let value = self.expression();
                file.bindings.push(Binding { name: "default".to_owned(), value });
                return;
            }
            if self.sees('*') || self.sees('{') {
                self.import(file);
                return;
            }
        }
        self.eat_word("async");
        if self.eat_word("const") || self.eat_word("let") || self.eat_word("var") {
            loop {
                self.constant(file);
                if !self.eat(',') {
                    return;
                }
            }
        }
        if self.eat_word("function") {
            let Some(name) = self.word() else { return };
            self.type_arguments();
            let start = self.at;
            let parameters = if self.eat('(') { self.parameters() } else { Vec::new() };
            self.annotation(&['{', ';']);
            let body = self.body();
            let value =
                Expr { kind: ExprKind::Arrow(parameters, Box::new(body)), span: self.span_from(start) };
            file.bindings.push(Binding { name, value });
            return;
        }
        // A type, a class, a call: to the line that begins the next statement.
        self.at = self.at.max(from + 1);
        self.skip_statement();
    }

    fn skip_statement(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            let begins = matches!(
                token.word(),
                Some(
                    "import"
                        | "export"
                        | "const"
                        | "let"
                        | "var"
                        | "function"
                        | "type"
                        | "interface"
                        | "class"
                        | "enum"
                )
            );
            if depth == 0 && token.first && begins {
                return;
            }
            match token.kind {
                Kind::Sign('(' | '[' | '{') => depth += 1,
                Kind::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
                Kind::Sign(';') if depth == 0 => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// `{ a as b } from '…'`
    fn import(&mut self, file: &mut File) {
        while let Some(token) = self.peek() {
            if matches!(token.kind, Kind::Text(_)) {
                self.at += 1;
                self.eat(';');
                return;
            }
            if let (Some(from), Some("as"), Some(to)) =
                (token.word(), self.ahead(1).and_then(Token::word), self.ahead(2).and_then(Token::word))
            {
                file.imports.push((to.to_owned(), from.to_owned()));
            }
            if token.is(';') {
                return;
            }
            self.at += 1;
        }
    }

    fn constant(&mut self, file: &mut File) {
        if let Some(name) = self.word() {
            self.annotation(&['=', ';', ',']);
            if self.eat('=') {
                let value = self.expression();
                self.eat(';');
                file.bindings.push(Binding { name, value });
            }
            return;
        }
        // `const { a, b } = c`
        let start = self.at;
        let properties = if self.eat('{') { self.properties() } else { Vec::new() };
        self.annotation(&['=', ';']);
        if self.eat('=') {
            let value = self.expression();
            let span = self.span_from(start);
            for (property, name) in properties {
                let kind = ExprKind::Member(Box::new(value.clone()), property);
                file.bindings.push(Binding { name, value: Expr { kind, span } });
            }
            self.eat(';');
        } else {
            self.skip_statement();
        }
    }

    /// A type behind a colon, up to one of these signs in no brackets.
    pub(super) fn annotation(&mut self, ends: &[char]) {
        if !self.eat(':') {
            return;
        }
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Sign(it)
                    if depth == 0 && ends.contains(&it) && !(it == '{' && self.at_type_literal()) =>
                {
                    return;
                }
                Kind::Sign('(' | '[' | '{' | '<') => depth += 1,
                Kind::Sign(')' | ']' | '}' | '>') if depth == 0 => return,
                Kind::Sign(')' | ']' | '}' | '>') => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// `: {` is a type, not yet the body.
    fn at_type_literal(&self) -> bool {
        self.at.checked_sub(1).and_then(|it| self.tokens.get(it)).is_some_and(|it| it.is(':'))
    }

    /// `<A, B>`, passed over where a call follows.
    pub(super) fn type_arguments(&mut self) {
        if !self.sees('<') {
            return;
        }
        let (mut at, mut depth) = (self.at, 0_usize);
        while let Some(token) = self.tokens.get(at) {
            match token.kind {
                Kind::Sign('<' | '(' | '[' | '{') => depth += 1,
                Kind::Sign('>' | ')' | ']' | '}') => depth = depth.saturating_sub(1),
                Kind::Sign(';') if depth <= 1 => return,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        if self.tokens.get(at).is_some_and(|it| it.is('(') || matches!(it.kind, Kind::Template(..))) {
            self.at = at;
        }
    }

    fn properties(&mut self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        while self.peek().is_some() && !self.eat('}') {
            if let Some(property) = self.word() {
                let name = if self.eat(':') { self.word() } else { None };
                found.push((property.clone(), name.unwrap_or(property)));
                if self.eat('=') {
                    self.expression();
                }
            } else {
                self.at += 1;
            }
            self.eat(',');
        }
        found
    }

    /// The parameters up to the closing parenthesis.
    pub(super) fn parameters(&mut self) -> Vec<Parameter> {
        let mut found = Vec::new();
        while self.peek().is_some() && !self.eat(')') {
            if self.eat('{') {
                found.push(Parameter::Properties(self.properties()));
            } else if let Some(name) = self.word() {
                found.push(Parameter::Name(name));
            } else {
                self.at += 1;
                continue;
            }
            self.eat('?');
            self.annotation(&[',', '=', ')']);
            if self.eat('=') {
                self.expression();
            }
            self.eat(',');
        }
        found
    }

    /// `{ … return a; }`: what it returns.
    pub(super) fn body(&mut self) -> Expr {
        let start = self.at;
        if !self.eat('{') {
            return self.expression();
        }
        let mut depth = 1_usize;
        let mut value = None;
        while let Some(token) = self.peek() {
            if depth == 1 && token.word() == Some("return") && value.is_none() {
                self.at += 1;
                value = Some(self.expression());
                continue;
            }
            match token.kind {
                Kind::Sign('{') => depth += 1,
                Kind::Sign('}') => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        value.unwrap_or_else(|| Expr { kind: ExprKind::Other, span: self.span_from(start) })
    }
}

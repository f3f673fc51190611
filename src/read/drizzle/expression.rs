//! The expressions of TypeScript, read from tokens.

use super::syntax::{Expr, ExprKind, Parameter, Parser};
use super::token::{Kind, Token};
use crate::base::Span;

/// How deep expressions may nest.
const DEEPEST: usize = 100;

/// How many members, calls or sums may follow each other: each holds what stands before it.
const LONGEST: usize = 500;

impl Parser<'_> {
    /// An expression. At least one token is passed.
    pub(super) fn expression(&mut self) -> Expr {
        let from = self.at;
        self.depth += 1;
        let mut value = if self.depth > DEEPEST { self.other(from) } else { self.chain() };
        for links in 0.. {
            if links % LONGEST == LONGEST - 1 {
                value.kind = ExprKind::Other;
            }
            if self.peek().is_some_and(|it| !it.first) && (self.eat_word("as") || self.eat_word("satisfies"))
            {
                self.skip_type();
            } else if self.sees('+') {
                self.at += 1;
                let right = self.chain();
                let kind = ExprKind::Plus(Box::new(value), Box::new(right));
                value = Expr { kind, span: self.span_from(from) };
            } else if self.peek().is_some_and(|it| "?|&=<>*/%^-".chars().any(|sign| it.is(sign))) {
                // An operator whose value is not needed for any schema.
                self.at += 1;
                while self.peek().is_some_and(|it| "?|&=<>:.-".chars().any(|sign| it.is(sign))) {
                    self.at += 1;
                }
                self.chain();
                value = Expr { kind: ExprKind::Other, span: self.span_from(from) };
            } else {
                break;
            }
        }
        self.depth -= 1;
        value
    }

    /// The type behind `as`.
    fn skip_type(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Sign(',' | ';') if depth == 0 => return,
                Kind::Sign(')' | ']' | '}') if depth == 0 => return,
                Kind::Word(_) if depth == 0 && token.first => return,
                Kind::Sign('(' | '[' | '{' | '<') => depth += 1,
                Kind::Sign(')' | ']' | '}' | '>') => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
    }

    /// A value with its members, calls and templates.
    fn chain(&mut self) -> Expr {
        let from = self.at;
        let mut value = self.primary();
        for links in 0.. {
            if links % LONGEST == LONGEST - 1 {
                value.kind = ExprKind::Other;
            }
            self.eat('!');
            if self.sees('?') && self.ahead(1).is_some_and(|it| it.is('.')) {
                self.at += 1;
            }
            let kind = if self.eat('.') {
                match self.word() {
                    Some(name) => ExprKind::Member(Box::new(value), name),
                    None => return value,
                }
            } else if self.sees('(') && !self.peek().is_some_and(|it| it.first && self.at == from) {
                self.at += 1;
                ExprKind::Call(Box::new(value), self.list(')'))
            } else if self.sees('[') && !self.peek().is_some_and(|it| it.first) {
                self.at += 1;
                let index = self.expression();
                self.eat(']');
                ExprKind::Index(Box::new(value), Box::new(index))
            } else if let Some(Kind::Template(..)) = self.peek().map(|it| &it.kind) {
                let template = self.primary();
                match template.kind {
                    ExprKind::Template(_, texts, values) => {
                        ExprKind::Template(Some(Box::new(value)), texts, values)
                    }
                    other => other,
                }
            } else {
                let before = self.at;
                self.type_arguments();
                if self.at > before {
                    continue;
                }
                return value;
            };
            value = Expr { kind, span: self.span_from(from) };
        }
        value
    }

    /// What stands behind a prefix.
    fn prefixed(&mut self) -> Expr {
        let from = self.at;
        self.depth += 1;
        let value = if self.depth > DEEPEST { self.other(from) } else { self.chain() };
        self.depth -= 1;
        value
    }

    /// A value of which nothing is known. A token is passed.
    fn other(&mut self, from: usize) -> Expr {
        self.at += 1;
        Expr { kind: ExprKind::Other, span: self.span_from(from) }
    }

    /// Expressions with commas between them, up to a closing sign.
    fn list(&mut self, close: char) -> Vec<Expr> {
        let mut found = Vec::new();
        while self.peek().is_some() && !self.eat(close) {
            let from = self.at;
            let spread = self.eat('…');
            let value = self.expression();
            let span = self.span_from(from);
            found.push(if spread { Expr { kind: ExprKind::Spread(Box::new(value)), span } } else { value });
            if !self.eat(',') && !self.sees(close) {
                self.at += 1;
            }
        }
        found
    }

    fn primary(&mut self) -> Expr {
        let from = self.at;
        let Some(token) = self.peek() else { return Expr { kind: ExprKind::Other, span: Span::default() } };
        if self.is_arrow() {
            return self.arrow(from);
        }
        self.at += 1;
        let kind = match &token.kind {
            Kind::Text(it) => ExprKind::Text(it.clone()),
            Kind::Number(it) => ExprKind::Number(it.clone()),
            Kind::Template(texts, insertions) => {
                let value = |it: &Vec<Token>| Parser { tokens: it, at: 0, depth: self.depth }.expression();
                ExprKind::Template(None, texts.clone(), insertions.iter().map(value).collect())
            }
            Kind::Word(it) if matches!(it.as_str(), "new" | "await" | "async") => return self.prefixed(),
            Kind::Word(it) if it == "function" => {
                self.word();
                let parameters = if self.eat('(') { self.parameters() } else { Vec::new() };
                self.annotation(&['{']);
                ExprKind::Arrow(parameters, Box::new(self.body()))
            }
            Kind::Word(it) => ExprKind::Name(it.clone()),
            Kind::Sign('[') => ExprKind::Array(self.list(']')),
            Kind::Sign('{') => ExprKind::Object(self.object()),
            Kind::Sign('(') => {
                let value = self.expression();
                self.eat(')');
                return value;
            }
            Kind::Sign('-') => ExprKind::Minus(Box::new(self.prefixed())),
            Kind::Sign('!') => {
                self.prefixed();
                ExprKind::Other
            }
            Kind::Sign(_) => ExprKind::Other,
        };
        Expr { kind, span: self.span_from(from) }
    }

    /// Whether `a =>` or `(a, b): c =>` is here.
    fn is_arrow(&self) -> bool {
        if self.peek().and_then(Token::word).is_some() {
            return self.ahead(1).is_some_and(|it| it.is('⇒'));
        }
        if !self.sees('(') {
            return false;
        }
        let mut depth = 0_usize;
        let mut at = self.at;
        while let Some(token) = self.tokens.get(at) {
            at += 1;
            match token.kind {
                Kind::Sign('(' | '[' | '{') => depth += 1,
                Kind::Sign(')' | ']' | '}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        match self.tokens.get(at) {
            Some(it) if it.is('⇒') => true,
            // A type of what it gives.
            Some(it) if it.is(':') => {
                let rest = self.tokens.get(at..).unwrap_or_default().iter().take(12);
                rest.take_while(|it| !it.is(',') && !it.is(';') && !it.is('{')).any(|it| it.is('⇒'))
            }
            _ => false,
        }
    }

    fn arrow(&mut self, from: usize) -> Expr {
        let parameters = match self.word() {
            Some(name) => vec![Parameter::Name(name)],
            None => {
                self.eat('(');
                self.parameters()
            }
        };
        self.annotation(&['⇒']);
        self.eat('⇒');
        let body = if self.sees('{') { self.body() } else { self.expression() };
        Expr { kind: ExprKind::Arrow(parameters, Box::new(body)), span: self.span_from(from) }
    }

    fn object(&mut self) -> Vec<(Option<String>, Expr)> {
        let mut found = Vec::new();
        while let Some(token) = self.peek() {
            if self.eat('}') {
                break;
            }
            let from = self.at;
            if self.eat('…') {
                let value = self.expression();
                found.push((None, value));
            } else {
                let name = match &token.kind {
                    Kind::Word(it) | Kind::Text(it) | Kind::Number(it) => it.clone(),
                    _ => String::new(),
                };
                self.at += 1;
                if self.eat(':') {
                    found.push((Some(name), self.expression()));
                } else if self.eat('(') {
                    // A method.
                    let parameters = self.parameters();
                    self.annotation(&['{']);
                    let body = self.body();
                    let kind = ExprKind::Arrow(parameters, Box::new(body));
                    found.push((Some(name), Expr { kind, span: self.span_from(from) }));
                } else if !name.is_empty() {
                    let kind = ExprKind::Name(name.clone());
                    found.push((Some(name), Expr { kind, span: token.span }));
                }
            }
            self.eat(',');
        }
        found
    }
}

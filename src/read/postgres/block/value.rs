//! What is known of the variables of a block, and of expressions of them.

use std::collections::BTreeMap;

use squawk_syntax::ast::{self, AstNode, BinOp};

use crate::sql::{ident, literal};

use super::super::parse::parse;
use super::super::{syntax, trigger};
use super::program::Slot;

/// What a variable holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// An array of texts.
    List(Vec<String>),
    /// The answer to a question.
    Answer(Slot),
    /// Something that cannot be told.
    Unknown,
}

/// The variables of a block, by name.
#[derive(Clone, Debug, Default)]
pub struct Variables(pub BTreeMap<String, Value>);

impl Variables {
    /// The values that `FOR … IN` goes through: numbers, or a query over an array that is written there.
    pub fn rows_of(&self, list: &str) -> Option<Vec<String>> {
        if let Some((from, to)) = list.split_once("..") {
            let (from, to): (i64, i64) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
            return (to - from < 1_000).then(|| (from..=to).map(|it| it.to_string()).collect());
        }
        let parsed = parse(list).ok()?;
        let mut calls = parsed.syntax_node().descendants().filter_map(ast::CallExpr::cast);
        let call = calls.next().filter(|_| calls.next().is_none() && parsed.errors().is_empty())?;
        let plain = parsed
            .tree()
            .stmts()
            .next()
            .is_some_and(|it| matches!(&it, ast::Stmt::Select(it) if it.where_clause().is_none()));
        let is_unnest = trigger::callee(&call).is_some_and(|it| it.name == "unnest");
        let array = call.arg_list()?.args().next()?.expr()?;
        match self.evaluated(&array) {
            Value::List(values) if plain && is_unnest => Some(values),
            _ => None,
        }
    }

    /// The value of an expression.
    pub fn value(&self, text: &str) -> Value {
        let text = text.trim().trim_end_matches(';');
        let Ok(parsed) = parse(&format!("SELECT {text}")) else { return Value::Unknown };
        let target = parsed.syntax_node().descendants().find_map(ast::TargetList::cast);
        let mut targets = target.into_iter().flat_map(|it| it.targets());
        let first = targets.next().filter(|it| it.as_name().is_none());
        match first.and_then(|it| it.expr()) {
            Some(it) if targets.next().is_none() && parsed.errors().is_empty() => self.evaluated(&it),
            _ => Value::Unknown,
        }
    }

    fn evaluated(&self, expr: &ast::Expr) -> Value {
        self.try_evaluated(expr).unwrap_or(Value::Unknown)
    }

    fn text_of(&self, expr: &ast::Expr) -> Option<String> {
        match self.evaluated(expr) {
            Value::Text(it) => Some(it),
            Value::List(_) | Value::Answer(_) | Value::Unknown => None,
        }
    }

    fn try_evaluated(&self, expr: &ast::Expr) -> Option<Value> {
        match expr {
            ast::Expr::Literal(it) => {
                let number = || syntax::integer(it).map(|it| it.to_string());
                syntax::string(it).or_else(number).map(Value::Text)
            }
            ast::Expr::NameRef(it) => self.0.get(&syntax::ident(it)).cloned(),
            ast::Expr::ParenExpr(it) => self.try_evaluated(&it.expr()?),
            ast::Expr::CastExpr(it) => {
                let inner = self.try_evaluated(&it.expr()?)?;
                let to_array = it.ty().is_some_and(|it| matches!(it, ast::Type::ArrayType(_)));
                match inner {
                    Value::Text(text) if to_array => {
                        let plain = text.strip_prefix('{')?.strip_suffix('}')?;
                        let simple = !plain.contains(['"', '\\', '{']);
                        simple.then(|| Value::List(plain.split(',').map(|it| it.trim().to_owned()).collect()))
                    }
                    other => Some(other),
                }
            }
            ast::Expr::ArrayExpr(it) if it.select_variant().is_none() => {
                it.exprs().map(|it| self.text_of(&it)).collect::<Option<Vec<_>>>().map(Value::List)
            }
            ast::Expr::BinExpr(it) => {
                let BinOp::CustomOp(operator) = it.op()? else { return None };
                let operator: String = operator.tokens().map(|it| it.text().to_owned()).collect();
                let (one, two) = (self.text_of(&it.lhs()?)?, self.text_of(&it.rhs()?)?);
                (operator == "||").then(|| Value::Text(one + &two))
            }
            ast::Expr::CallExpr(it) => {
                let name = trigger::callee(it)?;
                let arguments =
                    it.arg_list()?.args().map(|it| self.text_of(&it.expr()?)).collect::<Option<Vec<_>>>()?;
                let text = match (name.name.as_str(), arguments.split_first()?) {
                    ("format", (form, rest)) => formatted(form, rest)?,
                    ("quote_ident", (it, [])) => ident(it),
                    ("quote_literal", (it, [])) => literal(it),
                    ("lower", (it, [])) => it.to_lowercase(),
                    ("upper", (it, [])) => it.to_uppercase(),
                    ("concat", _) => arguments.concat(),
                    _ => return None,
                };
                Some(Value::Text(text))
            }
            _ => None,
        }
    }
}

/// `format()`.
///
/// Source: PostgreSQL manual, "String Functions", "format".
fn formatted(form: &str, values: &[String]) -> Option<String> {
    let mut out = String::new();
    let mut rest = form;
    let mut next = 0;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let digits = after.len() - after.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        let (position, tail) = match after.get(digits..)?.strip_prefix('$') {
            Some(tail) if digits > 0 => (after.get(..digits)?.parse::<usize>().ok()?.checked_sub(1)?, tail),
            _ => (next, after),
        };
        let kind = tail.chars().next()?;
        rest = tail.get(kind.len_utf8()..)?;
        if kind == '%' {
            out.push('%');
            continue;
        }
        next = position + 1;
        let value = values.get(position)?;
        match kind {
            's' => out.push_str(value),
            'I' => out.push_str(&ident(value)),
            'L' => out.push_str(&literal(value)),
            _ => return None,
        }
    }
    out.push_str(rest);
    Some(out)
}

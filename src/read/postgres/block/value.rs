//! What is known of the variables of a block, and of expressions of them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use squawk_syntax::ast::{self, AstNode, BinOp, PostfixOp};

use crate::pg::{Token, tokens};
use crate::sql::{ident, literal};

use super::super::parse::parse;
use super::super::{syntax, trigger};
use super::program::Slot;

/// Scripts ask for what servers had before this; where they ask for later versions, the design is for those and for others.
const OLDEST: u32 = 12_00_00;

/// What a variable holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// An array of texts.
    List(Vec<String>),
    /// The answer to a question.
    Answer(Slot),
    /// No value.
    Null,
    /// `server_version_num` of a server of today.
    Version,
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

    /// Whether a condition holds on what is known.
    pub fn holds(&self, condition: &str) -> Option<bool> {
        match self.value(condition) {
            Value::Text(it) => boolean(&it),
            // `IF NULL` takes the other branch.
            Value::Null => Some(false),
            Value::List(_) | Value::Answer(_) | Value::Version | Value::Unknown => None,
        }
    }

    /// A text with the known texts for the variables in it that something is compared with; nothing where one is not known.
    pub fn filled(&self, text: &str) -> Option<String> {
        let words: Vec<Token> = tokens(text).filter(|it| !it.is_blank()).collect();
        let mut out = String::new();
        let mut done = 0;
        for (at, pair) in words.windows(2).enumerate() {
            let [sign, word] = pair else { continue };
            if !matches!(sign.span.of(text), "=" | "<>" | "!=") {
                continue;
            }
            let Some(name) = word.name(text) else { continue };
            // `r.x` of a row.
            let column = words.get(at + 2).filter(|it| it.is(text, ".")).and_then(|_| words.get(at + 3));
            let of_row = column.and_then(|it| Some((it, self.0.get(&format!("{name}.{}", it.name(text)?))?)));
            let (last, value) = match (of_row, self.0.get(&*name)) {
                (Some((column, value)), _) => (column, value),
                (None, Some(value)) => (word, value),
                (None, None) => continue,
            };
            let Value::Text(value) = value else { return None };
            out.push_str(text.get(done..word.span.start as usize)?);
            out.push_str(&literal(value));
            done = last.span.end as usize;
        }
        out.push_str(text.get(done..)?);
        Some(out)
    }

    fn evaluated(&self, expr: &ast::Expr) -> Value {
        self.try_evaluated(expr).unwrap_or(Value::Unknown)
    }

    fn text_of(&self, expr: &ast::Expr) -> Option<String> {
        match self.evaluated(expr) {
            Value::Text(it) => Some(it),
            Value::List(_) | Value::Answer(_) | Value::Null | Value::Version | Value::Unknown => None,
        }
    }

    fn try_evaluated(&self, expr: &ast::Expr) -> Option<Value> {
        match expr {
            ast::Expr::Literal(it) => match syntax::text(it).to_ascii_lowercase().as_str() {
                "null" => Some(Value::Null),
                word @ ("true" | "false") => Some(Value::Text(word.to_owned())),
                // Of a number the tree gives an empty text.
                word if word.starts_with(|it: char| it.is_ascii_digit()) => {
                    syntax::integer(it).map(|it| Value::Text(it.to_string()))
                }
                _ => syntax::string(it).map(Value::Text),
            },
            ast::Expr::NameRef(it) => self.0.get(&syntax::ident(it)).cloned(),
            ast::Expr::FieldExpr(it) => self.0.get(&syntax::text(it).to_lowercase()).cloned(),
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
            ast::Expr::BinExpr(it) => self.of_two(it),
            ast::Expr::PrefixExpr(it) => {
                let is_not = syntax::text(it).get(..3).is_some_and(|it| it.eq_ignore_ascii_case("not"));
                let inner = it.expr().filter(|_| is_not)?;
                Some(match self.try_evaluated(&inner)? {
                    Value::Null => Value::Null,
                    Value::Text(it) => truth(!boolean(&it)?),
                    Value::List(_) | Value::Answer(_) | Value::Version | Value::Unknown => return None,
                })
            }
            ast::Expr::PostfixExpr(it) => {
                let wants_null = match it.op()? {
                    PostfixOp::IsNull(_) => true,
                    PostfixOp::NotNull(_) => false,
                    _ => return None,
                };
                self.is_null(&it.expr()?).map(|it| truth(it == wants_null))
            }
            ast::Expr::CallExpr(it) => {
                let name = trigger::callee(it)?;
                if let Some(value) = self.with_null(&name.name, it.arg_list()?) {
                    return Some(value);
                }
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

impl Variables {
    /// An expression of two operands.
    fn of_two(&self, it: &ast::BinExpr) -> Option<Value> {
        let (op, lhs, rhs) = (it.op()?, it.lhs()?, it.rhs()?);
        if let BinOp::Is(_) | BinOp::IsNot(_) = op {
            let wants = matches!(op, BinOp::Is(_));
            let to = syntax::text(&rhs).to_ascii_lowercase();
            return match to.as_str() {
                "null" => self.is_null(&lhs).map(|it| truth(it == wants)),
                "true" | "false" => match self.try_evaluated(&lhs)? {
                    Value::Text(it) => Some(truth((boolean(&it)? == (to == "true")) == wants)),
                    Value::Null => Some(truth(!wants)),
                    Value::List(_) | Value::Answer(_) | Value::Version | Value::Unknown => None,
                },
                _ => None,
            };
        }
        if let Some(value) = self.of_list(&op, &lhs, &rhs) {
            return Some(value);
        }
        let (one, two) = (self.evaluated(&lhs), self.evaluated(&rhs));
        if let BinOp::And(_) | BinOp::Or(_) = op {
            let decides = matches!(op, BinOp::Or(_));
            let known = |it: &Value| match it {
                Value::Text(it) => boolean(it),
                Value::Null | Value::List(_) | Value::Answer(_) | Value::Version | Value::Unknown => None,
            };
            return match (known(&one), known(&two)) {
                (Some(it), _) | (_, Some(it)) if it == decides => Some(truth(decides)),
                (Some(_), Some(_)) => Some(truth(!decides)),
                _ => None,
            };
        }
        if let (Value::Null, Value::Null | Value::Text(_)) | (Value::Text(_), Value::Null) = (&one, &two) {
            return Some(Value::Null);
        }
        let is_ordered = |by: fn(&Ordering) -> bool| {
            let order = match (&one, &two) {
                (Value::Version, Value::Text(it)) => {
                    (it.parse::<u32>().ok()? <= OLDEST).then_some(Ordering::Greater)?
                }
                (Value::Text(one), Value::Text(two)) => {
                    one.parse::<i64>().ok()?.cmp(&two.parse::<i64>().ok()?)
                }
                _ => return None,
            };
            Some(truth(by(&order)))
        };
        let sign = match &op {
            BinOp::Eq(it) | BinOp::Neq(it) | BinOp::Neqb(it) => it.text().to_owned(),
            BinOp::LAngle(it) | BinOp::Lteq(it) | BinOp::RAngle(it) | BinOp::Gteq(it) => it.text().to_owned(),
            BinOp::CustomOp(it) => it.tokens().map(|it| it.text().to_owned()).collect(),
            BinOp::Plus(it) | BinOp::Minus(it) => it.text().to_owned(),
            BinOp::Like(_) | BinOp::NotLike(_) => String::new(),
            _ => return None,
        };
        match sign.as_str() {
            "<" => return is_ordered(|it| it.is_lt()),
            "<=" => return is_ordered(|it| it.is_le()),
            ">" => return is_ordered(|it| it.is_gt()),
            ">=" => return is_ordered(|it| it.is_ge()),
            _ => {}
        }
        let (Value::Text(one), Value::Text(two)) = (one, two) else { return None };
        match op {
            BinOp::Like(_) => return Some(truth(is_like(&one, &two))),
            BinOp::NotLike(_) => return Some(truth(!is_like(&one, &two))),
            _ => {}
        }
        let of_numbers = |by: fn(i64, i64) -> Option<i64>| {
            by(one.parse().ok()?, two.parse().ok()?).map(|it| Value::Text(it.to_string()))
        };
        match sign.as_str() {
            "=" => Some(truth(same(&one, &two))),
            "!=" | "<>" => Some(truth(!same(&one, &two))),
            "+" => of_numbers(i64::checked_add),
            "-" => of_numbers(i64::checked_sub),
            "||" => Some(Value::Text(one + &two)),
            _ => None,
        }
    }

    /// `IN (…)`, `= ANY (…)`, and what says the contrary.
    fn of_list(&self, op: &BinOp, lhs: &ast::Expr, rhs: &ast::Expr) -> Option<Value> {
        let text = syntax::text(rhs);
        let within = |it: &str| it.trim().strip_prefix('(')?.strip_suffix(')').map(str::to_owned);
        let after = |word: &str| {
            let start = text.get(..word.len()).filter(|it| it.eq_ignore_ascii_case(word));
            start.and_then(|_| within(text.get(word.len()..)?))
        };
        let (wanted, list) = match op {
            BinOp::In(_) => (true, format!("ARRAY[{}]", within(&text)?)),
            BinOp::NotIn(_) => (false, format!("ARRAY[{}]", within(&text)?)),
            BinOp::Eq(_) => (true, after("any")?),
            BinOp::Neq(_) | BinOp::Neqb(_) => (false, after("all")?),
            _ => return None,
        };
        let (Value::Text(one), Value::List(all)) = (self.evaluated(lhs), self.value(&list)) else {
            return None;
        };
        Some(truth(all.contains(&one) == wanted))
    }

    fn is_null(&self, expr: &ast::Expr) -> Option<bool> {
        match self.evaluated(expr) {
            Value::Null => Some(true),
            Value::Text(_) | Value::List(_) | Value::Version => Some(false),
            Value::Answer(_) | Value::Unknown => None,
        }
    }

    /// Functions that know what to do with no value.
    fn with_null(&self, name: &str, arguments: ast::ArgList) -> Option<Value> {
        let values: Vec<Value> =
            arguments.args().filter_map(|it| it.expr()).map(|it| self.evaluated(&it)).collect();
        match (name, values.as_slice()) {
            // A setting of one's own, which nothing has set; others have values that only a server knows.
            ("current_setting", [Value::Text(of), Value::Text(missing_ok)]) if of.contains('.') => {
                boolean(missing_ok)?.then_some(Value::Null)
            }
            ("current_setting", [Value::Text(of), ..]) if of == "server_version_num" => Some(Value::Version),
            ("coalesce", values) => match values.iter().find(|it| **it != Value::Null) {
                Some(Value::Unknown | Value::Answer(_)) => None,
                Some(it) => Some(it.clone()),
                None => Some(Value::Null),
            },
            ("nullif", [Value::Text(one), Value::Text(two)]) if one == two => Some(Value::Null),
            ("nullif", [one @ (Value::Text(_) | Value::Null), Value::Text(_) | Value::Null]) => {
                Some(one.clone())
            }
            _ => None,
        }
    }
}

fn truth(it: bool) -> Value {
    Value::Text(it.to_string())
}

/// Two constants of one value, which may be truths in different words.
fn same(one: &str, two: &str) -> bool {
    let tells = |it: &str| matches!(it, "true" | "false");
    one == two || (tells(one) || tells(two)) && boolean(one).is_some() && boolean(one) == boolean(two)
}

/// `LIKE`.
///
/// Source: PostgreSQL manual, "Pattern Matching", "LIKE".
fn is_like(text: &str, pattern: &str) -> bool {
    // Whether the pattern so far fits the text up to each of its characters.
    let text: Vec<char> = text.chars().collect();
    let mut fits = vec![false; text.len() + 1];
    if let Some(first) = fits.first_mut() {
        *first = true;
    }
    let mut pattern = pattern.chars();
    while let Some(sign) = pattern.next() {
        let mut next = vec![false; fits.len()];
        if sign == '%' {
            let from = fits.iter().position(|it| *it).unwrap_or(fits.len());
            next.iter_mut().skip(from).for_each(|it| *it = true);
        } else {
            let plain = if sign == '\\' { pattern.next() } else { Some(sign).filter(|it| *it != '_') };
            let is_fit = |it: &char| plain.is_none_or(|plain| plain == *it);
            for ((after, before), char) in next.iter_mut().skip(1).zip(&fits).zip(&text) {
                *after = *before && is_fit(char);
            }
        }
        fits = next;
    }
    fits.last().copied().unwrap_or(false)
}

/// A truth in one of its words.
///
/// Source: PostgreSQL manual, "Boolean Type".
fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "on" => Some(true),
        "false" | "f" | "no" | "n" | "off" => Some(false),
        _ => None,
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

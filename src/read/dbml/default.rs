//! Defaults of columns, as their types take them.

use super::expression;
use super::model::{Enum, Value};
use crate::base::Span;
use crate::read::foreign::Class;
use crate::read::translation::Translation;
use crate::sql::{literal, mentions};

/// The default of a column of this type; of a value set these are the values. What the type does not take is told of.
pub fn written(
    span: Span,
    value: &Value,
    data_type: &str,
    values: Option<&Enum>,
    t: &mut Translation,
) -> Option<String> {
    let class = Class::of(data_type);
    match value {
        Value::Null => None,
        Value::Text(it) => of_text(span, it, data_type, values, t),
        Value::Word(it) if class == Class::Truth && (it == "0" || it == "1") => Some((it == "1").to_string()),
        Value::Word(it) if class == Class::Number && is_truth(it) => {
            Some(u8::from(it.eq_ignore_ascii_case("true")).to_string())
        }
        Value::Word(it) if values.is_some() => of_text(span, it, data_type, values, t),
        Value::Word(it) | Value::Expression(it)
            if class == Class::Moment && it.eq_ignore_ascii_case("now") =>
        {
            Some("now()".to_owned())
        }
        Value::Word(it) if is_number(it) && !matches!(class, Class::Number | Class::Text(_)) => {
            of_text(span, it, data_type, values, t)
        }
        // A text without its quotes.
        Value::Word(it) if matches!(class, Class::Text(_)) && mentions(it).iter().any(|it| !it.in_text) => {
            Some(literal(it))
        }
        Value::Word(it) => expression::default(span, it, t),
        // A document is a value, though it is written like an expression.
        Value::Expression(it) if data_type.starts_with("json") && is_document(it) => Some(literal(it)),
        Value::Expression(it) if class == Class::Bytes && is_hexadecimal(it) => {
            Some(literal(&it.replacen("0x", "\\x", 1).replacen("0X", "\\x", 1)))
        }
        Value::Expression(it) => expression::default(span, it, t),
    }
}

/// A text, where the type takes it; an expression that someone put between quotes is the expression.
fn of_text(
    span: Span,
    text: &str,
    data_type: &str,
    values: Option<&Enum>,
    t: &mut Translation,
) -> Option<String> {
    let element = data_type.strip_suffix("[]");
    let fits = match (Class::of(data_type), values) {
        _ if element.is_some() => text.starts_with(['{', '[']) && !text.starts_with("[]"),
        (_, Some(values)) => values.values.iter().any(|it| it.0 == text),
        (Class::Number, None) => is_number(text.trim()),
        (Class::Truth, None) => {
            is_truth(text) || ["t", "f", "yes", "no", "y", "n", "on", "off", "0", "1"].contains(&text)
        }
        (Class::Moment, None) => {
            text.starts_with(|it: char| it.is_ascii_digit())
                || ["now", "today", "tomorrow", "yesterday", "epoch", "infinity", "-infinity"].contains(&text)
        }
        _ if data_type.starts_with("json") => is_document(text),
        _ if data_type == "uuid" => is_uuid(text),
        _ => true,
    };
    if fits {
        return Some(literal(text));
    }
    if element.is_some() && text == "[]" {
        return Some(literal("{}"));
    }
    // `'CURRENT_TIMESTAMP'`, `'gen_random_uuid()'`
    let is_call = text.ends_with(')') || text.to_uppercase().starts_with("CURRENT_");
    if values.is_none() && is_call {
        return expression::default(span, text, t);
    }
    t.misread(span, format!("`{text}` is no value of `{data_type}`; the column has no default"));
    None
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_truth(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

fn is_document(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

fn is_uuid(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_hexdigit).count() == 32
}

fn is_hexadecimal(text: &str) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    digits.is_some_and(|it| it.len() % 2 == 0 && it.bytes().all(|it| it.is_ascii_hexdigit()))
}

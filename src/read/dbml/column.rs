//! A line of a table becomes a column.

use super::model::{Column, Type, Value};
use super::reader::{sign, span_of};
use super::syntax::{Cursor, Setting, split};
use super::token::{Kind, Token};
use crate::read::foreign_type::{Mapped, mapped};
use crate::read::translation::Translation;

/// Reads `name type [settings]`.
pub fn read(line: &[Token], t: &mut Translation) -> Option<Column> {
    let mut cursor = Cursor::new(line);
    let name = cursor.take()?.value.clone();
    let mut column = Column { name, span: span_of(line), ..Column::default() };
    let from = cursor.here();
    data_type(&mut cursor, &mut column.data_type);
    column.data_type.span = cursor.span_from(from);
    if column.data_type.path.is_empty() {
        let message = format!(
            "column `{}` needs a type after its name; it gets that of what it references, or `text`",
            column.name
        );
        t.misread(column.span, message);
    }
    // Earlier versions of the language had settings without brackets.
    while let Some(word) = cursor.peek().filter(|it| it.kind == Kind::Word) {
        match word.value.to_lowercase().as_str() {
            "pk" => column.primary = true,
            "unique" => column.unique = true,
            _ => t.misread(
                word.span,
                "settings of a column stand between `[` and `]`; a type of several words between `\"`",
            ),
        }
        cursor.take();
    }
    for setting in cursor.settings() {
        apply(&mut column, &setting, t);
    }
    if let Some(rest) = cursor.peek() {
        t.misread(rest.span, "a column ends here: its settings stand between one `[` and one `]`");
    }
    Some(column)
}

/// `name`, `schema.name`, `timestamp(6) with time zone`.
fn data_type(cursor: &mut Cursor, data_type: &mut Type) {
    data_type.path = cursor.path();
    // Generators leave out the quotes around names with dashes.
    while cursor.peek().is_some_and(|it| it.is('-') && it.glued)
        && let Some(part) = cursor.second().filter(|it| it.glued && it.is_name())
        && let Some(last) = data_type.path.last_mut()
    {
        *last += &format!("-{}", part.value);
        cursor.take();
        cursor.take();
    }
    more_words(cursor, data_type);
    modifiers(cursor, data_type);
    more_words(cursor, data_type);
}

/// How many words a type has behind its first: `timestamp with local time zone`.
const MOST_WORDS: usize = 4;

/// The words behind the first that belong to a type: `double precision`, `int unsigned`.
fn more_words(cursor: &mut Cursor, data_type: &mut Type) {
    let [name] = data_type.path.as_mut_slice() else { return };
    let words: Vec<&str> = cursor.words().take(MOST_WORDS).collect();
    let joined = |count: usize| format!("{name} {}", words.get(..count).unwrap_or_default().join(" "));
    let is_type = |count: &usize| mapped(&joined(*count), &[]) != Mapped::Unknown;
    if let Some(count) = (1..=words.len()).rev().find(is_type) {
        *name = joined(count);
        for _ in 0..count {
            cursor.take();
        }
    }
}

/// `(10, 2)` and `[]`.
fn modifiers(cursor: &mut Cursor, data_type: &mut Type) {
    if cursor.eat('(') {
        let arguments = split(cursor.inside('(', ')'), ',');
        data_type.arguments = arguments.into_iter().map(argument).collect();
    }
    let is_bracket = |it: Option<&Token>| it.is_some_and(|it| it.is(']'));
    let is_number = |it: &Token| it.kind == Kind::Word && it.value.bytes().all(|it| it.is_ascii_digit());
    while cursor.peek().is_some_and(|it| it.is('[') && it.glued)
        && (is_bracket(cursor.second()) || cursor.second().is_some_and(is_number))
    {
        cursor.eat('[');
        cursor.inside('[', ']');
        data_type.dimensions += 1;
    }
}

fn argument(tokens: &[Token]) -> String {
    tokens.iter().map(argument_of).collect()
}

fn argument_of(token: &Token) -> String {
    if token.kind == Kind::Text { crate::sql::literal(&token.value) } else { token.value.clone() }
}

fn apply(column: &mut Column, setting: &Setting, t: &mut Translation) {
    match setting.name.as_str() {
        "pk" | "primary key" => column.primary = true,
        "unique" => column.unique = true,
        "not null" => column.not_null = Some(true),
        "null" => column.not_null = Some(false),
        "increment" => column.increment = true,
        "note" => column.note = setting.text(),
        "default" => match value(setting.value) {
            Some(it) => column.default = Some((setting.span, it)),
            None => t.misread(
                setting.span,
                "a default is a number, `'text'`, `true`, `false`, `null` or an expression between backticks",
            ),
        },
        "check" => match setting.value {
            [it] if it.kind == Kind::Expression => column.checks.push((setting.span, it.value.clone())),
            _ => t.misread(setting.span, "a check is an expression between backticks"),
        },
        "ref" => {
            let mut cursor = Cursor::new(setting.value);
            let sign = sign(&mut cursor);
            let path = cursor.path();
            match sign {
                Some(sign) if path.len() > 1 => column.references.push((setting.span, sign, path)),
                _ => t.misread(setting.span, "a reference reads `ref: > table.column`"),
            }
        }
        other => match without_comma(setting) {
            Some(both) => {
                for it in &both {
                    apply(column, it, t);
                }
            }
            None => t.misread(setting.span, format!("`{other}` is no setting of a column")),
        },
    }
}

/// Two settings without a comma between them: `not null note: 'x'`.
fn without_comma<'t>(setting: &Setting<'t>) -> Option<[Setting<'t>; 2]> {
    let flags = ["pk", "primary key", "unique", "not null", "null", "increment"];
    let behind = |flag: &str| Some(setting.name.strip_prefix(flag)?.strip_prefix(' ')?.to_owned());
    let (first, rest) = flags.into_iter().find_map(|flag| Some((flag, behind(flag)?)))?;
    let one = |name: &str, value| Setting { name: name.to_owned(), value, span: setting.span };
    Some([one(first, &[]), one(&rest, setting.value)])
}

/// A value, with its sign where it is a number.
pub fn value(tokens: &[Token]) -> Option<Value> {
    match tokens {
        [] => Some(Value::Null),
        [it] => match it.kind {
            Kind::Text | Kind::Quoted => Some(Value::Text(it.value.clone())),
            Kind::Expression => Some(Value::Expression(it.value.clone())),
            Kind::Word if it.value.eq_ignore_ascii_case("null") => Some(Value::Null),
            Kind::Word => Some(Value::Word(it.value.clone())),
            Kind::Color | Kind::Sign(_) => None,
        },
        [minus, rest @ ..] if minus.is('-') => match value(rest)? {
            Value::Word(it) => Some(Value::Word(format!("-{it}"))),
            _ => None,
        },
        [plus, rest @ ..] if plus.is('+') => value(rest),
        [open, close] if open.is('{') && close.is('}') => Some(Value::Text("{}".to_owned())),
        [open, close] if open.is('[') && close.is(']') => Some(Value::Text("[]".to_owned())),
        // `now()` without the backticks.
        [first, open, .., close]
            if first.kind == Kind::Word && open.is('(') && open.glued && close.is(')') =>
        {
            Some(Value::Expression(tokens.iter().map(argument_of).collect()))
        }
        // `1.5e-3` is several tokens, `Status.active` too.
        [first, ..] if first.kind == Kind::Word && tokens.iter().skip(1).all(|it| it.glued) => {
            let words: String = tokens.iter().map(|it| it.value.as_str()).collect();
            let is_number = words.parse::<f64>().is_ok();
            let constant = tokens.last().filter(|it| it.is_name()).map(|it| it.value.clone());
            if is_number { Some(Value::Word(words)) } else { constant.map(Value::Text) }
        }
        _ => None,
    }
}

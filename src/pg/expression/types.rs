//! Names of types.

use super::node::{Node, TypeName};
use super::parse::Parser;
use super::pieces::Piece;
use crate::pg::Builtin;

/// A type's name as `format_type()` writes it, with its modifiers and brackets: `VARCHAR(5) []` is
/// `character varying(5)[]`. What is no type's name is given back without blanks around it.
pub fn canonical_type(text: &str) -> String {
    let mut parser = Parser::new(text);
    let name = parser.type_name();
    if !parser.is_at_end() || name.path.is_empty() {
        return text.trim().to_owned();
    }
    name.path.join(".") + &name.rest
}

/// The type of a function's argument, as it tells functions apart: PostgreSQL forgets modifiers there.
pub fn argument_type(text: &str) -> String {
    without_modifiers(canonical_type(text))
}

fn without_modifiers(name: String) -> String {
    match (name.find('('), name.find(')')) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{}", name.get(..from).unwrap_or_default(), name.get(to + 1..).unwrap_or_default())
        }
        _ => name,
    }
}

/// What a function gives back, its types under their canonical names: `table (a int)` is `TABLE(a integer)`.
pub fn canonical_result(text: &str) -> String {
    let text = text.trim();
    let first = text.split(|it: char| it.is_whitespace() || it == '(').next().unwrap_or_default();
    let rest = text.get(first.len()..).unwrap_or_default().trim();
    if first.eq_ignore_ascii_case("setof") {
        return format!("SETOF {}", without_modifiers(canonical_type(rest)));
    }
    if !first.eq_ignore_ascii_case("table") {
        return without_modifiers(canonical_type(text));
    }
    let inner = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(rest);
    let mut parser = Parser::new(inner);
    let mut columns = Vec::new();
    while let Some((name, data_type)) = parser.named_type() {
        columns.push(format!(
            "\"{}\" {}{}",
            name.replace('"', "\"\""),
            data_type.path.join("."),
            without_modifiers(data_type.rest)
        ));
    }
    format!("TABLE({})", columns.join(", "))
}

impl Parser {
    /// `date '2020-01-01'`, `timestamp with time zone '…'`.
    pub fn typed_constant(&mut self) -> Option<Node> {
        let before = self.at;
        let looks_so = matches!(self.peek(1), Some(Piece::Text(_)))
            || self.name(1).is_some_and(|it| matches!(it, "with" | "without" | "precision" | "varying"));
        if looks_so && !self.is_word(0, "as") {
            let target = self.type_name();
            if let Some(Piece::Text(text)) = self.peek(0).cloned() {
                self.at += 1;
                return Some(Node::Cast(Box::new(Node::Text(text)), target));
            }
        }
        self.at = before;
        None
    }

    /// A name and a type with a comma behind, as in `TABLE (a integer, …)`; nothing at the end or where there is no name.
    pub fn named_type(&mut self) -> Option<(String, TypeName)> {
        let name = self.name(0)?.to_owned();
        self.at += 1;
        let data_type = self.type_name();
        self.take_sign(',');
        Some((name, data_type))
    }

    /// The name of a type with its modifiers and brackets.
    pub fn type_name(&mut self) -> TypeName {
        self.take_word("setof");
        let quoted = matches!(self.peek(0), Some(Piece::Quoted(_)));
        let mut path = self.path();
        let mut rest = String::new();
        if let [one] = path.as_mut_slice() {
            while let Some(next) = self.name(0).filter(|it| continues(one, it)).map(str::to_owned) {
                self.at += 1;
                *one = format!("{one} {next}");
            }
            rest += &self.modifiers();
            if matches!(one.as_str(), "time" | "timestamp") {
                let with = self.is_word(0, "with");
                if (with || self.is_word(0, "without")) && self.is_word(1, "time") && self.is_word(2, "zone")
                {
                    self.at += 3;
                    *one = format!("{one} {} time zone", if with { "with" } else { "without" });
                }
            }
            if one == "interval" {
                const FIELDS: [&str; 7] = ["year", "month", "day", "hour", "minute", "second", "to"];
                while let Some(field) = self.name(0).filter(|it| FIELDS.contains(it)).map(str::to_owned) {
                    self.at += 1;
                    rest += &format!(" {field}");
                }
                rest += &self.modifiers();
            }
            // Only the quoted "char" is the one-byte type.
            *one = if quoted && one == "char" { "\"char\"".to_owned() } else { canonical(one) };
            if one == "character" && rest == "(1)" {
                rest.clear();
            }
            // `numeric(10)` has no digits behind the point (manual, "Arbitrary Precision Numbers").
            if one == "numeric" && rest.ends_with(')') && !rest.contains(',') {
                rest.insert_str(rest.len() - 1, ",0");
            }
        } else {
            if path.first().is_some_and(|it| it == "pg_catalog") {
                path.remove(0);
                for it in &mut path {
                    *it = canonical(it);
                }
            }
            rest += &self.modifiers();
        }
        while self.take_sign('[') {
            if matches!(self.peek(0), Some(Piece::Number(_))) {
                self.at += 1;
            }
            self.take_sign(']');
            rest += "[]";
        }
        if self.take_word("array") {
            rest += "[]";
        }
        TypeName { path, rest }
    }

    fn modifiers(&mut self) -> String {
        if !self.is_sign(0, '(') {
            return String::new();
        }
        let mut text = String::new();
        while let Some(piece) = self.peek(0).cloned() {
            self.at += 1;
            match piece {
                Piece::Sign(')') => {
                    text.push(')');
                    break;
                }
                Piece::Sign(sign) => text.push(sign),
                Piece::Word(it)
                | Piece::Quoted(it)
                | Piece::Text(it)
                | Piece::Number(it)
                | Piece::Operator(it) => {
                    text += &it;
                }
            }
        }
        text
    }
}

/// Words that go on with a type's name after the first.
fn continues(first: &str, second: &str) -> bool {
    match first {
        "double" => second == "precision",
        "character" | "char" | "nchar" | "bit" => second == "varying",
        "national" => matches!(second, "character" | "char"),
        _ => false,
    }
}

/// The canonical name of one type's words.
fn canonical(words: &str) -> String {
    match words {
        // `pg_type` calls the type "char" by what others write for character(1); only the quoted one is meant there.
        "bpchar" => "character".to_owned(),
        // `_int4` is how `pg_type` calls `integer[]`.
        _ if words.starts_with('_') && Builtin::from_name(words.trim_start_matches('_')).is_some() => {
            format!("{}[]", canonical(words.trim_start_matches('_')))
        }
        _ => Builtin::from_name(words).map_or_else(|| words.to_owned(), |it| it.name().to_owned()),
    }
}

/// Whether PostgreSQL casts to this type by itself, so that the cast shows in what it says and not in what was written:
/// the targets of implicit and of assignment casts between built-in types, and types that people made, whose values come from
/// the types below them.
///
/// Source: `pg_cast`, `castcontext` `i` and `a`.
pub fn may_be_implied(target: &TypeName) -> bool {
    const NEVER: [&str; 12] = [
        "date", "json", "jsonb", "xml", "uuid", "bytea", "inet", "boolean", "tsvector", "tsquery", "money",
        "bit",
    ];
    match target.path.as_slice() {
        [one] => !NEVER.contains(&one.as_str()),
        _ => true,
    }
}

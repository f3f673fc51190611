//! Samples of data as statements: JSON objects name things, what they have, and types.

use super::blocks::{BlockKind, Role};
use super::fact::{Fact, Form, Signal, is_plain};
use super::facts::Reader;
use super::item_values::flags;
use super::items::Item;
use super::phrases::{Det, Phrase};
use crate::base::{Clip, Span, lower, one_of, singular, snake_case, without_end};

/// Objects in objects are read so many levels deep.
const DEEPEST: usize = 6;

/// Reads one block of code; what is no sample says nothing. Linear.
pub fn read(reader: &mut Reader, at: usize) {
    let block = &reader.blocks[at];
    if block.kind != BlockKind::Code || !matches!(block.role, Role::Domain | Role::Access) {
        return;
    }
    let (text, span) = (reader.text, block.span);
    if is_sql(span.of(text)) {
        return;
    }
    let owner = owner_of(reader, at);
    let mut cursor = Cursor { text, at: span.start as usize, end: span.end as usize };
    while cursor.at < cursor.end {
        cursor.skip();
        let before = cursor.at;
        if let Some(value) = cursor.value(0) {
            top(reader, owner.as_ref(), &value);
        }
        if cursor.at == before {
            cursor.at += cursor.first().map_or(1, char::len_utf8);
        }
    }
}

/// Whether a line begins a table in SQL.
pub fn is_sql(body: &str) -> bool {
    let words: Vec<&str> = body.split_whitespace().take(2).collect();
    matches!(words.as_slice(), [first, second] if first.eq_ignore_ascii_case("create") && second.eq_ignore_ascii_case("table"))
}

/// What a sample without a name of its own is of: the lead-in or heading above; of a path its last fixed part.
fn owner_of(reader: &Reader, at: usize) -> Option<Phrase> {
    let block = &reader.blocks[at];
    let nearest = at.checked_sub(1).filter(|it| reader.blocks[*it].kind != BlockKind::Code);
    let heading = block.heading;
    for place in [nearest, heading].into_iter().flatten() {
        let span = reader.blocks[place].span;
        if let Some(phrase) = of_path(span.of(reader.text), span) {
            return Some(phrase);
        }
    }
    let said = reader.context(at).or_else(|| nearest.and_then(|it| reader.subjects[it].clone()));
    said.filter(|it| !is_plain(&it.key))
}

/// `GET /machines/{no}/events` is about events.
fn of_path(line: &str, span: Span) -> Option<Phrase> {
    let path = line.split_whitespace().find(|it| it.starts_with('/') && it.len() > 2)?;
    let fixed = path.split(['/', '?']).rfind(|it| {
        it.len() > 2
            && it.chars().all(|it| it.is_ascii_alphabetic() || it == '_' || it == '-')
            && !one_of(it, "api today search list all current new")
    })?;
    Some(named(fixed, span))
}

/// A name from code as a noun phrase.
pub(super) fn named(name: &str, span: Span) -> Phrase {
    Phrase { det: Det::The, ..Phrase::bare(&singular(&snake_case(name)), span) }
}

/// A value of a sample.
enum Value {
    Object(Vec<Pair>),
    List(Vec<Value>),
    Text(String),
    Number(String),
    Flag,
    Nothing,
}

struct Pair {
    name: String,
    value: Value,
    /// The words of the comment on its line.
    comment: String,
    span: Span,
}

fn top(reader: &mut Reader, owner: Option<&Phrase>, value: &Value) {
    match value {
        Value::Object(pairs) => match (pairs.as_slice(), owner) {
            // {"order": {…}} names its thing itself.
            ([Pair { name, value: inner @ (Value::Object(_) | Value::List(_)), span, .. }], _) => {
                top(reader, Some(&named(name, *span)), inner);
            }
            (_, Some(owner)) => object(reader, owner, pairs, 0),
            (_, None) => {}
        },
        Value::List(all) => {
            if let Some(first) = all.first() {
                top(reader, owner, first);
            }
        }
        Value::Text(_) | Value::Number(_) | Value::Flag | Value::Nothing => {}
    }
}

fn object(reader: &mut Reader, owner: &Phrase, pairs: &[Pair], depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let mut found = Vec::new();
    for pair in pairs {
        let mut item = Item::named(&snake_case(&pair.name), pair.span);
        let words: Vec<String> = words_of(&pair.comment);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        flags(&words, &mut item);
        match &pair.value {
            Value::Object(inner) => {
                let part = named(&pair.name, pair.span);
                object(reader, &part, inner, depth + 1);
                item.counted = true;
            }
            Value::List(all) => {
                let part = named(&pair.name, pair.span);
                item.name = singular(&item.name);
                item.many = true;
                if let Some(Value::Object(inner)) = all.iter().find(|it| matches!(it, Value::Object(_))) {
                    reader.out.all.push(Fact::Nested { inner: part.clone(), outer: owner.clone() });
                    object(reader, &part, inner, depth + 1);
                    continue;
                }
            }
            Value::Text(said) => {
                item.stated = type_of_text(said);
                item.values = values_in(said, &pair.comment);
            }
            Value::Number(said) => {
                item.stated = Some(if said.contains('.') { "numeric" } else { "integer" }.to_owned());
            }
            Value::Flag => item.boolean = true,
            Value::Nothing => item.nullable = true,
        }
        if item.name.ends_with("_no") {
            item.name = format!("{}_number", without_end(&item.name, "_no"));
        } else if item.name == "no" {
            "number".clone_into(&mut item.name);
        }
        found.push(item);
    }
    if found.is_empty() {
        return;
    }
    reader.see(owner, Signal::ListOwner);
    reader.owns(owner, found, Form::Table);
}

/// A date or a moment by its shape; a name says more than any other text.
fn type_of_text(said: &str) -> Option<String> {
    let digits: Vec<usize> = said.split(['-', 'T', ':', 'Z', '.']).map(str::len).collect();
    let plain = said.chars().all(|it| it.is_ascii_digit() || "-T:Z.+".contains(it));
    match digits.as_slice() {
        [4, 2, 2] if plain => Some("date".to_owned()),
        [4, 2, 2, 2, ..] if plain => Some("timestamptz".to_owned()),
        _ => None,
    }
}

/// "draft|sent", or a comment that lists values of which the sample is one.
fn values_in(said: &str, comment: &str) -> Vec<String> {
    let parts = |text: &str, signs: &[char]| -> Vec<String> {
        text.split(signs).map(|it| lower(&it.trim().replace('_', " "))).filter(|it| !it.is_empty()).collect()
    };
    let own = parts(said, &['|']);
    if own.len() >= 2 {
        return own;
    }
    let listed = parts(comment, &[',', '|', '/']);
    let short = listed.iter().all(|it| it.split(' ').count() <= 3);
    let has_it = listed.contains(&lower(&said.replace('_', " ")));
    if listed.len() >= 2 && short && has_it { listed } else { Vec::new() }
}

fn words_of(comment: &str) -> Vec<String> {
    comment.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(lower).collect()
}

/// Reads leniently: comments, dots in place of what is left out, missing commas and ends do no harm.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    fn first(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Skips blanks, commas, dots and comments; gives the last comment.
    fn skip(&mut self) -> String {
        let mut comment = String::new();
        loop {
            let rest = self.rest();
            let body =
                rest.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, ',' | '.' | '…'));
            self.at += rest.len() - body.len();
            let marked = ["//", "#", "--"].iter().find(|it| body.starts_with(**it));
            let Some(mark) = marked else { return comment };
            let line = body.split('\n').next().unwrap_or(body);
            line.clip(mark.len()..).trim().clone_into(&mut comment);
            self.at += line.len();
        }
    }

    /// Skips a comma and a comment on the same line only.
    fn comment(&mut self) -> String {
        let line = self.rest().split('\n').next().unwrap_or("");
        let body = line.trim_start_matches([' ', '\t', ',']);
        match body.strip_prefix("//").or_else(|| body.strip_prefix('#')) {
            Some(said) => {
                self.at += line.len();
                said.trim().to_owned()
            }
            None => String::new(),
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip();
        match self.first()? {
            '{' if depth <= DEEPEST => {
                self.at += 1;
                Some(Value::Object(self.pairs(depth)))
            }
            '[' if depth <= DEEPEST => {
                self.at += 1;
                let mut all = Vec::new();
                loop {
                    self.skip();
                    match self.first() {
                        None | Some('}') => break,
                        Some(']') => {
                            self.at += 1;
                            break;
                        }
                        Some(_) => {
                            let before = self.at;
                            all.extend(self.value(depth + 1));
                            if self.at == before {
                                self.at += self.first().map_or(1, char::len_utf8);
                            }
                        }
                    }
                }
                Some(Value::List(all))
            }
            '"' => Some(Value::Text(self.quoted())),
            _ => {
                let rest = self.rest();
                let length = rest.find([',', '}', ']', '\n', ' ']).unwrap_or(rest.len());
                let word = rest.clip(..length);
                self.at += length;
                match word {
                    "true" | "false" => Some(Value::Flag),
                    "null" => Some(Value::Nothing),
                    _ if word.starts_with(|it: char| it.is_ascii_digit() || it == '-') => {
                        Some(Value::Number(word.to_owned()))
                    }
                    _ => None,
                }
            }
        }
    }

    fn pairs(&mut self, depth: usize) -> Vec<Pair> {
        let mut out: Vec<Pair> = Vec::new();
        loop {
            self.skip();
            match self.first() {
                None => return out,
                Some('}') => {
                    self.at += 1;
                    return out;
                }
                Some('"') => {
                    let start = self.at + 1;
                    let name = self.quoted();
                    let span = Span::new(start.min(self.at), (start + name.len()).min(self.at));
                    self.skip();
                    if self.first() == Some(':') {
                        self.at += 1;
                        let value = self.value(depth + 1).unwrap_or(Value::Nothing);
                        let comment = self.comment();
                        out.push(Pair { name, value, comment, span });
                    }
                }
                Some(other) => self.at += other.len_utf8(),
            }
        }
    }

    /// A text in double quotes; it ends with its line at the latest.
    fn quoted(&mut self) -> String {
        let rest = self.rest();
        let body = rest.strip_prefix('"').unwrap_or(rest);
        let length = body.find(['"', '\n']).unwrap_or(body.len());
        self.at += (rest.len() - body.len()) + length + usize::from(body.clip(length..).starts_with('"'));
        body.clip(..length).to_owned()
    }
}

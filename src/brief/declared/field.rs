//! One field: `email: string (unique)`, `room Room @relation(…)`, `department?`, `status (draft/sent)`.

use super::super::items::Item;
use super::super::types::stated_type;
use super::Field;
use super::typed::is_typed;
use crate::base::{Clip, Span, lower, one_of, singular, snake_case};

/// Words that tell something of a field; the first of them make no field of their own.
pub const FLAGS: &[&str] = &[
    "unique",
    "required",
    "optional",
    "nullable",
    "pk",
    "fk",
    "not",
    "null",
    "primary",
    "foreign",
    "enum",
    "string",
    "varchar",
    "int",
    "integer",
    "decimal",
    "numeric",
    "float",
    "boolean",
    "bool",
    "uuid",
    "timestamp",
    "datetime",
    "json",
    "jsonb",
    "number",
    "date",
    "objectid",
];

/// What stands before the name of the table that a field refers to.
const REFERS: &[&str] = &["references ", "reference to ", "→", "->", "ref: >", "ref ", "fk to "];

/// Whether any of the words stands in a text.
pub fn says(said: &str, words: &[&str]) -> bool {
    words.iter().any(|it| said.contains(it))
}

/// What stands behind the first of the words that a text has.
fn behind<'a>(said: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|it| said.find(it).map(|at| said.clip(at + it.len()..)))
}

/// The name of code with which a text begins.
pub fn name_at(said: &str) -> &str {
    let is_part = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    said.clip(..said.bytes().take_while(|it| is_part(*it)).count())
}

/// Where a part of a text stands that begins at `at`, without the blanks around it.
pub fn place(part: &str, at: usize) -> Span {
    Span::new(at + part.len() - part.trim_start().len(), at + part.trim_end().len())
}

/// Reads one field; nothing where no name can be told. `written`: whether it stands in a list of words, where names may have several.
pub fn field(said: &str, span: Span, written: bool) -> Option<Field> {
    let clean: String = said.chars().filter(|it| !matches!(it, '`' | '*' | '"')).collect();
    let body = clean.trim_matches([' ', '\t', ',', ';', '.', '-', '+', '~']);
    let body = body.strip_prefix("FK:").unwrap_or(body).trim_start();
    if let Some(name) = association(body) {
        let mut item = Item::named(&snake_case(name), span);
        item.many = !body.starts_with("belongs_to");
        let is_other = !body.contains("through");
        return is_other.then(|| Field { item, target: Some(name.to_owned()), refers: true });
    }
    let end = name_end(body, written);
    let (name, rest) = (body.clip(..end).trim(), body.clip(end..).trim_start_matches([' ', ':', '=', '?']));
    let rest = ["- ", "– ", "— "].iter().find_map(|it| rest.strip_prefix(it)).unwrap_or(rest);
    let mut item = Item::named(&snake_case(name), span);
    if !name.starts_with(|it: char| it.is_alphabetic()) || item.name.matches('_').count() > 4 {
        return None;
    }
    let lower = lower(rest);
    item.nullable = body.clip(end..).starts_with('?')
        || says(&lower, &["optional", "nullable", "| null"])
        || rest.clip(name_at(rest).len()..).starts_with('?');
    item.unique = says(&lower, &["unique"]) || lower.split(' ').any(|it| one_of(it, "pk uk"));
    item.unique_in = behind(&lower, &["unique per ", "unique within the ", "unique in the "])
        .map(|it| name_at(it).to_owned());
    let target = behind(rest, REFERS)
        .or_else(|| behind(&lower, REFERS))
        .map(|it| name_at(it.trim_start_matches([' ', '\''])).to_owned());
    // "age (int)"; "a contact (name, email)" has a list of parts.
    let kind = rest.strip_prefix('(').filter(|_| is_typed(body)).unwrap_or(rest);
    // "Array<Tag>", "list[Tag]", "[Tag!]"
    let listed = ["Array", "List", "list", "Set", "set"].iter().find_map(|it| kind.strip_prefix(it));
    let listed = listed.filter(|it| it.starts_with(['<', '[']));
    let is_list = listed.is_some() || rest.starts_with('[');
    let kind = listed.unwrap_or(kind).trim_start_matches(['[', '<', ' ']);
    let word = name_at(kind);
    // "decimal(10,2)" is a type with its parentheses.
    let sized = kind.clip(word.len()..).strip_prefix('(');
    let sized = sized.filter(|it| it.starts_with(|it: char| it.is_ascii_digit())).and_then(|it| it.find(')'));
    let kind = kind.clip(..sized.map_or(word.len(), |it| word.len() + it + 2));
    let stated = stated_type(kind).filter(|_| !kind.is_empty());
    item.many = is_list && kind.starts_with(char::is_uppercase)
        || says(rest, &["[]", "array of", "Array of"])
        || target.is_some() && rest.starts_with('→') && item.name != singular(&item.name);
    item.values = values(rest, &lower);
    item.boolean = stated.as_deref() == Some("boolean")
        || matches!(item.values.as_slice(), [one, other] if one == "yes" && other == "no");
    if item.boolean {
        item.values.clear();
    }
    // Several texts or numbers are one column.
    let is_array = item.many && stated.is_some();
    item.stated = if is_array { Some("text[]".to_owned()) } else { stated };
    item.many &= !is_array;
    let refers = target.as_ref().is_some_and(|it| !it.is_empty());
    let is_type = item.stated.is_none()
        && kind.starts_with(|it: char| it.is_ascii_uppercase())
        && !FLAGS.contains(&kind.to_ascii_lowercase().as_str());
    let target = target.filter(|it| !it.is_empty()).or_else(|| is_type.then(|| kind.to_owned()));
    // "author (user)"
    let inner = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')')).filter(|it| name_at(it) == *it);
    let target = target.or_else(|| inner.filter(|_| item.stated.is_none()).map(str::to_owned));
    // "customer (FK)" refers by its name.
    if target.is_none() && says(&lower, &["fk", "foreign", "→"]) && !item.name.ends_with("_id") {
        item.name.push_str("_id");
    }
    if target.is_some() || item.name.ends_with("_id") {
        item.unique = says(&lower, &["unique"]);
    }
    Some(Field { item, target, refers })
}

/// What a class of Rails is associated with: `belongs_to :author`, `has_many :reviews`.
pub fn association(line: &str) -> Option<&str> {
    let (verb, name) = line.trim().split_once(" :")?;
    one_of(verb, "belongs_to has_many has_one has_and_belongs_to_many").then(|| name_at(name))
}

/// Where a field's name ends: in a list of words before a sign or a word that tells more, else behind the first name.
fn name_end(body: &str, written: bool) -> usize {
    let sign = body.find([':', '(', '→', '=', '—', '–', '?', '{', '[', '|']).unwrap_or(body.len());
    let sign = body.find(" - ").or_else(|| body.find("->")).map_or(sign, |it| it.min(sign));
    if !written {
        return name_at(body).len();
    }
    let mut end = 0;
    for word in body.clip(..sign).split(' ') {
        let bare = word.trim_end_matches(',');
        let flag = FLAGS.contains(&bare.to_ascii_lowercase().as_str()) && !one_of(bare, "date number");
        if end > 0 && (flag || word.starts_with(['@', '0', '1'])) {
            break;
        }
        end += word.len() + usize::from(end > 0);
    }
    end.min(sign)
}

/// The values that it may take: `'a' | 'b'`, `(a/b/c)`, `enum(a, b)`, `in ('a', 'b')`.
fn values(rest: &str, small: &str) -> Vec<String> {
    if says(small, &["e.g.", "fk", "references", "varchar", "numeric", "decimal"]) {
        return Vec::new();
    }
    let is_enum = says(small, &["enum", " in (", "'"]);
    let body = behind(rest, &[" in (", "(", "enum"]).unwrap_or(rest);
    let body = body.split(')').next().unwrap_or(body);
    let sign = if body.contains('|') {
        '|'
    } else if body.contains('/') {
        '/'
    } else {
        ','
    };
    if sign == ',' && !is_enum && !rest.contains('(') {
        return Vec::new();
    }
    let all: Vec<String> = body
        .split(sign)
        .map(|it| lower(&it.trim_matches(|it: char| !it.is_alphanumeric()).replace('_', " ")))
        .filter(|it| !matches!(it.as_str(), "null" | "undefined" | ""))
        .collect();
    let plain = |it: &String| {
        it.split(' ').count() <= 3
            && stated_type(it).is_none()
            && !FLAGS.contains(&name_at(it))
            && it.starts_with(|it: char| it.is_alphabetic())
    };
    if all.len() >= 2 && all.iter().all(plain) { all } else { Vec::new() }
}

/// What commas part outside of any brackets; what only tells more of the one before is a part of it.
pub fn parts(text: &str, within: Span) -> Vec<Span> {
    let body = within.of(text);
    let (mut depth, mut start, mut out) = (0_usize, within.start as usize, Vec::<Span>::new());
    for (at, sign) in body.char_indices().chain([(body.len(), ',')]) {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 || at == body.len() => {
                let end = within.start as usize + at;
                let part = place(text.clip(start..end), start);
                let tells = part.of(text).split(' ').all(|it| it.is_empty() || FLAGS.clip(..8).contains(&it));
                match out.last_mut() {
                    Some(last) if tells => *last = last.cover(part),
                    _ if tells => {}
                    _ => out.push(part),
                }
                start = end + 1;
            }
            _ => {}
        }
    }
    out
}

/// What a sign parts, without the blanks around it.
pub fn split(text: &str, within: Span, sign: &str) -> Vec<Span> {
    let (mut start, end) = (within.start as usize, within.end as usize);
    let mut out = Vec::new();
    while let Some(at) = text.clip(start..end).find(sign) {
        out.push(place(text.clip(start..start + at), start));
        start += at + sign.len();
    }
    out.push(place(text.clip(start..end), start));
    out
}

/// The sentences of some lines, without what ends them.
pub fn sentences(text: &str, within: Span) -> Vec<Span> {
    let mut out = Vec::new();
    for line in split(text, within, "\n") {
        for said in split(text, line, ". ") {
            out.push(Span::new(
                said.start as usize,
                said.start as usize + said.of(text).trim_end_matches('.').len(),
            ));
        }
    }
    out
}

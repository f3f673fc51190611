//! New columns as a request tells of them: `a due date, a required price (numeric) and an owner`.

use super::fresh::is_noun;
use super::names::{bare, is_role, listed, name, table};
use super::nouns::{
    common_type, common_unit, complete, is_type_of, is_yes_or_no, type_of_amount, without_unit,
};
use super::words::{Word, plain};
use super::{bounds, conditions, roles};
use crate::base;
use crate::design::Design;
use crate::design::convention::user_table;
use crate::design::meaning::LooseType;

/// One new column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// In snake case.
    pub name: String,
    /// A type as `relata table` takes it.
    pub stated: Option<String>,
    /// The name that was quoted, and is meant as it stands.
    pub exact: Option<String>,
    /// Whether it may be missing, where that was said.
    pub nullable: Option<bool>,
    /// Whether it must be unique.
    pub is_unique: bool,
    /// What it is where nothing is given, as it was said.
    pub default: Vec<Word>,
    /// What it is held to, as it was said: `at least 1`.
    pub bound: Vec<Word>,
}

impl Field {
    /// A field of which name and type are known, and that must be given.
    pub fn required(name: impl Into<String>, stated: impl Into<String>) -> Self {
        Self { name: name.into(), stated: Some(stated.into()), nullable: Some(false), ..Self::default() }
    }

    /// Whether more is said of it than its name, so that nothing but a column can be meant.
    pub fn is_told(&self) -> bool {
        self.stated.is_some() || self.is_unique || self.nullable.is_some() || !self.default.is_empty()
    }

    /// As a field of an aggregate: `due_date:date?`.
    pub fn written(&self) -> String {
        let optional = if self.nullable == Some(true) { "?" } else { "" };
        match &self.stated {
            Some(stated) => format!("{}:{stated}{optional}", self.name),
            None => format!("{}{optional}", self.name),
        }
    }
}

/// The columns that words tell of; nothing where one has no name or a type that is none.
pub fn fields(design: &Design, words: &[Word]) -> Option<Vec<Field>> {
    several(design, words, false)
}

fn several(design: &Design, words: &[Word], is_sql: bool) -> Option<Vec<Field>> {
    // What may be one thing or another is not both.
    let mut depth = 0_usize;
    for word in words {
        match word.text.as_str() {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "or" if depth == 0 && !is_yes_or_no(words) => return None,
            _ => {}
        }
    }
    let mut parts = apart(words, true);
    complete(&mut parts);
    common_unit(&mut parts);
    let common = common_type(&mut parts);
    let of_common = |mut it: Field| {
        it.stated = it.stated.or_else(|| common.map(str::to_owned));
        it
    };
    let found: Option<Vec<Field>> = parts.iter().map(|it| one(design, it, is_sql).map(of_common)).collect();
    found.filter(|it| !it.is_empty())
}

/// What is listed; what stands between parentheses stays together, commas and all, and where `joins` so does what tells of one
/// column.
fn apart(words: &[Word], joins: bool) -> Vec<Vec<Word>> {
    let mut parts: Vec<Vec<Word>> = vec![Vec::new()];
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate() {
        depth = match word.text.as_str() {
            "(" => depth + 1,
            ")" => depth.saturating_sub(1),
            _ => depth,
        };
        let next = words.get(at + 1..).unwrap_or_default();
        let next = after(next, &["and", ","]);
        // `a code, unique` and `a flag, default false` are one column each.
        let goes_on = match next {
            [one] => quality(one).is_some(),
            [one, next, ..] if quality(one).is_some() => next.is_any(&["and", ","]),
            [one, ..] => one.is_any(DEFAULT),
            [] => false,
        };
        let separates = depth == 0 && listed(std::slice::from_ref(word)).is_empty();
        if separates && !(goes_on && joins) {
            parts.push(Vec::new());
        } else if let Some(last) = parts.last_mut().filter(|_| !separates) {
            last.push(word.clone());
        }
    }
    parts.retain(|it| !it.is_empty());
    parts
}

/// Words before the value that is taken where none is given.
const DEFAULT: &[&str] = &["default", "defaulting", "defaults"];

/// Words that may stand between them and the value: `with a default value of 5`.
const BEFORE_VALUE: &[&str] = &["value", "to", "of", "is", ":"];

/// One column.
pub fn field(design: &Design, words: &[Word]) -> Option<Field> {
    one(design, words, false)
}

/// One column; `is_sql` where it stands in a list as SQL has it, `name text`.
fn one(design: &Design, words: &[Word], is_sql: bool) -> Option<Field> {
    let mut field = Field::default();
    let mut left = bare(words);
    loop {
        let before = left.len();
        left = qualities(&mut field, left);
        if let Some((rest, inside)) = in_parentheses(left) {
            told(design, &mut field, inside)?;
            left = rest;
        }
        if left.len() == before {
            break;
        }
    }
    if let Some(at) = left.iter().position(|it| it.is_any(&["called", "named"])) {
        // `a date called due_on`
        let before = left.get(..at).unwrap_or_default();
        if before.iter().any(|it| it.is_any(&["table", "tables"])) {
            return None;
        }
        let before = bare(before);
        field.stated = stated(before);
        left = left.get(at + 1..).unwrap_or_default();
    } else if let Some(at) = left.windows(2).position(|it| it[0].is("of") && it[1].is("type")) {
        field.stated = Some(stated(left.get(at + 2..).unwrap_or_default())?);
        left = left.get(..at).unwrap_or_default();
    } else if let Some(at) = left.iter().position(|it| it.is_any(&[":", "as"])) {
        let told = bare(left.get(at + 1..).unwrap_or_default());
        // `insurance: company` tells what is in it, and no type.
        if left.get(at).is_some_and(|it| it.is(":")) && !begins_with_type(told) && !begins_plainly(told) {
            return None;
        }
        field.stated = Some(stated(told)?);
        left = left.get(..at).unwrap_or_default();
    } else if let Some(to) = left.iter().position(|it| it.is("to")).filter(|at| {
        left.get(..*at).is_some_and(|it| {
            matches!(
                super::names::read(it).as_str(),
                "reference"
                    | "link"
                    | "foreign key"
                    | "linked"
                    | "belonging"
                    | "belongs"
                    | "related"
                    | "attached"
                    | "tied"
                    | "connected"
            )
        })
    }) {
        // `a reference to projects`
        let to = table(design, left.get(to + 1..).unwrap_or_default())?;
        let entity = base::singular(&base::snake_case(&to.name));
        (field.name, field.stated) = (entity.clone(), Some(format!("ref({entity})")));
        return Some(field);
    } else if field.stated.is_none() {
        // `timezone text default 'UTC'` is SQL, `alt text` is a name.
        let is_text = !field.default.is_empty() && left.last().is_some_and(|it| it.is("text"));
        left = typed(&mut field, left, is_sql || is_text);
    }
    let left = bounded(&mut field, bare(left));
    let (left, unit) = without_unit(left);
    field.stated = field.stated.or_else(|| type_of_amount(left, unit).map(str::to_owned));
    if !field.bound.is_empty() && field.stated.is_none() {
        field.stated = Some(bounds::type_of_bound(&field.bound).to_owned());
    }
    if !is_noun(design, left) {
        return None;
    }
    field.name = unit.map_or_else(|| name(left), |unit| format!("{}_{unit}", name(left)));
    if let [word] = left
        && word.is_quoted
    {
        field.exact = Some(word.text.clone());
        field.name = base::snake_case(&word.text);
    }
    if field.stated.is_none() {
        let own = table(design, left)
            .filter(|it| base::singular(&base::snake_case(&it.name)) == base::singular(&field.name));
        // Several rows are in no one column.
        if own.is_some() && super::act::is_several(left) {
            return None;
        }
        let person = is_role(left).then(|| user_table(design.tables())).flatten();
        if let Some(to) = own.or_else(|| roles::role_of(design, left)).or(person) {
            let entity = base::singular(&base::snake_case(&to.name));
            field.name = if own.is_some() { entity.clone() } else { field.name };
            field.stated = Some(format!("ref({entity})"));
        }
    }
    (!field.name.is_empty()).then_some(field)
}

/// Takes what a column is held to behind its name: `rating from 1 to 5`.
fn bounded<'a>(field: &mut Field, words: &'a [Word]) -> &'a [Word] {
    let at = (1..words.len()).find(|at| words.get(*at..).is_some_and(conditions::is_bound));
    let Some((before, bound)) = at.filter(|_| field.bound.is_empty()).map(|at| words.split_at(at)) else {
        return words;
    };
    field.bound = bound.to_vec();
    bare(before)
}

/// What is said of columns behind the table that they are added to: `, default false`.
pub fn tail(words: &[Word]) -> Option<Field> {
    let (mut field, mut left) = (Field::default(), vec![plain("it")]);
    left.extend(words.iter().filter(|it| !it.is_any(&["and", ","])).cloned());
    let left = qualities(&mut field, &left);
    (left.len() == 1 && field != Field::default()).then_some(field)
}

/// Takes what is said of a column before and behind its name: `optional`, `unique`, `default 5`.
fn qualities<'a>(field: &mut Field, words: &'a [Word]) -> &'a [Word] {
    let mut left = words;
    while let Some(quality) = left.first().filter(|_| left.len() > 1).and_then(quality) {
        quality(field);
        left = bare(left.get(1..).unwrap_or_default());
    }
    while let Some(quality) = left.last().filter(|_| left.len() > 1).and_then(quality) {
        quality(field);
        left = left.get(..left.len() - 1).unwrap_or_default();
        while left
            .last()
            .is_some_and(|it| it.is_any(&["is", "be", "must", "should", "which", "that", "can", "may"]))
        {
            left = left.get(..left.len() - 1).unwrap_or_default();
        }
    }
    if let Some(at) =
        left.iter().rposition(|it| it.is_any(DEFAULT)).filter(|at| *at > 0 && !is_inside(left, *at))
    {
        let said = left.get(at + 1..).unwrap_or_default();
        let said = after(said, BEFORE_VALUE);
        if !said.is_empty() {
            field.default = said.to_vec();
            left = left.get(..at).unwrap_or_default();
            while left.len() > 1
                && left.last().is_some_and(|it| it.is_any(&["a", "with", "which", "that", "and"]))
            {
                left = left.get(..left.len() - 1).unwrap_or_default();
            }
        }
    }
    left
}

/// Whether a place is between parentheses.
fn is_inside(words: &[Word], at: usize) -> bool {
    let before = words.get(..at).unwrap_or_default();
    before.iter().filter(|it| it.is("(")).count() > before.iter().filter(|it| it.is(")")).count()
}

/// The words without those of a list before them.
fn after<'a>(words: &'a [Word], skipped: &[&str]) -> &'a [Word] {
    let at = words.iter().position(|it| !it.is_any(skipped)).unwrap_or(words.len());
    words.get(at..).unwrap_or_default()
}

fn quality(word: &Word) -> Option<fn(&mut Field)> {
    if word.is_quoted {
        return None;
    }
    match word.text.as_str() {
        "optional" => Some(|it| it.nullable = Some(true)),
        "required" | "needed" => Some(|it| it.nullable = Some(false)),
        "unique" => Some(|it| it.is_unique = true),
        _ => None,
    }
}

/// What stands before parentheses at the end that are no part of a type, and what stands in them.
fn in_parentheses(words: &[Word]) -> Option<(&[Word], &[Word])> {
    let (last, before) = words.split_last()?;
    if !last.is(")") {
        return None;
    }
    let mut depth = 0_usize;
    let open = words.iter().rposition(|it| {
        if it.is(")") {
            depth += 1;
        } else if it.is("(") {
            depth = depth.saturating_sub(1);
        }
        depth == 0
    })?;
    let name = words.get(..open).filter(|it| !it.is_empty())?;
    // `code varchar(20)`: the parentheses are the type's.
    if name
        .last()
        .is_some_and(|it| is_type(std::slice::from_ref(it)) && sized(words.get(open..).unwrap_or_default()))
    {
        return None;
    }
    Some((name, before.get(open + 1..).unwrap_or_default()))
}

/// Whether the words are sizes between parentheses: `(12, 2)`.
fn sized(words: &[Word]) -> bool {
    words.iter().all(|it| it.is_any(&["(", ")", ","]) || it.text.bytes().all(|it| it.is_ascii_digit()))
}

/// What parentheses tell of a column: its type, whether it may be missing, or the values that it may have.
fn told(design: &Design, field: &mut Field, inside: &[Word]) -> Option<()> {
    if let Some(found) = stated(bare(inside)) {
        field.stated = Some(found);
        return Some(());
    }
    let pieces = apart(inside, false);
    let mut values: Vec<String> = Vec::new();
    for piece in &pieces {
        let left = bare(piece);
        if let [word] = left
            && let Some(quality) = quality(word)
        {
            quality(field);
        } else if let Some(found) = stated(left) {
            field.stated = Some(found);
        } else if conditions::is_bound(left) {
            field.bound = left.to_vec();
        } else if left.first().is_some_and(|it| it.is_any(DEFAULT)) {
            field.default = after(left.get(1..).unwrap_or_default(), BEFORE_VALUE).to_vec();
        } else if left.first().is_some_and(|it| it.is_any(&["reference", "references"])) {
            let to = table(design, after(left.get(1..).unwrap_or_default(), &["to"]))?;
            field.stated = Some(format!("ref({})", base::singular(&base::snake_case(&to.name))));
        } else {
            values.push(super::choices::value(piece)?);
        }
    }
    match values.len() {
        0 => Some(()),
        // One word alone is no set of values.
        1 => None,
        _ if values.iter().any(|it| super::choices::is_column_name(it)) => None,
        _ if field.stated.is_none() => {
            field.stated = Some(format!("enum({})", values.join(",")));
            Some(())
        }
        _ => None,
    }
}

/// Types that are no word of a name, as `date` of `due date` is.
const EXACT: &[&str] = &[
    "timestamptz",
    "timestamp",
    "varchar",
    "char",
    "boolean",
    "bool",
    "integer",
    "int",
    "bigint",
    "smallint",
    "numeric",
    "decimal",
    "float8",
    "float",
    "real",
    "uuid",
    "jsonb",
    "json",
    "bytea",
    "citext",
    "inet",
    "serial",
    "bigserial",
    "datetime",
    "string",
    "int4",
    "int8",
    "int2",
    "tsvector",
    "point",
];

/// Takes a type behind a name or before it: `estimate integer`, `a boolean is_billable`.
fn typed<'a>(field: &mut Field, words: &'a [Word], is_sql: bool) -> &'a [Word] {
    let is_own = |it: &[Word]| it.first().is_some_and(|it| it.is_any(EXACT));
    for at in 1..words.len() {
        let (before, behind) = words.split_at(at);
        let Some(found) = stated(behind) else { continue };
        // `due date` is a name, `due_on date` a name and its type.
        let is_column = matches!(before, [one] if one.is_quoted || one.text.contains('_'));
        let is_sized = behind.get(1).is_some_and(|it| it.is("("));
        if is_own(behind)
            || is_column
            || is_sized
            || is_type_of(before, behind)
            || is_yes_or_no(behind)
            || is_sql && before.len() == 1
        {
            field.stated = Some(found);
            return before;
        }
    }
    for at in (1..words.len()).rev() {
        let (before, behind) = words.split_at(at);
        let Some(found) = stated(before) else { continue };
        let is_told = behind.first().is_some_and(|it| it.is_any(&["column", "field"])) && behind.len() > 1;
        if is_own(before) || is_told {
            field.stated = Some(found);
            return behind;
        }
    }
    words
}

/// Whether words begin with a type that may also be a word of a name.
fn begins_plainly(words: &[Word]) -> bool {
    const PLAIN: &[&str] = &[
        "text", "date", "time", "money", "number", "interval", "flag", "whole", "amount", "yes", "double",
        "enum", "ref", "bit", "cidr", "xml",
    ];
    words.first().is_some_and(|it| it.is_any(PLAIN))
}

/// Whether words begin with a type that is no word of a name.
pub fn begins_with_type(words: &[Word]) -> bool {
    words.first().is_some_and(|it| it.is_any(EXACT))
}

/// Whether a name has a type behind it: `duration integer`, but `starting point`.
pub fn ends_with_type(words: &[Word]) -> bool {
    let last = words.last().filter(|_| words.len() > 1);
    last.is_some_and(|it| it.is_any(EXACT) && !it.is_any(&["point", "string", "real", "char"]))
}

/// Whether words begin with a type, one that is no word of a name or one that is mostly meant as a type.
pub fn is_plain_type(words: &[Word]) -> bool {
    begins_with_type(words) || begins_plainly(words)
}

/// Whether the words are a type.
fn is_type(words: &[Word]) -> bool {
    stated(words).is_some()
}

/// A type as `relata table` takes it; nothing where the words are none.
pub fn stated(words: &[Word]) -> Option<String> {
    // `name` is a type of PostgreSQL's own tables, and a name to everybody else.
    let is_own = matches!(words, [word] if word.is("name"));
    if is_own || words.len() > 12 || words.iter().any(|it| it.is_quoted) {
        return None;
    }
    let text: String = words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
    let text = text.replace("( ", "(").replace(" (", "(").replace(" )", ")").replace(" ,", ",");
    // `3 letters` are a text of them.
    if let [count, of] = words
        && of.is_any(&["letters", "characters", "chars"])
        && count.text.bytes().all(|it| it.is_ascii_digit())
    {
        return Some(format!("varchar({})", count.text));
    }
    let text = match text.as_str() {
        "number" | "whole number" => "int".to_owned(),
        "flag" | "yes or no" | "yes/no" => "bool".to_owned(),
        "amount of money" => "money".to_owned(),
        "serial" => "int".to_owned(),
        "bigserial" => "bigint".to_owned(),
        "datetime" | "date and time" | "point in time" => "timestamptz".to_owned(),
        "string" => "text".to_owned(),
        _ => text,
    };
    LooseType::parse(&text).ok().map(|_| text)
}

/// Columns between parentheses, as SQL lists them: `(name text, due_on date)`.
pub fn in_list(design: &Design, words: &[Word]) -> Option<Vec<Field>> {
    let inside = words.strip_prefix(&[plain("(")])?.strip_suffix(&[plain(")")])?;
    let is_sql = inside.iter().any(|it| it.is_any(EXACT) || it.is("text") || it.text.contains('_'));
    several(design, inside, is_sql)
}

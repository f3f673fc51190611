//! Which tables and columns the words of a request mean.

use super::words::Word;
use crate::base;
use crate::design::convention::user_table;
use crate::design::{ColumnId, Design, Table, TableId};

/// Words before a name that say nothing of it.
const BEFORE: &[&str] = &[
    "the", "a", "an", "each", "every", "all", "any", "our", "its", "their", "my", "his", "her", "your", "of",
    "new", "some", "both", "table", "tables", "column", "columns", "field", "fields",
];
/// Words behind a name that say nothing of it.
const BEHIND: &[&str] =
    &["table", "tables", "column", "columns", "field", "fields", "entity", "record", "records"];

/// Who a role is of: `owner` is a person.
const ROLES: &[&str] = &[
    "owner",
    "author",
    "assignee",
    "reviewer",
    "creator",
    "approver",
    "manager",
    "editor",
    "reporter",
    "responsible",
    "contact",
    "lead",
    "uploader",
    "sender",
    "recipient",
    "member",
    "participant",
    "attendee",
    "collaborator",
    "supervisor",
    "boss",
    "mentor",
    "buddy",
    "deputy",
    "substitute",
    "leader",
    "coordinator",
    "moderator",
    "signer",
];

/// The words of a name, what says nothing of it left out.
pub fn bare(words: &[Word]) -> &[Word] {
    let mut left = words;
    while left.len() > 1 && left.first().is_some_and(|it| it.is_any(BEFORE)) {
        left = left.get(1..).unwrap_or_default();
    }
    while left.len() > 1 && left.last().is_some_and(|it| it.is_any(BEHIND)) {
        left = left.get(..left.len() - 1).unwrap_or_default();
    }
    left
}

/// The words as one name in snake case; a quoted one as it is.
pub fn name(words: &[Word]) -> String {
    match bare(words) {
        [word] if word.is_quoted => word.text.clone(),
        words => {
            let all: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
            base::snake_case(&all.join("_"))
        }
    }
}

/// The words as a person would read them again.
pub fn read(words: &[Word]) -> String {
    words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A new name: only what cannot be a part of it is left out.
pub fn fresh(words: &[Word]) -> String {
    let mut left = words;
    while left.len() > 1
        && left.first().is_some_and(|it| it.is_any(&["the", "a", "an", "new", "table", "column"]))
    {
        left = left.get(1..).unwrap_or_default();
    }
    while left.len() > 1 && left.last().is_some_and(|it| it.is_any(&["table", "tables", "column", "columns"]))
    {
        left = left.get(..left.len() - 1).unwrap_or_default();
    }
    match left {
        [word] if word.is_quoted => word.text.clone(),
        words => base::snake_case(&words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("_")),
    }
}

/// Things that are listed: `a, b and c`.
pub fn listed(words: &[Word]) -> Vec<&[Word]> {
    let parts = words.split(|it| it.is_any(&[",", "and", "or"]));
    parts.filter(|it| !it.is_empty()).collect()
}

/// Whether the words mean all tables.
pub fn is_everything(words: &[Word]) -> bool {
    matches!(
        read(words).as_str(),
        "everything"
            | "all tables"
            | "every table"
            | "each table"
            | "all of them"
            | "the whole design"
            | "each of them"
            | "all the tables"
            | "all of the tables"
            | "all entities"
            | "all"
    )
}

/// The table that the words mean: by its name in singular or plural, its SQL schema before a point where there are both; or
/// else the only one whose name ends with them.
pub fn table<'a>(design: &'a Design, words: &[Word]) -> Option<&'a Table> {
    let (space, words) = match bare(words) {
        [space, point, name @ ..] if point.is(".") => (Some(space), bare(name)),
        words => (None, words),
    };
    let within = match space.map(|it| it.text.as_str()) {
        None => None,
        Some("public") => Some(None),
        Some(space) => Some(Some(design.namespaces().find(|it| it.name == space)?.id)),
    };
    let among = |it: &&Table| within.is_none_or(|space| it.namespace == space);
    // Of two tables of one name that of the default SQL schema is meant.
    let exact = |name: &str| {
        let found = design.tables().filter(among).filter(|it| it.name == name);
        found.min_by_key(|it| it.namespace.is_some())
    };
    if let [word] = words
        && word.is_quoted
    {
        return exact(&word.text).or_else(|| table_called(design, &among, &base::snake_case(&word.text)));
    }
    let wanted = name(words);
    exact(&wanted).or_else(|| table_called(design, &among, &wanted))
}

fn table_called<'a>(design: &'a Design, among: &dyn Fn(&&Table) -> bool, wanted: &str) -> Option<&'a Table> {
    let wanted = base::singular(wanted);
    if wanted.is_empty() {
        return None;
    }
    let named = |it: &&Table| base::singular(&base::snake_case(&it.name)) == wanted;
    let found = design.tables().filter(among).filter(named).min_by_key(|it| it.namespace.is_some());
    if found.is_some() {
        return found;
    }
    if matches!(wanted.as_str(), "user" | "person") {
        return user_table(design.tables());
    }
    // `org` may be the organizations.
    let named = |it: &&Table| base::singular(&base::snake_case(&it.name)) == written_out(&wanted);
    if let Some(found) = design.tables().filter(among).find(named) {
        return Some(found);
    }
    // `items` may be the order items, when there are no others.
    let ends = |it: &&Table| {
        let name = base::singular(&base::snake_case(&it.name));
        name.strip_suffix(wanted.as_str()).is_some_and(|it| it.ends_with('_'))
    };
    let mut found = design.tables().filter(among).filter(ends);
    found.next().filter(|_| found.next().is_none())
}

/// The tables of a list; all that the design is about for `everything`.
pub fn tables(design: &Design, words: &[Word]) -> Option<Vec<TableId>> {
    use crate::design::TableKind;
    if is_everything(words) {
        let own = |it: &&Table| {
            it.partition_of.is_none()
                && it.inherits.is_empty()
                && !matches!(it.kind, TableKind::Lookup | TableKind::Infrastructure)
                // What is given is nobody's to change here.
                && !it.is_given()
        };
        return Some(design.tables().filter(own).map(|it| it.id).collect());
    }
    // `research and development` may be one table.
    if let Some(table) = table(design, words) {
        return Some(vec![table.id]);
    }
    listed(words).into_iter().map(|it| table(design, it).map(|it| it.id)).collect()
}

/// The column of a table that the words mean: by its name; as what it refers to (`assignee` is `assignee_id`); without
/// the sign of its type (`due` is `due_at`); or else the only one whose name has the words at its end or beginning.
pub fn column(table: &Table, words: &[Word]) -> Option<ColumnId> {
    let words = match bare(words) {
        [of, point, own @ ..] if point.is(".") && base::singular(&of.text) == base::singular(&table.name) => {
            own
        }
        words => words,
    };
    let wanted = name(words);
    if wanted.is_empty() {
        return None;
    }
    let of = |test: &dyn Fn(&str) -> bool| {
        let mut found = table.columns.iter().filter(|it| test(&base::snake_case(&it.name)));
        found.next().filter(|_| found.next().is_none()).map(|it| it.id)
    };
    let single = base::singular(&wanted);
    called(table, words)
        .or_else(|| of(&|it| it == wanted || base::singular(it) == single))
        // `birthdate` may be the `birthDate`.
        .or_else(|| of(&|it| it.replace('_', "") == wanted.replace('_', "")))
        .or_else(|| of(&|it| it.strip_suffix("_id").is_some_and(|it| it == wanted || it == single)))
        .or_else(|| of(&|it| undated(it) == undated(&wanted)))
        .or_else(|| of(&|it| undated(it) != it && undated(it) == undated(&single)))
        .or_else(|| {
            of(&|it| undated(it) != it && base::singular(undated(it)) == base::singular(undated(&wanted)))
        })
        .or_else(|| {
            of(&|it| ["is_", "has_"].iter().any(|start| it.strip_prefix(start) == Some(wanted.as_str())))
        })
        .or_else(|| of(&|it| it.strip_suffix(single.as_str()).is_some_and(|it| it.ends_with('_'))))
        .or_else(|| of(&|it| it.strip_prefix(single.as_str()).is_some_and(|it| it.starts_with('_'))))
        // `creation` is when it was created, `expiry` when it expires.
        .or_else(|| of(&|it| undated(it) != it && stem(undated(it)) == stem(undated(&wanted))))
        .or_else(|| of(&|it| shortens(it, &wanted)))
        .or_else(|| of(&|it| written_out(it) == written_out(&single)))
        // The date is the only one that there is.
        .or_else(|| {
            let is_time = ["date", "time", "timestamp", "day"].contains(&wanted.as_str());
            if is_time { of(&|it| undated(it) != it && !it.ends_with("created_at")) } else { None }
        })
        // The phone number is the `phone`.
        .or_else(|| {
            let of_what = ["_number", "_address", "_code", "_value"].iter();
            let mut meant = of_what.filter_map(|it| wanted.strip_suffix(it));
            meant.next().and_then(|meant| of(&|it| it == meant))
        })
}

/// The column of a table that words call by its whole name, however that is spelled.
pub fn called(table: &Table, words: &[Word]) -> Option<ColumnId> {
    let wanted = name(words);
    let is_it = |it: &&crate::design::Column| base::snake_case(&it.name) == wanted;
    let found = table.column_named(&wanted).or_else(|| table.columns.iter().find(is_it));
    found.map(|it| it.id)
}

/// What an act is called by, whatever its ending: `creat` of `created` and `creation`.
fn stem(word: &str) -> &str {
    const ENDS: &[&str] = &["ion", "ing", "ied", "ery", "ed", "es", "al", "ry", "e", "s", "y"];
    let stem = ENDS.iter().find_map(|it| word.strip_suffix(it)).filter(|it| it.len() > 2);
    let stem = stem.unwrap_or(word);
    stem.strip_suffix("at").filter(|it| it.len() > 2).unwrap_or(stem)
}

/// What parts of names are short for.
const SHORT: &[(&str, &str)] = &[
    ("no", "number"),
    ("nr", "number"),
    ("num", "number"),
    ("qty", "quantity"),
    ("amt", "amount"),
    ("desc", "description"),
    ("descr", "description"),
    ("addr", "address"),
    ("tel", "phone"),
    ("dob", "birth_date"),
    ("pct", "percentage"),
    ("cat", "category"),
    ("org", "organization"),
    ("dept", "department"),
    ("ref", "reference"),
];

/// A name with what its parts are short for.
fn written_out(name: &str) -> String {
    let whole = |part| SHORT.iter().find(|it| it.0 == part).map_or(part, |it| it.1);
    name.split('_').map(whole).collect::<Vec<_>>().join("_")
}

/// Whether each part of a name begins that of another, which some of them shorten: `from_loc` is the `from_location`.
fn shortens(name: &str, wanted: &str) -> bool {
    let (short, long): (Vec<&str>, Vec<&str>) = (name.split('_').collect(), wanted.split('_').collect());
    let begins = |(short, long): (&&str, &&str)| short == long || short.len() > 2 && long.starts_with(*short);
    short.len() == long.len() && short.iter().zip(&long).all(begins)
}

/// A name without the sign of a time: `due_on`, `due_date` and `due` are one to people.
fn undated(name: &str) -> &str {
    ["_at", "_on", "_date", "_time", "_day"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// The columns of a list.
pub fn columns(table: &Table, words: &[Word]) -> Option<Vec<ColumnId>> {
    if let Some(id) = column(table, words) {
        return Some(vec![id]);
    }
    listed(words).into_iter().map(|it| column(table, it)).collect()
}

/// Whether words are those of a role that a person has.
pub fn is_role(words: &[Word]) -> bool {
    // Who is called in an emergency is none of those that the design is about.
    bare(words).last().is_some_and(|it| it.is_any(ROLES)) && !words.iter().any(|it| it.is("emergency"))
}

/// The name among these that is the likeliest meant by a word that means none.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = base::singular(wanted);
    let far = |name: &str| distance(&wanted, &base::singular(&base::snake_case(name)));
    let best = names.map(|it| (far(it), it)).min_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(b.1)))?;
    // More than a third of the letters is another word.
    (best.0 * 3 <= wanted.chars().count().max(3)).then_some(best.1)
}

/// How many letters must be put, taken, changed or swapped with the next. Source: Damerau, 1964; Levenshtein, 1966.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    let at = |rows: &[Vec<usize>], i: usize, j: usize| {
        rows.get(i).and_then(|it| it.get(j)).copied().unwrap_or(usize::MAX / 2)
    };
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let left = row.last().copied().unwrap_or_default();
            let mut least =
                (at(&rows, i, j) + usize::from(from != to)).min(at(&rows, i, j + 1) + 1).min(left + 1);
            let is_swapped = i > 0 && j > 0 && b.get(j - 1) == Some(from) && a.get(i - 1) == Some(to);
            if is_swapped {
                least = least.min(at(&rows, i - 1, j - 1) + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    at(&rows, a.len(), b.len())
}

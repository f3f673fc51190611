//! Nouns of which a column is made, and those of which none is.

use super::NotDone;
use super::words::Word;

/// Words that tell how many of a list are meant, and begin no name.
pub const COUNTED: &[&str] = &["only", "one", "exactly", "either", "neither", "at", "least", "most", "no"];

/// Whether the words tell of a flag.
pub fn is_yes_or_no(words: &[Word]) -> bool {
    words.windows(3).any(|it| matches!(it, [yes, or, no] if yes.is("yes") && or.is("or") && no.is("no")))
}

/// What amounts are in: `an estimate in hours` is `estimate_hours`.
const UNITS: &[&str] = &[
    "hours", "minutes", "seconds", "days", "weeks", "months", "years", "kg", "grams", "g", "km", "meters",
    "metres", "m", "cm", "mm", "miles", "litres", "liters", "percent", "cents", "eur", "euros", "usd",
    "dollars", "points", "pixels", "bytes", "kb", "mb", "gb", "lbs", "inches", "feet", "tons", "tonnes",
    "kwh", "ml", "watts",
];

/// The type of what is counted, `number of seats`, or measured in a unit.
pub fn type_of_amount(name: &[Word], unit: Option<&str>) -> Option<&'static str> {
    match unit {
        Some("minutes" | "seconds" | "cents" | "pixels") => Some("int"),
        Some("bytes") => Some("bigint"),
        Some(_) => Some("numeric"),
        None => is_count(name).then_some("int"),
    }
}

/// Whether a name tells how many there are: `number of seats`.
fn is_count(words: &[Word]) -> bool {
    matches!(super::names::bare(words), [number, of, ..] if number.is_any(&["number", "count"]) && of.is("of"))
}

/// What is measured in one unit beside others.
const DIMENSIONS: &[&str] =
    &["length", "width", "height", "depth", "thickness", "diameter", "breadth", "radius", "weight"];

/// Gives the unit of the last of a list to the dimensions before it: `width and height in pixels`.
pub fn common_unit(parts: &mut [Vec<Word>]) {
    let is_dimension =
        |it: &[Word]| matches!(super::names::bare(it), [word] | [_, word] if word.is_any(DIMENSIONS));
    let Some((last, before)) = parts.split_last_mut() else { return };
    let (noun, unit) = without_unit(last);
    let (Some(_), true) = (unit, is_dimension(noun)) else { return };
    let unit: Vec<Word> = last.get(last.len() - 2..).unwrap_or_default().to_vec();
    for part in before.iter_mut().rev().take_while(|it| is_dimension(it)) {
        part.extend(unit.iter().cloned());
    }
}

/// Words that tell one thing from another of its kind: of `first and last name` both are names.
const KINDS_OF: &[&str] = &[
    "first", "last", "middle", "given", "family", "start", "end", "starting", "ending", "min", "max",
    "minimum", "maximum", "billing", "shipping", "home", "work", "opening", "closing", "net", "gross", "old",
    "new",
];

/// Gives the noun that the last of a list has to those before it that lack it.
pub fn complete(parts: &mut [Vec<Word>]) {
    let Some((last, before)) = parts.split_last_mut() else { return };
    let [first, noun] = super::names::bare(last) else { return };
    if !first.is_any(KINDS_OF) || noun.is_quoted {
        return;
    }
    for part in before {
        if let [word] = super::names::bare(part)
            && word.is_any(KINDS_OF)
        {
            *part = vec![word.clone(), noun.clone()];
        }
    }
}

/// The words of a name without the unit that its amounts are in, and that unit.
pub fn without_unit(words: &[Word]) -> (&[Word], Option<&'static str>) {
    match words {
        [before @ .., joint, unit] if joint.is("in") && !before.is_empty() => {
            let unit = UNITS.iter().find(|it| unit.is(it));
            if unit.is_some() { (before, unit.copied()) } else { (words, None) }
        }
        _ => (words, None),
    }
}

/// What a piece of work needs and no row holds: `tasks need love`.
const CARE: &[&str] = &[
    "love",
    "attention",
    "care",
    "help",
    "work",
    "rework",
    "polish",
    "cleanup",
    "improvement",
    "improvements",
    "refactoring",
    "redesign",
    "overhaul",
    "thought",
    "thinking",
    "fixing",
    "testing",
    "tlc",
];

/// Refuses what a table is said to need where that is work, not a column; `work phone` is none.
pub fn needed(words: Option<&[Word]>) -> Result<(), NotDone> {
    if let Some(words) = words.filter(|it| is_thing_of_its_own(it)) {
        return Err(are_several(&super::names::read(words), "…"));
    }
    let Some(words) = words.filter(|it| it.last().is_some_and(|it| it.is_any(CARE))) else { return Ok(()) };
    let name = super::names::read(super::names::bare(words));
    let why = format!(
        "`{name}` asks for work and names no column; `add a column called {name} to …` adds one all the same"
    );
    Err(NotDone::Impossible { why })
}

/// That a name tells of several things, of which no column is made.
pub fn are_several(said: &str, of: &str) -> NotDone {
    let (is, many) = if holds_several(said) { ("holds several", "things") } else { ("are several", said) };
    let why = format!(
        "`{said}` {is}, and no column; say `{of} can have many {many} (…)` with what each of them holds, or name one"
    );
    NotDone::Impossible { why }
}

/// Whether a name is of a thing that holds several: a waiting list.
pub fn holds_several(name: &str) -> bool {
    let last = name.rsplit(['_', ' ']).next().unwrap_or(name);
    matches!(last, "list" | "queue" | "history" | "log" | "calendar" | "hierarchy" | "workflow" | "timeline")
}

/// Whether words are of what several things were, of which none is a column's: `old times`.
pub fn are_past(words: &[Word]) -> bool {
    words.first().is_some_and(|it| it.is_any(&["old", "previous", "past", "former", "earlier", "historic"]))
        && super::act::is_several(words)
}

/// Plurals that one column holds.
const IN_ONE: &[&str] = &[
    "notes",
    "details",
    "comments",
    "remarks",
    "instructions",
    "hours",
    "days",
    "minutes",
    "seconds",
    "terms",
    "points",
    "credits",
    "views",
    "likes",
    "settings",
    "options",
    "preferences",
    "miles",
    "goods",
    "coordinates",
    "specs",
    "timestamps",
    "keywords",
    "directions",
    "restrictions",
    "requirements",
    "conditions",
    "metadata",
    "contents",
];

/// Whether words are one noun in the plural without an article, so that there are several of them and none is a column's.
fn is_thing_of_its_own(words: &[Word]) -> bool {
    matches!(words, [word] if !word.is_any(IN_ONE) && !word.text.contains('_'))
        && super::act::is_several(words)
}

/// Whether the last of a list is several things, which no column holds: `ideas for tasks` is no wish.
pub fn are_several_things(words: &[Word]) -> bool {
    let last = super::names::listed(words).pop().unwrap_or_default();
    // The number of seats is one.
    words.last().is_some_and(|it| !it.is_any(IN_ONE)) && super::act::is_several(words) && !is_count(last)
}

/// Types as several columns are of one.
const TYPES: &[(&str, &str)] = &[
    ("dates", "date"),
    ("timestamps", "timestamptz"),
    ("booleans", "bool"),
    ("flags", "bool"),
    ("integers", "int"),
];

/// The type that the last of a list tells of all: `valid from, valid until dates`.
pub fn common_type(parts: &mut [Vec<Word>]) -> Option<&'static str> {
    let is_list = parts.len() > 1;
    let last = parts.last_mut().filter(|it| is_list && it.len() > 1)?;
    let found = TYPES.iter().find(|of| last.last().is_some_and(|it| it.is(of.0)))?.1;
    last.pop();
    Some(found)
}

/// Nouns that tell of a day by themselves, so that `date` behind them is their type.
const DAYS: &[&str] = &["deadline", "birthday", "anniversary", "holiday"];

/// Whether a word behind a name of one word is its type: `deadline date`, `allergies text`, `billable flag`.
pub fn is_type_of(name: &[Word], behind: &[Word]) -> bool {
    let ([name], [of]) = (name, behind) else { return false };
    of.is("flag")
        || of.is("date") && name.is_any(DAYS)
        || of.is("text") && super::act::is_several(std::slice::from_ref(name))
}

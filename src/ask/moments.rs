//! When something was done, who did it and why: `track when orders were paid`, `store who approved a task`.

use super::act::{Slots, add_column, table_of};
use super::fields::Field;
use super::names::{bare, listed, name, read, table};
use super::words::{Word, plain};
use super::{Asking, NotDone};
use crate::design::convention::user_table;
use crate::design::{Design, Table};

use super::relate::singular;

/// Forms of the past that do not end with `ed`, and the participle where it is another word.
const IRREGULAR: &[(&str, &str)] = &[
    ("begun", ""),
    ("began", "begun"),
    ("bought", ""),
    ("broken", ""),
    ("broke", "broken"),
    ("brought", ""),
    ("built", ""),
    ("caught", ""),
    ("chosen", ""),
    ("chose", "chosen"),
    ("cut", ""),
    ("done", ""),
    ("did", "done"),
    ("drawn", ""),
    ("drew", "drawn"),
    ("driven", ""),
    ("drove", "driven"),
    ("fed", ""),
    ("forgotten", ""),
    ("found", ""),
    ("frozen", ""),
    ("froze", "frozen"),
    ("given", ""),
    ("gave", "given"),
    ("held", ""),
    ("hidden", ""),
    ("hid", "hidden"),
    ("kept", ""),
    ("laid", ""),
    ("led", ""),
    ("left", ""),
    ("lent", ""),
    ("let", ""),
    ("lost", ""),
    ("made", ""),
    ("met", ""),
    ("overridden", ""),
    ("overrode", "overridden"),
    ("paid", ""),
    ("put", ""),
    ("read", ""),
    ("rebuilt", ""),
    ("sold", ""),
    ("seen", ""),
    ("saw", "seen"),
    ("sent", ""),
    ("set", ""),
    ("shown", ""),
    ("shut", ""),
    ("spoken", ""),
    ("spoke", "spoken"),
    ("spent", ""),
    ("stolen", ""),
    ("stole", "stolen"),
    ("taken", ""),
    ("took", "taken"),
    ("taught", ""),
    ("thrown", ""),
    ("threw", "thrown"),
    ("told", ""),
    ("undone", ""),
    ("withdrawn", ""),
    ("withdrew", "withdrawn"),
    ("won", ""),
    ("written", ""),
    ("wrote", "written"),
];

/// What ends a verb of two words.
const PARTICLES: &[&str] = &["off", "out", "in", "up", "down", "back", "on", "over"];

/// The participle that a form of the past is of: `wrote` of `written`, `signed off` as it stands.
fn participle(words: &[Word]) -> Option<String> {
    let (verb, rest) = match words {
        [verb] => (verb, None),
        [verb, part] if part.is_any(PARTICLES) => (verb, Some(part)),
        _ => return None,
    };
    let text = verb.text.as_str();
    if verb.is_quoted || matches!(text, "need" | "used" | "supposed" | "allowed" | "required" | "indexed") {
        return None;
    }
    let found = match IRREGULAR.iter().find(|it| it.0 == text) {
        Some((_, "")) => text.to_owned(),
        Some((_, other)) => (*other).to_owned(),
        None if text.len() > 3 && text.ends_with("ed") && text.bytes().all(|it| it.is_ascii_lowercase()) => {
            text.to_owned()
        }
        None => return None,
    };
    Some(rest.map_or(found.clone(), |it| format!("{found}_{}", it.text)))
}

/// What was done, and what more is asked of it.
struct Told {
    done: Vec<String>,
    by: bool,
    why: bool,
}

/// `paid, shipped and delivered`, `approved and by whom`, `cancelled and why`.
fn told(words: &[Word]) -> Option<Told> {
    let (mut found, mut rest) = (Told { done: Vec::new(), by: false, why: false }, words);
    loop {
        let said = read(rest);
        let by =
            [" and by whom", " and by who", " by whom", " and who did it", " and who did so", " and who did"];
        let why = [
            " and why",
            " and for what reason",
            " and the reason",
            " and the reason why",
            " and for which reason",
        ];
        let ends =
            |all: &[&str]| all.iter().find(|it| said.ends_with(**it)).map(|it| it.split(' ').count() - 1);
        if let Some(count) = ends(&by) {
            (found.by, rest) = (true, rest.get(..rest.len() - count)?);
        } else if let Some(count) = ends(&why) {
            (found.why, rest) = (true, rest.get(..rest.len() - count)?);
        } else {
            break;
        }
    }
    for part in listed(rest) {
        let part = match part {
            [be, rest @ ..] if be.is_any(&["was", "were", "been", "it", "they", "last", "finally"]) => rest,
            all => all,
        };
        found.done.push(participle(part)?);
    }
    (!found.done.is_empty()).then_some(found)
}

/// Whether words tell of what was done to something.
pub fn is_done(words: &[Word]) -> bool {
    words.len() <= 12 && told(words).is_some()
}

/// Whether words are one thing that somebody did.
pub fn is_did(words: &[Word]) -> bool {
    words.len() <= 9 && listed(words).iter().all(|it| participle(it).is_some())
}

fn people(design: &Design) -> Result<&Table, NotDone> {
    user_table(design.tables())
        .ok_or_else(|| NotDone::Impossible { why: "there is no table of people".to_owned() })
}

/// `track when orders were paid`
pub fn moments(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let Some(told) = slots.words("done").and_then(told) else { return Ok(()) };
    for id in slots.any(&asking.after) {
        for done in &told.done {
            let at =
                Field { name: format!("{done}_at"), stated: Some("timestamptz".to_owned()), ..optional() };
            added(asking, id, &at)?;
            if told.by {
                let by = actor(&asking.after, done, None)?;
                added(asking, id, &by)?;
            }
            if told.why {
                added(
                    asking,
                    id,
                    &Field { name: format!("{done}_reason"), stated: Some("text".to_owned()), ..optional() },
                )?;
            }
        }
    }
    Ok(())
}

fn optional() -> Field {
    Field { nullable: Some(true), ..Field::default() }
}

fn actor(design: &Design, done: &str, who: Option<&Table>) -> Result<Field, NotDone> {
    let who = who.map_or_else(|| people(design), Ok)?;
    Ok(Field { name: format!("{done}_by"), stated: Some(format!("ref({})", singular(who))), ..optional() })
}

fn added(asking: &mut Asking, id: crate::design::TableId, field: &Field) -> Result<(), NotDone> {
    let table = table_of(asking, id)?;
    if table.column_named(&field.name).is_some() {
        return Err(NotDone::Taken { name: format!("{}.{}", table.name, field.name) });
    }
    add_column(asking, id, field).map(drop)
}

/// `store who approved a task`, `orders are packed by an employee`; with the time where `and when` was said.
pub fn actors(asking: &mut Asking, slots: &Slots<'_>, with_time: bool) -> Result<(), NotDone> {
    let words = slots.words("did").unwrap_or_default();
    let who = slots.words("who").map(bare).unwrap_or_default();
    for id in slots.list(&asking.after).unwrap_or_default() {
        for done in listed(words).into_iter().filter_map(participle) {
            let design = &asking.after;
            let is_person = who.is_empty()
                || matches!(read(who).as_str(), "user" | "person" | "one" | "people" | "users");
            let person = if is_person { None } else { Some(table(design, who)) };
            if let Some(Some(who)) = person
                && super::relate::reference_of(table_of(asking, id)?, who).is_some()
            {
                let what = format!("`{}` references `{}`", table_of(asking, id)?.name, who.name);
                return Err(NotDone::AlreadySo { what });
            }
            let by = match person {
                None => actor(design, &done, None)?,
                Some(Some(who)) => actor(design, &done, Some(who))?,
                Some(None) => return Err(NotDone::NoTable { words: name(who), nearest: None }),
            };
            added(asking, id, &by)?;
            if with_time {
                let at = Field {
                    name: format!("{done}_at"),
                    stated: Some("timestamptz".to_owned()),
                    ..optional()
                };
                added(asking, id, &at)?;
            }
        }
    }
    Ok(())
}

/// What one does of what several do: `starts` of `start`.
fn third(verb: &str) -> String {
    match verb {
        _ if verb.ends_with('s') && !verb.ends_with("ss") => verb.to_owned(),
        _ if verb.ends_with(['h', 'x', 'o']) || verb.ends_with("ss") => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

/// `invoices are due on a date`: a day or a moment called as it is said.
pub fn dated(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let acts: Vec<Word> =
        slots.words("act").unwrap_or_default().iter().map(|it| plain(&third(&it.text))).collect();
    let words = slots.words("column").unwrap_or(&acts);
    let said = slots.words("sign").map(read).unwrap_or_default();
    let (stated, sign) = if said == "at" { ("timestamptz", "at") } else { ("date", "on") };
    let whole: Vec<Word> = words.iter().cloned().chain([plain(sign)]).collect();
    let field = Field { name: name(&whole), stated: Some(stated.to_owned()), ..optional() };
    for id in slots.list(&asking.after).unwrap_or_default() {
        added(asking, id, &field)?;
    }
    Ok(())
}

//! When something was done, who did it and why: `track when orders were paid`, `store who approved a task`.

use super::act::{Slots, add_column, table_of};
use super::fields::Field;
use super::names::{bare, listed, name, read, table};
use super::words::{Word, plain};
use super::{Asking, NotDone};
use crate::design::convention::user_table;
use crate::design::{Design, Table, TableId};

use super::relate::singular;

/// Forms of the past that do not end with `ed`, and the participle where it is another word.
pub const IRREGULAR: &[(&str, &str)] = &[
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
    ("split", ""),
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
pub fn participle(words: &[Word]) -> Option<String> {
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
            [be, rest @ ..] if be.is_any(&["was", "were", "been", "it", "they", "finally"]) => rest,
            all => all,
        };
        found.done.push(match part {
            // When it was changed is when it was changed last; when it was seen last is not when it was seen.
            [last, rest @ ..] if last.is("last") => {
                let done = participle(rest)?;
                let is_change = matches!(done.as_str(), "updated" | "changed" | "edited" | "modified");
                if is_change { done } else { format!("last_{done}") }
            }
            all => participle(all)?,
        });
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
    user_table(design.tables()).ok_or_else(|| {
        let why = "there is no table of people: name the one that is meant, `store which … approved …`";
        NotDone::Impossible { why: why.to_owned() }
    })
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
                added(asking, id, &reason(done))?;
            }
        }
    }
    Ok(())
}

pub fn optional() -> Field {
    Field { nullable: Some(true), ..Field::default() }
}

/// Who did it: one of the people, or of a table.
pub fn actor(design: &Design, done: &str, who: Option<&Table>) -> Result<Field, NotDone> {
    let who = who.map_or_else(|| people(design), Ok)?;
    Ok(Field { name: format!("{done}_by"), stated: Some(format!("ref({})", singular(who))), ..optional() })
}

pub fn added(asking: &mut Asking, id: TableId, field: &Field) -> Result<(), NotDone> {
    let table = table_of(asking, id)?;
    if super::names::called(table, &[plain(&field.name)]).is_some() {
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
            let is_person = who.is_empty() || is_anybody(who);
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

/// Whether words mean any of the people that there are.
pub fn is_anybody(words: &[Word]) -> bool {
    matches!(read(words).as_str(), "user" | "person" | "one" | "people" | "users" | "somebody" | "someone")
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

/// States that come and go, so that whether it is so is kept, and not when it was: those that are of no course of things, and those
/// that a status may tell.
pub const MARKS: &[&str] = &[
    "pinned",
    "featured",
    "flagged",
    "starred",
    "marked",
    "hidden",
    "locked",
    "muted",
    "unlisted",
    "bookmarked",
];
pub const STATES: &[&str] = &[
    "blocked",
    "disabled",
    "enabled",
    "suspended",
    "banned",
    "frozen",
    "paused",
    "blacklisted",
    "deactivated",
    "activated",
];

/// What is done to a thing without a mark on it: it is linked, made or changed, and that is asked for in other words.
pub const UNMARKED: &[&str] = &[
    "assigned",
    "linked",
    "related",
    "connected",
    "attached",
    "tagged",
    "labelled",
    "labeled",
    "deleted",
    "removed",
    "shared",
    "grouped",
    "sorted",
    "ordered",
    "rated",
    "commented",
    "merged",
    "split",
    "added",
    "created",
    "changed",
    "edited",
    "updated",
    "renamed",
    "reused",
    "set",
    "put",
    "left",
    "made",
    "found",
    "seen",
    "read",
    "translated",
    "filtered",
    "searched",
    "duplicated",
    "repeated",
    "given",
    "nested",
    "versioned",
    "listed",
    "combined",
    "let",
    "bought",
    "reordered",
    "moved",
    "imported",
    "exported",
    "done",
    "owned",
    "stored",
    "saved",
    "limited",
    "restored",
    "undone",
    "categorized",
    "customized",
    "configured",
];

/// `customers can be blocked`: whether they are, or when it was done.
pub fn can_be(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let Some(told) = slots.words("done").and_then(told) else { return Ok(()) };
    let all = slots.list(&asking.after).unwrap_or_default();
    // What is said behind what can be done is why: `with a reason`.
    let why = told.why || slots.words("cause").is_some();
    marked(asking, &all, &told.done, told.by, why)
}

/// Marks rows with what can be done to them, and where that is asked for with who did it and why.
pub fn marked(
    asking: &mut Asking,
    all: &[TableId],
    done: &[String],
    by: bool,
    why: bool,
) -> Result<(), NotDone> {
    for id in all.iter().copied() {
        for done in done {
            let table = table_of(asking, id)?;
            if UNMARKED.contains(&done.as_str()) {
                let why = format!("`{done}` is no mark that a row of `{}` can have", table.name);
                return Err(NotDone::Impossible { why });
            }
            let is_status = |it: &&crate::design::Column| {
                let name = crate::base::snake_case(&it.name);
                ["status", "state"].iter().any(|end| name == *end || name.ends_with(&format!("_{end}")))
            };
            let is_mark = MARKS.contains(&done.as_str());
            if let Some(status) = table.columns.iter().find(is_status).filter(|_| !is_mark) {
                let why = format!(
                    "`{0}` may be one of the values of `{1}.{2}`: say `add {0} to {2} of {1}`, or `track when {1} were {0}`",
                    done, table.name, status.name
                );
                return Err(NotDone::Impossible { why });
            }
            let is_marked = |it: &str| table.columns.iter().any(|of| crate::base::snake_case(&of.name) == it);
            if let Some(there) =
                [format!("is_{done}"), format!("{done}_at"), format!("{done}_on"), done.clone()]
                    .into_iter()
                    .find(|it| is_marked(it))
            {
                return Err(NotDone::AlreadySo { what: format!("`{}` has `{there}`", table.name) });
            }
            let is_of_use = ["deactivated", "disabled", "activated", "enabled"].contains(&done.as_str());
            let active = ["active", "is_active", "enabled", "is_enabled", "disabled", "is_disabled"];
            if let Some(there) = active.iter().find(|it| is_of_use && is_marked(it)) {
                return Err(NotDone::AlreadySo { what: format!("`{}` has `{there}`", table.name) });
            }
            let field = if is_mark || STATES.contains(&done.as_str()) {
                Field {
                    name: format!("is_{done}"),
                    stated: Some("boolean".to_owned()),
                    nullable: Some(false),
                    default: vec![plain("false")],
                    ..Field::default()
                }
            } else {
                Field { name: format!("{done}_at"), stated: Some("timestamptz".to_owned()), ..optional() }
            };
            added(asking, id, &field)?;
            if by {
                let by = actor(&asking.after, done, None)?;
                added(asking, id, &by)?;
            }
            if why {
                added(asking, id, &reason(done))?;
            }
        }
    }
    Ok(())
}

/// Why something was done.
pub fn reason(done: &str) -> Field {
    Field { name: format!("{done}_reason"), stated: Some("text".to_owned()), ..optional() }
}

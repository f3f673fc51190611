//! What is kept of what was done to a row: when, by whom and why; and whether something is so.

use super::act::{Slots, table_of};
use super::fields::Field;
use super::moments::{actor, added, optional, participle, reason};
use super::names::{self, bare, listed, name, read, table};
use super::words::{Word, plain};
use super::{Asking, NotDone};
use crate::base;
use crate::design::TableId;

/// What is asked of what was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    when: bool,
    by: bool,
    why: bool,
}

/// What a way to ask asks for.
type Take = fn(&mut Asked);

/// Ways to ask, those of more words first.
const ASKING: &[(&str, Take)] = &[
    ("for what reason", |it| it.why = true),
    ("for which reason", |it| it.why = true),
    ("the reason why", |it| it.why = true),
    ("who did it", |it| it.by = true),
    ("who did that", |it| it.by = true),
    ("who did so", |it| it.by = true),
    ("at what time", |it| it.when = true),
    ("on what date", |it| it.when = true),
    ("the reason", |it| it.why = true),
    ("the date", |it| it.when = true),
    ("the time", |it| it.when = true),
    ("by whom", |it| it.by = true),
    ("by who", |it| it.by = true),
    ("when", |it| it.when = true),
    ("why", |it| it.why = true),
    ("who", |it| it.by = true),
];

fn asked(words: &[Word]) -> Option<Asked> {
    let mut found = Asked::default();
    let mut left = words;
    while let Some(first) = left.first() {
        if first.is_any(&[",", "and", "also"]) {
            left = left.get(1..)?;
            continue;
        }
        let (said, take) = ASKING.iter().find(|(said, _)| {
            let size = said.split(' ').count();
            left.get(..size).is_some_and(|it| it.iter().all(|it| !it.is_quoted) && read(it) == *said)
        })?;
        take(&mut found);
        left = left.get(said.split(' ').count()..)?;
    }
    (found != Asked::default()).then_some(found)
}

/// Whether words ask when, by whom or why something was done.
pub fn are_asked(words: &[Word]) -> bool {
    words.len() <= 9 && asked(words).is_some()
}

/// `store why a claim was rejected and when`, `leases can be terminated, we have to know by whom and why`
pub fn facts(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let all = [slots.words("asks"), slots.last("asks")].into_iter().flatten().filter_map(asked);
    let mut wanted = all.fold(Asked::default(), |one, it| Asked {
        when: one.when || it.when,
        by: one.by || it.by,
        why: one.why || it.why,
    });
    // What can be done is marked by the time at which it was.
    wanted.when |= slots.words("may").is_some();
    wanted.why |= slots.words("cause").is_some();
    let who = slots.words("who").map(bare);
    wanted.by |= who.is_some();
    let did = slots.words("did").unwrap_or_default();
    for id in slots.list(&asking.after).unwrap_or_default() {
        for done in listed(did).into_iter().filter_map(participle) {
            if wanted.when {
                let stated = Some("timestamptz".to_owned());
                added(asking, id, &Field { name: format!("{done}_at"), stated, ..optional() })?;
            }
            if wanted.by {
                let design = &asking.after;
                let known = who.filter(|it| !super::moments::is_anybody(it));
                let by = match known.map(|it| (it, table(design, it))) {
                    Some((_, Some(who))) => actor(design, &done, Some(who))?,
                    Some((words, None)) if !names::is_role(&[plain(&base::singular(&name(words)))]) => {
                        return Err(NotDone::NoTable { words: name(words), nearest: None });
                    }
                    _ => actor(design, &done, None)?,
                };
                added(asking, id, &by)?;
            }
            if wanted.why {
                added(asking, id, &reason(&done))?;
            }
        }
    }
    Ok(())
}

/// Ends of words that tell what something is like.
const ENDS: &[&str] = &["able", "ible", "al", "ive", "ous", "ful", "less", "ic", "ary", "ory"];
/// Other words that do.
const TRAITS: &[&str] = &[
    "private",
    "public",
    "secret",
    "remote",
    "anonymous",
    "urgent",
    "free",
    "fragile",
    "vegan",
    "vegetarian",
    "active",
    "inactive",
    "visible",
    "invisible",
    "sick",
    "pregnant",
    "dangerous",
    "empty",
    "new",
    "used",
    "online",
    "offline",
    "overdue",
    "spare",
    "sold",
    "open",
    "late",
    "frozen",
    "wild",
    "furnished",
    "threatened",
    "endangered",
    "poisonous",
    "venomous",
    "gluten",
    "available",
    "silent",
    "indoor",
    "outdoor",
    "allowed",
    "explicit",
    "included",
    "insured",
    "possible",
    "blind",
    "deaf",
    "toxic",
    "waterproof",
    "heavy",
    "live",
    "rare",
];

/// Whether a word tells what something is like: `internal`.
pub fn is_trait(words: &[Word]) -> bool {
    let [word] = words else { return false };
    let is_own = super::choices::is_said_of(words)
        || word.is_any(&["nullable", "taggable", "sortable", "searchable", "categorical", "hierarchical"]);
    let ends = |it: &str| word.text.len() > it.len() + 2 && word.text.ends_with(it);
    !word.is_quoted && !is_own && (TRAITS.contains(&word.text.as_str()) || ENDS.iter().any(|it| ends(it)))
}

/// Whether a word tells what something is like, or what was done to it.
pub fn is_quality(words: &[Word]) -> bool {
    is_trait(words) || words.len() == 1 && participle(words).is_some()
}

fn flag(asking: &mut Asking, id: TableId, name: &str) -> Result<(), NotDone> {
    let table = table_of(asking, id)?;
    let bare_name = name.strip_prefix("is_").unwrap_or(name);
    if let Some(there) = [name, bare_name].iter().find(|it| names::called(table, &[plain(it)]).is_some()) {
        return Err(NotDone::AlreadySo { what: format!("`{}` has `{there}`", table.name) });
    }
    let stated = Some("boolean".to_owned());
    let default = vec![plain("false")];
    added(
        asking,
        id,
        &Field { name: name.to_owned(), stated, nullable: Some(false), default, ..Field::default() },
    )
}

/// `replies can be internal`, `leases should say whether pets are allowed`: whether it is so.
pub fn is_so(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let quality = slots.words("trait").or_else(|| slots.words("quality")).map(name);
    let what = slots.words("noun").map(names::fresh);
    let name = match (what, quality) {
        (Some(what), Some(quality)) => format!("{what}_{quality}"),
        (Some(what), None) => format!("has_{what}"),
        (None, Some(quality)) => format!("is_{quality}"),
        (None, None) => return Ok(()),
    };
    for id in slots.list(&asking.after).unwrap_or_default() {
        flag(asking, id, &name)?;
    }
    Ok(())
}

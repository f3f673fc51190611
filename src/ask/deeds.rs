//! What is done, said by its verb: `let us blacklist renters`, `teachers can supervise other teachers`.

use super::act::{Slots, table_of};
use super::fields::Field;
use super::moments::{IRREGULAR, MARKS, STATES, added, marked, optional};
use super::relate::singular;
use super::{Asking, NotDone};
use crate::base;

/// Verbs of which the participle has another vowel, that of their participle being among the irregular ones.
const STRONG: &[(&str, &str)] = &[
    ("lead", "led"),
    ("teach", "taught"),
    ("write", "written"),
    ("sell", "sold"),
    ("send", "sent"),
    ("pay", "paid"),
    ("buy", "bought"),
    ("hide", "hidden"),
    ("freeze", "frozen"),
    ("choose", "chosen"),
    ("withdraw", "withdrawn"),
    ("know", "known"),
    ("see", "seen"),
    ("find", "found"),
    ("make", "made"),
    ("give", "given"),
    ("take", "taken"),
];

/// Verbs that end with a stressed vowel and a consonant, which is doubled.
const DOUBLED: &[&str] = &[
    "refer", "ban", "cancel", "pin", "plan", "stop", "ship", "flag", "transfer", "prefer", "submit",
    "permit", "commit", "admit", "label", "drop", "scrap", "tag", "tap", "scan", "star", "defer", "occur",
    "equip",
];

/// The participle of a verb: `supervised` of `supervise` and `supervises`; nothing of a word that is none.
pub fn past(word: &str) -> Option<String> {
    let is_plain = word.len() > 2 && word.bytes().all(|it| it.is_ascii_lowercase());
    if !is_plain || word.ends_with("ed") || IRREGULAR.iter().any(|it| it.0 == word) {
        return None;
    }
    let verb = base::singular(word);
    if let Some(strong) = STRONG.iter().find(|it| it.0 == verb) {
        return Some(strong.1.to_owned());
    }
    if DOUBLED.contains(&verb.as_str()) {
        let last = verb.chars().next_back()?;
        return Some(format!("{verb}{last}ed"));
    }
    let stem = verb.strip_suffix('y').filter(|it| !it.ends_with(['a', 'e', 'o', 'u']));
    Some(match stem {
        Some(stem) => format!("{stem}ied"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{verb}ed"),
    })
}

/// What a verb makes of a row, where that is a mark on it.
pub fn marks(verb: &str) -> Option<String> {
    let is_mark = |it: &String| [MARKS, STATES, DONE].iter().any(|known| known.contains(&it.as_str()));
    past(verb).filter(is_mark)
}

/// `users can archive projects`, `block customers with a reason`
pub fn can_be(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let done = slots.words("deed").and_then(|it| marks(&it.first()?.text));
    let all = slots.list(&asking.after).unwrap_or_default();
    marked(asking, &all, done.as_slice(), false, slots.words("cause").is_some())
}

/// What else is commonly done to rows, and told by the time at which it was.
const DONE: &[&str] = &[
    "archived",
    "approved",
    "rejected",
    "cancelled",
    "verified",
    "confirmed",
    "published",
    "closed",
    "refunded",
    "declined",
    "accepted",
    "dismissed",
    "expelled",
    "retired",
    "withdrawn",
    "frozen",
    "revoked",
    "disputed",
];

/// Verbs that say nothing of one row alone on either side: a course requires several, and is required by several.
const OF_MANY: &[&str] = &[
    "have",
    "ha",
    "be",
    "contain",
    "include",
    "require",
    "need",
    "use",
    "follow",
    "like",
    "know",
    "reference",
    "link",
    "mention",
    "cite",
    "see",
    "block",
    "relate",
    "depend",
    "match",
];

/// `teachers can supervise other teachers`: each row has the one by which it is supervised.
pub fn on_own(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let verb = slots.words("act").and_then(|it| it.first()).map_or("", |it| it.text.as_str());
    let (id, entity) = {
        let tables = slots.tables(&asking.after);
        let [one, other] = tables.as_slice() else { return slots.table(&asking.after).map(drop) };
        if one.id != other.id {
            let why = format!("`{}` and `{}` are two tables", one.name, other.name);
            return Err(NotDone::Impossible { why });
        }
        (one.id, singular(one))
    };
    let why = || NotDone::Impossible { why: format!("`{verb}` is no verb that makes a reference") };
    let done = past(verb).filter(|_| !OF_MANY.contains(&base::singular(verb).as_str())).ok_or_else(why)?;
    let stated = Some(format!("ref({entity})"));
    added(asking, id, &Field { name: format!("{done}_by"), stated, ..optional() })
}

/// `remember when the price changed`: the time of its last change.
pub fn changed(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, columns) = (table.id, slots.columns(table)?);
    for column in columns {
        let name = table_of(asking, id)?.column(column).map(|it| base::snake_case(&it.name));
        let name = format!("{}_changed_at", name.unwrap_or_default());
        added(asking, id, &Field { name, stated: Some("timestamptz".to_owned()), ..optional() })?;
    }
    Ok(())
}

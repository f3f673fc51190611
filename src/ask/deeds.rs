//! What is done, said by its verb: `let us blacklist renters`, `teachers can supervise other teachers`.

use super::act::{Slots, table_of};
use super::fields::Field;
use super::moments::{IRREGULAR, MARKS, STATES, added, marked, optional};
use super::relate::{junction, singular};
use super::words::Word;
use super::{Asking, NotDone};
use crate::base;
use crate::design::{ColumnId, Design, Table, TableId};

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

/// What a word that ends with `ing` makes of a row, where that is a mark on it: `cancelling`.
pub fn marks_of_doing(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ing").filter(|it| it.len() > 2)?;
    let undoubled = || {
        let mut all = stem.chars().rev();
        let (last, before) = (all.next()?, all.next()?);
        (last == before).then(|| stem.get(..stem.len() - last.len_utf8()))?
    };
    let ways = [Some(stem.to_owned()), Some(format!("{stem}e")), undoubled().map(str::to_owned)];
    ways.into_iter().flatten().find_map(|it| marks(&it))
}

/// The verb that a name of deeds is of, as far as it is the same: `book` of `bookings`.
fn is_of_deed(table: &Table, done: &str) -> bool {
    let entity = singular(table);
    let last = entity.rsplit('_').next().unwrap_or_default();
    let stem = |it: &str| {
        let ends = ["ment", "tion", "ing", "ed", "al", "e", "d"];
        ends.iter().find_map(|end| it.strip_suffix(end)).filter(|it| it.len() > 2).unwrap_or(it).to_owned()
    };
    let (last, done) = (stem(last), stem(done));
    last == done || stem(&last) == stem(&done)
}

/// Whether a table is of those who do something: `renters` of `rented`.
fn is_doer(table: &Table, done: &str) -> bool {
    let entity = singular(table);
    let doer = entity.strip_suffix("er").or_else(|| entity.strip_suffix("or"));
    doer.is_some_and(|it| past(it).as_deref() == Some(done))
}

/// The table that keeps who does something to rows of another, with its references to both: what is kept when `recipe`s are reviewed.
pub fn record_of(
    design: &Design,
    what: &Table,
    deed: Option<&[Word]>,
) -> Result<(Table, Vec<ColumnId>), NotDone> {
    let done = deed.and_then(|it| it.first()).map(|it| past(&it.text).unwrap_or_else(|| it.text.clone()));
    let done = done.unwrap_or_default();
    let whom = |it: &Table| {
        let others: Vec<&crate::design::ForeignKey> =
            it.foreign_keys.iter().filter(|fk| fk.references != what.id && fk.references != it.id).collect();
        // Of several the one that is called as the deed is, or else the only one that is always there.
        let is_called = |fk: &&&crate::design::ForeignKey| {
            design.table(fk.references).is_some_and(|it| is_doer(it, &done))
        };
        let is_there = |fk: &&&crate::design::ForeignKey| fk.columns.iter().all(|of| !it.is_nullable(*of));
        let mut there = others.iter().filter(is_there);
        let one = match others.as_slice() {
            [one] => *one,
            all => match all.iter().find(is_called) {
                Some(one) => one,
                None => there.next().filter(|_| there.next().is_none())?,
            },
        };
        one.columns.first().copied()
    };
    let both = |it: &Table| Some(vec![whom(it)?, super::relate::reference_of(it, what)?]);
    let all: Vec<(&Table, Vec<ColumnId>)> = design.tables().filter_map(|it| Some((it, both(it)?))).collect();
    let mut named = all.iter().filter(|it| is_of_deed(it.0, &done));
    let one = named.next().filter(|_| named.next().is_none());
    let why = || NotDone::Impossible {
        why: format!("nothing tells who {done} which of `{}`: name the table that keeps it", what.name),
    };
    one.map(|it| (it.0.clone(), it.1.clone())).ok_or_else(why)
}

/// `accounts can follow each other`: pairs of rows of one table.
pub fn each_other(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, entity) = (table.id, singular(table));
    let verb = slots.words("act").and_then(|it| it.first()).map_or("", |it| it.text.as_str());
    let why = || NotDone::Impossible { why: format!("`{verb}` is no verb that makes pairs") };
    let done = past(verb).ok_or_else(why)?;
    if ["had", "haved", "beed", "ised"].contains(&done.as_str()) {
        return Err(why());
    }
    let name = format!("{entity}_{}", base::singular(verb));
    junction(asking, &name, (id, &entity), (id, &format!("{done}_{entity}"))).map(drop)
}

/// `users can archive projects`, `block customers with a reason`
pub fn can_be(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let doing = || slots.words("doing_so").and_then(|it| marks_of_doing(&it.first()?.text));
    let done = slots.words("deed").and_then(|it| marks(&it.first()?.text)).or_else(doing);
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

/// The one table that a request names twice, with what one of its rows is called; nothing where it names no two.
fn same(design: &Design, slots: &Slots<'_>) -> Result<Option<(TableId, String)>, NotDone> {
    match slots.tables(design).as_slice() {
        [one, other] if one.id == other.id => Ok(Some((one.id, singular(one)))),
        [one, other] => {
            let why = format!("`{}` and `{}` are two tables", one.name, other.name);
            Err(NotDone::Impossible { why })
        }
        _ => slots.table(design).map(|_| None),
    }
}

/// `teachers can supervise other teachers`: each row has the one by which it is supervised.
pub fn on_own(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let verb = slots.words("act").and_then(|it| it.first()).map_or("", |it| it.text.as_str());
    let Some((id, entity)) = same(&asking.after, slots)? else { return Ok(()) };
    let why = || NotDone::Impossible { why: format!("`{verb}` is no verb that makes a reference") };
    let done = past(verb).filter(|_| !OF_MANY.contains(&base::singular(verb).as_str())).ok_or_else(why)?;
    let stated = Some(format!("ref({entity})"));
    added(asking, id, &Field { name: format!("{done}_by"), stated, ..optional() })
}

/// What stands between what was done to a row and the other row that it was done with.
pub const ONTO: &[&str] = &["on", "into", "from", "to", "in", "with", "for", "of", "after", "onto"];

/// `tickets can be merged into another ticket`: each row has the one into which it was.
pub fn on_other(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let Some((id, entity)) = same(&asking.after, slots)? else { return Ok(()) };
    let onto = slots.words("onto").and_then(|it| it.first()).map_or("", |it| it.text.as_str());
    let Some(done) = slots.words("did").and_then(super::moments::participle) else { return Ok(()) };
    let stated = Some(format!("ref({entity})"));
    added(asking, id, &Field { name: format!("{done}_{onto}"), stated, ..optional() })
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

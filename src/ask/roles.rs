//! What rows of a table are to others, told by a noun: `head keeper`, `cover photo`, `mother`.

use super::NotDone;
use super::fields::Field;
use super::relate::singular;
use super::words::Word;
use crate::base;
use crate::design::{Design, Table};

/// Last words of names that are of columns, whatever table is called so.
const PLAIN: &[&str] =
    &["number", "name", "date", "code", "time", "value", "amount", "total", "price", "type"];

/// The table that the last words of a noun name behind what tells which of its rows is meant: `head keeper`, `cover photo`.
pub fn role_of<'d>(design: &'d Design, words: &[Word]) -> Option<&'d Table> {
    // Who is called in an emergency is none of those that the design is about.
    let is_plain = words.iter().all(|it| !it.is_quoted && !it.is("emergency"));
    if !is_plain || words.last()?.is_any(PLAIN) || super::act::is_several(words) {
        return None;
    }
    (1..words.len()).find_map(|at| {
        let own = words.get(at..)?.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("_");
        design.tables().find(|it| singular(it) == own)
    })
}

/// Who is the same to another row as a person to another: of animals they are animals.
const KIN: &[&str] = &["mother", "father", "dam", "sire", "parent", "spouse", "husband", "wife", "twin"];
/// What comes before or after another of its kind.
const IN_ORDER: &[&str] = &["predecessor", "successor"];

/// Whether a word tells what one is to another of its kind, so that it is no slip of another word.
pub fn is_known(word: &str) -> bool {
    let one = base::singular(word);
    KIN.contains(&one.as_str()) || IN_ORDER.contains(&one.as_str())
}

/// What has kin of its own kind.
const LIVING: &[&str] = &[
    "animal",
    "pet",
    "dog",
    "cat",
    "horse",
    "pony",
    "cow",
    "bull",
    "calf",
    "cattle",
    "sheep",
    "goat",
    "pig",
    "bird",
    "hen",
    "rabbit",
    "llama",
    "foal",
    "puppy",
    "kitten",
    "specimen",
    "person",
    "human",
    "individual",
    "relative",
    "ancestor",
    "plant",
];

/// The column as a reference to the table itself, where its name tells what another row of the same kind is to a row: the mother of
/// an animal is an animal.
///
/// # Errors
/// It may be one of its kind or somebody else: the mother of a student.
pub fn of_own_kind(table: &Table, field: Field) -> Result<Field, NotDone> {
    let last = field.name.rsplit('_').next().unwrap_or_default();
    if field.stated.is_some() || !(KIN.contains(&last) || IN_ORDER.contains(&last)) {
        return Ok(field);
    }
    let entity = singular(table);
    let kind = entity.rsplit('_').next().unwrap_or_default();
    if IN_ORDER.contains(&last) || LIVING.contains(&kind) {
        return Ok(Field { stated: Some(format!("ref({entity})")), ..field });
    }
    let (name, many) = (field.name.replace('_', " "), &table.name);
    let why = format!(
        "the `{name}` of one of `{many}` may be another of them or not: say `link {many} to {many} as {name}`, or `add a {name} name to {many}`"
    );
    Err(NotDone::Impossible { why })
}

/// What is to be told of a column that references what its name does not say.
pub fn told(design: &Design, field: &Field) -> Option<String> {
    let entity = field.stated.as_deref()?.strip_prefix("ref(")?.strip_suffix(')')?;
    let is_said = field.name == entity || field.name.strip_suffix("_id") == Some(entity);
    let table = design.tables().find(|it| singular(it) == base::singular(entity))?;
    (!is_said && !field.name.ends_with("_by")).then(|| format!("it is one of `{}`", table.name))
}

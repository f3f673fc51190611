//! Closed sets of values: of a column that is there, or of one that is new.

use super::act::{self, Slots, table_of};
use super::fields::{Field, field};
use super::names::{self, read};
use super::relate::singular;
use super::words::{Word, plain};
use super::{ASKED, Asking, NotDone};
use crate::design::convention::value_check;
use crate::design::naming::free;
use crate::design::{
    BaseType, ColumnId, ColumnValue, DataType, Edit, EnumType, Origin, Record, Scope, TableId,
};
use crate::pg::TypeFamily;
use crate::sql::literal;

/// What is told of a column, and is no value of it.
const QUALITIES: &[&str] =
    &["required", "optional", "unique", "null", "empty", "indexed", "positive", "negative", "not", "renamed"];

/// Whether words say what a column is like: `unique`, `a foreign key`.
pub fn is_said_of(words: &[Word]) -> bool {
    const KINDS: &[&str] =
        &["key", "enum", "index", "reference", "lookup", "list", "relation", "link", "constant"];
    words.iter().any(|it| it.is_any(QUALITIES)) || words.last().is_some_and(|it| it.is_any(KINDS))
}

/// One value of a closed set, as it is kept.
pub fn value(words: &[Word]) -> Option<String> {
    let text = read(words);
    let is_plain = |it: char| it.is_alphanumeric() || matches!(it, '_' | ' ' | '-');
    match words {
        [word] if word.is_quoted => Some(text),
        _ => (words.len() <= 3 && !text.is_empty() && text.chars().all(is_plain))
            .then(|| text.replace(' ', "_")),
    }
    .filter(|it| !it.contains(['|', ',', '(', ')', ':']))
}

/// The list of what is to be chosen from, without what says so: `one of`.
fn without_lead(words: &[Word]) -> &[Word] {
    const LEADS: &[&[&str]] =
        &[&["one", "of"], &["any", "of"], &["either"], &["the", "following"], &["these"], &["only"], &[":"]];
    let mut left = words;
    while let Some(lead) = LEADS
        .iter()
        .find(|lead| left.len() > lead.len() && lead.iter().zip(left).all(|(part, word)| word.is(part)))
    {
        left = left.get(lead.len()..).unwrap_or_default();
    }
    left
}

/// The values that words list, two at least.
pub fn values_told(words: &[Word]) -> Option<Vec<String>> {
    let words = match words {
        [open, inside @ .., close] if open.is("(") && close.is(")") => inside,
        all => all,
    };
    if words.iter().any(|it| it.is_any(QUALITIES)) {
        return None;
    }
    let words = without_lead(words);
    // Where each begins with a capital letter they are meant as they stand: the rows that are there have them so.
    let parts = names::listed(words);
    // `rating and a comment` are two things.
    // What is taken where nothing is given is no value, and `2 letters` tell of a length.
    let is_told = |it: &&[Word]| {
        it.len() > 1
            && it.first().is_some_and(|it| {
                it.is_any(&["default", "defaulting"])
                    || !it.is_quoted && it.text.bytes().all(|it| it.is_ascii_digit())
            })
    };
    if parts.iter().any(is_told) {
        return None;
    }
    let is_choice = words.iter().any(|it| it.is("or"));
    if !is_choice
        && parts.iter().any(|it| it.len() > 1 && it.first().is_some_and(|it| it.is_any(&["a", "an", "the"])))
    {
        return None;
    }
    let are_capital = parts.iter().all(|it| it.first().is_some_and(|it| it.capital.is_some()));
    let as_written = |it: &[Word]| {
        let texts = it.iter().map(|it| it.capital.as_deref().unwrap_or(&it.text));
        value(it).map(|_| texts.collect::<Vec<_>>().join(" "))
    };
    let values: Option<Vec<String>> =
        parts.into_iter().map(|it| if are_capital { as_written(it) } else { value(it) }).collect();
    let values = values.filter(|it| it.len() > 1)?;
    let mut once = values.clone();
    once.sort();
    once.dedup();
    (once.len() == values.len()).then_some(values)
}

/// Whether words list what one is chosen of: `draft, open or closed`.
pub fn choices_told(words: &[Word]) -> bool {
    let joint = words.iter().rfind(|it| it.is_any(&[",", "and", "or"]));
    // What is compared with is no value.
    let compares = |it: &&[Word]| {
        let first = it.first().filter(|_| it.len() > 1);
        first.is_some_and(|it| it.is_any(COMPARING))
    };
    joint.is_some_and(|it| it.is("or"))
        && values_told(words).is_some()
        && !names::listed(words).iter().any(compares)
}

/// Last words of names of columns, which no values are called by.
const COLUMNS: &[&str] = &[
    "number", "name", "date", "until", "from", "code", "url", "address", "email", "phone", "amount", "price",
    "id",
];

/// Whether a value ends as names of columns do.
pub fn is_column_name(value: &str) -> bool {
    COLUMNS.iter().any(|end| value.rsplit('_').next() == Some(*end))
}

/// What values do not begin with.
const COMPARING: &[&str] = &[
    "greater",
    "less",
    "more",
    "fewer",
    "at",
    "before",
    "after",
    "above",
    "below",
    "between",
    "in",
    "of",
    "later",
    "earlier",
    "equal",
    "different",
    "longer",
    "shorter",
    "part",
];

/// Words for what has one of a few values.
const SORTS: &[&str] = &[
    "tier",
    "level",
    "status",
    "state",
    "type",
    "kind",
    "class",
    "category",
    "grade",
    "priority",
    "rank",
    "role",
    "visibility",
    "severity",
    "size",
    "condition",
    "reason",
    "phase",
    "stage",
    "mode",
    "gender",
    "method",
    "urgency",
];

/// Whether a field is one of a few values, by its name.
pub fn is_sort(words: &[Word]) -> bool {
    words.len() <= 4 && words.last().is_some_and(|it| it.is_any(SORTS)) && super::fresh::is_name(words)
}

/// The same in the plural: `these types`.
pub fn are_sorts(words: &[Word]) -> bool {
    let [word] = words else { return false };
    let one = singular_of(word);
    one != word.text && SORTS.contains(&one.as_str())
}

/// A value without the article before it: `agent` of `an_agent`.
fn without_article(value: &str) -> &str {
    ["a_", "an_", "the_"].iter().find_map(|it| value.strip_prefix(it)).unwrap_or(value)
}

fn singular_of(word: &Word) -> String {
    crate::base::singular(&word.text)
}

/// A closed set of values, held as the design's conventions hold one; of a column that is text as it is.
pub fn values(asking: &mut Asking, slots: &Slots<'_>, is_enum: bool) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let column = slots.column(table)?;
    let listed = ["values", "choices", "slashed"].iter().find_map(|it| slots.words(it));
    let values = listed.and_then(values_told).unwrap_or_default();
    hold_to(asking, table.id, column, &values, is_enum)
}

/// Holds a column to a closed set of values.
pub fn hold_to(
    asking: &mut Asking,
    id: TableId,
    column: ColumnId,
    values: &[String],
    is_enum: bool,
) -> Result<(), NotDone> {
    let (table, values) = (table_of(asking, id)?, values.to_vec());
    let Some(of) = table.column(column) else { return Ok(()) };
    if of.data_type.as_builtin().is_none_or(|it| it.family() != TypeFamily::Text) {
        let why = format!("`{}.{}` is no text, and holds a set of values only as one", table.name, of.name);
        return Err(NotDone::Impossible { why });
    }
    if let ColumnValue::Default(text) = &of.value
        && !values.iter().any(|it| literal(it) == text.split("::").next().unwrap_or_default())
    {
        let why = format!("the default {text} of `{}.{}` is none of the values", table.name, of.name);
        return Err(NotDone::Impossible { why });
    }
    let title = format!("Let {}.{} be {}", table.name, of.name, values.join(", "));
    let (name, mut table) = (of.name.clone(), table.clone());
    if is_enum {
        let taken = |it: &str| asking.after.named(Scope::Type(table.namespace), it).next().is_some();
        let id = asking.after.ids().take();
        let type_name = free(format!("{}_{name}", singular(&table)), taken);
        let made = EnumType {
            id,
            namespace: table.namespace,
            name: type_name,
            values,
            comment: None,
            origin: Origin::Hand,
        };
        for it in table.columns.iter_mut().filter(|it| it.id == column) {
            it.data_type = DataType::new(BaseType::Enum(id));
        }
        let edit = Edit::adding([Record::from(made)]).put(&asking.after, table);
        return asking.part(title, ASKED, edit);
    }
    let check = value_check(&table, asking.after.ids().take(), &name, &values);
    table.checks.push(check);
    let edit = Edit::default().put(&asking.after, table);
    asking.part(title, ASKED, edit)
}

/// `tasks need a priority: low, normal, high`: a column of these values, or the values of the column that is there.
pub fn add_values(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let listed = slots.words("choices").or_else(|| slots.words("values"));
    let values = listed.and_then(values_told).unwrap_or_default();
    let sort: Vec<Word> =
        slots.words("sorts").unwrap_or_default().iter().map(|it| plain(&singular_of(it))).collect();
    let words = slots.words("field").or_else(|| slots.words("sort")).unwrap_or(&sort);
    let Some(told) = field(&asking.after, words) else { return Ok(()) };
    for id in slots.any(&asking.after) {
        // `an author: either an agent or a contact` is one of the rows of theirs.
        let of_rows: Option<Vec<TableId>> = values
            .iter()
            .map(|it| Some(names::table(&asking.after, &[plain(without_article(it))])?.id))
            .collect();
        if let Some(targets) = of_rows.filter(|it| !it.contains(&id)) {
            super::apart::one_of_them(asking, id, &targets)?;
            continue;
        }
        let table = table_of(asking, id)?;
        // `insurance: company, policy number, valid until` are what one holds.
        if values.iter().any(|it| it.contains('_') && is_column_name(it)) {
            return Err(super::nouns::are_several(&told.name.replace('_', " "), &table.name));
        }
        // `an email of renters or a phone` lists no values.
        if values.iter().any(|it| crate::base::singular(it) == singular(table)) {
            let words = values.last().cloned().unwrap_or_default();
            return Err(NotDone::NoColumn { words, table: table.name.clone(), nearest: None });
        }
        if let Some(there) = names::called(table, &[plain(&told.name)]) {
            hold_to(asking, id, there, &values, false)?;
            continue;
        }
        if let Some(words) = slots.words("field").filter(|it| act::is_several(it)) {
            return Err(super::nouns::are_several(&read(words), &table.name));
        }
        if told.stated.is_some() {
            let why = format!("`{}` has a type of its own, and no set of values", told.name);
            return Err(NotDone::Impossible { why });
        }
        let stated = Some(format!("enum({})", values.join(",")));
        act::add_column(asking, id, &Field { stated, ..told.clone() })?;
    }
    Ok(())
}

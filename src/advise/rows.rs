//! What the rows of a table show: what they are known by, in which order they are read, which of them count.

use crate::base::words;
use crate::design::{Column, ColumnId, ConventionKind, Design, Origin, Table};
use crate::pg::Builtin;

/// What rows are known by, best first; a name that ends in one of these will do as well.
const LABELS: [&str; 13] = [
    "name", "title", "label", "subject", "username", "number", "code", "slug", "email", "question",
    "caption", "text", "body",
];

/// What is shown of a row in a list, at most.
const SHOWN: usize = 8;

/// Words in the names of moments that do not tell when a row came about: what ends, and what lies before all rows.
const OTHER: [&str; 10] =
    ["updated", "deleted", "birth", "born", "due", "end", "ends", "until", "to", "expires"];

/// What the column is called that holds the order of rows.
const POSITIONS: [&str; 6] = ["position", "ordinal", "rank", "sort_order", "sort_index", "display_order"];

/// Words in the names of what no list shows.
const SECRET: [&str; 7] = ["password", "secret", "token", "hash", "salt", "pin", "otp"];

/// Whether a column holds text.
fn is_text(design: &Design, column: &Column) -> bool {
    let below = design.below_domain(&column.data_type);
    matches!(below.as_builtin(), Some(Builtin::Text | Builtin::Varchar | Builtin::Character))
        || matches!(&below.base, crate::design::BaseType::Other { name, .. } if &**name == "citext")
}

/// Whether a column holds a moment or a day.
fn is_moment(design: &Design, column: &Column) -> bool {
    let below = design.below_domain(&column.data_type).as_builtin();
    matches!(below, Some(Builtin::TimestampTz | Builtin::Timestamp | Builtin::Date))
}

/// The column that people know a row by.
pub(super) fn label<'t>(design: &Design, table: &'t Table) -> Option<&'t Column> {
    let own = || table.columns.iter().filter(|it| is_text(design, it) && !is_secret(it));
    let called = |name: &'static str| {
        own()
            .find(|it| it.name == name)
            .or_else(|| own().find(|it| words(&it.name).last().is_some_and(|it| it == name)))
    };
    LABELS.iter().find_map(|it| called(it))
}

/// The column that tells when a row came about or takes place; lists begin with the latest.
pub(super) fn moment<'t>(design: &Design, table: &'t Table) -> Option<&'t Column> {
    let may = |it: &&Column| is_moment(design, it) && !it.nullable;
    let tells = |it: &&Column| !words(&it.name).iter().any(|it| OTHER.contains(&it.as_str()));
    let is_own = |it: &&Column| !matches!(it.origin, Origin::Convention(_)) && it.name != "created_at";
    let ends = |it: &&Column| {
        let last = words(&it.name).pop().unwrap_or_default();
        ["at", "on", "date", "time", "start", "day", "begin", "from"].contains(&last.as_str())
    };
    let all = || table.columns.iter().filter(may).filter(tells);
    all().filter(is_own).find(ends).or_else(|| all().find(|it| !is_own(it)))
}

/// The column that holds the order which people gave the rows.
pub(super) fn position<'t>(design: &Design, table: &'t Table) -> Option<&'t Column> {
    let is_whole = |it: &&Column| {
        let below = design.below_domain(&it.data_type).as_builtin();
        matches!(below, Some(Builtin::Integer | Builtin::SmallInt | Builtin::BigInt))
    };
    table.columns.iter().filter(is_whole).find(|it| POSITIONS.contains(&it.name.as_str()))
}

/// The column that marks a row as deleted.
pub(super) fn deletion<'t>(design: &Design, table: &'t Table) -> Option<&'t Column> {
    let marks = |it: &&Column| {
        it.origin == Origin::Convention(ConventionKind::SoftDelete) && it.name.ends_with("_at")
            || it.name == "deleted_at"
    };
    table.columns.iter().find(|it| marks(it) && it.nullable && is_moment(design, it))
}

/// The column with a small set of values that rows are counted by.
pub(super) fn state<'t>(design: &Design, table: &'t Table) -> Option<&'t Column> {
    let is_state = |it: &&Column| {
        let below = design.below_domain(&it.data_type);
        let has_values = matches!(below.base, crate::design::BaseType::Enum(_)) && below.dimensions == 0;
        has_values || matches!(it.name.as_str(), "status" | "state") && is_text(design, it)
    };
    let named = |name: &str| table.columns.iter().filter(is_state).find(|it| it.name == name);
    named("status").or_else(|| named("state")).or_else(|| table.columns.iter().find(is_state))
}

/// The key of the table, where it has one.
pub(super) fn key(table: &Table) -> &[ColumnId] {
    table.primary_key.as_ref().map_or(&[], |it| &it.columns)
}

/// The columns of a list: the key, then what tells something; no references, documents, secrets and housekeeping.
pub(super) fn shown(table: &Table) -> Vec<&Column> {
    let refers = |it: &Column| table.foreign_keys.iter().any(|fk| fk.columns.contains(&it.id));
    let is_heavy = |it: &Column| {
        let builtin = it.data_type.as_builtin();
        matches!(
            builtin,
            Some(Builtin::Json | Builtin::Jsonb | Builtin::Bytea | Builtin::Xml | Builtin::TsVector)
        )
    };
    let is_housekeeping =
        |it: &Column| matches!(it.origin, Origin::Convention(kind) if kind != ConventionKind::ValueSet);
    let key = key(table);
    let first = table.columns.iter().filter(|it| key.contains(&it.id));
    let told = table.columns.iter().filter(|it| {
        !key.contains(&it.id)
            && !refers(it)
            && !is_heavy(it)
            && !is_housekeeping(it)
            && !is_secret(it)
            && !matches!(it.name.as_str(), "created_at" | "updated_at" | "deleted_at")
    });
    first.chain(told).take(SHOWN).collect()
}

fn is_secret(column: &Column) -> bool {
    words(&column.name).iter().any(|it| SECRET.contains(&it.as_str()))
}

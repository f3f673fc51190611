//! The type of an attribute: the text's own words first, then what its name means.

use super::items::Item;
use super::lexicon::{last_word, lexicon};
use super::model::is_foreign_id;
use crate::base::one_of;
use crate::design::meaning::{Family, LooseKind, LooseType, meaning_of};
use crate::pg::Builtin;

/// The type of what a thing has several of, as words.
pub const SEVERAL: &str = "text[]";

/// Words that are written in the plural and mean one text. Source: English plural-only nouns.
const ONE_TEXT: &str = "note detail instruction term condition remark comment coordinate preference setting content lyric credential \
    initial specification direction guideline guidance circumstance hour date time day finding result need requirement";

/// Which number of things a count is.
pub const SIZED: &str = "minimum maximum min max total average allowed expected planned actual current remaining largest smallest";

/// The type of an item as a PostgreSQL type, or `enum` for a set of values.
pub fn type_of(item: &Item) -> String {
    if item.boolean {
        return "boolean".to_owned();
    }
    if item.values.len() >= 2 {
        return "enum".to_owned();
    }
    // Who did it, where no table of people is: a name.
    let by_name = || if item.who.is_some() { "text" } else { type_of_name(&item.name) };
    if let Some(stated) = &item.stated {
        return stated.clone();
    }
    let several = item.several || item.many && !one_of(last_word(&item.name), ONE_TEXT);
    match by_name() {
        "text" if several => SEVERAL.to_owned(),
        kind => kind.to_owned(),
    }
}

/// The type that a name alone suggests: the table of meanings knows it, or else the nouns of briefs do.
pub fn type_of_name(name: &str) -> &'static str {
    // "Opening hours" are told in words; others are as many as they are, and parts of one.
    if name.strip_suffix("_hours").is_some_and(|it| one_of(it, "opening working office business")) {
        return "text";
    }
    let kind = type_of_words(name);
    let is_hours = name.split('_').any(|it| it == "hours") && one_of(kind, "text integer smallint");
    if is_hours { "numeric" } else { kind }
}

fn type_of_words(name: &str) -> &'static str {
    // "the maximum number of players"
    let counts = |it: &str| it.starts_with("number_of_");
    let bounded = |(first, rest): (&str, &str)| one_of(first, SIZED) && counts(rest);
    if counts(name) || name.split_once('_').is_some_and(bounded) {
        return "integer";
    }
    // One of a month it is only for who says so.
    if name == "day" {
        return "date";
    }
    if is_foreign_id(name) {
        return "text";
    }
    let name = ["_of_", "_per_"].iter().find_map(|it| name.split_once(it)).map_or(name, |(head, _)| head);
    let meaning = meaning_of(name, None, None);
    if meaning.sense.is_some() || !meaning.values.is_empty() {
        return meaning.data_type.as_builtin().map_or("text", Builtin::short_name);
    }
    match lexicon().attribute(name) {
        Some("enum") | None => "text",
        Some(known) => known,
    }
}

/// A type as a text states it (`string`, `decimal(10,2)`, `datetime`), in PostgreSQL's words; nothing when it is none.
pub fn stated_type(said: &str) -> Option<String> {
    let kind = LooseType::parse(said.trim_matches(['`', '*', ' ', ','])).ok()?.kind;
    let builtin = match kind {
        LooseKind::Exact(data_type) => data_type.as_builtin()?,
        LooseKind::Family(family) => match family {
            Family::Text => Builtin::Text,
            Family::Integer => Builtin::Integer,
            Family::Long => Builtin::BigInt,
            Family::Decimal | Family::Number | Family::Money => Builtin::Numeric,
            Family::Float => Builtin::Double,
            Family::Boolean => Builtin::Boolean,
            Family::Date => Builtin::Date,
            Family::DateTime => Builtin::TimestampTz,
            Family::Time => Builtin::Time,
            Family::Interval => Builtin::Interval,
            Family::Json => Builtin::Jsonb,
            Family::Uuid => Builtin::Uuid,
            Family::Binary => Builtin::Bytea,
        },
        LooseKind::Values(_) | LooseKind::Reference(_) | LooseKind::Sense(_) => return None,
    };
    Some(builtin.short_name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_nouns_give_types() {
        for (name, kind) in [
            ("finished_at", "timestamptz"),
            ("issued_on", "date"),
            ("seat_count", "integer"),
            ("maximum_number_of_players", "integer"),
            ("serial_number_of_machine", "text"),
            ("daily_rate", "numeric"),
            ("due_date", "date"),
            ("is_paid", "boolean"),
            ("title", "text"),
        ] {
            assert_eq!(type_of_name(name), kind, "{name}");
        }
    }

    #[test]
    fn stated_types_are_read_in_any_dialect() {
        assert_eq!(stated_type("varchar(80)").as_deref(), Some("varchar"));
        assert_eq!(stated_type("string").as_deref(), Some("text"));
        assert_eq!(stated_type("`decimal`").as_deref(), Some("numeric"));
        assert_eq!(stated_type("sunshine"), None);
    }
}

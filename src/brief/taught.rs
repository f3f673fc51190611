//! What the network names as properties, taken into the reading.
//!
//! Where the rules read the same words as a property, what they know of it stays: its values, whether it is unique, whether
//! it may be missing. Whose it is, and what neither took, the network tells.

use super::blocks::Block;
use super::brevity::SHORT;
use super::concepts::Concepts;
use super::item_rows::SHARING;
use super::item_values::{are_formats, is_unit, stated, values};
use super::items::{Item, items, items_of_tokens};
use super::learned::{Learned, Property, Tie, Told, Type, ValueName};
use super::lexicon::{last_word, lexicon};
use super::markup::Markup;
use super::model::give;
use super::pair_columns::{self, Kept, OfPair};
use super::property_names;
use super::reading::{Attribute, Entity, EntityKind, Reading, Relationship};
use super::sentences::{Sentence, Word, untagged};
use super::tags::Tag;
use super::tied::{self, Unclear};
use super::tokens::tokens;
use super::value_sets;
use super::verbs::base_form;
use crate::base::{Clip as _, Gather as _, SortedMap, Span, lower, one_of, singular};

// From how likely on what is done. Each was moved alone over briefs of our own that the network was not taught on
// (`docs/reader.md`).

/// What is no assumption.
const SURE: f32 = 0.8;
/// The same of what the rules did not read: of what is less likely, two of three are right.
const SURE_NEW: f32 = 0.9;
/// What the rules gave to one thing is moved to another, or to a pair.
const MOVED: f32 = 0.4;
/// What the rules did not read is taken in, as an assumption.
const TAKEN: f32 = 0.25;
/// What the rules alone took for a property stays one, as an assumption.
const KEPT: f32 = 0.1;

/// How many of the properties behind one may begin where its name goes on; what stands in parentheses comes between.
const BEHIND: usize = 4;

/// What a text is made of.
pub struct Text<'a> {
    /// The text as it is written.
    pub written: &'a str,
    /// Its markup.
    pub markup: &'a Markup,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// Its tagged sentences.
    pub sentences: &'a [Sentence],
    /// How many words it has.
    pub words: usize,
}

/// Takes in all that is likely; gives what is likely tied, and is not clear how.
pub fn take(reading: &mut Reading, text: &Text, concepts: &Concepts, learned: &Learned) -> Vec<Unclear> {
    let names: Vec<String> = reading.entities.iter().map(|it| it.name.clone()).collect();
    let number: SortedMap<&str, usize> = names.iter().enumerate().map(|it| (it.1.as_str(), it.0)).gather();
    let thing_of = |key: &str| {
        let entity = match key.strip_prefix('~') {
            Some(verb) => concepts.event(verb).unwrap_or(verb),
            None => concepts.resolve(key)?,
        };
        number.get(entity).copied()
    };
    let mut told = learned.told_of(text.blocks, thing_of);
    told.properties.retain(|it| !is_measure(text.written, it.span));
    let of_pairs = properties(reading, text, &told, &names);
    judge_others(reading, &told);
    let unclear = tied::take(reading, &told, &names, &number, text.words < SHORT);
    pair_columns::give(reading, &told, &names, of_pairs);
    unclear
}

/// "A size in square metres": what something is counted in is no property besides.
fn is_measure(text: &str, span: Span) -> bool {
    let said = lower(span.of(text));
    let before = text.clip(..span.range().start).trim_end();
    let before = ["square", "cubic"].iter().find_map(|it| before.strip_suffix(it)).unwrap_or(before);
    is_unit(said.rsplit(' ').next().unwrap_or_default()) && before.trim_end().ends_with(" in")
}

/// Whether a property rests on some of these words.
pub fn overlaps(attribute: &Attribute, span: Span) -> bool {
    attribute.evidence.iter().any(|it| it.overlaps(span))
}

/// Gives properties to their owners; those that a pair of things keeps come back.
fn properties(reading: &mut Reading, text: &Text, told: &Told, names: &[String]) -> Vec<OfPair> {
    let mut of_pairs: Vec<OfPair> = Vec::new();
    split(reading, told);
    for (nth, property) in told.properties.iter().enumerate() {
        let Some(owner) = property.owner else { continue };
        let behind = told.properties.clip(nth + 1..).clip(..BEHIND);
        let known = places(reading, property.span);
        let likely = owner.likely * property.likely;
        let Some(thing) = owner.thing else {
            let what = match known.as_slice() {
                [] => item(property, text, behind).map(Kept::New),
                [(of, _)] if owner.likely >= MOVED => {
                    reading.entities.get(*of).map(|it| Kept::Held(it.name.clone(), property.span))
                }
                _ => None,
            };
            of_pairs.extend(what.map(|what| OfPair { at: property.at, likely, what }));
            continue;
        };
        let Some(name) = names.get(thing) else { continue };
        if property.place.is_none() && known.is_empty() && is_aside(text.written, property.span, name) {
            continue;
        }
        if let Some(first) = known.first() {
            let moves = known.len() == 1
                && first.0 != thing
                && owner.likely >= MOVED
                && !is_pair_of(reading, first.0, name)
                && !is_unique_in(reading, *first, name);
            let of_it = |it: &&(usize, usize)| moves || it.0 == thing;
            doubt(reading, known.iter().filter(|it| likely < SURE || !of_it(it)));
            if moves {
                give_over(reading, *first, thing);
            }
            continue;
        }
        if likely >= TAKEN
            && let Some(item) = item(property, text, behind)
            && item.name != *name
            && !refers(told, thing, names.iter().position(|it| *it == item.name))
            && !is_referred(reading, name, &item)
            && !has_values(reading, name, &item, property.place.is_none())
            && !pair_has(reading, name, &item)
            && let Some(new) = give(reading, name, &item)
        {
            new.assumed = likely < SURE_NEW;
        }
    }
    of_pairs
}

/// Whether the words in parentheses are one of several that are such things, "dietary restrictions (vegan, halal, kosher)", or the type
/// of what stands before them, "a name (text)".
fn is_aside(text: &str, span: Span, thing: &str) -> bool {
    let (before, behind) = (text.clip(..span.range().start), text.clip(span.range().end..));
    let Some((lead, opened)) = before.rsplit_once('(') else { return false };
    let closed = behind.split_once(')').map_or("", |it| it.0);
    let said = lead.trim_end().rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    let said = lower(said);
    // "can be tagged (vegan, quick, dessert)"
    let of_several = said != last_word(thing)
        && (singular(&said) == last_word(thing) || base_form(&said) == last_word(thing));
    let all = [opened, span.of(text), closed].concat();
    let pieces: Vec<&str> = all.split(',').map(str::trim).collect();
    let is_kind = |it: &&str| {
        let known = lexicon().attribute(&lower(it).replace(' ', "_"));
        it.split(' ').count() <= 2 && known.is_none_or(|it| it == "boolean")
    };
    let is_type = || opened.trim().is_empty() && stated(&said, pieces.clip(..1)).is_some();
    of_several && pieces.len() >= 3 && !all.contains(')') && pieces.iter().all(is_kind) || is_type()
}

/// What is of one of several things, or of a thing that is not likely enough, is assumed; what is kept of a pair stays.
fn doubt<'a>(reading: &mut Reading, doubtful: impl Iterator<Item = &'a (usize, usize)>) {
    for (of, nth) in doubtful {
        let entity = reading.entities.get_mut(*of).filter(|it| it.kind != EntityKind::Junction);
        if let Some(attribute) = entity.and_then(|it| it.attributes.get_mut(*nth)) {
            attribute.assumed = true;
        }
    }
}

/// What the rules took for one property and is two goes: the two are taken in instead.
fn split(reading: &mut Reading, told: &Told) {
    for entity in &mut reading.entities {
        entity.attributes.retain(|it| {
            // "valid from a date" is one moment.
            let is_moment = one_of(it.type_name.as_str(), "date timestamptz");
            let [only] = it.evidence.as_slice() else { return true };
            told.overlapping(*only).len() < 2 || it.values.is_some() || is_moment
        });
    }
}

/// Which properties of which things rest on some of these words.
fn places(reading: &Reading, span: Span) -> Vec<(usize, usize)> {
    let all = reading.entities.iter().enumerate();
    let all = all.flat_map(|(at, it)| it.attributes.iter().enumerate().map(move |(nth, it)| (at, nth, it)));
    all.filter(|it| overlaps(it.2, span)).map(|it| (it.0, it.1)).collect()
}

/// Whether it stands for a pair of the thing and another.
fn is_pair_of(reading: &Reading, at: usize, thing: &str) -> bool {
    let pair = reading.entities.get(at).filter(|it| it.kind == EntityKind::Junction);
    let told = |pair: &Entity| {
        let mut all = reading.relationships.iter().filter(|it| it.from == thing || it.to == thing);
        all.any(|it| it.via.as_ref() == Some(&pair.name))
    };
    pair.is_some_and(told)
}

/// Whether the two are likely tied: then the one's name among the other's properties is the tie, told once more.
fn refers(told: &Told, thing: usize, other: Option<usize>) -> bool {
    let of_both =
        |it: &Tie| other.is_some_and(|other| (it.one, it.other) == (thing.min(other), thing.max(other)));
    told.ties.iter().any(|(_, it)| of_both(it) && it.nothing < 1.0 - MOVED)
}

/// Whether the words tell what another thing is to this one: "a home team and an away team; both are clubs".
fn is_referred(reading: &Reading, thing: &str, item: &Item) -> bool {
    let tells = |it: &Relationship| {
        let role = it.role.as_deref().unwrap_or_default();
        let is_in = role == item.name || role.split('_').any(|word| word == item.name);
        is_in && it.evidence.iter().any(|at| at.overlaps(item.span))
    };
    let mut mine = reading.relationships.iter().filter(|it| it.from == thing);
    mine.any(tells)
}

/// Whether it tells the things of one such thing apart: then it is none of its own.
fn is_unique_in(reading: &Reading, (of, nth): (usize, usize), thing: &str) -> bool {
    let attribute = reading.entities.get(of).and_then(|it| it.attributes.get(nth));
    attribute.is_some_and(|it| it.unique_in.as_deref() == Some(thing))
}

/// Takes a property, by its number, from the thing that has it. Another gets it, where it has none of that name.
pub fn give_over(reading: &mut Reading, (from, nth): (usize, usize), to: usize) {
    let Some(entity) = reading.entities.get_mut(from).filter(|it| nth < it.attributes.len()) else { return };
    let attribute = entity.attributes.remove(nth);
    if let Some(entity) = reading.entities.get_mut(to)
        && !entity.attributes.iter().any(|it| it.name == attribute.name)
    {
        entity.attributes.push(attribute);
    }
}

/// Whether a pair of the thing and another keeps a property of that name.
fn pair_has(reading: &Reading, end: &str, item: &Item) -> bool {
    let pairs = reading
        .relationships
        .iter()
        .filter(|it| it.from == end || it.to == end)
        .filter_map(|it| it.via.as_deref());
    let mut kept = pairs
        .filter_map(|via| reading.entities.iter().find(|it| it.name == via))
        .flat_map(|it| &it.attributes);
    kept.any(|it| it.name == item.name && !it.assumed)
}

/// Whether a thing, or a pair of it and another, has a property that takes such values: then they are told already, and so is
/// one of them by itself. `is_listed`: whether the words stand in parentheses.
pub fn has_values(reading: &Reading, owner: &str, item: &Item, is_listed: bool) -> bool {
    let pairs = reading.relationships.iter().filter(|it| it.from == owner || it.to == owner);
    let names: Vec<&str> = pairs.filter_map(|it| it.via.as_deref()).chain([owner]).collect();
    let told = reading.entities.iter().filter(|it| names.contains(&it.name.as_str()));
    let mut values = told.flat_map(|it| &it.attributes).flat_map(|it| it.values.iter().flatten());
    // "planned or published": each is a value, and no moment at which it was planned.
    let stem = ["_at", "_on"]
        .iter()
        .find_map(|it| item.name.strip_suffix(it))
        .filter(|it| it.len() == item.span.range().len());
    values.any(|it| {
        item.values.contains(it)
            || (item.boolean || is_listed) && *it == item.name.replace('_', " ")
            || stem == Some(it.as_str())
    })
}

/// What the rules alone took for a property is assumed where it is less than likely, and none where it is hardly.
fn judge_others(reading: &mut Reading, told: &Told) {
    for entity in &mut reading.entities {
        if entity.kind == EntityKind::Junction {
            continue;
        }
        entity.attributes.retain_mut(|it| {
            let seen = it.evidence.iter().any(|it| !told.overlapping(*it).is_empty());
            if seen || it.assumed || it.evidence.is_empty() || super::rules::is_made(it) {
                return true;
            }
            let likely = it.evidence.iter().fold(0.0_f32, |most, it| most.max(told.likely(*it)));
            it.assumed = likely < SURE;
            likely >= KEPT
        });
    }
}

/// The words as an item. `behind`: the properties behind it.
fn item(property: &Property, text: &Text, behind: &[Property]) -> Option<Item> {
    let all = || tokens(text.written, property.span, text.markup);
    // "A manual (PDF)": "a signed PDF" would stand in its sentence.
    if property.place.is_none() && are_formats(&all().iter().map(|it| it.word.as_str()).collect::<Vec<_>>()) {
        return None;
    }
    if let Some(name) = property.values_of {
        let mut values = values(&all());
        if values.len() < 2 {
            return None;
        }
        values.extend(further_states(text.written, property.span));
        let told = value_sets::named(&mut values);
        let name = match (name, told.as_str()) {
            (ValueName::Status, "kind" | "role") => "status".to_owned(),
            (ValueName::Role, "kind" | "status") => "role".to_owned(),
            (ValueName::Decision, "kind" | "status" | "result" | "answer") => "decision".to_owned(),
            _ => told,
        };
        return Some(Item { values, ..Item::named(&name, property.span) });
    }
    let (found, words): (Vec<Item>, Vec<(String, Tag)>) = match property.place {
        Some((at, from, to)) => {
            let sentence = text.sentences.get(at)?;
            // "From now on" says since when something is said.
            if sentence.says(to, "now") {
                return None;
            }
            let to = to.checked_sub(1).filter(|it| *it > from && joins(sentence, *it)).unwrap_or(to);
            let is_other =
                |word: usize| behind.iter().any(|it| it.place.is_some_and(|it| (it.0, it.1) == (at, word)));
            let to = whole(sentence, to, is_other);
            let words = sentence.words.clip(from..to).iter().chain(shared_head(sentence, from, to));
            (items(sentence, from, to), words.map(|it| (it.token.word.clone(), it.tag)).collect())
        }
        None => {
            let all = all();
            let words = untagged(&all).words.iter().map(|it| (it.token.word.clone(), it.tag)).collect();
            (items_of_tokens(&all), words)
        }
    };
    let is_none = |it: &str| super::model::is_scaffolding(it) || one_of(it, "in on at by of");
    let name = property_names::name_of(&words, property.type_of).filter(|it| !is_none(it))?;
    let first = found.into_iter().next().unwrap_or_default();
    let boolean = first.boolean
        || property_names::is_asked(&words)
        || property.type_of == Type::Boolean && first.values.is_empty();
    Some(Item { name, boolean, span: property.span, ..first })
}

/// States that go on behind the values that were told: "requested, accepted*, cancelled*."
fn further_states(text: &str, span: Span) -> impl Iterator<Item = String> {
    let behind =
        text.clip(span.range().end..).split(['.', ';', ':', '(', ')', '\n']).next().unwrap_or_default();
    let rest = behind.strip_prefix(',').unwrap_or_default();
    let states =
        rest.split(',').map(|it| lower(it.trim().trim_start_matches("or ").trim_start_matches("and ")));
    states.take_while(|it| lexicon().states.contains(it.as_str()))
}

/// Where a name ends whose words were told up to `to`: behind the last noun of its phrase, "banding *code*", and behind a word that only
/// closes it, "collected *on*". `is_other`: whether another property begins at a word.
fn whole(sentence: &Sentence, to: usize, is_other: impl Fn(usize) -> bool) -> usize {
    let mut end = leading(sentence, to, &is_other).unwrap_or(to);
    let is_last = |at: usize| matches!(sentence.tag(at.saturating_sub(1)), Tag::Noun | Tag::Adj);
    let goes_on = |at: usize| sentence.tag(at) == Tag::Noun && !sentence.says(at, "y/n yes") && !is_other(at);
    // "Name and country suffice.": what closes a sentence without a verb is one, whatever the tagger takes it for.
    let has_verb = sentence.words.iter().any(|it| matches!(it.tag, Tag::Verb | Tag::Aux | Tag::Modal));
    let is_verb = |at: usize| !has_verb && matches!(sentence.word(at + 1), "" | ".");
    while end > 0 && goes_on(end) && is_last(end) && !is_verb(end) {
        end += 1;
    }
    let closes =
        |at: usize| sentence.words.get(at).is_none_or(|it| it.tag == Tag::Sign) || joins(sentence, at);
    let holds = matches!(sentence.tag(end.saturating_sub(1)), Tag::Past | Tag::Adj | Tag::Verb);
    let is_ending = sentence.says(end, "on at until from when");
    end + usize::from(holds && is_ending && closes(end + 1))
}

/// Where the noun ends that the last of the words leads to: "fee per *hive*", "year of *birth*".
fn leading(sentence: &Sentence, to: usize, is_other: impl Fn(usize) -> bool) -> Option<usize> {
    let last = to.checked_sub(1).filter(|it| sentence.says(*it, "per of"))?;
    last.checked_sub(1).filter(|it| sentence.tag(*it) == Tag::Noun)?;
    let noun = to + usize::from(sentence.tag(to) == Tag::Det);
    (sentence.tag(noun) == Tag::Noun && !is_other(noun)).then_some(noun + 1)
}

/// Whether the word joins what stands on both sides of it.
fn joins(sentence: &Sentence, at: usize) -> bool {
    sentence.says(at, "and or /")
}

/// The noun that the last of the words shares with the word behind it: "first and last *name*", "start / end *time*".
fn shared_head(sentence: &Sentence, from: usize, to: usize) -> Option<&Word> {
    let waits = |at: usize| one_of(sentence.word(at), SHARING);
    let last = to.checked_sub(1).filter(|it| *it >= from)?;
    let joined = joins(sentence, to) && waits(last) && waits(to + 1);
    sentence.words.get(to + 2).filter(|it| joined && it.tag == Tag::Noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_a_noun_shares_the_one_behind() {
        let shared = |words: &[(&str, Tag)], to: usize| {
            let of = words.iter().map(|it| it.0).collect::<Vec<_>>().join(" ");
            let all = tokens(&of, Span::new(0, of.len()), &Markup::default());
            let mut sentence = untagged(&all);
            for (word, (_, tag)) in sentence.words.iter_mut().zip(words) {
                word.tag = *tag;
            }
            shared_head(&sentence, 0, to).map(|it| it.token.word.clone())
        };
        let (first, last, name) = (("first", Tag::Adj), ("last", Tag::Adj), ("name", Tag::Noun));
        let and = ("and", Tag::Conj);
        assert_eq!(shared(&[first, and, last, name], 1).as_deref(), Some("name"));
        assert_eq!(shared(&[first, name, and, last, name], 2), None, "it has one of its own");
        assert_eq!(shared(&[first, and, name], 1), None);
    }

    #[test]
    fn formats_are_no_properties_and_no_values() {
        let found = reading(
            "Each lighthouse has a height, a plan (PDF), a photo (JPG or PNG) and a drawing format (DXF, SVG).",
        );
        let named =
            |name: &str| found.entities.iter().flat_map(|it| &it.attributes).find(|it| it.name == name);
        assert_eq!(named("photo").expect("it is told").values, None);
        assert!(["pdf", "jpg", "png"].iter().all(|it| named(it).is_none()), "{found:?}");
        let formats = named("drawing_format").expect("it is told").values.as_deref();
        assert_eq!(formats, Some(["dxf".to_owned(), "svg".to_owned()].as_slice()));
    }

    #[test]
    fn examples_in_parentheses_are_no_properties_of_what_they_are() {
        let is = |text: &str, word: &str, thing: &str| {
            let at = text.find(word).expect("it is there");
            is_aside(text, Span::new(at, at + word.len()), thing)
        };
        let text =
            "Members have an avatar and dietary restrictions (vegan, gluten free, halal). Each has a name.";
        assert!(is(text, "vegan", "dietary_restriction") && is(text, "halal", "dietary_restriction"));
        assert!(!is(text, "vegan", "member"));
        assert!(!is("Boats (name, length, colour) lie in a harbour.", "name", "boat"));
        assert!(!is("A boat (old, wooden, slow) lies there.", "old", "boat"), "one has these");
    }

    #[test]
    fn states_behind_the_values_go_on() {
        let further = |text: &str, end: usize| further_states(text, Span::new(0, end)).collect::<Vec<_>>();
        assert_eq!(further("new, paid, cancelled. It is kept.", 9), ["cancelled"]);
        assert_eq!(further("new, paid, or closed (late, open)", 9), ["closed"]);
        assert!(further("new, paid, price, open", 9).is_empty());
        assert!(further("new, paid", 9).is_empty());
    }

    fn reading(text: &str) -> Reading {
        let filler = "A lighthouse is kept by a keeper. The keeper has a name and a phone number. ";
        super::super::read(&format!("{}{text}", filler.repeat(11)))
    }

    #[test]
    fn a_property_is_told_once_and_of_one_thing() {
        let found = reading("Each lighthouse has a height, a colour and the year in which it was built.");
        let mut told: Vec<&str> =
            found.entities.iter().flat_map(|it| &it.attributes).map(|it| it.name.as_str()).collect();
        let all = told.len();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), all, "{told:?}");
        assert!(told.contains(&"height") && told.contains(&"colour"), "{told:?}");
    }
}

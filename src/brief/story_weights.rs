//! What speaks for a thing in a backlog, where hardly anything is said twice and half of the nouns belong to the software. Only short
//! ones about software for teams, and those of a story or two, are weighed so: all others the network reads (`brevity`).
//!
//! The numbers were fitted to backlogs with known models (docs/reader.md); each was kept only where it gains on several.

use super::brevity::SHORT;
use super::concepts::Concept;
use super::fact::Signal;
use super::lexicon::{last_word, lexicon};

/// Weight in tenths and how often it counts, by signal.
fn weight(signal: Signal) -> (i32, u16) {
    match signal {
        Signal::ListOwner => (30, 2),
        Signal::SingleOwner | Signal::Heading => (12, 1),
        Signal::Glossary => (15, 1),
        Signal::Counted | Signal::Maintained => (20, 1),
        Signal::BulletHead | Signal::Possessor | Signal::Holds => (8, 1),
        Signal::ManyItem => (14, 1),
        Signal::Kept => (6, 1),
        Signal::Value => (-25, 1),
        Signal::ValueSet => (-30, 1),
        Signal::Out => (-20, 1),
        Signal::StoryObject => (10, 4),
        Signal::StoryMade => (4, 3),
        Signal::StorySeen => (-4, 2),
        Signal::StoryMention => (5, 4),
        Signal::StoryReason => (2, 3),
        Signal::StoryActor => (2, 6),
        Signal::Modifier => (4, 3),
        // "with every booking", "all bookings": wishes speak so of anything.
        Signal::OneOrPer => (6, 1),
        Signal::Quantified => (4, 2),
        Signal::Mentioned
        | Signal::Object
        | Signal::Governed
        | Signal::Subject
        | Signal::Item
        | Signal::Instance
        | Signal::Happens
        | Signal::Named
        | Signal::Built => (0, 0),
    }
}

/// What it is worth in a short backlog that a word of business has something done with it.
const KNOWN: i32 = 9;

/// Points in tenths that speak for a thing of a backlog.
pub(super) fn story_points(concept: &Concept, words: usize, machinery: bool) -> i32 {
    let lexicon = lexicon();
    let key = concept.key.as_str();
    let last = last_word(key);
    let mut points = wording(concept);
    for (signal, count) in &concept.evidence {
        let (value, cap) = weight(*signal);
        // A word that has a list of its own may well be a value elsewhere.
        if matches!(signal, Signal::Value) && concept.has(Signal::ListOwner) {
            continue;
        }
        points += value * i32::from(*count.min(&cap));
    }
    let told =
        concept.has(Signal::ListOwner) || concept.has(Signal::Maintained) || concept.has(Signal::Counted);
    if lexicon.generic.contains(key) {
        points -= if told && lexicon.business.contains(key) { 10 } else { 60 };
    } else if lexicon.generic.contains(last) && !lexicon.business.contains(key) {
        points -= 15;
    }
    if lexicon.hard.contains(key) {
        points -= if concept.has(Signal::ListOwner) { 30 } else { 80 };
    } else if lexicon.hard.contains(last) {
        points -= 30;
    }
    let shared = concept.has(Signal::ManyItem) && lexicon.is_shared(key);
    if shared && !lexicon.is_property(key) {
        points += 4;
    }
    if lexicon.is_property(key) {
        // "speaks languages": what many others share, in the plural, is a list of its own.
        points -= match (shared, concept.has(Signal::ListOwner)) {
            (true, _) => -4,
            _ if concept.has(Signal::Maintained) => 0,
            (false, true) => 10,
            (false, false) => 25,
        };
        // A name or date that many things have is a property, whatever is said of one of them.
        let listed = concept.evidence.get(&Signal::Item).copied().unwrap_or(0);
        if !key.contains('_') && !lexicon.is_shared(key) && listed >= 3 {
            points -= 30;
        }
    }
    if lexicon.states.contains(key) {
        points -= 25;
    }
    let known = lexicon.business.contains(key)
        && (!lexicon.attributes.contains_key(key)
            || concept.has(Signal::Subject)
            || concept.has(Signal::Object));
    let used = [Signal::Object, Signal::Subject, Signal::Governed, Signal::StoryObject]
        .iter()
        .any(|it| concept.has(*it));
    let out = [Signal::Out, Signal::Value, Signal::ValueSet].iter().any(|it| concept.has(*it));
    if words < SHORT && known && used && !out {
        points += KNOWN;
    }
    points - machine(concept, machinery) - odd(key)
}

/// What it costs to be part of the machinery rather than of the domain.
pub(super) fn machine(concept: &Concept, machinery: bool) -> i32 {
    let lexicon = lexicon();
    let key = concept.key.as_str();
    if lexicon.technical(key).is_none() {
        return 0;
    }
    // What has properties or does something in the domain is no part of the machinery.
    let lives = concept.has(Signal::ListOwner)
        || !machinery && concept.has(Signal::Subject) && concept.has(Signal::Instance);
    if lives && !key.contains('_') && lexicon.business.contains(key) { 6 } else { 30 }
}

/// What it costs to be written like a code.
pub(super) fn odd(key: &str) -> i32 {
    if key.chars().any(|it| it.is_ascii_digit()) || key.len() < 3 { 20 } else { 0 }
}

/// Points in tenths for what a word is and for the parts of stories in which it stands.
fn wording(concept: &Concept) -> i32 {
    let lexicon = lexicon();
    let key = concept.key.as_str();
    let last = last_word(key);
    let has = |it: Signal| concept.has(it);
    let object = has(Signal::StoryObject);
    let wished = object || has(Signal::StoryMention);
    let known = lexicon.business.contains(key) || key.contains('_') && lexicon.business.contains(last);
    let mut points = if known { 10 } else { -7 };
    if lexicon.is_person(key) && !object {
        points += if wished { 5 } else { -6 };
    }
    if lexicon.shown.contains(key) || lexicon.shown.contains(last) {
        points -= 15;
    }
    points += match (wished, has(Signal::StoryActor), has(Signal::StoryReason)) {
        (true, _, _) => 0,
        // Who only speaks is nobody whom the software knows of.
        (false, true, _) => -30,
        (false, false, true) => -4,
        // Told between the stories; else it only stands before another noun.
        (false, false, false) if has(Signal::Mentioned) => 0,
        (false, false, false) => -10,
    };
    // "An application" is generic elsewhere; where people submit and check some, they are things.
    let made = concept.evidence.get(&Signal::StoryMade).is_some_and(|it| *it >= 2);
    if made && lexicon.generic.contains(key) && lexicon.business.contains(key) {
        points += 40;
    }
    points
}

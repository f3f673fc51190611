//! What speaks for a thing in prose: points for how a phrase is used, for what its word is, and for how often it stands there.
//!
//! The numbers are a logistic regression over our own and the open texts, its intercept moved to the threshold, in tenths
//! of a point and rounded; a few that the fit has too few signs of are set by hand (docs/reader.md tells which, and what the
//! table reaches on texts that were left out of the fit).

use super::brevity::SHORT;
use super::concepts::Concept;
use super::fact::Signal;
use super::lexicon::{last_word, lexicon};
use super::story_weights::{machine, odd};

/// Points for a signal that is met once, and what a second time adds.
fn weight(signal: Signal) -> (i32, i32) {
    match signal {
        Signal::ListOwner => (51, 6),
        Signal::SingleOwner => (11, -6),
        Signal::Heading => (7, 0),
        Signal::Glossary => (60, 0),
        Signal::Counted => (25, 0),
        Signal::OneOrPer => (16, -5),
        Signal::Quantified => (7, 0),
        Signal::Subject => (15, 4),
        Signal::Object => (1, -5),
        Signal::Governed => (2, -1),
        Signal::BulletHead => (13, -18),
        Signal::Possessor => (26, 0),
        Signal::ManyItem => (10, 0),
        Signal::Item => (-11, -13),
        Signal::Maintained => (56, 0),
        Signal::Value => (-16, 0),
        Signal::ValueSet => (-30, 0),
        Signal::Out => (-20, 0),
        Signal::Modifier => (-13, 0),
        Signal::Instance => (14, 9),
        Signal::Happens => (10, 0),
        Signal::Holds => (37, 0),
        Signal::Kept => (18, 0),
        Signal::Named => (40, 0),
        Signal::Built => (-90, 0),
        Signal::Mentioned
        | Signal::StoryObject
        | Signal::StoryMade
        | Signal::StorySeen
        | Signal::StoryMention
        | Signal::StoryReason
        | Signal::StoryActor => (0, 0),
    }
}

/// Points of a phrase that nothing is known of, in a short text.
const NOTHING: i32 = -26;

/// What a text of some length takes off: it has more words that are no things.
const LENGTH: i32 = -13;

/// What it is worth to be named twice.
const TWICE: i32 = 23;

/// What it is worth to be named five times in a long text.
const OFTEN: i32 = 20;

/// What it costs in a short text to be a property and nothing else: a prompt that lists columns means columns.
const LISTED: i32 = 20;

/// What it costs that only a verb speaks of it.
const IMPLIED: i32 = 25;

/// What it is worth in a short text, which names most of its things once, to be a word of business.
const KNOWN: i32 = 9;

/// What it costs to be a word for a property.
const PROPERTY: i32 = 13;

/// Texts of so many words are long.
const LONG: usize = 700;

/// Points in tenths that speak for a thing of a text that is no backlog.
pub(super) fn points(concept: &Concept, words: usize, machinery: bool) -> i32 {
    let mut points = NOTHING + word(&concept.key);
    for (signal, count) in &concept.evidence {
        let (once, again) = weight(*signal);
        points += once + if *count >= 2 { again } else { 0 };
    }
    let named = concept.mentions.len();
    if words >= SHORT {
        points += LENGTH;
    }
    if named >= 2 {
        points += TWICE;
    }
    if named >= 5 && words >= LONG {
        points += OFTEN;
    }
    // What has properties of its own is hardly one.
    let owns = concept.has(Signal::ListOwner) || concept.has(Signal::SingleOwner);
    if !owns && lexicon().attribute(&concept.key).is_some() {
        points -= PROPERTY;
    }
    if words < SHORT && listed(concept) {
        points -= LISTED;
    }
    if words < SHORT && known(concept) {
        points += KNOWN;
    }
    points -= generic(concept);
    if implied(concept) {
        points -= IMPLIED;
    }
    points - machine(concept, machinery) - odd(&concept.key)
}

/// Whether it is a word of business that the text uses as a thing.
fn known(concept: &Concept) -> bool {
    const USED: &[Signal] = &[Signal::Subject, Signal::Object, Signal::Governed];
    const OUT: &[Signal] = &[Signal::Out, Signal::Value, Signal::ValueSet];
    lexicon().business.contains(concept.key.as_str())
        && lexicon().attribute(&concept.key).is_none()
        && USED.iter().any(|it| concept.has(*it))
        && !OUT.iter().any(|it| concept.has(*it))
}

/// What it costs to be a word that may mean anything: a record, a change.
fn generic(concept: &Concept) -> i32 {
    if !lexicon().generic.contains(concept.key.as_str()) {
        return 0;
    }
    // "A person has a name."
    let has = concept.has(Signal::SingleOwner) && lexicon().is_person(&concept.key);
    let told =
        has || [Signal::ListOwner, Signal::Maintained, Signal::Counted].iter().any(|it| concept.has(*it));
    match (told, lexicon().business.contains(concept.key.as_str())) {
        (true, true) => 10,
        (false, true) if counts(concept) => 20,
        _ => 30,
    }
}

/// Whether a text mostly speaks of it as one of several: "an application", "each copy", unlike "the application".
fn counts(concept: &Concept) -> bool {
    let times = |signal: Signal| concept.evidence.get(&signal).copied().unwrap_or(0);
    let all: u16 = concept.evidence.values().sum();
    let several = times(Signal::Instance);
    several >= 3 && several * 4 >= (all - several) * 3
}

/// Whether it only stands among the properties of something else.
fn listed(concept: &Concept) -> bool {
    let used =
        |it: &Signal| !matches!(it, Signal::Item | Signal::Mentioned | Signal::Instance | Signal::Modifier);
    concept.has(Signal::Item) && !concept.evidence.keys().any(used)
}

/// Whether a verb implies it and no noun names it: the placement of "customers place orders".
fn implied(concept: &Concept) -> bool {
    let only = |it: &Signal| matches!(it, Signal::Happens | Signal::Instance);
    concept.has(Signal::Happens) && concept.evidence.keys().all(only)
}

/// The worth of those signs that hold.
pub(super) fn sum(signs: &[(bool, i32)]) -> i32 {
    signs.iter().filter(|it| it.0).map(|it| it.1).sum()
}

/// Points for what a word is, whatever is said of it.
fn word(key: &str) -> i32 {
    let lexicon = lexicon();
    let last = last_word(key);
    sum(&[
        (lexicon.business.contains(key), 8),
        (lexicon.business.contains(last), 10),
        (lexicon.hard.contains(key), -17),
        (lexicon.hard.contains(last), -11),
        (lexicon.is_person(key), 28),
        (lexicon.parties.contains(last), 18),
        (lexicon.is_shared(key), 7),
        (lexicon.states.contains(key), -13),
        // "A task management application" is what is to be built.
        (key.split('_').any(|it| it == "management"), -30),
        (lexicon.happens(key), 16),
        (lexicon.aggregates.contains_key(last), 7),
        (lexicon.shown.contains(last), -10),
        (lexicon.empty_heads.contains(last), -8),
        (!lexicon.happens(key) && (last.ends_with("tion") || last.ends_with("sion")), 13),
    ])
}

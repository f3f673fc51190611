//! What speaks for a thing in a backlog, where hardly anything is said twice and half of the nouns belong to the software.
//!
//! The numbers were fitted to backlogs with known models (docs/reader.md); each was kept only where it gains on several.

use super::concepts::{Concept, weight};
use super::fact::Signal;
use super::lexicon::{last_word, lexicon};

/// Weight in tenths and how often it counts, by signal, in texts that are mostly user stories.
pub(super) fn story_weight(signal: Signal) -> (i32, u16) {
    match signal {
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
        | Signal::Happens => (0, 0),
        other => weight(other),
    }
}

/// Points in tenths for what a word is and for the parts of stories in which it stands.
pub(super) fn story_points(concept: &Concept) -> i32 {
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

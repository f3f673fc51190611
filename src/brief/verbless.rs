//! Sentences in which the tagger saw no verb: the word that must be it.

use super::sentences::Sentence;
use super::tags::Tag;
use crate::base::{Clip, one_of, singular};

/// Nouns that look like plurals and stand before other nouns. Source: own knowledge of English.
const PLURAL_MODIFIERS: &str = "goods sports customs systems sales operations savings accounts works series premises news arms \
                      species clothes economics logistics status business";

/// Verbs that need no object. Source: English verbs of being and acting together.
const WITHOUT_OBJECT: &str = "work play sit stand live meet sing act speak compete serve help train";

/// "On each case several lawyers work, at a rate", "in a quarter several crews live": behind a place and a plural, in a sentence
/// without a verb, it is the verb.
pub fn lacks_plain_verb(sentence: &Sentence, at: usize) -> bool {
    let finite = |it: &super::sentences::Word| matches!(it.tag, Tag::Verb | Tag::Aux | Tag::Modal);
    let ends = matches!(sentence.word(at + 1), "," | "" | "." | "at" | "in" | "on" | "with" | "for" | "as");
    let place = matches!(sentence.tag(0), Tag::Prep) && sentence.tag(1) == Tag::Det;
    let several =
        |at: usize| sentence.tag(at) == Tag::Noun && singular(sentence.word(at)) != sentence.word(at);
    let counted = (2..at).any(|it| sentence.tag(it) == Tag::Num);
    one_of(sentence.word(at), WITHOUT_OBJECT)
        && ends
        && place
        && (4..=REACH).contains(&at)
        && several(at - 1)
        && counted
        && !sentence.words.iter().any(finite)
}

/// What does something in a sentence of requirements.
const DOES: &str = "system app application platform software tool service";

/// How many words a clause may have before such a verb: a determiner, some adjectives and the noun.
const REACH: usize = 6;

/// "Dealers supply parts", "each batch yields new files": in a sentence without any verb the word between such nouns is it.
pub fn lacks_verb(sentence: &Sentence, at: usize) -> bool {
    let (word, previous, next) = (sentence.word(at), sentence.word(at - 1), sentence.word(at + 1));
    let verb = |it: &super::sentences::Word| {
        matches!(it.tag, Tag::Verb | Tag::Aux | Tag::Modal | Tag::Past | Tag::Ing | Tag::Sub)
    };
    // The part of the sentence between colons and semicolons.
    let closes = |at: &usize| sentence.says(*at, ": ;") && sentence.tag(*at) == Tag::Sign;
    let near = at.saturating_sub(REACH);
    let Some(from) = (near..at).rev().find(closes).map(|it| it + 1).or((near == 0).then_some(0)) else {
        return false;
    };
    // "Translators master languages, with a level for each", "a pass links a guest to a hut with a day, a bed and a price"
    let with = |at: &usize| {
        sentence.says(*at, "with") || sentence.says(*at, ",") && sentence.says(at + 1, "with at each")
    };
    let to = (at..sentence.words.len()).find(|it| closes(it) || with(it)).unwrap_or(sentence.words.len());
    let clause = sentence.words.clip(from..to);
    if clause.iter().any(verb) || clause.iter().any(|it| it.token.is(",") || it.token.is("=")) {
        return false;
    }
    let several = |it: &str| singular(it) != it && !it.ends_with("ss");
    let opens = sentence
        .words
        .clip(from..at.saturating_sub(1))
        .iter()
        .all(|it| matches!(it.tag, Tag::Det | Tag::Adj | Tag::Num));
    let object = match sentence.tag(at + 1) {
        // "Sponsors book ad slots"
        Tag::Noun => {
            let behind = sentence.tag(at + 2);
            let slots = behind == Tag::Noun && several(sentence.word(at + 2));
            several(next) || at == from + 1 && (behind == Tag::Sign || slots)
        }
        Tag::Det => true,
        Tag::Adj | Tag::Num => sentence.tag(at + 2) == Tag::Noun,
        _ => false,
    };
    // "The system stores measurements"
    let does = one_of(previous, DOES) && at >= from + 2 && sentence.says(at - 2, "the this our");
    let agrees = if several(previous) {
        !several(word) && !one_of(previous, PLURAL_MODIFIERS)
    } else {
        several(word) && (does || at >= from + 2 && sentence.says(at - 2, "a an each every"))
    };
    opens && object && agrees && !word.contains('-') && word.len() >= 3
}

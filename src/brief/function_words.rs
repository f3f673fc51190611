//! Function words that are one part of speech here and another there.

use super::lexicon::lexicon;
use super::sentences::Sentence;
use super::tags::Tag;
use crate::base::singular;

/// Function words that change class with their neighbours.
pub fn in_context(sentence: &Sentence, at: usize) -> Option<Tag> {
    let next = sentence.tag(at + 1);
    let nominal = matches!(next, Tag::Noun | Tag::Adj | Tag::Num | Tag::Det);
    match sentence.word(at) {
        "that" if !nominal || at > 0 && sentence.tag(at - 1) == Tag::Noun => Some(Tag::Sub),
        "which" | "what" | "whose" if at > 0 && !matches!(sentence.tag(at - 1), Tag::Verb) => Some(Tag::Sub),
        "which" | "what" if !nominal => Some(Tag::Sub),
        // "has" before a noun phrase is the verb itself.
        "has" | "have" | "had" | "having"
            if !matches!(next, Tag::Past | Tag::Neg | Tag::Adv | Tag::To)
                && sentence.word(at + 1) != "been" =>
        {
            Some(Tag::Verb)
        }
        "like" if super::plain_verbs::likes(sentence, at) => Some(Tag::Verb),
        // "we would like to see"
        "like" if next == Tag::To && at > 0 && matches!(sentence.tag(at - 1), Tag::Modal | Tag::Adv) => {
            Some(Tag::Verb)
        }
        "does" | "do" | "did" if nominal => Some(Tag::Verb),
        // "it has got a number" is "it has a number".
        "is" if sentence.word(at + 1) == "got" => Some(Tag::Aux),
        // "the will is opened": behind an article stands a noun.
        "will" if at > 0 && sentence.says(at - 1, "a the each every one") => Some(Tag::Noun),
        "her" | "his" | "its" | "their" if !nominal && !matches!(next, Tag::Past | Tag::Ing) => {
            Some(Tag::Pron)
        }
        // "each permit": in the base form no verb follows them.
        "each" | "every"
            if next == Tag::Verb
                && singular(sentence.word(at + 1)) == sentence.word(at + 1)
                && (!lexicon().have.contains(sentence.word(at + 1))
                    || matches!(sentence.tag(at + 2), Tag::Verb | Tag::Aux | Tag::Modal))
                && (at == 0 || !matches!(sentence.tag(at - 1), Tag::Pron)) =>
        {
            None
        }
        "each" | "all" | "any" | "some" | "both" | "either" | "another" | "every"
            if !nominal && !matches!(next, Tag::Past | Tag::Ing) =>
        {
            Some(Tag::Pron)
        }
        // "belongs to one call": no verb in the base form follows a number one.
        "one"
            if next == Tag::Verb
                && singular(sentence.word(at + 1)) == sentence.word(at + 1)
                && matches!(
                    sentence.tag(at + 2),
                    Tag::Sign | Tag::Conj | Tag::Prep | Tag::Aux | Tag::Modal
                )
                && at > 0
                && matches!(sentence.tag(at - 1), Tag::Prep | Tag::To | Tag::Verb) =>
        {
            None
        }
        "one" if !nominal && !matches!(next, Tag::Past | Tag::Ing) => Some(Tag::Pron),
        _ => None,
    }
}

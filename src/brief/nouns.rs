//! Nouns that a document teaches: a tagger knows "visit" and "report" as verbs, the text uses them as things.

use super::lexicon::lexicon;
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::Kind;
use crate::base::{SortedSet, singular};

/// Nouns that the document itself shows to be nouns: after a determiner and before something that is not a noun.
pub fn learnt(sentences: &[Sentence]) -> SortedSet<String> {
    let mut nouns = SortedSet::new();
    for sentence in sentences {
        for at in 0..sentence.words.len() {
            let word = sentence.word(at);
            if sentence.words[at].token.kind != Kind::Word || super::tags::closed_class(word).is_some() {
                continue;
            }
            let opened = at > 0 && sentence.says(at - 1, "a an the each every one its per");
            let closed = match sentence.tag(at + 1) {
                Tag::Noun | Tag::Adj | Tag::Past | Tag::Ing | Tag::Num | Tag::Det => false,
                Tag::Verb => lexicon().have.contains(sentence.word(at + 1)),
                Tag::Aux
                | Tag::Modal
                | Tag::Prep
                | Tag::Conj
                | Tag::Sub
                | Tag::Pron
                | Tag::Adv
                | Tag::To
                | Tag::Neg
                | Tag::Sign => true,
            };
            let is_label = at == 0 && sentence.says(1, ":");
            if (opened && closed || is_label) && !matches!(sentence.tag(at), Tag::Adj | Tag::Adv | Tag::Num) {
                nouns.insert(singular(word));
            }
        }
    }
    nouns
}

//! User stories: "As a skipper I want to book a berth so that …" in its many wordings.

use super::phrases::{Chunk, Chunked};
use super::sentences::Sentence;
use super::tags::Tag;

/// The parts of a story; positions are words, but for the actor, which is a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    /// The chunk that names who wants it.
    pub actor: Option<usize>,
    /// First word of the wish.
    pub from: usize,
    /// First word after it: the reason follows, or nothing.
    pub to: usize,
}

/// Reads a sentence as a story, if it is one.
pub fn story(sentence: &Sentence, chunks: &[Chunk]) -> Option<Story> {
    let count = sentence.words.len();
    let opening = usize::from(sentence.word(0) == "as");
    let to = reason(sentence).unwrap_or(count);
    if opening == 1 {
        let actor = chunks.iter().position(|it| it.from >= 1 && it.phrase().is_some())?;
        if chunks.start_at(actor) > 3 {
            return None;
        }
        let after = chunks.end_at(actor);
        let speaker = (after..count.min(after + 12)).find(|at| matches!(sentence.word(*at), "i" | "we"));
        let from = match speaker {
            Some(at) => wish(sentence, at + 1),
            None if sentence.word(after) == "," => wish(sentence, after + 1),
            None => return None,
        };
        return (from < count).then_some(Story { actor: Some(actor), from, to: to.max(from) });
    }
    // "A skipper wants to …", "Skippers can …", "I want to …"
    let wants = (0..count.min(6)).find(|at| {
        matches!(sentence.word(*at), "want" | "wants" | "need" | "needs") && sentence.word(at + 1) == "to"
    });
    // "We want to know the day" says what is kept.
    let keeps = |at: usize| {
        at > 0
            && matches!(sentence.word(at - 1), "we" | "i")
            && matches!(
                sentence.word(at + 2),
                "know"
                    | "record"
                    | "store"
                    | "keep"
                    | "note"
                    | "track"
                    | "save"
                    | "capture"
                    | "register"
                    | "hold"
            )
    };
    if let Some(at) = wants.filter(|at| !keeps(*at)) {
        let actor = chunks.iter().position(|it| it.phrase().is_some() && it.to <= at);
        return Some(Story { actor, from: wish(sentence, at), to: to.max(at) });
    }
    None
}

/// Skips "would like to be able to", "want to", "can".
fn wish(sentence: &Sentence, from: usize) -> usize {
    let mut at = from;
    while matches!(
        sentence.word(at),
        "want"
            | "wants"
            | "need"
            | "needs"
            | "wish"
            | "would"
            | "like"
            | "love"
            | "to"
            | "be"
            | "able"
            | "can"
            | "should"
            | "must"
            | "have"
            | "also"
            | "the"
            | "possibility"
            | "ability"
            | "will"
            | "'d"
            | "shall"
            | "only"
    ) && !(matches!(sentence.word(at), "have" | "the")
        && matches!(sentence.tag(at + 1), Tag::Noun | Tag::Adj | Tag::Det))
    {
        at += 1;
    }
    at
}

/// Where the reason begins: "so that", "in order to", "so I".
fn reason(sentence: &Sentence) -> Option<usize> {
    (2..sentence.words.len()).find(|at| {
        let (word, next) = (sentence.word(*at), sentence.word(at + 1));
        word == "so" && matches!(next, "that" | "i" | "we" | "the" | "my" | "they" | "customers" | "users")
            || word == "in" && next == "order"
            || word == "because"
    })
}

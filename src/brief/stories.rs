//! User stories: "As a skipper I want to book a berth so that …" in its many wordings.

use super::blocks::Block;
use super::markup::Markup;
use super::phrases::{Chunk, Chunked};
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::{Kind, Token, tokens};
use crate::base::{Span, lower, one_of};

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
    let opening = usize::from(sentence.says(0, "as"));
    let to = reason(sentence).unwrap_or(count);
    if opening == 1 {
        let actor = chunks.iter().position(|it| it.from >= 1 && it.phrase().is_some())?;
        if chunks.start_at(actor) > 3 {
            return None;
        }
        let after = chunks.end_at(actor);
        let speaker = (after..count.min(after + 12)).find(|at| sentence.says(*at, "i we"));
        let from = match speaker {
            Some(at) => wish(sentence, at + 1),
            None if sentence.says(after, ",") => wish(sentence, after + 1),
            None => return None,
        };
        return (from < count).then_some(Story { actor: Some(actor), from, to: to.max(from) });
    }
    // "A skipper wants to …", "Skippers can …", "I want to …"
    let wants = (0..count.min(6))
        .find(|at| sentence.says(*at, "want wants need needs") && sentence.says(at + 1, "to"));
    // "We want to know the day" says what is kept.
    let keeps = |at: usize| {
        at > 0
            && sentence.says(at - 1, "we i")
            && sentence.says(at + 2, "know record store keep note track save capture register hold")
    };
    if let Some(at) = wants.filter(|at| !keeps(*at)) {
        let actor = chunks.iter().position(|it| it.phrase().is_some() && it.to <= at);
        return Some(Story { actor, from: wish(sentence, at), to: to.max(at) });
    }
    None
}

/// Whether a line opens like a story: "As a skipper …".
pub fn opens(line: &str) -> bool {
    ["As a ", "As an "].iter().any(|it| line.starts_with(it))
}

/// A row whose cells are the parts of a story, as one sentence: "as a skipper | I want to book a berth | so that …".
pub fn of_cells(text: &str, block: &Block, markup: &Markup) -> Option<Vec<Token>> {
    let lower = |it: &Span| lower(it.of(text).trim_start_matches(['*', '_', ' ']));
    let title = |at: usize| block.header.get(at).map_or_else(String::new, lower);
    let actor = (0..block.cells.len()).find(|at| {
        let cell = block.cells.get(*at).map_or_else(String::new, lower);
        cell.starts_with("as a") || title(*at).starts_with("as a") && !cell.is_empty()
    })?;
    let mut out: Vec<Token> = Vec::new();
    for (part, opening) in [["as", "a"], ["i", "want"], ["so", "that"]].iter().enumerate() {
        let cell = block.cells.get(actor + part).filter(|it| it.start < it.end);
        let said = cell.map_or_else(String::new, lower);
        let begins = said.split_whitespace().next().is_some_and(|it| it == opening[0]);
        if part > 0 && !begins && !title(actor + part).starts_with(opening[0]) {
            break;
        }
        let cell = tokens(text, *cell?, markup);
        if let (Some(first), false) = (cell.first(), begins) {
            let word = |it: &&str| Token { kind: Kind::Word, word: (*it).to_owned(), ..first.clone() };
            out.extend(opening.iter().map(word));
        }
        out.extend(cell);
    }
    Some(out)
}

/// Skips "would like to be able to", "want to", "can".
fn wish(sentence: &Sentence, from: usize) -> usize {
    let mut at = from;
    while one_of(
        sentence.word(at),
        "want wants need needs wish would like love to be able can should must have also the possibility ability will 'd shall only",
    ) && !(sentence.says(at, "have the")
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
        word == "so" && one_of(next, "that i we the my they customers users")
            || word == "in" && next == "order"
            || word == "because"
    })
}

/// Lines of acceptance criteria: "Given …", "When …", "Then …".
pub fn is_scenario(sentence: &Sentence) -> bool {
    let first = sentence
        .words
        .iter()
        .find(|it| it.tag != super::tags::Tag::Sign)
        .map_or("", |it| it.token.word.as_str());
    let titled = one_of(first, "scenario scenarios example") && (1..4).any(|at| sentence.says(at, ":"));
    titled
        || one_of(first, "given then")
        || first == "when" && sentence.words.len() < 14 && !sentence.words.iter().any(|it| it.token.is(","))
        || first == "acceptance"
}

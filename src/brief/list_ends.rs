//! How far a list in running prose goes.

use super::clauses::Clause;
use super::phrases::{Chunk, ChunkKind};
use super::sentences::Sentence;
use crate::base::Clip;

/// Where a list in running prose ends: before the clause that begins with a new finite verb.
pub fn list_end(cx: &Clause, from: usize) -> usize {
    end_of(cx.sentence, cx.chunks.clip((cx.verb_at + 1).min(cx.chunks.len())..), cx.chunks, from)
}

/// The same for a list whose chunks are `rest`, of all the chunks of its sentence.
pub fn end_of(sentence: &Sentence, rest: &[Chunk], all: &[Chunk], from: usize) -> usize {
    let (mut relative, mut told) = (false, false);
    let mut last_break = None;
    let mut end = all.last().map_or(from, |it| it.to);
    for chunk in rest {
        match &chunk.kind {
            ChunkKind::And => {
                let word = sentence.word(chunk.from);
                if word == "," || !relative {
                    relative = false;
                    last_break = Some(chunk.from);
                }
                if word == "but" {
                    end = chunk.from;
                    break;
                }
            }
            ChunkKind::Prep(word)
                if word == "with"
                    && last_break == Some(chunk.from.saturating_sub(1))
                    && chunk.from > from + 1 =>
            {
                end = chunk.from - 1;
                break;
            }
            ChunkKind::Sub(_) => (relative, told) = (true, false),
            // "how long it is", "how much of it was used"
            _ if sentence.says(chunk.from, "how") => (relative, told) = (true, false),
            // "the day on which it was set and is open": behind "and" the sentence's own verb goes on.
            ChunkKind::Verb(verb)
                if !verb.bare
                    && relative
                    && told
                    && chunk.from > 0
                    && sentence.says(chunk.from - 1, "and") =>
            {
                end = (chunk.from - 1).max(from);
                break;
            }
            ChunkKind::Verb(verb) if !verb.bare && relative => told = true,
            ChunkKind::Verb(_) if super::inner_lists::follows_noun(sentence, chunk) => {}
            ChunkKind::Verb(verb) if !verb.bare && !relative => {
                end = last_break.unwrap_or(chunk.from).max(from);
                break;
            }
            ChunkKind::Other if sentence.says(chunk.from, "; :") => {
                if sentence.says(chunk.from, ";") && !clause_follows(all, chunk.to) {
                    continue;
                }
                end = chunk.from;
                break;
            }
            ChunkKind::Noun(_)
            | ChunkKind::Verb(_)
            | ChunkKind::Prep(_)
            | ChunkKind::Pron(_)
            | ChunkKind::Other => {}
        }
    }
    end
}

fn clause_follows(all: &[Chunk], from: usize) -> bool {
    all.iter().filter(|it| it.from >= from).any(|it| it.verb().is_some_and(|it| !it.bare))
}

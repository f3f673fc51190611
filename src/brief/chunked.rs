//! Places among chunks, and the words of grammar that stand there.

use super::phrases::{Chunk, ChunkKind, Phrase, Verb};
use crate::base::one_of;

/// Chunks by their place. Outside of them there is nothing: no place that input leads to can be wrong.
pub trait Chunked {
    /// What stands at `at`.
    fn kind_at(&self, at: usize) -> &ChunkKind;
    /// The first word of it; the word behind all of them where none is.
    fn start_at(&self, at: usize) -> usize;
    /// The first word behind it; the word behind all of them where none is.
    fn end_at(&self, at: usize) -> usize;
    /// The noun phrase at `at`, if it is one.
    fn phrase_at(&self, at: usize) -> Option<&Phrase>;
    /// The verb group at `at`, if it is one.
    fn verb_at(&self, at: usize) -> Option<&Verb>;
}

// Not inlined: rules ask them a thousand times, and a call is shorter than the look for an end.
impl<T: std::borrow::Borrow<Chunk>> Chunked for [T] {
    #[inline(never)]
    fn kind_at(&self, at: usize) -> &ChunkKind {
        static NOTHING: ChunkKind = ChunkKind::Other;
        self.get(at).map_or(&NOTHING, |it| &it.borrow().kind)
    }

    #[inline(never)]
    fn start_at(&self, at: usize) -> usize {
        self.get(at).map_or_else(|| self.last().map_or(0, |it| it.borrow().to), |it| it.borrow().from)
    }

    #[inline(never)]
    fn end_at(&self, at: usize) -> usize {
        self.get(at).map_or_else(|| self.last().map_or(0, |it| it.borrow().to), |it| it.borrow().to)
    }

    #[inline(never)]
    fn phrase_at(&self, at: usize) -> Option<&Phrase> {
        self.get(at)?.borrow().phrase()
    }

    #[inline(never)]
    fn verb_at(&self, at: usize) -> Option<&Verb> {
        self.get(at)?.borrow().verb()
    }
}

impl ChunkKind {
    /// Whether it is one of some prepositions, which blanks part.
    #[inline(never)]
    pub fn is_prep(&self, words: &str) -> bool {
        matches!(self, Self::Prep(word) if one_of(word, words))
    }

    /// Whether it is one of some pronouns, which blanks part.
    #[inline(never)]
    pub fn is_pron(&self, words: &str) -> bool {
        matches!(self, Self::Pron(word) if one_of(word, words))
    }
}

//! Where noun phrases stand in a statement, and what verbs leave behind.

use super::fact::{Fact, Signal};
use super::facts::Reader;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Det, Phrase};
use crate::base::Clip;

impl Reader<'_> {
    /// Notices every noun phrase of a statement, with the weight of its place.
    pub(super) fn places(&mut self, chunks: &[Chunk], from: usize) {
        let mut after_verb = false;
        for (at, chunk) in chunks.iter().enumerate() {
            if chunk.from < from {
                continue;
            }
            let governed = at > 0 && matches!(&chunks[at - 1].kind, ChunkKind::Prep(_));
            match &chunk.kind {
                ChunkKind::Noun(phrase)
                    if phrase.key == "order"
                        && governed
                        && matches!(&chunks[at - 1].kind, ChunkKind::Prep(it) if it == "in") => {}
                ChunkKind::Noun(phrase) => {
                    let named = self.part_of_before(chunks, at, phrase);
                    let phrase = named.as_ref().unwrap_or(phrase);
                    self.see(phrase, Signal::Mentioned);
                    let counted = phrase.det == Det::Many && phrase.many;
                    if phrase.possessor {
                        self.see(phrase, Signal::Possessor);
                    }
                    let per = at > 0 && matches!(&chunks[at - 1].kind, ChunkKind::Prep(it) if it == "per");
                    if per
                        || phrase.det == Det::Each
                        || phrase.det == Det::One && sentence_says_one(chunks, at)
                    {
                        self.see(phrase, Signal::OneOrPer);
                    } else if counted {
                        self.see(phrase, Signal::Quantified);
                    }
                    if governed && phrase.det != Det::Bare && !per {
                        self.see(phrase, Signal::Governed);
                    }
                    if after_verb && !governed {
                        self.see(phrase, Signal::Object);
                    }
                    after_verb &= !governed;
                }
                ChunkKind::Verb(verb) => {
                    after_verb = !verb.bare;
                    self.doing(chunks, at, verb);
                }
                ChunkKind::Sub(_) | ChunkKind::Other => after_verb = false,
                ChunkKind::Prep(_) | ChunkKind::And | ChunkKind::Pron(_) => {}
            }
        }
    }

    /// "orders and their lines": the lines are order lines.
    fn part_of_before(&mut self, chunks: &[Chunk], at: usize, phrase: &Phrase) -> Option<Phrase> {
        let parts = super::facts::PARTS.contains(&phrase.key.as_str()) || phrase.key == "item";
        let joined = at >= 2 && matches!(chunks[at - 1].kind, ChunkKind::And);
        let whole = chunks.get(at.checked_sub(2)?)?.phrase().filter(|_| joined && parts && phrase.owned)?;
        if whole.key.contains(&phrase.key) || super::fact::is_plain(&whole.key) {
            return None;
        }
        let key = format!("{}_{}", whole.key, phrase.key);
        if self.parts.insert(phrase.key.clone()) {
            self.out.all.push(Fact::Alias { said: phrase.key.clone(), means: key.clone() });
        }
        let inner = Phrase { full: key.clone(), key, ..phrase.clone() };
        self.out.all.push(Fact::Nested { inner: inner.clone(), outer: whole.clone() });
        Some(inner)
    }

    /// What a verb leaves behind: "comment on a berth" leaves a comment, "attach a file" an attachment.
    fn doing(&mut self, chunks: &[Chunk], at: usize, verb: &super::phrases::Verb) {
        const FILES: &[&str] = &["file", "document", "image", "photo", "picture", "screenshot"];
        let passive = verb.passive.then(|| chunks.clip(..at).iter().rev().find_map(Chunk::phrase)).flatten();
        let object = passive.or_else(|| chunks.get(at + 1).and_then(Chunk::phrase));
        let made = lexicon().doing.get(verb.lemma.as_str()).copied().filter(|_| !verb.bare && !verb.denied);
        let file = object.filter(|it| FILES.contains(&it.key.as_str()));
        let behind = if passive.is_some() { at + 1 } else { at + 2 };
        let to_something =
            chunks.get(behind).is_some_and(|it| matches!(&it.kind, ChunkKind::Prep(word) if word == "to"));
        let attaches =
            verb.lemma == "attach" || matches!(verb.lemma.as_str(), "upload" | "add") && to_something;
        if let (Some(file), true) = (file, attaches) {
            let phrase =
                Phrase { key: "attachment".to_owned(), full: "attachment".to_owned(), ..file.clone() };
            self.see(&phrase, Signal::Object);
            self.see(&phrase, Signal::StoryObject);
            self.see(&phrase, Signal::Quantified);
            self.out.all.push(Fact::Alias { said: file.key.clone(), means: phrase.key });
        } else if let Some(noun) = made {
            let span = object.map_or_else(
                || chunks.iter().filter_map(Chunk::phrase).map(|it| it.span).next().unwrap_or_default(),
                |it| it.span,
            );
            let phrase = Phrase::bare(noun, span);
            self.see(&phrase, Signal::Object);
            self.see(&phrase, Signal::StoryObject);
        }
    }
}

fn sentence_says_one(chunks: &[Chunk], at: usize) -> bool {
    chunks[at].phrase().is_some_and(|it| it.number == Some(1))
}

//! What a story tells: who speaks, what they do with which things, and why.

use super::agreement::counted;
use super::clauses;
use super::fact::{Fact, Signal};
use super::facts::Reader;
use super::labels;
use super::lexicon::{last_word, lexicon};
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, chunks_in};
use super::sentences::Sentence;
use super::stories::Story;
use crate::base::Clip;

impl Reader<'_> {
    /// A story: who wants what; the wish is then read like any other statement.
    pub(super) fn story(&mut self, sentence: &Sentence, chunks: &[Chunk], story: &Story) {
        self.out.stories += 1;
        let mut actor = story.actor.and_then(|it| chunks.get(it)).and_then(Chunk::phrase).cloned();
        // A "dock master" is no dock.
        if let Some(actor) = &mut actor
            && last_word(&actor.full) != last_word(&actor.key)
        {
            actor.key.clone_from(&actor.full);
        }
        if let Some(actor) = &actor {
            self.see(actor, Signal::StoryActor);
        }
        self.actor.clone_from(&actor);
        if let (Some(actor), Some(at)) = (&actor, self.out.topics.len().checked_sub(1)) {
            self.out.actors.insert(at, actor.clone());
        }
        for phrase in chunks.iter().filter(|it| it.to <= story.from).filter_map(Chunk::phrase).skip(1) {
            self.see(phrase, Signal::Mentioned);
            self.see(phrase, Signal::Governed);
        }
        let goal = sentence.span_of(story.from, story.to);
        self.out.all.push(Fact::Story { actor, goal, span: sentence.span });
        let mut signal = Signal::StoryObject;
        for (at, chunk) in chunks.iter().enumerate() {
            if chunk.from < story.from {
                continue;
            }
            if let ChunkKind::Prep(_) | ChunkKind::Sub(_) = chunk.kind {
                signal = Signal::StoryMention;
            }
            if let ChunkKind::Verb(_) = chunk.kind {
                let sub_before =
                    chunks.clip(..at).iter().rev().take(2).any(|it| matches!(it.kind, ChunkKind::Sub(_)));
                signal = if sub_before || chunk.from >= story.to {
                    Signal::StoryMention
                } else {
                    Signal::StoryObject
                };
            }
            if let ChunkKind::Noun(phrase) = &chunk.kind {
                let reason = chunk.from >= story.to;
                self.see(phrase, if reason { Signal::StoryReason } else { signal });
                if signal == Signal::StoryObject && !reason {
                    self.see_what_for(chunks.clip(..at), phrase);
                }
                self.see_modifier(phrase);
                self.other_name(chunks, at, phrase, sentence);
            }
        }
        let wish = chunks_in(sentence, story.from, sentence.words.len());
        self.speaking = self.context(sentence.block).is_some();
        if !labels::read(self, sentence, &wish, story.from) {
            clauses::read(self, sentence, &wish, story.from);
        }
        self.speaking = false;
    }

    /// Whether a wish does something with its object or only looks at it: the last verb before it tells.
    fn see_what_for(&mut self, before: &[Chunk], phrase: &Phrase) {
        let Some(verb) = before.iter().rev().find_map(Chunk::verb) else { return };
        if lexicon().making.contains(verb.lemma.as_str()) {
            self.see(phrase, Signal::StoryMade);
        } else if lexicon().looking.contains(verb.lemma.as_str()) {
            self.see(phrase, Signal::StorySeen);
        }
    }

    /// "berths/moorings": one thing by two names.
    fn other_name(&mut self, chunks: &[Chunk], at: usize, phrase: &Phrase, sentence: &Sentence) {
        let slash = at.checked_sub(1).filter(|it| sentence.says(chunks.start_at(*it), "/"));
        let first = slash.and_then(|it| it.checked_sub(1)).and_then(|it| chunks.phrase_at(it));
        if let Some(first) = first.filter(|it| it.many == phrase.many && it.key != phrase.key) {
            self.out.all.push(Fact::Alias {
                said: phrase.key.clone(),
                means: first.key.clone(),
                is_told: false,
            });
        }
    }

    fn see_modifier(&mut self, phrase: &Phrase) {
        let modifier = phrase.key.rsplit_once('_').map(|it| it.0);
        // Staff are no other thing than a staff member.
        if let Some(modifier) = modifier.filter(|it| counted(it) != phrase.key) {
            let inner = Phrase {
                key: modifier.to_owned(),
                full: modifier.to_owned(),
                det: Det::Bare,
                many: false,
                ..phrase.clone()
            };
            self.see(&inner, Signal::Modifier);
        }
    }
}

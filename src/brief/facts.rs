//! What the sentences say, each statement on its own and with its place. Nothing is decided here.

use super::blocks::{Block, BlockKind, Role};
use super::clauses;
use super::fact::{Fact, Facts, Form, Signal, is_plain, phrase_of};
use super::items::{Item, items_of_tokens, values};
use super::labels;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Det, Phrase, chunks};
use super::sentences::Sentence;
use super::stories;
use crate::base::Span;

/// Reads all sentences. Linear.
pub fn facts(text: &str, blocks: &[Block], sentences: &[Sentence]) -> Facts {
    let mut has_children = vec![false; blocks.len()];
    for block in blocks {
        if let Some(parent) = block.parent {
            has_children[parent] = true;
        }
    }
    let mut reader = Reader {
        text,
        blocks,
        has_children,
        subjects: vec![None; blocks.len()],
        topic: None,
        actor: None,
        previous: usize::MAX,
        out: Facts::default(),
    };
    for sentence in sentences {
        reader.sentence(sentence);
    }
    reader.tables();
    reader.out
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
    pub(super) has_children: Vec<bool>,
    /// For each block, what its children belong to.
    pub(super) subjects: Vec<Option<Phrase>>,
    /// What "it" means.
    pub(super) topic: Option<Phrase>,
    /// Who says "I".
    pub(super) actor: Option<Phrase>,
    previous: usize,
    pub(super) out: Facts,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: &Sentence) {
        let block = &self.blocks[sentence.block];
        let fresh = self.previous != sentence.block;
        if fresh {
            let context = self.context(sentence.block);
            let goes_on = block.kind == BlockKind::Para && block.parent.is_none() && context.is_none();
            if !goes_on || self.blocks.get(self.previous).is_some_and(|it| it.kind == BlockKind::Heading) {
                self.topic = context;
            }
        }
        self.previous = sentence.block;
        self.out.topics.push(self.topic.clone());
        let chunks = chunks(sentence);
        match block.role {
            Role::Out => return self.see_all(&chunks, Signal::Out),
            Role::Meta if block.kind != BlockKind::Heading => return,
            Role::Scale => return self.counted(&chunks),
            Role::Glossary => {
                self.glossary(sentence, &chunks);
                return;
            }
            Role::Domain | Role::Meta | Role::Access => {}
        }
        if block.kind == BlockKind::Heading {
            return self.heading(sentence, &chunks);
        }
        if let Some(story) = stories::story(sentence, &chunks) {
            return self.story(sentence, &chunks, &story);
        }
        if is_scenario(sentence) {
            return;
        }
        let before = self.topic.clone();
        if !super::history::read(self, sentence, &chunks, before.as_ref())
            && !super::statements::rules(self, sentence, &chunks, before.as_ref())
            && !labels::read(self, sentence, &chunks, 0)
        {
            clauses::read(self, sentence, &chunks, 0);
        }
    }

    /// What a block without a subject of its own is about: its parent's subject, or its heading's.
    pub(super) fn context(&self, block: usize) -> Option<Phrase> {
        let block = &self.blocks[block];
        match block.parent {
            Some(parent) => self.subjects[parent].clone(),
            None => block.heading.and_then(|it| self.subjects[it].clone()),
        }
    }

    pub(super) fn see(&mut self, phrase: &Phrase, signal: Signal) {
        self.out.all.push(Fact::Seen { phrase: phrase.clone(), signal });
    }

    fn see_all(&mut self, chunks: &[Chunk], signal: Signal) {
        for phrase in chunks.iter().filter_map(Chunk::phrase) {
            self.see(phrase, signal);
        }
    }

    /// Things with a number before them are things that are counted, so they are things.
    fn counted(&mut self, chunks: &[Chunk]) {
        for phrase in chunks.iter().filter_map(Chunk::phrase) {
            let signal =
                if phrase.number.is_some() && phrase.many { Signal::Counted } else { Signal::Mentioned };
            if signal == Signal::Counted || phrase.many {
                self.see(phrase, signal);
            }
        }
    }

    fn glossary(&mut self, sentence: &Sentence, chunks: &[Chunk]) {
        let dash = (0..sentence.words.len()).find(|at| matches!(sentence.word(*at), "-" | ":" | "="));
        let Some(dash) = dash else { return };
        let term = chunks.iter().take_while(|it| it.to <= dash).find_map(Chunk::phrase).cloned();
        if let Some(term) = term {
            self.see(&term, Signal::Glossary);
        }
    }

    fn heading(&mut self, sentence: &Sentence, chunks: &[Chunk]) {
        let phrases: Vec<&Phrase> = chunks.iter().filter_map(Chunk::phrase).collect();
        let has_verb = chunks.iter().any(|it| it.verb().is_some_and(|it| !it.bare));
        if has_verb || phrases.len() > 3 || sentence.words.len() > 8 {
            return;
        }
        let is_title = sentence.block == 0;
        for phrase in &phrases {
            if phrase.key.split('_').count() <= 3 && !is_title {
                self.see(phrase, Signal::Heading);
            }
        }
        if let ([only], false) = (phrases.as_slice(), is_title)
            && !is_plain(&only.key)
        {
            self.subjects[sentence.block] = Some((*only).clone());
        }
    }

    /// A story: who wants what; the wish is then read like any other statement.
    fn story(&mut self, sentence: &Sentence, chunks: &[Chunk], story: &stories::Story) {
        self.out.stories += 1;
        let actor = story.actor.and_then(|it| chunks.get(it)).and_then(Chunk::phrase).cloned();
        if let Some(actor) = &actor {
            self.see(actor, Signal::StoryActor);
        }
        self.actor.clone_from(&actor);
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
                    chunks[..at].iter().rev().take(2).any(|it| matches!(it.kind, ChunkKind::Sub(_)));
                signal = if sub_before || chunk.from >= story.to {
                    Signal::StoryMention
                } else {
                    Signal::StoryObject
                };
            }
            if let ChunkKind::Noun(phrase) = &chunk.kind {
                let reason = chunk.from >= story.to;
                self.see(phrase, if reason { Signal::StoryReason } else { signal });
                self.see_modifier(phrase);
            }
        }
        let wish = super::phrases::chunks_in(sentence, story.from, sentence.words.len());
        if !labels::read(self, sentence, &wish, story.from) {
            clauses::read(self, sentence, &wish, story.from);
        }
    }

    fn see_modifier(&mut self, phrase: &Phrase) {
        if let Some((modifier, _)) = phrase.key.rsplit_once('_') {
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

    /// Records that `owner` has each of `items`.
    pub(super) fn owns(&mut self, owner: &Phrase, items: Vec<Item>, form: Form) {
        if items.is_empty() {
            return;
        }
        let of = items.len();
        let telling = items
            .iter()
            .filter(|it| {
                it.name.ends_with("_id")
                    || lexicon().attribute(&it.name).is_some()
                    || !it.values.is_empty()
                    || it.boolean
                    || it.who.is_some()
            })
            .count();
        let signal = if of >= 2 && telling >= 1 || of >= 3 { Signal::ListOwner } else { Signal::SingleOwner };
        self.see(owner, signal);
        for item in items {
            let thing = phrase_of(&item);
            if item.values.len() >= 2 {
                self.see(&thing, Signal::ValueSet);
            }
            if item.who.is_none() {
                self.see(&thing, if item.many { Signal::ManyItem } else { Signal::Item });
            }
            if item.maintained {
                self.out.all.push(Fact::Lookup { of: thing.clone() });
                self.see(&thing, Signal::Maintained);
            }
            if !item.parts.is_empty() {
                self.owns(&thing, item.parts.clone(), Form::Paren);
            }
            self.out.all.push(Fact::Owns { owner: owner.clone(), item, form, of });
        }
    }

    /// Reads the parentheses that hang on noun phrases between `from` and `to`.
    pub(super) fn parens(&mut self, sentence: &Sentence, chunks: &[Chunk], from: usize, to: usize) {
        for chunk in chunks {
            let Some(phrase) = chunk.phrase() else { continue };
            if chunk.from < from || chunk.to > to {
                continue;
            }
            for paren in sentence.parens_in(chunk.from, chunk.to).filter(|it| it.after == chunk.to) {
                self.paren(phrase, &paren.tokens, paren.span);
            }
        }
    }

    /// Reads the parentheses behind one phrase as those of another.
    pub(super) fn parens_of(&mut self, sentence: &Sentence, owner: &Phrase, chunk: &Chunk) {
        for paren in sentence.parens_in(chunk.from, chunk.to).filter(|it| it.after == chunk.to) {
            self.paren(owner, &paren.tokens, paren.span);
        }
    }

    fn paren(&mut self, phrase: &Phrase, tokens: &[super::tokens::Token], span: Span) {
        let first = tokens.first().map_or("", |it| it.word.as_str());
        let words: Vec<&str> = tokens.iter().map(|it| it.word.as_str()).collect();
        let maintained = words.iter().any(|it| lexicon().list_signs.contains(it)) && words.len() <= 12;
        if maintained {
            self.out.all.push(Fact::Lookup { of: phrase.clone() });
            self.see(phrase, Signal::Maintained);
        }
        if words.iter().any(|it| matches!(*it, "is" | "are" | "was" | "has" | "have" | "can" | "must"))
            && !words.contains(&",")
        {
            return;
        }
        let found = items_of_tokens(tokens);
        let known = found
            .iter()
            .filter(|it| {
                lexicon().attribute(&it.name).is_some()
                    || it.boolean
                    || it.unique
                    || it.who.is_some()
                    || !it.values.is_empty()
            })
            .count();
        let is_attribute = lexicon().attribute(&phrase.key).is_some();
        if known > 0
            && known * 3 >= found.len()
            && !is_attribute
            && !matches!(first, "e.g." | "i.e." | "like" | "such")
        {
            // An old thing behind a preposition gives its list to the new subject or object.
            self.owns(phrase, found, Form::Paren);
            return;
        }
        let all = values(tokens);
        let few_words = all.iter().all(|it| it.split(' ').count() <= 3);
        if all.len() >= 2 && few_words && !matches!(first, "if" | "when" | "not" | "see") {
            let (of, name) = if is_attribute {
                (self.topic.clone(), Some(phrase.key.clone()))
            } else {
                (Some(phrase.clone()), None)
            };
            if let Some(of) = of {
                self.out.all.push(Fact::Values { of, name, values: all, span });
            }
        }
    }

    /// Tables of fields: each row is an attribute of the heading's thing.
    fn tables(&mut self) {
        for at in 0..self.blocks.len() {
            let block = &self.blocks[at];
            if block.kind != BlockKind::Row
                || block.role != Role::Domain
                || !super::sentences::is_field_table(self.text, block)
            {
                continue;
            }
            let Some(owner) = self.context(at) else { continue };
            let Some(name) = block.cells.first() else { continue };
            let tokens = super::tokens::tokens(self.text, *name, &super::markup::Markup::default());
            let mut found = items_of_tokens(&tokens);
            found.truncate(1);
            let rest = block.cells.get(1..).unwrap_or(&[]);
            for item in &mut found {
                for cell in rest {
                    let said = cell.of(self.text).to_lowercase();
                    item.unique |= said.contains("unique");
                    item.nullable |= said.contains("optional") || said.contains("nullable");
                    item.boolean |= said.starts_with("bool") || said == "y/n";
                    if said.starts_with("enum")
                        || said.matches([',', '/', '|']).count() >= 2 && said.len() < 90
                    {
                        let inner =
                            super::tokens::tokens(self.text, *cell, &super::markup::Markup::default());
                        let all: Vec<_> = inner
                            .into_iter()
                            .filter(|it| !it.says("enum") && !it.is("(") && !it.is(")"))
                            .collect();
                        let all = values(&all);
                        if all.len() >= 2 && item.values.is_empty() {
                            item.values = all;
                        }
                    }
                }
            }
            self.owns(&owner, found, Form::Table);
        }
    }

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

    /// What a verb leaves behind: "comment on a berth" leaves a comment, "attach a file" an attachment.
    fn doing(&mut self, chunks: &[Chunk], at: usize, verb: &super::phrases::Verb) {
        const FILES: &[&str] = &["file", "document", "image", "photo", "picture", "screenshot"];
        let object = chunks.get(at + 1).and_then(Chunk::phrase);
        let made = lexicon().doing.get(verb.lemma.as_str()).copied().filter(|_| !verb.bare && !verb.denied);
        let file = object.filter(|it| FILES.contains(&it.key.as_str()));
        let to_something =
            chunks.get(at + 2).is_some_and(|it| matches!(&it.kind, ChunkKind::Prep(word) if word == "to"));
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
            let phrase = Phrase {
                key: noun.to_owned(),
                full: noun.to_owned(),
                det: Det::Bare,
                many: false,
                number: None,
                possessor: false,
                owned: false,
                capital: false,
                span,
            };
            self.see(&phrase, Signal::Object);
            self.see(&phrase, Signal::StoryObject);
        }
    }
}

fn sentence_says_one(chunks: &[Chunk], at: usize) -> bool {
    chunks[at].phrase().is_some_and(|it| it.number == Some(1))
}

/// Lines of acceptance criteria: "Given …", "When …", "Then …".
fn is_scenario(sentence: &Sentence) -> bool {
    let first = sentence.word(0);
    matches!(first, "given" | "then")
        || first == "when" && sentence.words.len() < 14 && !sentence.words.iter().any(|it| it.token.is(","))
        || first == "acceptance"
}

//! What the sentences say, each statement on its own and with its place. Nothing is decided here.

use std::borrow::Cow;

use super::blocks::{Block, BlockKind, Role};
use super::clauses;
use super::declared::Declared;
use super::fact::{Fact, Facts, Form, Signal, is_plain};
use super::labels;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Phrase, chunks, chunks_in};
use super::sentences::Sentence;
use super::stories;
use crate::base::{SortedSet, lower, one_of};

/// Reads all sentences. Linear.
pub fn facts(text: &str, blocks: &[Block], sentences: &[Sentence], declared: &Declared) -> Facts {
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
        pair: None,
        event: None,
        event_before: None,
        fresh: true,
        speaking: false,
        silent: SortedSet::new(),
        parts: SortedSet::new(),
        several: None,
        verbs: SortedSet::new(),
        spoken: SortedSet::new(),
        asked: SortedSet::new(),
        titles: SortedSet::new(),
        owners: SortedSet::new(),
        person: None,
        previous: usize::MAX,
        sets: Vec::new(),
        out: Facts::default(),
    };
    for sentence in sentences {
        reader.sentence(sentence);
        reader.out.all.append(&mut reader.sets);
    }
    reader.tables();
    for at in 0..blocks.len() {
        super::samples::read(&mut reader, at);
    }
    for table in declared.tables.iter().filter(|it| it.is_code) {
        let owner = super::samples::named(&table.name, table.span);
        reader.see(&owner, Signal::ListOwner);
        reader.see(&owner, Signal::Heading);
        reader.owns(&owner, table.items(), Form::Table);
    }
    reader.out
}

/// Parts without a name of their own.
pub(super) const PARTS: &[&str] = &["line", "version", "revision", "line_item"];

/// Whether a part in a list goes by its whole: of several positions only, as one alone is a place.
pub(super) fn is_part(key: &str, many: bool) -> bool {
    PARTS.contains(&key) || many && key == "position"
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
    /// The two things that were last said to have each other.
    pub(super) pair: Option<(Phrase, Phrase)>,
    /// What was last said to be done in this sentence, and in the sentence before it of the same block.
    pub(super) event: Option<Phrase>,
    /// See `event`.
    pub(super) event_before: Option<Phrase>,
    /// Whether the sentence is the first of its block.
    pub(super) fresh: bool,
    /// Whether the sentence is a wish, so that a missing subject is who speaks.
    pub(super) speaking: bool,
    /// Parts that go by the name of their first whole.
    pub(super) parts: SortedSet<String>,
    /// Blocks that were read as values of the one above.
    pub(super) silent: SortedSet<usize>,
    /// The last things that were spoken of as several: what "each" means.
    pub(super) several: Option<Phrase>,
    /// What was done in the sentences under the last heading.
    pub(super) verbs: SortedSet<String>,
    /// What was spoken of in earlier sentences.
    pub(super) spoken: SortedSet<String>,
    /// Headings that ask what something is.
    pub(super) asked: SortedSet<usize>,
    /// What headings name.
    pub(super) titles: SortedSet<String>,
    /// Things that have told a list of their own.
    pub(super) owners: SortedSet<String>,
    /// Who was last spoken of.
    pub(super) person: Option<Phrase>,
    previous: usize,
    /// Value sets that the sentence tells: properties that it lists come first.
    pub(super) sets: Vec<Fact>,
    pub(super) out: Facts,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: &Sentence) {
        let block = &self.blocks[sentence.block];
        let fresh = self.previous != sentence.block;
        self.fresh = fresh;
        self.event_before = self.event.take().filter(|_| !fresh);
        let goes_on = sentence.says(0, "it they its their") && self.topic.is_some();
        let sibling = self
            .blocks
            .get(self.previous)
            .is_some_and(|it| it.parent == block.parent && it.heading == block.heading);
        if fresh && !(goes_on && sibling) {
            let context = self.context(sentence.block);
            let goes_on = block.kind == BlockKind::Para && block.parent.is_none() && context.is_none();
            if !goes_on || self.blocks.get(self.previous).is_some_and(|it| it.kind == BlockKind::Heading) {
                self.topic = context;
            }
        }
        self.previous = sentence.block;
        self.out.topics.push(self.topic.clone());
        let mut chunks = Cow::Borrowed(chunks(sentence));
        match block.role {
            Role::Out => return self.see_all(&chunks, Signal::Out),
            Role::Aside => return,
            Role::Meta if block.kind != BlockKind::Heading => return,
            Role::Scale => return self.counted(&chunks),
            Role::Glossary => {
                self.glossary(sentence, &chunks);
                return;
            }
            Role::Domain | Role::Meta | Role::Access => {}
        }
        if self.silent.contains(&sentence.block) {
            return;
        }
        if block.kind != BlockKind::Heading {
            let told = super::announced::names(sentence);
            let alias = |(said, means)| Fact::Alias { said, means, is_told: true };
            self.out.all.extend(told.names.into_iter().map(alias));
            let role = |(said, means)| Fact::Alias { said, means, is_told: false };
            self.out.all.extend(told.roles.into_iter().map(role));
            if told.is_all {
                return;
            }
            if let Some((from, to)) = told.aside {
                chunks.to_mut().retain(|it| it.to <= from || it.from >= to);
            }
        }
        let (chunks, left_out) = match super::scope::left_out(sentence, &chunks) {
            Some((left_out, from)) if block.kind != BlockKind::Heading => {
                for it in &left_out {
                    self.see(it, Signal::Out);
                }
                // What comes before is told as ever.
                let end = chunks.get(from).map_or(sentence.words.len(), |it| it.from);
                (Cow::Owned(chunks_in(sentence, 0, end)), true)
            }
            _ => (chunks, false),
        };
        if left_out && !chunks.iter().any(|it| it.verb().is_some()) {
            return;
        }
        let mut chunks = match super::scope::run_by_machine(&chunks) {
            Some((kept, behind)) if block.kind != BlockKind::Heading => {
                for it in &kept {
                    self.see(it, Signal::Out);
                }
                let Some(rest) = chunks.get(behind..).filter(|it| it.iter().any(|it| it.verb().is_some()))
                else {
                    return;
                };
                Cow::Owned(rest.to_vec())
            }
            _ => chunks,
        };
        if block.kind == BlockKind::Heading {
            self.verbs.clear();
            return self.heading(sentence, &chunks);
        }
        self.value_sets(sentence, &mut chunks);
        if let Some(story) = stories::story(sentence, &chunks) {
            return self.story(sentence, &chunks, &story);
        }
        if sentence.block < 6 && self.is_head_line(sentence) || self.is_mail_line(sentence.block) {
            return;
        }
        // Where nothing is told in stories, scenarios are no criteria of theirs: they tell the matter itself.
        let tells = self.out.stories == 0 && sentence.says(0, "given when then");
        if stories::is_scenario(sentence) && !tells || is_letter_formula(sentence) || is_annex(sentence) {
            return;
        }
        let from = usize::from(tells && !sentence.says(0, "when"));
        let chunks =
            if from > 0 { Cow::Owned(chunks_in(sentence, from, sentence.words.len())) } else { chunks };
        if tells_sizes(sentence) {
            return self.counted(&chunks);
        }
        let before = self.topic.clone();
        if let Some(behind) = super::opening::read(self, sentence, &chunks) {
            clauses::read(self, sentence, &chunks, behind);
        } else if let Some(list) = super::of_pairs::listed(self, sentence, &chunks) {
            clauses::read_to(self, sentence, &chunks, from, list);
        } else if !super::history::read(self, sentence, &chunks, before.as_ref())
            && !super::statements::rules(self, sentence, &chunks, before.as_ref())
            && !labels::read(self, sentence, &chunks, from)
        {
            clauses::read(self, sentence, &chunks, from);
        }
        // "Monthly for members, at once for guests": without a verb what a preposition governs is not what is spoken of.
        let told = chunks.iter().any(|it| it.verb().is_some());
        let governed =
            |at: usize| at > 0 && matches!(chunks.get(at - 1).map(|it| &it.kind), Some(ChunkKind::Prep(_)));
        let several = chunks
            .iter()
            .enumerate()
            .filter(|(at, _)| told || !governed(*at))
            .filter_map(|(_, it)| it.phrase())
            .rfind(|it| it.many && !it.possessor && !is_plain(&it.key) && !lexicon().is_property(&it.key));
        // "to customers: bars, canteens. Each has …": behind the colon stands what there is of them.
        let colon = (1..sentence.words.len()).find(|at| sentence.says(*at, ":"));
        let kinds = colon.filter(|at| {
            let behind = || chunks.iter().filter(|it| it.from > *at);
            !behind().any(|it| it.verb().is_some()) && behind().filter_map(Chunk::phrase).all(|it| it.many)
        });
        let several = kinds
            .and_then(|at| chunks.iter().rfind(|it| it.to == at)?.phrase().filter(|it| it.many))
            .or(several);
        self.several = several.cloned().or(self.several.take());
        // "Customers book a session for a number of players": of the customers.
        let people = || {
            let all = chunks.iter().enumerate().filter_map(|(at, it)| Some((at, it.phrase()?)));
            all.filter(|it| lexicon().parties.contains(it.1.key.as_str()))
        };
        let free = people().rfind(|it| !governed(it.0));
        let person = free.or_else(|| people().next_back()).map(|it| it.1);
        self.person = person.cloned().or(self.person.take());
        self.verbs.extend(chunks.iter().filter_map(Chunk::verb).map(|it| it.lemma.clone()));
        self.spoken.extend(chunks.iter().filter_map(Chunk::phrase).map(|it| it.key.clone()));
    }

    /// "Present: Ann, Bob", "Subject: the boats": who wrote what to whom is no matter of the text.
    fn is_head_line(&self, sentence: &Sentence) -> bool {
        const HEADS: &str = "present attendees attending apologies excused participants author authors from to cc subject re \
            prepared version distribution classification location minutes";
        let colon = (1..4).find(|at| sentence.says(*at, ":"));
        let block = &self.blocks[sentence.block];
        let plain = block.kind == BlockKind::Para || block.kind == BlockKind::Heading;
        let short = block.span.of(self.text).split_whitespace().count() <= 16
            || sentence.says(0, "present attendees attending excused participants");
        plain
            && short
            && block.parent.is_none()
            && block.heading.is_none_or(|it| it == 0)
            && one_of(sentence.word(0), HEADS)
            && colon.is_some()
    }

    /// "From: …" above "To: …" or "Subject: …": the head of a letter, wherever it stands.
    fn is_mail_line(&self, block: usize) -> bool {
        let head = |at: usize| {
            let said = self
                .blocks
                .get(at)
                .map_or("", |it| it.span.of(self.text).trim_start_matches(['>', ' ', '*']));
            ["From:", "To:", "Cc:", "CC:", "Bcc:", "Subject:", "Sent:", "Date:", "Re:"]
                .iter()
                .any(|it| said.starts_with(it))
        };
        head(block) && (head(block + 1) || block.checked_sub(1).is_some_and(head))
    }

    /// "Lines: text, amount" under an invoice are invoice lines: a part without a name of its own is named after its whole.
    pub(super) fn of_whole(&self, part: Phrase, block: usize) -> Phrase {
        if !is_part(&part.key, part.many) {
            return part;
        }
        let whole = self.nearest(block).filter(|it| !is_plain(&it.key) && it.key != part.key);
        match whole {
            Some(whole) if whole.key.ends_with(&part.key) => {
                Phrase { key: whole.key.clone(), full: whole.key, ..part }
            }
            Some(whole) if !lexicon().is_person(&whole.key) && !whole.key.contains(&part.key) => {
                let key = format!("{}_{}", whole.key, part.key);
                Phrase { full: key.clone(), key, ..part }
            }
            _ => part,
        }
    }

    /// What a line without a subject is about: first what its own block spoke of, then what it hangs under.
    pub(super) fn nearest(&self, block: usize) -> Option<Phrase> {
        let topic = self.topic.clone().filter(|_| !self.fresh);
        topic.or_else(|| self.context(block)).or_else(|| self.topic.clone())
    }

    /// The short lines under an attribute, as its values; they say nothing more then.
    pub(super) fn values_below(&mut self, block: usize) -> Option<Vec<String>> {
        let below: Vec<usize> = (block + 1..self.blocks.len())
            .take(64)
            .take_while(|it| self.blocks[*it].parent.is_some())
            .filter(|it| self.blocks[*it].parent == Some(block))
            .collect();
        let said: Vec<String> = below.iter().map(|it| lower(self.blocks[*it].span.of(self.text))).collect();
        let plain = said.iter().all(|it| {
            it.split_whitespace().count() <= 3
                && !it.contains([',', ':', '(', '=', '*'])
                && lexicon().attribute(&it.replace(' ', "_")).is_none()
        });
        if said.len() < 2 || !plain {
            return None;
        }
        self.silent.extend(below);
        Some(said)
    }

    /// What a heading's question is about, for the first sentence under it.
    pub(super) fn asked_about(&self, block: usize) -> Option<Phrase> {
        let heading = self.blocks[block].heading.filter(|it| self.fresh && self.asked.contains(it))?;
        self.subjects[heading].clone().filter(|_| self.blocks[block].kind == BlockKind::Para)
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
        let dash = (0..sentence.words.len()).find(|at| sentence.says(*at, "- : ="));
        // Behind the definition come statements like any other.
        if !self.fresh && self.topic.is_some() {
            if !labels::read(self, sentence, chunks, 0) {
                clauses::read(self, sentence, chunks, 0);
            }
            return;
        }
        let Some(dash) = dash else { return };
        let term = chunks.iter().take_while(|it| it.to <= dash).find_map(Chunk::phrase).cloned();
        if let Some(term) = term {
            self.see(&term, Signal::Glossary);
            let words = sentence.words.len();
            if (dash + 3..dash + 26).contains(&words) && sentence.tag(dash + 1) == super::tags::Tag::Det {
                let says = sentence.span_of(dash + 1, words);
                self.out.all.push(Fact::Defined { of: term.clone(), says });
            }
            self.topic = Some(term.clone());
            if let Some(topic) = self.out.topics.last_mut() {
                *topic = Some(term);
            }
            // "a buoy - a mark; it has a colour": behind the definition come statements like any other.
            let more = (dash + 1..sentence.words.len()).find(|at| sentence.says(*at, ";"));
            if let Some(more) = more {
                let rest = super::phrases::chunks_in(sentence, more + 1, sentence.words.len());
                clauses::read(self, sentence, &rest, more + 1);
            }
        }
    }

    fn heading(&mut self, sentence: &Sentence, chunks: &[Chunk]) {
        let phrases: Vec<&Phrase> = chunks.iter().filter_map(Chunk::phrase).collect();
        // "And a berth?", "What is a berth made of?": what is told under it is told of the berth.
        let asks =
            self.blocks[sentence.block].span.of(self.text).trim_end_matches(['*', '_', ' ']).ends_with('?');
        if asks {
            let mut things =
                phrases.iter().filter(|it| !is_plain(&it.key) && !lexicon().is_property(&it.key));
            if let (Some(only), None) = (things.next(), things.next())
                && (only.det == super::phrases::Det::One || only.many)
            {
                let only = (*only).clone();
                self.see(&only, Signal::Heading);
                self.titles.insert(only.key.clone());
                self.asked.insert(sentence.block);
                self.subjects[sentence.block] = Some(only);
            }
            return;
        }
        // "Book a berth" is about the berth.
        let wish = chunks.first().is_some_and(|it| it.verb().is_some_and(|it| !it.passive));
        let verbs = chunks.iter().filter(|it| it.verb().is_some_and(|it| !it.bare)).count();
        if verbs > usize::from(wish) || phrases.len() > 3 || sentence.words.len() > 8 {
            return;
        }
        let is_title = sentence.block == 0;
        if let [only] = phrases.as_slice()
            && one_of(super::lexicon::last_word(&only.key), OF_THE_TEXT)
        {
            return;
        }
        for phrase in &phrases {
            if phrase.key.split('_').count() <= 3 && !is_title {
                self.titles.insert(phrase.key.clone());
                self.see(phrase, Signal::Heading);
            }
        }
        if let ([only], false) = (phrases.as_slice(), is_title)
            && !is_plain(&only.key)
        {
            self.subjects[sentence.block] = Some((*only).clone());
        }
    }
}

/// What headings call parts of the text itself. Source: tables of contents of specifications and tenders.
pub const OF_THE_TEXT: &str = "rule constraint requirement assumption definition annex appendix procedure question preamble \
                      condition principle restriction validation functionality";

/// "Size: 140 practices, 900 cases a month": a line about sizes outside a section about them.
fn tells_sizes(sentence: &Sentence) -> bool {
    let opens = ["size", "sizes", "sizing", "scale", "volume", "volumes", "numbers", "amounts", "figures"];
    let colon = (1..4).any(|at| sentence.says(at, ":"));
    let counts = sentence.words.iter().filter(|it| it.token.kind == super::tokens::Kind::Number).count();
    opens.contains(&sentence.word(0)) && colon && counts >= 2
}

/// "Annex A: list of piers": a line about the papers, not about their matter.
fn is_annex(sentence: &Sentence) -> bool {
    sentence.says(0, "annex appendix enclosure exhibit") && (1..4).any(|at| sentence.says(at, ": -"))
}

/// "With kind regards, Ann": how a letter opens or closes says nothing of its matter.
fn is_letter_formula(sentence: &Sentence) -> bool {
    const OPENING: &str = "hi hello dear greetings regards cheers sincerely yours thanks";
    let first = sentence.word(0);
    let closing = one_of(first, "kind best warm many with thank")
        && (1..4).any(|at| sentence.says(at, "regards wishes greetings thanks you"));
    (one_of(first, OPENING) || closing) && sentence.words.len() <= 6
}

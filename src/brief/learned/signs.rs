//! A text as the network sees it: every word and sign in order, whatever it stands in, with what can be told of each at once.

use super::weights::weights;
use crate::base::{Clip as _, Numbered, SortedMap, Span, one_of, singular, sort_by, without_end};
use crate::brief::agreement::counted;
use crate::brief::blocks::{Block, BlockKind, Role};
use crate::brief::lexicon::{last_word, lexicon};
use crate::brief::markup::Markup;
use crate::brief::phrases::{ChunkKind, chunks};
use crate::brief::sentences::Sentence;
use crate::brief::tagger::tagger;
use crate::brief::tags::{Tag, closed_class, open_class};
use crate::brief::tokens::{Kind, Token, tokens};

/// How many kinds of sign are told of a word by a number each.
pub const COLUMNS: usize = 12;

/// How many endings are told apart.
pub const ENDINGS: u32 = 509;

/// A word or sign of the text.
#[derive(Clone, Debug)]
pub struct Sign {
    /// Where it stands.
    pub span: Span,
    /// Its spelling.
    pub word: String,
    /// Which of the text's words it is, without its number.
    pub lemma: usize,
    /// Its part of speech.
    pub tag: Tag,
    /// Word, number or sign.
    pub kind: Kind,
    /// Its block.
    pub block: usize,
    /// Its cell in a row.
    pub cell: usize,
    /// How many parentheses are open.
    pub paren: usize,
    /// Its sentence; none in tables of fields, parentheses and code.
    pub sentence: Option<usize>,
    /// Where it stands in its sentence.
    pub at: usize,
    /// The chunk that it belongs to, and whether it opens it.
    pub chunk: (Chunking, bool),
    /// What its chunk means, by number: the key of a phrase, the base form of a verb.
    pub meaning: usize,
    /// What the word lists know of it, a bit each.
    pub lists: u32,
    /// Its number in each column; the network has a row for each.
    pub columns: [usize; COLUMNS],
    /// How many full stops, cells and blocks stand before it: its clause of the whole text.
    pub clause: usize,
}

/// The kinds of chunk, and none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chunking {
    /// A noun phrase.
    Noun,
    /// A verb group.
    Verb,
    /// A verb group in the passive.
    Passive,
    /// A preposition.
    Prep,
    /// and, or, comma
    And,
    /// if, which
    Sub,
    /// it
    Pron,
    /// Any other.
    Other,
    /// Outside of sentences.
    Outside,
}

/// A phrase, or a verb, that may mean a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its first word.
    pub from: usize,
    /// The first word behind it.
    pub to: usize,
    /// The word that it is about.
    pub head: usize,
    /// Which of the text's keys.
    pub key: usize,
}

/// The text's signs.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    /// In order of place.
    pub all: Vec<Sign>,
    /// The text's words, without their number.
    pub lemmas: Numbered,
    /// What chunks mean.
    pub meanings: Numbered,
    /// What may mean things, by the head's place.
    pub mentions: Vec<Mention>,
    /// What the mentions mean; of a verb its base form behind `~`.
    pub keys: Numbered,
    /// The first and the last word of each block that has any.
    pub blocks: SortedMap<usize, (usize, usize)>,
}

/// A word of a tagged sentence.
struct Tagged<'a> {
    start: u32,
    tag: Tag,
    sentence: usize,
    at: usize,
    chunk: (Chunking, bool),
    key: &'a str,
}

impl Signs {
    /// Reads all blocks. Linear, up to sorting.
    pub fn read(text: &str, markup: &Markup, blocks: &[Block], sentences: &[Sentence]) -> Self {
        let tagged = tagged(sentences);
        let mut out = Self::default();
        // For each word of `lemmas` what the lists know of it, by what it stands in.
        let mut lists: Vec<Vec<((usize, bool), u32)>> = Vec::new();
        let told = |it: &Block| it.kind != BlockKind::Code || is_sample(it.span.of(text));
        for (at, block) in blocks.iter().enumerate().filter(|it| told(it.1)) {
            let whole = [block.span];
            let cells = if block.kind == BlockKind::Row { block.cells.as_slice() } else { &whole };
            let mut open = 0_usize;
            for (cell, span) in cells.iter().enumerate() {
                for token in tokens(text, *span, markup) {
                    if [")", "]", "}"].iter().any(|it| token.is(it)) {
                        open = open.saturating_sub(1);
                    }
                    let opens = ["(", "[", "{"].iter().any(|it| token.is(it));
                    let lemma = out.lemmas.number(&singular(without_end(&token.word, "'s")));
                    let found = tagged
                        .binary_search_by_key(&token.span.start, |it| it.start)
                        .ok()
                        .and_then(|it| tagged.get(it));
                    let tag = found.map_or_else(|| tag_alone(&token), |it| it.tag);
                    let chunk = found.map_or((Chunking::Outside, false), |it| it.chunk);
                    let key = found.map_or("", |it| it.key);
                    let meaning = out.meanings.number(key);
                    let noun = chunk.0 == Chunking::Noun;
                    lists.resize_with(out.lemmas.words().len(), Vec::new);
                    let known = lists[lemma].iter().find(|it| it.0 == (meaning, noun)).map(|it| it.1);
                    let lists = known.unwrap_or_else(|| {
                        let new = of_lists(&token.word, out.lemmas.word(lemma), key, noun);
                        lists[lemma].push(((meaning, noun), new));
                        new
                    });
                    out.all.push(Sign {
                        span: token.span,
                        lemma,
                        tag,
                        kind: token.kind,
                        block: at,
                        cell,
                        paren: open,
                        sentence: found.map(|it| it.sentence),
                        at: found.map_or(0, |it| it.at),
                        chunk,
                        meaning,
                        lists,
                        columns: shape(&token, block),
                        clause: 0,
                        word: token.word,
                    });
                    open += usize::from(opens);
                }
            }
        }
        out.clauses();
        out.columns(blocks);
        out.find_mentions();
        out
    }

    /// Counts clauses, and where blocks begin and end.
    fn clauses(&mut self) {
        let (mut count, mut ended, mut before) = (0, true, None);
        for (at, sign) in self.all.iter_mut().enumerate() {
            let place = (sign.block, sign.cell);
            if before != Some(place) || ended {
                count += 1;
            }
            before = Some(place);
            let stop = matches!(sign.word.as_str(), "." | "!" | "?" | ";");
            ended = stop && sign.kind == Kind::Sign && sign.paren == 0;
            sign.clause = count;
            self.blocks.or_insert(sign.block, (at, at)).1 = at;
        }
    }

    /// Fills in what only the whole text tells.
    fn columns(&mut self, blocks: &[Block]) {
        let mut seen = vec![(0_usize, 0_usize); self.lemmas.words().len()];
        for (at, sign) in self.all.iter().enumerate() {
            let Some((count, traits)) = seen.get_mut(sign.lemma) else { continue };
            *count += 1;
            let lemma = self.lemmas.word(sign.lemma);
            let several = sign.tag == Tag::Noun && sign.word != lemma;
            let heads = blocks.get(sign.block).is_some_and(|it| it.kind == BlockKind::Heading);
            let one = at
                .checked_sub(1)
                .and_then(|it| self.all.get(it))
                .is_some_and(|it| matches!(it.word.as_str(), "a" | "an" | "each" | "every" | "per"));
            *traits |= usize::from(several) | usize::from(heads) << 1 | usize::from(one) << 2;
        }
        let words = &weights().words;
        for (at, sign) in self.all.iter_mut().enumerate() {
            let lemma = self.lemmas.word(sign.lemma);
            let (count, traits) = seen.get(sign.lemma).copied().unwrap_or_default();
            let (first, last) = self.blocks.get(&sign.block).copied().unwrap_or((at, at));
            sign.columns[0] = words.get(lemma).copied().unwrap_or(0);
            sign.columns[1] = ending(lemma);
            sign.columns[2] = sign.tag as usize;
            sign.columns[3] = sign.chunk.0 as usize * 2 + usize::from(sign.chunk.1);
            sign.columns[6] = bucket(at - first, &[0, 1, 2, 4, 8, 16]);
            sign.columns[7] = bucket(last + 1 - first, &[1, 2, 4, 8, 16, 32, 64]);
            sign.columns[8] = bucket(count, &[1, 2, 3, 5, 9]);
            sign.columns[9] = traits;
            sign.columns[10] = sign.paren.min(2) + 3 * sign.cell.min(3);
        }
    }

    /// Noun phrases, nouns outside of sentences, and verbs that may tell of what happens.
    fn find_mentions(&mut self) {
        let mut keys = Numbered::default();
        let mut at = 0;
        while let Some(sign) = self.all.get(at) {
            let rest = self.all.clip(at + 1..);
            let outside =
                |it: &Sign| it.chunk.0 == Chunking::Outside && it.tag == Tag::Noun && it.kind == Kind::Word;
            let (to, key) = if sign.chunk.0 == Chunking::Noun {
                let goes_on = |it: &&Sign| {
                    it.chunk == (Chunking::Noun, false)
                        && it.sentence == sign.sentence
                        && it.meaning == sign.meaning
                };
                (
                    at + 1 + rest.iter().take_while(goes_on).count(),
                    keys.number(self.meanings.word(sign.meaning)),
                )
            } else if outside(sign) {
                let goes_on = |it: &&Sign| outside(it) && (it.block, it.cell) == (sign.block, sign.cell);
                let to = at + 1 + rest.iter().take_while(goes_on).count();
                let parts = self.all.clip(at..to).iter();
                let parts = parts.flat_map(|it| self.lemmas.word(it.lemma).split(['-', '_']));
                let key = parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("_");
                (to, keys.number(&counted(&key)))
            } else {
                let verb = self.meanings.word(sign.meaning);
                let does = matches!(sign.chunk.0, Chunking::Verb | Chunking::Passive)
                    && matches!(sign.tag, Tag::Verb | Tag::Past | Tag::Ing)
                    && sign.kind == Kind::Word
                    && !verb.is_empty()
                    && !one_of(verb, PLAIN);
                if does {
                    let key = keys.number(&format!("~{verb}"));
                    self.mentions.push(Mention { from: at, to: at + 1, head: at, key });
                }
                at += 1;
                continue;
            };
            let nouns = self.all.clip(at..to).iter().rposition(|it| it.tag == Tag::Noun);
            let head = at + nouns.unwrap_or(0);
            self.mentions.push(Mention { from: at, to, head, key });
            at = to;
        }
        self.keys = keys;
    }
}

/// Verbs that tell of nothing that happens. Source: own judgement.
const PLAIN: &str = "be have do need want get keep note record give take make see know tell say go come use let put set write show \
    include contain belong store like find hold";

/// Every word of all sentences, by its place; of several at one place the last.
fn tagged(sentences: &[Sentence]) -> Vec<Tagged<'_>> {
    let mut out: Vec<Tagged> = Vec::new();
    for (sentence, told) in sentences.iter().enumerate() {
        for chunk in chunks(told) {
            let (kind, key) = match &chunk.kind {
                ChunkKind::Noun(it) => (Chunking::Noun, it.key.as_str()),
                ChunkKind::Verb(it) if it.passive => (Chunking::Passive, it.lemma.as_str()),
                ChunkKind::Verb(it) => (Chunking::Verb, it.lemma.as_str()),
                ChunkKind::Prep(_) => (Chunking::Prep, ""),
                ChunkKind::And => (Chunking::And, ""),
                ChunkKind::Sub(_) => (Chunking::Sub, ""),
                ChunkKind::Pron(_) => (Chunking::Pron, ""),
                ChunkKind::Other => (Chunking::Other, ""),
            };
            for (at, word) in told.words.iter().enumerate().take(chunk.to).skip(chunk.from) {
                let start = word.token.span.start;
                let first = at == chunk.from;
                out.push(Tagged { start, tag: word.tag, sentence, at, chunk: (kind, first), key });
            }
        }
    }
    sort_by(&mut out, |one, other| one.start.cmp(&other.start));
    // A short form that was written out is one word of the text.
    out.dedup_by(|later, it| {
        let same = later.start == it.start;
        if same {
            it.tag = later.tag;
        }
        same
    });
    out
}

/// The part of speech of a word that stands in no sentence.
fn tag_alone(token: &Token) -> Tag {
    match token.kind {
        Kind::Sign => Tag::Sign,
        Kind::Number => Tag::Num,
        Kind::Word => closed_class(&token.word).unwrap_or_else(|| {
            open_class(&token.word, tagger().tag(&[token.word.as_str()]).first().copied().flatten())
        }),
    }
}

/// What a word's spelling and its block tell.
fn shape(token: &Token, block: &Block) -> [usize; COLUMNS] {
    let mut out = [0; COLUMNS];
    out[4] = kind_number(block.kind) * 6 + role_number(block.role);
    out[5] = usize::from(token.capital) | usize::from(token.strong) << 1 | usize::from(token.spaced) << 2;
    out[11] = bucket(block.depth, &[0, 1, 3, 5, 8]);
    out
}

/// Whether code is a sample of data or a draft of tables, which tell in words what is kept; other code is no matter of the network.
fn is_sample(code: &str) -> bool {
    code.starts_with(['{', '[', '"', '-']) || crate::brief::samples::is_sql(code)
}

fn kind_number(kind: BlockKind) -> usize {
    match kind {
        BlockKind::Heading => 0,
        BlockKind::Item => 1,
        BlockKind::Para => 2,
        BlockKind::Row => 3,
        BlockKind::Code => 4,
    }
}

fn role_number(role: Role) -> usize {
    match role {
        Role::Domain => 0,
        Role::Glossary => 1,
        Role::Access => 2,
        Role::Scale => 3,
        Role::Out => 4,
        Role::Meta | Role::Aside => 5,
    }
}

/// Which of the stretches between ascending limits a number lies in.
pub fn bucket(number: usize, limits: &[usize]) -> usize {
    limits.iter().position(|it| number <= *it).unwrap_or(limits.len())
}

/// A number for the last three letters.
fn ending(word: &str) -> usize {
    let letters = word.chars().count();
    let last = word.chars().skip(letters.saturating_sub(3));
    last.fold(0_u32, |sum, it| (sum * 131 + u32::from(it)) % ENDINGS) as usize
}

/// What the word lists know of a word and of the phrase that it stands in, a bit each.
fn of_lists(word: &str, lemma: &str, key: &str, noun: bool) -> u32 {
    let known = lexicon();
    let phrase = if noun && !key.is_empty() { key } else { lemma };
    let last = last_word(phrase);
    let signs = [
        known.attribute(phrase).is_some(),
        known.attributes.contains_key(lemma),
        known.business.contains(phrase),
        known.business.contains(lemma),
        known.is_person(phrase),
        known.generic.contains(lemma),
        known.hard.contains(lemma),
        known.happens(phrase),
        known.technical(phrase).is_some(),
        known.light.contains(word),
        known.states.contains(word),
        known.interface.contains(lemma),
        known.role_nouns.contains(lemma),
        known.have.contains(key),
        known.events.contains_key(key),
        known.aggregates.contains_key(last),
        known.shown.contains(lemma),
        known.parties.contains(lemma),
        known.empty_heads.contains(lemma),
        known.shared.contains(lemma),
        known.containers.contains(lemma),
        known.associations.contains(key),
        known.making.contains(key),
        known.looking.contains(key),
        known.list_signs.contains(lemma),
    ];
    signs.iter().enumerate().filter(|it| *it.1).map(|it| 1 << it.0).sum()
}

//! Sentences as chunks: noun phrases, verb groups, and what stands between them.

use super::agreement::{self, counted};
pub use super::chunked::Chunked;
use super::item_values::TIMES;
use super::lexicon::lexicon;
use super::sentences::Sentence;
use super::tags::Tag;
use super::verbs::base_form;
use crate::base::{Clip, Span, one_of, singular, without_end};

/// What stands before a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Det {
    /// Nothing.
    Bare,
    /// a, an, another, one
    One,
    /// the, this, its
    The,
    /// each, every, per
    Each,
    /// several, many, two, some, all
    Many,
    /// no
    No,
}

/// A noun phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// Its nouns and telling adjectives, singular, joined by `_`: `mooring_fee`.
    pub key: String,
    /// The same with all adjectives: `new_mooring_fee`.
    pub full: String,
    /// What stands before it.
    pub det: Det,
    /// Whether it means more than one.
    pub many: bool,
    /// A number before it.
    pub number: Option<u64>,
    /// Whether it only says whose the next phrase is.
    pub possessor: bool,
    /// Whether a bare pronoun stands before it as its owner: its, their.
    pub owned: bool,
    /// Whether it begins with a capital inside a sentence.
    pub capital: bool,
    /// Where it stands.
    pub span: Span,
}

impl Phrase {
    /// One thing that the text implies rather than names, at the words that imply it.
    pub fn bare(key: &str, span: Span) -> Self {
        let key = counted(key);
        Self {
            full: key.clone(),
            key,
            det: Det::Bare,
            many: false,
            number: None,
            possessor: false,
            owned: false,
            capital: false,
            span,
        }
    }
}

/// A verb with its helpers.
#[derive(Clone, Debug, PartialEq)]
pub struct Verb {
    /// Base form of the main verb.
    pub lemma: String,
    /// Whether the subject suffers it.
    pub passive: bool,
    /// Whether it is denied.
    pub denied: bool,
    /// Whether it may or may not happen: can, may.
    pub possible: bool,
    /// Whether it is a bare participle or -ing form without helper.
    pub bare: bool,
    /// Whether a particle behind it makes it another verb: "carries out".
    pub particle: bool,
}

/// One chunk and the words that it covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// First word.
    pub from: usize,
    /// First word after it.
    pub to: usize,
}

/// The kinds of chunk.
#[derive(Clone, Debug, PartialEq)]
pub enum ChunkKind {
    /// A noun phrase.
    Noun(Phrase),
    /// A verb group.
    Verb(Verb),
    /// A preposition.
    Prep(String),
    /// and, or, but, comma.
    And,
    /// if, when, which, who.
    Sub(String),
    /// it, they, we.
    Pron(String),
    /// Any other word or sign.
    Other,
}

impl Chunk {
    /// The noun phrase, if it is one.
    pub fn phrase(&self) -> Option<&Phrase> {
        match &self.kind {
            ChunkKind::Noun(phrase) => Some(phrase),
            ChunkKind::Verb(_)
            | ChunkKind::Prep(_)
            | ChunkKind::And
            | ChunkKind::Sub(_)
            | ChunkKind::Pron(_)
            | ChunkKind::Other => None,
        }
    }

    /// The verb group, if it is one.
    pub fn verb(&self) -> Option<&Verb> {
        match &self.kind {
            ChunkKind::Verb(verb) => Some(verb),
            ChunkKind::Noun(_)
            | ChunkKind::Prep(_)
            | ChunkKind::And
            | ChunkKind::Sub(_)
            | ChunkKind::Pron(_)
            | ChunkKind::Other => None,
        }
    }
}

/// Chunks a tagged sentence. Linear; every word is in exactly one chunk.
pub fn chunks(sentence: &Sentence) -> &[Chunk] {
    sentence.chunks.get_or_init(|| chunks_in(sentence, 0, sentence.words.len()))
}

/// Chunks the words `from..to` of a tagged sentence.
pub fn chunks_in(sentence: &Sentence, from: usize, to: usize) -> Vec<Chunk> {
    let mut out = Vec::new();
    let mut at = from;
    while at < to {
        let next = match sentence.tag(at) {
            Tag::Aux | Tag::Modal | Tag::Verb | Tag::To | Tag::Neg => verb(sentence, at, to, &mut out),
            Tag::Past | Tag::Ing => match noun(sentence, at, to, &mut out) {
                Some(next) if !after_helper(&out, sentence, at) => next,
                _ => verb(sentence, at, to, &mut out),
            },
            Tag::Det | Tag::Num | Tag::Adj | Tag::Noun | Tag::Adv => match noun(sentence, at, to, &mut out) {
                Some(next) => next,
                None => single(sentence, at, &mut out),
            },
            Tag::Prep | Tag::Conj | Tag::Sub | Tag::Pron | Tag::Sign => single(sentence, at, &mut out),
        };
        at = next.max(at + 1);
    }
    reduced_relatives(&mut out);
    super::coordinated::suffer(sentence, &mut out);
    out
}

/// How many chunks of a clause are looked through for what opens it; longer ones are no sentences.
const CLAUSE: usize = 40;

/// "the fee they pay", "the day it was asked": a pronoun right behind a noun begins a clause about the noun, but for the
/// noun of an opening "for each berth".
fn reduced_relatives(all: &mut [Chunk]) {
    for at in 1..all.len() {
        let Some([before @ .., noun, pronoun, verb]) = all.get(..at + 2) else { continue };
        let speaks = matches!(&pronoun.kind, ChunkKind::Pron(word)
            if one_of(word.as_str(), "it they he she we you i"));
        let definite = noun.phrase().is_some_and(|it| matches!(it.det, Det::The | Det::One) && !it.possessor);
        if !speaks || !definite || verb.verb().is_none_or(|it| it.bare) {
            continue;
        }
        let mut rest = before;
        while let [
            more @ ..,
            Chunk { kind: ChunkKind::Noun(_), .. },
            Chunk { kind: ChunkKind::Prep(_), .. },
        ] = rest
        {
            rest = more;
        }
        let leads = matches!(rest, [] | [.., Chunk { kind: ChunkKind::Sub(_) | ChunkKind::Other, .. }])
            || matches!(rest, [Chunk { kind: ChunkKind::Prep(_), .. }])
            || matches!(
                rest,
                [
                    ..,
                    Chunk { kind: ChunkKind::And | ChunkKind::Other | ChunkKind::Sub(_), .. },
                    Chunk { kind: ChunkKind::Prep(_), .. }
                ]
            );
        let told = before.iter().any(|it| it.verb().is_some() || matches!(it.kind, ChunkKind::And));
        // "When a boat sinks in a storm we note the time": behind a condition the main clause begins.
        let mut clause = before.iter().rev().take(CLAUSE).take_while(|it| !matches!(it.kind, ChunkKind::And));
        let condition = clause.any(|it| {
            matches!(&it.kind, ChunkKind::Sub(word)
                if one_of(word.as_str(), "if when once while whenever unless because"))
        });
        if leads || !told || condition {
            continue;
        }
        if let Some(pronoun) = all.get_mut(at) {
            pronoun.kind = ChunkKind::Sub("that".to_owned());
        }
    }
}

fn after_helper(out: &[Chunk], sentence: &Sentence, at: usize) -> bool {
    at > 0 && matches!(sentence.tag(at - 1), Tag::Aux | Tag::Modal | Tag::Pron) && !out.is_empty()
}

fn single(sentence: &Sentence, at: usize, out: &mut Vec<Chunk>) -> usize {
    let word = sentence.word(at).to_owned();
    let kind = match sentence.tag(at) {
        Tag::Prep | Tag::To => ChunkKind::Prep(word),
        Tag::Conj => ChunkKind::And,
        Tag::Sign if word == "," => ChunkKind::And,
        Tag::Sub => ChunkKind::Sub(word),
        Tag::Pron => ChunkKind::Pron(word),
        _ => ChunkKind::Other,
    };
    out.push(Chunk { kind, from: at, to: at + 1 });
    at + 1
}

/// Words that make another verb of one.
const PARTICLES: &str = "out off up over away down";

fn verb(sentence: &Sentence, from: usize, end: usize, out: &mut Vec<Chunk>) -> usize {
    let mut at = from;
    let (mut be, mut denied, mut possible, mut main, mut helpers) = (false, false, false, None, 0);
    while at < end {
        let word = sentence.word(at);
        match sentence.tag(at) {
            Tag::Aux => {
                let got = sentence.word(at + 1) == "got";
                be |= one_of(word, "is are was were be been being am 's 're") && !got;
                helpers += 1;
                if main.is_some() {
                    break;
                }
            }
            Tag::Modal => {
                possible |= one_of(word, "can may could might");
                denied |= word.ends_with("n't") || word == "cannot";
                helpers += 1;
            }
            // "are to be recorded"
            Tag::To if main.is_none() && be && sentence.word(at + 1) == "be" => {}
            Tag::To if at == from && matches!(sentence.tag(at + 1), Tag::Verb | Tag::Aux) => {}
            Tag::Neg => denied = true,
            Tag::Adv if main.is_none() => {}
            Tag::Verb | Tag::Past | Tag::Ing if main.is_none() => main = Some(at),
            _ => break,
        }
        at += 1;
    }
    if at == from {
        return single(sentence, from, out);
    }
    let (lemma, passive, bare) = match main {
        Some(at) => {
            let passive = sentence.tag(at) == Tag::Past && be;
            let bare = helpers == 0 && matches!(sentence.tag(at), Tag::Past | Tag::Ing);
            // "They have got a name" is no more than that they have one.
            let got = helpers > 0 && !be && sentence.word(at) == "got";
            (if got { "have".to_owned() } else { base_form(sentence.word(at)) }, passive, bare)
        }
        None if be => ("be".to_owned(), false, false),
        None => (base_form(sentence.word(at - 1)), false, false),
    };
    // "takes part", "takes place": the noun only completes the verb.
    let at = match (lemma.as_str(), sentence.word(at)) {
        ("take", "part" | "place" | "care" | "turns") if sentence.tag(at) == Tag::Noun => at + 1,
        _ => at,
    };
    let lemma =
        if lemma == "take" && sentence.word(at - 1) == "part" { "participate".to_owned() } else { lemma };
    let particle = sentence.says(at, PARTICLES);
    // "Parents sign their children up"
    let mut apart = at;
    while apart < at + 4 && matches!(sentence.tag(apart), Tag::Det | Tag::Adj | Tag::Noun) {
        apart += 1;
    }
    let phrasal = sentence.says(apart, PARTICLES).then(|| format!("{lemma}_{}", sentence.word(apart)));
    let lemma = phrasal.filter(|it| lexicon().events.contains_key(it.as_str())).unwrap_or(lemma);
    let verb = Verb { lemma, passive, denied, possible, bare, particle };
    out.push(Chunk { kind: ChunkKind::Verb(verb), from, to: at });
    at
}

/// Reads a noun phrase that begins at `from`; nothing when no noun comes.
fn noun(sentence: &Sentence, from: usize, end: usize, out: &mut Vec<Chunk>) -> Option<usize> {
    let mut at = from;
    let mut last_noun = None;
    let mut owner_at = None;
    while at < end {
        let word = sentence.word(at);
        let next = sentence.tag(at + 1);
        let fits = match sentence.tag(at) {
            Tag::Det | Tag::Num => last_noun.is_none(),
            Tag::Adj => last_noun.is_none() || next == Tag::Noun,
            Tag::Adv => {
                last_noun.is_none() && matches!(next, Tag::Adj | Tag::Num | Tag::Past) && at + 1 < end
            }
            Tag::Past | Tag::Ing => {
                let inside = matches!(next, Tag::Noun | Tag::Adj) || next == Tag::Num;
                let opened =
                    at == from || matches!(sentence.tag(at - 1), Tag::Det | Tag::Adj | Tag::Num | Tag::Adv);
                inside
                    && opened
                    && last_noun.is_none()
                    && (at > from
                        || at == 0
                        || !matches!(sentence.tag(at - 1), Tag::Prep | Tag::To)
                        || sentence.tag(at) == Tag::Past)
            }
            Tag::Noun if last_noun.is_some() && agreement::begins_another(sentence, at) => false,
            Tag::Noun => {
                if word.ends_with("'s") {
                    owner_at = Some(at);
                }
                last_noun = Some(at);
                true
            }
            _ => false,
        };
        if !fits {
            break;
        }
        at += 1;
        if owner_at == Some(at - 1) {
            break;
        }
    }
    let last = last_noun?;
    let to = last + 1;
    let phrase = phrase(sentence, from, to, owner_at.is_some())?;
    out.push(Chunk { kind: ChunkKind::Noun(phrase), from, to });
    Some(to)
}

/// "20 minute" in "a 20 minute slot": how long, not how many; a three day pass and a day pass are both passes of a kind.
fn is_measure(sentence: &Sentence, at: usize, to: usize) -> bool {
    at + 2 < to
        && sentence.tag(at) == Tag::Num
        && sentence.says(at + 1, TIMES)
        && sentence.tag(at + 2) == Tag::Noun
}

/// Makes a phrase of the words `from..to`; nothing when no noun is among them.
pub fn phrase(sentence: &Sentence, from: usize, to: usize, possessor: bool) -> Option<Phrase> {
    let (mut det, mut number, mut quantified, mut owned) = (Det::Bare, None, false, false);
    let (mut key, mut full): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut last = "";
    // "certain piers" are several of them, "a certain pier" is one.
    let some = (from..to).any(|at| sentence.says(at, "certain various different"));
    for at in from..to {
        let word = sentence.word(at);
        match sentence.tag(at) {
            Tag::Det => {
                owned |= one_of(word, "its his her their my our your");
                det = match word {
                    "a" | "an" | "another" | "either" | "neither" => Det::One,
                    "each" | "every" => Det::Each,
                    "all" | "some" | "any" | "both" => Det::Many,
                    "no" => Det::No,
                    _ => Det::The,
                };
            }
            // "a 20 minute slot" is one slot.
            Tag::Num if is_measure(sentence, at, to) => {}
            Tag::Num => {
                number = word.replace(',', "").parse().ok().or(number);
                match word {
                    "one" => {
                        det = Det::One;
                        number = Some(1);
                    }
                    "zero" => {}
                    _ => {
                        det = Det::Many;
                        quantified = true;
                    }
                }
            }
            Tag::Adv => {}
            Tag::Adj
            | Tag::Past
            | Tag::Ing
            | Tag::Noun
            | Tag::Verb
            | Tag::Aux
            | Tag::Modal
            | Tag::Prep
            | Tag::Conj
            | Tag::Sub
            | Tag::Pron
            | Tag::To
            | Tag::Neg
            | Tag::Sign => {
                let bare = without_end(word, "'s");
                if bare.is_empty() || sentence.tag(at) == Tag::Sign || bare == "y/n" {
                    continue;
                }
                let noun = sentence.tag(at) == Tag::Noun;
                if noun && at > from && is_measure(sentence, at - 1, to) {
                    continue;
                }
                let lemma = if noun { singular(bare) } else { bare.to_owned() };
                for part in lemma.split(['-', '_']).filter(|it| !it.is_empty()) {
                    full.push(part.to_owned());
                    // Time entries that are unbilled are time entries.
                    let lacks = bare.starts_with("un") && bare.ends_with("ed");
                    let tells = |it: &str| !lexicon().light.contains(it) && !lexicon().states.contains(it);
                    if noun || !lacks && tells(bare) {
                        key.push(part.to_owned());
                    }
                }
                if noun {
                    last = bare;
                }
            }
        }
    }
    if key.is_empty() {
        return None;
    }
    if det == Det::Bare && some && singular(last) != last {
        det = Det::Many;
    }
    while key.len() > 4 {
        key.remove(0);
    }
    // "page traders", "tab zones": the screen is named after what it shows.
    let shows = key.len() > 1 && lexicon().interface.contains(key[0].as_str()) && det != Det::No;
    if shows
        && lexicon()
            .attribute(&key.clip(1..).join("_"))
            .is_none_or(|_| lexicon().business.contains(key[1].as_str()))
    {
        key.remove(0);
        full.remove(0);
    }
    let empty = key.last().is_some_and(|it| lexicon().empty_heads.contains(it.as_str()));
    // "supplier data" is the supplier; a price list is more than a price.
    // A day sheet is no day, and a waiting list is more than what waits.
    let moment =
        matches!(key.first().map(String::as_str), Some("day" | "time" | "week" | "month" | "year" | "shift"));
    let whole = key.len() == 2 && moment || lexicon().business.contains(&key.join("_"));
    // "game masters" are people, "the customer master" is a list; who says "as a game master" is read as who speaks.
    let speaks = from > 0 && sentence.says(from - 1, "as");
    let is_one_of_some = matches!(det, Det::One | Det::Each | Det::Many) || singular(last) != last;
    let leads = is_one_of_some && !speaks && key.last().is_some_and(|it| it == "master");
    // A shopping list and a wish list are what somebody writes down, none of shoppings.
    let written = matches!(key.as_slice(), [.., what, last] if last == "list"
        && (what == "wish" || what.ends_with("ing") && !lexicon().business.contains(what.as_str())));
    let whole = whole || leads || written;
    if key.len() > 1 && empty && !whole && !lexicon().is_property(&key.clip(..key.len() - 1).join("_")) {
        key.pop();
    }
    let (key, full) = (counted(&key.join("_")), counted(&full.join("_")));
    let many =
        det == Det::Many && det != Det::Each || quantified || (singular(last) != last && det != Det::Each);
    let capital = from > 0 && sentence.words.get(to - 1).is_some_and(|it| it.token.capital);
    Some(Phrase { key, full, det, many, number, possessor, owned, capital, span: sentence.span_of(from, to) })
}

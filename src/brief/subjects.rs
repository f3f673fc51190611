//! Who a clause is about: the subject of a verb, the noun that a relative clause describes, what the next sentence speaks of.

use super::fact::is_plain;
use super::facts::Reader;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::sentences::Sentence;
use crate::base::{Clip, one_of};

/// What a verb has as its subject.
pub enum Found {
    Phrase(Phrase),
    Topic,
    Speaker,
    Each,
    None,
}

/// "Each berth gets a bill": of what is new here the next sentence speaks, not of what was told before.
pub fn news(reader: &Reader, chunks: &[Chunk], subject: &Phrase) -> Option<Phrase> {
    let verb = chunks.iter().rposition(|it| it.verb().is_some_and(|it| !it.bare))?;
    let object = chunks.get(verb + 1)?.phrase()?;
    let old = reader.spoken.contains(&subject.key) || lexicon().is_person(&subject.key);
    let thing = !is_plain(&object.key)
        && lexicon().attribute(&object.key).is_none()
        && !lexicon().is_person(&object.key);
    let new = object.det == Det::One && !object.many && !reader.spoken.contains(&object.key);
    let last = chunks
        .clip(verb + 2..)
        .iter()
        .all(|it| it.phrase().is_none_or(|it| it.det != Det::One || is_plain(&it.key)));
    (old && new && thing && last).then(|| object.clone())
}

/// "For each x, …" at the beginning.
pub fn for_each(chunks: &[Chunk]) -> Option<Phrase> {
    let ChunkKind::Prep(word) = &chunks.first()?.kind else { return None };
    if !one_of(word.as_str(), "for per of with") {
        return None;
    }
    // "is let with number and date": only "with each" speaks of each.
    if word == "with" && chunks.get(1).and_then(Chunk::phrase).is_some_and(|it| it.det != Det::Each) {
        return None;
    }
    // "For using a berth there is a permit": what is done is no thing.
    let doing = |it: &&Phrase| {
        it.det == Det::Bare && it.key.ends_with("ing") && !lexicon().business.contains(it.key.as_str())
    };
    chunks.get(1)?.phrase().filter(|it| !doing(it)).cloned()
}

/// Where "for each x" begins among the chunks `start..at`: at their beginning, or behind a comma or "and".
pub fn each_at(chunks: &[Chunk], start: usize, at: usize) -> Option<usize> {
    (start..at).rev().find(|it| {
        let before = it.checked_sub(1).and_then(|it| chunks.get(it)).map(|it| &it.kind);
        let opens = *it == start || matches!(before, Some(ChunkKind::And | ChunkKind::Other));
        let leads = matches!(chunks.get(*it).map(|it| &it.kind), Some(ChunkKind::Prep(word))
            if one_of(word.as_str(), "for of with per"));
        let each = chunks.get(it + 1).and_then(Chunk::phrase).is_some_and(|it| it.det == Det::Each);
        opens && leads && (each || *it == start)
    })
}

/// The noun that a relative clause at `at` describes: the one next to it, when no preposition governs it.
pub fn described(chunks: &[Chunk], start: usize, at: usize) -> Option<Phrase> {
    // "keepers, of whom name and phone are known"
    let of = at > start && chunks.kind_at(at - 1).is_prep("of for");
    let at = at - usize::from(of);
    let comma = at > start && matches!(chunks.kind_at(at - 1), ChunkKind::And);
    let noun = at.checked_sub(1 + usize::from(comma)).filter(|it| *it >= start)?;
    let governed = !of && noun > 0 && matches!(chunks.kind_at(noun - 1), ChunkKind::Prep(_));
    // "by an assessor, who has a licence number": a person behind a preposition is described by "who".
    let who = matches!(chunks.get(at).map(|it| &it.kind), Some(ChunkKind::Sub(word)) if word == "who");
    let person = |it: &Phrase| who && lexicon().is_person(&it.key);
    let phrase = chunks
        .phrase_at(noun)
        .filter(|it| (!governed || person(it)) && !it.possessor && !is_plain(&it.key))?;
    (!lexicon().is_property(&phrase.key)).then(|| phrase.clone())
}

/// Whether the chunk behind `index`, still before `to`, is a noun phrase as well.
fn next_is_noun(chunks: &[Chunk], index: usize, to: usize) -> bool {
    index + 1 < to && chunks.phrase_at(index + 1).is_some_and(|it| !it.possessor)
}

/// The subject of the verb at `at`: the first noun phrase behind the last boundary that no preposition governs.
pub fn subject_before(chunks: &[Chunk], start: usize, at: usize) -> Found {
    let mut found = Found::None;
    let mut fresh = true;
    // "has a name and is open": the subject is the one of the clause before.
    if at > start && matches!(chunks.kind_at(at - 1), ChunkKind::And) {
        return Found::None;
    }
    for index in start..at {
        let governed = index > 0 && matches!(chunks.kind_at(index - 1), ChunkKind::Prep(_));
        match chunks.kind_at(index) {
            ChunkKind::Noun(phrase) if phrase.possessor => {}
            // "Every evening each shop sends": the time is not the subject.
            ChunkKind::Noun(phrase)
                if is_plain(&phrase.key) && fresh && !governed && next_is_noun(chunks, index, at) => {}
            ChunkKind::Noun(phrase) if fresh && !governed => {
                found = Found::Phrase(phrase.clone());
                fresh = false;
            }
            // "Each of the berths has": the berths have.
            ChunkKind::Pron(word)
                if fresh && word == "each" && each_of_these(chunks, index, at).is_some() =>
            {
                found = each_of_these(chunks, index, at).map_or(Found::Each, Found::Phrase);
                fresh = false;
            }
            ChunkKind::Pron(word) if fresh && !governed => {
                found = match word.as_str() {
                    "i" | "we" | "you" | "there" | "nobody" | "everybody" | "somebody" | "someone"
                    | "everyone" | "anybody" => Found::Speaker,
                    "he" | "she" | "who" => Found::Speaker,
                    "each" => Found::Each,
                    _ => Found::Topic,
                };
                fresh = false;
            }
            ChunkKind::And | ChunkKind::Sub(_) | ChunkKind::Other => fresh = true,
            ChunkKind::Noun(_) | ChunkKind::Verb(_) | ChunkKind::Prep(_) | ChunkKind::Pron(_) => {}
        }
    }
    found
}

/// The noun of "each of these berths" at `index`.
fn each_of_these(chunks: &[Chunk], index: usize, to: usize) -> Option<Phrase> {
    let of = chunks.get(index + 1).filter(|_| index + 2 < to)?;
    let noun = chunks.get(index + 2)?.phrase().filter(|it| !is_plain(&it.key))?;
    of.kind.is_prep("of").then(|| noun.clone())
}

/// "each pier lists its berths" with lines under it: those tell of the berths.
pub fn contents(reader: &Reader, sentence: &Sentence, chunks: &[Chunk]) -> Option<Phrase> {
    let verb = chunks.iter().position(|it| it.verb().is_some_and(|it| !it.bare))?;
    let has = lexicon().have.contains(chunks.verb_at(verb)?.lemma.as_str());
    let mut rest = chunks.clip(verb + 1..).iter().filter_map(Chunk::phrase);
    let only = rest.next().filter(|it| it.many && !is_plain(&it.key) && !lexicon().is_property(&it.key))?;
    let single = rest.next().is_none() && reader.has_children[sentence.block];
    (has && single).then(|| only.clone())
}

/// Whether a subject only names a property; what headings name, and compounds in the plural, are things.
pub fn is_attribute(reader: &Reader, it: &Phrase) -> bool {
    super::fact::names_property(it) && !reader.titles.contains(&it.key)
}

/// What "each" means: the many of its own sentence, else those of the one before, else what is being talked about.
pub fn each_of(reader: &Reader, subject: Option<&Phrase>) -> Option<Phrase> {
    let here = subject.filter(|it| it.many);
    here.or(reader.several.as_ref()).or(subject).or(reader.topic.as_ref()).cloned()
}

/// Whether the subject is only known by a pronoun that may mean anybody.
pub fn pronoun_of_people(pronoun: bool, cx: &super::clauses::Clause) -> bool {
    pronoun
        && !cx.chunks.clip(cx.start.min(cx.verb_at)..cx.verb_at).iter().any(|it| it.kind.is_pron("it they"))
}
/// "We also have lamps, which hang outside", "Give a key to somebody": what a sentence that speaks of nothing else brings up.
pub fn brought_up<'a>(sentence: &Sentence, chunks: &'a [Chunk]) -> Option<&'a Phrase> {
    const HAVE: &str = "have be keep run employ own";
    let [first, second, rest @ ..] = chunks else { return None };
    let thing = |it: &&Phrase| !is_plain(&it.key) && !lexicon().is_property(&it.key);
    if let (Some(verb), Some(object)) = (first.verb(), second.phrase()) {
        let asked = sentence.word(first.from) == verb.lemma && object.det == Det::One;
        return Some(object).filter(|it| asked && thing(it));
    }
    // "With a buyer we make a contract"
    let led = matches!(first.kind, ChunkKind::Prep(_)) && second.phrase().is_some();
    let (first, second, rest) = match rest {
        [speaker, verb, rest @ ..] if led => (speaker, verb, rest),
        _ => (first, second, rest),
    };
    let speaks = match &first.kind {
        ChunkKind::Pron(it) => one_of(it.as_str(), "we i there"),
        ChunkKind::Noun(it) => one_of(it.key.as_str(), "somebody someone"),
        _ => false,
    };
    let verb = second.verb().filter(|it| speaks && !it.denied && !it.passive)?;
    let known = |it: &&Phrase| thing(it) && lexicon().business.contains(it.key.as_str());
    let named = rest.iter().take(2).find_map(Chunk::phrase).filter(thing);
    let has = one_of(verb.lemma.as_str(), HAVE);
    let makes = |it: &&Phrase| it.det == Det::One && lexicon().making.contains(verb.lemma.as_str());
    named.filter(|it| it.many && has || makes(it) && known(it))
}

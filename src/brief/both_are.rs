//! What two of a thing's properties are: "a delivery has a sender and a recipient; both are customers". Each is a reference
//! then, by its own name.

use super::blocks::Block;
use super::concepts::Concepts;
use super::lexicon::lexicon;
use super::model::keep_ends;
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase, chunks};
use super::reading::{Reading, Relationship};
use super::sentences::{Sentence, told_with};
use crate::base::{Gather, SortedSet, Span, one_of, sort_by};

/// What a thing was said to have: a property, or what was taken for a thing of its own.
struct Slot {
    name: String,
    span: Span,
}

/// Reads every sentence that says of two what they are.
pub fn read(
    reading: &mut Reading,
    text: &str,
    blocks: &[Block],
    sentences: &[Sentence],
    concepts: &Concepts,
) {
    for Both { sentence, before, from, what } in told(blocks, sentences) {
        let Some(kind) = concepts.entity(&what).filter(|it| exists(reading, it)).map(str::to_owned) else {
            continue;
        };
        let start = before.unwrap_or(sentence).span.start;
        let said = Span { start, end: sentence.span_of(from, from + 1).start };
        let mut owners: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
        owners.retain(|it| *it != kind);
        let found = owners.iter().filter_map(|it| Some((*it, pair(reading, text, concepts, it, said)?)));
        let Some((owner, slots)) = found.max_by_key(|it| it.1[1].span.end) else { continue };
        let owner = owner.to_owned();
        refer(reading, &owner, &kind, &slots);
    }
}

/// What is said to be something else: the names of both.
pub fn named(blocks: &[Block], sentences: &[Sentence]) -> SortedSet<String> {
    let mut out = SortedSet::default();
    for Both { sentence, before, from, what } in told(blocks, sentences) {
        let both = last_two(sentence, from).or_else(|| last_two(before?, usize::MAX));
        let names = both.into_iter().flatten().filter_map(Chunk::phrase).map(|it| &it.key);
        out.extend(names.filter(|it| **it != what.key).cloned());
    }
    out
}

/// The last two nouns before a word, if they are joined by "and".
fn last_two(sentence: &Sentence, to: usize) -> Option<[&Chunk; 2]> {
    let mut nouns = chunks(sentence).iter().filter(|it| it.to <= to && it.phrase().is_some()).rev();
    let (last, before) = (nouns.next()?, nouns.next()?);
    (before.to..last.from).any(|at| sentence.says(at, "and")).then_some([before, last])
}

/// A sentence that says from a word on what two are, with the one before it in its block.
struct Both<'a> {
    sentence: &'a Sentence,
    before: Option<&'a Sentence>,
    from: usize,
    what: Phrase,
}

/// Every sentence that says of two what they are.
fn told<'a>(blocks: &'a [Block], sentences: &'a [Sentence]) -> impl Iterator<Item = Both<'a>> {
    told_with(blocks, sentences, &["both", "each", "all", "they"]).filter_map(|(nth, sentence)| {
        let (from, what) = both_are(sentence, chunks(sentence))?;
        let before = nth.checked_sub(1).and_then(|it| sentences.get(it));
        Some(Both { sentence, before: before.filter(|it| it.block == sentence.block), from, what })
    })
}

/// The word from which on the sentence says what both are, and what that is: "both are customers", "both of which are
/// accounts", "who are both members", "each is an airport", ", both companies".
fn both_are(sentence: &Sentence, chunks: &[Chunk]) -> Option<(usize, Phrase)> {
    const OF_THEM: &str = "which whom them these those";
    let opens = |at: usize| at == 0 || sentence.says(at - 1, ", ; - and (");
    (0..sentence.words.len()).find_map(|at| {
        let word = sentence.word(at);
        let mut next = at + 1;
        let both = word == "both";
        match word {
            "both" | "each" | "all" if opens(at) => {
                if sentence.says(next, "of") && one_of(sentence.word(next + 1), OF_THEM) {
                    next += 2;
                }
            }
            "they" | "who" | "which" if opens(at) => {}
            _ => return None,
        }
        let verb = sentence.says(next, "are is");
        next += usize::from(verb);
        let again = sentence.says(next, "both all each");
        next += usize::from(again);
        let surely = both || again;
        let relative = one_of(word, "who which");
        if !verb && !both && word != "each" || relative && !surely {
            return None;
        }
        let noun = chunks.iter().position(|it| it.from <= next && next < it.to && it.phrase().is_some())?;
        let what = chunks.phrase_at(noun)?;
        // "both fighters are athletes" says it of others.
        let goes_on = match chunks.get(noun + 1).map(|it| &it.kind) {
            Some(ChunkKind::Verb(_)) => !verb,
            Some(ChunkKind::Prep(word)) => word == "of",
            _ => false,
        };
        let fits =
            chunks.start_at(noun) <= next && !goes_on && !what.possessor && (what.many || word == "each");
        (fits && !lexicon().is_property(&what.key)).then(|| (at, what.clone()))
    })
}

fn exists(reading: &Reading, name: &str) -> bool {
    reading.entities.iter().any(|it| it.name == name)
}

/// The last two things that an entity was said to have, where "and" joins them.
fn pair(reading: &Reading, text: &str, concepts: &Concepts, owner: &str, said: Span) -> Option<[Slot; 2]> {
    let within = |it: &&Span| it.is_within(said);
    let entity = reading.entities.iter().find(|it| it.name == owner)?;
    let plain = |it: &&super::reading::Attribute| {
        !it.assumed && it.values.is_none() && it.type_name == "text" && !it.unique
    };
    let properties = entity
        .attributes
        .iter()
        .filter(plain)
        .filter_map(|it| Some(Slot { name: it.name.clone(), span: *it.evidence.iter().rfind(within)? }));
    let referred = reading.relationships.iter().filter(|it| it.from == owner && it.via.is_none());
    let referred =
        referred.filter(|it| reading.entities.iter().any(|other| other.name == it.to && !other.is_told()));
    let referred = referred.filter_map(|it| {
        let mentions = &concepts.all.get(&it.to)?.mentions;
        Some(Slot { name: it.to.clone(), span: *mentions.iter().rfind(within)? })
    });
    let mut slots: Vec<Slot> = properties.chain(referred).collect();
    sort_by(&mut slots, |one, other| one.span.end.cmp(&other.span.end));
    let (last, before) = (slots.pop()?, slots.pop()?);
    let between = Span { start: before.span.end.min(last.span.start), end: last.span.start };
    let between = between.of(text);
    let joined = between.split_whitespace().all(|it| one_of(it, "and a an the one its ,"))
        && between.split_whitespace().any(|it| it == "and");
    joined.then_some([before, last])
}

/// Makes both references by their own names.
fn refer(reading: &mut Reading, owner: &str, kind: &str, slots: &[Slot; 2]) {
    let names: SortedSet<&str> = slots.iter().map(|it| it.name.as_str()).gather();
    let elsewhere = |it: &str| {
        reading.relationships.iter().any(|other| {
            (other.to == it || other.from == it) && other.from != owner && other.to != owner && !other.assumed
        })
    };
    let kept: SortedSet<String> = names.iter().filter(|it| elsewhere(it)).map(|it| (*it).to_owned()).gather();
    let gone = |it: &str| names.contains(it) && !kept.contains(it) && it != kind && it != owner;
    reading.entities.retain(|it| !gone(&it.name) || it.is_told());
    reading.relationships.retain(|it| {
        let same = it.is_between(owner, kind);
        let named = it.from == owner && names.contains(it.to.as_str());
        !(named || same && it.role.is_none() && it.via.is_none())
    });
    keep_ends(reading);
    if let Some(entity) = reading.entities.iter_mut().find(|it| it.name == owner) {
        entity.attributes.retain(|it| !names.contains(it.name.as_str()));
    }
    for slot in slots {
        let said = Relationship::said(owner, kind, "the text says what both are", slot.span);
        reading.relationships.push(Relationship { role: Some(slot.name.clone()), ..said });
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    /// The references of the first thing by their own names.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let reading = read(text);
        let mut found: Vec<String> = reading
            .relationships
            .iter()
            .filter(|it| !it.assumed)
            .filter_map(|it| Some(format!("{}.{} > {}", it.from, it.role.as_deref()?, it.to)))
            .collect();
        found.sort();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_both_are_is_referred_to_by_two_names() {
        let two = ["visit.guest > club", "visit.host > club"];
        let clubs = "Clubs have a name and a town.";
        check(&format!("A visit has a date, a host and a guest; both are clubs. {clubs}"), &two);
        check(&format!("A visit has a date, a host and a guest, both of which are clubs. {clubs}"), &two);
        check(&format!("A visit has a date, a host and a guest, who are both clubs. {clubs}"), &two);
    }

    #[test]
    fn what_both_are_is_no_thing_of_its_own() {
        let text = "A club has a name and a town, a player has a name, a height and a weight, and a referee has a name and a grade. \
                    A match has a date, a home team and an away team; both are clubs. Whoever of the players is on the field when a \
                    match begins is written down with the minute, and the referee of the match signs it.";
        let reading = read(text);
        let found: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
        assert!(found.contains(&"club") && !found.iter().any(|it| it.contains("team")), "{found:?}");
        let mut kept = reading.entities.iter().filter(|it| it.name == "match").flat_map(|it| &it.attributes);
        assert!(kept.all(|it| !super::one_of(it.name.as_str(), "home home_team away away_team")));
    }

    #[test]
    fn what_others_are_says_nothing_of_them() {
        let clubs = "Clubs have a name and a town.";
        check(&format!("A visit has a width and a depth; both are in metres. {clubs}"), &[]);
        check(&format!("A visit has a code and a place; both towns are clubs. {clubs}"), &[]);
    }
}

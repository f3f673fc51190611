//! What is kept of a pair of things rather than of either: "skills, each with a level", "for each participation a number".

use super::concepts::Concepts;
use super::fact::{Fact, Facts};
use super::facts::Reader;
use super::item_values::value;
use super::items::{Item, items};
use super::lexicon::lexicon;
use super::model::{attribute_of_pair, give, junction, keep_ends};
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase};
use super::reading::{Attribute, OnDelete, Reading, Relationship, RelationshipKind};
use super::sentences::Sentence;
use crate::base::{Clip, Span, one_of};

/// Nouns that mean a pair of what was spoken of before. Source: English nouns of joining.
const PAIRS: &str = "participation pair combination assignment appearance membership link connection match pairing \
                      relation relationship association use usage entry enrolment enrollment registration subscription";

/// Whether a noun only means a pair of what was spoken of before.
pub fn names_pair(phrase: &Phrase) -> bool {
    is_pair(&phrase.key)
}

/// Whether a thing is called what a pair of others is.
pub fn is_pair(name: &str) -> bool {
    one_of(super::lexicon::last_word(name), PAIRS)
}

/// "For every part used": the part of a pair that was spoken of.
pub fn is_used(sentence: &Sentence, each: &Phrase, right: &Phrase) -> bool {
    let behind = sentence.words.iter().find(|it| it.token.span.start >= each.span.end);
    let participle = behind.is_some_and(|it| it.tag == super::tags::Tag::Past);
    participle && super::lexicon::last_word(&right.key) == super::lexicon::last_word(&each.key)
}

/// ", each with a level" and ", each noted as firm or likely" end a list and say something of each pair; gives where the
/// list ends.
pub fn of_each(reader: &mut Reader, sentence: &Sentence, own: &Phrase, from: usize, to: usize) -> usize {
    let Some(each) = (from + 1..to).find(|at| sentence.says(*at, "each")) else { return to };
    let before = sentence.word(each - 1);
    let introduced = one_of(before, ", - and") && !sentence.word(each + 1).is_empty();
    if !introduced {
        return to;
    }
    let list_to = each - 1;
    let Some(right) =
        super::phrases::chunks_in(sentence, from, list_to).iter().rev().find_map(Chunk::phrase).cloned()
    else {
        return to;
    };
    let found = match sentence.word(each + 1) {
        "with" | "has" | "having" | "carries" | "naming" | "stating" | "giving" | "showing" | "listing"
        | "containing" | "specifying" | "bearing" | "carrying" => items(sentence, each + 2, to),
        _ => match (each + 1..sentence.words.len().min(each + 4)).find(|at| sentence.says(*at, "as")) {
            Some(at) => values_of(sentence, at + 1, sentence.words.len()).into_iter().collect(),
            None => Vec::new(),
        },
    };
    if found.is_empty() {
        return to;
    }
    reader.pays(own.clone(), right, found);
    list_to
}

/// "We keep the quantity per product and warehouse": what is kept of each pair; gives the words that say so.
pub fn per_pair(
    reader: &mut Reader,
    sentence: &Sentence,
    chunks: &[Chunk],
    from: usize,
    to: usize,
) -> Option<(usize, usize)> {
    let per = (from..to).find(|at| sentence.says(*at, "per"))?;
    let at = chunks.iter().position(|it| it.from > per)?;
    let left = chunks.get(at)?.phrase()?.clone();
    let joined =
        matches!(chunks.get(at + 1)?.kind, ChunkKind::And) && sentence.says(chunks.start_at(at + 1), "and");
    let right = chunks.get(at + 2)?.phrase().filter(|_| joined)?.clone();
    let thing = |it: &Phrase| !super::fact::is_plain(&it.key) && !lexicon().is_property(&it.key);
    let found = items(sentence, from, per);
    if !thing(&left) || !thing(&right) || super::item_values::telling(&found) == 0 {
        return None;
    }
    reader.pays(left, right, found);
    Some((from, chunks.end_at(at + 2)))
}

/// "has skills – minimum grade each", "needs parts, a quantity each": what is kept of each pair; gives the words that say so.
pub fn ends_each(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk]) -> Option<(usize, usize)> {
    let each = sentence.words.len().checked_sub(1).filter(|at| sentence.says(*at, "each"))?;
    let opens = |at: &usize| sentence.says(*at, "- , with ;");
    let from = (1..each).rev().find(opens)?;
    let found = items(sentence, from + 1, each);
    let before: Vec<&Chunk> = chunks.iter().filter(|it| it.to <= from).collect();
    let thing = |it: &&Phrase| !super::fact::is_plain(&it.key) && !lexicon().is_property(&it.key);
    let verb = before.iter().position(|it| it.verb().is_some_and(|it| !it.bare))?;
    let left = before.clip(..verb).iter().filter_map(|it| it.phrase()).find(thing)?.clone();
    let right = before
        .clip(verb..)
        .iter()
        .rev()
        .filter_map(|it| it.phrase())
        .find(|it| it.many && thing(it))?
        .clone();
    if super::item_values::telling(&found) == 0 || left.key == right.key {
        return None;
    }
    reader.see(&right, super::fact::Signal::SingleOwner);
    reader.pays(left, right, found);
    Some((from, each + 1))
}

/// "is split into instalments, each having an amount and a day": what is kept of each part; gives the words that say so.
pub fn each_with(
    reader: &mut Reader,
    sentence: &Sentence,
    chunks: &[Chunk],
    subject: Option<&Phrase>,
) -> Option<(usize, usize)> {
    const WITH: &str = "with has having have bearing carrying stating naming showing giving listing holding contributing at for \
        getting";
    // "each up to a limit and with a deductible"
    let up_to = |at: usize| sentence.says(at, "up") && sentence.says(at + 1, "to");
    let each = (1..sentence.words.len()).find(|at| {
        sentence.says(*at, "each")
            && (one_of(sentence.word(at + 1 + of_them(sentence, at + 1)), WITH) || up_to(at + 1))
            && !sentence.says(at - 1, "of for")
    })?;
    let before: Vec<&Chunk> = chunks.iter().filter(|it| it.to <= each).collect();
    let right = before
        .iter()
        .rev()
        .find_map(|it| it.phrase().filter(|it| it.many && !super::fact::is_plain(&it.key)))?
        .clone();
    let to = (each + 2..sentence.words.len())
        .find(|at| sentence.is_sign(*at, ";"))
        .unwrap_or(sentence.words.len());
    let from = each + 2 + of_them(sentence, each + 1) + usize::from(up_to(each + 1));
    let found = items(sentence, from, to);
    let plain = found.len() >= 3
        && found.iter().all(|it| {
            let thing = lexicon().business.contains(it.name.as_str()) || lexicon().is_person(&it.name);
            !it.many && (it.determined || !thing)
        });
    // "each of them has a role": that is said of each by itself.
    let has = sentence.says(each + 1 + of_them(sentence, each + 1), "has have");
    let of_pair = !has && !found.is_empty() && found.iter().all(tells_of_pair);
    if super::item_values::telling(&found) == 0 && !plain && !of_pair {
        return None;
    }
    let signal =
        if found.len() > 1 { super::fact::Signal::ListOwner } else { super::fact::Signal::SingleOwner };
    reader.see(&right, signal);
    let beside = before.iter().filter_map(|it| it.phrase()).find(|it| {
        !it.many && it.key != right.key && !super::fact::is_plain(&it.key) && !super::fact::names_property(it)
    });
    let left = subject
        .filter(|it| it.key != right.key)
        .or(beside.filter(|_| !has && subject.is_some_and(|it| it.key == right.key)))
        .or(reader.topic.as_ref())
        .filter(|it| it.key != right.key)
        .cloned();
    let own = sentence.says(each + 2, "its") && sentence.says(each + 3, "own");
    match left.filter(|_| !own) {
        Some(left) => reader.pays(left, right, found),
        None => reader.owns(&right, found, super::fact::Form::Have),
    }
    Some((each, to))
}

/// How many words "of them" behind "each" are.
fn of_them(sentence: &Sentence, at: usize) -> usize {
    let them = sentence.says(at, "of") && sentence.says(at + 1, "them which these those");
    usize::from(them) * 2
}

/// "as firm or likely": the values of what is noted.
pub fn values_of(sentence: &Sentence, from: usize, to: usize) -> Option<Item> {
    let parts = sentence
        .words
        .clip(from.min(to)..to)
        .split(|it| it.token.is(",") || one_of(it.token.word.as_str(), "or and"))
        .map(|part| part.iter().map(|it| it.token.clone()).collect::<Vec<_>>());
    let values: Vec<String> = parts.filter_map(|it| value(&it)).collect();
    (values.len() >= 2).then(|| Item { values, ..Item::named("kind", sentence.span_of(from, to)) })
}

/// The items of "for each x a, b and c are recorded" and "for each x we keep a, b and c".
pub fn recorded(
    sentence: &Sentence,
    chunks: &[Chunk],
    start: usize,
    verb_at: usize,
    end: usize,
) -> Vec<Item> {
    let verb = &chunks[verb_at];
    let said_before = chunks.get(start + 2..verb_at).unwrap_or(&[]);
    let pronoun = said_before.iter().any(|it| matches!(it.kind, ChunkKind::Pron(_)));
    if said_before.iter().any(|it| it.phrase().is_some()) && !pronoun {
        let from = said_before.iter().find(|it| it.phrase().is_some()).map_or(verb.from, |it| it.from);
        return items(sentence, from, verb.from);
    }
    items(sentence, verb.to, end)
}

/// The subject of the clause in which `part` stands, before a verb of having or joining; a pronoun means the topic.
pub fn whole_before(chunks: &[Chunk], part: &Phrase, topic: Option<&Phrase>) -> Option<Phrase> {
    let at = chunks.iter().position(|it| it.phrase().is_some_and(|it| it.span == part.span))?;
    let verb_at = chunks.clip(..at).iter().rposition(|it| it.verb().is_some_and(|it| !it.bare))?;
    let verb = chunks.verb_at(verb_at)?;
    let joins =
        lexicon().have.contains(verb.lemma.as_str()) || lexicon().associations.contains(verb.lemma.as_str());
    let subject = chunks.clip(..verb_at).iter().rev().find_map(|it| match &it.kind {
        ChunkKind::Noun(phrase) => Some(Some(phrase)),
        ChunkKind::Pron(word) => Some(topic.filter(|_| one_of(word.as_str(), "it they"))),
        ChunkKind::Verb(_) | ChunkKind::Prep(_) | ChunkKind::And | ChunkKind::Sub(_) | ChunkKind::Other => {
            None
        }
    });
    subject.flatten().filter(|_| joins && !verb.passive).cloned()
}

/// Gives what is kept of pairs to their junction; a part that has no life of its own keeps it itself.
pub fn settle(reading: &mut Reading, facts: &Facts, concepts: &Concepts) {
    for fact in &facts.all {
        if let Fact::Owns { owner, item, .. } = fact {
            kept_per(reading, owner, item, concepts);
        }
        let Fact::Pays { left, right, items, is_tie } = fact else { continue };
        let (Some(left_name), Some(right_name)) = (concepts.entity(left), concepts.entity(right)) else {
            // Of what stands alone, it is its own.
            if let Some(owner) = concepts.entity(right).map(str::to_owned) {
                for item in items {
                    attribute_of_pair(reading, &owner, item, concepts);
                }
            }
            continue;
        };
        if left_name == right_name {
            continue;
        }
        let joined =
            joined(reading, left_name, right_name).or_else(|| between(reading, left_name, right_name));
        let stands_alone = *is_tie
            || stands_alone(reading, concepts, right_name, left_name, items)
                && (!items.is_empty() || stands_alone(reading, concepts, left_name, right_name, items));
        if items.is_empty() && !stands_alone {
            continue;
        }
        let owner = match joined {
            Some(via) if stands_alone || items.len() < 3 => via,
            None if stands_alone => join(reading, left_name, right_name, right.span.cover(left.span)),
            Some(_) | None => right_name.to_owned(),
        };
        for item in items {
            if is_only_listed(reading, concepts, item) {
                reading.entities.retain(|it| it.name != item.name);
                keep_ends(reading);
                give(reading, &owner, item);
            } else if items.len() >= 2 && concepts.entity(&super::fact::phrase_of(item)).is_none() {
                // Among others of a list, a word that means nothing elsewhere is what the list says.
                give(reading, &owner, item);
            } else {
                attribute_of_pair(reading, &owner, item, concepts);
            }
        }
    }
}

/// Whether what a list names is a property there, though its word may mean a thing: no other words speak of it.
fn is_only_listed(reading: &Reading, concepts: &Concepts, item: &Item) -> bool {
    let property = lexicon().attribute(&item.name).is_some() || tells_of_pair(item);
    let Some(concept) = concepts.all.get(&item.name).filter(|_| property && !item.many) else { return false };
    let here = concept.mentions.iter().all(|it| item.span.cover(*it) == item.span);
    here && reading.entities.iter().any(|it| it.name == item.name && it.attributes.is_empty())
}

/// Last words of what is said of a pair rather than of either end. Source: attributes of junction tables in general.
const OF_PAIRS: &str = "quantity amount count share percent percentage fraction price rate fee cost grade level score role \
                      task position order rank since from to until status state answer reason remark note minimum maximum \
                      dose weight surcharge discount function part pieces result unit kilos grams hours hour minutes \
                      hectares copies seat page experience priority saving severity expiry_date comment flag extent limit";

/// Last words of what tells one row of a thing from another.
const OF_ITSELF: &str = "name title phone email barcode serial label description";

/// Last words of what a thing is told apart by, or looks like, where a list of it is told.
const OF_KINDS: &str = "code number colour color isbn sku plate address model type";

/// Whether any of some items can only be said of one thing by itself.
pub fn tells_of_itself(items: &[Item]) -> bool {
    items.iter().any(|it| {
        let last = super::lexicon::last_word(&it.name);
        one_of(last, OF_ITSELF) || one_of(last, OF_KINDS) || it.unique
    })
}

/// Whether an item is said of a pair rather than of either end.
pub fn tells_of_pair(item: &Item) -> bool {
    let name = item.name.as_str();
    let counts = ["number_of_", "amount_of_"].iter().any(|it| name.starts_with(it));
    item.boolean || counts || one_of(super::lexicon::last_word(name), OF_PAIRS)
}

/// Whether an end of a pair has a life of its own, so that what is told of each is told of the pair.
fn stands_alone(reading: &Reading, concepts: &Concepts, end: &str, other: &str, items: &[Item]) -> bool {
    let of_pairs = !items.is_empty() && items.iter().all(tells_of_pair);
    let of_itself = items.iter().any(|it| one_of(super::lexicon::last_word(&it.name), OF_ITSELF));
    let Some(entity) = reading.entities.iter().find(|it| it.name == end) else { return false };
    let tied = || {
        reading.relationships.iter().any(|it| it.from == end && it.to != other && it.to != end && !it.assumed)
    };
    let lexicon = lexicon();
    // What these words themselves gave it before says nothing of a life elsewhere.
    let here = |it: &&Attribute| items.iter().any(|item| it.evidence.contains(&item.span));
    let told = entity.attributes.iter().filter(|it| !here(it)).count();
    // There is a quantity of what is kept elsewhere.
    let is_counted = items.iter().any(|it| it.name == "quantity");
    told + usize::from(is_counted) >= 2 && told > 0 && !of_itself
        || concepts.maintained.contains(end)
        || lexicon.is_shared(end)
        || of_pairs && (lexicon.is_person(end) || !entity.attributes.is_empty() && tied())
}

/// What joins two entities already.
pub fn joined(reading: &Reading, left: &str, right: &str) -> Option<String> {
    reading.relationships.iter().find_map(|it| {
        let via = it.via.as_ref()?;
        let same = it.is_between(left, right);
        same.then(|| via.clone())
    })
}

/// What the text calls the pair of two, which refers to both: `participation`.
pub fn between(reading: &Reading, left: &str, right: &str) -> Option<String> {
    let between = reading
        .entities
        .iter()
        .find(|it| is_pair(&it.name) && reading.refers(&it.name, left) && reading.refers(&it.name, right));
    between.map(|it| it.name.clone())
}

/// Makes two entities many-to-many; what tied them as whole and part before is said by the junction now.
pub fn join(reading: &mut Reading, left: &str, right: &str, span: Span) -> String {
    reading.relationships.retain(|it| {
        let between = it.is_between(right, left);
        !(between && it.role.is_none())
    });
    let reason = "each pair of them is kept with what the text says of it";
    let via = junction(reading, left, right, span, reason);
    reading.relationships.push(Relationship {
        from: left.to_owned(),
        to: right.to_owned(),
        role: None,
        kind: RelationshipKind::ManyToMany,
        via: Some(via.clone()),
        nullable: false,
        on_delete: OnDelete::Cascade,
        assumed: false,
        reason: reason.to_owned(),
        evidence: vec![span],
        several: None,
    });
    via
}

/// "A supplier has a price per part": what is kept of each pair, when both stand alone.
fn kept_per(reading: &mut Reading, owner: &Phrase, item: &Item, concepts: &Concepts) {
    let Some(left) = concepts.entity(owner).map(str::to_owned) else { return };
    let Some(right) = item.per.as_deref().and_then(|it| concepts.resolve(it)).map(str::to_owned) else {
        return;
    };
    if left == right || item.unique || item.unique_in.is_some() || lexicon().attribute(&item.name).is_none() {
        return;
    }
    let via = joined(reading, &left, &right).unwrap_or_else(|| join(reading, &left, &right, item.span));
    if let Some(entity) = reading.entities.iter_mut().find(|it| it.name == left) {
        entity.attributes.retain(|it| !it.evidence.contains(&item.span));
    }
    attribute_of_pair(reading, &via, item, concepts);
}

/// "A buoy lies in several sectors": two things that a following sentence may speak of as a pair.
pub fn remember_pair(reader: &mut Reader, cx: &super::clauses::Clause, own: Option<&Phrase>, is_have: bool) {
    let verb = cx.verb.lemma.as_str();
    let object = cx.chunks.clip(cx.verb_at + 1..).iter().take(3).find_map(Chunk::phrase);
    let (Some(own), Some(object)) = (own, object) else { return };
    let joins =
        is_have || lexicon().associations.contains(verb) || verb == "take" || one_of(verb, super::walk::USES);
    if joins
        && object.many
        && !super::fact::is_plain(&object.key)
        && !lexicon().is_property(&object.key)
        && !super::fact::is_plain(&own.key)
    {
        reader.pair = Some((own.clone(), object.clone()));
    }
}

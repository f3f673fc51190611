//! What is written down: "width and depth are recorded", "we keep boats as name and number", "the share of each is noted".

use super::clauses::Clause;
use super::fact::{Form, is_plain};
use super::facts::Reader;
use super::item_values::telling;
use super::items::{Item, items};
use super::lexicon::lexicon;
use super::list_ends::list_end;
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase};
use super::sentences::Sentence;
use crate::base::{Clip, one_of};

/// Phrases with a preposition that introduce what something has.
pub const HAVE_PASSIVE: &str = "identify describe characterise characterize know define distinguish designate mark label accompany \
                      make compose";

/// Verbs that write things down; their objects, or their subjects in the passive, are attributes.
pub const RECORD: &str = "record note store keep register enter take state capture save write log set choose give specify \
                      track document know want need ask maintain hold add list file require retain collect report";

/// "The club stores the name of each, a number and a day", "the time of each visit", "a limit for every boat", "the day of
/// the launch and who came": of each of what is being talked about, or of what is named.
pub fn name_of_each(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let after = list_start(cx);
    let end = list_end(cx, after);
    let each = |at: &usize| cx.sentence.says(*at, "of for") && cx.sentence.says(at + 1, "each every all");
    let definite =
        |at: &usize| cx.sentence.says(*at, "of") && cx.sentence.says(at + 1, "the") && *at <= after + 3;
    // "phone numbers of volunteers and whether they drive": each volunteer has them.
    let several = |at: &usize| {
        let owner = cx.chunks.iter().find(|it| it.from == at + 1);
        let many = owner.and_then(Chunk::phrase).is_some_and(|it| {
            it.many && !lexicon().is_property(&it.key) && lexicon().business.contains(it.key.as_str())
        });
        let goes_on = owner.is_some_and(|it| cx.sentence.says(it.to, ", and"));
        let number = cx.sentence.says(at - 1, "number amount list kind type");
        cx.sentence.says(*at, "of") && *at <= after + 3 && many && goes_on && !number
    };
    let of = (after + 1..end)
        .find(each)
        .or_else(|| (after + 1..end).find(definite))
        .or_else(|| (after + 1..end).find(several))?;
    let named = cx.chunks.iter().find(|it| it.from > of && it.from <= of + 2).and_then(Chunk::phrase);
    let named = named.filter(|it| !lexicon().is_property(&it.key)).cloned();
    let is_sure = each(&of);
    let owner = match named {
        None if is_sure => reader.topic.clone(),
        other => other.filter(|it| is_sure || it.many || !lexicon().is_person(&it.key)),
    };
    let owner = owner.filter(|it| !is_plain(&it.key))?;
    let mut found = items(cx.sentence, after, of);
    let rest = (of + 1..end).find(|at| cx.sentence.says(*at, ", and")).unwrap_or(end);
    found.extend(items(cx.sentence, rest, end));
    if telling(&found) * 2 < found.len() || found.is_empty() {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((after, end))
}

/// The first word of what a verb writes down: "we put down the day".
pub fn list_start(cx: &Clause) -> usize {
    let after = cx.chunks.end_at(cx.verb_at);
    after + usize::from(cx.sentence.says(after, "down up"))
}

/// What an earlier clause of the same sentence brought up and the list of this one is about: "they hand in a form; we
/// keep its number", "when a boat is let, we note the day".
pub fn told_before(cx: &Clause) -> Option<Phrase> {
    let before = cx.chunks.clip(..cx.verb_at);
    let thing = |it: &&Phrase| {
        !it.possessor
            && !is_plain(&it.key)
            && !lexicon().is_property(&it.key)
            && !lexicon().is_person(&it.key)
    };
    let verb_at = before.iter().rposition(|it| it.verb().is_some_and(|it| !it.bare))?;
    let verb = before.verb_at(verb_at)?;
    let free = |at: &usize| *at == 0 || !matches!(before.kind_at(at - 1), ChunkKind::Prep(_));
    let told =
        |from: usize, to: usize| (from..to).filter(free).find_map(|at| before.phrase_at(at)).filter(thing);
    let when = matches!(&before.first()?.kind, ChunkKind::Sub(word) if one_of(word.as_str(), "when once"));
    if when
        && let Some(noun) = lexicon().events.get(verb.lemma.as_str())
        && verb.passive
    {
        let subject = told(0, verb_at)?;
        return Some(Phrase {
            key: (*noun).to_owned(),
            full: (*noun).to_owned(),
            many: false,
            ..subject.clone()
        });
    }
    let object = told(verb_at + 1, before.len()).filter(|it| it.det == super::phrases::Det::One);
    object.or_else(|| told(0, verb_at)).cloned()
}

/// "We keep machines as name and number": the list behind "as" is the object's.
pub fn kept_as(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let owner = cx.chunks.get(cx.verb_at + 1)?.phrase().filter(|it| !is_plain(&it.key))?.clone();
    let behind = cx.chunks.get(cx.verb_at + 2)?;
    if !behind.kind.is_prep("as") {
        return None;
    }
    let end = list_end(cx, behind.to);
    let found = items(cx.sentence, behind.to, end);
    if found.len() < 2 || telling(&found) * 2 < found.len() {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((behind.to, end))
}

/// "Where a pier has several owners, the share of each is recorded": what is kept of the pair.
pub fn share_of_each(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let (left, right) = reader.pair.clone()?;
    let from = cx.chunks.get(cx.start)?.from;
    let to = cx.chunks.start_at(cx.verb_at);
    let each =
        (from + 1..to).find(|at| cx.sentence.says(*at, "each") && cx.sentence.says(at - 1, "of by for"))?;
    let mut found = items(cx.sentence, from, each - 1);
    found.retain(|it| lexicon().attribute(&it.name).is_some() || it.boolean);
    if found.is_empty() {
        return None;
    }
    reader.pays(left, right, found);
    Some((from, list_end(cx, cx.chunks.end_at(cx.verb_at))))
}

/// The event that a section is headed by, when it tells of things that were told before and has no list yet:
/// under "Shut-off", "both days and the reason are recorded" speaks of the shut-off.
pub fn section_event(reader: &Reader, cx: &Clause) -> Option<Phrase> {
    let heading = reader.context(cx.sentence.block)?;
    let topic = reader.topic.as_ref()?;
    let old = (reader.owners.contains(&topic.key) || reader.spoken.contains(&topic.key))
        && !reader.owners.contains(&heading.key);
    let named = reader.verbs.iter().any(|it| {
        let stem = it.trim_end_matches(['e', 'y']);
        stem.len() >= 3 && super::lexicon::last_word(&heading.key).starts_with(stem) && heading.key != *it
    });
    let is_event = named
        || lexicon().events.values().any(|it| *it == heading.key)
        || heading.key.contains('_')
        || heading.key.contains('-');
    (old && is_event && heading.key != topic.key && !is_plain(&heading.key)).then_some(heading)
}

/// "For each berth, width and depth are recorded": what stands before the verb.
pub fn recorded(
    reader: &mut Reader,
    cx: &Clause,
    owner: Option<&Phrase>,
    is_sure: bool,
) -> Option<(usize, usize)> {
    let first = cx.start;
    // "has a price and is kept in a list": what stands before "and" is the other verb's.
    if matches!(cx.chunks.get(cx.verb_at.checked_sub(1)?)?.kind, ChunkKind::And) {
        return None;
    }
    let begin = cx
        .chunks
        .clip(first..cx.verb_at)
        .iter()
        .position(|it| matches!(&it.kind, ChunkKind::And) && cx.sentence.says(it.from, ","))
        .filter(|at| *at <= 2);
    let leads = matches!(&cx.chunks.get(first)?.kind, ChunkKind::Prep(_));
    let from = match begin {
        Some(at) if leads => cx.chunks.end_at(first + at),
        _ if leads => cx.chunks.get(first + 2)?.from,
        _ => cx.chunks.get(first)?.from,
    };
    let to = cx.chunks.start_at(cx.verb_at);
    if from >= to {
        return None;
    }
    let found = items(cx.sentence, from, to);
    let known = telling(&found);
    // "Upon arrival the day and the depth are noted": the first of a list does not own the others.
    let (begins, ends) = (cx.sentence.span_of(from, to).start, cx.sentence.span_of(from, to).end);
    let owner = owner.filter(|it| is_sure || it.span.start < begins || it.span.end > ends);
    let owner = match super::prose_lists::at_event(cx).or_else(|| super::prose_lists::its_owner(cx, from)) {
        Some(event) => Some(event),
        None if (leads || is_sure) && owner.is_some() => owner.cloned(),
        None => reader.topic.clone().or_else(|| owner.cloned()),
    }?;
    // "For each lamp the name, the site and the aperture are stored" leaves no doubt, whatever the words mean.
    let sure = leads
        && found.len() >= 2
        && found.iter().all(|it| it.determined || lexicon().attribute(&it.name).is_some());
    if found.is_empty() || known * 2 < found.len() && !sure || known == 0 {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((from, to))
}

/// "For the berth there is a number, a width and a depth": what there is for something, it has.
pub fn there_is(reader: &mut Reader, cx: &Clause, owner: &Phrase) -> Option<(usize, usize)> {
    let after = cx.chunks.get(cx.verb_at)?.to;
    let end = list_end(cx, after);
    let found = items(cx.sentence, after, end);
    // "for a file there is an account with a number" speaks of the account.
    let comma = (after..end).find(|at| cx.sentence.says(*at, ", and")).unwrap_or(end);
    let inner = (after..comma).any(|at| cx.sentence.says(at, "with of"));
    let sure =
        found.len() >= 3 && found.iter().all(|it| it.determined || lexicon().attribute(&it.name).is_some());
    let known = telling(&found);
    if inner || found.len() < 2 || known == 0 || known * 2 < found.len() && !sure {
        return None;
    }
    reader.owns(owner, found, Form::Have);
    Some((after, end))
}

impl Reader<'_> {
    /// "It is released by the master (who, when)": the parenthesis tells of the doing. False when it says more.
    pub(super) fn done_by(
        &mut self,
        sentence: &Sentence,
        chunks: &[Chunk],
        at: usize,
        subject: Option<&Phrase>,
    ) -> bool {
        let Some(owner) = subject.cloned().or_else(|| self.topic.clone()) else { return false };
        let verb = chunks.clip(..at).iter().rev().find(|it| it.verb().is_some());
        let Some(verb) = verb else { return false };
        let participle = sentence.word(verb.to - 1).to_owned();
        let Some(paren) = sentence
            .parens_in(chunks.start_at(at), chunks.end_at(at))
            .find(|it| it.after == chunks.end_at(at))
        else {
            return false;
        };
        let mut found = Vec::new();
        for token in &paren.tokens {
            let ending = match token.word.as_str() {
                "when" | "time" | "at" => "at",
                "date" | "day" => "on",
                "who" | "by" | "whom" | "and" | "," | "user" | "name" => continue,
                _ => return false,
            };
            found.push(Item::named(&format!("{participle}_{ending}"), paren.span));
        }
        if found.is_empty() || is_plain(&owner.key) {
            return false;
        }
        self.owns(&owner, found, Form::Paren);
        true
    }
}

/// "records an invoice with number and date": the object itself is followed by its list.
pub fn named_with(cx: &Clause) -> bool {
    let mut rest = cx.chunks.clip(cx.verb_at + 1..).iter();
    let object = rest.next().and_then(Chunk::phrase);
    let with = matches!(rest.next().map(|it| &it.kind), Some(ChunkKind::Prep(word)) if word == "with");
    with && object.is_some_and(|it| !lexicon().is_property(&it.key))
}

/// Gives the list from `from` on to its owner, where at least half of two items or more are properties; tells the words that it covers.
pub fn told_list(reader: &mut Reader, cx: &Clause, owner: &Phrase, from: usize) -> Option<(usize, usize)> {
    let end = list_end(cx, from);
    let found = items(cx.sentence, from, end);
    if found.len() < 2 || telling(&found) * 2 < found.len() {
        return None;
    }
    reader.owns(owner, found, Form::Recorded);
    Some((from, end))
}

//! What is written down: "width and depth are recorded", "we keep boats as name and number", "the share of each is noted".

use super::clauses::{Clause, list_end, telling};
use super::fact::{Fact, Form, is_plain};
use super::facts::Reader;
use super::items::items;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Phrase};

/// "The club stores the name of each, a number and a day": of each of what is being talked about, or of what is named.
pub fn name_of_each(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let after = cx.chunks[cx.verb_at].to;
    let end = list_end(cx, after);
    let of = (after + 1..end.min(after + 6)).find(|at| {
        cx.sentence.word(*at) == "of" && matches!(cx.sentence.word(at + 1), "each" | "every" | "all")
    })?;
    let named =
        cx.chunks.iter().find(|it| it.from > of && it.from <= of + 2).and_then(Chunk::phrase).cloned();
    let owner = named.or_else(|| reader.topic.clone()).filter(|it| !is_plain(&it.key))?;
    let mut found = items(cx.sentence, after, of);
    let rest = (of + 1..end).find(|at| matches!(cx.sentence.word(*at), "," | "and")).unwrap_or(end);
    found.extend(items(cx.sentence, rest, end));
    if telling(&found) * 2 < found.len() || found.is_empty() {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((after, end))
}

/// "We keep machines as name and number": the list behind "as" is the object's.
pub fn kept_as(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let owner = cx.chunks.get(cx.verb_at + 1)?.phrase().filter(|it| !is_plain(&it.key))?.clone();
    let behind = cx.chunks.get(cx.verb_at + 2)?;
    if !matches!(&behind.kind, ChunkKind::Prep(word) if word == "as") {
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
    let to = cx.chunks[cx.verb_at].from;
    let each = (from + 1..to).find(|at| {
        cx.sentence.word(*at) == "each" && matches!(cx.sentence.word(at - 1), "of" | "by" | "for")
    })?;
    let mut found = items(cx.sentence, from, each - 1);
    found.retain(|it| lexicon().attribute(&it.name).is_some() || it.boolean);
    if found.is_empty() {
        return None;
    }
    reader.out.all.push(Fact::Pays { left, right, items: found });
    Some((from, list_end(cx, cx.chunks[cx.verb_at].to)))
}

/// The event that a section is headed by, when it tells of things that were told before and has no list yet:
/// under "Shut-off", "both days and the reason are recorded" speaks of the shut-off.
pub fn section_event(reader: &Reader, cx: &Clause) -> Option<Phrase> {
    let heading = reader.context(cx.sentence.block)?;
    let topic = reader.topic.as_ref()?;
    let old = reader.owners.contains(&topic.key) && !reader.owners.contains(&heading.key);
    let is_event = lexicon().events.values().any(|it| *it == heading.key)
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
    let begin = cx.chunks[first..cx.verb_at]
        .iter()
        .position(|it| matches!(&it.kind, ChunkKind::And) && cx.sentence.word(it.from) == ",");
    let leads = matches!(&cx.chunks.get(first)?.kind, ChunkKind::Prep(_));
    let from = match begin {
        Some(at) if leads => cx.chunks[first + at].to,
        _ if leads => cx.chunks.get(first + 2)?.from,
        _ => cx.chunks.get(first)?.from,
    };
    let to = cx.chunks[cx.verb_at].from;
    if from >= to {
        return None;
    }
    let found = items(cx.sentence, from, to);
    let known = telling(&found);
    let owner =
        if leads || is_sure { owner.cloned() } else { reader.topic.clone().or_else(|| owner.cloned()) }?;
    if found.is_empty() || known * 2 < found.len() || known == 0 {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((from, to))
}

//! What somebody does to something is a thing of its own when the text says when: "a skipper books a berth from a day to a day".

use super::clauses::Clause;
use super::fact::{Form, Signal, is_plain};
use super::facts::Reader;
use super::items::Item;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Det, Phrase};

/// Notices the event that a clause tells of, with the moments that stand in it.
pub fn read(reader: &mut Reader, cx: &Clause, own: Option<&Phrase>) {
    let lexicon = lexicon();
    let Some(noun) = lexicon.events.get(cx.verb.lemma.as_str()) else { return };
    if cx.verb.denied || cx.relative || lexicon.hard.contains(noun) || lexicon.generic.contains(noun) {
        return;
    }
    let thing = |it: &&Phrase| !it.possessor && !is_plain(&it.key) && !lexicon.is_property(&it.key);
    let rest = &cx.chunks[cx.verb_at + 1..];
    let ends = |it: &Chunk| {
        it.verb().is_some_and(|it| !it.bare)
            || matches!(it.kind, ChunkKind::Sub(_))
            || matches!(cx.sentence.word(it.from), ";" | ":" | "(")
    };
    let rest = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
    let others = rest.iter().filter_map(Chunk::phrase).filter(thing).count();
    if !own.is_some_and(|it| thing(&it)) || others == 0 {
        return;
    }
    let mut moments: Vec<Item> = Vec::new();
    for pair in rest.windows(2) {
        let [ChunkKind::Prep(word), ChunkKind::Noun(phrase)] = [&pair[0].kind, &pair[1].kind] else {
            continue;
        };
        let when = matches!(word.as_str(), "on" | "at" | "from" | "until" | "to" | "till" | "by" | "for");
        let moment = matches!(lexicon.attribute(&phrase.key), Some("date" | "time" | "timestamptz"));
        if when && moment && matches!(phrase.det, Det::One | Det::The | Det::Bare) && !phrase.many {
            moments.push(Item { name: phrase.full.clone(), span: phrase.span, ..Item::default() });
        }
    }
    let verb = &cx.chunks[cx.verb_at];
    let event = Phrase::bare(noun, cx.sentence.span_of(verb.from, verb.to));
    reader.see(&event, Signal::Happens);
    reader.owns(&event, moments, Form::Recorded);
}

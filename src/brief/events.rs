//! What somebody does to something is a thing of its own when the text says when: "a skipper books a berth from a day to a day".

use super::clauses::Clause;
use super::fact::{Fact, Form, Signal, is_plain};
use super::facts::Reader;
use super::item_moments::{holding, is_state};
use super::items::Item;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use crate::base::{Clip, one_of};

/// Verbs of which something new comes. Source: own knowledge of English.
const MAKE: &str = "issue create make write draft prepare produce generate";

/// Verbs of agreeing on something, and nouns of what comes about by that alone. Source: own knowledge of English.
const AGREES: &str = "book reserve request order buy purchase";
const AGREED: &str = "appointment reservation booking consultation viewing membership subscription ride pickup delivery repair";

/// Notices the event that a clause tells of, with the moments that stand in it.
pub fn read(reader: &mut Reader, cx: &Clause, own: Option<&Phrase>) {
    let lexicon = lexicon();
    let Some(noun) = lexicon.events.get(cx.verb.lemma.as_str()) else { return };
    if cx.verb.denied || cx.relative || lexicon.hard.contains(noun) || lexicon.generic.contains(noun) {
        return;
    }
    // "A membership links a user to a team" speaks of the membership.
    if own.is_some_and(|it| super::brought::links(it, cx.verb)) {
        return;
    }
    // "Copies are moved": what is done to many is done to things, whatever their word.
    let thing = |it: &&Phrase| {
        !it.possessor
            && !lexicon.is_property(&it.key)
            && (!is_plain(&it.key) || it.many && lexicon.business.contains(it.key.as_str()))
    };
    let rest = super::coordinated::behind(cx.chunks, cx.verb_at);
    let ends = |it: &Chunk| {
        it.verb().is_some_and(|it| !it.bare)
            || matches!(it.kind, ChunkKind::Sub(_))
            || cx.sentence.says(it.from, "; : (")
    };
    let rest = rest.clip(..rest.iter().position(ends).unwrap_or(rest.len()));
    let others = rest.iter().filter_map(Chunk::phrase).filter(thing).count();
    // "The diver inspects."
    let ends_there = rest.is_empty()
        && cx.chunks.len() == cx.verb_at + 1
        && own.is_some_and(|it| lexicon.is_person(&it.key));
    // "Somebody reserves a berth", "we repair boats"
    let anybody = own.is_none_or(|it| is_plain(&it.key))
        && matches!(cx.chunks.get(cx.verb_at.wrapping_sub(1)).map(|it| &it.kind), Some(ChunkKind::Pron(_)));
    if !(anybody || own.is_some_and(|it| thing(&it))) || others == 0 && !ends_there {
        return;
    }
    // "We issue a permit": what is made is kept, not its making.
    let made = rest
        .first()
        .and_then(Chunk::phrase)
        .filter(|it| it.det == Det::One && one_of(cx.verb.lemma.as_str(), MAKE));
    if made.is_some_and(|it| lexicon.business.contains(it.key.as_str())) {
        return;
    }
    // "Patients book appointments": an appointment is the booking; "and check out" checks nothing.
    let what = if cx.verb.passive { own } else { rest.first().and_then(Chunk::phrase) };
    let is_agreed = |it: &Phrase| one_of(super::lexicon::last_word(&it.key), AGREED);
    let agreed = what.filter(|it| one_of(cx.verb.lemma.as_str(), AGREES) && is_agreed(it));
    if agreed.is_some() || cx.verb.lemma == "check" && cx.verb.particle {
        let verb = &cx.chunks[cx.verb_at];
        reader.out.agreed.push(cx.sentence.span_of(verb.from, verb.to));
        if let Some(what) = agreed.filter(|it| one_of(noun, "booking reservation") && it.key != *noun) {
            let (said, means) = ((*noun).to_owned(), what.key.clone());
            reader.out.all.push(Fact::Alias { said, means, is_told: false });
        }
        return;
    }
    let mut moments: Vec<Item> = Vec::new();
    for pair in rest.windows(2) {
        let [ChunkKind::Prep(word), ChunkKind::Noun(phrase)] = [pair.kind_at(0), pair.kind_at(1)] else {
            continue;
        };
        let when = one_of(word.as_str(), "on at from until to till by for");
        let moment = matches!(lexicon.attribute(&phrase.key), Some("date" | "time" | "timestamptz"));
        if when && moment && matches!(phrase.det, Det::One | Det::The | Det::Bare) && !phrase.many {
            moments.push(Item::named(&phrase.full, phrase.span));
        }
    }
    let verb = &cx.chunks[cx.verb_at];
    let event = Phrase::bare(noun, cx.sentence.span_of(verb.from, verb.to));
    reader.see(&event, Signal::Happens);
    reader.event = Some(event.clone());
    reader.owns(&event, moments, Form::Recorded);
}

/// Verbs that only say that something is on at a moment. Source: English verbs of happening.
const HAPPENS: &str = "take hold happen occur run schedule be plan set fix";

/// Verbs of measure with the property that they tell. Source: own knowledge of English.
pub const MEASURES: &[(&str, &str)] =
    &[("last", "duration"), ("cost", "price"), ("weigh", "weight"), ("call", "name")];

/// What a verb says of its subject by a moment or a measure: "is issued on a day", "takes place at a time", "lasts 45
/// minutes" tell of properties as surely as a list does.
pub fn moments(reader: &mut Reader, cx: &Clause, own: &Phrase) {
    let lexicon = lexicon();
    let lemma = cx.verb.lemma.as_str();
    let titled = reader.titles.contains(&own.key);
    let thing =
        |it: &Phrase| !it.possessor && !is_plain(&it.key) && (titled || !lexicon.is_property(&it.key));
    if cx.verb.denied || cx.verb.bare || !thing(own) || lexicon.is_person(&own.key) {
        return;
    }
    let rest = cx.chunks.clip(cx.verb_at + 1..);
    let ends = |it: &Chunk| {
        it.verb().is_some_and(|it| !it.bare)
            || matches!(it.kind, ChunkKind::Sub(_) | ChunkKind::And)
            || cx.sentence.says(it.from, "; : (")
    };
    let rest = rest.clip(..rest.iter().position(ends).unwrap_or(rest.len()));
    let mut found: Vec<Item> = Vec::new();
    let measured = MEASURES.iter().find(|it| it.0 == lemma && !cx.verb.passive);
    if let (Some((_, name)), Some(phrase)) =
        (measured.filter(|it| it.0 != "call"), rest.first().and_then(Chunk::phrase))
    {
        found.push(Item::named(name, phrase.span));
    }
    for pair in rest.windows(2) {
        let [ChunkKind::Prep(word), ChunkKind::Noun(phrase)] = [pair.kind_at(0), pair.kind_at(1)] else {
            continue;
        };
        let kind = lexicon.attribute(&phrase.key);
        // "is shipped under a waybill number", "is sold at a price"
        let known =
            one_of(super::lexicon::last_word(&phrase.key), "number code price fee rate discount cost");
        if known && one_of(word.as_str(), "under at") && phrase.det == Det::One && !phrase.many {
            found.push(Item::named(&phrase.full, phrase.span));
        }
        let Some(kind @ ("date" | "timestamptz")) = kind else { continue };
        // "took place between two days"
        if word == "between" && phrase.many && phrase.det == Det::Many {
            let noun = if kind == "date" { "date" } else { "time" };
            found.extend(["from", "to"].map(|it| Item::named(&format!("{it}_{noun}"), phrase.span)));
            continue;
        }
        let told = phrase.det == Det::One
            || phrase.det == Det::The && one_of(lemma, "begin start end finish expire");
        if !told || phrase.many || phrase.key == "month" {
            continue;
        }
        // "with one customer at a time" tells how many, not when.
        if word == "at" && phrase.key == "time" && lexicon.have.contains(lemma) {
            continue;
        }
        let ending = if kind == "date" { "on" } else { "at" };
        let noun = if kind == "date" { "date" } else { "time" };
        let state = pair.start_at(0).saturating_sub(1);
        let name = match word.as_str() {
            // "is valid from a date"
            "from" | "until" | "till" if lemma == "be" && is_state(cx.sentence, state) => {
                holding(cx.sentence.word(state), word)
            }
            "from" | "since" => format!("from_{noun}"),
            "until" | "till" => format!("until_{noun}"),
            "to" => format!("to_{noun}"),
            "on" | "at" => match lemma {
                _ if one_of(lemma, HAPPENS) => noun.to_owned(),
                "begin" | "start" | "open" => format!("start_{noun}"),
                "end" | "finish" | "close" => format!("end_{noun}"),
                _ if cx.verb.passive => {
                    format!("{}_{ending}", cx.sentence.word(cx.chunks.end_at(cx.verb_at) - 1))
                }
                _ => noun.to_owned(),
            },
            _ => continue,
        };
        let from = word == "from" || word == "since";
        found.push(Item::named(&name, phrase.span));
        // "from one day to another"
        let behind =
            rest.iter().position(|it| it.from == pair.start_at(1)).map_or(&[][..], |at| rest.clip(at + 1..));
        if let (true, [to, end, ..]) = (from, behind)
            && to.kind.is_prep("to until till")
            && end.kind.is_pron("another")
        {
            found.push(Item::named(&format!("to_{noun}"), phrase.span));
        }
    }
    reader.owns(own, found, Form::Recorded);
}

//! Lists that hang on a noun inside a clause: "a boat with a name and a length", "a log stating time and position".

use super::brought;
use super::fact::{Fact, Form, Signal, is_plain};
use super::facts::Reader;
use super::item_values::telling;
use super::items::items;
use super::lexicon::lexicon;
use super::payload;
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase};
use super::sentences::Sentence;
use crate::base::{Clip, one_of};

/// Participles that introduce what the noun before them says or holds. Source: English verbs of saying and holding.
const STATING: &str = "stating naming showing specifying containing comprising listing giving bearing carrying noting \
                      recording detailing measuring sending including";

/// The same with a preposition behind them.
const MADE_OF: &[(&str, &str)] = &[
    ("consisting", "of"),
    ("composed", "of"),
    ("identified", "by"),
    ("described", "by"),
    ("defined", "by"),
    ("characterised", "by"),
    ("characterized", "by"),
    ("known", "by"),
];

/// The first word behind what opens a list at the word `at`.
fn opened(sentence: &Sentence, at: usize) -> Option<usize> {
    let word = sentence.word(at);
    if word == "with" || one_of(word, "along together") && sentence.says(at + 1, "with") {
        return Some(at + 1 + usize::from(word != "with"));
    }
    if word == "as" && sentence.says(at + 1, "well") && sentence.says(at + 2, "as") {
        return Some(at + 3);
    }
    // "models, their heights and sizes", "models, namely their height"
    let joined = at > 1 && sentence.says(at - 1, ", and");
    if joined && one_of(word, "their its") {
        return Some(at);
    }
    if word == "namely" {
        return Some(at + 1);
    }
    // "is identified by" is a clause of its own; "each stating" speaks of each.
    let before = at.checked_sub(1).map_or("", |it| sentence.word(it));
    if at == 0 || one_of(before, "is are was were be been each") {
        return None;
    }
    if one_of(word, STATING) {
        return Some(at + 1);
    }
    MADE_OF.contains(&(word, sentence.word(at + 1))).then_some(at + 2)
}

/// Whose list begins at the word `at`: the noun before it, unless that is only mentioned beside what the clause is about.
fn owner_of(reader: &Reader, sentence: &Sentence, chunks: &[Chunk], at: usize) -> Option<Phrase> {
    let before: Vec<&Chunk> = chunks.iter().filter(|it| it.to <= at).collect();
    if let Some(topic) = super::leads::of_them(reader, sentence, &before, at) {
        return Some(topic);
    }
    let last_at = before.iter().rposition(|it| it.phrase().is_some())?;
    // "A station sends readings every hour with depth": the time has no list.
    let time = before.phrase_at(last_at).is_some_and(|it| {
        is_plain(&it.key) && last_at > 0 && before.phrase_at(last_at - 1).is_some_and(|it| !it.possessor)
    });
    let nearest_at = last_at - usize::from(time);
    let nearest = before.phrase_at(nearest_at)?;
    let led = |at: usize| at > 0 && matches!(before.kind_at(at - 1), ChunkKind::Prep(_));
    // "between a crew and another crew": both stand behind the preposition.
    let governed = |at: usize| {
        led(at)
            || at > 2
                && matches!(before.kind_at(at - 1), ChunkKind::And)
                && before.phrase_at(at - 2).is_some()
                && led(at - 2)
    };
    let thing = |it: &&Phrase| !it.possessor && !is_plain(&it.key) && !super::fact::names_property(it);
    let verb = before.iter().rposition(|it| it.verb().is_some_and(|it| !it.bare));
    let free = |range: std::ops::Range<usize>| {
        range.filter(|at| !governed(*at)).find_map(|at| before.phrase_at(at)).filter(thing)
    };
    // What the clause is about: its object, else its subject.
    let about = match verb {
        Some(verb) => {
            free(verb + 1..before.len()).or_else(|| free(0..verb).filter(|it| !lexicon().is_person(&it.key)))
        }
        None => free(0..before.len()),
    };
    // "An owner objects to a bill, stating his grounds": the grounds are those of the objection.
    if sentence.says(at - 1, ",")
        && one_of(sentence.word(at), STATING)
        && !matches!(sentence.word(at), "including")
        && let Some(verb_at) = verb
        && let Some(noun) = before.verb_at(verb_at).and_then(|it| lexicon().events.get(it.lemma.as_str()))
    {
        return Some(Phrase::bare(noun, sentence.span_of(before.start_at(verb_at), before.end_at(verb_at))));
    }
    let comma = sentence.says(at - 1, ",") && sentence.says(at, "with")
        || sentence.says(at, "together along")
        || sentence.says(at, "with") && sentence.says(at - 1, "together along");
    // "A lift is entered into the register with its number", "stays are noted per berth with a start": what is kept has it.
    let kept = sentence.says(at, "with")
        && verb
            .and_then(|it| before.verb_at(it))
            .is_some_and(|it| it.passive && one_of(it.lemma.as_str(), super::recording::RECORD));
    // "Periods of outage are recorded per berth, with start and end"
    let of =
        before.first().and_then(|it| it.phrase()).filter(|it| kept && is_plain(&it.key)).and_then(|_| {
            let of = before.get(1).is_some_and(|it| it.kind.is_prep("of"));
            before.get(2)?.phrase().filter(|_| of)
        });
    let about = about.or(of).filter(|it| it.span != nearest.span);
    // "Files are laid up per boat with their format": of several, or of one.
    let agrees = |it: &Phrase| match sentence.word(at + 1) {
        "their" => it.many && !nearest.many,
        "its" => !it.many && nearest.many,
        _ => false,
    };
    if let Some(about) = about.filter(|it| governed(nearest_at) && agrees(it)) {
        return Some(about.clone());
    }
    let Some(about) = about.filter(|_| governed(nearest_at)) else {
        return (before.len() - last_at <= 3).then(|| nearest.clone());
    };
    let old = reader.owners.contains(&nearest.key) && !reader.owners.contains(&about.key);
    let aside = comma || kept || old || lexicon().is_person(&nearest.key) || !thing(&nearest);
    Some(if aside { about.clone() } else { nearest.clone() })
}

/// Reads every such list of the sentence that no clause has read; `lists` are the words that were.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], lists: &mut Vec<(usize, usize)>) {
    let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else { return };
    for at in first.from + 1..last.to {
        let Some(from) = opened(sentence, at) else { continue };
        let covered = lists.iter().any(|(from, to)| at >= *from && at < *to);
        let finite = chunks.iter().any(|it| it.verb().is_some_and(|it| !it.bare));
        let asked =
            reader.asked_about(sentence.block).filter(|_| !finite).or_else(|| listed(reader, sentence, at));
        let Some(owner) = asked
            .or_else(|| defined(sentence, chunks, at))
            .or_else(|| brought::list_of(chunks, at))
            .or_else(|| owner_of(reader, sentence, chunks, at))
        else {
            continue;
        };
        let pair = brought::pair_of(chunks, at);
        let property = lexicon().is_property(&owner.key) && !(owner.many && owner.key.contains('_'));
        let has_none = property || is_plain(&owner.key);
        if covered || has_none && pair.is_none() {
            continue;
        }
        let stop = chunks.iter().filter(|it| it.from >= from).find(|it| {
            let verb = matches!(&it.kind, ChunkKind::Verb(verb) if !verb.bare) && !follows_noun(sentence, it);
            verb || matches!(it.kind, ChunkKind::Sub(_)) || sentence.says(it.from, "; :")
        });
        let stop = stop.map_or(last.to, |it| it.from);
        let behind = chunks.iter().position(|it| it.from >= from).unwrap_or(chunks.len());
        let to = super::list_ends::end_of(sentence, chunks.clip(behind..), chunks, from).max(stop);
        let found = items(sentence, from, to);
        let known = telling(&found);
        // "Pictures, with photographer, date and scale, are sorted": set off by commas, three bare nouns are a list.
        let aside = at > 0
            && sentence.says(at - 1, ",")
            && found.len() >= 3
            && found.iter().all(|it| !it.determined && !it.many);
        if known == 0 || known * 2 < found.len() && !aside {
            continue;
        }
        if let Some((left, right)) = pair.filter(|_| found.iter().all(payload::tells_of_pair)) {
            let (items, to) = brought::with_values(sentence, found, to);
            reader.see(&right, Signal::Holds);
            reader.out.all.push(Fact::Pays { left, right, items, is_tie: true });
            lists.push((from, to));
            continue;
        }
        if has_none {
            continue;
        }
        let owner = done_at_moments(sentence, chunks, at, &found).unwrap_or(owner);
        give(reader, chunks, at, owner, found);
        lists.push((from, to));
    }
}

/// "A pilot, whose name and licence are kept": the list is that of the noun before; gives the words that say so.
pub fn whose(
    reader: &mut Reader,
    sentence: &Sentence,
    chunks: &[Chunk],
    at: usize,
) -> Option<(usize, usize)> {
    let comma = matches!(chunks.kind_at(at.checked_sub(1)?), ChunkKind::And);
    let owner = chunks.phrase_at(at.checked_sub(1 + usize::from(comma))?)?.clone();
    let rest = chunks.clip(at + 1..);
    let ends = |it: &Chunk| {
        matches!(it.kind, ChunkKind::Sub(_) | ChunkKind::Pron(_)) || it.verb().is_some_and(|it| !it.bare)
    };
    let end = rest.iter().position(ends)?;
    let (from, to) = (chunks.end_at(at), rest.start_at(end));
    let verb = rest.iter().position(|it| it.verb().is_some_and(|it| !it.bare))?;
    let found = items(sentence, from, to);
    let kept = one_of(rest.verb_at(verb)?.lemma.as_str(), super::recording::RECORD);
    let property = is_plain(&owner.key) || lexicon().is_property(&owner.key);
    if property || found.len() < 2 && !kept || telling(&found) * 2 < found.len() {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((from, rest.end_at(verb)))
}

/// "Its length is recorded by the master, together with its width": whose list goes on at the word `at`.
fn listed(reader: &Reader, sentence: &Sentence, at: usize) -> Option<Phrase> {
    let goes_on = sentence.says(at, "along together as");
    let (from, to) = (sentence.span.start, sentence.words.get(at)?.token.span.start);
    let last = reader.out.all.iter().rev().take(24).find_map(|it| match it {
        Fact::Owns { owner, item, form: Form::Recorded | Form::Have, .. } => Some((owner, item.span)),
        _ => None,
    });
    last.filter(|it| goes_on && it.1.start >= from && it.1.end <= to).map(|it| it.0.clone())
}

fn give(reader: &mut Reader, chunks: &[Chunk], at: usize, owner: Phrase, found: Vec<super::items::Item>) {
    let before = chunks.iter().filter(|it| it.to <= at).count();
    let whole = payload::whole_before(chunks.clip(..before), &owner, reader.topic.as_ref());
    let thing = |it: &Phrase| it.key != owner.key && !is_plain(&it.key) && !lexicon().is_person(&owner.key);
    match whole.filter(thing) {
        Some(left) if owner.many || lexicon().is_shared(&owner.key) => {
            let signal = if found.len() > 1 { Signal::ListOwner } else { Signal::SingleOwner };
            reader.see(&owner, signal);
            reader.pays(left, owner, found);
        }
        _ => reader.owns(&owner, found, Form::Have),
    }
}

/// "A buoy is a mark with a colour", "a buoy is a mark or a lamp, with a colour": the list is that of what is defined.
fn defined(sentence: &Sentence, chunks: &[Chunk], at: usize) -> Option<Phrase> {
    let before = chunks.iter().filter(|it| it.to <= at).count();
    let aside = at > 0 && sentence.says(at, "with") && sentence.is_sign(at - 1, ",");
    let finite = chunks.clip(..before).iter().rposition(|it| it.verb().is_some_and(|it| !it.bare));
    if let (true, Some(verb)) = (aside, finite)
        && chunks.verb_at(verb).is_some_and(|it| it.lemma == "be" && !it.passive && !it.denied)
        && sentence.says(chunks.end_at(verb), "a an one either")
        && let Some(subject) = verb.checked_sub(1).and_then(|it| chunks.phrase_at(it))
        && !is_plain(&subject.key)
        && !super::fact::names_property(subject)
    {
        return Some(subject.clone());
    }
    chunks.get(before.checked_sub(1)?)?.phrase()?;
    let verb = chunks.get(before.checked_sub(2)?)?.verb()?;
    let subject = chunks.get(before.checked_sub(3)?)?.phrase()?;
    (verb.lemma == "be" && !verb.passive && !is_plain(&subject.key)).then(|| subject.clone())
}

/// "steps to reproduce": an infinitive behind a noun belongs to its name.
pub fn follows_noun(sentence: &Sentence, verb: &Chunk) -> bool {
    sentence.says(verb.from, "to") && verb.from > 0 && sentence.tag(verb.from - 1) == super::tags::Tag::Noun
}

/// "The vet prescribes a drug with dose, start and end": moments are those of what is done.
fn done_at_moments(
    sentence: &Sentence,
    chunks: &[Chunk],
    at: usize,
    found: &[super::items::Item],
) -> Option<Phrase> {
    let before: Vec<&Chunk> = chunks.iter().filter(|it| it.to <= at).collect();
    let verb_at = before.iter().rposition(|it| it.verb().is_some_and(|it| !it.bare))?;
    let verb = before.verb_at(verb_at)?;
    let noun = lexicon().events.get(verb.lemma.as_str())?;
    let person = before
        .clip(..verb_at)
        .iter()
        .rev()
        .find_map(|it| it.phrase())
        .is_some_and(|it| lexicon().is_person(&it.key));
    let moment = |it: &super::items::Item| {
        one_of(it.name.as_str(), "start end from until date time start_date end_date")
    };
    let enters = one_of(noun, "registration log_entry");
    // "A mate applies for a berth with a photo and a cover letter"
    let behind = before.clip(verb_at + 1..);
    let applies = behind.len() == 2
        && matches!(&behind.first()?.kind, ChunkKind::Prep(word) if one_of(word.as_str(), "for to about against"))
        && behind.get(1).is_some_and(|it| it.phrase().is_some())
        && found.len() >= 2;
    // "prescribes medicines with a dosage and a duration"
    let dose = |it: &super::items::Item| one_of(it.name.as_str(), "dosage dose duration frequency");
    let prescribes = *noun == "prescription" && found.iter().all(dose);
    (person && !verb.denied && (applies || prescribes || !enters && found.iter().any(moment)))
        .then(|| Phrase::bare(noun, sentence.span_of(before.start_at(verb_at), before.end_at(verb_at))))
}

//! Clauses: who has what, what is recorded of what, what is one of which values.

use super::fact::{Fact, Form, Signal, is_plain};
use super::facts::Reader;
use super::items::{Item, items, value};
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Phrase, Verb};
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::Token;

/// Verbs that write things down; their objects, or their subjects in the passive, are attributes.
const RECORD: &[&str] = &[
    "record", "note", "store", "keep", "register", "enter", "take", "state", "capture", "save", "write",
    "log", "give", "specify", "track", "document", "know", "want", "need", "ask", "maintain", "hold", "add",
    "list", "save",
];

/// Phrases with a preposition that introduce what something has.
const HAVE_PASSIVE: &[&str] = &[
    "identify",
    "describe",
    "characterise",
    "characterize",
    "know",
    "define",
    "distinguish",
    "designate",
    "mark",
    "label",
    "accompany",
    "make",
    "compose",
];

/// Reads the sentence from word `from` on, clause by clause.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], from: usize) {
    read_to(reader, sentence, chunks, from, sentence.words.len());
}

/// Reads the words `from..to`.
pub fn read_to(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], from: usize, to: usize) {
    let chunks: Vec<Chunk> = chunks.iter().filter(|it| it.from >= from && it.to <= to).cloned().collect();
    reader.places(&chunks, from);
    let each = for_each(&chunks);
    let mut subject: Option<Phrase> = each.clone();
    let mut lists: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    let mut relative = false;
    for at in 0..chunks.len() {
        match &chunks[at].kind {
            ChunkKind::Sub(_) => relative = true,
            ChunkKind::And if sentence.word(chunks[at].from) == "," => relative = false,
            ChunkKind::Other if matches!(sentence.word(chunks[at].from), ";" | "-" | ":") => {
                relative = false;
                start = at + 1;
            }
            ChunkKind::Verb(verb) if !verb.bare => {
                if lists.iter().any(|(from, to)| chunks[at].from >= *from && chunks[at].to <= *to) {
                    continue;
                }
                let here = subject_before(&chunks, start, at);
                let (own, pronoun) = match here {
                    Found::Phrase(phrase) => (Some(phrase), false),
                    Found::Topic => (subject.clone().or_else(|| reader.topic.clone()), true),
                    Found::Speaker => (None, true),
                    Found::None => (subject.clone().or_else(|| reader.topic.clone()), false),
                };
                if let (Some(own), false, false) = (&own, pronoun, relative) {
                    reader.see(own, Signal::Subject);
                    subject = Some(own.clone());
                }
                let cx = Clause { sentence, chunks: &chunks, verb_at: at, verb, relative, start };
                if let Some(list) = clause(reader, &cx, own.as_ref(), each.as_ref(), pronoun) {
                    lists.push(list);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    with_lists(reader, sentence, &chunks, &mut lists);
    for (at, chunk) in chunks.iter().enumerate() {
        let in_list = lists.iter().any(|(from, to)| chunk.from >= *from && chunk.to <= *to);
        let Some(phrase) = chunk.phrase() else { continue };
        if in_list {
            continue;
        }
        // "Buoys are kept by the office (code, name)": a list behind an agent or place is the subject's.
        let governed = at > 0
            && matches!(&chunks[at - 1].kind, ChunkKind::Prep(word) if matches!(word.as_str(), "by" | "at" | "from"));
        let passive = chunks[..at].iter().rev().find_map(Chunk::verb).is_some_and(|it| it.passive);
        match &subject {
            Some(subject)
                if governed
                    && passive
                    && lexicon().attribute(&phrase.key).is_none()
                    && !lexicon().is_person(&subject.key) =>
            {
                reader.parens_of(sentence, subject, chunk);
            }
            _ => reader.parens(sentence, &chunks[at..=at], chunk.from, chunk.to),
        }
    }
    let first_subject = subject.filter(|it| !is_plain(&it.key));
    if let Some(subject) = first_subject {
        let attribute = lexicon().attribute(&subject.key).is_some();
        let person_speaks = lexicon().is_person(&subject.key)
            && reader.topic.is_some()
            && chunks.iter().any(|it| matches!(&it.kind, ChunkKind::Pron(_)));
        if !attribute && !person_speaks {
            if reader.subjects[sentence.block].is_none() {
                reader.subjects[sentence.block] = Some(subject.clone());
            }
            reader.topic = Some(subject);
        }
    }
}

struct Clause<'a> {
    sentence: &'a Sentence,
    chunks: &'a [Chunk],
    verb_at: usize,
    verb: &'a Verb,
    relative: bool,
    start: usize,
}

enum Found {
    Phrase(Phrase),
    Topic,
    Speaker,
    None,
}

/// "For each x, …" at the beginning.
fn for_each(chunks: &[Chunk]) -> Option<Phrase> {
    let ChunkKind::Prep(word) = &chunks.first()?.kind else { return None };
    if !matches!(word.as_str(), "for" | "per" | "of" | "with") {
        return None;
    }
    chunks.get(1)?.phrase().cloned()
}

/// The subject of the verb at `at`: the first noun phrase behind the last boundary that no preposition governs.
fn subject_before(chunks: &[Chunk], start: usize, at: usize) -> Found {
    let mut found = Found::None;
    let mut fresh = true;
    // "has a name and is open": the subject is the one of the clause before.
    if at > start && matches!(chunks[at - 1].kind, ChunkKind::And) {
        return Found::None;
    }
    for index in start..at {
        let governed = index > 0 && matches!(chunks[index - 1].kind, ChunkKind::Prep(_));
        match &chunks[index].kind {
            ChunkKind::Noun(phrase) if phrase.possessor => {}
            ChunkKind::Noun(phrase) if fresh && !governed => {
                found = Found::Phrase(phrase.clone());
                fresh = false;
            }
            ChunkKind::Pron(word) if fresh && !governed => {
                found = match word.as_str() {
                    "i" | "we" | "you" | "there" | "nobody" | "everybody" | "somebody" | "someone"
                    | "everyone" | "anybody" => Found::Speaker,
                    "he" | "she" | "who" => Found::Speaker,
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

/// Reads one clause; gives the words that its list covers.
fn clause(
    reader: &mut Reader,
    cx: &Clause,
    own: Option<&Phrase>,
    each: Option<&Phrase>,
    pronoun: bool,
) -> Option<(usize, usize)> {
    let verb = cx.verb;
    let sentence = cx.sentence;
    let after = cx.chunks[cx.verb_at].to;
    let lexicon = lexicon();
    if verb.denied {
        return None;
    }
    let next = sentence.word(after);
    let is_have = !verb.passive && lexicon.have.contains(verb.lemma.as_str());
    let is_recording = RECORD.contains(&verb.lemma.as_str());
    if verb.passive
        && HAVE_PASSIVE.contains(&verb.lemma.as_str())
        && matches!(next, "by" | "with" | "of" | "up")
    {
        let end = list_end(cx, after);
        return owns(reader, cx, own?, after + 1, end, Form::Have);
    }
    if verb.passive && is_recording {
        return recorded(reader, cx, each.or(own));
    }
    let person = own.is_some_and(|it| lexicon.is_person(&it.key));
    if is_recording && (pronoun || person) && !cx.relative {
        let end = list_end(cx, after);
        let found = items(sentence, after, end);
        let known = telling(&found);
        let owner = each.cloned().or_else(|| reader.topic.clone());
        if found.len() >= 2
            && known * 2 > found.len()
            && (own.is_none() || pronoun)
            && let Some(owner) = owner
        {
            reader.owns(&owner, found, Form::Recorded);
            return Some((after, end));
        }
        if pronoun {
            return None;
        }
    }
    if is_have && let Some(own) = own {
        let end = list_end(cx, after);
        let skip = usize::from(matches!(next, "of" | "by" | "with" | "to"));
        return owns(reader, cx, own, after + skip, end, Form::Have);
    }
    if verb.lemma == "be"
        && let Some(own) = own
    {
        return copula(reader, cx, own);
    }
    if matches!(verb.lemma.as_str(), "move" | "go" | "pass" | "change" | "switch" | "run")
        && let Some(own) = own
    {
        return transitions(reader, cx, own);
    }
    None
}

fn telling(found: &[Item]) -> usize {
    let lexicon = lexicon();
    found
        .iter()
        .filter(|it| {
            it.name.ends_with("_id")
                || lexicon.attribute(&it.name).is_some()
                || it.boolean
                || it.unique
                || it.who.is_some()
                || !it.values.is_empty()
        })
        .count()
}

fn owns(
    reader: &mut Reader,
    cx: &Clause,
    owner: &Phrase,
    from: usize,
    to: usize,
    form: Form,
) -> Option<(usize, usize)> {
    if from >= to || lexicon().attribute(&owner.key).is_some() && !owner.many {
        // "Its number has six digits" says nothing about a table, unless the noun is used as one.
        let found = items(cx.sentence, from, to);
        if found.len() < 2 || telling(&found) * 2 < found.len() {
            return None;
        }
    }
    if is_plain(&owner.key) {
        return None;
    }
    let found = items(cx.sentence, from, to);
    if found.is_empty() {
        return None;
    }
    reader.owns(owner, found, form);
    Some((from, to))
}

/// Where a list in running prose ends: before the clause that begins with a new finite verb.
fn list_end(cx: &Clause, from: usize) -> usize {
    let mut relative = false;
    let mut last_break = None;
    let mut end = cx.chunks.last().map_or(from, |it| it.to);
    for chunk in cx.chunks.iter().skip(cx.verb_at + 1) {
        match &chunk.kind {
            ChunkKind::And => {
                let word = cx.sentence.word(chunk.from);
                if word == "," || !relative {
                    relative = false;
                    last_break = Some(chunk.from);
                }
                if word == "but" {
                    end = chunk.from;
                    break;
                }
            }
            ChunkKind::Prep(word)
                if word == "with"
                    && last_break == Some(chunk.from.saturating_sub(1))
                    && chunk.from > from + 1 =>
            {
                end = chunk.from - 1;
                break;
            }
            ChunkKind::Sub(_) => relative = true,
            ChunkKind::Verb(verb) if !verb.bare && !relative => {
                end = last_break.unwrap_or(chunk.from).max(from);
                break;
            }
            ChunkKind::Other if matches!(cx.sentence.word(chunk.from), ";" | ":") => {
                if cx.sentence.word(chunk.from) == ";" && !clause_follows(cx, chunk.to) {
                    continue;
                }
                end = chunk.from;
                break;
            }
            ChunkKind::Noun(_)
            | ChunkKind::Verb(_)
            | ChunkKind::Prep(_)
            | ChunkKind::Pron(_)
            | ChunkKind::Other => {}
        }
    }
    end
}

fn clause_follows(cx: &Clause, from: usize) -> bool {
    cx.chunks.iter().filter(|it| it.from >= from).any(|it| it.verb().is_some_and(|it| !it.bare))
}

/// "For each berth, width and depth are recorded": what stands before the verb.
fn recorded(reader: &mut Reader, cx: &Clause, owner: Option<&Phrase>) -> Option<(usize, usize)> {
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
    let owner = if leads { owner.cloned() } else { reader.topic.clone().or_else(|| owner.cloned()) }?;
    if found.is_empty() || known * 2 < found.len() || known == 0 {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((from, to))
}

/// "A berth is free, taken or closed"; "its width is optional"; "the number is unique in its pier".
fn copula(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let sentence = cx.sentence;
    let from = cx.chunks[cx.verb_at].to;
    let end = list_end(cx, from);
    let lexicon = lexicon();
    let attribute = lexicon.attribute(&own.key).is_some();
    let (owner, name) = if attribute {
        let of = of_phrase(cx, own).or_else(|| reader.topic.clone())?;
        (of, Some(own.full.clone()))
    } else {
        (own.clone(), None)
    };
    let words: Vec<&str> =
        sentence.words[from.min(end)..end].iter().map(|it| it.token.word.as_str()).collect();
    if words.first().is_some_and(|it| matches!(*it, "unique" | "optional" | "mandatory" | "required"))
        && let Some(name) = &name
    {
        let scope = words.iter().position(|it| matches!(*it, "within" | "in" | "per" | "across"));
        let unique_in = scope
            .and_then(|at| {
                words[at + 1..]
                    .iter()
                    .find(|it| !matches!(**it, "a" | "an" | "the" | "its" | "each" | "one" | "all"))
            })
            .map(|it| crate::base::singular(it));
        let item = Item {
            name: name.clone(),
            unique: words[0] == "unique",
            nullable: words[0] == "optional",
            unique_in,
            span: own.span,
            ..Item::default()
        };
        reader.owns(&owner, vec![item], Form::Have);
        return Some((from, end));
    }
    let parts: Vec<Vec<Token>> = sentence.words[from.min(end)..end]
        .split(|it| {
            it.token.is(",") || it.token.is("/") || it.token.is("|") || matches!(it.token.word.as_str(), "or")
        })
        .map(|part| part.iter().map(|it| it.token.clone()).collect())
        .collect();
    let says_or = words.contains(&"or")
        || sentence.words[from.min(end)..end].iter().any(|it| it.token.is("/") || it.token.is("|"));
    let all: Vec<String> = parts.iter().filter(|it| !it.is_empty()).filter_map(|it| value(it)).collect();
    let short = all.iter().all(|it| it.split(' ').count() <= 3);
    let determined = sentence.tag(from) == Tag::Det && !matches!(sentence.word(from), "either");
    if says_or
        && all.len() >= 2
        && short
        && !determined
        && all.len() == parts.iter().filter(|it| !it.is_empty()).count()
    {
        reader.out.all.push(Fact::Values { of: owner, name, values: all, span: sentence.span_of(from, end) });
        return Some((from, end));
    }
    None
}

/// The phrase that "of" hangs on the subject: "the number of a berth".
fn of_phrase(cx: &Clause, own: &Phrase) -> Option<Phrase> {
    let at = cx.chunks.iter().position(|it| it.phrase().is_some_and(|it| it.span == own.span))?;
    match (&cx.chunks.get(at + 1)?.kind, cx.chunks.get(at + 2)?.phrase()) {
        (ChunkKind::Prep(word), Some(phrase)) if word == "of" => Some(phrase.clone()),
        _ => None,
    }
}

/// "It moves from draft to published": two values of its status.
fn transitions(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let from = cx.chunks[cx.verb_at].to;
    let end = cx.sentence.words.len().min(cx.chunks.last()?.to);
    if !matches!(cx.sentence.word(from), "from" | "through") {
        return None;
    }
    let parts = cx.sentence.words[from + 1..end].split(|it| {
        it.token.is(",")
            || it.token.is(">")
            || matches!(it.token.word.as_str(), "to" | "and" | "or" | "through" | "then" | "over" | "via")
    });
    let all: Vec<String> =
        parts.filter_map(|part| value(&part.iter().map(|it| it.token.clone()).collect::<Vec<_>>())).collect();
    let states = all.iter().filter(|it| lexicon().states.contains(it.as_str())).count();
    if all.len() >= 2 && states >= 1 && all.iter().all(|it| it.split(' ').count() <= 2) {
        reader.out.all.push(Fact::Values {
            of: own.clone(),
            name: None,
            values: all,
            span: cx.sentence.span_of(from, end),
        });
        return Some((from, end));
    }
    None
}

/// "A boat with a name and a length": the list belongs to the noun before "with".
fn with_lists(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], lists: &mut Vec<(usize, usize)>) {
    for at in 1..chunks.len() {
        let ChunkKind::Prep(word) = &chunks[at].kind else { continue };
        if word != "with" {
            continue;
        }
        let covered = lists.iter().any(|(from, to)| chunks[at].from >= *from && chunks[at].to <= *to);
        let Some(owner) = chunks[..at].iter().rev().take(3).find_map(Chunk::phrase).cloned() else {
            continue;
        };
        if covered || lexicon().is_property(&owner.key) {
            continue;
        }
        let stop = chunks[at + 1..].iter().find(|it| {
            let verb = matches!(&it.kind, ChunkKind::Verb(verb) if !verb.bare);
            verb || matches!(it.kind, ChunkKind::Sub(_)) || matches!(sentence.word(it.from), ";" | ":")
        });
        let to = stop.map_or_else(|| chunks.last().map_or(0, |it| it.to), |it| it.from);
        let found = items(sentence, chunks[at].to, to);
        if telling(&found) * 2 > found.len() {
            reader.owns(&owner, found, Form::Have);
            lists.push((chunks[at].to, to));
        }
    }
}

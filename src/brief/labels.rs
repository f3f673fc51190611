//! Statements with a label: `berth: number, width`, `Status = free / taken`, `The master keeps a log: time, position`.

use super::bare;
use super::clauses;
use super::fact::{Fact, Form, Signal, is_plain};
use super::facts::Reader;
use super::item_values::{is_known, values};
use super::items::{Item, items};
use super::label_owners::{
    KEPT, clause_owner, has_values, is_timed, names_values, people_label, until_condition,
};
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, chunks_in};
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::Token;
use crate::base::{Clip, one_of};

/// Verbs that lead a thing from state to state.
const MOVES: &str = "move pass go progress advance run switch";

/// Reads the sentence from word `from` on as a label with its list; false when it has none.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], from: usize) -> bool {
    let Some((at, sign)) = label_end(sentence, from) else {
        return bare::read(reader, sentence, chunks, from);
    };
    let count = sentence.words.len();
    // "sender opens the app -> new shipment: address, size" is about the shipment.
    let arrow = (from..at).rfind(|at| sentence.says(*at, ">")).map_or(from, |it| it + 1);
    let label: Vec<&Chunk> = chunks.iter().filter(|it| it.from >= arrow && it.to <= at).collect();
    // "firms whose boats we moor: name": the verb of a relative clause says nothing about the list.
    let relative = label
        .iter()
        .position(|it| matches!(it.kind, ChunkKind::Sub(_)))
        .filter(|at| *at > usize::from(is_timed(&label)))
        .unwrap_or(label.len());
    if super::named_sets::read(reader, sentence, &label, at) {
        return true;
    }
    // "Users are added to a project with a role: owner, editor": values of what is kept of each pair.
    let with = (from..at).rfind(|at| sentence.says(*at, "with"));
    if with.is_some_and(|it| super::brought::pair_of(chunks, it).is_some()) {
        return false;
    }
    let main = label.clip(..relative);
    let has_verb =
        main.iter().any(|it| it.verb().is_some_and(|it| !it.bare && it.lemma != "be" || it.passive));
    if let Some(all) = people_label(sentence, &label, at).filter(|_| !has_verb) {
        reader.see(&all, Signal::BulletHead);
        reader.subjects[sentence.block] = Some(all.clone());
        give(reader, sentence, &all, at + 1);
        reader.topic = Some(all);
        return true;
    }
    if has_values(reader, sentence, &label, at) || !has_verb && names_values(reader, sentence, &label, at) {
        return true;
    }
    let is_list = sentence.words.clip(from..at).iter().any(|it| it.token.is(","));
    if is_list && !has_verb {
        return bare::read(reader, sentence, chunks, from);
    }
    let tells = sign == "-" && tells_attributes(sentence, at + 1);
    // "Moorly - berths for everyone" opens a text with its name.
    if sign == "-" && sentence.block == 0 && !tells {
        return false;
    }
    if sign != ":" && sign != "=" && (has_verb || at - from > 5) && !tells {
        return false;
    }
    let refused = ["not", "later", "future", "excluded"].contains(&sentence.word(from))
        || sentence.says(from, "out") && sentence.says(from + 1, "of");
    if refused {
        for phrase in chunks.iter().filter_map(Chunk::phrase) {
            reader.see(phrase, Signal::Out);
        }
        return true;
    }
    let about = super::wordings::label_about(&label).filter(|_| tells_attributes(sentence, at + 1));
    let owner = match (has_verb, label.last().and_then(|it| it.phrase())) {
        _ if about.is_some() => about,
        // "we let berths by the month. berth = number, width"
        (true, Some(last)) if sign == "=" => Some(last.clone()),
        (true, _) => clause_owner(reader, sentence, until_condition(sentence, &label)),
        (false, _) => label_owner(&label),
    };
    let told = at + 1 < count;
    // "Form: name, number" lists what the thing above has.
    let owner = match owner {
        Some(plain)
            if told
                && !has_verb
                && is_plain(&plain.key)
                && lexicon().attribute(&plain.key).is_none()
                && !(plain.many
                    && one_of(super::lexicon::last_word(&plain.key), "entity object table concept"))
                && !(named_thing(&plain.key)
                    && (tells_attributes(sentence, at + 1) || begins_with_name(sentence, at + 1))) =>
        {
            reader.nearest(sentence.block).or(Some(plain))
        }
        other => other,
    };
    // "And a depot?" - "A shed where boats are kept: name, street": what is asked about has the list.
    let owner = match reader.asked_about(sentence.block) {
        Some(asked) if !has_verb && relative < label.len() => Some(asked),
        _ => owner,
    };
    let owner = owner.filter(|_| !(at == from + 1 && told && KEPT.contains(&sentence.word(from))));
    let owner = owner.map(|it| reader.of_whole(it, sentence.block));
    let Some(owner) = owner else {
        if !told {
            reader.subjects[sentence.block].clone_from(&reader.topic);
        } else if let Some(topic) = reader.topic.clone() {
            give(reader, sentence, &topic, at + 1);
        }
        return true;
    };
    if has_verb {
        clauses::read_to(reader, sentence, chunks, from, at);
    }
    // "Entities: product, sale": the text itself says what the things are.
    let lists_things = !has_verb
        && one_of(super::lexicon::last_word(&owner.key), "entity object table concept")
        && owner.many;
    if told && lists_things {
        for item in items(sentence, at + 1, count) {
            let thing = super::fact::phrase_of(&item);
            reader.see(&thing, Signal::Heading);
            reader.see(&thing, Signal::BulletHead);
        }
        return true;
    }
    per_phrases(reader, chunks, &owner, from, at);
    let context = reader.context(sentence.block);
    if !told {
        lead_in(reader, sentence, &owner, context.as_ref());
        return true;
    }
    // "workflow: NEW > READY, plus ABANDONED"
    let cycle = sentence.says(at - 1, "workflow lifecycle states statuses stages flow");
    if cycle && !has_verb && !begins_with_name(sentence, at + 1) {
        let tokens: Vec<Token> = sentence.words.clip(at + 1..).iter().map(|it| it.token.clone()).collect();
        let all = values(&tokens);
        let plain = all.iter().all(|it| it.split(' ').count() <= 3);
        let of = if is_plain(&owner.key) || lexicon().attribute(&owner.key).is_some() {
            reader.nearest(sentence.block)
        } else {
            Some(owner.clone())
        };
        if let Some(of) = of.filter(|_| all.len() >= 2 && plain) {
            reader.out.all.push(Fact::Values { of, name: None, values: all, span: sentence.span });
            return true;
        }
    }
    let moves = main.iter().filter_map(|it| it.verb()).any(|it| one_of(it.lemma.as_str(), MOVES));
    if moves && has_verb {
        let tokens: Vec<Token> = sentence.words.clip(at + 1..).iter().map(|it| it.token.clone()).collect();
        let all = values(&tokens);
        let asks = |it: &String| it.split(' ').any(|it| one_of(it, "what when who how which where"));
        let told = tells_attributes(sentence, at + 1) || all.iter().any(asks);
        if all.len() >= 3 && !told && all.iter().all(|it| it.split(' ').count() <= 3) {
            reader.out.all.push(Fact::Values { of: owner, name: None, values: all, span: sentence.span });
            return true;
        }
    }
    let valued = takes_values(sentence, &label, at).filter(|_| has_verb);
    let is_value_set = valued.is_some();
    let owner = valued.unwrap_or(owner);
    // "photos at the pier: file, caption" has a list of properties, so the photos are things.
    let asks = sentence.says(at + 1, "which who when how whether");
    let named = lexicon().business.contains(owner.key.as_str()) && reader.spoken.contains(&owner.key);
    let rows = owner.many && !has_verb && begins_with_name(sentence, at + 1);
    let thing = rows || (owner.many || asks || named) && tells_attributes(sentence, at + 1);
    // "Buy a permit: it names a day" goes on with a sentence.
    let goes_on = sentence.says(at + 1, "it they");
    let attribute = is_value_set
        || !goes_on
            && lexicon()
                .attribute(&owner.key)
                .is_some_and(|it| it == "enum" || !tells_attributes(sentence, at + 1))
            && !thing
            && !reader.has_children[sentence.block];
    if attribute
        && let Some(topic) = reader.topic.clone().or(context.clone()).filter(|it| it.key != owner.key)
    {
        attribute_label(reader, sentence, &topic, &owner, at + 1);
        return true;
    }
    // "type: coin, note" of nothing that was named says nothing that could be kept.
    let nobody = reader.topic.is_none() && context.is_none() && !reader.titles.contains(&owner.key);
    let closed = lexicon().attributes.get(owner.key.as_str()) == Some(&"enum") && !owner.many;
    if attribute && nobody && closed {
        return true;
    }
    reader.see(&owner, Signal::BulletHead);
    if let Some(outer) = context.filter(|it| it.key != owner.key)
        && reader.blocks[sentence.block].parent.is_some()
    {
        reader.out.all.push(Fact::Nested { inner: owner.clone(), outer });
    }
    reader.subjects[sentence.block] = Some(owner.clone());
    reader.parens(sentence, chunks, from, at);
    give(reader, sentence, &owner, at + 1);
    reader.topic = Some(owner);
    true
}

/// Whether a noun that mostly speaks of the text may well name a thing of business: a section of a hall.
fn named_thing(key: &str) -> bool {
    let lexicon = lexicon();
    lexicon.business.contains(key) && !lexicon.interface.contains(key)
}

/// "has a name and a zone: wet, dry, frozen": the last thing before the colon, when what follows can only be its values.
fn takes_values(sentence: &Sentence, label: &[&Chunk], colon: usize) -> Option<Phrase> {
    let lexicon = lexicon();
    let last = label.last().and_then(|it| it.phrase()).filter(|it| {
        (it.det == Det::One || it.det == Det::Bare && lexicon.attribute(&it.key) == Some("enum")) && !it.many
    })?;
    let has = label
        .iter()
        .any(|it| it.verb().is_some_and(|it| !it.passive && lexicon.have.contains(it.lemma.as_str())));
    let tokens: Vec<Token> = sentence.words.clip(colon + 1..).iter().map(|it| it.token.clone()).collect();
    let all = values(&tokens);
    let plain = all.iter().all(|it| {
        it.split(' ').count() <= 2
            && (lexicon.states.contains(it.as_str()) || lexicon.attribute(&it.replace(' ', "_")).is_none())
    });
    let with = label.iter().any(|it| it.kind.is_prep("with"));
    let has = has || with && lexicon.attribute(&last.key) == Some("enum");
    (has && all.len() >= 2 && plain).then(|| last.clone())
}

/// The sign that closes a label, and where: a colon anywhere in front of a list, else an equals sign, dash or gap early on.
fn label_end(sentence: &Sentence, from: usize) -> Option<(usize, &'static str)> {
    for at in from + 1..sentence.words.len() {
        if sentence.tag(at) != Tag::Sign {
            continue;
        }
        match sentence.word(at) {
            ":" => return Some((at, ":")),
            "=" => return Some((at, "=")),
            "\t" if at - from <= 5 => return Some((at, "\t")),
            "-" if sentence.words[at].token.spaced
                && (at - from <= 5 || tells_attributes(sentence, at + 1)) =>
            {
                return Some((at, "-"));
            }
            ";" => return None,
            _ => {}
        }
    }
    None
}

/// Whether what follows is a list of which most items are attributes.
pub(super) fn tells_attributes(sentence: &Sentence, from: usize) -> bool {
    let found = super::items::items(sentence, from, sentence.words.len());
    let known = found
        .iter()
        .filter(|it| {
            is_known(it)
                || it.boolean
                || it.unique
                || !it.values.is_empty()
                || !it.parts.is_empty()
                || lexicon().is_person(&it.name)
        })
        .count();
    found.len() >= 2 && known * 3 >= found.len() * 2
}

/// Whether a list begins with what tells rows apart, as no list of values does: "Languages: name, code".
fn begins_with_name(sentence: &Sentence, from: usize) -> bool {
    sentence.says(from, "name title code number") && matches!(sentence.word(from + 1), "," | "and" | "")
}

/// The first noun phrase of a label without verb.
pub(super) fn label_owner(label: &[&Chunk]) -> Option<Phrase> {
    let lexicon = lexicon();
    let phrases: Vec<(usize, &Phrase)> =
        label.iter().enumerate().filter_map(|(at, it)| it.phrase().map(|phrase| (at, phrase))).collect();
    let governed = |at: usize| at > 0 && matches!(label.kind_at(at - 1), ChunkKind::Prep(_));
    let first = phrases.iter().find(|(at, _)| !governed(*at)).or(phrases.first())?;
    // "list of berths", "kinds of berth", "details of the berth"
    let of = label.get(first.0 + 1).is_some_and(|it| it.kind.is_prep("of"));
    if of && (is_plain(&first.1.key) || lexicon.empty_heads.contains(first.1.key.as_str())) {
        return phrases.iter().map(|it| it.1).find(|it| it.span.start > first.1.span.start).cloned();
    }
    Some(first.1.clone())
}

/// "Forecast per campaign and interval: …" hangs the forecast under the campaign.
fn per_phrases(reader: &mut Reader, chunks: &[Chunk], owner: &Phrase, from: usize, to: usize) {
    for pair in chunks.windows(2) {
        let [first, second] = pair else { continue };
        if first.from < from || second.to > to {
            continue;
        }
        if let (ChunkKind::Prep(word), Some(phrase)) = (&first.kind, second.phrase())
            && one_of(word.as_str(), "per of for at about against under to from on")
            && phrase.key != owner.key
        {
            reader.see(phrase, if word == "per" { Signal::OneOrPer } else { Signal::Mentioned });
            reader.out.all.push(Fact::Nested { inner: owner.clone(), outer: phrase.clone() });
        }
    }
}

/// A label with nothing behind it: what is indented under it is its list.
fn lead_in(reader: &mut Reader, sentence: &Sentence, owner: &Phrase, context: Option<&Phrase>) {
    let owner = if is_plain(&owner.key) { context.cloned() } else { Some(owner.clone()) };
    let Some(owner) = owner else { return };
    reader.see(&owner, Signal::BulletHead);
    if let Some(outer) = context.filter(|it| it.key != owner.key)
        && reader.blocks[sentence.block].parent.is_some()
    {
        reader.out.all.push(Fact::Nested { inner: owner.clone(), outer: outer.clone() });
    }
    reader.subjects[sentence.block] = Some(owner.clone());
    reader.topic = Some(owner);
}

/// `Status: a, b, c` under a thing: the values of its status, or the parts of a compound attribute.
fn attribute_label(reader: &mut Reader, sentence: &Sentence, topic: &Phrase, label: &Phrase, from: usize) {
    let count = sentence.words.len();
    let to = (from..count).find(|at| sentence.is_sign(*at, ";")).unwrap_or(count);
    let tokens: Vec<Token> =
        sentence.words.clip(from.min(to)..to).iter().map(|it| it.token.clone()).collect();
    let all = values(&tokens);
    let mut item = Item::named(&label.full, label.span);
    if all.len() >= 2 && all.iter().all(|it| it.split(' ').count() <= 3) {
        item.values = all;
    } else {
        let words: Vec<&str> = tokens.iter().map(|it| it.word.as_str()).collect();
        item.unique = words.contains(&"unique");
        item.boolean = words.contains(&"y/n");
        item.nullable = words.contains(&"optional");
    }
    reader.owns(topic, vec![item], Form::Label);
    // "kind: wet, dry; price": what follows is the topic's again.
    if to + 1 < count {
        give(reader, sentence, topic, to + 1);
    }
}

/// Gives the list behind a label to its owner: items, or prose about it.
fn give(reader: &mut Reader, sentence: &Sentence, owner: &Phrase, from: usize) {
    let count = sentence.words.len();
    let from = from.min(count);
    let rest = chunks_in(sentence, from, count);
    let reader_topic = Some(owner.clone());
    // The list runs up to the first part that is a sentence of its own.
    let mut end = count;
    let mut start = from;
    for at in from..count {
        if sentence.says(at, ";") || at + 1 == count {
            let stop = if at + 1 == count { count } else { at };
            if is_statement(sentence, &rest, start, stop) {
                end = end.min(start.max(from));
            }
            start = at + 1;
        }
    }
    let said_list = sentence
        .words
        .clip(from..end)
        .iter()
        .any(|it| it.token.is(",") || it.token.is(";") || it.token.says("and"))
        || end - from <= 4;
    if end > from && said_list && !first_clause(sentence, &rest, from, end) {
        if keeps_list(sentence, from, end) {
            reader.out.all.push(Fact::Lookup { of: owner.clone() });
            reader.see(owner, Signal::Maintained);
        }
        let found = items(sentence, from, end);
        if super::item_values::telling(&found) == 0
            && rest.iter().any(|it| it.to <= end && it.verb().is_some_and(|it| !it.bare))
        {
            // "on a Saturday, volunteers mend what visitors bring" is no list.
            return end_topics(reader, sentence, reader_topic, from);
        }
        // "choose services: washing, ironing" gives examples of the services.
        let before = rest_before(sentence, from).filter(|it| it.many && it.key != owner.key);
        if let Some(things) = before
            && found.len() >= 2
            && found.iter().all(|it| {
                !it.determined
                    && lexicon().attribute(&it.name).is_none()
                    && it.values.is_empty()
                    && !it.boolean
                    && it.who.is_none()
            })
        {
            reader.see(&things, Signal::Quantified);
            return end_topics(reader, sentence, reader_topic, end);
        }
        // "keepers: schools, clubs, private persons" tells who they are, not what is kept of them.
        let kinds = owner.many
            && found.len() >= 2
            && found.iter().all(|it| it.many && !it.maintained && lexicon().attribute(&it.name).is_none());
        if kinds && lexicon().is_person(&owner.key) {
            let values = found.iter().map(|it| it.name.replace('_', " ")).collect();
            reader.out.all.push(Fact::Values { of: owner.clone(), name: None, values, span: sentence.span });
            return end_topics(reader, sentence, reader_topic, end);
        }
        let found = without_values_only(reader, owner, found, sentence);
        reader.owns(owner, found, Form::Label);
        end_topics(reader, sentence, reader_topic, end);
    } else {
        end_topics(reader, sentence, reader_topic, from);
    }
}

fn end_topics(reader: &mut Reader, sentence: &Sentence, topic: Option<Phrase>, from: usize) {
    reader.topic = topic;
    if from < sentence.words.len() {
        let rest = chunks_in(sentence, from, sentence.words.len());
        clauses::read(reader, sentence, &rest, from);
    }
}

/// Whether the list begins with a clause instead: a subject and a finite verb before any comma.
fn first_clause(sentence: &Sentence, chunks: &[Chunk], from: usize, to: usize) -> bool {
    let mut had_noun = false;
    for chunk in chunks.iter().filter(|it| it.from >= from && it.to <= to) {
        match &chunk.kind {
            ChunkKind::And | ChunkKind::Sub(_) => return false,
            ChunkKind::Noun(_) | ChunkKind::Pron(_) => had_noun = true,
            ChunkKind::Verb(verb) if !verb.bare && had_noun => return true,
            ChunkKind::Other if sentence.says(chunk.from, "; :") => return false,
            ChunkKind::Verb(_) | ChunkKind::Prep(_) | ChunkKind::Other => {}
        }
    }
    false
}

/// Between two semicolons stands a statement when it begins with a noun phrase and goes on with a finite verb, or with
/// the verb itself.
fn is_statement(sentence: &Sentence, chunks: &[Chunk], from: usize, to: usize) -> bool {
    let first = chunks.iter().find(|it| it.from >= from && it.to <= to);
    first.is_some_and(|it| it.verb().is_some_and(|it| !it.bare)) || first_clause(sentence, chunks, from, to)
}

/// A list of which no item could be an attribute, behind a person or kind, names values: "Crew: skippers, mates".
fn without_values_only(
    reader: &mut Reader,
    owner: &Phrase,
    found: Vec<Item>,
    sentence: &Sentence,
) -> Vec<Item> {
    let lexicon = lexicon();
    let adjective = |it: &Item| {
        sentence
            .words
            .iter()
            .any(|word| word.token.span == it.span && matches!(word.tag, Tag::Adj | Tag::Past))
    };
    let states = found.iter().filter(|it| lexicon.states.contains(it.name.as_str()) || adjective(it)).count();
    if found.len() >= 3
        && states * 2 > found.len()
        && found.iter().all(|it| lexicon.attribute(&it.name).is_none())
    {
        let values = found.iter().map(|it| it.name.replace('_', " ")).collect();
        reader.out.all.push(Fact::Values { of: owner.clone(), name: None, values, span: sentence.span });
        return Vec::new();
    }
    found
}

/// "code, name, the clerk maintains": whether a piece of the list says who keeps it.
fn keeps_list(sentence: &Sentence, from: usize, to: usize) -> bool {
    (from..to).any(|at| super::item_rows::keeps(sentence, at, to))
}

/// The noun phrase right before the colon in front of the word `from`.
fn rest_before(sentence: &Sentence, from: usize) -> Option<Phrase> {
    let colon = from.checked_sub(1)?;
    let all = chunks_in(sentence, 0, colon);
    let verb = all.iter().any(|it| it.verb().is_some_and(|it| !it.bare));
    all.last()?.phrase().filter(|_| verb).cloned()
}

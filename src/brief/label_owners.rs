//! Whose list stands behind a clause and its colon.

use super::fact::{Fact, Signal, is_plain};
use super::facts::Reader;
use super::item_values::values;
use super::items::items;
use super::labels::{label_owner, tells_attributes};
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::sentences::Sentence;
use super::tokens::Token;
use crate::base::{Clip, one_of};

/// How something is paid or delivered: "in parts" is no thing. Source: own knowledge of English.
const MANNERS: &str = "part instalment installment advance arrears cash kind total full";

/// A label up to the condition that closes it: "a stay begins when the boat is moored: date, berth" is about the stay.
pub fn until_condition<'a, 'b>(sentence: &Sentence, label: &'a [&'b Chunk]) -> &'a [&'b Chunk] {
    // "When a boat has come in, the master writes an entry: date, crew" is about the entry.
    let timed = is_timed(label);
    let opening = matches!(label.get(usize::from(timed)).map(|it| &it.kind), Some(ChunkKind::Sub(word)) if one_of(word.as_str(), "when if once while whenever that"));
    let comma = label.iter().position(|it| sentence.says(it.from, ","));
    // "When somebody is hired we speak of an engagement: day, function"
    let speaker = label.iter().rposition(|it| it.kind.is_pron("we i you they"));
    let label = match comma.or(speaker) {
        Some(at) if opening && label.clip(at + 1..).iter().any(|it| it.verb().is_some_and(|it| !it.bare)) => {
            label.clip(at + 1..)
        }
        _ => label,
    };
    // "When a skipper is ill a deputy is named: from, until" is about the deputy.
    let first = label.iter().position(|it| it.verb().is_some_and(|it| !it.bare));
    let second = first.and_then(|first| {
        let next = label.iter().skip(first + 1).position(|it| it.phrase().is_some())? + first + 1;
        label.get(next + 1).filter(|it| it.verb().is_some_and(|it| !it.bare)).map(|_| next)
    });
    let label = match second {
        Some(at) if opening && comma.is_none() => label.get(at..).unwrap_or(label),
        _ => label,
    };
    let condition = label.iter().position(|it| {
        matches!(&it.kind, ChunkKind::Sub(word)
            if one_of(word.as_str(), "when if once because while whenever unless"))
    });
    let told = |at: &usize| label.clip(..*at).iter().any(|it| it.verb().is_some_and(|it| !it.bare));
    condition.filter(told).map_or(label, |at| label.clip(..at))
}

/// "Each day when a boat comes in we write an entry: …"
pub fn is_timed(label: &[&Chunk]) -> bool {
    label.first().and_then(|it| it.phrase()).is_some_and(|it| it.det == Det::Each && is_plain(&it.key))
}

/// Whose list follows a clause: the subject of a passive or of "be", else the object; an event verb names the event.
pub fn clause_owner(reader: &Reader, sentence: &Sentence, label: &[&Chunk]) -> Option<Phrase> {
    // "Lamps break, so we need a repair log: who, when": the list is that of the clause before the colon.
    if let [before @ .., speaker, verb, object] = label
        && before.iter().any(|it| it.verb().is_some_and(|it| !it.bare))
        && speaker.kind.is_pron("we i they")
        && verb.verb().is_some_and(|it| one_of(it.lemma.as_str(), "need want keep have use"))
        && let Some(object) = object.phrase().filter(|it| it.det == Det::One && !is_plain(&it.key))
    {
        return Some(object.clone());
    }
    let verb_at = label.iter().position(|it| it.verb().is_some_and(|it| !it.bare))?;
    let verb = label.verb_at(verb_at)?;
    // "lets the crew note damages: place, size": what the crew does is what it is about.
    if one_of(verb.lemma.as_str(), "allow enable let permit help")
        && let Some(second) = label.iter().skip(verb_at + 1).position(|it| it.verb().is_some())
    {
        let behind = label.clip(verb_at + 2 + second..).iter().find_map(|it| it.phrase());
        if let Some(object) = behind.filter(|it| !is_plain(&it.key) && !it.possessor) {
            return Some(object.clone());
        }
    }
    let free = |(at, it): &(usize, &&Chunk)| {
        it.phrase().is_some_and(|it| !it.possessor)
            && !(*at > 0 && matches!(label.kind_at(at - 1), ChunkKind::Prep(_)))
    };
    // "For a pier and a boat a berth is booked": the subject is what stands next to the verb.
    let leads = matches!(label.first().map(|it| &it.kind), Some(ChunkKind::Prep(_)));
    let before: Vec<&Phrase> =
        label.clip(..verb_at).iter().enumerate().filter(free).filter_map(|it| it.1.phrase()).collect();
    // "Once a year a berth is inspected": the time is not the subject.
    let timeless = before.iter().find(|it| !is_plain(&it.key)).or(before.first());
    let subject = if leads { before.last() } else { timeless };
    // "For a berth the following is kept: number, width"
    let led = label.get(1).and_then(|it| it.phrase()).filter(|it| leads && !is_plain(&it.key));
    let subject = match subject {
        Some(plain) if is_plain(&plain.key) && led.is_some() => led,
        other => other.copied(),
    };
    let subject = subject.cloned();
    let last = label.iter().rev().find_map(|it| it.phrase());
    if let Some(last) = last.filter(|it| {
        lexicon().attribute(&it.key).is_some()
            && it.det == Det::One
            && !is_plain(&it.key)
            && Some(it.span) != subject.as_ref().map(|it| it.span)
    }) {
        return Some(last.clone());
    }
    // "A layout has trolley positions: code, size": the list is that of what stands before the colon.
    if let (Some(ChunkKind::Noun(last)), Some(subject)) = (label.last().map(|it| &it.kind), &subject)
        && !verb.passive
        && verb.lemma != "be"
        && (last.many || matches!(verb.lemma.as_str(), "consist"))
        && last.span != subject.span
        && (label.clip(verb_at + 1..).iter().filter(|it| it.phrase().is_some()).count() == 1
            || ends_in_parts(sentence, label, verb_at, last))
        && (verb.lemma == "consist"
            || label.clip(verb_at + 1..).iter().all(|it| !matches!(it.kind, ChunkKind::Prep(_))))
        && !is_plain(&last.key)
        && (!lexicon().is_property(&last.key)
            || last.many && last.key.contains('_')
            || super::facts::is_part(&last.key, last.many))
        && !(lexicon().is_person(&subject.key) && lexicon().is_person(&last.key))
    {
        return Some(last.clone());
    }
    // "Boats are lifted in batches: day, crane"
    let gathered = label
        .len()
        .checked_sub(2)
        .and_then(|at| label.get(at))
        .is_some_and(|it| it.kind.is_prep("in into as"));
    if let Some(last) = label.last().and_then(|it| it.phrase()).filter(|it| {
        verb.passive
            && gathered
            && it.many
            && it.det == Det::Bare
            && !is_plain(&it.key)
            && !lexicon().is_property(&it.key)
    }) {
        return Some(last.clone());
    }
    // "Several suppliers are asked for a quote: amount, date"
    let asked_for = one_of(verb.lemma.as_str(), "ask invite request")
        && label.iter().rev().nth(1).is_some_and(|it| it.kind.is_prep("for"));
    if let Some(last) = label.last().and_then(|it| it.phrase()).filter(|it| {
        asked_for
            && (it.det == Det::One || it.det == Det::Bare && !it.many && !lexicon().is_property(&it.key))
    }) {
        return Some(last.clone());
    }
    if verb.passive || verb.lemma == "be" {
        let there = label.clip(..verb_at).iter().any(|it| it.kind.is_pron("there"));
        if there {
            return label_owner(label.clip(verb_at + 1..));
        }
        return inspected(reader, sentence, label, verb_at, subject.as_ref())
            .or(subject)
            .or_else(|| reader.topic.clone());
    }
    // "A boat has a logbook: day, crew, remark": one new thing, and its list.
    let only = label.get(verb_at + 1).and_then(|it| it.phrase()).filter(|it| {
        let behind = label.clip(verb_at + 2..).iter().find_map(|it| it.phrase());
        it.det == Det::One
            && !it.owned
            && behind.is_none_or(|behind| {
                behind.det == Det::Bare || label.clip(verb_at + 2..).iter().any(|it| it.verb().is_some())
            })
            && !is_plain(&it.key)
            && !lexicon().is_property(&it.key)
            && lexicon().business.contains(it.key.as_str())
    });
    if let Some(only) = only.filter(|_| one_of(verb.lemma.as_str(), "have get receive")) {
        return Some(only.clone());
    }
    if lexicon().have.contains(verb.lemma.as_str())
        && subject.as_ref().is_some_and(|it| !is_plain(&it.key) || verb.lemma == "have")
        && !one_of(verb.lemma.as_str(), "keep record store need note hold")
        && !(verb.lemma == "give" && subject.as_ref().is_some_and(|it| lexicon().is_person(&it.key)))
    {
        return subject;
    }
    // "goes into the boat's file": behind a possessor the preposition still governs.
    let governs = |at: usize| {
        let noun = (verb_at + 1..=verb_at + at)
            .rev()
            .find(|it| !label.get(*it).and_then(|it| it.phrase()).is_some_and(|it| it.possessor));
        noun.is_some_and(|it| matches!(label.kind_at(it), ChunkKind::Prep(_)))
    };
    let object = label
        .clip(verb_at + 1..)
        .iter()
        .enumerate()
        .find(|(at, it)| it.phrase().is_some_and(|it| !it.possessor) && !(*at > 0 && governs(*at)));
    let lemma = verb.lemma.as_str();
    // "Agents wish for days off: date, wish type": the list itself names what is kept.
    let begins = format!("{lemma}_");
    let colon = label.last().map_or(0, |it| it.to);
    let listed = items(sentence, colon + 1, sentence.words.len());
    let is_noun = !lexicon().have.contains(lemma) && !lexicon().attributes.contains_key(lemma);
    if is_noun && listed.len() >= 2 && listed.iter().any(|it| it.name.starts_with(&begins)) {
        let noun = lexicon().events.get(lemma).copied().unwrap_or(lemma);
        return Some(Phrase::bare(noun, sentence.span_of(label.start_at(verb_at), label.end_at(verb_at))));
    }
    let own_noun = lexicon().business.get(lemma).filter(|_| !lexicon().have.contains(lemma));
    let event = lexicon().events.get(lemma).copied().or(own_noun);
    // "We bill a practice: invoice number, date": the practice has told its own; the list begins with the event's name.
    let old = object.and_then(|it| it.1.phrase()).filter(|it| reader.owners.contains(&it.key));
    let names_event = event.is_some_and(|noun| {
        old.is_some() || listed.iter().any(|it| it.name.starts_with(noun) && it.name != noun)
    });
    let person =
        names_event || object.and_then(|it| it.1.phrase()).is_some_and(|it| lexicon().is_person(&it.key));
    let event_phrase = event
        .map(|noun| Phrase::bare(noun, sentence.span_of(label.start_at(verb_at), label.end_at(verb_at))));
    if person && event_phrase.is_some() {
        return event_phrase;
    }
    // "Guests register online: name, birth date": what is written down of people is theirs.
    if one_of(lemma, "register sign enrol enroll subscribe join")
        && object.is_none()
        && let Some(person) = subject.as_ref().filter(|it| lexicon().is_person(&it.key))
        && listed.iter().any(|it| super::roles::is_personal(&it.name))
    {
        return Some(person.clone());
    }
    // "Guests may pay in parts: amount, date"
    if let (None, Some(event)) = (object, &event_phrase)
        && label
            .clip(verb_at + 1..)
            .iter()
            .filter_map(|it| it.phrase())
            .any(|it| one_of(it.key.as_str(), MANNERS))
    {
        return Some(event.clone());
    }
    // "ships several boats on one trailer: plate, driver"
    let around = label
        .len()
        .checked_sub(2)
        .and_then(|at| label.get(at))
        .is_some_and(|it| it.kind.is_prep("in on into as under"));
    if let Some(last) = label.last().and_then(|it| it.phrase()).filter(|it| {
        around && it.number == Some(1) && lexicon().attribute(&it.key).is_none() && !is_plain(&it.key)
    }) {
        return Some(last.clone());
    }
    // "saves a route as a template: name, length"
    let as_one =
        label.len().checked_sub(2).and_then(|at| label.get(at)).is_some_and(|it| it.kind.is_prep("as"));
    if let Some(last) = label.last().and_then(|it| it.phrase()).filter(|it| {
        as_one
            && it.det == Det::One
            && !lexicon().is_property(&it.key)
            && !is_plain(&it.key)
            && !lexicon().is_person(&it.key)
    }) {
        return Some(last.clone());
    }
    // "books in boats: name, length", "takes over boats from the yard: name, length"
    let particle = label.get(verb_at + 1).is_some_and(|it| it.kind.is_prep("in up out off down"));
    let over =
        verb.particle || label.get(verb_at + 1).is_some_and(|it| sentence.says(it.from, "over on up in"));
    let taken = one_of(lemma, "take bring hand carry");
    if let Some(thing) = label
        .get(verb_at + 2)
        .and_then(|it| it.phrase())
        .filter(|it| particle && object.is_none() || taken && over && it.many && !is_plain(&it.key))
    {
        return Some(thing.clone());
    }
    let is_time = |it: &Phrase| {
        is_plain(&it.key) || matches!(lexicon().attribute(&it.key), Some("timestamptz" | "date"))
    };
    // "creates a profile for a boat: name, length" is about the boat.
    let for_whom = object.and_then(|(at, it)| {
        let empty = lexicon().empty_heads.contains(it.phrase()?.key.as_str());
        let prep = label.get(verb_at + at + 2)?;
        let of = prep.kind.is_prep("for of");
        label.get(verb_at + at + 3)?.phrase().filter(|_| empty && of)
    });
    if let Some(whose) = for_whom.filter(|it| !is_plain(&it.key)) {
        return Some(whose.clone());
    }
    if let Some(object) = object.and_then(|it| it.1.phrase()) {
        match subject {
            Some(subject) if is_time(object) => return Some(subject),
            _ => return Some(object.clone()),
        }
    }
    if event_phrase.is_some() {
        return event_phrase;
    }
    // "An event belongs to an organiser: title, poster" is about the event.
    let from = label.clip(verb_at + 1..).iter().any(|it| it.kind.is_prep("from"));
    let leads_to = !from && one_of(lemma, "result lead turn come consist end speak talk ask apply look");
    if subject.as_ref().is_some_and(|it| !leads_to && !is_plain(&it.key) && !lexicon().is_person(&it.key)) {
        return subject;
    }
    let last = label.clip(verb_at + 1..).iter().rev().find_map(|it| it.phrase()).cloned();
    last.or(subject)
}

/// "An invoice has a number, a date and lines: text, amount": what several of are named last, behind properties, has the list.
fn ends_in_parts(sentence: &Sentence, label: &[&Chunk], verb_at: usize, last: &Phrase) -> bool {
    let behind = label.clip(verb_at + 1..);
    let joined = behind.len().checked_sub(2).is_some_and(|at| matches!(behind.kind_at(at), ChunkKind::And));
    let mut others = behind.iter().rev().skip(1).filter_map(|it| it.phrase());
    let colon = label.last().map_or(0, |it| it.to);
    joined
        && last.many
        && last.det == Det::Bare
        && others.all(|it| !it.many && (it.det == Det::One || lexicon().is_property(&it.key)))
        && super::labels::tells_attributes(sentence, colon + 1)
}

/// "Every boat is inspected: day, depth, remark": the list is that of the inspection when it tells a moment, or when the boat
/// has told a list of its own.
fn inspected(
    reader: &Reader,
    sentence: &Sentence,
    label: &[&Chunk],
    verb_at: usize,
    subject: Option<&Phrase>,
) -> Option<Phrase> {
    let verb = label.verb_at(verb_at).filter(|it| it.passive && !it.denied)?;
    let noun = *lexicon().events.get(verb.lemma.as_str())?;
    let subject =
        subject.filter(|it| !is_plain(&it.key) && !lexicon().is_property(&it.key) && it.key != noun)?;
    let said = label.clip(..verb_at).iter().any(|it| it.phrase().is_some_and(|it| it.span == subject.span));
    let colon = label.last().map_or(0, |it| it.to);
    let listed = items(sentence, colon + 1, sentence.words.len());
    let moment = listed.iter().any(|it| one_of(it.name.as_str(), "date day time hour"));
    let each = subject.det == Det::Each && reader.spoken.contains(&subject.key);
    let fits = !lexicon().hard.contains(noun)
        && !lexicon().generic.contains(noun)
        && !lexicon().happens(&subject.key);
    let told = moment || each || reader.owners.contains(&subject.key);
    (said && fits && told && listed.len() >= 2)
        .then(|| Phrase::bare(noun, sentence.span_of(label.start_at(verb_at), label.end_at(verb_at))))
}

/// "Mates, skippers and office staff: name, phone", "mates and skippers are staff: name, phone": people of several kinds
/// are kept alike, under what is said last.
pub fn people_label(sentence: &Sentence, label: &[&Chunk], colon: usize) -> Option<Phrase> {
    let all: Vec<&Phrase> = label.iter().filter_map(|it| it.phrase()).collect();
    let known = all.iter().filter(|it| lexicon().is_person(&it.key)).count();
    let persons = known * 2 > all.len() && all.last().is_some_and(|it| lexicon().is_person(&it.key));
    let joined = label.iter().any(|it| matches!(it.kind, ChunkKind::And));
    let last = label.last().and_then(|it| it.phrase())?;
    (all.len() >= 2 && persons && joined && tells_attributes(sentence, colon + 1)).then(|| last.clone())
}

/// "The states of a berth are: free, taken, closed", "the stages are: …": the values of the property that is named.
pub fn names_values(reader: &mut Reader, sentence: &Sentence, label: &[&Chunk], colon: usize) -> bool {
    // "The following roles are foreseen: mate, skipper"
    if label
        .iter()
        .filter_map(|it| it.phrase())
        .any(|it| it.many && super::lexicon::last_word(&it.key) == "role")
        && label.iter().filter(|it| it.phrase().is_some()).count() == 1
        && items(sentence, colon + 1, sentence.words.len()).iter().all(|it| lexicon().is_person(&it.name))
    {
        return true;
    }
    let copula = label.iter().position(|it| it.verb().is_some_and(|it| it.lemma == "be" && !it.denied));
    let named = label.clip(..copula.unwrap_or(0)).iter().find_map(|it| it.phrase());
    let (Some(copula), Some(named)) = (copula, named) else { return false };
    if !is_closed(&named.key) || !named.many || copula == 0 {
        return false;
    }
    let of = label.clip(..copula).iter().filter_map(|it| it.phrase()).nth(1).cloned();
    let Some(of) = of.or_else(|| reader.nearest(sentence.block)) else { return false };
    tell_set(reader, sentence, &of, named, colon)
}

/// "Users have roles: admin, viewer", "invoices have statuses: draft, sent": values as well, if they are no properties.
pub fn has_values(reader: &mut Reader, sentence: &Sentence, label: &[&Chunk], colon: usize) -> bool {
    let [of, verb, named] = label else { return false };
    let (Some(of), Some(verb), Some(named)) = (of.phrase(), verb.verb(), named.phrase()) else {
        return false;
    };
    let has = lexicon().have.contains(verb.lemma.as_str()) && !verb.passive && !verb.denied;
    has && named.many && is_closed(&named.key) && tell_set(reader, sentence, of, named, colon)
}

/// Nouns of classification.
pub const SETS: &str = "state status stage phase role priority severity type kind category level";

/// Whether what it names has a few values.
pub fn is_closed(key: &str) -> bool {
    lexicon().attribute(key) == Some("enum") || one_of(key, SETS)
}

/// The most words of a value.
pub const WORDS: usize = 3;

/// Whether a row may be the values of one property: at least two, short, and no more of them name properties than not.
pub fn are_values(all: &[String]) -> bool {
    let is_property =
        |it: &&String| lexicon().attribute(it.as_str()).is_some() && !lexicon().states.contains(it.as_str());
    all.len() >= 2
        && all.iter().all(|it| it.split(' ').count() <= WORDS)
        && all.iter().filter(is_property).count() * 2 <= all.len()
}

/// Tells that what stands behind the colon are values of a property of `of`; false when they are none.
pub fn tell_values(
    reader: &mut Reader,
    sentence: &Sentence,
    of: &Phrase,
    named: &Phrase,
    colon: usize,
) -> bool {
    let behind = sentence.words.iter().skip(colon + 1).map(|it| it.token.clone());
    let tokens: Vec<Token> = behind.take_while(|it| !it.is(";")).collect();
    let all = values(&tokens);
    if is_plain(&of.key) || !are_values(&all) {
        return false;
    }
    let name = Some(named.key.clone()).filter(|it| !one_of(it.as_str(), "state status"));
    reader.out.all.push(Fact::Values { of: of.clone(), name, values: all, span: sentence.span });
    true
}

/// The same of words that name nothing but the set.
fn tell_set(reader: &mut Reader, sentence: &Sentence, of: &Phrase, named: &Phrase, colon: usize) -> bool {
    let told = tell_values(reader, sentence, of, named, colon);
    if told {
        reader.see(named, Signal::ValueSet);
    }
    told
}

/// Words that, alone before a colon, only say that properties follow: "Keep: number, width". Source: English verbs of keeping.
pub const KEPT: &[&str] = &[
    "keep", "kept", "save", "saved", "capture", "captured", "include", "includes", "contains", "has",
    "needed", "recorded", "required", "stored",
];

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_is_several_and_named_last_has_the_list() {
        let text = "A boat has a name, a length and engines: serial number, power and year.";
        check(text, "engine", &["serial_number", "power", "year"]);
        check(text, "boat", &["name", "length"]);
    }

    #[test]
    fn what_a_thing_has_several_of_may_be_the_values_of_a_property() {
        let values = |text: &str| {
            let reading = crate::brief::read_by_rules(text);
            let mut all = reading.entities.into_iter().flat_map(|it| it.attributes);
            all.find_map(|it| it.values.map(|values| format!("{} {}", it.name, values.join("|"))))
        };
        let text = "An invoice has a number. Invoices have statuses: draft, sent, paid.";
        assert_eq!(values(text).as_deref(), Some("status draft|sent|paid"));
        let text = "A user has a name. Users have roles: admin, dispatcher, viewer.";
        assert_eq!(values(text).as_deref(), Some("role admin|dispatcher|viewer"));
        assert_eq!(values("Lamps have types: name, height and colour."), None);
    }

    #[test]
    fn of_two_clauses_the_one_before_the_colon_has_the_list() {
        let text = "Props break all the time, so we need a repair log: what broke, when, who fixed it and what it cost.";
        check(text, "repair_log", &["description", "time", "fixed_by", "cost"]);
    }

    #[test]
    fn a_label_with_a_name_behind_it_is_a_thing_whatever_its_word_means() {
        let text = "Guides: name, phone. Languages: name, code. Pieces: title, composer, duration.";
        check(text, "language", &["name", "code"]);
        check(text, "piece", &["title", "composer", "duration"]);
        check(text, "guide", &["name", "phone"]);
    }

    #[test]
    fn what_lists_a_person_and_things_with_their_own_lists_is_a_thing() {
        let text = "Product: name, barcode, list price\nOrder: customer, order date, status, products with quantity and price";
        let reading = crate::brief::read(text);
        assert!(reading.entities.iter().any(|it| it.name == "order"), "{:?}", reading.entities);
    }
}

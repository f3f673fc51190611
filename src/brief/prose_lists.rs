//! Lists of running prose whose owner a frame tells: "a knock is counted with time and place", "on the form there is a day
//! and a reason", "once it is repaid we note the date", "lamps and buoys have a range", "has the role mate, cook or pilot".

use super::clauses::Clause;
use super::fact::{Form, is_plain};
use super::facts::Reader;
use super::item_values::{telling, values};
use super::items::{Item, items};
use super::lexicon::{last_word, lexicon};
use super::list_ends::list_end;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::recording::{RECORD, there_is};
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::Token;
use crate::base::{Clip, one_of};

/// Reads a clause in one of these frames; gives the words that its list covers.
pub fn read(reader: &mut Reader, cx: &Clause, own: Option<&Phrase>) -> Option<(usize, usize)> {
    if cx.relative || cx.verb.denied {
        return None;
    }
    standing_in(reader, cx)
        .or_else(|| noted_at(reader, cx))
        .or_else(|| dated(reader, cx, own))
        .or_else(|| sorted(reader, cx, own?))
        .or_else(|| done_with(reader, cx, own?))
}

fn thing(it: &Phrase) -> bool {
    !is_plain(&it.key) && !lexicon().is_property(&it.key) && !it.possessor
}

/// "On the form there is a day, a reason and a number": what stands in or on something, it has.
fn standing_in(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let there = cx.verb_at.checked_sub(1)?;
    let is_there = cx.chunks.kind_at(there).is_pron("there");
    if !is_there || cx.verb.lemma != "be" || cx.verb.passive || there < cx.start + 2 {
        return None;
    }
    let led =
        matches!(&cx.chunks.get(cx.start)?.kind, ChunkKind::Prep(word) if one_of(word.as_str(), "on in"));
    let owner = match &cx.chunks.get(cx.start + 1)?.kind {
        ChunkKind::Pron(word) if one_of(word.as_str(), "it them") => reader.topic.clone()?,
        ChunkKind::Noun(phrase) if phrase.det != Det::Bare => phrase.clone(),
        _ => return None,
    };
    let only = cx.chunks.clip(cx.start + 2..there).iter().all(|it| it.phrase().is_none());
    if !led || !only || !thing(&owner) {
        return None;
    }
    there_is(reader, cx, &owner)
}

/// What happens, where a clause begins with it: "at the survey", "during each visit".
pub fn at_event(cx: &Clause) -> Option<Phrase> {
    let led = matches!(&cx.chunks.get(cx.start)?.kind, ChunkKind::Prep(word)
        if one_of(word.as_str(), "at on during upon in"));
    let event = cx.chunks.get(cx.start + 1)?.phrase().filter(|_| led)?;
    // "On enrolment the day is stored": what stands bare there is each of it.
    let bare = || event.det == Det::Bare && cx.sentence.says(cx.chunks.start_at(cx.start), "on upon at");
    let one = (matches!(event.det, Det::One | Det::Each | Det::The) || bare()) && !event.many;
    let moment = lexicon().attribute(&event.key).is_some();
    (one && !moment && thing(event) && lexicon().happens(&event.key)).then(|| event.clone())
}

/// "At the survey we note depth, weight and a remark": what is noted then is the survey's.
fn noted_at(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let event = at_event(cx)?;
    let who = cx.verb_at.checked_sub(1).filter(|it| *it > cx.start + 1)?;
    let somebody = match cx.chunks.kind_at(who) {
        ChunkKind::Pron(word) => one_of(word.as_str(), "we i you they somebody someone she he"),
        ChunkKind::Noun(phrase) => lexicon().is_person(&phrase.key),
        _ => false,
    };
    if cx.verb.passive
        || !somebody
        || !one_of(cx.verb.lemma.as_str(), RECORD)
        || super::recording::named_with(cx)
    {
        return None;
    }
    let from = super::recording::list_start(cx);
    super::recording::told_list(reader, cx, &event, from)
}

/// Verbs that sort something, with the property that says into what. Source: English verbs of classification.
const SORTS: &[(&str, &str)] = &[
    ("classify", "classification"),
    ("categorise", "category"),
    ("categorize", "category"),
    ("grade", "grade"),
    ("rate", "rating"),
    ("rank", "rank"),
];

/// "Faults are classified as minor, serious or dangerous": the values of their classification.
fn sorted(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let (_, name) = SORTS.iter().find(|it| cx.verb.passive && it.0 == cx.verb.lemma)?;
    let from = cx.chunks.end_at(cx.verb_at);
    let end = list_end(cx, from);
    let words = cx.sentence.words.clip((from + 1).min(end)..end);
    let says_or = words.iter().any(|it| it.token.says("or"));
    if !cx.sentence.says(from, "as") || !says_or || !thing(own) {
        return None;
    }
    let all = values(&words.iter().map(|it| it.token.clone()).collect::<Vec<Token>>());
    if all.len() < 2 || all.iter().any(|it| it.split(' ').count() > 3) {
        return None;
    }
    let span = cx.sentence.span_of(from + 1, end);
    reader.owns(own, vec![Item { values: all, ..Item::named(name, span) }], Form::Have);
    Some((from, end))
}

/// "When a loan is repaid we note the date": the moment is that of what the condition says.
fn dated(reader: &mut Reader, cx: &Clause, own: Option<&Phrase>) -> Option<(usize, usize)> {
    let notes = one_of(cx.verb.lemma.as_str(), RECORD) || cx.verb.lemma == "put";
    let opens = matches!(&cx.chunks.first()?.kind, ChunkKind::Sub(word)
        if one_of(word.as_str(), "when once if after"));
    let told = cx.chunks.clip(..cx.verb_at);
    let before = told.iter().position(|it| it.verb().is_some_and(|it| !it.bare && !it.denied))?;
    let done = told.get(before)?;
    if !notes || !opens || cx.verb.bare || told.iter().filter(|it| it.verb().is_some()).count() != 1 {
        return None;
    }
    let (from, to) = if cx.verb.passive {
        let noun = cx.chunks.get(cx.verb_at.checked_sub(1)?).filter(|it| it.phrase().is_some())?;
        (noun.from, noun.to)
    } else {
        let from = super::recording::list_start(cx);
        (from, list_end(cx, from))
    };
    let found = items(cx.sentence, from, to);
    let last = done.to.checked_sub(1)?;
    let perfect = cx.sentence.tag(last) == Tag::Past && done.to > done.from + 1;
    let moment = |it: &Item| match it.name.as_str() {
        "date" | "day" => Some("on"),
        "time" | "moment" | "hour" => Some("at"),
        _ => None,
    };
    if !perfect
        || found.is_empty()
        || !found.iter().any(|it| moment(it).is_some())
        || telling(&found) < found.len()
    {
        return None;
    }
    let subject = told.clip(..before).iter().find_map(Chunk::phrase).filter(|it| thing(it)).cloned();
    let pronoun = told.clip(..before).iter().any(|it| it.kind.is_pron("it they"));
    // "When a boat is inspected, we note the day": that is the day of the inspection.
    let event = done.verb().is_some_and(|it| lexicon().events.contains_key(it.lemma.as_str()));
    if event && subject.is_some() {
        return None;
    }
    let owner = subject.or_else(|| reader.topic.clone().filter(|_| pronoun))?;
    if !thing(&owner)
        || lexicon().is_person(&owner.key)
        || own.is_some_and(|it| it.key == owner.key && !cx.verb.passive)
    {
        return None;
    }
    let participle = cx.sentence.word(last).to_owned();
    let found = found
        .into_iter()
        .map(|it| match moment(&it) {
            Some(ending) => Item { name: format!("{participle}_{ending}"), nullable: true, ..it },
            None => it,
        })
        .collect();
    reader.owns(&owner, found, Form::Recorded);
    Some((from, to))
}

/// "Every knock on a door is counted with time, place and hand": what is done with it is told of the subject.
fn done_with(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let from = cx.chunks.end_at(cx.verb_at);
    if !cx.verb.passive
        || !cx.sentence.says(from, "with")
        || is_plain(&own.key)
        || lexicon().is_person(&own.key)
    {
        return None;
    }
    let end = list_end(cx, from + 1);
    let found = items(cx.sentence, from + 1, end);
    let known = found.iter().filter(|it| lexicon().attribute(last_word(&it.name)).is_some()).count();
    if found.len() < 2 || known < 2 || telling(&found) * 3 < found.len() * 2 || found.iter().any(|it| it.many)
    {
        return None;
    }
    reader.owns(own, found, Form::Have);
    Some((from, end))
}

/// "A berth is known by its number; its width and its depth are kept": "its" means what the sentence was about.
pub fn its_owner(cx: &Clause, from: usize) -> Option<Phrase> {
    let before = cx.chunks.clip(..cx.start);
    let verb = before.iter().position(|it| it.verb().is_some_and(|it| !it.bare))?;
    let led = |at: usize| at > 0 && matches!(before.kind_at(at - 1), ChunkKind::Prep(_));
    let subject = (0..verb).filter(|at| !led(*at)).find_map(|at| before.phrase_at(at))?;
    let its = match cx.sentence.word(from) {
        "its" => !subject.many && !lexicon().is_person(&subject.key),
        "their" => subject.many,
        _ => false,
    };
    (its && thing(subject)).then(|| subject.clone())
}

/// "We ask for their name, email and phone": what only people have is that of whom the text spoke of last, not of the thing
/// in between.
pub fn of_people(reader: &Reader, sentence: &Sentence, from: usize, found: &[Item]) -> Option<Phrase> {
    let theirs = (from..from + 3).any(|at| sentence.says(at, "their his her"));
    let contact = |it: &&Item| {
        one_of(last_word(&it.name), "email phone mobile surname birthday birth")
            || one_of(it.name.as_str(), "first_name last_name phone_number email_address")
    };
    let topic = reader.topic.as_ref().is_none_or(|it| !lexicon().is_person(&it.key));
    (theirs && topic && found.iter().any(|it| contact(&it))).then(|| reader.person.clone()).flatten()
}

/// Whether a clause stands behind "know when": it asks for moments and tells no states.
pub fn asked_when(cx: &Clause) -> bool {
    let told = cx.chunks.clip(..cx.verb_at);
    let asked = told.iter().rposition(|it| matches!(&it.kind, ChunkKind::Sub(_)));
    asked.is_some_and(|at| at > 0 && cx.sentence.says(cx.chunks.start_at(at), "when"))
}

/// The other one of "lamps and buoys have a range": what is joined to the subject, when both are things.
pub fn joined(cx: &Clause, own: &Phrase) -> Option<Phrase> {
    let at = cx
        .chunks
        .clip(..cx.verb_at)
        .iter()
        .rposition(|it| it.phrase().is_some_and(|it| it.span == own.span))?;
    let and = at.checked_sub(1).filter(|it| matches!(cx.chunks.kind_at(*it), ChunkKind::And))?;
    let before = and.checked_sub(1)?;
    let governed = before
        .checked_sub(1)
        .is_some_and(|it| matches!(cx.chunks.kind_at(it), ChunkKind::Prep(_) | ChunkKind::Verb(_)));
    let other = cx.chunks.phrase_at(before)?;
    let joins =
        cx.sentence.says(cx.chunks.start_at(and), "and") && at + 1 == cx.verb_at && before <= cx.start;
    (joins && !governed && own.many && other.many && thing(other) && thing(own)).then(|| other.clone())
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_stands_on_a_thing_is_its_own() {
        let text = "A lantern hangs in a tower. On the lantern there is a number, a colour and a date.";
        check(text, "lantern", &["number", "colour", "date"]);
    }

    #[test]
    fn a_moment_is_that_of_what_the_condition_says() {
        let text = "A lantern has a code and hangs in a tower. When it has been repaired, we note the date.";
        check(text, "lantern", &["code", "repaired_on"]);
        let text = "A lantern has a code. We have to know when it was built, repaired or sold.";
        check(text, "lantern", &["code", "built_at", "repaired_at", "sold_at"]);
    }

    #[test]
    fn what_is_noted_at_an_occasion_is_its_own() {
        let text = "A lantern has a code and hangs in a tower. At the inspection the keeper notes the height, a remark \
                    and the colour.";
        check(text, "inspection", &["height", "remark", "colour"]);
        let text = "Keepers have a name and a rank. Students have a name and a number and enrol in courses; on enrolment the \
                    date and the grade are stored. Courses have a title and a fee.";
        check(text, "enrolment", &["date", "grade"]);
        let text = "A lantern has a code and hangs in a tower. Every lantern is inspected: date, height and a remark.";
        check(text, "inspection", &["date", "height", "remark"]);
        check(text, "lantern", &["code"]);
    }

    #[test]
    fn what_is_said_of_two_is_said_of_both() {
        let text = "A keeper looks after towers. Lanterns and foghorns have a range and a serial number. A lantern \
                    hangs in a tower, a foghorn stands on a tower.";
        check(text, "lantern", &["range", "serial_number"]);
        check(text, "foghorn", &["range", "serial_number"]);
    }

    #[test]
    fn general_words_among_properties_are_properties() {
        let text = "A lantern hangs in a tower. A lantern has a goal, a height and a colour. For every lantern its \
                    code and its weight are to be recorded.";
        check(text, "lantern", &["goal", "height", "colour", "code", "weight"]);
    }
}

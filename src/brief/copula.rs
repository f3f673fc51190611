//! What "is" says: states, flags of attributes, definitions.

use super::clauses::Clause;
use super::fact::{Fact, Form, is_plain};
use super::facts::Reader;
use super::item_values::value;
use super::items::Item;
use super::lexicon::lexicon;
use super::list_ends::list_end;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::Token;
use crate::base::{Clip, one_of};

/// "A berth is free, taken or closed"; "its width is optional"; "the number is unique in its pier".
pub fn read(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let sentence = cx.sentence;
    let from = cx.chunks.end_at(cx.verb_at);
    if super::named_sets::are(reader, cx, own, from) {
        return Some((from, sentence.words.len()));
    }
    let end = list_end(cx, from);
    let attribute = super::fact::names_property(own);
    let (owner, name) = if attribute {
        let of = of_phrase(cx, own).or_else(|| reader.topic.clone())?;
        (of, Some(own.full.clone()))
    } else {
        (own.clone(), None)
    };
    let words: Vec<&str> =
        sentence.words.clip(from.min(end)..end).iter().map(|it| it.token.word.as_str()).collect();
    if words.first().is_some_and(|it| one_of(it, "unique optional mandatory required"))
        && let Some(name) = &name
    {
        let scope = words.iter().position(|it| one_of(it, "within in per across"));
        let unique_in = scope
            .and_then(|at| words.clip(at + 1..).iter().find(|it| !one_of(it, "a an the its each one all")))
            .map(|it| crate::base::singular(it));
        let item = Item {
            unique: words[0] == "unique",
            nullable: words[0] == "optional",
            unique_in,
            ..Item::named(name, own.span)
        };
        reader.owns(&owner, vec![item], Form::Have);
        return Some((from, end));
    }
    let parts: Vec<Vec<Token>> = sentence
        .words
        .clip(from.min(end)..end)
        .split(|it| {
            it.token.is(",") || it.token.is("/") || it.token.is("|") || matches!(it.token.word.as_str(), "or")
        })
        .map(|part| part.iter().map(|it| it.token.clone()).collect())
        .collect();
    let says_or = words.contains(&"or")
        || sentence.words.clip(from.min(end)..end).iter().any(|it| it.token.is("/") || it.token.is("|"));
    let all: Vec<String> = parts.iter().filter(|it| !it.is_empty()).filter_map(|it| value(it)).collect();
    let short = all.iter().all(|it| it.split(' ').count() <= 3);
    let made_of = super::items::items(sentence, from, end);
    if name.is_none()
        && made_of.len() >= 3
        && super::item_values::telling(&made_of) * 4 >= made_of.len() * 3
        && !says_or
    {
        reader.owns(&owner, made_of, Form::Have);
        return Some((from, end));
    }
    // "A round is just a name and a day"
    let no_more = sentence.says(from, "just only simply basically");
    if name.is_none()
        && no_more
        && made_of.len() == 2
        && super::item_values::telling(&made_of) == 2
        && !says_or
    {
        reader.owns(&owner, made_of, Form::Have);
        return Some((from, end));
    }
    if let Some(list) = kinds(reader, cx, &owner).filter(|_| name.is_none()) {
        return Some(list);
    }
    let determined = sentence.tag(from) == Tag::Det && !matches!(sentence.word(from), "either");
    define(reader, cx, own, from, determined && name.is_none());
    // "It is drafted, signed, closed": states need no "or".
    let states = all.iter().filter(|it| lexicon().states.contains(it.as_str())).count();
    let row = all.len() >= 3 && states * 2 > all.len() && !words.contains(&"and");
    if (says_or || row)
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

/// "A lesson can be a video, a text or a quiz": the kinds of it, each with an article.
fn kinds(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let from = cx.chunks.end_at(cx.verb_at);
    let either = cx.sentence.says(from, "either");
    let behind = cx.chunks.clip(cx.verb_at + 1..);
    let joins = |it: &Chunk| {
        matches!(it.kind, ChunkKind::And) || cx.sentence.says(it.from, ", either") && it.to == it.from + 1
    };
    let is_kind =
        |it: &Phrase| it.det == Det::One && !it.many && !it.possessor && !lexicon().is_person(&it.key);
    let list = behind.iter().take_while(|it| joins(it) || it.phrase().is_some_and(is_kind)).count();
    let (list, rest) = (behind.clip(..list), behind.clip(list..));
    let values: Vec<String> =
        list.iter().filter_map(Chunk::phrase).map(|it| it.full.replace('_', " ")).collect();
    let says_or = list.iter().any(|it| cx.sentence.says(it.from, "or"));
    let ends = list.last().is_some_and(|it| it.phrase().is_some())
        && rest
            .first()
            .is_none_or(|it| cx.sentence.says(it.from, ". ;") || matches!(it.kind, ChunkKind::And));
    let told = values.len() >= 2 && (cx.verb.possible || either || values.len() >= 3);
    let thing = !is_plain(&own.key) && !lexicon().is_person(&own.key);
    if !(told && says_or && ends && thing) || cx.verb.denied || cx.relative {
        return None;
    }
    let end = list.last()?.to;
    let span = cx.sentence.span_of(from, end);
    reader.out.all.push(Fact::Values { of: own.clone(), name: Some("kind".to_owned()), values, span });
    Some((from, end))
}

/// "Orders are paid by card or bank transfer": how they are paid, and neither is a thing.
pub fn means(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let behind = cx.chunks.clip(cx.verb_at + 1..);
    let says = |it: &Chunk, words: &str| cx.sentence.says(it.from, words);
    let at = behind.iter().position(|it| says(it, "by with via in through using"))?;
    let is_list = |it: &&Chunk| match it.phrase() {
        Some(phrase) => !phrase.many && !lexicon().is_person(&phrase.key),
        None => matches!(it.kind, ChunkKind::And) || says(it, "by with via in through , /"),
    };
    let list = behind.clip(at..).iter().take_while(is_list).count();
    let list = behind.clip(at..at + list);
    let values: Vec<String> =
        list.iter().filter_map(Chunk::phrase).map(|it| it.full.replace('_', " ")).collect();
    if values.len() < 2 || cx.verb.denied || super::value_sets::name_of(&values) != "payment_method" {
        return None;
    }
    let paid = Some(own).filter(|it| cx.verb.passive && !is_plain(&it.key) && !lexicon().is_person(&it.key));
    let (of, name) = match paid {
        Some(own) => (own.clone(), "payment_method"),
        None => (Phrase::bare("payment", own.span), "method"),
    };
    let (from, end) = (list.first()?.from, list.last()?.to);
    let span = cx.sentence.span_of(from, end);
    reader.out.all.push(Fact::Values { of, name: Some(name.to_owned()), values, span });
    Some((from, end))
}

/// Verbs of saying yes, and of saying no, with what something is then. Source: English verbs of decision.
const YES: &[(&str, &str)] = &[("accept", "accepted"), ("approve", "approved"), ("confirm", "confirmed")];
const NO: &[(&str, &str)] =
    &[("decline", "declined"), ("reject", "rejected"), ("refuse", "refused"), ("deny", "denied")];

/// "The walker accepts or declines it": the states of what is decided.
pub fn decides(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let (_, yes) = YES.iter().find(|it| it.0 == cx.verb.lemma)?;
    let or = cx.chunks.get(cx.verb_at + 1).filter(|it| cx.sentence.says(it.from, "or"))?;
    let other = cx.chunks.verb_at(cx.verb_at + 2)?;
    let (_, no) = NO.iter().find(|it| it.0 == other.lemma)?;
    // An application that is decided on is no software.
    let decided = |it: &&Phrase| {
        let thing = !is_plain(&it.key) || lexicon().happens(&it.key);
        thing && !lexicon().is_person(&it.key) && !it.possessor
    };
    let object = cx.chunks.phrase_at(cx.verb_at + 3);
    let of = match object {
        Some(_) => object.filter(decided).cloned(),
        None if cx.verb.passive => None,
        // "A pupil requests a lesson and the tutor accepts it": who asks for a thing or books it makes it what is decided.
        None => {
            let before = cx.chunks.clip(..cx.verb_at);
            let named = before.iter().filter_map(Chunk::phrase).find(decided);
            // "Volunteers apply for shifts and coordinators confirm them"
            let done =
                before.iter().find_map(|it| Some((lexicon().events.get(it.verb()?.lemma.as_str())?, it)));
            let done = done.map(|(noun, it)| Phrase::bare(noun, cx.sentence.span_of(it.from, it.to)));
            let event = done.as_ref().or(reader.event.as_ref()).or(reader.event_before.as_ref());
            let event = event.filter(|it| it.key != "request");
            event.or(named).or(reader.topic.as_ref().filter(decided)).cloned()
        }
    }?;
    let values = ["pending", yes, no].map(str::to_owned).to_vec();
    let to = cx.chunks.end_at(cx.verb_at + 2);
    let span = cx.sentence.span_of(cx.chunks.start_at(cx.verb_at), to);
    reader.out.all.push(Fact::Values { of, name: None, values, span });
    Some((or.from, to))
}

/// "A berth is a place where one boat lies" says what a berth is, when the sentence begins so and names no person's role.
fn define(reader: &mut Reader, cx: &Clause, own: &Phrase, from: usize, is_noun: bool) {
    let sentence = cx.sentence;
    let opens = sentence.words.first().is_some_and(|it| it.token.span.start <= own.span.start)
        && cx.chunks.clip(..cx.verb_at).iter().filter_map(Chunk::phrase).count() == 1;
    let words = sentence.words.len().saturating_sub(from);
    let general = matches!(own.det, Det::One | Det::Bare | Det::Each) && !sentence.says(from, "the this");
    if is_noun && opens && general && (3..=25).contains(&words) {
        let says = sentence.span_of(from, sentence.words.len());
        reader.out.all.push(Fact::Defined { of: own.clone(), says });
    }
}

/// The states of "is planned, open, on hold or closed"; nothing when the words are no such row.
pub fn states(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let sentence = cx.sentence;
    let from = cx.chunks.end_at(cx.verb_at).checked_sub(1)?;
    let last_or = (from..sentence.words.len()).rev().find(|at| sentence.says(*at, "or / |"))?;
    let end = (last_or + 1..sentence.words.len())
        .find(|at| sentence.tag(*at) == Tag::Sign || matches!(sentence.tag(*at), Tag::Conj | Tag::Sub))
        .unwrap_or(sentence.words.len());
    let parts = sentence
        .words
        .clip(from..end)
        .split(|it| it.token.is(",") || it.token.is("/") || it.token.is("|") || it.token.says("or"))
        .filter(|it| !it.is_empty())
        .map(|part| part.iter().map(|it| it.token.clone()).collect::<Vec<Token>>());
    let all: Vec<String> = parts.map(|it| value(&it)).collect::<Option<Vec<_>>>()?;
    let known = all.iter().filter(|it| lexicon().states.contains(it.as_str())).count();
    let short = all.iter().all(|it| it.split(' ').count() <= 3);
    if all.len() < 2 || known == 0 || !short || is_plain(&own.key) || lexicon().attribute(&own.key).is_some()
    {
        return None;
    }
    let span = sentence.span_of(from, end);
    reader.out.all.push(Fact::Values { of: own.clone(), name: None, values: all, span });
    Some((from, end))
}

/// "A visit may be announced or not", "it is sold out or not": whether it was is kept.
pub fn or_not(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let after = cx.chunks.end_at(cx.verb_at);
    let particle = cx.sentence.says(after, "out on up off over away back");
    let or = after + usize::from(particle);
    if !cx.verb.passive || !cx.sentence.says(or, "or") || !cx.sentence.says(or + 1, "not") {
        return None;
    }
    let name: Vec<&str> = (after.checked_sub(1)?..or).map(|it| cx.sentence.word(it)).collect();
    let span = cx.sentence.span_of(after - 1, or);
    let item = Item { boolean: true, ..Item::named(&name.join("_"), span) };
    reader.owns(own, vec![item], Form::Have);
    Some((after, or + 2))
}

/// The phrase that "of" hangs on the subject: "the number of a berth".
fn of_phrase(cx: &Clause, own: &Phrase) -> Option<Phrase> {
    let at = cx.chunks.iter().position(|it| it.phrase().is_some_and(|it| it.span == own.span))?;
    match (&cx.chunks.get(at + 1)?.kind, cx.chunks.get(at + 2)?.phrase()) {
        (ChunkKind::Prep(word), Some(phrase)) if word == "of" => Some(phrase.clone()),
        _ => None,
    }
}

/// "sets the state of a berth to free, taken or closed": the values of what is set.
pub fn set_to(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let rest = cx.chunks.clip(cx.verb_at + 1..);
    let name = rest.first().and_then(Chunk::phrase).filter(|it| lexicon().attribute(&it.key).is_some())?;
    let of = matches!(rest.get(1).map(|it| &it.kind), Some(ChunkKind::Prep(word)) if word == "of");
    let owner = rest.get(2).and_then(Chunk::phrase).filter(|it| of && !is_plain(&it.key))?;
    let to = rest.get(3).filter(|it| it.kind.is_prep("to as"))?;
    let end = (to.to..cx.sentence.words.len())
        .find(|at| matches!(cx.sentence.tag(*at), Tag::Sub) || cx.sentence.says(*at, "; :"))
        .unwrap_or(cx.sentence.words.len());
    let tokens: Vec<Token> = cx.sentence.words.clip(to.to..end).iter().map(|it| it.token.clone()).collect();
    let all = super::item_values::values(&tokens);
    if all.len() < 2 || all.iter().any(|it| it.split(' ').count() > 3) {
        return None;
    }
    let span = cx.sentence.span_of(to.to, end);
    reader.out.all.push(Fact::Values { of: owner.clone(), name: Some(name.full.clone()), values: all, span });
    Some((cx.chunks.end_at(cx.verb_at), end))
}

/// Where the states that follow each other end: before "; it can be cancelled", "and may be reopened".
fn turns_end(sentence: &Sentence, from: usize, to: usize) -> usize {
    let is_next = |at: usize| matches!(sentence.tag(at), Tag::Aux | Tag::Modal | Tag::Pron);
    let ends = |at: usize| match sentence.word(at) {
        ";" | "." => true,
        "," | "and" | "or" | "but" => is_next(at + 1),
        _ => false,
    };
    (from..to).find(|at| ends(*at)).unwrap_or(to)
}

/// "It moves from draft to published": two values of its status.
pub fn transitions(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let from = cx.chunks.end_at(cx.verb_at);
    let end = cx.sentence.words.len().min(cx.chunks.last()?.to);
    // "ends with a win, a loss or a draw"
    let outcome = cx.verb.lemma == "end" && cx.sentence.says(from, "with in as");
    if outcome {
        let tokens: Vec<Token> =
            cx.sentence.words.clip(from + 1..end.max(from + 1)).iter().map(|it| it.token.clone()).collect();
        let all = super::item_values::values(&tokens);
        let says_or = tokens.iter().any(|it| it.says("or"));
        let articles = tokens.iter().filter(|it| it.says("a") || it.says("an")).count();
        let known = all.iter().filter(|it| lexicon().states.contains(it.as_str())).count();
        if all.len() >= 2
            && says_or
            && articles.max(known) * 2 >= all.len()
            && all.iter().all(|it| it.split(' ').count() <= 3)
        {
            let span = cx.sentence.span_of(from, end);
            reader.out.all.push(Fact::Values {
                of: own.clone(),
                name: Some("result".to_owned()),
                values: all,
                span,
            });
            return Some((from, end));
        }
    }
    // "comes back clean, dirty or damaged"
    if one_of(cx.verb.lemma.as_str(), "come go") && cx.sentence.says(from, "back") {
        let tokens: Vec<Token> =
            cx.sentence.words.clip(from + 1..end.max(from + 1)).iter().map(|it| it.token.clone()).collect();
        let all = super::item_values::values(&tokens);
        let plain = cx
            .sentence
            .words
            .clip(from + 1..end.max(from + 1))
            .iter()
            .all(|it| matches!(it.tag, Tag::Adj | Tag::Past | Tag::Sign | Tag::Conj | Tag::Noun));
        if all.len() >= 2 && plain && tokens.iter().any(|it| it.says("or")) {
            let span = cx.sentence.span_of(from, end);
            reader.out.all.push(Fact::Values {
                of: own.clone(),
                name: Some("condition".to_owned()),
                values: all,
                span,
            });
            return Some((from, end));
        }
    }
    // "A defect goes open -> fixed -> checked"
    let arrows = cx.sentence.words.clip(from.min(end)..end).iter().filter(|it| it.token.is(">")).count() >= 2;
    if !cx.sentence.says(from, "from through") && !arrows {
        return None;
    }
    let mut from = if arrows && !cx.sentence.says(from, "from through") { from - 1 } else { from };
    // "through the following states: draft, submitted"
    if cx.sentence.says(from, "through") {
        while cx.sentence.says(from + 1, "the its these following states statuses stages steps phases :") {
            from += 1;
        }
    }
    let (whole, end) = (end, turns_end(cx.sentence, from + 1, end));
    let parts = cx.sentence.words.clip(from + 1..end).split(|it| {
        it.token.is(",")
            || it.token.is(">")
            || one_of(it.token.word.as_str(), "to and or through then over via")
    });
    let mut all: Vec<String> =
        parts.filter_map(|part| value(&part.iter().map(|it| it.token.clone()).collect::<Vec<_>>())).collect();
    // "…; it can be cancelled before that"
    let may_be = (end..whole).filter(|at| cx.sentence.says(*at, "be")).map(|at| cx.sentence.word(at + 1));
    for further in may_be.filter(|it| lexicon().states.contains(it)) {
        if all.len() >= 2 && all.iter().all(|it| it != further) {
            all.push(further.to_owned());
        }
    }
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

/// "The office maintains the list of berth kinds", "the master edits the list": what somebody keeps a list of.
pub fn maintained_list(reader: &Reader, cx: &Clause) -> Option<Phrase> {
    const KEEPS: &str = "maintain manage keep edit extend update administer curate";
    const LISTS: &str = "list catalogue catalog register directory registry library";
    if !one_of(cx.verb.lemma.as_str(), KEEPS) || cx.verb.passive {
        return None;
    }
    let at = cx.verb_at + 1;
    cx.chunks.get(at)?.phrase().filter(|it| one_of(it.key.as_str(), LISTS))?;
    let named = cx.chunks.get(at + 2).and_then(Chunk::phrase);
    match cx.chunks.get(at + 1).map(|it| &it.kind) {
        Some(ChunkKind::Prep(word)) if word == "of" => named.cloned(),
        _ => reader.topic.clone(),
    }
    .filter(|it| !is_plain(&it.key) && !lexicon().is_person(&it.key))
}

#[cfg(test)]
mod tests {
    use crate::brief::read_by_rules;

    #[track_caller]
    fn check(text: &str, states: &[&str]) {
        let reading = read_by_rules(&format!("A job has a number, a date and a price. {text}"));
        let mut all = reading.entities.iter().flat_map(|it| &it.attributes);
        let found = all.find(|it| it.name == "status").and_then(|it| it.values.clone());
        assert_eq!(found.unwrap_or_default(), states, "{text}");
    }

    #[test]
    fn states_follow_each_other_up_to_the_end_of_the_clause() {
        check("A job moves from new to planned to done.", &["new", "planned", "done"]);
        check(
            "A job moves from new → planned → paid; it can be cancelled any time before that.",
            &["new", "planned", "paid", "cancelled"],
        );
        check("A job goes from open to done and may be cancelled.", &["open", "done", "cancelled"]);
        check("Jobs pass through the states open, under review, done.", &["open", "under review", "done"]);
        check(
            "Jobs pass through the following stages: Open, Planned and Done.",
            &["open", "planned", "done"],
        );
    }
}

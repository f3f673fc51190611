//! "Every change of its status is logged with time and officer": a history, which is a thing of its own.

use super::fact::{Fact, Facts, Form, Rule, Signal, is_plain};
use super::facts::Reader;
use super::items::{Item, items, items_of_tokens};
use super::lexicon::{last_word, lexicon};
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::sentences::Sentence;
use crate::base::{Clip, Span, one_of, without_end};

/// Words for what moves from one state to the next.
const CHANGES: &str = "change changes move moves transition transitions step steps history edit edits";
/// Words for keeping it.
const KEPT: &str = "logged log logs kept recorded written history tracked registered remembered noted stored";
/// Words for the state itself.
const STATES: &str = "status state statuses states workflow stage phase";

/// How a history of states is called behind what has them.
const OF_STATES: &str = "_status_history";
/// The same of other changes.
const OF_CHANGES: &str = "_change";

/// Reads the sentence as one about a history; false when it is none.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], topic: Option<&Phrase>) -> bool {
    if over_time(reader, sentence, chunks, topic) {
        return true;
    }
    let says = |list: &str| sentence.words.iter().any(|it| one_of(&it.token.word, list));
    let about_state =
        says(STATES) || topic.is_some_and(|it| it.key.ends_with("status") || it.key.ends_with("state"));
    // "All changes to an invoice are logged with time, field and old value": a list makes it a thing of its own.
    let of_anything =
        chunks.first().and_then(Chunk::phrase).is_some_and(|it| it.key == "change" || it.key == "edit")
            && listed(sentence, chunks).iter().filter(|it| !one_of(&it.name, "who what when")).count() >= 2;
    // "Every change of its price is kept with the date"
    let property = of_property(chunks).filter(|_| !about_state && !of_anything);
    if !(says(CHANGES) && says(KEPT) && (about_state || of_anything || property.is_some()))
        || sentence.words.len() > 30
    {
        return false;
    }
    let of = match property {
        Some(_) => topic.cloned(),
        None => whose(chunks, None)
            .or_else(|| has_states(&reader.out, topic).filter(|_| about_state))
            .or_else(|| whose(chunks, topic)),
    };
    let Some(of) = of.filter(|it| property.is_none() || !is_plain(&it.key)) else { return false };
    let whole = without_end(without_end(&of.key, "_status"), "_state").to_owned();
    let name = match property {
        Some(property) => format!("{whole}_{}_history", property.key),
        None => whole.clone() + if about_state { OF_STATES } else { OF_CHANGES },
    };
    let history = Phrase {
        key: name.clone(),
        full: name,
        possessor: false,
        many: false,
        span: sentence.span,
        ..of.clone()
    };
    let mut found = listed(sentence, chunks);
    // What was changed is told by the values.
    found.retain(|it| it.name != "what");
    let item = |name: &str| Item::named(name, sentence.span);
    let value = property.map_or("status", |it| it.key.as_str());
    if found.is_empty() {
        found = vec![
            item(value),
            item("changed_at"),
            Item { who: Some("change".to_owned()), ..item("changed_by") },
        ];
    } else if property.is_some() && found.iter().all(|it| it.name != value) {
        found.insert(0, item(value));
    }
    for item in &mut found {
        match item.name.as_str() {
            "time" | "at" | "date" | "timestamp" | "when" => "changed_at".clone_into(&mut item.name),
            "old" | "previous" => "old_status".clone_into(&mut item.name),
            "new" => "new_status".clone_into(&mut item.name),
            "who" | "by" | "person" => {
                item.who = Some("change".to_owned());
                "changed_by".clone_into(&mut item.name);
            }
            _ => {}
        }
    }
    reader.see(&history, Signal::ListOwner);
    let outer = Phrase { key: whole.clone(), full: whole, possessor: false, ..of };
    reader.out.all.push(Fact::Nested { inner: history.clone(), outer });
    reader.owns(&history, found, Form::Recorded);
    if let Some(of) = super::logged::of(sentence, chunks) {
        reader.out.all.push(Fact::Rule { of, rule: Rule::Logged, span: sentence.span });
    }
    true
}

/// The history that "change" and the like stand for: all that the text says of them is said where it tells of the history.
pub fn of_change<'a>(facts: &'a Facts, key: &str, mentions: &[Span]) -> Option<&'a str> {
    if !one_of(last_word(key), CHANGES) {
        return None;
    }
    facts.all.iter().find_map(|it| match it {
        Fact::Nested { inner, .. }
            if [OF_STATES, OF_CHANGES].iter().any(|end| inner.key.ends_with(end))
                && mentions.iter().all(|at| inner.span.overlaps(*at)) =>
        {
            Some(inner.key.as_str())
        }
        _ => None,
    })
}

/// "Its weight is recorded over time": what a thing was found to have, and when; false when the sentence tells of no such thing.
fn over_time(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], topic: Option<&Phrase>) -> bool {
    const KEEPS: &str = "record track log measure monitor note keep store follow";
    let Some(at) = chunks.iter().position(|it| it.kind.is_prep("over")) else { return false };
    let time = chunks.get(at).is_some_and(|it| sentence.says(it.to, "time"));
    let keeps = |it: &Chunk| it.verb().is_some_and(|it| one_of(it.lemma.as_str(), KEEPS) && !it.denied);
    let verb = chunks.clip(..at).iter().rposition(keeps).filter(|_| time);
    let Some((verb_at, verb)) = verb.and_then(|at| Some((at, chunks.verb_at(at)?))) else { return false };
    // "…, and each visit has a date": what goes on behind it is read as a whole.
    let rest = chunks.clip(at + 2..).iter().take_while(|it| !matches!(it.kind, ChunkKind::Sub(_)));
    if rest.filter_map(Chunk::verb).any(|it| !it.bare) {
        return false;
    }
    let told = if verb.passive { chunks.clip(..verb_at) } else { chunks.clip(verb_at + 1..at) };
    let (mut found, mut of) = (Vec::new(), None);
    for (nth, phrase) in told.iter().enumerate().filter_map(|(nth, it)| Some((nth, it.phrase()?))) {
        let governed = nth.checked_sub(1).is_some_and(|it| matches!(told.kind_at(it), ChunkKind::Prep(_)));
        if phrase.possessor || governed {
            of = of.or(Some(phrase));
        } else if lexicon().attribute(&phrase.key).is_some() {
            found.push(Item::named(&phrase.full, phrase.span));
        } else {
            return false;
        }
    }
    let Some(of) = of.or(topic).filter(|it| !is_plain(&it.key)).cloned() else { return false };
    let name = match found.as_slice() {
        [] => return false,
        [only] => format!("{}_{}_history", of.key, only.name),
        _ => format!("{}_measurement", of.key),
    };
    found.push(Item::named("recorded_at", sentence.span));
    let history = Phrase::bare(&name, sentence.span);
    reader.see(&history, Signal::ListOwner);
    reader.out.all.push(Fact::Nested { inner: history.clone(), outer: Phrase { possessor: false, ..of } });
    reader.owns(&history, found, Form::Recorded);
    true
}

/// Of what states were told: what is being talked about, else the only thing that has some.
fn has_states(facts: &Facts, topic: Option<&Phrase>) -> Option<Phrase> {
    let is_state = |it: &str| one_of(it, STATES);
    let mut all = facts.all.iter().filter_map(|it| match it {
        Fact::Values { of, name, values, .. } => {
            let known = values.iter().any(|it| lexicon().states.contains(it.as_str()));
            (known && name.as_deref().is_none_or(is_state)).then_some(of)
        }
        _ => None,
    });
    let first = all.next()?;
    let only = topic.filter(|topic| first.key == topic.key || all.clone().any(|it| it.key == topic.key));
    only.or_else(|| all.all(|it| it.key == first.key).then_some(first)).cloned()
}

/// Whose state it is: "of the order", "the order's", or what is being talked about.
fn whose(chunks: &[Chunk], topic: Option<&Phrase>) -> Option<Phrase> {
    // "Changes of an application": one of several is a thing, whatever its word may mean elsewhere.
    let thing = |it: &Phrase| {
        let business = &lexicon().business;
        !is_plain(&it.key) || it.det == Det::One && business.contains(it.key.as_str())
    };
    let is_state = |it: &Phrase| {
        one_of(it.head_word(), STATES) && !it.key.contains('_')
            || !thing(it)
            || one_of(it.key.as_str(), CHANGES)
            || one_of(it.head_word(), CHANGES)
            || it.key.split('_').any(|it| one_of(it, STATES))
    };
    let possessor = chunks.iter().filter_map(Chunk::phrase).find(|it| it.possessor && !is_plain(&it.key));
    let of = chunks.windows(2).find_map(|pair| match (pair.kind_at(0), pair.phrase_at(1)) {
        (ChunkKind::Prep(word), Some(phrase)) if one_of(word.as_str(), "of to in") && !is_state(phrase) => {
            Some(phrase)
        }
        _ => None,
    });
    possessor.or(of).or(topic).filter(|it| thing(it)).cloned()
}

/// The property of what was spoken of that changes: "every change of its price".
fn of_property(chunks: &[Chunk]) -> Option<&Phrase> {
    let change = chunks.phrase_at(0).filter(|it| one_of(it.key.as_str(), "change edit"))?;
    let prep = chunks.kind_at(1).is_prep("of to in");
    let property = chunks.phrase_at(2).filter(|it| it.owned && !it.many && !it.possessor)?;
    (prep && matches!(change.det, Det::Each | Det::Bare | Det::Many)).then_some(property)
}

/// What is kept of each change: the list behind a colon, in parentheses or after "with".
fn listed(sentence: &Sentence, chunks: &[Chunk]) -> Vec<Item> {
    let count = sentence.words.len();
    if let Some(at) = (0..count).find(|at| sentence.says(*at, ":")) {
        return items(sentence, at + 1, count);
    }
    if let Some(paren) = sentence.parens.iter().find(|it| it.tokens.len() > 2) {
        return items_of_tokens(&paren.tokens);
    }
    let with = chunks.iter().find(|it| it.kind.is_prep("with"));
    with.map_or_else(Vec::new, |it| items(sentence, it.to, count))
}

impl Phrase {
    /// The last word of its key.
    fn head_word(&self) -> &str {
        last_word(&self.key)
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn every_change_of_a_property_is_a_row_of_its_history() {
        let text = "A ship has a name and a flag. Every change of its flag is recorded with the date.";
        check(text, "ship", &["name", "flag"]);
        check(text, "ship_flag_history", &["flag", "changed_at"]);
        let text = "A pet has a name. Weight is recorded over time so that a chart can be shown.";
        check(text, "pet_weight_history", &["weight", "recorded_at"]);
        let text = "A pet has a name. Weight is recorded over time, and each visit has a date.";
        check(text, "visit", &["date"]);
        let text = "A kiln has a name. We track its temperature and pressure over time.";
        check(text, "kiln_measurement", &["temperature", "pressure", "recorded_at"]);
        let text = "A claim has a number and moves from draft to paid. Owners pay claims. A history of all state changes is kept with user and time.";
        check(text, "claim_status_history", &["user", "changed_at"]);
    }
}

//! "Every change of its status is logged with time and officer": a history, which is a thing of its own.

use super::fact::{Fact, Facts, Form, Signal, is_plain};
use super::facts::Reader;
use super::items::{Item, items, items_of_tokens};
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::sentences::Sentence;
use crate::base::{Span, one_of, without_end};

/// Words for what moves from one state to the next.
const CHANGES: &[&str] = &[
    "change",
    "changes",
    "move",
    "moves",
    "transition",
    "transitions",
    "step",
    "steps",
    "history",
    "edit",
    "edits",
];
/// Words for keeping it.
const KEPT: &[&str] = &[
    "logged",
    "log",
    "logs",
    "kept",
    "recorded",
    "written",
    "history",
    "tracked",
    "registered",
    "remembered",
    "noted",
    "stored",
];
/// Words for the state itself.
const STATES: &[&str] = &["status", "state", "statuses", "states", "workflow", "stage", "phase"];

/// How a history of states is called behind what has them.
const OF_STATES: &str = "_status_history";
/// The same of other changes.
const OF_CHANGES: &str = "_change";

/// Reads the sentence as one about a history; false when it is none.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], topic: Option<&Phrase>) -> bool {
    let says = |list: &[&str]| sentence.words.iter().any(|it| list.contains(&it.token.word.as_str()));
    let about_state =
        says(STATES) || topic.is_some_and(|it| it.key.ends_with("status") || it.key.ends_with("state"));
    // "All changes to an invoice are logged with time, field and old value": a list makes it a thing of its own.
    let of_anything =
        chunks.first().and_then(Chunk::phrase).is_some_and(|it| it.key == "change" || it.key == "edit")
            && listed(sentence, chunks).len() >= 2;
    // "Every change of its price is kept with the date"
    let property = of_property(chunks).filter(|_| !about_state && !of_anything);
    if !(says(CHANGES) && says(KEPT) && (about_state || of_anything || property.is_some()))
        || sentence.words.len() > 30
    {
        return false;
    }
    let of = if property.is_some() { topic.cloned() } else { whose(chunks, topic) };
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
            "time" | "at" | "date" | "timestamp" => "changed_at".clone_into(&mut item.name),
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
    true
}

/// The history that "change" and the like stand for: all that the text says of them is said where it tells of the history.
pub fn of_change<'a>(facts: &'a Facts, key: &str, mentions: &[Span]) -> Option<&'a str> {
    if !CHANGES.contains(&key) {
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

/// Whose state it is: "of the order", "the order's", or what is being talked about.
fn whose(chunks: &[Chunk], topic: Option<&Phrase>) -> Option<Phrase> {
    // "Changes of an application": one of several is a thing, whatever its word may mean elsewhere.
    let thing = |it: &Phrase| {
        let business = &super::lexicon::lexicon().business;
        !is_plain(&it.key) || it.det == Det::One && business.contains(it.key.as_str())
    };
    let is_state = |it: &Phrase| {
        STATES.contains(&it.head_word()) && !it.key.contains('_')
            || !thing(it)
            || CHANGES.contains(&it.key.as_str())
            || CHANGES.contains(&it.head_word())
            || it.key.split('_').any(|it| STATES.contains(&it))
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
        super::lexicon::last_word(&self.key)
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
    }
}

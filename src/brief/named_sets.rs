//! Sets of values that are named after what has them: "order statuses: new, paid", "there are two kinds of tickets: adult and child".

use super::clauses::Clause;
use super::fact::{Signal, is_plain};
use super::facts::Reader;
use super::item_values::values;
use super::label_owners::{SETS, is_closed, tell_values};
use super::lexicon::{last_word, lexicon};
use super::phrases::{Chunk, ChunkKind, Phrase};
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::Token;
use crate::base::{Clip as _, one_of};

/// What has the set that a phrase names, and what the set is of it: `order` and `status` for "order statuses".
pub fn of_whole(phrase: &Phrase) -> Option<(Phrase, Phrase)> {
    let (of, name) = phrase.key.rsplit_once('_')?;
    let is_property = is_closed(of) || lexicon().is_property(of) || is_plain(of);
    let set = Phrase { many: phrase.many, ..Phrase::bare(name, phrase.span) };
    (phrase.many && one_of(name, SETS) && !is_property).then(|| (Phrase::bare(of, phrase.span), set))
}

/// Reads a label that ends in such a name; false where it tells of something else that has them.
pub fn read(reader: &mut Reader, sentence: &Sentence, label: &[&Chunk], colon: usize) -> bool {
    let Some(last) = label.last().and_then(|it| it.phrase()) else { return false };
    let kinds = match label.clip(..label.len() - 1) {
        [.., set, of] if of.kind.is_prep("of") => set.phrase().filter(|it| is_closed(&it.key) && it.many),
        _ => None,
    };
    let told = match kinds {
        Some(kinds) => Some((last.clone(), kinds.clone())).filter(|it| !is_plain(&it.0.key)),
        None => of_whole(last),
    };
    let Some((of, set)) = told else { return false };
    let before = label.clip(..label.len() - if kinds.is_some() { 3 } else { 1 });
    // "The system has three user roles", "we know three types of tickets", "there are"
    let others = before.iter().filter_map(|it| it.phrase()).any(|it| !is_plain(&it.key));
    let told = before.iter().any(|it| matches!(it.kind, ChunkKind::Prep(_) | ChunkKind::Sub(_)));
    if others
        || told
        || names_properties(sentence, colon + 1)
        || !tell_values(reader, sentence, &of, &set, colon)
    {
        return false;
    }
    reader.out.sets.push(set.span);
    reader.see(&of, Signal::Object);
    true
}

/// "Order statuses are new, paid and shipped": values, unless they only tell how the set is.
pub fn are(reader: &mut Reader, cx: &Clause, own: &Phrase, from: usize) -> bool {
    let names = |at: usize| {
        let word = cx.sentence.word(at);
        cx.sentence.tag(at) == Tag::Noun
            || lexicon().states.contains(word)
            || lexicon().role_nouns.contains(word)
    };
    let fits = names(from) && !names_properties(cx.sentence, from);
    let Some((of, set)) = of_whole(own).filter(|_| fits) else { return false };
    let told = tell_values(reader, cx.sentence, &of, &set, from.saturating_sub(1));
    if told {
        reader.overlook(own);
        reader.out.sets.push(own.span);
        reader.see(&of, Signal::Object);
    }
    told
}

/// Whether one of the words from `from` on names a property: "ticket types: name, price".
fn names_properties(sentence: &Sentence, from: usize) -> bool {
    let tokens: Vec<Token> = sentence.words.clip(from..).iter().map(|it| it.token.clone()).collect();
    are_properties(&values(&tokens))
}

/// Whether one of the values names a property.
pub(super) fn are_properties(values: &[String]) -> bool {
    // What is sent by phone or mail is of that type.
    const MEANS: &str = "email phone sms mail post text photo image picture video audio file document";
    values.iter().any(|value| {
        let last = last_word(value.rsplit(' ').next().unwrap_or_default());
        let is_property = |it: &str| lexicon().attribute(it).is_some() && !lexicon().states.contains(it);
        let asks = value
            .split(' ')
            .next()
            .is_some_and(|it| one_of(it, "when which who what how where number size maximum minimum"));
        // "size in m2", "price per night"
        let measures = value.split(' ').any(|it| one_of(it, "of per"));
        asks || measures
            || !one_of(last, MEANS) && (is_property(last) || is_property(&value.replace(' ', "_")))
    })
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_a_set_is_named_after_has_it() {
        check("Order statuses: new, paid, shipped. An order has a number.", "order", &["status", "number"]);
        let text = "There are two kinds of tickets: adult and child. A ticket has a price.";
        check(text, "ticket", &["kind", "price"]);
        check("Ticket types are adult and child. A ticket has a price.", "ticket", &["type", "price"]);
        let text =
            "The system has three user roles: admin, editor and viewer. Editors write articles with a title.";
        check(text, "user", &["role"]);
    }

    #[test]
    fn properties_of_a_set_are_no_values() {
        let text = "Ticket types: name, price, quantity. An event has several ticket types.";
        check(text, "ticket_type", &["name", "price", "quantity"]);
        check("Order statuses are configurable and translated. An order has a number.", "order", &["number"]);
    }
}

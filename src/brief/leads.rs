//! Lists whose owner stands at the front, and verbs of getting and telling: "for a buoy the diver fills in its colour and
//! depth", "for each one I have a number and a day", "a buoy gets a number and a colour", "buoys are numbered".

use super::asked::asked_at;
use super::clauses::Clause;
use super::fact::{Form, is_plain};
use super::facts::Reader;
use super::item_values::telling;
use super::items::{Item, items};
use super::lexicon::lexicon;
use super::list_ends::list_end;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::recording::RECORD;
use super::sentences::Sentence;
use crate::base::one_of;

/// Verbs by which a thing comes by its properties, or says them. Source: English verbs of getting and telling.
const GETS: &str = "get receive tell fix determine decide mention display indicate feature";

/// Participles that say what is written on a thing, with the property. Source: English verbs of marking.
const MARKED: &[(&str, &str)] =
    &[("number", "number"), ("letter", "letter"), ("date", "date"), ("title", "title"), ("price", "price")];

/// Nouns for many things of a kind: a list behind them tells of each. Source: English nouns of collection.
const COLLECTIONS: &str = "catalogue catalog list register directory inventory pool range database";

/// Reads a clause in one of these wordings; gives the words that its list covers.
pub fn read(
    reader: &mut Reader,
    cx: &Clause,
    own: Option<&Phrase>,
    each: Option<&Phrase>,
) -> Option<(usize, usize)> {
    if cx.relative {
        return None;
    }
    marked(reader, cx, own);
    kept_of(reader, cx, own, each).or_else(|| enough(reader, cx, each)).or_else(|| gets(reader, cx, own?))
}

fn thing(it: &Phrase) -> bool {
    !is_plain(&it.key) && !lexicon().is_property(&it.key) && !it.possessor
}

/// Who stands behind "for" at the clause's beginning: "for each one" means what was last spoken of as several.
fn led_by(reader: &Reader, cx: &Clause, each: Option<&Phrase>) -> Option<Phrase> {
    let first = cx.chunks.get(cx.start).filter(|it| cx.sentence.says(it.from, "for"))?;
    // "is issued for a pier and states": there "for" belongs to the verb before.
    let before = cx.start.checked_sub(1).map(|at| cx.chunks.kind_at(at));
    if !matches!(before, None | Some(ChunkKind::And | ChunkKind::Other)) {
        return None;
    }
    let counted = cx.sentence.says(first.to, "each every");
    if counted && cx.sentence.says(first.to + 1, "one ,") {
        return reader.several.clone().or_else(|| reader.topic.clone()).filter(thing);
    }
    each.filter(|it| thing(it)).cloned()
}

/// "For a buoy the diver fills in its colour and the depth", "for each one I have a number and a day".
fn kept_of(
    reader: &mut Reader,
    cx: &Clause,
    own: Option<&Phrase>,
    each: Option<&Phrase>,
) -> Option<(usize, usize)> {
    let owner = led_by(reader, cx, each)?;
    let lemma = cx.verb.lemma.as_str();
    let after = cx.chunks.end_at(cx.verb_at);
    let fills = one_of(lemma, "fill type jot") && cx.sentence.says(after, "in out down");
    let speaks = cx.verb_at.checked_sub(1).is_some_and(|at| cx.chunks.kind_at(at).is_pron("i we you"));
    let keeps = one_of(lemma, RECORD) || fills || speaks && one_of(lemma, "have see get");
    if cx.verb.passive || !keeps || own.is_some_and(|it| it.key == owner.key) && !speaks {
        return None;
    }
    let particle = cx.sentence.says(after, "in out down up");
    let from = asked_at(cx.sentence, after).unwrap_or(after + usize::from(particle));
    super::recording::told_list(reader, cx, &owner, from)
}

/// "For a buoy the number, the colour and the depth are enough".
fn enough(reader: &mut Reader, cx: &Clause, each: Option<&Phrase>) -> Option<(usize, usize)> {
    let next = cx.sentence.word(cx.chunks.end_at(cx.verb_at));
    if cx.verb.lemma != "be" || !one_of(next, "enough sufficient") {
        return None;
    }
    let topic = reader.topic.clone();
    super::recording::recorded(reader, cx, each.or(topic.as_ref()), true)
}

/// "A buoy gets a number and a colour", "the sheet tells us the depth and the current".
fn gets(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let lemma = cx.verb.lemma.as_str();
    if cx.verb.passive || !one_of(lemma, GETS) || !thing(own) {
        return None;
    }
    if lexicon().is_person(&own.key) && !one_of(lemma, "get receive") {
        return None;
    }
    let after = cx.chunks.end_at(cx.verb_at);
    let whom = cx.sentence.says(after, "us me you them");
    let from = asked_at(cx.sentence, after).unwrap_or(after + usize::from(whom));
    let end = list_end(cx, from);
    let found = items(cx.sentence, from, end);
    // "gets a key and a badge number" brings a thing along; one property alone may be what is handed over.
    if found.len() < 2 || telling(&found) * 2 <= found.len() {
        return None;
    }
    reader.owns(own, found, Form::Have);
    Some((from, end))
}

/// "Buoys are numbered within a channel": they have a number.
fn marked(reader: &mut Reader, cx: &Clause, own: Option<&Phrase>) {
    let next = cx.sentence.word(cx.chunks.end_at(cx.verb_at));
    let Some(own) = own.filter(|it| cx.verb.passive && thing(it) && !lexicon().is_person(&it.key)) else {
        return;
    };
    let named = MARKED.iter().find(|it| it.0 == cx.verb.lemma);
    if let Some((_, name)) = named.filter(|_| !one_of(next, "among as back down up")) {
        let span = cx.sentence.span_of(cx.chunks.start_at(cx.verb_at), cx.chunks.end_at(cx.verb_at));
        let item = Item::named(name, span);
        reader.owns(own, vec![item], Form::Recorded);
    }
}

/// "Lets a buoy out - each has a number": behind a sign "each" means what stands before it.
pub fn each_behind_sign(sentence: &Sentence, chunks: &[Chunk], start: usize) -> Option<Phrase> {
    let sign = start.checked_sub(1)?;
    let before = chunks.phrase_at(sign.checked_sub(1)?)?;
    let signs = sentence.says(chunks.start_at(sign), "; - :");
    (signs && thing(before)).then(|| before.clone())
}

/// "Picks buoys from our catalogue (code, colour)": the collection only says where the things stand.
pub fn collected(chunks: &[Chunk], at: usize) -> Option<&Phrase> {
    let collection = chunks.phrase_at(at).filter(|it| one_of(it.key.as_str(), COLLECTIONS))?;
    let prep = at.checked_sub(1)?;
    let inside = chunks.kind_at(prep).is_prep("from of in");
    let things = chunks.phrase_at(prep.checked_sub(1)?)?;
    (inside && things.many && thing(things) && collection.det != Det::Each).then_some(things)
}

/// "The master checks them in with length and draught": the list is that of what was spoken of before.
pub fn of_them(reader: &Reader, sentence: &Sentence, chunks: &[&Chunk], at: usize) -> Option<Phrase> {
    let verb = chunks.iter().rposition(|it| it.verb().is_some_and(|it| !it.bare)).filter(|at| *at > 0)?;
    let object = chunks.get(verb + 1).map(|it| &it.kind);
    let them = matches!(object, Some(ChunkKind::Pron(word)) if one_of(word.as_str(), "them it"));
    let active = chunks.verb_at(verb).is_some_and(|it| !it.passive && !it.denied);
    let topic = reader.topic.as_ref().filter(|it| thing(it))?;
    (them && active && sentence.says(at, "with")).then(|| topic.clone())
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_is_filled_in_for_a_thing_is_its_own() {
        let text = "A lantern hangs in a tower. For a lantern the keeper fills in its height, the colour of the \
                    glass and a code.";
        check(text, "lantern", &["height", "colour", "code"]);
    }

    #[test]
    fn each_one_means_what_was_spoken_of() {
        let text =
            "We look after forty lanterns. For each one I have a serial number, a height and an address.";
        check(text, "lantern", &["serial_number", "height", "address"]);
    }

    #[test]
    fn what_a_thing_gets_it_has() {
        check(
            "A tower has lanterns. A lantern gets a name, a height and a code.",
            "lantern",
            &["name", "height", "code"],
        );
    }
}

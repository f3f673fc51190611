//! Lines without label and verb: a list under a lead-in or heading, states, or the name of what follows.

use super::blocks::BlockKind;
use super::fact::{Fact, Form, Signal, is_plain};
use super::facts::Reader;
use super::item_values::{flags, telling, tells, values};
use super::items::{Item, items};
use super::lexicon::lexicon;
use super::phrases::{Chunk, Phrase};
use super::sentences::Sentence;
use super::tags::Tag;
use super::tokens::Token;
use crate::base::{Clip, one_of};

/// "Open, fulfilled or dropped.", "Status open / closed": the states of what is being talked about.
fn states_of_topic(reader: &mut Reader, sentence: &Sentence, from: usize) -> bool {
    let named = sentence.says(from, "status state") && !sentence.is_sign(from + 1, ",");
    let words = sentence.words.clip(from + usize::from(named)..);
    let tokens: Vec<Token> = words.iter().map(|it| it.token.clone()).collect();
    let all = values(&tokens);
    let telling = words
        .iter()
        .filter(|it| it.tag == Tag::Past || lexicon().states.contains(it.token.word.as_str()))
        .count();
    let topic = reader.topic.clone().filter(|_| all.len() >= 2 && telling * 2 >= all.len());
    let short = all.iter().all(|it| it.split(' ').count() <= 2) && words.len() <= all.len() * 4;
    match topic {
        Some(of)
            if short
                && all.iter().all(|it| {
                    lexicon().states.contains(it.as_str()) || lexicon().attribute(it).is_none()
                }) =>
        {
            reader.out.all.push(Fact::Values { of, name: None, values: all, span: sentence.span });
            true
        }
        _ => false,
    }
}

/// A line without label and verb: a list under a lead-in or heading, or the name of what is listed under it.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], from: usize) -> bool {
    let count = sentence.words.len();
    let finite = chunks.iter().any(|it| {
        it.from >= from
            && it.verb().is_some_and(|it| !it.bare)
            && !super::asked::within(sentence, from, it.from)
    });
    let block = &reader.blocks[sentence.block];
    if block.kind == BlockKind::Heading
        || finite
            && !plainly_listed(reader, sentence, chunks, from)
            && !super::asked::listed(reader, sentence, from)
    {
        return false;
    }
    if states_of_topic(reader, sentence, from) {
        return true;
    }
    let with = chunks.iter().position(|it| it.from >= from && it.kind.is_prep("with"));
    if with.is_some_and(|at| {
        at > 0
            && chunks.clip(..at).iter().any(|it| {
                it.from >= from && it.phrase().is_some_and(|it| lexicon().attribute(&it.key).is_none())
            })
    }) {
        let thing = chunks.iter().filter(|it| it.from >= from).find_map(Chunk::phrase).cloned();
        // "one per boat, with a number": what is said of the thing above.
        if sentence.says(from, "one each") && sentence.says(from + 1, "per") {
            return false;
        }
        // "sign up with name and phone" under the members
        let behind =
            chunks.iter().find(|it| it.from >= from && it.phrase().is_some()).map_or(from, |it| it.to);
        let whose = reader.context(sentence.block).filter(|_| sentence.says(behind, "up in"));
        if let (Some(whose), Some(at)) = (whose, with) {
            let found = items(sentence, chunks.get(at).map_or(count, |it| it.to), count);
            reader.owns(&whose, found, Form::Have);
            return true;
        }
        if let Some(thing) = thing {
            reader.see(&thing, Signal::BulletHead);
            reader.subjects[sentence.block] = Some(thing);
        }
        return false;
    }
    if run_in(reader, sentence, chunks, from) {
        return true;
    }
    if let Some(thing) = fragment(sentence, chunks, from) {
        reader.see(&thing, Signal::BulletHead);
        reader.subjects[sentence.block].get_or_insert_with(|| thing.clone());
        reader.topic = Some(thing.clone());
        let comma = (from..count).find(|at| sentence.is_sign(*at, ",") || sentence.is_sign(*at, ";"));
        let found = comma.map(|at| items(sentence, at + 1, count)).unwrap_or_default();
        reader.owns(
            &thing,
            found
                .into_iter()
                .filter(|it| lexicon().attribute(&it.name).is_some() || !it.values.is_empty())
                .collect(),
            Form::Bare,
        );
        return false;
    }
    let event = reader.event_before.clone().filter(|_| block.kind == BlockKind::Para);
    let happened = event.is_some();
    let context = if happened {
        event
    } else if reader.fresh {
        reader.context(sentence.block).or_else(|| reader.topic.clone())
    } else {
        reader.nearest(sentence.block)
    };
    let has_comma = sentence.words.clip(from..).iter().any(|it| it.token.is(",") || it.token.is(";"));
    let first = chunks.iter().filter(|it| it.from >= from).find_map(Chunk::phrase).cloned();
    if !has_comma && flagged(reader, sentence, first.as_ref(), from) {
        return true;
    }
    if !has_comma {
        // "measured on" under a health check
        let moment = first.is_none() && block.parent.is_some() && sentence.tag(from) == Tag::Past;
        if let Some(owner) = context.clone().filter(|_| moment) {
            let found = items(sentence, from, count);
            reader.owns(&owner, found, Form::Bare);
            return true;
        }
        let Some(phrase) = first else { return false };
        let under = block.parent.is_some() || block.kind == BlockKind::Item;
        if !under {
            return false;
        }
        let children = reader.has_children[sentence.block];
        let attribute = lexicon().attribute(&phrase.key).is_some();
        if let (Some(owner), true, true) = (&context, children, attribute)
            && let Some(values) = reader.values_below(sentence.block)
        {
            let item = Item { values, ..Item::named(&phrase.full, phrase.span) };
            reader.owns(&owner.clone(), vec![item], Form::Bare);
            return true;
        }
        let listed = sentence.parens.iter().any(|it| it.tokens.len() > 2);
        if let (Some(owner), true) = (&context, block.parent.is_some() || attribute)
            && !children
        {
            let found = items(sentence, from, count);
            let of = found.len().max(reader.listed_beside(sentence.block));
            reader.owns_among(&owner.clone(), found, Form::Bare, of);
        } else if children || !attribute {
            reader.see(&phrase, Signal::BulletHead);
            if let Some(outer) = context.filter(|it| it.key != phrase.key)
                && block.parent.is_some()
            {
                reader.out.all.push(Fact::Nested { inner: phrase.clone(), outer });
            }
            // "People" over what is kept of them are a thing, though the word mostly means nobody in particular.
            if !is_plain(&phrase.key) || children && phrase.key == "person" {
                reader.subjects[sentence.block] = Some(phrase.clone());
                reader.topic = Some(phrase.clone());
            }
        }
        if listed {
            reader.parens(sentence, chunks, from, count);
        }
        return true;
    }
    // Lines indented under a title that has no mark are its list.
    let indented = block.depth >= 2 && block.heading.is_some();
    let under = block.parent.is_some() || matches!(block.kind, BlockKind::Item | BlockKind::Row) || indented;
    if !under && opened(reader, sentence, first.as_ref(), from) {
        return true;
    }
    match context {
        Some(owner) if under || block.kind == BlockKind::Para => {
            let found = items(sentence, from, count);
            let telling = telling(&found);
            // "Boat, received on, length, remark": one thing among them is what it refers to.
            let refers = |it: &&Item| !it.many && lexicon().business.contains(it.name.as_str());
            let known = found.iter().filter(|it| tells(it) || refers(it)).count();
            let listed = telling * 2 >= found.len() || telling >= 2 && known * 4 >= found.len() * 3;
            if under && reader.fresh || listed {
                reader.owns(&owner, found, Form::Bare);
                if happened {
                    reader.topic = Some(owner);
                }
            }
            true
        }
        _ => {
            for phrase in chunks.iter().filter_map(Chunk::phrase) {
                reader.see(phrase, if phrase.many { Signal::BulletHead } else { Signal::Mentioned });
            }
            true
        }
    }
}

/// "Suppliers, name and phone": what there are several of opens the list of what is kept of it.
fn opened(reader: &mut Reader, sentence: &Sentence, first: Option<&Phrase>, from: usize) -> bool {
    let Some(first) = first.filter(|it| it.many && !is_plain(&it.key)) else { return false };
    let count = sentence.words.len();
    let comma = (from..count).find(|at| sentence.span_of(*at, at + 1).start >= first.span.end);
    let comma = comma.filter(|at| *at <= from + 3 && sentence.is_sign(*at, ","));
    let Some(comma) = comma.filter(|_| lexicon().attribute(&first.key).is_none()) else { return false };
    let found = items(sentence, comma + 1, count);
    let known = telling(&found);
    let several = found.iter().filter(|it| it.many).count();
    if known < 2 || known * 3 < found.len() * 2 || several * 3 > found.len() {
        return false;
    }
    reader.see(first, Signal::BulletHead);
    reader.owns(first, found, Form::Bare);
    reader.topic = Some(first.clone());
    true
}

/// "Code unique.", "number unique per site": a flag of an attribute of what is being talked about.
fn flagged(reader: &mut Reader, sentence: &Sentence, first: Option<&Phrase>, from: usize) -> bool {
    let (Some(first), Some(topic)) = (first, reader.topic.clone()) else { return false };
    let behind =
        (from..sentence.words.len()).find(|at| sentence.words[*at].token.span.start >= first.span.end);
    let words: Vec<&str> =
        sentence.words.clip(behind.unwrap_or(from)..).iter().map(|it| it.token.word.as_str()).collect();
    let flag = words.first().is_some_and(|it| one_of(it, "unique optional mandatory required"));
    if !flag || lexicon().attribute(&first.key).is_none() || first.key == topic.key {
        return false;
    }
    let mut item = Item::named(&first.full, first.span);
    flags(&words, &mut item);
    reader.owns(&topic, vec![item], Form::Have);
    true
}

/// "6.2 Order. An order collects …": a title on the line of its paragraph, which is about it.
fn run_in(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], from: usize) -> bool {
    let block = &reader.blocks[sentence.block];
    let more = block.span.end > sentence.span.end + 12;
    let short = (1..=5).contains(&(sentence.words.len() - from.min(sentence.words.len())));
    let mut phrases = chunks.iter().filter(|it| it.from >= from).filter_map(Chunk::phrase);
    let (Some(only), None) = (phrases.next().cloned(), phrases.next()) else { return false };
    let title = !super::fact::is_plain(&only.key)
        && (!lexicon().is_property(&only.key) || only.many && only.key.contains('_'))
        && only.capital_or_numbered(sentence);
    let inner =
        sentence.parens.is_empty() && !sentence.words.iter().any(|it| it.token.is(",") || it.token.is(";"));
    if !(reader.fresh && more && short && title && inner && block.kind != BlockKind::Row) {
        return false;
    }
    reader.see(&only, Signal::BulletHead);
    reader.see(&only, Signal::Heading);
    reader.subjects[sentence.block] = Some(only.clone());
    reader.topic = Some(only);
    true
}

impl Phrase {
    /// Whether the sentence is written like a title: with a capital, or behind a number.
    fn capital_or_numbered(&self, sentence: &Sentence) -> bool {
        sentence.words.first().is_some_and(|it| it.token.capital || it.tag == Tag::Num)
            && (matches!(self.det, super::phrases::Det::Bare | super::phrases::Det::Many)
                // "The boat. It has …"
                || self.det == super::phrases::Det::The && sentence.says(0, "the") && sentence.words.len() <= 4)
    }
}

/// "first name, last name, can sail yes/no": a list under a thing, though one of its pieces holds a verb.
fn plainly_listed(reader: &Reader, sentence: &Sentence, chunks: &[Chunk], from: usize) -> bool {
    let first = chunks.iter().find(|it| it.from >= from);
    let opens = first
        .and_then(Chunk::phrase)
        .is_some_and(|it| lexicon().is_property(&it.key) && it.det == super::phrases::Det::Bare);
    let count = sentence.words.len();
    let signs = sentence.words.clip(from..).iter().filter(|it| it.token.is(",")).count();
    let begins_with_comma = first.is_some_and(|it| sentence.says(it.to, ","));
    if !(opens && begins_with_comma && signs >= 2) || reader.context(sentence.block).is_none() {
        return false;
    }
    let found = items(sentence, from, count);
    telling(&found) * 3 >= found.len() * 2
}

/// "One bill a month per household, numbered": a fragment that speaks of one thing for each of another.
fn fragment(sentence: &Sentence, chunks: &[Chunk], from: usize) -> Option<Phrase> {
    use super::phrases::Det;
    let mut here = chunks.iter().filter(|it| it.from >= from);
    let thing = here.next().and_then(Chunk::phrase)?;
    let comma = (from..sentence.words.len())
        .find(|at| sentence.is_sign(*at, ",") || sentence.is_sign(*at, ";"))
        .unwrap_or(sentence.words.len());
    let per = here.take_while(|it| it.to <= comma).any(|it| it.kind.is_prep("per"));
    let counted = matches!(thing.det, Det::One | Det::Each | Det::Many);
    (counted && per && !is_plain(&thing.key) && !lexicon().is_property(&thing.key)).then(|| thing.clone())
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    const BEFORE: &str = "A shelf has a number and a length.\n\n";

    #[test]
    fn a_list_without_a_verb_is_that_of_what_was_brought_up() {
        let said = [
            "We have lamps, which come in season. Name, colour, price.",
            "Lamps, name, colour, price.",
            "*The lamps?*\nSeven. Name, colour, price.",
            "**Lamps.** Name, colour, price.",
        ];
        for it in said {
            check(&format!("{BEFORE}{it}"), "lamp", &["name", "colour", "price"]);
        }
        check(
            &format!("{BEFORE}We issue a permit. Number, date, fee."),
            "permit",
            &["number", "date", "fee"],
        );
        check(
            &format!("{BEFORE}- People\n    - name, street, phone\n"),
            "person",
            &["name", "street", "phone"],
        );
    }

    #[test]
    fn questions_among_the_pieces_are_properties_too() {
        let text =
            "**Complaints.** Lamp, received on, what's the matter, remark. A lamp has a name and a colour.";
        check(&format!("{BEFORE}{text}"), "complaint", &["received_on", "description", "remark"]);
    }

    #[test]
    fn values_end_at_a_semicolon() {
        let text = "Machine: short name, unique; kind: press, cutter, folder; hourly rate; colour.";
        check(&format!("{BEFORE}{text}"), "machine", &["short_name", "kind", "hourly_rate", "colour"]);
    }

    #[test]
    fn properties_are_no_values_of_what_is_paid() {
        let text = "A member has a name. Each member pays a fee once a year: amount, date, method.";
        check(&format!("{BEFORE}{text}"), "fee", &["amount", "date", "method"]);
    }
}

//! Words that the network tells to name a property, as a name.

use super::item_moments;
use super::item_values::is_unit;
use super::learned::Type;
use super::lexicon::lexicon;
use super::tags::Tag;
use crate::base::{Clip as _, one_of, singular, without_end};

/// The words as a name: "the day of its launch", "launched on", "when it was launched".
pub fn name_of(words: &[(String, Tag)], type_of: Type) -> Option<String> {
    let moment = match type_of {
        Type::Date => Some("on"),
        Type::Moment | Type::Time => Some("at"),
        _ => None,
    };
    // "active y/n", "effective, yes or no": what it is answered with is no part of its name.
    let is_asked = is_asked(words);
    let telling = |it: &&(String, Tag)| {
        !matches!(it.1, Tag::Det | Tag::Aux | Tag::Modal | Tag::Pron | Tag::Sub | Tag::Sign)
            && !one_of(it.0.as_str(), "how what when where who why whether which")
            && !(is_asked && (is_answer(&it.0) || it.1 == Tag::Conj))
    };
    // "recording the measured value": what is done with it is no part of its name.
    let words = match words {
        [(_, Tag::Ing), (_, Tag::Det), rest @ ..] => rest,
        _ => words,
    };
    // "The company *has*": what it has follows.
    if let [.., (last, Tag::Verb | Tag::Aux)] = words
        && lexicon().have.contains(last.as_str())
    {
        return None;
    }
    // "whether a bus is *in* the *repair shop*": the place tells it.
    if type_of == Type::Boolean && words.iter().all(|it| it.1 == Tag::Prep) {
        return None;
    }
    // "such as P-1203A": one of them is no name, and neither is a word that only leads to one.
    let is_led = |lead: &str| words.first().is_some_and(|it| it.0 == lead);
    if is_led("as") || matches!(words, [(lead, Tag::Prep)] if one_of(lead.as_str(), "of with for per")) {
        return None;
    }
    // "the card with a number"
    let words = if is_led("with") { words.clip(1..) } else { words };
    // "the day on which the block was lifted"
    let (words, of_which) = match words {
        [(lead, _), (which, _), rest @ ..] if one_of(lead.as_str(), "on at") && which == "which" => {
            (rest, Some(lead.as_str()))
        }
        _ => (words, None),
    };
    let moment = of_which.or(moment);
    // "the area in square metres"
    let unit =
        words.windows(2).rposition(|it| matches!(it, [one, unit] if one.0 == "in" && is_unit(&unit.0)));
    let words = words.clip(..unit.filter(|it| *it > 0).unwrap_or(words.len()));
    let opening = words.first().map_or("", |it| it.0.as_str());
    let pairs: Vec<(&str, Tag)> = words.iter().map(|it| (it.0.as_str(), it.1)).collect();
    if let Some(name) = item_moments::told(&pairs, moment.unwrap_or("at")) {
        return Some(name);
    }
    // "what was observed", but "what colour it has"
    if opening == "what" && words.get(1).is_some_and(|it| it.1 != Tag::Noun && it.1 != Tag::Adj) {
        return Some("description".to_owned());
    }
    let kept: Vec<&(String, Tag)> = words.iter().filter(telling).collect();
    let done = |it: &(String, Tag)| it.1 == Tag::Past || it.1 == Tag::Verb && moment.is_some();
    match kept.as_slice() {
        [.., last] if last.0 == "numbered" => return Some("number".to_owned()),
        [only] if is_answer(&only.0) => return None,
        [only] if done(only) && named_by(&only.0).is_some() => return named_by(&only.0).map(str::to_owned),
        [only] if done(only) => {
            let moment = moment.or((type_of != Type::Boolean).then_some("at"));
            return Some(moment.map_or_else(|| only.0.clone(), |it| format!("{}_{it}", only.0)));
        }
        all if of_which.is_some() && all.iter().any(|it| done(it)) => {
            let end = all.iter().position(|it| done(it)).unwrap_or_default();
            let one = |it: &&(String, Tag)| if it.1 == Tag::Noun { singular(&it.0) } else { it.0.clone() };
            let names = all.clip(..=end).iter().map(one).chain(moment.map(str::to_owned));
            return Some(names.collect::<Vec<_>>().join("_"));
        }
        [.., last] if done(last) && opening == "when" => {
            if let Some(moment) = moment {
                return Some(format!("{}_{moment}", last.0));
            }
        }
        _ => {}
    }
    // "the number of half shelves"
    let is_counted = kept.windows(2).any(|it| matches!(it, [one, of] if one.0 == "number" && of.0 == "of"));
    let part = |it: &&(String, Tag)| {
        let word = without_end(&it.0, "'s");
        let word = if it.1 == Tag::Noun && !is_counted { singular(word) } else { word.to_owned() };
        word.split(['-', '_', '/']).filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let parts: Vec<String> = kept.iter().flat_map(part).collect();
    let name = parts.clip(parts.len().saturating_sub(5)..).join("_");
    (!name.is_empty()).then_some(name)
}

/// Whether the words say that they are answered with yes or no; "guest no" does not.
pub fn is_asked(words: &[(String, Tag)]) -> bool {
    let has = |word: &str| words.iter().any(|it| it.0 == word);
    has("y/n") || has("yes") && has("no")
}

/// Whether a word may answer a question.
fn is_answer(word: &str) -> bool {
    one_of(word, "y/n yes no")
}

/// The property that what is done gives: what is numbered has a number.
fn named_by(done: &str) -> Option<&'static str> {
    Some(match done {
        "named" | "called" => "name",
        "titled" | "entitled" => "title",
        "dated" => "date",
        "priced" => "price",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &[(&str, Tag)], type_of: Type) -> Option<String> {
        let words: Vec<(String, Tag)> = words.iter().map(|it| (it.0.to_owned(), it.1)).collect();
        name_of(&words, type_of)
    }

    #[test]
    fn what_was_done_is_named_by_its_moment() {
        let launched = ("launched", Tag::Past);
        assert_eq!(name(&[launched], Type::Date).as_deref(), Some("launched_on"));
        assert_eq!(name(&[launched], Type::Text).as_deref(), Some("launched_at"));
        assert_eq!(name(&[launched], Type::Boolean).as_deref(), Some("launched"));
        let day = [("day", Tag::Noun), ("we", Tag::Pron), launched];
        assert_eq!(name(&day, Type::Date).as_deref(), Some("launched_on"));
        let when = [("when", Tag::Sub), ("it", Tag::Pron), ("was", Tag::Aux), launched];
        assert_eq!(name(&when, Type::Moment).as_deref(), Some("launched_at"));
        let numbered = [("are", Tag::Aux), ("numbered", Tag::Past)];
        assert_eq!(name(&numbered, Type::Integer).as_deref(), Some("number"));
        let on_which = [
            ("on", Tag::Prep),
            ("which", Tag::Sub),
            ("the", Tag::Det),
            ("block", Tag::Noun),
            ("was", Tag::Aux),
        ];
        let lifted = [&on_which[..], &[("lifted", Tag::Past), ("again", Tag::Adv)]].concat();
        assert_eq!(name(&lifted, Type::Text).as_deref(), Some("block_lifted_on"));
    }

    #[test]
    fn what_only_leads_to_a_name_is_none_of_it() {
        let (with, number) = (("with", Tag::Prep), ("number", Tag::Noun));
        assert_eq!(name(&[with, ("a", Tag::Det), number], Type::Text).as_deref(), Some("number"));
        assert_eq!(name(&[with], Type::Text), None);
        assert_eq!(name(&[("as", Tag::Prep), number], Type::Text), None);
        let counted = [number, ("of", Tag::Prep), ("half", Tag::Adj), ("shelves", Tag::Noun)];
        assert_eq!(name(&counted, Type::Integer).as_deref(), Some("number_of_half_shelves"));
    }

    #[test]
    fn nouns_are_singular_and_small_words_left_out() {
        let words = [("the", Tag::Det), ("hull", Tag::Noun), ("serial-numbers", Tag::Noun)];
        assert_eq!(name(&words, Type::Text).as_deref(), Some("hull_serial_number"));
        assert_eq!(name(&[("the", Tag::Det)], Type::Text), None);
        assert_eq!(name(&[("in", Tag::Prep)], Type::Boolean), None);
        assert_eq!(name(&[("has", Tag::Verb)], Type::Text), None);
        assert_eq!(name(&[("company", Tag::Noun), ("has", Tag::Verb)], Type::Text), None);
        let recording = [("recording", Tag::Ing), ("the", Tag::Det), ("depth", Tag::Noun)];
        assert_eq!(name(&recording, Type::Numeric).as_deref(), Some("depth"));
    }

    #[test]
    fn what_is_answered_with_yes_or_no_is_named_without_them() {
        let (guest, no, yes) = (("guest", Tag::Noun), ("no", Tag::Noun), ("yes", Tag::Noun));
        let or = ("or", Tag::Conj);
        assert_eq!(name(&[guest, no], Type::Text).as_deref(), Some("guest_no"));
        assert_eq!(name(&[("active", Tag::Adj), yes, or, no], Type::Boolean).as_deref(), Some("active"));
        assert_eq!(name(&[("active", Tag::Adj), ("y/n", Tag::Noun)], Type::Text).as_deref(), Some("active"));
        assert_eq!(name(&[yes], Type::Boolean), None);
    }
}

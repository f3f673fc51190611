//! What stands behind an item's name: the values that it takes, and signs such as "unique" or "optional".

use super::items::{Item, items_of_tokens};
use super::lexicon::{last_word, lexicon};
use super::sentences::{Paren, Sentence};
use super::tags::Tag;
use super::tokens::{Kind, Token};
use crate::base::{Clip, one_of, singular};

/// Measures of time, one of each, that are hardly ever a thing of their own as a day is.
pub const TIMES: &str = "second minute hour week month year";

/// Other units of measure, one of each. Source: own knowledge of English.
const UNITS: &str = "foot inch mile pound tonne hectare millimetre centimetre kilometre kilometer kilogram volt day \
                      gram g kg km m cm mm ml litre liter metre meter percent % euro \
                      dollar cent watt kilowatt degree square kilo cubic_metre cubic_meter square_metre square_meter piece \
                      point byte";

/// Whether a word names a unit of measure, one or several.
pub fn is_unit(word: &str) -> bool {
    [word, &singular(word)].into_iter().any(|it| one_of(it, TIMES) || one_of(it, UNITS))
}

/// Values behind `:`, `=`, or parted by `|`, `>`, `/` from the first sign at `at` on.
pub fn values_after(sentence: &Sentence, from: usize, at: usize, to: usize, item: &mut Item) {
    let sign = sentence.word(at);
    let start = match sign {
        ":" | "=" => at + 1,
        "-" | "…" | "?" => {
            if sign == "-" && at > from {
                flags(
                    &sentence.words.clip(at..to).iter().map(|it| it.token.word.as_str()).collect::<Vec<_>>(),
                    item,
                );
            }
            item.boolean |= sign == "?";
            return;
        }
        // "draft > sent": the words before the first sign hold the name and the first value, or only a value.
        // "parcel size S/M/L": the word before the first sign is the first value of what stands before it.
        "/" if at > from + 1
            && sentence.words[at - 1].token.word.len() <= 3
            && lexicon().attribute(&join(sentence, from, at - 1)).is_some()
            && lexicon().attribute(sentence.word(at - 1)).is_none()
            && to > at + 1 =>
        {
            at - 1
        }
        // "severity minor/major/critical"
        "/" if at > from + 1 && are_values(sentence, at, to) => at - 1,
        _ if at > from + 1 || sign == "/" => {
            let first_is_attribute = lexicon().attribute(&singular(sentence.word(from))).is_some();
            if sign == "/" || !first_is_attribute {
                return;
            }
            from + 1
        }
        _ => return,
    };
    let words: Vec<&str> = sentence.words.clip(start..to).iter().map(|it| it.token.word.as_str()).collect();
    if words.iter().any(|it| one_of(it, "y/n boolean bool")) {
        item.boolean = true;
        return;
    }
    if flags(&words, item) && words.len() <= 4 {
        return;
    }
    let parts = sentence
        .words
        .clip(start..to)
        .split(|it| one_of(it.token.word.as_str(), "| > / or ·") && it.tag != Tag::Noun);
    for part in parts {
        let tokens: Vec<Token> = part.iter().map(|it| it.token.clone()).collect();
        item.values.extend(value(&tokens));
    }
}

/// One value as it is stored: its words joined by a blank; nothing when it is no plain value.
pub fn value(tokens: &[Token]) -> Option<String> {
    let words: Vec<&str> = tokens
        .iter()
        .filter(|it| it.kind != Kind::Sign)
        .map(|it| it.word.as_str())
        .skip_while(|it| one_of(it, "or and a an either the e.g. i.e. like also it's they're is are"))
        .filter(|it| *it != "etc")
        .collect();
    // "class (C, B, A)": a letter by itself is no article.
    if let [only] = tokens
        && only.word == "a"
    {
        return Some(only.word.clone());
    }
    let fine = !words.is_empty() && words.len() <= 4;
    fine.then(|| words.join(" "))
}

/// Splits tokens into values at any sign or `or`; a value of more than four words ends the list.
pub fn values(tokens: &[Token]) -> Vec<String> {
    let parts = tokens.split(|it| {
        it.kind == Kind::Sign && one_of(it.word.as_str(), ", ; | > / · …")
            || one_of(it.word.as_str(), "or and")
    });
    parts.filter_map(value).collect()
}

/// Whether the piece ends with the sign that its values stand behind.
pub fn ends_with_value_sign(sentence: &Sentence, from: usize, to: usize) -> bool {
    sentence.words.clip(from..to).last().is_some_and(|it| it.token.is(":") || it.token.is("="))
}

/// Whether the piece has a `:` or `=` and only one value behind it, so that the commas that follow part values.
pub fn takes_values(sentence: &Sentence, from: usize, to: usize) -> bool {
    let of_state = |at: usize| sentence.says(at, "of") && lexicon().states.contains(sentence.word(at + 1));
    (from..to).any(|at| sentence.says(at, ": =") || of_state(at))
}

/// The tokens of the piece.
pub fn tokens_of(sentence: &Sentence, from: usize, to: usize) -> Vec<Token> {
    sentence.words.clip(from.min(to)..to).iter().map(|it| it.token.clone()).collect()
}

/// "new > accepted > resolved": states by themselves, without the name of what has them.
pub fn states_in_turn(sentence: &Sentence, from: usize, to: usize) -> Option<Vec<String>> {
    let arrows = (from..to).filter(|at| sentence.is_sign(*at, ">")).count();
    let named = (from..to).any(|at| sentence.says(at, ": ="))
        || lexicon().attribute(&singular(sentence.word(from))).is_some();
    if arrows < 2 || named {
        return None;
    }
    let all = values(&tokens_of(sentence, from, to));
    let plain = all.len() > arrows && all.iter().all(|it| it.split(' ').count() <= 2);
    (plain && all.iter().any(|it| lexicon().states.contains(it.as_str()))).then_some(all)
}

/// "…, or rejected with a reason": behind states in their turn it is one more of them.
pub fn take_further_state(out: &mut Vec<Item>) {
    let [.., chain, last] = out.as_mut_slice() else { return };
    if chain.name == "status"
        && chain.values.len() > 2
        && last.values.is_empty()
        && lexicon().states.contains(last.name.as_str())
    {
        chain.values.push(last.name.clone());
        out.pop();
    }
}

/// Values behind a dash in the piece `from..end`: the dash, where they end, and what they are.
pub fn aside(sentence: &Sentence, from: usize, end: usize, to: usize) -> Option<(usize, usize, Vec<String>)> {
    let dash = |at: &usize| sentence.words.get(*at).is_some_and(|it| it.token.is("-") && it.token.spaced);
    let opens = (from + 1..end).find(dash)?;
    let close = (opens + 1..to)
        .find(dash)
        .or_else(|| (opens + 1..to).find(|at| sentence.is_sign(*at, ";")))
        .unwrap_or(to);
    let said_or = (opens + 1..close).any(|at| sentence.says(at, "or"));
    let all = values(&tokens_of(sentence, opens + 1, close));
    let plain = |it: &String| {
        it.split(' ').count() <= 3
            && (lexicon().states.contains(it.as_str())
                || lexicon().attribute(&it.replace(' ', "_")).is_none())
    };
    (said_or && all.len() >= 2 && all.iter().all(plain)).then_some((opens, close, all))
}

/// Reads flags out of words: unique, optional, boolean. True when any was found.
pub fn flags(words: &[&str], item: &mut Item) -> bool {
    let has = |list: &[&str]| words.iter().any(|it| list.contains(it));
    let text = words.join(" ");
    let says = |list: &[&str]| list.iter().any(|it| text.contains(it));
    let unique = has(&["unique", "distinct"])
        || says(&[
            "no other",
            "no two",
            "nobody else",
            "not occurring twice",
            "never have in common",
            "never twice",
            "not twice",
            "only once",
            "never doubled",
            "used once",
        ]);
    let nullable = has(&["optional", "nullable", "unless"])
        || is_left_out(words)
        || says(&[
            "if any",
            "if known",
            "if there is",
            "can be null",
            "may be null",
            "or null",
            "if given",
            "not always",
            "if stated",
            "if he",
            "if they",
        ]);
    // "switch, router or hub" are kinds.
    let is_one = !words.iter().any(|it| one_of(it, ", / | or"));
    let boolean = has(&["y/n", "boolean", "bool"])
        || is_one && has(&["tick", "checkbox", "switch"])
        || says(&["yes or no", "yes / no", "y / n"]);
    item.unique |= unique && !says(&["not unique"]);
    item.nullable |= nullable;
    item.boolean |= boolean;
    if unique && let Some(at) = words.iter().position(|it| one_of(it, "per within in inside over")) {
        let scope = words.clip(at + 1..).iter().find(|it| !one_of(it, "a an the one each its"));
        item.unique_in = scope.map(|it| singular(it));
    }
    item.maintained |= lexicon().says_maintained(words);
    unique || nullable || boolean
}

/// Whether three words or more stand around the first slash and those behind it, none of which names a property.
fn are_values(sentence: &Sentence, at: usize, to: usize) -> bool {
    let slashed = |slash: &usize| *slash < to && sentence.says(*slash, "/");
    let values: Vec<usize> = (at..).step_by(2).take_while(slashed).map(|it| it + 1).collect();
    let is_value = |it: &usize| {
        matches!(sentence.tag(*it), Tag::Noun | Tag::Adj | Tag::Past | Tag::Verb)
            && lexicon().attribute(&singular(sentence.word(*it))).is_none()
    };
    values.len() >= 2 && is_value(&(at - 1)) && values.iter().all(is_value)
}

/// "blank", "may be missing", "or empty"; "missing sign" among other values is one of them.
fn is_left_out(words: &[&str]) -> bool {
    const SAYS: &str = "be is are stay stays remain left or if when sometimes often";
    let Some(at) = words.iter().position(|it| one_of(it, "blank empty missing")) else {
        return false;
    };
    match at.checked_sub(1).and_then(|it| words.get(it)) {
        Some(before) => one_of(before, SAYS),
        None => words.len() == 1,
    }
}

/// "PDF", "JPG or PNG": they tell how it is kept, and are no values or properties of it.
pub fn are_formats(words: &[&str]) -> bool {
    let formats = &lexicon().formats;
    words.iter().any(|it| formats.contains(it))
        && words.iter().all(|it| formats.contains(it) || one_of(it, ", / or and only"))
}

/// Whether the word of an item is known to name a property, or an end of a period.
pub fn is_known(it: &Item) -> bool {
    lexicon().attribute(&it.name).is_some() || one_of(it.name.as_str(), "from to until since")
}

/// The type that parentheses behind a name state, with flags or without: "start time (timestamp)", "age (integer, optional)". A
/// "departure (date)" has one.
pub fn stated(name: &str, words: &[&str]) -> Option<String> {
    let mut parts = words.split(|it| *it == ",");
    let said = parts.next()?.join(" ");
    let tells = |part: &[&str]| {
        part.iter().all(|it| super::declared::is_flag(it)) || flags(part, &mut Item::default())
    };
    let is_property = |it: &str| lexicon().attribute(it).is_some();
    let stated = super::types::stated_type(&said)?;
    ((is_property(name) || !is_property(&said)) && parts.all(tells)).then_some(stated)
}

/// What parentheses behind an item say about it.
pub fn hint(paren: &Paren, item: &mut Item) {
    let words: Vec<&str> = paren.tokens.iter().map(|it| it.word.as_str()).collect();
    // "difficulty (1-5)"
    if paren.is_range() {
        let whole = words.iter().all(|it| !it.contains('.'));
        let number = if whole { "integer" } else { "numeric" };
        // A type that is stated, or that the name tells, says more.
        if item.stated.is_none() && super::types::type_of_name(&item.name) == "text" {
            item.stated = Some(number.to_owned());
        }
        // What is measured is no thing.
        item.counted = false;
    }
    let flagged = flags(&words, item);
    if let Some(stated) = stated(&item.name, &words).filter(|_| !item.many && item.values.is_empty()) {
        item.stated = Some(stated);
        item.counted = false;
    }
    let is_example = words.first().is_some_and(|it| one_of(it, "e.g. i.e. like such see as example"));
    let is_format = one_of(last_word(&item.name), "format type");
    if item.stated.is_some() || flagged || is_example || item.boolean || !is_format && are_formats(&words) {
        return;
    }
    let inner = items_of_tokens(&paren.tokens);
    let known = inner.iter().filter(|it| is_known(it)).count();
    // "pupils (name, class)": what opens with a property goes on with some.
    let opens = item.many && inner.first().is_some_and(is_known);
    let are_parts = known * 2 > inner.len() || known * 2 == inner.len() && opens;
    let all = values(&paren.tokens);
    if inner.len() >= 2 && are_parts && !is_known(item) {
        item.parts = inner;
    } else if all.len() >= 2
        && all.len() <= 14
        && all.iter().all(|it| it.split(' ').count() <= 3)
        && item.values.is_empty()
    {
        item.values = all;
    }
}

/// The words `from..to` as a name.
fn join(sentence: &Sentence, from: usize, to: usize) -> String {
    sentence.words.clip(from..to).iter().map(|it| singular(&it.token.word)).collect::<Vec<_>>().join("_")
}

/// Whether an item is surely an attribute or a reference.
pub fn tells(it: &Item) -> bool {
    it.name.ends_with("_id")
        || lexicon().attribute(&it.name).is_some()
        || ["_on", "_at", "_from", "_until"].iter().any(|end| it.name.ends_with(end))
        || it.boolean
        || it.unique
        || it.who.is_some()
        || !it.values.is_empty()
}

/// How many items surely are.
pub fn telling(found: &[Item]) -> usize {
    found.iter().filter(|it| tells(it)).count()
}

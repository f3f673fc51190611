//! The name of a list's item, from its words: `date of birth`, `the day on which it was laid`, `who found it`.

use super::item_moments;
use super::item_values::{flags, is_unit};
use super::items::Item;
use super::lexicon::lexicon;
use super::sentences::Sentence;
use super::tags::Tag;
use super::types::type_of_name;
use super::verbs::base_form;
use crate::base::{Clip, one_of, singular, without_end};

/// Words that close a name: what follows tells more about it.
const TAILS: &str = "in at on for with from to by as per if when which that who where unless because so until after \
                      before under during within into than like including about through without is are was were has have \
                      can may must shall will such between above below not never";

/// Properties that anything may have, which say little without its word. Source: own knowledge of English.
const BARE: &str = "number type kind name day date place year time list share reason means";

/// What "how" asks for with an adjective. Source: English adjectives of measure.
const DEGREES: &[(&str, &[&str])] = &[
    ("duration", &["long"]),
    ("height", &["tall", "high"]),
    ("weight", &["heavy"]),
    ("size", &["big", "large"]),
    ("depth", &["deep"]),
    ("width", &["wide", "broad"]),
    ("thickness", &["thick", "thin"]),
    ("age", &["old"]),
    ("distance", &["far"]),
    ("frequency", &["often"]),
    ("speed", &["fast", "quick"]),
    ("temperature", &["hot", "warm", "cold"]),
    ("price", &["expensive"]),
    ("urgency", &["urgent"]),
    ("severity", &["severe", "serious", "bad"]),
    ("difficulty", &["difficult", "hard"]),
    ("strength", &["strong"]),
];

/// Sets the item's name from the words `from..to`.
pub fn name(sentence: &Sentence, from: usize, to: usize, item: &mut Item) {
    let mut from = from;
    // "a flag whether it is wet"
    if sentence.says(from, "flag") && sentence.says(from + 1, "whether") {
        from += 1;
    }
    let first = sentence.word(from);
    let second = sentence.word(from + 1);
    // "when it was launched", "who found it", "whether it is wet"
    match first {
        "when" | "who" | "whether" | "where" | "how" | "why" | "what" | "which" => {
            from += 1;
            clause(sentence, first, from, to, item);
            return;
        }
        _ => {}
    }
    // "From, until, how many"
    if one_of(first, "from until till since") && to == from + 1 {
        item.name = if first == "till" { "until".to_owned() } else { first.to_owned() };
        return;
    }
    // "from when until when"
    if one_of(first, "from until till since") && second == "when" {
        item.name = if first == "since" { "from".to_owned() } else { first.replace("till", "until") };
        return;
    }
    // "checked by", "checked by the diver" and "released by / at"
    if second == "by"
        && (first.ends_with("ed")
            || lexicon().irregular.contains_key(first)
            || sentence.tag(from) == Tag::Past)
    {
        item.who = Some(base_form(first));
        item.name = format!("{first}_by");
        return;
    }
    if one_of(first, "assigned delegated allocated") && second == "to" {
        item.who = Some(base_form(first));
        item.name = if first == "assigned" { "assignee".to_owned() } else { format!("{first}_to") };
        item.nullable = true;
        return;
    }
    let end = (from..to).find(|at| sentence.tag(*at) == Tag::Sign).unwrap_or(to);
    let told = item_moments::told(&tagged(sentence, from, end), "at");
    if let Some(name) = told.or_else(|| item_moments::moment(sentence, from, to)) {
        item.name = name;
        return;
    }
    let mut words: Vec<String> = Vec::new();
    let mut at = from;
    while at < to {
        let word = sentence.word(at);
        let tag = sentence.tag(at);
        if tag == Tag::Sign {
            if matches!(word, "'" | "\"" | "." | "*") {
                at += 1;
                continue;
            }
            break;
        }
        if word == "y/n" {
            item.boolean = true;
            at += 1;
            continue;
        }
        if one_of(word, "optional unique mandatory required nullable compulsory") && !words.is_empty() {
            flags(&[word], item);
            at += 1;
            continue;
        }
        // "a score out of 100"
        if word == "out" && sentence.says(at + 1, "of") && !words.is_empty() {
            break;
        }
        // "a status of draft", but "a number of free seats"
        let is_state = sentence.tag(at + 2) != Tag::Noun && lexicon().states.contains(sentence.word(at + 1));
        if word == "of" && !words.is_empty() && is_state {
            item.values.push(sentence.word(at + 1).to_owned());
            break;
        }
        if word == "of" && !words.is_empty() {
            let known = lexicon().attribute(&words.join("_")).is_some()
                || words.last().is_some_and(|it| one_of(it.as_str(), BARE));
            if !known {
                // "a tag of up to five letters" is text.
                let text = (at..to).any(|it| sentence.says(it, "letters characters digits words"));
                item.counted &= !text;
                break;
            }
            // "the plate of the lorry": a plate; the name and the number of another thing need its word.
            let another = sentence.says(at + 1, "the its their his her");
            if another && words.last().is_some_and(|it| !one_of(it.as_str(), BARE)) {
                break;
            }
            words.push("of".to_owned());
            at += 1;
            while sentence.says(at, "the a an its their each his") && at < to {
                at += 1;
            }
            continue;
        }
        if let Some(ending) = item_moments::ending(sentence, at, to).filter(|_| !words.is_empty()) {
            words.extend(ending);
            break;
        }
        // "a number used only once", "a code sprayed on it": a participle with more behind it tells about the name.
        let told = matches!(tag, Tag::Past | Tag::Ing)
            && !words.is_empty()
            && at + 1 < to
            && !matches!(sentence.tag(at + 1), Tag::Noun | Tag::Adj | Tag::Past | Tag::Num | Tag::Sign);
        if told
            && !matches!(sentence.word(at + 1), "by" | "on" | "at" | "from" | "to" | "until" | "in" if at + 2 >= to)
        {
            let rest: Vec<&str> =
                sentence.words.clip(at..to).iter().map(|it| it.token.word.as_str()).collect();
            flags(&rest, item);
            break;
        }
        // "a warranty in years" is measured, so it is no thing.
        if one_of(word, "in of") && is_unit(sentence.word(at + 1)) {
            item.counted = false;
        }
        // "a size in m²", "an estimate in hours"; a duration is one in whatever unit.
        let unit = sentence.word(at + 1 + usize::from(sentence.says(at + 1, "square cubic")));
        let area = || one_of(unit, "m² m2 sqm m³ m3 ft² sqft mb gb kb tb kwh kw bytes");
        if word == "in" && (area() || is_unit(unit)) {
            let kind = match type_of_name(&words.join("_")) {
                "text" | "time" | "integer" if unit == "bytes" => "bigint",
                "text" | "time" | "integer" => "numeric",
                kind => kind,
            };
            item.stated = Some(kind.to_owned());
        }
        // "A quantity in stock" may be none, unlike that of an order.
        if word == "in" && sentence.says(at + 1, "stock") && words.last().is_some_and(|it| it == "quantity") {
            words.insert(words.len() - 1, "stock".to_owned());
        }
        if one_of(word, TAILS) && !words.is_empty() {
            if one_of(word, "if unless per in within may can that which") {
                let rest: Vec<&str> =
                    sentence.words.clip(at..to).iter().map(|it| it.token.word.as_str()).collect();
                flags(&rest, item);
            }
            item.per = per(sentence, at, to);
            // "hours per day", "a price per km": of a unit there are no rows.
            // "opening hours per day" are those of each.
            let hours = words.len() > 1 && words.last().is_some_and(|it| one_of(it, "hours times"));
            if let Some(unit) = item.per.take_if(|it| is_unit(it)).filter(|_| word == "per" && !hours) {
                words.extend(["per".to_owned(), unit]);
                break;
            }
            break;
        }
        if matches!(tag, Tag::Sub | Tag::Pron) && !words.is_empty() {
            let rest: Vec<&str> =
                sentence.words.clip(at..to).iter().map(|it| it.token.word.as_str()).collect();
            flags(&rest, item);
            break;
        }
        let skipped = matches!(tag, Tag::Det | Tag::Adv | Tag::Aux | Tag::Modal | Tag::Neg)
            || one_of(word, "own optionally please");
        if !skipped {
            let number = tag == Tag::Num && !word.chars().all(|it| it.is_ascii_digit());
            if tag != Tag::Num || number && words.is_empty() && !is_quantity(word) {
                words.extend(
                    without_end(word, "'s").split(['-', '_']).filter(|it| !it.is_empty()).map(str::to_owned),
                );
            } else if is_quantity(word) {
                item.many = true;
            }
        }
        at += 1;
    }
    // "enabled flag"
    if words.len() > 1 && words.last().is_some_and(|it| it == "flag") {
        words.pop();
        item.boolean = true;
    }
    while words
        .last()
        .is_some_and(|it| it == "of" || words.len() > 1 && one_of(it.as_str(), "column columns field fields"))
    {
        words.pop();
    }
    if words.len() > 5 {
        return;
    }
    let words_before = words.len().checked_sub(1).map(|it| words.clip(..it).join("_"));
    if let Some(last) = words.last_mut() {
        let one = singular(last);
        let named_plural = [
            "hours",
            "instructions",
            "minutes",
            "days",
            "notes",
            "terms",
            "points",
            "seats",
            "coordinates",
            "remarks",
            "grounds",
        ];
        let limit = |it: &str| {
            one_of(it, "maximum minimum") || it.starts_with("maximum_") || it.starts_with("minimum_")
        };
        let counts = words_before.as_deref().is_some_and(|it| it.contains("number_of") || limit(it));
        if one != *last && !counts && !named_plural.contains(&last.as_str()) {
            item.many = true;
            *last = one;
        }
    }
    item.name = super::item_rows::number_of(words.join("_"));
}

/// The words `from..to` with their parts of speech.
fn tagged(sentence: &Sentence, from: usize, to: usize) -> Vec<(&str, Tag)> {
    sentence.words.clip(from..to).iter().map(|it| (it.token.word.as_str(), it.tag)).collect()
}

fn is_quantity(word: &str) -> bool {
    one_of(word, "several many multiple various numerous dozens two three four five")
}

/// "per part", "for each part": of what else there is one each.
fn per(sentence: &Sentence, at: usize, to: usize) -> Option<String> {
    let each = match sentence.word(at) {
        "per" => at + 1,
        "for" | "of" | "in" | "at" if sentence.says(at + 1, "each every") => at + 2,
        _ => return None,
    };
    let words: Vec<String> = (each..to)
        .take_while(|it| matches!(sentence.tag(*it), Tag::Noun | Tag::Adj))
        .map(|it| singular(sentence.word(it)))
        .collect();
    (!words.is_empty() && words.len() <= 3).then(|| words.join("_"))
}

/// An item that is a clause: when, who, whether, how many.
fn clause(sentence: &Sentence, asked: &str, from: usize, to: usize, item: &mut Item) {
    let is_verb = |at: &usize| {
        let word = sentence.word(*at);
        let irregular = lexicon().irregular.get(word).is_some_and(|it| *it != "be" && *it != "have");
        matches!(sentence.tag(*at), Tag::Past | Tag::Verb)
            || word.ends_with("ed")
            || irregular && sentence.tag(*at) != Tag::Aux
    };
    let verb = (from..to).rev().find(is_verb).or_else(|| {
        // "Who moved it and when"
        let who = (0..from).rev().take(6).find(|at| sentence.says(*at, "who whom"))?;
        (who..from).find(is_verb).filter(|_| asked == "when" && from == to)
    });
    match asked {
        "when" => match verb {
            Some(at) => item.name = format!("{}_at", sentence.word(at)),
            None => "time".clone_into(&mut item.name),
        },
        "who" => {
            item.name = match verb {
                Some(at) => {
                    item.who = Some(base_form(sentence.word(at)));
                    format!("{}_by", sentence.word(at))
                }
                // "who did it"
                None if sentence.says(from, "did does do") => {
                    item.who = Some("do".to_owned());
                    "done_by".to_owned()
                }
                None => return,
            };
        }
        "whether" => {
            item.boolean = true;
            let words: Vec<&str> = (from..to)
                .filter(|at| matches!(sentence.tag(*at), Tag::Past | Tag::Adj | Tag::Noun | Tag::Verb))
                .map(|at| sentence.word(at))
                .filter(|it| *it != "it")
                .collect();
            // "whether it is a guest berth"
            let article = (from..to).find(|at| sentence.says(*at, "a an"));
            let noun = article.map(|it| {
                sentence
                    .words
                    .clip(it + 1..to)
                    .iter()
                    .map(|it| it.token.word.replace('-', "_"))
                    .collect::<Vec<_>>()
            });
            let has = article.is_some_and(|it| {
                sentence.words.clip(from..it).iter().any(|it| one_of(it.token.word.as_str(), "has have"))
            });
            if let Some(noun) = noun.filter(|it| (1..=3).contains(&it.len())) {
                item.name = format!("{}_{}", if has { "has" } else { "is" }, noun.join("_"));
            } else if let Some(doing) = super::item_rows::habit(sentence, from, to) {
                item.name = doing;
            } else if let Some(at) =
                verb.filter(|at| at + 2 == to && item_moments::PARTICLES.contains(&sentence.word(at + 1)))
            {
                // "whether it came back"
                item.name = format!("{}_{}", sentence.word(at), sentence.word(at + 1));
            } else if let Some(last) = words.last().filter(|_| words.len() <= 5) {
                item.name = (*last).replace('-', "_");
            }
        }
        "how" => {
            let nouns = (from + 1..to).skip_while(|at| sentence.tag(*at) != Tag::Noun);
            let nouns = nouns.take_while(|at| sentence.tag(*at) == Tag::Noun);
            let noun: Vec<String> = nouns.map(|at| sentence.word(at).replace('-', "_")).collect();
            match (sentence.word(from), (!noun.is_empty()).then(|| noun.join("_"))) {
                ("many", Some(noun)) => item.name = format!("number_of_{noun}"),
                ("much", Some(noun)) => item.name = noun,
                ("many" | "much", None) => "quantity".clone_into(&mut item.name),
                _ => {
                    let told = DEGREES.iter().find(|it| it.1.contains(&sentence.word(from)));
                    let ends = verb
                        .is_some_and(|at| one_of(base_form(sentence.word(at)).as_str(), "end come turn go"));
                    let name = told.map_or(if ends { "result" } else { "" }, |it| it.0);
                    name.clone_into(&mut item.name);
                }
            }
        }
        "where" => {
            let comes = sentence.says(to.saturating_sub(1), "from");
            if comes { "source" } else { "location" }.clone_into(&mut item.name);
        }
        "why" => "reason".clone_into(&mut item.name),
        "what" | "which" => {
            // "what time they left", "on which day it is due"
            if let Some(name) = item_moments::told(&tagged(sentence, from, to), "at") {
                item.name = name;
                return;
            }
            // "which mooring class it is in", "on what day": the noun is asked for, up to who does it.
            let noun = (from..to.min(from + 3)).take_while(|at| sentence.tag(*at) == Tag::Noun).count();
            let words: Vec<&str> = (from..from + noun).map(|at| sentence.word(at)).collect();
            let last = words.last().map_or("", |it| *it);
            let named = lexicon().attribute(&words.join("_")).or(lexicon().attribute(last)).is_some();
            if asked == "which" && noun > 0 || named {
                let one = singular(last);
                item.many = one != last;
                item.counted = asked == "which" && !item.many;
                item.name = words
                    .clip(..noun - 1)
                    .iter()
                    .copied()
                    .chain([one.as_str()])
                    .collect::<Vec<_>>()
                    .join("_");
            } else if asked == "what" {
                // "what it cost" may be a noun by itself.
                let lemma = base_form(sentence.word(verb.unwrap_or(to.saturating_sub(1))));
                let told = super::events::MEASURES.iter().find(|it| it.0 == lemma);
                let name = if lemma == "cost" { "cost" } else { told.map_or("description", |it| it.1) };
                name.clone_into(&mut item.name);
            }
        }
        _ => {}
    }
}

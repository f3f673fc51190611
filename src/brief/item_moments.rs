//! Names of moments whose words a list of properties has in one piece: `handed over on`, `valid from a date`.

use super::lexicon::lexicon;
use super::sentences::Sentence;
use super::tags::Tag;
use super::verbs::base_form;
use crate::base::Clip as _;
use crate::base::one_of;

/// The name of `from..to` where it is a participle with its particle and preposition, or a state with the day from or until which
/// it holds; what tells of a condition may follow.
pub fn moment(sentence: &Sentence, from: usize, to: usize) -> Option<String> {
    let first = sentence.word(from);
    let ends = |at: usize| at >= to || sentence.says(at, "if unless where when");
    let done =
        sentence.tag(from) == Tag::Past || first.ends_with("ed") || lexicon().irregular.contains_key(first);
    let particle = sentence.word(from + 1);
    let preposition = sentence.word(from + 2);
    if done && PARTICLES.contains(&particle) && one_of(preposition, "on at until") && ends(from + 3) {
        return Some(format!("{first}_{particle}_{preposition}"));
    }
    let lead = sentence.word(from + 1);
    let day = (from + 2..to).find(|it| sentence.says(*it, "day date"))?;
    let bare = (from + 2..day).all(|it| matches!(sentence.tag(it), Tag::Det | Tag::Past | Tag::Adj));
    (is_state(sentence, from) && one_of(lead, "from until till") && bare && ends(day + 1))
        .then(|| holding(first, lead))
}

/// Words behind a verb that go with it. Source: English particles.
pub const PARTICLES: &[&str] = &["up", "in", "out", "back", "off", "down", "over", "away"];

/// The name of words that tell when something is done: "the day it was put up", "the date the car came in", "date submitted",
/// "published when", which is at a moment or on a day as `when` says.
pub fn told(words: &[(&str, Tag)], when: &str) -> Option<String> {
    let words = if words.first().is_some_and(|it| it.1 == Tag::Det) { words.clip(1..) } else { words };
    let done = |at: usize, preposition: &str| {
        let (verb, _) = words.get(at)?;
        let particle = words.get(at + 1).map(|it| it.0).filter(|it| PARTICLES.contains(it));
        Some([*verb].into_iter().chain(particle).chain([preposition]).collect::<Vec<_>>().join("_"))
    };
    let [opening, next, ..] = words else { return None };
    // "published when", "put up when", "licence expires when"
    if let [rest @ .., (last, verb), ("when", _)] = words
        && rest.len() < 3
        && (matches!(verb, Tag::Past | Tag::Verb) || PARTICLES.contains(last))
        && rest.iter().all(|it| matches!(it.1, Tag::Noun | Tag::Past | Tag::Verb | Tag::Adj))
    {
        let names = words.clip(..words.len() - 1).iter().map(|it| it.0).chain([when]);
        return Some(names.collect::<Vec<_>>().join("_"));
    }
    let preposition = match opening.0 {
        "date" | "day" => "on",
        "moment" | "time" | "hour" => "at",
        _ => return None,
    };
    let told = opening.0 == "date" && next.1 == Tag::Past
        || matches!(next.1, Tag::Det | Tag::Pron | Tag::Sub)
        || one_of(next.0, "on at") && words.get(2).is_some_and(|it| it.1 == Tag::Sub);
    let end = words.iter().position(|it| one_of(it.0, "by if unless because to"));
    let clause = words.clip(..end.unwrap_or(words.len()));
    let is_verb = |it: &(&str, Tag)| it.1 == Tag::Verb && !one_of(base_form(it.0).as_str(), "be have");
    let is_past = |it: &(&str, Tag)| it.1 == Tag::Past || it.0.len() > 4 && it.0.ends_with("ed");
    let verb = clause.iter().rposition(is_past).or_else(|| clause.iter().rposition(is_verb));
    done(verb.filter(|_| told)?, preposition)
}

/// The words that close a name at `at`: "paid until", the first of "period from / to", "litres at start", "length over all".
pub fn ending(sentence: &Sentence, at: usize, to: usize) -> Option<Vec<String>> {
    let (word, next) = (sentence.word(at), sentence.word(at + 1));
    let both = next == "/" && sentence.says(at + 2, "to until");
    if one_of(word, "at on from to until in till for") && (at + 1 >= to || both) {
        return Some(vec![word.to_owned()]);
    }
    match (word, next) {
        ("at", "start" | "end" | "beginning") if at + 2 >= to => Some(vec![next.to_owned()]),
        ("over", "all") if at + 2 >= to => Some(vec![word.to_owned(), next.to_owned()]),
        _ => None,
    }
}

/// Whether a word tells how something is: "valid", "binding".
pub fn is_state(sentence: &Sentence, at: usize) -> bool {
    matches!(sentence.tag(at), Tag::Adj | Tag::Past) || sentence.word(at).ends_with("ing")
}

/// `valid_from`, `binding_until`.
pub fn holding(state: &str, preposition: &str) -> String {
    let preposition = if preposition == "till" { "until" } else { preposition };
    format!("{state}_{preposition}")
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, entity: &str, attributes: &[&str]) {
        let reading = crate::brief::read(text);
        let found = reading.entities.iter().find(|it| it.name == entity).expect("the entity");
        let names: Vec<&str> = found.attributes.iter().map(|it| it.name.as_str()).collect();
        assert!(attributes.iter().all(|it| names.contains(it)), "{names:?}");
    }

    #[test]
    fn moments_keep_all_words_of_theirs() {
        check("Key: number, handed over on, paid back on.", "key", &["handed_over_on", "paid_back_on"]);
        check("A tariff has a name, an amount and is valid from a date.", "tariff", &["valid_from"]);
        check(
            "An offer has a number and an amount. An offer is valid until a given day.",
            "offer",
            &["valid_until"],
        );
    }

    #[test]
    fn what_is_done_when_is_named_by_what_is_done() {
        check(
            "Letter: subject, published when, put up when, the day it runs out, the date the car came in, date filed.",
            "letter",
            &["published_at", "put_up_at", "runs_out_on", "came_in_on", "filed_on"],
        );
        check(
            "A tower has a name, the day the guest left and the time needed.",
            "tower",
            &["left_on", "time_needed"],
        );
    }

    #[test]
    fn both_ends_of_a_period_are_read() {
        check("Permit: number, period from/to, fee.", "permit", &["period_from", "period_to"]);
        check(
            "Reading: sensor number, litres at start, litres at end.",
            "reading",
            &["litres_start", "litres_end"],
        );
    }

    #[test]
    fn a_flag_is_what_it_tells() {
        check("Rule: name, threshold, enabled flag.", "rule", &["enabled"]);
        check("Each question has a text and a flag whether it is mandatory.", "question", &["mandatory"]);
    }
}

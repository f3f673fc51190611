//! Number: "a" and "each" open phrases that no plural ends, and behind "which" the s-form of a word is a verb.

use super::lexicon::{last_word, lexicon};
use super::sentences::Sentence;
use super::tags::Tag;
use super::verbs::base_form;
use crate::base::{one_of, singular};

/// The name of one of what a key means: staff are counted by the member, and so is every name of a table.
pub fn counted(key: &str) -> String {
    let is_staff = last_word(key) == "staff";
    if is_staff { format!("{key}_member") } else { key.to_owned() }
}

/// Whether a word is a noun in the plural or the s-form of a verb.
fn s_form(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && singular(word) != word
}

/// Whether the nouns before `at` are opened by "a" or "each" and are none of them in the plural.
fn counts_one(sentence: &Sentence, at: usize) -> bool {
    let mut first = at;
    while first > 0 && matches!(sentence.tag(first - 1), Tag::Noun | Tag::Adj) {
        first -= 1;
        if sentence.tag(first) == Tag::Noun && singular(sentence.word(first)) != sentence.word(first) {
            return false;
        }
    }
    first > 0
        && first < at
        && !sentence.says(first, "few")
        && sentence.says(first - 1, "a an each every another")
}

/// "A plan lists foods", "when a lamp breaks down": the word at `at`, tagged a noun behind a noun, can only be a verb.
pub fn must_be_verb(sentence: &Sentence, at: usize) -> bool {
    let next = sentence.word(at + 1);
    let object = match sentence.tag(at + 1) {
        Tag::Noun => singular(next) != next,
        Tag::Det | Tag::Num | Tag::Prep => true,
        _ if one_of(next, "that which how what where whether") => true,
        _ => one_of(next, "down up out off"),
    };
    object && s_form(sentence.word(at)) && counts_one(sentence, at)
}

/// "Offers that were made", "may request offers from", "a bulk offer tells", "each job opening has": the word at `at`, tagged a verb, can
/// only be a noun, as it has the wrong number for a verb or another verb beside it.
pub fn must_be_noun(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.word(at);
    let finite = |at: usize| matches!(sentence.tag(at), Tag::Aux | Tag::Modal | Tag::Verb);
    let s = s_form(word) && !one_of(word, "does has");
    if !s && names_requests(sentence, at) {
        return true;
    }
    if at == 0 {
        let told = sentence.says(1, "that which") && (finite(2) || sentence.tag(2) == Tag::Past);
        let does = finite(1) && !s_form(sentence.word(1)) || matches!(sentence.tag(1), Tag::Aux | Tag::Modal);
        return s && (told || does);
    }
    // "There are parking permits with a price"
    if s && (at.saturating_sub(3)..at).any(|it| sentence.says(it, "there") && sentence.says(it + 1, "are")) {
        return true;
    }
    // "A course has lessons in an order"
    if s && sentence.says(at - 1, "has have") {
        return true;
    }
    let second = at >= 2 && sentence.tag(at - 1) == Tag::Verb && sentence.tag(at - 2) == Tag::Modal;
    if s && second {
        return matches!(sentence.tag(at + 1), Tag::Prep | Tag::Sign | Tag::Conj | Tag::Sub);
    }
    // "per ward and drug a minimum is set"
    let per = at >= 3
        && sentence.says(at - 1, "and")
        && sentence.tag(at - 2) == Tag::Noun
        && sentence.says(at - 3, "per");
    if per && !s_form(word) {
        return true;
    }
    let has = s_form(sentence.word(at + 1)) && sentence.tag(at + 1) == Tag::Verb;
    let is = sentence.says(at + 1, "is has was");
    !s_form(word) && (has || is) && counts_one(sentence, at)
}

/// "Leave requests have a day", "submit leave requests": a noun of business before several things that have their verb, or behind one.
fn names_requests(sentence: &Sentence, at: usize) -> bool {
    let next = sentence.word(at + 1);
    let several = sentence.tag(at + 1) == Tag::Noun && singular(next) != next;
    if !several || !lexicon().business.contains(sentence.word(at)) {
        return false;
    }
    match at.checked_sub(1) {
        Some(before) => {
            sentence.tag(before) == Tag::Verb && !sentence.says(before, "let lets help make go come")
        }
        None => matches!(sentence.tag(2), Tag::Aux | Tag::Modal) || lexicon().have.contains(sentence.word(2)),
    }
}

/// Whether people stand before the word at `at`, in the number of a verb there, and several things behind it.
pub fn is_done_by_people(sentence: &Sentence, at: usize) -> bool {
    let several = |at: usize| singular(sentence.word(at)) != sentence.word(at);
    at > 0
        && sentence.tag(at - 1) == Tag::Noun
        && lexicon().is_person(&singular(sentence.word(at - 1)))
        && several(at) != several(at - 1)
        && matches!(sentence.tag(at + 1), Tag::Noun | Tag::Verb)
        && several(at + 1)
}

/// "For every trip Wanda notes the depth": a name before a verb is who does it.
fn is_name(sentence: &Sentence, at: usize) -> bool {
    let Some(word) = sentence.words.get(at).map(|it| &it.token) else { return false };
    let plain = |at: usize| {
        sentence.tag(at) == Tag::Noun && sentence.words.get(at).is_some_and(|it| !it.token.capital)
    };
    let counted = at >= 2 && sentence.says(at - 2, "a an each every the");
    let known = lexicon().business.contains(word.word.as_str()) || lexicon().attribute(&word.word).is_some();
    word.capital
        && counted
        && plain(at - 1)
        && !known
        && s_form(sentence.word(at + 1))
        && sentence.tag(at + 1) == Tag::Verb
}

/// "For each stop arrival, departure and platform are stored": behind "each" and a thing the list of its properties begins.
fn begins_list(sentence: &Sentence, at: usize) -> bool {
    let property = |at: usize| lexicon().attribute(sentence.word(at)).is_some();
    let each = at >= 3 && sentence.says(at - 2, "each every") && sentence.says(at - 3, "for per of");
    let listed = sentence.says(at + 1, ",")
        && (at + 3..sentence.words.len())
            .any(|it| sentence.tag(it) == Tag::Past && sentence.says(it - 1, "are is"));
    each && listed && sentence.tag(at - 1) == Tag::Noun && property(at) && !property(at - 1)
}

/// "During a storm boats are moored": the plural behind "a storm" begins another phrase.
pub fn begins_another(sentence: &Sentence, at: usize) -> bool {
    if is_name(sentence, at) || begins_list(sentence, at) {
        return true;
    }
    matches!(sentence.tag(at + 1), Tag::Aux | Tag::Modal | Tag::Verb)
        && s_form(sentence.word(at))
        && sentence.tag(at.saturating_sub(1)) == Tag::Noun
        && counts_one(sentence, at)
}

/// "Of which covers one basin", "that serves a pier"; but "in which berths a boat lay".
pub fn behind_which(sentence: &Sentence, at: usize) -> Option<Tag> {
    let relative = at > 0 && sentence.says(at - 1, "which that");
    let open = matches!(sentence.tag(at), Tag::Noun | Tag::Verb);
    if !relative || !open || !s_form(sentence.word(at)) {
        return None;
    }
    let asks = at >= 2 && matches!(sentence.tag(at - 2), Tag::Prep | Tag::To) && !sentence.says(at - 2, "of");
    Some(if asks && sentence.tag(at + 1) == Tag::Det { Tag::Noun } else { Tag::Verb })
}

/// "A task has an owner, and stays when that owner leaves": what happens then is done, no second thing that it has.
pub fn goes_on(sentence: &Sentence, at: usize) -> bool {
    at >= 2
        && sentence.says(at - 2, ",")
        && sentence.says(at - 1, "and but")
        && s_form(sentence.word(at))
        && sentence.says(at + 1, "when if unless until while once")
}

/// "Cooks can comment on and rate dishes", "a nurse writes a note and prescribes drugs": of what people do a row of verbs tells;
/// "have orders and order lines" is a row of nouns.
pub fn does_too(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.word(at);
    let base = base_form(word);
    let lexicon = lexicon();
    let known =
        lexicon.events.contains_key(base.as_str()) || one_of(base.as_str(), "plan comment list schedule");
    let Some(before) = (0..at).rev().find(|it| sentence.tag(*it) == Tag::Verb) else { return false };
    let lead = sentence.word(before);
    let holds = lexicon.have.contains(base_form(lead).as_str())
        || one_of(
            base_form(lead).as_str(),
            "include contain see view manage track store keep record show need",
        );
    let many = |at: usize| {
        let word = sentence.word(at);
        sentence.tag(at) == Tag::Noun && singular(word) != word
    };
    let object = match sentence.tag(at + 1) {
        Tag::Det => true,
        Tag::Noun => many(at + 1) || many(at + 2),
        _ => false,
    };
    let agrees = if s_form(word) {
        s_form(lead)
    } else {
        !s_form(lead) && (0..before).any(|it| sentence.tag(it) == Tag::Modal)
    };
    known && !holds && object && agrees
}

/// "Employees request leave" lacks no verb, and "annual leave" is taken.
pub fn read_leave(sentence: &mut Sentence) {
    const BEFORE: &str =
        "request requests take takes book books approve approves grant grants for on annual sick unpaid paid";
    for at in 1..sentence.words.len() {
        if sentence.says(at, "leave") && sentence.says(at - 1, BEFORE) {
            sentence.words[at].tag = Tag::Noun;
            if at > 1 && sentence.says(at - 1, "request") && sentence.tag(at - 1) == Tag::Noun {
                sentence.words[at - 1].tag = Tag::Verb;
            }
        }
    }
}

/// "we note which piers a skipper may use": the verb comes behind whoever does it, so what is asked for is a noun.
pub fn is_asked_for(sentence: &Sentence, at: usize) -> bool {
    at >= 2
        && sentence.says(at - 1, "which what")
        && sentence.tag(at - 2) == Tag::Verb
        && sentence.tag(at + 1) == Tag::Det
        && (at + 3..at + 5).any(|it| matches!(sentence.tag(it), Tag::Modal | Tag::Aux | Tag::Verb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::{blocks::blocks, markup::Markup, sentences::sentences, tags};

    #[track_caller]
    fn check(text: &str, word: &str, tag: Tag) {
        let markup = Markup::read(text);
        let mut found = sentences(text, &blocks(text, &markup), &markup);
        tags::tag(&mut found);
        let got = found.iter().flat_map(|it| &it.words).find(|it| it.token.word == word).map(|it| it.tag);
        assert_eq!(got, Some(tag), "{text}");
    }

    #[test]
    fn plurals_that_a_cannot_open_are_verbs() {
        check("A mooring plan lists boats with a day.", "lists", Tag::Verb);
        check("A mooring plan shows for each pier what it is.", "shows", Tag::Verb);
        check("The mooring plans of a pier stay.", "plans", Tag::Noun);
        check("An owner has a few mooring plans for each pier.", "plans", Tag::Noun);
    }

    #[test]
    fn words_of_the_wrong_number_for_a_verb_are_nouns() {
        check("Offers that were turned down are kept.", "offers", Tag::Noun);
        check("Owners may request offers from builders.", "offers", Tag::Noun);
    }

    #[test]
    fn what_happens_when_something_else_does_is_a_verb() {
        check("A boat lies at a pier, and stays when its owner leaves.", "stays", Tag::Verb);
        check("A boat has an owner, and sails if it has a mast.", "sails", Tag::Verb);
        check("A boat has an owner, sails and a mast.", "sails", Tag::Noun);
    }

    #[test]
    fn behind_which_an_s_form_is_a_verb() {
        check("There are two cranes, each of which serves a pier.", "serves", Tag::Verb);
    }

    #[test]
    fn staff_are_counted_by_the_member_and_nothing_else() {
        let names = |text: &str| {
            let reading = crate::brief::read(text);
            reading
                .entities
                .iter()
                .map(|it| it.name.clone())
                .filter(|it| it.contains("staff"))
                .collect::<Vec<_>>()
        };
        assert_eq!(names("The staff list has a name and a phone number."), ["staff_member"]);
        let piers = "A pier has a code and a length. Each boat has a name and belongs to a pier. ";
        let approved =
            "A member of staff, who has a name and an email, approves a stay, which has a date and a reason.";
        assert_eq!(names(&format!("{piers}{approved}")), ["staff_member"]);
    }
}

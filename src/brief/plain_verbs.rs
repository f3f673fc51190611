//! Verbs of plain statements that a tagger takes for nouns: "tenants report repairs", "the clerk files documents", "users like songs".

use super::lexicon::lexicon;
use super::sentences::Sentence;
use super::tags::Tag;
use super::verbs::{base_form, is_preterite};
use crate::base::{one_of, singular};

/// Verbs that are no nouns besides, though a tagger may not know them at the head of a line. Source: English verbs of software and work.
const NEVER_NOUNS: &str = "assign browse calculate choose collect compute configure coordinate create define delete detect discover enable \
    ensure evaluate explore fetch generate implement integrate invite manage notify organise organize prevent \
    provide redirect reject respect submit validate verify";

/// Verbs of being somewhere that are nouns besides. Source: English verbs of position.
const STANDS: &str = "lie stand sit hang stay rest live dock park grow work play stop";

fn several(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && singular(word) != word
}

/// Whether the lists know the word as something that people do.
fn does(word: &str) -> bool {
    let lexicon = lexicon();
    let base = base_form(word);
    lexicon.actions.contains(base.as_str())
        || lexicon.events.contains_key(base.as_str())
        || lexicon.have.contains(word)
}

/// Whether the noun at `at` opens its clause, but for determiners and adjectives before it.
fn opens(sentence: &Sentence, at: usize) -> bool {
    let before = (0..at).rev().find(|it| !matches!(sentence.tag(*it), Tag::Det | Tag::Adj | Tag::Num));
    before.is_none_or(|it| matches!(sentence.tag(it), Tag::Conj | Tag::Sub) || sentence.says(it, "; : -"))
}

/// Whether an object may begin at `at`: an article, or a plural noun with or without an adjective.
fn object_at(sentence: &Sentence, at: usize) -> bool {
    match sentence.tag(at) {
        Tag::Det | Tag::Num => true,
        Tag::Noun | Tag::Verb => several(sentence.word(at)),
        Tag::Adj => sentence.tag(at + 1) == Tag::Noun && several(sentence.word(at + 1)),
        _ => false,
    }
}

/// Whether a line that tells what is done begins with the word at `at`: "Evaluates raw flags", "create/assign shifts".
fn begins_line(sentence: &Sentence, at: usize) -> bool {
    let before = at.checked_sub(1).map(|it| sentence.tag(it));
    matches!(before, None | Some(Tag::Sign | Tag::Conj | Tag::To | Tag::Modal))
        && matches!(sentence.tag(at + 1), Tag::Noun | Tag::Adj | Tag::Det | Tag::Num)
        && one_of(base_form(sentence.word(at)).as_str(), NEVER_NOUNS)
}

/// Whether the noun at `at` is the verb of a plain statement about people or firms, or of a line that tells what is done.
pub fn is_plain_verb(sentence: &Sentence, at: usize) -> bool {
    if begins_line(sentence, at) {
        return true;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    let (word, previous) = (sentence.word(at), sentence.word(before));
    // "Villages lie in regions", "villages have a name and lie in regions"
    if one_of(word, STANDS)
        && (several(previous) && sentence.tag(before) == Tag::Noun && opens(sentence, before)
            || previous == "and" && doer(sentence, at).is_some())
    {
        return sentence.says(at + 1, "in on at under within");
    }
    // "An employee reports to a manager"
    let who = matches!(sentence.tag(before), Tag::Noun | Tag::Conj | Tag::Sub | Tag::Modal);
    if one_of(word, "report reports") && sentence.says(at + 1, "to") && who {
        return lexicon().is_person(&singular(previous)) || sentence.tag(before) != Tag::Noun;
    }
    if !does(word) {
        return false;
    }
    // "Walkers each cover an area"
    if previous == "each" && before > 0 && several(sentence.word(before - 1)) {
        return !several(word) && matches!(sentence.tag(at + 1), Tag::Det | Tag::Num);
    }
    let person = lexicon().is_person(&singular(previous));
    // "flights between airports, passengers book seats"
    let chained = before > 1 && sentence.word(before - 1) == "," && person && several(previous);
    if goes_on(sentence, at) {
        return true;
    }
    if sentence.tag(before) != Tag::Noun || !chained && !opens(sentence, before) {
        return false;
    }
    let firm = lexicon().business.contains(singular(previous).as_str());
    // "editors review" behind "which": the clause needs its verb.
    let relative = before > 0
        && sentence.tag(before - 1) == Tag::Sub
        && !matches!(sentence.tag(at + 1), Tag::Verb | Tag::Aux | Tag::Modal | Tag::Noun);
    let agrees = several(previous) != several(word);
    let telling = person && (several(previous) || sentence.tag(before.saturating_sub(1)) == Tag::Det)
        || firm && (several(previous) || before > 0 && sentence.says(before - 1, "the our this"));
    let object = object_at(sentence, at + 1);
    let ends = at + 2 >= sentence.words.len() && sentence.tag(at + 1) == Tag::Noun && person && before == 0;
    agrees && telling && (object || ends || relative && person)
}

/// "A donor gave one or more fountains": what stands at `at` is no participle, and no part of a name.
pub fn was_done(sentence: &Sentence, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    is_preterite(sentence.word(at))
        && sentence.tag(before) == Tag::Noun
        && opens(sentence, before)
        && matches!(sentence.tag(at + 1), Tag::Det | Tag::Num)
}

/// Whether the noun at `at` is the next of several things that people do: "members buy passes, book courses and rate trainers".
fn goes_on(sentence: &Sentence, at: usize) -> bool {
    let parted = at > 2 && (sentence.word(at - 1) == "," || sentence.says(at - 1, "and or"));
    let object = object_at(sentence, at + 1)
        && !lexicon().attributes.contains_key(singular(sentence.word(at + 1)).as_str());
    let has = |it: usize| lexicon().have.contains(sentence.word(it));
    // "Have an address and rent bikes", "have an address, rent and fees"
    let doers = doer(sentence, at).is_some_and(|it| {
        lexicon().is_person(&singular(sentence.word(it - 1))) && (!has(it) || sentence.word(at - 1) == "and")
    });
    parted && object && doers && !several(sentence.word(at))
}

/// The first verb before `at`, where several do it.
fn doer(sentence: &Sentence, at: usize) -> Option<usize> {
    let first = (1..at).find(|it| sentence.tag(*it) == Tag::Verb)?;
    several(sentence.word(first - 1)).then_some(first)
}

/// Whether "like" at `at` is what people do: "users like songs", "create lists and like songs".
pub fn likes(sentence: &Sentence, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let person = several(sentence.word(before)) && lexicon().is_person(&singular(sentence.word(before)));
    let goes_on = sentence.tag(before) == Tag::Conj
        && (0..before).any(|it| matches!(sentence.tag(it), Tag::Verb) && does(sentence.word(it)));
    (person || goes_on)
        && matches!(sentence.tag(at + 1), Tag::Noun | Tag::Det)
        && !sentence.word(at + 1).is_empty()
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_things as has;

    #[test]
    fn several_things_that_people_do_are_no_compounds() {
        let text =
            "We run a gym. Members buy memberships, book courses with a trainer and we want to track visits.";
        has(text, &["membership", "course"], "book_course");
        let text = "Airline desk: flights between airports, passengers book seats and crews are assigned to flights.";
        has(text, &["flight", "passenger", "seat"], "passengers_book_seats");
    }

    #[test]
    fn a_line_that_begins_with_what_is_done_names_it_nowhere() {
        let reading = crate::brief::read("Organizes shift plans. A shift plan has a name.");
        let left_out: Vec<&str> = reading.left_out.iter().map(|it| it.name.as_str()).collect();
        assert!(!left_out.contains(&"organize"), "{left_out:?}");
        has("Organizes shift plans. A shift plan has a name.", &["plan"], "organize");
    }
}

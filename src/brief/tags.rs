//! Parts of speech: a general tagger, then what it gets wrong in requirement texts.

use super::agreement;
use super::function_words;
use super::lexicon::lexicon;
use super::nouns;
use super::plain_verbs;
use super::sentences::Sentence;
use super::tagger::tagger;
use super::tokens::Kind;
use super::upos::Upos;
use super::verbless;
use super::verbs::{base_form, done_by_base, is_be, looks_done};
use crate::base::{SortedSet, one_of, singular};

/// A part of speech, as coarse as the grammar of `phrases` needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// a, the, each, its
    Det,
    /// one, 12, several
    Num,
    /// small
    Adj,
    /// boat, boats
    Noun,
    /// keep, keeps
    Verb,
    /// kept: past or participle
    Past,
    /// keeping
    Ing,
    /// is, has, does
    Aux,
    /// can, must
    Modal,
    /// of, with
    Prep,
    /// and, or, but
    Conj,
    /// if, when, which
    Sub,
    /// it, they
    Pron,
    /// often
    Adv,
    /// to
    To,
    /// not
    Neg,
    /// punctuation
    Sign,
}

/// Loads the tagger's model and the word lists, so that the first reading need not wait for them.
pub fn warm_up() {
    tagger();
    lexicon();
}

/// Tags all sentences: the model, learnt nouns, then the corrections. Linear.
pub fn tag(sentences: &mut [Sentence]) {
    for sentence in sentences.iter_mut() {
        first_tags(sentence);
    }
    let nouns = nouns::learnt(sentences);
    for sentence in sentences.iter_mut() {
        correct(sentence, &nouns);
    }
}

fn first_tags(sentence: &mut Sentence) {
    let words: Vec<&str> = sentence.words.iter().map(|it| it.token.word.as_str()).collect();
    let guesses = tagger().tag(&words);
    for (word, guess) in sentence.words.iter_mut().zip(guesses) {
        word.tag = match word.token.kind {
            Kind::Sign => Tag::Sign,
            Kind::Number => Tag::Num,
            Kind::Word => {
                closed_class(&word.token.word).unwrap_or_else(|| open_class(&word.token.word, guess))
            }
        };
    }
    agreement::read_leave(sentence);
}

pub(super) fn closed_class(word: &str) -> Option<Tag> {
    Some(match *lexicon().function.get(word)? {
        "det" => Tag::Det,
        "num" => Tag::Num,
        "prep" if word == "to" => Tag::To,
        "prep" => Tag::Prep,
        "conj" => Tag::Conj,
        "sub" => Tag::Sub,
        "pron" if one_of(word, "who whom") => Tag::Sub,
        "pron" => Tag::Pron,
        "aux" => Tag::Aux,
        "modal" | "contr" => Tag::Modal,
        "neg" => Tag::Neg,
        "adv" => Tag::Adv,
        _ => return None,
    })
}

pub(super) fn open_class(word: &str, guess: Option<Upos>) -> Tag {
    if word.ends_with("'s") {
        return Tag::Noun;
    }
    if lexicon().irregular.contains_key(word) && !word.ends_with("ing") && !word.ends_with('s') {
        return Tag::Past;
    }
    match guess {
        Some(Upos::Adj) if looks_done(word) => Tag::Past,
        Some(Upos::Adj) => Tag::Adj,
        Some(Upos::Adp) => Tag::Prep,
        Some(Upos::Adv) if !looks_done(word) => Tag::Adv,
        Some(Upos::Aux | Upos::Verb) if word.ends_with("ing") && word.len() > 5 => Tag::Ing,
        Some(Upos::Aux | Upos::Verb) if looks_done(word) => Tag::Past,
        Some(Upos::Aux | Upos::Verb) => Tag::Verb,
        Some(Upos::Num) => Tag::Num,
        Some(Upos::Noun | Upos::Propn)
            if looks_done(word) && word.len() > 4 && !lexicon().business.contains(word) =>
        {
            Tag::Past
        }
        Some(Upos::Noun | Upos::Propn | Upos::Pron | Upos::Intj | Upos::Sym | Upos::Punct) => Tag::Noun,
        Some(Upos::Adv | Upos::Cconj | Upos::Det | Upos::Part | Upos::Sconj) | None => by_form(word),
    }
}

fn by_form(word: &str) -> Tag {
    match Upos::by_form(word) {
        Some(Upos::Adv) => Tag::Adv,
        Some(Upos::Verb) if looks_done(word) => Tag::Past,
        Some(Upos::Adj) => Tag::Adj,
        _ => Tag::Noun,
    }
}

fn correct(sentence: &mut Sentence, nouns: &SortedSet<String>) {
    let count = sentence.words.len();
    let (mut had_verb, mut subordinate) = (false, false);
    for at in 0..count {
        // "If a boat sinks, the owner reports it": behind the comma the main clause still waits for its verb.
        subordinate |= sentence.tag(at) == Tag::Sub && sentence.says(at, "if when once while unless");
        if subordinate
            && had_verb
            && sentence.word(at) == ","
            && matches!(sentence.tag(at + 1), Tag::Det | Tag::Noun | Tag::Num)
        {
            (had_verb, subordinate) = (false, false);
        }
        if sentence.tag(at) == Tag::Sign && sentence.says(at, ": ;") || sentence.tag(at) == Tag::Sub {
            had_verb = false;
        }
        if sentence.words[at].token.kind == Kind::Word && closed_class(sentence.word(at)).is_none() {
            let tag = corrected(sentence, at, nouns, had_verb);
            sentence.words[at].tag = tag;
        } else if let Some(tag) = function_words::in_context(sentence, at) {
            sentence.words[at].tag = tag;
        }
        if matches!(sentence.tag(at), Tag::Verb | Tag::Aux | Tag::Modal) {
            had_verb = true;
        }
    }
}

fn corrected(sentence: &Sentence, at: usize, nouns: &SortedSet<String>, had_verb: bool) -> Tag {
    let word = sentence.word(at);
    if word == "according" && sentence.word(at + 1) == "to" {
        return Tag::Prep;
    }
    let tag = sentence.tag(at);
    let before = if at == 0 { Tag::Sign } else { sentence.tag(at - 1) };
    let previous = if at == 0 { "" } else { sentence.word(at - 1) };
    let next = sentence.tag(at + 1);
    // "A price is set", "the price is then set"
    let be = [at.checked_sub(1), at.checked_sub(2).filter(|_| before == Tag::Adv)];
    if done_by_base(word) && be.into_iter().flatten().any(|at| is_be(sentence.word(at))) {
        return Tag::Past;
    }
    // "Farmers own fields": behind a possessive alone it is no verb.
    if word == "own" && before == Tag::Noun && !previous.contains('\'') && singular(previous) != previous {
        return Tag::Verb;
    }
    let one = singular(word);
    let plural = one != word;
    let known = nouns.contains(&one);
    let opens_phrase =
        matches!(next, Tag::Det | Tag::Num | Tag::Prep | Tag::Pron | Tag::To) || next == Tag::Sub;
    if word.contains('_')
        || lexicon().attributes.contains_key(one.as_str())
            && matches!(before, Tag::Det | Tag::Adj | Tag::Sign | Tag::Conj)
            && !matches!(tag, Tag::Noun)
            && next != Tag::Det
    {
        return Tag::Noun;
    }
    if tag == Tag::Verb && matches!(before, Tag::Noun | Tag::Adj) && matches!(next, Tag::Aux | Tag::Modal) {
        return Tag::Noun;
    }
    // "reading: sensor, value": a label is a noun.
    if at == 0 && sentence.says(1, ": =") && matches!(tag, Tag::Verb | Tag::Ing | Tag::Adj | Tag::Past) {
        return Tag::Noun;
    }
    // "6.1 Hold." is a title, not a wish.
    let words = sentence.words.iter().filter(|it| it.token.kind == Kind::Word);
    if tag == Tag::Verb && words.count() == 1 {
        return Tag::Noun;
    }
    // "Book a berth": a title or wish that begins with what is done.
    if at == 0
        && !plural
        && matches!(tag, Tag::Noun | Tag::Adj)
        && sentence.says(1, "a an the another")
        && (lexicon().actions.contains(word) || lexicon().events.contains_key(word))
    {
        return Tag::Verb;
    }
    // "prep time, cook time and a shape": in a list of properties what stands before one is part of its name.
    if tag == Tag::Verb
        && (previous == "," || before == Tag::Conj)
        && next == Tag::Noun
        && !plural
        && lexicon().attributes.contains_key(singular(sentence.word(at + 1)).as_str())
        && at >= 2
        && lexicon().attributes.contains_key(singular(sentence.word(at - 2)).as_str())
    {
        return Tag::Noun;
    }
    // "each belongs to a pier": what follows "each" in the s-form can only be a verb.
    if one_of(previous, "each everyone everybody nobody who")
        && plural
        && matches!(tag, Tag::Noun | Tag::Verb)
        && !word.ends_with("ss")
        && (opens_phrase || matches!(next, Tag::Past | Tag::Adj | Tag::Noun))
    {
        return Tag::Verb;
    }
    if plural && agreement::is_asked_for(sentence, at) {
        return Tag::Noun;
    }
    if before == Tag::Sub
        && plural
        && opens_phrase
        && let Some(tag) = agreement::behind_which(sentence, at)
    {
        return tag;
    }
    let in_row = matches!(before, Tag::Conj) || previous == ",";
    if in_row
        && had_verb
        && plural
        && tag == Tag::Noun
        && lexicon().have.contains(word)
        && matches!(next, Tag::Det | Tag::Pron)
    {
        return Tag::Verb;
    }
    // "begins on a day and ends on another", "begin at ten, last an hour and cost a fee"
    if in_row
        && had_verb
        && matches!(tag, Tag::Noun | Tag::Adj)
        && one_of(base_form(word).as_str(), "begin start end last cost close expire")
        && (sentence.says(at + 1, "on at in after between") || next == Tag::Num)
    {
        return Tag::Verb;
    }
    if in_row
        && had_verb
        && tag != Tag::Past
        && tag != Tag::Ing
        && lexicon().actions.contains(base_form(word).as_str())
    {
        let object =
            matches!(next, Tag::Noun | Tag::Det | Tag::Num | Tag::Pron | Tag::Adj | Tag::Prep | Tag::To);
        if object {
            return Tag::Verb;
        }
    }
    if in_row && had_verb && tag == Tag::Noun && agreement::does_too(sentence, at) {
        return Tag::Verb;
    }
    // "are allocated to order lines": behind a participle "to" leads to a thing.
    if before == Tag::To
        && tag == Tag::Verb
        && next == Tag::Noun
        && at >= 2
        && sentence.tag(at - 2) == Tag::Past
        && singular(sentence.word(at + 1)) != sentence.word(at + 1)
        && (known || lexicon().business.contains(word))
    {
        return Tag::Noun;
    }
    // "the planned start", "the intended use": behind an article and a participle stands a noun.
    if tag == Tag::Verb
        && matches!(before, Tag::Past | Tag::Ing)
        && at >= 2
        && matches!(sentence.tag(at - 2), Tag::Det)
        && matches!(next, Tag::Sign | Tag::Conj | Tag::Prep | Tag::Sub)
    {
        return Tag::Noun;
    }
    // "a skipper's transfer to a pier": behind a possessive stands what is had.
    let is_had = tag == Tag::Verb && !plural && previous.ends_with("'s");
    if is_had || matches!(tag, Tag::Verb | Tag::Ing) && agreement::must_be_noun(sentence, at) {
        return Tag::Noun;
    }
    if tag == Tag::Noun
        && (had_verb && agreement::goes_on(sentence, at)
            || before == Tag::Noun && agreement::must_be_verb(sentence, at))
    {
        return Tag::Verb;
    }
    if tag == Tag::Noun
        && before == Tag::Noun
        && (verbless::lacks_verb(sentence, at) || verbless::lacks_plain_verb(sentence, at))
    {
        return Tag::Verb;
    }
    if matches!(tag, Tag::Noun | Tag::Adj) && plain_verbs::is_plain_verb(sentence, at)
        || tag == Tag::Past && plain_verbs::was_done(sentence, at)
    {
        return Tag::Verb;
    }
    // "deliver goods to shops": in the plural nothing is done.
    if tag == Tag::Verb && before == Tag::To && plural && word.ends_with('s') && !word.ends_with("ss") {
        return Tag::Noun;
    }
    // "skippers store sails", "when a skipper picks berths": people do not stand before other nouns in the plural.
    let does = lexicon().actions.contains(base_form(word).as_str())
        || lexicon().events.contains_key(base_form(word).as_str())
        || lexicon().have.contains(word);
    let judges = does || super::judged_verbs::is_judging(word);
    if tag == Tag::Noun && !had_verb && judges && agreement::is_done_by_people(sentence, at) {
        return Tag::Verb;
    }
    match tag {
        Tag::Verb | Tag::Noun
            if matches!(before, Tag::Modal | Tag::To)
                && !plural
                && (before != Tag::To || tag == Tag::Verb || !known) =>
        {
            return Tag::Verb;
        }
        Tag::Adj if before == Tag::Modal && matches!(next, Tag::To | Tag::Det | Tag::Prep) => {
            return Tag::Verb;
        }
        Tag::Noun | Tag::Verb | Tag::Adj
            if before == Tag::Pron && one_of(previous, "i we they you who") && !plural =>
        {
            return Tag::Verb;
        }
        Tag::Noun
            if before == Tag::Pron
                && one_of(previous, "it he she somebody someone everybody everyone nobody who")
                && plural =>
        {
            return Tag::Verb;
        }
        Tag::Adv if before == Tag::Det && !matches!(next, Tag::Adj | Tag::Past | Tag::Noun) => {
            return Tag::Noun;
        }
        _ => {}
    }
    match tag {
        // "On a tour one truck drives": behind "a" one noun is due before a number.
        Tag::Adj if one_of(previous, "a an each every") && next == Tag::Num && known => {
            return Tag::Noun;
        }
        Tag::Noun | Tag::Verb if before == Tag::Noun && !had_verb && at > 0 => {
            let singular_before = singular(previous) == previous;
            let s_form = plural && !word.ends_with("ss");
            if s_form && singular_before && lexicon().have.contains(word) && sentence.word(at + 1) == ":" {
                return Tag::Verb;
            }
            // "power curves of a kind": hardly any verb is followed by "of".
            let of = sentence.word(at + 1) == "of"
                && !one_of(base_form(word).as_str(), "consist dispose approve think speak");
            let per = sentence.word(at + 1) == "per" || of;
            if s_form && singular_before && !per && (opens_phrase || tag == Tag::Verb && next != Tag::Sign) {
                return Tag::Verb;
            }
            if !plural
                && !singular_before
                && (opens_phrase || tag == Tag::Verb)
                && (!known || tag == Tag::Verb || does && next == Tag::Det)
            {
                return Tag::Verb;
            }
            if tag == Tag::Verb && (known || next == Tag::Sign) {
                return Tag::Noun;
            }
        }
        // "light needs, interval": in a list no verb stands before a comma.
        Tag::Verb
            if had_verb
                && plural
                && before == Tag::Noun
                && lexicon().have.contains(word)
                && sentence.word(at + 1) == "," =>
        {
            return Tag::Noun;
        }
        Tag::Verb
            if matches!(before, Tag::Det | Tag::Adj | Tag::Num) && !one_of(previous, "that which what") =>
        {
            return Tag::Noun;
        }
        Tag::Verb if before == Tag::Prep => return Tag::Noun,
        // "fills in one quality check per item": a second verb needs a subject or a conjunction.
        Tag::Verb
            if had_verb
                && before == Tag::Noun
                && !plural
                && singular(previous) == previous
                && matches!(next, Tag::Sign | Tag::Prep | Tag::Conj) =>
        {
            return Tag::Noun;
        }

        Tag::Verb
            if known
                && !matches!(before, Tag::Pron | Tag::To | Tag::Modal | Tag::Sub)
                && (before != Tag::Noun || had_verb) =>
        {
            let object_follows = matches!(next, Tag::Det | Tag::Num) && !had_verb;
            return if object_follows && at > 0 { Tag::Verb } else { Tag::Noun };
        }
        Tag::Verb
            if next == Tag::Sign
                && matches!(before, Tag::Sign | Tag::Conj)
                && (plural || sentence.word(at + 1) == ":") =>
        {
            return Tag::Noun;
        }
        // "each key has": an adjective without a noun behind it is one.
        Tag::Adj
            if matches!(before, Tag::Det | Tag::Adj | Tag::Num)
                && (matches!(next, Tag::Verb | Tag::Aux | Tag::Modal | Tag::Prep | Tag::Sign)
                    || matches!(next, Tag::Pron | Tag::Sub))
                && (known || lexicon().business.contains(one.as_str())) =>
        {
            return Tag::Noun;
        }
        // "several owners, each holding a share"
        Tag::Ing if one_of(previous, "each all both") && next == Tag::Det => return Tag::Ing,
        Tag::Ing if matches!(before, Tag::Det | Tag::Adj) || before == Tag::Num && next != Tag::Noun => {
            return Tag::Noun;
        }
        Tag::Past
            if before == Tag::Det
                && !one_of(previous, "each all both")
                && matches!(next, Tag::Sign | Tag::Prep | Tag::Aux) =>
        {
            return Tag::Noun;
        }
        _ => {}
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::{blocks::blocks, markup::Markup, sentences::sentences};

    #[track_caller]
    fn check(text: &str, tagged: &str) {
        let markup = Markup::read(text);
        let mut found = sentences(text, &blocks(text, &markup), &markup);
        tag(&mut found);
        let words: Vec<String> = found
            .iter()
            .flat_map(|it| &it.words)
            .filter(|it| it.tag != Tag::Sign)
            .map(|it| format!("{}/{:?}", it.token.word, it.tag))
            .collect();
        assert_eq!(words.join(" "), tagged);
    }

    #[test]
    fn behind_a_plural_one_owns() {
        check("Farmers own fields.", "farmers/Noun own/Verb fields/Noun");
        check("A field has its own soil.", "a/Det field/Noun has/Verb its/Det own/Adj soil/Noun");
    }

    #[test]
    fn s_forms_after_a_singular_noun_are_verbs() {
        check("A crane serves a berth.", "a/Det crane/Noun serves/Verb a/Det berth/Noun");
        check("Each job opening has a title.", "each/Det job/Noun opening/Noun has/Verb a/Det title/Noun");
        check("Each pier has a name.", "each/Det pier/Noun has/Verb a/Det name/Noun");
    }
}

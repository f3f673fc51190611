//! Quantities and idioms of several words as one: "one or more", "any number of", "at most three" all mean several.

use std::sync::LazyLock;

use super::lexicon::lexicon;
use super::tokens::{Kind, Token};
use crate::base::{Clip, WordMap, one_of, singular};

/// Phrases and the word that they come down to; `#` stands for a number above one. Longer ones first.
/// Source: English quantifiers, any grammar of English.
const QUANTITIES: &str = "at least one and at most #=several|at least # and at most #=several|between # and #=several|\
    no more than one=one|not more than one=one|no more than #=several|any number of=several|\
    an arbitrary number of=several|one or more=several|one or several=several|one or many=several|\
    one to many=several|one or two=several|zero or more=several|none or several=several|two or three=several|\
    two or more=several|two to #=several|any of several=several|as many=several|more than one=several|\
    at least one=several|at least #=several|at most one=one|at most #=several|at the most one=one|\
    at the most #=several|at the least one=several|at the least #=several|a maximum of one=one|\
    a maximum of #=several|a minimum of one=several|a minimum of #=several|up to #=several|exactly one=one|\
    one of the=one|one of its=one|one of their=one|one of these=one|one of those=one|one of our=one|one of my=one|\
    some of the=several|a certain number of=several|a piece of=one|each piece of=each|every piece of=each|\
    pieces of=several|just one=one|only one=one|a couple of=several|a variety of=several|a lot of=several|\
    a handful of=several|plenty of=several|lots of=several|dozens of=several|hundreds of=several";

/// Phrases whose noun is no thing, and the word that they come down to. Longer ones first.
/// Source: English complex prepositions, conjunctions and light verbs, any grammar of English.
const IDIOMS: &str = "in the event of=with|in the case of=for|in case of=with|in case=if|in charge of=over|in terms of=by|\
    on behalf of=for|of interest=recorded|at a minimum=always|at minimum=always|member of staff=staff|\
    members of staff=staff|on site=onsite|day of the week=weekday|days of the week=weekdays|day of week=weekday|\
    characters long=long|characters in length=long|digits long=long|letters long=long|make sure=ensure|\
    makes sure=ensures|keep track of=record|keeps track of=records|story points=points";

/// Whether the line opens like "one lamp or several", "one crate or more": how many stands around the noun.
fn around(line: &[Token]) -> bool {
    let [one, noun, or, more, ..] = line else { return false };
    one.word == "one"
        && noun.kind == Kind::Word
        && or.word == "or"
        && one_of(more.word.as_str(), "several more many")
}

/// What says that something is nobody else's, behind its name. Source: English idioms of uniqueness.
const UNSHARED: &[&[&str]] = &[
    &["that", "nobody", "else", "has"],
    &["which", "nobody", "else", "has"],
    &["which", "nobody", "shares"],
    &["that", "nobody", "shares"],
    &["nobody", "else", "has"],
    &["nobody", "else", "shares"],
    &["no", "one", "else", "has"],
];

/// The same between dashes.
const UNIQUE: &[&[&str]] = &[
    &["unique"],
    &["no", "two", "alike"],
    &["one", "of", "a", "kind"],
    &["never", "twice"],
    &["not", "used", "twice"],
    &["used", "only", "once"],
];

/// How many words of the line's beginning say it, if they do.
fn unshared(line: &[Token]) -> Option<usize> {
    if let Some(words) = UNSHARED.iter().find(|it| opens(line, it)) {
        return Some(words.len());
    }
    let dash = |at: usize| line.get(at).is_some_and(|it| it.is("-") && it.spaced);
    let said = UNIQUE.iter().find(|it| dash(0) && opens(line.clip(1..), it))?;
    dash(said.len() + 1).then_some(said.len() + 2)
}

/// A phrase, and the word that it comes down to.
type Known = (Vec<&'static str>, &'static str);

/// What is known of phrases.
struct Phrases {
    quantities: Vec<Known>,
    idioms: Vec<Known>,
    /// What they begin with, each with the place of the first of both that does: most words begin none.
    first: WordMap<[usize; 2]>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let read = |all: &'static str| -> Vec<Known> {
        let lines = all.split('|').filter_map(|it| it.split_once('='));
        lines.map(|(words, word)| (words.split(' ').collect(), word)).collect()
    };
    let (quantities, idioms) = (read(QUANTITIES), read(IDIOMS));
    let first_of = |all: &[Known], word: &str| {
        all.iter().position(|(words, _)| words.first() == Some(&word)).unwrap_or(all.len())
    };
    let all = quantities.iter().chain(&idioms).filter_map(|(words, _)| words.first().copied());
    let first = all.map(|word| (word, [first_of(&quantities, word), first_of(&idioms, word)])).collect();
    Phrases { quantities, idioms, first }
});

/// The phrase that the line opens with, and the word that it comes down to.
fn phrase(line: &[Token]) -> Option<&'static Known> {
    let Phrases { quantities, idioms, first } = &*PHRASES;
    let [quantity, idiom] = *first.get(&line.first()?.word)?;
    let found = quantities.clip(quantity..).iter().find(|(words, _)| stands(line, words));
    found.or_else(|| idioms.clip(idiom..).iter().find(|(words, _)| opens(line, words)))
}

/// The ends of a range that stands behind what is measured, and its words: "a rating from 1 to 5", "a price between 10 and 20".
fn range(before: &[Token], line: &[Token]) -> Option<(Token, Token, usize)> {
    const SCALES: &str = "rating score difficulty grade mark level priority severity importance urgency rank";
    let [from, low, to, high, rest @ ..] = line else { return None };
    let opens = from.word == "between" && to.word == "and"
        || one_of(from.word.as_str(), "from of") && to.word == "to";
    let is_number = |it: &Token| it.kind == Kind::Number;
    if !opens || !is_number(low) || !is_number(high) {
        return None;
    }
    let what = before.last().map_or("", |it| it.word.as_str());
    let measured = one_of(what, SCALES) || from.word != "of" && lexicon().attribute(what).is_some();
    // "from 2 to 4 players" counts players.
    let unit = rest.first().is_some_and(|it| one_of(it.word.as_str(), "stars points percent"));
    let ends = rest
        .first()
        .is_none_or(|it| it.kind == Kind::Sign || one_of(it.word.as_str(), "and or with as plus"));
    (measured && (unit || ends)).then(|| (low.clone(), high.clone(), 4 + usize::from(unit)))
}

/// Puts one word in the place of each such phrase that stands before a word. Linear.
pub fn as_words(line: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(line.len());
    let mut line = line.into_iter();
    while let rest @ [first, ..] = line.as_slice() {
        let sign = |word: &str| Token { kind: Kind::Sign, word: word.to_owned(), ..first.clone() };
        let taken = if let Some(words) = unshared(rest).filter(|_| !out.is_empty()) {
            out.extend([sign("("), Token { kind: Kind::Word, ..sign("unique") }, sign(")")]);
            words
        } else if let Some((low, high, words)) = range(&out, rest) {
            out.extend([sign("("), low, sign("-"), high, sign(")")]);
            words
        } else if let Some(one) = one_each(&out, rest) {
            if let Some(preposition) = out.last_mut() {
                "with".clone_into(&mut preposition.word);
            }
            out.extend([Token { word: "a".to_owned(), ..first.clone() }, one]);
            2
        } else if let Some(one) = another_in_each(&out, rest) {
            out.extend([first.clone(), one]);
            5
        } else if around(rest) {
            out.push(Token { word: "several".to_owned(), ..first.clone() });
            out.extend(rest.get(1).cloned());
            4
        } else if let Some((words, word)) = phrase(rest) {
            let span = rest.get(words.len() - 1).map_or(first.span, |last| first.span.cover(last.span));
            out.push(Token { kind: Kind::Word, span, ..sign(word) });
            words.len()
        } else {
            out.extend(line.next());
            continue;
        };
        line.by_ref().take(taken).for_each(drop);
    }
    out
}

/// "In several teams with different roles": each has one, given as the word for it.
fn one_each(before: &[Token], line: &[Token]) -> Option<Token> {
    let [different, many, ..] = line else { return None };
    let several = || before.iter().any(|it| one_of(it.word.as_str(), "several multiple many"));
    let led = different.word == "different" && one_of(before.last()?.word.as_str(), "with in at");
    let word = singular(&many.word);
    (led && word != many.word && several()).then(|| Token { word, ..many.clone() })
}

/// "In several teams, with a different role in each": each has one.
fn another_in_each(before: &[Token], line: &[Token]) -> Option<Token> {
    let [a, different, one, within, each, ..] = line else { return None };
    let several = || before.iter().any(|it| one_of(it.word.as_str(), "several multiple many"));
    let led = one_of(before.last()?.word.as_str(), "with in at") && a.word == "a";
    let of_each = one_of(within.word.as_str(), "in at for on") && each.word == "each";
    (led && of_each && one_of(different.word.as_str(), "different separate") && several())
        .then(|| one.clone())
}

/// Whether the line opens with an idiom.
fn opens(line: &[Token], words: &[&str]) -> bool {
    line.len() >= words.len() && words.iter().zip(line).all(|(word, token)| token.word == *word)
}

fn stands(line: &[Token], words: &[&str]) -> bool {
    // "At most three levels deep": how many is a rule.
    let is_noun = |it: &Token| it.kind == Kind::Word && !it.word.starts_with("level");
    let noun_follows = line.get(words.len()).is_some_and(is_noun);
    noun_follows
        && words.iter().zip(line).all(|(word, token)| match *word {
            "#" => is_number(token),
            word => token.word == word,
        })
}

fn is_number(token: &Token) -> bool {
    token.kind == Kind::Number || lexicon().function.get(token.word.as_str()).is_some_and(|it| *it == "num")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::brief::{markup::Markup, tokens::tokens};

    #[track_caller]
    fn check(text: &str, words: &str) {
        let all = as_words(tokens(text, Span::new(0, text.len()), &Markup::default()));
        let said: Vec<&str> = all.iter().map(|it| it.word.as_str()).collect();
        assert_eq!(said.join(" "), words);
    }

    #[test]
    fn quantities_of_several_words_become_one() {
        check("A pier has one or more berths", "a pier has several berths");
        check("at least one and at most three divers", "several divers");
        check("at most one buoy", "one buoy");
        check("at most 4 lamps", "several lamps");
        check("one lamp or several in a hall", "several lamp in a hall");
        check("at the most one lamp, a maximum of 4 oars", "one lamp , several oars");
        check("in several teams with different roles", "in several teams with a role");
        check("between 2 and 4 guides on each day of the week", "several guides on each weekday");
    }

    #[test]
    fn a_range_behind_what_is_measured_stands_in_parentheses() {
        check("a rating between 1 and 5 and a text", "a rating ( 1 - 5 ) and a text");
        check("a rating of 1 to 5 stars", "a rating ( 1 - 5 )");
        check(
            "a price from 2 to 9, a tour from 2 to 9 guides",
            "a price ( 2 - 9 ) , a tour from 2 to 9 guides",
        );
    }

    #[test]
    fn of_what_a_length_is_counted_in_there_are_no_rows() {
        check("A plate may be up to 10 characters long", "a plate may be several long");
    }

    #[test]
    fn what_is_nobody_elses_is_unique() {
        check("a number nobody else has, a name", "a number ( unique ) , a name");
        check("Number - no two alike -, time", "number ( unique ) , time");
    }

    #[test]
    fn nouns_of_idioms_are_no_things() {
        check("we keep track of lamps in case of fog", "we record lamps with fog");
    }

    #[test]
    fn numbers_of_what_is_not_said_stay() {
        check("the number of berths", "the number of berths");
    }
}

//! A stretch of a brief as words, numbers and signs, each with its place and in one spelling.

use std::sync::LazyLock;

use super::markup::Markup;
use super::tags::closed_class;
use crate::base::{Clip, Span, WordMap, lower, one_of, pairs};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word, perhaps with inner hyphens, underscores or apostrophes.
    Word,
    /// A number.
    Number,
    /// One sign; several dashes and arrows become one.
    Sign,
}

/// One word, number or sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// The spelling that all later stages read: lower case, abbreviations written out, signs in one form.
    pub word: String,
    /// Whether it is written with a capital.
    pub capital: bool,
    /// Whether it stands in bold.
    pub strong: bool,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Where it stands in the brief.
    pub span: Span,
}

impl Token {
    /// Whether it is the given sign.
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.word == sign
    }

    /// Whether it is the given word.
    pub fn says(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.word == word
    }
}

/// Abbreviations of business English, written out. Those that end in a full stop swallow it.
const WRITTEN_OUT: &str = "w/ with w/o without & and + and no. number nr. number nr number nos. numbers qty quantity qty. quantity max. \
    maximum max maximum min. minimum approx. approximately ca. approximately resp. respectively incl. including \
    e-mail email e-mails emails mail email addr address addr. address tel phone tel. phone desc description desc. \
    description prio priority organisation organization organisations organizations organisation's organization's \
    org organization orgs organizations pls please etc. etc e.g. e.g. i.e. i.e. vs. versus vol. volume dept. \
    department dept department depts departments mgmt management yrs years incl including yes/no y/n ja/nein y/n \
    0..1 one 0..n several 0..m several 0..* several 1..n several 1..m several 1..* several";

/// What says that something is answered with yes or no.
const ASKED: &[&str] = &["y/n", "yes/no", "ja/nein"];

fn written_out() -> &'static WordMap<&'static str> {
    static KNOWN: LazyLock<WordMap<&str>> = LazyLock::new(|| pairs(WRITTEN_OUT).into_iter().collect());
    &KNOWN
}

/// A bit for what a word begins with; letters that are alike in their last five bits share one.
pub fn initial(word: &str) -> u32 {
    word.bytes().next().map_or(0, |it| 1 << (it & 31))
}

/// Splits `span` of `text` into tokens; silent markup gives none. Linear.
pub fn tokens(text: &str, span: Span, markup: &Markup) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = span.start as usize;
    let end = (span.end as usize).min(text.len());
    let mut spaced = false;
    while at < end {
        let Some(first) = text.get(at..end).and_then(|it| it.chars().next()) else { break };
        if markup.is_silent(at) || first.is_whitespace() {
            let gap = gap_at(text, at, end);
            if gap > 0 && !out.is_empty() && !out.last().is_some_and(|it| it.is("\t")) {
                out.push(sign("\t", Span::new(at, at + gap), spaced));
                at += gap;
            } else {
                at += first.len_utf8();
            }
            spaced |= first.is_whitespace();
            continue;
        }
        let length = token_length(text, at, end);
        let span = Span::new(at, at + length);
        let written = span.of(text);
        let said = token(written, first, span, spaced, markup.is_strong(at));
        match contracted(&said) {
            Some([pronoun, verb]) => out.extend([pronoun, verb]),
            None => out.push(said),
        }
        spaced = false;
        at += length;
    }
    while out.last().is_some_and(|it| it.is("\t")) {
        out.pop();
    }
    closing_abbreviations(text, &mut out);
    out
}

/// Words that draw a verb to themselves. Source: English pronouns and their like.
const DRAWING: &str = "it he she that there here what who where i we you they everything everyone everybody somebody \
                      someone nobody something";

/// "it's", "they've" and "we'd" as the two words that they are.
fn contracted(said: &Token) -> Option<[Token; 2]> {
    let (pronoun, ending) = said.word.split_once('\'')?;
    let verb = match ending {
        "s" => "is",
        "re" => "are",
        "ve" => "have",
        "ll" => "will",
        "d" => "would",
        "m" => "am",
        _ => return None,
    };
    if !one_of(pronoun, DRAWING) {
        return None;
    }
    let at = said.span.start + u32::try_from(pronoun.len()).ok()?;
    let (left, right) = (Span { end: at, ..said.span }, Span { start: at, ..said.span });
    let verb = Token { word: verb.to_owned(), capital: false, spaced: true, span: right, ..said.clone() };
    Some([Token { word: pronoun.to_owned(), span: left, ..said.clone() }, verb])
}

/// What is short for another word where it closes a name: "break min.," are minutes, but "min. stock" is a minimum; "part no," is
/// a number, but "no part" and "yes or no" are not. In a sheet "Guest No" refers to the guest.
fn closing_abbreviations(text: &str, all: &mut [Token]) {
    for at in 1..all.len() {
        let closes = all.get(at + 1).is_none_or(|it| it.kind == Kind::Sign);
        let (before, here) = (&all[at - 1], &all[at]);
        if !closes || before.kind != Kind::Word {
            continue;
        }
        let in_sheet = all.get(at + 1).is_some_and(|it| it.is("|") || it.is("\t"));
        let is = |short: &str| here.span.of(text).eq_ignore_ascii_case(short);
        if is("min.") {
            "minutes".clone_into(&mut all[at].word);
        } else if is("no") && !in_sheet && closed_class(&before.word).is_none() && !is_answer(all, at) {
            "number".clone_into(&mut all[at].word);
        }
    }
}

/// Whether "yes" stands among the words before: "strong yes, yes, no, strong no".
fn is_answer(all: &[Token], at: usize) -> bool {
    all.clip(..at).iter().rev().take(8).any(|it| it.says("yes"))
}

/// Three or more blanks or a tab inside a line are a column gap; gives its length.
fn gap_at(text: &str, at: usize, end: usize) -> usize {
    let Some(rest) = text.get(at..end) else { return 0 };
    let blanks = rest.bytes().take_while(|it| matches!(it, b' ' | b'\t')).count();
    let wide = blanks >= 3 || rest.starts_with('\t');
    if wide && !rest.clip(blanks..).starts_with(['\n', '\r']) && blanks < rest.len() { blanks } else { 0 }
}

fn sign(word: &str, span: Span, spaced: bool) -> Token {
    Token { kind: Kind::Sign, word: word.to_owned(), capital: false, strong: false, spaced, span }
}

fn token(written: &str, first: char, span: Span, spaced: bool, strong: bool) -> Token {
    // Most words are plain letters, for which no table of Unicode is asked.
    let plain = written.is_ascii();
    let mut word = match written {
        _ if !plain => lower(written),
        _ if is_camel_case(written) => crate::base::snake_case(written),
        _ => written.to_ascii_lowercase(),
    };
    if let Some(whole) = written_out().get(&word) {
        (*whole).clone_into(&mut word);
    }
    let kind = if word.starts_with(char::is_alphabetic) {
        Kind::Word
    } else if word.starts_with(|it: char| it.is_ascii_digit()) {
        if word.chars().any(char::is_alphabetic) { Kind::Word } else { Kind::Number }
    } else {
        Kind::Sign
    };
    let word = match word.as_str() {
        _ if kind == Kind::Word && plain => word,
        "–" | "—" | "--" | "---" | "−" => "-".to_owned(),
        "→" | "->" | "=>" | ">>" | "›" | "»" => ">".to_owned(),
        "“" | "”" | "„" | "«" | "\"" | "''" => "\"".to_owned(),
        "‘" | "’" => "'".to_owned(),
        "..." => "…".to_owned(),
        "•" => "·".to_owned(),
        other => other.replace(['’', '‘'], "'"),
    };
    Token { kind, word, capital: first.is_uppercase(), strong, spaced, span }
}

/// "dateHired", a name of code; "eBay" and "iPhone" are none, and no words are in front of the capitals of "macOS".
fn is_camel_case(written: &str) -> bool {
    let head = written.bytes().take_while(u8::is_ascii_lowercase).count();
    let tail = written.clip(head..);
    head >= 2 && tail.starts_with(|it: char| it.is_ascii_uppercase()) && written != "macOS"
}

/// Length in bytes of the token that begins at `at`; at least that of one character.
fn token_length(text: &str, at: usize, end: usize) -> usize {
    let rest = text.get(at..end).unwrap_or("");
    let first = rest.chars().next().map_or(1, char::len_utf8);
    if rest.starts_with(['.', '-', '=', '>']) {
        for sign in ["...", "---", "--", "->", "=>", ">>"] {
            if rest.starts_with(sign) {
                return sign.len();
            }
        }
    }
    // "0..1" and "1..n" of diagrams
    let is_range = rest.get(1..3) == Some("..") && rest.get(3..4).is_some_and(|it| "1nNmM*".contains(it));
    if is_range && !next_is_letter(rest, 4) {
        return 4;
    }
    if rest.starts_with("w/o") && !next_is_letter(rest, 3) {
        return 3;
    }
    if rest.starts_with("w/") && rest.get(2..).is_none_or(|it| !it.starts_with(char::is_alphabetic)) {
        return 2;
    }
    let asked = if rest.starts_with(['y', 'Y', 'j', 'J']) { ASKED } else { &[] };
    for answers in asked {
        let is_said = rest.get(..answers.len()).is_some_and(|it| it.eq_ignore_ascii_case(answers));
        if is_said && !next_is_letter(rest, answers.len()) {
            return answers.len();
        }
    }
    if !rest.starts_with(|it: char| it.is_alphanumeric()) {
        return first;
    }
    let mut length = 0;
    for (offset, sign) in rest.char_indices() {
        let inner = rest.get(offset + sign.len_utf8()..).and_then(|it| it.chars().next());
        let joins = match sign {
            '-' | '_' | '\'' | '’' => inner.is_some_and(char::is_alphanumeric),
            '.' | ',' | ':' => {
                let before = rest.get(..offset).and_then(|it| it.chars().next_back());
                before.is_some_and(|it| it.is_ascii_digit()) && inner.is_some_and(|it| it.is_ascii_digit())
            }
            other => other.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        length = offset + sign.len_utf8();
    }
    if rest.get(length..).is_some_and(|it| it.starts_with('.')) && !next_is_letter(rest, length + 1) {
        // "no." and "max." end no sentence when something follows that is not a new line or a capital.
        let dotted = lower(rest.get(..=length).unwrap_or(""));
        let known = written_out().contains_key(&dotted);
        let follows = rest.get(length + 1..).unwrap_or("").trim_start_matches(' ');
        if known && (dotted != "no." || !follows.starts_with(char::is_uppercase)) {
            return length + 1;
        }
    }
    if ["e.g.", "i.e.", "E.g.", "I.e."].iter().any(|it| rest.starts_with(it)) {
        return "e.g.".len();
    }
    length.max(first)
}

fn next_is_letter(rest: &str, at: usize) -> bool {
    rest.get(at..).is_some_and(|it| it.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let found = tokens(text, Span::new(0, text.len()), &Markup::read(text));
        let found: Vec<&str> = found.iter().map(|it| it.word.as_str()).collect();
        assert_eq!(found, words);
    }

    #[test]
    fn names_of_code_are_their_words() {
        check("dateHired, eBay, photoUrl", &["date_hired", ",", "ebay", ",", "photo_url"]);
    }

    #[test]
    fn abbreviations_are_written_out_and_numbers_stay_whole() {
        check("berth no., qty w/ 4,000 m", &["berth", "number", ",", "quantity", "with", "4,000", "m"]);
    }

    #[test]
    fn what_closes_a_name_is_written_out() {
        check("part no, break min.", &["part", "number", ",", "break", "minutes"]);
        check("paid: yes or no, no part", &["paid", ":", "yes", "or", "no", ",", "no", "part"]);
        check("yes, no, strong no", &["yes", ",", "no", ",", "strong", "no"]);
    }

    #[test]
    fn dashes_arrows_and_gaps_have_one_form() {
        check("draft → sent -> paid", &["draft", ">", "sent", ">", "paid"]);
        check("site      name, city", &["site", "\t", "name", ",", "city"]);
        check("order_items – y/n", &["order_items", "-", "y/n"]);
    }

    #[test]
    fn spans_point_at_the_brief() {
        let text = "a **Berth** no. 4";
        let found = tokens(text, Span::new(0, text.len()), &Markup::read(text));
        let written: Vec<&str> = found.iter().map(|it| it.span.of(text)).collect();
        assert_eq!(written, ["a", "Berth", "no.", "4"]);
    }
}

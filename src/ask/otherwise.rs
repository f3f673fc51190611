//! Other ways to read a request that means nothing as it stands: a question that asks for something, what is said beside it, and
//! words with a slip of the pen. Each is read only where what stands there cannot be done.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::names;
use super::pattern::literals;
use super::words::{Word, plain, wording_words};
use crate::base;
use crate::design::Design;

/// A request as it may be meant, and what is to be told of it.
pub struct Meant {
    pub words: Vec<Word>,
    pub told: String,
}

/// Words that stress and say nothing else.
const FILLERS: &[&str] = &[
    "really",
    "actually",
    "just",
    "simply",
    "basically",
    "definitely",
    "probably",
    "maybe",
    "perhaps",
    "also",
    "please",
    "too",
    "ever",
    "certainly",
    "surely",
    "obviously",
    "kindly",
    "there",
    "somehow",
];

/// Words with which a question begins that asks for something.
const ASKING: &[&str] = &["should", "must", "can", "could", "may", "might", "shall", "would", "do", "does"];

/// The ways in which a request may be meant, the likeliest first.
pub fn meant(design: &Design, request: &[Word]) -> Vec<Meant> {
    let silent = |words: Vec<Word>| Meant { words, told: String::new() };
    let mut found: Vec<Meant> = Vec::new();
    let plainly: Vec<Word> = request.iter().filter(|it| !it.is_any(FILLERS)).cloned().collect();
    found.extend(asked(&plainly).into_iter().map(silent));
    if plainly.len() < request.len() && plainly.len() > 1 {
        found.push(silent(plainly.clone()));
    }
    found.extend(at_once(&plainly).map(silent));
    found.extend(said_last(&plainly).into_iter().map(silent));
    found.extend(after_all(request));
    found.extend(in_unit(design, &plainly).map(silent));
    found.extend(of_all(design, &plainly).into_iter().map(silent));
    if let Some((words, aside)) = with_reason(request).or_else(|| with_reason(&plainly)) {
        found.push(Meant { words: words.to_vec(), told: names::read(aside) });
    }
    found.extend(pointed_at(design, request));
    found.extend(corrected(design, request));
    found
}

/// `should not emails be unique` as `emails should be unique`, with the verb at each place where it may stand.
fn asked(request: &[Word]) -> Vec<Vec<Word>> {
    const MOST: usize = 6;
    let Some((first, rest)) = request.split_first() else { return Vec::new() };
    let denied = rest.first().is_some_and(|it| it.is("not"));
    // `is it unique` may want to know; `is it not unique` wants it, and so does no choice; `do not` wants nothing.
    let is_verb = first.is_any(ASKING) || denied && first.is_any(&["is", "are", "was", "were", "will"]);
    let is_ban = denied && first.is_any(&["do", "does", "must", "may"]);
    if !is_verb || is_ban || rest.iter().any(|it| it.is("or")) {
        return Vec::new();
    }
    let rest = if denied { rest.get(1..).unwrap_or_default() } else { rest };
    let verb = if first.is_any(&["do", "does"]) { Vec::new() } else { vec![first.clone()] };
    let last = MOST.min(rest.len().saturating_sub(1));
    (1..=last)
        .map(|at| {
            let (who, what) = rest.split_at(at);
            [who.to_vec(), verb.clone(), what.to_vec()].concat()
        })
        .collect()
}

/// What may be said of columns in one breath: `should be required and unique`.
const SAID_OF: &[&str] = &["required", "optional", "unique", "indexed"];

/// `… should be required and unique` as two requests, the second of what the first is of.
fn at_once(request: &[Word]) -> Option<Vec<Word>> {
    let [.., first, joint, last] = request else { return None };
    let is_pair = first.is_any(SAID_OF) && last.is_any(SAID_OF) && joint.is("and");
    let verbs = ["be", "is", "are"];
    let verb = request.get(request.len().checked_sub(4)?)?;
    if !is_pair {
        return None;
    }
    let rest = if verb.is_any(&verbs) {
        vec![plain("it"), plain("should"), plain("be"), last.clone()]
    } else {
        vec![plain("make"), plain("it"), last.clone()]
    };
    let before = request.get(..request.len() - 2)?;
    Some([before.to_vec(), vec![plain("and")], rest].concat())
}

/// `make name varchar(50) unique`, `make it required with a default of 0` as two requests.
fn said_last(request: &[Word]) -> Vec<Vec<Word>> {
    let mut found = Vec::new();
    let and_it = |before: &[Word], said: &[Word]| {
        let before = before.strip_suffix(&[plain(",")]).unwrap_or(before);
        [before, &[plain("and"), plain("make"), plain("it")], said].concat()
    };
    if let [before @ .., last] = request
        && last.is_any(SAID_OF)
        && before.len() > 2
        && before.last().is_some_and(|it| !it.is_any(&["be", "is", "are", "and", "not", "it", "as"]))
    {
        found.push(and_it(before, std::slice::from_ref(last)));
    }
    let at = request
        .windows(2)
        .position(|it| matches!(it, [with, next] if with.is("with") && next.is_any(&["a", "default"])));
    let Some((before, rest)) = at.filter(|it| *it > 2).map(|at| request.split_at(at)) else { return found };
    let Some(start) = rest.iter().take(3).position(|it| it.is("default")) else { return found };
    let said = rest.get(start + 1..).unwrap_or_default();
    let skipped = said.iter().position(|it| !it.is_any(&["value", "of", "to", ":"])).unwrap_or(said.len());
    let said = said.get(skipped..).unwrap_or_default();
    let end = said.iter().position(|it| it.is_any(&["and", ","])).unwrap_or(said.len());
    let (value, behind) = said.split_at(end);
    if !value.is_empty() {
        let default = [&[plain("and"), plain("default"), plain("it"), plain("to")], value].concat();
        found.push([before, &default, behind].concat());
    }
    found
}

/// `width and height of photos in pixels` as `add width and height in pixels to photos`.
fn in_unit(design: &Design, request: &[Word]) -> Option<Vec<Word>> {
    let (before, unit) = request.split_at(request.len().checked_sub(2)?);
    super::nouns::without_unit(request).1?;
    let at = before.iter().rposition(|it| it.is_any(&["of", "for", "on", "to"])).filter(|it| *it > 0)?;
    let (what, of) = (before.get(..at)?, before.get(at + 1..)?);
    names::table(design, of)?;
    let verbs = ["store", "record", "keep", "track", "save", "add", "capture", "note"];
    let what = what.split_first().filter(|it| it.0.is_any(&verbs)).map_or(what, |it| it.1);
    Some([&[plain("add")], what, unit, &[plain("to")], of].concat())
}

/// `we lost track of it, so please keep a history`: what is asked comes behind why it is.
fn after_all(request: &[Word]) -> Option<Meant> {
    let is_joint = |at: usize, it: &str| request.get(at).is_some_and(|word| word.is(it));
    let is_told = |at: usize| {
        at > 2
            && is_joint(at, ":")
            && !request.first().is_some_and(|it| it.is_any(super::elided::VERBS))
            && request.get(at + 1..).is_some_and(|it| it.len() > 3)
    };
    let at = (1..request.len()).rev().find(|at| {
        is_joint(*at, "so") && (is_joint(at - 1, ",") || is_joint(*at + 1, "please")) || is_told(*at)
    })?;
    let (why, rest) = (request.get(..at)?, request.get(at + 1..)?);
    let why = why.strip_suffix(&[plain(",")]).unwrap_or(why);
    let rest = super::manners::without_manners(rest);
    (rest.len() > 2).then(|| Meant { words: super::words::reworded(rest), told: names::read(why) })
}

/// `rename qty to quantity in all tables` as `rename all qty columns to quantity`.
fn of_all(design: &Design, request: &[Word]) -> Vec<Vec<Word>> {
    let Some(rest) = request.strip_suffix(&["in", "all", "tables"].map(plain)) else { return Vec::new() };
    let is_one = |words: &[Word]| {
        (words.len() > 1 || super::fresh::is_name(words))
            && design.tables().any(|it| names::column(it, words).is_some())
    };
    let places = (1..=3).rev().flat_map(|size| (0..rest.len()).map(move |at| (at, at + size)));
    let found = places.filter_map(|(at, end)| {
        let own = rest.get(at..end).filter(|it| is_one(it))?;
        let (before, after) = (rest.get(..at)?, rest.get(end..)?);
        Some([before, &[plain("all")], own, &[plain("columns")], after].concat())
    });
    found.take(6).collect()
}

/// `full_name is too vague, call it name`: what is asked, of what was spoken of before; the rest is why.
fn pointed_at(design: &Design, request: &[Word]) -> Vec<Meant> {
    let Some(at) = request.iter().position(|it| it.is(",")) else { return Vec::new() };
    let (why, rest) = request.split_at(at);
    let rest = rest.get(1..).unwrap_or_default();
    let is_it = |it: &Word| it.is_any(&["it", "them", "that", "those"]);
    let verb = rest.iter().find(|it| !it.is_any(&["so", "please", "just", "let", "us", "better", "and"]));
    if !rest.iter().any(is_it) || verb.is_none_or(is_it) {
        return Vec::new();
    }
    let start = rest.iter().position(|it| verb == Some(it)).unwrap_or_default();
    let rest = rest.get(start..).unwrap_or_default();
    let mut found = Vec::new();
    // `each product has a supplier, add that`: what was said is what is asked.
    if let [verb, it] = rest
        && is_it(it)
        && verb.is_any(&[
            "add", "store", "record", "track", "keep", "do", "model", "reflect", "enforce", "ensure", "save",
        ])
    {
        let asks = |it: &Word| it.is_any(&["who", "when", "which"]);
        let asked = why.iter().position(asks).and_then(|at| why.get(at..));
        let asked = asked.map(|it| [&[plain("store")], it].concat());
        return [Some(why.to_vec()), asked]
            .into_iter()
            .flatten()
            .map(|words| Meant { words, told: String::new() })
            .collect();
    }
    for size in (1..=5).rev() {
        for words in why.windows(size) {
            let is_column = match words {
                [of, point, _] if point.is(".") => names::table(design, std::slice::from_ref(of)).is_some(),
                [.., joint, of] if size > 2 && joint.is_any(&["of", "on", "in"]) => {
                    names::table(design, std::slice::from_ref(of)).is_some()
                }
                plain => {
                    super::fresh::is_name(plain)
                        && design.tables().any(|it| it.column_named(&names::name(plain)).is_some())
                }
            };
            if !is_column && names::table(design, words).is_none() {
                continue;
            }
            let put = rest.iter().flat_map(|it| if is_it(it) { words.to_vec() } else { vec![it.clone()] });
            found.push(Meant {
                words: super::words::reworded(&put.collect::<Vec<_>>()),
                told: names::read(why),
            });
        }
    }
    found
}

/// Who is spoken of in a reason.
const REASONING: &[&str] = &[
    "we",
    "nobody",
    "noone",
    "nothing",
    "everybody",
    "everyone",
    "people",
    "customers",
    "users",
    "it",
    "they",
    "that",
    "this",
    "there",
    "i",
    "no",
];

/// What asks for something, and is no reason.
const WANTING: &[&str] = &[
    "must",
    "should",
    "shall",
    "can",
    "may",
    "might",
    "could",
    "need",
    "needs",
    "want",
    "wants",
    "add",
    "remove",
    "drop",
    "delete",
    "rename",
    "make",
    "call",
    "put",
    "move",
    "set",
    "change",
    "have",
    "has",
    "be",
    "keep",
    "use",
    "store",
    "let",
    "allow",
    "required",
    "unique",
    "optional",
    "references",
    "belongs",
    "belong",
    "split",
    "merge",
    "into",
    "instead",
];

/// Whether a sentence only says why: `we do not use it`, `nobody knows it`.
pub fn is_reason(words: &[Word]) -> bool {
    let rest = match words {
        [first, rest @ ..] if first.is_any(&["because", "since", "as"]) => rest,
        all => all,
    };
    (2..=12).contains(&rest.len())
        && rest.first().is_some_and(|it| it.is_any(REASONING))
        && !rest.iter().any(|it| it.is_quoted || it.is_any(WANTING) && !is_used(rest))
}

/// Whether a sentence only names what the next one speaks of: `what about pets?`
pub fn is_heading(words: &[Word], next: &[Word]) -> bool {
    let one = |it: &Word| base::singular(&it.text);
    (1..=2).contains(&words.len())
        && super::fresh::is_name(words)
        && words.iter().all(|word| next.iter().any(|it| one(it) == one(word)))
}

/// Whether what stands between parentheses is said beside: `we have replies for that`, `multi tenant`.
fn is_aside(words: &[Word]) -> bool {
    const ASKS: &[&str] =
        &["must", "should", "need", "needs", "want", "can", "required", "unique", "optional", ","];
    words.len() > 2
        && words.first().is_some_and(|it| it.is_any(REASONING))
        && !words.iter().any(|it| it.is_quoted || it.is_any(ASKS))
}

/// Whether it says that something is of no use, in words that may also ask for something.
fn is_used(words: &[Word]) -> bool {
    let said = names::read(words);
    [
        "no need",
        "not need",
        "not use",
        "never use",
        "nobody needs",
        "nobody uses",
        "no longer need",
        "nobody has",
    ]
    .iter()
    .any(|it| said.contains(it))
}

/// A request and the reason behind it: `drop it, nobody uses it`, `drop it because nobody uses it`.
fn with_reason(request: &[Word]) -> Option<(&[Word], &[Word])> {
    let can_be_so = |rest: &[Word]| {
        let [who, may, ..] = rest else { return false };
        who.is_any(REASONING)
            && may.is_any(&["can", "could", "may", "might", "know", "see", "will"])
            && rest.len() < 14
    };
    let purpose = (2..request.len()).find(|at| {
        request.get(*at).is_some_and(|it| it.is("so")) && request.get(at + 1..).is_some_and(can_be_so)
    });
    if let Some(at) = purpose {
        let before = request.get(..at)?;
        let before = before.strip_suffix(&[plain(",")]).unwrap_or(before);
        return Some((before, request.get(at + 1..)?));
    }
    let at = (2..request.len()).find(|at| {
        let joint = request.get(*at).filter(|it| it.is_any(&[",", "because", "since", "as", "("]));
        let rest = request.get(at + 1..).map(without_close).unwrap_or_default();
        joint.is_some_and(|it| is_reason(rest) || it.is("(") && is_aside(rest))
    })?;
    Some((request.get(..at)?, without_close(request.get(at + 1..)?)))
}

fn without_close(words: &[Word]) -> &[Word] {
    match words.split_last() {
        Some((last, before)) if last.is(")") => before,
        _ => words,
    }
}

/// Every word that patterns and wordings have.
fn vocabulary() -> &'static BTreeSet<&'static str> {
    static ALL: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    ALL.get_or_init(|| literals().chain(wording_words()).filter(|it| it.len() > 3).collect())
}

/// A word shorter than this is another word with another letter.
const SHORTEST: usize = 5;

/// The request with one word, then with all, in the place of words that differ from it by a letter: those of the language, of
/// tables, and of columns of a table that is named.
fn corrected(design: &Design, request: &[Word]) -> Vec<Meant> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for table in design.tables() {
        let own = std::iter::once(&table.name).chain(table.columns.iter().map(|it| &it.name));
        for name in own.map(|it| base::snake_case(it)) {
            names.extend(name.split('_').map(str::to_owned));
            names.extend([base::plural(&name), base::singular(&name), name]);
        }
    }
    let known = |it: &str| vocabulary().contains(it) || names.contains(it) || super::roles::is_known(it);
    let fixed: Vec<Option<String>> = request
        .iter()
        .map(|word| {
            if word.is_quoted || word.text.chars().count() < SHORTEST || known(&word.text) {
                return None;
            }
            let all = vocabulary().iter().copied().chain(names.iter().map(String::as_str));
            let mut near = all
                .filter(|it| it.len().abs_diff(word.text.len()) <= 1 && names::distance(&word.text, it) == 1);
            let one = near.next()?;
            // Of two words that may be meant none is.
            near.all(|it| base::singular(it) == base::singular(one)).then(|| one.to_owned())
        })
        .collect();
    let put = |only: Option<usize>| {
        let mut told: Vec<String> = Vec::new();
        let words = request.iter().zip(&fixed).enumerate().map(|(at, (word, meant))| {
            match meant.as_ref().filter(|_| only.is_none_or(|it| it == at)) {
                Some(meant) => {
                    told.push(format!("`{}` is read as `{meant}`", word.text));
                    plain(meant)
                }
                None => word.clone(),
            }
        });
        let words = super::words::reworded(&words.collect::<Vec<_>>());
        Meant { words, told: told.join(", ") }
    };
    let places: Vec<usize> =
        (0..fixed.len()).filter(|at| fixed.get(*at).is_some_and(Option::is_some)).collect();
    match places.len() {
        0 => Vec::new(),
        1 => vec![put(None)],
        _ => places.into_iter().map(|it| put(Some(it))).chain([put(None)]).collect(),
    }
}

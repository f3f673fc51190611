//! Several wishes in one sentence that share what is said once: a verb, a subject, a verb in the middle, the table at the end.

use super::elided::{VERBS, called, is_plain};
use super::fields::{Field, fields};
use super::names::{bare, column, read, table};
use super::words::{Word, plain};
use crate::design::Design;

/// More places at which a sentence may be taken apart are those of a list.
const MOST: usize = 6;

/// Words with which what is said of a subject begins.
const MODALS: &[&str] = &[
    "should", "must", "can", "may", "could", "might", "is", "are", "be", "has", "have", "need", "needs",
    "get", "gets", "requires", "require", "belong", "belongs", "defaults",
];

/// What is said of a column without a verb.
const QUALITIES: &[&str] = &["required", "optional", "unique", "indexed", "default"];
const LIMITS: &[&str] = &["max", "min", "maximum", "minimum", "at", "between", "greater", "less"];

/// Words of which one ends a sentence's table: `… of tasks`.
const ENDS: &[&str] = &["of", "in", "on", "to", "from", "for"];

/// The ways in which a request may be of several that share words, those of fewer wishes first; each a list of requests in full.
/// Only of those of which more than the first have a verb of their own, or of the others.
pub fn apart(design: &Design, request: &[Word], has_verbs: bool) -> Vec<Vec<Vec<Word>>> {
    let joints = joints(request);
    let begins = |it: &(usize, usize)| request.get(it.1).is_some_and(|it| it.is_any(VERBS));
    let is_mixed = joints.iter().any(begins) && !is_headed(design, request);
    if is_mixed != has_verbs {
        return Vec::new();
    }
    let mut found = told_behind(design, request);
    found.extend(of_each(design, request));
    if joints.is_empty() || joints.len() > MOST || request.len() > 60 {
        return found;
    }
    // Of a few all ways are tried, of more the one that parts all.
    let count = joints.len();
    let mut ways: Vec<u32> = if count <= 3 { (1..1 << count).collect() } else { vec![(1 << count) - 1] };
    ways.sort_by_key(|it| it.count_ones());
    for way in ways {
        let at = |it: &usize| way & (1 << it) != 0;
        let taken: Vec<(usize, usize)> =
            (0..count).filter(at).filter_map(|it| joints.get(it).copied()).collect();
        found.extend(written_out(design, &pieces(request, &taken)));
    }
    found
}

/// `emails must be unique in agents and contacts`: a request for each of the tables.
fn of_each(design: &Design, request: &[Word]) -> Option<Vec<Vec<Word>>> {
    let starts = (1..request.len()).filter(|at| request.get(at - 1).is_some_and(|it| it.is_any(ENDS)));
    for start in starts {
        let rest = request.get(start..)?;
        let one = |from: usize| {
            let size = (1..=3).rev().find(|it| {
                let words = rest.get(from..from + it);
                words.is_some_and(|it| {
                    !it.iter().any(|it| it.is_any(&[",", "and"])) && table(design, it).is_some()
                })
            })?;
            Some(from..from + size)
        };
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(found) = one(at) {
            at = found.end;
            all.push(found);
            let joint = rest.get(at..).unwrap_or_default();
            let is_joint = |it: &Word| it.is_any(&[",", "and", "as", "well", "in", "of", "for"]);
            let size = joint.iter().position(|it| !is_joint(it)).unwrap_or(joint.len());
            if size == 0 || one(at + size).is_none() {
                break;
            }
            at += size;
        }
        if all.len() > 1 {
            let (before, behind) = (request.get(..start)?, rest.get(all.last()?.end..)?);
            let each = all.into_iter().filter_map(|it| Some([before, rest.get(it)?, behind].concat()));
            return Some(each.collect());
        }
    }
    None
}

/// Whether a request begins with a table and a colon.
fn is_headed(design: &Design, request: &[Word]) -> bool {
    let at = request.iter().position(|it| it.is(":"));
    at.and_then(|at| request.get(..at)).is_some_and(|it| table(design, it).is_some())
}

/// Where `and` or a comma stand outside of parentheses: the first of their words, and the first behind them.
fn joints(request: &[Word]) -> Vec<(usize, usize)> {
    let (mut found, mut depth, mut at) = (Vec::new(), 0_usize, 1);
    while let Some(word) = request.get(at) {
        match word.text.as_str() {
            "(" if !word.is_quoted => depth += 1,
            ")" if !word.is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_joint = |it: &Word| it.is_any(&[",", "and"]);
        if depth == 0 && is_joint(word) {
            let rest = request.get(at..).unwrap_or_default();
            let size = rest.iter().position(|it| !is_joint(it)).unwrap_or(rest.len());
            if size < rest.len() {
                found.push((at, at + size));
            }
            at += size;
        } else {
            at += 1;
        }
    }
    found
}

fn pieces<'w>(request: &'w [Word], joints: &[(usize, usize)]) -> Vec<&'w [Word]> {
    let starts = std::iter::once(0).chain(joints.iter().map(|it| it.1));
    let ends = joints.iter().map(|it| it.0).chain([request.len()]);
    starts.zip(ends).filter_map(|(start, end)| request.get(start..end)).filter(|it| !it.is_empty()).collect()
}

/// The pieces in full, in each way in which they may share words.
fn written_out(design: &Design, pieces: &[&[Word]]) -> Vec<Vec<Vec<Word>>> {
    let Some((first, rest)) = pieces.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    let is_verb = |it: &&[Word]| it.first().is_some_and(|it| it.is_any(VERBS));
    let with = |head: &[Word]| -> Vec<Vec<Word>> {
        let others = rest.iter().map(|it| if is_verb(it) { it.to_vec() } else { [head, it].concat() });
        std::iter::once(first.to_vec()).chain(others).collect()
    };
    // `tasks: …, …`
    if let Some(at) = first.iter().position(|it| it.is(":"))
        && first.get(..at).is_some_and(|it| table(design, it).is_some())
    {
        let head = first.get(..=at).unwrap_or_default();
        let others = rest.iter().map(|it| [head, it].concat());
        return vec![std::iter::once(first.to_vec()).chain(others).collect()];
    }
    // What is listed behind `with` is of what is made.
    let makes = first.first().is_some_and(|it| it.is_any(&["add", "create", "introduce", "put", "give"]));
    if makes && first.iter().any(|it| it.is_any(&["with", "having", "containing", "holding"])) {
        return Vec::new();
    }
    if is_verb(first) && !rest.iter().all(is_verb) {
        let verb = first.get(..1).unwrap_or_default();
        let all = with(verb);
        // `rename title to name and description to details on tasks`: the table is of both.
        if let Some(end) = table_at_end(design, pieces.last().copied().unwrap_or_default()) {
            let last = all.len() - 1;
            let ended = all.iter().enumerate();
            found.push(
                ended.map(|(at, it)| if at < last { [it, end].concat() } else { it.clone() }).collect(),
            );
        }
        found.push(all);
    } else if !is_verb(first) {
        // `a -> b and c -> d`
        let is_arrow = |it: &&[Word]| it.iter().any(|it| it.is("to"));
        if pieces.iter().all(is_arrow) && !first.iter().any(|it| it.is_any(MODALS)) {
            found.push(pieces.iter().map(|it| it.to_vec()).collect());
        }
        found.extend(of_subject(first, rest));
        // `quantity at least 1 and unit price not negative`: each is said in full.
        if pieces.iter().all(|it| it.len() > 1) {
            found.push(pieces.iter().map(|it| it.to_vec()).collect());
        }
    }
    found
}

/// `tasks should have a priority and projects a budget`, `phone should be required and have at most 20 characters`.
fn of_subject(first: &[Word], rest: &[&[Word]]) -> Vec<Vec<Vec<Word>>> {
    const LONGEST: usize = 5;
    let one = |others: Option<Vec<Vec<Word>>>| {
        others.map(|it| std::iter::once(first.to_vec()).chain(it).collect::<Vec<_>>())
    };
    let modal = first.iter().take(LONGEST + 1).position(|it| it.is_any(MODALS)).filter(|it| *it > 0);
    let Some(at) = modal else {
        // `rate of trainers required, default 30`
        let Some((_, subject)) = first.split_last().filter(|it| it.0.is_any(QUALITIES)) else {
            return Vec::new();
        };
        let put = |it: &&[Word]| {
            let is_said = it.first().is_some_and(|it| it.is_any(QUALITIES) || it.is_any(LIMITS));
            is_said.then(|| [subject, it].concat())
        };
        return one(rest.iter().map(put).collect()).into_iter().collect();
    };
    let (subject, said) = first.split_at(at);
    let size = said.iter().take_while(|it| it.is_any(MODALS)).count();
    let modal = said.get(..size).unwrap_or_default();
    // The verb in the middle is left out the second time.
    let middle = (1..=3).filter_map(|at| {
        let put = |it: &&[Word]| {
            let (who, what) = it.split_at_checked(at).filter(|it| !it.1.is_empty())?;
            if it.iter().any(|it| it.is_any(MODALS)) { None } else { Some([who, modal, what].concat()) }
        };
        one(rest.iter().map(put).collect())
    });
    // The subject is, with its verb or without.
    let subjects = [true, false].into_iter().filter_map(|with_verb| {
        let put = |it: &&[Word]| {
            let has_verb = it.first().is_some_and(|it| it.is_any(MODALS));
            if has_verb == with_verb {
                Some([subject, if has_verb { &[] } else { modal }, it].concat())
            } else {
                None
            }
        };
        one(rest.iter().map(put).collect())
    });
    // `starts_on is required, ends_on too`: what is said of one is said of the other.
    let put =
        |it: &&[Word]| (it.len() <= 3 && !it.iter().any(|it| it.is_any(MODALS))).then(|| [it, said].concat());
    let others = one(rest.iter().map(put).collect());
    subjects.chain(middle).chain(others).collect()
}

/// `of tasks` at the end.
fn table_at_end<'w>(design: &Design, words: &'w [Word]) -> Option<&'w [Word]> {
    let at = words.iter().rposition(|it| it.is_any(ENDS))?;
    let of = words.get(at + 1..)?;
    let is_table = table(design, of).is_some() && (1..=4).contains(&of.len());
    (is_table && at > 0).then(|| words.get(at..)).flatten()
}

/// `student numbers, unique` as `add a student number, unique to students`: a noun that is said of a table, and more of it behind.
pub fn noun_of_table(design: &Design, request: &[Word]) -> Option<Vec<Word>> {
    let at = request.iter().position(|it| it.is_any(&[",", ":", "("]))?;
    let (noun, rest) = request.split_at(at);
    let noun = bare(noun);
    let split = (1..noun.len())
        .find(|it| noun.get(..*it).is_some_and(|it| is_plain(it) && table(design, it).is_some()))?;
    let (of, own) = (noun.get(..split)?, noun.get(split..)?);
    let to = table(design, of)?;
    let is_told = rest.get(1..).is_some_and(|it| super::fields::tail(it).is_some()) || rest.first()?.is("(");
    if !is_told || own.len() > 2 || !is_plain(own) || column(to, own).is_some() {
        return None;
    }
    // A number alone tells nothing: it is the student number.
    let last = own.last().map(|it| crate::base::singular(&it.text))?;
    let is_bare =
        matches!(last.as_str(), "number" | "code" | "no" | "id" | "key" | "name" | "type") && own.len() == 1;
    let mut name = if is_bare { noun.to_vec() } else { own.to_vec() };
    name.pop();
    name.push(plain(&last));
    if is_bare && let Some(first) = name.first_mut() {
        *first = plain(&crate::base::singular(&first.text));
    }
    Some([&[plain("add")], name.as_slice(), rest, &[plain("to")], of].concat())
}

/// What is said behind a table and a colon, as requests in full: `add … to tasks`.
pub fn of_head(design: &Design, request: &[Word]) -> Vec<Vec<Word>> {
    let Some(at) = request.iter().position(|it| it.is(":")) else { return Vec::new() };
    let (Some(head), Some(rest)) = (request.get(..at), request.get(at + 1..)) else { return Vec::new() };
    let Some(of) = table(design, head) else { return Vec::new() };
    let begins = |it: &(usize, usize)| rest.get(it.1).is_some_and(|it| it.is_any(VERBS));
    let is_verb = rest.first().is_some_and(|it| it.is_any(VERBS)) || joints(rest).iter().any(begins);
    let is_there = (1..=3).any(|it| rest.get(..it).is_some_and(|it| called(of, it).is_some()));
    let is_said = rest.iter().any(|it| it.is_any(MODALS) || it.is("to"));
    if rest.is_empty() || is_verb || is_there || is_said {
        return Vec::new();
    }
    vec![[&[plain("add")], rest, &[plain("to")], head].concat()]
}

/// `cars belong to a category (name, daily rate)` as `create table category (…)` and what is said of it; `active to is_active (employee)`
/// with the table at its end.
fn told_behind(design: &Design, request: &[Word]) -> Vec<Vec<Vec<Word>>> {
    if let Some(found) = told_by_clause(design, request) {
        return vec![found];
    }
    let Some((close, before)) = request.split_last().filter(|it| it.0.is(")")) else { return Vec::new() };
    let Some(open) = before.iter().rposition(|it| it.is("(")).filter(|it| *it > 1) else { return Vec::new() };
    let (said, inside) = (request.get(..open).unwrap_or_default(), request.get(open + 1..request.len() - 1));
    let inside = inside.unwrap_or_default();
    // `a backup server (another server)` tells what it is one of.
    if let [other, of @ ..] = inside
        && other.is_any(&["another", "other", "a", "an"])
        && table(design, of).is_some()
    {
        return vec![vec![said.to_vec()]];
    }
    if table(design, inside).is_some() {
        return vec![vec![[said, &[plain("of")], inside].concat()]];
    }
    // `add a gender to patients (male, female)`: what is between parentheses is of what is added.
    if let (Some(first), Some(at)) =
        (said.first(), said.iter().rposition(|it| it.is_any(&["to", "on", "for", "of", "in"])))
        && first.is_any(&["add", "put"])
        && said.get(at + 1..).is_some_and(|it| table(design, it).is_some())
    {
        let (what, of) = said.split_at(at);
        let list = [&[plain("(")], inside, std::slice::from_ref(close)].concat();
        return vec![vec![[what, &list, of].concat()]];
    }
    let article = said.iter().rposition(|it| it.is_any(&["a", "an", "one"])).filter(|it| *it > 1);
    let Some(name) = article.and_then(|at| said.get(at + 1..)) else { return Vec::new() };
    let is_verb = said.first().is_some_and(|it| it.is_any(VERBS));
    if name.is_empty() || name.len() > 3 || is_verb || table(design, name).is_some() {
        return Vec::new();
    }
    let made = [&[plain("create"), plain("table")], name, &[plain("(")], inside, std::slice::from_ref(close)]
        .concat();
    vec![vec![made, said.to_vec()]]
}

/// `teachers belong to departments, which have a name and a budget`: the same, told by a clause.
fn told_by_clause(design: &Design, request: &[Word]) -> Option<Vec<Vec<Word>>> {
    let at = request.windows(2).position(|it| {
        matches!(it, [which, have] if which.is_any(&["which", "that", "who"]) && have.is_any(&["has", "have"]))
    })?;
    let (said, inside) = (request.get(..at)?, request.get(at + 2..)?);
    let said = said.strip_suffix(&[plain(",")]).unwrap_or(said);
    let start = said.iter().rposition(|it| it.is_any(&["to", "a", "an", "in", "of", "several", "many"]))?;
    let name = said.get(start + 1..).filter(|it| (1..=3).contains(&it.len()))?;
    let is_verb = said.first().is_some_and(|it| it.is_any(VERBS));
    if is_verb || table(design, name).is_some() || fields(design, inside).is_none() {
        return None;
    }
    let open = [plain("create"), plain("table")];
    let made = [&open, name, &[plain("(")], inside, &[plain(")")]].concat();
    Some(vec![made, said.to_vec()])
}

/// Whether words are one of those that a slot is of: `only once`, `more than once`, `must have`.
pub fn is_said(slot: &str, words: &[Word]) -> bool {
    let all: &[&str] = match slot {
        "once" => &["once", "only once", "at most once", "just once", "one time"],
        "together" => &["together", "in combination", "as a pair", "combination", "constraint", "rule"],
        "may" => &["can", "may", "could", "might"],
        "again" => &["twice", "again", "more than once", "two times", "several times"],
        _ => &["must have", "must always have", "requires", "require", "must get"],
    };
    all.contains(&read(words).as_str())
}

/// Whether words list columns of which more is told than a name, so that they ask for them without a verb: `priority (low, high)`.
pub fn is_signed(design: &Design, words: &[Word]) -> bool {
    let head = words.iter().position(|it| it.is(":")).and_then(|at| words.get(..at));
    let is_said = words.iter().any(|it| it.is_any(MODALS) || it.is("not"));
    !is_said
        && head.is_none_or(|it| table(design, it).is_none())
        && fields(design, words).is_some_and(|it| it.iter().all(Field::is_told))
}

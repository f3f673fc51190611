//! Sentences that allow, restrict or forbid: "Admins may do everything, a member may only see their own orders".

use super::clause::{Unsaid, grants};
use super::world::{Who, Word, World};
use super::{Found, Manner};
use crate::base::{Clip, one_of, singular, without_end};
use crate::brief::sentences::Sentence;

/// A verb that allows, with its words: "are allowed to" has three.
fn modal(words: &[Word], at: usize) -> Option<(usize, bool)> {
    let word = |at: usize| words.get(at).map_or("", |it| it.text.as_str());
    let no = |at: usize| one_of(word(at), "not never");
    match word(at) {
        "may" | "can" | "must" | "shall" | "should" => {
            let denied = no(at + 1);
            let only_denied = one_of(word(at), "must shall should");
            (!only_denied || denied).then_some((1 + usize::from(denied), denied))
        }
        "cannot" | "can't" | "mustn't" => Some((1, true)),
        "is" | "are" => {
            let denied = no(at + 1);
            let next = at + 1 + usize::from(denied);
            let allows = one_of(word(next), "allowed able permitted entitled") && word(next + 1) == "to";
            allows.then_some((2 + next - at, denied))
        }
        "has" | "have" if one_of(word(at + 1), "full read write") && word(at + 2) == "access" => {
            Some((1, false))
        }
        _ => None,
    }
}

/// Reads one sentence. A `loose` one stands outside any section about access and must restrict something to count.
pub(super) fn read(found: &mut Found, world: &World, sentence: &Sentence, loose: bool) {
    let all = &sentence.words;
    let says = |list: &[&str]| all.iter().any(|it| list.contains(&it.token.word.as_str()));
    let restricts = || {
        says(&["own", "only", "everything", "anything", "cannot", "never", "nobody", "allowed", "permitted"])
            || (1..all.len()).any(|at| sentence.says(at, "not") && sentence.says(at - 1, "may can"))
    };
    if loose && (!restricts() || says(&["one", "two", "three", "at", "several", "once"])) {
        return;
    }
    let words: Vec<Word> =
        all.iter().map(|it| Word { text: it.token.word.clone(), span: it.token.span }).collect();
    let modals: Vec<(usize, usize, bool)> = (0..words.len())
        .filter_map(|at| modal(&words, at).map(|(count, denied)| (at, count, denied)))
        .collect();
    let mut who: Vec<Who> = Vec::new();
    let mut exclusive = false;
    let mut from = 0;
    for (nth, (at, count, denied)) in modals.iter().enumerate() {
        let before = words.clip(from..*at);
        let subject_at = subject_start(world, before);
        let subject = before.clip(subject_at..);
        let (named, only) = people(world, subject);
        if !named.is_empty() {
            (who, exclusive) = (named, only);
        } else if nth == 0 {
            return;
        }
        // The clause goes on until the subject of the next one.
        let next = modals.get(nth + 1).map_or(words.len(), |(next, _, _)| {
            let between = words.clip(at + count..*next);
            at + count + subject_start(world, between)
        });
        from = at + count;
        let clause = words.clip(from..next);
        let nobody = who.contains(&Who::Nobody);
        let manner = match (*denied || nobody, exclusive) {
            (true, _) => Manner::Forbidden,
            (false, true) => Manner::Exclusive,
            (false, false) => Manner::Allowed,
        };
        for it in &who {
            let (role, signed_in) = match it {
                Who::Everybody | Who::Nobody => (None, false),
                Who::SignedIn => (None, true),
                Who::Role(role) => (Some(role.as_str()), false),
            };
            let unsaid = Unsaid { thing: None, person: world.person(role) };
            let granted = grants(found, world, clause, unsaid);
            found.allow(role, signed_in, granted, manner, sentence.span);
        }
    }
}

/// Where the words begin that name who the next verb speaks of: "admins and editors", "a member", behind the last sign.
fn subject_start(world: &World, words: &[Word]) -> usize {
    let is_sign = |it: &Word| one_of(it.text.as_str(), ", ; and or but : while whereas . &");
    let names = |piece: &[Word]| {
        let texts: Vec<&str> = piece.iter().map(|it| it.text.as_str()).collect();
        world.who(without_lead(&texts)).is_some()
    };
    let (mut start, mut end) = (words.len(), words.len());
    loop {
        let before = words.clip(..end);
        let sign = before.iter().rposition(is_sign);
        let from = sign.map_or(0, |at| at + 1);
        let piece = before.clip(from..);
        if piece.is_empty() && start == words.len() {
            return start;
        }
        if !piece.is_empty() {
            let whole = names(piece).then_some(from);
            let last = || {
                (1..=3)
                    .rev()
                    .filter(|_| start == words.len())
                    .map(|it| end.saturating_sub(it))
                    .find(|it| *it >= from && names(before.clip(*it..)))
            };
            match whole.or_else(last) {
                Some(at) => start = at,
                None => return start,
            }
        }
        match sign {
            Some(at) if before.get(at).is_some_and(|it| one_of(it.text.as_str(), ", and or &")) => {
                end = at;
            }
            _ => return start,
        }
    }
}

/// Without "only", "nobody but", "no one except".
fn without_lead<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    match words {
        ["only", rest @ ..]
        | ["nobody" | "none", "but" | "except", rest @ ..]
        | ["no", "one", "but" | "except", rest @ ..] => rest,
        other => other,
    }
}

/// Who a subject names, and whether nobody else is meant.
fn people(world: &World, words: &[Word]) -> (Vec<Who>, bool) {
    let texts: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
    let bare = without_lead(&texts);
    let only = bare.len() < texts.len();
    let pieces = bare.split(|it| one_of(it, ", and or & ;"));
    let named: Vec<Who> = pieces.filter(|it| !it.is_empty()).filter_map(|it| world.who(it)).collect();
    (named, only)
}

/// Whose rows are told to be its own: "Each practice only sees its own patients", "staff may only access data of their own
/// clinic", "every company has its own isolated data".
pub(super) fn on_its_own(world: &World, sentence: &Sentence) -> Option<String> {
    const DATA: &[&str] = &["data", "records", "rows", "everything", "information"];
    const SEES: &[&str] = &["see", "sees", "access", "accesses", "view", "views", "read", "reads"];
    const BEFORE: &[&str] = &["only", "may", "can", "must", "should", "shall"];
    let words: Vec<&str> = sentence.words.iter().map(|it| it.token.word.as_str()).collect();
    let says = |list: &[&str]| words.iter().any(|it| list.contains(it));
    let holder = |at: usize| {
        let name = singular(without_end(words.get(at)?, "'s"));
        (world.is_container(&name) || world.is_holder(&name)).then_some(name)
    };
    let own = words.iter().position(|it| *it == "own")?;
    if says(&["isolated", "segregated", "separate", "separated"]) && says(DATA) && !says(&["not", "no"]) {
        return (0..own).find_map(holder);
    }
    if !says(&["only", "solely", "exclusively"]) || !says(SEES) {
        return None;
    }
    // Of whom the sentence speaks are those who see, or those of whom there is data.
    let verb = words.iter().position(|it| BEFORE.contains(it) || SEES.contains(it))?;
    match holder(own + 1) {
        Some(named) => {
            Some(named).filter(|_| words.get(..own).is_some_and(|it| it.iter().any(|it| DATA.contains(it))))
        }
        None => holder(verb.checked_sub(1)?),
    }
}

/// The thing whose members never see what belongs to another of the kind: "Companies never see each other's data".
pub(super) fn isolated(world: &World, sentence: &Sentence) -> Option<String> {
    let words: Vec<&str> = sentence.words.iter().map(|it| it.token.word.as_str()).collect();
    let says = |list: &[&str]| words.iter().any(|it| list.contains(it));
    let denies = says(&[
        "never",
        "not",
        "cannot",
        "no",
        "nobody",
        "can't",
        "isolated",
        "separate",
        "separated",
        "without",
    ]);
    let shows = says(&[
        "see",
        "sees",
        "visible",
        "access",
        "data",
        "view",
        "read",
        "isolated",
        "separate",
        "separated",
        "shared",
    ]);
    if !denies || !shows {
        return None;
    }
    let other = words.iter().enumerate().any(|(at, it)| {
        one_of(it, "other another other's others") && {
            let next = words.get(at + 1).map(|it| singular(without_end(it, "'s")));
            let each = at > 0 && words.get(at - 1) == Some(&"each");
            each || next.is_some_and(|it| world.is_container(&it))
        }
    });
    let named = words.iter().map(|it| singular(without_end(it, "'s"))).find(|it| world.is_container(it));
    named.filter(|_| other)
}

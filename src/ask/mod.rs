//! Changes asked for in words, without a language model: `add a due date to tasks`, `make tags and tasks many-to-many`.
//!
//! ```text
//! text ─▶ requests (words) ─▶ the first pattern whose slots mean something in this design ─▶ edits ─▶ a proposal
//! ```
//! What can be asked is data (`patterns.txt`, `features.txt`); what an act does is one function each, built on the edits that
//! panels use as well. What is not understood is said, with the nearest that can be done.

mod act;
mod apart;
mod bounds;
mod carried;
mod choices;
mod conditions;
mod deeds;
mod elided;
mod facts;
mod features;
mod fields;
mod fresh;
mod groups;
mod habits;
mod manners;
mod moments;
mod moving;
mod names;
mod nouns;
mod offers;
mod otherwise;
mod overlaps;
mod pattern;
mod relate;
mod removal;
mod renaming;
mod restructure;
mod roles;
mod rules;
mod sets;
mod shared;
mod sizes;
mod states;
mod switches;
#[cfg(test)]
mod tests;
mod words;

use std::fmt;

use crate::design::{Design, Edit, Part, Proposal, Refused, Rows, convention, operation};
use offers::offers;
use pattern::{Bound, patterns};
use words::Word;

/// The reason of a part that does what the request says and no more.
const ASKED: &str = "It was asked for.";

/// Why a request leads to no proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// No pattern is like it.
    NotUnderstood {
        /// The request.
        request: String,
        /// Ways to say something like it.
        nearest: Vec<String>,
    },
    /// It speaks of a table that is not there.
    NoTable {
        /// The words.
        words: String,
        /// A table that may be meant.
        nearest: Option<String>,
    },
    /// It speaks of a column that is not there.
    NoColumn {
        /// The words.
        words: String,
        /// The table.
        table: String,
        /// A column that may be meant.
        nearest: Option<String>,
    },
    /// There is something of that name.
    Taken {
        /// The name.
        name: String,
    },
    /// It is so already.
    AlreadySo {
        /// What.
        what: String,
    },
    /// It cannot be done.
    Impossible {
        /// Why.
        why: String,
    },
}

impl fmt::Display for NotDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |nearest: &Option<String>| {
            nearest.as_ref().map_or_else(String::new, |it| format!("; is `{it}` meant?"))
        };
        match self {
            Self::NotUnderstood { request, nearest } => {
                write!(f, "`{request}` is not understood")?;
                if !nearest.is_empty() {
                    write!(f, "; what can be done: {}", nearest.join("; "))?;
                }
                Ok(())
            }
            Self::NoTable { words, nearest } => write!(f, "there is no table `{words}`{}", or(nearest)),
            Self::NoColumn { words, table, nearest } => {
                write!(f, "`{table}` has no column `{words}`{}", or(nearest))
            }
            Self::Taken { name } => write!(f, "there is a `{name}` already"),
            Self::AlreadySo { what } => write!(f, "{what} already"),
            Self::Impossible { why } => f.write_str(why),
        }
    }
}

impl std::error::Error for NotDone {}

impl From<Refused> for NotDone {
    fn from(refused: Refused) -> Self {
        Self::Impossible { why: refused.to_string() }
    }
}

impl From<operation::CannotChange> for NotDone {
    fn from(it: operation::CannotChange) -> Self {
        Self::Impossible { why: it.to_string() }
    }
}

impl From<operation::CannotConnect> for NotDone {
    fn from(it: operation::CannotConnect) -> Self {
        Self::Impossible { why: it.to_string() }
    }
}

/// What a text asks of a design, as a proposal of a part for each act. Nothing of it is done where one of its requests
/// cannot be.
///
/// # Errors
/// The first request that cannot be done, with why or with the nearest that can.
pub fn ask(design: &Design, text: &str) -> Result<Proposal, NotDone> {
    if let Some(told) = sizes::sizes(design, text) {
        return told;
    }
    let asking = asked(design, text)?;
    let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Proposal { title, parts: asking.parts })
}

/// The design with what a text asks done to it.
fn asked(design: &Design, text: &str) -> Result<Asking, NotDone> {
    let requests = words::requests(text);
    let mut asking = Asking {
        after: design.clone(),
        parts: Vec::new(),
        spoken: elided::Spoken::default(),
        #[cfg(test)]
        kinds: Vec::new(),
    };
    if requests.is_empty() {
        return Err(NotDone::NotUnderstood { request: text.trim().to_owned(), nearest: offers(design, &[]) });
    }
    for (at, request) in requests.iter().enumerate() {
        // `what about pets? …` names what the next sentence is of.
        if requests.get(at + 1).is_some_and(|next| otherwise::is_heading(request, next)) {
            continue;
        }
        if !asking.parts.is_empty() && otherwise::is_reason(request) {
            asking.told(asking.parts.len() - 1, &names::read(request));
            continue;
        }
        asking.request(request).map_err(|it| match it {
            // As it was said, not as it was read.
            NotDone::NotUnderstood { nearest, .. } if requests.len() == 1 => {
                NotDone::NotUnderstood { request: text.trim().to_owned(), nearest }
            }
            // Sentences that begin with what is not there tell of something, rather than ask for it.
            NotDone::NoTable { nearest: None, .. } if requests.len() > 1 && asking.parts.is_empty() => {
                NotDone::NotUnderstood { request: text.trim().to_owned(), nearest: offers(design, request) }
            }
            other => other,
        })?;
    }
    Ok(asking)
}

/// The design so far, and the parts that led there.
#[derive(Clone)]
struct Asking {
    after: Design,
    parts: Vec<Part>,
    /// What was spoken of last, and may be meant by `it`.
    spoken: elided::Spoken,
    /// The kinds of pattern that answered, for tests to count.
    #[cfg(test)]
    kinds: Vec<&'static str>,
}

impl Asking {
    /// Does what one request asks: as it was said, or else in another way that may be meant.
    fn request(&mut self, request: &[Word]) -> Result<(), NotDone> {
        let problem = match self.said(request) {
            Err(it) if !matches!(it, NotDone::AlreadySo { .. } | NotDone::Taken { .. }) => it,
            done => return done,
        };
        let from = self.parts.len();
        for meant in otherwise::meant(&self.after, request) {
            let mut trial = self.clone();
            if trial.said(&meant.words).is_ok() && trial.parts.len() > from {
                trial.told(from, &meant.told);
                *self = trial;
                return Ok(());
            }
        }
        Err(problem)
    }

    /// Adds to the reason of a part what was said beside it.
    fn told(&mut self, at: usize, told: &str) {
        if let Some(part) = self.parts.get_mut(at).filter(|_| !told.is_empty()) {
            part.reason = format!("{} ({told})", part.reason.trim_end_matches('.')) + ".";
        }
    }

    /// What one request says: as it stands, with what it leaves out, or as several.
    fn said(&mut self, request: &[Word]) -> Result<(), NotDone> {
        let problem = match self.single(request) {
            Ok(()) => return Ok(()),
            // What was just made may be as it is asked to be.
            Err(NotDone::AlreadySo { .. }) if !self.parts.is_empty() => return Ok(()),
            Err(problem) => problem,
        };
        if let Some(done) = self.sharing(request, false) {
            return done;
        }
        // What comes first was understood, so that the rest is to be told of.
        let later = match self.in_turn(request) {
            Some(Ok(())) => return Ok(()),
            Some(Err(later)) => later,
            None => problem,
        };
        self.sharing(request, true).unwrap_or(Err(later))
    }

    fn single(&mut self, request: &[Word]) -> Result<(), NotDone> {
        let mut problem = match self.as_it_stands(request) {
            Ok(()) => return Ok(()),
            Err(problem) => problem,
        };
        for words in elided::completed(&self.after, &self.spoken, request) {
            match self.as_it_stands(&words) {
                Ok(()) => return Ok(()),
                Err(it @ NotDone::AlreadySo { .. }) if matches!(problem, NotDone::NotUnderstood { .. }) => {
                    problem = it;
                    // What is so needs no other reading.
                    break;
                }
                Err(_) => {}
            }
        }
        if matches!(problem, NotDone::AlreadySo { .. }) {
            return Err(problem);
        }
        let is_told =
            matches!(problem, NotDone::Impossible { .. } | NotDone::AlreadySo { .. } | NotDone::Taken { .. });
        match self.of_one_table(request) {
            // What is in the way of the request as it stands goes before what is in that of another reading.
            Some(Err(_)) if is_told => Err(problem),
            Some(done) => done,
            None => Err(problem),
        }
    }

    /// Without a table: the only one that it can be of.
    fn of_one_table(&mut self, request: &[Word]) -> Option<Result<(), NotDone>> {
        let mut found: Vec<(String, Self)> = Vec::new();
        let mut problems: Vec<(String, NotDone)> = Vec::new();
        for (table, words) in elided::of_tables(&self.after, request) {
            if found.last().is_some_and(|it| it.0 == table) {
                continue;
            }
            let mut trial = self.clone();
            match trial.as_it_stands(&words) {
                Ok(()) => found.push((table, trial)),
                Err(it @ (NotDone::AlreadySo { .. } | NotDone::Impossible { .. })) => {
                    if problems.last().is_none_or(|it| it.0 != table) {
                        problems.push((table, it));
                    }
                }
                Err(_) => {}
            }
        }
        // Where it can be of one table alone, what is in the way there is worth telling.
        if let ([], [_]) = (found.as_slice(), problems.as_slice()) {
            return problems.pop().map(|it| Err(it.1));
        }
        if found.len() > 1 {
            let names: Vec<String> = found.iter().take(4).map(|it| format!("`{}`", it.0)).collect();
            let why = format!("it may be of {}: name the table", names.join(", "));
            return Some(Err(NotDone::Impossible { why }));
        }
        *self = found.pop()?.1;
        Some(Ok(()))
    }

    /// Several requests that share what is said once; nothing where one of them is not understood.
    fn sharing(&mut self, request: &[Word], has_verbs: bool) -> Option<Result<(), NotDone>> {
        let from = self.parts.len();
        let (mut so, mut partly) = (None, None);
        for wishes in shared::apart(&self.after, request, has_verbs) {
            let mut trial = self.clone();
            let mut already = None;
            let is_fine = wishes.iter().all(|it| match trial.single(it) {
                Ok(()) => true,
                Err(it @ NotDone::AlreadySo { .. }) => {
                    already = Some(it);
                    true
                }
                Err(_) => false,
            });
            if is_fine && trial.parts.len() > from {
                if already.is_none() {
                    *self = trial;
                    return Some(Ok(()));
                }
                // Where something is so already it may have been read in a wrong way.
                partly = partly.or(Some(trial));
            } else {
                so = so.or(already.filter(|_| is_fine));
            }
        }
        if let Some(trial) = partly {
            *self = trial;
            return Some(Ok(()));
        }
        so.map(Err)
    }

    /// Several requests in one sentence, each after the other; nothing where the sentence is not of several.
    fn in_turn(&mut self, request: &[Word]) -> Option<Result<(), NotDone>> {
        let mut later = None;
        for (first, rest) in elided::apart(&self.after, request) {
            let mut trial = self.clone();
            let is_more = || elided::is_of_spoken(rest) && first.len() < 24;
            if trial.single(first).is_err()
                && !matches!(trial.sharing(first, false), Some(Ok(())))
                && !(is_more() && matches!(trial.in_turn(first), Some(Ok(()))))
            {
                continue;
            }
            let is_of_spoken = elided::adds_to_spoken(rest)
                && elided::completed(&trial.after, &trial.spoken, rest)
                    .iter()
                    .any(|it| trial.as_it_stands(it).is_ok());
            match if is_of_spoken { Ok(()) } else { trial.request(rest) } {
                Ok(()) => {
                    *self = trial;
                    return Some(Ok(()));
                }
                Err(problem) => later = later.or(Some(Err(problem))),
            }
        }
        later
    }

    fn as_it_stands(&mut self, request: &[Word]) -> Result<(), NotDone> {
        // Of the ways in which a request can be read the first that can be done is meant; otherwise the first that was tried
        // tells what is missing.
        let mut missing: Option<NotDone> = None;
        let mut done: Option<Self> = None;
        let mut kind: Option<&'static str> = None;
        for pattern in patterns() {
            let design = &self.after;
            let fits = |slot: &str, words: &[Word]| act::fits(design, slot, words);
            let mut takes = |bound: &[Bound<'_>]| {
                let mut trial = self.clone();
                match act::act(&mut trial, pattern.kind, bound) {
                    Ok(()) if trial.parts.len() == self.parts.len() => {
                        missing.get_or_insert(NotDone::AlreadySo { what: "it is so".to_owned() });
                        false
                    }
                    Ok(()) => {
                        #[cfg(test)]
                        trial.kinds.push(pattern.kind);
                        done = Some(trial);
                        kind = Some(pattern.kind);
                        true
                    }
                    Err(it) => {
                        // That a column is not there may only be of how it was read.
                        let is_better =
                            matches!(it, NotDone::AlreadySo { .. }) || pattern.kind == "add_needed";
                        match &missing {
                            Some(NotDone::NoColumn { .. }) if is_better => missing = Some(it),
                            Some(_) => {}
                            None => missing = Some(it),
                        }
                        false
                    }
                }
            };
            if pattern.matches(request, &fits, &mut takes) {
                break;
            }
        }
        match done {
            Some(done) => {
                let before = self.parts.len();
                *self = done;
                let spoken = elided::Spoken::of(self.parts.get(before..).unwrap_or_default());
                // `one of them is the default` is said beside what it is of.
                if kind != Some("one_of_them") {
                    self.spoken = spoken;
                }
                Ok(())
            }
            None => Err(missing.or_else(|| unknown_table(&self.after, request)).unwrap_or_else(|| {
                NotDone::NotUnderstood {
                    request: names::read(request),
                    nearest: offers(&self.after, request),
                }
            })),
        }
    }

    /// Adds a part; what an edit changes is a person's from now on.
    fn part(&mut self, title: impl Into<String>, reason: &str, edit: Edit) -> Result<(), NotDone> {
        self.untouched_part(title, reason, convention::touched(edit))
    }

    /// The same of what conventions do.
    fn untouched_part(&mut self, title: impl Into<String>, reason: &str, edit: Edit) -> Result<(), NotDone> {
        let title = title.into();
        if edit.is_empty() {
            return Err(NotDone::AlreadySo { what: title });
        }
        let edit = operation::followed(&self.after, edit);
        if let Some(what) = edit.changes_given(&self.after) {
            return Err(Refused::Given { what }.into());
        }
        self.after.apply(&edit)?;
        let needs = self.parts.len().checked_sub(1).into_iter().collect();
        self.parts.push(Part { title, reason: reason.to_owned(), needs, edit, ..Part::default() });
        Ok(())
    }
}

impl Asking {
    /// Tells what becomes of rows with the parts from this one on.
    fn carry(&mut self, from: usize, rows: Rows) {
        if let Some(part) = self.parts.get_mut(from) {
            part.rows = std::mem::take(&mut part.rows).then(rows);
        }
    }
}

/// Where a request is like a pattern but for a table that is not there: which.
fn unknown_table(design: &Design, request: &[Word]) -> Option<NotDone> {
    let mut unknown: Option<String> = None;
    for pattern in patterns()
        .iter()
        .filter(|it| !matches!(it.kind, "labels" | "part" | "add_table" | "can_be_act" | "add_plain"))
    {
        let is_short = |words: &[Word]| fresh::is_name(words) && names::bare(words).len() <= 2;
        let fits = |slot: &str, words: &[Word]| match slot {
            "table" | "tables" => act::fits(design, slot, words) || is_short(words),
            _ => act::fits(design, slot, words),
        };
        pattern.matches(request, &fits, &mut |bound| {
            let of_table = bound.iter().filter(|it| matches!(it.slot, "table" | "tables"));
            let missing = of_table.into_iter().find(|it| !act::fits(design, it.slot, it.words));
            unknown = missing.map(|it| names::name(it.words));
            unknown.is_some()
        });
        if unknown.is_some() {
            break;
        }
    }
    let words = unknown?;
    let nearest = names::nearest(&words, design.tables().map(|it| it.name.as_str())).map(str::to_owned);
    Some(NotDone::NoTable { words, nearest })
}

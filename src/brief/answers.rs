//! An answer in words to a question that a brief left open: "yes, campaigns as well".

use super::reading::{Question, QuestionSubject, Reading};
use super::revise::answered;
use super::{Choices, read};
use crate::base::lower;
use crate::design::{Brief, Design, Part, Proposal, Refused};

/// What the words change where they answer a question that one of the design's briefs left open; none where they answer none,
/// or where they may answer several.
///
/// An answer by which everything stays as it is changes nothing; accepted, it is kept as a decision.
pub fn answer(design: &Design, words: &str) -> Option<Result<Proposal, Refused>> {
    let said = plain(words);
    let readings: Vec<(&Brief, Reading)> = design.briefs().map(|it| (it, read(&it.text))).collect();
    let asked = readings.iter().flat_map(|(brief, it)| it.questions.iter().map(move |of| (*brief, it, of)));
    let mut meant = asked.filter_map(|it| Some((it, option(it.2, &said)?)));
    let ((brief, reading, question), option) = meant.next()?;
    if meant.next().is_some() {
        return None;
    }
    let choices = Choices { answers: [(question.text.clone(), option)].into(), ..Choices::default() };
    Some(answered(design, brief, reading, &choices).map(|mut proposal| {
        question.parts().0.clone_into(&mut proposal.title);
        let told = question.options.get(option).cloned().unwrap_or_default();
        if proposal.parts.is_empty() {
            let title = "Leave everything as it is".to_owned();
            proposal.parts.push(Part { title, reason: told, ..Part::default() });
        }
        proposal
    }))
}

/// Whether somebody has decided on a question, with yes or no, or brought what it asks for.
pub fn settled(design: &Design, question: &Question) -> bool {
    let asked = question.parts().0;
    let is_brought = |name: &str| {
        let name = name.rsplit('.').next().unwrap_or(name);
        design.tables().any(|it| it.is_given() && it.name == name)
    };
    matches!(&question.subject, QuestionSubject::Existing(name) if is_brought(name))
        || design
            .decisions()
            .any(|it| it.title.strip_prefix(Proposal::NOT_DONE).unwrap_or(&it.title) == asked)
}

/// The questions that the briefs of a design leave open and nobody has decided on.
pub fn open_questions(design: &Design) -> Vec<Question> {
    let asked = design.briefs().flat_map(|it| read(&it.text).questions);
    asked.filter(|it| !settled(design, it)).collect()
}

/// The option that the words choose: by its own words, behind the question where others say the same, or by what would be added.
fn option(question: &Question, said: &str) -> Option<usize> {
    let of_this = said.strip_prefix(&plain(question.parts().0)).map(str::trim_start);
    let said = of_this.unwrap_or(said);
    let at = question.options.iter().position(|it| plain(it) == said);
    let QuestionSubject::Further(further) = &question.subject else { return at };
    // "No, not now" is said of many questions.
    if let Some(at) = at.filter(|it| *it > 0 || of_this.is_some()) {
        return Some(at);
    }
    let (before, after) = said.split_once(plain(&further.what).as_str())?;
    let (before, after) = (before.trim(), after.trim());
    let is_yes = matches!(before, "yes" | "yes also" | "also" | "" | "it should also cover");
    let is_no = matches!(before, "no" | "without" | "we have no" | "not" | "no it should not cover");
    match after {
        "as well" | "too" | "also" | "please" if is_yes => Some(1),
        "" if is_yes && !before.is_empty() => Some(1),
        "" | "not now" | "for now" if is_no => Some(0),
        _ => None,
    }
}

/// Words without signs, in lower case.
fn plain(text: &str) -> String {
    let words = text.split(|it: char| !(it.is_alphanumeric() || it == '-' || it == '\''));
    words.filter(|it| !it.is_empty()).map(lower).collect::<Vec<_>>().join(" ")
}

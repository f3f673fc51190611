//! Jobs of the conversation: what words or another brief ask of a design, and what a proposal would make of it.

use serde::{Deserialize, Serialize};

use super::{Answer, Packed};
use crate::ask::{NotDone, ask};
use crate::base::sentence;
use crate::brief::{self, further, revise};
use crate::design::{BriefId, Design, Proposal, Refused};
use crate::input::{self, File};
use crate::layout::in_contexts;
use crate::lint::unserved;
use crate::sql::refactor::take_as_given;
use crate::write::{
    DrawOptions, OpenQuestion, Theme, decisions_html, decisions_markdown, draw_changes, sql_changes,
};

/// What the conversation asks of the worker.
#[derive(Debug, Serialize, Deserialize)]
pub enum Talk {
    /// Proposes what words ask for.
    Ask {
        /// The design.
        design: Packed,
        /// The words.
        text: String,
    },
    /// Proposes what a further brief adds.
    Further {
        /// The design.
        design: Packed,
        /// Its text.
        text: String,
    },
    /// Proposes what the edited text of a brief changes.
    Revise {
        /// The design.
        design: Packed,
        /// Its brief.
        brief: BriefId,
    },
    /// The lines of SQL in which two states of a design differ.
    Sql {
        /// The one.
        before: Packed,
        /// The other.
        after: Packed,
    },
    /// A picture of the tables in which they differ, an SVG document; nothing when they differ in none.
    Picture {
        /// The one.
        before: Packed,
        /// The other.
        after: Packed,
        /// Light on dark.
        dark: bool,
    },
    /// Proposes areas for the tables that belong together.
    Contexts {
        /// The design.
        design: Packed,
    },
    /// Proposes to take a schema that is there already as given.
    Existing {
        /// The design.
        design: Packed,
        /// The file's name.
        name: String,
        /// The schema, in any format.
        text: String,
    },
    /// The decision document.
    Decisions {
        /// The design.
        design: Packed,
        /// As an HTML page, not as Markdown.
        html: bool,
    },
}

/// Does a job of the conversation.
pub(super) fn answer(job: Talk) -> Answer {
    match job {
        Talk::Ask { design, text } => asked(&design.unpack(), &text),
        Talk::Further { design, text } => {
            some(further(&design.unpack(), &text), "The text tells nothing new.")
        }
        Talk::Revise { design, brief } => {
            let design = design.unpack();
            let text = design.brief(brief).map(|it| it.text.clone()).unwrap_or_default();
            match revised(&design, brief, &text) {
                Ok(proposal) => some(proposal, "The text calls for no change."),
                Err(refused) => Answer::Failed(refused.to_string()),
            }
        }
        Talk::Sql { before, after } => Answer::Text(sql_changes(&before.unpack(), &after.unpack())),
        Talk::Picture { before, after, dark } => {
            let theme = if dark { Theme::Dark } else { Theme::Light };
            let options = DrawOptions { theme, transparent: true, ..DrawOptions::default() };
            Answer::Text(draw_changes(&before.unpack(), &after.unpack(), options).unwrap_or_default())
        }
        Talk::Contexts { design } => some(
            in_contexts(&design.unpack()),
            "No tables are left that belong together by their references.",
        ),
        Talk::Existing { design, name, text } => existing(&design.unpack(), name, text),
        Talk::Decisions { design, html } => Answer::Text(decision_document(&design.unpack(), html)),
    }
}

/// What the edited text of a brief changes, with how the stories stand afterwards: the first part says it.
///
/// # Errors
/// When what the text tells does not hold together with the design.
pub fn revised(design: &Design, brief: BriefId, text: &str) -> Result<Proposal, Refused> {
    let mut proposal = revise(design, brief, text)?;
    let mut after = design.clone();
    after.apply(&proposal.accept(design, &proposal.usual())?)?;
    let (count, open) = (after.stories().count(), unserved(&after));
    let told = match (count, open.is_empty()) {
        (0, _) => String::new(),
        (_, true) => format!(" With all of it every story finds what it speaks of ({count} looked at)."),
        (_, false) => {
            let open: Vec<String> = open.iter().map(|it| format!("{}: {}", it.actor, it.goal)).collect();
            format!(" With all of it these stories find nothing that they speak of: {}.", open.join("; "))
        }
    };
    if let Some(first) = proposal.parts.first_mut() {
        first.reason.push_str(&told);
    }
    Ok(proposal)
}

/// What was decided, with what the briefs of the design leave open; an HTML page or Markdown.
pub fn decision_document(design: &Design, html: bool) -> String {
    let questions: Vec<OpenQuestion> = brief::open_questions(design)
        .iter()
        .map(|it| {
            let (text, why) = it.parts();
            OpenQuestion { text: text.to_owned(), why: why.to_owned(), options: it.options.clone() }
        })
        .collect();
    if html { decisions_html(design, &questions) } else { decisions_markdown(design, &questions) }
}

fn asked(design: &Design, text: &str) -> Answer {
    match brief::answer(design, text) {
        Some(Ok(proposal)) => return Answer::proposal(proposal),
        Some(Err(refused)) => {
            return Answer::NotDone { why: sentence(&refused.to_string()), nearest: Vec::new() };
        }
        None => {}
    }
    match ask(design, text) {
        Ok(proposal) => Answer::proposal(proposal),
        Err(NotDone::NotUnderstood { request, nearest }) => {
            Answer::NotDone { why: format!("“{request}” is not understood."), nearest }
        }
        Err(other) => Answer::NotDone { why: sentence(&other.to_string()), nearest: Vec::new() },
    }
}

fn existing(design: &Design, name: String, text: String) -> Answer {
    match input::open(&[File { name, bytes: text.into_bytes() }]) {
        Ok(opened) if opened.design.tables().len() > 0 => match take_as_given(design, &opened.design) {
            Ok(proposal) => Answer::proposal(proposal),
            Err(refused) => Answer::Failed(refused.to_string()),
        },
        Ok(_) => Answer::Failed("there is no table in it".to_owned()),
        Err(reason) => Answer::Failed(reason.to_string()),
    }
}

fn some(proposal: Proposal, why: &str) -> Answer {
    if proposal.parts.is_empty() {
        Answer::NotDone { why: why.to_owned(), nearest: Vec::new() }
    } else {
        Answer::proposal(proposal)
    }
}

//! The messages themselves: what is asked, and what is answered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Critique, Packed, PackedProposal, Plan, Talk};
use crate::advise::Rationale;
use crate::base::Span;
use crate::brief::{Choices, Reading};
use crate::design::{BriefId, Comparison, Edit, Id, Proposal, Record, SnapshotId, TableId};
use crate::input::{Format, Note};
use crate::layout::Style;
use crate::read::Report;
use crate::share::Options;
use crate::sql::SheetOf;
use crate::write::Format as Target;

/// What a worker can be asked for.
#[derive(Debug, Serialize, Deserialize)]
pub enum Job {
    /// Reads files that are one input; their bytes come beside the message, in this order.
    Open {
        /// The files' names.
        names: Vec<String>,
    },
    /// Reads a brief.
    Read {
        /// Its text.
        text: String,
    },
    /// Proposes what a brief tells of that a design lacks.
    Propose {
        /// The design.
        design: Packed,
        /// Its brief.
        brief: BriefId,
        /// The brief's text.
        text: String,
        /// What is left out of it, and which questions were answered.
        choices: Choices,
        /// This entity alone, with what it cannot do without.
        only: Option<String>,
    },
    /// Places every table of a design.
    Arrange {
        /// The design.
        design: Packed,
        /// In which way.
        style: Style,
    },
    /// Finds ways for lines.
    Route {
        /// The lines, and what they go around, as [`numbers_of`](super::numbers_of) has them.
        lines: Vec<f64>,
    },
    /// Reads SQL whose tables are to be added to a design.
    Paste {
        /// The design.
        design: Packed,
        /// The SQL.
        sql: String,
    },
    /// Writes the design file.
    File {
        /// The design.
        design: Packed,
    },
    /// Writes a text for another tool.
    Export {
        /// The design.
        design: Packed,
        /// For which.
        format: Target,
    },
    /// Writes a link.
    Link {
        /// The design.
        design: Packed,
        /// What it goes without.
        options: Options,
    },
    /// Writes a link as a QR code, an SVG document.
    Code {
        /// The whole address.
        link: String,
    },
    /// Draws the diagram as an SVG document.
    Draw {
        /// The design.
        design: Packed,
        /// How.
        picture: Picture,
    },
    /// Draws a design in the size of a stamp, as an SVG path; its records as they are kept, a JSON array, come beside the message.
    Thumbnail,
    /// Proposes what one design has and another lacks.
    TakeOver {
        /// The one that takes over.
        ours: Packed,
        /// The other.
        theirs: Packed,
        /// What the proposal is called.
        title: String,
    },
    /// Proposes what somebody else changed in a design since it was sent.
    Merge {
        /// The design as it is here.
        ours: Packed,
        /// The links that were made of it.
        sent: Vec<String>,
        /// The design as it came back.
        theirs: Packed,
        /// What the proposal is called.
        title: String,
    },
    /// Runs the linter over a design, as its decisions set it up. The worker keeps the design with what was found.
    Lint {
        /// The design.
        design: Packed,
        /// Whether marks alone are asked for, not the report.
        #[serde(default)]
        marks: bool,
    },
    /// Brings what was found last up to date after edits.
    LintAgain {
        /// The number of the opened design that was edited, where none of it was looked at yet.
        #[serde(default)]
        opened: Option<u32>,
        /// The identities of what they changed, with what is there now.
        changed: Vec<(Id, Option<Record>)>,
        /// Whether marks alone are asked for, not the report.
        #[serde(default)]
        marks: bool,
    },
    /// Makes the fixes of findings.
    Fix {
        /// The design.
        design: Packed,
        /// Which, as JSON: [`super::Wanted`].
        wanted: String,
    },
    /// Keeps a decision about the critic in a design.
    Judge {
        /// The design.
        design: Packed,
        /// The decision, as JSON: [`crate::lint::Judgement`].
        judgement: String,
    },
    /// Gives the page of a rule, as Markdown.
    Rule {
        /// Its code.
        code: String,
    },
    /// Reads an edited SQL text of a design.
    Draft {
        /// The design.
        design: Packed,
        /// The text.
        text: String,
    },
    /// Writes a design as DBML, with the place of each thing.
    Dbml {
        /// The design.
        design: Packed,
    },
    /// Reads an edited DBML text of a design.
    DraftDbml {
        /// The design.
        design: Packed,
        /// The text.
        text: String,
    },
    /// Shows a table as a sheet, filled in anew where lines are given.
    Sheet {
        /// The design.
        design: Packed,
        /// Its table.
        table: TableId,
        /// What a line is.
        of: SheetOf,
        /// The lines as JSON, as the sheet has them.
        lines: Option<String>,
    },
    /// Lists the types that a column can have.
    Types {
        /// The design.
        design: Packed,
    },
    /// Tells whether a text is an expression, as one is typed.
    Expression {
        /// The text.
        text: String,
    },
    /// Puts SQL in the place of what makes one thing, adds it, or takes the thing out.
    Part {
        /// The design.
        design: Packed,
        /// The thing; none adds another.
        id: Option<Id>,
        /// Its SQL; none takes it out.
        sql: String,
    },
    /// Keeps the design as a version, or makes it as it was in one.
    Version {
        /// The design.
        design: Packed,
        /// Which of the two.
        step: Step,
    },
    /// Compares two versions of a design; none is the design as it is.
    Compare {
        /// The design.
        design: Packed,
        /// The older one.
        from: Option<SnapshotId>,
        /// The newer one.
        to: Option<SnapshotId>,
    },
    /// Tells what each part of a proposal changes.
    Changes {
        /// The design.
        design: Packed,
        /// The proposal.
        proposal: PackedProposal,
    },
    /// Tells what the chosen parts of a proposal mean for a database that has the design.
    Plan {
        /// The design.
        design: Packed,
        /// The proposal.
        proposal: PackedProposal,
        /// The places of its parts.
        chosen: BTreeSet<usize>,
    },
    /// Tells why a table is as it is, what holds its rules, and how it is asked.
    Advise {
        /// The design.
        design: Packed,
        /// The table.
        table: TableId,
    },
    /// Does its part in the conversation.
    Talk(Talk),
    /// A question about the language model; its bytes come beside the message.
    Model {
        /// The design, where the question needs it.
        design: Option<Packed>,
        /// The question as JSON.
        ask: String,
    },
    /// Loads what the first reading needs.
    WarmUp,
}

/// What it answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// Files were read.
    Opened(Opened),
    /// A brief was read.
    Read(Box<Reading>),
    /// Where each card stands: left and top.
    Arranged(Vec<(f64, f64)>),
    /// The ways, as [`routes_of`](super::routes_of) reads them.
    Routed(Vec<(f64, f64)>),
    /// A link's fragment, an SVG document or a design file.
    Text(String),
    /// A proposal for the design that was given.
    Proposed(PackedProposal),
    /// What the linter found.
    Linted(Critique),
    /// What an edited text changes, and what there is to know of it.
    Drafted(Edit, Draft),
    /// What differs.
    Compared(Comparison),
    /// What each part changes, in words.
    Changes(Vec<Vec<String>>),
    /// A migration.
    Planned(Plan),
    /// What is told of a table.
    Advised(Rationale),
    /// What was asked for leads to no proposal.
    NotDone {
        /// Why, in a sentence.
        why: String,
        /// Ways to ask for something like it.
        nearest: Vec<String>,
    },
    /// Done, and nothing to tell.
    Done,
    /// It could not be done, and why.
    Failed(String),
}

impl Answer {
    pub(super) fn proposal(proposal: Proposal) -> Self {
        Self::Proposed(PackedProposal::of(proposal))
    }
}

/// How a picture is to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Picture {
    /// Light on dark.
    pub dark: bool,
    /// Without a ground.
    pub transparent: bool,
    /// With the labels of relationships.
    pub labelled: bool,
    /// These tables alone; none is all.
    pub only: BTreeSet<TableId>,
}

/// A step into or out of the history.
#[derive(Debug, Serialize, Deserialize)]
pub enum Step {
    /// Keeps the design as it is.
    Keep {
        /// The version's name.
        name: String,
        /// When, in milliseconds since 1970.
        at: u64,
    },
    /// Makes the design as it was.
    Back {
        /// In this version.
        id: SnapshotId,
    },
}

/// What there is to know of an edited SQL text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What is in error, in words, in order of place.
    pub problems: Vec<(Span, String)>,
    /// Where things are made, in order of place.
    pub places: Vec<(Span, Id)>,
    /// The design's own text after the edit, where the page does not write it itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub own: String,
}

/// What was read from files; the design itself goes beside the answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    /// What the files were.
    pub format: Format,
    /// What became of their statements, where they have any.
    pub report: Option<Report>,
    /// What there is to know, in order of place.
    pub notes: Vec<Note>,
    /// The first identity that the design never used.
    pub next_id: u32,
    /// The number under which the worker keeps it until it is looked at or another is opened.
    pub number: u32,
}

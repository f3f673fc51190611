//! What the page asks of its worker: messages, and the pure function that answers them.
//!
//! Designs go as their records, each in the JSON in which the page keeps it, so that the page's module reads and writes
//! records in one way only; the design file is the worker's.

mod critique;
mod exercise;
mod merge;
mod message;
mod packed;
mod plan;
mod reading;
mod talk;
mod ways;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::advise;
use crate::base::heap;
use crate::brief::{self, Reading};
use crate::design::{Change, Design, Edit, Part, Proposal, Record, Table, TableId, take_over};
use crate::input::{self, File};
use crate::layout::{diagram, thumbnail};
use crate::lint::{self, Judgement};
use crate::llm;
use crate::read::{self, Drafted, draft, draft_dbml, draft_part};
use crate::share;
use crate::sql::{self, Line, Sheet, SheetOf, ddl, refactor};
use crate::write::{Dbml, DbmlOptions, DrawOptions, Theme, dbml, draw, only};

pub use critique::{Critique, Desk, Marks, Splice, Spot, Wanted};
pub use exercise::{ROUNDS, exercise};
pub use message::{Answer, Draft, Job, Opened, Picture, Step};
pub use packed::{Packed, PackedProposal};
pub use plan::{Held, Plan, PlanStep, Waiting};
pub use reading::read as read_brief;
pub use talk::{Talk, decision_document, revised};
pub use ways::{numbers_of, routes_of};

/// Does a job. `desk` is what stays from one to the next; `bytes` are what came beside the message; beside the answer to [`Job::Open`] goes the design as the text of
/// each record: the page keeps these as they are. All but the tables' places are told to `early`, so that the page takes
/// them in while the places are being found.
pub fn answer(
    job: Job,
    bytes: Vec<Vec<u8>>,
    desk: &mut Desk,
    early: &mut dyn FnMut(Vec<String>),
) -> (Answer, Vec<String>) {
    let answer = match job {
        Job::Open { names } => return opened(names, bytes, desk, early),
        Job::Read { text } => Answer::Read(Box::new(reading::of(&text, Reading::clone))),
        Job::Propose { design, brief, text, choices, only } => {
            let design = design.unpack();
            let proposal = reading::of(&text, |it| {
                let chosen = it.chosen(&choices);
                let chosen = match only {
                    Some(entity) => Cow::Owned(chosen.only(&entity)),
                    None => chosen,
                };
                brief::propose(&design, &chosen, brief)
            });
            Answer::proposal(proposal)
        }
        Job::Arrange { design, style } => {
            let design = design.unpack();
            let corners = diagram::arranged_as(&design, &diagram::cards(&design), style);
            Answer::Arranged(corners.into_iter().map(|it| (it.x, it.y)).collect())
        }
        Job::Route { lines } => match ways::routing_of(&lines) {
            Some(routing) => Answer::Routed(ways::pairs_of(&routing.routes())),
            None => Answer::Failed("these are no lines".to_owned()),
        },
        Job::Paste { design, sql } => match pasted(&design.unpack(), &sql) {
            Some(proposal) => Answer::proposal(proposal),
            None => Answer::Failed("there is no table in it".to_owned()),
        },
        Job::File { design } => Answer::Text(design.unpack().to_json()),
        Job::Export { design, format } => Answer::Text(format.write(&design.unpack()).0),
        Job::Link { design, options } => match share::encode(&design.unpack(), &options) {
            Ok(link) => Answer::Text(link.fragment),
            Err(error) => Answer::Failed(error.to_string()),
        },
        Job::Code { link } => match share::qr(&link) {
            Some(svg) => Answer::Text(svg),
            None => Answer::Failed("the link is too long for a QR code".to_owned()),
        },
        Job::Draw { design, picture } => {
            let design = design.unpack();
            let theme = if picture.dark { Theme::Dark } else { Theme::Light };
            let options = DrawOptions { theme, transparent: picture.transparent, labelled: picture.labelled };
            let part = (!picture.only.is_empty()).then(|| only(&design, &picture.only));
            Answer::Text(draw(part.as_ref().unwrap_or(&design), options))
        }
        Job::Thumbnail => {
            match serde_json::from_slice::<Vec<Record>>(&bytes.concat()).map(Design::of_records) {
                Ok(Ok(design)) => Answer::Text(thumbnail(&design)),
                Ok(Err(refused)) => Answer::Failed(refused.to_string()),
                Err(error) => Answer::Failed(error.to_string()),
            }
        }
        Job::TakeOver { ours, theirs, title } => {
            Answer::proposal(take_over(&ours.unpack(), &theirs.unpack(), title))
        }
        Job::Merge { ours, sent, theirs, title } => {
            Answer::proposal(merge::merged(&ours.unpack(), &sent, &theirs.unpack(), title))
        }
        Job::Lint { design, marks } => Answer::Linted(desk.look(design.unpack(), marks)),
        Job::LintAgain { opened, changed, marks } => match desk.look_again(opened, changed, marks) {
            Some(found) => Answer::Linted(found),
            None => Answer::Failed("the design is not the one that was looked at".to_owned()),
        },
        Job::Fix { design, wanted } => {
            let wanted = serde_json::from_str::<Wanted>(&wanted).ok();
            match wanted.and_then(|it| critique::fixes(&design.unpack(), &it)) {
                Some(proposal) => Answer::proposal(proposal),
                None => Answer::Failed("it does not fit the design any more".to_owned()),
            }
        }
        Job::Judge { design, judgement } => judged(&design.unpack(), &judgement),
        Job::Rule { code } => match lint::page(&code) {
            Some(page) => Answer::Text(page),
            None => Answer::Failed(format!("no rule is called `{code}`")),
        },
        Job::Draft { design, text } => drafted(draft(&design.unpack(), &text)),
        Job::Dbml { design } => {
            let written = own_dbml(&design.unpack());
            Answer::Drafted(
                Edit::default(),
                Draft { places: written.map, own: written.text, ..Draft::default() },
            )
        }
        Job::DraftDbml { design, text } => {
            let mut design = design.unpack();
            let own = own_dbml(&design);
            let it = draft_dbml(&design, &own.text, &own.map, &text);
            let answer = drafted(it);
            match answer {
                Answer::Drafted(edit, draft) => {
                    // An edit that the design refuses is refused by the page as well, and told there.
                    let _ = design.apply(&edit);
                    Answer::Drafted(edit, Draft { own: own_dbml(&design).text, ..draft })
                }
                other => other,
            }
        }
        Job::Sheet { design, table, of, lines } => filled(design.unpack(), table, of, lines.as_deref()),
        Job::Types { design } => Answer::Text(json(&sql::types(&design.unpack()))),
        Job::Expression { text } => Answer::Text(read::expression_problem(&text).unwrap_or_default()),
        Job::Part { design, id, sql } => drafted(draft_part(&design.unpack(), id, &sql)),
        Job::Version { design, step: Step::Keep { name, at } } => {
            Answer::Drafted(design.unpack().keep_version(name, at), Draft::default())
        }
        Job::Version { design, step: Step::Back { id } } => match design.unpack().back_to(id) {
            Some(edit) => Answer::Drafted(edit, Draft::default()),
            None => Answer::Failed(UNREADABLE.to_owned()),
        },
        Job::Compare { design, from, to } => match design.unpack().compare(from, to) {
            Some(it) => Answer::Compared(it),
            None => Answer::Failed(UNREADABLE.to_owned()),
        },
        Job::Changes { design, proposal } => {
            let changes = proposal.unpack().changes(&design.unpack());
            let words = |it: Vec<Change>| it.iter().map(ToString::to_string).collect();
            Answer::Changes(changes.into_iter().map(words).collect())
        }
        Job::Plan { design, proposal, chosen } => {
            match plan::plan(&design.unpack(), proposal.unpack(), &chosen) {
                Ok(plan) => Answer::Planned(plan),
                Err(refused) => Answer::Failed(refused.to_string()),
            }
        }
        Job::Advise { design, table } => match advise::rationale(&design.unpack(), table) {
            Some(it) => Answer::Advised(it),
            None => Answer::Failed("there is no such table".to_owned()),
        },
        Job::Talk(job) => talk::answer(job),
        Job::Model { design, ask } => {
            match llm::answer_to(&ask, design.map(Packed::unpack), &bytes.concat()) {
                Ok(told) => Answer::Text(told),
                Err(reason) => Answer::Failed(reason),
            }
        }
        Job::WarmUp => {
            brief::warm_up();
            Answer::Done
        }
    };
    (answer, Vec::new())
}

/// What reading takes of memory, for each byte of a file of nothing but dense tables.
const PER_BYTE: usize = 20;

/// A function of its own: within [`answer`] it would be what a browser compiles with all other jobs.
#[inline(never)]
fn opened(
    names: Vec<String>,
    bytes: Vec<Vec<u8>>,
    desk: &mut Desk,
    early: &mut dyn FnMut(Vec<String>),
) -> (Answer, Vec<String>) {
    heap::reserve(PER_BYTE * bytes.iter().map(Vec::len).sum::<usize>());
    let files: Vec<File> = names.into_iter().zip(bytes).map(|(name, bytes)| File { name, bytes }).collect();
    match input::open(&files) {
        Ok(input::Opened { mut design, format, report, notes, .. }) => {
            early(packed::texts(design.records()));
            let places = placed(&mut design);
            let next_id = design.ids().peek();
            let number = desk.open(design);
            (Answer::Opened(Opened { format, report, notes, next_id, number }), packed::texts(places))
        }
        Err(reason) => (Answer::Failed(reason.to_string()), Vec::new()),
    }
}

fn judged(design: &Design, judgement: &str) -> Answer {
    let judgement: Judgement = match serde_json::from_str(judgement) {
        Ok(judgement) => judgement,
        Err(error) => return Answer::Failed(error.to_string()),
    };
    match judgement.edit(design) {
        Ok(edit) => Answer::Drafted(edit, Draft::default()),
        Err(unfounded) => Answer::Failed(unfounded.to_string()),
    }
}

const UNREADABLE: &str = "the version cannot be read";

fn drafted(it: Drafted) -> Answer {
    let problems = it.problems.iter().map(|it| (it.span, it.kind.in_draft())).collect();
    Answer::Drafted(it.edit, Draft { problems, places: it.places, own: String::new() })
}

fn own_dbml(design: &Design) -> Dbml {
    dbml(design, DbmlOptions { schema_only: true })
}

fn json(of: &impl Serialize) -> String {
    // Names and texts are what JSON can always say.
    serde_json::to_string(of).unwrap_or_default()
}

/// The sheet after `lines` were filled in, and the edit that this takes.
fn filled(mut design: Design, table: TableId, of: SheetOf, lines: Option<&str>) -> Answer {
    let (mut edit, mut problems) = (Edit::default(), Vec::new());
    if let Some(lines) = lines {
        let lines: Vec<Line> = match serde_json::from_str(lines) {
            Ok(lines) => lines,
            Err(error) => return Answer::Failed(error.to_string()),
        };
        let is_expression = |sql: &str| read::expression_problem(sql).is_none();
        (edit, problems) = sql::fill(&design, table, of, &lines, &is_expression);
        if let Err(refused) = design.apply(&edit) {
            return Answer::Failed(refused.to_string());
        }
    }
    let sheet = Sheet { problems, ..sql::sheet(&design, table, of) };
    Answer::Drafted(edit, Draft { own: json(&sheet), ..Draft::default() })
}

/// The tables of an SQL text as an addition. What it references of the design's own tables is known while it is read.
fn pasted(design: &Design, sql: &str) -> Option<Proposal> {
    let read = |text: &str| read::postgres(text, &read::Options::default()).tree.design;
    let alone = read(sql);
    if alone.tables().len() == 0 {
        return None;
    }
    let names: BTreeSet<&str> = alone.tables().map(|it| it.name.as_str()).collect();
    let words: BTreeSet<&str> = sql.split(|it: char| !(it.is_alphanumeric() || it == '_')).collect();
    let is_meant = |it: &&Table| words.contains(it.name.as_str()) && !names.contains(it.name.as_str());
    let meant: BTreeSet<TableId> = design.tables().filter(is_meant).map(|it| it.id).collect();
    let around =
        refactor::part(design, &meant).map(|it| ddl(&it, &sql::Options::of(design)).text).unwrap_or_default();
    let whole = read(&format!("{around}\n{sql}"));
    let known = whole.tables().filter(|it| !names.contains(it.name.as_str())).map(|it| it.id).collect();
    let (tables, edit) = refactor::bring_in(design, &whole, &known);
    let many = tables.len();
    let title = format!("Paste {many} table{}", if many == 1 { "" } else { "s" });
    let part =
        Part { title: title.clone(), reason: "It is on the clipboard.".to_owned(), edit, ..Part::default() };
    Some(Proposal { title, parts: vec![part] })
}

/// So many tables are placed within a blink, once the page has placed some.
pub const AT_ONCE: usize = 100;

/// More tables than this are placed before the page sees them. Its own code runs for the first time then, at a fifth of its
/// later speed: 40 tables held the first picture up by 300 ms.
const FEW: usize = 8;

/// Gives every table a place, when there are so many that placing them would hold the page up; what is new for that.
fn placed(design: &mut Design) -> impl Iterator<Item = Record> + use<> {
    let is_placed = design.placements().len() > 0;
    let mut edit = Edit::default();
    if design.tables().len() > FEW && !is_placed {
        let cards = diagram::cards(design);
        let corners = diagram::arranged(design, &cards);
        edit = diagram::placed(design, cards.iter().map(|it| it.table).zip(corners));
        // A placement for a table that has none breaks no invariant.
        let _ = design.apply(&edit);
    }
    edit.records.into_iter().filter_map(|it| it.after)
}

#[cfg(test)]
mod tests;

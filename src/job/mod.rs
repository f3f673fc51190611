//! What the page asks of its worker: messages, and the pure function that answers them.

use serde::{Deserialize, Serialize};

use crate::brief::{self, Reading};
use crate::design::{Design, Proposal, take_over};
use crate::input::{self, File, Format, Note};
use crate::layout::diagram;
use crate::lint::{self, Config, Finding};
use crate::read::Report;
use crate::share::{self, Options};
use crate::write::{DrawOptions, draw};

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
    /// Places every table of a design, given as a design file.
    Arrange {
        /// The design file.
        design: String,
    },
    /// Writes a link.
    Link {
        /// The design file.
        design: String,
        /// What it goes without.
        options: Options,
    },
    /// Draws the diagram as an SVG document.
    Draw {
        /// The design file.
        design: String,
    },
    /// Proposes what one design has and another lacks.
    TakeOver {
        /// The design file of the one that takes over.
        ours: String,
        /// The design file of the other.
        theirs: String,
        /// What the proposal is called.
        title: String,
    },
    /// Runs the linter over a design, given as a design file.
    Lint {
        /// The design file.
        design: String,
        /// Which rules run, and how much they matter.
        config: Box<Config>,
    },
    /// Makes the fix of a finding.
    Fix {
        /// The design file.
        design: String,
        /// What was found in it.
        finding: Box<Finding>,
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
    /// A link's fragment, `#d=…`.
    Linked(String),
    /// An SVG document.
    Drawn(String),
    /// A proposal for the design that was given.
    Proposed(Proposal),
    /// What the linter found, in order of place.
    Linted(Vec<Finding>),
    /// Done, and nothing to tell.
    Done,
    /// It could not be done, and why.
    Failed(String),
}

/// What was read from files; the design file itself goes beside the answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    /// What the files were.
    pub format: Format,
    /// What became of their statements, where they have any.
    pub report: Option<Report>,
    /// What there is to know, in order of place.
    pub notes: Vec<Note>,
}

/// Does a job. `bytes` are what came beside the message; beside the answer to [`Job::Open`] goes the design file, with a
/// place for each table: within the answer it would be written and read twice.
pub fn answer(job: Job, bytes: Vec<Vec<u8>>) -> (Answer, Option<String>) {
    let answer = match job {
        Job::Open { names } => return opened(names, bytes),
        Job::Read { text } => Answer::Read(Box::new(brief::read(&text))),
        Job::Arrange { design } => of(&design, |design| {
            let corners = diagram::arranged(&design, &diagram::cards(&design));
            Answer::Arranged(corners.into_iter().map(|it| (it.x, it.y)).collect())
        }),
        Job::Link { design, options } => of(&design, |design| match share::encode(&design, &options) {
            Ok(link) => Answer::Linked(link.fragment),
            Err(error) => Answer::Failed(error.to_string()),
        }),
        Job::Draw { design } => of(&design, |design| Answer::Drawn(draw(&design, DrawOptions::default()))),
        Job::TakeOver { ours, theirs, title } => {
            of(&ours, |ours| of(&theirs, |theirs| Answer::Proposed(take_over(&ours, &theirs, title))))
        }
        Job::Lint { design, config } => of(&design, |design| Answer::Linted(lint::lint(&design, &config))),
        Job::Fix { design, finding } => of(&design, |design| match finding.proposal(&design) {
            Some(proposal) => Answer::Proposed(proposal),
            None => Answer::Failed("it does not fit the design any more".to_owned()),
        }),
        Job::WarmUp => {
            brief::warm_up();
            Answer::Done
        }
    };
    (answer, None)
}

fn opened(names: Vec<String>, bytes: Vec<Vec<u8>>) -> (Answer, Option<String>) {
    let files: Vec<File> = names.into_iter().zip(bytes).map(|(name, bytes)| File { name, bytes }).collect();
    match input::open(&files) {
        Ok(input::Opened { design, format, report, notes, .. }) => {
            (Answer::Opened(Opened { format, report, notes }), Some(placed(design).to_json()))
        }
        Err(reason) => (Answer::Failed(reason.to_string()), None),
    }
}

/// What is answered of a design, given as its file.
fn of(file: &str, answer: impl FnOnce(Design) -> Answer) -> Answer {
    match Design::from_json(file) {
        Ok(design) => answer(design),
        Err(error) => Answer::Failed(error.to_string()),
    }
}

/// So many tables are placed within a blink.
pub const AT_ONCE: usize = 100;

/// The design with a place for every table, when it is so large that placing them would hold the page up.
fn placed(mut design: Design) -> Design {
    let is_placed = design.placements().len() > 0;
    if design.tables().len() > AT_ONCE && !is_placed {
        let cards = diagram::cards(&design);
        let corners = diagram::arranged(&design, &cards);
        let edit = diagram::placed(&design, cards.iter().map(|it| it.table).zip(corners));
        // A placement for a table that has none breaks no invariant.
        let _ = design.apply(&edit);
    }
    design
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it goes between page and worker.
    fn told(job: &Job, bytes: Vec<Vec<u8>>) -> (Answer, Option<Design>) {
        let job = serde_json::from_str(&serde_json::to_string(job).unwrap()).unwrap();
        let (answer, design) = answer(job, bytes);
        let answer = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
        (answer, design.map(|it| Design::from_json(&it).unwrap()))
    }

    #[test]
    fn a_reading_comes_back_as_it_was_read() {
        let text = "Each project has many tasks. A task is open, done or dropped. Tasks hang one level deep under tasks.";
        let (Answer::Read(reading), None) = told(&Job::Read { text: text.to_owned() }, Vec::new()) else {
            panic!()
        };
        assert_eq!(*reading, brief::read(text));
        assert!(!reading.entities.is_empty());
    }

    #[test]
    fn large_designs_come_back_placed() {
        let tables: Vec<_> =
            (0..=AT_ONCE).map(|it| format!("CREATE TABLE t{it} (id int PRIMARY KEY);")).collect();
        let job = Job::Open { names: vec!["many.sql".to_owned()] };
        let (Answer::Opened(opened), Some(design)) = told(&job, vec![tables.join("\n").into_bytes()]) else {
            panic!()
        };
        assert_eq!(design.placements().count(), AT_ONCE + 1);
        assert_eq!(opened.report.unwrap().modelled, AT_ONCE + 1);
    }

    #[test]
    fn findings_come_back_with_their_fixes() {
        let sql = "create table a (id bigint primary key); create table b (id bigint primary key, a_id bigint references a);";
        let design = crate::read::postgres(sql, &crate::read::Options::default()).tree.design;
        let job = Job::Lint { design: design.to_json(), config: Box::default() };
        let (Answer::Linted(found), None) = told(&job, Vec::new()) else { panic!() };
        let index = found.iter().find(|it| it.code == "IDX001").expect("a foreign key without an index");
        let job = Job::Fix { design: design.to_json(), finding: Box::new(index.clone()) };
        let (Answer::Proposed(fix), None) = told(&job, Vec::new()) else { panic!() };
        assert!(fix.accept_all(&design).is_ok());
    }

    #[test]
    fn a_job_that_fails_says_why() {
        let job = Job::Open { names: vec!["x.json".to_owned()] };
        let (Answer::Failed(reason), None) = told(&job, vec![b"{".to_vec()]) else { panic!() };
        assert!(reason.starts_with("x.json:"), "{reason}");
    }
}

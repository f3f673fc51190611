//! Work that would hold the page up, done by the same module in a worker.

mod door;
mod serve;

use relata::design::Design;
use relata::layout::{Point, diagram};
use serde::{Deserialize, Serialize};

use super::opener::{Imported, import};

pub use door::Worker;
pub use serve::{is_worker, serve};

/// So many tables are placed within a blink.
pub const AT_ONCE: usize = 100;

/// What a worker can be asked for.
#[derive(Serialize, Deserialize)]
enum Job {
    /// Reads a file of this name and text.
    Import {
        /// The file's name.
        name: String,
        /// Its text.
        text: String,
    },
    /// Places every table of a design, given as a design file.
    Arrange {
        /// The design file.
        design: String,
    },
}

/// What it answers.
#[derive(Serialize, Deserialize)]
enum Answer {
    /// A file was read.
    Imported(Box<Imported>),
    /// Where each card stands: left and top.
    Arranged(Vec<(f64, f64)>),
    /// It could not be done, and why.
    Failed(String),
}

fn answer(job: Job) -> Answer {
    match job {
        Job::Import { name, text } => match import(&name, &text) {
            Ok(imported) => {
                Answer::Imported(Box::new(Imported { design: placed(imported.design), ..imported }))
            }
            Err(reason) => Answer::Failed(reason),
        },
        Job::Arrange { design } => match Design::from_json(&design) {
            Ok(design) => {
                let corners = diagram::arranged(&design, &diagram::cards(&design));
                Answer::Arranged(corners.into_iter().map(|it| (it.x, it.y)).collect())
            }
            Err(error) => Answer::Failed(error.to_string()),
        },
    }
}

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

impl Worker {
    /// Reads a file as what its name and content say it is.
    pub async fn import(self, name: &str, text: String) -> Result<Imported, String> {
        match self.ask(&Job::Import { name: name.to_owned(), text }).await? {
            Answer::Imported(imported) => Ok(*imported),
            Answer::Failed(reason) => Err(reason),
            Answer::Arranged(_) => Err(MIXED_UP.to_owned()),
        }
    }

    /// The corner of every table's card, in the order of `layout::diagram::cards`.
    pub async fn arrange(self, design: &Design) -> Result<Vec<Point>, String> {
        match self.ask(&Job::Arrange { design: design.to_json() }).await? {
            Answer::Arranged(corners) => Ok(corners.into_iter().map(|(x, y)| Point { x, y }).collect()),
            Answer::Failed(reason) => Err(reason),
            Answer::Imported(_) => Err(MIXED_UP.to_owned()),
        }
    }
}

const MIXED_UP: &str = "the worker answered something else";

//! The last run of the design's SQL, and whether it is still about the design as it stands.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::derived::Derived;
use crate::app::edge::{self, Failure, Outcome, RunFigures};

/// What is known of the last run.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RunState {
    /// There was none.
    #[default]
    Never,
    /// It is under way.
    Running,
    /// It ended so, with this text.
    Ended {
        /// The text that was run.
        sql: String,
        /// How it ended.
        outcome: Outcome,
    },
}

/// Whether the design as it stands runs, as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Never tried.
    Unknown,
    /// Being tried.
    Running,
    /// Tried in another state.
    Stale,
    /// It does.
    Runs(RunFigures),
    /// It does not.
    Fails(RunFigures),
}

impl Verdict {
    /// As attributes and scripts call it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unknown => "never",
            Self::Running => "running",
            Self::Stale => "stale",
            Self::Runs(_) => "ok",
            Self::Fails(_) => "failed",
        }
    }
}

/// The last run.
#[derive(Clone, Copy)]
pub struct Runs {
    derived: Derived,
    state: RwSignal<RunState>,
    /// Counts runs, so that an answer to an abandoned one is not taken for a newer one's.
    current: StoredValue<u32>,
    verdict: Memo<Verdict>,
}

impl Runs {
    /// No run yet.
    pub fn new(derived: Derived) -> Self {
        let state = RwSignal::new(RunState::Never);
        let verdict = Memo::new(move |_| verdict_of(&state.get(), derived));
        Self { derived, state, current: StoredValue::new(0), verdict }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The last run.
    pub fn state(self) -> Signal<RunState> {
        self.state.into()
    }

    /// Whether the design as it stands runs.
    pub fn verdict(self) -> Verdict {
        self.verdict.get()
    }

    /// Whether a statement was refused, and nothing has changed since.
    pub fn has_failed(self) -> bool {
        self.verdict.with(|it| matches!(it, Verdict::Fails(_)))
    }

    /// Forgets the last run: another design was opened.
    pub fn forget(self) {
        self.current.update_value(|it| *it += 1);
        self.state.set(RunState::Never);
    }

    /// Runs the SQL on a clean database.
    pub fn start(self) {
        if matches!(self.state.get_untracked(), RunState::Running) {
            return;
        }
        let run = self.current.get_value() + 1;
        self.current.set_value(run);
        self.state.set(RunState::Running);
        let sql = self.derived.sql().get_untracked();
        spawn_local(async move {
            let outcome = edge::run(&sql).await;
            if self.current.get_value() == run {
                self.state.set(RunState::Ended { sql, outcome });
            }
        });
    }

    /// Gives up on a run.
    pub fn stop(self) {
        self.forget();
        spawn_local(edge::stop());
    }
}

fn verdict_of(state: &RunState, derived: Derived) -> Verdict {
    match state {
        RunState::Never => Verdict::Unknown,
        RunState::Running => Verdict::Running,
        RunState::Ended { sql, outcome } => {
            // Undoing a change brings the very text back, and the verdict with it.
            if derived.sql().with(|now| now != sql) {
                return Verdict::Stale;
            }
            match outcome {
                Outcome::Done(figures) => Verdict::Runs(figures.clone()),
                Outcome::Failed(failure) => Verdict::Fails(Failure::clone(failure).figures),
            }
        }
    }
}

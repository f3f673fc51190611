//! The critic behind all that shows findings: looks at the design when it may be looked at, and does what a person asks.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{ColumnId, Design, Id, TableId};
use relata::job::{Critique, Packed, Spot};
use relata::lint::Severity;

use crate::app::messages::Messages;
use crate::app::navigation::{Navigation, Step};
use crate::app::reveal::Reveal;
use crate::app::review::Review;
use crate::app::store::{Dispatch, Document};
use crate::app::worker::Worker;

/// How long a pause between edits is before the design is looked at again.
const PAUSE: Duration = Duration::from_millis(300);

/// Designs of more tables are looked at in the Check step alone: handing one over takes a moment.
const MANY: usize = 300;

/// How much of what was found is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Nothing was asked yet.
    Nothing,
    /// What is marked on cards and in the text.
    Marks,
    /// Everything.
    All,
}

/// What was found last, for whatever shows findings.
#[derive(Clone, Copy)]
pub struct Critic {
    document: Document,
    dispatch: Dispatch,
    worker: Worker,
    messages: Messages,
    navigation: Navigation,
    review: Review,
    reveal: Reveal,
    /// All of it as the panel's script reads it; empty before the first answer to a panel.
    report: RwSignal<String>,
    /// How many panels show it.
    panels: RwSignal<usize>,
    /// What the last answer told.
    known: StoredValue<Known>,
    tables: RwSignal<BTreeMap<TableId, (Severity, u32)>>,
    spots: RwSignal<Vec<Spot>>,
}

impl Critic {
    /// Looks at the design whenever a step shows what is found, and after every change of it.
    pub fn new(
        dispatch: Dispatch,
        (worker, messages): (Worker, Messages),
        shown: (Navigation, Review, Reveal),
    ) -> Self {
        let (navigation, review, reveal) = shown;
        let document = dispatch.document();
        let this = Self {
            document,
            dispatch,
            worker,
            messages,
            navigation,
            review,
            reveal,
            report: RwSignal::new(String::new()),
            panels: RwSignal::new(0),
            known: StoredValue::new(Known::Nothing),
            tables: RwSignal::new(BTreeMap::new()),
            spots: RwSignal::new(Vec::new()),
        };
        // Decisions set the critic up and are not part of the SQL.
        let decisions = Memo::new(move |_| document.with(|it| it.decisions().cloned().collect::<Vec<_>>()));
        let wanted = Memo::new(move |_| match navigation.step().get() {
            Step::Check => usize::MAX,
            Step::Diagram | Step::Sql => MANY,
            Step::Describe | Step::Model | Step::Ship => 0,
        });
        let is_shown = Memo::new(move |_| this.panels.get() > 0);
        let turns = StoredValue::new(0_u32);
        Effect::new(move |waits: Option<Option<TimeoutHandle>>| {
            // Read, not only tracked: a memo that nobody reads follows nothing.
            decisions.with(|_| ());
            let is_shown = is_shown.get();
            let tables = document.with_schema(|it| it.tables().len());
            if let Some(waits) = waits.flatten() {
                waits.clear();
            }
            turns.update_value(|it| *it += 1);
            if tables == 0 {
                this.clear();
            }
            if tables == 0 || tables > wanted.get() {
                return None;
            }
            let turn = turns.get_value();
            let look = move || spawn_local(this.look(turn, turns));
            let waits_for_it = match this.known.get_value() {
                Known::Nothing => true,
                Known::Marks => is_shown,
                Known::All => false,
            };
            let pause = if waits_for_it { Duration::ZERO } else { PAUSE };
            set_timeout_with_handle(look, pause).ok()
        });
        this
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    fn clear(self) {
        if self.known.get_value() != Known::Nothing {
            self.known.set_value(Known::Nothing);
            self.report.set(String::new());
            self.tables.set(BTreeMap::new());
            self.spots.set(Vec::new());
        }
    }

    async fn look(self, turn: u32, turns: StoredValue<u32>) {
        let marks = self.panels.get_untracked() == 0;
        let told = self.told(marks).await;
        if let Ok(found) = &told {
            // Each answer goes from the one before it, so that none may be left out.
            if !found.tables.is_empty() || found.anew {
                self.tables.update(|it| found.mark(it));
            }
            if !found.spots.is_empty() {
                self.spots.update(|it| found.spots.clone().lead(it));
            }
        }
        // A newer look is under way when the design has changed meanwhile.
        if turns.get_value() != turn {
            return;
        }
        match told {
            Ok(found) => {
                if marks {
                    self.known.set_value(Known::Marks);
                } else {
                    self.known.set_value(Known::All);
                    self.report.set(found.report);
                }
            }
            Err(reason) => self.messages.fail(say!("check-not-checked", reason = reason)),
        }
    }

    /// Only what edits changed goes to the worker, which has the rest; all of it where it has another design, or none.
    async fn told(self, marks: bool) -> Result<Critique, String> {
        let (changed, number) = (self.document.take_changed(), self.document.take_number());
        // What is marked is void once everything was deleted.
        let is_known = number.is_some() || self.known.get_value() != Known::Nothing;
        if let Some(ids) = changed.filter(|_| is_known) {
            let now = |design: &Design| ids.into_iter().map(|it| (it, design.record(it))).collect();
            let changed = self.document.peek(now);
            if let Ok(found) = self.worker.lint_again(number, changed, marks).await {
                return Ok(found);
            }
            self.document.take_changed();
        }
        self.worker.lint(self.document.peek(Packed::of), marks).await
    }

    /// All that was found, as JSON for the script of a panel that lives as long as its owner.
    pub fn report(self) -> Signal<String> {
        self.panels.update(|it| *it += 1);
        on_cleanup(move || {
            self.panels.try_update(|it| *it = it.saturating_sub(1));
        });
        self.report.into()
    }

    /// Errors and warnings of a table: the gravest, and how many.
    pub fn table(self, id: TableId) -> Option<(Severity, u32)> {
        self.tables.with(|it| it.get(&id).copied())
    }

    /// Errors and warnings by what they are about.
    pub fn spots(self) -> Signal<Vec<Spot>> {
        self.spots.into()
    }

    /// Does what was asked for in the panel: `fix`, `judge`, `rule` or `show`, with what it is about as JSON. Gives a text
    /// where one was asked for.
    pub async fn does(self, what: &str, text: String) -> Result<String, String> {
        match what {
            "rule" => return self.worker.rule(text).await,
            "fix" => {
                let proposal = self.worker.fix(self.document.peek(Packed::of), text).await?;
                self.review.show(proposal.title.clone(), proposal);
            }
            "judge" => {
                let edit = self.worker.judge(self.document.peek(Packed::of), text).await?;
                let edit = self.document.peek(|design| edit.rebased(design));
                if !edit.is_empty() {
                    self.dispatch.send(say!("check-decide"), edit);
                }
            }
            _ => self.show(&text),
        }
        Ok(String::new())
    }

    /// Shows the first table, and the first column of it, among identities.
    fn show(self, ids: &str) {
        let ids: Vec<Id> = serde_json::from_str(ids).unwrap_or_default();
        let shown = self.document.peek(|design| {
            let table = ids.iter().find_map(|it| design.table(TableId(it.0)))?;
            Some((table.id, ids.iter().find_map(|it| table.column(ColumnId(it.0))).map(|it| it.id)))
        });
        if let Some((table, column)) = shown {
            self.reveal.show(table, column);
            self.navigation.go(Step::Diagram);
        }
    }
}

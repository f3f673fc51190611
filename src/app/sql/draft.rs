//! The SQL as a person edits it: what is typed becomes part of the design at each pause, and the text stays as typed until
//! the design changes otherwise.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::base::{LineIndex, Span};
use relata::design::{Id, TableId, convention};
use relata::job::{Draft, Packed};

use crate::app::derived::Derived;
use crate::app::diagram::Selection;
use crate::app::edge::Problem;
use crate::app::messages::Messages;
use crate::app::store::Dispatch;
use crate::app::worker::Worker;

/// So long nothing is typed before the text is read: one entry of the history a pause.
const PAUSE: Duration = Duration::from_millis(350);

/// The text that is being edited.
#[derive(Clone, Copy)]
pub struct SqlText {
    dispatch: Dispatch,
    derived: Derived,
    selection: Selection,
    worker: Worker,
    messages: Messages,
    /// As typed, with the design's own text of that time; void once that is another.
    typed: RwSignal<Option<(String, String)>>,
    /// What was told of it last.
    told: RwSignal<Draft>,
    /// Counts changes by hand; an answer to an earlier one is of no use.
    round: StoredValue<u32>,
    /// The table that the cursor stands in.
    here: StoredValue<Option<TableId>>,
    /// A place to show.
    looked_for: RwSignal<Option<Span>>,
    is_beside: RwSignal<bool>,
}

impl SqlText {
    /// The design's own text, as long as nothing is typed.
    pub fn new(
        dispatch: Dispatch,
        derived: Derived,
        selection: Selection,
        (worker, messages): (Worker, Messages),
    ) -> Self {
        Self {
            dispatch,
            derived,
            selection,
            worker,
            messages,
            typed: RwSignal::new(None),
            told: RwSignal::new(Draft::default()),
            round: StoredValue::new(0),
            here: StoredValue::new(None),
            looked_for: RwSignal::new(None),
            is_beside: RwSignal::new(false),
        }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Whether it stands beside the diagram.
    pub fn is_beside(self) -> RwSignal<bool> {
        self.is_beside
    }

    /// Whether what is shown is as typed.
    pub fn is_typed(self) -> bool {
        self.derived.sql().with(|own| self.typed.with(|it| it.as_ref().is_some_and(|it| it.1 == *own)))
    }

    /// The text.
    pub fn text(self) -> String {
        if self.is_typed() {
            self.typed.with(|it| it.as_ref().map(|it| it.0.clone()).unwrap_or_default())
        } else {
            self.derived.sql().get()
        }
    }

    /// What is in error in it.
    pub fn problems(self) -> Vec<Problem> {
        let problem = |it: &(Span, String)| Problem { span: it.0, message: it.1.clone() };
        if self.is_typed() {
            self.told.with(|it| it.problems.iter().map(problem).collect())
        } else {
            Vec::new()
        }
    }

    /// The same with the line of each.
    pub fn problems_by_line(self) -> Vec<(u32, Problem)> {
        let problems = self.problems();
        self.typed.with(|it| {
            let lines = LineIndex::new(it.as_ref().map_or("", |it| it.0.as_str()));
            problems.into_iter().map(|it| (lines.place(it.span.start).line, it)).collect()
        })
    }

    /// Begins a text where there is none yet.
    pub fn begin(self) {
        self.typed.set(Some((String::new(), self.derived.sql().get_untracked())));
    }

    /// Takes over what was typed; it is read at the next pause.
    pub fn write(self, text: String) {
        let own = self.derived.sql().get_untracked();
        self.typed.set(Some((text, own)));
        self.round.update_value(|it| *it = it.wrapping_add(1));
        let round = self.round.get_value();
        set_timeout(move || self.read(round), PAUSE);
    }

    fn read(self, round: u32) {
        let Some((text, own)) = self.typed.get_untracked() else { return };
        if round != self.round.get_value() || own != self.derived.sql().get_untracked() {
            return;
        }
        let design = self.dispatch.document().peek(Packed::of);
        spawn_local(async move {
            let told = self.worker.draft(design, text.clone()).await;
            // What was typed meanwhile is read by a job of its own; what was done meanwhile stays beside what was typed.
            if round != self.round.get_value() {
                return;
            }
            let is_alone = own == self.derived.sql().get_untracked();
            match told {
                Ok((edit, draft)) => {
                    let edit = self.dispatch.document().peek(|design| edit.rebased(design));
                    if edit.is_empty() || self.dispatch.send("edit the SQL", convention::touched(edit)) {
                        self.told.set(draft);
                        self.typed.set(is_alone.then(|| (text, self.derived.sql().get_untracked())));
                    }
                }
                Err(reason) => self.messages.fail(format!("The SQL could not be read: {reason}.")),
            }
        });
    }

    fn places<T>(self, read: impl FnOnce(&[(Span, Id)]) -> T) -> T {
        if untrack(move || self.is_typed()) {
            self.told.with_untracked(|it| read(&it.places))
        } else {
            self.derived.written().with_untracked(|it| read(&it.map))
        }
    }

    /// The cursor stands at this byte: its table is selected.
    pub fn point(self, at: u32) {
        let table = self.places(|all| {
            let is_in = |it: &&(Span, Id)| it.0.start <= at && at <= it.0.end;
            let document = self.dispatch.document();
            all.iter()
                .filter(is_in)
                .find_map(|it| document.peek(|design| Some(design.table(it.1.into())?.id)))
        });
        self.here.set_value(table);
        if let Some(table) = table
            && untrack(move || self.selection.one_table()) != Some(table)
        {
            self.selection.table(table, false);
        }
    }

    /// Shows a place.
    pub fn look_for(self, span: Span) {
        self.looked_for.set(Some(span));
    }

    /// The place to show: what was asked for, or the table that was selected elsewhere.
    pub fn shown_place(self) -> Memo<Option<Span>> {
        Memo::new(move |_| {
            let selected = self.selection.one_table();
            let asked = self.looked_for.get();
            let elsewhere = selected.filter(|it| self.here.get_value() != Some(*it));
            let place =
                |id: TableId| self.places(|all| all.iter().find(|it| it.1 == Id::from(id)).map(|it| it.0));
            elsewhere.and_then(place).or(asked)
        })
    }
}

//! The SQL or DBML as a person edits it: what is typed becomes part of the design at each pause, and the text stays as typed until
//! the design changes otherwise.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::base::{LineIndex, Span};
use relata::design::{Id, TableId, convention};
use relata::job::{Draft, Packed, Spot};
use relata::lint::Severity;

use crate::app::derived::Derived;
use crate::app::diagram::Selection;
use crate::app::edge::{Gravity, Problem};
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
    /// Whether it is DBML.
    is_dbml: RwSignal<bool>,
    /// The design's own DBML with the place of each thing; the worker writes it, while it is looked at.
    dbml: RwSignal<(String, Vec<(Span, Id)>)>,
}

impl SqlText {
    /// The design's own text, as long as nothing is typed.
    pub fn new(
        dispatch: Dispatch,
        derived: Derived,
        selection: Selection,
        (worker, messages): (Worker, Messages),
    ) -> Self {
        let text = Self {
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
            is_dbml: RwSignal::new(false),
            dbml: RwSignal::new((String::new(), Vec::new())),
        };
        Effect::new(move || {
            if text.is_dbml.get() {
                let design = dispatch.document().with_schema(Packed::of);
                spawn_local(async move {
                    match worker.dbml(design).await {
                        Ok(draft) => text.take_dbml(draft.own, draft.places),
                        Err(reason) => messages.fail(say!("sql-dbml-not-written", reason = reason)),
                    }
                });
            }
        });
        text
    }

    fn take_dbml(self, own: String, places: Vec<(Span, Id)>) {
        let own = (own, places);
        if self.dbml.with_untracked(|it| *it != own) {
            self.dbml.set(own);
        }
    }

    /// Whether it is DBML, and not SQL.
    pub fn is_dbml(self) -> RwSignal<bool> {
        self.is_dbml
    }

    /// The design's own text.
    pub fn own(self) -> String {
        if self.is_dbml.get() { self.dbml.with(|it| it.0.clone()) } else { self.derived.sql().get() }
    }

    fn own_now(self) -> String {
        untrack(move || self.own())
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
        let is = |own: &String| self.typed.with(|it| it.as_ref().is_some_and(|it| it.1 == *own));
        if self.is_dbml.get() { self.dbml.with(|it| is(&it.0)) } else { self.derived.sql().with(is) }
    }

    /// The text.
    pub fn text(self) -> String {
        if self.is_typed() {
            self.typed.with(|it| it.as_ref().map(|it| it.0.clone()).unwrap_or_default())
        } else {
            self.own()
        }
    }

    /// What is in error in it.
    pub fn problems(self) -> Vec<Problem> {
        let problem =
            |it: &(Span, String)| Problem { span: it.0, gravity: Gravity::Error, message: it.1.clone() };
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

    /// What the critic marks in it: the first line of what each finding is about.
    pub fn remarks(self, spots: &[Spot]) -> Vec<Problem> {
        let text = self.text();
        self.places(|all| {
            let problem = |it: &Spot| {
                let whole = all.iter().find(|place| place.1 == it.id)?.0;
                let line = whole.of(&text).lines().next().unwrap_or_default().trim_end();
                let start = whole.start as usize;
                let span = Span::new(start, start + line.len());
                let is_error = it.severity == Severity::Error;
                let gravity = if is_error { Gravity::Error } else { Gravity::Warning };
                Some(Problem { span, gravity, message: it.message.clone() })
            };
            spots.iter().filter_map(problem).collect()
        })
    }

    /// Shows the text in the other language; what is typed and was not read goes.
    pub fn speak(self, is_dbml: bool) {
        self.typed.set(None);
        self.is_dbml.set(is_dbml);
    }

    /// Begins a text where there is none yet.
    pub fn begin(self) {
        self.typed.set(Some((String::new(), self.own_now())));
    }

    /// Takes over what was typed; it is read at the next pause.
    pub fn write(self, text: String) {
        let own = self.own_now();
        self.typed.set(Some((text, own)));
        self.round.update_value(|it| *it = it.wrapping_add(1));
        let round = self.round.get_value();
        set_timeout(move || self.read(round), PAUSE);
    }

    fn read(self, round: u32) {
        let Some((text, own)) = self.typed.get_untracked() else { return };
        if round != self.round.get_value() || own != self.own_now() {
            return;
        }
        let design = self.dispatch.document().peek(Packed::of);
        let is_dbml = self.is_dbml.get_untracked();
        spawn_local(async move {
            let told = self.worker.draft(design, text.clone(), is_dbml).await;
            // What was typed meanwhile is read by a job of its own; what was done meanwhile stays beside what was typed.
            if round != self.round.get_value() {
                return;
            }
            let is_alone = own == self.own_now();
            match told {
                Ok((edit, mut draft)) => {
                    let label = if is_dbml { say!("done-edit-dbml") } else { say!("done-edit-sql") };
                    let edit = self.dispatch.document().peek(|design| edit.rebased(design));
                    if edit.is_empty() || self.dispatch.send(label, convention::touched(edit)) {
                        if is_dbml && is_alone {
                            // As the worker will write it again: what is typed stays where it is.
                            let places = self.dbml.with_untracked(|it| it.1.clone());
                            self.take_dbml(std::mem::take(&mut draft.own), places);
                        }
                        self.told.set(draft);
                        self.typed.set(is_alone.then(|| (text, self.own_now())));
                    }
                }
                Err(reason) => self.messages.fail(say!("sql-not-read", reason = reason)),
            }
        });
    }

    fn places<T>(self, read: impl FnOnce(&[(Span, Id)]) -> T) -> T {
        if untrack(move || self.is_typed()) {
            self.told.with_untracked(|it| read(&it.places))
        } else if self.is_dbml.get_untracked() {
            self.dbml.with_untracked(|it| read(&it.1))
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

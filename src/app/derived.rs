//! What is worked out from the whole design, when it is looked at and not before.

use std::time::Duration;

use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use relata::design::Id;
use relata::sql::{Given, Options, Written, ddl};

use super::store::Document;

/// So long after the last edit the SQL of single things is written: all of it takes longer than a frame at a thousand tables.
const RESTS: Duration = Duration::from_millis(200);

/// Things that follow from the design, each worked out once for each state that is looked at.
#[derive(Clone, Copy)]
pub struct Derived {
    document: Document,
    written: Memo<Written>,
    sql: Memo<String>,
    /// The last state of the document that rested, counted as `Document::schema_count` does.
    rested: RwSignal<u64>,
}

impl Derived {
    /// Of this document.
    pub fn new(document: Document) -> Self {
        let written = Memo::new(move |_| document.with_schema(|design| ddl(design, &Options::of(design))));
        let (count, rested) = (document.schema_count(), RwSignal::new(0));
        let mut rest = debounce(RESTS, move |now| rested.set(now));
        Effect::new(move || rest(count.get()));
        Self { document, written, sql: Memo::new(move |_| written.with(|it| it.text.clone())), rested }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The SQL with what it could not say and where each thing stands in it.
    pub fn written(self) -> Signal<Written> {
        self.written.into()
    }

    /// The SQL of one thing, after an edit once that rests.
    pub fn part(self, id: Id) -> Memo<String> {
        let Self { document, written, rested, .. } = self;
        Memo::new(move |before: Option<&String>| {
            if rested.get() == document.schema_count().get_untracked() {
                written.with_untracked(|it| it.part(id).to_owned())
            } else {
                before.cloned().unwrap_or_default()
            }
        })
    }

    /// The SQL to be run elsewhere: what is given there already is left out.
    pub fn script(self) -> String {
        self.document.peek(|design| {
            if design.has_given() {
                ddl(design, &Options { given: Given::LeftOut, ..Options::of(design) }).text
            } else {
                self.sql.get_untracked()
            }
        })
    }

    /// The SQL.
    pub fn sql(self) -> Signal<String> {
        self.sql.into()
    }
}

//! What is worked out from the whole design, when it is looked at and not before.

use leptos::prelude::*;
use relata::sql::{Given, Options, Written, ddl};

use super::store::Document;

/// Things that follow from the design, each worked out once for each state that is looked at.
#[derive(Clone, Copy)]
pub struct Derived {
    document: Document,
    written: Memo<Written>,
    sql: Memo<String>,
}

impl Derived {
    /// Of this document.
    pub fn new(document: Document) -> Self {
        let written = Memo::new(move |_| document.with_schema(|design| ddl(design, &Options::of(design))));
        Self { document, written, sql: Memo::new(move |_| written.with(|it| it.text.clone())) }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The SQL with what it could not say and where each thing stands in it.
    pub fn written(self) -> Signal<Written> {
        self.written.into()
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

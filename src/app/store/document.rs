//! The whole document, for what is derived from all of it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use relata::design::{Design, Edit, History, Id, Record, Refused, Replaced};
use relata::layout::diagram::Touched;

/// The open design with its history. Components read records through [`Records`](super::Records); only what
/// needs all of them at once (SQL, findings, a link) reads it whole.
#[derive(Clone, Copy)]
pub struct Document {
    inner: StoredValue<Inner>,
    revision: RwSignal<u64>,
    schema: RwSignal<u64>,
    opened: RwSignal<u64>,
    /// What edits did to the diagram's cards since it last asked.
    touched: StoredValue<Touched>,
    /// The identities of what edits changed since the critic last asked; nothing where that may be anything.
    changed: StoredValue<Option<BTreeSet<Id>>>,
    /// The number under which the worker has opened the design, until the critic first asks.
    number: StoredValue<Option<u32>>,
}

#[derive(Default)]
struct Inner {
    design: Design,
    history: History,
}

impl Document {
    /// An empty design.
    pub fn new() -> Self {
        Self {
            inner: StoredValue::new(Inner::default()),
            revision: RwSignal::new(0),
            schema: RwSignal::new(0),
            opened: RwSignal::new(0),
            touched: StoredValue::new(Touched::default()),
            changed: StoredValue::new(None),
            number: StoredValue::new(None),
        }
    }

    /// The document of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Reads the design, and again after every edit when called where that is tracked.
    pub fn with<T>(self, read: impl FnOnce(&Design) -> T) -> T {
        self.revision.track();
        self.peek(read)
    }

    /// Reads the design, and again only after edits that can change the SQL: moving a table is none of them.
    pub fn with_schema<T>(self, read: impl FnOnce(&Design) -> T) -> T {
        self.schema.track();
        self.peek(read)
    }

    /// Counts edits that can change the SQL.
    pub fn schema_count(self) -> Signal<u64> {
        self.schema.into()
    }

    /// Reads the design as it is now.
    pub fn peek<T>(self, read: impl FnOnce(&Design) -> T) -> T {
        self.inner.with_value(|it| read(&it.design))
    }

    /// Counts designs opened in place of another: what a panel remembers of the former one is void then.
    pub fn opened(self) -> Signal<u64> {
        self.opened.into()
    }

    /// What edits did to the diagram's cards since this was last asked.
    pub fn take_touched(self) -> Touched {
        self.touched.try_update_value(std::mem::take).unwrap_or(Touched::All)
    }

    /// The identities of what edits changed since this was last asked; nothing where another design is there.
    pub fn take_changed(self) -> Option<BTreeSet<Id>> {
        self.changed.try_update_value(|it| it.replace(BTreeSet::new())).flatten()
    }

    /// The number under which the worker has the design from which those edits lead; nothing once this was asked.
    pub fn take_number(self) -> Option<u32> {
        self.number.try_update_value(Option::take).flatten()
    }

    /// The design is the one that the worker has opened under this number.
    pub fn is_opened_as(self, number: u32) {
        self.changed.set_value(Some(BTreeSet::new()));
        self.number.set_value(Some(number));
    }

    /// What undo would take back, as a phrase.
    pub fn undo_label(self) -> Option<String> {
        self.revision.track();
        self.inner.with_value(|it| it.history.undo_label().map(str::to_owned))
    }

    /// What was done last, newest first, as phrases.
    pub fn done(self, most: usize) -> Vec<String> {
        self.revision.track();
        self.inner.with_value(|it| it.history.labels().take(most).map(str::to_owned).collect())
    }

    /// What redo would do again, as a phrase.
    pub fn redo_label(self) -> Option<String> {
        self.revision.track();
        self.inner.with_value(|it| it.history.redo_label().map(str::to_owned))
    }

    /// Changes design and history together; `change` gives the edit that was done. Only the store calls this.
    pub(super) fn change(
        self,
        change: impl FnOnce(&mut Design, &mut History) -> Result<Option<Edit>, Refused>,
    ) -> Result<Option<Edit>, Refused> {
        self.inner.try_update_value(|it| change(&mut it.design, &mut it.history)).unwrap_or(Ok(None))
    }

    /// Tells those who read that an edit was done.
    pub(super) fn announce(self, edit: &Edit) {
        self.touched.update_value(|it| it.add(edit));
        self.changed.update_value(|it| {
            if let Some(ids) = it {
                ids.extend(edit.records.iter().filter_map(Replaced::id));
            }
        });
        let sides = edit.records.iter().flat_map(|it| it.before.iter().chain(&it.after));
        if sides.into_iter().any(is_shown_in_sql) {
            self.schema.update(|it| *it += 1);
        }
        self.revision.update(|it| *it += 1);
    }

    /// Puts another design in this one's place, with an empty history.
    pub(super) fn replace(self, design: Design) {
        self.inner.set_value(Inner { design, history: History::default() });
        self.touched.set_value(Touched::All);
        self.changed.set_value(None);
        self.number.set_value(None);
    }

    /// Tells those who read that another design is there.
    pub(super) fn announce_opened(self) {
        self.opened.update(|it| *it += 1);
        self.schema.update(|it| *it += 1);
        self.revision.update(|it| *it += 1);
    }
}

/// Whether a record can show in the SQL, or in what is proposed for it.
fn is_shown_in_sql(record: &Record) -> bool {
    matches!(record, Record::Conventions(_) | Record::Load(_)) || record.is_schema()
}

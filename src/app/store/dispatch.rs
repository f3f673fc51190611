//! The one door through which the page changes the design.

use std::collections::BTreeSet;
use std::ops::Deref;

use leptos::prelude::*;
use relata::design::{Design, Edit, Proposal, Refused};

use super::{Document, Records};
use crate::app::messages::Messages;
use crate::app::storage::Saver;

/// Applies edits: to the document, to the signals of the records that they touch, and to what is kept on disk.
#[derive(Clone, Copy)]
pub struct Dispatch(&'static Ends);

/// What an edit reaches; it lives as long as the page.
pub struct Ends {
    document: Document,
    records: Records,
    messages: Messages,
    saver: Saver,
}

impl Deref for Dispatch {
    type Target = Ends;

    fn deref(&self) -> &Ends {
        self.0
    }
}

impl Dispatch {
    /// The door to `document`.
    pub fn new(document: Document, records: Records, messages: Messages, saver: Saver) -> Self {
        Self(Box::leak(Box::new(Ends { document, records, messages, saver })))
    }

    /// What it changes.
    pub fn document(self) -> Document {
        self.document
    }

    /// The door of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Does an edit and remembers it; `label` is a phrase that fits after "Undo": `rename table task`.
    /// A refused edit changes nothing and is told. Gives whether it was done.
    pub fn send(self, label: impl Into<String>, edit: Edit) -> bool {
        let done = edit.clone();
        let result = self.document.change(|design, history| {
            history.apply(design, label, edit)?;
            Ok(Some(done))
        });
        self.settle(result)
    }

    /// The same as [`Self::send`], as one step with the last one when that had the same label: a text as it is
    /// being written, a number as it is being dragged.
    pub fn continue_with(self, label: impl Into<String>, edit: Edit) -> bool {
        let done = edit.clone();
        let result = self.document.change(|design, history| {
            history.extend(design, label, edit)?;
            Ok(Some(done))
        });
        self.settle(result)
    }

    /// Accepts all parts of a proposal, or the chosen ones with what they need.
    pub fn accept(
        self,
        label: impl Into<String>,
        proposal: &Proposal,
        chosen: Option<&BTreeSet<usize>>,
    ) -> bool {
        let edit = self.document.peek(|design| match chosen {
            Some(chosen) => proposal.accept(design, chosen),
            None => proposal.accept_all(design),
        });
        match edit {
            Ok(edit) => self.send(label, edit),
            Err(refused) => self.settle(Err(refused)),
        }
    }

    /// Takes the last act back.
    pub fn undo(self) {
        let result = self.document.change(|design, history| history.undo(design));
        self.settle(result);
    }

    /// Does again what was taken back.
    pub fn redo(self) {
        let result = self.document.change(|design, history| history.redo(design));
        self.settle(result);
    }

    /// Follows an edit that was done to the same design elsewhere; it is neither told on nor remembered for undo.
    pub fn follow(self, edit: &Edit) {
        let result = self.document.change(|design, _| {
            let here = edit.rebased(design);
            design.apply(&here)?;
            Ok(Some(here))
        });
        match result {
            Ok(Some(here)) => {
                self.show(&here);
                if here != *edit {
                    self.saver.save(&here);
                }
            }
            Ok(None) => {}
            Err(refused) => self.messages.fail(format!("A change from another tab does not fit: {refused}")),
        }
    }

    /// Puts another design in the place of the open one, which stays where it is kept.
    pub fn open(self, design: Design) {
        self.records.fill(&design);
        self.document.replace(design);
        self.document.announce_opened();
    }

    fn settle(self, result: Result<Option<Edit>, Refused>) -> bool {
        match result {
            Ok(Some(edit)) => {
                if !edit.is_empty() {
                    self.show(&edit);
                    self.saver.save(&edit);
                    self.saver.tell(&edit);
                }
                true
            }
            Ok(None) => false,
            Err(refused) => {
                self.messages.fail(format!("Nothing was changed: {refused}."));
                false
            }
        }
    }

    fn show(self, edit: &Edit) {
        for replaced in &edit.records {
            self.records.take(replaced.before.as_ref(), replaced.after.as_ref());
        }
        self.document.announce(edit);
    }
}

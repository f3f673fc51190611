//! The one door through which the page changes the design.

use std::collections::BTreeSet;
use std::ops::Deref;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Design, Edit, Heard, Log, Proposal, Refused, Told};

use super::{Document, Records};
use crate::app::messages::Messages;
use crate::app::storage::{Held, Place, Saver, writing_lock};

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
        if let Some(what) = self.document.peek(|design| edit.changes_given(design)) {
            return self.settle(Err(Refused::Given { what }));
        }
        self.take(label, edit)
    }

    /// The same, where a proposal has looked at what is given.
    fn take(self, label: impl Into<String>, edit: Edit) -> bool {
        if self.saver.is_sealed() {
            return false;
        }
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
        if let Some(what) = self.document.peek(|design| edit.changes_given(design)) {
            return self.settle(Err(Refused::Given { what }));
        }
        if self.saver.is_sealed() {
            return false;
        }
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
            Ok(edit) => self.take(label, edit),
            Err(refused) => self.settle(Err(refused)),
        }
    }

    /// Does the chosen parts of a proposal and keeps the decision with its reason; with none it keeps the refusal.
    pub fn decide(
        self,
        label: impl Into<String>,
        proposal: &Proposal,
        chosen: &BTreeSet<usize>,
        why: &str,
    ) -> bool {
        match self.document.peek(|design| proposal.decided(design, chosen, why)) {
            Ok(edit) => self.take(label, edit),
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

    /// Does here what another tab told of the open design.
    pub fn hear(self, key: &str, told: Told) {
        if !self.saver.is_at(key) {
            return;
        }
        let mut heard = Heard::default();
        // Nothing is refused: what does not fit is among what was heard.
        let _ = self.document.change(|design, _| {
            heard = self.saver.hear(told, design);
            Ok(None)
        });
        self.follow(heard);
    }

    fn follow(self, heard: Heard) {
        if !heard.shown.is_empty() {
            self.show(&heard.shown);
        }
        for why in heard.refused {
            self.messages.fail(say!("keep-taken-back", reason = why));
        }
        self.saver.follow(heard.replies, heard.done);
        if heard.is_behind
            && let Some(key) = self.saver.key().get_untracked()
        {
            spawn_local(async move { self.begin_anew(&key, None).await });
        }
    }

    /// Reads the open design again as it is kept; with the lock, this tab writes it from now on.
    async fn begin_anew(self, key: &str, held: Option<Held>) {
        let kept = self.saver.shelf().open(key).await;
        if !self.saver.is_at(key) {
            return;
        }
        let (kept, log) = match kept {
            Ok(Some(kept)) => kept,
            Ok(None) => return,
            Err(error) => {
                return self.messages.fail(say!("keep-other-tab", reason = error.0));
            }
        };
        let is_writer = held.is_some();
        let mut all = Vec::new();
        // Nothing is refused: what does not fit is among what was heard.
        let _ = self.document.change(|design, _| {
            all = self.saver.begin_anew(design, kept, log, held);
            Ok(None)
        });
        for heard in all {
            self.follow(heard);
        }
        if is_writer {
            self.saver.announce();
        }
    }

    /// Puts another design in the place of the open one, which stays where it is kept.
    pub fn open(self, mut design: Design, key: Option<String>, place: Place, log: Log) {
        design.keep_to(self.saver.lane());
        let follows = matches!(place, Place::Follows).then(|| key.clone()).flatten();
        self.saver.attend(key, place, log);
        self.records.fill(&design);
        self.document.replace(design);
        self.document.announce_opened();
        if let Some(key) = follows {
            let opened = self.document.opened().get_untracked();
            spawn_local(async move {
                // The tab that writes has gone: this one is next.
                let held = writing_lock(&key, true).await;
                if held.is_some() && self.document.opened().get_untracked() == opened {
                    self.begin_anew(&key, held).await;
                }
            });
        }
    }

    fn settle(self, result: Result<Option<Edit>, Refused>) -> bool {
        match result {
            Ok(Some(edit)) => {
                if !edit.is_empty() {
                    self.show(&edit);
                    self.saver.save(&edit);
                }
                true
            }
            Ok(None) => false,
            Err(refused) => {
                self.messages.fail(say!("page-nothing-changed", reason = refused.to_string()));
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

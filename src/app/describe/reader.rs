//! What was read from the brief, what is left out of it, and the proposal that comes of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::brief::{self, Choices, Reading, RelationshipKey};
use relata::design::Proposal;

use crate::app::messages::Messages;
use crate::app::store::{Dispatch, Document, Records};
use crate::app::worker::Worker;

/// The reading of the open design's brief.
#[derive(Clone, Copy)]
pub struct Reader {
    document: Document,
    dispatch: Dispatch,
    worker: Worker,
    messages: Messages,
    choices: RwSignal<Choices>,
    text: Memo<String>,
    /// The text that was read last, and what was found in it.
    read: RwSignal<(String, Reading)>,
    reading: Memo<Reading>,
    chosen: Memo<Reading>,
    proposal: Memo<Proposal>,
}

impl Reader {
    /// A reader that has read nothing yet; it reads once it is followed.
    pub fn new(
        document: Document,
        records: Records,
        dispatch: Dispatch,
        (worker, messages): (Worker, Messages),
    ) -> Self {
        let text = Memo::new(move |_| {
            let brief = records.briefs.ids().with(|it| it.first().copied());
            brief
                .and_then(|id| records.briefs.get(id))
                .map_or_else(String::new, |it| it.with(|it| it.text.clone()))
        });
        let choices = RwSignal::new(Choices::default());
        let read = RwSignal::new((String::new(), Reading::default()));
        let reading = Memo::new(move |_| read.with(|it| it.1.clone()));
        let chosen = Memo::new(move |_| choices.with(|choices| reading.with(|it| it.chosen(choices))));
        let proposal = Memo::new(move |_| {
            let brief = records.briefs.ids().with(|it| it.first().copied());
            let Some(id) = brief else { return Proposal::default() };
            document.with_schema(|design| chosen.with(|it| brief::propose(design, it, id)))
        });
        Self { document, dispatch, worker, messages, choices, text, read, reading, chosen, proposal }
    }

    /// Reads the text in the worker, now and whenever it changes, as long as the current owner lives.
    pub fn follow(self) {
        Effect::new(move || {
            let text = self.text.get();
            if self.read.with_untracked(|it| it.0 == text) {
                return;
            }
            if text.trim().is_empty() {
                return self.read.set((text, Reading::default()));
            }
            spawn_local(async move {
                let told = self.worker.read(text.clone()).await;
                // What was written meanwhile is read by a job of its own.
                if self.text.get_untracked() != text {
                    return;
                }
                match told {
                    Ok(reading) => self.read.set((text, reading)),
                    Err(reason) => self.messages.fail(say!("describe-not-read", reason = reason)),
                }
            });
        });
    }

    /// Whether what was found is what stands in the text now.
    pub fn is_current(self) -> bool {
        self.text.with(|text| self.read.with(|it| it.0 == *text))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// All that was read.
    pub fn reading(self) -> Signal<Reading> {
        self.reading.into()
    }

    /// What was read, with the answers given and without what is left out.
    pub fn chosen(self) -> Signal<Reading> {
        self.chosen.into()
    }

    /// What the chosen reading would change.
    pub fn proposal(self) -> Signal<Proposal> {
        self.proposal.into()
    }

    /// Forgets all choices: another design was opened.
    pub fn forget(self) {
        self.choices.set(Choices::default());
    }

    /// Whether an entity is left out.
    pub fn leaves_out(self, entity: &str) -> bool {
        self.choices.with(|it| it.entities.contains(entity))
    }

    /// Whether an attribute is left out.
    pub fn leaves_out_attribute(self, entity: &str, attribute: &str) -> bool {
        self.choices.with(|it| it.attributes.contains(&(entity.to_owned(), attribute.to_owned())))
    }

    /// Whether a relationship is left out.
    pub fn leaves_out_relationship(self, key: &RelationshipKey) -> bool {
        self.choices.with(|it| it.relationships.contains(key))
    }

    /// Leaves an entity out, or takes it back in.
    pub fn toggle(self, entity: &str) {
        self.choices.update(|it| flip(&mut it.entities, entity.to_owned()));
    }

    /// Leaves an attribute out, or takes it back in.
    pub fn toggle_attribute(self, entity: &str, attribute: &str) {
        self.choices.update(|it| flip(&mut it.attributes, (entity.to_owned(), attribute.to_owned())));
    }

    /// Leaves a relationship out, or takes it back in.
    pub fn toggle_relationship(self, key: RelationshipKey) {
        self.choices.update(|it| flip(&mut it.relationships, key));
    }

    /// Which option of a question was chosen.
    pub fn answer(self, question: &str) -> Option<usize> {
        self.choices.with(|it| it.answers.get(question).copied())
    }

    /// Chooses an option.
    pub fn choose(self, question: String, option: usize) {
        self.choices.update(|it| {
            it.answers.insert(question, option);
        });
    }

    /// Makes all that is not left out part of the design; gives whether anything came of it.
    pub fn accept_all(self) -> bool {
        let proposal = self.proposal.get_untracked();
        self.dispatch.accept(say!("done-accept-found"), &proposal, None)
    }

    /// Makes one entity, and what it cannot do without, part of the design.
    pub fn accept(self, entity: &str) -> bool {
        let only = self.chosen.with_untracked(|it| it.only(entity));
        let brief = self.document.peek(|design| design.briefs().next().map(|it| it.id));
        let Some(id) = brief else { return false };
        let proposal = self.document.peek(|design| brief::propose(design, &only, id));
        self.dispatch.accept(say!("done-accept", name = entity), &proposal, None)
    }
}

fn flip<T: Ord>(set: &mut std::collections::BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

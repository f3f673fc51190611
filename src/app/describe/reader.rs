//! What was read from the brief, what is left out of it, and the proposal that comes of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::brief::{Choices, Question, QuestionSubject, Reading, RelationshipKey, settled};
use relata::design::{BriefId, Demand, Proposal, Volume};
use relata::job::Packed;

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
    brief: Memo<Option<BriefId>>,
    /// What comes of it; none while that is being found out.
    proposal: RwSignal<Option<Proposal>>,
}

impl Reader {
    /// A reader that has read nothing yet; it reads once it is followed.
    pub fn new(
        document: Document,
        records: Records,
        dispatch: Dispatch,
        (worker, messages): (Worker, Messages),
    ) -> Self {
        let brief = Memo::new(move |_| records.briefs.ids().with(|it| it.first().copied()));
        let text = Memo::new(move |_| {
            brief
                .get()
                .and_then(|id| records.briefs.get(id))
                .map_or_else(String::new, |it| it.with(|it| it.text.clone()))
        });
        let choices = RwSignal::new(Choices::default());
        let read = RwSignal::new((String::new(), Reading::default()));
        let reading = Memo::new(move |_| read.with(|it| it.1.clone()));
        let chosen =
            Memo::new(move |_| choices.with(|choices| reading.with(|it| it.chosen(choices).into_owned())));
        let proposal = RwSignal::new(Some(Proposal::default()));
        Self { document, dispatch, worker, messages, choices, text, read, reading, chosen, brief, proposal }
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
        self.follow_design();
    }

    /// Has the worker propose, now and whenever the reading, a choice or the design's schema changes.
    fn follow_design(self) {
        let asked = StoredValue::new(0_u32);
        Effect::new(move || {
            let text = self.read.with(|it| it.0.clone());
            let choices = self.choices.get();
            asked.update_value(|it| *it += 1);
            let Some(brief) = self.brief.get().filter(|_| !text.is_empty()) else {
                return self.proposal.set(Some(Proposal::default()));
            };
            let design = self.document.with_schema(Packed::of);
            self.proposal.set(None);
            let number = asked.get_value();
            spawn_local(async move {
                let told = self.worker.propose(design, (brief, text), choices, None).await;
                if asked.try_get_value() == Some(number) {
                    match told {
                        Ok(proposal) => self.proposal.set(Some(proposal)),
                        Err(reason) => self.messages.fail(say!("describe-not-read", reason = reason)),
                    }
                }
            });
        });
    }

    /// Whether what was found, and what comes of it, is what stands in the text now.
    pub fn is_current(self) -> bool {
        self.proposal.with(Option::is_some) && self.text.with(|text| self.read.with(|it| it.0 == *text))
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

    /// Whether the chosen reading would change anything, as far as that is known.
    pub fn waits(self) -> bool {
        self.proposal.with(|it| it.as_ref().is_none_or(|it| !it.parts.is_empty()))
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

    /// Whether a reference is to be several on both sides, by a choice or an answer.
    pub fn has_several(self, index: usize, key: &RelationshipKey) -> bool {
        self.choices.with(|it| it.several.contains(key))
            || self.asked_of_several(index).is_some_and(|it| self.answer(&it) == Some(1))
    }

    /// Makes a reference several on both sides, or one again: by the question about it, where there is one.
    pub fn toggle_several(self, index: usize, key: RelationshipKey) {
        match self.asked_of_several(index) {
            Some(question) => {
                let is_several = self.answer(&question) == Some(1);
                self.choose(question, usize::from(!is_several));
            }
            None => self.choices.update(|it| flip(&mut it.several, key)),
        }
    }

    /// The question whether what refers to one refers to several, by the number of the reference.
    fn asked_of_several(self, index: usize) -> Option<String> {
        let is_of = |it: &&Question| matches!(it.subject, QuestionSubject::HiddenManyToMany { relationship, .. } if relationship == index);
        self.reading.with(|it| it.questions.iter().find(is_of).map(|it| it.text.clone()))
    }

    /// Which option of a question was chosen.
    pub fn answer(self, question: &str) -> Option<usize> {
        self.choices.with(|it| it.answers.get(question).copied())
    }

    /// Whether nobody has decided on a question before; what was answered since stays in sight.
    pub fn is_open(self, question: &Question) -> bool {
        self.answer(&question.text).is_some() || !self.document.with(|it| settled(it, question))
    }

    /// Chooses an option.
    pub fn choose(self, question: String, option: usize) {
        self.choices.update(|it| {
            it.answers.insert(question, option);
        });
    }

    /// Makes all that is not left out part of the design; gives whether anything came of it.
    pub fn accept_all(self) -> bool {
        let proposal = self.proposal.get_untracked().unwrap_or_default();
        let edit = self.document.peek(|design| {
            self.choices.with_untracked(|choices| {
                self.reading.with_untracked(|it| it.decided(design, choices, &proposal))
            })
        });
        match edit {
            Ok(edit) => self.dispatch.send(say!("done-accept-found"), edit),
            Err(refused) => {
                self.messages.fail(say!("page-nothing-changed", reason = refused.to_string()));
                false
            }
        }
    }

    /// Leaves a demand of the text out, or takes it back in.
    pub fn heed(self, what: Demand, is_heeded: bool) {
        self.choices.update(|it| {
            if is_heeded {
                it.demands.remove(&what);
            } else {
                it.demands.insert(what);
            }
        });
    }

    /// Leaves out the sizes that the text tells and that are not wanted.
    pub fn expect_only(self, wanted: &[Volume]) {
        let told = self.read.with_untracked(|it| it.1.load.keys().cloned().collect::<Vec<_>>());
        let sizes = told.into_iter().filter(|of| !wanted.iter().any(|it| it.of == *of)).collect();
        self.choices.update(|it| it.sizes = sizes);
    }

    /// Makes one entity or one subject, and what it cannot do without, part of the design.
    pub fn accept(self, entity: String) {
        let Some(brief) = self.brief.get_untracked() else { return };
        let (text, choices) = (self.read.with_untracked(|it| it.0.clone()), self.choices.get_untracked());
        let opened = self.document.opened();
        let before = opened.get_untracked();
        spawn_local(async move {
            loop {
                let (design, next) = self.document.peek(|it| (Packed::of(it), it.ids().peek()));
                let of = (brief, text.clone());
                let told = self.worker.propose(design, of, choices.clone(), Some(entity.clone())).await;
                if opened.get_untracked() != before {
                    return;
                }
                match told {
                    // What was added meanwhile took the identities that the proposal gives.
                    Ok(_) if self.document.peek(|it| it.ids().peek()) != next => {}
                    Ok(proposal) => {
                        self.dispatch.accept(say!("done-accept", name = entity), &proposal, None);
                        return;
                    }
                    Err(reason) => return self.messages.fail(say!("describe-not-read", reason = reason)),
                }
            }
        });
    }
}

fn flip<T: Ord>(set: &mut std::collections::BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

//! What is pointed at, in the text or beside it: the same thing lights up on both sides.

use leptos::prelude::*;
use relata::base::Span;

/// What is pointed at. Ids: `entity:task`, `attribute:task.title`, `relationship:3`, `question:0`.
#[derive(Clone, Copy)]
pub struct Linked {
    active: RwSignal<Vec<String>>,
    shown: RwSignal<Option<Span>>,
    wanted: RwSignal<Option<String>>,
}

impl Linked {
    /// Nothing is pointed at.
    pub fn new() -> Self {
        Self { active: RwSignal::new(Vec::new()), shown: RwSignal::new(None), wanted: RwSignal::new(None) }
    }

    /// The one of the step.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The ids that are pointed at, innermost first.
    pub fn active(self) -> Signal<Vec<String>> {
        self.active.into()
    }

    /// Points at these, or at nothing.
    pub fn point(self, ids: Vec<String>) {
        if self.active.with_untracked(|it| *it != ids) {
            self.active.set(ids);
        }
    }

    /// Whether this or something of it is pointed at.
    pub fn is_at(self, id: &str) -> bool {
        self.active.with(|all| all.iter().any(|it| it == id))
    }

    /// Whether an entity, or an attribute of it, is pointed at.
    pub fn is_within(self, entity: &str) -> bool {
        let (own, attributes) = (entity_id(entity), attribute_id(entity, ""));
        self.active.with(|all| all.iter().any(|it| *it == own || it.starts_with(&attributes)))
    }

    /// Brings words of the text into view.
    pub fn show(self, evidence: &[Span]) {
        if let Some(first) = evidence.first() {
            self.shown.set(Some(*first));
        }
    }

    /// The words to bring into view.
    pub fn shown(self) -> Signal<Option<Span>> {
        self.shown.into()
    }

    /// Brings what was found into view.
    pub fn want(self, id: Option<String>) {
        self.wanted.set(id);
    }

    /// What to bring into view.
    pub fn wanted(self) -> Signal<Option<String>> {
        self.wanted.into()
    }
}

/// The id of an entity.
pub fn entity_id(entity: &str) -> String {
    format!("entity:{entity}")
}

/// The id of an attribute.
pub fn attribute_id(entity: &str, attribute: &str) -> String {
    format!("attribute:{entity}.{attribute}")
}

/// The id of a relationship, by its place in the reading.
pub fn relationship_id(index: usize) -> String {
    format!("relationship:{index}")
}

/// The id of a question, by its place in the reading.
pub fn question_id(index: usize) -> String {
    format!("question:{index}")
}

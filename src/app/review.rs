//! The one panel for proposals: what, why, on which words; accept, leave out.

use std::collections::BTreeSet;

use leptos::prelude::*;
use relata::design::{Change, Part, Proposal};

use super::shell::{Dialog, Dialogs, Shown};
use super::store::{Dispatch, Document};

/// A proposal that is being looked at.
#[derive(Clone, Default)]
struct Open {
    label: String,
    proposal: Proposal,
}

/// The proposal in the panel.
#[derive(Clone, Copy)]
pub struct Review {
    open: RwSignal<Open>,
    dialogs: Dialogs,
}

impl Review {
    /// No proposal.
    pub fn new(dialogs: Dialogs) -> Self {
        Self { open: RwSignal::new(Open::default()), dialogs }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Shows a proposal; `label` is what undo would take back.
    pub fn show(self, label: impl Into<String>, proposal: Proposal) {
        self.open.set(Open { label: label.into(), proposal });
        self.dialogs.show(Shown::Review);
    }
}

/// The panel as a dialog.
#[component]
pub fn ReviewDialog() -> impl IntoView {
    let (review, dialogs) = (Review::from_context(), Dialogs::from_context());
    let dispatch = Dispatch::from_context();
    let Open { label, proposal } = review.open.get_untracked();
    let chosen = RwSignal::new(proposal.usual());
    let title = if proposal.title.is_empty() { say!("review-title") } else { proposal.title.clone() };
    let document = Document::from_context();
    let changes = document.peek(|design| proposal.changes(design));
    let parts = proposal.parts.iter().cloned().zip(changes).enumerate().collect::<Vec<_>>();
    let proposal = StoredValue::new(proposal);
    // A part without what it needs is not done, and does not look as if it were.
    let closed = Memo::new(move |_| chosen.with(|it| proposal.with_value(|all| all.closed(it))));
    let on_accept = move |_| {
        let done =
            proposal.with_value(|all| dispatch.accept(label.clone(), all, Some(&closed.get_untracked())));
        if done {
            dialogs.close();
        }
    };
    let row = move |(index, (part, changes)): (usize, (Part, Vec<Change>))| {
        let lines = changes.iter().map(ToString::to_string).collect();
        view! { <PartRow index part lines chosen closed /> }
    };
    view! {
        <Dialog title=title>
            <ul class="review" data-testid="review">{parts.into_iter().map(row).collect_view()}</ul>
            <div class="review__acts">
                <button class="button" on:click=move |_| dialogs.close()>{say!("review-leave")}</button>
                <button
                    class="button button--primary"
                    data-testid="accept"
                    disabled=move || closed.with(BTreeSet::is_empty)
                    on:click=on_accept
                >
                    {say!("page-accept")}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn PartRow(
    index: usize,
    part: Part,
    lines: Vec<String>,
    chosen: RwSignal<BTreeSet<usize>>,
    closed: Memo<BTreeSet<usize>>,
) -> impl IntoView {
    let document = Document::from_context();
    let is_in = move || closed.with(|it| it.contains(&index));
    let on_change = move |_| {
        chosen.update(|it| {
            if !it.remove(&index) {
                it.insert(index);
            }
        });
    };
    let words = part.evidence.as_ref().map(|evidence| {
        document.peek(|design| {
            let text = design.brief(evidence.brief).map_or("", |it| it.text.as_str());
            let quoted = evidence.spans.iter().map(|it| format!("“{}”", it.of(text)));
            quoted.collect::<Vec<_>>().join(", ")
        })
    });
    view! {
        <li class="review__part" class:review__part--out=move || !is_in()>
            <label class="review__choice">
                <input type="checkbox" prop:checked=is_in on:change=on_change />
                <b>{part.title.clone()}</b>
                {part.assumed.then(|| view! { <span class="chip chip--assumed">{say!("page-assumed")}</span> })}
            </label>
            <p class="prose">{part.reason.clone()}</p>
            {words.filter(|it| !it.is_empty()).map(|it| view! { <p class="note">{it}</p> })}
            <Changes lines />
        </li>
    }
}

/// What changes, in words; a long list waits to be unfolded.
#[component]
fn Changes(lines: Vec<String>) -> impl IntoView {
    const FEW: usize = 3;
    let count = lines.len();
    let list = lines.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
    if count <= FEW {
        view! { <ul class="review__changes">{list}</ul> }.into_any()
    } else {
        view! { <details><summary class="note">{say!("review-changes", count = count)}</summary><ul class="review__changes">{list}</ul></details> }
            .into_any()
    }
}

//! The one panel for proposals: what, why, on which words, as SQL and as a picture; accept, leave out, refuse.

mod migration;

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Design, Part, Proposal};
use relata::job::{Packed, Talk};

use super::messages::Messages;
use super::shell::{Dialog, Dialogs, Shown};
use super::store::{Dispatch, Document};
use super::theme::Theme;
use super::worker::Worker;
use migration::Migration;

/// A proposal that is being looked at.
#[derive(Clone, Default)]
struct Open {
    label: String,
    proposal: Proposal,
    /// Whether what comes of it is kept as a decision.
    is_decision: bool,
    on_decided: Option<Callback<()>>,
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

    /// Shows a proposal; `label` is what undo would take back. What is decided is kept in the design.
    pub fn show(self, label: impl Into<String>, proposal: Proposal) {
        self.put(Open { label: label.into(), proposal, is_decision: true, on_decided: None });
    }

    /// The same, and tells when somebody has decided; closing the panel is no decision.
    pub fn show_until(self, label: impl Into<String>, proposal: Proposal, on_decided: Callback<()>) {
        let on_decided = Some(on_decided);
        self.put(Open { label: label.into(), proposal, is_decision: true, on_decided });
    }

    /// Shows what an act would do, before it is done; nothing is kept of the question.
    pub fn confirm(self, label: impl Into<String>, proposal: Proposal) {
        self.put(Open { label: label.into(), proposal, ..Open::default() });
    }

    fn put(self, open: Open) {
        self.open.set(open);
        self.dialogs.show(Shown::Review);
    }
}

/// In which way a proposal is looked at.
#[derive(Clone, Copy, PartialEq)]
enum View {
    Parts,
    Sql,
    Migration,
    Picture,
}

/// The panel as a dialog.
#[component]
pub fn ReviewDialog() -> impl IntoView {
    let (review, dialogs) = (Review::from_context(), Dialogs::from_context());
    let dispatch = Dispatch::from_context();
    let Open { label, proposal, is_decision, on_decided } = review.open.get_untracked();
    let chosen = RwSignal::new(proposal.usual());
    let (view, why) = (RwSignal::new(View::Parts), RwSignal::new(String::new()));
    let title = if proposal.title.is_empty() { say!("review-title") } else { proposal.title.clone() };
    let document = Document::from_context();
    let changes = RwSignal::new(Vec::new());
    let (worker, messages) = (Worker::from_context(), Messages::from_context());
    let asked = (document.peek(Packed::of), proposal.clone());
    spawn_local(async move {
        match worker.changes(asked.0, asked.1).await {
            Ok(words) => drop(changes.try_set(words)),
            Err(reason) => messages.fail(say!("review-not-shown", reason = reason)),
        }
    });
    let parts = StoredValue::new(proposal.parts.iter().cloned().enumerate().collect::<Vec<_>>());
    let proposal = StoredValue::new(proposal);
    // A part without what it needs is not done, and does not look as if it were.
    let closed = Memo::new(move |_| chosen.with(|it| proposal.with_value(|all| all.closed(it))));
    let decide = Callback::new(move |chosen: BTreeSet<usize>| {
        let (label, why) = (label.clone(), why.get_untracked());
        let done = proposal.with_value(|all| match (is_decision, chosen.is_empty()) {
            (true, false) => dispatch.decide(label, all, &chosen, &why),
            (true, true) => dispatch.decide(say!("done-leave-out", what = label), all, &chosen, &why),
            (false, false) => dispatch.accept(label, all, Some(&chosen)),
            (false, true) => true,
        });
        if done {
            dialogs.close();
            if let Some(it) = on_decided {
                it.run(());
            }
        }
    });
    let row = move |(index, part): (usize, Part)| {
        let lines = Memo::new(move |_| {
            changes.with(|it: &Vec<Vec<String>>| it.get(index).cloned().unwrap_or_default())
        });
        view! { <PartRow index part lines chosen closed /> }
    };
    let tab = move |it: View, words: String, testid: &'static str| {
        view! {
            <button data-testid=testid aria-pressed=move || (view.get() == it).to_string() on:click=move |_| view.set(it)>
                {words}
            </button>
        }
    };
    view! {
        <Dialog title=title>
            <div class="segments review__views" role="group" aria-label=say!("review-views")>
                {tab(View::Parts, say!("review-parts"), "review-parts")}
                {tab(View::Sql, say!("review-sql"), "review-sql")}
                {tab(View::Migration, say!("review-migration"), "review-migration")}
                {tab(View::Picture, say!("review-diagram"), "review-picture")}
            </div>
            {move || match view.get() {
                View::Parts => view! {
                    <ul class="review" data-testid="review">
                        {parts.get_value().into_iter().map(row).collect_view()}
                    </ul>
                }
                .into_any(),
                View::Sql => view! { <Preview proposal closed is_picture=false /> }.into_any(),
                View::Migration => view! { <Migration proposal closed /> }.into_any(),
                View::Picture => view! { <Preview proposal closed is_picture=true /> }.into_any(),
            }}
            {is_decision.then(|| view! {
                <input
                    class="field"
                    data-testid="decision-why"
                    aria-label=say!("review-why")
                    placeholder=say!("review-why-hint")
                    autocomplete="off"
                    prop:value=why
                    on:input=move |event| why.set(event_target_value(&event))
                />
            })}
            <div class="review__acts">
                <button class="button" data-testid="refuse" on:click=move |_| decide.run(BTreeSet::new())>{say!("review-leave")}</button>
                <button
                    class="button button--primary"
                    data-testid="accept"
                    disabled=move || closed.with(BTreeSet::is_empty)
                    on:click=move |_| decide.run(closed.get_untracked())
                >
                    {say!("page-accept")}
                </button>
            </div>
        </Dialog>
    }
}

/// What the chosen parts make of the design: the lines of SQL that differ, or the tables.
#[component]
fn Preview(
    proposal: StoredValue<Proposal>,
    closed: Memo<BTreeSet<usize>>,
    is_picture: bool,
) -> impl IntoView {
    let (document, worker) = (Document::from_context(), Worker::from_context());
    let (messages, is_dark) = (Messages::from_context(), Theme::from_context().is_dark());
    let shown = RwSignal::new(None::<String>);
    Effect::new(move || {
        let chosen = closed.get();
        let dark = is_dark.get();
        let (before, after) = document.peek(|design| {
            let after = proposal.with_value(|it| after(design, it, &chosen));
            (Packed::of(design), Packed::of(&after))
        });
        let job =
            if is_picture { Talk::Picture { before, after, dark } } else { Talk::Sql { before, after } };
        spawn_local(async move {
            match worker.tell(job).await {
                Ok(text) => drop(shown.try_set(Some(text))),
                Err(reason) => messages.fail(say!("review-not-shown", reason = reason)),
            }
        });
    });
    let picture = |svg: String| {
        let address = format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&svg)));
        view! { <div class="review__picture"><img src=address alt=say!("review-image") data-testid="review-image" /></div> }.into_any()
    };
    view! {
        {move || match shown.get() {
            None => view! { <p class="note">{say!("talk-wait")}</p> }.into_any(),
            Some(text) if text.is_empty() => view! { <p class="note">{say!("review-nothing")}</p> }.into_any(),
            Some(svg) if is_picture => picture(svg),
            Some(sql) => view! { <pre class="review__sql" data-testid="review-lines" tabindex="0">{sql.lines().map(line).collect_view()}</pre> }.into_any(),
        }}
    }
}

/// The design with the chosen parts; as it is where they do not fit any more, which accepting them tells.
fn after(design: &Design, proposal: &Proposal, chosen: &BTreeSet<usize>) -> Design {
    let mut after = design.clone();
    if let Ok(edit) = proposal.accept(design, chosen) {
        let _ = after.apply(&edit);
    }
    after
}

/// A line of a unified difference.
fn line(text: &str) -> impl IntoView + use<> {
    let class = match text.chars().next() {
        Some('+') => "review__line review__line--new",
        Some('-') => "review__line review__line--gone",
        Some('@') => "review__line review__line--place",
        _ => "review__line",
    };
    view! { <span class=class>{text.to_owned()}</span> }
}

#[component]
fn PartRow(
    index: usize,
    part: Part,
    lines: Memo<Vec<String>>,
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
            {move || view! { <Changes lines=lines.get() /> }}
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

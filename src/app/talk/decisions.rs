//! What was decided, with reasons and with what was rejected: the memory of the conversation, kept in the design.

use leptos::prelude::*;
use relata::design::{Decision, DecisionId, Edit};
use relata::job::{Packed, Talk};

use crate::app::commands::{file_name, hand_out};
use crate::app::messages::Messages;
use crate::app::store::{Dispatch, Document};
use crate::app::worker::Worker;

/// Every decision in the order in which it was made.
#[component]
pub fn Decisions() -> impl IntoView {
    let document = Document::from_context();
    let all = Memo::new(move |_| document.with(|design| design.decisions().cloned().collect::<Vec<_>>()));
    let written = RwSignal::new(None::<Decision>);
    let on_note = move |_| {
        let id = document.peek(|design| design.ids().take::<DecisionId>());
        written.set(Some(Decision { id, ..Decision::default() }));
    };
    view! {
        <div class="talk__decisions">
            <div class="talk__acts">
                <h3>{say!("talk-decisions")}</h3>
                <button class="button button--quiet" data-testid="note-decision" on:click=on_note>{say!("talk-add")}</button>
                <Export html=false />
                <Export html=true />
            </div>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="note">{say!("talk-none")}</p>
            </Show>
            <ol data-testid="decisions">
                {move || all.get().into_iter().map(|decision| view! { <Entry decision written /> }).collect_view()}
            </ol>
            {move || written.get().map(|decision| view! { <Form decision written /> })}
        </div>
    }
}

#[component]
fn Entry(decision: Decision, written: RwSignal<Option<Decision>>) -> impl IntoView {
    let dispatch = Dispatch::from_context();
    let id = decision.id;
    let title = decision.title.clone();
    let rejected = decision.rejected.join("; ");
    let on_forget = move |_| {
        let edit = dispatch.document().peek(|design| Edit::default().remove(design, id));
        dispatch.send(say!("done-forget-decision"), edit);
    };
    let reason = decision.reason.clone();
    view! {
        <li class="talk__decision" data-testid="decision">
            <b>{title.clone()}</b>
            {(!reason.is_empty()).then(|| view! { <p>{reason}</p> })}
            {(!rejected.is_empty()).then(|| view! { <p class="note">{say!("talk-not-taken", parts = rejected)}</p> })}
            <div class="talk__acts">
                <button class="talk__act" aria-label=say!("talk-edit-it", title = title.clone()) on:click=move |_| written.set(Some(decision.clone()))>{say!("talk-edit")}</button>
                <button class="talk__act" aria-label=say!("talk-forget-it", title = title) on:click=on_forget>{say!("talk-forget")}</button>
            </div>
        </li>
    }
}

/// A decision being written.
#[component]
fn Form(decision: Decision, written: RwSignal<Option<Decision>>) -> impl IntoView {
    let dispatch = Dispatch::from_context();
    let now = StoredValue::new(decision.clone());
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut decision = now.get_value();
        decision.rejected.retain(|it| !it.trim().is_empty());
        if decision.title.trim().is_empty() {
            return;
        }
        let edit = dispatch.document().peek(|design| Edit::default().put(design, decision));
        dispatch.send(say!("done-write-decision"), edit);
        written.set(None);
    };
    let line = |label: String, testid: &'static str, value: String, set: fn(&mut Decision, String)| {
        view! {
            <label class="label">
                {label}
                <textarea class="field" rows="2" data-testid=testid prop:value=value on:input=move |event| {
                    now.update_value(|it| set(it, event_target_value(&event)));
                }></textarea>
            </label>
        }
    };
    view! {
        <form class="talk__form" data-testid="decision-form" on:submit=on_submit>
            {line(say!("talk-decision"), "decision-title", decision.title, |it, value| it.title = value)}
            {line(say!("talk-why"), "decision-reason", decision.reason, |it, value| it.reason = value)}
            {line(say!("talk-rejected"), "decision-rejected", decision.rejected.join("\n"), |it, value| {
                it.rejected = value.lines().map(str::to_owned).collect();
            })}
            <div class="talk__acts">
                <button class="button button--primary" data-testid="decision-done">{say!("talk-keep")}</button>
                <button type="button" class="button" on:click=move |_| written.set(None)>{say!("talk-cancel")}</button>
            </div>
        </form>
    }
}

/// The decision document as a file.
#[component]
fn Export(html: bool) -> impl IntoView {
    let (document, worker, messages) =
        (Document::from_context(), Worker::from_context(), Messages::from_context());
    let (name, ending, kind) =
        if html { ("HTML", "html", "text/html") } else { ("Markdown", "md", "text/markdown") };
    let on_click = move |_| {
        let (design, file) = document.peek(|it| (Packed::of(it), file_name(it.title(), "")));
        let file = format!("{}-decisions.{ending}", file.trim_end_matches('.'));
        hand_out(messages, file, kind, async move { worker.tell(Talk::Decisions { design, html }).await });
    };
    view! {
        <button class="button button--quiet" data-testid=format!("decisions-{ending}") aria-label=say!("talk-download", kind = name) on:click=on_click>
            {name}
        </button>
    }
}

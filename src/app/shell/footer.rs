//! The footer: three truths. Does it run, is it saved, does it work offline.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::app::check::{Runs, Verdict};
use crate::app::messages::Messages;
use crate::app::navigation::Step;
use crate::app::storage::{SaveState, Saver};
use crate::app::worker::Worker;

/// So long after everything is kept on this device the worker starts by itself: what shows the page comes first.
const SETTLED: Duration = Duration::from_secs(5);

/// The line at the bottom.
#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="foot">
            <RunVerdict />
            <span class="foot__item foot__end" ><Saved /><Offline /></span>
        </footer>
    }
}

#[component]
fn RunVerdict() -> impl IntoView {
    let runs = Runs::from_context();
    let dot = move || match runs.verdict() {
        Verdict::Runs(_) => "dot dot--ok",
        Verdict::Fails(_) => "dot dot--bad",
        Verdict::Running => "dot dot--busy",
        Verdict::Unknown | Verdict::Stale => "dot",
    };
    let words = move || match runs.verdict() {
        Verdict::Runs(it) => {
            say!("shell-runs", version = it.version, time = it.milliseconds.round()).into_any()
        }
        Verdict::Fails(it) => say!("shell-refuses", version = it.version).into_any(),
        Verdict::Running => say!("shell-running").into_any(),
        Verdict::Unknown => say!("shell-not-run").into_any(),
        Verdict::Stale => say!("shell-stale").into_any(),
    };
    view! { <a class="foot__item" href=format!("#{}", Step::Check.slug())><i class=dot></i><span>{words}</span></a> }
}

#[component]
fn Saved() -> impl IntoView {
    let saver = Saver::from_context();
    let messages = Messages::from_context();
    Effect::new(move || {
        if let SaveState::Failed(reason) = saver.state().get() {
            messages.fail(say!("shell-not-kept", reason = reason));
        }
    });
    // It lives as long as the page.
    window_event_listener(leptos::ev::beforeunload, move |event| {
        if matches!(saver.state().get_untracked(), SaveState::Failed(_)) {
            event.prevent_default();
        }
    });
    let state = move || match saver.state().get() {
        SaveState::Saved => "saved",
        SaveState::Saving => "saving",
        SaveState::Failed(_) => "failed",
    };
    let words = move || {
        match (saver.state().get(), saver.key().get()) {
        (SaveState::Saved, None) => say!("shell-nothing-to-save").into_any(),
        (SaveState::Saved, Some(_)) => say!("shell-saved").into_any(),
        (SaveState::Saving, _) => say!("shell-saving").into_any(),
        (SaveState::Failed(_), _) => {
            view! { {say!("shell-not-saved")} " " <button class="button" on:click=move |_| saver.retry()>{say!("shell-try-again")}</button> }
                .into_any()
        }
    }
    };
    view! { <span data-testid="saved" data-state=state>{words}</span> }
}

/// What js/offline.js tells: by an event, and on the `html` element for those who come later.
#[component]
fn Offline() -> impl IntoView {
    let messages = Messages::from_context();
    let is_ready = RwSignal::new(is_told("data-offline"));
    listen("relata-offline", move || is_ready.set(true));
    let worker = Worker::from_context();
    // There is nothing left to fetch, so the worker may practise for somebody who only looks so far.
    Effect::new(move || {
        if is_ready.get() {
            set_timeout(move || worker.prepare(), SETTLED);
        }
    });
    let announce = move || {
        let reload = Callback::new(|()| {
            if let Ok(event) = web_sys::Event::new("relata-reload") {
                let _ = window().dispatch_event(&event);
            }
        });
        messages.offer(say!("shell-new-version"), say!("shell-load-it"), reload);
    };
    listen("relata-update", announce);
    if is_told("data-update") {
        announce();
    }
    view! { <span data-testid="offline">{move || is_ready.get().then(|| format!(" · {}", say!("shell-offline")))}</span> }
}

fn is_told(attribute: &str) -> bool {
    document().document_element().and_then(|it| it.get_attribute(attribute)).as_deref() == Some("ready")
}

fn listen(event: &str, on_event: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn()>::new(on_event);
    let _ = window().add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    // The footer lives as long as the page.
    heard.forget();
}

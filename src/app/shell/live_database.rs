//! A live database as a design: the query to run there, and a place for what it answers.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dialog, Dialogs};
use crate::app::edge::{catalog_query, copy, download};
use crate::app::messages::Messages;
use crate::app::opener::Opener;

/// For those who have psql at hand.
const COMMAND: &str = "psql -XAtf catalog.sql mydb > mydb.json";

/// The two steps as a dialog.
#[component]
pub fn LiveDatabaseDialog() -> impl IntoView {
    let (opener, dialogs, messages) =
        (Opener::from_context(), Dialogs::from_context(), Messages::from_context());
    let query = RwSignal::new(None::<Result<String, String>>);
    spawn_local(async move {
        let told = catalog_query().await;
        query.try_set(Some(told));
    });
    let text = move || query.with(|it| it.clone().and_then(Result::ok));
    let answer = RwSignal::new(String::new());
    let open = move || {
        let text = answer.get_untracked();
        if !text.trim().is_empty() {
            dialogs.close();
            opener.open_text(&text);
        }
    };
    view! {
        <Dialog title=say!("command-live")>
            <ol class="live">
                <li>
                    <p>{say!("live-run")}</p>
                    <div class="live__acts">
                        <button
                            class="button button--primary"
                            autofocus
                            disabled=move || text().is_none()
                            on:click=move |_| {
                                if let Some(text) = text() {
                                    copy(&text, say!("live-copied"), messages);
                                }
                            }
                        >
                            {say!("live-copy")}
                        </button>
                        <button
                            class="button"
                            disabled=move || text().is_none()
                            on:click=move |_| {
                                if let Some(Err(reason)) = text().map(|it| download("catalog.sql", "application/sql", &it)) {
                                    messages.fail(say!("page-file-failed", reason = reason));
                                }
                            }
                        >
                            {say!("live-download")}
                        </button>
                    </div>
                    <p class="note">{say!("live-terminal")}" "<code>{COMMAND}</code></p>
                    {move || query.with(|it| match it {
                        Some(Err(reason)) => Some(view! { <p class="note" role="alert">{say!("live-not-loaded", reason = reason.as_str())}</p> }),
                        _ => None,
                    })}
                </li>
                <li>
                    <label class="label">
                        {say!("live-paste")}
                        <textarea
                            class="field field--mono"
                            data-testid="catalog-answer"
                            rows="4"
                            spellcheck="false"
                            placeholder="{\"relata_catalog\": 1, …}"
                            prop:value=answer
                            on:input=move |event| answer.set(event_target_value(&event))
                        ></textarea>
                    </label>
                    <div class="live__acts">
                        <button
                            class="button button--primary"
                            disabled=move || answer.with(|it| it.trim().is_empty())
                            on:click=move |_| open()
                        >
                            {say!("live-open")}
                        </button>
                    </div>
                </li>
            </ol>
        </Dialog>
    }
}

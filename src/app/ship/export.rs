//! Texts for other tools, and the data dictionary.

use leptos::prelude::*;
use relata::write::Format;

use crate::app::commands::{export_file, words_of_format};
use crate::app::messages::Messages;
use crate::app::store::Document;
use crate::app::worker::Worker;

/// Which text, and the button that makes it.
#[component]
pub fn ExportChoice() -> impl IntoView {
    let (document, messages, worker) =
        (Document::from_context(), Messages::from_context(), Worker::from_context());
    let chosen = RwSignal::new(0);
    let make = move |_| {
        let Some(&format) = Format::ALL.get(chosen.get_untracked()) else { return };
        export_file(document, worker, messages, format);
    };
    let option =
        |(at, format): (usize, &Format)| view! { <option value=at>{words_of_format(*format)}</option> };
    let choose = move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default());
    view! {
        <div>
            <h3>{say!("ship-export")}</h3>
            <p class="note">{say!("ship-export-about")}</p>
            <div class="ship__choices">
                <select class="field" aria-label=say!("ship-format") data-testid="export-format" on:change=choose>
                    {Format::ALL.iter().enumerate().map(option).collect_view()}
                </select>
            </div>
        </div>
        <button class="button" data-testid="ship-export" on:click=make>{say!("page-download")}</button>
    }
}

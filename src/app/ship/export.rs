//! Texts for other tools, and the data dictionary.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::job::Packed;
use relata::write::Format;

use crate::app::commands::file_name;
use crate::app::edge::download;
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
        let design = document.peek(Packed::of);
        let name = document.peek(|design| file_name(design.title(), format.extension()));
        spawn_local(async move {
            let written = worker.export(design, format).await;
            if let Err(reason) = written.and_then(|it| download(&name, "text/plain", &it)) {
                messages.fail(say!("page-file-failed", reason = reason));
            }
        });
    };
    let option = |(at, format): (usize, &Format)| {
        let words = match format {
            Format::Dictionary | Format::DictionaryHtml => say!("ship-dictionary", format = format.name()),
            Format::Dbml | Format::Mermaid | Format::PlantUml => format.name().to_owned(),
        };
        view! { <option value=at>{words}</option> }
    };
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

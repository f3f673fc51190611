//! The Ship step: a link that holds the design, and files.

mod export;
mod link;
mod picture;

use leptos::prelude::*;

use crate::app::commands::{file_name, save_file};
use crate::app::derived::Derived;
use crate::app::edge::download;
use crate::app::messages::Messages;
use crate::app::store::{Document, Records};
use crate::app::worker::Worker;

use export::ExportChoice;
pub use link::{LinkCard, ShareDialog};
use picture::PictureChoice;

/// The link, then what else can be taken away.
#[component]
pub fn ShipStep() -> impl IntoView {
    let tables = Records::from_context().tables;
    view! {
        <section class="ship" aria-label=say!("step-ship")>
            <article class="card ship__card">
                <h2>{say!("ship-link")}</h2>
                <p class="prose">{say!("ship-link-about")}</p>
                <LinkCard />
            </article>
            <article class="card ship__card">
                <h2>{say!("ship-files")}</h2>
                <Files />
                <Show when=move || tables.len() == 0>
                    <p class="note">{say!("ship-no-tables")}</p>
                </Show>
            </article>
        </section>
    }
}

#[component]
fn Files() -> impl IntoView {
    let (document, derived, messages) =
        (Document::from_context(), Derived::from_context(), Messages::from_context());
    let worker = Worker::from_context();
    let told = move |result: Result<(), String>| {
        if let Err(reason) = result {
            messages.fail(say!("page-file-failed", reason = reason));
        }
    };
    let named = move |extension: &str| document.peek(|design| file_name(design.title(), extension));
    let sql = move |_| told(download(&named("sql"), "application/sql", &derived.sql().get_untracked()));
    let file = move |_| save_file(document, worker, messages);
    view! {
        <ul class="ship__files">
            <li>
                <div><h3>{say!("step-sql")}</h3><p class="note">{say!("ship-sql-about")}</p></div>
                <button class="button" data-testid="ship-sql" on:click=sql>{say!("page-download")}</button>
            </li>
            <li>
                <div><h3>{say!("ship-file")}</h3><p class="note">{say!("ship-file-about")}</p></div>
                <button class="button" data-testid="ship-file" on:click=file>{say!("page-download")}</button>
            </li>
            <li>
                <PictureChoice />
            </li>
            <li>
                <ExportChoice />
            </li>
        </ul>
    }
}

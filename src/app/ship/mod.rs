//! The Ship step: a link that holds the design, and files.

mod link;
mod picture;

use leptos::prelude::*;

use crate::app::commands::{file_name, save_file};
use crate::app::derived::Derived;
use crate::app::edge::download;
use crate::app::messages::Messages;
use crate::app::store::{Document, Records};
use crate::app::worker::Worker;

pub use link::{LinkCard, ShareDialog};
use picture::PictureChoice;

/// The link, then what else can be taken away.
#[component]
pub fn ShipStep() -> impl IntoView {
    let tables = Records::from_context().tables;
    view! {
        <section class="ship" aria-label="Ship">
            <article class="card ship__card">
                <h2>"A link"</h2>
                <p class="prose">"The link holds the whole design: tables, text and diagram. It is not stored anywhere; whoever has it has the design, and opens it as a design of their own."</p>
                <LinkCard />
            </article>
            <article class="card ship__card">
                <h2>"Files"</h2>
                <Files />
                <Show when=move || tables.len() == 0>
                    <p class="note">"The design has no tables yet."</p>
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
            messages.fail(format!("The file could not be made: {reason}."));
        }
    };
    let named = move |extension: &str| document.peek(|design| file_name(design.title(), extension));
    let sql = move |_| told(download(&named("sql"), "application/sql", &derived.sql().get_untracked()));
    let file = move |_| save_file(document, worker, messages);
    view! {
        <ul class="ship__files">
            <li>
                <div><h3>"SQL"</h3><p class="note">"Creates the design in an empty PostgreSQL."</p></div>
                <button class="button" data-testid="ship-sql" on:click=sql>"Download"</button>
            </li>
            <li>
                <div><h3>"Design file"</h3><p class="note">"Everything, with texts and reasons; opens again in Relata and in the relata command."</p></div>
                <button class="button" data-testid="ship-file" on:click=file>"Download"</button>
            </li>
            <li>
                <PictureChoice />
            </li>
        </ul>
    }
}

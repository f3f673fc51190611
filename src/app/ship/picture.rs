//! A picture of the diagram: SVG, PNG or on paper, all of it or what is selected, light or dark.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::job::{Packed, Picture};

use crate::app::commands::file_name;
use crate::app::diagram::Selection;
use crate::app::edge::{download_blob, picture_of};
use crate::app::messages::Messages;
use crate::app::store::Document;
use crate::app::theme::Theme;
use crate::app::worker::Worker;

/// Pixels for each unit of the diagram, where there is room for them.
const SHARP: f64 = 2.0;

/// How the picture is to be, and the buttons that make it.
#[component]
pub fn PictureChoice() -> impl IntoView {
    let (document, messages, worker) =
        (Document::from_context(), Messages::from_context(), Worker::from_context());
    let (selection, is_dark) = (Selection::from_context(), Theme::from_context().is_dark());
    let dark = RwSignal::new(is_dark.get_untracked());
    let (clear, labelled, selected) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let chosen = Memo::new(move |_| selection.get().tables);
    let make = move |kind: &'static str| {
        let only = if selected.get_untracked() { chosen.get_untracked() } else { BTreeSet::new() };
        let picture = Picture {
            dark: dark.get_untracked(),
            transparent: clear.get_untracked(),
            labelled: labelled.get_untracked(),
            only,
        };
        let design = document.peek(Packed::of);
        let named = move |it: &str| document.peek(|design| file_name(design.title(), it));
        spawn_local(async move {
            let made = match worker.draw(design, picture).await {
                Ok(svg) => picture_of(kind, &svg, SHARP).await,
                Err(reason) => Err(reason),
            };
            let told = made.and_then(|it| it.map_or(Ok(()), |blob| download_blob(&named(kind), &blob)));
            if let Err(reason) = told {
                messages.fail(say!("ship-picture-failed", reason = reason));
            }
        });
    };
    let tick = |label: String, is: RwSignal<bool>, testid: &'static str| {
        view! {
            <label>
                <input type="checkbox" data-testid=testid prop:checked=is on:change=move |event| is.set(event_target_checked(&event)) />
                " "{label}
            </label>
        }
    };
    view! {
        <div>
            <h3>{say!("ship-picture")}</h3>
            <p class="note">{say!("ship-picture-about")}</p>
            <div class="ship__choices">
                {tick(say!("ship-dark"), dark, "picture-dark")}
                {tick(say!("ship-transparent"), clear, "picture-transparent")}
                {tick(say!("ship-labelled"), labelled, "picture-labelled")}
                {move || (!chosen.with(BTreeSet::is_empty)).then(|| tick(say!("ship-selected"), selected, "picture-selected"))}
            </div>
        </div>
        <span class="ship__buttons">
            <button class="button" data-testid="ship-svg" on:click=move |_| make("svg")>"SVG"</button>
            <button class="button" data-testid="ship-png" on:click=move |_| make("png")>"PNG"</button>
            <button class="button" data-testid="ship-print" on:click=move |_| make("print")>{say!("ship-print")}</button>
        </span>
    }
}

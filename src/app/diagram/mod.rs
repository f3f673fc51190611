//! The Diagram step: tables and how they reference each other.

use leptos::html;
use leptos::prelude::*;
use relata::write::{DrawOptions, Theme as Ink, draw};

use crate::app::commands::choose_file;
use crate::app::navigation::{Navigation, Step};
use crate::app::reveal::Reveal;
use crate::app::shell::{Dialogs, Shown};
use crate::app::store::{Document, Records};
use crate::app::theme::Theme;

/// The picture, or what this step is for while there are no tables.
#[component]
pub fn DiagramStep() -> impl IntoView {
    let tables = Records::from_context().tables;
    let is_empty = Memo::new(move |_| tables.len() == 0);
    view! {
        <Show when=move || !is_empty.get() fallback=|| view! { <NoDiagram /> }>
            <Picture />
        </Show>
    }
}

#[component]
fn Picture() -> impl IntoView {
    let (document, is_dark, reveal) =
        (Document::from_context(), Theme::from_context().is_dark(), Reveal::from_context());
    let node = NodeRef::<html::Div>::new();
    let svg = Memo::new(move |_| {
        let theme = if is_dark.get() { Ink::Dark } else { Ink::Light };
        document.with(|design| draw(design, DrawOptions { theme }))
    });
    // Another design begins at its corner; what was asked for is drawn here in any case.
    Effect::new(move || {
        document.opened().track();
        if reveal.wanted().get().is_some() {
            reveal.done();
        }
        if let Some(node) = node.get() {
            node.set_scroll_top(0);
            node.set_scroll_left(0);
        }
    });
    view! { <div class="diagram" data-testid="canvas" tabindex="0" role="region" aria-label="Diagram" node_ref=node inner_html=svg></div> }
}

#[component]
fn NoDiagram() -> impl IntoView {
    let (navigation, dialogs) = (Navigation::from_context(), Dialogs::from_context());
    view! {
        <div class="empty" data-testid="canvas">
            <h2>"No tables to draw yet"</h2>
            <p class="prose">"The diagram shows how tables reference each other. Describe a product and accept what is found, add a table, or open an SQL file."</p>
            <div class="empty__acts">
                <button class="button button--primary" on:click=move |_| navigation.go(Step::Describe)>"Describe a product"</button>
                <button class="button" on:click=move |_| dialogs.show(Shown::AddTable)>"Add a table"</button>
                <button class="button" on:click=move |_| choose_file()>"Open a file"</button>
            </div>
        </div>
    }
}

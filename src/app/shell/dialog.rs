//! Dialogs: the browser's own, which keeps the focus inside and gives it back.

use leptos::html;
use leptos::prelude::*;

use crate::app::icons::{Icon, Sign};

/// A dialog that the frame can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All commands, tables and columns.
    Palette,
    /// Keys and words.
    Help,
    /// The designs on this device.
    Designs,
    /// The link.
    Share,
    /// What a table is to be.
    AddTable,
    /// A live database's query, and its answer.
    LiveDatabase,
    /// A proposal.
    Review,
    /// Versions and what was done.
    History,
    /// The selected table as a sheet of cells.
    Sheet,
    /// The language model.
    Model,
}

/// Which dialog is open.
#[derive(Clone, Copy)]
pub struct Dialogs(RwSignal<Option<Shown>>);

impl Dialogs {
    /// None is open.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The open dialog.
    pub fn shown(self) -> Signal<Option<Shown>> {
        self.0.into()
    }

    /// Opens a dialog in place of any other.
    pub fn show(self, dialog: Shown) {
        self.0.set(Some(dialog));
    }

    /// Closes the open dialog.
    pub fn close(self) {
        self.0.set(None);
    }

    /// The browser has closed this dialog, which it tells late: one that took its place stays.
    pub fn closed(self, dialog: Option<Shown>) {
        if self.0.get_untracked() == dialog {
            self.close();
        }
    }
}

/// A dialog with a heading. Escape, the cross and a click beside it close it.
#[component]
pub fn Dialog(#[prop(into)] title: String, children: Children) -> impl IntoView {
    let dialogs = Dialogs::from_context();
    let shown = dialogs.shown().get_untracked();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // Only a node outside the page refuses, and then nothing is to be shown.
            let _ = dialog.show_modal();
        }
    });
    let on_click = move |event: leptos::ev::MouseEvent| {
        let own = node.get_untracked().map(wasm_bindgen::JsValue::from);
        let target = event.target().map(wasm_bindgen::JsValue::from);
        if own.is_some() && own == target {
            dialogs.close();
        }
    };
    let name = title.clone();
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-label=name
            on:click=on_click
            on:close=move |_| dialogs.closed(shown)
        >
            <header class="dialog__head">
                <h2>{title}</h2>
                <button class="button button--quiet button--icon" aria-label=say!("page-close") on:click=move |_| dialogs.close()>
                    <Icon sign=Sign::Close />
                </button>
            </header>
            <div class="dialog__body">{children()}</div>
        </dialog>
    }
}

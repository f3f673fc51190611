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
pub struct Dialogs {
    shown: RwSignal<Option<Shown>>,
    /// Counts dialogs that were opened.
    turn: StoredValue<u32>,
}

impl Dialogs {
    /// None is open.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(None), turn: StoredValue::new(0) }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The open dialog.
    pub fn shown(self) -> Signal<Option<Shown>> {
        self.shown.into()
    }

    /// Opens a dialog in place of any other.
    pub fn show(self, dialog: Shown) {
        self.turn.update_value(|it| *it += 1);
        self.shown.set(Some(dialog));
    }

    /// Closes the open dialog.
    pub fn close(self) {
        self.shown.set(None);
    }

    /// The browser has closed the dialog of this turn, which it tells late: one that took its place stays, also one of its kind.
    fn closed(self, turn: u32) {
        if self.turn.get_value() == turn {
            self.close();
        }
    }
}

/// A dialog with a heading. Escape, the cross and a click beside it close it.
#[component]
pub fn Dialog(#[prop(into)] title: String, children: Children) -> impl IntoView {
    let dialogs = Dialogs::from_context();
    let turn = dialogs.turn.get_value();
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
    // The browser tells late what it has closed: a node that shows the next dialog by then is open, and stays.
    let on_close = move |_| {
        if !node.get_untracked().is_some_and(|it| it.open()) {
            dialogs.closed(turn);
        }
    };
    let name = title.clone();
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-label=name
            on:click=on_click
            on:close=on_close
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

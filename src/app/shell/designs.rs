//! The designs on this device.

use leptos::prelude::*;
use relata::layout::THUMBNAIL;

use super::{Dialog, Dialogs, Shown};
use crate::app::commands::choose_file;
use crate::app::edge::FolderPanel;
use crate::app::icons::{Icon, Sign};
use crate::app::opener::Opener;
use crate::app::storage::{Entry, Saver, Shelf};
use crate::app::worker::Worker;

/// The list as a dialog.
#[component]
pub fn DesignsDialog() -> impl IntoView {
    let (shelf, opener, dialogs) = (Shelf::from_context(), Opener::from_context(), Dialogs::from_context());
    let entries = shelf.entries();
    let worker = Worker::from_context();
    // Titles of the list are read again each time it is shown: edits change them on disk.
    leptos::task::spawn_local(async move {
        // The list as it was is better than none, and one without pictures too.
        let _ = shelf.list().await;
        let _ = shelf.draw_thumbnails(worker).await;
    });
    let on_new = move |_| {
        dialogs.close();
        opener.open_new();
    };
    let on_file = move |_| {
        dialogs.close();
        choose_file();
    };
    view! {
        <Dialog title=say!("shell-designs")>
            <div class="designs__actions">
                <button class="button button--primary" data-testid="new-design" on:click=on_new>{say!("command-new")}</button>
                <button class="button" on:click=on_file>{say!("page-open-file")}</button>
                <button class="button" on:click=move |_| dialogs.show(Shown::LiveDatabase)>{say!("command-live")}</button>
                <button class="button" data-testid="save-all" on:click=move |_| opener.save_raw(None)>{say!("shell-save-all")}</button>
            </div>
            <ul class="designs" data-testid="designs-list">
                <For each=move || entries.get() key=|it| (it.key.clone(), it.title.clone(), it.tables) let:entry>
                    <DesignRow entry />
                </For>
            </ul>
            <Show when=move || entries.with(Vec::is_empty)>
                <p class="note">{say!("shell-nothing-kept")}</p>
            </Show>
            <FolderPanel />
            <Deleted />
        </Dialog>
    }
}

/// What was deleted in the last 30 days.
#[component]
fn Deleted() -> impl IntoView {
    let (shelf, opener, dialogs) = (Shelf::from_context(), Opener::from_context(), Dialogs::from_context());
    let entries = shelf.put_away_ones();
    let row = move |entry: Entry| {
        let key = entry.key.clone();
        let on_back = move |_| {
            dialogs.close();
            opener.bring_back(key.clone());
        };
        view! {
            <li class="designs__row">
                <span class="designs__open">
                    <span class="designs__name">{entry.name()}</span>
                    <span class="note">{say!("shell-deleted-when", when = when(entry.deleted_at))}</span>
                </span>
                <button class="button" data-testid="bring-back" on:click=on_back>{say!("shell-bring-back")}</button>
            </li>
        }
    };
    view! {
        <Show when=move || !entries.with(Vec::is_empty)>
            <details data-testid="deleted">
                <summary>{say!("shell-deleted")}</summary>
                <ul class="designs">{move || entries.get().into_iter().map(row).collect_view()}</ul>
            </details>
        </Show>
    }
}

#[component]
fn DesignRow(entry: Entry) -> impl IntoView {
    let (opener, dialogs, saver) = (Opener::from_context(), Dialogs::from_context(), Saver::from_context());
    let shelf = Shelf::from_context();
    let frame = format!("0 0 {} {}", THUMBNAIL.width, THUMBNAIL.height);
    let name = entry.name();
    let key = StoredValue::new(entry.key.clone());
    let is_open = move || saver.key().with(|it| it.as_deref() == Some(key.get_value().as_str()));
    let on_open = move |_| {
        dialogs.close();
        opener.open(key.get_value());
    };
    let on_copy = move |_| {
        dialogs.close();
        opener.duplicate(key.get_value());
    };
    let deleted = name.clone();
    let on_delete = move |_| opener.put_away(key.get_value(), deleted.clone());
    let about =
        say!("shell-about", tables = say!("page-tables", count = entry.tables), when = when(entry.changed));
    view! {
        <li class="designs__row">
            <button class="designs__open" aria-current=move || is_open().then_some("true") on:click=on_open>
                <svg class="designs__thumbnail" viewBox=frame aria-hidden="true" data-testid="thumbnail">
                    <path d=move || shelf.thumbnail(&key.get_value()) />
                </svg>
                <span class="designs__name">{name.clone()}</span>
                <span class="note">{about}{move || is_open().then(|| format!(", {}", say!("shell-open")))}</span>
            </button>
            <button
                class="button button--quiet button--icon"
                aria-label=say!("shell-duplicate-it", name = name.as_str())
                title=say!("act-duplicate")
                on:click=on_copy
            >
                <Icon sign=Sign::Copy />
            </button>
            <button
                class="button button--quiet button--icon"
                aria-label=say!("shell-delete-it", name = name.as_str())
                title=say!("act-remove")
                on:click=on_delete
            >
                <Icon sign=Sign::Trash />
            </button>
        </li>
    }
}

/// `today at 14:03`, or the date.
pub(super) fn when(milliseconds: f64) -> String {
    let date = js_sys::Date::new(&milliseconds.into());
    let today = js_sys::Date::new_0();
    let day = |it: &js_sys::Date| (it.get_full_year(), it.get_month(), it.get_date());
    if day(&date) == day(&today) {
        say!("shell-today", time = format!("{}:{:02}", date.get_hours(), date.get_minutes()))
    } else {
        say!("shell-date", date = date)
    }
}

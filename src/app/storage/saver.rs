//! Autosave: each edit's records in one transaction, as soon as the edit is done.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Edit, Id, Record};
use wasm_bindgen::JsValue;

use super::database::{Batch, StorageError};
use super::shelf::{describe, new_key, text};
use super::{Entry, Shelf, tabs};
use crate::app::store::Document;

/// Whether the open design is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// All of it.
    #[default]
    Saved,
    /// An edit is on its way.
    Saving,
    /// It is in this tab alone; why, in the browser's words.
    Failed(String),
}

/// What is not on disk yet.
#[derive(Default)]
struct Waiting {
    /// Records by design, with their text, or nothing when they are gone.
    records: BTreeMap<(String, Id), Option<JsValue>>,
    /// What is known of each design, as text.
    designs: BTreeMap<String, String>,
}

/// How long a design that was just opened waits before it is written: handing over thousands of records would hold
/// up its first picture.
const FIRST: Duration = Duration::from_millis(60);

/// Writes edits to disk.
#[derive(Clone, Copy)]
pub struct Saver {
    document: Document,
    shelf: Shelf,
    key: RwSignal<Option<String>>,
    state: RwSignal<SaveState>,
    waiting: StoredValue<Waiting, LocalStorage>,
    is_writing: StoredValue<bool>,
}

impl Saver {
    /// Saves what happens to `document` on `shelf`.
    pub fn new(document: Document, shelf: Shelf) -> Self {
        Self {
            document,
            shelf,
            key: RwSignal::new(None),
            state: RwSignal::new(SaveState::Saved),
            waiting: StoredValue::new_local(Waiting::default()),
            is_writing: StoredValue::new(false),
        }
    }

    /// The saver of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Whether the open design is on disk.
    pub fn state(self) -> Signal<SaveState> {
        self.state.into()
    }

    /// The key of the open design; nothing while a new one is empty.
    pub fn key(self) -> Signal<Option<String>> {
        self.key.into()
    }

    /// From now on edits belong to this design; nothing is a new one that gets its key with the first edit.
    pub fn attend(self, key: Option<String>) {
        remember_open(key.as_deref());
        self.key.set(key);
        self.state.set(SaveState::Saved);
    }

    /// Keeps what an edit did.
    pub fn save(self, edit: &Edit) {
        let key = self.key.get_untracked();
        let is_new = key.is_none();
        let key = key.unwrap_or_else(new_key);
        if is_new {
            remember_open(Some(&key));
            self.key.set(Some(key.clone()));
            // The design may hold more than this edit, when it could not be kept before.
            let all: Vec<Record> = self.document.peek(|design| design.records().collect());
            self.wait(&key, None, all.iter().map(|it| (it.id(), Some(text(it).into()))));
        } else {
            let sides = edit.records.iter().filter_map(|it| Some((it.id()?, it.after.as_ref())));
            self.wait(&key, None, sides.map(|(id, after)| (id, after.map(|it| text(it).into()))));
        }
        self.flush();
    }

    /// Keeps a whole design that is open under a new key: the text of each record, and the link that it came from.
    pub fn keep(self, records: Vec<(Id, JsValue)>, link: Option<String>) {
        let Some(key) = self.key.get_untracked() else { return };
        self.wait(&key, link, records.into_iter().map(|(id, text)| (id, Some(text))));
        self.state.set(SaveState::Saving);
        set_timeout(move || self.flush(), FIRST);
    }

    fn wait(self, key: &str, link: Option<String>, records: impl Iterator<Item = (Id, Option<JsValue>)>) {
        let entry = Entry { link, ..self.document.peek(|design| describe(key, design)) };
        self.waiting.update_value(|it| {
            it.records.extend(records.map(|(id, text)| ((key.to_owned(), id), text)));
            it.designs.insert(key.to_owned(), text(&entry));
        });
    }

    /// Tells the other tabs that have the same design open.
    pub fn tell(self, edit: &Edit) {
        if let Some(key) = self.key.get_untracked() {
            tabs::tell(&key, edit);
        }
    }

    /// Tries again what could not be written.
    pub fn retry(self) {
        self.flush();
    }

    fn flush(self) {
        if self.is_writing.get_value() || self.waiting.with_value(Waiting::is_empty) {
            return;
        }
        self.is_writing.set_value(true);
        self.state.set(SaveState::Saving);
        let batch = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        let records = batch.records.iter().map(|((key, id), text)| (key.clone(), id.0, text.clone()));
        let designs = batch.designs.iter().map(|(key, text)| (key.clone(), Some(text.clone())));
        let written = Batch { records: records.collect(), designs: designs.collect(), ..Batch::default() };
        // The requests are made here and now; only their end is waited for.
        let begun = self.shelf.database().and_then(|it| it.write(&written));
        spawn_local(async move {
            let result = match begun {
                Ok(end) => end.await,
                Err(error) => Err(error),
            };
            self.is_writing.set_value(false);
            self.settle(result, batch);
        });
    }

    fn settle(self, result: Result<(), StorageError>, batch: Waiting) {
        match result {
            Ok(()) if self.waiting.with_value(Waiting::is_empty) => self.state.set(SaveState::Saved),
            Ok(()) => self.flush(),
            Err(error) => {
                // Newer texts of the same records win.
                self.waiting.update_value(|it| {
                    for (id, text) in batch.records {
                        it.records.entry(id).or_insert(text);
                    }
                    for (key, text) in batch.designs {
                        it.designs.entry(key).or_insert(text);
                    }
                });
                self.state.set(SaveState::Failed(error.0));
            }
        }
    }
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.designs.is_empty()
    }
}

const OPEN: &str = "relata.open";

/// The design that this tab, or else this browser, had open last.
pub fn last_open() -> Option<String> {
    let session = window().session_storage().ok().flatten().and_then(|it| it.get_item(OPEN).ok().flatten());
    session.or_else(|| window().local_storage().ok().flatten()?.get_item(OPEN).ok().flatten())
}

/// Each tab has its own; a new tab begins with what was opened last anywhere.
fn remember_open(key: Option<&str>) {
    for storage in [window().session_storage(), window().local_storage()] {
        let Ok(Some(storage)) = storage else { continue };
        // Refused storage only means that the next visit begins with the list.
        let _ = match key {
            Some(key) => storage.set_item(OPEN, key),
            None => storage.remove_item(OPEN),
        };
    }
}

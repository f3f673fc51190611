//! Autosave: each edit's records in one transaction, as soon as the edit is done; by the tab that writes the design, which
//! the others ask.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Design, Edit, Heard, Id, Lane, Log, Record, Replica, Told};
use wasm_bindgen::JsValue;

use super::database::{Batch, StorageError};
use super::shelf::{describe, new_key, text};
use super::tabs::{self, Held};
use super::{Entry, Shelf};
use crate::app::navigation::is_embedded;
use crate::app::store::Document;

/// Whether the open design is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// All of it.
    #[default]
    Saved,
    /// An edit is on its way to the disk, or to the tab that writes.
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
    /// What to tell the other tabs once it is.
    told: Vec<(String, Told)>,
}

/// What this tab is for a design that is opened.
#[derive(Debug)]
pub enum Place {
    /// It writes the design; a lock says so, or will.
    Writes(Option<Held>),
    /// Another tab does.
    Follows,
}

/// How long a design that was just opened waits before it is written: handing over thousands of records would hold
/// up its first picture.
const FIRST: Duration = Duration::from_millis(60);

/// How long after a failure it is tried again: room may have been made meanwhile.
const AGAIN: Duration = Duration::from_secs(10);

/// Writes edits to disk.
#[derive(Clone, Copy)]
pub struct Saver {
    document: Document,
    shelf: Shelf,
    key: RwSignal<Option<String>>,
    state: RwSignal<SaveState>,
    waiting: StoredValue<Waiting, LocalStorage>,
    is_writing: StoredValue<bool>,
    /// After a failure: it will be tried again.
    is_to_try: StoredValue<bool>,
    /// Which tab this is; no other ever has its number.
    me: u32,
    replica: StoredValue<Replica>,
    lane: StoredValue<Lane>,
    is_sealed: bool,
    /// The lock of the open design, while this tab writes it.
    held: StoredValue<Option<Held>, LocalStorage>,
    /// Locks of designs that were left, until all of them is on disk.
    left: StoredValue<Vec<Held>, LocalStorage>,
}

impl Saver {
    /// Saves what happens to `document` on `shelf`.
    pub fn new(document: Document, shelf: Shelf) -> Self {
        let me = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        Self {
            document,
            shelf,
            key: RwSignal::new(None),
            state: RwSignal::new(SaveState::Saved),
            waiting: StoredValue::new_local(Waiting::default()),
            is_writing: StoredValue::new(false),
            is_to_try: StoredValue::new(false),
            me,
            replica: StoredValue::new(Replica::new(me, true, Log::default())),
            lane: StoredValue::new(Lane::default()),
            is_sealed: is_embedded(),
            held: StoredValue::new_local(None),
            left: StoredValue::new_local(Vec::new()),
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

    /// Whether nothing can be changed: the page is embedded in another one.
    pub fn is_sealed(self) -> bool {
        self.is_sealed
    }

    /// Where designs are kept.
    pub fn shelf(self) -> Shelf {
        self.shelf
    }

    /// Whether this is the key of the open design.
    pub fn is_at(self, key: &str) -> bool {
        self.key.with_untracked(|it| it.as_deref() == Some(key))
    }

    /// Finds out which identities this tab gives.
    pub async fn settle_in(self) {
        self.lane.set_value(tabs::own_lane().await);
    }

    /// Which identities this tab gives.
    pub fn lane(self) -> Lane {
        self.lane.get_value()
    }

    /// From now on edits belong to this design, of which so much was done; nothing is a new one that gets its key with the first edit.
    pub fn attend(self, key: Option<String>, place: Place, log: Log) {
        remember_open(key.as_deref());
        let (is_writer, held) = match place {
            Place::Writes(held) => (true, held),
            Place::Follows => (false, None),
        };
        let lacks_lock = is_writer && held.is_none();
        let former = self.held.try_update_value(|it| std::mem::replace(it, held)).flatten();
        self.left.update_value(|it| it.extend(former));
        if !self.is_writing.get_value() && self.waiting.with_value(Waiting::is_empty) {
            self.left.update_value(Vec::clear);
        }
        self.replica.set_value(Replica::new(self.me, is_writer, log));
        if let (Some(key), true) = (&key, lacks_lock) {
            self.lock(key.clone());
        }
        if let (Some(key), false) = (&key, is_writer) {
            tabs::tell(key, Told::Opened);
        }
        self.key.set(key);
        self.state.set(SaveState::Saved);
    }

    /// Takes the lock of a design that no other tab knows yet.
    fn lock(self, key: String) {
        spawn_local(async move {
            let held = tabs::writing_lock(&key, true).await;
            if self.is_at(&key) {
                self.held.set_value(held);
            }
        });
    }

    /// Keeps what an edit did.
    pub fn save(self, edit: &Edit) {
        let key = self.key.get_untracked();
        let is_new = key.is_none();
        let key = key.unwrap_or_else(new_key);
        let told = self.replica.try_update_value(|it| it.did(edit));
        if is_new {
            remember_open(Some(&key));
            self.key.set(Some(key.clone()));
            self.lock(key.clone());
            // The design may hold more than this edit, when it could not be kept before.
            let all: Vec<Record> = self.document.peek(|design| design.records().collect());
            self.wait(&key, None, all.iter().map(|it| (it.id(), Some(text(it).into()))));
            self.flush();
        } else if self.is_writer() {
            self.write(&key, edit, told);
        } else {
            if let Some(told) = told {
                tabs::tell(&key, told);
            }
            self.state.set(SaveState::Saving);
        }
    }

    /// Whether this tab writes the open design.
    pub fn is_writer(self) -> bool {
        self.replica.with_value(Replica::is_writer)
    }

    fn write(self, key: &str, edit: &Edit, told: Option<Told>) {
        let sides = edit.records.iter().filter_map(|it| Some((it.id()?, it.after.as_ref())));
        self.wait(key, None, sides.map(|(id, after)| (id, after.map(|it| text(it).into()))));
        self.waiting.update_value(|it| it.told.extend(told.map(|told| (key.to_owned(), told))));
        self.flush();
    }

    /// Keeps a whole design that is open under a new key: the text of each record, and the link that it came from.
    pub fn keep(self, records: Vec<(Id, JsValue)>, link: Option<String>) {
        let Some(key) = self.key.get_untracked() else { return };
        self.wait(&key, link, records.into_iter().map(|(id, text)| (id, Some(text))));
        self.state.set(SaveState::Saving);
        set_timeout(move || self.flush(), FIRST);
    }

    /// Hears what another tab told of the open design.
    pub fn hear(self, told: Told, design: &mut Design) -> Heard {
        if let Told::Failed { why } = &told {
            self.state.set(SaveState::Failed(why.clone()));
        }
        self.replica.try_update_value(|it| it.hear(told, design)).unwrap_or_default()
    }

    /// Begins anew with the design as it is kept; with the lock, as the tab that writes it.
    pub fn begin_anew(self, design: &mut Design, kept: Design, log: Log, held: Option<Held>) -> Vec<Heard> {
        let is_writer = held.is_some();
        self.held.set_value(held);
        self.replica.try_update_value(|it| it.begin_anew(design, kept, log, is_writer)).unwrap_or_default()
    }

    /// Keeps and tells what follows from something heard.
    pub fn follow(self, replies: Vec<Told>, done: Option<Told>) {
        let Some(key) = self.key.get_untracked() else { return };
        for reply in replies {
            tabs::tell(&key, reply);
        }
        if let Some(Told::Done { edit, .. }) = &done {
            self.write(&key, &edit.clone(), done);
        }
        if !self.is_writer() {
            let is_waiting = self.replica.with_value(Replica::is_waiting);
            self.state.set(if is_waiting { SaveState::Saving } else { SaveState::Saved });
        }
    }

    /// Tells the other tabs how much is kept, after this one has become the one that writes.
    pub fn announce(self) {
        if let Some(key) = self.key.get_untracked() {
            tabs::tell(&key, Told::Kept { count: self.replica.with_value(|it| it.log().count) });
        }
    }

    fn wait(self, key: &str, link: Option<String>, records: impl Iterator<Item = (Id, Option<JsValue>)>) {
        let log = self.replica.with_value(|it| it.log().clone());
        let entry = Entry { link, log, ..self.document.peek(|design| describe(key, design)) };
        self.waiting.update_value(|it| {
            it.records.extend(records.map(|(id, text)| ((key.to_owned(), id), text)));
            it.designs.insert(key.to_owned(), text(&entry));
        });
    }

    /// Tries again what could not be written.
    pub fn retry(self) {
        self.flush();
    }

    /// After a failure. A full disk costs the connection to the database, and in Chromium all that was in it: a new one is asked
    /// for, and takes all of the open design.
    fn begin_afresh(self) {
        self.is_writing.set_value(true);
        spawn_local(async move {
            let opened = self.shelf.connect().await;
            self.is_writing.set_value(false);
            match opened {
                Ok(()) => {
                    if let (Some(key), true) = (self.key.get_untracked(), self.is_writer()) {
                        let all: Vec<Record> = self.document.peek(|design| design.records().collect());
                        self.wait(&key, None, all.iter().map(|it| (it.id(), Some(text(it).into()))));
                    }
                    self.write_waiting();
                }
                Err(error) => self.fail(error),
            }
        });
    }

    fn flush(self) {
        if self.is_writing.get_value() || self.waiting.with_value(Waiting::is_empty) {
            return;
        }
        if self.state.with_untracked(|it| matches!(it, SaveState::Failed(_))) {
            return self.begin_afresh();
        }
        self.state.set(SaveState::Saving);
        self.write_waiting();
    }

    fn write_waiting(self) {
        self.is_writing.set_value(true);
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
            Ok(()) => {
                for (key, told) in batch.told {
                    tabs::tell(&key, told);
                }
                if !self.waiting.with_value(Waiting::is_empty) {
                    return self.write_waiting();
                }
                self.left.update_value(Vec::clear);
                if self.is_writer() {
                    self.state.set(SaveState::Saved);
                }
            }
            Err(error) => {
                // Newer texts of the same records win.
                self.waiting.update_value(|it| {
                    for (id, text) in batch.records {
                        it.records.entry(id).or_insert(text);
                    }
                    for (key, text) in batch.designs {
                        it.designs.entry(key).or_insert(text);
                    }
                    let later = std::mem::replace(&mut it.told, batch.told);
                    it.told.extend(later);
                });
                self.fail(error);
            }
        }
    }

    /// Tells that the design is in this tab alone, and tries again after a while.
    fn fail(self, error: StorageError) {
        if let Some(key) = self.key.get_untracked() {
            tabs::tell(&key, Told::Failed { why: error.0.clone() });
        }
        let failed = SaveState::Failed(error.0);
        if self.state.with_untracked(|it| *it != failed) {
            self.state.set(failed);
        }
        if self.is_to_try.try_update_value(|it| std::mem::replace(it, true)) == Some(false) {
            let again = move || {
                self.is_to_try.set_value(false);
                self.flush();
            };
            set_timeout(again, AGAIN);
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

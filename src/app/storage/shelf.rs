//! The designs on this device.

use std::collections::BTreeMap;

use leptos::prelude::*;
use relata::design::{Design, Id, Log, Record};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::database::{Batch, Database, StorageError};
use super::sent::forget_links;
use crate::app::worker::Worker;

/// What is known of a design without opening it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Under which its records are kept.
    #[serde(skip)]
    pub key: String,
    /// What it is called.
    pub title: String,
    /// How many tables it has.
    pub tables: usize,
    /// When it was last changed, in milliseconds since 1970.
    pub changed: f64,
    /// The first identity never used in it.
    pub next_id: u32,
    /// The link it was opened from, while it is still as the link says.
    pub link: Option<String>,
    /// Put away by its owner; it goes for good a while later.
    pub deleted: bool,
    /// When it was put away, in milliseconds since 1970.
    pub deleted_at: f64,
    /// How much was done to it.
    pub log: Log,
}

/// So long a design that was put away can be brought back: 30 days, in milliseconds.
const KEPT_AFTERWARDS: f64 = 30.0 * 24.0 * 3_600_000.0;

/// Designs as they are kept, in one file; what is damaged as well, since nothing of it is read.
#[derive(Default, Serialize, Deserialize)]
pub struct Whole {
    designs: Vec<Kept>,
}

/// One design: what is known of it and its records, each as it is kept.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    about: String,
    records: Vec<String>,
}

impl Entry {
    /// A name to show: untitled designs have one too.
    pub fn name(&self) -> String {
        if self.title.is_empty() { say!("page-untitled") } else { self.title.clone() }
    }
}

/// The designs on this device, newest change first.
#[derive(Clone, Copy)]
pub struct Shelf {
    database: StoredValue<Option<Database>, LocalStorage>,
    entries: RwSignal<Vec<Entry>>,
    /// By key: when the design was last changed, and how it looked then, as an SVG path.
    thumbnails: RwSignal<BTreeMap<String, (f64, String)>>,
}

impl Shelf {
    /// A shelf before its database is open.
    pub fn new() -> Self {
        Self {
            database: StoredValue::new_local(None),
            entries: RwSignal::new(Vec::new()),
            thumbnails: RwSignal::new(BTreeMap::new()),
        }
    }

    /// The shelf of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The designs that are not put away.
    pub fn entries(self) -> Signal<Vec<Entry>> {
        let entries = self.entries;
        Signal::derive(move || entries.with(|all| all.iter().filter(|it| !it.deleted).cloned().collect()))
    }

    /// The designs that are put away and can be brought back.
    pub fn put_away_ones(self) -> Signal<Vec<Entry>> {
        let entries = self.entries;
        Signal::derive(move || entries.with(|all| all.iter().filter(|it| it.deleted).cloned().collect()))
    }

    /// One design, or all that are not put away, as they are kept: for a file.
    pub async fn whole(self, only: Option<&str>) -> Result<Whole, StorageError> {
        let keys: Vec<String> = match only {
            Some(key) => vec![key.to_owned()],
            None => self.entries().with_untracked(|all| all.iter().map(|it| it.key.clone()).collect()),
        };
        let database = self.database()?;
        let mut whole = Whole::default();
        for key in keys {
            let (about, records) = database.design(&key).await?;
            whole.designs.push(Kept { about: about.unwrap_or_default(), records });
        }
        Ok(whole)
    }

    /// Keeps every design of such a file beside those that are here; gives how many, and the names of those that are damaged.
    pub async fn take_in(self, file: &str) -> Result<(usize, Vec<String>), StorageError> {
        let damage =
            |error: serde_json::Error| StorageError(say!("keep-file-damaged", reason = error.to_string()));
        let whole: Whole = serde_json::from_str(file).map_err(damage)?;
        let (mut count, mut damaged) = (0, Vec::new());
        for Kept { about, records } in whole.designs {
            match design_of(&records) {
                Ok(design) => {
                    self.put(&design, texts_of(&design)).await?;
                    count += 1;
                }
                Err(_) => damaged.push(entry(String::new(), &about).name()),
            }
        }
        self.list().await?;
        Ok((count, damaged))
    }

    /// Keeps a design, each of whose records has this text, beside those that are here; gives its key.
    pub async fn take(self, design: &Design, texts: Vec<(Id, JsValue)>) -> Result<String, StorageError> {
        let key = self.put(design, texts).await?;
        self.list().await?;
        Ok(key)
    }

    async fn put(self, design: &Design, texts: Vec<(Id, JsValue)>) -> Result<String, StorageError> {
        let key = new_key();
        let records = texts.into_iter().map(|(id, text)| (key.clone(), id.0, Some(text))).collect();
        let designs = vec![(key.clone(), Some(text(&describe(&key, design))))];
        self.write(Batch { records, designs, ..Batch::default() }).await?;
        Ok(key)
    }

    /// The open database.
    pub fn database(self) -> Result<Database, StorageError> {
        let database = self.database.with_value(Clone::clone);
        database.ok_or_else(|| StorageError(say!("keep-not-open")))
    }

    /// Opens the database, also when there was a connection before.
    pub async fn connect(self) -> Result<(), StorageError> {
        let database = Database::open().await?;
        self.database.set_value(Some(database));
        Ok(())
    }

    /// Opens the database, lists the designs, and forgets for good those that were put away long ago.
    pub async fn load(self) -> Result<(), StorageError> {
        self.connect().await?;
        self.list().await?;
        let now = js_sys::Date::now();
        let is_gone = |it: &&Entry| it.deleted && now - it.deleted_at > KEPT_AFTERWARDS;
        let gone: Vec<String> =
            self.entries.with_untracked(|all| all.iter().filter(is_gone).map(|it| it.key.clone()).collect());
        for key in &gone {
            forget_links(key);
        }
        if !gone.is_empty() {
            let designs = gone.iter().map(|it| (it.clone(), None)).collect();
            self.write(Batch { designs, cleared: gone, ..Batch::default() }).await?;
            self.list().await?;
        }
        Ok(())
    }

    /// Reads the list again.
    pub async fn list(self) -> Result<(), StorageError> {
        let rows = self.database()?.designs().await?;
        let mut entries: Vec<Entry> = rows.into_iter().map(|(key, text)| entry(key, &text)).collect();
        entries.sort_by(|one, two| two.changed.total_cmp(&one.changed).then_with(|| one.key.cmp(&two.key)));
        self.entries.set(entries);
        Ok(())
    }

    /// Reads a design and how much was done to it; nothing when it is not there.
    pub async fn open(self, key: &str) -> Result<Option<(Design, Log)>, StorageError> {
        let (Some(text), texts) = self.database()?.design(key).await? else { return Ok(None) };
        let mut design = design_of(&texts)?;
        let entry = entry(key.to_owned(), &text);
        design.reserve_ids(entry.next_id);
        Ok(Some((design, entry.log)))
    }

    /// Puts a design away, or brings it back.
    pub async fn put_away(self, key: &str, deleted: bool) -> Result<(), StorageError> {
        // As it is kept now: another tab may have written it since it was listed.
        let Some(about) = self.database()?.design(key).await?.0 else { return Ok(()) };
        let mut entry = entry(key.to_owned(), &about);
        entry.deleted = deleted;
        entry.deleted_at = js_sys::Date::now();
        self.write(Batch { designs: vec![(key.to_owned(), Some(text(&entry)))], ..Batch::default() }).await?;
        self.list().await
    }

    /// How a design looks from afar, as an SVG path; empty until it is drawn.
    pub fn thumbnail(self, key: &str) -> String {
        self.thumbnails.with(|all| all.get(key).map(|it| it.1.clone()).unwrap_or_default())
    }

    /// Draws the thumbnails of designs that have none, or were changed since, one after the other.
    pub async fn draw_thumbnails(self, worker: Worker) -> Result<(), StorageError> {
        for entry in self.entries.get_untracked() {
            let is_drawn = self.thumbnails.with_untracked(|all| {
                all.get(&entry.key).is_some_and(|it| it.0.total_cmp(&entry.changed).is_eq())
            });
            if is_drawn || entry.deleted {
                continue;
            }
            let records = self.database()?.design(&entry.key).await?.1;
            // A design that cannot be read has no picture; opening it says why.
            let path = worker.thumbnail(&records).await.unwrap_or_default();
            self.thumbnails.update(|all| {
                all.insert(entry.key, (entry.changed, path));
            });
        }
        Ok(())
    }

    /// The design that was opened from this link and not changed since.
    pub fn opened_from(self, link: &str) -> Option<String> {
        let is = |it: &&Entry| !it.deleted && it.link.as_deref() == Some(link);
        self.entries.with_untracked(|all| all.iter().find(is).map(|it| it.key.clone()))
    }

    async fn write(self, batch: Batch) -> Result<(), StorageError> {
        self.database()?.write(&batch)?.await
    }
}

fn design_of(texts: &[String]) -> Result<Design, StorageError> {
    let records: Result<Vec<Record>, _> = texts.iter().map(|it| serde_json::from_str(it)).collect();
    let records =
        records.map_err(|error| StorageError(say!("keep-record-damaged", reason = error.to_string())))?;
    Design::of_records(records)
        .map_err(|refused| StorageError(say!("keep-not-whole", reason = refused.to_string())))
}

/// What there is to know of a design now.
pub fn describe(key: &str, design: &Design) -> Entry {
    Entry {
        key: key.to_owned(),
        title: design.title().to_owned(),
        tables: design.tables().len(),
        changed: js_sys::Date::now(),
        next_id: design.ids().peek(),
        link: None,
        deleted: false,
        deleted_at: 0.0,
        log: Log::default(),
    }
}

/// A key that no other design has: the time and chance.
pub fn new_key() -> String {
    let chance = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:x}-{chance:08x}", js_sys::Date::now() as u64)
}

/// The text of each record, as it is kept.
pub fn texts_of(design: &Design) -> Vec<(Id, JsValue)> {
    design.records().map(|it| (it.id(), text(&it).into())).collect()
}

/// JSON of what always has some.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn entry(key: String, text: &str) -> Entry {
    Entry { key, ..serde_json::from_str(text).unwrap_or_default() }
}

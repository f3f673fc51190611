//! The designs on this device.

use leptos::prelude::*;
use relata::design::{Design, Id, Record};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::database::{Batch, Database, StorageError};

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
    /// Put away by its owner; it goes for good when the page is next opened.
    pub deleted: bool,
}

impl Entry {
    /// A name to show: untitled designs have one too.
    pub fn name(&self) -> &str {
        if self.title.is_empty() { "Untitled design" } else { &self.title }
    }
}

/// The designs on this device, newest change first.
#[derive(Clone, Copy)]
pub struct Shelf {
    database: StoredValue<Option<Database>, LocalStorage>,
    entries: RwSignal<Vec<Entry>>,
}

impl Shelf {
    /// A shelf before its database is open.
    pub fn new() -> Self {
        Self { database: StoredValue::new_local(None), entries: RwSignal::new(Vec::new()) }
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

    /// The open database.
    pub fn database(self) -> Result<Database, StorageError> {
        let database = self.database.with_value(Clone::clone);
        database.ok_or_else(|| StorageError("the storage of this browser is not open".to_owned()))
    }

    /// Opens the database, lists the designs, and forgets for good those that were put away.
    pub async fn load(self) -> Result<(), StorageError> {
        let database = Database::open().await?;
        self.database.set_value(Some(database));
        self.list().await?;
        let gone: Vec<String> = self
            .entries
            .with_untracked(|all| all.iter().filter(|it| it.deleted).map(|it| it.key.clone()).collect());
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

    /// Reads a design; nothing when it is not there.
    pub async fn open(self, key: &str) -> Result<Option<Design>, StorageError> {
        let database = self.database()?;
        let Some(text) = database.design(key).await? else { return Ok(None) };
        let texts = database.records(key).await?;
        let records: Result<Vec<Record>, _> = texts.iter().map(|it| serde_json::from_str(it)).collect();
        let records = records.map_err(|error| StorageError(format!("a record is damaged: {error}")))?;
        let design = Design::of_records(records);
        let mut design =
            design.map_err(|refused| StorageError(format!("it does not hold together: {refused}")))?;
        design.reserve_ids(entry(key.to_owned(), &text).next_id);
        Ok(Some(design))
    }

    /// Puts a design away, or brings it back.
    pub async fn put_away(self, key: &str, deleted: bool) -> Result<(), StorageError> {
        let found = self.entries.with_untracked(|all| all.iter().find(|it| it.key == key).cloned());
        let Some(mut entry) = found else { return Ok(()) };
        entry.deleted = deleted;
        self.write(Batch { designs: vec![(key.to_owned(), Some(text(&entry)))], ..Batch::default() }).await?;
        self.list().await
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

//! IndexedDB, as little of it as is needed: transactions that either happen or do not.
//!
//! Straight on `web-sys`: the crates around it await request by request, which lets a transaction close in between;
//! here all requests of an edit are made at once and the transaction's end is awaited.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

const NAME: &str = "relata";
const VERSION: u32 = 1;
/// Records, each a JSON text under `[design, identity]`.
const RECORDS: &str = "records";
/// What is known of each design, a JSON text under its key.
const DESIGNS: &str = "designs";

/// Why something could not be kept or found, in the browser's words.
#[derive(Clone, Debug)]
pub struct StorageError(pub String);

impl From<JsValue> for StorageError {
    fn from(value: JsValue) -> Self {
        let message = value.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::message);
        let message = message.or_else(|| value.dyn_ref::<js_sys::Error>().map(|it| it.message().into()));
        Self(message.unwrap_or_else(|| say!("keep-refused")))
    }
}

/// The open database.
#[derive(Clone)]
pub struct Database(IdbDatabase);

/// What one transaction writes.
#[derive(Default)]
pub struct Batch {
    /// Records by design and identity: a text to put, nothing to delete.
    pub records: Vec<(String, u32, Option<JsValue>)>,
    /// What is known of designs, likewise.
    pub designs: Vec<(String, Option<String>)>,
    /// Designs whose records all go.
    pub cleared: Vec<String>,
}

impl Database {
    /// Opens the database, and makes it on the first visit.
    pub async fn open() -> Result<Self, StorageError> {
        let factory = window().indexed_db()?.ok_or_else(unavailable)?;
        let request = factory.open_with_u32(NAME, VERSION)?;
        let upgraded = request.clone();
        let make = Closure::once_into_js(move || {
            let Ok(database) = upgraded.result().and_then(JsCast::dyn_into::<IdbDatabase>) else { return };
            for store in [RECORDS, DESIGNS] {
                if !database.object_store_names().contains(store) {
                    // A failure here fails the opening, which is told.
                    let _ = database.create_object_store(store);
                }
            }
        });
        request.set_onupgradeneeded(Some(make.unchecked_ref()));
        let database: IdbDatabase = answered(&request).await?.dyn_into()?;
        // Another tab wants a newer version: let it.
        let closing = database.clone();
        let close = Closure::once_into_js(move || closing.close());
        database.set_onversionchange(Some(close.unchecked_ref()));
        Ok(Self(database))
    }

    /// Writes a batch wholly or not at all. The requests are made before this returns its future's first wait,
    /// so that a tab that is closed right afterwards has handed them over.
    pub fn write(
        &self,
        batch: &Batch,
    ) -> Result<impl Future<Output = Result<(), StorageError>> + use<>, StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readwrite)?;
        let records = transaction.object_store(RECORDS)?;
        for design in &batch.cleared {
            records.delete(&all_of(design)?)?;
        }
        for (design, id, text) in &batch.records {
            put(&records, &record_key(design, *id), text.as_ref())?;
        }
        let designs = transaction.object_store(DESIGNS)?;
        for (design, text) in &batch.designs {
            put(&designs, &design.as_str().into(), text.as_deref().map(JsValue::from).as_ref())?;
        }
        Ok(finished(transaction))
    }

    /// What is known of a design, and its records, as they were written at one time.
    pub async fn design(&self, design: &str) -> Result<(Option<String>, Vec<String>), StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readonly)?;
        let about = transaction.object_store(DESIGNS)?.get(&design.into())?;
        let records = transaction.object_store(RECORDS)?.get_all_with_key(&all_of(design)?)?;
        let (about, records) = (answered_soon(&about), answered_soon(&records));
        Ok((JsFuture::from(about).await?.as_string(), texts(&JsFuture::from(records).await?)))
    }

    /// Every design: its key and what is known of it.
    pub async fn designs(&self) -> Result<Vec<(String, String)>, StorageError> {
        let transaction = self.begin(IdbTransactionMode::Readonly)?;
        let store = transaction.object_store(DESIGNS)?;
        let (keys, values) = (store.get_all_keys()?, store.get_all()?);
        let (keys, values) = (answered_soon(&keys), answered_soon(&values));
        let (keys, values) = (JsFuture::from(keys).await?, JsFuture::from(values).await?);
        Ok(texts(&keys).into_iter().zip(texts(&values)).collect())
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, StorageError> {
        let stores = Array::of2(&RECORDS.into(), &DESIGNS.into());
        Ok(self.0.transaction_with_str_sequence_and_mode(&stores, mode)?)
    }
}

fn window() -> web_sys::Window {
    leptos::prelude::window()
}

fn unavailable() -> StorageError {
    StorageError(say!("keep-no-storage"))
}

fn put(store: &IdbObjectStore, key: &JsValue, text: Option<&JsValue>) -> Result<(), StorageError> {
    match text {
        Some(text) => store.put_with_key(text, key)?,
        None => store.delete(key)?,
    };
    Ok(())
}

fn record_key(design: &str, id: u32) -> JsValue {
    Array::of2(&design.into(), &id.into()).into()
}

/// `[design]` to `[design, []]`: arrays sort after numbers.
fn all_of(design: &str) -> Result<JsValue, StorageError> {
    let lower = Array::of1(&design.into());
    let upper = Array::of2(&design.into(), &Array::new());
    Ok(IdbKeyRange::bound(&lower, &upper)?.into())
}

fn texts(list: &JsValue) -> Vec<String> {
    Array::from(list).iter().filter_map(|it| it.as_string()).collect()
}

async fn answered(request: &IdbRequest) -> Result<JsValue, StorageError> {
    Ok(JsFuture::from(answered_soon(request)).await?)
}

fn answered_soon(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let (done, failed) = (request.clone(), request.clone());
        let on_success = Closure::once_into_js(move || {
            let result = done.result().unwrap_or(JsValue::NULL);
            let _ = resolve.call1(&JsValue::NULL, &result);
        });
        let on_error = Closure::once_into_js(move || {
            let error = failed.error().ok().flatten().map_or(JsValue::NULL, JsValue::from);
            let _ = reject.call1(&JsValue::NULL, &error);
        });
        request.set_onsuccess(Some(on_success.unchecked_ref()));
        request.set_onerror(Some(on_error.unchecked_ref()));
    })
}

/// Waits for the end of a transaction.
fn finished(transaction: IdbTransaction) -> impl Future<Output = Result<(), StorageError>> + use<> {
    let promise = Promise::new(&mut |resolve, reject| {
        let on_complete = Closure::once_into_js(move || {
            let _ = resolve.call0(&JsValue::NULL);
        });
        let aborted = transaction.clone();
        let on_abort = Closure::once_into_js(move || {
            let reason = aborted.error().map_or(JsValue::NULL, JsValue::from);
            let _ = reject.call1(&JsValue::NULL, &reason);
        });
        transaction.set_oncomplete(Some(on_complete.unchecked_ref()));
        transaction.set_onabort(Some(on_abort.unchecked_ref()));
    });
    async move { JsFuture::from(promise).await.map(drop).map_err(StorageError::from) }
}

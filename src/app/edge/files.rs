//! Files: handed out as downloads, read when they are chosen or dropped.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::modules::{catalog_text, dropped, picture, property, words_of};

/// Hands a text out as a file.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options);
    download_blob(name, &blob.map_err(|problem| words_of(&problem))?)
}

/// An SVG document as a file of this kind, `svg` or `png` at up to so many pixels for each of its units; nothing of what
/// is printed, by `print`.
pub async fn picture_of(kind: &str, svg: &str, scale: f64) -> Result<Option<Blob>, String> {
    let told = picture(kind, svg, scale).await.map_err(|problem| words_of(&problem))?;
    Ok(told.dyn_into().ok())
}

/// Hands out what is a file already.
pub fn download_blob(name: &str, blob: &Blob) -> Result<(), String> {
    let hand_out = || -> Result<(), JsValue> {
        let address = Url::create_object_url_with_blob(blob)?;
        let anchor: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
        Url::revoke_object_url(&address)
    };
    hand_out().map_err(|problem| words_of(&problem))
}

/// The bytes of a file, or why it cannot be read.
pub async fn bytes_of_file(file: &File) -> Result<js_sys::Uint8Array, String> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|it| words_of(&it))?;
    Ok(js_sys::Uint8Array::new(&buffer))
}

/// The files of a list with their names, and the folders above them when a folder was chosen.
pub fn files_of(list: Option<web_sys::FileList>) -> Vec<(String, File)> {
    let list = list.into_iter().flat_map(|list| (0..list.length()).filter_map(move |it| list.get(it)));
    list.map(|file| {
        let path = property(&file, "webkitRelativePath").as_string().filter(|it| !it.is_empty());
        (path.unwrap_or_else(|| file.name()), file)
    })
    .collect()
}

/// The files of a drop with their paths, folders walked.
pub async fn files_of_drop(transfer: web_sys::DataTransfer) -> Result<Vec<(String, File)>, String> {
    let told = dropped(&transfer).await.map_err(|it| words_of(&it))?;
    let pair = |it: JsValue| {
        let pair: Array = it.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).dyn_into().ok()?))
    };
    Ok(Array::from(&told).iter().filter_map(pair).collect())
}

/// The query that reads a live database: `relata catalog` prints the same.
pub async fn catalog_query() -> Result<String, String> {
    let told = catalog_text().await.map_err(|it| words_of(&it))?;
    told.as_string().ok_or_else(|| "the query is no text".to_owned())
}

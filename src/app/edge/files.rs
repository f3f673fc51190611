//! Files: handed out as downloads, read when they are chosen or dropped.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

use super::modules::words_of;

/// Hands a text out as a file.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), String> {
    let hand_out = || -> Result<(), JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let anchor: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
        Url::revoke_object_url(&address)
    };
    hand_out().map_err(|problem| words_of(&problem))
}

/// The text of a file, or why it is none.
pub async fn text_of_file(file: &File) -> Result<String, String> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|it| words_of(&it))?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("it is UTF-16; save it as UTF-8 and try again".to_owned());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        format!("it is not UTF-8 text (byte {}); is it a binary file?", error.utf8_error().valid_up_to())
    })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

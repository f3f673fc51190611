//! Where the page's own scripts are.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// The worker's script, told which module to start; the page's head names it.
pub fn worker_address() -> Result<String, JsValue> {
    let meta = document().query_selector("meta[name=relata-worker]")?;
    let module =
        meta.and_then(|it| it.get_attribute("content")).ok_or("the page does not say where its worker is")?;
    let worker = web_sys::Url::new(&absolute("js/engine-worker.js")?)?;
    worker.search_params().append("module", &absolute(&module)?);
    Ok(worker.href())
}

fn absolute(address: &str) -> Result<String, JsValue> {
    let base = document().base_uri()?.unwrap_or_default();
    Ok(web_sys::Url::new_with_base(address, &base)?.href())
}

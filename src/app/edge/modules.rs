//! The JavaScript modules beside the app, each fetched when first asked for.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/web/load.js")]
extern "C" {
    /// texts.js, once the first text can be said
    #[wasm_bindgen(catch, js_name = texts)]
    pub async fn load_texts() -> Result<JsValue, JsValue>;

    /// editor.js, or text-area.js, which becomes one when it is needed
    #[wasm_bindgen(catch, js_name = editor)]
    pub async fn load_editor(is_later: bool) -> Result<JsValue, JsValue>;

    /// sheet.js
    #[wasm_bindgen(catch, js_name = sheet)]
    pub async fn load_sheet() -> Result<JsValue, JsValue>;

    /// critic.js
    #[wasm_bindgen(catch, js_name = critic)]
    pub async fn load_critic() -> Result<JsValue, JsValue>;

    /// model.js
    #[wasm_bindgen(catch, js_name = model)]
    pub async fn load_model() -> Result<JsValue, JsValue>;

    /// folder.js
    #[wasm_bindgen(catch, js_name = folder)]
    pub async fn load_folder() -> Result<JsValue, JsValue>;

    /// Completes a field with what a function gives.
    #[wasm_bindgen(catch)]
    pub async fn complete(input: &JsValue, options: &JsValue) -> Result<JsValue, JsValue>;

    /// database.js
    #[wasm_bindgen(catch, js_name = database)]
    pub async fn load_database() -> Result<JsValue, JsValue>;

    /// Shows the items of a field of SQL, whose order can be changed.
    #[wasm_bindgen(catch)]
    pub async fn order(field: &JsValue) -> Result<JsValue, JsValue>;

    /// An SVG document as a file (`svg`), in pixels (`png`), or printed (`print`).
    #[wasm_bindgen(catch)]
    pub async fn picture(kind: &str, svg: &str, scale: f64) -> Result<JsValue, JsValue>;

    /// Holds a lock among all tabs: a function that gives it back, or nothing.
    pub async fn hold(name: &str, waits: bool) -> JsValue;

    /// The files of a drop, folders walked: `[path, File]`.
    #[wasm_bindgen(catch)]
    pub async fn dropped(transfer: &web_sys::DataTransfer) -> Result<JsValue, JsValue>;

    /// The query that reads a live database.
    #[wasm_bindgen(catch, js_name = catalogQuery)]
    pub async fn catalog_text() -> Result<JsValue, JsValue>;
}

/// What a failed import or call says.
pub fn words_of(problem: &JsValue) -> String {
    let message = problem.dyn_ref::<js_sys::Error>().map(|it| String::from(it.message()));
    message.or_else(|| problem.as_string()).unwrap_or_else(|| "unknown error".to_owned())
}

/// A property of a JavaScript object; `undefined` when it has none.
pub fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A JavaScript object of these properties.
pub fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in properties {
        // A plain object takes any property.
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// Calls a method; one that is missing or throws gives the problem.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: js_sys::Function = property(object, method).dyn_into()?;
    let arguments: js_sys::Array = arguments.iter().collect();
    function.apply(object, &arguments)
}

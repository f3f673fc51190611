//! The page's texts: messages of `locales/`, in the language of the page. `say!` gives one of them; a test holds that all it names
//! are there, in every language, with the values they are given.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::edge::{load_texts, words_of};

/// A message by its name, with values: `say!("found-tables", count = 3)`.
macro_rules! say {
    ($id:literal) => { $crate::app::texts::text($id) };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::app::texts::text_with($id, $crate::app::texts::Values::default()$(.put(stringify!($name), $value))+)
    };
}

#[wasm_bindgen]
extern "C" {
    /// texts.js
    #[derive(Clone)]
    type Texts;

    #[wasm_bindgen(method)]
    fn say(this: &Texts, id: &str, values: &JsValue) -> String;

    #[wasm_bindgen(method)]
    fn language(this: &Texts) -> String;

    #[wasm_bindgen(method, getter, js_name = LANGUAGES)]
    fn languages(this: &Texts) -> js_sys::Array;

    #[wasm_bindgen(method, catch)]
    async fn choose(this: &Texts, language: &str) -> Result<JsValue, JsValue>;
}

thread_local! {
    static TEXTS: RefCell<Option<Texts>> = const { RefCell::new(None) };
}

/// What a message puts in, by name. Made one by one: an array would be built and taken down anew at each of hundreds of places.
#[derive(Default)]
pub struct Values(js_sys::Object);

impl Values {
    /// The same with one value more.
    #[must_use]
    pub fn put(self, name: &str, value: impl Into<JsValue>) -> Self {
        self.put_value(name, value.into())
    }

    fn put_value(self, name: &str, value: JsValue) -> Self {
        // A plain object takes any property.
        let _ = js_sys::Reflect::set(&self.0, &name.into(), &value);
        self
    }
}

/// A message without values; before the texts are there, its name.
pub fn text(id: &str) -> String {
    said(id, &JsValue::UNDEFINED)
}

/// A message with its values.
pub fn text_with(id: &str, values: Values) -> String {
    said(id, &values.0)
}

fn said(id: &str, values: &JsValue) -> String {
    TEXTS.with_borrow(|it| it.as_ref().map_or_else(|| id.to_owned(), |it| it.say(id, values)))
}

/// Loads the texts; nothing can be said before.
pub async fn load() -> Result<Language, String> {
    let texts: Texts = load_texts().await.map_err(|problem| words_of(&problem))?.unchecked_into();
    let language = texts.language();
    TEXTS.set(Some(texts));
    Ok(Language(ArcRwSignal::new(language)))
}

/// The language of the page. Whoever shows texts is built anew when it changes.
#[derive(Clone)]
pub struct Language(ArcRwSignal<String>);

impl Language {
    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Its short name: `de`.
    pub fn now(&self) -> String {
        self.0.get()
    }

    /// All that can be chosen: short name, and what it calls itself.
    pub fn all() -> Vec<(String, String)> {
        let listed = TEXTS.with_borrow(|it| it.as_ref().map(Texts::languages)).unwrap_or_default();
        let pair = |it: JsValue| {
            let it = js_sys::Array::from(&it);
            Some((it.get(0).as_string()?, it.get(1).as_string()?))
        };
        listed.iter().filter_map(pair).collect()
    }

    /// Speaks another one from now on, and on this device; a reason when its texts cannot be had.
    pub async fn choose(&self, language: &str) -> Result<(), String> {
        let Some(texts) = TEXTS.with_borrow(Clone::clone) else { return Ok(()) };
        texts.choose(language).await.map_err(|problem| words_of(&problem))?;
        self.0.set(language.to_owned());
        Ok(())
    }
}

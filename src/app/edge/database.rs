//! PostgreSQL in the page, by js/database.js.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::modules::{call, load_database, property, words_of};

/// What became of a script.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// All of it went through.
    Done(RunFigures),
    /// One statement did not.
    Failed(Box<Failure>),
}

/// What every run tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunFigures {
    /// Statements that went through.
    pub statements: usize,
    /// How long that took.
    pub milliseconds: f64,
    /// The server's version; empty when it did not start.
    pub version: String,
}

/// The statement that the server refused. Places are byte offsets of the script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failure {
    /// In the server's words.
    pub message: String,
    /// Its code; empty when the server could not be started.
    pub sqlstate: String,
    /// Where the server points at.
    pub position: usize,
    /// Begin and end of the statement.
    pub statement: (usize, usize),
    /// More of the server's words.
    pub detail: Option<String>,
    /// What the server suggests.
    pub hint: Option<String>,
    /// What went well before.
    pub figures: RunFigures,
}

/// Runs a script on a clean database; loads the server on first use.
pub async fn run(sql: &str) -> Outcome {
    match ask("run", sql).await {
        Ok(told) => outcome(&told),
        Err(problem) => {
            let message = words_of(&problem);
            Outcome::Failed(Box::new(Failure { message, statement: (0, sql.len()), ..Failure::default() }))
        }
    }
}

/// The one value of a query on the database that the last run left.
pub async fn query(sql: &str) -> Result<String, String> {
    let told = ask("query", sql).await.map_err(|problem| words_of(&problem))?;
    if !property(&told, "ok").is_truthy() {
        return Err(property(&told, "message").as_string().unwrap_or_default());
    }
    let value = js_sys::Array::from(&js_sys::Array::from(&property(&told, "rows")).get(0)).get(0);
    match value.as_string() {
        Some(text) => Ok(text),
        None => js_sys::JSON::stringify(&value).map(String::from).map_err(|problem| words_of(&problem)),
    }
}

async fn ask(what: &str, sql: &str) -> Result<JsValue, JsValue> {
    let module = load_database().await?;
    let promise: Promise = call(&module, what, &[sql.into()])?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Ends a run that takes too long.
pub async fn stop() {
    if let Ok(module) = load_database().await {
        // Nothing runs when this fails.
        let _ = call(&module, "stop", &[]);
    }
}

fn outcome(told: &JsValue) -> Outcome {
    let number = |name| property(told, name).as_f64().unwrap_or(0.0);
    let text = |name| property(told, name).as_string();
    let figures = RunFigures {
        statements: number("statements") as usize,
        milliseconds: number("milliseconds"),
        version: text("version").unwrap_or_default(),
    };
    if property(told, "ok").is_truthy() {
        return Outcome::Done(figures);
    }
    Outcome::Failed(Box::new(Failure {
        message: text("message").unwrap_or_default(),
        sqlstate: text("sqlstate").unwrap_or_default(),
        position: number("position") as usize,
        statement: (number("from") as usize, number("to") as usize),
        detail: text("detail"),
        hint: text("hint"),
        figures,
    }))
}

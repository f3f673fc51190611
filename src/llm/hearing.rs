//! An answer as it comes in: chunks of bytes, cut anywhere, become the text that the model writes.
//!
//! Server-sent events by the HTML standard (OpenAI, Anthropic) and lines of JSON (Ollama); an endpoint that does not stream
//! sends one JSON object, which is understood as well.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::provider::Provider;
use super::trouble::Trouble;

/// So many bytes of text an answer may have.
pub const MOST_TEXT: usize = 1_000_000;

/// So many bytes may come in for them: each piece of text comes in a wrapping of its own.
pub const MOST_BYTES: usize = 60_000_000;

/// What has been heard so far. It can be kept as JSON between two chunks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    provider: Provider,
    /// The bytes of a line whose end has not come.
    line: Vec<u8>,
    /// Lines that are no events: a body that does not stream.
    loose: Vec<u8>,
    /// Bytes that came in, and those of them that are text.
    bytes: usize,
    text: usize,
    is_over: bool,
}

impl Hearing {
    /// Nothing has been heard.
    pub fn new(provider: Provider) -> Self {
        Self { provider, line: Vec::new(), loose: Vec::new(), bytes: 0, text: 0, is_over: false }
    }

    /// Takes the next bytes; gives the text in them.
    ///
    /// # Errors
    /// When the endpoint tells of an error, or the answer is longer than any needs to be.
    pub fn hear(&mut self, chunk: &[u8]) -> Result<String, Trouble> {
        self.bytes += chunk.len();
        if self.bytes > MOST_BYTES {
            return Err(Trouble::TooLong);
        }
        let mut heard = String::new();
        for part in chunk.split_inclusive(|it| *it == b'\n') {
            self.line.extend(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                self.line(&line, &mut heard)?;
            }
            // A line that never ends is no event.
            if self.line.len() > MOST_TEXT * 4 || self.loose.len() > MOST_TEXT * 4 {
                return Err(Trouble::TooLong);
            }
        }
        Ok(heard)
    }

    /// Nothing more comes: gives the text that was still open.
    ///
    /// # Errors
    /// When the answer is not whole.
    pub fn end(&mut self) -> Result<String, Trouble> {
        let mut heard = String::new();
        let line = std::mem::take(&mut self.line);
        // An event without its line's end was cut off.
        self.line(&line, &mut heard)
            .map_err(|it| if it == Trouble::NotUnderstood { Trouble::Dropped } else { it })?;
        if self.text == 0 && !self.loose.is_empty() {
            let loose = std::mem::take(&mut self.loose);
            match serde_json::from_slice::<Value>(&loose) {
                Ok(body) => self.body(&body, &mut heard)?,
                Err(error) if error.is_eof() => return Err(Trouble::Dropped),
                Err(_) => return Err(Trouble::NotUnderstood),
            }
        }
        match (self.is_over, self.text) {
            (false, _) => Err(Trouble::Dropped),
            (true, 0) => Err(Trouble::Silent),
            (true, _) => Ok(heard),
        }
    }

    fn line(&mut self, line: &[u8], heard: &mut String) -> Result<(), Trouble> {
        let line = line.trim_ascii();
        if line.is_empty() || self.is_over {
            return Ok(());
        }
        let event = match self.provider {
            Provider::Ollama => serde_json::from_slice::<Value>(line).ok().filter(Value::is_object),
            Provider::OpenAi | Provider::Anthropic => {
                if [b"event:".as_slice(), b":", b"id:", b"retry:"].iter().any(|it| line.starts_with(it)) {
                    return Ok(());
                }
                let data = line.strip_prefix(b"data:").map(<[u8]>::trim_ascii);
                if data == Some(b"[DONE]") {
                    self.is_over = true;
                    return Ok(());
                }
                match data {
                    Some(data) => Some(serde_json::from_slice(data).map_err(|_| Trouble::NotUnderstood)?),
                    None => None,
                }
            }
        };
        match event {
            Some(event) => self.event(&event, heard),
            None => {
                self.loose.extend(line);
                self.loose.push(b'\n');
                Ok(())
            }
        }
    }

    fn event(&mut self, event: &Value, heard: &mut String) -> Result<(), Trouble> {
        told_error(event)?;
        let at = |path: &str| event.pointer(path).and_then(Value::as_str);
        match self.provider {
            Provider::OpenAi => {
                if at("/choices/0/delta/refusal").is_some_and(|it| !it.is_empty()) {
                    return Err(Trouble::Declined);
                }
                self.take(at("/choices/0/delta/content"), heard)?;
                self.ends(at("/choices/0/finish_reason"))
            }
            Provider::Anthropic => match at("/type") {
                Some("content_block_delta") => self.take(at("/delta/text"), heard),
                Some("message_delta") => self.ends(at("/delta/stop_reason")),
                Some("message_stop") => self.ends(Some("stop")),
                _ => Ok(()),
            },
            Provider::Ollama => {
                self.take(at("/message/content"), heard)?;
                if event.get("done").and_then(Value::as_bool) == Some(true) {
                    return self.ends(Some(at("/done_reason").unwrap_or("stop")));
                }
                Ok(())
            }
        }
    }

    /// A whole answer that did not stream.
    fn body(&mut self, body: &Value, heard: &mut String) -> Result<(), Trouble> {
        told_error(body)?;
        let at = |path: &str| body.pointer(path).and_then(Value::as_str);
        let (text, end) = match self.provider {
            Provider::OpenAi => (at("/choices/0/message/content"), at("/choices/0/finish_reason")),
            Provider::Anthropic => {
                // A model may think aloud in blocks before the one with the text.
                let blocks = body.get("content").and_then(Value::as_array);
                let text = blocks.into_iter().flatten().find_map(|it| it.get("text").and_then(Value::as_str));
                (text, at("/stop_reason"))
            }
            Provider::Ollama => (at("/message/content"), at("/done_reason")),
        };
        self.take(text, heard)?;
        self.ends(Some(end.unwrap_or("stop")))
    }

    fn take(&mut self, text: Option<&str>, heard: &mut String) -> Result<(), Trouble> {
        let text = text.unwrap_or_default();
        self.text += text.len();
        if self.text > MOST_TEXT {
            return Err(Trouble::TooLong);
        }
        heard.push_str(text);
        Ok(())
    }

    fn ends(&mut self, reason: Option<&str>) -> Result<(), Trouble> {
        match reason {
            None => Ok(()),
            Some("length" | "max_tokens" | "model_context_window_exceeded") => Err(Trouble::CutOff),
            Some("content_filter" | "refusal") => Err(Trouble::Declined),
            Some(_) => {
                self.is_over = true;
                Ok(())
            }
        }
    }
}

/// The error that an endpoint tells of in a stream that began well.
fn told_error(event: &Value) -> Result<(), Trouble> {
    let Some(error) = event.get("error").filter(|it| !it.is_null()) else { return Ok(()) };
    let message = error.get("message").or(Some(error)).and_then(Value::as_str).unwrap_or_default();
    Err(match error.get("type").and_then(Value::as_str) {
        Some("overloaded_error" | "rate_limit_error" | "api_error" | "server_error") => {
            Trouble::Busy { wait: None }
        }
        _ => Trouble::told(message),
    })
}

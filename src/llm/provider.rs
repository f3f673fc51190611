//! What is sent, in the three formats that endpoints publish. The key is no part of it: the caller puts it in as it sends.
//!
//! Sources: OpenAI, *Create chat completion* (`POST /chat/completions`); Anthropic, *Messages* (`POST /v1/messages`, version
//! 2023-06-01, `output_config.format`); Ollama, *Generate a chat completion* (`POST /api/chat`).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::prompt::{Prompt, Turn};
use super::schema::without_bounds;
use super::trouble::Trouble;

/// Near to what is likeliest, so that the same question gets much the same answer.
const TEMPERATURE: f64 = 0.1;

/// So many tokens an answer may have where the format wants a limit: a change of 300 tables needs fewer.
const MOST_TOKENS: u32 = 32_000;

/// So many bytes make a token, at the least; of English text and SQL it is four.
const BYTES_PER_TOKEN: usize = 3;

/// A way in which endpoints are spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// OpenAI's chat completions, which many others speak as well.
    OpenAi,
    /// Anthropic's messages.
    Anthropic,
    /// Ollama's chat.
    Ollama,
}

/// Where a model is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// How it is spoken to.
    pub provider: Provider,
    /// Its address, with or without the path of the call.
    pub url: String,
    /// The model's name there.
    pub model: String,
}

/// What a request goes without, after an endpoint said that it does not take it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Omit {
    /// The schema of the answer as a part of the request; it stands in the prompt as well.
    pub schema: bool,
    /// The temperature.
    pub temperature: bool,
}

/// A `POST` that is ready but for the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Where to.
    pub url: String,
    /// Headers, without the key's.
    pub headers: Vec<(String, String)>,
    /// Where the key goes, if the person has one.
    pub key: KeyHeader,
    /// JSON.
    pub body: String,
}

/// The header that takes a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHeader {
    /// Its name.
    pub name: String,
    /// What stands before the key.
    pub prefix: String,
}

impl Endpoint {
    /// The request that puts a prompt to the endpoint; the answer is to stream.
    ///
    /// # Errors
    /// When the address is none that a key may be sent to.
    pub fn request(&self, prompt: &Prompt, omit: Omit) -> Result<Request, Trouble> {
        let path = match self.provider {
            Provider::OpenAi => "/chat/completions",
            Provider::Anthropic => "/v1/messages",
            Provider::Ollama => "/api/chat",
        };
        let url = address(&self.url, path)?;
        if self.model.trim().is_empty() {
            return Err(Trouble::Address { why: "no model is named".to_owned() });
        }
        let body = match self.provider {
            Provider::OpenAi => self.chat(prompt, omit),
            Provider::Anthropic => self.messages(prompt, omit),
            Provider::Ollama => self.local_chat(prompt, omit),
        };
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let mut key = KeyHeader { name: "authorization".to_owned(), prefix: "Bearer ".to_owned() };
        if self.provider == Provider::Anthropic {
            headers.push(("anthropic-version".to_owned(), "2023-06-01".to_owned()));
            // Without it the service refuses pages; the key is the person's own.
            headers.push(("anthropic-dangerous-direct-browser-access".to_owned(), "true".to_owned()));
            key = KeyHeader { name: "x-api-key".to_owned(), prefix: String::new() };
        }
        Ok(Request { url, headers, key, body: body.to_string() })
    }

    fn chat(&self, prompt: &Prompt, omit: Omit) -> Value {
        let system = json!({"role": "system", "content": prompt.system});
        let messages: Vec<Value> = std::iter::once(system).chain(prompt.turns.iter().map(message)).collect();
        let mut body = json!({"model": self.model.trim(), "messages": messages, "stream": true});
        if !omit.temperature {
            body["temperature"] = json!(TEMPERATURE);
        }
        if !omit.schema {
            body["response_format"] = json!({
                "type": "json_schema",
                "json_schema": {
                    "name": prompt.step.name(), "strict": true, "schema": without_bounds(&prompt.step.schema()),
                },
            });
        }
        body
    }

    fn messages(&self, prompt: &Prompt, omit: Omit) -> Value {
        let messages: Vec<Value> = prompt.turns.iter().map(message).collect();
        let mut body = json!({
            "model": self.model.trim(), "max_tokens": MOST_TOKENS, "system": prompt.system, "messages": messages,
            "stream": true,
        });
        if !omit.temperature {
            body["temperature"] = json!(TEMPERATURE);
        }
        if !omit.schema {
            let schema = without_bounds(&prompt.step.schema());
            body["output_config"] = json!({"format": {"type": "json_schema", "schema": schema}});
        }
        body
    }

    fn local_chat(&self, prompt: &Prompt, omit: Omit) -> Value {
        let system = json!({"role": "system", "content": prompt.system});
        let messages: Vec<Value> = std::iter::once(system).chain(prompt.turns.iter().map(message)).collect();
        // What does not fit the window is cut off without a word, so the window fits the prompt and an answer.
        let tokens = prompt.size() / BYTES_PER_TOKEN + 8_000;
        let window = tokens.next_power_of_two();
        let mut body = json!({
            "model": self.model.trim(), "messages": messages, "stream": true, "options": {"num_ctx": window},
        });
        if !omit.temperature {
            body["options"]["temperature"] = json!(TEMPERATURE);
        }
        if !omit.schema {
            body["format"] = without_bounds(&prompt.step.schema());
        }
        body
    }
}

fn message(turn: &Turn) -> Value {
    json!({"role": turn.role.name(), "content": turn.text})
}

/// The address of a call below what a person wrote.
fn address(url: &str, path: &str) -> Result<String, Trouble> {
    let wrong = |why: &str| Err(Trouble::Address { why: why.to_owned() });
    let url = url.trim();
    let Some((scheme, rest)) = url.split_once("://") else {
        return wrong("the address begins with https:// or http://");
    };
    let host_and_port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if url.contains('#') || url.contains(char::is_whitespace) || host_and_port.is_empty() {
        return wrong("it is no address");
    }
    if host_and_port.contains('@') {
        return wrong("a name or a key does not belong into an address");
    }
    match scheme {
        "https" => {}
        "http" if is_near(host_and_port) => {}
        "http" => {
            return wrong("over http:// anybody on the way could read the key and the design; use https://");
        }
        _ => return wrong("the address begins with https:// or http://"),
    }
    if url.contains('?') || url.trim_end_matches('/').ends_with(path) {
        return Ok(url.trim_end_matches('/').to_owned());
    }
    let base = url.trim_end_matches('/');
    // The version may stand there already.
    let version = path.split('/').nth(1).unwrap_or_default();
    let base = base.strip_suffix(&format!("/{version}")).unwrap_or(base);
    Ok(format!("{base}{path}"))
}

/// Whether a host is this machine or on a network at home.
fn is_near(host_and_port: &str) -> bool {
    let host = match host_and_port.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host_and_port.split(':').next().unwrap_or_default(),
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    if matches!(last, "localhost" | "local" | "::1") {
        return true;
    }
    let parts: Option<Vec<u8>> = host.split('.').map(|it| it.parse().ok()).collect();
    match parts.as_deref() {
        Some([127 | 10, _, _, _] | [192, 168, _, _]) => true,
        Some([172, second, _, _]) => (16..32).contains(second),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_those_of_the_call() {
        let chat = |url: &str| address(url, "/chat/completions");
        assert_eq!(
            chat("https://api.openai.com/v1").as_deref(),
            Ok("https://api.openai.com/v1/chat/completions")
        );
        assert_eq!(
            chat(" https://a.example/v1/chat/completions/ ").as_deref(),
            Ok("https://a.example/v1/chat/completions")
        );
        assert_eq!(
            chat("https://a.example/x?api-version=1").as_deref(),
            Ok("https://a.example/x?api-version=1")
        );
        assert_eq!(
            address("https://api.anthropic.com", "/v1/messages").as_deref(),
            Ok("https://api.anthropic.com/v1/messages")
        );
        assert_eq!(
            address("https://api.anthropic.com/v1/", "/v1/messages").as_deref(),
            Ok("https://api.anthropic.com/v1/messages")
        );
        assert_eq!(
            address("http://localhost:11434/api", "/api/chat").as_deref(),
            Ok("http://localhost:11434/api/chat")
        );
    }

    #[test]
    fn addresses_that_give_the_key_away_are_refused() {
        for url in [
            "",
            "api.openai.com",
            "ftp://a.example",
            "https://",
            "https://key@a.example/v1",
            "http://a.example/v1",
            "http://10.example.com",
            "http://127.0.0.1.example.com",
            "https://a.example/v1#x",
            "javascript://x",
        ] {
            assert!(address(url, "/x").is_err(), "{url}");
        }
        for url in
            ["http://127.0.0.1:1234", "http://192.168.1.5:11434", "http://[::1]:8080/v1", "http://box.local"]
        {
            assert!(address(url, "/x").is_ok(), "{url}");
        }
    }
}

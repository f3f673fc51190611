//! What goes wrong between here and an endpoint, in words, and whether trying again may help.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::cleaned;
use super::provider::Omit;

/// A request is tried so many times.
pub const MOST_TRIES: u32 = 4;

/// The first wait between two tries in milliseconds; each further one is twice as long.
const FIRST_WAIT: u64 = 1_000;

/// A longer wait than this one, in milliseconds, is left to the person.
const LONGEST_WAIT: u64 = 60_000;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The address is none.
    Address {
        /// Why.
        why: String,
    },
    /// 401: the key is not taken.
    Key,
    /// 403: the key may not do this.
    Forbidden,
    /// 404: no such address or model.
    NotFound,
    /// 413: the request is too long for the endpoint.
    TooMuch,
    /// Another status that tells of a fault in the request.
    Refused {
        /// The status.
        status: u16,
        /// What the endpoint says.
        said: String,
    },
    /// 429, or an endpoint that has too much to do.
    Busy {
        /// The milliseconds after which it may be asked again, where it says so.
        wait: Option<u64>,
    },
    /// 5xx.
    Server {
        /// The status.
        status: u16,
        /// The milliseconds after which it may be asked again, where it says so.
        wait: Option<u64>,
    },
    /// Nothing was heard for too long.
    Timeout,
    /// No connection, or the endpoint does not let pages in.
    Unreachable,
    /// The connection ended within the answer.
    Dropped,
    /// The model stopped at its limit of length.
    CutOff,
    /// The answer is longer than any needs to be.
    TooLong,
    /// The model will not answer.
    Declined,
    /// An answer without a text.
    Silent,
    /// What came is no answer of such an endpoint.
    NotUnderstood,
    /// An error that the endpoint told within its answer.
    Told {
        /// What it says.
        said: String,
    },
}

impl Trouble {
    /// What a status other than 200 means; `retry_after` are the seconds that the endpoint names.
    pub fn of_status(status: u16, retry_after: Option<f64>, body: &str) -> Self {
        let wait =
            retry_after.filter(|it| it.is_finite() && *it >= 0.0).map(|it| (it * 1000.0).min(1e12) as u64);
        match status {
            401 => Self::Key,
            403 => Self::Forbidden,
            404 | 405 => Self::NotFound,
            408 | 504 => Self::Server { status, wait },
            413 => Self::TooMuch,
            429 => Self::Busy { wait },
            500..=599 => Self::Server { status, wait },
            _ => Self::Refused { status, said: said(body) },
        }
    }

    /// What an endpoint says of an error.
    pub(super) fn told(message: &str) -> Self {
        Self::Told { said: cleaned(message, 200) }
    }

    /// After how many milliseconds the request may be tried again, when it was tried `tries` times; none where that does not help.
    pub fn wait(&self, tries: u32) -> Option<u64> {
        if tries >= MOST_TRIES {
            return None;
        }
        let growing = FIRST_WAIT << tries.saturating_sub(1).min(6);
        match self {
            Self::Busy { wait } | Self::Server { wait, .. } => {
                let wait = wait.map_or(growing, |it| it.max(FIRST_WAIT / 10));
                (wait <= LONGEST_WAIT).then_some(wait)
            }
            Self::Dropped => Some(growing),
            _ => None,
        }
    }

    /// What the next request goes without, when the endpoint says that it does not take it.
    pub fn without(&self, omit: Omit) -> Option<Omit> {
        let (Self::Refused { said, .. } | Self::Told { said }) = self else { return None };
        let said = said.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|it| said.contains(it));
        if !omit.temperature && says(&["temperature"]) {
            return Some(Omit { temperature: true, ..omit });
        }
        let of_schema =
            ["response_format", "output_config", "json_schema", "structured", "schema", "grammar", "format"];
        (!omit.schema && says(&of_schema)).then_some(Omit { schema: true, ..omit })
    }
}

/// The message in an error's body.
fn said(body: &str) -> String {
    let parsed: Option<Value> = serde_json::from_str(body).ok();
    let message = parsed.as_ref().and_then(|it| {
        let error = it.get("error").unwrap_or(it);
        error.get("message").or(Some(error)).and_then(Value::as_str)
    });
    cleaned(message.unwrap_or_default(), 200)
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = |said: &str| if said.is_empty() { String::new() } else { format!(": {said}") };
        match self {
            Self::Address { why } => write!(f, "nothing was sent: {why}"),
            Self::Key => f.write_str("the endpoint does not take the key (401); check it in the settings"),
            Self::Forbidden => f.write_str("the key may not use this model (403)"),
            Self::NotFound => {
                f.write_str("the endpoint knows no such address or model (404); check both in the settings")
            }
            Self::TooMuch => f.write_str("the request is too long for the endpoint (413)"),
            Self::Refused { status, said } => {
                write!(f, "the endpoint refuses the request ({status}){}", colon(said))
            }
            Self::Busy { wait: Some(wait) } => {
                write!(f, "the endpoint has too much to do; it asks to wait {} s", wait.div_ceil(1000))
            }
            Self::Busy { wait: None } => f.write_str("the endpoint has too much to do (429)"),
            Self::Server { status, .. } => write!(f, "the endpoint has a fault of its own ({status})"),
            Self::Timeout => f.write_str("nothing was heard from the endpoint for too long"),
            Self::Unreachable => f.write_str(
                "the endpoint cannot be reached, or does not let pages ask; copy the prompt and paste the answer instead",
            ),
            Self::Dropped => f.write_str("the connection ended within the answer"),
            Self::CutOff => f.write_str("the model stopped before its answer was whole; ask for less at once"),
            Self::TooLong => f.write_str("the answer was too long, and was not read to its end"),
            Self::Declined => f.write_str("the model will not answer this"),
            Self::Silent => f.write_str("the answer is empty"),
            Self::NotUnderstood => f.write_str("what came is no answer of such an endpoint; check the settings"),
            Self::Told { said } => write!(f, "the endpoint tells of an error{}", colon(said)),
        }
    }
}

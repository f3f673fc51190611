//! The one JSON object in an answer, whatever stands around it.

use serde_json::Value;

use super::fault::Fault;
use super::hearing::MOST_TEXT;

/// So many places are tried at which an object may begin.
const MOST_STARTS: usize = 64;

/// The object that has a property of this name, or else the first.
pub(super) fn object(text: &str, property: &str) -> Result<Value, Fault> {
    if text.len() > MOST_TEXT {
        return Err(Fault::TooLong { most: MOST_TEXT });
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    let (mut first, mut problem): (Option<Value>, Option<Fault>) = (None, None);
    let mut from = 0;
    for _ in 0..MOST_STARTS {
        let Some(start) = text.get(from..).and_then(|it| it.find('{')).map(|it| from + it) else { break };
        let rest = text.get(start..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => {
                from = start + values.byte_offset();
                if value.get(property).is_some() {
                    return Ok(value);
                }
                first.get_or_insert(value);
            }
            Some(Err(error)) => {
                let fault = if error.is_eof() {
                    Fault::CutOff
                } else {
                    Fault::NotJson { message: error.to_string() }
                };
                // What ends too soon begins here; braces inside it are its own.
                if fault == Fault::CutOff && first.is_none() {
                    return Err(fault);
                }
                problem.get_or_insert(fault);
                from = start + 1;
            }
            None => break,
        }
    }
    match (first, problem) {
        (Some(value), _) => Ok(value),
        (None, Some(problem)) => Err(problem),
        (None, None) => Err(Fault::NotJson { message: "there is no `{` in it".to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_in_prose_and_between_fences() {
        let found = |text: &str| object(text, "a").map(|it| it["a"].clone());
        assert_eq!(found("{\"a\": 1}"), Ok(1.into()));
        assert_eq!(found("Sure! Here {it} is:\n```json\n{\"a\": 2}\n```\nAnything else?"), Ok(2.into()));
        assert_eq!(found("{\"note\": 0} {\"a\": 3}"), Ok(3.into()));
        assert_eq!(found("{\"b\": 0}"), Ok(Value::Null));
    }

    #[test]
    fn what_is_no_object_says_why() {
        assert_eq!(object("  ", "a"), Err(Fault::Empty));
        assert_eq!(object("{\"a\": [1, {\"b\": \"x", "a"), Err(Fault::CutOff));
        assert!(matches!(object("I cannot do that.", "a"), Err(Fault::NotJson { .. })));
        assert!(matches!(object("{a: 1}", "a"), Err(Fault::NotJson { .. })));
        assert!(matches!(object(&"[".repeat(100_000), "a"), Err(Fault::NotJson { .. })));
        assert!(object(&"{\"a\":".repeat(10_000), "a").is_err());
        let long = format!("{{\"a\": \"{}\"}}", "x".repeat(MOST_TEXT));
        assert_eq!(object(&long, "a"), Err(Fault::TooLong { most: MOST_TEXT }));
    }
}

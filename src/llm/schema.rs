//! Checking JSON against the part of JSON Schema that the answers' schemas use.

use serde_json::Value;

use super::fault::{Fault, cleaned};

/// A model is told of so many faults at once.
const MOST_FAULTS: usize = 20;

/// What in `value` is not as `schema` says, in order of place.
pub(super) fn faults(value: &Value, schema: &Value) -> Vec<Fault> {
    let mut found = Vec::new();
    visit(value, schema, &mut String::new(), &mut found);
    found
}

/// A schema without the bounds that endpoints with a grammar of their own do not all take: they are checked here anyway.
pub(super) fn without_bounds(schema: &Value) -> Value {
    const BOUNDS: [&str; 4] = ["maxLength", "maxItems", "minimum", "maximum"];
    match schema {
        Value::Object(all) => {
            let kept = all.iter().filter(|it| !BOUNDS.contains(&it.0.as_str()));
            Value::Object(kept.map(|(name, it)| (name.clone(), without_bounds(it))).collect())
        }
        Value::Array(all) => Value::Array(all.iter().map(without_bounds).collect()),
        other => other.clone(),
    }
}

fn visit(value: &Value, schema: &Value, at: &mut String, found: &mut Vec<Fault>) {
    if found.len() >= MOST_FAULTS {
        return;
    }
    let mut say = |message: String, at: &str| {
        found.push(Fault::Schema {
            at: if at.is_empty() { "answer".to_owned() } else { at.to_owned() },
            message,
        });
    };
    if !types(schema).any(|it| is_of(value, it)) {
        let wanted = types(schema).collect::<Vec<_>>().join(" or ");
        return say(format!("this is to be {wanted}"), at);
    }
    let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
    match value {
        Value::Object(all) => {
            let properties = schema.get("properties");
            for name in strings(schema.get("required")).filter(|it| !all.contains_key(*it)) {
                say(format!("`{name}` is missing"), at);
            }
            for (name, value) in all {
                let length = at.len();
                at.push_str(if length == 0 { "" } else { "." });
                at.push_str(&cleaned(name, 60));
                match properties.and_then(|it| it.get(name)) {
                    Some(schema) => visit(value, schema, at, found),
                    None => found.push(Fault::Schema {
                        at: at.clone(),
                        message: "there is no such property".to_owned(),
                    }),
                }
                at.truncate(length);
                if found.len() >= MOST_FAULTS {
                    return;
                }
            }
        }
        Value::Array(all) => {
            if let Some(most) = bound("maxItems").filter(|it| all.len() as u64 > *it) {
                say(format!("more than {most}"), at);
            }
            let Some(items) = schema.get("items") else { return };
            for (nth, value) in all.iter().enumerate() {
                let length = at.len();
                at.push_str(&format!("[{nth}]"));
                visit(value, items, at, found);
                at.truncate(length);
                if found.len() >= MOST_FAULTS {
                    return;
                }
            }
        }
        Value::String(text) => {
            if let Some(most) = bound("maxLength").filter(|it| text.chars().count() as u64 > *it) {
                say(format!("longer than {most} characters"), at);
            }
            let allowed = schema.get("enum");
            if allowed.is_some() && !strings(allowed).any(|it| it == text) {
                let list = strings(allowed).collect::<Vec<_>>().join(", ");
                say(format!("`{}` is none of {list}", cleaned(text, 60)), at);
            }
        }
        Value::Number(number) => {
            let limit = |name: &str| schema.get(name).and_then(Value::as_f64);
            let number = number.as_f64().unwrap_or(f64::NAN);
            let is_in = limit("minimum").is_none_or(|it| number >= it)
                && limit("maximum").is_none_or(|it| number <= it);
            if !is_in {
                say(format!("{number} is out of range"), at);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn types(schema: &Value) -> impl Iterator<Item = &str> {
    let one = schema.get("type").and_then(Value::as_str);
    one.into_iter().chain(strings(schema.get("type")))
}

fn strings(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::Step;

    #[test]
    fn each_fault_tells_its_place() {
        let answer = serde_json::json!({"relationships": [
            {"from": 1, "to": "x", "role": null, "kind": "some-to-some", "via": null, "nullable": true,
             "on_delete": "cascade", "many_likelihood": 101, "quotes": ["x".repeat(401)], "extra": 1}]});
        let told: Vec<String> =
            faults(&answer, &Step::Relationships.schema()).iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "`relationships[0]`: `reason` is missing",
                "`relationships[0].from`: this is to be string",
                "`relationships[0].kind`: `some-to-some` is none of many-to-one, one-to-one, many-to-many",
                "`relationships[0].many_likelihood`: 101 is out of range",
                "`relationships[0].quotes[0]`: longer than 400 characters",
                "`relationships[0].extra`: there is no such property",
            ]
        );
        assert_eq!(
            faults(&serde_json::json!([]), &Step::Change.schema())[0].to_string(),
            "`answer`: this is to be object"
        );
    }
}

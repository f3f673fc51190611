//! What changed between two states of a record, done to a third: field by field, as the design file has them.

use serde_json::{Map, Value};

use crate::design::Id;

/// Where a thing came from; no part of what is compared.
const ORIGIN: &str = "origin";

/// Whether what has this identity stays as it is where the second state lacks it, or something of it.
pub type Stays<'a> = &'a dyn Fn(Id) -> bool;

/// `ours` with what leads from `before` to `after`. Where nothing changed it stays as it is, with what the two states cannot
/// say; members of a list are told by their identity and stand in the order of `after`.
pub fn merged(before: &Value, after: &Value, ours: &Value, stays: Stays<'_>) -> Value {
    if is_same(before, after) {
        return ours.clone();
    }
    match (before, after, ours) {
        (Value::Object(before), Value::Object(after), Value::Object(ours)) => {
            Value::Object(merged_fields(before, after, ours, stays))
        }
        (Value::Array(before), Value::Array(after), Value::Array(ours))
            if [before, after, ours].iter().all(|it| it.iter().all(|it| id(it).is_some())) =>
        {
            Value::Array(merged_members(before, after, ours, stays))
        }
        _ => bare(after.clone()),
    }
}

fn merged_fields(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    ours: &Map<String, Value>,
    stays: Stays<'_>,
) -> Map<String, Value> {
    let is_held = before.get("id").and_then(number).is_some_and(stays);
    let mut result = ours.clone();
    let keys = before.keys().chain(after.keys()).filter(|it| *it != ORIGIN);
    for key in keys {
        match (before.get(key), after.get(key), ours.get(key)) {
            (Some(before), Some(after), Some(ours)) => {
                result.insert(key.clone(), merged(before, after, ours, stays));
            }
            (Some(before), Some(after), None) if is_same(before, after) => {}
            // One list has no members any more: each may stay.
            (Some(before @ Value::Array(_)), None, Some(ours)) => {
                match merged(before, &Value::Array(Vec::new()), ours, stays) {
                    Value::Array(left) if left.is_empty() => drop(result.remove(key)),
                    left => drop(result.insert(key.clone(), left)),
                }
            }
            (Some(part), None, _) if has_to_stay(part, stays) || is_held => {}
            (Some(_), None, _) => drop(result.remove(key)),
            (_, Some(after), _) => drop(result.insert(key.clone(), bare(after.clone()))),
            (None, None, _) => {}
        }
    }
    result
}

fn merged_members(before: &[Value], after: &[Value], ours: &[Value], stays: Stays<'_>) -> Vec<Value> {
    let find = |list: &[Value], wanted: &Value| list.iter().position(|it| id(it) == id(wanted));
    let mut result: Vec<Value> = Vec::with_capacity(after.len());
    for it in after {
        let mine = find(ours, it).and_then(|at| ours.get(at));
        let was = find(before, it).and_then(|at| before.get(at));
        match (was, mine) {
            (Some(was), Some(mine)) => result.push(merged(was, it, mine, stays)),
            // It was taken out of ours meanwhile, and nothing was done to it here.
            (Some(was), None) if is_same(was, it) => {}
            _ => result.push(bare(it.clone())),
        }
    }
    // What only we have, and what stays, comes after what it came after.
    let mut previous: Option<&Value> = None;
    for mine in ours {
        let was = find(before, mine).and_then(|at| before.get(at));
        let is_there = find(&result, mine).is_some();
        if !is_there && was.is_none_or(|it| has_to_stay(it, stays)) {
            let at = previous.and_then(|it| find(&result, it)).map_or(0, |at| at + 1);
            result.insert(at.min(result.len()), mine.clone());
        }
        previous = Some(mine);
    }
    result
}

/// Whether two values say the same, wherever they came from.
pub fn is_same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Object(one), Value::Object(two)) => {
            let told = |it: &Map<String, Value>| it.keys().filter(|it| *it != ORIGIN).count();
            told(one) == told(two)
                && one
                    .iter()
                    .filter(|it| it.0 != ORIGIN)
                    .all(|(key, value)| two.get(key).is_some_and(|other| is_same(value, other)))
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_same(one, two))
        }
        _ => one == two,
    }
}

/// Without where its parts came from: new ones are of a person's hand.
pub fn bare(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.remove(ORIGIN);
            fields.values_mut().for_each(|it| *it = bare(it.take()));
        }
        Value::Array(all) => all.iter_mut().for_each(|it| *it = bare(it.take())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    value
}

fn has_to_stay(part: &Value, stays: Stays<'_>) -> bool {
    id(part).and_then(number).is_some_and(stays)
}

fn number(id: &Value) -> Option<Id> {
    id.as_u64().and_then(|it| u32::try_from(it).ok()).map(Id)
}

fn id(member: &Value) -> Option<&Value> {
    member.as_object().and_then(|it| it.get("id"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_changed_is_done_to_a_third_state() {
        let before = json!({"name": "a", "columns": [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}, {"id": 3, "name": "z"}]});
        let after = json!({"name": "b", "columns": [{"id": 3, "name": "z"}, {"id": 1, "name": "w", "origin": {"import": 4}}, {"id": 9, "name": "n", "origin": "hand"}]});
        let ours = json!({"name": "a", "kind": "core", "columns": [{"id": 1, "name": "x", "origin": "brief"}, {"id": 2, "name": "y"}, {"id": 3, "name": "z", "note": 1}]});
        assert_eq!(
            merged(&before, &after, &ours, &|_| false),
            json!({"name": "b", "kind": "core", "columns": [{"id": 3, "name": "z", "note": 1}, {"id": 1, "name": "w", "origin": "brief"}, {"id": 9, "name": "n"}]})
        );
        let stays = |it: Id| it == Id(2);
        let kept = merged(&before, &after, &ours, &stays);
        let ids: Vec<_> =
            kept["columns"].as_array().into_iter().flatten().map(|it| it["id"].clone()).collect();
        assert_eq!(ids, [3, 1, 2, 9]);
    }
}

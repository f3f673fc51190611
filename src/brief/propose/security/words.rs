//! Permissions in words: names of policies and the reasons that a person reads.

use crate::base::{capitalized, lower};
use crate::brief::reading::{AccessAction, Condition, Permission};

/// What tells a policy from others of its role: `_own`, `_published`.
pub fn suffix(only: &[Condition]) -> String {
    let mut out = String::new();
    for it in only {
        out.push('_');
        out.push_str(&short(it));
    }
    out
}

fn short(condition: &Condition) -> String {
    match condition {
        Condition::Own(None) => "own".to_owned(),
        Condition::Own(Some(by)) => format!("as_{by}"),
        Condition::Is { attribute, values } => match values.as_slice() {
            [only] if only != "true" => lower(only).replace([' ', '-'], "_"),
            _ => attribute.clone(),
        },
        Condition::Under { entity, .. } => format!("of_{entity}"),
        Condition::SignedIn => "signed_in".to_owned(),
        Condition::Not(inner) => format!("not_{}", short(inner)),
        Condition::All(all) => all.iter().map(short).collect::<Vec<_>>().join("_"),
    }
}

/// "Author: reads published; creates, changes own. Editor: reads, changes all."
pub fn of(permissions: &[&Permission]) -> String {
    let mut roles: Vec<&Option<String>> = permissions.iter().map(|it| &it.role).collect();
    roles.dedup();
    let mut seen: Vec<&Option<String>> = Vec::new();
    let mut out: Vec<String> = Vec::new();
    for role in roles {
        if seen.contains(&role) {
            continue;
        }
        seen.push(role);
        let mut kinds: Vec<(String, Vec<&str>)> = Vec::new();
        for it in permissions.iter().filter(|it| it.role == *role) {
            let which = which(it);
            let verb = match it.action {
                AccessAction::Read => "reads",
                AccessAction::Create => "creates",
                AccessAction::Update => "changes",
                AccessAction::Delete => "deletes",
            };
            match kinds.iter_mut().find(|(known, _)| *known == which) {
                Some((_, verbs)) if verbs.contains(&verb) => {}
                Some((_, verbs)) => verbs.push(verb),
                None => kinds.push((which, vec![verb])),
            }
        }
        let said: Vec<String> =
            kinds.iter().map(|(which, verbs)| format!("{} {which}", verbs.join(", "))).collect();
        let who = role.as_deref().map_or_else(|| "everybody".to_owned(), |it| it.replace('_', " "));
        out.push(capitalized(&format!("{who}: {}.", said.join("; "))));
    }
    out.join(" ")
}

fn which(it: &Permission) -> String {
    let mut words: Vec<String> = it.only.iter().map(in_words).collect();
    if let Some(becomes) = &it.becomes {
        words.push(format!("to {}", in_words(becomes)));
    }
    if words.is_empty() { "all".to_owned() } else { words.join(" ") }
}

fn in_words(condition: &Condition) -> String {
    match condition {
        Condition::Own(None) => "own".to_owned(),
        Condition::Own(Some(by)) => format!("own as {by}"),
        Condition::Is { attribute, values } => match values.as_slice() {
            [] => format!("with {}", attribute.replace('_', " ")),
            [only] if only == "true" => attribute.replace('_', " "),
            more => more.join(" or "),
        },
        Condition::Under { entity, only } => {
            let said: Vec<String> = only.iter().map(in_words).collect();
            format!("under {} {}", said.join(" "), entity.replace('_', " "))
        }
        Condition::SignedIn => "when signed in".to_owned(),
        Condition::Not(inner) => format!("not {}", in_words(inner)),
        Condition::All(all) => all.iter().map(in_words).collect::<Vec<_>>().join(" "),
    }
}

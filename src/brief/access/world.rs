//! The names that statements about access use: things, their values and roles.

use crate::base::{Gather, SortedMap, SortedSet, Span, lower, one_of, singular};
use crate::brief::lexicon::{last_word, lexicon};
use crate::brief::reading::{Condition, EntityKind, Reading};

/// A word of a statement, in lower case, or a sign.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub span: Span,
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Everybody,
    SignedIn,
    Nobody,
    Role(String),
}

pub struct World {
    /// Names of things as words joined by `_`, in the singular.
    things: SortedMap<String, String>,
    /// For each thing, what tells some of its rows from others: words, then the attribute and its value.
    values: SortedMap<String, Vec<(String, Condition)>>,
    roles: SortedSet<String>,
    containers: SortedSet<String>,
    /// What others belong to, and no person.
    holders: SortedSet<String>,
}

impl World {
    pub fn of(reading: &Reading) -> Self {
        let mut things: SortedMap<String, String> = SortedMap::new();
        let mut values: SortedMap<String, Vec<(String, Condition)>> = SortedMap::new();
        let mut roles: SortedSet<String> = SortedSet::new();
        let mut short: SortedMap<&str, Vec<&str>> = SortedMap::new();
        for entity in &reading.entities {
            things.insert(entity.name.clone(), entity.name.clone());
            if entity.kind != EntityKind::Junction && entity.name.contains('_') {
                short.or_default(last_word(&entity.name)).push(&entity.name);
                // "manage availability": the availability windows.
                let mass = entity
                    .name
                    .split_once('_')
                    .map(|it| it.0)
                    .filter(|it| !lexicon().business.contains(it) && !lexicon().is_person(it));
                if let Some(mass) = mass {
                    short.or_default(mass).push(&entity.name);
                }
            }
            for attribute in &entity.attributes {
                let own = values.or_default(entity.name.clone());
                let is = |values: Vec<String>| Condition::Is { attribute: attribute.name.clone(), values };
                for value in attribute.values.iter().flatten() {
                    let words = lower(&value.replace(['_', '-'], " "));
                    own.push((words, is(vec![value.clone()])));
                    if last_word(&attribute.name) == "role" {
                        roles.insert(singular(&lower(value).replace(' ', "_")));
                    }
                }
                let name = attribute.name.strip_prefix("is_").unwrap_or(&attribute.name);
                if attribute.type_name == "boolean" {
                    own.push((name.replace('_', " "), is(vec!["true".to_owned()])));
                } else if let Some(state) = name.strip_suffix("_at").or_else(|| name.strip_suffix("_on")) {
                    own.push((state.replace('_', " "), is(Vec::new())));
                }
            }
        }
        for (last, names) in short {
            if let ([only], false) = (names.as_slice(), things.contains_key(last)) {
                things.insert(last.to_owned(), (*only).to_owned());
            }
        }
        for it in reading.left_out.iter().filter(|it| it.reason.starts_with("a role of")) {
            roles.insert(it.name.clone());
        }
        let containers = reading.entities.iter().filter(|it| lexicon().containers.contains(it.name.as_str()));
        let containers = containers.map(|it| it.name.clone()).gather();
        let holders = reading.relationships.iter().map(|it| it.to.clone());
        let holders = holders.filter(|it| !lexicon().is_person(it) && !roles.contains(it)).gather();
        Self { things, values, roles, containers, holders }
    }

    /// The thing that the words at `at` name, and how many words do.
    pub fn thing_at(&self, words: &[Word], at: usize) -> Option<(&str, usize)> {
        (1..=3).rev().find_map(|count| {
            let words = words.get(at..at + count)?;
            let (last, before) = words.split_last()?;
            let last = singular(&last.text);
            let key: Vec<&str> = before.iter().map(|it| it.text.as_str()).chain([last.as_str()]).collect();
            self.things.get(&key.join("_")).map(|it| (it.as_str(), count))
        })
    }

    /// Which rows of a thing the words at `at` mean, and how many words do.
    pub fn value_at(&self, thing: &str, words: &[Word], at: usize) -> Option<(Condition, usize)> {
        let known = self.values.get(thing)?;
        (1..=3).rev().find_map(|count| {
            let words = words.get(at..at + count)?;
            let said: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
            let said = said.join(" ").replace('-', " ");
            let one = singular(&said);
            let (found, unsaid) = known.iter().find_map(|(value, condition)| {
                let not = said.strip_prefix("un").or_else(|| said.strip_prefix("not "));
                if *value == said || *value == one {
                    Some((condition.clone(), false))
                } else {
                    (not == Some(value)).then(|| (condition.clone(), true))
                }
            })?;
            Some((if unsaid { Condition::Not(Box::new(found)) } else { found }, count))
        })
    }

    /// The value that doing this gives a thing: whoever publishes it makes it published. Also whether it is the first of its set.
    pub fn made_by(&self, thing: &str, verb: &str) -> Option<(Condition, bool)> {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        let known = self.values.get(thing)?;
        let at = known.iter().position(|(value, condition)| {
            let ends = value.strip_prefix(stem).is_some_and(|it| one_of(it, "ed led ped ted d"));
            verb.len() > 3 && ends && matches!(condition, Condition::Is { .. })
        })?;
        let (_, condition) = known.get(at)?;
        Some((condition.clone(), at == 0))
    }

    /// What whoever has a role is a row of: a doctor of doctors, anybody else of the users.
    pub fn person(&self, role: Option<&str>) -> Option<&str> {
        role.and_then(|it| self.things.get(it)).or_else(|| self.things.get("user")).map(String::as_str)
    }

    /// Whether people belong to such a thing.
    pub fn is_container(&self, thing: &str) -> bool {
        self.containers.contains(thing)
    }

    /// Whether other things belong to such a thing.
    pub fn is_holder(&self, thing: &str) -> bool {
        self.holders.contains(thing)
    }

    /// Who the words name, if they name somebody.
    pub fn who(&self, words: &[&str]) -> Option<Who> {
        const LEADS: &str = "a an the all every each any our only also then";
        let from = words.iter().position(|it| !one_of(it, LEADS)).unwrap_or(words.len().saturating_sub(1));
        let words = words.get(from..).unwrap_or_default();
        let (last, before) = words.split_last()?;
        let last = singular(last);
        let key: Vec<&str> = before.iter().copied().chain([last.as_str()]).collect();
        let key = key.join("_").replace('-', "_");
        match key.as_str() {
            "everyone" | "everybody" | "anyone" | "anybody" | "all" => Some(Who::Everybody),
            "nobody" | "no_one" | "none" | "no_user" | "no_body" => Some(Who::Nobody),
            "user" | "person" | "people" | "signed_in_user" | "logged_in_user" | "registered_user"
                if !self.roles.contains(&key) =>
            {
                Some(Who::SignedIn)
            }
            "guest" | "visitor" | "public" | "anonymous" | "anonymous_user" => Some(Who::Role(key)),
            _ if before.len() > 2 => None,
            _ => {
                let known = self.roles.contains(&key) || lexicon().is_person(&key);
                // "administrators" have the role "admin".
                let short = key == "administrator" && self.roles.contains("admin");
                known.then_some(Who::Role(if short { "admin".to_owned() } else { key }))
            }
        }
    }
}

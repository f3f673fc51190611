//! One of several with a role of its own: who leads a team, the primary contact, the capital. That says nothing of who else is in
//! it, and stays beside what does.

use super::lexicon::lexicon;
use super::reading::{Entity, Reading, RelationshipKind};
use super::relations::{ENOUGH, LEADS, LISTED, NESTED, Vote};
use super::walk::MEMBER;

/// The reason of votes for one of several.
pub const ONE: &str = "it is among what the text lists for it, beside others of its kind";

/// Takes the votes for such a one out of what a text says of a pair.
pub fn take(votes: &mut Vec<Vote>) -> Vec<Vote> {
    if let Some(leader) = votes.iter().find(|it| it.reason == LEADS).cloned() {
        votes.retain(|it| it.reason != LEADS && it.role != leader.role);
        return vec![leader];
    }
    let one = |it: &Vote| it.kind == RelationshipKind::ManyToOne;
    let listed =
        |it: &&Vote| it.reason == LISTED && one(it) && !it.several && it.from != it.to && it.role.is_some();
    let told: Vec<Vote> = votes.iter().filter(listed).cloned().collect();
    let Some(first) = told.first() else { return told };
    // "A team has a captain, who is a player": without more the players belong to it in no other way.
    let belongs = |it: &Vote| {
        it.several || it.reason == MEMBER || it.reason == NESTED || it.reason == LISTED && it.role.is_none()
    };
    // "A department has a head", and employees work in departments: the head is who leads it, wherever all of them work.
    let leads = first.role.as_deref().is_some_and(|it| lexicon().is_person(it));
    let shared = |it: &Vote| leads && !one(it) && it.reason != LISTED;
    let others = |it: &Vote| it.weight >= ENOUGH && (it.from == first.to && belongs(it) || shared(it));
    // "An original language and several subtitle languages": the list tells of both.
    let among = votes.iter().any(|it| !one(it) && it.reason == LISTED);
    let both = |it: &Vote| if one(it) { it.several && it.from == first.from } else { !among && !leads };
    if !among && !votes.iter().any(others) || votes.iter().any(both) {
        return Vec::new();
    }
    // What else it is said to have is the one of them.
    votes.retain(|it| !one(it) || it.from != first.from);
    told.into_iter().map(|it| Vote { reason: ONE, ..it }).collect()
}

/// A capital city that is one of the cities is no column besides, nor is the type of a room where room types are kept.
pub fn leave_columns(reading: &mut Reading) {
    for it in &reading.relationships {
        // Tags that are tied to products are no column of theirs, nor is the category that an expense refers to.
        let told = |of: &str, other: &str| [&it.from, &it.to] == [of, other];
        for entity in &mut reading.entities {
            let Entity { name, attributes, .. } = entity;
            attributes.retain(|column| {
                column.values.is_some() || !(told(name, &column.name) || told(&column.name, name))
            });
        }
        let kind = it.to.strip_prefix(it.from.as_str()).and_then(|it| it.strip_prefix('_'));
        let kind =
            kind.filter(|_| reading.entities.iter().any(|entity| entity.name == it.to && entity.is_told()));
        let role = it.role.as_ref().filter(|_| it.reason == ONE).map(|role| format!("{role}_{}", it.to));
        let Some(entity) = reading.entities.iter_mut().find(|entity| entity.name == it.from) else {
            continue;
        };
        entity.attributes.retain(|column| {
            role.as_ref() != Some(&column.name) && (kind != Some(&column.name) || column.values.is_some())
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, Option<&str>)]) {
        let reading = read(text);
        let mut found: Vec<_> = reading
            .relationships
            .iter()
            .map(|it| (it.from.as_str(), it.to.as_str(), it.role.as_deref()))
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn one_with_a_role_stays_beside_all_that_belong_to_it() {
        check(
            "A project has a name, a primary contact and several other contacts. Contacts have a name and an email.",
            &[("contact", "project", None), ("project", "contact", Some("primary"))],
        );
        check(
            "Each country has a name and a capital city. Each city has a name and belongs to a country.",
            &[("city", "country", None), ("country", "city", Some("capital"))],
        );
        check(
            "Each team has a name and a captain, who is a player. Each player has a name and belongs to a team.",
            &[("player", "team", None), ("team", "player", Some("captain"))],
        );
    }
}

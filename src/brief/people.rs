//! Who uses the software: members and administrators are users with a role, and belonging to something is a junction.

use super::blocks::Block;
use super::concepts::Concepts;
use super::lexicon::lexicon;
use super::model::{is_headed, keep_ends};
use super::reading::{Attribute, Entity, EntityKind, OnDelete, Reading, Relationship, RelationshipKind};
use super::roles::is_personal;
use super::sentences::Sentence;
use crate::base::{SortedSet, Span, one_of, singular, without_end};

/// Gives what people are members of its junction, with the role that a membership carries.
pub fn people(reading: &mut Reading, sentences: &[Sentence], blocks: &[Block], concepts: &Concepts) {
    leave_headed_user(reading, blocks, concepts);
    let members = memberships(reading, sentences);
    let Some(user) = super::knowledge::user_of(reading).map(str::to_owned) else { return };
    for (container, span) in members {
        if container != user {
            member_of(reading, &container, &user, span);
        }
    }
    roles(reading, &user);
}

/// Under a heading "Users" the people are told by what they are called; where something is kept of them, they are the users.
fn leave_headed_user(reading: &mut Reading, blocks: &[Block], concepts: &Concepts) {
    let is_named = |it: &Attribute| !it.assumed && is_personal(&it.name);
    let is_other = |it: &Entity| {
        it.name != "user" && lexicon().is_person(&it.name) && it.attributes.iter().any(is_named)
    };
    if is_headed("user", concepts, blocks) && reading.entities.iter().any(is_other) {
        reading.entities.retain(|it| it.name != "user" || it.is_told());
        keep_ends(reading);
    }
}

/// Entities of which the text names members, with the place: "members" in one sentence with the container.
fn memberships(reading: &Reading, sentences: &[Sentence]) -> Vec<(String, Span)> {
    let lexicon = lexicon();
    let containers: Vec<&Entity> =
        reading.entities.iter().filter(|it| lexicon.containers.contains(it.name.as_str())).collect();
    let mut out: Vec<(String, Span)> = Vec::new();
    if containers.is_empty() {
        return out;
    }
    let mut seen: SortedSet<&str> = SortedSet::new();
    let has_roles = reading.entities.iter().any(|it| it.name == "role")
        || reading.entities.iter().any(|it| it.name == "user");
    for sentence in sentences {
        let words: Vec<(String, Span)> =
            sentence.words.iter().map(|it| (singular(&it.token.word), it.token.span)).collect();
        let said = |word: &str| words.iter().find(|it| it.0 == word).map(|it| it.1);
        let member =
            ["member", "teammate", "collaborator", "participant", "people", "colleague", "person", "user"]
                .iter()
                .find_map(|it| said(it));
        let joins = sentence.words.iter().any(|it| {
            one_of(
                it.token.word.as_str(),
                "add adds invite invites join joins belong belongs member members part role roles several",
            )
        });
        for container in &containers {
            let Some(place) = said(&container.name) else { continue };
            let is_top = one_of(container.name.as_str(), "organization workspace tenant company");
            let grants = is_top && (said("role").is_some() || said("permission").is_some());
            let span = match (member, joins) {
                (Some(member), true) => member.cover(place),
                _ if grants && has_roles => place,
                _ => continue,
            };
            if seen.insert(&container.name) {
                out.push((container.name.clone(), span));
            }
        }
    }
    out
}

/// Makes the junction of a container and the people in it.
fn member_of(reading: &mut Reading, container: &str, user: &str, span: Span) {
    if super::payload::between(reading, container, user).is_some() {
        return;
    }
    let name = format!("{container}_member");
    let plain = format!("{container}_{user}");
    if let Some(known) =
        reading.entities.iter_mut().find(|it| it.name == plain || it.name == format!("{user}_{container}"))
    {
        let old = std::mem::replace(&mut known.name, name.clone());
        known.kind = EntityKind::Junction;
        for relation in &mut reading.relationships {
            if relation.via.as_deref() == Some(old.as_str()) {
                relation.via = Some(name.clone());
            }
        }
    } else if !reading.entities.iter().any(|it| it.name == name) {
        reading.entities.push(Entity {
            name: name.clone(),
            kind: EntityKind::Junction,
            description: String::new(),
            assumed: false,
            evidence: vec![span],
            attributes: Vec::new(),
            reason: "people may be in several, and each has several people".to_owned(),
            rows: Vec::new(),
        });
    }
    // What tied the two before is said by the junction now.
    reading
        .relationships
        .retain(|it| !(it.role.is_none() && it.is_between(user, container) && it.via.is_none()));
    let tied = reading.relationships.iter().any(|it| it.via.as_deref() == Some(name.as_str()));
    if !tied {
        reading.relationships.push(Relationship {
            from: container.to_owned(),
            to: user.to_owned(),
            role: None,
            kind: RelationshipKind::ManyToMany,
            via: Some(name.clone()),
            nullable: false,
            on_delete: OnDelete::Cascade,
            assumed: false,
            reason: format!(
                "people may be in several {}, and each has several people",
                crate::base::plural(container).replace('_', " ")
            ),
            evidence: vec![span],
            several: None,
        });
    }
}

/// A membership carries the role and since when; the role points at the lookup when the text has one.
fn roles(reading: &mut Reading, user: &str) {
    let lookup = reading.entities.iter().any(|it| it.name == "role");
    let user_role = reading
        .entities
        .iter()
        .find(|it| it.name == user)
        .and_then(|it| it.attributes.iter().find(|it| it.name == "role" && it.values.is_some()))
        .cloned();
    let members: Vec<String> = reading
        .entities
        .iter()
        .filter(|it| it.kind == EntityKind::Junction && it.name.ends_with("_member"))
        .map(|it| it.name.clone())
        .collect();
    let mut moved = false;
    for (nth, name) in members.iter().enumerate() {
        if lookup {
            let tied = reading.relationships.iter().any(|it| it.from == *name && it.to == "role");
            if !tied {
                let reason = "a membership says what the member may do; a role in use is kept";
                reading.relationships.push(Relationship::assumed(name, "role", reason));
            }
        }
        let Some(entity) = reading.entities.iter_mut().find(|it| it.name == *name) else { continue };
        if let (Some(role), false, 0) = (&user_role, lookup, nth) {
            if !entity.attributes.iter().any(|it| it.name == "role") {
                entity.attributes.push(role.clone());
            }
            moved = true;
        }
        // Who likes a review has not joined it.
        let of = super::lexicon::last_word(without_end(name, "_member"));
        let joins = lexicon().containers.contains(of);
        if joins && !entity.attributes.iter().any(|it| it.name.starts_with("joined")) {
            entity.attributes.push(Attribute::assumed("joined_at", "timestamptz", false));
        }
    }
    if moved && let Some(entity) = reading.entities.iter_mut().find(|it| it.name == user) {
        entity.attributes.retain(|it| it.name != "role");
    }
}

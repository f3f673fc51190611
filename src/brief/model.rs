//! Facts about chosen concepts become the reading: entities with attributes, relationships, junctions, the rest.

use super::blocks::{Block, BlockKind};
use super::concepts::Concepts;
use super::fact::{Fact, Facts, phrase_of};
use super::facts::OF_THE_TEXT;
use super::item_values::TIMES;
use super::items::Item;
use super::knowledge::assumed;
use super::lexicon::{last_word, lexicon};
use super::reading::{
    Attribute, Entity, EntityKind, LeftOut, OnDelete, Reading, Relationship, RelationshipKind, Size,
};
use super::relations::Vote;
use super::tied::Unclear;
use super::types::type_of;
use super::value_sets;
use crate::base::{Gather, SortedMap, SortedSet, Span, lower, one_of, sort_by, without_end};

/// Columns that every table gets anyway.
const SCAFFOLDING: &str = "id created_at updated_at uuid created updated primary_key";

/// Systems that products are tied to, by the first word of their names. Source: own knowledge of common integrations.
const SYSTEMS: &str = "external stripe paypal braintree adyen mollie klarna square shopify google apple facebook instagram linkedin \
                       github gitlab microsoft azure okta auth0 firebase cognito salesforce hubspot mailchimp twilio zendesk xero \
                       quickbooks slack discord steam spotify youtube zoom strava";

/// Whether it names a key or a column that every table gets anyway.
pub fn is_scaffolding(name: &str) -> bool {
    one_of(name, SCAFFOLDING) || name.ends_with("_id") && !is_foreign_id(name)
}

/// "the Stripe payment id": how another system knows it, which is no key here.
pub fn is_foreign_id(name: &str) -> bool {
    name.split_once('_').is_some_and(|(system, rest)| one_of(system, SYSTEMS) && rest.ends_with("id"))
}

/// Puts the reading together; `knowledge` and `questions` complete it.
pub fn model(text: &str, facts: &Facts, concepts: &Concepts, votes: &[Vote]) -> Reading {
    let mut reading = Reading::default();
    let attributes = attributes(facts, concepts);
    for key in in_order(concepts) {
        let Some(concept) = concepts.all.get(key) else { continue };
        let own = attributes.get(key).cloned().unwrap_or_default();
        let assumed = concepts.is_assumed(key);
        reading.entities.push(Entity {
            name: key.to_owned(),
            kind: kind_of(key, concepts, &own),
            description: String::new(),
            assumed,
            evidence: concept.mentions.iter().take(12).copied().collect(),
            attributes: own,
            reason: if assumed { WEAK.to_owned() } else { String::new() },
            rows: Vec::new(),
        });
    }
    for vote in votes {
        relate(&mut reading, vote, concepts);
    }
    super::payload::settle(&mut reading, facts, concepts);
    stories(text, facts, &mut reading);
    left_out(concepts, &mut reading);
    load(facts, concepts, &mut reading);
    reading
}

/// What is only named, has nothing and is tied to nothing is talk.
///
/// What only the introduction speaks of, and says nothing of, is who the software is for: "Villages hold regattas".
///
/// `unclear` counts as tied.
pub fn prune(reading: &mut Reading, concepts: &Concepts, introduction: Option<Span>, unclear: &[Unclear]) {
    let paired: SortedSet<String> = reading
        .relationships
        .iter()
        .filter(|it| it.via.is_some())
        .flat_map(|it| [it.from.clone(), it.to.clone()])
        .gather();
    let only_introduced = |it: &Entity| {
        let Some(concept) = concepts.all.get(&it.name) else { return false };
        let mentions = concept.mentions.as_slice();
        let weak = concept.score < SURE;
        !it.is_told()
            && weak
            && !paired.contains(&it.name)
            && !mentions.is_empty()
            && introduction.is_some_and(|opening| mentions.iter().all(|it| it.end <= opening.end))
    };
    let columns: SortedSet<String> = reading
        .entities
        .iter()
        .filter(|it| is_column(it, reading, concepts))
        .map(|it| it.name.clone())
        .gather();
    // "Up to 48 hours before": a measure of time is no thing.
    let is_time = |it: &Entity| it.assumed && !it.is_told() && one_of(&it.name, TIMES);
    reading.entities.retain(|it| !only_introduced(it) && !columns.contains(&it.name) && !is_time(it));
    keep_ends(reading);
    let tied = super::tied::tied(reading, unclear);
    reading
        .entities
        .retain(|it| !concepts.weak.contains(&it.name) || tied.contains(&it.name) || it.is_told());
    keep_ends(reading);
    if !concepts.is_judged {
        return;
    }
    let weak = |it: &str| concepts.all.get(it).is_some_and(|it| it.score < SURE);
    reading.entities.retain(|it| {
        it.is_told()
            || it.kind == EntityKind::Junction
            || tied.contains(&it.name)
            || !weak(&it.name)
            || concepts.maintained.contains(&it.name)
    });
    keep_ends(reading);
}

/// What people do to each other or to a thing is kept once: "members follow each other" needs no table of follows beside the pairs.
pub fn leave_doings(reading: &mut Reading) {
    let is_kept = |it: &Entity| {
        let pairs = reading.relationships.iter().filter(|tie| ![&tie.from, &tie.to].contains(&&it.name));
        let is_pair = || pairs.filter_map(|tie| tie.via.as_ref()).any(|via| last_word(via) == it.name);
        it.assumed && !it.is_told() && is_pair()
    };
    let kept: Vec<String> =
        reading.entities.iter().filter(|it| is_kept(it)).map(|it| it.name.clone()).collect();
    reading.entities.retain(|it| !kept.contains(&it.name));
    keep_ends(reading);
}

/// Whether all that the text says of a thing, of which nothing is told, is told as a column of another: "a rating from 1 to 5".
fn is_column(it: &Entity, reading: &Reading, concepts: &Concepts) -> bool {
    let concept = concepts.all.get(&it.name).filter(|it| it.score < SURE && !it.mentions.is_empty());
    let is_told = |at: &Span| {
        let others = reading.entities.iter().filter(|other| other.name != it.name);
        let mut same =
            others.flat_map(|it| &it.attributes).filter(|column| column.name == it.name && !column.assumed);
        same.any(|it| it.evidence.iter().any(|it| it.overlaps(*at)))
    };
    !it.is_told() && concept.is_some_and(|it| it.mentions.iter().all(is_told))
}

/// Whether only headings name it.
pub fn is_headed(name: &str, concepts: &Concepts, blocks: &[Block]) -> bool {
    let in_heading =
        |at: &Span| blocks.iter().any(|it| it.kind == BlockKind::Heading && it.span.overlaps(*at));
    let mentions = concepts.all.get(name).map_or(&[][..], |it| &it.mentions);
    !mentions.is_empty() && mentions.iter().all(in_heading)
}

/// Leaves out what is assumed of headings alone, where nothing is told of it: "Onboarding" is a section of the text. A word of business
/// may be more: "Payments", under which "the owner pays at booking".
pub fn leave_sections(reading: &mut Reading, concepts: &Concepts, blocks: &[Block]) {
    let is_business = |name: &str| lexicon().business.contains(name) && !one_of(name, OF_THE_TEXT);
    let is_section = |it: &Entity| {
        it.assumed && !it.is_told() && !is_business(&it.name) && is_headed(&it.name, concepts, blocks)
    };
    reading.entities.retain(|it| !is_section(it));
    keep_ends(reading);
}

/// Takes out what speaks of entities that are gone.
pub fn keep_ends(reading: &mut Reading) {
    let kept: SortedSet<String> = reading.entities.iter().map(|it| it.name.clone()).gather();
    let stays = |it: &Relationship| {
        kept.contains(&it.from) && kept.contains(&it.to) && it.via.as_ref().is_none_or(|it| kept.contains(it))
    };
    reading.relationships.retain(stays);
    reading.rules.retain(|it| kept.contains(&it.entity));
}

/// Why something is assumed of which the text says little.
pub const WEAK: &str = "the text names it and says little of it";

/// Points from which on an entity stays even if nothing is said of it.
pub const SURE: i32 = 34;

/// Entities in the order in which the text first names them.
fn in_order(concepts: &Concepts) -> Vec<&str> {
    let mut keys: Vec<&str> = concepts.chosen.iter().map(String::as_str).collect();
    let first = |it: &str| concepts.all.get(it).and_then(|it| it.mentions.first()).copied();
    sort_by(&mut keys, |one, other| first(one).cmp(&first(other)));
    keys
}

fn kind_of(key: &str, concepts: &Concepts, attributes: &[Attribute]) -> EntityKind {
    let maintained = concepts.maintained.contains(key);
    let named =
        ["category", "type", "kind", "tag", "role", "language", "country", "currency", "genre", "skill"]
            .iter()
            .any(|it| key.ends_with(it));
    if (maintained || named) && attributes.len() <= 3 { EntityKind::Lookup } else { EntityKind::Core }
}

/// The attributes of each entity, in order of place.
fn attributes(facts: &Facts, concepts: &Concepts) -> SortedMap<String, Vec<Attribute>> {
    let mut out: SortedMap<String, Vec<Attribute>> = SortedMap::new();
    for fact in &facts.all {
        match fact {
            Fact::Owns { owner, item, of, .. } => {
                let Some(entity) = concepts.entity(owner) else { continue };
                if !is_attribute(item, entity, concepts, *of) {
                    continue;
                }
                let name = own_name(&item.name, entity);
                let list = out.or_default(entity.to_owned());
                match list.iter_mut().find(|it| it.name == name) {
                    Some(known) => merge(known, item),
                    None => list.push(attribute(name, item)),
                }
            }
            Fact::Values { of, name, values, span } => {
                let Some(entity) = concepts.entity(of) else { continue };
                let name = match name {
                    Some(name) => own_name(name, entity),
                    None => match value_sets::name_of(values) {
                        "role" if !lexicon().is_person(entity) => "kind".to_owned(),
                        name => name.to_owned(),
                    },
                };
                let values: Vec<String> = values.iter().map(|it| lower(it)).collect();
                if values
                    .iter()
                    .filter(|it| concepts.chosen.contains(&crate::base::singular(it).replace(' ', "_")))
                    .count()
                    * 2
                    > values.len()
                {
                    continue;
                }
                let list = out.or_default(entity.to_owned());
                match list.iter_mut().find(|it| it.name == name) {
                    Some(known) => {
                        if known.values.is_none() {
                            known.values = Some(values);
                            "enum".clone_into(&mut known.type_name);
                        }
                    }
                    None => list.push(Attribute {
                        values: Some(values),
                        assumed: false,
                        evidence: vec![*span],
                        ..Attribute::assumed(&name, "enum", false)
                    }),
                }
            }
            Fact::Seen { .. }
            | Fact::Nested { .. }
            | Fact::Alias { .. }
            | Fact::Defined { .. }
            | Fact::Pays { .. }
            | Fact::Lookup { .. }
            | Fact::Rule { .. }
            | Fact::Story { .. } => {}
        }
    }
    out
}

/// Whether an item is a property of its owner rather than a thing, a person or noise.
fn is_attribute(item: &Item, owner: &str, concepts: &Concepts, of: usize) -> bool {
    let lexicon = lexicon();
    let name = item.name.as_str();
    let phrase = phrase_of(item);
    // Who did it is one of the people, or a name where the text tells of none.
    let person = item.who.is_some() && concepts.user().is_some();
    if person || name.is_empty() || is_scaffolding(name) || name.len() < 2 {
        return false;
    }
    if is_foreign_id(name) {
        return true;
    }
    let known = lexicon.attribute(name).is_some();
    let resolved = concepts.entity(&phrase).filter(|it| !concepts.weak.contains(*it));
    if let Some(to) = resolved {
        // "team name" is no team, "unit price" no price list.
        let is_reference = !known || item.several || name == to || to == phrase.key;
        if is_reference && to != owner {
            return false;
        }
        if to == owner && !known {
            return false;
        }
    }
    if lexicon.is_person(&phrase.key) && !known && concepts.user().is_some() {
        return false;
    }
    let plain = super::fact::is_plain(&phrase.key) && !known && !item.boolean && item.values.is_empty();
    let out = plain || lexicon.technical(&phrase.key).is_some();
    // "a goal, a name and a colour": among properties a general word is one as well.
    let among = !item.many && of >= 2 && item.beside >= 1;
    if out && !among || name.split('_').count() > 4 {
        return false;
    }
    // One unknown noun in the plural is more likely a thing that was not chosen than a property.
    if of == 1 && item.many && !known {
        return false;
    }
    !one_of(name, "etc more other such same one example")
}

/// The owner's words are not repeated in the names of its attributes.
fn own_name(name: &str, entity: &str) -> String {
    let last = super::lexicon::last_word(entity);
    let name = if name.ends_with("email_address") { without_end(name, "_address") } else { name };
    // "the name of the evening" of an evening
    let head = [entity, last].iter().find_map(|it| name.strip_suffix(it)?.strip_suffix("_of_"));
    if let Some(head) = head.filter(|it| *it != "number") {
        return head.to_owned();
    }
    for prefix in [entity, last] {
        if let Some(rest) = name.strip_prefix(prefix).and_then(|it| it.strip_prefix('_'))
            && rest.len() > 3
            && !one_of(rest, "number code")
        {
            return rest.to_owned();
        }
    }
    name.to_owned()
}

/// An item as an attribute of that name.
pub fn attribute(name: String, item: &Item) -> Attribute {
    Attribute {
        name,
        type_name: type_of(item),
        nullable: item.nullable,
        values: (item.values.len() >= 2).then(|| item.values.clone()),
        assumed: false,
        evidence: vec![item.span],
        unique: item.unique,
        unique_in: item.unique_in.clone(),
    }
}

fn merge(known: &mut Attribute, item: &Item) {
    known.unique |= item.unique;
    known.nullable |= item.nullable;
    if known.unique_in.is_none() {
        known.unique_in.clone_from(&item.unique_in);
    }
    if known.values.is_none() && item.values.len() >= 2 {
        known.values = Some(item.values.clone());
        "enum".clone_into(&mut known.type_name);
    }
    known.evidence.push(item.span);
}

/// Takes one settled vote in: as a reference, or as a junction when there is none yet.
fn relate(reading: &mut Reading, vote: &Vote, concepts: &Concepts) {
    let via = (vote.kind == RelationshipKind::ManyToMany)
        .then(|| junction(reading, &vote.from, &vote.to, vote.span, vote.reason));
    let (nullable, on_delete) = ownership(vote);
    reading.relationships.push(Relationship {
        from: vote.from.clone(),
        to: vote.to.clone(),
        role: vote.role.clone().filter(|it| *it != vote.to),
        kind: vote.kind,
        via,
        nullable,
        on_delete,
        assumed: [&vote.from, &vote.to].iter().any(|it| concepts.weak.contains(*it))
            || vote.reason == super::beside::BESIDE
            || super::wished::is_assumed(vote.reason),
        reason: vote.reason.to_owned(),
        evidence: vec![vote.span],
        several: None,
    });
}

/// What belongs to a whole goes with it; a person's deletion never takes work along; what may be missing is forgotten.
fn ownership(vote: &Vote) -> (bool, OnDelete) {
    let lexicon = lexicon();
    if vote.nullable {
        return (true, OnDelete::SetNull);
    }
    if vote.kind == RelationshipKind::ManyToMany {
        return (false, OnDelete::Cascade);
    }
    let part = vote.reason.contains("part of it") || vote.reason.contains("the whole");
    if part && !lexicon.is_person(&vote.to) {
        (false, OnDelete::Cascade)
    } else {
        (false, OnDelete::Restrict)
    }
}

/// The entity that joins both ends: one that the text names, or a new one; gives its name.
pub fn junction(reading: &mut Reading, from: &str, to: &str, span: Span, reason: &str) -> String {
    let name = name_of_pair(reading, from, to);
    if reading.entities.iter().all(|it| it.name != name) {
        reading.entities.push(pair(&name, span, reason));
    }
    name
}

/// What a pair of things is called, as the entity that stands for it already if there is one: what a person takes part in
/// comes first.
pub fn name_of_pair(reading: &Reading, from: &str, to: &str) -> String {
    let lexicon = lexicon();
    let (first, second) =
        if lexicon.is_person(from) && !lexicon.is_person(to) { (to, from) } else { (from, to) };
    let name = format!("{first}_{second}");
    let turned = format!("{second}_{first}");
    let known = reading.entities.iter().find(|it| it.name == name || it.name == turned);
    known.map_or(name, |it| it.name.clone())
}

/// An entity that stands for a pair of things.
pub fn pair(name: &str, span: Span, reason: &str) -> Entity {
    Entity { kind: EntityKind::Junction, assumed: false, evidence: vec![span], ..assumed(name, reason) }
}

/// Gives an item to a junction or part, unless it is a thing or noise.
pub fn attribute_of_pair(reading: &mut Reading, owner: &str, item: &Item, concepts: &Concepts) {
    // "One as leader" marks one of them, whoever leaders are.
    let marks = item.boolean && item.name.starts_with("is_");
    let thing = !marks && concepts.entity(&phrase_of(item)).is_some();
    if !is_attribute(item, owner, concepts, 2) && (thing || !super::payload::tells_of_pair(item)) {
        return;
    }
    give(reading, owner, item);
}

/// Gives an item to an entity as its attribute; gives the attribute where the entity had none of that name.
pub fn give<'a>(reading: &'a mut Reading, owner: &str, item: &Item) -> Option<&'a mut Attribute> {
    let entity = reading.entities.iter_mut().find(|it| it.name == owner)?;
    let name = own_name(&item.name, owner);
    if let Some(known) = entity.attributes.iter_mut().find(|it| it.name == name) {
        merge(known, item);
        return None;
    }
    entity.attributes.push(attribute(name, item));
    entity.attributes.last_mut()
}

fn stories(text: &str, facts: &Facts, reading: &mut Reading) {
    for fact in &facts.all {
        if let Fact::Story { actor, goal, span } = fact {
            let words: Vec<&str> = goal.of(text).split_whitespace().collect();
            reading.stories.push(super::reading::Story {
                actor: actor.as_ref().map_or_else(|| "user".to_owned(), |it| it.full.clone()),
                // The comma before its reason is none of the wish.
                goal: words.join(" ").trim_end_matches([',', ';', '.']).to_owned(),
                evidence: vec![*span],
            });
        }
    }
}

/// Value sets, roles of people, technical things and what nearly became a table, each with its reason.
fn left_out(concepts: &Concepts, reading: &mut Reading) {
    let mut seen: SortedSet<String> = reading.entities.iter().map(|it| it.name.clone()).gather();
    let mut add = |name: &str, reason: String, evidence: Vec<Span>| {
        if seen.insert(name.to_owned()) {
            reading.left_out.push(LeftOut { name: name.to_owned(), reason, evidence });
        }
    };
    for entity in &reading.entities {
        for attribute in entity.attributes.iter().filter(|it| it.values.is_some()) {
            add(&attribute.name, format!("value set of {}", entity.name), attribute.evidence.clone());
        }
    }
    for (role, user) in &concepts.roles {
        if let Some(concept) = concepts.all.get(role) {
            add(role, format!("a role of {user}"), concept.mentions.iter().take(4).copied().collect());
        }
    }
    for concept in concepts.all.values() {
        let evidence: Vec<Span> = concept.mentions.iter().take(4).copied().collect();
        if let (Some(reason), false) =
            (lexicon().technical(&concept.key), concept.evidence.contains_key(&super::fact::Signal::Out))
        {
            add(&concept.key, format!("infrastructure: {reason}"), evidence);
        } else if lexicon().hard.contains(concept.key.as_str())
            && concept.evidence.contains_key(&super::fact::Signal::Object)
        {
            add(&concept.key, "nothing is kept of it but what others say".to_owned(), evidence);
        } else if concept.evidence.contains_key(&super::fact::Signal::Out) {
            add(&concept.key, "the text leaves it out".to_owned(), evidence);
        } else if (8..super::concepts::THRESHOLD).contains(&concept.score)
            && concepts.resolve(&concept.key).is_none()
        {
            add(&concept.key, "too little is said about it".to_owned(), evidence);
        }
    }
}

/// "4,000 berths" where sizes are told.
fn load(facts: &Facts, concepts: &Concepts, reading: &mut Reading) {
    for fact in &facts.all {
        if let Fact::Seen { phrase, signal: super::fact::Signal::Counted } = fact
            && let (Some(number), Some(entity)) = (phrase.number, concepts.entity(phrase))
        {
            let size = Size { count: number, per: None, evidence: vec![phrase.span] };
            reading.load.or_insert(entity.to_owned(), size);
        }
    }
}

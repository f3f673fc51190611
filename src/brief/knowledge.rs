//! What a text leaves unsaid and everybody would assume: each part marked as an assumption, with its reason.

use super::beside::BESIDE;
use super::lexicon::{Aggregate, Usual, last_word, lexicon};
use super::payload::is_pair;
use super::reading::{Attribute, Entity, EntityKind, OnDelete, Reading, Relationship, RelationshipKind};
use super::sentences::Sentence;
use super::types::type_of_name;
use crate::base::{Gather as _, SortedSet, one_of};

/// An entity brings at most so many assumed attributes.
const ATTRIBUTES: usize = 3;
/// Why two things have several of each other.
const SHARED: &str = "one usually has several, and others have the same";

/// Completes a reading from the knowledge pack; most of all that of a prompt. Tells whether it is one of a known kind.
pub fn assume(reading: &mut Reading, text: &str, sentences: &[Sentence], is_prompt: bool) -> bool {
    let mut kind = None;
    if is_prompt {
        sharing(reading);
        kind = super::kinds::fill(reading, text, sentences);
        if kind.is_none() {
            companions(reading);
        }
    }
    let names: Vec<String> = reading.entities.iter().map(|it| it.name.clone()).collect();
    for name in &names {
        let Some(shape) = lexicon().aggregates.get(name.as_str()) else { continue };
        if let Some(kind) = kind.as_ref().filter(|it| it.governs(name)) {
            if !shape.parents.iter().any(|it| kind.governs(it)) {
                parents(reading, name, shape);
            }
            continue;
        }
        parents(reading, name, shape);
        if is_prompt {
            also(reading, name, shape);
        }
        people(reading, name, shape);
        attributes(reading, name, shape, is_prompt);
    }
    if let Some(kind) = &kind {
        super::kinds::tie(reading, kind);
    }
    if is_prompt {
        pairs(reading);
    }
    kind.is_some()
}

/// "An order contains products": where their lines are assumed, those tell it, and no product is one order's alone.
fn pairs(reading: &mut Reading) {
    let assumed: Vec<String> =
        reading.entities.iter().filter(|it| it.assumed).map(|it| it.name.clone()).collect();
    for via in assumed {
        let refers = |it: &&Relationship| it.from == via && it.via.is_none() && it.role.is_none();
        let ends: Vec<String> = reading.relationships.iter().filter(refers).map(|it| it.to.clone()).collect();
        let [one, other] = ends.as_slice() else { continue };
        let begins =
            |whole: &String| via.strip_prefix(whole.as_str()).is_some_and(|it| one_of(it, "_item _line"));
        let named = [format!("{one}_{other}"), format!("{other}_{one}")].contains(&via);
        let joins = named || begins(one) || begins(other) || is_pair(&via);
        let told = |it: &Relationship| {
            it.is_between(one, other) && it.via.is_none() && it.role.is_none() && !it.assumed
        };
        let Some(at) = reading.relationships.iter().position(told).filter(|_| joins) else { continue };
        let evidence = reading.relationships.remove(at).evidence;
        for it in reading.relationships.iter_mut().filter(|it| it.from == via && it.role.is_none()) {
            it.assumed = false;
            it.nullable = false;
            SHARED.clone_into(&mut it.reason);
            it.evidence.clone_from(&evidence);
        }
        for table in reading.entities.iter_mut().filter(|it| it.name == via) {
            table.assumed = false;
            SHARED.clone_into(&mut table.reason);
            table.evidence.clone_from(&evidence);
        }
    }
}

/// In a prompt, what is usually shared ("editions and tags") is shared by what is named before it.
fn sharing(reading: &mut Reading) {
    for at in 1..reading.entities.len() {
        let (before, shared) = (reading.entities[at - 1].name.clone(), reading.entities[at].name.clone());
        let tied = reading.relationships.iter().any(|it| it.from == shared || it.to == shared);
        let one = lexicon().aggregates.get(before.as_str());
        let has_one = one.is_some_and(|it| it.parents.iter().chain(&it.also).any(|it| *it == shared));
        if tied
            || has_one
            || !is_thing(reading, &shared)
            || !lexicon().is_shared(&shared)
            || lexicon().is_shared(&before)
            || lexicon().is_person(&shared)
        {
            continue;
        }
        share(reading, &before, &shared);
    }
}

/// Several of the one have several of the other: a junction that the text does not name.
pub fn share(reading: &mut Reading, one: &str, other: &str) {
    let reason = SHARED;
    let shared = reading.entities.iter().find(|it| it.name == other);
    let span = shared.and_then(|it| it.evidence.first()).copied().unwrap_or_default();
    let via = super::model::junction(reading, one, other, span, reason);
    for entity in reading.entities.iter_mut().filter(|it| it.name == via) {
        entity.assumed = true;
        entity.evidence.retain(|it| it.end > it.start);
    }
    reading.relationships.push(Relationship {
        from: one.to_owned(),
        to: other.to_owned(),
        role: None,
        kind: RelationshipKind::ManyToMany,
        via: Some(via),
        nullable: false,
        on_delete: OnDelete::Cascade,
        assumed: true,
        reason: reason.to_owned(),
        evidence: Vec::new(),
        several: None,
    });
}

/// The usual company of the things of a very short text.
fn companions(reading: &mut Reading) {
    let said = reading.entities.iter().any(|it| !it.attributes.is_empty());
    if said {
        return;
    }
    let named: Vec<String> = reading.entities.iter().map(|it| it.name.clone()).collect();
    // A booking of a guest needs no customer.
    let is_anybodys = |thing: &str| {
        let mut people = reading.relationships.iter().filter(|it| it.from == thing);
        people.any(|it| lexicon().is_person(&it.to))
    };
    let brings: Vec<&str> = named
        .iter()
        .filter_map(|it| Some((is_anybodys(it), lexicon().aggregates.get(it.as_str())?)))
        .flat_map(|(is_anybodys, it)| {
            it.companions.iter().filter(move |it| !is_anybodys || !lexicon().is_person(it)).copied()
        })
        .collect();
    for companion in brings {
        let known = reading.entities.iter().any(|it| {
            it.name == companion
                || it.name.ends_with(companion) && it.name.contains('_')
                || is_line(companion) && is_line(&it.name)
        });
        if !known {
            reading.entities.push(assumed(companion, "it usually comes with what the text names"));
        }
    }
    let is_place = |it: &str| one_of(it, PLACES);
    // "Patients visit hospitals": there are several of it.
    let several = |it: &Relationship| it.via.is_some() && (is_place(&it.from) || is_place(&it.to));
    let others = reading.entities.iter().any(|it| !is_place(&it.name));
    if others && !reading.relationships.iter().any(several) {
        reading.relationships.retain(|it| !is_place(&it.from) && !is_place(&it.to));
        reading.entities.retain(|it| !is_place(&it.name));
    }
}

/// A place whose business a prompt is about; its rows would be one.
const PLACES: &str = "library university school hotel clinic hospital restaurant blog shop store gym museum";

/// Lines and items of something are one thing by several names.
pub fn is_line(name: &str) -> bool {
    name.contains('_') && one_of(super::lexicon::last_word(name), "item line")
}

/// An entity that the text does not name.
pub fn assumed(name: &str, reason: &str) -> Entity {
    Entity {
        name: name.to_owned(),
        kind: EntityKind::Core,
        description: String::new(),
        assumed: true,
        evidence: Vec::new(),
        attributes: Vec::new(),
        reason: reason.to_owned(),
        rows: Vec::new(),
    }
}

/// Whether a thing is told of, and not only a pair that goes by its name: products and categories of products are no product category.
fn is_thing(reading: &Reading, name: &str) -> bool {
    reading.entities.iter().any(|it| it.name == name && it.kind != EntityKind::Junction)
}

fn parents(reading: &mut Reading, name: &str, shape: &Aggregate) {
    let owned = reading.relationships.iter().position(|it| {
        it.from == name
            && it.kind == RelationshipKind::ManyToOne
            && it.role.is_none()
            && shape.parents.contains(&it.to.as_str())
    });
    if let Some(at) = owned {
        // The text ties it to its usual owner: it goes with it.
        let relation = &mut reading.relationships[at];
        if !relation.nullable && is_part(name) {
            relation.on_delete = OnDelete::Cascade;
        }
        // What only stands beside it need not be all that it belongs to.
        if relation.reason != BESIDE {
            return;
        }
    }
    if let Some(parent) = shape.parents.iter().find(|it| is_thing(reading, it)).copied() {
        belongs(reading, name, parent, is_part(name));
    }
}

/// References that such a thing usually has besides its owner.
fn also(reading: &mut Reading, name: &str, shape: &Aggregate) {
    for target in &shape.also {
        if is_thing(reading, target) {
            belongs(reading, name, target, false);
        }
    }
}

fn belongs(reading: &mut Reading, name: &str, parent: &str, part: bool) {
    let related = reading.relationships.iter().any(|it| it.is_between(name, parent));
    if related || name == parent || reading.has_of_both([name, parent]) {
        return;
    }
    let reason = format!("{} usually belongs to {}", with_article(name), with_article(parent));
    reading.relationships.push(Relationship {
        on_delete: if part { OnDelete::Cascade } else { OnDelete::Restrict },
        ..Relationship::assumed(name, parent, reason)
    });
}

/// Whether a thing has no life without its owner.
pub fn is_part(name: &str) -> bool {
    const PARTS: &str = "task subtask comment attachment item line message lesson question answer project board milestone member \
        photo episode reading dish room stop entry position step option note address";
    one_of(super::lexicon::last_word(name), PARTS)
}

fn people(reading: &mut Reading, name: &str, shape: &Aggregate) {
    let Some(user) = user_of(reading).map(str::to_owned) else { return };
    if user == name {
        return;
    }
    for (role, nullable) in &shape.people {
        // Who several have is told by the pair: a task that several users are assigned to has no assignee besides.
        let is_told = |it: &Relationship| {
            it.from == name
                && it.to == user
                && (it.role.as_deref() == Some(*role) || *nullable && it.kind == RelationshipKind::ManyToMany)
        };
        if reading.relationships.iter().any(is_told) {
            continue;
        }
        // A tie without a role is this one, when it is the only role that people have in it; an employee's leave is approved by another.
        let plain =
            reading.relationships.iter_mut().find(|it| it.from == name && it.to == user && it.role.is_none());
        if let (Some(plain), [_], false) =
            (plain, shape.people.as_slice(), shape.parents.contains(&user.as_str()))
        {
            plain.role = Some((*role).to_owned());
            continue;
        }
        let reason = if *nullable {
            format!("{} may have no {role} yet; it stays when the {role} leaves", with_article(name))
        } else {
            format!("somebody is the {role} of each {}; it must stay known", said(name))
        };
        reading.relationships.push(Relationship {
            role: Some((*role).to_owned()),
            nullable: *nullable,
            on_delete: if *nullable { OnDelete::SetNull } else { OnDelete::Restrict },
            ..Relationship::assumed(name, &user, reason)
        });
    }
}

/// The table of the people who use the software.
pub fn user_of(reading: &Reading) -> Option<&str> {
    ["user", "staff_member", "employee", "member", "person"]
        .iter()
        .find_map(|it| reading.entities.iter().find(|entity| entity.name == *it))
        .map(|it| it.name.as_str())
}

/// What such a thing usually has, where the text tells nothing of it.
///
/// A text of some length tells the moments that matter; those that it does not tell are in the models in one of ten cases,
/// free text (a description, a reason) in one of ten too, names, numbers, amounts and states in one of three.
fn attributes(reading: &mut Reading, name: &str, shape: &Aggregate, is_prompt: bool) {
    let references: SortedSet<String> =
        reading.relationships.iter().filter(|it| it.from == name).map(|it| it.to.clone()).gather();
    let mut beside = shape.parents.iter().chain(&shape.companions);
    let is_meant = !shape.ambiguous || beside.any(|it| reading.entities.iter().any(|of| of.name == *it));
    if !is_meant && !is_prompt {
        return;
    }
    let Some(entity) = reading.entities.iter_mut().find(|it| it.name == name) else { return };
    if tells_something(entity) || entity.kind == EntityKind::Junction {
        return;
    }
    let usual = shape.attributes.iter().filter(|it| !references.contains(it.name)).take(ATTRIBUTES);
    let made = std::mem::take(&mut entity.attributes);
    let is_new =
        |it: &&Usual| (is_prompt || !is_detail(it.name)) && !made.iter().any(|other| other.name == it.name);
    entity.attributes.extend(usual.filter(is_new).map(assumed_attribute));
    entity.attributes.extend(made);
}

/// Whether anything is told of it but that it has an order, or may be edited.
fn tells_something(entity: &Entity) -> bool {
    !entity.attributes.iter().all(super::rules::is_made)
}

/// Whether it is a moment or free text.
fn is_detail(name: &str) -> bool {
    const FREE: &str = "description caption reason remark remarks note notes comment method";
    one_of(type_of_name(name), "date timestamptz") || one_of(name, FREE)
}

/// Gives what the text tells nothing of a name: nobody finds a row again by its key alone. What happens is told by its
/// moment and what takes part, and what is itself a property (a fee, a photo) by its value.
pub fn name_the_nameless(reading: &mut Reading) {
    let lexicon = lexicon();
    let name = Usual { name: "name", values: Vec::new(), nullable: false, unique: false };
    let body = Usual { name: "body", ..name.clone() };
    for entity in &mut reading.entities {
        if !tells_something(entity) && one_of(last_word(&entity.name), "note reply comment remark message") {
            entity.attributes.insert(0, assumed_attribute(&body));
        }
        let is_called = matches!(entity.kind, EntityKind::Core | EntityKind::Lookup)
            && (lexicon.is_person(&entity.name)
                || !lexicon.happens(&entity.name) && lexicon.attribute(&entity.name).is_none());
        if is_called && !tells_something(entity) && !is_line(&entity.name) {
            entity.attributes.insert(0, assumed_attribute(&name));
        }
    }
}

/// An attribute that the text does not tell.
pub fn assumed_attribute(Usual { name, values, nullable, unique }: &Usual) -> Attribute {
    let type_name = if values.is_empty() { type_of_name(name) } else { "enum" };
    Attribute {
        values: (!values.is_empty()).then(|| values.iter().map(|it| (*it).to_owned()).collect()),
        unique: *unique,
        ..Attribute::assumed(name, type_name, *nullable)
    }
}

/// A name as words with its article: `an order item`, `a user`, `an hour`.
pub fn with_article(name: &str) -> String {
    // Sound decides, not spelling; these beginnings sound unlike they are written.
    let begins = |list: &[&str]| list.iter().any(|it| name.starts_with(it));
    let sounds_open = begins(&["a", "e", "i", "o", "u", "hour", "honest", "heir"]);
    let sounds_closed =
        begins(&["uni", "use", "usa", "usu", "util", "eu", "one"]) && !name.starts_with("unin");
    let article = if sounds_open && !sounds_closed { "an" } else { "a" };
    format!("{article} {}", said(name))
}

/// A name as words.
fn said(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_word_of_several_meanings_has_a_shape_only_among_what_it_goes_with() {
        let kept = |text: &str| {
            let reading = crate::brief::read(text);
            let item = reading.entities.into_iter().find(|it| it.name == "item").expect("it is told");
            item.attributes.into_iter().map(|it| it.name).collect::<Vec<_>>()
        };
        let filler =
            "A clerk has a name and an email address. Each shelf has a code and a length in metres. "
                .repeat(3);
        let list = kept(&format!("{filler}Every shelf has items, and clerks check the items every day."));
        assert!(!list.iter().any(|it| it == "rarity"), "{list:?}");
    }

    #[test]
    fn a_text_of_some_length_would_have_told_the_moments() {
        let usual = |times: usize| {
            let filler = "A lantern has a code, a height and a colour. It stands in a harbour. ";
            let reading = crate::brief::read(&(filler.repeat(times) + "An invoice is sent to each harbour."));
            let invoice = reading.entities.into_iter().find(|it| it.name == "invoice");
            let names = |it: crate::brief::Entity| it.attributes.into_iter().map(|it| it.name).collect();
            invoice.map_or_else(Vec::new, names)
        };
        let (short, long) = (usual(1), usual(20));
        assert!(short.iter().any(|it| it == "issued_on"), "{short:?}");
        assert!(!long.is_empty() && long.iter().all(|it| !it.ends_with("_on")), "{long:?}");
    }
}

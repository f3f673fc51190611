//! A prompt that names little more than a kind of business or of software gets what such a kind usually keeps, as assumptions.
//!
//! What the prompt names stays as it is; things of the kind that go by another name there (`client` for `customer`) are not added.

use super::kind_names::{Name, Word, listed, named, served, several, words};
use super::knowledge::{assumed, assumed_attribute, is_line, with_article};
use super::lexicon::{Calls, Kind, KindReference, KindTable, last_word, lexicon, normal};
use super::reading::{Entity, EntityKind, OnDelete, Reading, Relationship};
use super::sentences::Sentence;
use crate::base::{Gather, SortedMap, SortedSet, Span, lower, one_of, singular};

/// A prompt that names two things or more gets company up to so many tables.
const COMPANY: usize = 4;

/// What stands after these uses the software, or is what it is like.
const USERS: &str = "for by at in of like";

/// The kind of which a prompt speaks.
pub struct Found {
    pub(super) kind: &'static Kind,
    /// Its name in the text; none where only its centre is named.
    pub(super) name: Option<Name>,
    /// What it lists behind "with" or a colon.
    listed: SortedSet<String>,
    /// What it serves: dogs in "uber for dogs".
    served: Option<String>,
    /// Names in the reading by names of the kind.
    pub(super) names: SortedMap<&'static str, String>,
}

impl Found {
    /// Whether the kind tells what the thing refers to.
    pub fn governs(&self, name: &str) -> bool {
        self.names.values().any(|it| it == name)
    }

    fn named<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.get(name).map_or(name, String::as_str)
    }
}

/// Adds what the kind of a prompt usually keeps; nothing where the text says what it keeps of a thing.
pub fn fill(reading: &mut Reading, text: &str, sentences: &[Sentence]) -> Option<Found> {
    let words = words(text, sentences);
    let (kind, name) = match named(&words) {
        Some((kind, name)) => (kind, Some(name)),
        None => (central(reading)?, None),
    };
    let listed = listed(&words);
    // "Hackathons: teams, projects and judges" lists things.
    let told = reading.entities.iter().flat_map(|it| &it.attributes);
    if told.clone().any(|it| !listed.iter().any(|(name, _)| *name == singular(&it.name))) {
        return None;
    }
    reading.entities.iter_mut().for_each(|it| it.attributes.clear());
    let names = listed.iter().map(|it| it.0.clone()).gather();
    let serves = name.as_ref().and_then(|it| served(it, &words)).map(|it| it.0);
    let mut found = Found { kind, name, listed: names, served: serves, names: SortedMap::new() };
    called(&mut found, reading, &words, listed);
    match_names(&mut found, reading, text, &words);
    leave_out(&found, reading, text, &words);
    let chosen = choose(&found, reading, text, &words);
    for table in &kind.tables {
        if chosen.contains(table.name) && !found.names.contains_key(table.name) {
            let reason = format!("usually kept by this kind of business or software: {}", kind.label);
            reading.entities.push(Entity { kind: sort(table), ..assumed(table.name, &reason) });
            found.names.insert(table.name, table.name.to_owned());
        }
    }
    for table in &kind.tables {
        let Some(name) = found.names.get(table.name).cloned() else { continue };
        attributes(reading, &name, table);
        for reference in &table.references {
            if let Some(to) = found.names.get(reference.to) {
                refer(reading, &name, to, reference);
            }
        }
    }
    for (one, other) in &kind.pairs {
        if let (Some(one), Some(other)) = (found.names.get(one), found.names.get(other)) {
            pair(reading, one, other);
        }
    }
    super::offered::ask(reading, &found);
    Some(found)
}

/// Ties what the prompt names and the kind does not know to what is there.
pub fn tie(reading: &mut Reading, found: &Found) {
    let Some(centre) = found.kind.tables.first().map(|it| found.named(it.name).to_owned()) else { return };
    let there = |reading: &Reading, name: &str| reading.entities.iter().any(|it| it.name == name);
    if !there(reading, &centre) {
        return;
    }
    let served = found.served.clone();
    let named: Vec<String> =
        reading.entities.iter().filter(|it| !it.assumed).map(|it| it.name.clone()).collect();
    for name in named {
        if reached(reading, &centre).contains(&name) {
            continue;
        }
        let plain = KindReference { to: "", role: None, nullable: false, part: false };
        let perhaps = KindReference { nullable: true, ..plain.clone() };
        let happens = found
            .kind
            .tables
            .iter()
            .map(|it| found.named(it.name))
            .find(|it| lexicon().happens(it) && there(reading, it));
        let (is_served, is_person) = (served.as_ref() == Some(&name), lexicon().is_person(&centre));
        if lexicon().is_shared(&name) {
            pair(reading, &centre, &name);
        } else if is_served || lexicon().is_person(&name) && !is_person {
            refer(reading, &centre, &name, if is_served { &plain } else { &perhaps });
        } else if let (Some(event), true) = (happens, is_person) {
            refer(reading, event, &name, &perhaps);
        } else {
            let owner = if there(reading, "user") { "user" } else { centre.as_str() };
            refer(reading, &name, owner, &plain);
        }
    }
}

/// What references tie to a thing, by whatever way.
pub(super) fn reached(reading: &Reading, from: &str) -> SortedSet<String> {
    let mut out: SortedSet<String> = [from.to_owned()].into_iter().gather();
    loop {
        let before = out.len();
        for it in &reading.relationships {
            let ends = [Some(&it.from), Some(&it.to), it.via.as_ref()];
            if ends.iter().flatten().any(|it| out.contains(*it)) {
                out.extend(ends.into_iter().flatten().cloned());
            }
        }
        if out.len() == before {
            return out;
        }
    }
}

/// The kind whose centre is the only thing that the text names.
fn central(reading: &Reading) -> Option<&'static Kind> {
    let [only] = reading.entities.as_slice() else { return None };
    // Users alone tell nothing of what they use.
    let is_general = super::fact::is_plain(&only.name) || only.name == "user";
    let mut kinds = lexicon().kinds.all.iter().filter(|_| !is_general);
    kinds.find(|it| it.tables.first().is_some_and(|it| it.name == only.name))
}

pub(super) fn are_sisters(one: &str, other: &str) -> bool {
    lexicon().kinds.sisters.iter().any(|it| it.contains(&one) && it.contains(&other))
}

/// Things of the kind that the text names and the reader took for none: "a library with books, authors and members".
fn called(found: &mut Found, reading: &mut Reading, words: &[Word], listed: Vec<(String, Span)>) {
    let mut add = |name: &str, span: Span| {
        let known = |it: &Entity| {
            name.strip_suffix(it.name.as_str()).is_some_and(|it| it.is_empty() || it.ends_with('_'))
        };
        if !reading.entities.iter().any(known) {
            let entity = Entity { assumed: false, evidence: vec![span], ..assumed(name, "") };
            reading.entities.push(entity);
        }
    };
    if let (Some(Name { form, span, calls: Calls::Centre }), Some(centre)) =
        (&found.name, found.kind.tables.first())
    {
        let name = form.replace(' ', "_");
        add(&name, *span);
        found.names.insert(centre.name, name);
    }
    let known: SortedSet<&str> = found.kind.tables.iter().map(|it| it.name).gather();
    let mut said: Vec<(&str, Span)> = Vec::new();
    for table in known.iter().copied() {
        let sisters = lexicon().kinds.sisters.iter().filter(|it| it.contains(&table)).flatten().copied();
        for name in std::iter::once(table).chain(sisters.filter(|it| !known.contains(it))) {
            // Line items are called after what they are of.
            said.extend(several(name, words).map(|span| (if is_line(name) { table } else { name }, span)));
        }
    }
    for (name, span) in &said {
        let is_end = said.iter().any(|(_, it)| it.start < span.start && it.end == span.end);
        if !is_end {
            add(name, *span);
        }
    }
    for (name, span) in listed.into_iter().chain(found.name.as_ref().and_then(|it| served(it, words))) {
        add(&name, span);
    }
}

/// Whether the text has a noun for a thing outside the name of the kind: "book" in "customers book a room" is none, nor is "booking app".
fn is_noun(found: &Found, entity: &Entity, text: &str, words: &[Word]) -> bool {
    entity.evidence.iter().any(|it| {
        let said = normal(it.of(text));
        let next = words.iter().find(|word| word.span.start >= it.end);
        let head = next.is_some_and(|it| lexicon().generic.contains(it.form.as_str()));
        let inside = found.name.as_ref().is_some_and(|kind| {
            kind.calls != Calls::Thing && kind.span.start < it.end && it.end <= kind.span.end
        });
        !inside && !head && said.rsplit(' ').next() == Some(last_word(&entity.name))
    })
}

/// Which thing of the kind each named thing is; one that the text only seems to name beside its sister gives way to it.
fn match_names(found: &mut Found, reading: &mut Reading, text: &str, words: &[Word]) {
    let known: SortedSet<&str> = found.kind.tables.iter().map(|it| it.name).gather();
    let whole = found.name.as_ref().map(|it| it.form.replace(' ', "_"));
    for table in &found.kind.tables {
        if found.names.contains_key(table.name) {
            continue;
        }
        let fits = |name: &str| {
            name == table.name
                || !known.contains(name)
                    && whole.as_deref() != Some(name)
                    && (are_sisters(name, table.name)
                        || name.strip_suffix(table.name).is_some_and(|it| it.ends_with('_'))
                        || table.name.strip_suffix(name).is_some_and(|it| it.ends_with('_')))
        };
        let those: Vec<(&str, bool)> = reading
            .entities
            .iter()
            .filter(|it| it.kind != EntityKind::Junction && fits(&it.name))
            .filter(|it| !found.names.values().any(|known| *known == it.name))
            .map(|it| (it.name.as_str(), is_noun(found, it, text, words)))
            .collect();
        let Some((best, _)) = those.iter().min_by_key(|(name, noun)| (!noun, *name != table.name)) else {
            continue;
        };
        let best = (*best).to_owned();
        let seeming: Vec<String> =
            those.iter().filter(|(name, noun)| !noun && *name != best).map(|it| it.0.to_owned()).collect();
        for other in seeming {
            reading.entities.retain(|it| it.name != other);
            for relation in &mut reading.relationships {
                for end in [&mut relation.from, &mut relation.to] {
                    if *end == other {
                        end.clone_from(&best);
                    }
                }
            }
            let mut seen = SortedSet::new();
            reading.relationships.retain(|it| {
                it.from != it.to && seen.insert((it.from.clone(), it.to.clone(), it.role.clone()))
            });
        }
        found.names.insert(table.name, best);
    }
}

/// The business itself, the software, and who it is for, are no rows of it.
fn leave_out(found: &Found, reading: &mut Reading, text: &str, words: &[Word]) {
    let ends = |it: &Relationship| [Some(it.from.clone()), Some(it.to.clone()), it.via.clone()];
    let told: SortedSet<String> = reading.relationships.iter().flat_map(ends).flatten().gather();
    let whole = found.name.as_ref().map(|it| it.form.replace(' ', "_"));
    reading.entities.retain(|entity| {
        if found.governs(&entity.name) || found.served.as_ref() == Some(&entity.name) {
            return true;
        }
        let one = entity.evidence.iter().all(|it| normal(it.of(text)) == lower(it.of(text)));
        if whole.as_deref() == Some(entity.name.as_str()) && one
            || lexicon().generic.contains(entity.name.as_str())
        {
            return false;
        }
        let outside = |it: &Span| {
            let inner = found.name.as_ref().is_some_and(|kind| kind.span.overlaps(*it));
            let before = words
                .iter()
                .rev()
                .filter(|word| word.span.end <= it.start)
                .find(|it| !one_of(it.form.as_str(), ARTICLES));
            !inner && !before.is_some_and(|it| one_of(it.form.as_str(), USERS))
        };
        // "A booking app" has no bookings besides the sessions of its kind.
        told.contains(&entity.name)
            || found.listed.contains(&entity.name)
            || is_noun(found, entity, text, words) && entity.evidence.iter().any(outside)
    });
    super::model::keep_ends(reading);
}

const ARTICLES: &str = "a an the my our small their";

/// What of the kind is taken in: all of it where the text names one thing at most, else what ties the named things.
fn choose(found: &Found, reading: &Reading, text: &str, words: &[Word]) -> SortedSet<&'static str> {
    let tables = &found.kind.tables;
    let mut chosen: SortedSet<&'static str> = found.names.keys().copied().gather();
    // What is listed behind "with" comes to the rest of the kind; what stands elsewhere is what the prompt is about.
    let with = words.iter().any(|it| one_of(it.form.as_str(), "with including"));
    let about = |it: &&Entity| {
        it.kind != EntityKind::Junction
            && !(with && found.listed.contains(&it.name))
            && found.served.as_ref() != Some(&it.name)
            && is_noun(found, it, text, words)
    };
    let named = reading.entities.iter().filter(about).count();
    if found.name.is_some() && named <= 1 || reading.entities.len() <= 1 {
        return tables.iter().map(|it| it.name).gather();
    }
    // Things that the kind does not know hang on its centre.
    if chosen.is_empty() {
        return tables.iter().map(|it| it.name).take(1).gather();
    }
    if named >= COMPANY {
        bridge(found.kind, &mut chosen);
        return chosen;
    }
    let own = chosen.clone();
    let tied =
        |of: &KindTable, to: &SortedSet<&str>| of.references.iter().filter(|it| to.contains(it.to)).count();
    chosen.extend(tables.iter().filter(|it| tied(it, &own) > 1).map(|it| it.name));
    for table in tables.iter().filter(|it| own.contains(it.name)) {
        if !neighbours(found.kind, table.name).any(|it| chosen.contains(it)) {
            chosen.extend(table.references.iter().filter(|it| !it.nullable).map(|it| it.to).take(1));
        }
    }
    bridge(found.kind, &mut chosen);
    let mut total = reading.entities.len() + chosen.len() - own.len();
    for table in tables {
        if total < COMPANY
            && neighbours(found.kind, table.name).any(|it| chosen.contains(it))
            && chosen.insert(table.name)
        {
            total += 1;
        }
    }
    // What is added has what it cannot be without: no ingredients of a recipe without ingredients.
    loop {
        let added = tables.iter().filter(|it| chosen.contains(it.name) && !own.contains(it.name));
        let needs = added.flat_map(|it| &it.references).filter(|it| !it.nullable).map(|it| it.to);
        let missing: Vec<&'static str> = needs.filter(|it| !chosen.contains(it)).collect();
        if missing.is_empty() {
            return chosen;
        }
        chosen.extend(missing);
    }
}

/// What a thing of a kind is tied to.
fn neighbours<'a>(kind: &'static Kind, name: &'a str) -> impl Iterator<Item = &'static str> + 'a {
    let ties = kind.tables.iter().flat_map(|it| it.references.iter().map(|to| (it.name, to.to)));
    ties.chain(kind.pairs.iter().copied()).filter_map(move |(one, other)| match name {
        _ if name == one => Some(other),
        _ if name == other => Some(one),
        _ => None,
    })
}

/// Adds what lies between the chosen things, by the shortest ways from the first of them.
fn bridge(kind: &'static Kind, chosen: &mut SortedSet<&'static str>) {
    let Some(first) = kind.tables.iter().map(|it| it.name).find(|it| chosen.contains(it)) else { return };
    let mut from: SortedMap<&'static str, &'static str> = SortedMap::new();
    let mut queue = vec![first];
    let mut at = 0;
    while let Some(here) = queue.get(at).copied() {
        at += 1;
        for next in neighbours(kind, here) {
            if next != first && !from.contains_key(next) {
                from.insert(next, here);
                queue.push(next);
            }
        }
    }
    let ends: Vec<&'static str> = chosen.iter().copied().collect();
    for mut here in ends {
        while let Some(before) = from.get(here).copied() {
            chosen.insert(before);
            here = before;
        }
    }
}

pub(super) fn sort(table: &KindTable) -> EntityKind {
    const LISTS: &str = "category type tag genre skill label cuisine amenity species";
    let list = one_of(last_word(table.name), LISTS) && table.references.is_empty();
    if list { EntityKind::Lookup } else { EntityKind::Core }
}

pub(super) fn attributes(reading: &mut Reading, name: &str, table: &KindTable) {
    let Some(entity) = reading.entities.iter_mut().find(|it| it.name == name) else { return };
    if !entity.attributes.is_empty() {
        return;
    }
    let own =
        lexicon().aggregates.get(name).map(|it| it.attributes.as_slice()).filter(|_| name != table.name);
    entity.attributes.extend(own.unwrap_or(&table.attributes).iter().map(assumed_attribute));
}

pub(super) fn refer(reading: &mut Reading, from: &str, to: &str, reference: &KindReference) {
    let KindReference { role, nullable, part, .. } = reference;
    let known = reading
        .relationships
        .iter()
        .any(|it| it.is_between(from, to) && (role.is_none() || it.role.as_deref() == *role));
    if known || from == to && role.is_none() {
        return;
    }
    let (one, whole) = (with_article(from), with_article(role.unwrap_or(to)));
    let reason = match (part, nullable) {
        (true, _) => format!("{one} usually is a part of {whole}"),
        (false, true) => format!("{one} may have {whole}"),
        (false, false) => format!("{one} usually has {whole}"),
    };
    let on_delete = match (part, nullable) {
        (true, _) => OnDelete::Cascade,
        (false, true) => OnDelete::SetNull,
        (false, false) => OnDelete::Restrict,
    };
    reading.relationships.push(Relationship {
        role: role.map(str::to_owned),
        nullable: *nullable,
        on_delete,
        ..Relationship::assumed(from, to, reason)
    });
}

pub(super) fn pair(reading: &mut Reading, one: &str, other: &str) {
    let known = reading.relationships.iter().any(|it| it.is_between(one, other));
    if !known {
        super::knowledge::share(reading, one, other);
    }
}

//! Some four hundred statements of design judgement: a sentence or two, and what a data modeller would and would not make of it.

use std::collections::BTreeMap;

use relata::base::singular;
use relata::brief::{self, Attribute, OnDelete, Reading, Relationship, RelationshipKind, RuleKind};

/// How many statements of each kind held when a change last raised it. The aim is all of them.
const HELD: &[(&str, usize)] = &[
    ("attribute or entity", 44),
    ("deletion rules", 10),
    ("hierarchy", 14),
    ("history", 20),
    ("infrastructure", 20),
    ("kept of pairs", 157),
    ("many to many", 30),
    ("payload", 33),
    ("role or entity", 31),
    ("rules", 46),
    ("uniqueness scope", 20),
    ("value set or table", 44),
];

/// The words of a name, what it is last: "date of invitation" is an invitation date, "number of hours" are hours.
fn words(name: &str) -> Vec<String> {
    let name = name.strip_prefix("number_of_").unwrap_or(name);
    let (head, of) = ["_of_", "_per_"].iter().find_map(|it| name.split_once(it)).unwrap_or((name, ""));
    of.split('_').chain(head.split('_')).filter(|it| !it.is_empty()).map(singular).collect()
}

/// Equal but for order and number, or one name with more words before the same last word.
fn alike(left: &str, right: &str) -> bool {
    let (left, right) = (words(left), words(right));
    let within = |few: &[String], many: &[String]| few.iter().all(|it| many.contains(it));
    let (mut one, mut two) = (left.clone(), right.clone());
    one.sort();
    two.sort();
    one == two || left.last() == right.last() && (within(&left, &right) || within(&right, &left))
}

/// The names of what the reading has for a thing, those that are its own first; assumed things do not count.
fn named<'a>(reading: &'a Reading, thing: &str) -> Vec<&'a str> {
    let said = || reading.entities.iter().filter(|it| !it.assumed).map(|it| it.name.as_str());
    let exact: Vec<&str> = said().filter(|it| words(it) == words(thing)).collect();
    if exact.is_empty() { said().filter(|it| alike(it, thing)).collect() } else { exact }
}

fn attributes<'a>(reading: &'a Reading, of: &[&str], name: &str) -> Vec<&'a Attribute> {
    let entities = reading.entities.iter().filter(|it| of.contains(&it.name.as_str()));
    entities.flat_map(|it| &it.attributes).filter(|it| !it.assumed && alike(&it.name, name)).collect()
}

fn references<'a>(reading: &'a Reading, from: &str, to: &str) -> Vec<&'a Relationship> {
    let (from, to) = (named(reading, from), named(reading, to));
    let said = reading.relationships.iter().filter(|it| !it.assumed);
    said.filter(|it| from.contains(&it.from.as_str()) && to.contains(&it.to.as_str())).collect()
}

/// What joins two things many-to-many: a junction, or a thing that refers to both.
fn joining<'a>(reading: &'a Reading, one: &str, other: &str) -> Vec<&'a str> {
    let (one, other) = (named(reading, one), named(reading, other));
    let mut out = Vec::new();
    let mut refers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for it in &reading.relationships {
        let (from, to) = (it.from.as_str(), it.to.as_str());
        if it.kind == RelationshipKind::ManyToMany {
            let both =
                one.contains(&from) && other.contains(&to) || one.contains(&to) && other.contains(&from);
            out.extend(it.via.as_deref().filter(|_| both));
        } else {
            refers.entry(from).or_default().push(to);
        }
    }
    for (from, to) in refers {
        let ends = to.iter().any(|it| one.contains(it)) && to.iter().any(|it| other.contains(it));
        if ends && !one.contains(&from) && !other.contains(&from) {
            out.push(from);
        }
    }
    out
}

/// Whether one expectation holds; tests/data/brief/judgement.txt tells how they are written.
fn holds(reading: &Reading, said: &str) -> bool {
    if let Some(denied) = said.strip_prefix('-') {
        if let Some((from, to)) = denied.split_once('>') {
            return references(reading, from, to).is_empty();
        }
        let same = |left: &str, right: &str| words(left) == words(right);
        let mut entities = reading.entities.iter();
        return match denied.split_once('.') {
            Some((thing, name)) => !entities.any(|it| {
                same(&it.name, thing) && it.attributes.iter().any(|it| !it.assumed && same(&it.name, name))
            }),
            None => !entities.any(|it| !it.assumed && same(&it.name, denied)),
        };
    }
    if let Some((from, rest)) = said.split_once('>') {
        let (to, becomes) = rest.split_once(' ').unwrap_or((rest, ""));
        let becomes = match becomes {
            "cascade" => Some(OnDelete::Cascade),
            "restrict" => Some(OnDelete::Restrict),
            "set null" => Some(OnDelete::SetNull),
            _ => None,
        };
        return references(reading, from, to)
            .iter()
            .any(|it| becomes.is_none_or(|said| it.on_delete == said));
    }
    let ruled = |thing: &str, kind: &RuleKind| {
        let things = named(reading, thing);
        reading.rules.iter().any(|it| it.kind == *kind && things.contains(&it.entity.as_str()))
    };
    if let Some(thing) = said.strip_suffix('=') {
        return ruled(thing, &RuleKind::Immutable);
    }
    if let Some((thing, levels)) = said.split_once('^') {
        return ruled(thing, &RuleKind::Nested(levels.parse().ok()));
    }
    if let Some((one, rest)) = said.split_once('*') {
        let (other, name) = rest.split_once('.').unwrap_or((rest, ""));
        let junctions = joining(reading, one, other);
        return !junctions.is_empty()
            && (name.is_empty() || !attributes(reading, &junctions, name).is_empty());
    }
    if let Some((thing, rows)) = said.strip_suffix(']').and_then(|it| it.split_once('[')) {
        let things = named(reading, thing);
        let mut all = reading.entities.iter().filter(|it| things.contains(&it.name.as_str()));
        return all.any(|it| it.rows.iter().map(String::as_str).eq(rows.split(',')));
    }
    let Some((thing, rest)) = said.split_once('.') else { return !named(reading, said).is_empty() };
    let (rest, scope) = rest.split_once('!').map_or((rest, None), |(name, scope)| (name, Some(scope)));
    let (name, values) = rest.split_once('{').map_or((rest, None), |(name, values)| (name, Some(values)));
    attributes(reading, &named(reading, thing), name).iter().any(|it| {
        let valued = values.is_none_or(|said| {
            let mut said: Vec<&str> = said.trim_end_matches('}').split(',').collect();
            let mut found: Vec<&str> = it.values.iter().flatten().map(String::as_str).collect();
            said.sort_unstable();
            found.sort_unstable();
            said == found
        });
        let unique = scope.is_none_or(|said| match it.unique_in.as_deref() {
            Some(within) => said.is_empty() || alike(within, said),
            None => it.unique && said.is_empty(),
        });
        valued && unique
    })
}

#[test]
fn design_judgement_holds_as_far_as_before() {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut all, mut missed) = (0, String::new());
    for line in include_str!("../data/brief/judgement.txt").lines() {
        let mut parts = line.split(" | ");
        let (Some(kind), Some(text), Some(expected), false) =
            (parts.next(), parts.next(), parts.next(), line.starts_with('#'))
        else {
            continue;
        };
        all += 1;
        let reading = brief::read(&text.replace(" ¶ ", "\n"));
        // "set null" is the one expectation of two words.
        let expected = expected.replace(" cascade", "\u{1}cascade").replace(" restrict", "\u{1}restrict");
        let expected = expected.replace(" set null", "\u{1}set\u{1}null");
        let failed: Vec<String> = expected
            .split_whitespace()
            .map(|it| it.replace('\u{1}', " "))
            .filter(|it| !holds(&reading, it))
            .collect();
        *held.entry(kind).or_default() += usize::from(failed.is_empty());
        if !failed.is_empty() {
            missed.push_str(&format!("{kind}: {text} lacks {}\n", failed.join(", ")));
        }
    }
    assert!(all >= 100, "{all} statements");
    for (kind, floor) in HELD {
        let now = held.get(kind).copied().unwrap_or(0);
        assert!(now >= *floor, "{kind}: {now} hold, {floor} held before\n{missed}");
    }
}

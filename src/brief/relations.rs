//! How the chosen entities relate: votes from items, nesting and the grammar of sentences, then one answer a pair.

use super::blocks::{Block, BlockKind, Role};
use super::concepts::Concepts;
use super::fact::{Fact, Facts, Form};
use super::lexicon::{last_word, lexicon};
use super::reading::RelationshipKind;
use super::sentences::Sentence;
use super::walk::Walk;
use crate::base::{Gather, SortedMap, SortedSet, Span, one_of, sort_by};

/// One sign that two entities relate.
#[derive(Clone, Debug, PartialEq)]
pub struct Vote {
    /// The entity that would hold the key.
    pub from: String,
    /// The one pointed at.
    pub to: String,
    /// What kind it speaks for.
    pub kind: RelationshipKind,
    /// What the other is to it.
    pub role: Option<String>,
    /// Surety in tenths: the precision of the form it was read from.
    pub weight: i32,
    /// Whether it may be missing.
    pub nullable: bool,
    /// Whether the text says that one `to` has several `from`; said from both ends, it is many-to-many.
    pub several: bool,
    /// Words for the reason.
    pub reason: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// The reason of votes by lists.
pub(super) const LISTED: &str = "it is among what the text lists for it";

/// The reason of votes for what takes part in something that is kept.
pub(super) const TAKES_PART: &str = "it takes part in what is kept";

/// The reason of votes for who leads something.
pub(super) const LEADS: &str = "somebody leads it";

/// The reason of votes by what hangs under what.
pub(super) const NESTED: &str = "it is told as part of it";

/// The weight from which on a pair is related.
pub(super) const ENOUGH: i32 = 8;

/// The same for a pair of which one end would stand alone otherwise.
pub(super) const WEAK: i32 = 5;

/// Every sign that two entities relate, as the facts, the sentences and the names give it.
fn told(blocks: &[Block], sentences: &[Sentence], facts: &Facts, concepts: &Concepts) -> Vec<Vote> {
    let mut votes: Vec<Vote> = Vec::new();
    from_facts(facts, concepts, &mut votes);
    for (at, (sentence, topic)) in sentences.iter().zip(&facts.topics).enumerate() {
        let block = &blocks[sentence.block];
        if !matches!(block.role, Role::Domain | Role::Glossary | Role::Access)
            || block.kind == BlockKind::Heading
        {
            continue;
        }
        // "As a planner, I see the rate by kind for each pier" asks for a report, not for a key.
        if facts.actors.contains_key(&at) && super::doers::only_looks(sentence) {
            continue;
        }
        let behind = if at == 0 { facts.opening } else { 0 };
        Walk { sentence, concepts, votes: &mut votes, is_stories: concepts.is_stories, maybe: false, behind }
            .read(topic.as_ref(), facts.actors.get(&at));
    }
    parts_by_name(concepts, &mut votes);
    super::constraints::untie(&mut votes, &facts.demands);
    votes
}

/// The relationships that the signs vote for, strongest reading of each pair, in order of place.
pub fn relations(blocks: &[Block], sentences: &[Sentence], facts: &Facts, concepts: &Concepts) -> Vec<Vote> {
    let mut settled = settle(told(blocks, sentences, facts, concepts), concepts);
    settled.extend(super::beside::beside(blocks, sentences, concepts, &settled));
    settled.extend(super::wished::wished(sentences, facts, concepts, &settled));
    settled
}

/// Last words of names that make a thing a part of what stands before them: `invoice_line` of an invoice.
pub(super) const PARTS: &str = "line item entry activity stop history version photo note movement log position step message attempt payment \
    document comment member condition answer revision change";

/// A part named after its whole belongs to it, even where no sentence says so.
fn parts_by_name(concepts: &Concepts, votes: &mut Vec<Vote>) {
    for key in &concepts.chosen {
        let Some((whole, part)) = key.rsplit_once('_') else { continue };
        votes.extend(joins_by_name(concepts, key, whole, part).into_iter().flatten());
        let Some(whole) = concepts.resolve(whole).filter(|it| one_of(part, PARTS) && it != key) else {
            continue;
        };
        let Some(concept) = concepts.all.get(key) else { continue };
        votes.push(Vote {
            from: key.clone(),
            to: whole.to_owned(),
            kind: RelationshipKind::ManyToOne,
            role: None,
            weight: 8,
            nullable: false,
            several: false,
            reason: "its name says so; it is part of it",
            span: concept.mentions.first().copied().unwrap_or_default(),
        });
    }
}

/// "Album tracks", where albums and tracks are told of by themselves, are told of both.
fn joins_by_name(concepts: &Concepts, key: &str, whole: &str, part: &str) -> Option<[Vote; 2]> {
    let end = |it: &str| concepts.resolve(it).filter(|it| concepts.standing.contains(*it) && *it != key);
    let (whole, part) = (end(whole)?, end(part)?);
    if whole == part || one_of(last_word(part), TYPES) || !concepts.standing.contains(key) {
        return None;
    }
    let span = concepts.all.get(key)?.mentions.first().copied().unwrap_or_default();
    Some([whole, part].map(|to| Vote {
        from: key.to_owned(),
        to: to.to_owned(),
        kind: RelationshipKind::ManyToOne,
        role: None,
        weight: 10,
        nullable: false,
        several: false,
        reason: "its name says of which two it is told",
        span,
    }))
}

fn from_facts(facts: &Facts, concepts: &Concepts, votes: &mut Vec<Vote>) {
    for fact in &facts.all {
        match fact {
            Fact::Owns { owner, item, form, .. } => {
                let Some(from) = concepts.entity(owner).map(str::to_owned) else { continue };
                if let Some(scope) = item.unique_in.as_deref().and_then(|it| concepts.resolve(it))
                    && scope != from
                {
                    // What is unique within its pier lies at one.
                    votes.push(Vote {
                        from: from.clone(),
                        to: scope.to_owned(),
                        kind: RelationshipKind::ManyToOne,
                        role: None,
                        weight: 8,
                        nullable: false,
                        several: false,
                        reason: "it is unique within it",
                        span: item.span,
                    });
                }
                let item_key = super::fact::phrase_of(item);
                let person = item.who.is_some();
                let target = if person { concepts.user() } else { concepts.entity(&item_key) };
                let Some(to) = target.map(str::to_owned) else { continue };
                let role = if person { Some(item.name.clone()) } else { role_in(&item.name, &to, concepts) };
                let own_key = from == to && item.name.ends_with("_id") && !item.name.starts_with("parent");
                if own_key || !person && is_attribute_of(item, &from, &to) {
                    continue;
                }
                // The duration of a delivery is its own.
                let own = role.as_deref().is_some_and(|it| it.ends_with("_of"));
                if from == to
                    && (own || item.boolean || !item.other && !says_of_another(role.as_deref(), &to))
                {
                    continue;
                }
                let many = item.many && !person;
                let child = many && matches!(form, Form::Have | Form::Bare | Form::Label);
                let shared = concepts.maintained.contains(&to) || lexicon().is_shared(&to);
                let (from, to, kind, role) = if many && shared && from != to {
                    (from, to, RelationshipKind::ManyToMany, None)
                } else if child {
                    (to, from, RelationshipKind::ManyToOne, None)
                } else {
                    (from, to, RelationshipKind::ManyToOne, role)
                };
                votes.push(Vote {
                    from,
                    to,
                    kind,
                    role,
                    weight: 10,
                    nullable: item.nullable,
                    several: child,
                    reason: LISTED,
                    span: item.span,
                });
            }
            Fact::Nested { inner, outer } => {
                let (Some(from), Some(to)) = (concepts.entity(inner), concepts.entity(outer)) else {
                    continue;
                };
                // "line items" of a quote that are quote line items are not part of themselves.
                if from == to && inner.key != outer.key {
                    continue;
                }
                // Under a person, "languages, from a list": what others share too belongs to nobody.
                let shared = inner.many && (lexicon().is_shared(from) || concepts.maintained.contains(from));
                let kind = if shared { RelationshipKind::ManyToMany } else { RelationshipKind::ManyToOne };
                votes.push(Vote {
                    from: from.to_owned(),
                    to: to.to_owned(),
                    kind,
                    role: None,
                    weight: 8,
                    nullable: false,
                    several: false,
                    reason: NESTED,
                    span: inner.span.cover(outer.span),
                });
            }
            Fact::Seen { .. }
            | Fact::Values { .. }
            | Fact::Alias { .. }
            | Fact::Defined { .. }
            | Fact::Pays { .. }
            | Fact::Lookup { .. }
            | Fact::Rule { .. }
            | Fact::Story { .. } => {}
        }
    }
}

/// Whether the role of a thing beside its own kind tells of another one: a `title` has a title and a `promo_code` a code, which are
/// properties, and "which certificate he holds" is the certificate itself; an employee's `manager` is another employee.
fn says_of_another(role: Option<&str>, to: &str) -> bool {
    role.is_some_and(|role| !to.split('_').any(|it| it == role))
}

/// "unit price" of an item is no reference to a price list: an attribute noun only refers when it is the thing's whole name.
fn is_attribute_of(item: &super::items::Item, from: &str, to: &str) -> bool {
    let told_of = item.name.contains("_of_");
    lexicon().attribute(&item.name).is_some()
        && item.name != to
        && from != to
        && (told_of || !item.name.ends_with(to))
}

/// What a differently named item is to its target: `home team` is the role of a team.
fn role_in(name: &str, to: &str, concepts: &Concepts) -> Option<String> {
    if name == to {
        return None;
    }
    let is_role = name.ends_with(to) || concepts.roles.contains_key(name) || !name.contains(to);
    is_role
        .then(|| name.strip_suffix(to).map_or(name, |it| it.trim_end_matches('_')).to_owned())
        .filter(|it| !it.is_empty())
}

/// "A course has many students" and "a student takes several courses": each end has several of the other.
fn from_both_ends(votes: &[Vote]) -> Option<Vote> {
    let mut told = votes.iter().filter(|it| it.several && it.weight >= ENOUGH && it.from != it.to);
    let first = told.next()?;
    told.find(|it| it.from != first.from)?;
    Some(Vote {
        kind: RelationshipKind::ManyToMany,
        role: None,
        nullable: false,
        reason: "each of both may have several of the other",
        ..first.clone()
    })
}

/// How many points it is worth that things of a kind usually refer to things of another.
const USUAL: i32 = 12;

/// 1 when such a thing usually refers to such another: by its usual shape, or as a thing of a person.
fn usually(from: &str, to: &str) -> i32 {
    let lexicon = lexicon();
    let shape = lexicon.aggregates.get(from);
    i32::from(shape.is_some_and(|it| it.parents.contains(&to) || it.also.contains(&to)))
}

/// How many points it is worth that what happens points at what takes part, and each thing at its type.
const POINTS: i32 = 10;

/// Last words of names that make a thing the type, the plan or the group of what stands before them.
const TYPES: &str = "type kind class category model pattern template group rule status level";

/// Those of them that are a type or a group whatever stands before them.
const KINDS: &str = "type kind category model group status";

/// 1 when things of the first kind point at those of the second rather than the other way round: a reading at its
/// sensor, a bike at its bike model.
pub(super) fn points(from: &str, to: &str) -> i32 {
    let lexicon = lexicon();
    let kind = |it: &str| one_of(last_word(it), TYPES);
    let of_it = to.rsplit_once('_').is_some_and(|(head, last)| head == from && one_of(last, TYPES));
    let typed = of_it || one_of(last_word(to), KINDS) && !kind(from);
    let part = is_named_after(from, to) && !kind(from);
    i32::from(typed || part || lexicon.happens(from) && !lexicon.happens(to))
}

/// Whether a name begins with another: `order_line` with `order`.
fn is_named_after(name: &str, whole: &str) -> bool {
    name.strip_prefix(whole).is_some_and(|rest| rest.starts_with('_'))
}

/// Whether such a thing is by its shape or name one that refers to such another.
pub(super) fn refers_by_shape(from: &str, to: &str) -> bool {
    usually(from, to) == 1 || is_named_after(from, to) || is_named_after(to, from)
}

/// Whether things of the first kind rather hold a reference to those of the second than the other way round.
pub(super) fn leads(from: &str, to: &str) -> bool {
    USUAL * (usually(from, to) - usually(to, from)) + POINTS * (points(from, to) - points(to, from)) > 0
}

/// The two ends of a pair, in order of their names.
type Ends = (String, String);

/// The pairs that are told surely enough, by one strong sign or several weak ones.
fn joined(pairs: &SortedMap<Ends, Vec<Vote>>) -> SortedSet<Ends> {
    let sure = |votes: &[Vote]| {
        let best = votes.iter().map(|it| it.weight).max().unwrap_or(0);
        best >= ENOUGH || votes.iter().map(|it| it.weight).sum::<i32>() >= ENOUGH + 4
    };
    pairs.iter().filter(|(_, votes)| sure(votes)).map(|(ends, _)| ends.clone()).gather()
}

/// For each entity that nothing surely ties to another, the pair that speaks most for it: few things stand alone.
fn orphans(pairs: &SortedMap<Ends, Vec<Vote>>, known: &SortedSet<Ends>) -> SortedSet<Ends> {
    let tied: SortedSet<&str> =
        known.iter().filter(|it| it.0 != it.1).flat_map(|it| [it.0.as_str(), it.1.as_str()]).gather();
    let mut best: SortedMap<&str, (i32, &Ends)> = SortedMap::new();
    for (ends, votes) in pairs.iter().filter(|(ends, _)| ends.0 != ends.1 && !known.contains(*ends)) {
        let total: i32 = votes.iter().map(|it| it.weight).sum();
        for end in [ends.0.as_str(), ends.1.as_str()].into_iter().filter(|it| !tied.contains(it)) {
            let held = best.or_insert(end, (0, ends));
            if total > held.0 {
                *held = (total, ends);
            }
        }
    }
    best.values().filter(|it| it.0 >= WEAK).map(|it| it.1.clone()).gather()
}

/// One relationship for each pair and role: direction and kind by weight of votes.
fn settle(votes: Vec<Vote>, concepts: &Concepts) -> Vec<Vote> {
    let mut pairs: SortedMap<(String, String), Vec<Vote>> = SortedMap::new();
    for vote in votes {
        if !concepts.chosen.contains(&vote.from) || !concepts.chosen.contains(&vote.to) {
            continue;
        }
        let mut pair = (vote.from.clone(), vote.to.clone());
        if pair.0 > pair.1 {
            std::mem::swap(&mut pair.0, &mut pair.1);
        }
        pairs.or_default(pair).push(vote);
    }
    let mut out = Vec::new();
    let known = joined(&pairs);
    let weak = orphans(&pairs, &known);
    for (pair, mut votes) in pairs {
        if !known.contains(&pair) && !weak.contains(&pair) {
            continue;
        }
        let one = super::one_of_them::take(&mut votes);
        let alone = !one.is_empty() && votes.iter().all(|it| it.weight < ENOUGH);
        // Which of the two the others belong to is told by the one.
        let others = one.iter().any(|it| it.reason == super::one_of_them::ONE)
            && votes.iter().all(|it| it.kind != RelationshipKind::ManyToMany);
        out.extend(one);
        if others {
            out.extend(votes.into_iter().next());
            continue;
        }
        if alone {
            continue;
        }
        // What is only told under the other says nothing of the direction when more is said.
        let strong = votes.iter().any(|it| it.reason != super::walk::UNDER);
        // "Product: name, category", with the categories listed below it: it has one of them.
        let one = votes
            .iter()
            .any(|it| it.reason == LISTED && it.kind == RelationshipKind::ManyToOne && !it.several);
        let votes: Vec<Vote> = votes
            .into_iter()
            .filter(|it| !strong || it.reason != super::walk::UNDER)
            .filter(|it| !one || it.reason != NESTED || it.kind != RelationshipKind::ManyToMany)
            .collect();
        let total: i32 = votes.iter().map(|it| it.weight).sum();
        let many: i32 =
            votes.iter().filter(|it| it.kind == RelationshipKind::ManyToMany).map(|it| it.weight).sum();
        let single =
            || votes.iter().filter(|it| it.kind != RelationshipKind::ManyToMany && it.weight >= ENOUGH);
        // "An album has many songs" does not deny that a song is on several albums, however many signs there are of it.
        let several = single().filter(|it| it.several).map(|it| it.weight).max().unwrap_or(0);
        let one: i32 = several + single().filter(|it| !it.several).map(|it| it.weight).sum::<i32>();
        if let Some(vote) = from_both_ends(&votes) {
            out.push(vote);
            continue;
        }
        if many > 0 && many * 2 >= one {
            out.extend(votes.into_iter().find(|it| it.kind == RelationshipKind::ManyToMany));
            continue;
        }
        let Some(first) = votes.first().cloned() else { continue };
        let forward: i32 = votes.iter().filter(|it| it.from == first.from).map(|it| it.weight).sum();
        let usual = USUAL * (usually(&first.from, &first.to) - usually(&first.to, &first.from));
        let points = POINTS * (points(&first.from, &first.to) - points(&first.to, &first.from));
        let forth = forward * 2 + usual + points >= total;
        let holder = if forth { first.from.clone() } else { first.to.clone() };
        let mut seen: Vec<Option<String>> = Vec::new();
        if votes.iter().all(|it| it.from != holder) {
            // "A contract has several notes": the text itself says which of them holds the reference.
            if let Some(told) = votes.iter().find(|it| it.several && it.weight >= ENOUGH) {
                out.push(told.clone());
                continue;
            }
            // Told the other way round than such things are kept.
            out.push(Vote { from: first.to.clone(), to: first.from.clone(), role: None, ..first });
            continue;
        }
        let mut mine: Vec<Vote> = votes
            .into_iter()
            .filter(|it| it.from == holder && it.kind != RelationshipKind::ManyToMany)
            .collect();
        let rank = |it: &Vote| (it.weight, it.kind == RelationshipKind::OneToOne);
        sort_by(&mut mine, |one, other| rank(other).cmp(&rank(one)));
        for vote in mine {
            let fresh = !seen.contains(&vote.role);
            let worth = seen.is_empty() || vote.role.is_some() && vote.weight >= 10;
            if fresh && worth {
                seen.push(vote.role.clone());
                out.push(vote);
            }
        }
    }
    // All that belong to a thing come before the one of them that it names.
    let place = |it: &Vote| (it.reason == super::one_of_them::ONE, it.span);
    sort_by(&mut out, |one, other| place(one).cmp(&place(other)));
    out
}

#[cfg(test)]
mod tests {
    use super::RelationshipKind;

    /// The role of each reference of a thing to its own kind.
    fn own_kind(text: &str) -> Vec<(String, Option<String>)> {
        let reading = crate::brief::read(text);
        let own = reading.relationships.into_iter().filter(|it| it.from == it.to);
        own.map(|it| (it.from, it.role)).collect()
    }

    #[test]
    fn what_a_list_tells_of_a_thing_by_its_own_name_is_no_reference_to_another_one() {
        let text = "A promo code has a code, a start date and an end date. Each order uses one promo code.\n\n\
                    Technicians hold certificates. For each certificate we record which certificate it is, its number and \
                    the date of issue. A tank has a name, a volume and whether it is a tank for salt water.";
        assert_eq!(own_kind(text), []);
    }

    #[test]
    fn another_one_of_its_kind_is_a_reference() {
        let text = "An employee has a name, a hire date and a manager who is an employee. A category has a name \
                    and a parent category. A part has a number and can consist of other parts. Each employee looks after several categories.";
        let roles = [("category", Some("parent")), ("employee", Some("manager")), ("part", None)];
        let mut found = own_kind(text);
        found.sort();
        assert_eq!(found, roles.map(|(thing, role)| (thing.to_owned(), role.map(str::to_owned))));
    }

    /// Which of two things refers to the other, or that both have several.
    #[track_caller]
    fn tied(text: &str, from: &str, to: &str, kind: RelationshipKind) {
        let reading = crate::brief::read(text);
        let tie = reading.relationships.iter().find(|it| it.is_between(from, to));
        let told = tie.map(|it| (it.kind, kind == RelationshipKind::ManyToMany || it.from == from));
        assert_eq!(told, Some((kind, true)), "{text}");
    }

    #[test]
    fn what_a_text_has_several_of_refers_to_what_has_them() {
        let text = "A contract has a number and several notes. A note has a text and a date.";
        tied(text, "note", "contract", RelationshipKind::ManyToOne);
        let text = "Orders: number, date. Parcels: barcode, weight. An order is sent in one or more parcels.";
        tied(text, "parcel", "order", RelationshipKind::ManyToOne);
    }

    #[test]
    fn what_is_somewhere_in_several_others_shares_them() {
        let things = "Adverts have a motif and a size. Issues have a number and a date. Pupils have a name and a class. Clubs \
                      have a name and a motto. ";
        for (text, one, other) in [
            ("An advert appears in one or several issues.", "advert", "issue"),
            ("A pupil may join two clubs at most.", "pupil", "club"),
        ] {
            tied(&format!("{things}{text}"), one, other, RelationshipKind::ManyToMany);
        }
    }
}

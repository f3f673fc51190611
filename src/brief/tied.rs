//! What the network ties, taken into the reading.

use super::learned::Told;
use super::model::{name_of_pair, pair};
use super::reading::{Entity, EntityKind, OnDelete, Reading, Relationship, RelationshipKind};
use crate::base::{Gather as _, SortedMap, SortedSet, Span, sort_by};

// From how likely on what is done (as in `taught`).

/// What is no assumption.
const SURE: f32 = 0.75;
/// Two things that the rules tie in no way are tied, as an assumption.
const TIED: f32 = 0.2;
/// The same in a short text, of which the rules miss less: there it is an assumption, however likely.
const TIED_IN_SHORT: f32 = 0.5;
/// What the rules tie stays tied.
const STILL_TIED: f32 = 0.2;
/// The same in a short text, where little is told of a pair.
const STILL_TIED_IN_SHORT: f32 = 0.1;
/// Of what is likely tied: that the tie is of another kind than the rules read.
const TURNED: f32 = 0.5;
/// That what the rules read as a pair is none.
const NO_PAIR: f32 = 0.8;
/// Of what is likely tied: that the tie is of one kind. What is less clear is asked.
const CLEAR: f32 = 0.6;
/// The same of what the rules tie.
const STILL_CLEAR: f32 = 0.5;
/// Of what is likely tied: that a kind is worth to be offered as an answer.
const OFFERED: f32 = 0.1;

/// Two things that the text likely ties, in a way that is not clear.
#[derive(Clone, Debug, PartialEq)]
pub struct Unclear {
    /// The two.
    pub ends: [String; 2],
    /// The ways in which they may be tied, likeliest first.
    pub kinds: Vec<Relationship>,
    /// The words that tie them.
    pub span: Span,
}

/// The names of all that is tied, clearly or not.
pub fn tied(reading: &Reading, unclear: &[Unclear]) -> SortedSet<String> {
    let clear = reading.relationships.iter().flat_map(|it| [&it.from, &it.to]);
    clear.chain(unclear.iter().flat_map(|it| &it.ends)).cloned().gather()
}

/// A kind of tie that is likely, from which of the two to which.
struct Guess<'a> {
    likely: f32,
    kind: RelationshipKind,
    from: &'a str,
    to: &'a str,
}

/// Ties what the rules did not, and takes back or turns what they tied otherwise. `number`: of each of the `names`.
///
/// Gives what is likely tied, and is not clear how, likeliest first: it is left untied, whatever the rules made of it, but in a
/// short text. Of what they tied so in briefs that the network was not taught on, three in ten were right, and half was no
/// tie at all (`docs/reader.md`).
pub fn take(
    reading: &mut Reading,
    told: &Told,
    names: &[String],
    number: &SortedMap<&str, usize>,
    is_short: bool,
) -> Vec<Unclear> {
    let (tied_from, still_tied) =
        if is_short { (TIED_IN_SHORT, STILL_TIED_IN_SHORT) } else { (TIED, STILL_TIED) };
    let mut unclear: Vec<(f32, Unclear)> = Vec::new();
    let ends = |it: &Relationship| {
        let (from, to) = (number.get(it.from.as_str())?, number.get(it.to.as_str())?);
        Some((*from.min(to), *from.max(to)))
    };
    let tied: SortedSet<(usize, usize)> = reading.relationships.iter().filter_map(ends).gather();
    for (span, tie) in &told.ties {
        if tie.nothing > 1.0 - tied_from && !tied.contains(&(tie.one, tie.other)) {
            continue;
        }
        let Some((one, other)) = names.get(tie.one).zip(names.get(tie.other)) else { continue };
        let of = |likely, kind, from, to| Guess { likely, kind, from, to };
        let mut kinds = [
            of(tie.refers, RelationshipKind::ManyToOne, one, other),
            of(tie.referred, RelationshipKind::ManyToOne, other, one),
            of(tie.single, RelationshipKind::OneToOne, one, other),
            of(tie.many, RelationshipKind::ManyToMany, one, other),
        ];
        sort_by(&mut kinds, |a, b| b.likely.total_cmp(&a.likely));
        let [best, ..] = &kinds;
        let any = 1.0 - tie.nothing;
        let is_clear = |from: f32| best.likely >= from * any;
        let known = reading.relationships.iter().enumerate();
        let known = known.filter(|it| it.1.is_between(one, other)).map(|it| it.0);
        let is_untied = match known.collect::<Vec<_>>().as_slice() {
            [] if is_clear(CLEAR) && any >= tied_from => {
                add(reading, best, *span, is_short || any < SURE);
                false
            }
            [] => true,
            [only] if any < still_tied || !is_clear(STILL_CLEAR) && !is_short => untie(reading, *only),
            [only] => {
                turn(reading, *only, best, any, *span);
                false
            }
            _ => false,
        };
        if is_untied && any >= tied_from {
            let offered = kinds.iter().filter(|it| it.likely >= OFFERED * any);
            let kinds = offered.map(|it| it.relationship(reading, *span)).collect();
            unclear.push((any, Unclear { ends: [one.clone(), other.clone()], kinds, span: *span }));
        }
    }
    sort_by(&mut unclear, |a, b| b.0.total_cmp(&a.0));
    unclear.into_iter().map(|it| it.1).collect()
}

/// Takes back a tie of the rules, but one of a pair that is kept or of which it is told what the one is to the other.
fn untie(reading: &mut Reading, at: usize) -> bool {
    let is_bare = |it: &Relationship| it.via.is_none() && it.role.is_none();
    let is_bare = reading.relationships.get(at).is_some_and(is_bare);
    if is_bare {
        reading.relationships.remove(at);
    }
    is_bare
}

/// Gives a tie of the rules the likely kind.
fn turn(reading: &mut Reading, at: usize, best: &Guess, any: f32, span: Span) {
    let Some(known) = reading.relationships.get_mut(at) else { return };
    let same =
        known.kind == best.kind && (known.from == best.from || best.kind != RelationshipKind::ManyToOne);
    let sure = best.likely / any;
    if same || sure < TURNED {
        return;
    }
    let assumed = any < SURE;
    match known.via.clone() {
        None if best.kind != RelationshipKind::ManyToMany => {
            if known.from != best.from {
                std::mem::swap(&mut known.from, &mut known.to);
            }
            known.kind = best.kind;
        }
        None => {
            reading.relationships.remove(at);
            add(reading, best, span, assumed);
        }
        Some(via) if sure >= NO_PAIR && is_bare(reading, &via) => {
            reading.relationships.remove(at);
            reading.entities.retain(|it| it.name != via);
            add(reading, best, span, assumed);
        }
        Some(_) => {}
    }
}

/// Whether of a pair nothing is kept but that there is one.
fn is_bare(reading: &Reading, via: &str) -> bool {
    let told = |it: &Entity| it.name == via && it.attributes.is_empty() && it.kind == EntityKind::Junction;
    reading.entities.iter().any(told)
        && !reading.relationships.iter().any(|it| it.from == via || it.to == via)
}

fn add(reading: &mut Reading, best: &Guess, span: Span, assumed: bool) {
    let mut new = best.relationship(reading, span);
    if let Some(via) = &new.via
        && reading.entities.iter().all(|it| it.name != *via)
    {
        reading.entities.push(Entity { assumed, ..pair(via, span, REASON) });
    }
    new.assumed = assumed;
    new.nullable = assumed;
    reading.relationships.push(new);
}

/// Why what the network ties is tied.
const REASON: &str = "the text tells of both together";

impl Guess<'_> {
    /// As the reading would have it.
    fn relationship(&self, reading: &Reading, span: Span) -> Relationship {
        let (from, to, kind) = (self.from, self.to, self.kind);
        let said = Relationship::said(from, to, REASON, span);
        if kind == RelationshipKind::ManyToMany {
            let via = Some(name_of_pair(reading, from, to));
            return Relationship { kind, via, on_delete: OnDelete::Cascade, ..said };
        }
        Relationship { kind, ..said }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::learned::Tie;

    #[test]
    fn a_tie_that_is_assumed_may_be_missing() {
        let mut reading = Reading::default();
        let best = Guess { likely: 0.5, kind: RelationshipKind::ManyToOne, from: "lamp", to: "tower" };
        add(&mut reading, &best, Span::default(), true);
        add(&mut reading, &Guess { to: "keeper", ..best }, Span::default(), false);
        let found: Vec<(bool, bool)> =
            reading.relationships.iter().map(|it| (it.assumed, it.nullable)).collect();
        assert_eq!(found, [(true, true), (false, false)]);
    }

    #[test]
    fn what_is_likelier_otherwise_is_turned() {
        let turned = |likely: f32, kind, from: &str, to: &str| {
            let mut reading = Reading::default();
            reading.relationships.push(Relationship::said("lamp", "tower", "", Span::default()));
            turn(&mut reading, 0, &Guess { likely, kind, from, to }, 0.9, Span::default());
            let only = reading.relationships.first().expect("it stays");
            (only.from.clone(), only.kind, only.via.clone())
        };
        let many = RelationshipKind::ManyToOne;
        assert_eq!(turned(0.8, many, "tower", "lamp"), ("tower".to_owned(), many, None));
        assert_eq!(turned(0.4, many, "tower", "lamp"), ("lamp".to_owned(), many, None), "not likely enough");
        let pair = turned(0.8, RelationshipKind::ManyToMany, "lamp", "tower");
        assert!(pair.1 == RelationshipKind::ManyToMany && pair.2.is_some(), "{pair:?}");
    }

    #[test]
    fn what_is_tied_in_a_way_that_is_not_clear_is_left_untied() {
        let tie = |refers, referred, many| Tie {
            one: 0,
            other: 1,
            nothing: 1.0 - refers - referred - many,
            refers,
            referred,
            single: 0.0,
            many,
            at: (0, 0),
        };
        let names = ["lamp", "tower"].map(str::to_owned);
        let number = [("lamp", 0), ("tower", 1)].into_iter().gather();
        let taken = |tie, is_tied: bool, is_short| {
            let mut reading = Reading::default();
            let said = Relationship::said("lamp", "tower", "", Span::default());
            reading.relationships.extend(is_tied.then_some(said));
            let told = Told::of_ties(vec![(Span::default(), tie)]);
            let unclear = take(&mut reading, &told, &names, &number, is_short);
            let offered = unclear.iter().flat_map(|it| &it.kinds).map(|it| it.from.clone()).collect();
            (reading.relationships.len(), offered)
        };
        let all: Vec<String> = ["lamp", "tower", "lamp"].map(str::to_owned).to_vec();
        for is_tied in [false, true] {
            assert_eq!(taken(tie(0.6, 0.05, 0.0), is_tied, false), (1, vec![]), "one way is clear");
            assert_eq!(taken(tie(0.3, 0.28, 0.1), is_tied, false), (0, all.clone()), "two are as likely");
        }
        assert_eq!(taken(tie(0.05, 0.04, 0.0), true, false), (0, vec![]), "there is likely none");
        assert_eq!(taken(tie(0.3, 0.28, 0.1), true, true), (1, vec![]), "in a short text the rules stay");
        assert_eq!(taken(tie(0.3, 0.28, 0.1), false, true), (0, all), "and what they do not tie is asked");
    }
}

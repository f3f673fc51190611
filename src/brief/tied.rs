//! What the network ties, taken into the reading.

use super::learned::{Tie, Told};
use super::lexicon::{last_word, lexicon};
use super::model::{name_of_pair, pair};
use super::reading::{Entity, EntityKind, OnDelete, Reading, Relationship, RelationshipKind};
use super::relations::leads;
use crate::base::{Gather as _, SortedMap, SortedSet, Span, sort_by};

// From how likely on what is done (as in `taught`).

/// What is no assumption.
const SURE: f32 = 0.57;
/// Two things that the rules tie in no way are tied, as an assumption.
const TIED: f32 = 0.2;
/// What the rules tie stays tied.
const STILL_TIED: f32 = 0.2;
/// How many times likelier a reference has to be than the usual one of such things, which is the other way round.
const USUAL: f32 = 2.0;
/// Of what is likely tied: that the tie is of another kind than the rules read.
const TURNED: f32 = 0.5;
/// That what the rules read as a pair is none.
const NO_PAIR: f32 = 0.8;
/// What the rules read as a pair stays one. Of 208 that were less likely one, in texts that the network was not taught on, 31 were.
const STILL_PAIR: f32 = 0.1;
/// The table of a pair that the rules read is no assumption.
const SURE_PAIR: f32 = 0.6;
/// The table of a pair that they did not read is none.
const SURE_NEW_PAIR: f32 = 0.8;
/// Of what is likely tied: that the tie is of one kind. What is less clear is asked.
const CLEAR: f32 = 0.6;
/// The same of what the rules tie.
const STILL_CLEAR: f32 = 0.5;
/// How much more a pair counts among the kinds than it is likely: a reference in its place costs its table besides.
const PAIR: f32 = 1.3;
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
    /// How likely they are tied at all.
    pub likely: f32,
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
/// Gives what is likely tied, and is not clear how, likeliest first: it is left untied, whatever the rules made of it. Of what
/// they tied so in briefs that the network was not taught on, three in ten were right, and half was no tie at all
/// (`docs/reader.md`).
pub fn take(
    reading: &mut Reading,
    told: &Told,
    names: &[String],
    number: &SortedMap<&str, usize>,
    is_short: bool,
) -> Vec<Unclear> {
    let mut unclear: Vec<(f32, Unclear)> = Vec::new();
    let ends = |it: &Relationship| {
        let (from, to) = (number.get(it.from.as_str())?, number.get(it.to.as_str())?);
        Some((*from.min(to), *from.max(to)))
    };
    judge_others(reading, told, ends);
    let tied: SortedSet<(usize, usize)> = reading.relationships.iter().filter_map(ends).gather();
    for (span, tie) in &told.ties {
        let is_tied = tied.contains(&(tie.one, tie.other));
        if tie.nothing > 1.0 - TIED && !is_tied {
            continue;
        }
        let Some((one, other)) = names.get(tie.one).zip(names.get(tie.other)) else { continue };
        let of = |likely, kind, from, to| Guess { likely, kind, from, to };
        // In a short text little else tells that something is of many.
        let share = |likely: f32, part, whole| if is_short && is_shared(part, whole) { likely } else { 0.0 };
        let (of_one, of_other) = (share(tie.refers, one, other), share(tie.referred, other, one));
        let mut kinds = [
            of(tie.refers - of_one, RelationshipKind::ManyToOne, one, other),
            of(tie.referred - of_other, RelationshipKind::ManyToOne, other, one),
            of(tie.single, RelationshipKind::OneToOne, one, other),
            of(tie.many + of_one + of_other, RelationshipKind::ManyToMany, one, other),
        ];
        sort_by(&mut kinds, |a, b| b.counts().total_cmp(&a.counts()));
        // Of two ways round, the usual one of such things needs be half as likely.
        if let [best, ..] = &mut kinds
            && best.kind == RelationshipKind::ManyToOne
        {
            let round = if best.from == one { tie.referred } else { tie.refers };
            if leads(best.to, best.from) && round * USUAL >= best.likely {
                std::mem::swap(&mut best.from, &mut best.to);
            }
        }
        let [best, ..] = &kinds;
        let any = 1.0 - tie.nothing;
        if is_tied {
            judge_pair(reading, told, tie, [one, other], best, is_short);
        }
        let is_clear = |from: f32| best.counts() >= from * any;
        let known = reading.relationships.iter().enumerate();
        let known = known.filter(|it| is_tied && it.1.is_between(one, other)).map(|it| it.0);
        let is_untied = match known.collect::<Vec<_>>().as_slice() {
            [] if best.kind == RelationshipKind::ManyToMany && reading.has_of_both([one, other]) => false,
            [] if is_clear(CLEAR) && any >= TIED => {
                let odd = is_short && is_odd(best);
                add(reading, best, *span, any < SURE || odd);
                false
            }
            [] => true,
            [only] if any < STILL_TIED || !is_clear(STILL_CLEAR) => untie(reading, *only),
            [only] => {
                turn(reading, *only, best, any, *span);
                false
            }
            _ => false,
        };
        if is_untied && any >= TIED {
            let offered = kinds.iter().filter(|it| it.likely >= OFFERED * any);
            let kinds = offered.map(|it| it.relationship(reading, *span)).collect();
            unclear
                .push((any, Unclear { ends: [one.clone(), other.clone()], kinds, span: *span, likely: any }));
        }
    }
    sort_by(&mut unclear, |a, b| b.0.total_cmp(&a.0));
    unclear.into_iter().map(|it| it.1).collect()
}

/// What the rules tie, and is not likely enough by the network, is assumed; what only such things usually have, and is hardly likely,
/// goes. `ends`: the numbers of a tie's two things.
fn judge_others(reading: &mut Reading, told: &Told, ends: impl Fn(&Relationship) -> Option<(usize, usize)>) {
    let likely: SortedMap<(usize, usize), f32> =
        told.ties.iter().map(|(_, it)| ((it.one, it.other), 1.0 - it.nothing)).gather();
    reading.relationships.retain_mut(|it| {
        let Some(both) = ends(it).filter(|it| it.0 != it.1) else { return true };
        let likely = likely.get(&both).copied().unwrap_or_default();
        it.assumed |= likely < SURE && it.reason != super::fronted::JUST_ONE;
        likely >= STILL_TIED || !it.evidence.is_empty()
    });
}

/// Takes back what the rules read as a pair and is hardly likely one, with its tie; what is not likely enough is assumed. What was kept
/// of the pair goes to whose it likely is. In a short text it stays one: little else there could tell that it is.
fn judge_pair(
    reading: &mut Reading,
    told: &Told,
    tie: &Tie,
    [one, other]: [&String; 2],
    best: &Guess,
    is_short: bool,
) {
    let pair = reading.relationships.iter().position(|it| it.is_between(one, other) && it.via.is_some());
    let Some((at, via)) = pair.and_then(|at| Some((at, reading.relationships.get(at)?.via.clone()?))) else {
        return;
    };
    let is_pair = |it: &Entity| it.name == via && it.kind == EntityKind::Junction;
    let Some(table) = reading.entities.iter().position(is_pair) else { return };
    if tie.many >= STILL_PAIR || is_short || is_an_end(reading, &via) {
        if let Some(table) = reading.entities.get_mut(table) {
            table.assumed |= tie.many < SURE_PAIR;
        }
        return;
    }
    reading.relationships.remove(at);
    for attribute in reading.entities.remove(table).attributes.into_iter().filter(|it| !it.assumed) {
        let tells = |span| attribute.evidence.iter().any(|it| it.overlaps(span));
        let property = told.properties.iter().find(|it| tells(it.span));
        let owner = match property.and_then(|it| it.owner?.thing) {
            Some(thing) if thing == tie.one => one,
            Some(thing) if thing == tie.other => other,
            _ => best.from,
        };
        let owner = reading.entities.iter_mut().find(|it| it.name == *owner);
        if let Some(owner) = owner.filter(|it| it.attributes.iter().all(|it| it.name != attribute.name)) {
            owner.attributes.push(attribute);
        }
    }
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
                known.role = None;
            }
            known.kind = best.kind;
            REASON.clone_into(&mut known.reason);
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

/// Whether the one is of many by nature, so that none of it is one's alone: labels of tickets, but not those of a board.
fn is_shared(part: &str, whole: &str) -> bool {
    lexicon().is_shared(part) && !lexicon().containers.contains(last_word(whole))
}

/// What is tied one to one is a kind of the other, and mostly ends in its name: a freight lift is a lift.
fn is_odd(best: &Guess) -> bool {
    best.kind == RelationshipKind::OneToOne && last_word(best.from) != last_word(best.to)
}

/// Whether of a pair nothing is kept but that there is one.
fn is_bare(reading: &Reading, via: &str) -> bool {
    let told = |it: &Entity| it.name == via && it.attributes.is_empty() && it.kind == EntityKind::Junction;
    reading.entities.iter().any(told) && !is_an_end(reading, via)
}

/// Whether a pair's table is tied to anything but the two.
fn is_an_end(reading: &Reading, via: &str) -> bool {
    reading.relationships.iter().any(|it| it.from == via || it.to == via)
}

fn add(reading: &mut Reading, best: &Guess, span: Span, assumed: bool) {
    let mut new = best.relationship(reading, span);
    if let Some(via) = &new.via
        && reading.entities.iter().all(|it| it.name != *via)
    {
        let assumed = assumed || best.likely < SURE_NEW_PAIR;
        reading.entities.push(Entity { assumed, ..pair(via, span, REASON) });
    }
    new.assumed = assumed;
    new.nullable = assumed;
    reading.relationships.push(new);
}

/// Why what the network ties is tied.
const REASON: &str = "the text tells of both together";

impl Guess<'_> {
    /// How much it counts among the kinds.
    fn counts(&self) -> f32 {
        if self.kind == RelationshipKind::ManyToMany { self.likely * PAIR } else { self.likely }
    }

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
    use crate::brief::items::Item;
    use crate::brief::model::give;

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

    /// Takes in all that the network says of a lamp and a tower.
    fn take_only(reading: &mut Reading, tie: Tie) -> Vec<Unclear> {
        take_of(reading, tie, false)
    }

    fn take_of(reading: &mut Reading, tie: Tie, is_short: bool) -> Vec<Unclear> {
        let names = ["lamp", "tower"].map(str::to_owned);
        let number = [("lamp", 0), ("tower", 1)].into_iter().gather();
        take(reading, &Told::of_ties(vec![(Span::default(), tie)]), &names, &number, is_short)
    }

    /// How likely the lamp refers to the tower, the tower to the lamp, and both have several.
    fn tie(refers: f32, referred: f32, many: f32) -> Tie {
        let nothing = 1.0 - refers - referred - many;
        Tie { one: 0, other: 1, nothing, refers, referred, single: 0.0, many, at: (0, 0) }
    }

    /// What becomes of a pair that the rules read and that keeps a depth, and of its table.
    fn judged(refers: f32, many: f32, is_short: bool) -> (Vec<Relationship>, Vec<Entity>) {
        let span = Span::new(1, 5);
        let mut reading = Reading::default();
        for name in ["lamp", "tower"] {
            reading.entities.push(Entity { name: name.to_owned(), ..pair(name, span, "") });
        }
        reading.entities.push(pair("lamp_tower", span, ""));
        give(&mut reading, "lamp_tower", &Item::named("depth", span));
        let said = Relationship::said("lamp", "tower", "", span);
        let (kind, via) = (RelationshipKind::ManyToMany, Some("lamp_tower".to_owned()));
        reading.relationships.push(Relationship { kind, via, ..said });
        take_of(&mut reading, tie(refers, 0.0, many), is_short);
        (reading.relationships, reading.entities)
    }

    #[test]
    fn a_pair_that_is_hardly_likely_is_none() {
        let (ties, tables) = judged(0.9, 0.05, false);
        let found: Vec<_> = ties.iter().map(|it| (it.from.as_str(), it.kind, it.via.is_some())).collect();
        assert_eq!(found, [("lamp", RelationshipKind::ManyToOne, false)]);
        let kept: Vec<_> = tables.iter().map(|it| (it.name.as_str(), it.attributes.len())).collect();
        assert_eq!(kept, [("lamp", 1), ("tower", 0)], "what was kept of the pair is kept");
        let (ties, tables) = judged(0.0, 0.05, false);
        assert_eq!((ties.len(), tables.len()), (0, 2), "and they are not tied");
        let (ties, tables) = judged(0.0, 0.05, true);
        assert_eq!((ties.len(), tables.len()), (1, 3), "in a short text it stays one");
    }

    #[test]
    fn a_pair_that_is_not_likely_enough_is_assumed() {
        for (many, assumed) in [(0.3, true), (0.9, false)] {
            let (_, tables) = judged(0.0, many, false);
            let found: Vec<_> = tables.iter().map(|it| (it.name.as_str(), it.assumed)).collect();
            assert_eq!(found, [("lamp", false), ("tower", false), ("lamp_tower", assumed)]);
        }
    }

    #[test]
    fn what_the_rules_tie_is_assumed_unless_it_is_likely() {
        let taken = |nothing: f32, said: bool| {
            let mut reading = Reading::default();
            let evidence = if said { vec![Span::default()] } else { Vec::new() };
            let known = Relationship::said("lamp", "tower", "", Span::default());
            let role = Some("home".to_owned());
            reading.relationships.push(Relationship { role, evidence, ..known });
            take_only(&mut reading, tie(1.0 - nothing, 0.0, 0.0));
            reading.relationships.iter().map(|it| it.assumed).collect::<Vec<_>>()
        };
        assert_eq!(taken(0.1, true), [false]);
        assert_eq!(taken(0.5, true), [true]);
        assert_eq!(taken(0.95, true), [true], "the text says what the one is to the other");
        assert!(taken(0.95, false).is_empty(), "the text does not say it");
    }

    #[test]
    fn what_is_tied_in_a_way_that_is_not_clear_is_left_untied() {
        let taken = |tie, is_tied: bool| {
            let mut reading = Reading::default();
            let said = Relationship::said("lamp", "tower", "", Span::default());
            reading.relationships.extend(is_tied.then_some(said));
            let unclear = take_only(&mut reading, tie);
            let offered = unclear.iter().flat_map(|it| &it.kinds).map(|it| it.from.clone()).collect();
            (reading.relationships.len(), offered)
        };
        let all: Vec<String> = ["lamp", "tower", "lamp"].map(str::to_owned).to_vec();
        for is_tied in [false, true] {
            assert_eq!(taken(tie(0.6, 0.05, 0.0), is_tied), (1, vec![]), "one way is clear");
            assert_eq!(taken(tie(0.3, 0.28, 0.1), is_tied), (0, all.clone()), "two are as likely");
        }
        assert_eq!(taken(tie(0.05, 0.04, 0.0), true), (0, vec![]), "there is likely none");
    }
}

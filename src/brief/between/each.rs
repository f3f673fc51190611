//! What is told of each of a pair: "for each guest invited to a party we note", "the price differs by garage and tariff".

use super::{Doing, Found, Mention, Told};
use crate::base::{one_of, plural};
use crate::brief::concepts::verbs_of;
use crate::brief::item_values::{is_unit, telling};
use crate::brief::items::{Item, items};
use crate::brief::lexicon::lexicon;
use crate::brief::payload::{joined, names_pair, tells_of_pair};
use crate::brief::phrases::{ChunkKind, Chunked, Det, Verb};
use crate::brief::recording::RECORD;
use crate::brief::standing;
use crate::brief::verbs::base_form;

/// Verbs that say that something is not the same for all.
const DIFFERS: &str = "differ depend vary change";

/// Whether at least half of some items surely are properties, or all of them can only be said of a pair.
fn is_list(found: &[Item]) -> bool {
    !found.is_empty() && (telling(found) * 2 >= found.len() || found.iter().all(tells_of_pair))
}

impl Told<'_> {
    /// "For each guest invited to a party we note", "the hours of each member on a day", "every item on a slip must show".
    pub(super) fn of_each_in_another(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [inner, outer] = pair else { return None };
            let gap = self.chunks.get(inner.at + 1..outer.at)?;
            let led = gap.len() <= 3
                && gap.iter().any(|it| matches!(it.kind, ChunkKind::Prep(_)))
                && gap.iter().all(|it| {
                    matches!(&it.kind, ChunkKind::Prep(word) if word != "per")
                        || it.verb().is_some_and(|it| it.bare || it.passive)
                        || matches!(&it.kind, ChunkKind::Sub(word) if one_of(word.as_str(), "that which who"))
                });
            if !led
                || !self.is_each(inner)
                || outer.phrase.many
                || lexicon().happens(inner.entity)
                || !self.pairs(inner, outer)
                || !self.told_elsewhere(inner.entity)
            {
                return None;
            }
            let (start, after) = (self.chunks.start_at(inner.at), self.chunks.end_at(outer.at));
            let fronted = self.fronted(inner.at);
            // ": insured value, condition"
            if self.sentence.says(after, ": -") {
                let to = self.sentence.words.len();
                return Found::of(inner, outer, self.items(after + 1, to), (after, to));
            }
            let verb_at = self.next_verb(outer.at + 1);
            if let Some(at) = verb_at {
                let verb = self.chunks.verb_at(at)?;
                let (from, to) = (self.chunks.end_at(at), self.sentence.words.len());
                let says = self.writes(at).is_some() || verb.lemma == "count";
                let shows = one_of(verb.lemma.as_str(), "show have carry bear get");
                if fronted && says && verb.passive {
                    let list =
                        (after + usize::from(self.sentence.says(after, ",")), self.chunks.start_at(at));
                    return Found::of(inner, outer, self.items(list.0, list.1), list);
                }
                let there = verb.lemma == "be" && self.chunks.kind_at(at.checked_sub(1)?).is_pron("there");
                if fronted && (says && !verb.passive || there) || !fronted && shows && inner.at == 0 {
                    return Found::of(inner, outer, self.items(from, to), (from, to));
                }
            }
            if fronted {
                return None;
            }
            // "we note the hours of each member on a day", "the hours of each member on a day are noted"
            let prep = inner.at.checked_sub(1)?;
            let of = self.chunks.kind_at(prep).is_prep("of for per");
            let before = (0..prep).rev().find(|at| self.chunks.verb_at(*at).is_some_and(|it| !it.bare));
            let from = before.map_or(0, |at| self.chunks.end_at(at));
            let says = before.or(verb_at).and_then(|at| self.chunks.verb_at(at)).is_some_and(|it| {
                one_of(it.lemma.as_str(), RECORD) || one_of(it.lemma.as_str(), "count be show see")
            });
            let to = self.chunks.start_at(prep);
            let alone = before.is_none_or(|at| {
                self.mentions.iter().all(|it| it.at < at || it.at >= inner.at || !self.stands(it.entity))
            });
            if !of || !says || !alone || start == 0 {
                return None;
            }
            // "the quantity shall be known for every part in every warehouse"
            let known =
                before.filter(|at| at + 1 == prep && self.chunks.verb_at(*at).is_some_and(|it| it.passive));
            let words = known.map_or((from, to), |at| (0, self.chunks.start_at(at)));
            let counts = before.and_then(|at| self.chunks.verb_at(at)).is_some_and(|it| it.lemma == "count");
            let found = if counts { self.counted(words.0, words.1) } else { self.items(words.0, words.1) };
            Found::of(inner, outer, found, words)
        })
    }

    /// "We count goals, cards and minutes": how many of each there are, whatever else the word may mean.
    fn counted(&self, from: usize, to: usize) -> Vec<Item> {
        let counted = |it: Item| Item { name: format!("number_of_{}", plural(&it.name)), ..it };
        let all = items(self.sentence, from, to).into_iter();
        all.map(|it| if it.many && !is_unit(&it.name) { counted(it) } else { it }).collect()
    }

    /// "In a file every party has a role".
    pub(super) fn in_one_each_has(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [outer, inner] = pair else { return None };
            let verb = self.chunks.verb_at(inner.at + 1)?;
            let has = !verb.passive && lexicon().have.contains(verb.lemma.as_str());
            let near = inner.at - outer.at <= 2;
            let led = self.fronted(outer.at) && !outer.phrase.many && self.is_each(inner);
            if !has
                || !near
                || !led
                || !self.told_elsewhere(inner.entity)
                || lexicon().happens(inner.entity)
                || !self.pairs(outer, inner)
            {
                return None;
            }
            self.said_behind(inner, outer, inner)
        })
    }

    /// "The price differs by garage and tariff", "per volunteer and event we keep the role", "the price per garage and tariff is
    /// fixed": who names both says that neither alone decides it, so that nothing else need be told of them.
    pub(super) fn by_both(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [one, other] = pair else { return None };
            let joined = other.at == one.at + 2
                && matches!(self.chunks.kind_at(one.at + 1), ChunkKind::And)
                && self.sentence.says(self.chunks.start_at(one.at + 1), "and");
            if !joined || !(self.pairs(one, other) || self.independent(one, other)) {
                return None;
            }
            // "for every combination of sensor and hall"
            let combined = one.at.checked_sub(2).filter(|at| {
                self.chunks.kind_at(at + 1).is_prep("of")
                    && self.chunks.phrase_at(*at).is_some_and(|it| names_pair(it) && it.det == Det::Each)
            });
            let prep = combined.unwrap_or(one.at).checked_sub(1)?;
            // "A statement per landlord and building": what refers to both is named, and keeps it itself.
            let named = |it: &Mention| it.entity != one.entity && it.entity != other.entity;
            let clause = self.clause_start(prep)..self.clause_end(self.chunks.end_at(other.at));
            let mut here = self.mentions.iter().filter(|it| clause.contains(&self.chunks.start_at(it.at)));
            // What is kept of both is no thing, though its word may mean one: "a threshold for every pair of …".
            let kept = |it: &Mention| combined.is_some() && it.at == 0;
            if here.any(|it| named(it) && Some(it.at) != combined && !kept(it)) {
                return None;
            }
            let word = match self.chunks.kind_at(prep) {
                ChunkKind::Prep(word) => word.as_str(),
                _ => return None,
            };
            let before = prep.checked_sub(1).filter(|at| self.chunks.verb_at(*at).is_some());
            let differs = before
                .and_then(|at| self.chunks.verb_at(at))
                .is_some_and(|it| one_of(it.lemma.as_str(), DIFFERS));
            let to = self.chunks.end_at(other.at);
            if let Some(at) = before.filter(|_| differs)
                && one_of(word, "by on with between per from")
            {
                let list = (self.clause_start(at), self.chunks.start_at(at));
                return Found::surely(one, other, self.items(list.0, list.1), list);
            }
            let single = !one.phrase.many && !other.phrase.many;
            let each = single && (word == "per" || combined.is_some() && word == "for")
                || one_of(word, "for of") && self.is_each(one);
            if !each {
                return None;
            }
            if self.fronted(prep + 1) {
                let at = self.next_verb(other.at + 1)?;
                let verb = self.chunks.verb_at(at)?;
                let there = verb.lemma == "be" && self.chunks.kind_at(at.checked_sub(1)?).is_pron("there");
                let (from, to) = match self.writes(at) {
                    Some(verb) => self.written(at, verb, to),
                    None if there => (self.chunks.end_at(at), self.clause_end(self.chunks.end_at(at))),
                    None if verb.passive => (to, self.chunks.start_at(at)),
                    None => return None,
                };
                return Found::surely(one, other, self.items(from, to), (self.chunks.start_at(prep), to));
            }
            let verb_at = (0..prep).rev().find(|at| self.chunks.verb_at(*at).is_some_and(|it| !it.bare));
            let verb_at = verb_at.filter(|at| self.chunks.start_at(*at) >= self.clause_start(prep));
            let list = match verb_at {
                // "a threshold is set for every …", "we keep the quantity per …"
                Some(at) if self.chunks.verb_at(at).is_some_and(|it| it.passive) && at + 1 == prep => {
                    (self.clause_start(at), self.chunks.start_at(at))
                }
                Some(at) if self.writes(at).is_some_and(|it| !it.passive) => {
                    (self.chunks.end_at(at), self.chunks.start_at(prep))
                }
                Some(_) => return None,
                // "The price per … is fixed"
                None => (self.clause_start(prep), self.chunks.start_at(prep)),
            };
            Found::surely(one, other, self.items(list.0, list.1), (list.0, to.max(list.1)))
        })
    }

    /// "Bands perform at venues; for each performance we keep the fee", "each registration has a category": what is kept of
    /// each doing of what was said to be done.
    pub(super) fn of_each_doing(&self) -> Option<Found> {
        (0..self.chunks.len()).find_map(|at| {
            let each = self.chunks.phrase_at(at).filter(|it| it.det == Det::Each && !it.possessor)?;
            let done = self.done_before(at);
            // "each membership": of what was said last.
            let last = done.last().filter(|_| names_pair(each));
            let named = verbs_of(&each.key).find_map(|verb| done.iter().rfind(|it| it.verb == verb));
            let doing = named.or(last)?;
            let (from, to) = if self.fronted(at) {
                let verb_at = self.next_verb(at + 1)?;
                self.written(verb_at, self.writes(verb_at)?, self.chunks.end_at(at))
            } else {
                let has = |it: &&Verb| !it.passive && lexicon().have.contains(it.lemma.as_str());
                self.chunks.verb_at(at + 1).filter(has)?;
                (self.chunks.end_at(at + 1), self.sentence.words.len())
            };
            let found = self.items(from, to.min(self.clause_end(from)));
            let occasion = self.reading.entities.iter().find(|it| it.name == each.key);
            let refers = |end: &str| self.reading.refers(&each.key, end);
            // "Each order has a number": what is told of it is its own already. "Members sit; each seat has a start", "trains stop;
            // for each stop we keep the platform": only what is done tells what a seat or a stop is.
            let is_doing = doing.verb != each.key || self.fronted(at) && standing::stays(&doing.verb);
            let is_tied = refers(&doing.left) && refers(&doing.right);
            if occasion
                .is_some_and(|it| it.is_told() && (is_tied || !is_doing || self.told_elsewhere(&it.name)))
            {
                return None;
            }
            let known = occasion.is_some();
            is_list(&found).then(|| Found {
                occasion: known.then(|| each.key.clone()),
                ..Found::between(&doing.left, &doing.right, found, (from, to), each.span)
            })
        })
    }

    /// "A pupil may join two clubs; the day of joining is recorded": what is kept of what was said to be done.
    pub(super) fn of_the_doing(&self) -> Option<Found> {
        let words = self.sentence.words.len();
        let at = (1..words)
            .find(|at| self.sentence.says(at - 1, "of") && self.sentence.word(*at).ends_with("ing"))?;
        let lemma = base_form(self.sentence.word(at));
        let here = self.chunks.iter().position(|it| it.to > at)?;
        let doing = self.done_before(here).into_iter().rfind(|it| it.verb == lemma)?;
        joined(self.reading, &doing.left, &doing.right)?;
        let kept = |it: &usize| self.writes(*it).is_some();
        let (from, to) =
            match (0..here).rev().find(|it| kept(it) && self.clause_start(here) <= self.chunks.start_at(*it))
            {
                Some(verb) => (self.chunks.end_at(verb), self.clause_end(at)),
                None => {
                    let verb = (here..self.chunks.len()).find(kept)?;
                    (self.clause_start(here), self.chunks.start_at(verb))
                }
            };
        let found = self.items(from, to);
        is_list(&found).then(|| {
            Found::between(&doing.left, &doing.right, found, (from, to), self.sentence.span_of(from, to))
        })
    }

    /// What is said to be done before a chunk, in this sentence or the one before it.
    fn done_before(&self, at: usize) -> Vec<Doing> {
        let here = self.doings().into_iter().filter(|it| it.at < at);
        self.done.iter().cloned().chain(here).collect()
    }

    /// What the sentence says to be done by one thing to another.
    pub(super) fn doings(&self) -> Vec<Doing> {
        let doing = |at: usize| {
            let verb = self.chunks.verb_at(at).filter(|it| !it.denied)?;
            let one = self.mentions.iter().rfind(|it| it.at < at)?;
            let other = self.mentions.iter().find(|it| it.at > at)?;
            let near = self.chunks.get(at + 1..other.at)?.iter().all(|it| {
                matches!(it.kind, ChunkKind::Prep(_)) || it.phrase().is_some_and(|it| it.det == Det::Bare)
            });
            let known = |it: &Mention| self.reading.entities.iter().any(|entity| entity.name == it.entity);
            let fits = near && one.at + 2 >= at && one.entity != other.entity && known(one) && known(other);
            fits.then(|| Doing {
                at,
                verb: verb.lemma.clone(),
                left: one.entity.to_owned(),
                right: other.entity.to_owned(),
            })
        };
        (0..self.chunks.len()).filter_map(doing).collect()
    }

    /// Whether neither of two things is known to be one of the other's, but by this sentence.
    fn independent(&self, one: &Mention, other: &Mention) -> bool {
        let known = |it: &Mention| self.reading.entities.iter().any(|entity| entity.name == it.entity);
        let here = self.sentence.span_of(0, self.sentence.words.len());
        let tied = self.reading.relationships.iter().any(|it| {
            let both = it.from == one.entity && it.to == other.entity
                || it.from == other.entity && it.to == one.entity;
            let elsewhere = it.evidence.iter().any(|it| !it.overlaps(here));
            both && it.via.is_none() && !it.assumed && elsewhere
        });
        let happens = |it: &Mention| lexicon().happens(it.entity);
        one.entity != other.entity && known(one) && known(other) && !tied && !(happens(one) && happens(other))
    }

    /// The first word of the clause that a chunk stands in.
    fn clause_start(&self, at: usize) -> usize {
        let parts = |it: &usize| {
            matches!(self.chunks.kind_at(*it), ChunkKind::Other)
                && self.sentence.says(self.chunks.start_at(*it), "; : -")
        };
        (0..at).rev().find(parts).map_or(0, |it| self.chunks.end_at(it))
    }

    /// "Several cranes are sent to a site. For each crane we note when it left": what is kept for each of what came together
    /// with something before.
    pub(super) fn of_each_again(&self) -> Option<Found> {
        self.mentions.iter().enumerate().find_map(|(nth, each)| {
            if !self.is_each(each) || lexicon().happens(each.entity) || !self.told_elsewhere(each.entity) {
                return None;
            }
            let here = self.mentions.get(..nth)?.windows(2).rev().find_map(|pair| {
                let [one, other] = pair else { return None };
                let all = |it: &super::Mention| it.phrase.many || it.phrase.det == Det::Each;
                let single = if one.entity == each.entity && all(one) {
                    other
                } else if other.entity == each.entity && all(other) {
                    one
                } else {
                    return None;
                };
                self.pairs(single, each).then(|| single.entity.to_owned())
            });
            let last = self.last.as_ref().filter(|it| it.1 == each.entity && nth == 0).map(|it| it.0.clone());
            let single = here.or(last)?;
            let words = if self.fronted(each.at) {
                let at = self.next_verb(each.at + 1)?;
                let verb = self.writes(at)?;
                let we = matches!(self.chunks.kind_at(at.checked_sub(1)?), ChunkKind::Pron(_));
                if !verb.passive && !we {
                    return None;
                }
                self.written(at, verb, self.chunks.end_at(each.at))
            } else {
                // "the number of vines per variety is known"
                let prep = each.at.checked_sub(1)?;
                // "…, the price is kept per store"
                let kept = |at: &usize| self.writes(*at).is_some_and(|it| it.passive);
                let next = || Some(each.at + 1).filter(kept).filter(|at| self.next_verb(*at) == Some(*at));
                let at = prep.checked_sub(1).filter(kept).or_else(next)?;
                let opens = (0..prep)
                    .rev()
                    .find(|at| matches!(self.chunks.kind_at(*at), ChunkKind::Other | ChunkKind::And));
                let from = opens.map_or(0, |at| self.chunks.end_at(at));
                (from, self.chunks.start_at(prep.min(at)))
            };
            let found = self.items(words.0, words.1);
            let span = each.phrase.span;
            is_list(&found).then(|| Found::between(&single, each.entity, found, words, span))
        })
    }
}

//! What is told of each of a pair: "for each guest invited to a party we note", "the price differs by garage and tariff".

use super::{Found, Told};
use crate::brief::item_values::telling;
use crate::brief::lexicon::lexicon;
use crate::brief::phrases::{ChunkKind, Chunked, Det};
use crate::brief::recording::RECORD;

/// Verbs that say that something is not the same for all.
const DIFFERS: &[&str] = &["differ", "depend", "vary", "change"];

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
                        || matches!(&it.kind, ChunkKind::Sub(word) if matches!(word.as_str(), "that" | "which" | "who"))
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
            if matches!(self.sentence.word(after), ":" | "-") {
                let to = self.sentence.words.len();
                return Found::of(inner, outer, self.items(after + 1, to), (after, to));
            }
            let verb_at = self.next_verb(outer.at + 1);
            if let Some(at) = verb_at {
                let verb = self.chunks.verb_at(at)?;
                let (from, to) = (self.chunks.end_at(at), self.sentence.words.len());
                let says = self.writes(at).is_some() || verb.lemma == "count";
                let shows = matches!(verb.lemma.as_str(), "show" | "have" | "carry" | "bear" | "get");
                if fronted && says && verb.passive {
                    let list = (after + usize::from(self.sentence.word(after) == ","), self.chunks.start_at(at));
                    return Found::of(inner, outer, self.items(list.0, list.1), list);
                }
                let there = verb.lemma == "be" && matches!(self.chunks.kind_at(at.checked_sub(1)?), ChunkKind::Pron(it) if it == "there");
                if fronted && (says && !verb.passive || there) || !fronted && shows && inner.at == 0 {
                    return Found::of(inner, outer, self.items(from, to), (from, to));
                }
            }
            if fronted {
                return None;
            }
            // "we note the hours of each member on a day", "the hours of each member on a day are noted"
            let prep = inner.at.checked_sub(1)?;
            let of = matches!(self.chunks.kind_at(prep), ChunkKind::Prep(it) if matches!(it.as_str(), "of" | "for" | "per"));
            let before = (0..prep).rev().find(|at| self.chunks.verb_at(*at).is_some_and(|it| !it.bare));
            let from = before.map_or(0, |at| self.chunks.end_at(at));
            let says = before.or(verb_at).and_then(|at| self.chunks.verb_at(at)).is_some_and(|it| {
                RECORD.contains(&it.lemma.as_str()) || matches!(it.lemma.as_str(), "count" | "be" | "show" | "see")
            });
            let to = self.chunks.start_at(prep);
            let alone = before.is_none_or(|at| {
                self.mentions.iter().all(|it| it.at < at || it.at >= inner.at || !self.stands(it.entity))
            });
            if !of || !says || !alone || start == 0 {
                return None;
            }
            // "the quantity shall be known for every part in every warehouse"
            let known = before.filter(|at| at + 1 == prep && self.chunks.verb_at(*at).is_some_and(|it| it.passive));
            let words = known.map_or((from, to), |at| (0, self.chunks.start_at(at)));
            Found::of(inner, outer, self.items(words.0, words.1), words)
        })
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

    /// "The price differs by garage and tariff", "per volunteer and event we keep the role".
    pub(super) fn by_both(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [one, other] = pair else { return None };
            let prep = one.at.checked_sub(1)?;
            let word = match self.chunks.kind_at(prep) {
                ChunkKind::Prep(word) => word.as_str(),
                _ => return None,
            };
            let joined = other.at == one.at + 2
                && matches!(self.chunks.kind_at(one.at + 1), ChunkKind::And)
                && self.sentence.word(self.chunks.start_at(one.at + 1)) == "and";
            if !joined || !self.pairs(one, other) {
                return None;
            }
            let differs = prep
                .checked_sub(1)
                .and_then(|at| self.chunks.verb_at(at))
                .is_some_and(|it| DIFFERS.contains(&it.lemma.as_str()));
            if differs && matches!(word, "by" | "on" | "with" | "between" | "per" | "from") {
                let to = self.chunks.start_at(prep - 1);
                return Found::of(one, other, self.items(0, to), (0, to));
            }
            let single = !one.phrase.many && !other.phrase.many;
            let each = single && word == "per" || matches!(word, "for" | "of") && self.is_each(one);
            let verb_at = self.next_verb(other.at + 1)?;
            let verb = self.writes(verb_at)?;
            if !each || !self.fronted(one.at) {
                return None;
            }
            let (from, to) = self.written(verb_at, verb, self.chunks.end_at(other.at));
            Found::of(one, other, self.items(from, to), (from, to))
        })
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
            (telling(&found) * 2 >= found.len().max(1)).then(|| Found {
                left: single,
                right: each.entity.to_owned(),
                items: found,
                words,
                span,
            })
        })
    }
}

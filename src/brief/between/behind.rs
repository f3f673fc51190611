//! What is told behind two things that come together: "a recipe lists foods with the amount", "pilots fly on missions, one as
//! leader", "parts used on a job are booked with the quantity".

use super::{Found, Mention, Told};
use crate::base::Clip;
use crate::brief::item_values::telling;
use crate::brief::items::Item;
use crate::brief::lexicon::{last_word, lexicon};
use crate::brief::of_pairs::is_which;
use crate::brief::payload::{joined, tells_of_itself, tells_of_pair, values_of};
use crate::brief::phrases::{Chunk, ChunkKind, Chunked};
use crate::brief::standing;

/// Words that go on behind what two things do: "with the amount", "in a given order".
const TAIL: &[&str] = &["with", "at", "in", "on", "for", "having", "stating", "naming", "giving", "by"];

impl Told<'_> {
    /// "A recipe lists foods with the amount", "pilots fly on missions, one as leader": what is said behind both.
    pub(super) fn behind_both(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [one, other] = pair else { return None };
            let verb = self
                .chunks
                .get(one.at + 1..other.at)?
                .iter()
                .rev()
                .find_map(|it| it.verb().filter(|it| !it.denied))
                .or_else(|| self.chunks.get(..one.at)?.iter().rev().find_map(Chunk::verb))?;
            let apart = self.chunks.get(one.at + 1..other.at)?.iter().any(|it| {
                matches!(it.kind, ChunkKind::And | ChunkKind::Other | ChunkKind::Sub(_) | ChunkKind::Pron(_))
            });
            let known = joined(self.reading, one.entity, other.entity).is_some();
            if apart || other.phrase.owned && !known || one.phrase.possessor || !self.pairs(one, other) {
                return None;
            }
            let lexicon = lexicon();
            // What people do to things that others do it to as well, unless they make them.
            let does = lexicon.is_person(one.entity)
                && self.sentence.word(self.chunks.end_at(other.at)) != "in"
                && !lexicon.making.contains(verb.lemma.as_str());
            let own = lexicon.happens(other.entity) && !(lexicon.is_person(one.entity) && one.phrase.many)
                || lexicon.happens(one.entity) && lexicon.is_person(other.entity)
                || !(standing::ties(verb) || does)
                || !self.told_elsewhere(other.entity) && !lexicon.is_person(other.entity);
            let mut at = self.chunks.end_at(other.at);
            // "Climbers tick routes they have climbed, with the date": the clause only says which.
            if matches!(self.sentence.word(at), "they" | "he" | "she" | "it")
                && let Some(said) = self.next_verb(other.at + 1)
            {
                at = self.chunks.end_at(said);
            }
            let start = at;
            while matches!(self.sentence.word(at), "," | "-" | "each" | "time" | "and" | "all" | "w/") {
                at += 1;
            }
            let end = self.clause_end(at);
            // "in order, with sets and repetitions"
            let ordered =
                self.sentence.word(at) == "in" && matches!(self.sentence.word(at + 1), "order" | "sequence");
            if ordered && matches!(self.sentence.word(at + 2), "," | "with") {
                at += 2 + usize::from(self.sentence.word(at + 2) == ",");
            }
            let word = self.sentence.word(at);
            let several = one.phrase.many || other.phrase.many;
            if let Some(item) = self.as_one_of(at, end).filter(|_| verb.passive || several) {
                return Found::of(one, other, vec![item], (start, end));
            }
            if let Some(item) = self.as_what(at, end).filter(|_| several) {
                return Found::of(one, other, vec![item], (start, end));
            }
            let shared = lexicon.is_shared(other.entity) || self.concepts.maintained.contains(other.entity);
            if !other.phrase.many && !shared {
                return None;
            }
            if let Some(item) = self.some_of_them(at, end) {
                return Found::of(one, other, vec![item], (start, end));
            }
            if let Some(item) = self.so_many(at, end).filter(|_| known || !own) {
                return Found::surely(one, other, vec![item], (start, end));
            }
            if !TAIL.contains(&word) || verb.lemma == "be" || own && !known {
                return None;
            }
            let found = self.items(at + 1, end);
            let of_pair = found.iter().all(tells_of_pair);
            let surely = telling(&found) == found.len() && (known || found.iter().any(tells_of_pair))
                || word == "with"
                    && (known && found.len() <= 2 || found.len() >= 2 && !tells_of_itself(&found));
            if found.is_empty() || !(of_pair || surely) || word == "by" && !of_pair {
                return None;
            }
            Found::of(one, other, found, (start, end))
        })
    }

    /// "as admin, editor or viewer": what somebody is to a thing is one of these.
    pub(super) fn as_one_of(&self, at: usize, end: usize) -> Option<Item> {
        if self.sentence.word(at) != "as" {
            return None;
        }
        let choice = (at + 1..end).any(|it| self.sentence.word(it) == "or");
        let values = values_of(self.sentence, at + 1, end).filter(|_| choice)?;
        Some(Item { name: "role".to_owned(), span: self.sentence.span_of(at, end), ..values })
    }

    /// "one as leader, the others as observers": what each of several is.
    pub(super) fn as_what(&self, at: usize, end: usize) -> Option<Item> {
        let counted = matches!(self.sentence.word(at), "one" | "two" | "some" | "others");
        let said = at + 1 + usize::from(self.sentence.word(at + 1) == "of") * 2;
        if !counted || self.sentence.word(said) != "as" {
            return None;
        }
        let others = (said..end).any(|at| matches!(self.sentence.word(at), "other" | "others" | "rest"));
        let words: Vec<&str> = (said + 1..end)
            .map(|it| self.sentence.word(it))
            .take_while(|it| !matches!(*it, "," | "and" | ";"))
            .filter(|it| !matches!(*it, "the" | "a" | "an" | "its" | "their"))
            .collect();
        let span = self.sentence.span_of(at, end);
        let name = if others { "role".to_owned() } else { format!("is_{}", words.join("_")) };
        (!words.is_empty() && words.len() <= 2).then(|| Item {
            name,
            boolean: !others,
            span,
            ..Item::default()
        })
    }

    /// "some hours a week", "for a number of hours per week".
    pub(super) fn so_many(&self, at: usize, end: usize) -> Option<Item> {
        let word = |it: usize| self.sentence.word(it);
        let mut from = at + usize::from(word(at) == "for");
        let counted = from;
        while matches!(
            word(from),
            "a" | "an"
                | "some"
                | "several"
                | "few"
                | "number"
                | "amount"
                | "certain"
                | "fixed"
                | "of"
                | "so"
                | "many"
        ) {
            from += 1;
        }
        let unit = word(from);
        let counts = from > counted
            && matches!(unit, "hours" | "minutes" | "days" | "lessons" | "percent" | "units" | "pieces");
        let per = matches!(word(from + 1), "a" | "per" | "each" | "every");
        let closes = if per { from + 3 } else { from + 1 };
        (counts && closes >= end).then(|| Item {
            name: if per { format!("{unit}_per_{}", word(from + 2)) } else { unit.to_owned() },
            span: self.sentence.span_of(at, end),
            ..Item::default()
        })
    }

    /// "some of them mandatory".
    pub(super) fn some_of_them(&self, at: usize, end: usize) -> Option<Item> {
        let word = |it: usize| self.sentence.word(at + it);
        let some = matches!(word(0), "some" | "several" | "one")
            && word(1) == "of"
            && matches!(word(2), "them" | "which");
        let what = word(3);
        (some && end == at + 4 && !what.is_empty()).then(|| Item {
            name: format!("is_{what}"),
            boolean: true,
            span: self.sentence.span_of(at, end),
            ..Item::default()
        })
    }

    /// "When a user takes a quiz, we save the score", "licences are installed on machines; we note the day".
    pub(super) fn noted_of_it(&self) -> Option<Found> {
        let [one, other] = self.mentions.as_slice() else { return None };
        let when = matches!(self.sentence.word(0), "when" | "whenever" | "once" | "if");
        let between = self.chunks.get(one.at + 1..other.at)?;
        let tied = between.iter().any(|it| it.verb().is_some_and(|it| !it.denied && !it.bare))
            && between.iter().all(|it| matches!(it.kind, ChunkKind::Verb(_) | ChunkKind::Prep(_)));
        let lexicon = lexicon();
        let happens = lexicon.happens(one.entity) || lexicon.happens(other.entity);
        if !tied
            || happens
            || !self.pairs(one, other)
            || !(other.phrase.many || when && lexicon.is_person(one.entity))
            || joined(self.reading, one.entity, other.entity).is_none() && !when && !one.phrase.many
        {
            return None;
        }
        let next = other.at + 1;
        let parted = matches!(self.chunks.kind_at(next), ChunkKind::Other | ChunkKind::And);
        let first = self.next_verb(next)?;
        let we = matches!(self.chunks.kind_at(first.checked_sub(1)?), ChunkKind::Pron(it) if it == "we");
        // "we want to know on which wall"
        let wants = matches!(self.chunks.verb_at(first)?.lemma.as_str(), "want" | "need" | "have" | "like");
        let at = if we && wants && self.chunks.verb_at(first + 1).is_some() { first + 1 } else { first };
        let verb = self.writes(at)?;
        if !verb.passive && !we {
            return None;
        }
        let (from, to) = self.written(at, verb, self.chunks.end_at(next));
        let said = self.sentence.words.clip(from..to.max(from));
        if !parted || said.iter().any(|it| matches!(it.token.word.as_str(), "each" | "every" | "of")) {
            return None;
        }
        let found = self.items(from, to);
        let asked = !found.is_empty() && found.iter().all(|it| it.counted) && wants;
        let telling =
            telling(&found) * 2 >= found.len() && found.iter().all(|it| last_word(&it.name) != "name");
        let surely = (telling || asked) && found.iter().all(|it| !self.stands(&it.name));
        surely.then(|| Found::surely(one, other, found, (from, to)))?
    }

    /// "Parts used on a job are booked with the quantity".
    pub(super) fn used_there(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [part, whole] = pair else { return None };
            let gap = self.chunks.get(part.at + 1..whole.at)?;
            let [used, prep] = gap else { return None };
            let used = used.verb().is_some_and(|it| it.bare || it.passive)
                && matches!(prep.kind, ChunkKind::Prep(_));
            let at = self.next_verb(whole.at + 1)?;
            let verb = self.chunks.verb_at(at)?;
            let told = self.writes(at).is_some() || verb.lemma == "book";
            if !used
                || !part.phrase.many
                || whole.phrase.many
                || !told
                || !verb.passive
                || !self.pairs(part, whole)
            {
                return None;
            }
            let with = (self.chunks.end_at(at)..self.sentence.words.len())
                .find(|it| matches!(self.sentence.word(*it), "with" | ":" | "by"))?;
            let end = self.clause_end(with);
            let found = self.items(with + 1, end);
            found.iter().any(tells_of_pair).then(|| Found::of(part, whole, found, (with, end)))?
        })
    }

    /// "How much of which item lies in which bin".
    pub(super) fn how_much_of_which(&self) -> Option<Found> {
        let how = (0..self.sentence.words.len()).find(|at| {
            self.sentence.word(*at) == "how"
                && matches!(self.sentence.word(at + 1), "much" | "many")
                && self.sentence.word(at + 2) == "of"
        })?;
        let which: Vec<&Mention> =
            self.mentions.iter().filter(|it| is_which(self.sentence, self.chunks, it.at)).collect();
        let [one, other] = which.as_slice() else { return None };
        let span = self.sentence.span_of(how, how + 2);
        let item = Item { name: "quantity".to_owned(), span, ..Item::default() };
        self.pairs(one, other).then(|| Found::of(one, other, vec![item], (how, how + 2)))?
    }
}

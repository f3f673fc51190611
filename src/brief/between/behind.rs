//! What is told behind two things that come together: "a recipe lists foods with the amount", "pilots fly on missions, one as
//! leader", "parts used on a job are booked with the quantity".

use super::{Found, Mention, Told};
use crate::base::{Clip, one_of};
use crate::brief::item_values::telling;
use crate::brief::items::Item;
use crate::brief::judged_verbs::judgement;
use crate::brief::lexicon::{last_word, lexicon};
use crate::brief::of_pairs::is_which;
use crate::brief::payload::{joined, tells_of_itself, tells_of_pair, values_of};
use crate::brief::phrases::{Chunk, ChunkKind, Chunked, Det};
use crate::brief::standing;
use crate::brief::tags::Tag;

/// Words that go on behind what two things do: "with the amount", "in a given order".
const TAIL: &str = "with at in on for having stating naming giving by";

impl Told<'_> {
    /// "A recipe lists foods with the amount", "pilots fly on missions, one as leader": what is said behind both.
    pub(super) fn behind_both(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [one, other] = pair else { return None };
            // "On each case lawyers work, at a rate"
            let led = self.fronted(one.at) && other.at == one.at + 1;
            let verb = self
                .chunks
                .get(one.at + 1..other.at)?
                .iter()
                .rev()
                .find_map(|it| it.verb().filter(|it| !it.denied))
                .or_else(|| self.chunks.get(..one.at)?.iter().rev().find_map(Chunk::verb))
                .or_else(|| self.chunks.verb_at(other.at + 1).filter(|_| led))?;
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
                && !self.sentence.says(self.chunks.end_at(other.at), "in")
                && !lexicon.making.contains(verb.lemma.as_str());
            let own = lexicon.happens(other.entity) && !(lexicon.is_person(one.entity) && one.phrase.many)
                || lexicon.happens(one.entity) && lexicon.is_person(other.entity)
                || !(standing::ties(verb) || does)
                || !self.told_elsewhere(other.entity) && !lexicon.is_person(other.entity);
            let mut at = self.chunks.end_at(other.at);
            if led && self.chunks.verb_at(other.at + 1).is_some() {
                at = self.chunks.end_at(other.at + 1);
            }
            // "Climbers tick routes they have climbed, with the date": the clause only says which.
            if self.sentence.says(at, "they he she it")
                && let Some(said) = self.next_verb(other.at + 1)
            {
                at = self.chunks.end_at(said);
            }
            let start = at;
            at = self.behind_place(other, at);
            let whole = self.clause_end(at);
            // "Couples enter tournaments in a class and are placed": how they did is kept with it.
            let judged = self.then_judged(other.at + 1, whole).filter(|_| standing::attends(&verb.lemma));
            while self.sentence.says(at, ", - each time and all w/") {
                at += 1;
            }
            let end = judged.as_ref().map_or_else(|| self.clause_end(at), |it| it.0);
            if let Some((_, item)) = judged.as_ref().filter(|it| it.0 <= at) {
                return Found::surely(one, other, vec![item.clone()], (start, whole));
            }
            // "in order, with sets and repetitions"
            let ordered = self.sentence.says(at, "in") && self.sentence.says(at + 1, "order sequence");
            if ordered && self.sentence.says(at + 2, ", with") {
                at += 2 + usize::from(self.sentence.says(at + 2, ","));
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
            if !(other.phrase.many || shared || known && one.phrase.det == Det::One) {
                return None;
            }
            if let Some(item) = self.some_of_them(at, end) {
                return Found::of(one, other, vec![item], (start, end));
            }
            if let Some(item) = self.so_many(at, end).filter(|_| known || !own) {
                return Found::surely(one, other, vec![item], (start, end));
            }
            if let Some(item) = self.in_an_order(at, end).filter(|_| known || !own) {
                return Found::surely(one, other, vec![item], (start, end));
            }
            if let Some(items) = self.only_after(at, end).filter(|_| known) {
                return Found::surely(one, other, items, (start, end));
            }
            let starts = self.starts(at, end);
            let is_tail = one_of(word, TAIL) || starts.is_some();
            if !is_tail || verb.lemma == "be" || own && !known {
                return None;
            }
            // "for a period (from, to), one of them as leader"
            let comma =
                (at + 1..end).find(|it| self.sentence.says(*it, ",") && self.as_what(it + 1, end).is_some());
            let from = starts.as_ref().map_or(at + 1, |it| it.0);
            let mut found = self.tail(from, comma.unwrap_or(end));
            found.splice(0..0, starts.map(|it| it.1));
            found.extend(comma.and_then(|it| self.as_what(it + 1, end)).filter(|_| several));
            let (end, counted) = judged.map_or((end, None), |it| (whole, Some(it.1)));
            found.extend(counted);
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
        if !self.sentence.says(at, "as") {
            return None;
        }
        let choice = (at + 1..end).any(|it| self.sentence.says(it, "or"));
        let values = values_of(self.sentence, at + 1, end).filter(|_| choice)?;
        Some(Item { name: "role".to_owned(), span: self.sentence.span_of(at, end), ..values })
    }

    /// "one as leader, the others as observers": what each of several is.
    pub(super) fn as_what(&self, at: usize, end: usize) -> Option<Item> {
        let counted = self.sentence.says(at, "one two some others");
        let said = at + 1 + usize::from(self.sentence.says(at + 1, "of")) * 2;
        if !counted || !self.sentence.says(said, "as") {
            return None;
        }
        let others = (said..end).any(|at| self.sentence.says(at, "other others rest"));
        let words: Vec<&str> = (said + 1..end)
            .map(|it| self.sentence.word(it))
            .take_while(|it| !one_of(it, ", and ;"))
            .filter(|it| !one_of(it, "the a an its their"))
            .collect();
        let span = self.sentence.span_of(at, end);
        let name = if others { "role".to_owned() } else { format!("is_{}", words.join("_")) };
        (!words.is_empty() && words.len() <= 2).then(|| Item { boolean: !others, ..Item::named(&name, span) })
    }

    /// The items of "a number of years at an annual rent": each preposition opens another.
    fn tail(&self, from: usize, to: usize) -> Vec<Item> {
        let opens = |at: &usize| {
            self.sentence.says(*at, "at for with under")
                && self.sentence.says(at + 1, "a an")
                && self.sentence.tag(at - 1) == Tag::Noun
        };
        let mut all = Vec::new();
        let mut at = from;
        while at < to {
            let end = (at + 1..to).find(opens).unwrap_or(to);
            all.extend(self.items(at, end));
            at = end + 1;
        }
        all
    }

    /// "plays at a festival on one of its stages, for a fee": a further place says nothing of what is kept.
    fn behind_place(&self, other: &Mention, at: usize) -> usize {
        let led = self.chunks.kind_at(other.at + 1).is_prep("on in at");
        let place = self.mentions.iter().find(|it| led && it.at == other.at + 2);
        let behind = place.map(|it| self.chunks.end_at(it.at));
        behind.filter(|it| self.sentence.says(*it, ",")).unwrap_or(at)
    }

    /// "starting at a certain time and for a fee": when it begins, and where the words behind that begin.
    fn starts(&self, at: usize, end: usize) -> Option<(usize, Item)> {
        let starts = self.sentence.says(at, "starting beginning") && self.sentence.says(at + 1, "at on");
        let named = self.chunks.iter().position(|it| it.from == at + 2).filter(|_| starts)?;
        let phrase = self.chunks.phrase_at(named).filter(|it| one_of(it.key.as_str(), "time date day"))?;
        let behind = self.chunks.end_at(named).min(end);
        let joins = usize::from(self.sentence.says(behind, ", and"));
        let name = if phrase.key == "time" { "start_time" } else { "start_date" };
        let item = Item::named(name, phrase.span);
        Some(((behind + joins).min(end), item))
    }

    /// "and are placed", behind a chunk: where it begins, and what is kept then.
    fn then_judged(&self, from: usize, end: usize) -> Option<(usize, Item)> {
        (from..self.chunks.len()).find_map(|at| {
            let start = self.chunks.start_at(at);
            let verb = self.chunks.verb_at(at + 1).filter(|it| it.passive && !it.denied)?;
            let name = judgement(&verb.lemma)?;
            let joins = self.sentence.says(start, "and") && start < end;
            let ends = self.chunks.end_at(at + 1) == end;
            let span = self.sentence.span_of(start, end);
            (joins && ends).then(|| (start, Item { nullable: true, ..Item::named(name, span) }))
        })
    }

    /// "whose order matters", "the order is kept".
    pub(super) fn in_an_order(&self, at: usize, end: usize) -> Option<Item> {
        let word = |it: usize| self.sentence.word(it);
        let order = one_of(word(at), "whose the") && one_of(word(at + 1), "order sequence");
        let counts = one_of(word(at + 2), "matters counts is");
        (order && counts && at + 2 < end).then(|| Item::named("position", self.sentence.span_of(at, end)))
    }

    /// "only after an instruction, whose date we keep": what is kept of that by which two things may come together.
    pub(super) fn only_after(&self, at: usize, end: usize) -> Option<Vec<Item>> {
        let at = at + usize::from(self.sentence.says(at, "but"));
        let at = at + usize::from(self.sentence.says(at, "only"));
        let leads = self.sentence.says(at, "after upon following with through");
        let named = self.chunks.iter().position(|it| it.from == at + 1)?;
        let phrase = self.chunks.phrase_at(named).filter(|it| it.det == Det::One && !it.many)?;
        let apart = self.concepts.entity(phrase).is_some_and(|it| self.told_elsewhere(it));
        let whose = (self.chunks.end_at(named)..end)
            .find(|it| self.sentence.says(*it, "whose"))
            .filter(|it| leads && !apart && *it <= self.chunks.end_at(named) + 1)?;
        let kept = (0..self.chunks.len())
            .find(|it| self.chunks.start_at(*it) > whose && self.writes(*it).is_some())?;
        let subject = kept.checked_sub(1).filter(|it| matches!(self.chunks.kind_at(*it), ChunkKind::Pron(_)));
        let mut found = self.items(whose + 1, self.chunks.start_at(subject.unwrap_or(kept)));
        for item in &mut found {
            item.name = format!("{}_{}", phrase.key, item.name);
        }
        (!found.is_empty()).then_some(found)
    }

    /// "A book is written by several writers; the order of the writers is recorded".
    pub(super) fn order_of_them(&self) -> Option<Found> {
        let named = |at: &usize| {
            self.chunks
                .phrase_at(*at)
                .is_some_and(|it| one_of(it.key.as_str(), "order sequence") && it.det == Det::The && !it.many)
                && self.chunks.kind_at(at + 1).is_prep("of")
        };
        let at = (0..self.chunks.len()).find(named)?;
        let of = self.mentions.iter().find(|it| it.at == at + 2 && it.phrase.many)?;
        let said = self.chunks.verb_at(at + 3)?;
        let kept = self.writes(at + 3).is_some_and(|it| it.passive);
        let counts = one_of(said.lemma.as_str(), "matter count") || said.lemma == "be";
        let here = self.mentions.iter().filter(|it| it.at < at && it.entity != of.entity);
        let last = self.last.as_ref().map(|it| if it.1 == of.entity { it.0.as_str() } else { it.1.as_str() });
        let other = here.map(|it| it.entity).next_back().or(last).filter(|_| kept || counts)?;
        joined(self.reading, other, of.entity)?;
        let span = self.sentence.span_of(self.chunks.start_at(at), self.chunks.end_at(at + 3));
        let item = Item::named("position", span);
        Some(Found::between(
            other,
            of.entity,
            vec![item],
            (self.chunks.start_at(at), self.chunks.end_at(at + 3)),
            of.phrase.span,
        ))
    }

    /// "some hours a week", "for a number of hours per week".
    pub(super) fn so_many(&self, at: usize, end: usize) -> Option<Item> {
        let word = |it: usize| self.sentence.word(it);
        let mut from = at + usize::from(word(at) == "for");
        let counted = from;
        while one_of(word(from), "a an some several few number amount certain fixed of so many") {
            from += 1;
        }
        let unit = word(from);
        let counts = from > counted && one_of(unit, "hours minutes days lessons percent units pieces");
        let per = one_of(word(from + 1), "a per each every");
        let closes = if per { from + 3 } else { from + 1 };
        let name = if per { format!("{unit}_per_{}", word(from + 2)) } else { unit.to_owned() };
        (counts && closes >= end).then(|| Item::named(&name, self.sentence.span_of(at, end)))
    }

    /// "some of them mandatory".
    pub(super) fn some_of_them(&self, at: usize, end: usize) -> Option<Item> {
        let word = |it: usize| self.sentence.word(at + it);
        let some = one_of(word(0), "some several one") && word(1) == "of" && one_of(word(2), "them which");
        let what = word(3);
        (some && end == at + 4 && !what.is_empty()).then(|| Item {
            boolean: true,
            ..Item::named(&format!("is_{what}"), self.sentence.span_of(at, end))
        })
    }

    /// "When a user takes a quiz, we save the score", "licences are installed on machines; we note the day".
    pub(super) fn noted_of_it(&self) -> Option<Found> {
        let [one, other] = self.mentions.as_slice() else { return None };
        let when = self.sentence.says(0, "when whenever once if");
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
        let we = self.chunks.kind_at(first.checked_sub(1)?).is_pron("we");
        // "we want to know on which wall"
        let wants = one_of(self.chunks.verb_at(first)?.lemma.as_str(), "want need have like");
        let at = if we && wants && self.chunks.verb_at(first + 1).is_some() { first + 1 } else { first };
        let verb = self.writes(at)?;
        if !verb.passive && !we {
            return None;
        }
        let (from, to) = self.written(at, verb, self.chunks.end_at(next));
        let said = self.sentence.words.clip(from..to.max(from));
        if !parted || said.iter().any(|it| one_of(it.token.word.as_str(), "each every of")) {
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
                .find(|it| self.sentence.says(*it, "with : by"))?;
            let end = self.clause_end(with);
            let found = self.items(with + 1, end);
            found.iter().any(tells_of_pair).then(|| Found::of(part, whole, found, (with, end)))?
        })
    }

    /// "How much of which item lies in which bin".
    pub(super) fn how_much_of_which(&self) -> Option<Found> {
        let how = (0..self.sentence.words.len()).find(|at| {
            self.sentence.says(*at, "how")
                && self.sentence.says(at + 1, "much many")
                && self.sentence.says(at + 2, "of")
        })?;
        let which: Vec<&Mention> =
            self.mentions.iter().filter(|it| is_which(self.sentence, self.chunks, it.at)).collect();
        let [one, other] = which.as_slice() else { return None };
        let span = self.sentence.span_of(how, how + 2);
        let item = Item::named("quantity", span);
        self.pairs(one, other).then(|| Found::of(one, other, vec![item], (how, how + 2)))?
    }
}

//! What is told of a pair in other words than "each … in a …": "in the job it is fixed, for each part, how many", "how many grams
//! of which", "on it the parts: pieces, price", "which parts were used for a job, in what quantity".

use super::{Found, Mention, Told};
use crate::base::one_of;
use crate::brief::item_values::telling;
use crate::brief::lexicon::lexicon;
use crate::brief::of_pairs::is_which;
use crate::brief::payload::{joined, tells_of_itself, tells_of_pair};
use crate::brief::phrases::{ChunkKind, Chunked, Det};

impl Told<'_> {
    /// "In the job it is fixed, for each part, how many pieces are taken and the price".
    pub(super) fn for_each_in_the(&self) -> Option<Found> {
        let inner = self.mentions.iter().find(|it| self.is_each(it))?;
        let outer = self.mentions.iter().find(|it| {
            it.at < inner.at && !it.phrase.many && it.phrase.det != Det::Bare && self.fronted(it.at)
        })?;
        if !self.told_elsewhere(inner.entity) || lexicon().happens(inner.entity) || !self.pairs(outer, inner)
        {
            return None;
        }
        let after = self.chunks.end_at(inner.at);
        let from = after + usize::from(self.sentence.says(after, ","));
        let to = self.clause_end(from);
        let written = self
            .next_verb(inner.at + 1)
            .and_then(|at| Some((at, self.writes(at).filter(|it| it.passive)?)))
            .map(|(at, verb)| self.written(at, verb, from));
        let (from, to) = written.unwrap_or((from, to));
        Found::of(outer, inner, self.items(from, to), (from, to))
    }

    /// "How many grams of which", "we must know the percent of each and since when": of what the sentence before brought
    /// together.
    pub(super) fn of_those(&self) -> Option<Found> {
        let (single, several) = self.last.as_ref()?;
        let others = |it: &Mention| it.entity != single && it.entity != several;
        let words = self.sentence.words.len();
        let word = |at: usize| self.sentence.word(at);
        let closes = |at: usize| {
            matches!(word(at), "" | "," | ";" | "." | "and" | "one" | "is" | "are" | "goes" | "went")
        };
        let of_each = (0..words).any(|at| {
            one_of(word(at), "of for") && (one_of(word(at + 1), "each which whom what") && closes(at + 2))
        });
        if !of_each || self.mentions.iter().any(others) {
            return None;
        }
        let at = (0..self.chunks.len()).find(|at| self.writes(*at).is_some_and(|it| !it.passive));
        let from = at.map_or(0, |at| self.chunks.end_at(at));
        let mut found = self.items(from, words);
        for item in &mut found {
            let name =
                ["_of_each_one", "_of_each", "_of_which"].iter().find_map(|it| item.name.strip_suffix(it));
            if let Some(name) = name {
                item.name = name.to_owned();
            }
        }
        found.retain(|it| it.name != *several && it.name != *single);
        let told = telling(&found) * 2 >= found.len() && !found.is_empty() && !tells_of_itself(&found);
        told.then(|| Found::between(single, several, found, (from, words), self.sentence.span))
    }

    /// "The place of the machine on that job is recorded", where both are known to be a pair.
    pub(super) fn of_the_pair(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [inner, outer] = pair else { return None };
            let [prep] = self.chunks.get(inner.at + 1..outer.at)? else { return None };
            let led = matches!(&prep.kind, ChunkKind::Prep(it) if it != "of");
            let before = inner.at.checked_sub(1)?;
            let of = self.chunks.kind_at(before).is_prep("of");
            let definite = inner.phrase.det == Det::The && outer.phrase.det == Det::The;
            joined(self.reading, inner.entity, outer.entity).filter(|_| led && of && definite)?;
            let at = self.next_verb(outer.at + 1)?;
            self.writes(at).filter(|it| it.passive)?;
            let words = (0, self.chunks.start_at(before));
            let behind = (self.chunks.end_at(at)..self.sentence.words.len())
                .find(|it| self.sentence.says(*it, "with"))
                .map(|it| self.items(it + 1, self.clause_end(it + 1)));
            let mut found = self.items(words.0, words.1);
            found.extend(behind.unwrap_or_default());
            Found::surely(inner, outer, found, (0, self.sentence.words.len()))
        })
    }

    /// "A note has a number, a date, and on it the parts: pieces loaded and the price".
    pub(super) fn on_it(&self) -> Option<Found> {
        let (part, before) = self.mentions.iter().find_map(|it| {
            let before = it.at.checked_sub(2)?;
            let it_is = self.chunks.kind_at(before + 1).is_pron("it");
            let led = matches!(self.chunks.kind_at(before), ChunkKind::Prep(_));
            let colon = self.sentence.says(self.chunks.end_at(it.at), ":");
            (it.phrase.many && it_is && led && colon).then_some((it, before))
        })?;
        let own = self.mentions.first().filter(|it| it.at < before && it.at == 0).map(|it| it.entity);
        let whole = own.or(self.topic).filter(|it| *it != part.entity)?;
        if !self.stands(part.entity) {
            return None;
        }
        let from = self.chunks.end_at(part.at) + 1;
        let to = self.clause_end(from);
        let items = self.items(from, to);
        let of_pairs = items.iter().any(tells_of_pair) && !tells_of_itself(&items);
        of_pairs.then(|| {
            Found::between(whole, part.entity, items, (self.chunks.start_at(before), to), part.phrase.span)
        })
    }

    /// "Which parts were used up for a job, in what quantity and at what cost".
    pub(super) fn which_were(&self) -> Option<Found> {
        let part =
            self.mentions.iter().find(|it| it.phrase.many && is_which(self.sentence, self.chunks, it.at))?;
        let governed = |it: &Mention| {
            it.at.checked_sub(1).is_some_and(|at| self.chunks.kind_at(at).is_prep("for on in at per"))
        };
        let whole = self.mentions.iter().find(|it| {
            it.entity != part.entity && !it.phrase.many && it.phrase.det != Det::Bare && governed(it)
        })?;
        if lexicon().happens(part.entity) || !self.pairs(whole, part) {
            return None;
        }
        let comma = (self.chunks.end_at(part.at)..self.sentence.words.len())
            .find(|it| self.sentence.says(*it, ", and :"))?;
        let to = self.clause_end(comma + 1);
        let found = self.items(comma + 1, to);
        found.iter().any(tells_of_pair).then(|| Found::of(whole, part, found, (comma, to)))?
    }

    /// "Not every part fits every machine: where it does, the interval is kept".
    pub(super) fn every_every(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [one, other] = pair else { return None };
            let verb =
                self.chunks.get(one.at + 1..other.at)?.iter().any(|it| it.verb().is_some_and(|it| !it.bare));
            if !verb || !self.is_each(one) || !self.is_each(other) || !self.pairs(one, other) {
                return None;
            }
            let words = self.sentence.words.len();
            let colon = (self.chunks.end_at(other.at)..words).find(|at| self.sentence.says(*at, ": ;"));
            let told = colon.and_then(|colon| {
                let first = (0..self.chunks.len()).find(|at| self.chunks.start_at(*at) > colon)?;
                (first..self.chunks.len()).find_map(|at| Some((at, self.writes(at)?)))
            });
            let list = told.map(|(at, verb)| {
                let comma =
                    (colon.unwrap_or(0)..self.chunks.start_at(at)).rfind(|it| self.sentence.says(*it, ","));
                self.written(at, verb, comma.or(colon).map_or(0, |it| it + 1))
            });
            let found = list.map(|it| self.items(it.0, it.1)).unwrap_or_default();
            Some(Found::between(
                one.entity,
                other.entity,
                found,
                list.unwrap_or((words, words)),
                one.phrase.span.cover(other.phrase.span),
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::between::tests::check_with;

    const THINGS: &str = "Machines have a serial number, a producer and a weight. A part has a part number, a unit price and a \
                          colour. A job has a number, a title and a due date. ";

    /// What joins the two keeps just these attributes.
    #[track_caller]
    fn check(text: &str, pair: (&str, &str), attributes: &[&str]) {
        check_with(THINGS, &format!("\n\n{text}"), pair, Some(attributes));
    }

    #[test]
    fn what_is_fixed_for_each_in_one_is_kept_of_the_pair() {
        check(
            "In the job it is fixed, for each part, how many pieces are taken.",
            ("job", "part"),
            &["number_of_pieces"],
        );
        let on_it = "A delivery note has a number, a date, and on it the parts: pieces loaded, pieces returned, and the price.";
        check(on_it, ("delivery_note", "part"), &["pieces_loaded", "pieces_returned", "price"]);
    }

    #[test]
    fn what_is_asked_of_each_is_kept_of_what_was_brought_together() {
        let which = "Special parts are mixed for a job. How many grams of which, front or back.";
        check(which, ("part", "job"), &["number_of_grams"]);
        let were =
            "It is possible to see for a job which parts were used up, in what quantity and at what cost.";
        check(were, ("part", "job"), &["quantity", "cost"]);
    }

    #[test]
    fn where_not_every_one_goes_with_every_other_they_are_a_pair() {
        let text = "Not every part fits every machine: where it does, the interval is stored in days.";
        check(text, ("part", "machine"), &["interval"]);
    }
}

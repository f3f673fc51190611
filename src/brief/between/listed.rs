//! What is told of a pair in lists and labels: "Order: customer, products with quantity", "Materials used per order: …".

use super::{Found, Told};
use crate::base::{one_of, plural};
use crate::brief::item_values::{telling, tells};
use crate::brief::items::{Item, items_of_tokens};
use crate::brief::lexicon::lexicon;
use crate::brief::payload::{tells_of_itself, tells_of_pair};
use crate::brief::phrases::{ChunkKind, Chunked, Det};

/// What people have of something, by number. Source: English nouns of shares.
const COUNTED: &str = "unit share point credit mile hour stake";

/// What people give that is no thing with rows. Source: English mass nouns.
const PLAIN: &str = "money cash time help support feedback blood advice";

impl Told<'_> {
    /// "Materials used per order: quantity, price".
    pub(super) fn used_per(&self) -> Option<Found> {
        let [part, whole, ..] = self.mentions.as_slice() else { return None };
        let gap = self.chunks.get(part.at + 1..whole.at)?;
        let used = gap.iter().all(|it| {
            matches!(&it.kind, ChunkKind::Prep(_)) || it.verb().is_some_and(|it| it.bare || it.passive)
        });
        let per = self.is_each(whole)
            || gap.iter().any(|it| it.verb().is_some())
                && gap.iter().any(|it| matches!(it.kind, ChunkKind::Prep(_)));
        let after = self.chunks.end_at(whole.at);
        let to = self.sentence.words.len();
        if part.at > 0
            || gap.is_empty()
            || !used
            || !per
            || whole.phrase.many
            || !self.sentence.says(after, ":")
            || !self.told_elsewhere(part.entity)
            || lexicon().happens(part.entity)
            || !self.pairs(part, whole)
        {
            return None;
        }
        let found = self.items(after + 1, to);
        if tells_of_itself(&found) {
            return None;
        }
        Found::of(part, whole, found, (after + 1, to))
    }

    /// "In the report for a building the recommended measures are listed with priority and saving".
    pub(super) fn listed_there(&self) -> Option<Found> {
        self.mentions.windows(2).find_map(|pair| {
            let [outer, inner] = pair else { return None };
            let prep = |at: usize| matches!(self.chunks.kind_at(at), ChunkKind::Prep(_));
            let led = match outer.at {
                1 => prep(0),
                3 => prep(0) && self.chunks.phrase_at(1).is_some() && prep(2),
                _ => false,
            };
            let verb = self.chunks.verb_at(inner.at + 1)?;
            let writes = self.writes(inner.at + 1).is_some() || verb.lemma == "list";
            let end = self.chunks.end_at(inner.at + 1);
            if !led
                || outer.phrase.many
                || !inner.phrase.many
                || inner.at != outer.at + 1
                || !verb.passive
                || !writes
                || !self.sentence.says(end, "with")
                || !self.pairs(outer, inner)
                || !self.told_elsewhere(inner.entity)
            {
                return None;
            }
            let to = self.clause_end(end);
            let found = self.items(end + 1, to);
            let of_pair = found.iter().any(tells_of_pair) && !tells_of_itself(&found);
            of_pair.then(|| Found::of(outer, inner, found, (0, to)))?
        })
    }

    /// "Farmers rent machines: start, end, hours": what somebody does to things that are told of elsewhere.
    pub(super) fn done_listed(&self) -> Option<Found> {
        let [one, other] = self.mentions.as_slice() else { return None };
        let verb = self.chunks.verb_at(one.at + 1).filter(|it| !it.denied && !it.passive && !it.bare)?;
        let (lemma, colon) = (verb.lemma.as_str(), self.chunks.end_at(other.at));
        let makes = lexicon().have.contains(lemma)
            || lexicon().making.contains(lemma) && !lexicon().events.contains_key(lemma)
            || lemma == "be";
        if one.at > 0
            || other.at != one.at + 2
            || makes
            || !self.sentence.says(colon, ":")
            || !lexicon().is_person(one.entity)
            || !other.phrase.many
            || lexicon().happens(other.entity)
            || !self.told_elsewhere(other.entity)
            || !self.pairs(one, other)
        {
            return None;
        }
        let to = self.clause_end(colon + 1);
        let found = self.items(colon + 1, to);
        let telling = found.iter().all(|it| tells(it) || tells_of_pair(it)) && !tells_of_itself(&found);
        telling.then(|| Found::surely(one, other, found, (colon, to)))?
    }

    /// "An investor holds units in one or more funds": how many, which makes no things of the units.
    pub(super) fn holds_so_many(&self) -> Option<Found> {
        self.mentions.iter().find_map(|one| {
            let verb = self.chunks.verb_at(one.at + 1).filter(|it| !it.denied && !it.passive && !it.bare)?;
            let so_many = self.chunks.phrase_at(one.at + 2).filter(|it| it.many)?;
            let other = self.mentions.iter().find(|it| it.at == one.at + 4)?;
            let led = self.chunks.kind_at(one.at + 3).is_prep("in of on");
            if !led
                || !lexicon().have.contains(verb.lemma.as_str())
                || !one_of(so_many.key.as_str(), COUNTED)
                || self
                    .reading
                    .entities
                    .iter()
                    .any(|it| it.name == so_many.key && self.concepts.standing.contains(&it.name))
                || !self.pairs(one, other)
            {
                return None;
            }
            let item = Item {
                counted: true,
                determined: true,
                ..Item::named(&format!("number_of_{}", plural(&so_many.key)), so_many.span)
            };
            let words = (self.chunks.start_at(one.at + 1), self.chunks.end_at(other.at));
            let found = Found::surely(one, other, vec![item], words)?;
            Some(Found { plain: Some(so_many.key.clone()), ..found })
        })
    }

    /// "Donors give money to campaigns: amount, date": what is given says nothing that its list does not.
    pub(super) fn given(&self) -> Option<Found> {
        self.mentions.iter().find_map(|one| {
            let verb = self.chunks.verb_at(one.at + 1).filter(|it| !it.denied && !it.passive)?;
            let plain = self.chunks.phrase_at(one.at + 2).filter(|it| one_of(it.key.as_str(), PLAIN))?;
            let other = self.mentions.iter().find(|it| it.at == one.at + 4)?;
            let led = matches!(self.chunks.kind_at(one.at + 3), ChunkKind::Prep(_));
            let colon = self.chunks.end_at(other.at);
            if !led || verb.bare || plain.owned || !self.sentence.says(colon, ":") || !self.pairs(one, other)
            {
                return None;
            }
            let to = self.clause_end(colon + 1);
            Found::of(one, other, self.items(colon + 1, to), (self.chunks.start_at(one.at + 1), to))
        })
    }

    /// "For each child there is a list of adults allowed to collect it, with how they are related".
    pub(super) fn list_for_each(&self) -> Option<Found> {
        let list = (0..self.chunks.len()).find(|at| {
            self.chunks.phrase_at(*at).is_some_and(|it| it.key == "list" && it.det == Det::One)
                && self.chunks.kind_at(at + 1).is_prep("of")
        })?;
        let inner = self.mentions.iter().find(|it| it.at == list + 2 && it.phrase.many)?;
        let outer =
            self.mentions.iter().rfind(|it| it.at < list && self.is_each(it) && self.fronted(it.at))?;
        let with = (self.chunks.end_at(inner.at)..self.sentence.words.len())
            .find(|at| self.sentence.says(*at, "with"))
            .filter(|_| self.pairs(outer, inner) && self.told_elsewhere(inner.entity))?;
        let to = self.clause_end(with);
        let related = ["how", "they", "are", "related"];
        let found = if (with + 1..to).map(|at| self.sentence.word(at)).eq(related) {
            let span = self.sentence.span_of(with + 1, to);
            vec![Item::named("how_related", span)]
        } else {
            self.items(with + 1, to)
        };
        if tells_of_itself(&found) {
            return None;
        }
        Found::surely(outer, inner, found, (self.chunks.start_at(list), to))
    }

    /// "Speakers at a conference get a fee", "lawyers on a case have a rate".
    pub(super) fn there_gets(&self) -> Option<Found> {
        let [part, whole, ..] = self.mentions.as_slice() else { return None };
        let [prep] = self.chunks.get(part.at + 1..whole.at)? else { return None };
        let led = prep.kind.is_prep("at on in for");
        let verb = self.chunks.verb_at(whole.at + 1)?;
        let gets = !verb.passive
            && (one_of(verb.lemma.as_str(), "get receive") || lexicon().have.contains(verb.lemma.as_str()));
        if part.at > 0
            || !led
            || !gets
            || whole.phrase.many
            || !self.told_elsewhere(part.entity)
            || !self.pairs(part, whole)
        {
            return None;
        }
        self.said_behind(whole, part, whole)
    }

    /// "Order: customer, day, products with quantity and price", "a project has members (role, hours)".
    pub(super) fn with_in_list(&self) -> Option<Found> {
        let owner = match (self.mentions.first(), &self.topic) {
            (Some(first), _) if first.at == 0 && !first.phrase.owned => first.entity,
            (_, Some(topic)) => topic,
            _ => return None,
        };
        self.mentions.iter().find_map(|part| {
            let after = self.chunks.end_at(part.at);
            let listed = part.at > 0
                && (matches!(self.chunks.kind_at(part.at - 1), ChunkKind::And | ChunkKind::Other)
                    || self
                        .chunks
                        .verb_at(part.at - 1)
                        .is_some_and(|it| lexicon().have.contains(it.lemma.as_str())));
            if !part.phrase.many
                || part.entity == owner
                || !listed
                || !self.told_elsewhere(part.entity)
                || lexicon().happens(part.entity)
                || !self.stands(owner)
            {
                return None;
            }
            let paren = self
                .sentence
                .parens
                .iter()
                .find(|it| it.after == after)
                .map(|it| items_of_tokens(&it.tokens));
            let (found, words) = match paren {
                Some(found) => (found, (after.saturating_sub(1), after)),
                None => {
                    let with = self.sentence.says(after, "with incl including plus");
                    let to = self.clause_end(after);
                    (if with { self.items(after + 1, to) } else { Vec::new() }, (after, to))
                }
            };
            let of_pair = found.iter().any(tells_of_pair)
                && telling(&found) * 2 >= found.len()
                && !tells_of_itself(&found);
            (!found.is_empty() && of_pair)
                .then(|| Found::between(owner, part.entity, found, words, part.phrase.span))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::between::tests::check;

    #[test]
    fn what_is_listed_with_each_is_kept_of_the_pair() {
        let pair = ("machine", "part");
        check(
            "In the report for a machine the used parts are listed with priority and saving.",
            pair,
            Some(&["priority", "saving"]),
        );
        check("In a machine the parts are listed with name and code.", pair, None);
        check(
            "For each machine there is a list of operators who may run it, with the level.",
            ("machine", "operator"),
            Some(&["level"]),
        );
    }
}

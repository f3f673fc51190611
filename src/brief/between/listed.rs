//! What is told of a pair in lists and labels: "Order: customer, products with quantity", "Materials used per order: …".

use super::{Found, Told};
use crate::brief::item_values::telling;
use crate::brief::items::items_of_tokens;
use crate::brief::lexicon::lexicon;
use crate::brief::payload::{tells_of_itself, tells_of_pair};
use crate::brief::phrases::{ChunkKind, Chunked};

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
            || self.sentence.word(after) != ":"
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

    /// "Speakers at a conference get a fee", "lawyers on a case have a rate".
    pub(super) fn there_gets(&self) -> Option<Found> {
        let [part, whole, ..] = self.mentions.as_slice() else { return None };
        let [prep] = self.chunks.get(part.at + 1..whole.at)? else { return None };
        let led =
            matches!(&prep.kind, ChunkKind::Prep(it) if matches!(it.as_str(), "at" | "on" | "in" | "for"));
        let verb = self.chunks.verb_at(whole.at + 1)?;
        let gets = !verb.passive
            && (matches!(verb.lemma.as_str(), "get" | "receive")
                || lexicon().have.contains(verb.lemma.as_str()));
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
                    let with = matches!(self.sentence.word(after), "with" | "incl" | "including" | "plus");
                    let to = self.clause_end(after);
                    (if with { self.items(after + 1, to) } else { Vec::new() }, (after, to))
                }
            };
            let of_pair = found.iter().any(tells_of_pair)
                && telling(&found) * 2 >= found.len()
                && !tells_of_itself(&found);
            (!found.is_empty() && of_pair).then(|| Found {
                left: owner.to_owned(),
                right: part.entity.to_owned(),
                span: part.phrase.span,
                items: found,
                words,
                occasion: None,
            })
        })
    }
}

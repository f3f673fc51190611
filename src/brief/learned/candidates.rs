//! Which mentions of things a place may have to do with: the nearest before it, what follows in its block, what its headings
//! and the items above it name, and what opens its block; each with how the two stand to each other.

use super::signs::{Chunking, Signs, bucket};
use super::weights::RELATIVE;
use crate::base::{Clip as _, SortedMap};
use crate::brief::blocks::Block;
use crate::brief::tokens::Kind;

/// How far back a mention is looked for.
const BEFORE: usize = 220;

/// How far on.
const BEHIND: usize = 25;

/// Limits of distance.
const DISTANCES: [usize; 10] = [1, 2, 3, 5, 8, 12, 20, 35, 60, 120];

/// A place where a thing is named.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The word.
    pub at: usize,
    /// Which thing.
    pub thing: usize,
}

/// A mention that a place may have to do with, and how they stand to each other: a row for each table of the network.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Which of the mentions.
    pub mention: usize,
    /// How they stand to each other.
    pub relative: [usize; RELATIVE.len()],
}

/// How many mentions are looked at.
#[derive(Clone, Copy)]
pub struct Reach {
    /// Before the place, each of another thing.
    pub before: usize,
    /// Behind it, in its block.
    pub behind: usize,
}

/// What is asked of a text again and again.
pub struct Places<'a> {
    signs: &'a Signs,
    blocks: &'a [Block],
    /// In order of place.
    pub named: &'a [Named],
    /// Where properties stand, in order.
    properties: &'a [usize],
    by_block: SortedMap<usize, Vec<usize>>,
    /// How many colons stand before each word, and how many verb groups begin.
    counts: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    /// Counts once what stands before each word.
    pub fn new(signs: &'a Signs, blocks: &'a [Block], named: &'a [Named], properties: &'a [usize]) -> Self {
        let mut by_block: SortedMap<usize, Vec<usize>> = SortedMap::new();
        for (nth, it) in named.iter().enumerate() {
            if let Some(sign) = signs.all.get(it.at) {
                by_block.or_default(sign.block).push(nth);
            }
        }
        let mut counts = vec![(0, 0)];
        let (mut colons, mut verbs) = (0, 0);
        for sign in &signs.all {
            colons += usize::from(sign.kind == Kind::Sign && sign.word == ":");
            verbs += usize::from(matches!(sign.chunk, (Chunking::Verb | Chunking::Passive, true)));
            counts.push((colons, verbs));
        }
        Self { signs, blocks, named, properties, by_block, counts }
    }

    /// The mentions that the place at `at` may have to do with, in order; `own` is the place's own mention. `shares` tells
    /// whether the place's word is a part of a thing's name.
    pub fn around(
        &self,
        at: usize,
        own: Option<usize>,
        reach: Reach,
        shares: impl Fn(usize) -> bool,
    ) -> Vec<Found> {
        let Some(sign) = self.signs.all.get(at) else { return Vec::new() };
        let next = self.named.partition_point(|it| it.at < at);
        // How many headings, and how many items, stand between.
        let mut found: SortedMap<usize, (usize, usize)> = SortedMap::new();
        let mut seen: Vec<usize> = Vec::new();
        for (nth, it) in self.named.clip(..next).iter().enumerate().rev() {
            if seen.len() >= reach.before || at - it.at >= BEFORE {
                break;
            }
            if !seen.contains(&it.thing) {
                seen.push(it.thing);
                found.insert(nth, (0, 0));
            }
        }
        seen.clear();
        for (nth, it) in self.named.iter().enumerate().skip(next) {
            let near =
                it.at - at < BEHIND && self.signs.all.get(it.at).is_some_and(|it| it.block == sign.block);
            if seen.len() >= reach.behind || !near {
                break;
            }
            if Some(nth) != own && it.at != at && !seen.contains(&it.thing) {
                seen.push(it.thing);
                found.insert(nth, (0, 0));
            }
        }
        let in_block = |block: &usize| self.by_block.get(block).map_or(&[][..], Vec::as_slice);
        for (level, heading) in self.above(sign.block, |it| it.heading, 3).iter().enumerate() {
            let all = in_block(heading);
            for nth in all.clip(all.len().saturating_sub(2)..).iter().filter(|it| Some(**it) != own) {
                found.or_default(*nth).0 = level + 1;
            }
        }
        for (level, item) in self.above(sign.block, |it| it.parent, 3).iter().enumerate() {
            let all = in_block(item);
            let last = all.clip(all.len().saturating_sub(2)..);
            for nth in all.iter().take(1).chain(last).filter(|it| Some(**it) != own) {
                found.or_default(*nth).1 = level + 1;
            }
        }
        let opens = in_block(&sign.block).iter().find(|it| Some(**it) != own);
        if let Some(nth) = opens.filter(|it| self.named.get(**it).is_some_and(|it| it.at < at)) {
            found.or_default(*nth);
        }
        let relative = |(nth, levels): (usize, (usize, usize))| {
            let named = self.named.get(nth)?;
            let relative = self.relative(at, nth, *named, next, levels, shares(named.thing))?;
            Some(Found { mention: nth, relative })
        };
        found.into_iter().filter_map(relative).collect()
    }

    /// The blocks above one, the nearest first, that have words.
    fn above(&self, block: usize, next: impl Fn(&Block) -> Option<usize>, most: usize) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        let mut at = self.blocks.get(block).and_then(&next);
        while let Some(it) = at.filter(|it| out.len() < most && self.signs.blocks.contains_key(it)) {
            if out.contains(&it) {
                break;
            }
            out.push(it);
            at = self.blocks.get(it).and_then(&next);
        }
        out
    }

    fn relative(
        &self,
        at: usize,
        nth: usize,
        named: Named,
        next: usize,
        (headings, items): (usize, usize),
        shares: bool,
    ) -> Option<[usize; RELATIVE.len()]> {
        let (sign, other) = (self.signs.all.get(at)?, self.signs.all.get(named.at)?);
        let (low, high) = (at.min(named.at), at.max(named.at));
        let between = self.counts.get(low + 1).zip(self.counts.get(high));
        let (colons, verbs) =
            between.map_or((0, 0), |(from, to)| (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1)));
        let step = |here: usize, there: usize| match here as isize - there as isize {
            it @ 0..=2 => it as usize,
            3..=5 => 3,
            6.. => 4,
            _ => 5,
        };
        let things = if nth < next { next - nth - 1 } else { nth - next };
        let first = self.properties.partition_point(|it| *it <= low);
        let last = self.properties.partition_point(|it| *it < high);
        let same = sign.block == other.block;
        Some([
            bucket(high - low, &DISTANCES) * 2 + usize::from(named.at >= at),
            step(sign.clause, other.clause),
            step(sign.block, other.block),
            things.min(5),
            bucket(first.abs_diff(last), &[0, 1, 2, 4, 8]),
            headings.min(3),
            items.min(3),
            usize::from(colons > 0) + 2 * usize::from(sign.paren > other.paren),
            verbs.min(3),
            2 * usize::from(same && sign.cell == other.cell)
                + usize::from(same && other.cell == 0 && sign.cell > 0),
            usize::from(shares),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::blocks::blocks;
    use crate::brief::markup::Markup;

    /// What a word of a text may have to do with, each with its distance.
    fn around(text: &str, word: &str, things: &[&str]) -> Vec<(String, isize)> {
        let markup = Markup::read(text);
        let blocks = blocks(text, &markup);
        let mut sentences = crate::brief::sentences::sentences(text, &blocks, &markup);
        crate::brief::tags::tag(&mut sentences);
        let signs = Signs::read(text, &markup, &blocks, &sentences);
        let is_thing =
            |it: &&crate::brief::learned::signs::Mention| things.contains(&signs.keys.word(it.key));
        let named: Vec<Named> =
            signs.mentions.iter().filter(is_thing).map(|it| Named { at: it.head, thing: it.key }).collect();
        let at = signs.all.iter().position(|it| it.word == word).expect("the word");
        let places = Places::new(&signs, &blocks, &named, &[]);
        let found = places.around(at, None, Reach { before: 2, behind: 1 }, |_| false);
        let told = |it: &Found| {
            let there = named[it.mention].at;
            (signs.all[there].word.clone(), there as isize - at as isize)
        };
        found.iter().map(told).collect()
    }

    #[test]
    fn the_nearest_mention_of_each_thing_and_what_opens_the_block_are_looked_at() {
        let text = "A tower has a lamp. A lamp of the tower has a wattage and a keeper.";
        let found = around(text, "wattage", &["tower", "lamp", "keeper"]);
        let words: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(words, ["tower", "lamp", "tower", "keeper"], "{found:?}");
        assert!(found.is_sorted_by_key(|it| it.1) && found[2].1 < 0 && found[3].1 > 0, "{found:?}");
    }

    #[test]
    fn headings_and_the_items_above_are_looked_at_however_far() {
        let text = "## Towers\n\nHere is what we know of keepers and lamps:\n\n- lamps\n  - wattage\n";
        let found = around(text, "wattage", &["tower", "keeper", "lamp"]);
        let words: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
        assert!(words.contains(&"towers") && words.contains(&"lamps"), "{found:?}");
    }
}

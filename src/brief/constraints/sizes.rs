//! How many of something are expected, where a sentence anywhere says it: "we expect 500 gardeners".

use std::collections::BTreeSet;

use super::{Sentence, leaves_out, sentences};
use crate::base;
use crate::brief::blocks::{Block, BlockKind, Role};
use crate::brief::reading::Reading;

/// Words of a sentence that tells how much there will be.
const EXPECTING: &[&str] = &[
    "expect",
    "expects",
    "expected",
    "expecting",
    "anticipate",
    "anticipates",
    "anticipated",
    "forecast",
    "projected",
    "estimate",
    "estimated",
    "grow",
    "grows",
    "scale",
    "scales",
];

/// What one does with what is counted, after "we".
const HAVING: &[&str] = &["have", "serve", "host", "manage", "run", "handle", "keep"];

/// Words behind what is counted that make it a rate or a share: "a month", "per organization", "20 users each".
const RATES: &[&str] = &["per", "a", "an", "each", "every", "daily", "weekly", "monthly", "yearly"];

/// Notes how many of an entity there will be; what a section about sizes says stands. Linear.
pub fn read(reading: &mut Reading, text: &str, blocks: &[Block]) {
    let entities: BTreeSet<String> = reading.entities.iter().map(|it| it.name.clone()).collect();
    for block in blocks.iter().filter(|it| it.role != Role::Out && it.kind != BlockKind::Code) {
        for words in sentences(text, block.span).iter().filter(|it| !leaves_out(it)) {
            let it = Sentence { words };
            let we = it.find(&["we"]).is_some_and(|at| (1..3).any(|by| HAVING.contains(&it.word(at + by))));
            if !we && !it.says(EXPECTING) {
                continue;
            }
            for (entity, count) in counted(&it, &entities) {
                reading.load.entry(entity).or_insert(count);
            }
        }
    }
}

/// Numbers with the entities behind them.
fn counted(it: &Sentence<'_>, entities: &BTreeSet<String>) -> Vec<(String, u64)> {
    /// So many words may stand between a number and the end of what it counts.
    const MOST: usize = 3;
    let mut out = Vec::new();
    for at in 0..it.words.len() {
        let Some(digits) = whole(it.word(at)) else { continue };
        let (times, from) = match it.word(at + 1) {
            "thousand" => (1_000, at + 2),
            "million" => (1_000_000, at + 2),
            _ => (1, at + 1),
        };
        let named = |to: usize| {
            let words: Vec<String> = (from..to).map(|at| base::singular(it.word(at))).collect();
            let whole = Some(words.join("_")).filter(|it| entities.contains(it));
            whole.or_else(|| words.last().filter(|it| entities.contains(*it)).cloned())
        };
        let found = (from + 1..=from + MOST).find_map(|to| Some((named(to)?, to)));
        if let Some((entity, to)) = found
            && !RATES.contains(&it.word(to))
        {
            out.push((entity, digits.saturating_mul(times)));
        }
    }
    out
}

/// `10,000` or `10k` as a number.
fn whole(word: &str) -> Option<u64> {
    let (digits, times) = match word.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => (word, 1),
    };
    digits.replace(',', "").parse::<u64>().ok()?.checked_mul(times)
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &[(&str, u64)]) {
        let garden = "A gardener has a name. A garden plot has a number and belongs to a gardener.";
        let reading = crate::brief::read(&format!("{garden}\n\n{text}"));
        let found: Vec<(&str, u64)> = reading.load.iter().map(|(of, count)| (of.as_str(), *count)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_expected_is_counted_wherever_it_is_said() {
        check("We expect 500 gardeners.", &[("gardener", 500)]);
        check(
            "About 10,000 gardeners and 2k garden plots are expected.",
            &[("garden_plot", 2000), ("gardener", 10_000)],
        );
        check("Today we have 2 million gardeners.", &[("gardener", 2_000_000)]);
    }

    #[test]
    fn rates_and_shares_and_limits_are_no_sizes() {
        check("We expect 500 gardeners a month.", &[]);
        check("We expect 20 gardeners per season.", &[]);
        check("A gardener may have at most 3 garden plots.", &[]);
    }
}

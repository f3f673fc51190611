//! How many of something are expected, where a sentence anywhere says it: "we expect 500 gardeners", "20 users per organization".

use super::{Said, Sentence, Word};
use crate::base::{self, Clip, Gather, SortedMap, SortedSet, Span, one_of};
use crate::brief::blocks::Role;
use crate::brief::reading::{Reading, Size};

/// Words of a sentence that tells how much there will be.
const EXPECTING: &str = "expect expects expected expecting anticipate anticipates anticipated forecast projected estimate estimated \
    grow grows scale scales";

/// What one does with what is counted, after "we".
const HAVING: &str = "have serve host manage run handle keep";

/// Words behind what is counted that make it a rate or a share: "a month", "per organization", "20 users each". What follows and is a
/// thing of the domain is what there are so many for.
const RATES: &str = "per a an each every daily weekly monthly yearly";

/// So many words may stand between a number and the end of what it counts.
const MOST: usize = 3;

/// Words behind what is counted that lead to what there are so many for.
const SHARES: &str = "per a an each every";

/// What is no thing that there could be so many for.
const TIMES: &str = "second minute hour day night week month quarter season year";

/// Notes how many of an entity there will be, in all or for each of another; what a section about sizes says in all stands, and
/// what comes in a month is none. Linear.
pub fn read(reading: &mut Reading, said: &[Said]) {
    let entities: SortedSet<String> = reading.entities.iter().map(|it| it.name.clone()).gather();
    for Said { words, role } in said {
        let it = Sentence::new(words);
        let we = it.find("we").is_some_and(|at| (1..3).any(|by| one_of(it.word(at + by), HAVING)));
        let tells = we || *role == Role::Scale || it.says(EXPECTING);
        for Counted { entity, size, is_rate } in counted(&it, &entities, &reading.load) {
            // What is known of this very number is told here with the words behind it.
            let at = size.evidence.first().map(|it| it.start);
            let known = reading.load.len();
            reading.load.retain(|_, it| it.evidence.first().map(|it| it.start) != at);
            if !is_rate && (tells || reading.load.len() < known) {
                reading.load.or_insert(entity, size);
            }
        }
    }
}

/// A number with the entity behind it.
struct Counted {
    entity: String,
    size: Size,
    /// So many come in a time, or are shared out among something that is no entity.
    is_rate: bool,
}

/// Numbers with the entities behind them; `known` tells of some that go by another name here.
fn counted(it: &Sentence<'_>, entities: &SortedSet<String>, known: &SortedMap<String, Size>) -> Vec<Counted> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < it.words.len() {
        let first = at;
        let Some((number, end)) = number(it, at) else {
            at += 1;
            continue;
        };
        at = end;
        let starts = |span: &&Span| span.start == it.span(first, first).start;
        let by_place = || {
            let (of, span) =
                known.iter().find_map(|(of, size)| Some((of, size.evidence.iter().find(starts)?)))?;
            let to = it.words.iter().position(|it| it.span.start >= span.end).unwrap_or(it.words.len());
            Some((of.clone(), to))
        };
        let wholly = entity(it, end, entities, true).or_else(by_place);
        let Some((named, to)) = wholly.or_else(|| entity(it, end, entities, false)) else { continue };
        let share = to + usize::from(it.word(to) == "for");
        // "130,000 sales/day" is a rate in one word.
        let is_shared = one_of(it.word(share), RATES) || it.word(to - 1).contains('/');
        let leads = one_of(it.word(share), SHARES) && !one_of(it.word(share + 1), TIMES);
        let of = |wholly| entity(it, share + 1, entities, wholly);
        let per = of(true).or_else(|| of(false)).filter(|_| leads);
        let last = per.as_ref().map_or(to, |it| it.1) - 1;
        let per = per.map(|it| it.0).filter(|it| *it != named);
        let is_rate = is_shared && per.is_none();
        let size = Size { count: number, per, evidence: vec![it.span(first, last)] };
        out.push(Counted { entity: named, size, is_rate });
    }
    out
}

/// The entity that the words from here on name, and where its name ends: wholly, the longest name first, since a garden plot is no
/// garden; else by its last word, as 500 active users are users.
fn entity(
    it: &Sentence<'_>,
    from: usize,
    entities: &SortedSet<String>,
    wholly: bool,
) -> Option<(String, usize)> {
    let ends = |it: &&Word| one_of(it.text.as_str(), RATES) || whole(&it.text).is_some();
    let most = it.words.clip(from..).iter().take(MOST);
    let words: Vec<String> = most.take_while(|it| !ends(it)).map(|it| base::singular(&it.text)).collect();
    let named = |count: usize| {
        let words = words.clip(..count);
        let name = if wholly { words.join("_") } else { words.last()?.clone() };
        Some((name, from + count)).filter(|it| entities.contains(&it.0))
    };
    if wholly { (1..=words.len()).rev().find_map(named) } else { (1..=words.len()).find_map(named) }
}

/// A number that begins here, and where it ends: `10,000`, `10k`, `10 000` in two words, `2 million`.
fn number(it: &Sentence<'_>, at: usize) -> Option<(u64, usize)> {
    let is_group = |word: &str| word.len() == 3 && word.bytes().all(|it| it.is_ascii_digit());
    let (mut number, mut next) = (whole(it.word(at))?, at + 1);
    while it.word(at).len() <= 3 && is_group(it.word(next)) {
        number = number.checked_mul(1_000)?.checked_add(whole(it.word(next))?)?;
        next += 1;
    }
    let times = match it.word(next) {
        "thousand" => 1_000,
        "million" => 1_000_000,
        _ => return Some((number, next)),
    };
    Some((number.checked_mul(times)?, next + 1))
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
    use crate::brief::reading::Size;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, u64)]) {
        let garden = "A gardener has a name. A garden plot has a number and belongs to a gardener.";
        let reading = crate::brief::read(&format!("{garden}\n\n{text}"));
        let told = |(of, size): (&String, &Size)| {
            let name = size.per.as_ref().map_or_else(|| of.clone(), |it| format!("{of} per {it}"));
            (name, size.count)
        };
        let found: Vec<(String, u64)> = reading.load.iter().map(told).collect();
        let expected: Vec<(String, u64)> = expected.iter().map(|it| (it.0.to_owned(), it.1)).collect();
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
        check("Scale: 4 800 gardeners, 130 000 visits/day", &[("gardener", 4800)]);
        check("We have 30 000 gardeners and garden plots.", &[("gardener", 30_000)]);
    }

    #[test]
    fn so_many_of_a_thing_for_each_of_another() {
        let told = [("garden_plot per gardener", 3), ("gardener", 500)];
        check("We expect 500 gardeners and 3 garden plots per gardener.", &told);
        check("## Scale\n\n- 500 gardeners\n- 3 garden plots for each gardener", &told);
        check("Size: 500 gardeners, 3 plots each gardener.", &told);
    }

    #[test]
    fn rates_and_shares_and_limits_are_no_sizes() {
        check("We expect 500 gardeners a month.", &[]);
        check("## Scale\n\n- 500 gardeners a month\n- 40 garden plots", &[("garden_plot", 40)]);
        check("We expect 20 gardeners per season.", &[]);
        check("A gardener may have at most 3 garden plots.", &[]);
    }
}

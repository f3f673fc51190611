//! Rows inside a list that are one item or none: choices joined by "or", and examples.

use super::items::{Item, piece_end};
use super::lexicon::lexicon;
use super::sentences::Sentence;
use super::tags::Tag;
use super::value_sets;
use crate::base::{Clip, one_of};

/// Words of a clause that makes the item behind it optional.
pub const APPLIES: &str = "applies applicable needed known given exists available any present possible";

/// Nouns that only gather what follows them. Source: English nouns of collection.
pub const COLLECTIONS: &[&str] =
    &["sequence", "series", "set", "collection", "list", "chain", "range", "variety", "row", "choice"];

/// Whether an item says nothing but a word that is no property: it may be a value.
fn plain(it: &Item) -> bool {
    !it.determined
        && !it.many
        && !it.boolean
        && !it.unique
        && it.who.is_none()
        && it.values.is_empty()
        && it.parts.is_empty()
        && it.name.split('_').count() <= 2
        && !["on", "at", "by", "from", "to", "until"].contains(&super::lexicon::last_word(&it.name))
        && !lexicon().business.contains(it.name.as_str())
        && (lexicon().attribute(&it.name).is_none() || lexicon().states.contains(it.name.as_str()))
}

/// The items from `from` on as one choice, when all of them are plain words.
pub fn gather_group(out: &mut Vec<Item>, from: usize) {
    let group = out.get(from..).unwrap_or_default();
    if !group.is_empty() && group.iter().all(|it| plain(it) && !it.counted) {
        fold(out, from);
    }
}

/// "a class, petrol, electric or hybrid, and a home": of the items, the last two joined by "or", a run of plain words is one choice.
///
/// `last` is how many items there were before the one behind "or".
pub fn gather_choice(out: &mut Vec<Item>, last: usize) {
    // What stood before may have become one choice already.
    let last = last.min(out.len());
    let from = out.clip(..last).iter().rposition(|it| !plain(it)).map_or(0, |it| it + 1);
    if out.len() - from < 2 || from >= last || !out.clip(last..).iter().all(plain) {
        return;
    }
    fold(out, from);
}

/// Makes one item with values of those from `from` on.
fn fold(out: &mut Vec<Item>, from: usize) {
    let mut values: Vec<String> = out.clip(from..).iter().map(|it| it.name.replace('_', " ")).collect();
    let span = out[from].span.cover(out[out.len() - 1].span);
    out.truncate(from);
    let name = value_sets::named(&mut values);
    out.push(Item { values, ..Item::named(&name, span) });
}

/// Where a row of examples ends: behind its "or" or "and".
pub fn after_examples(sentence: &Sentence, from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to {
        let last = sentence.says(at, "or and") || sentence.says(at + 1, "or and");
        let end = piece_end(sentence, at + 1 + usize::from(sentence.says(at + 1, "or and")), to);
        at = end.max(at + 1);
        if last {
            break;
        }
    }
    (at + 1).min(to)
}

/// Words that wait for the head of the next item: "start and end date".
pub const SHARING: &str = "start end first last planned actual old new low high lowest highest gross net minimum maximum \
                      scheduled expected early late opening closing home away billing delivery shipping previous next \
                      valid needed given family birth short long due issue upper lower";

/// Gives a head to the words that waited for it.
pub fn share_head(out: &mut [Item], item: &Item) {
    // "a minimum and maximum number of players"
    let counted =
        item.name.split_once('_').filter(|it| one_of(it.0, SHARING) && it.1.starts_with("number_of_"));
    let Some((_, head)) = counted.or_else(|| item.name.rsplit_once('_')) else { return };
    for earlier in out.iter_mut().rev() {
        let shares = counted.is_some()
            || lexicon().attributes.contains_key(head)
            || !lexicon().attributes.contains_key(earlier.name.as_str());
        // "ordered and delivered quantity"
        let participles = earlier.name.ends_with("ed")
            && !earlier.name.contains('_')
            && item.name.split('_').next().is_some_and(|it| it.ends_with("ed"));
        if participles && !earlier.determined {
            earlier.name = format!("{}_{head}", earlier.name);
            continue;
        }
        // "the start and end, the agreed share" has another head.
        let apart = item.determined && !earlier.determined || head == "count";
        if !one_of(earlier.name.as_str(), SHARING) || !shares || apart {
            break;
        }
        earlier.name = format!("{}_{head}", earlier.name);
    }
}

/// A participle that stands alone in a piece, but for "and" or "or".
pub fn participle_at(sentence: &Sentence, from: usize, to: usize) -> Option<&str> {
    let from = from + usize::from(sentence.says(from, "and or"));
    let known = lexicon().irregular.contains_key(sentence.word(from)) && sentence.tag(from) != Tag::Noun;
    let alone = from + 1 == to && (sentence.tag(from) == Tag::Past || known);
    alone.then(|| sentence.word(from))
}

/// "whether they live alone" names `lives_alone`: a verb in its base form, with one word behind it.
pub fn habit(sentence: &Sentence, from: usize, to: usize) -> Option<String> {
    let verb = from + 1;
    let plain = sentence.says(from, "they you we i") && sentence.tag(verb) == Tag::Verb;
    let word = sentence.word(verb);
    let second = (verb + 1 < to && matches!(sentence.tag(verb + 1), Tag::Adv | Tag::Adj))
        .then(|| sentence.word(verb + 1));
    let whole = verb + 1 + usize::from(second.is_some()) >= to;
    let ending = if word.ends_with(['s', 'x', 'z', 'h']) { "es" } else { "s" };
    (plain && whole && !one_of(word, "have do")).then(|| match second {
        Some(second) => format!("{word}{ending}_{second}"),
        None => format!("{word}{ending}"),
    })
}

/// Prepositions that begin the name of a moment: "from date", "to date".
pub const MOMENTS: &str = "from until till since to in out on at by of with for per after before";

/// "maintains" at the end of a piece: somebody keeps the list that the piece stands in.
pub fn keeps(sentence: &Sentence, at: usize, to: usize) -> bool {
    const KEEPS: &str = "maintains maintain curates extends edits administers";
    let ends = at + 1 >= to || sentence.tag(at + 1) == Tag::Sign || sentence.says(at + 1, "it them this");
    at > 0
        && ends
        && one_of(sentence.word(at), KEEPS)
        && matches!(sentence.tag(at - 1), Tag::Noun | Tag::Pron)
}

/// "a fixed number of copies": how it is called without what only says that there is one.
pub fn number_of(name: String) -> String {
    match name.split_once("_number_of_") {
        Some(("fixed" | "certain" | "given" | "agreed", what)) => format!("number_of_{what}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_waits_for_a_count_has_all_of_it() {
        let text = "Every room has a name, a minimum and maximum number of players and a duration.";
        let bounds = ["minimum_number_of_players", "maximum_number_of_players"];
        check(text, "room", &["name", bounds[0], bounds[1], "duration"]);
        check(
            "A visit has a planned and actual start and a note.",
            "visit",
            &["planned_start", "actual_start", "note"],
        );
    }
}

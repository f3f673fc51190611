//! Rows inside a list that are one item or none: choices joined by "or", and examples.

use super::items::{Item, piece_end};
use super::lexicon::lexicon;
use super::sentences::Sentence;

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
    if out[from..].iter().all(|it| plain(it) && !it.counted) {
        fold(out, from);
    }
}

/// "a class, petrol, electric or hybrid, and a home": of the items, the last two joined by "or", a run of plain words is one choice.
///
/// `last` is how many items there were before the one behind "or".
pub fn gather_choice(out: &mut Vec<Item>, last: usize) {
    let from = out[..last].iter().rposition(|it| !plain(it)).map_or(0, |it| it + 1);
    if out.len() - from < 2 || from >= last || !out[last..].iter().all(plain) {
        return;
    }
    fold(out, from);
}

/// Makes one item with values of those from `from` on.
fn fold(out: &mut Vec<Item>, from: usize) {
    let values: Vec<String> = out[from..].iter().map(|it| it.name.replace('_', " ")).collect();
    let states = values.iter().filter(|it| lexicon().states.contains(it.as_str())).count();
    let span = out[from].span.cover(out[out.len() - 1].span);
    let name = if states * 2 >= values.len() { "status" } else { "kind" };
    out.truncate(from);
    out.push(Item { name: name.to_owned(), values, span, ..Item::default() });
}

/// Where a row of examples ends: behind its "or" or "and".
pub fn after_examples(sentence: &Sentence, from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to {
        let last = matches!(sentence.word(at), "or" | "and") || matches!(sentence.word(at + 1), "or" | "and");
        let end =
            piece_end(sentence, at + 1 + usize::from(matches!(sentence.word(at + 1), "or" | "and")), to);
        at = end.max(at + 1);
        if last {
            break;
        }
    }
    (at + 1).min(to)
}

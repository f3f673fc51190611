//! What a property is called of which a text gives only the values: "cash or card" is how somebody pays.

use super::lexicon::lexicon;
use crate::base::one_of;
use crate::base::{Clip as _, lower};

/// What values of one property are of. "grade gold, silver or bronze" tells it with the first, which then loses the word.
pub fn named(values: &mut [String]) -> String {
    let is_plain = values.clip(1..).iter().all(|it| !it.contains(' '));
    let first = values.first().and_then(|it| it.split_once(' '));
    let head = first.filter(|it| is_plain && lexicon().attributes.contains_key(it.0));
    let Some((head, rest)) = head.map(|it| (it.0.to_owned(), it.1.to_owned())) else {
        return name_of(values).to_owned();
    };
    values[0] = rest;
    head
}

/// What values of one property are usually of: of the set that has the most of them, if it has at least two and half.
pub fn name_of(values: &[String]) -> &'static str {
    let is_half = |count: usize| count * 2 >= values.len();
    let values: Vec<String> = values.iter().map(|it| lower(it)).collect();
    // "by letter, at the counter"
    let bare = |it: &str| {
        let leads = ["by ", "at ", "in ", "the ", "a "].iter();
        leads.fold(0, |from, lead| if it.clip(from..).starts_with(lead) { from + lead.len() } else { from })
    };
    let count = |set: &[&str]| values.iter().filter(|it| set.contains(&it.clip(bare(it)..))).count();
    let sets = lexicon().value_sets.iter().map(|it| (it.0, count(&it.1)));
    let most = sets.fold(("", 1), |most, it| if it.1 > most.1 { it } else { most });
    if !most.0.is_empty() && is_half(most.1) {
        return most.0;
    }
    if is_half(values.iter().filter(|it| is_state(it)).count()) {
        return "status";
    }
    let is_role = |it: &&String| lexicon().role_nouns.contains(it.as_str());
    if is_half(values.iter().filter(is_role).count()) { "role" } else { "kind" }
}

/// Whether a value tells how a thing stands: "draft", "in review", "handed over".
fn is_state(value: &str) -> bool {
    let first = value.split(' ').next().unwrap_or_default();
    let placed = first != value && one_of(first, "in on under out not");
    lexicon().states.contains(value) || placed || first.len() > 4 && first.ends_with("ed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[&str], name: &str) {
        let values: Vec<String> = values.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(name_of(&values), name, "{values:?}");
    }

    #[test]
    fn values_tell_what_they_are_of() {
        check(&["cash", "card", "hotel bill"], "payment_method");
        check(&["passed", "failed"], "result");
        check(&["low", "normal", "high", "emergency"], "priority");
        check(&["low", "medium", "high"], "level");
        check(&["placed", "in review", "handed over", "washing"], "status");
        check(&["shower", "blind"], "kind");
        check(&["by letter", "at a counter", "courier"], "channel");
        check(&["left"], "kind");
        let mut told = ["grade gold", "silver", "bronze"].map(str::to_owned);
        assert_eq!((named(&mut told).as_str(), told[0].as_str()), ("grade", "gold"));
    }

    #[test]
    fn each_row_is_a_name_with_two_values_or_more() {
        let sets = &lexicon().value_sets;
        assert!(sets.len() > 20 && sets.iter().all(|it| it.1.len() >= 2));
    }
}

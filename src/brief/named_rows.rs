//! Rows that a text names one by one: "there are three plans: Free, Pro and Team", "shipping methods are express and pickup, each with a
//! fee".
//!
//! Their names are taken out of their sentences before these are read, so that none becomes a thing, a property or a value.

use super::apposed::{leave_out, value_end};
use super::constraints::number;
use super::fact::is_plain;
use super::item_values::values;
use super::label_owners::{SETS, are_values};
use super::lexicon::lexicon;
use super::named_sets::are_properties;
use super::sentences::{Paren, Sentence};
use super::tags::Tag;
use super::tokens::Kind;
use crate::base::{SortedSet, Span, one_of, singular};

/// What sorts things or people by something that is kept of each: rows, where its names are listed. Source: own knowledge of how such
/// systems are commonly modelled.
const CLASSES: &str = "plan tier class grade size band package method membership edition rank region zone season shift fare tariff \
                       department branch warehouse";

/// What sorts things without saying what is kept of each.
const SORTS: &str = "type kind category level phase stage";

/// The rows of something, by their names.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedRows {
    /// What they are rows of, as a key.
    pub of: String,
    /// Where it is named.
    pub span: Span,
    /// Where each row is.
    pub names: Vec<Span>,
}

impl NamedRows {
    /// The names as they are written.
    pub fn written(&self, text: &str) -> Vec<String> {
        self.names.iter().map(|it| it.of(text).to_owned()).collect()
    }
}

/// Words of a sentence: a noun phrase, and the names that are listed of it.
struct List {
    /// The words of the phrase.
    head: (usize, usize),
    /// The word that tells that they are kinds of it.
    sort: Option<usize>,
    /// The words of each name.
    names: Vec<(usize, usize)>,
    /// From the sign or verb that leads to the names to their end.
    whole: (usize, usize),
}

/// Takes the names out. Linear.
pub fn set_apart(sentences: &mut [Sentence]) -> Vec<NamedRows> {
    let kept = kept_of(sentences);
    let mut out = Vec::new();
    for at in 0..sentences.len() {
        let next = sentences.get(at + 1).is_some_and(|it| it.says(0, "each") && has(it, 1));
        let Some(sentence) = sentences.get_mut(at) else { break };
        out.extend(in_parentheses(sentence, &kept));
        let Some(list) = listed(sentence) else { continue };
        if !are_rows(sentence, &list, &kept, next) {
            continue;
        }
        let span = |it: &(usize, usize)| sentence.span_of(it.0, it.1);
        let (names, head) = (list.names.iter().map(span).collect(), span(&list.head));
        out.push(NamedRows { of: key(sentence, list.head, list.sort), span: head, names });
        let (from, to) = list.whole;
        sentence.parens.retain(|it| it.after <= from || it.after > to);
        for at in (from..to).rev() {
            leave_out(sentence, at);
        }
    }
    out
}

/// Words as a key: the last one in the singular, and behind it what sorts it.
fn key(sentence: &Sentence, (from, to): (usize, usize), sort: Option<usize>) -> String {
    let mut words: Vec<&str> = (from..to).map(|it| sentence.word(it)).collect();
    let last = singular(words.pop().unwrap_or_default());
    words.push(&last);
    let sort = sort.map(|it| singular(sentence.word(it)));
    words.extend(sort.as_deref());
    words.join("_")
}

/// Takes names in parentheses out, of what something is kept of each: "a class (economy, compact, luxury)".
fn in_parentheses(sentence: &mut Sentence, kept: &SortedSet<String>) -> Option<NamedRows> {
    let names_rows = |paren: &Paren| {
        let Some(at) = paren.after.checked_sub(1) else { return false };
        let of = singular(sentence.word(sort_of(sentence, at).unwrap_or(at)));
        let sorts = one_of(&of, CLASSES) || one_of(&of, SORTS);
        let is_whole = paren.tokens.first().is_some_and(|it| it.word.starts_with(char::is_alphanumeric))
            && !paren.tokens.iter().any(|it| one_of(&it.word, "e.g. i.e. etc like such …"));
        let all = values(&paren.tokens);
        sorts && is_whole && kept.contains(&of) && are_values(&all)
    };
    let nth = sentence.parens.iter().position(names_rows)?;
    let paren = sentence.parens.remove(nth);
    let at = paren.after - 1;
    let of_head = |it: &usize| sentence.tag(*it) == Tag::Noun;
    let from = (0..=at).rev().take_while(of_head).last().unwrap_or(at);
    let parts = paren.tokens.split(|it| it.kind == Kind::Sign || one_of(&it.word, "and or"));
    let names = parts.filter_map(|it| Some(Span { start: it.first()?.span.start, end: it.last()?.span.end }));
    let names = names.collect();
    let of = key(sentence, (from, at + 1), sort_of(sentence, at));
    Some(NamedRows { of, span: sentence.span_of(from, at + 1), names })
}

/// Nouns of which something is said to be kept: "each plan has a price", "a tier comes with", "levels have".
fn kept_of(sentences: &[Sentence]) -> SortedSet<String> {
    let mut out = SortedSet::new();
    for sentence in sentences {
        for at in 0..sentence.words.len() {
            if sentence.tag(at) == Tag::Noun && (has(sentence, at + 1) || sentence.says(at + 1, "with")) {
                let first = (0..at).rev().find(|it| !matches!(sentence.tag(*it), Tag::Noun | Tag::Adj));
                let told = first.is_none_or(|it| {
                    sentence.says(it, "each every") || it == 0 && sentence.says(it, "a an the")
                });
                if told {
                    out.insert(singular(sentence.word(at)));
                }
            }
        }
    }
    out
}

/// Whether a verb of having stands there.
fn has(sentence: &Sentence, at: usize) -> bool {
    sentence.says(at, "has have costs cost comes includes allows grants gives gets")
}

/// The first list of names behind a colon, "are", what is counted, or what "one of the" names.
fn listed(sentence: &Sentence) -> Option<List> {
    (1..sentence.words.len()).find_map(|at| listed_behind(sentence, at))
}

/// The list of names that the word at `lead` leads to, or that begins there.
fn listed_behind(sentence: &Sentence, lead: usize) -> Option<List> {
    let are = sentence.says(lead, "are")
        && (0..lead).all(|it| matches!(sentence.tag(it), Tag::Noun | Tag::Adj | Tag::Det));
    let leads = sentence.is_sign(lead, ":") || are;
    if sentence.tag(lead - 1) != Tag::Noun {
        return None;
    }
    let of_head = |it: &usize| {
        sentence.tag(*it) == Tag::Noun
            || sentence.tag(*it) == Tag::Adj
                && !sentence.says(*it, "following different available main various possible")
    };
    let head = (0..lead).rev().take_while(of_head).last()?;
    let before = head.checked_sub(1).map_or("", |it| sentence.word(it));
    // "Is in one of the phases planning, building and review"
    let one_of_them = one_of(before, "one the these our in") && !sentence.is_sign(lead, ",");
    // "Two brands, Aurora and Boreal"
    let counted = sentence.is_sign(lead, ",") && number(before).is_some();
    // "Three kinds of media: books, CDs"
    let sort = sort_of(sentence, head);
    let last = sentence.word(sort.unwrap_or(lead - 1));
    // "An energy class: A, B or C" has them as well, if something is kept of each.
    let is_one = one_of(before, "a an") && sentence.is_sign(lead, ":");
    if singular(last) == last && !is_one
        || lead - head > 3
        || before == "of" && sort.is_none()
        || !leads && !one_of_them && !counted
    {
        return None;
    }
    let mut names = Vec::new();
    let mut at = lead + usize::from(leads || sentence.is_sign(lead, ","));
    loop {
        // "A, B or C" begins with no article.
        let letter =
            sentence.says(at, "a") && (sentence.is_sign(at + 1, ",") || sentence.says(at + 1, "or and"));
        let end = if letter { at + 1 } else { value_end(sentence, at) };
        if end == at {
            return None;
        }
        names.push((at, end));
        let comma = end + usize::from(sentence.is_sign(end, ","));
        if sentence.says(comma, "each") {
            return Some(List { head: (head, lead), sort, names, whole: (lead, comma) });
        }
        if end == sentence.words.len() || sentence.is_sign(end, ";") {
            return Some(List { head: (head, lead), sort, names, whole: (lead, end) });
        }
        let next = comma + usize::from(sentence.says(comma, "and or"));
        if next == end {
            return None;
        }
        at = next;
    }
}

/// Whether the names are those of rows: something is kept of each, there are as many as is said, or such names are always rows.
fn are_rows(sentence: &Sentence, list: &List, kept: &SortedSet<String>, next: bool) -> bool {
    let of = singular(sentence.word(list.sort.unwrap_or(list.head.1 - 1)));
    let is_class = one_of(&of, CLASSES) || lexicon().is_shared(&of);
    let is_set = one_of(&of, SETS);
    if list.names.len() < 2
        || of == "role"
        || lexicon().is_person(&of)
        || is_plain(&of) && !is_class && !is_set
    {
        return false;
    }
    let names: Vec<String> = list.names.iter().map(|it| words_of(sentence, *it)).collect();
    let is_name = |at: usize| sentence.words.get(at).is_some_and(|it| it.token.capital);
    let have_names = list.names.iter().all(|it| is_name(it.0));
    // "Two rigs, sails and buoys" are things; "three houses: Reptiles, Birds and Mammals" are rows.
    let are_several = !have_names
        && list.names.iter().all(|it| {
            let last = sentence.word(it.1 - 1);
            singular(last) != last
        });
    let properties = names.iter().filter(|it| are_properties(&[(*it).clone()])).count();
    if properties * 2 > names.len() || are_several && !is_class && !is_set {
        return false;
    }
    // "25,000 participants and 600 sites" are sizes.
    let is_number = |at: usize| sentence.word(at).starts_with(|it: char| it.is_ascii_digit());
    let are_sizes =
        list.names.iter().any(|it| it.1 > it.0 + 1 && (is_number(it.0) || sentence.tag(it.0) == Tag::Num))
            || list.names.iter().any(|it| is_number(it.0)) && !list.names.iter().all(|it| is_number(it.0));
    // "Lent on" is a property.
    let are_done = !is_set && list.names.iter().any(|it| sentence.tag(it.0) == Tag::Past);
    let has_each = sentence.says(list.whole.1, "each");
    let is_kept = next || kept.contains(&of) || has_each;
    let count =
        list.sort.unwrap_or(list.head.0).checked_sub(1).map(|it| sentence.word(it)).unwrap_or_default();
    let is_counted = number(count) == u32::try_from(names.len()).ok().map(f64::from);
    let is_label = list.head.0 == 0 && sentence.is_sign(list.whole.0, ":");
    let are_names = have_names || list.names.iter().all(|it| it.1 == it.0 + 1);
    // "Halls are heated and lit" tells how they are.
    let tells_how = sentence.says(list.whole.0, "are") && !is_class && !is_set && !have_names;
    let is_told = if is_label { are_names && (is_kept || !is_set && is_class) } else { is_kept };
    !are_sizes
        && !are_done
        && !tells_how
        && (is_told && (properties == 0 || has_each) || is_counted && (is_kept || !is_set))
}

/// The word that sorts what the word at `at` names: "types of rooms".
fn sort_of(sentence: &Sentence, at: usize) -> Option<usize> {
    let of = at.checked_sub(2).filter(|it| sentence.says(it + 1, "of"));
    of.filter(|it| one_of(&singular(sentence.word(*it)), SORTS))
}

fn words_of(sentence: &Sentence, (from, to): (usize, usize)) -> String {
    let words: Vec<&str> = (from..to).map(|it| sentence.word(it)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use crate::brief::{read, read_by_rules};

    /// Checks the names of all rows, and the properties of what has them.
    #[track_caller]
    fn check(text: &str, of: &str, rows: &[&str], columns: &[&str]) {
        let reading = read(text);
        let found = reading.entities.iter().find(|it| it.name == of);
        let found = found.unwrap_or_else(|| panic!("{text}: {:?}", reading.entities));
        let mut told: Vec<&str> = found.attributes.iter().map(|it| it.name.as_str()).collect();
        told.sort_unstable();
        assert_eq!(
            (found.rows.iter().map(String::as_str).collect(), told),
            (rows.to_vec(), columns.to_vec()),
            "{text}"
        );
        let named = |it: &str| reading.entities.iter().any(|entity| entity.name == it.to_lowercase());
        assert!(!rows.iter().any(|it| named(it)), "{text}: {:?}", reading.entities);
    }

    #[test]
    fn what_is_listed_by_name_are_rows() {
        let plans = ["Free", "Pro", "Team"];
        let text = "Plans: Free, Pro and Team. Each plan has a monthly price. A user subscribes to a plan.";
        check(text, "plan", &plans, &["monthly_price", "name"]);
        let text = "Customers have a membership level. There are three membership levels: bronze, silver and gold. Each level has a monthly price.";
        check(text, "membership_level", &["bronze", "silver", "gold"], &["monthly_price", "name"]);
        let text = "Shipping methods are standard, express and pickup, each with a fee. An order has a shipping method and a total.";
        check(text, "shipping_method", &["standard", "express", "pickup"], &["fee", "name"]);
        let text =
            "Vehicles belong to a class (economy, compact, luxury). A class has a daily price and a deposit.";
        check(text, "class", &["economy", "compact", "luxury"], &["daily_price", "deposit", "name"]);
        let text =
            "Every project is in one of the phases planning, building and review. Each phase has a budget.";
        check(text, "phase", &["planning", "building", "review"], &["budget", "name"]);
    }

    #[test]
    fn what_customers_reach_is_the_same_for_all() {
        let text = "Loyalty tiers: Bronze, Silver, Gold. Each tier has a discount. Customers collect points and reach a tier.";
        let reading = read(text);
        assert!(reading.refers("customer", "loyalty_tier"), "{:?}", reading.relationships);
    }

    #[test]
    fn properties_things_sizes_and_how_they_are_name_no_rows() {
        for text in [
            "Sessions: date, minutes, therapist. Each session has a room.",
            "Halls are heated and lit. Each hall has a name and a size.",
            "The app has three modules: orders, invoices and customers. Each order has a number.",
            "Trials: 600 sites, 25000 participants. Each trial has a title.",
            "There are two kinds of tickets: adult and child. A ticket has a price.",
            "Defects: text, reported on, severity. Each defect has a photo.",
            "Users see the projects, sprints and notes. Each project has a name.",
            "A boat has two rigs, sails and buoys. Each rig has a name.",
            "Boats are moored in marinas, coves and bays. Each marina has a name.",
        ] {
            let reading = read_by_rules(text);
            assert!(reading.entities.iter().all(|it| it.rows.is_empty()), "{text}: {:?}", reading.entities);
        }
    }
}

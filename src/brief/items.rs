//! Lists in raw words: `number (unique), width in m, state: free / taken` as items with their flags and values.
//!
//! Items need no parts of speech but to know where a list ends in running prose.

use super::item_name::name;
use super::item_rows::{
    APPLIES, COLLECTIONS, MOMENTS, SHARING, after_examples, gather_choice, gather_group, keeps,
    participle_at, share_head,
};
use super::item_values::{
    aside, ends_with_value_sign, flags, hint, states_in_turn, take_further_state, takes_values, tokens_of,
    value, values, values_after,
};
use super::lexicon::lexicon;
use super::sentences::{Sentence, untagged};
use super::tags::Tag;
use super::tokens::Token;
use super::value_sets;
use crate::base::{Clip, Span, one_of, singular};

/// One thing of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Its name, words joined by `_`, the last one singular: `due_date`.
    pub name: String,
    /// The values that the text allows.
    pub values: Vec<String>,
    /// Whether it is unique.
    pub unique: bool,
    /// Within what it is unique.
    pub unique_in: Option<String>,
    /// Whether it may be missing.
    pub nullable: bool,
    /// Whether it is yes or no.
    pub boolean: bool,
    /// Whether several are meant.
    pub many: bool,
    /// Whether a word of its own says so: "several phone numbers".
    pub several: bool,
    /// Whether an article or "each" stands before it: a thing rather than a property.
    pub counted: bool,
    /// The verb of `checked by` or `who checked it`: a person.
    pub who: Option<String>,
    /// Whether the text says that somebody maintains the list of it.
    pub maintained: bool,
    /// The type that the text states, as PostgreSQL's name for it.
    pub stated: Option<String>,
    /// Whose it is said to be: "the customer's name".
    pub whose: Option<String>,
    /// For each of which other thing it is kept: "a price per part".
    pub per: Option<String>,
    /// Whether any article stands before it.
    pub determined: bool,
    /// Whether it is another one than what has it: "other parts".
    pub other: bool,
    /// Attributes of its own, in parentheses behind it.
    pub parts: Vec<Item>,
    /// How many of its list surely are properties.
    pub beside: usize,
    /// Where it stands.
    pub span: Span,
}

impl Item {
    /// One of which only the name is known. Not inlined: it is made in forty places, and has many fields.
    #[inline(never)]
    pub fn named(name: &str, span: Span) -> Self {
        Self { name: name.to_owned(), span, ..Self::default() }
    }
}

/// Reads the words `from..to` of a sentence as a list. An odd list gives few items, or none.
pub fn items(sentence: &Sentence, from: usize, to: usize) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    let mut at = from;
    let (mut perhaps, mut examples_go_on) = (false, false);
    let mut open_choice: Option<usize> = None;
    let mut after_when = false;
    let groups = sentence.words.clip(from.min(to)..to).iter().any(|it| it.token.is(";"));
    let mut group = 0;
    let to = to.min(sentence.words.len());
    while at < to {
        let mut end = piece_end(sentence, at, to);
        // "whether it was cash or card" is one thing with two values.
        if sentence.says(at, "whether") && sentence.says(end, "or") {
            end = (end..to).find(|at| sentence.says(*at, ", ;")).unwrap_or(to);
            let from = (at..end).rfind(|at| sentence.tag(*at) == Tag::Aux).map(|it| it + 1);
            let values = from.map(|it| values(&tokens_of(sentence, it, end))).unwrap_or_default();
            if values.len() >= 2 && values.iter().all(|it| it.split(' ').count() <= 2) {
                let named = Item::named(value_sets::name_of(&values), sentence.span_of(at, end));
                out.push(Item { values, ..named });
                at = (end + 1).min(to);
                continue;
            }
            end = piece_end(sentence, at, to);
        }
        // "a status - dry, wet or mixed - and a length": what stands between dashes are values.
        if let Some((dash, close, values)) = aside(sentence, at, end, to)
            && let Some(item) = piece(sentence, at, dash)
        {
            out.push(Item { values, ..item });
            at = close + 1;
            continue;
        }
        let piece_to = end;
        let mut next = (end + 1).min(to);
        // "a number, which is unique"
        let told = sentence.says(at, "which that") && sentence.says(at + 1, "is are must");
        if told
            && let Some(last) = out.last_mut()
            && sentence.words.clip(at..end).iter().any(|it| it.token.says("unique"))
        {
            let words: Vec<&str> =
                sentence.words.clip(at..end).iter().map(|it| it.token.word.as_str()).collect();
            flags(&words, last);
            at = (end + 1).min(to);
            continue;
        }
        // "a role, which is owner, mate or guest": the values of the item before.
        if sentence.says(at, "which that")
            && sentence.says(at + 1, "is are")
            && let Some(last) = out.last_mut()
        {
            let all: Vec<String> = values(&tokens_of(sentence, at + 2, to));
            let plain = all.iter().all(|it| {
                it.split(' ').count() <= 2
                    && lexicon()
                        .attribute(&it.replace(' ', "_"))
                        .is_none_or(|_| lexicon().states.contains(it.as_str()))
            });
            if all.len() >= 2 && plain && last.values.is_empty() {
                last.values = all;
                return out;
            }
        }
        // "unique in its pier" behind a comma says something of the item before.
        if sentence.says(at, "unique optional mandatory required")
            && (at + 1 >= end || sentence.says(at + 1, "in within per for across inside over"))
            && let Some(last) = out.last_mut()
        {
            let words: Vec<&str> =
                sentence.words.clip(at..end).iter().map(|it| it.token.word.as_str()).collect();
            flags(&words, last);
            at = next;
            continue;
        }
        // "for instance a, b": examples, up to what is surely an attribute.
        let example = sentence.says(at, "e.g.")
            || sentence.says(at, "for") && sentence.says(at + 1, "instance example");
        if example || examples_go_on && !surely(sentence, at, end) {
            examples_go_on = true;
            at = next;
            continue;
        }
        examples_go_on = false;
        // "where it applies, a power rating": the next item may be missing.
        let condition = sentence.says(at, "where if when")
            && sentence.words.clip(at..end).iter().any(|it| one_of(it.token.word.as_str(), APPLIES))
            || sentence.says(at, "unless if because since although though") && !sentence.says(at + 1, ",");
        if condition {
            perhaps = next < to && !sentence.says(at, "because since although though");
            let comma = (at..to).find(|at| sentence.is_sign(*at, ",") || sentence.is_sign(*at, ";"));
            next = comma.map_or(to, |it| it + 1);
            at = next;
            continue;
        }
        // "attended or not", "a locker or none"
        let denies = sentence.says(at, "not none nothing nil") && at + 1 >= end;
        if denies && at > from && sentence.says(at - 1, "or") {
            if let Some(last) = out.last_mut() {
                last.boolean |= sentence.says(at, "not");
                last.nullable |= !sentence.says(at, "not");
            }
            at = next;
            continue;
        }
        let examples = (at..end.max(at + 1))
            .find(|it| *it > at && sentence.says(*it, "such") && sentence.says(it + 1, "as"));
        if examples.is_some() {
            next = after_examples(sentence, end, to);
        }
        // "and lines with article, quantity and price": what follows is kept of the lines.
        let with =
            (at + 1..piece_to).find(|it| sentence.says(*it, "with") && sentence.tag(it - 1) == Tag::Noun);
        if let Some(with) = with.filter(|it| singular(sentence.word(it - 1)) != sentence.word(it - 1))
            && let Some(mut item) = piece(sentence, at, with)
        {
            let parts = items(sentence, with + 1, to);
            let of_pair = |it: &Item| one_of(&it.name, "quantity share percentage dose");
            if item.many
                && super::item_values::telling(&parts) > 0
                && (parts.len() >= 2 || parts.iter().all(of_pair))
            {
                item.parts = parts;
                out.push(item);
                return out;
            }
        }
        if let Some(mut item) = piece(sentence, at, piece_to) {
            item.nullable |= std::mem::take(&mut perhaps);
            // A value sign makes the following pieces values, up to a semicolon or a known attribute.
            if ends_with_value_sign(sentence, at, piece_to)
                || item.values.len() == 1 && takes_values(sentence, at, piece_to)
            {
                while next < to && !sentence.says(next - 1, ";") {
                    let end = piece_end(sentence, next, to);
                    let words = value(&tokens_of(sentence, next, end));
                    let is_attribute = words.as_deref().is_some_and(|it| {
                        !lexicon().states.contains(it) && lexicon().attribute(&it.replace(' ', "_")).is_some()
                    });
                    if is_attribute
                        || sentence
                            .words
                            .clip(next..end)
                            .iter()
                            .any(|it| it.token.is(":") || it.token.is("="))
                    {
                        break;
                    }
                    item.values.extend(words);
                    next = (end + 1).min(to);
                    if next >= to && end == to {
                        break;
                    }
                }
            }
            // "period from / to" are two.
            if item.name.ends_with("_from")
                && (at..end).any(|at| sentence.says(at, "/") && sentence.says(at + 1, "to until"))
            {
                let until = item.name.replace("_from", "_to");
                out.push(item.clone());
                item.name = until;
            }
            share_head(&mut out, &item);
            // "when it was built, launched or sold": three moments.
            let said = participle_at(sentence, at, end).filter(|_| after_when);
            let when =
                sentence.says(at, "when") || item.name.ends_with("_at") && end > at + 3 || said.is_some();
            if let Some(said) = said {
                item.name = format!("{said}_at");
            }
            after_when = when;
            out.push(item);
            take_further_state(&mut out);
            // "from when until when"
            if out.last().is_some_and(|it| it.name == "from")
                && (at..end).any(|at| sentence.says(at, "until") && sentence.says(at + 1, "when"))
            {
                out.push(Item::named("until", sentence.span_of(at, end)));
            }
            if sentence.says(end, "or") && !after_when {
                open_choice.get_or_insert(out.len());
            } else if let Some(last) = open_choice.take() {
                gather_choice(&mut out, last);
            }
        }
        // "late, absent, ill; minutes; remark": between semicolons plain words are the values of one thing.
        if groups && (sentence.says(next.saturating_sub(1), ";") || next >= to) {
            if out.len() >= group + 2 {
                gather_group(&mut out, group);
            }
            group = out.len();
        }
        at = next;
    }
    out
}

/// Whether a piece names a known attribute or begins with an article.
fn surely(sentence: &Sentence, from: usize, to: usize) -> bool {
    sentence.tag(from) == Tag::Det
        || piece(sentence, from, to)
            .is_some_and(|it| it.boolean || it.unique || lexicon().attribute(&it.name).is_some())
}

/// Reads tokens (the inside of parentheses) as a list.
pub fn items_of_tokens(tokens: &[Token]) -> Vec<Item> {
    let sentence = untagged(tokens);
    items(&sentence, 0, sentence.words.len())
}

pub(super) fn piece_end(sentence: &Sentence, from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to {
        let word = sentence.word(at);
        let is_sign = sentence.tag(at) == Tag::Sign;
        if is_sign && one_of(word, ", ; · \t") {
            break;
        }
        if at > from && one_of(word, "and or plus but") && splits(sentence, from, at, to) {
            break;
        }
        // "the fee along with the day"
        let beside = one_of(word, "along together")
            && sentence.says(at + 1, "with")
            && !sentence.says(at.saturating_sub(1), "get go come")
            || word == "as" && sentence.says(at + 1, "well") && sentence.says(at + 2, "as");
        if at > from && beside {
            break;
        }
        at += 1;
    }
    at
}

/// `and` splits unless it joins two words before a shared head, as in "start and end date".
fn splits(sentence: &Sentence, from: usize, at: usize, to: usize) -> bool {
    let shared = at == from + 1
        && one_of(sentence.word(from), SHARING)
        && at + 2 < to
        && one_of(sentence.word(at + 1), SHARING);
    !shared || !sentence.says(at, "or")
}

/// Reads one piece of a list.
fn piece(sentence: &Sentence, from: usize, to: usize) -> Option<Item> {
    let mut from = from;
    let mut item = Item { span: sentence.span_of(from, to), ..Item::default() };
    // What stands before the name.
    while from < to {
        let word = sentence.word(from);
        match word {
            "by" if sentence.says(from + 1, "when") => {
                "due_date".clone_into(&mut item.name);
                return Some(item);
            }
            "and" | "or" | "plus" | "also" | "optionally" | "perhaps" | "possibly" | "maybe" | "usually"
            | "sometimes" | "if" | "-" | "·" | "of" | "finally" | "along" | "together" | "as" | "well"
            | "then" | "with" | "only" | "just" | "for" | "by" | "at" | "even" | "naturally" | "later"
            | "exactly" => {
                item.nullable |= one_of(word, "optionally perhaps possibly maybe sometimes later");
                if word == "if" {
                    return None;
                }
            }
            "so" if sentence.says(from + 1, "many") => from += 1,
            "in" if sentence.says(from + 1, "addition") && sentence.says(from + 2, "to") => from += 2,
            // "in what state", "on which day"
            "in" | "on" | "under" | "to" | "from" | "until"
                if sentence.says(from + 1, "what which whom how") => {}
            "optional" | "nullable" => item.nullable = true,
            "unique" => item.unique = true,
            "several" | "multiple" | "many" | "various" | "all" | "some" | "any" => {
                item.many = true;
                item.several |= one_of(word, "several multiple many various");
            }
            "each" | "every" => item.counted = true,
            "columns" | "fields" | "attributes" | "properties" | "column" | "field"
                if sentence.says(from + 1, "for named called like such including are of") => {}
            "named" | "called" | "like" | "including" | "us" | "me" | "them" | "him" | "you" => {}
            "a" | "an" | "the" | "its" | "their" | "his" | "her" | "our" | "whose" | "both" | "own"
            | "other" | "one" => {
                item.counted |= one_of(word, "a an one");
                item.other |= word == "other";
                item.determined = true;
            }
            _ => break,
        }
        from += 1;
    }
    if from >= to {
        return None;
    }
    // "the clerk maintains" names nothing that is kept; nor does "over the years".
    if (from..to).any(|at| keeps(sentence, at, to))
        || sentence.tag(from) == Tag::Prep && to > from + 1 && !one_of(sentence.word(from), MOMENTS)
    {
        return None;
    }
    // "an ordered sequence of stops": the stops are meant.
    if let Some(of) = (from..to.min(from + 3))
        .find(|at| COLLECTIONS.contains(&sentence.word(*at)) && sentence.says(at + 1, "of"))
        && to > of + 2
    {
        item.many = true;
        item.counted = false;
        from = of + 2;
        while from + 1 < to && matches!(sentence.tag(from), Tag::Num | Tag::Det | Tag::Adv) {
            from += 1;
        }
    }
    // "and assigns an employee number": the verb goes on with the sentence, the list with its object.
    if sentence.tag(from) == Tag::Verb && matches!(sentence.tag(from + 1), Tag::Det) && from + 2 < to {
        from += 2;
    }
    let first = sentence.word(from);
    // "the customer's name", "the customers' names"
    let owner = sentence.word(from).strip_suffix("'s").or_else(|| sentence.word(from).strip_suffix("s'"));
    if let Some(owner) = owner.filter(|_| from + 1 < to) {
        item.whose = Some(crate::base::singular(owner));
    }
    if let Some(states) = states_in_turn(sentence, from, to) {
        item.values = states;
        "status".clone_into(&mut item.name);
        return Some(item);
    }
    let sign = (from..to).find(|at| sentence.tag(*at) == Tag::Sign && sentence.says(*at, ": = | > / - … ?"));
    let name_end = sign.unwrap_or(to);
    if let Some(at) = sign {
        values_after(sentence, from, at, to, &mut item);
    }
    let before_slash = sign.filter(|at| sentence.says(*at, "/"));
    let valued = before_slash.is_some_and(|at| {
        item.values.first().is_some_and(|it| *it == sentence.word(at - 1)) && at > from + 1
    });
    let slashed = before_slash.is_some() && item.values.is_empty();
    name(sentence, from, if slashed { to } else { name_end - usize::from(valued) }, &mut item);
    for paren in sentence.parens_in(from, to) {
        hint(paren, &mut item);
    }
    // "per km" goes on with the price before it; "it", "so" and their like name nothing.
    let says = !matches!(first, "per") && item.name.split('_').any(|it| !is_function_word(it));
    (!item.name.is_empty() && item.name.len() <= 48 && says).then_some(item)
}

/// Words of grammar, which name nothing by themselves; moments may be told by their preposition alone.
fn is_function_word(word: &str) -> bool {
    lexicon().function.get(word).is_some_and(|it| *it != "prep")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::{markup::Markup, tokens::tokens};

    fn listed(text: &str) -> String {
        let all = tokens(text, Span::new(0, text.len()), &Markup::default());
        let line = |it: &Item| {
            let mut out = it.name.clone();
            for (said, sign) in [
                (it.unique, " unique"),
                (it.nullable, " nullable"),
                (it.boolean, " boolean"),
                (it.many, " many"),
            ] {
                if said {
                    out.push_str(sign);
                }
            }
            if !it.values.is_empty() {
                out.push_str(&format!(" {{{}}}", it.values.join("|")));
            }
            if let Some(verb) = &it.who {
                out.push_str(&format!(" who:{verb}"));
            }
            out + "\n"
        };
        items_of_tokens(&all).iter().map(line).collect()
    }

    #[test]
    fn lists_give_names_flags_and_values() {
        insta::assert_snapshot!(
            listed("berth no. (unique), width in m, note (optional), heated y/n, kind (wet, dry), state: free / taken, checked by, several photos"),
            @r"
        berth_number unique
        width
        note nullable
        heated boolean
        kind {wet|dry}
        state {free|taken}
        checked_by who:check
        photo many
        "
        );
        insta::assert_snapshot!(
            listed("type (switch, router, hub), find (missing sign, fallen tree, other), seal (may be missing), new > open > closed, or rejected"),
            @r"
        type {switch|router|hub}
        find {missing sign|fallen tree|other}
        seal nullable
        status {new|open|closed|rejected}
        "
        );
    }

    #[test]
    fn heads_are_shared_and_clauses_are_named() {
        insta::assert_snapshot!(
            listed("start and end date, date of birth, the day on which it was launched, who found it, whether it is insured"),
            @r"
        start_date
        end_date
        date_of_birth
        launched_on
        found_by who:find
        insured boolean
        "
        );
    }
}

//! What a text tells by asking: "how long it is, which pier it lies at and since when".

use super::facts::Reader;
use super::items::items;
use super::sentences::Sentence;
use super::tags::Tag;
use crate::base::one_of;

/// Where a question begins that a verb goes on with: "when it sank", "us how long it is", "in which year".
pub fn asked_at(sentence: &Sentence, after: usize) -> Option<usize> {
    let from = after + usize::from(sentence.says(after, "us me you them"));
    let led = sentence.says(from, "in on at for by from until since to of with under");
    is_question(sentence.word(from + usize::from(led))).then_some(from)
}

/// Words that open an indirect question.
fn is_question(word: &str) -> bool {
    one_of(word, "when what who whom how which whether where why")
}

/// Whether a word stands in a piece of a list that asks: "number, day, what it cost".
pub fn within(sentence: &Sentence, from: usize, at: usize) -> bool {
    let sign = (from..at).rev().find(|at| sentence.says(*at, ", ;"));
    let Some(first) = sign.map(|it| it + 1) else { return false };
    is_question(sentence.word(first + usize::from(sentence.says(first, "and"))))
}

/// "Which pier it lies at, how long it is, and since when": a list of what is asked of the thing above.
pub fn listed(reader: &Reader, sentence: &Sentence, from: usize) -> bool {
    let opens = |at: usize| {
        let at = at + usize::from(sentence.says(at, "and plus also"));
        let at = at + usize::from(matches!(sentence.tag(at), Tag::Prep));
        is_question(sentence.word(at))
    };
    let asks = reader.text.get(sentence.span.end as usize..).is_some_and(|it| it.starts_with('?'));
    let count = sentence.words.len();
    let begins = |at: &usize| sentence.is_sign(at - 1, ",") || sentence.says(at - 1, "and");
    let starts: Vec<usize> = (from + 1..count).filter(begins).collect();
    let questions = starts.iter().filter(|at| opens(**at)).count();
    let goes_on = starts.iter().any(|at| matches!(sentence.tag(*at), Tag::Verb | Tag::Pron));
    // "who moved it and when can be looked up"
    let told = (from + 1..count)
        .any(|at| matches!(sentence.tag(at), Tag::Modal) && is_question(sentence.word(at - 1)));
    if asks || told || !opens(from) || sentence.says(from, "when") || questions == 0 || goes_on {
        return false;
    }
    let found = items(sentence, from, count);
    found.len() >= 2 && super::item_values::telling(&found) * 2 >= found.len()
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_a_text_asks_of_a_thing_is_its_property() {
        let text =
            "A lantern hangs in a tower. We want to know how tall it is, when it was lit and in which year.";
        check(text, "lantern", &["height", "lit_at", "year"]);
    }

    #[test]
    fn whose_list_it_is_is_told_by_the_noun_before() {
        let text = "A keeper, whose name and phone are kept, looks after a lantern. A lantern has a code along with \
                    a status - dry, wet or mixed.";
        check(text, "keeper", &["name", "phone"]);
        check(text, "lantern", &["code", "status"]);
    }
}

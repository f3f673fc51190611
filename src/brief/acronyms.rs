//! Short forms that a text explains once and uses from then on: `WL – water level`, `berth group (BG)`,
//! `organization (org)`.

use super::blocks::{Block, BlockKind, Role};
use super::sentences::{Sentence, Word};
use super::tokens::{Kind, Token};
use crate::base::{Gather, SortedMap, SortedSet, one_of, pairs, without_end};

/// Clipped words and what they are clipped from, which needs no explanation. Source: own knowledge of English; none is a verb of
/// business.
const CLIPPED: &str = "vet veterinarian rep representative admin administrator exam examination lab laboratory prof professor tech \
    technician photo photograph bike bicycle appt appointment promo promotion ad advertisement advert advertisement \
    cert certificate condo condominium apt apartment spec specification mic microphone memo memorandum";

/// Finds what short forms stand for and writes them out wherever they occur; places stay those of the short form.
pub fn write_out(text: &str, blocks: &[Block], sentences: &mut [Sentence]) {
    let mut known = explained(text, blocks, sentences);
    clipped(sentences, &mut known);
    if known.is_empty() {
        return;
    }
    for sentence in sentences {
        // What only explains a short form tells nothing else.
        sentence
            .parens
            .retain(|it| !matches!(it.tokens.as_slice(), [only] if known.contains_key(&only.word)));
        let mut at = 0;
        while at < sentence.words.len() {
            let short = sentence.word(at);
            let stem = short.strip_suffix('s').filter(|it| known.contains_key(*it)).unwrap_or(short);
            let Some(long) = known.get(stem).filter(|_| !follows_itself(sentence, at, &known)) else {
                at += 1;
                continue;
            };
            let many = stem.len() != short.len();
            let Some(model) = sentence.words.get(at).cloned() else { break };
            let mut words: Vec<Word> = Vec::new();
            for (nth, word) in long.iter().enumerate() {
                let last = nth + 1 == long.len();
                let word = if many && last { crate::base::plural(word) } else { word.clone() };
                words.push(Word { token: Token { word, ..model.token.clone() }, tag: model.tag });
            }
            let added = words.len() - 1;
            sentence.words.splice(at..=at, words);
            for paren in &mut sentence.parens {
                if paren.after > at {
                    paren.after += added;
                }
            }
            at += added + 1;
        }
    }
}

/// Adds the clipped words of which the text has the whole, too: "vets" where it speaks of veterinarians.
fn clipped(sentences: &[Sentence], known: &mut SortedMap<String, Vec<String>>) {
    let words = sentences.iter().flat_map(|it| &it.words).map(|it| without_end(&it.token.word, "s"));
    let said: SortedSet<&str> = words.filter(|it| one_of(it, CLIPPED)).gather();
    for (short, whole) in pairs(CLIPPED) {
        if said.contains(short) && said.contains(whole) {
            known.or_insert(short.to_owned(), vec![whole.to_owned()]);
        }
    }
}

/// In the place where it is explained a short form stays short: the dash or the long form is next to it.
fn follows_itself(sentence: &Sentence, at: usize, known: &SortedMap<String, Vec<String>>) -> bool {
    let next = sentence.word(at + 1);
    one_of(next, "- = :")
        && known
            .get(sentence.word(at))
            .is_some_and(|long| long.first().is_some_and(|it| it == sentence.word(at + 2)))
}

fn explained(text: &str, blocks: &[Block], sentences: &[Sentence]) -> SortedMap<String, Vec<String>> {
    let mut known = SortedMap::new();
    for sentence in sentences {
        let block = &blocks[sentence.block];
        let glossary = block.role == Role::Glossary || says_abbreviations(sentence);
        if block.kind == BlockKind::Heading {
            continue;
        }
        for at in 0..sentence.words.len() {
            if is_short(text, &sentence.words[at]) && sentence.says(at + 1, "- = \t :") {
                let long = plain_words(sentence, at + 2);
                let short = sentence.word(at);
                let fits = initials_fit(short, &long) || glossary && long.len() <= 4 && !long.is_empty();
                if fits {
                    known.or_insert(short.to_owned(), long);
                }
            }
        }
        for paren in &sentence.parens {
            let [only] = paren.tokens.as_slice() else { continue };
            let word = Word { token: only.clone(), tag: super::tags::Tag::Noun };
            if !is_short(text, &word) {
                let long = paren.after.checked_sub(1).map(|it| sentence.word(it)).unwrap_or_default();
                if is_clipped(&only.word, long) && is_used(sentences, &only.word) {
                    known.or_insert(only.word.clone(), vec![crate::base::singular(long)]);
                }
                continue;
            }
            let count = only.word.chars().filter(|it| it.is_alphabetic()).count();
            let from = paren.after.saturating_sub(count);
            let long: Vec<String> = (from..paren.after).map(|at| sentence.word(at).to_owned()).collect();
            if initials_fit(&only.word, &long) {
                let mut long = long;
                if let Some(last) = long.last_mut() {
                    *last = crate::base::singular(last);
                }
                known.or_insert(only.word.clone(), long);
            }
        }
    }
    known
}

/// "Organization (org)", "department (dept)".
fn is_clipped(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    (3..=5).contains(&short.len())
        && short.len() * 3 <= long.len() * 2
        && long.starts_with(short.get(..1).unwrap_or("-"))
        && short.chars().all(|it| it.is_ascii_lowercase() && letters.any(|letter| letter == it))
}

/// Whether the text uses a short form besides explaining it.
fn is_used(sentences: &[Sentence], short: &str) -> bool {
    let words = || sentences.iter().flat_map(|it| &it.words).map(|it| it.token.word.as_str());
    words().any(|it| it == short || it.strip_suffix('s') == Some(short))
}

fn says_abbreviations(sentence: &Sentence) -> bool {
    sentence.words.iter().take(3).any(|it| it.token.word.starts_with("abbr"))
}

fn is_short(text: &str, word: &Word) -> bool {
    let written = word.token.span.of(text);
    let letters = written.chars().filter(|it| it.is_alphabetic()).count();
    (2..=5).contains(&letters)
        && written.chars().filter(|it| it.is_uppercase()).count() * 2 > letters
        && word.token.kind == Kind::Word
}

/// The words from `from` up to the next sign.
fn plain_words(sentence: &Sentence, from: usize) -> Vec<String> {
    let stops = sentence.parens.iter().map(|it| it.after).find(|it| *it > from).unwrap_or(usize::MAX);
    (from..sentence.words.len().min(stops))
        .take_while(|at| sentence.words[*at].token.kind == Kind::Word)
        .take(6)
        .map(|at| sentence.word(at).to_owned())
        .collect()
}

fn initials_fit(short: &str, long: &[String]) -> bool {
    let parts: Vec<&str> =
        long.iter().flat_map(|it| it.split('-')).filter(|it| *it != "of" && *it != "and").collect();
    let initials: String = parts.iter().filter_map(|it| it.chars().next()).collect();
    !long.is_empty() && parts.len() >= 2 && initials == short
}

#[cfg(test)]
mod tests {
    use crate::brief::read_by_rules;
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn clipped_words_are_the_whole_where_the_text_has_it() {
        let text = "The representative visits customers. A rep has a region and a phone number.";
        check(text, "representative", &["region", "phone_number"]);
        assert!(
            read_by_rules("A rep has a region and a phone number.")
                .entities
                .iter()
                .any(|it| it.name == "rep")
        );
    }
}

//! What something was tied to before: "a meter hangs in a flat; where it hung before must be kept, with the dates". Each stay is a row of
//! the pair.

use super::blocks::Block;
use super::concepts::Concepts;
use super::items::Item;
use super::model::give;
use super::payload::join;
use super::phrases::chunks;
use super::reading::{Attribute, Reading, Relationship, RelationshipKind};
use super::sentences::{Sentence, told_with, up_to};
use super::tags::Tag;
use super::verbs::base_form;
use crate::base::{Span, one_of, singular};

/// Words for the time until now.
const BEFORE: &[&str] = &["before", "earlier", "previously", "formerly", "ever"];

/// Verbs of keeping and of wanting to know.
const KEPT: &str = "keep record store retain archive save preserve know remember document see track note log";

/// Words of when a stay began and ended.
const WHEN: &str = "date dates day days when time times since until period";

/// Reads every sentence that keeps where something was before, or which one it was tied to.
pub fn read(reading: &mut Reading, blocks: &[Block], sentences: &[Sentence], concepts: &Concepts) {
    for (nth, sentence) in told_with(blocks, sentences, BEFORE) {
        let is_kept = |it: &super::phrases::Chunk| {
            it.verb().is_some_and(|it| !it.denied && one_of(it.lemma.as_str(), KEPT))
        };
        let Some(asked) = asked(sentence).filter(|_| chunks(sentence).iter().any(is_kept)) else { continue };
        let before = up_to(sentences, nth);
        let Some(start) = before.first().map(|it| it.span) else { continue };
        let until = sentence.span_of(asked.from, asked.from).start;
        let same: Vec<Span> = before.iter().filter(|it| asked.is_told_in(it)).map(|it| it.span).collect();
        let is_told = |it: &&Relationship| {
            let told = |at: &Span| start.start <= at.start && at.start < until;
            it.kind == RelationshipKind::ManyToOne
                && it.evidence.iter().any(told)
                && asked.fits(it, &same, concepts)
        };
        let Some((from, to)) =
            reading.relationships.iter().rfind(is_told).map(|it| (it.from.clone(), it.to.clone()))
        else {
            continue;
        };
        let clause = sentence.span_of(asked.from, sentence.words.len());
        let via = join(reading, &from, &to, clause);
        // What is asked, and the moments behind it, were read as the one's or the other's.
        let question = sentence.span_of(asked.from, asked.to);
        let taken = |it: &Attribute| {
            let moment = one_of(it.type_name.as_str(), "date timestamptz");
            let place = if moment { clause } else { question };
            !it.evidence.is_empty() && it.evidence.iter().all(|it| it.is_within(place))
        };
        for entity in reading.entities.iter_mut().filter(|it| it.name == from || it.name == to) {
            entity.attributes.retain(|it| !taken(it));
        }
        if (asked.from..sentence.words.len()).any(|at| one_of(sentence.word(at), WHEN)) {
            for name in ["from_date", "to_date"] {
                give(reading, &via, &Item::named(name, clause));
            }
        }
    }
}

/// "where it hung before", "which club he worked for earlier".
struct Asked {
    /// Where the question begins.
    from: usize,
    /// Where it ends.
    to: usize,
    /// What is asked for, if it is named.
    of: Option<String>,
    /// The base form of what it did.
    verb: String,
}

impl Asked {
    /// Whether the tie is what is asked for: it is told with the same verb, and is to a thing of that name. `same`: where that verb
    /// stands.
    fn fits(&self, tie: &Relationship, same: &[Span], concepts: &Concepts) -> bool {
        let named =
            self.of.as_ref().is_none_or(|it| tie.to == *it || concepts.resolve(it) == Some(tie.to.as_str()));
        named && tie.evidence.iter().any(|at| same.iter().any(|it| at.overlaps(*it)))
    }

    /// Whether a sentence has its verb.
    fn is_told_in(&self, sentence: &Sentence) -> bool {
        sentence.words.iter().any(|it| base_form(&it.token.word) == self.verb)
    }
}

fn asked(sentence: &Sentence) -> Option<Asked> {
    let before = (0..sentence.words.len()).find(|at| BEFORE.contains(&sentence.word(*at)))?;
    let from = (0..before).rfind(|at| sentence.says(*at, "where which whose"))?;
    let of = (!sentence.says(from, "where")).then(|| singular(sentence.word(from + 1)));
    // The verb stands last, or before "in", "for" and the like.
    let is_verb = |at: &usize| matches!(sentence.tag(*at), Tag::Verb | Tag::Past);
    let verb = (from + 1..before).rfind(is_verb)?;
    Some(Asked { from, to: before + 1, of, verb: base_form(sentence.word(verb)) })
}

#[cfg(test)]
mod tests {
    use super::super::read;

    /// Whether each stay of a meter in a flat is kept, and the columns that it has.
    #[track_caller]
    fn check(text: &str, expected: Option<&[&str]>) {
        let reading = read(&format!("Flats have a number. {text}"));
        let tie = reading.relationships.iter().find(|it| it.is_between("meter", "flat"));
        let via = tie.and_then(|it| it.via.clone());
        let pair = reading.entities.iter().find(|it| Some(&it.name) == via.as_ref());
        let columns: Option<Vec<&str>> =
            pair.map(|it| it.attributes.iter().map(|it| it.name.as_str()).collect());
        assert_eq!(columns.as_deref(), expected, "{text}");
    }

    #[test]
    fn where_something_was_before_is_kept_of_the_pair() {
        let dated = Some(["from_date", "to_date"].as_slice());
        check(
            "A meter has a number and hangs in a flat; where it hung before must be kept, with the dates.",
            dated,
        );
        check("A meter hangs in a flat. We also want to know where it hung before.", Some(&[]));
        check("Every meter hangs in one flat. In which flat it hung earlier is kept as well.", Some(&[]));
    }

    #[test]
    fn what_is_told_behind_it_of_either_stays() {
        let reading = read(
            "A meter has a number and hangs in a flat; where it hung before must be kept, and a flat has a size and a floor.",
        );
        let flat = reading.entities.iter().find(|it| it.name == "flat").expect("it has a size");
        assert!(flat.attributes.iter().any(|it| it.name == "size"), "{:?}", flat.attributes);
    }

    #[test]
    fn what_is_not_kept_or_not_the_same_tie_changes_nothing() {
        check("A meter has a number and hangs in a flat; where it hung before is not kept.", None);
        check("A meter has a number and hangs in a flat. Where it was bought before is recorded.", None);
    }
}

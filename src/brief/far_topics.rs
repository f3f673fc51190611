//! Lists of what is kept, without a subject of their own, whose topic was last spoken of long before: they are nobody's.
//!
//! "We keep date and result" belongs to the topic where the sentence, the one before, its heading or the item above names it. Where
//! none of them does, the topic was right in 3 of 41 cases (docs/reader.md), and what the sentence before named last in one of three.

use super::blocks::Block;
use super::concepts::Concepts;
use super::fact::{Fact, Facts, Form, phrase_of};
use super::phrases::{Chunk, Phrase, chunks};
use super::sentences::Sentence;

/// Takes such lists out; what refers to another thing stays, since the tie may be right where the owner is not.
pub fn leave(facts: &mut Facts, blocks: &[Block], sentences: &[Sentence], concepts: &Concepts) {
    let Facts { all, topics, .. } = facts;
    all.retain(|fact| {
        let Fact::Owns { owner, item, form, .. } = fact else { return true };
        let refers = item.who.is_some() || concepts.entity(&phrase_of(item)).is_some();
        if *form != Form::Recorded || refers {
            return true;
        }
        let at = sentences.partition_point(|it| it.span.end <= item.span.start);
        let Some(sentence) = sentences.get(at).filter(|it| it.span.start <= item.span.start) else {
            return true;
        };
        let Some(entity) = concepts.entity(owner) else { return true };
        let topic = topics.get(at).and_then(Option::as_ref).and_then(|it| concepts.entity(it));
        let Some(block) = blocks.get(sentence.block).filter(|_| topic == Some(entity)) else { return true };
        let before = at.checked_sub(1).and_then(|it| sentences.get(it));
        let names = |it: &Phrase| concepts.entity(it) == Some(entity);
        let own = phrases(sentence).filter(|it| !it.span.overlaps(item.span)).any(names);
        if own || before.is_some_and(|it| phrases(it).any(names)) {
            return true;
        }
        let above = |of: usize| {
            let from = sentences.partition_point(|it| it.block < of);
            let first = sentences.get(from..).unwrap_or_default().iter().take_while(|it| it.block == of);
            first.flat_map(phrases).find_map(|it| concepts.entity(it)) == Some(entity)
        };
        [block.parent, block.heading].into_iter().flatten().any(above)
    });
}

fn phrases(sentence: &Sentence) -> impl Iterator<Item = &Phrase> {
    chunks(sentence).iter().filter_map(Chunk::phrase)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_list_is_not_given_to_what_was_spoken_of_long_before() {
        let text = "A school has instructors. An instructor has a name and a phone. Students come from all over the coast. \
                    When a student is ready he or she is sent to an exam at the examination office. We keep date and result. \
                    A lantern stands in the tower of a harbour and shines every single night. An exam costs a fee.";
        let reading = crate::brief::read(text);
        let instructor = reading.entities.iter().find(|it| it.name == "instructor");
        let mut names: Vec<&str> =
            instructor.iter().flat_map(|it| &it.attributes).map(|it| it.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["name", "phone"]);
    }
}

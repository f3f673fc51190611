//! What is named, and tied to nothing: it hangs, as an assumption, on what the text was speaking of when it named it.

use super::concepts::Concepts;
use super::fact::Facts;
use super::phrases::chunks;
use super::reading::{EntityKind, Reading, Relationship};
use super::sentences::Sentence;
use super::tied::Unclear;
use crate::base::{Gather as _, SortedSet};

/// The reason of such pairs.
const TOPIC: &str = "the text names it while it speaks of the other";

/// Ties what has no attribute and no relationship to what the text speaks of, else to what stands in the same sentence.
///
/// Not where the rules read alone, as backlogs and prompts: there nothing is pruned either. Not what is `unclear`. Linear in the
/// entities, but for their place.
pub fn tie(
    reading: &mut Reading,
    facts: &Facts,
    concepts: &Concepts,
    sentences: &[Sentence],
    unclear: &[Unclear],
) {
    if !concepts.is_judged {
        return;
    }
    let tied = super::tied::tied(reading, unclear);
    let mut found: Vec<Relationship> = Vec::new();
    for entity in &mut reading.entities {
        let told = entity.is_told() || entity.kind == EntityKind::Junction;
        let sure = concepts.all.get(&entity.name).is_none_or(|it| it.score >= super::model::SURE);
        if told || sure || tied.contains(&entity.name) || concepts.maintained.contains(&entity.name) {
            continue;
        }
        let Some(first) = entity.evidence.first().copied() else { continue };
        let at = sentences.partition_point(|it| it.span.end <= first.start);
        let Some(sentence) = sentences.get(at) else { continue };
        let beside = chunks(sentence)
            .iter()
            .filter_map(|it| it.phrase())
            .filter_map(|it| concepts.entity(it))
            .find(|it| *it != entity.name)
            .map(str::to_owned);
        let topic = facts.topics.get(at).and_then(Option::as_ref).and_then(|it| concepts.entity(it));
        let other = topic.filter(|it| *it != entity.name).map(str::to_owned);
        let Some(to) = other.or(beside) else { continue };
        entity.assumed = true;
        TOPIC.clone_into(&mut entity.reason);
        found.push(Relationship { assumed: true, ..Relationship::said(&entity.name, &to, TOPIC, first) });
    }
    let names: SortedSet<String> = reading.entities.iter().map(|it| it.name.clone()).gather();
    reading.relationships.extend(found.into_iter().filter(|it| names.contains(&it.to)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::brief::{Prepared, concepts, model, prepare, relations};

    /// Long enough to be no prompt.
    fn filler() -> String {
        "A lantern stands in the tower of a harbour and shines every single night. ".repeat(12)
    }

    /// What the rules alone tie the reminders to.
    fn tied(unclear: &[Unclear]) -> Option<(String, bool)> {
        let text = format!("{} A lantern has a code, a height and a colour. Reminders go out.", filler());
        let Prepared { blocks, sentences, facts, words, .. } = prepare(&text);
        let mut concepts = concepts::concepts(&facts, &blocks, &sentences, words, None);
        concepts.is_judged = true;
        let votes = relations::relations(&blocks, &sentences, &facts, &concepts);
        let mut reading = model::model(&text, &facts, &concepts, &votes);
        tie(&mut reading, &facts, &concepts, &sentences, unclear);
        let found = reading.entities.iter().find(|it| it.name == "reminder").expect("it is named");
        let tied = reading.relationships.iter().find(|it| it.from == "reminder")?;
        Some((tied.to.clone(), tied.assumed && found.assumed))
    }

    #[test]
    fn what_is_only_named_hangs_on_what_the_text_speaks_of() {
        assert_eq!(tied(&[]), Some(("lantern".to_owned(), true)));
    }

    #[test]
    fn what_is_asked_hangs_on_nothing() {
        let ends = ["reminder", "tower"].map(str::to_owned);
        let unclear = Unclear { ends, kinds: Vec::new(), span: Span::default(), likely: 0.5 };
        assert_eq!(tied(&[unclear]), None);
    }
}

//! What the text speaks of only to say that its table is there already: its schema is asked for, and none is made up.

use super::{ConstraintKind, Said, Sentence, firm};
use crate::base::{Gather, SortedSet, Span};
use crate::brief::reading::{LeftOut, Reading, Relationship};

/// Takes the entities back that nothing tells of but the sentences which say what is there already. Linear.
pub fn set_apart(reading: &mut Reading, text: &str, said: &[Said]) {
    let said = places(text, said);
    if said.is_empty() {
        return;
    }
    let is_within = |it: &Span| said.iter().any(|of| it.is_within(*of));
    let is_only_there = |all: &[Span]| !all.is_empty() && all.iter().all(is_within);
    let mut apart: SortedSet<String> =
        reading.entities.iter().filter(|it| is_only_there(&it.evidence)).map(|it| it.name.clone()).gather();
    let ends = |it: &Relationship| [Some(it.from.clone()), Some(it.to.clone()), it.via.clone()];
    for told in reading.relationships.iter().filter(|it| !it.assumed && !is_only_there(&it.evidence)) {
        for name in ends(told).into_iter().flatten() {
            apart.remove(&name);
        }
    }
    reading.relationships.retain(|it| ends(it).into_iter().flatten().all(|it| !apart.contains(&it)));
    let (gone, kept) =
        std::mem::take(&mut reading.entities).into_iter().partition(|it| apart.contains(&it.name));
    reading.entities = kept;
    let gone: Vec<crate::brief::reading::Entity> = gone;
    reading.left_out.extend(gone.into_iter().map(|it| LeftOut {
        name: it.name,
        reason: "it is there already: bring its schema".to_owned(),
        evidence: it.evidence,
    }));
}

/// The sentences that say that tables are there already.
fn places(text: &str, said: &[Said]) -> Vec<Span> {
    let mut out = Vec::new();
    for Said { words, .. } in said {
        let sentence = Sentence::new(words);
        let mut says = false;
        firm::existing(&sentence, text, &mut |kind, _| {
            says |= matches!(kind, ConstraintKind::Existing(_));
        });
        if says {
            // A name between quotes has its quotes in the evidence.
            let whole = sentence.whole();
            out.push(Span { start: whole.start.saturating_sub(1), end: whole.end + 1 });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, entities: &[&str]) {
        let reading = crate::brief::read(text);
        let found: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(found, entities, "{text}");
    }

    #[test]
    fn what_is_only_said_to_be_there_is_no_entity() {
        let garden = "A gardener has a name. A plot has a number and belongs to a gardener.";
        check(&format!("{garden} Our existing `member` table stays as it is."), &["gardener", "plot"]);
        check(
            &format!(
                "{garden}\n\nThe table `legacy_orders` is owned by another team and must not be changed."
            ),
            &["gardener", "plot"],
        );
    }

    #[test]
    fn what_else_is_told_of_it_makes_it_one() {
        let text =
            "A plot has a number and belongs to a member.\n\nOur existing `member` table stays as it is.";
        check(text, &["plot", "member"]);
    }
}

//! "Every change of an order is logged": what was changed in it, by whom and when, in rows that never change.

use super::concepts::Concepts;
use super::fact::{Fact, Facts, Rule as Said, is_plain};
use super::knowledge::{assumed, user_of};
use super::phrases::{Chunk, Phrase};
use super::reading::{Attribute, OnDelete, Reading, Relationship, Rule, RuleKind};
use super::sentences::Sentence;
use crate::base::{Span, one_of};

/// Words for what was changed.
const CHANGES: &str =
    "change changes modification modifications edit edits update updates alteration alterations";

/// Words for all of them.
const ALL: &str = "every each all any";

/// Words for keeping them.
const KEPT: &str = "logged log logs recorded record records tracked track tracks kept keep keeps written stored traceable traced audited audit trail history feed shows appears";

/// What tables of such rows are called, where the text itself names them.
const LOGS: &str =
    "change modification edit update alteration log trail audit_trail audit_log change_log history audit";

/// Where a sentence says that all changes are kept: the word for them.
pub fn all_kept(sentence: &Sentence) -> Option<usize> {
    let count = sentence.words.len();
    let has = |words: &str| (0..count).any(|at| sentence.says(at, words));
    (1..count).filter(|_| has(KEPT)).find(|at| {
        sentence.says(*at, CHANGES) && sentence.says(at - 1, ALL)
            || sentence.says(*at, "happens") && has("everything")
            || sentence.says(*at, "changed") && sentence.says(at - 1, "who")
    })
}

/// Of what a sentence says that all changes are kept.
pub fn of(sentence: &Sentence, chunks: &[Chunk]) -> Option<Phrase> {
    let at = all_kept(sentence)?;
    // "Who changed what in a claim": the preposition stands somewhere behind.
    let far = if sentence.says(at, "changed") { sentence.words.len() } else { at + 3 };
    let preposition = (at + 1..far).find(|it| sentence.says(*it, "of to in on for"))?;
    let phrase = chunks.iter().find(|it| it.from == preposition + 1)?.phrase()?;
    Some(phrase.clone()).filter(|it| !is_plain(&it.key) && !it.possessor)
}

/// Gives what all changes are kept of a table of them, unless all that happens has one.
pub fn read(reading: &mut Reading, facts: &Facts, concepts: &Concepts) {
    for fact in &facts.all {
        let Fact::Rule { of, rule: Said::Logged, span } = fact else { continue };
        let Some(whole) = concepts.entity(of) else { continue };
        let is = |it: &str| reading.entities.iter().any(|entity| entity.name == it);
        if is(whole) && !is("activity") {
            keep(reading, whole, *span);
        }
    }
}

fn keep(reading: &mut Reading, whole: &str, span: Span) {
    let name = format!("{whole}_change");
    // The text tells what is kept of each.
    if reading.entities.iter().any(|it| it.name == name && !it.attributes.is_empty()) {
        reading.rules.push(Rule { entity: name, kind: RuleKind::Immutable, evidence: span });
        return;
    }
    // What the sentence itself calls a change or a log is this table.
    let told = |it: &super::reading::Entity| {
        it.name == name || one_of(&it.name, LOGS) && it.evidence.iter().all(|it| span.cover(*it) == span)
    };
    let old: Vec<String> = reading.entities.iter().filter(|it| told(it)).map(|it| it.name.clone()).collect();
    reading.entities.retain(|it| !old.contains(&it.name));
    reading.relationships.retain(|it| !old.contains(&it.from) && !old.contains(&it.to));
    let mut entity = assumed(&name, "the text wants every change to be seen later");
    entity.assumed = false;
    entity.evidence = vec![span];
    let columns = [("action", "text", false), ("changes", "jsonb", true)];
    entity
        .attributes
        .extend(columns.map(|(name, of_type, nullable)| Attribute::assumed(name, of_type, nullable)));
    let user = user_of(reading).map(str::to_owned);
    if user.is_none() {
        entity.attributes.push(Attribute::assumed("changed_by", "text", true));
    }
    reading.entities.push(entity);
    let of = |to: &str, reason: &str| Relationship {
        on_delete: OnDelete::Restrict,
        ..Relationship::assumed(&name, to, reason)
    };
    let mine = Relationship {
        assumed: false,
        evidence: vec![span],
        ..of(whole, "each change is one of it, and is kept as long")
    };
    reading.relationships.push(mine);
    reading.relationships.extend(user.map(|user| Relationship {
        role: Some("changer".to_owned()),
        nullable: true,
        ..of(&user, "what was changed keeps who did it")
    }));
    reading.rules.push(Rule { entity: name, kind: RuleKind::Immutable, evidence: span });
}

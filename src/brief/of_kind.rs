//! Ties among things of one kind: "a course may require other courses", "users follow each other", "an issue can block others".
//! Each has several of the others, and is one of theirs.

use super::blocks::Block;
use super::concepts::Concepts;
use super::fact::Facts;
use super::lexicon::lexicon;
use super::model::pair;
use super::phrases::{Chunk, ChunkKind, Phrase, Verb, chunks};
use super::reading::{OnDelete, Reading, Relationship, RelationshipKind};
use super::sentences::{Sentence, told_with};
use crate::base::{Clip as _, Span, one_of, pairs};

/// Verbs that tie things of one kind, with what the tie is called. Source: own knowledge of English; what people only see or say of
/// each other is not kept.
const TIES: &str = "require prerequisite need prerequisite presuppose prerequisite depend dependency wait dependency rely dependency \
    follow follow block block mute mute befriend friendship endorse endorsement recommend recommendation vouch vouching \
    replace replacement supersede replacement substitute substitution link link connect connection relate relation refer reference \
    reference reference cite citation mention mention point reference conflict conflict exclude exclusion contradict contradiction \
    contain part include part comprise part incorporate part import import embed part consist part compose part use use \
    derive derivation descend descent evolve derivation build derivation merge merge split derivation precede predecessor \
    succeed successor unlock unlock trigger trigger cause cause influence influence feed feed invoke call \
    adjoin adjacency neighbour adjacency border adjacency combine combination match match pair pairing group grouping \
    complement complement accompany companion duplicate duplicate inherit inheritance extend extension affect effect";

/// Why there is such a table.
const REASON: &str = "each may have several others of its kind";

/// Reads every sentence that ties things of one kind. Linear.
pub fn read(
    reading: &mut Reading,
    blocks: &[Block],
    sentences: &[Sentence],
    facts: &Facts,
    concepts: &Concepts,
) {
    for (nth, sentence) in told_with(blocks, sentences, &["other", "others", "another"]) {
        let topic = facts.topics.get(nth).and_then(Option::as_ref);
        for at in (0..sentence.words.len()).filter(|at| sentence.says(*at, "other others another")) {
            if let Some((entity, tie)) = tied(concepts, sentence, at, topic) {
                add(reading, &entity, tie, sentence.span);
            }
        }
    }
}

/// The entity whose things are tied by what the sentence says of "other" at `at`, and what the tie is called.
fn tied(
    concepts: &Concepts,
    sentence: &Sentence,
    at: usize,
    topic: Option<&Phrase>,
) -> Option<(String, &'static str)> {
    let all = chunks(sentence);
    let place = all.iter().position(|it| it.from <= at && at < it.to)?;
    let before = all.clip(..place);
    let verb_at = before.iter().rposition(|it| it.verb().is_some())?;
    let verb = before.get(verb_at)?.verb().filter(|it| !it.denied)?;
    let tie = pairs(TIES).into_iter().find(|it| it.0 == verb.lemma)?.1;
    // Nothing but a preposition and how many stand between; "wait till others have come" tells when.
    let is_lead =
        |it: &Chunk| it.kind.is_prep("on to by with for from of into in upon") || it.kind == ChunkKind::Other;
    if !before.clip(verb_at + 1..).iter().all(is_lead) {
        return None;
    }
    let before = before.clip(..verb_at);
    let subject = subject(concepts, before, topic);
    // "Each other", "one another"
    if at > 0
        && (sentence.says(at - 1, "each") || sentence.says(at - 1, "one") && sentence.says(at, "another"))
    {
        // "Units follow one another" tells of their order.
        let is_order = one_of(&verb.lemma, "follow succeed precede");
        return subject.filter(|it| !is_order || lexicon().is_person(it)).map(|it| (it, tie));
    }
    let object = all.get(place)?.phrase();
    let named = object.and_then(|it| concepts.entity(it)).map(str::to_owned);
    let is_named = |it: &str| {
        let named = before.iter().filter_map(Chunk::phrase).any(|own| concepts.entity(own) == Some(it));
        named || subject.as_deref() == Some(it)
    };
    let entity = match (named, object) {
        (Some(named), Some(object)) => Some(named).filter(|it| object.many && is_named(it)),
        // "An issue may block others"
        _ => subject.clone().filter(|_| sentence.says(at, "others")),
    };
    entity.filter(|it| is_kept(verb, it)).map(|it| (it, tie))
}

/// What people do with each other by these verbs is kept; what else they need or use of each other is talk.
fn is_kept(verb: &Verb, entity: &str) -> bool {
    !lexicon().is_person(entity)
        || one_of(
            &verb.lemma,
            "follow block mute befriend endorse recommend vouch refer connect link match relate",
        )
}

/// Of which entity a clause speaks: of the one that it names last, or of what "it" means.
fn subject(concepts: &Concepts, before: &[Chunk], topic: Option<&Phrase>) -> Option<String> {
    let mut things =
        before.iter().rev().filter_map(Chunk::phrase).filter(|it| !lexicon().is_property(&it.key));
    let named = things.next().and_then(|it| concepts.entity(it));
    let is_pronoun = before.iter().any(|it| matches!(it.kind, ChunkKind::Pron(_)));
    let meant = topic.filter(|_| is_pronoun || before.is_empty()).and_then(|it| concepts.entity(it));
    named.or(meant).map(str::to_owned)
}

/// A table of pairs, unless its things are tied already.
fn add(reading: &mut Reading, entity: &str, tie: &str, span: Span) {
    let is_there = reading.entities.iter().any(|it| it.name == entity);
    let known =
        reading.relationships.iter().any(|it| it.from == entity && it.to == entity && it.role.is_none());
    let via = format!("{entity}_{tie}");
    if !is_there || known || reading.entities.iter().any(|it| it.name == via) {
        return;
    }
    reading.entities.push(pair(&via, span, REASON));
    reading.relationships.push(Relationship {
        kind: RelationshipKind::ManyToMany,
        via: Some(via),
        on_delete: OnDelete::Cascade,
        ..Relationship::said(entity, entity, REASON, span)
    });
}

#[cfg(test)]
mod tests {
    use crate::brief::reading::RelationshipKind;

    /// The tables that tie things of one kind.
    #[track_caller]
    fn check(text: &str, tables: &[&str]) {
        let reading = crate::brief::read(text);
        let own = reading.relationships.iter().filter(|it| it.from == it.to);
        let own = own.filter(|it| it.kind == RelationshipKind::ManyToMany);
        assert_eq!(own.filter_map(|it| it.via.as_deref()).collect::<Vec<_>>(), tables, "{text}");
    }

    #[test]
    fn others_of_its_kind_are_several() {
        check("A course has a title and can require other courses.", &["course_prerequisite"]);
        check("Tasks have a title. A task may be blocked by other tasks.", &["task_block"]);
        check("Users have a name and can follow each other.", &["user_follow"]);
        check("An issue has a title. It may block others.", &["issue_block"]);
        check("Articles have a title and are linked to other articles.", &["article_link"]);
    }

    #[test]
    fn what_is_only_said_of_others_is_no_tie() {
        check("Users have a name and can see other users. A user needs other users.", &[]);
        check("A task has a title and is visible to other users. Users have a name.", &[]);
        check("A course has a title. Teachers teach the course and other courses.", &[]);
        check("A part has a number and does not need other parts.", &[]);
    }
}

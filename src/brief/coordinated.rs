//! Several verbs that share what a preposition leads to: "posts can be liked and commented on by users".

use super::phrases::{Chunk, ChunkKind, Chunked, Verb};
use super::sentences::Sentence;
use super::tags::Tag;
use crate::base::Clip;

/// Makes passive what a passive verb goes on with, whose helper stands before the first alone: "is requested by customers and approved
/// by managers".
pub fn suffer(sentence: &Sentence, all: &mut [Chunk]) {
    for by in 0..all.len() {
        if !all.kind_at(by).is_prep("by") {
            continue;
        }
        let mut together = before(all, by);
        // "Accepted or refused by a clerk" tells how it may stand.
        let joint = together.first().map_or(0, |at| all.start_at(*at)).saturating_sub(1);
        if !sentence.says(joint, "and") {
            continue;
        }
        if let Some(helped) = together.last().and_then(|at| helped(all, *at)) {
            together.push(helped);
        }
        let first =
            together.last().and_then(|at| all.verb_at(*at)).filter(|it| it.passive && !it.bare).cloned();
        let Some(first) = first else { continue };
        for at in together.into_iter().rev().skip(1) {
            let Some(chunk) = all.get_mut(at).filter(|it| sentence.tag(it.from) == Tag::Past) else {
                continue;
            };
            if let ChunkKind::Verb(verb) = &mut chunk.kind {
                let lemma = std::mem::take(&mut verb.lemma);
                *verb = Verb { lemma, particle: verb.particle, ..first.clone() };
            }
        }
    }
}

/// The verb with a helper that a bare one at `at` goes on from, behind "and" and who does the first.
fn helped(all: &[Chunk], at: usize) -> Option<usize> {
    let joint = at.checked_sub(1).filter(|it| matches!(all.kind_at(*it), ChunkKind::And))?;
    all.verb_at(at).filter(|it| it.bare)?;
    all.phrase_at(joint.checked_sub(1)?)?;
    let clause = all.clip(..joint);
    let helped = clause.iter().rposition(|it| it.verb().is_some())?;
    clause.kind_at(helped + 1).is_prep("by").then_some(helped)
}

/// What else they do whom the preposition at `by` leads to, besides the verb before it.
pub fn others(all: &[Chunk], by: usize) -> Vec<&Verb> {
    let together = if all.kind_at(by).is_prep("by") { before(all, by) } else { Vec::new() };
    together.into_iter().skip(1).filter_map(|at| all.verb_at(at)).collect()
}

/// The verbs that share what the preposition at `by` leads to, the nearest first: each joined to the one before it, the first with its
/// helper.
fn before(all: &[Chunk], by: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut end = by;
    loop {
        let leading = all.clip(..end).iter().rev().take_while(|it| matches!(it.kind, ChunkKind::Prep(_)));
        let Some(at) = end.checked_sub(leading.count() + 1) else { return out };
        if !all.verb_at(at).is_some_and(|it| it.bare || it.passive) {
            return out;
        }
        out.push(at);
        let Some(joint) = at.checked_sub(1).filter(|it| matches!(all.kind_at(*it), ChunkKind::And)) else {
            return out;
        };
        end = joint;
    }
}

/// What stands behind the verb at `at` and those that share it with it.
pub fn behind(all: &[Chunk], at: usize) -> &[Chunk] {
    let rest = all.clip(at + 1..);
    let leading = rest.iter().take_while(|it| matches!(it.kind, ChunkKind::Prep(_))).count();
    let joined = matches!(rest.kind_at(leading), ChunkKind::And);
    if joined && rest.verb_at(leading + 1).is_some_and(|it| it.passive && !it.bare) {
        return behind(all, at + leading + 2);
    }
    rest
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    #[track_caller]
    fn refers(text: &str, ties: &[(&str, &str)]) {
        let reading = read(text);
        for (from, to) in ties {
            let mut all = reading.relationships.iter().filter(|it| !it.assumed);
            assert!(all.any(|it| it.from == *from && it.to == *to), "{from} > {to}: {text}");
        }
    }

    #[test]
    fn what_the_same_people_do_is_told_of_them() {
        let ties = [("rating", "photo"), ("rating", "member"), ("review", "photo"), ("review", "member")];
        refers("Photos have a title. Photos can be rated and reviewed by members.", &ties);
        let ties = [("comment", "post"), ("comment", "user"), ("like", "user")];
        refers("Posts have a title. Posts can be commented on and liked by users.", &ties);
    }
}

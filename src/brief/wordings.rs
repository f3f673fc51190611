//! Further wordings of what a thing has: "the height and the size of a model are stored", "we store for each model its height",
//! "the attributes of a model are …", "a model is given a code and a rank".

use super::clauses::Clause;
use super::fact::{Form, is_plain};
use super::facts::Reader;
use super::item_values::telling;
use super::items::{Item, items};
use super::lexicon::{last_word, lexicon};
use super::list_ends::list_end;
use super::phrases::{Chunk, ChunkKind, Det, Phrase};
use super::recording::RECORD;
use crate::base::{Clip, one_of};

/// Verbs by which somebody settles a property. Source: English verbs of agreement.
const SETTLED: &str = "agree fix set negotiate determine define announce publish print";

/// Nouns that only say that properties follow. Source: English nouns of description.
pub const PROPERTIES: &str = "following information data detail attribute property field characteristic particular value metadata \
                      content";

/// Verbs by which a thing comes by its properties, in the passive. Source: English verbs of giving.
const GIVEN: &str = "give assign allocate issue provide";

/// Verbs of those who tell their own properties. Source: English verbs of giving and filling in.
const TELLING: &str = "provide enter submit supply specify indicate state require give";

/// Reads a clause in one of these wordings; gives the words that its list covers.
pub fn read(reader: &mut Reader, cx: &Clause, own: Option<&Phrase>) -> Option<(usize, usize)> {
    if cx.verb.denied || cx.relative {
        return None;
    }
    subject_of(reader, cx)
        .or_else(|| behind_each(reader, cx))
        .or_else(|| before_one(reader, cx))
        .or_else(|| attributes_of(reader, cx))
        .or_else(|| given(reader, cx, own?))
        .or_else(|| reports(reader, cx, own?))
}

fn thing(it: &Phrase) -> bool {
    !is_plain(&it.key) && !lexicon().is_property(&it.key) && !it.possessor
}

fn is_prep(chunk: Option<&Chunk>, words: &[&str]) -> bool {
    matches!(chunk.map(|it| &it.kind), Some(ChunkKind::Prep(word)) if words.contains(&word.as_str()))
}

/// Whether a list is long enough and mostly properties.
fn mostly(found: &[Item]) -> bool {
    found.len() >= 2 && telling(found) * 2 > found.len()
}

/// Whether all of a list are single properties.
fn wholly(found: &[Item]) -> bool {
    !found.is_empty() && telling(found) == found.len() && found.iter().all(|it| !it.many)
}

/// "The height and the size of a model are stored", "a model's height and size are known".
fn subject_of(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    let lemma = cx.verb.lemma.as_str();
    if !cx.verb.passive || !one_of(lemma, RECORD) && !one_of(lemma, SETTLED) {
        return None;
    }
    let first = cx.chunks.get(cx.start)?;
    let opening = first.phrase()?;
    let last = cx.chunks.get(cx.verb_at.checked_sub(1)?)?;
    let (owner, from, to) = if opening.possessor {
        (opening.clone(), first.to, last.to)
    } else {
        let of = cx.verb_at.checked_sub(2).filter(|at| *at > cx.start)?;
        let behind = last.phrase().filter(|_| is_prep(cx.chunks.get(of), &["of"]))?;
        (behind.clone(), first.from, cx.chunks.get(of)?.from)
    };
    let whose = Phrase { possessor: false, ..owner };
    let found = items(cx.sentence, from, to);
    if !thing(&whose) || !wholly(&found) {
        return None;
    }
    reader.owns(&whose, found, Form::Recorded);
    Some((from, to))
}

/// "We store for each model its height and size".
fn behind_each(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    if cx.verb.passive || !one_of(cx.verb.lemma.as_str(), RECORD) {
        return None;
    }
    let behind = cx.chunks.get(cx.verb_at + 2)?;
    let owner = behind.phrase().filter(|it| it.det == Det::Each && thing(it))?.clone();
    if !is_prep(cx.chunks.get(cx.verb_at + 1), &["for", "of", "about", "on", "per"]) {
        return None;
    }
    let from = behind.to + usize::from(cx.sentence.says(behind.to, ", : -"));
    let end = list_end(cx, from);
    let found = items(cx.sentence, from, end);
    if !mostly(&found) {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((from, end))
}

/// "It must be possible to store the height and the size for a model".
fn before_one(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    if cx.verb.passive || !one_of(cx.verb.lemma.as_str(), RECORD) {
        return None;
    }
    let from = cx.chunks.get(cx.verb_at)?.to;
    let rest = cx.chunks.clip(cx.verb_at + 1..);
    let [.., prep, last] = rest else { return None };
    let owner =
        last.phrase().filter(|it| (it.many || matches!(it.det, Det::One | Det::Each)) && thing(it))?.clone();
    if !is_prep(Some(prep), &["for", "of", "about"]) {
        return None;
    }
    let found = items(cx.sentence, from, prep.from);
    if found.len() < 2 || !wholly(&found) {
        return None;
    }
    reader.owns(&owner, found, Form::Recorded);
    Some((from, last.to))
}

/// "The attributes of a model are its height and its size".
fn attributes_of(reader: &mut Reader, cx: &Clause) -> Option<(usize, usize)> {
    if cx.verb.passive || !one_of(cx.verb.lemma.as_str(), "be include comprise contain") {
        return None;
    }
    let named = cx.chunks.get(cx.start)?.phrase()?;
    let owner = cx.chunks.get(cx.start + 2)?.phrase().filter(|it| thing(it))?.clone();
    let says = one_of(last_word(&named.key), PROPERTIES)
        && is_prep(cx.chunks.get(cx.start + 1), &["of", "for", "about", "on"])
        && cx.start + 2 < cx.verb_at;
    let from = cx.chunks.get(cx.verb_at)?.to;
    let end = list_end(cx, from);
    let found = items(cx.sentence, from, end);
    if !says || !mostly(&found) {
        return None;
    }
    reader.owns(&owner, found, Form::Have);
    Some((from, end))
}

/// "A model is given a code and a rank", "a model provides her height and her size".
fn given(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let lemma = cx.verb.lemma.as_str();
    let from = cx.chunks.get(cx.verb_at)?.to;
    let theirs = cx.sentence.says(from, "its his her their");
    let passive = cx.verb.passive && one_of(lemma, GIVEN);
    let active = !cx.verb.passive
        && one_of(lemma, TELLING)
        && (theirs || one_of(lemma, "provide supply require") && lexicon().is_person(&own.key));
    if !(passive || active) || !thing(own) {
        return None;
    }
    let end = list_end(cx, from);
    let found = items(cx.sentence, from, end);
    if !mostly(&found) {
        return None;
    }
    reader.owns(own, found, Form::Have);
    Some((from, end))
}

/// "A shirt comes in several colours and sizes", "is available in different sizes": it has several of each.
pub fn comes_in(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    const SEVERAL: &str = "several many various multiple different";
    let from = cx.chunks.get(cx.verb_at)?.to;
    let available = usize::from(cx.verb.lemma == "be" && cx.sentence.says(from, "available"));
    let within = cx.sentence.says(from + available, "in") && cx.sentence.says(from + available + 1, SEVERAL);
    if !within || available == 0 && cx.verb.lemma != "come" || !thing(own) {
        return None;
    }
    let (from, end) = (from + available + 2, list_end(cx, from));
    let mut found = items(cx.sentence, from, end);
    for it in &mut found {
        it.several |= it.many;
    }
    if !found.iter().all(|it| it.many) {
        return None;
    }
    reader.owns(own, found, Form::Have);
    Some((from, end))
}

/// "An employee reports to a manager": he has one. To another employee: to his manager.
fn reports(reader: &mut Reader, cx: &Clause, own: &Phrase) -> Option<(usize, usize)> {
    let person = |it: &Phrase| lexicon().is_person(&it.key);
    let above = cx.chunks.get(cx.verb_at + 2)?;
    let to = above.phrase().filter(|it| person(it) && is_prep(cx.chunks.get(cx.verb_at + 1), &["to"]))?;
    if cx.verb.lemma != "report" || cx.verb.passive || !person(own) {
        return None;
    }
    let name = if to.key == own.key { "manager" } else { &to.key };
    reader.owns(own, vec![Item::named(name, to.span)], Form::Have);
    Some((above.from, above.to))
}

/// "The following is kept about each model: …", "information on a model: …": the thing that a label of properties speaks of.
pub fn label_about(label: &[&Chunk]) -> Option<Phrase> {
    let phrases = || label.iter().filter_map(|it| it.phrase());
    let says = phrases().any(|it| one_of(last_word(&it.full), PROPERTIES));
    let at = label.iter().enumerate().rposition(|(at, it)| {
        let governed =
            at > 0 && is_prep(label.get(at - 1).copied(), &["about", "on", "per", "of", "for", "regarding"]);
        governed && it.phrase().is_some_and(thing)
    })?;
    let others = label.iter().enumerate().filter(|it| it.0 != at).filter_map(|it| it.1.phrase());
    let plain = others.clone().all(|it| is_plain(&it.key) || one_of(last_word(&it.key), PROPERTIES));
    (says && plain).then(|| label.get(at).and_then(|it| it.phrase()).cloned()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::{check_attributes as check, check_things as has};

    #[test]
    fn what_there_are_several_of_is_kept_as_several() {
        has("A mug comes in several widths and has a name.", &["mug", "width"], "several");
        check("A customer has a name and several phone numbers.", "customer", &["name", "phone_numbers"]);
    }
}

//! What was read as a table and is hardly told of: it stays, marked as an assumption.
//!
//! Such a table is wrong in three of five cases, in two halves of the texts that may be read (docs/reader.md). Of the others a
//! regression over what the whole text shows of each tells those that are wrong in half of the cases, each set of texts left out
//! in turn; none could be told to be wrong in more, so none is dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::concepts::Concepts;
use super::fact::Signal;
use super::lexicon::{last_word, lexicon};
use super::model::{SURE, WEAK};
use super::phrases::{Chunk, Det, chunks};
use super::reading::{Entity, EntityKind, Reading};
use super::sentences::Sentence;
use super::weights::sum;
use crate::base::Gather as _;

/// A text of so many words has told something of its things.
const LONG: usize = 700;

/// Marks them, and what ties them: what has no property, where the text is long or every tie of it is an assumption itself.
///
/// Then what its `points` speak against. Of what keeps pairs, the text tells the pairs: their tie is not marked, and the
/// table is where nothing is told to be kept in it, since in half of the cases a reference was meant.
pub fn doubt(reading: &mut Reading, concepts: &Concepts, sentences: &[Sentence], words: usize) {
    let told = |it: &Entity| it.attributes.iter().any(|it| !it.assumed);
    let tied = sure_ends(reading);
    let mut doubted = BTreeSet::new();
    let forms = forms(sentences);
    for entity in &mut reading.entities {
        let unsure = concepts.all.get(&entity.name).is_some_and(|it| it.score < SURE)
            && !concepts.maintained.contains(&entity.name);
        if !entity.assumed && unsure && !told(entity) && (words >= LONG || !tied.contains(&entity.name)) {
            entity.assumed = true;
            WEAK.clone_into(&mut entity.reason);
            doubted.insert(entity.name.clone());
        }
    }
    mark_ties(reading, &doubted);
    for entity in reading.entities.iter_mut().filter(|it| it.kind == EntityKind::Junction) {
        entity.assumed |= !told(entity);
    }
    let tied = sure_ends(reading);
    let mut doubted = BTreeSet::new();
    for entity in &mut reading.entities {
        let form = forms.get(entity.name.as_str()).copied().unwrap_or_default();
        let is_tied = tied.contains(&entity.name);
        if !entity.assumed
            && entity.kind != EntityKind::Junction
            && points(entity, form, is_tied, concepts) < ENOUGH
        {
            entity.assumed = true;
            WEAK.clone_into(&mut entity.reason);
            doubted.insert(entity.name.clone());
        }
    }
    mark_ties(reading, &doubted);
}

/// The ends of what the text tells.
fn sure_ends(reading: &Reading) -> BTreeSet<String> {
    let told = reading.relationships.iter().filter(|it| !it.assumed);
    told.flat_map(|it| [it.from.clone(), it.to.clone()]).gather()
}

fn mark_ties(reading: &mut Reading, doubted: &BTreeSet<String>) {
    for relationship in &mut reading.relationships {
        relationship.assumed |= doubted.contains(&relationship.from) || doubted.contains(&relationship.to);
    }
}

/// How often a text names something, in which forms.
#[derive(Clone, Copy, Default)]
struct Forms {
    named: usize,
    many: usize,
    the: usize,
    each: usize,
}

/// Points of what nothing is known of, in tenths of the regression's.
const NOTHING: i32 = 1;

/// Who has so many is wrong in fewer than half of the cases.
const ENOUGH: i32 = 2;

/// What the text as a whole says for a thing, in tenths of the regression's points.
fn points(entity: &Entity, form: Forms, is_tied: bool, concepts: &Concepts) -> i32 {
    let lexicon = lexicon();
    let concept = concepts.all.get(&entity.name);
    let has = |signal: Signal| concept.is_some_and(|it| it.has(signal));
    let twice = concept.and_then(|it| it.evidence.get(&Signal::Instance)).is_some_and(|it| *it >= 2);
    let told = entity.attributes.iter().filter(|it| !it.assumed).count();
    let is = sum(&[
        // Talk has one number: "the weather", "conditions".
        (form.many > 0 && form.many < form.named, 13),
        (form.each > 0, 7),
        (form.named > 0 && form.the == form.named, -5),
        (told >= 3, 6),
        (told == 0, -9),
        (!is_tied, -8),
        (concept.is_some_and(|it| it.score >= SURE), 5),
        (has(Signal::Subject), 4),
        (has(Signal::Holds), 7),
        (twice, 6),
        (lexicon.happens(&entity.name), 9),
        (lexicon.aggregates.contains_key(last_word(&entity.name)), 3),
    ]);
    NOTHING + is
}

/// The forms in which the sentences name each noun. Linear.
fn forms(sentences: &[Sentence]) -> BTreeMap<&str, Forms> {
    let mut out: BTreeMap<&str, Forms> = BTreeMap::new();
    for phrase in sentences.iter().flat_map(chunks).filter_map(Chunk::phrase) {
        let form = out.entry(phrase.key.as_str()).or_default();
        form.named += 1;
        form.many += usize::from(phrase.many);
        form.the += usize::from(phrase.det == Det::The);
        form.each += usize::from(phrase.det == Det::Each);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_long_text_hardly_tells_of_is_an_assumption() {
        let filler =
            "A lantern has a code and a height. It stands in a harbour and shines every single night. ";
        let told = "Keepers record a visit for each lantern. A lantern belongs to a region.";
        let assumed = |times: usize| {
            let reading = crate::brief::read(&(filler.repeat(times) + told));
            reading.entities.into_iter().find(|it| it.name == "region").map(|it| it.assumed)
        };
        assert_eq!((assumed(12), assumed(45)), (Some(false), Some(true)));
    }

    #[test]
    fn what_has_one_number_no_property_and_no_instance_is_an_assumption() {
        let filler = "A lantern has a code, a height and a colour. It stands in a harbour. ";
        let told = "A railway company operates a network of stations and lines. Each station has a name and a code. \
                    Each line has a number and connects several stations.";
        let reading = crate::brief::read(&(filler.repeat(12) + "\n\n" + told));
        let assumed = |name: &str| reading.entities.iter().find(|it| it.name == name).map(|it| it.assumed);
        assert_eq!(["network", "station", "line"].map(assumed), [Some(true), Some(false), Some(false)]);
        let of_network = |it: &&crate::brief::Relationship| it.from == "network" || it.to == "network";
        assert!(reading.relationships.iter().filter(of_network).all(|it| it.assumed));
    }

    #[test]
    fn what_keeps_pairs_that_the_text_tells_is_no_assumption() {
        let text = "A student has a name and an email. A course has a title and a fee. \
                    A student can take several courses, and a course can have several students.";
        let reading = crate::brief::read(text);
        assert!(
            reading.entities.iter().all(|it| !it.assumed),
            "the pairs are told, and so is what keeps them"
        );
        assert!(reading.relationships.iter().all(|it| !it.assumed));
    }
}

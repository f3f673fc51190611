//! What was read as a table and is hardly told of: it stays, marked as an assumption.
//!
//! Such a table is wrong in three of five cases, in two halves of the texts that may be read (docs/reader.md).

use std::collections::BTreeSet;

use super::concepts::Concepts;
use super::model::{SURE, WEAK};
use super::reading::{Entity, Reading};
use crate::base::Gather as _;

/// A text of so many words has told something of its things.
const LONG: usize = 700;

/// Marks them, and what ties them: what has no property, where the text is long or every tie of it is an assumption itself.
pub fn doubt(reading: &mut Reading, concepts: &Concepts, words: usize) {
    let told = |it: &Entity| it.attributes.iter().any(|it| !it.assumed);
    if concepts.is_stories || words < super::concepts::SHORT {
        return;
    }
    let tied: BTreeSet<String> = reading
        .relationships
        .iter()
        .filter(|it| !it.assumed)
        .flat_map(|it| [it.from.clone(), it.to.clone()])
        .gather();
    let mut doubted = BTreeSet::new();
    for entity in &mut reading.entities {
        let unsure = concepts.all.get(&entity.name).is_some_and(|it| it.score < SURE)
            && !concepts.maintained.contains(&entity.name);
        if !entity.assumed && unsure && !told(entity) && (words >= LONG || !tied.contains(&entity.name)) {
            entity.assumed = true;
            WEAK.clone_into(&mut entity.reason);
            doubted.insert(entity.name.clone());
        }
    }
    for relationship in &mut reading.relationships {
        relationship.assumed |= doubted.contains(&relationship.from) || doubted.contains(&relationship.to);
    }
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

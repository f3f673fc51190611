//! What was read as a table and is hardly told of: it stays, marked as an assumption.
//!
//! Each class is wrong in half of the cases or more, in two halves of the texts that may be read (docs/reader.md).

use std::collections::BTreeSet;

use super::concepts::Concepts;
use super::model::{SURE, WEAK};
use super::reading::{Entity, EntityKind, Reading};
use crate::base::Gather as _;

/// A text of so many words has told something of its things.
const LONG: usize = 700;

/// Marks them, and what ties them.
///
/// A junction without a column is named by no word of the text. What has no property is in doubt where the text is long, or
/// where every tie of it is an assumption itself.
pub fn doubt(reading: &mut Reading, concepts: &Concepts, words: usize) {
    let told = |it: &Entity| it.attributes.iter().any(|it| !it.assumed);
    for junction in reading.entities.iter_mut().filter(|it| it.kind == EntityKind::Junction && !told(it)) {
        junction.assumed |= !concepts.all.contains_key(&junction.name);
    }
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
    use crate::brief::reading::EntityKind;

    #[test]
    fn a_junction_without_a_column_is_an_assumption() {
        let text = "A student has a name and an email. A course has a title and a fee. \
                    A student can take several courses, and a course can have several students.";
        let reading = crate::brief::read(text);
        let junction = reading.entities.iter().find(|it| it.kind == EntityKind::Junction);
        assert_eq!(junction.map(|it| it.assumed), Some(true));
        assert!(reading.relationships.iter().all(|it| !it.assumed));
    }
}

//! Properties that a list gave, judged once more: what is hardly its owner's is taken back, what is so in two of five cases is
//! an assumption.
//!
//! The numbers are a logistic regression over our own and the open texts, with each set of texts left out in turn.

use super::concepts::Concepts;
use super::fact::{Fact, Facts, Form};
use super::items::Item;
use super::lexicon::{last_word, lexicon};
use super::phrases::Phrase;
use super::reading::{Attribute, Entity, Reading};
use super::weights::sum;
use crate::design::meaning::meaning_of;

/// Points of a property of which nothing is known, in hundredths of the regression's.
const NOTHING: i32 = -25;

/// Below it a property is right in one of five cases.
const TAKEN_BACK: i32 = -85;

/// Below it, in two of five.
const ASSUMED: i32 = 0;

/// So many bytes before what it has, an owner was spoken of in another sentence.
const FAR: u32 = 200;

/// What has so many properties was often given those of others.
const FULL: usize = 6;

/// What lists give.
struct Told<'a> {
    owner: &'a Phrase,
    item: &'a Item,
    form: Form,
    of: usize,
}

/// Takes back and marks; run last, so that what is a thing is judged by all that was read. Linear in facts times the evidence
/// of one property.
pub fn judge(reading: &mut Reading, facts: &Facts, concepts: &Concepts) {
    let told: Vec<(&str, Told)> = facts
        .all
        .iter()
        .filter_map(|fact| match fact {
            Fact::Owns { owner, item, form, of } => {
                Some((concepts.entity(owner)?, Told { owner, item, form: *form, of: *of }))
            }
            _ => None,
        })
        .collect();
    for entity in &mut reading.entities {
        let own: Vec<&Told> = told.iter().filter(|it| it.0 == entity.name).map(|it| &it.1).collect();
        let judged: Vec<i32> = entity
            .attributes
            .iter()
            .map(|it| fact_of(it, &own).map_or(ASSUMED, |told| points(entity, it, told, concepts)))
            .collect();
        let mut points = judged.iter();
        entity.attributes.retain_mut(|it| {
            let points = points.next().copied().unwrap_or(ASSUMED);
            it.assumed |= points < ASSUMED;
            points >= TAKEN_BACK
        });
    }
}

/// The first list that gave it; what was assumed anyway has none.
fn fact_of<'a>(attribute: &Attribute, own: &[&'a Told<'a>]) -> Option<&'a Told<'a>> {
    let gave = |it: &&&Told| {
        it.item.name.ends_with(&attribute.name)
            && attribute.evidence.iter().any(|at| at.overlaps(it.item.span))
    };
    own.iter().find(gave).copied().filter(|_| !attribute.assumed)
}

fn points(entity: &Entity, attribute: &Attribute, told: &Told, concepts: &Concepts) -> i32 {
    let lexicon = lexicon();
    let (name, item) = (attribute.name.as_str(), told.item);
    let is = sum(&[
        (told.owner.span.start.abs_diff(item.span.start) > FAR, -220),
        (item.many, -110),
        (entity.attributes.len() >= FULL, -110),
        (lexicon.generic.contains(last_word(name)), -60),
        (lexicon.is_person(&entity.name), -50),
        (name.contains('_'), 40),
        (item.beside >= 1, 60),
        (item.beside >= 2, 50),
        (item.beside >= 3, 60),
        (item.determined, 50),
        (told.of >= 5, 80),
        (told.of == 1, -80),
        (meaning_of(name, None, None).sense.is_some(), 80),
        (matches!(attribute.type_name.as_str(), "numeric" | "integer"), -60),
        (told.form == Form::Table, 100),
        (!concepts.standing.contains(&entity.name), 100),
        (is_usual(&entity.name, name), 150),
        (lexicon.attribute(name).is_none(), -60),
    ]);
    NOTHING + is
}

/// Whether such a thing usually has it.
pub fn is_usual(entity: &str, name: &str) -> bool {
    let shapes = &lexicon().aggregates;
    let shape = shapes.get(entity).or_else(|| shapes.get(last_word(entity)));
    let within = |few: &str, many: &str| few.split('_').all(|it| many.split('_').any(|word| word == it));
    shape.is_some_and(|it| {
        it.attributes.iter().any(|it| {
            last_word(it.name) == last_word(name) && (within(it.name, name) || within(name, it.name))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    /// Whether a ship has it, and whether that is an assumption.
    fn ship(text: &str, property: &str) -> Option<bool> {
        let filler =
            "A lantern has a code, a height and a colour. It stands in a harbour and shines every night. ";
        let reading = read(&(filler.repeat(12) + text));
        let ship = reading.entities.into_iter().find(|it| it.name == "ship")?;
        ship.attributes.into_iter().find(|it| it.name == property).map(|it| it.assumed)
    }

    #[test]
    fn what_stands_among_many_properties_is_told() {
        assert_eq!(
            ship("A ship has a name, a flag, a length, a weight and a build date.", "build_date"),
            Some(false)
        );
    }

    #[test]
    fn what_several_of_are_had_alone_is_no_property_that_is_sure() {
        let text = "A ship has a name, a flag, a length, a weight, a draught and a build date. A ship has several moods.";
        assert_ne!(ship(text, "mood"), Some(false));
    }
}

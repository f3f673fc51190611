//! A thing that what is told of a pair belongs to: what happens between the two, or what the text calls each pair of them.

use crate::base::Span;
use crate::brief::payload::joined;
use crate::brief::reading::{Attribute, EntityKind, Reading, Relationship};

/// Lets a thing stand in the place of the junction of two others.
pub fn stand_for(reading: &mut Reading, name: &str, ends: [&str; 2], span: Span) {
    let junction =
        |via: &String| reading.entities.iter().any(|it| it.name == *via && it.kind == EntityKind::Junction);
    let Some(via) = joined(reading, ends[0], ends[1]).filter(junction) else { return };
    reading.relationships.retain(|it| it.via.as_ref() != Some(&via));
    let at = reading.entities.iter().position(|it| it.name == via);
    let kept = at.map(|at| reading.entities.remove(at).attributes).unwrap_or_default();
    if let Some(entity) = reading.entities.iter_mut().find(|it| it.name == name) {
        let new = |it: &Attribute| entity.attributes.iter().all(|known| known.name != it.name);
        let kept: Vec<Attribute> = kept.into_iter().filter(new).collect();
        entity.attributes.extend(kept);
    }
    happen(reading, name, ends, span);
}

/// What happens between two things refers to both, and says what was taken for a tie of the two.
pub fn happen(reading: &mut Reading, occasion: &str, ends: [&str; 2], span: Span) -> String {
    reading.relationships.retain(|it| {
        let between = ends.contains(&it.from.as_str()) && ends.contains(&it.to.as_str());
        let turned = ends.contains(&it.from.as_str()) && it.to == occasion;
        !(between || turned) || it.via.is_some() || it.role.is_some()
    });
    for end in ends {
        if !reading.relationships.iter().any(|it| it.from == occasion && it.to == end) {
            reading.relationships.push(Relationship::said(occasion, end, "it takes part in it", span));
        }
    }
    occasion.to_owned()
}

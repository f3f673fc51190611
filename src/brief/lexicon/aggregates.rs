//! Usual shapes of common things, one data file a field: taken in only as assumptions.

use crate::base::{Clip, Gather as _, SortedMap};

/// The files, one a field; each states its source and its columns in its first lines.
const FIELDS: &[&str] = &[
    list!("aggregates/billing.txt"),
    list!("aggregates/booking.txt"),
    list!("aggregates/commerce.txt"),
    list!("aggregates/content.txt"),
    list!("aggregates/crm.txt"),
    list!("aggregates/developer.txt"),
    list!("aggregates/education.txt"),
    list!("aggregates/events.txt"),
    list!("aggregates/farming.txt"),
    list!("aggregates/finance.txt"),
    list!("aggregates/food.txt"),
    list!("aggregates/games.txt"),
    list!("aggregates/government.txt"),
    list!("aggregates/health.txt"),
    list!("aggregates/hr.txt"),
    list!("aggregates/insurance.txt"),
    list!("aggregates/inventory.txt"),
    list!("aggregates/iot.txt"),
    list!("aggregates/legal.txt"),
    list!("aggregates/logistics.txt"),
    list!("aggregates/manufacturing.txt"),
    list!("aggregates/media.txt"),
    list!("aggregates/messaging.txt"),
    list!("aggregates/mobility.txt"),
    list!("aggregates/nonprofit.txt"),
    list!("aggregates/organization.txt"),
    list!("aggregates/real_estate.txt"),
    list!("aggregates/recruiting.txt"),
    list!("aggregates/social.txt"),
    list!("aggregates/support.txt"),
    list!("aggregates/survey.txt"),
    list!("aggregates/travel.txt"),
    list!("aggregates/work.txt"),
];

/// The usual shape of a common thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aggregate {
    /// What usually owns it, likeliest first.
    pub parents: Vec<&'static str>,
    /// What it also refers to.
    pub also: Vec<&'static str>,
    /// Roles of people in it; the flag says that there may be nobody.
    pub people: Vec<(&'static str, bool)>,
    /// Its usual attributes.
    pub attributes: Vec<Usual>,
    /// What usually comes with it.
    pub companions: Vec<&'static str>,
    /// Whether its word means other things as well, so that only what it usually stands among tells that this one is meant.
    pub ambiguous: bool,
}

/// An attribute that such a thing usually has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usual {
    /// Its name.
    pub name: &'static str,
    /// The values that it takes; none where any will do.
    pub values: Vec<&'static str>,
    /// Whether it may be missing.
    pub nullable: bool,
    /// Whether it tells one thing of the kind from all others.
    pub unique: bool,
}

/// All shapes by name.
pub fn all() -> SortedMap<&'static str, Aggregate> {
    FIELDS.iter().flat_map(|it| super::lines(it)).filter_map(Aggregate::read).gather()
}

impl Aggregate {
    /// Reads one line.
    fn read(line: &'static str) -> Option<(&'static str, Self)> {
        let mut fields = line.split('|').map(str::trim);
        let name = fields.next().filter(|it| !it.is_empty())?;
        let bare = name.trim_start_matches('~');
        let mut words = || fields.next().unwrap_or("");
        let (also, parents): (Vec<&str>, Vec<&str>) =
            words().split_whitespace().partition(|it| it.starts_with('+'));
        let also = also.into_iter().map(|it| it.trim_start_matches('+')).collect();
        let optional = |it: &'static str| (it.trim_end_matches('?'), it.ends_with('?'));
        let people = words().split_whitespace().map(optional).collect();
        let attributes = outside_braces(words()).into_iter().map(Usual::read).collect();
        let companions = words().split_whitespace().collect();
        let ambiguous = bare.len() < name.len();
        Some((bare, Self { parents, also, people, attributes, companions, ambiguous }))
    }
}

impl Usual {
    /// `status{open,closed}`, `note?` or `code!`.
    pub(super) fn read(text: &'static str) -> Self {
        let bare = text.trim_end_matches(['?', '!']);
        let signs = text.clip(bare.len()..);
        let (name, values) = match bare.split_once('{') {
            Some((name, values)) => (name, values.trim_end_matches('}').split(',').collect()),
            None => (bare, Vec::new()),
        };
        Self { name, values, nullable: signs.contains('?'), unique: signs.contains('!') }
    }
}

/// Splits at blanks, but not inside braces or parentheses.
pub(super) fn outside_braces(text: &'static str) -> Vec<&'static str> {
    let mut depth = 0_u8;
    let parts = text.split(move |it: char| {
        match it {
            '{' | '(' => depth = depth.saturating_add(1),
            '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        it == ' ' && depth == 0
    });
    parts.filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::base::SortedSet;

    use super::*;

    #[test]
    fn shapes_are_many_and_each_stands_once() {
        let count = FIELDS.iter().flat_map(|it| super::super::lines(it)).count();
        let known = all();
        assert_eq!(known.len(), count, "a name stands twice");
        assert!(count >= 250 && FIELDS.len() >= 25);
    }

    #[test]
    fn whatever_a_shape_names_twice_is_a_mistake() {
        for (name, shape) in all() {
            let names: SortedSet<&str> = shape.attributes.iter().map(|it| it.name).gather();
            assert_eq!(names.len(), shape.attributes.len(), "{name}");
            let sets = shape.attributes.iter().filter(|it| !it.values.is_empty());
            assert!(sets.clone().all(|it| it.values.len() >= 2), "{name}");
        }
    }

    #[test]
    fn signs_and_values_are_read() {
        let all = all();
        let shape = all.get("product_variant").unwrap();
        assert!(shape.attributes[0].unique && !shape.attributes[0].nullable);
        let task = all.get("task").unwrap();
        assert_eq!(task.attributes[2].values, ["to do", "in progress", "done"]);
        assert!(task.people[0].1 && !task.people[1].1);
    }
}

//! Pairs, as whole readings show them.

use crate::brief::{RelationshipKind, read_by_rules};

const THINGS: &str = "Machines have a serial number, a maker and a weight. Operators have a name, a badge number and a \
                      phone. A part has a part number, a unit price and a colour. ";

/// What joins the two keeps just these attributes; none where nothing joins them.
#[track_caller]
pub(super) fn check(text: &str, pair: (&str, &str), attributes: Option<&[&str]>) {
    check_with(THINGS, text, pair, attributes);
}

/// The same of a text behind other things than these.
#[track_caller]
pub(super) fn check_with(things: &str, text: &str, (one, other): (&str, &str), attributes: Option<&[&str]>) {
    let reading = read_by_rules(&format!("{things}{text}"));
    let via = reading.relationships.iter().find_map(|it| {
        let ends = it.is_between(one, other);
        it.via.as_deref().filter(|_| ends && it.kind == RelationshipKind::ManyToMany)
    });
    let kept = via.and_then(|via| reading.entities.iter().find(|it| it.name == via));
    let told = kept.map(|it| it.attributes.iter().filter(|it| !it.assumed));
    let names = told.map(|it| it.map(|it| it.name.as_str()).collect::<Vec<_>>());
    assert_eq!(names.as_deref(), attributes, "{text}");
}

#[test]
fn what_each_has_at_another_is_kept_of_the_pair() {
    let pair = ("operator", "machine");
    check("For each operator trained on a machine we record the level.", pair, Some(&["level"]));
    check("On a machine every operator has a role.", pair, Some(&["role"]));
    check("The hourly rate differs by operator and machine.", pair, Some(&["hourly_rate"]));
    check("The quantity is known for every part in every machine.", ("part", "machine"), Some(&["quantity"]));
    check(
        "We count jams and minutes of each operator on each machine.",
        pair,
        Some(&["number_of_jams", "minutes"]),
    );
}

#[test]
fn who_names_both_keeps_it_of_the_pair() {
    let pair = ("part", "machine");
    check("We keep the stock per part and machine.", pair, Some(&["stock"]));
    check("A minimum quantity is stored per part and machine.", pair, Some(&["minimum_quantity"]));
    check("For each part and machine there is a discount and a price.", pair, Some(&["discount", "price"]));
    check("The price per part and day is kept.", pair, None);
}

#[test]
fn what_is_said_behind_two_is_kept_of_the_pair() {
    check("Machines need parts, in a given amount and unit.", ("machine", "part"), Some(&["amount", "unit"]));
    let used = "Parts used on a machine are booked with quantity.";
    check(used, ("part", "machine"), Some(&["quantity"]));
    let pair = ("operator", "machine");
    check("Operators stand at machines, one as leader.", pair, Some(&["is_leader"]));
    check("Operators work at machines, some hours a week.", pair, Some(&["hours_per_week"]));
    check("Operators run several machines; we want to know in which shift they do.", pair, Some(&["shift"]));
}

#[test]
fn what_stands_with_a_thing_in_a_list_is_kept_of_the_pair() {
    check("Parts used per machine: quantity, amount.", ("part", "machine"), Some(&["quantity", "amount"]));
    check("Operators on a machine get a fee.", ("operator", "machine"), Some(&["fee"]));
}

#[test]
fn a_part_keeps_what_is_said_of_it_itself() {
    check(
        "A machine has drawers. Each drawer of a machine has a width and a depth.",
        ("drawer", "machine"),
        None,
    );
    check(
        "Operators own machines. For each machine the colour and the price are kept.",
        ("operator", "machine"),
        None,
    );
}

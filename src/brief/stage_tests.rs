//! What each stage makes of a few sentences, by hand: facts, concepts, votes.

use super::concepts::{Concepts, concepts};
use super::fact::{Fact, Facts};
use super::relations::relations;
use super::{Prepared, prepare};

/// Holds that by the rules a text gives an entity these attributes, without those that are assumed.
#[track_caller]
pub(super) fn check_attributes(text: &str, entity: &str, wanted: &[&str]) {
    let reading = super::read_by_rules(text);
    let found = reading.entities.iter().find(|it| it.name == entity).map_or(&[][..], |it| &it.attributes);
    let names: Vec<&str> = found.iter().filter(|it| !it.assumed).map(|it| it.name.as_str()).collect();
    assert_eq!(names, wanted, "{entity} in {text}");
}

fn told(text: &str) -> (Facts, Concepts, Vec<String>) {
    let prepared = prepare(text);
    let mut learned = prepared.learned(text);
    let Prepared { blocks, sentences, facts, words, .. } = prepared;
    let concepts = concepts(&facts, &blocks, &sentences, words, learned.as_mut());
    let votes = relations(&blocks, &sentences, &facts, &concepts);
    let votes = votes.iter().map(|it| format!("{} -> {} {:?}", it.from, it.to, it.kind)).collect();
    (facts, concepts, votes)
}

/// What things have, one a line: owner, item, how it was told.
fn owned(text: &str) -> String {
    let line = |it: &Fact| match it {
        Fact::Owns { owner, item, form, .. } => {
            let values = if item.values.is_empty() {
                String::new()
            } else {
                format!(" {{{}}}", item.values.join("|"))
            };
            Some(format!("{}.{} {form:?}{values}", owner.key, item.name))
        }
        Fact::Values { of, name, values, .. } => {
            Some(format!("{}.{} one of {}", of.key, name.as_deref().unwrap_or("?"), values.join("|")))
        }
        Fact::Rule { of, rule, .. } => Some(format!("{}: {rule:?}", of.key)),
        Fact::Seen { .. }
        | Fact::Nested { .. }
        | Fact::Alias { .. }
        | Fact::Defined { .. }
        | Fact::Pays { .. }
        | Fact::Lookup { .. }
        | Fact::Story { .. } => None,
    };
    told(text).0.all.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a text has some things, and none and no column of another name.
#[track_caller]
pub fn check_things(text: &str, things: &[&str], no: &str) {
    let reading = super::read(text);
    let names: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
    let columns = || reading.entities.iter().flat_map(|it| &it.attributes).map(|it| it.name.as_str());
    assert!(things.iter().all(|it| names.contains(it)), "{text}: {names:?}");
    assert!(!names.contains(&no) && !columns().any(|it| it == no), "{text}: {names:?}");
}

/// The things of a text as the rules weigh them.
fn chosen(text: &str) -> String {
    let Prepared { blocks, sentences, facts, words, .. } = prepare(text);
    concepts(&facts, &blocks, &sentences, words, None).chosen.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn labels_own_their_lists_and_attribute_labels_are_values() {
    insta::assert_snapshot!(owned("- Berth: number (unique), width in m\n  - status: free, taken, closed"), @r"
    berth.number Label
    berth.width Label
    berth.status Label {free|taken|closed}
    ");
}

#[test]
fn clauses_own_what_follows_have_until_the_next_clause() {
    insta::assert_snapshot!(owned("A pier has a name and a length, and it is free or closed."), @r"
    pier.name Have
    pier.length Have
    pier.? one of free|closed
    ");
}

#[test]
fn what_is_recorded_for_each_thing_is_the_things() {
    insta::assert_snapshot!(owned("For each crane, weight and year are recorded."), @r"
    crane.weight Recorded
    crane.year Recorded
    ");
}

#[test]
fn parentheses_hold_attributes_or_values() {
    insta::assert_snapshot!(owned("Ships call at piers (name, length). Cargo (bulk, liquid, boxed) is weighed."), @r"
    pier.name Paren
    pier.length Paren
    cargo.? one of bulk|liquid|boxed
    ");
}

#[test]
fn rules_are_told_in_half_sentences_too() {
    insta::assert_snapshot!(owned("Notes can be edited. Tasks can have subtasks, one level deep only."), @r"
    note: Edited
    subtask: Nested(Some(1))
    task.subtask Have
    task.level Have
    ");
}

#[test]
fn things_with_attributes_are_entities_and_attributes_are_not() {
    let text = "A pier has a name and a length. A crane has a number and a load. The system shows the name of each pier.";
    assert_eq!(chosen(text), "crane pier");
}

#[test]
fn a_compound_swallows_its_only_head() {
    let text =
        "A work order has a number and a date. An order is closed by a foreman. The order is kept for years.";
    assert_eq!(chosen(text), "foreman work_order");
}

#[test]
fn sentences_vote_for_the_side_that_holds_the_key() {
    let text = "A pier has a name and a length. A pier has several berths. A berth has a number and a depth.";
    assert_eq!(told(text).2, ["berth -> pier ManyToOne"]);
}

#[test]
fn several_on_both_sides_is_many_to_many() {
    let text = "A course has a title and a code. A room has a number and a size. Courses can use several rooms. Several rooms are shared by courses.";
    assert_eq!(told(text).2, ["course -> room ManyToMany"]);
}

#[test]
fn each_clause_has_its_own_subject() {
    let all = told(
        "A harbour has a name and a code. A pier has a number and a length. A berth has a width and a depth. \
         A harbour consists of piers, and each pier contains berths.",
    );
    assert_eq!(all.2, ["pier -> harbour ManyToOne", "berth -> pier ManyToOne"]);
}

#[test]
fn what_is_said_of_joined_subjects_is_said_of_each() {
    let all = told(
        "A boat has a name and a length. A buoy has a number and a colour. A shed has a code and a size. \
         Boats and buoys are kept in sheds.",
    );
    assert_eq!(all.2, ["boat -> shed ManyToOne", "buoy -> shed ManyToOne"]);
}

#[test]
fn people_point_at_what_they_work_for() {
    let all = told(
        "A skipper has a name and a phone number. A club has a name and a colour. Skippers work for a club.",
    );
    assert_eq!(all.2, ["skipper -> club ManyToOne"]);
}

/// The relationships of a reading, one a line, with what their junctions keep.
fn related(text: &str) -> String {
    let reading = super::read(text);
    let line = |it: &super::Relationship| {
        let kept =
            it.via.as_ref().and_then(|via| reading.entities.iter().find(|it| it.name == *via)).map(|it| {
                let names: Vec<&str> = it.attributes.iter().map(|it| it.name.as_str()).collect();
                format!(" via {} ({})", it.name, names.join(", "))
            });
        format!("{} -> {} {:?}{}", it.from, it.to, it.kind, kept.unwrap_or_default())
    };
    reading.relationships.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_kept_of_each_pair_goes_to_the_junction() {
    insta::assert_snapshot!(
        related("A diver has a name and a phone. A diver has several skills, with a level. A skill has a name and a description."),
        @"diver -> skill ManyToMany via skill_diver (level)"
    );
}

#[test]
fn what_has_two_names_is_one_table() {
    let tables = |text: &str| {
        let reading = super::read(text);
        let line = |it: &super::Entity| {
            let names: Vec<&str> = it.attributes.iter().map(|it| it.name.as_str()).collect();
            format!("{}: {}", it.name, names.join(", "))
        };
        reading.entities.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(
        tables("Tug and towboat are used interchangeably. A tug has a name and a length. A towboat has a mast height and an engine power."),
        @"tug: name, length, mast_height, engine_power"
    );
    insta::assert_snapshot!(
        tables("A mooring site, called berth from now on, has a number and a width. A berth has a depth. An organization (org) has a name and an address. An org has a phone and rents berths."),
        @r"
    berth: number, width, depth
    organization: name, address, phone
    "
    );
}

#[test]
fn several_from_both_ends_is_many_to_many() {
    insta::assert_snapshot!(
        related("A pier has a name and a length. A pier has many boats. A boat has a name and a length. A boat has many piers."),
        @"boat -> pier ManyToMany via boat_pier ()"
    );
}

#[test]
fn what_is_unique_within_a_thing_belongs_to_it() {
    insta::assert_snapshot!(
        related("A pier has a name and a length. A berth has a number (unique per pier), a width and a depth."),
        @"berth -> pier ManyToOne"
    );
}

#[test]
fn samples_name_things_and_types() {
    let reading = super::read(
        "GET /berths\n\n{ \"code\": \"A1\", \"width\": 4.5, \"free\": true, \"since\": \"2031-04-02\", \"pier\": { \"name\": \"East\", \"length\": 80 } }\n",
    );
    let names: Vec<String> = reading
        .entities
        .iter()
        .map(|it| {
            let own: Vec<String> =
                it.attributes.iter().map(|it| format!("{} {}", it.name, it.type_name)).collect();
            format!("{}: {}", it.name, own.join(", "))
        })
        .collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    berth: code text, width numeric, free boolean, since date
    pier: name text, length integer
    ");
}

#[test]
fn tables_in_sql_are_read_with_their_types() {
    let reading = super::read(
        "CREATE TABLE berth (\n  id uuid PRIMARY KEY,\n  code varchar(8) NOT NULL UNIQUE,\n  width decimal(6,2)\n);\n",
    );
    let berth = &reading.entities[0];
    let own: Vec<String> =
        berth.attributes.iter().map(|it| format!("{} {}", it.name, it.type_name)).collect();
    assert_eq!((berth.name.as_str(), own.join(", ").as_str()), ("berth", "code varchar, width numeric"));
}

#[test]
fn states_behind_a_participle_are_values() {
    insta::assert_snapshot!(owned("A project is planned, active, on hold or closed."), @"project.? one of planned|active|on hold|closed");
}

#[test]
fn lists_behind_a_noun_go_to_what_the_clause_is_about() {
    let text = "The office issues a permit for a skipper with a number and a fee. A pilot makes a report stating the date and \
                the depth. Each pier is divided into berths, identified by code and zone.";
    insta::assert_snapshot!(owned(text), @r"
    permit.number Have
    permit.fee Have
    report.date Have
    report.depth Have
    berth.code Have
    berth.zone Have
    ");
}

#[test]
fn what_software_or_people_write_down_is_kept_of_what_was_told() {
    let text = "For each boat the system shall store its name, length and colour. The software shall hold the number and the \
                amount for each permit. We want to know the time and the reason of every check. When a boat is inspected, we note \
                the date and the result. A pier has a price and is kept in a list.";
    insta::assert_snapshot!(owned(text), @r"
    boat.name Recorded
    boat.length Recorded
    boat.colour Recorded
    permit.number Recorded
    permit.amount Recorded
    check.time Recorded
    check.reason Recorded
    inspection.date Recorded
    inspection.result Recorded
    pier.price Have
    ");
}

#[test]
fn what_a_thing_uses_is_used_elsewhere_too() {
    let text = "A pier has a name and a length. A boat has a name and a draught. A rope has a code and a price. A boat uses several ropes.";
    assert!(told(text).2.contains(&"boat -> rope ManyToMany".to_owned()));
}

#[test]
fn what_is_never_one_of_several_weighs_less() {
    let (_, concepts, _) =
        told(&"The harbour leads to the cove. A pilot leads a boat to a berth. ".repeat(20));
    let score = |it: &str| concepts.all.get(it).map_or(0, |it| it.score);
    assert!(score("cove") < score("berth"), "{} {}", score("cove"), score("berth"));
}

#[test]
fn an_event_keeps_the_moments_that_its_clause_tells() {
    let text = owned("A skipper books a berth from a start time to an end time.");
    assert!(text.contains("booking.start_time") && text.contains("booking.end_time"), "{text}");
}

#[test]
fn titles_of_tickets_are_what_is_told_under_them() {
    let text = "JB-3 Harbour pilot\nEvery month the office checks name, licence number and phone.\n\n\
                #412 [feature] Tug details\nneeded: plate, bollard pull, year built\n";
    let text = owned(text);
    assert!(text.contains("tug.plate") && text.contains("tug.year_built"), "{text}");
    assert!(!text.contains("feature"), "{text}");
}

#[test]
fn a_label_tells_whose_list_stands_behind_it() {
    let text = "Guests register online: name, birth date. \
                Each visit goes into the boat's file: time, cost. A skipper creates a profile for the harbour: name, depth.";
    insta::assert_snapshot!(owned(text), @r"
    guest.name Label
    guest.birth_date Label
    visit.time Label
    visit.cost Label
    harbour.name Label
    harbour.depth Label
    ");
}

#[test]
fn columns_between_bars_behind_a_label_are_its_own() {
    let text = "Sheet Piers: Number | Length | Depth | Name\n";
    insta::assert_snapshot!(owned(text), @r"
    pier.number Label
    pier.length Label
    pier.depth Label
    pier.name Label
    ");
}

#[test]
fn each_line_that_opens_like_a_story_is_one_whatever_ends_it() {
    let text = "As a harbour master I want to manage the berths of a pier so that every boat finds its place\n\
                As a skipper I want to book a berth for a boat so that I have a place for the night at sea";
    assert_eq!(told(text).0.stories, 2);
}

#[test]
fn rows_of_a_table_may_be_stories() {
    let text = "| No. | As a | I want to | So that |\n|---|---|---|---|\n| 1 | skipper | book a berth | I can sleep |\n\
                | 2 | As a pilot | I want to see the bookings | so that I am on time |\n";
    let facts = told(text).0;
    let actors: Vec<&str> = facts.actors.values().map(|it| it.key.as_str()).collect();
    assert_eq!((facts.stories, actors), (2, vec!["skipper", "pilot"]));
}

#[test]
fn kinds_in_stories_are_what_they_are_kinds_of() {
    let story = |wish: &str| format!("As a skipper, I want to {wish}.\n");
    let text: String =
        ["create a booking", "cancel a booking", "see finished bookings", "create a standby booking"]
            .map(story)
            .concat();
    assert_eq!(chosen(&text), "booking");
}

/// Wishes of one person, few enough words together for the rules.
fn backlog(wishes: &[&str]) -> String {
    let story = |it: &&str| format!("As a harbour master, I want to {it}.\n");
    wishes.iter().map(story).collect::<Vec<_>>().concat()
}

#[test]
fn who_is_wished_for_is_kept_and_who_only_speaks_is_not() {
    let text = backlog(&[
        "add skippers",
        "invite skippers to a course",
        "add an invoice",
        "add a boat",
        "edit a boat",
        "add a licence",
        "edit a licence",
        "add a ticket",
    ]);
    assert_eq!(chosen(&text), "boat course invoice licence skipper ticket");
}

#[test]
fn names_with_a_slash_between_are_one_thing() {
    let text = backlog(&[
        "create trips/voyages",
        "delete trips/voyages",
        "edit trips",
        "cancel voyages",
        "add a boat",
        "add an invoice",
        "add a licence",
        "add a ticket",
    ]);
    assert_eq!(chosen(&text), "boat invoice licence ticket trip");
}

#[test]
fn things_of_one_wish_are_tied_as_an_assumption() {
    let text = backlog(&[
        "add a boat",
        "see a boat together with a ticket",
        "add a ticket",
        "add a licence",
        "see an overview of invoices",
        "add an invoice",
        "create a boat and a licence",
        "edit an invoice",
    ]);
    let reading = super::read_by_rules(&text);
    let tie = |it: &super::Relationship| {
        format!("{} {}{}", it.from, it.to, if it.assumed { " assumed" } else { "" })
    };
    let ties: Vec<String> = reading.relationships.iter().map(tie).collect();
    assert_eq!(ties, ["ticket boat", "boat licence assumed"]);
}

#[test]
fn scenarios_tell_the_matter_where_there_are_no_stories() {
    let text = "Scenario: A boat arrives\n  Given a pier with a code and a length\n  Then a stay is stored with berth number and arrival time\n";
    insta::assert_snapshot!(owned(text), @r"
    pier.code Have
    pier.length Have
    stay.berth_number Have
    stay.arrival_time Have
    ");
}

#[test]
fn rows_of_numbered_requirements_are_what_their_sentences_say() {
    let text = "| No. | Topic | Requirement | Prio |\n|---|---|---|---|\n\
                | 1 | Piers | Each pier has a code and a length. It is open or closed. | A |\n";
    insta::assert_snapshot!(owned(text), @r"
    pier.code Have
    pier.length Have
    pier.? one of open|closed
    ");
}

#[test]
fn lines_with_a_dash_behind_their_name_do_not_run_on() {
    let text = "Pier - code, length, year built, colour of the lamp, depth at low water\n\
                Boat - name, length, draught\n";
    let text = owned(text);
    assert!(text.contains("boat.draught") && text.contains("pier.year_built"), "{text}");
}

#[test]
fn what_things_differ_in_and_what_is_of_interest_is_what_they_have() {
    let text = "Berths differ in width and depth. For each pier the code and the length are of interest.";
    insta::assert_snapshot!(owned(text), @r"
    berth.width Have
    berth.depth Have
    pier.code Recorded
    pier.length Recorded
    ");
}

#[test]
fn parts_of_a_use_case_are_no_things() {
    let text = "Actor: skipper\nPrecondition: the pier has a code and a length.\nMain flow:\n1. The skipper books a berth.\n";
    let found = owned(text);
    assert_eq!(found, "pier.code Have\npier.length Have");
}

#[test]
fn who_spoke_when_is_no_matter_of_a_chat() {
    let text =
        "[09:02] mila: a pier has a code and a length\n[09:03] jon: ok\n[09:04] mila: it is open or closed\n";
    let (facts, concepts, _) = told(text);
    assert!(concepts.chosen.iter().eq(["pier"]), "{:?} {:?}", concepts.chosen, facts.all);
}

#[test]
fn what_somebody_is_let_do_tells_what_a_list_is_about() {
    let text =
        "The software must allow the crew to record damages, including at minimum: place, size and cause.";
    let text = owned(text);
    assert!(text.contains("damage.place") && text.contains("damage.cause"), "{text}");
}

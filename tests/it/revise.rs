//! A brief that is edited after hands were laid on its design.

use relata::ask::ask;
use relata::brief;
use relata::design::{Brief, BriefId, Change, Design, Edit, Matching, Reach, diff};

const BRIEF: &str = "\
# Courses

A workshop has a name and an address. A course has a title, a price and a start date. Each course belongs to a workshop.
A participant has a name and an e-mail address. A booking belongs to a course and a participant.

As a participant, I want to book a course so that I have a seat.
";

/// What is replaced in the brief by what; nothing before stands for the end.
const EDITS: &[(&str, &str)] = &[
    ("a price and a start date", "a price, a start date and a description"),
    ("a title, a price and a start date", "a title and a start date"),
    ("", "A trainer has a name and a phone number. Each course belongs to a trainer."),
    (" A booking belongs to a course and a participant.", ""),
    ("", "The site is in English."),
    ("", "The e-mail address of a participant must be unique."),
    ("", "A booking is open, paid or cancelled."),
    ("a name and an address", "a name, an address and a capacity"),
    ("so that I have a seat", "so that I have a seat and a certificate"),
    (
        "A participant has a name and an e-mail address.",
        "A participant has a name, an e-mail address and a phone number.",
    ),
];

/// What a person did to the design before the brief was edited.
const HANDS: &[&str] = &[
    "add a room number to courses",
    "rename name of participants to full name",
    "create a table called invoices with number and total (numeric(12,2))",
];

fn fresh(text: &str) -> (Design, BriefId) {
    let mut design = Design::new();
    let id: BriefId = design.ids().take();
    design
        .apply(&Edit::adding([Brief { id, title: String::new(), text: text.to_owned() }]))
        .expect("a record");
    let edit = brief::propose(&design, &brief::read(text), id).accept_all(&design).expect("it fits");
    design.apply(&edit).expect("valid");
    (design, id)
}

fn by_hand(mut design: Design, request: &str) -> Design {
    let edit = ask(&design, request).unwrap_or_else(|it| panic!("{request}: {it}")).accept_all(&design);
    design.apply(&edit.expect("it fits")).expect("valid");
    design
}

fn edited(edit: &(&str, &str)) -> String {
    match *edit {
        ("", more) => format!("{BRIEF}\n{more}\n"),
        (old, new) => {
            assert!(BRIEF.contains(old), "{old}");
            BRIEF.replace(old, new)
        }
    }
}

/// What differs in the database. What was added by hand before the brief was edited stands before what the brief adds, so that
/// the order of columns and checks is another.
fn differences(old: &Design, new: &Design) -> Vec<String> {
    let all = diff(old, new, Matching::ByName);
    all.iter()
        .filter(|it| it.reach() == Reach::Database)
        .map(Change::to_string)
        .filter(|it| !is_order(it))
        .collect()
}

fn is_order(change: &str) -> bool {
    change.contains("columns in the order") || change.contains(": order of ")
}

#[test]
fn an_edited_brief_changes_what_its_texts_differ_in_and_leaves_hands_alone() {
    let mut wrong = Vec::new();
    for edit in EDITS {
        let text = edited(edit);
        for hand in HANDS {
            let (design, id) = fresh(BRIEF);
            let design = by_hand(design, hand);
            let proposal = brief::revise(&design, id, &text).unwrap_or_else(|it| panic!("{}: {it}", edit.1));
            let mut after = design.clone();
            after.apply(&proposal.accept_all(&design).expect("it fits")).expect("valid");
            assert_eq!(after.violations(), []);
            assert_eq!(after.brief(id).map(|it| it.text.as_str()), Some(text.as_str()));
            let wanted = by_hand(fresh(&text).0, hand);
            let left = differences(&wanted, &after);
            if !left.is_empty() {
                wrong.push(format!("{edit:?} after `{hand}`: {left:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_same_text_changes_nothing() {
    let (design, id) = fresh(BRIEF);
    let proposal = brief::revise(&design, id, BRIEF).expect("it fits");
    assert_eq!(proposal.parts.iter().map(|it| it.title.as_str()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_table_that_a_person_changed_is_only_offered_for_removal() {
    let (design, id) = fresh(BRIEF);
    let design = by_hand(design, "add a seat number to bookings");
    let without = BRIEF
        .replace(" A booking belongs to a course and a participant.", "")
        .replace("to book a course", "to see a course");
    let proposal = brief::revise(&design, id, &without).expect("it fits");
    let edit = proposal.accept(&design, &proposal.usual()).expect("it fits");
    let mut after = design.clone();
    after.apply(&edit).expect("valid");
    let booking = after.tables().find(|it| it.name.starts_with("booking"));
    assert!(booking.is_some_and(|it| it.column_named("seat_number").is_some()), "{:?}", proposal.parts);
}

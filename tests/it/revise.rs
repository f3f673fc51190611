//! A brief that is edited after hands were laid on its design.

use std::collections::BTreeSet;

use relata::ask::ask;
use relata::brief;
use relata::design::{
    Brief, BriefId, Change, Demand, Design, Edit, Matching, Origin, Proposal, Reach, Record, Table, Volume,
    diff,
};
use relata::job;

const BRIEF: &str = "\
# Courses

A workshop has a name and an address. A course has a title, a price and a start date. Each course belongs to a workshop.
A participant has a name and an e-mail address. A booking belongs to a course and a participant.

As a participant, I want to book a course so that I have a seat.
";

/// A brief, what is replaced in it by what (nothing before stands for the end), and what a person did to the design before
/// the brief was edited.
struct Case {
    brief: &'static str,
    edits: &'static [(&'static str, &'static str)],
    hands: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        brief: BRIEF,
        edits: &[
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
        ],
        hands: &[
            "add a room number to courses",
            "rename name of participants to full name",
            "create a table called invoices with number and total (numeric(12,2))",
        ],
    },
    Case {
        brief: BRIEF,
        edits: &[
            ("a price and a start date", "a price, a start date and a description"),
            ("", "A voucher has a code and belongs to a participant."),
            (" A booking belongs to a course and a participant.", ""),
        ],
        hands: &["rename participants to attendees"],
    },
    Case {
        brief: "\
# Boat rental

A marina has a name and a town. A boat has a name, a length in metres and a daily rate. Each boat belongs to a marina.
A customer has a name, an email and a phone number. A rental belongs to a boat and a customer.
A rental has a start date, an end date and a status: reserved, active or returned.

As a customer, I want to rent a boat so that I can sail.
",
        edits: &[
            ("a length in metres and a daily rate", "a length in metres, a build year and a daily rate"),
            ("reserved, active or returned", "reserved, active, returned or cancelled"),
            ("", "A damage has a description and a cost. Each damage belongs to a rental."),
            ("a name, an email and a phone number", "a name and an email"),
            ("A marina has a name and a town.", "A marina has a name, a town and a harbour master phone."),
            ("", "As a clerk, I want to see the rentals of today so that I can prepare the boats."),
        ],
        hands: &["add a colour to boats", "rename daily rate of boats to day price"],
    },
    Case {
        brief: "\
## Help desk

- Agent: name, email, team
- Ticket: subject, body, priority (low, normal, high), opened at
- Comment: body, created at

A ticket is assigned to an agent. A comment belongs to a ticket. A ticket can have many tags.
",
        edits: &[
            ("- Comment: body, created at", "- Comment: body, created at, is internal"),
            ("(low, normal, high)", "(low, normal, high, urgent)"),
            ("- Agent: name, email, team", "- Agent: name, email"),
            ("", "- Attachment: file name, size. An attachment belongs to a comment."),
            (" A ticket can have many tags.", ""),
            ("subject, body, priority", "subject, body, due date, priority"),
        ],
        hands: &["add a phone to agents", "soft delete tickets", "rename subject of tickets to title"],
    },
    Case {
        brief: "\
# Seed library

The library lends seeds. A gardener has a name, an email and a membership number. A variety has a name, a species and a
sowing month. A packet belongs to a variety and has a weight and a harvest year. A loan belongs to a gardener and a packet
and has a due date.
",
        edits: &[
            ("a weight and a harvest year", "a weight, a harvest year and a germination rate"),
            ("a name, a species and a\nsowing month", "a name and a species"),
            (" A loan belongs to a gardener and a packet\nand has a due date.", ""),
            ("", "A donation belongs to a gardener and a variety and has a donation date."),
            ("", "The membership number of a gardener must be unique."),
            ("", "Loans are for one season."),
        ],
        hands: &["add a note to packets", "create a table called shelves with room and number"],
    },
    Case {
        brief: "\
# Choir

A singer has a name, a voice and an optional phone number. A rehearsal has a place and a start time.
A piece has a title, a composer and a duration. A concert has a name and a date.
A concert has many pieces, and a piece can be in many concerts. Each attendance belongs to a singer and a rehearsal.
",
        edits: &[
            ("a title, a composer and a duration", "a title, a composer, a key and a duration"),
            ("a place and a start time", "a place, a start time and an end time"),
            (" Each attendance belongs to a singer and a rehearsal.", ""),
            ("an optional phone number", "an optional phone number, an email"),
            ("", "A sponsor has a name and an amount. A concert belongs to a sponsor."),
            ("A concert has a name and a date.", "A concert has a name, a date and an entrance fee."),
        ],
        hands: &["add a birthday to singers", "make name of concerts unique"],
    },
];

fn fresh(text: &str) -> (Design, BriefId) {
    let mut design = Design::new();
    let id: BriefId = design.ids().take();
    design
        .apply(&Edit::adding([Brief { id, title: String::new(), text: text.to_owned(), accepted: None }]))
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

fn edited(brief: &str, edit: &(&str, &str)) -> String {
    match *edit {
        ("", more) => format!("{brief}\n{more}\n"),
        (old, new) => {
            assert!(brief.contains(old), "{old}");
            brief.replace(old, new)
        }
    }
}

/// The design after all that is proposed is accepted; undoing it restores the design.
fn accepted(design: &Design, proposal: &Proposal, of: &str) -> Design {
    let mut after = design.clone();
    let edit = proposal.accept_all(design).expect("it fits");
    after.apply(&edit).expect("valid");
    assert_eq!(after.violations(), [], "{of}");
    let mut back = after.clone();
    back.apply(&edit.inverse()).expect("its inverse");
    assert_eq!(back, *design, "{of}: taken back");
    after
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

fn is_assumed(origin: &Origin) -> bool {
    matches!(origin, Origin::Assumption { .. })
}

/// What a table is called, if it is only assumed, and columns of others that are, with the name of their table.
fn assumed(design: &Design) -> Vec<(String, String)> {
    let of_table = |it: &Table| {
        let columns = it.columns.iter().filter(|it| is_assumed(&it.origin)).map(|it| it.name.clone());
        let keys = it.foreign_keys.iter().filter(|it| is_assumed(&it.origin)).map(|it| it.name.clone());
        let whole = is_assumed(&it.origin).then(String::new);
        let table = it.name.clone();
        columns.chain(keys).chain(whole).map(move |name| (table.clone(), name)).collect::<Vec<_>>()
    };
    design.tables().flat_map(of_table).collect()
}

/// Differences but those in what is assumed on either side: an assumption follows no word that nobody edited.
fn differences_told(old: &Design, new: &Design) -> Vec<String> {
    let assumed: Vec<_> = assumed(old).into_iter().chain(assumed(new)).collect();
    // What a table is for names its columns.
    let is_of = |it: &String, name: &String| it.contains(name) || it.contains(": comment ");
    let tells = |it: &String| !assumed.iter().any(|(table, name)| it.contains(table) && is_of(it, name));
    differences(old, new).into_iter().filter(tells).collect()
}

#[test]
fn an_edited_brief_changes_what_its_texts_differ_in_and_leaves_hands_alone() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    let mut pairs = BTreeSet::new();
    for case in CASES {
        for edit in case.edits {
            let text = edited(case.brief, edit);
            pairs.insert((case.brief, text.clone()));
            for hand in case.hands {
                count += 1;
                let (design, id) = fresh(case.brief);
                let design = by_hand(design, hand);
                let proposal =
                    brief::revise(&design, id, &text).unwrap_or_else(|it| panic!("{}: {it}", edit.1));
                let after = accepted(&design, &proposal, edit.1);
                assert_eq!(after.brief(id).map(|it| it.text.as_str()), Some(text.as_str()));
                let wanted = by_hand(fresh(&text).0, hand);
                let mut left = differences_told(&wanted, &after);
                // What comes to a table that a hand renamed is named after the table as it is called by then.
                let named = |it: &String| it.starts_with("foreign key") || it.starts_with("index");
                left.retain(|it| !(hand.starts_with("rename") && named(it) && it.contains("renamed from")));
                if !left.is_empty() {
                    wrong.push(format!("{edit:?} after `{hand}`: {left:?}"));
                }
            }
        }
    }
    assert!(pairs.len() >= 30 && count >= 80, "only {} pairs of texts, {count} with hands", pairs.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_that_was_edited_meanwhile_is_compared_with_the_one_the_design_was_made_of() {
    for case in CASES {
        for edit in case.edits {
            let text = edited(case.brief, edit);
            let (mut design, id) = fresh(case.brief);
            let of_now = brief::revise(&design, id, &text).expect("it fits");
            let wanted = accepted(&design, &of_now, edit.1);
            let write = |design: &Design, text: &str| {
                let it = design.brief(id).expect("it is there").written(design, text.to_owned());
                Edit::default().put(design, it)
            };
            design.apply(&write(&design, "half a sen")).expect("valid");
            design.apply(&write(&design, &text)).expect("valid");
            assert_eq!(design.brief(id).and_then(|it| it.accepted.as_deref()), Some(case.brief));
            let later = brief::revise(&design, id, &text).expect("it fits");
            let after = accepted(&design, &later, edit.1);
            assert_eq!(differences(&wanted, &after), [""; 0], "{}", edit.1);
            assert_eq!(after.brief(id).map(|it| it.accepted.is_some()), Some(false));
            design.apply(&write(&design, case.brief)).expect("valid");
            assert_eq!(design.brief(id).and_then(|it| it.accepted.clone()), None, "back to what it was");
        }
    }
}

#[test]
fn what_was_added_before_the_edit_is_looked_at_is_not_added_twice() {
    for case in CASES {
        for edit in case.edits {
            let text = edited(case.brief, edit);
            let (mut design, id) = fresh(case.brief);
            let it = design.brief(id).expect("it is there").written(&design, text.clone());
            design.apply(&Edit::default().put(&design, it)).expect("valid");
            let added =
                brief::propose(&design, &brief::read(&text), id).accept_all(&design).expect("it fits");
            design.apply(&added).expect("valid");
            let after = accepted(&design, &brief::revise(&design, id, &text).expect("it fits"), edit.1);
            let tables = |it: &Design| -> Vec<String> {
                let told = it.tables().filter(|it| !is_assumed(&it.origin));
                told.map(|it| it.name.clone()).collect()
            };
            let (mut found, mut wanted) = (tables(&after), tables(&fresh(&text).0));
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted, "{}", edit.1);
        }
    }
}

#[test]
fn what_a_person_added_before_the_brief_told_of_it_stays_theirs() {
    let hands = ["add a description to courses", "create a table called trainers with name"];
    let text = edited(BRIEF, &("a price and a start date", "a price, a start date and a description"))
        + "A trainer has a name and a phone number. Each course belongs to a trainer.";
    let (design, id) = fresh(BRIEF);
    let design = hands.into_iter().fold(design, by_hand);
    let after = accepted(&design, &brief::revise(&design, id, &text).expect("it fits"), &text);
    let course = after.tables().find(|it| it.name == "course").expect("it is there");
    assert_eq!(course.columns.iter().filter(|it| it.name == "description").count(), 1);
    assert_eq!(after.tables().filter(|it| it.name == "trainer").count(), 1);
}

#[test]
fn a_further_brief_adds_only_what_is_new() {
    let further = [
        "Now add course templates. A course template has a title and a duration. Each course belongs to a course template.",
        "A review has a rating and a text. A review belongs to a course and a participant.",
        "A course has a title and a level.",
    ];
    for text in further {
        let (design, _) = fresh(BRIEF);
        let proposal = brief::further(&design, text);
        let after = accepted(&design, &proposal, text);
        let changes = differences(&design, &after);
        assert!(!changes.is_empty(), "{text}");
        assert!(changes.iter().all(|it| it.ends_with("added")), "{text}: {changes:?}");
        assert_eq!(after.briefs().count(), 2);
        let again = brief::further(&after, text);
        assert!(again.parts.is_empty(), "{text}: {:?}", again.parts);
    }
    let (design, _) = fresh(BRIEF);
    assert_eq!(brief::further(&design, "A course has a title.").parts, []);
}

#[test]
fn another_wording_changes_the_text_alone() {
    let (design, id) = fresh(BRIEF);
    let text = BRIEF.replace(
        "# Courses",
        "# Courses\n\nAll of this is still a draft, and every word of it may be corrected.",
    );
    let proposal = brief::revise(&design, id, &text).expect("it fits");
    assert_eq!(proposal.parts.iter().map(|it| it.title.as_str()).collect::<Vec<_>>(), ["Change the brief"]);
    let after = accepted(&design, &proposal, "another wording");
    assert_eq!(differences(&design, &after), [""; 0]);
    for table in after.tables() {
        let Origin::Brief { spans, .. } = &table.origin else { continue };
        let words: Vec<String> = spans.iter().map(|it| it.of(&text).to_lowercase()).collect();
        assert!(words.iter().any(|it| it.contains(table.name.as_str())), "{}: {words:?}", table.name);
    }
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

#[test]
fn what_is_asked_for_up_front_follows_the_text_one_by_one() {
    let told = format!("{BRIEF}\nExpect 20 reads per write. We expect 500 participants.\n");
    let (design, id) = fresh(&told);
    let design = by_hand(design, "create a table called invoices with number and total (numeric(12,2))");
    // The words stand elsewhere now; nothing else is another.
    let longer = told.replace("a title, a price", "a title, a level, a price");
    let titles = |it: &Proposal| -> Vec<String> { it.parts.iter().map(|it| it.title.clone()).collect() };
    let proposal = brief::revise(&design, id, &longer).expect("it fits");
    assert_eq!(titles(&proposal), ["Change the brief", "Change table course"]);
    let after = accepted(&design, &proposal, "a level");
    let Some(Origin::Brief { spans, .. }) = after.load().demands.first().map(|it| it.origin.clone()) else {
        panic!("{:?}", after.load())
    };
    assert_eq!(spans.first().map(|it| it.of(&longer)), Some("Expect 20 reads per write"));
    let wished = told.replace("20 reads", "30 reads").replace("500 participants", "800 participants")
        + "Soft delete everywhere.\n";
    let proposal = brief::revise(&design, id, &wished).expect("it fits");
    let parts = titles(&proposal);
    for title in [
        "30 reads are expected for each write",
        "Rows are deleted by mark, never for good",
        "Expect 800 participants",
    ] {
        assert!(parts.iter().any(|it| it == title), "{title}: {parts:?}");
    }
    let after = accepted(&design, &proposal, "soft delete");
    assert!(
        after.tables().all(|it| it.column_named("deleted_at").is_some()),
        "the table made by hand follows too"
    );
    assert_eq!(
        (after.load().reads_per_write, after.load().volumes.first().map(|it| it.count)),
        (Some(30.0), Some(800))
    );
    let back = accepted(&after, &brief::revise(&after, id, &told).expect("it fits"), "back");
    // What followed for the tables stays until its switch is moved, as it does when a person takes a demand back.
    assert_eq!((back.load(), back.conventions().soft_delete), (design.load(), true));
}

#[test]
fn what_a_person_asks_for_up_front_is_not_changed_by_the_text() {
    let (mut design, id) =
        fresh(&format!("{BRIEF}\nExpect 20 reads per write. We expect 500 participants.\n"));
    let mut load = design.load().clone();
    load.demand(Demand::ReadsPerWrite, Origin::Hand);
    load.reads_per_write = Some(5.0);
    for it in Volume::listed("70 participants").expect("sizes") {
        load.expect(it);
    }
    design.apply(&Edit::default().put(&design, Record::Load(load))).expect("valid");
    let text = format!("{BRIEF}\nExpect 40 reads per write. We expect 900 participants.\n");
    let after = accepted(&design, &brief::revise(&design, id, &text).expect("it fits"), "by hand");
    assert_eq!(after.load(), design.load());
}

#[test]
fn stories_are_looked_at_again_when_the_brief_is_another() {
    let (design, id) = fresh(BRIEF);
    let reason = |text: &str| -> String {
        let proposal = job::revised(&design, id, text).expect("it fits");
        proposal.parts.first().map(|it| it.reason.clone()).unwrap_or_default()
    };
    let more = format!("{BRIEF}\nA trainer has a name.\n");
    assert!(
        reason(&more).ends_with("every story finds what it speaks of (1 looked at)."),
        "{}",
        reason(&more)
    );
    let open = format!("{BRIEF}\nAs a clerk, I want to print so that I can file it.\n");
    assert!(reason(&open).ends_with("find nothing that they speak of: clerk: print."), "{}", reason(&open));
}

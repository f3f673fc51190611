//! Laws and cases of taking over.

use proptest::prelude::*;

use super::*;
use crate::design::{Change, Column, Conventions, DataType, Matching, Reach, SeedRows, diff, operation};
use crate::pg::Builtin;
use crate::random;

fn with_table(mut design: Design, name: &str, columns: &[&str]) -> Design {
    let (table, edit) = operation::add_table(&design, None, name);
    design.apply(&edit).expect("valid");
    for name in columns {
        let mut after = design.table(table).expect("just added").clone();
        after.columns.push(Column::new(design.ids().take(), *name, DataType::builtin(Builtin::Text)));
        let edit = Edit::default().put(&design, after);
        design.apply(&edit).expect("valid");
    }
    design
}

fn plain() -> Design {
    let mut design = Design::new();
    let edit = Edit::default().put(&design, Record::Conventions(Conventions::as_imported()));
    design.apply(&edit).expect("valid");
    design
}

fn accepted(design: &Design, proposal: &Proposal, chosen: &BTreeSet<usize>) -> Design {
    let mut after = design.clone();
    after.apply(&proposal.accept(design, chosen).expect("fits")).expect("valid");
    after
}

fn differences(one: &Design, two: &Design) -> Vec<String> {
    let mut found = diff(one, two, Matching::ByName);
    found.retain(|it| it.reach() == Reach::Database);
    found.iter().map(Change::to_string).collect()
}

#[test]
fn a_table_under_a_new_name_is_renamed_and_keeps_its_identity() {
    let ours = with_table(plain(), "customer", &["name", "email", "phone"]);
    let theirs = with_table(plain(), "client", &["name", "email", "phone", "vip"]);
    let proposal = take_over(&ours, &theirs, "x");
    assert_eq!(proposal.parts[0].title, "Rename table customer to client");
    let after = accepted(&ours, &proposal, &proposal.usual());
    let id = ours.tables().next().expect("one").id;
    assert_eq!(after.table(id).expect("the same").name, "client");
    assert_eq!(differences(&after, &theirs), [""; 0]);
}

#[test]
fn a_column_under_a_new_name_is_renamed() {
    let ours = with_table(plain(), "task", &["title", "mail", "notes"]);
    let theirs = with_table(plain(), "task", &["title", "email", "notes"]);
    let proposal = take_over(&ours, &theirs, "x");
    assert_eq!(proposal.parts[0].title, "Rename column mail of task to email");
    assert_eq!(proposal.parts.len(), 1);
}

#[test]
fn what_only_this_design_has_goes_only_when_chosen() {
    let ours = with_table(with_table(plain(), "task", &["title", "zeal"]), "invoice", &["total"]);
    let theirs = with_table(plain(), "task", &["title"]);
    let proposal = take_over(&ours, &theirs, "x");
    assert!(proposal.usual().is_empty(), "{proposal:?}");
    let all = (0..proposal.parts.len()).collect();
    assert_eq!(accepted(&ours, &proposal, &BTreeSet::new()), ours);
    assert_eq!(differences(&accepted(&ours, &proposal, &all), &theirs), [""; 0]);
}

/// Takes over all parts of one random design into another.
fn all_parts_taken(one: u64, two: u64) -> Vec<String> {
    let made = |seed| random::design(seed, &random::Options::default());
    let (ours, theirs) = (made(one), made(two));
    let proposal = take_over(&ours, &theirs, "x");
    let all = (0..proposal.parts.len()).collect();
    differences(&accepted(&ours, &proposal, &all), &theirs)
}

#[test]
fn rows_go_only_when_chosen() {
    let mut ours = with_table(plain(), "status", &["code", "label"]);
    let theirs = ours.clone();
    let mut table = ours.tables().next().expect("one").clone();
    let columns = table.columns.iter().rev().take(2).map(|it| it.id).collect();
    table.seed = Some(SeedRows { columns, rows: vec![vec!["'a'".into(), "'A'".into()]] });
    let edit = Edit::default().put(&ours, table);
    ours.apply(&edit).expect("valid");
    let proposal = take_over(&ours, &theirs, "x");
    let titles: Vec<_> = proposal.parts.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["Remove the rows of table status"]);
    assert!(proposal.usual().is_empty());
    assert_eq!(differences(&accepted(&ours, &proposal, &BTreeSet::from([0])), &theirs), [""; 0]);
}

#[test]
fn rows_go_as_well_where_all_is_taken_at_once() {
    assert_eq!(all_parts_taken(16_581_365_943_402_685_502, 15_036_054_063_961_042_346), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// All of a proposal makes the schemas equal, and taking over oneself proposes nothing.
    #[test]
    fn all_parts_make_one_schema(one in any::<u64>(), two in any::<u64>()) {
        let ours = random::design(one, &random::Options::default());
        prop_assert!(take_over(&ours, &ours, "x").parts.is_empty());
        prop_assert_eq!(all_parts_taken(one, two), Vec::<String>::new());
    }
}

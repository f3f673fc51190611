//! What DBML comes to, and what is told of it.

use super::*;
use crate::read::told;

fn written(text: &str) -> (String, Vec<String>) {
    told::written(text, &dbml(text, &Options::default()))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    told::check(text, &dbml(text, &Options::default()), expected);
}

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    assert_eq!(written(text).1, expected);
}

#[test]
fn a_many_to_many_reference_is_a_junction() {
    let text = "Table a { id int [pk] }\nTable b { id bigserial [pk] }\nRef: a.id <> b.id";
    check(text, &["CREATE TABLE a_b", "a_id int", "b_id bigint"]);
    let read = dbml(text, &Options::default());
    let junction = read.tree.design.tables().find(|it| it.name == "a_b").expect("is made");
    assert_eq!(junction.kind, crate::design::TableKind::Junction);
    assert_eq!(read.tree.report.statements, 3);
    assert_eq!(read.tree.report.modelled, 3);
}

#[test]
fn of_two_columns_of_partials_the_last_and_of_all_the_own_wins() {
    let text = "TablePartial p { id int [pk]\n a int }\nTablePartial q { a text\n b text }\nTable t { ~p\n ~q\n b date }";
    let (found, said) = written(text);
    assert_eq!(said, [] as [&str; 0]);
    assert!(found.contains("a text") && found.contains("b date") && !found.contains("a int"), "{found}");
}

#[test]
fn groups_notes_and_the_project_stand_around_the_tables() {
    let text = "Project shop { Note: 'all of it' }\nTable a { id int }\nTable s.b { id int }\n\
                TableGroup g { a\n s.b }\nNote n { 'remember' }";
    let design = dbml(text, &Options::default()).tree.design;
    assert_eq!(design.title(), "shop");
    assert_eq!(design.areas().map(|it| it.tables.len()).collect::<Vec<_>>(), [2]);
    assert_eq!(design.notes().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["all of it", "remember"]);
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    says("Table t {\n  id\n}", &["2:3 not understood: column `id` needs a type after its name"]);
    says(
        "Table t { id int }\nRef: t.id > u.id",
        &["2:6 not understood: there is no table `u`; define it, or take the reference out"],
    );
    says("Table t {\n  a int [defalt: 1]\n}", &["2:10 not understood: `defalt` is no setting of a column"]);
    says("Table t {\n  a datetime\n}", &["2:5 PostgreSQL has no `datetime`: `timestamp` holds its values"]);
    says(
        "Table t { ~p\n a int }",
        &["1:12 not understood: there is no `TablePartial p`; define it, or take this line out"],
    );
}

#[test]
fn the_language_is_known_by_its_first_block() {
    assert!(looks_like_dbml("// x\nTable users {\n id int\n}"));
    assert!(looks_like_dbml("Ref: a.b > c.d") && looks_like_dbml("Table a as b [note: 'x'] {"));
    assert!(!looks_like_dbml("Table of contents\n\n1. Users") && !looks_like_dbml("CREATE TABLE t ()"));
}

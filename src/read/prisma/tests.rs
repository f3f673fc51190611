//! What a Prisma schema comes to, and what is told of it.

use super::*;
use crate::read::told;

fn written(text: &str) -> (String, Vec<String>) {
    told::written(text, &prisma(text, &Options::default()))
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    told::check(text, &prisma(text, &Options::default()), expected);
}

#[test]
fn two_lists_are_a_table_of_pairs_in_the_order_of_names() {
    let text = "model Zebra {\n id Int @id\n apes Ape[]\n}\nmodel Ape {\n id String @id @db.Uuid\n zebras Zebra[]\n}";
    check(text, &["CREATE TABLE \"_ApeToZebra\"", "\"A\" uuid", "\"B\" integer", "\"_ApeToZebra_B_index\""]);
    let read = prisma(text, &Options::default());
    assert_eq!((read.tree.report.statements, read.tree.report.modelled), (2, 2));
}

#[test]
fn actions_follow_from_optionality() {
    let text = "model A {\n id Int @id\n b Int?\n c Int\n x A? @relation(\"x\", fields: [b], references: [id])\n \
                y A @relation(\"y\", fields: [c], references: [id])\n xs A[] @relation(\"x\")\n ys A[] @relation(\"y\")\n}";
    check(text, &["ON DELETE SET NULL ON UPDATE CASCADE", "ON DELETE RESTRICT ON UPDATE CASCADE"]);
}

#[test]
fn long_names_are_cut_before_their_ending() {
    let long = "a".repeat(70);
    assert_eq!(model::constraint_name(&[&long, "b"], "_fkey"), format!("{}_fkey", "a".repeat(58)));
    assert_eq!(
        model::constraint_name(&["é".repeat(40).as_str()], "_idx").len(),
        62,
        "no character is cut in two"
    );
}

#[test]
fn a_relation_that_may_be_missing_over_a_field_that_may_not_restricts() {
    let text = "model A {\n  id Int @id\n  b Int\n  of B? @relation(fields: [b], references: [id])\n}\nmodel B {\n  id Int @id\n  as A[]\n}";
    let (found, _) = written(text);
    assert!(found.contains("ON DELETE RESTRICT") && !found.contains("SET NULL"), "{found}");
}

#[test]
fn a_default_that_sees_a_column_is_what_the_column_is_computed_of() {
    let text =
        "model A {\n  id Int @id\n  net Decimal\n  gross Decimal? @default(dbgenerated(\"(net * 1.2)\"))\n}";
    let (found, said) = written(text);
    assert!(found.contains("GENERATED ALWAYS AS (") && found.contains("net * 1.2"), "{found}");
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    for (text, said) in [
        (
            "model A {\n  id Int @id\n  x Foo\n}",
            "3:3 not understood: field `x` has `Foo`, which is no scalar, enum or model here",
        ),
        (
            "modle A {\n}",
            "1:1 not understood: `modle` is no block of Prisma: write `model`, `enum` or `datasource`",
        ),
        (
            "model A {\n  id Int @id\n  @@index([nope])\n}",
            "3:3 not understood: `A` has no field of one of these names",
        ),
        ("model A {\n  id Int @id @default(foo())\n}", "2:14 not understood: `foo()` gives no default; "),
        (
            "model A {\n  id String @id @default(\"x)\n}",
            "2:26 not understood: this quote is not closed on its line",
        ),
    ] {
        let found = written(text).1;
        assert!(found.iter().any(|it| it.starts_with(said)), "{said} is not in {found:?}");
    }
}

#[test]
fn the_language_is_known_by_its_blocks() {
    assert!(looks_like_prisma("// x\nmodel User {\n  id Int @id\n}"));
    assert!(
        !looks_like_prisma("Table users {\n id int\n}") && !looks_like_prisma("The model of a car { is }")
    );
}

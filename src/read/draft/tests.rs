//! Laws and cases of edited texts.

use super::*;
use crate::design::{Area, Brief, BriefId, Column, Placement, Table};
use crate::read::postgres;

const SHOP: &str = "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer (id), total numeric(12, 2));
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
COMMENT ON TABLE orders IS 'What was bought.';";

fn shop() -> (Design, String) {
    let design = postgres(SHOP, &Options::default()).tree.design;
    let text = ddl(&design, &sql::Options::of(&design)).text;
    (design, text)
}

fn table<'a>(design: &'a Design, name: &str) -> &'a Table {
    design.table_named(None, name).expect("the table is there")
}

#[track_caller]
fn done(design: &Design, text: &str) -> (Design, Vec<(String, String)>) {
    let Drafted { edit, problems, .. } = draft(design, text);
    let mut after = design.clone();
    after.apply(&edit).expect("an edit of the text fits");
    assert_eq!(after.violations(), []);
    (after, problems.iter().map(|it| (it.span.of(text).to_owned(), it.kind.to_string())).collect())
}

/// What remains under its identity although SQL does not say it.
fn placed(mut design: Design) -> Design {
    let mut ids = design.ids();
    let id = table(&design, "customer").id;
    let edit = Edit::default()
        .put(&design, Placement { id: ids.take(), table: id, x: 40, y: 80, ..Placement::default() })
        .put(&design, Area { id: ids.take(), name: "Sales".into(), tables: vec![id], ..Area::default() })
        .put(
            &design,
            Brief {
                id: BriefId::from(ids.take::<crate::design::Id>()),
                title: "b".into(),
                text: "x".into(),
                accepted: None,
            },
        );
    design.apply(&edit).expect("valid");
    design
}

#[test]
fn the_own_text_changes_nothing_however_it_is_set() {
    let (design, text) = shop();
    assert_eq!(draft(&design, &text), Drafted::default());
    let Drafted { edit, problems, places } =
        draft(&design, &text.replace('\n', "\n  ").to_lowercase().replace("what", "What"));
    assert_eq!((edit, problems.len()), (Edit::default(), 0));
    assert_eq!(places.len(), 2);
}

#[test]
fn a_column_that_is_written_is_there_and_one_that_is_deleted_is_gone() {
    let (design, text) = shop();
    let (after, problems) =
        done(&design, &text.replace("    email text,\n", "    mobile varchar(20) DEFAULT '-',\n"));
    assert_eq!(problems, []);
    let columns: Vec<&str> = table(&after, "customer").columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(columns, ["id", "name", "mobile"]);
    assert_eq!(table(&after, "orders"), table(&design, "orders"));
}

#[test]
fn a_renamed_table_keeps_its_identity_and_what_is_said_of_it() {
    let (design, text) = shop();
    let design = placed(design);
    let (after, problems) = done(&design, &text.replace("customer (", "client ("));
    assert_eq!(problems, []);
    assert_eq!(table(&after, "client").id, table(&design, "customer").id);
    assert_eq!(after.placements().collect::<Vec<_>>(), design.placements().collect::<Vec<_>>());
    assert_eq!(after.areas().collect::<Vec<_>>(), design.areas().collect::<Vec<_>>());
    assert_eq!(after.briefs().len(), 1);
}

#[test]
fn a_reference_to_what_is_not_there_yet_stays_and_is_told() {
    let (design, text) = shop();
    // The table has its new name, the reference still the old one.
    let (after, problems) = done(&design, &text.replace("CREATE TABLE customer", "CREATE TABLE client"));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].1.contains("table `customer` is not in this text"), "{problems:?}");
    assert_eq!(table(&after, "orders"), table(&design, "orders"));
    assert_eq!(table(&after, "client").id, table(&design, "customer").id);
    let text = ddl(&after, &sql::Options::of(&after)).text;
    assert!(text.contains("REFERENCES client"), "{text}");
}

#[test]
fn a_statement_that_cannot_be_read_leaves_what_it_stands_for_and_the_rest_is_live() {
    let (design, text) = shop();
    let edited = text
        .replace("CREATE TABLE orders (", "CREATE TABLE orders ( id,, ")
        .replace("email text", "email text NOT NULL");
    let (after, problems) = done(&design, &edited);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].0.starts_with(",,"), "{problems:?}");
    assert_eq!(table(&after, "orders"), table(&design, "orders"));
    let email = table(&after, "customer").column_named("email").expect("it is there");
    assert!(!email.nullable);
}

#[test]
fn an_open_quote_or_parenthesis_loses_nothing() {
    let (design, text) = shop();
    for begun in ["CREATE TABLE news (", "SELECT 'it", "CREATE TABLE news (id int", "/* ", "CREATE VIEW v AS"]
    {
        for place in [0, text.find("CREATE TABLE orders").expect("there"), text.len()] {
            let (head, tail) = text.split_at(place);
            let (after, problems) = done(&design, &format!("{head}{begun}\n{tail}"));
            assert_eq!(after, design, "{begun} at {place}");
            assert!(!problems.is_empty(), "{begun} at {place}");
        }
    }
}

#[test]
fn what_others_refer_to_goes_with_the_reference() {
    let (design, text) = shop();
    let start = text.find("CREATE TABLE customer").expect("there");
    let end = start + text[start..].find(");\n").expect("its end") + 3;
    let without = format!("{}{}", &text[..start], &text[end..]);
    let (after, problems) = done(&design, &without);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(after, design);
    let reference = without.lines().find(|it| it.contains("REFERENCES customer")).expect("there");
    let freed = without.replace(&format!(",\n{reference}"), "");
    let (after, problems) = done(&design, &freed);
    assert_eq!(problems, []);
    assert_eq!((after.tables().len(), table(&after, "orders").foreign_keys.len()), (1, 0));
}

#[test]
fn columns_stand_in_the_order_of_the_text() {
    let (design, text) = shop();
    let (after, _) = done(
        &design,
        &text.replace(
            "    name text NOT NULL,\n    email text,\n",
            "    email text,\n    name text NOT NULL,\n",
        ),
    );
    let ids = |design: &Design| {
        table(design, "customer").columns.iter().map(|it: &Column| it.id).collect::<Vec<_>>()
    };
    let (old, new) = (ids(&design), ids(&after));
    assert_eq!(new, [old[0], old[2], old[1]]);
}

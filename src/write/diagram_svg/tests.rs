//! Pictures of small designs.

use super::*;
use crate::design::{
    Area, AreaId, BaseType, Column, ColumnId, ConstraintId, DataType, Edit, ForeignKey, NoteId, PrimaryKey,
    Record, Table, TableId,
};

fn table(id: u32, name: &str, references: &[u32]) -> Table {
    let integer = || DataType::new(BaseType::Other { namespace: None, name: "bigint".into() });
    let mut columns = vec![Column::new(ColumnId(id * 100), "id", integer())];
    let mut foreign_keys = Vec::new();
    for (at, &to) in references.iter().enumerate() {
        let column = ColumnId(id * 100 + 1 + at as u32);
        columns.push(Column::new(column, format!("t{to}_id"), integer()));
        foreign_keys.push(ForeignKey {
            id: ForeignKeyId(id * 100 + 50 + at as u32),
            name: format!("{name}_t{to}_fkey"),
            columns: vec![column],
            references: TableId(to),
            ref_columns: vec![ColumnId(to * 100)],
            ..ForeignKey::default()
        });
    }
    let primary_key = Some(PrimaryKey {
        id: ConstraintId(id * 100 + 90),
        name: format!("{name}_pkey"),
        columns: vec![ColumnId(id * 100)],
        ..PrimaryKey::default()
    });
    Table { id: TableId(id), name: name.into(), columns, primary_key, foreign_keys, ..Table::default() }
}

fn design(records: Vec<Record>) -> Design {
    let mut design = Design::new();
    design.apply(&Edit::adding(records)).unwrap();
    design
}

/// The drawing without its stylesheet.
fn drawn(design: &Design) -> String {
    let svg = draw(design, DrawOptions::default());
    let (before, rest) = svg.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>\n").unwrap();
    before.to_owned() + after.trim_start_matches(' ')
}

#[test]
fn tables_and_their_reference_are_drawn() {
    let design = design(vec![table(10, "customer", &[]).into(), table(11, "purchase", &[10]).into()]);
    insta::assert_snapshot!(drawn(&design));
}

#[test]
fn areas_notes_and_comments_are_drawn_as_text() {
    let area =
        Area { id: AreaId(9000), name: "Sales & more".into(), tables: vec![TableId(10)], ..Area::default() };
    let note = Note {
        id: NoteId(9001),
        text: "Ask <finance> before changing anything in here".into(),
        y: -200,
        width: 160,
        height: 80,
        color: Some(3),
        ..Note::default()
    };
    let customer = Table { comment: Some("who buys".into()), ..table(10, "customer", &[]) };
    let svg = drawn(&design(vec![customer.into(), area.into(), note.into()]));
    assert!(svg.contains(">Sales &amp; more</text>"), "{svg}");
    assert!(svg.contains(">Ask &lt;finance&gt;</text>"), "{svg}");
    assert!(svg.contains("<title>customer: who buys</title>"), "{svg}");
    assert!(svg.contains("class=\"note c3\""), "{svg}");
}

#[test]
fn empty_design_says_so() {
    assert!(drawn(&Design::new()).contains("This design has no tables yet."));
}

#[test]
fn references_to_a_hub_are_tags() {
    let many = (11..11 + 21).map(|it| table(it, &format!("t{it}"), &[10]).into());
    let svg = drawn(&design(std::iter::once(table(10, "users", &[]).into()).chain(many).collect()));
    assert_eq!(svg.matches(">users</text>").count(), 22);
    assert_eq!(svg.matches("class=\"edge\"").count(), 21);
}

#[test]
fn themes_differ_in_colours_alone() {
    let design = design(vec![table(10, "customer", &[]).into()]);
    let with = |theme| draw(&design, DrawOptions { theme, ..DrawOptions::default() });
    let body = |svg: &str| svg.split_once("</style>").map(|it| it.1.to_owned());
    assert_ne!(with(Theme::Light), with(Theme::Dark));
    assert_eq!(body(&with(Theme::Light)), body(&with(Theme::Dark)));
    assert!(with(Theme::Auto).contains("prefers-color-scheme:dark"));
}

#[test]
fn lines_have_labels_where_they_are_wanted() {
    let design = design(vec![table(10, "customer", &[]).into(), table(11, "purchase", &[10]).into()]);
    let said = |labelled| {
        draw(&design, DrawOptions { labelled, ..DrawOptions::default() })
            .matches("class=\"label-text\"")
            .count()
    };
    assert_eq!((said(false), said(true)), (0, 1));
}

#[test]
fn long_words_are_broken() {
    assert_eq!(wrapped("abcdefgh ij\n\nkl", 5), ["abcde", "fgh", "ij", "", "kl"]);
}

#[test]
fn a_part_is_drawn_alone_and_without_a_ground_where_wanted() {
    let design = design(vec![table(10, "one", &[]).into(), table(20, "two", &[10]).into()]);
    let part = super::only(&design, &[TableId(20)].into());
    assert_eq!(part.violations(), []);
    let options = DrawOptions { transparent: true, ..DrawOptions::default() };
    let svg = draw(&part, options);
    assert!(svg.contains(">two<") && !svg.contains(">one<") && !svg.contains("class=\"ground\""), "{svg}");
}

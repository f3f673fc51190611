//! Small designs on the diagram.

use super::*;
use crate::design::{BaseType, Column, ColumnId, ConstraintId, DataType, PrimaryKey, Unique};
use crate::layout::GRID;

/// A table with a key `id` and the columns that reference others; columns get ids from its own, times 100.
fn table(id: u32, name: &str, references: &[(u32, bool)]) -> Table {
    let first = id * 100;
    let integer = || DataType::new(BaseType::Other { namespace: None, name: "bigint".into() });
    let mut columns = vec![Column::new(ColumnId(first), "id", integer())];
    let mut foreign_keys = Vec::new();
    for (at, &(to, nullable)) in references.iter().enumerate() {
        let column = ColumnId(first + 1 + at as u32);
        columns.push(Column { nullable, ..Column::new(column, format!("t{to}_{at}_id"), integer()) });
        foreign_keys.push(ForeignKey {
            id: ForeignKeyId(first + 50 + at as u32),
            name: format!("{name}_{at}_fkey"),
            columns: vec![column],
            references: TableId(to),
            ref_columns: vec![ColumnId(to * 100)],
            ..ForeignKey::default()
        });
    }
    let primary_key = Some(PrimaryKey {
        id: ConstraintId(first + 90),
        name: format!("{name}_pkey"),
        columns: vec![ColumnId(first)],
        ..PrimaryKey::default()
    });
    Table { id: TableId(id), name: name.into(), columns, primary_key, foreign_keys, ..Table::default() }
}

fn design(tables: Vec<Table>) -> Design {
    let mut design = Design::new();
    design.apply(&Edit::adding(tables)).unwrap();
    design
}

/// A customer with orders, a one-to-one profile and a customer who brought them.
pub(in crate::layout) fn shop() -> Design {
    let mut profile = table(12, "profile", &[(10, false)]);
    profile.uniques.push(Unique {
        id: ConstraintId(1291),
        name: "profile_customer_key".into(),
        columns: vec![ColumnId(1201)],
        ..Unique::default()
    });
    design(vec![table(10, "customer", &[(10, true)]), table(11, "purchase", &[(10, false)]), profile])
}

#[test]
fn ends_follow_from_keys_and_nullability() {
    let diagram = Diagram::of(&shop());
    let ends: Vec<_> =
        diagram.edges.iter().map(|it| (it.referencing.cardinality, it.referenced.optionality)).collect();
    assert_eq!(
        ends,
        [
            (Cardinality::Many, Optionality::Optional),
            (Cardinality::Many, Optionality::Mandatory),
            (Cardinality::One, Optionality::Mandatory),
        ]
    );
}

#[test]
fn edges_meet_the_rows_of_their_columns() {
    let diagram = Diagram::of(&shop());
    let edge = &diagram.edges[1];
    assert_eq!(edge.ends.from.y - diagram.boxes[1].top, 28.0 + 22.0 * 1.5);
    assert_eq!(edge.ends.to.y - diagram.boxes[0].top, 28.0 + 22.0 * 0.5);
    for (it, route) in diagram.edges.iter().zip(diagram.routes()) {
        assert_eq!(route.points.first().map(|it| it.y), Some(it.ends.from.y));
        assert_eq!(route.points.last().map(|it| it.y), Some(it.ends.to.y));
    }
}

#[test]
fn references_to_a_hub_are_tags_until_asked_for() {
    let many = (11..11 + 21).map(|it| table(it, &format!("t{it}"), &[(10, false)]));
    let design = design(std::iter::once(table(10, "users", &[(10, true)])).chain(many).collect());
    let diagram = Diagram::of(&design);
    assert_eq!(diagram.edges.iter().filter(|it| it.is_tag).count(), 21);
    let routes = diagram.routes();
    assert!(routes.iter().zip(&diagram.edges).all(|(route, edge)| route.points.is_empty() == edge.is_tag));
    assert!(diagram.routes_of(&[5]).iter().all(|it| it.is_clear));
    let tag = diagram.tag(1).unwrap();
    assert_eq!(tag.text, "users");
    assert_eq!(tag.rect.centre().y, diagram.edges[1].ends.from.y);
    assert!(diagram.boxes.iter().all(|it| !it.overlaps(&tag.rect)));
    assert_eq!(diagram.tag(0), None);
}

#[test]
fn placed_tables_stay_and_a_new_one_finds_room() {
    let mut design = shop();
    let places = [(TableId(10), Point::new(1000.0, 500.0)), (TableId(11), Point::new(-320.0, 7.0))];
    design.apply(&placed(&design, places)).unwrap();
    let diagram = Diagram::of(&design);
    assert_eq!(diagram.boxes[0].corner(), places[0].1);
    assert_eq!(diagram.boxes[1].corner(), places[1].1);
    assert!(!diagram.boxes[2].overlaps(&diagram.boxes[0]) && !diagram.boxes[2].overlaps(&diagram.boxes[1]));
    assert_eq!(diagram.boxes[2].left % GRID, 0.0);
}

#[test]
fn placing_twice_changes_the_same_record() {
    let mut design = shop();
    for x in [16.0, 32.0] {
        design.apply(&placed(&design, [(TableId(10), Point::new(x, 0.0))])).unwrap();
    }
    assert_eq!(design.placements().map(|it| it.x).collect::<Vec<_>>(), [32]);
    assert!(placed(&design, [(TableId(10), Point::new(32.0, 0.0))]).is_empty());
}

#[test]
fn pinned_tables_keep_their_place_in_a_new_layout() {
    let mut design = shop();
    let at = Point::new(480.0, 320.0);
    let edit = placed(&design, [(TableId(11), at)]);
    design.apply(&edit).unwrap();
    let pinned = design.placements().next().cloned().map(|it| Placement { pinned: true, ..it }).unwrap();
    design.apply(&Edit::default().put(&design, pinned)).unwrap();
    let cards = cards(&design);
    let corners = arranged(&design, &cards);
    assert_eq!(corners[1], at);
    let boxes: Vec<Rect> = corners.iter().zip(&cards).map(|(&at, it)| Rect::at(at, it.size())).collect();
    assert!(!boxes[0].overlaps(&boxes[1]) && !boxes[2].overlaps(&boxes[1]) && !boxes[0].overlaps(&boxes[2]));
}

#[test]
fn hidden_tables_are_left_out_with_their_edges() {
    let mut design = shop();
    let hidden =
        Placement { id: PlacementId(9000), table: TableId(10), hidden: true, ..Placement::default() };
    design.apply(&Edit::adding([hidden])).unwrap();
    let diagram = Diagram::of(&design);
    assert_eq!((diagram.cards.len(), diagram.edges.len()), (2, 0));
}

#[test]
fn area_is_framed_around_its_tables() {
    let mut design = shop();
    let area = crate::design::Area {
        id: AreaId(9000),
        name: "People".into(),
        tables: vec![TableId(10), TableId(12)],
        ..crate::design::Area::default()
    };
    design.apply(&Edit::adding([area])).unwrap();
    let diagram = Diagram::of(&design);
    let frame = &diagram.frames[0];
    assert!(frame.rect.holds(&diagram.boxes[0]) && frame.rect.holds(&diagram.boxes[2]));
    assert!(!frame.rect.overlaps(&diagram.boxes[1]));
}

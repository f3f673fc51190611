//! Names that can be read from afar, as a map has them: the greatest first, and none over another.

use std::collections::BTreeSet;

use super::card::{ADVANCE, MAX_WIDTH};
use super::diagram::Diagram;
use super::order::sort;
use super::{Point, Rect, Size};
use crate::design::TableId;

/// Font size of a far name on the screen, in pixels: about the least that people read without effort.
pub const FAR_FONT: f64 = 11.0;

/// Between two far names, in pixels.
const BETWEEN: f64 = 3.0;

/// A name that is written across its card.
#[derive(Clone, Debug, PartialEq)]
pub struct FarName {
    /// The table.
    pub table: TableId,
    /// Its name, cut where it is very long.
    pub text: String,
    /// The middle of the text on the canvas.
    pub at: Point,
}

/// The names among `wanted` that have room at `zoom`: those of `first` before all others, then those of tables with the
/// most relationships. None reaches over the edge of the diagram further than it must.
pub fn far_names(
    diagram: &Diagram,
    wanted: &BTreeSet<TableId>,
    first: &BTreeSet<TableId>,
    zoom: f64,
) -> Vec<FarName> {
    let mut degrees = vec![0_usize; diagram.cards.len()];
    for edge in &diagram.edges {
        for node in [edge.ends.from.node, edge.ends.to.node] {
            if let Some(degree) = degrees.get_mut(node) {
                *degree += 1;
            }
        }
    }
    let rank = |at: usize| {
        let card = &diagram.cards[at];
        (!first.contains(&card.table), usize::MAX - degrees[at], card.title.as_str())
    };
    let mut order: Vec<usize> =
        (0..diagram.cards.len()).filter(|it| wanted.contains(&diagram.cards[*it].table)).collect();
    sort(&mut order, &|a, b| rank(a).cmp(&rank(b)));
    let bounds = diagram.bounds().unwrap_or_default();
    let mut taken: Vec<Rect> = Vec::new();
    let mut names = Vec::new();
    for at in order {
        let (card, stands) = (&diagram.cards[at], diagram.boxes[at]);
        let text = shortened(&card.title);
        let width = text.chars().count() as f64 * ADVANCE * FAR_FONT / zoom;
        let middle = stands.centre();
        let half = width / 2.0;
        let (low, high) = (bounds.left + half, bounds.right - half);
        let x = if low < high { middle.x.clamp(low, high) } else { bounds.centre().x };
        let size = Size::new(width, FAR_FONT / zoom);
        let rect = Rect::at(Point::new(x - half, middle.y - size.height / 2.0), size).grown(BETWEEN / zoom);
        if taken.iter().all(|it| !it.overlaps(&rect)) {
            taken.push(rect);
            names.push(FarName { table: card.table, text, at: Point::new(x, middle.y) });
        }
    }
    names
}

/// No name takes more of the screen than a card at natural size.
fn shortened(name: &str) -> String {
    let most = (MAX_WIDTH / (ADVANCE * FAR_FONT)) as usize;
    if name.chars().count() <= most {
        name.to_owned()
    } else {
        name.chars().take(most - 1).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Design, operation};

    /// `names` in a row, each referencing the first.
    fn diagram(names: &[&str]) -> Diagram {
        let mut design = Design::new();
        let mut ids = Vec::new();
        for name in names {
            let (id, edit) = operation::add_table(&design, None, name);
            design.apply(&edit).expect("a new table is valid");
            ids.push(id);
        }
        for id in ids.iter().skip(1) {
            let drawn = |table| operation::Drawn { table, column: None };
            let (_, edit) = operation::connect(&design, drawn(*id), drawn(ids[0])).expect("a reference");
            design.apply(&edit).expect("valid");
        }
        let mut diagram = Diagram::of(&design);
        for (at, rect) in diagram.boxes.iter_mut().enumerate() {
            *rect = Rect::at(Point::new(at as f64 * 240.0, 0.0), rect.size());
        }
        diagram
    }

    #[track_caller]
    fn check(diagram: &Diagram, first: &[TableId], zoom: f64, expected: &[&str]) {
        let all = diagram.cards.iter().map(|it| it.table).collect();
        let names = far_names(diagram, &all, &first.iter().copied().collect(), zoom);
        assert_eq!(names.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn near_by_all_names_stand_and_from_afar_those_of_hubs() {
        let diagram = diagram(&["member", "loan", "visit", "fine"]);
        check(&diagram, &[], 0.3, &["member", "fine", "loan", "visit"]);
        check(&diagram, &[], 0.1, &["member", "fine"]);
        check(&diagram, &[], 0.02, &["member"]);
    }

    #[test]
    fn what_is_selected_is_named_before_all_others() {
        let diagram = diagram(&["member", "loan"]);
        check(&diagram, &[diagram.cards[1].table], 0.02, &["loan"]);
    }

    #[test]
    fn names_stay_within_the_diagram_where_they_fit_and_long_ones_end_in_an_ellipsis() {
        let long = "a".repeat(63);
        let diagram = diagram(&["x", &long]);
        let all = diagram.cards.iter().map(|it| it.table).collect();
        let names = far_names(&diagram, &all, &BTreeSet::new(), 1.0);
        let name = names.iter().find(|it| it.text.len() > 1).expect("it has room");
        assert!(name.text.ends_with('…') && name.text.chars().count() == 48, "{}", name.text);
        let right = diagram.bounds().expect("two cards").right;
        assert!(name.at.x + 24.0 * ADVANCE * FAR_FONT <= right + 0.01, "{} {right}", name.at.x);
    }
}

//! What stands on the lines of relationships, and where there is room for it.

use super::card::{fitted, text_width};
use super::{Point, Rect, Scene, Size};
use crate::design::{ForeignKey, ForeignKeyId, ReferentialAction, Table};

/// Font size of a label on the canvas.
pub const LABEL_FONT: f64 = 11.0;
/// How wide the text of a label is at most, in signs of its font.
const MOST_SIGNS: f64 = 40.0;
/// Around the text.
const PADDING: f64 = 3.0;
/// What the signs at an end of a line take of it, and what a corner takes.
const SIGNS: f64 = 21.0;
const CORNER: f64 = 6.0;
/// Where on a stretch of a line room is looked for, as parts of what a label can be moved by.
const PLACES: [f64; 11] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.0, 1.0];
/// Between the columns and what happens to their rows.
const BETWEEN: &str = " · ";

/// A text on the line of a relationship.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The relationship.
    pub foreign_key: ForeignKeyId,
    /// The middle of the text.
    pub at: Point,
    /// It is written upwards, as its line runs there.
    pub is_upright: bool,
    /// What it says.
    pub text: String,
}

impl Label {
    /// What it covers in a font of this size, before it is turned: it hides its line, which would make a hyphen of an underscore.
    pub fn ground(&self, font: f64) -> Size {
        Size { width: text_width(&self.text, font) + font / 2.0, height: font * 1.4 }
    }
}

/// The referencing columns and what happens to their rows, as far as it is stated: `author_id · ON DELETE CASCADE`.
pub fn label(table: &Table, fk: &ForeignKey) -> String {
    let mut text = table.column_names(&fk.columns).collect::<Vec<_>>().join(", ");
    for (event, action) in [("DELETE", fk.on_delete), ("UPDATE", fk.on_update)] {
        if action != ReferentialAction::NoAction {
            text += &format!("{BETWEEN}ON {event} {}", action.sql());
        }
    }
    fitted(&text, 1.0, MOST_SIGNS * text_width("m", 1.0))
}

/// Labels of `wanted` relationships with their texts in a font of this size, each within one stretch of its line, where they cover no
/// table and no other label: first with their columns, beside all other lines rather than over one, then those whole that cover no
/// other line. Tags have none. Where each `must` have its own it is whole, and without room in the middle of its longest stretch.
pub fn labels(scene: &Scene, wanted: &[(ForeignKeyId, String)], font: f64, must: bool) -> Vec<Label> {
    let mut placed: Vec<Option<(Rect, Label)>> = vec![None; wanted.len()];
    let rounds: &[Round] = if must { &[Round::WholeAnywhere] } else { &Round::ALL };
    for round in rounds {
        for (at, (foreign_key, whole)) in wanted.iter().enumerate() {
            if *round == Round::ColumnsAcross && placed[at].is_some() {
                continue;
            }
            let Some(points) = scene.way_of(*foreign_key) else { continue };
            let text = if round.is_whole() { whole } else { whole.split(BETWEEN).next().unwrap_or(whole) };
            let others: Vec<Rect> = placed
                .iter()
                .enumerate()
                .filter(|it| it.0 != at)
                .filter_map(|it| Some(it.1.as_ref()?.0))
                .collect();
            let is_free = |rect: &Rect| {
                !others.iter().any(|it| it.overlaps(rect))
                    && scene.tables_in(rect).is_empty()
                    && (round.is_across() || !scene.other_lines_in(rect, *foreign_key))
            };
            let width = text_width(text, font);
            let last = longest(points)
                .filter(|_| must)
                .map(|it| (rect_at(middle(it), width, font, is_upright(it)), is_upright(it)));
            let found = places(points, width, font).into_iter().find(|it| is_free(&it.0)).or(last);
            if let Some((rect, is_upright)) = found {
                let label =
                    Label { foreign_key: *foreign_key, at: rect.centre(), is_upright, text: text.to_owned() };
                placed[at] = Some((rect, label));
            }
        }
    }
    placed.into_iter().flatten().map(|it| it.1).collect()
}

/// What is tried for every label before the next is tried for any.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    /// The columns alone, where they cover no other line.
    Columns,
    /// The columns of those that found no such place, over other lines.
    ColumnsAcross,
    /// All of the text, where it covers no other line.
    Whole,
    /// All of the text, over other lines too.
    WholeAnywhere,
}

impl Round {
    const ALL: [Round; 3] = [Round::Columns, Round::ColumnsAcross, Round::Whole];

    fn is_whole(self) -> bool {
        matches!(self, Round::Whole | Round::WholeAnywhere)
    }

    fn is_across(self) -> bool {
        matches!(self, Round::ColumnsAcross | Round::WholeAnywhere)
    }
}

/// What a label covers at each of its places within a stretch of a line, the longest stretch first, and whether it is upright there.
fn places(points: &[Point], width: f64, font: f64) -> Vec<(Rect, bool)> {
    let last = points.len().saturating_sub(2);
    let room = |at: usize, stretch: Stretch| {
        let kept = |is_end: bool| width / 2.0 + PADDING + if is_end { SIGNS } else { CORNER };
        (stretch, kept(at == 0), kept(at == last))
    };
    let mut stretches: Vec<(Stretch, f64, f64)> =
        points.windows(2).enumerate().map(|(at, it)| room(at, (it[0], it[1]))).collect();
    stretches.sort_by(|a, b| length(b.0).total_cmp(&length(a.0)));
    let within = |(stretch, before, behind): (Stretch, f64, f64)| {
        let length = length(stretch);
        let room = length - before - behind;
        PLACES.iter().filter(move |_| room >= 0.0).map(move |part| {
            let is_upright = is_upright(stretch);
            (rect_at(along(stretch, (before + room * part) / length), width, font, is_upright), is_upright)
        })
    };
    stretches.into_iter().flat_map(within).collect()
}

/// A straight part of a line.
type Stretch = (Point, Point);

fn longest(points: &[Point]) -> Option<Stretch> {
    points.windows(2).map(|it| (it[0], it[1])).max_by(|a, b| length(*a).total_cmp(&length(*b)))
}

fn length((from, to): Stretch) -> f64 {
    from.distance(to)
}

fn middle(stretch: Stretch) -> Point {
    along(stretch, 0.5)
}

/// The point at a part of a stretch.
fn along((from, to): Stretch, part: f64) -> Point {
    Point::new(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part)
}

fn is_upright((from, to): Stretch) -> bool {
    (from.y - to.y).abs() > (from.x - to.x).abs()
}

/// What a label covers around its middle.
fn rect_at(at: Point, width: f64, font: f64, is_upright: bool) -> Rect {
    let (along, across) = (width / 2.0 + PADDING, font / 2.0 + PADDING);
    let (x, y) = if is_upright { (across, along) } else { (along, across) };
    Rect { left: at.x - x, right: at.x + x, top: at.y - y, bottom: at.y + y }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Design;
    use crate::layout::diagram::Diagram;
    use crate::read;

    const SQL: &str = "CREATE TABLE author (id int PRIMARY KEY);
        CREATE TABLE post (id int PRIMARY KEY, author_id int REFERENCES author ON DELETE SET NULL, editor_id int REFERENCES author);
        CREATE TABLE remark (id int PRIMARY KEY, post_id int REFERENCES post ON DELETE CASCADE, author_id int REFERENCES author);";

    fn texts(design: &Design) -> Vec<(ForeignKeyId, String)> {
        design.foreign_keys().map(|(table, fk)| (fk.id, label(table, fk))).collect()
    }

    #[test]
    fn a_label_tells_columns_and_actions() {
        let design = read::postgres(SQL, &read::Options::default()).tree.design;
        let texts: Vec<String> = texts(&design).into_iter().map(|it| it.1).collect();
        assert_eq!(
            texts,
            ["author_id · ON DELETE SET NULL", "editor_id", "post_id · ON DELETE CASCADE", "author_id"]
        );
    }

    #[test]
    fn every_line_of_a_small_design_has_a_label() {
        let design = read::postgres(SQL, &read::Options::default()).tree.design;
        let diagram = Diagram::of(&design);
        let routes = diagram.routes();
        let all = labels(&Scene::new(diagram, routes), &texts(&design), LABEL_FONT, false);
        let said: Vec<&str> = all.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said.contains(&"editor_id"), "{said:?}");
    }

    #[test]
    fn labels_cover_neither_tables_nor_each_other() {
        let design = read::postgres(SQL, &read::Options::default()).tree.design;
        let diagram = Diagram::of(&design);
        let routes = diagram.routes();
        let scene = Scene::new(diagram, routes);
        let all = labels(&scene, &texts(&design), LABEL_FONT, false);
        assert!(!all.is_empty());
        let rect = |it: &Label| {
            let (along, across) = (text_width(&it.text, LABEL_FONT) / 2.0, LABEL_FONT / 2.0);
            let (x, y) = if it.is_upright { (across, along) } else { (along, across) };
            Rect { left: it.at.x - x, right: it.at.x + x, top: it.at.y - y, bottom: it.at.y + y }
        };
        for (at, it) in all.iter().enumerate() {
            assert!(!scene.diagram.boxes.iter().any(|table| table.overlaps(&rect(it))), "{it:?}");
            assert!(!all[..at].iter().any(|other| rect(other).overlaps(&rect(it))), "{it:?}");
            let corners = scene.way_of(it.foreign_key).unwrap();
            assert!(!corners.iter().any(|corner| rect(it).contains(*corner)), "beyond its stretch: {it:?}");
        }
        assert_eq!(labels(&scene, &texts(&design), 400.0, false), [], "no room for such letters");
        assert_eq!(labels(&scene, &texts(&design), 400.0, true).len(), 4);
    }
}

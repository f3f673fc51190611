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
/// Where on a stretch of a line room is looked for, as parts of it.
const PLACES: [f64; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];
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

/// Labels of `wanted` relationships with their texts in a font of this size, where they cover no table and no other label: first all with
/// their columns, then those whole for which there is room; tags have none. Where each `must` have its own it is whole, and without
/// room in the middle of its longest stretch.
pub fn labels(scene: &Scene, wanted: &[(ForeignKeyId, String)], font: f64, must: bool) -> Vec<Label> {
    let mut placed: Vec<Option<(Rect, Label)>> = vec![None; wanted.len()];
    let rounds: &[bool] = if must { &[true] } else { &[false, true] };
    for &is_whole in rounds {
        for (at, (foreign_key, whole)) in wanted.iter().enumerate() {
            let Some(points) = scene.way_of(*foreign_key) else { continue };
            let text = if is_whole { whole } else { whole.split(BETWEEN).next().unwrap_or(whole) };
            let others: Vec<Rect> = placed
                .iter()
                .enumerate()
                .filter(|it| it.0 != at)
                .filter_map(|it| it.1.as_ref().map(|it| it.0))
                .collect();
            let is_free =
                |rect: &Rect| !others.iter().any(|it| it.overlaps(rect)) && scene.tables_in(rect).is_empty();
            let all = places(points, text_width(text, font), font);
            let last = all.first().copied().filter(|_| must);
            if let Some((rect, is_upright)) = all.into_iter().find(|it| is_free(&it.0)).or(last) {
                let label =
                    Label { foreign_key: *foreign_key, at: rect.centre(), is_upright, text: text.to_owned() };
                placed[at] = Some((rect, label));
            }
        }
    }
    placed.into_iter().flatten().map(|it| it.1).collect()
}

/// What a label would cover at each of its places on a line, the middle of the longest stretch first, and whether it is upright there.
fn places(points: &[Point], width: f64, font: f64) -> Vec<(Rect, bool)> {
    let mut stretches: Vec<(Point, Point)> = points.windows(2).map(|it| (it[0], it[1])).collect();
    stretches.sort_by(|a, b| b.0.distance(b.1).total_cmp(&a.0.distance(a.1)));
    let of = |it: (Point, Point)| PLACES.map(|part| (rect_at(it, part, width, font), is_upright(it)));
    stretches.into_iter().flat_map(of).collect()
}

fn is_upright((from, to): (Point, Point)) -> bool {
    (from.y - to.y).abs() > (from.x - to.x).abs()
}

/// What a label covers at a part of a stretch.
fn rect_at(stretch: (Point, Point), part: f64, width: f64, font: f64) -> Rect {
    let (from, to) = stretch;
    let at = Point::new(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    let (along, across) = (width / 2.0 + PADDING, font / 2.0 + PADDING);
    let (x, y) = if is_upright(stretch) { (across, along) } else { (along, across) };
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
        }
        assert_eq!(labels(&scene, &texts(&design), 400.0, false), [], "no room for such letters");
        assert_eq!(labels(&scene, &texts(&design), 400.0, true).len(), 4);
    }
}

//! A design in the size of a stamp: where its tables stand, as one SVG path.

use std::fmt::Write as _;

use super::diagram::{cards, places};
use super::{Rect, Size, bounds};
use crate::design::Design;

/// What the path is drawn in: its `viewBox` begins at the origin.
pub const THUMBNAIL: Size = Size { width: 96.0, height: 60.0 };

/// No table is drawn smaller than this, so that a large design is not an empty stamp.
const LEAST: f64 = 1.0;

/// The cards of a design within [`THUMBNAIL`], each at its place and as large as it is; those without a place where a layout
/// puts them. Tables that fall upon the same spot are drawn once, so that no design takes more room than the stamp has spots.
/// Empty for a design without tables.
pub fn thumbnail(design: &Design) -> String {
    let cards = cards(design);
    let corners = places(design, &cards);
    let boxes: Vec<Rect> = cards.iter().zip(&corners).map(|(card, at)| Rect::at(*at, card.size())).collect();
    let Some(all) = bounds(&boxes) else { return String::new() };

    // A few tables are drawn as small as many are: a stamp that one table fills says nothing.
    let scale = (THUMBNAIL.width / all.width()).min(THUMBNAIL.height / all.height()).min(0.1);
    let left = (THUMBNAIL.width - all.width() * scale) / 2.0;
    let top = (THUMBNAIL.height - all.height() * scale) / 2.0;
    let halves = |it: f64| (it * 2.0).round() as i32;
    let spot = |it: &Rect| {
        let width = (it.width() * scale).max(LEAST);
        let height = (it.height() * scale).max(LEAST);
        let at = (left + (it.left - all.left) * scale, top + (it.top - all.top) * scale);
        [at.0, at.1, width, height].map(halves)
    };
    let mut spots: Vec<[i32; 4]> = boxes.iter().map(spot).collect();
    spots.sort_unstable();
    spots.dedup();
    let mut path = String::new();
    for [x, y, width, height] in spots.into_iter().map(|it| it.map(|half| f64::from(half) / 2.0)) {
        // Writing to a string does not fail.
        let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Point;
    use crate::layout::diagram::placed;
    use crate::read;

    fn design(sql: &str) -> Design {
        read::postgres(sql, &read::Options::default()).tree.design
    }

    #[test]
    fn tables_stand_in_the_stamp_as_they_do_on_the_canvas() {
        let mut design = design("create table a (id int); create table b (id int);");
        let tables: Vec<_> = design.tables().map(|it| it.id).collect();
        let corners = [Point::new(0.0, 0.0), Point::new(1600.0, 0.0)];
        let edit = placed(&design, tables.into_iter().zip(corners));
        design.apply(&edit).expect("placements break nothing");
        let path = thumbnail(&design);
        let left = |at: &str| at.split(' ').next().and_then(|it| it.parse::<f64>().ok()).expect("a number");
        let lefts: Vec<f64> = path.split('M').skip(1).map(left).collect();
        assert_eq!(lefts.first(), Some(&0.0));
        assert!(lefts.len() == 2 && lefts[1] > THUMBNAIL.width * 0.8, "{path}");
    }

    #[test]
    fn a_design_without_tables_is_an_empty_stamp_and_one_of_thousands_is_no_larger_than_others() {
        assert_eq!(thumbnail(&Design::new()), "");
        let many: Vec<String> = (0..3000).map(|it| format!("create table t{it} (id int);")).collect();
        let path = thumbnail(&design(&many.concat()));
        assert!(!path.is_empty() && path.len() < 80_000, "{}", path.len());
    }
}

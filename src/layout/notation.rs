//! Lines and crow's feet as SVG path data, for the page and for pictures alike.

use std::fmt::Write as _;

use super::card::Sign;
use super::diagram::{Cardinality, End, Optionality};
use super::{Point, Rect};

/// Radius of a line's corners.
const CORNER: f64 = 6.0;
/// How far a crow's foot reaches from its table.
const FOOT: f64 = 10.0;
/// Half the width of a foot and of a bar.
const HALF: f64 = 5.0;
/// Where the bar of "at most one" stands, from the table.
const ONE_AT: f64 = 6.0;
/// Where the sign of optionality stands behind a crow's foot, from the table.
const OPTIONAL_AT: f64 = 14.0;
/// Where the circle stands behind a bar: clear of both bars of another line that ends there.
const NONE_AT: f64 = 15.5;
/// Radius of the circle of "may be none".
const CIRCLE: f64 = 3.5;

/// A line through `points` with rounded corners; empty for fewer than two.
pub fn line_path(points: &[Point]) -> String {
    line_pieces(points, f64::INFINITY).concat()
}

/// The same in pieces, one after the other: a piece of several stretches is at most `breadth` wide or high. A browser
/// paints a path anew for every tile that its box touches, and the box of a whole line touches most of the screen.
pub fn line_pieces(points: &[Point], breadth: f64) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let Some(mut start) = points.first().copied() else { return pieces };
    let mut bounds = Rect::spanned(start, start);
    for (at, stretch) in points.windows(2).enumerate() {
        let [from, to] = [stretch[0], stretch[1]];
        let grown = bounds.union(&Rect::spanned(start, to));
        let is_narrow = grown.width().min(grown.height()) <= breadth;
        match pieces.last_mut().filter(|_| is_narrow) {
            Some(_) => bounds = grown,
            None => {
                bounds = Rect::spanned(start, to);
                pieces.push(format!("M{} {}", number(start.x), number(start.y)));
            }
        }
        let Some(piece) = pieces.last_mut() else { continue };
        start = match points.get(at + 2) {
            Some(after) => turn(piece, from, to, *after),
            None => {
                let _ = write!(piece, "L{} {}", number(to.x), number(to.y));
                to
            }
        };
    }
    pieces
}

/// Goes on to the corner `at` and around it; gives where the next stretch begins.
fn turn(path: &mut String, before: Point, at: Point, after: Point) -> Point {
    let radius = CORNER.min(before.distance(at) / 2.0).min(at.distance(after) / 2.0);
    let (into, out) = (towards(at, before, radius), towards(at, after, radius));
    let _ = write!(
        path,
        "L{} {}Q{} {} {} {}",
        number(into.x),
        number(into.y),
        number(at.x),
        number(at.y),
        number(out.x),
        number(out.y)
    );
    out
}

/// The same without the rounding, for lines that are seen from afar: corners cost most of painting them.
pub fn plain_path(points: &[Point]) -> String {
    let mut path = String::new();
    for (at, it) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if at == 0 { 'M' } else { 'L' }, number(it.x), number(it.y));
    }
    path
}

/// The sign at an end of a line: crow's foot or bar, and circle or bar for whether there may be none.
///
/// `at` is where the line meets its table, `from` the line's next point.
pub fn end_path(at: Point, from: Point, end: End) -> String {
    let along = towards(at, from, 1.0);
    let (dx, dy) = (along.x - at.x, along.y - at.y);
    let out = |by: f64, aside: f64| Point::new(at.x + dx * by - dy * aside, at.y + dy * by + dx * aside);
    let stroke = |path: &mut String, from: Point, to: Point| {
        let _ = write!(path, "M{} {}L{} {}", number(from.x), number(from.y), number(to.x), number(to.y));
    };
    let mut path = String::new();
    match end.cardinality {
        Cardinality::Many => {
            stroke(&mut path, out(0.0, -HALF), out(FOOT, 0.0));
            stroke(&mut path, out(FOOT, 0.0), out(0.0, HALF));
        }
        Cardinality::One => stroke(&mut path, out(ONE_AT, -HALF), out(ONE_AT, HALF)),
    }
    match end.optionality {
        Optionality::Optional => {
            let middle = if end.cardinality == Cardinality::Many { OPTIONAL_AT } else { NONE_AT };
            let (start, half) = (out(middle - CIRCLE, 0.0), out(middle + CIRCLE, 0.0));
            let arc = |to: Point| format!("A{CIRCLE} {CIRCLE} 0 1 1 {} {}", number(to.x), number(to.y));
            let _ = write!(path, "M{} {}{}{}", number(start.x), number(start.y), arc(half), arc(start));
        }
        Optionality::Mandatory => {
            let bar = if end.cardinality == Cardinality::Many { OPTIONAL_AT - 1.0 } else { ONE_AT + 4.0 };
            stroke(&mut path, out(bar, -HALF), out(bar, HALF));
        }
    }
    path
}

/// The sign before a column's name, around its own left end; empty for a plain column. Drawn, because few fonts
/// have a key.
pub fn sign_path(sign: Sign) -> &'static str {
    match sign {
        Sign::Key => "M6.2 0A2.8 2.8 0 1 1 .6 0A2.8 2.8 0 1 1 6.2 0H12V3M9.4 0V2.4",
        Sign::Reference => "M1 0H11M7.5 -3.5L11 0L7.5 3.5",
        Sign::Unique => "M2.5 -4V1A3 3 0 0 0 8.5 1V-4",
        Sign::Plain => "",
    }
}

/// The point `by` units from `at` on the way to `to`; `at` itself when there is no way.
fn towards(at: Point, to: Point, by: f64) -> Point {
    let (dx, dy) = (to.x - at.x, to.y - at.y);
    let length = (dx * dx + dy * dy).sqrt();
    if length == 0.0 { at } else { at.moved(dx / length * by, dy / length * by) }
}

/// At most one decimal, and none where none is needed.
fn number(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_and_short_pieces_survive() {
        let points =
            [Point::new(0.0, 0.0), Point::new(40.0, 0.0), Point::new(40.0, 4.0), Point::new(80.0, 4.0)];
        assert_eq!(line_path(&points), "M0 0L38 0Q40 0 40 2L40 2Q40 4 42 4L80 4");
        assert_eq!(line_path(&points[..1]), "");
    }

    #[test]
    fn a_piece_turns_no_further_than_it_may_be_broad() {
        let points = [(0.0, 0.0), (40.0, 0.0), (40.0, 400.0), (900.0, 400.0), (900.0, 450.0)];
        let points = points.map(|(x, y)| Point::new(x, y));
        let pieces = line_pieces(&points, 60.0);
        assert_eq!(
            pieces,
            ["M0 0L34 0Q40 0 40 6L40 394Q40 400 46 400", "M46 400L894 400Q900 400 900 406L900 450"]
        );
        assert_eq!(line_pieces(&points, f64::INFINITY).len(), 1);
        assert_eq!(line_pieces(&points[..1], 60.0), [""; 0]);
    }

    #[test]
    fn ends_stand_before_their_table() {
        let (at, from) = (Point::new(100.0, 50.0), Point::new(140.0, 50.0));
        let many = End { cardinality: Cardinality::Many, optionality: Optionality::Optional };
        assert_eq!(
            end_path(at, from, many),
            "M100 45L110 50M110 50L100 55M110.5 50A3.5 3.5 0 1 1 117.5 50A3.5 3.5 0 1 1 110.5 50"
        );
        let one = End { cardinality: Cardinality::One, optionality: Optionality::Mandatory };
        assert_eq!(end_path(at, from, one), "M106 45L106 55M110 45L110 55");
        let none = End { optionality: Optionality::Optional, ..one };
        assert_eq!(
            end_path(at, from, none),
            "M106 45L106 55M112 50A3.5 3.5 0 1 1 119 50A3.5 3.5 0 1 1 112 50"
        );
    }
}

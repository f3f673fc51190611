//! What nothing refers to stands aside, in columns, and does not spread the page.

use super::columns::ROW_GAP;
use super::{Point, Size};

/// Between two columns of lone tables, where no edges run.
const COLUMN_GAP: f64 = 48.0;

/// Corners for `units` in columns, in their order, beside or below a page of `main` (none: on their own), and the
/// size of the whole. Of several heights and both sides the one is taken that brings the page nearest to `aspect`
/// without wasting room.
pub(super) fn set_aside(units: &[Size], main: Option<Size>, aspect: f64, gap: f64) -> (Vec<Point>, Size) {
    let highest = units.iter().fold(0.0, |most: f64, it| most.max(it.height));
    let room: f64 = units.iter().map(|it| (it.width + COLUMN_GAP) * (it.height + ROW_GAP)).sum();

    let mut tried: Vec<(f64, Side)> = Vec::new();
    match main {
        None => {
            let square = (room / aspect).sqrt();
            tried.extend((0..40).map(|it| (square * (0.55 + 0.05 * f64::from(it)), Side::Alone)));
        }
        Some(main) => {
            let square = ((room + main.width * main.height) / aspect).sqrt();
            let higher = (0..40).map(|it| square * (0.55 + 0.05 * f64::from(it)));
            let right = higher.map(|it| it.max(main.height)).chain([main.height]);
            tried.extend(right.map(|it| (it, Side::Right)));
            let flat = room / main.width.max(1.0);
            tried.extend((0..30).map(|it| (flat * (0.9 + 0.08 * f64::from(it)), Side::Below)));
        }
    }

    let main = main.unwrap_or_default();
    let mut best: Option<(f64, Vec<Point>, Size)> = None;
    for (height, side) in tried {
        let (mut corners, own) = columns(units, height.max(highest));
        let (dx, dy, page) = match side {
            Side::Alone => (0.0, 0.0, own),
            Side::Right => {
                (main.width + gap, 0.0, Size::new(main.width + gap + own.width, main.height.max(own.height)))
            }
            Side::Below => {
                (0.0, main.height + gap, Size::new(main.width.max(own.width), main.height + gap + own.height))
            }
        };
        let shape = page.width / page.height / aspect;
        let cost = page.width * page.height * shape.max(1.0 / shape).sqrt();
        if best.as_ref().is_none_or(|it| cost < it.0) {
            for it in &mut corners {
                *it = it.moved(dx, dy);
            }
            best = Some((cost, corners, page));
        }
    }
    best.map_or_else(Default::default, |it| (it.1, it.2))
}

#[derive(Clone, Copy)]
enum Side {
    Alone,
    Right,
    Below,
}

/// Fills columns up to `height`, one after the other.
fn columns(units: &[Size], height: f64) -> (Vec<Point>, Size) {
    let mut at = Point::default();
    let mut size = Size::default();
    let mut corners = Vec::with_capacity(units.len());
    for it in units {
        if at.y > 0.0 && at.y + it.height > height {
            at = Point::new(size.width + COLUMN_GAP, 0.0);
        }
        corners.push(at);
        size.width = size.width.max(at.x + it.width);
        size.height = size.height.max(at.y + it.height);
        at.y += it.height + ROW_GAP;
    }
    (corners, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_lone_tables_keep_the_page_near_its_shape() {
        let units = [Size::new(224.0, 176.0); 50];
        for main in [None, Some(Size::new(1680.0, 1120.0)), Some(Size::new(320.0, 96.0))] {
            let (corners, page) = set_aside(&units, main, 1.6, 128.0);
            let aspect = page.width / page.height;
            assert!((1.0..2.6).contains(&aspect), "{aspect} beside {main:?}");
            let inside = |it: &Point| it.x + 224.0 <= page.width && it.y + 176.0 <= page.height;
            assert!(corners.iter().all(inside));
        }
    }
}

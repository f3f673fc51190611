//! What is where: boxes sorted into square tiles, for culling, hit testing and routing.

use super::{Point, Rect, bounds};
use std::ops::RangeInclusive;

/// Side of a tile. Larger only when boxes lie so far apart that there would be too many.
pub const TILE: f64 = 256.0;

/// From so many tiles on, marking what is found costs less than sorting it.
const MANY: usize = 64;

/// The numbers below `count` that occur, ascending, each once.
pub(super) fn marked(found: impl Iterator<Item = usize>, count: usize) -> Vec<usize> {
    let mut marks = vec![false; count];
    for it in found {
        marks[it] = true;
    }
    (0..count).filter(|it| marks[*it]).collect()
}

/// An index over boxes that do not change. Building it is linear in the tiles that the boxes cover.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tiles {
    all: Rect,
    tile: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    /// How many boxes there are.
    count: usize,
}

/// The tiles that a view covers. As long as it stays equal, so does what [`Tiles::within`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileWindow {
    columns: (usize, usize),
    rows: (usize, usize),
}

impl Tiles {
    /// Sorts `boxes` into tiles; what is asked for later are indexes of this slice.
    pub fn new(boxes: &[Rect]) -> Self {
        let Some(all) = bounds(boxes) else { return Self::default() };
        // At most some four thousand tiles and sixteen for each box, however far apart they lie.
        let most = (4096 + 16 * boxes.len()) as f64;
        let tile = TILE.max((all.width() / most.sqrt()).max(all.height() / most.sqrt()));
        let columns = (all.width() / tile) as usize + 1;
        let rows = (all.height() / tile) as usize + 1;
        let mut tiles =
            Self { all, tile, columns, rows, cells: vec![Vec::new(); columns * rows], count: boxes.len() };
        for (index, it) in boxes.iter().enumerate() {
            let (across, down) = tiles.window(it).ranges();
            for row in down {
                for column in across.clone() {
                    tiles.cells[row * columns + column].push(index as u32);
                }
            }
        }
        tiles
    }

    /// The tiles that `view` covers, cut to those that exist.
    pub fn window(&self, view: &Rect) -> TileWindow {
        TileWindow {
            columns: (self.column(view.left), self.column(view.right)),
            rows: (self.row(view.top), self.row(view.bottom)),
        }
    }

    /// Indexes of all boxes in the tiles of `window`, ascending. Some may lie just outside the view.
    pub fn within(&self, window: TileWindow) -> Vec<usize> {
        if self.cells.is_empty() {
            return Vec::new();
        }
        let (across, down) = window.ranges();
        let covered = across.clone().count() * down.clone().count();
        let found = down
            .flat_map(|row| across.clone().map(move |column| row * self.columns + column))
            .flat_map(|cell| self.cells[cell].iter().map(|&it| it as usize));
        if covered > MANY {
            return marked(found, self.count);
        }
        let mut found: Vec<usize> = found.collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Indexes of all boxes in the tile around `point`, ascending.
    pub fn around(&self, point: Point) -> &[u32] {
        self.cells.get(self.row(point.y) * self.columns + self.column(point.x)).map_or(&[], Vec::as_slice)
    }

    /// The box around everything.
    pub(super) fn bounds(&self) -> Rect {
        self.all
    }

    /// Side of a tile.
    pub(super) fn side(&self) -> f64 {
        self.tile
    }

    // Numbers outside are cut: `as` gives zero for what is negative or not a number.
    fn column(&self, x: f64) -> usize {
        (((x - self.all.left) / self.tile) as usize).min(self.columns.saturating_sub(1))
    }

    fn row(&self, y: f64) -> usize {
        (((y - self.all.top) / self.tile) as usize).min(self.rows.saturating_sub(1))
    }
}

impl TileWindow {
    fn ranges(self) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
        (self.columns.0..=self.columns.1, self.rows.0..=self.rows.1)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::layout::Size;

    #[test]
    fn view_gives_what_it_meets() {
        let at = |x, y| Rect::at(Point::new(x, y), Size::new(100.0, 100.0));
        let tiles = Tiles::new(&[at(0.0, 0.0), at(1000.0, 0.0), at(0.0, 1000.0), at(200.0, 200.0)]);
        assert_eq!(tiles.within(tiles.window(&at(10.0, 10.0))), [0, 3]);
        assert_eq!(tiles.within(tiles.window(&at(900.0, 0.0))), [1]);
        assert_eq!(tiles.within(tiles.window(&at(-9e9, -9e9).union(&at(9e9, 9e9)))), [0, 1, 2, 3]);
        assert_eq!(tiles.around(Point::new(1050.0, 50.0)), [1]);
    }

    #[test]
    fn nothing_is_found_among_nothing() {
        let tiles = Tiles::new(&[]);
        assert!(tiles.within(tiles.window(&Rect::default())).is_empty());
        assert!(tiles.around(Point::default()).is_empty());
    }

    #[test]
    fn far_apart_boxes_take_little_memory() {
        let far = 2_147_483_647.0;
        let at = |it| Rect::at(Point::new(it, it), Size::new(220.0, 94.0));
        let tiles = Tiles::new(&[at(-far), at(0.0), at(far)]);
        assert!(tiles.cells.len() < 10_000);
        assert_eq!(tiles.within(tiles.window(&at(far))), [2]);
    }
}

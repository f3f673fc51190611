//! Blocks of tables set side by side: most connected first, each at the free place nearest its neighbours.

use super::order::nearest;
use super::{Point, Rect, Size, bounds};

/// How many placed blocks a new one is tried beside, nearest first, and in the angles of how many.
const TRIED: usize = 300;
const ANGLES: usize = 12;

/// Corners for all blocks, on the grid if sizes and `gap` are, `gap` apart.
///
/// `pull` lists for each block the blocks that it is linked to and how strongly; the page is kept near `aspect`.
pub(super) fn pack(sizes: &[Size], pull: &[Vec<(usize, f64)>], aspect: f64, gap: f64) -> Vec<Point> {
    let room: f64 = sizes.iter().map(|it| (it.width + gap) * (it.height + gap)).sum();
    let side = (room * 1.15).sqrt();
    let page = Page { side, width: side * aspect.sqrt(), height: side / aspect.sqrt(), gap };

    let mut placed: Vec<Option<Rect>> = vec![None; sizes.len()];
    let mut drawn = vec![0.0_f64; sizes.len()];
    for _ in 0..sizes.len() {
        let area = |it: usize| sizes[it].width * sizes[it].height;
        let open = (0..sizes.len()).filter(|&it| placed[it].is_none());
        let first = |a: &usize, b: &usize| {
            drawn[*a].total_cmp(&drawn[*b]).then(area(*a).total_cmp(&area(*b))).then(b.cmp(a))
        };
        let Some(next) = open.max_by(first) else { break };
        let place = page.place(sizes[next], &pull[next], &placed);
        placed[next] = Some(Rect::at(place, sizes[next]));
        for &(to, weight) in &pull[next] {
            drawn[to] += weight;
        }
    }
    placed.into_iter().map(|it| it.map_or_else(Point::default, |it| it.corner())).collect()
}

/// What the page should become.
struct Page {
    side: f64,
    width: f64,
    height: f64,
    gap: f64,
}

impl Page {
    /// The cheapest free place for a block.
    fn place(&self, size: Size, pull: &[(usize, f64)], placed: &[Option<Rect>]) -> Point {
        let boxes: Vec<Rect> = placed.iter().flatten().copied().collect();
        let Some(all) = bounds(&boxes) else { return Point::default() };
        let friends: Vec<(Point, f64)> =
            pull.iter().filter_map(|&(to, weight)| Some((placed[to]?.centre(), weight))).collect();
        let weights: f64 = friends.iter().map(|it| it.1).sum();
        let wish = if weights > 0.0 {
            let sum =
                |part: fn(Point) -> f64| friends.iter().map(|it| part(it.0) * it.1).sum::<f64>() / weights;
            Point::new(sum(|it| it.x), sum(|it| it.y))
        } else {
            all.centre()
        };

        let near: Vec<(f64, Rect)> = boxes.iter().map(|it| (it.centre().distance(wish), *it)).collect();
        let near = nearest(near, TRIED);

        // Right of everything is always free.
        let mut best = (f64::INFINITY, Point::new(all.right + self.gap, all.top));
        let below = Point::new(all.left, all.bottom + self.gap);
        let corners = self.corners_beside(size, &near);
        for corner in corners.into_iter().chain([best.1, below]) {
            let it = Rect::at(corner, size);
            let cost = self.shape(&all.union(&it), &it)
                + friends.iter().map(|to| to.1 * to.0.distance(it.centre())).sum::<f64>() / weights.max(1e-9);
            let room = it.grown(self.gap - 0.01);
            if cost < best.0 && !boxes.iter().any(|other| other.overlaps(&room)) {
                best = (cost, corner);
            }
        }
        best.1
    }

    /// Corners at which a block would stand flush or centred beside one of `near`, and in the angle of two.
    fn corners_beside(&self, size: Size, near: &[(f64, Rect)]) -> Vec<Point> {
        let mut corners = Vec::new();
        for (rank, (_, it)) in near.iter().enumerate() {
            let (right, left) = (it.right + self.gap, it.left - self.gap - size.width);
            let (below, above) = (it.bottom + self.gap, it.top - self.gap - size.height);
            let middle =
                Point::new(it.centre().x - size.width / 2.0, it.centre().y - size.height / 2.0).snapped();
            for y in [it.top, it.bottom - size.height, middle.y] {
                corners.extend([Point::new(right, y), Point::new(left, y)]);
            }
            for x in [it.left, it.right - size.width, middle.x] {
                corners.extend([Point::new(x, below), Point::new(x, above)]);
            }
            for (_, other) in near.iter().take(if rank < 4 * ANGLES { ANGLES } else { 0 }) {
                for x in [right, left] {
                    corners.push(Point::new(x, other.bottom + self.gap));
                    corners.push(Point::new(x, other.top - self.gap - size.height));
                }
            }
        }
        corners
    }

    /// What the shape of the page costs with `all` taken and the block at `it`.
    fn shape(&self, all: &Rect, it: &Rect) -> f64 {
        let wide = (all.width() - self.width).max(0.0) / self.width;
        let high = (all.height() - self.height).max(0.0) / self.height;
        let root = (self.width / self.height).sqrt();
        let centre = it.centre();
        (wide + high) * self.side * 3.0 + 0.15 * (centre.x.abs() / root + centre.y.abs() * root)
    }
}

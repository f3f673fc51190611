//! Tables in columns, as a person would set them, with short edges.

use super::generator::Generator;
use super::geometry::GRID;
use super::graph::Links;
use super::order::sort;
use super::stress::by_stress;
use super::{Point, Size};

/// Free room between two columns: two stubs and a few lines.
const COLUMN_GAP: f64 = 112.0;
/// Free room between two tables of a column.
pub(super) const ROW_GAP: f64 = 32.0;
/// What a step to the next column costs: a table of the usual width and the gap.
const PITCH: f64 = 330.0;
/// Price of each column that an edge has to cross.
const CROSSED: f64 = 250.0;
/// Annealing goes from `HOT` to about 2 in `COOLINGS` steps: `HOT · COOLER^100 ≈ 2`.
const HOT: f64 = 600.0;
const COOLER: f64 = 0.944_6;
const COOLINGS: usize = 100;
/// Moves a table in annealing; more bring nothing.
const MOVES: usize = 120;
/// What a crossing of two edges costs when starts are compared.
const CROSSING: f64 = 250.0;

/// Corners of all nodes, set in columns so that the page is about `aspect` as wide as high, and its size.
///
/// Of `starts` attempts, at least one, the best is taken. Corners lie on the grid, boxes keep the gaps; the page's own
/// corner is at the origin.
pub(super) fn in_columns(
    links: &Links,
    aspect: f64,
    starts: usize,
    random: &mut Generator,
) -> (Vec<Point>, Size) {
    let mut first = by_stress(links, random);

    let mut best: Option<(f64, Columns)> = None;
    for start in 0..starts.max(1) {
        let rough: Vec<Point> = match start % 4 {
            0 => first.clone(),
            1 => first.iter().map(|it| Point::new(it.y, it.x)).collect(),
            2 => {
                first = by_stress(links, random);
                first.clone()
            }
            _ => first.iter().map(|it| Point::new(it.x + it.y, it.x - it.y)).collect(),
        };
        let mut columns = Columns::cut(links, &rough, aspect);
        columns.anneal(links.len() * MOVES, random);
        columns.relax();
        let cost = columns.cost() + CROSSING * columns.crossings() as f64;
        if best.as_ref().is_none_or(|it| cost < it.0) {
            best = Some((cost, columns));
        }
    }
    best.map_or_else(Default::default, |it| it.1.corners())
}

/// Every table stands in one column; `y` are middles, zero is half way down the page.
struct Columns<'a> {
    links: &'a Links,
    /// The tables of each column, downwards.
    stacks: Vec<Vec<usize>>,
    column_of: Vec<usize>,
    y: Vec<f64>,
    /// Height of each column with a gap after each table.
    heights: Vec<f64>,
    /// What a column may grow to free of charge.
    fair: f64,
}

impl<'a> Columns<'a> {
    /// Cuts the rough picture into columns of about equal height, left to right, each ordered downwards.
    fn cut(links: &'a Links, rough: &[Point], aspect: f64) -> Self {
        let count = links.len();
        let total: f64 = links.sizes.iter().map(|it| it.height + ROW_GAP).sum();
        let highest = links.sizes.iter().fold(0.0, |most: f64, it| most.max(it.height)) + ROW_GAP;
        // Two related tables stand side by side, however low they are.
        let fewest = if count > 1 && !links.is_empty() { 2.0 } else { 1.0 };
        let wanted = (aspect * total / PITCH).sqrt().round().clamp(fewest, count.max(1) as f64);
        let fair = (total / wanted).max(highest);
        let number = (total / fair).ceil().max(1.0);

        let mut order: Vec<usize> = (0..count).collect();
        if !links.is_empty() {
            sort(&mut order, &|a, b| rough[a].x.total_cmp(&rough[b].x).then(a.cmp(&b)));
        }
        let mut columns = vec![Vec::new(); number as usize];
        let mut above = 0.0;
        for it in order {
            let at = ((above / total * number) as usize).min(columns.len() - 1);
            columns[at].push(it);
            above += links.sizes[it].height + ROW_GAP;
        }
        columns.retain(|it| !it.is_empty());
        if !links.is_empty() {
            for column in &mut columns {
                sort(column, &|a, b| rough[a].y.total_cmp(&rough[b].y).then(a.cmp(&b)));
            }
        }

        let heights = vec![0.0; columns.len()];
        let mut cut =
            Self { links, stacks: columns, column_of: vec![0; count], y: vec![0.0; count], heights, fair };
        (0..cut.stacks.len()).for_each(|it| cut.stack(it));
        cut
    }

    fn height(&self, table: usize) -> f64 {
        self.links.sizes[table].height
    }

    /// Stacks a column around the middle line.
    fn stack(&mut self, column: usize) {
        let height: f64 = self.stacks[column].iter().map(|&it| self.height(it) + ROW_GAP).sum();
        let mut top = -height / 2.0;
        for &it in &self.stacks[column] {
            let own = self.links.sizes[it].height;
            self.column_of[it] = column;
            self.y[it] = top + own / 2.0;
            top += own + ROW_GAP;
        }
        self.heights[column] = height;
    }

    /// What an edge costs: its length, and what it would have to pass.
    #[allow(clippy::inline_always)] // annealing's innermost step, which a build for size would make a call
    #[inline(always)]
    fn price(&self, a: usize, b: usize) -> f64 {
        let (column_of, y, sizes) =
            (self.column_of.as_slice(), self.y.as_slice(), self.links.sizes.as_slice());
        let across = column_of[a].abs_diff(column_of[b]) as f64;
        let down = (y[a] - y[b]).abs();
        if across == 0.0 {
            let between = down - f64::midpoint(sizes[a].height, sizes[b].height) - ROW_GAP;
            down + between.max(0.0) * 0.6 + 40.0
        } else {
            across * PITCH + down + (across - 1.0) * CROSSED
        }
    }

    /// What the edges of one column, or of two different ones, and their heights cost. Each edge counts once.
    fn cost_of(&self, one: usize, other: usize) -> f64 {
        let (near, column_of) = (self.links.near.as_slice(), self.column_of.as_slice());
        let mut sum = 0.0;
        for (turn, column) in [one, other].into_iter().enumerate() {
            if turn == 1 && one == other {
                break;
            }
            for &it in self.stacks[column].as_slice() {
                for &(to, weight) in near[it].as_slice() {
                    let there = column_of[to];
                    let share = if there == column {
                        0.5 // it is met again from its other end
                    } else if turn == 0 || there != one {
                        1.0
                    } else {
                        continue;
                    };
                    sum += share * weight * self.price(it, to);
                }
            }
            let over = (self.heights[column] - self.fair).max(0.0);
            sum += over * over / self.fair * 2.0;
        }
        sum
    }

    /// What the whole page costs, with tables where they stand now.
    fn cost(&self) -> f64 {
        let pairs = self.links.near.iter().enumerate();
        pairs
            .flat_map(|(a, list)| {
                list.iter().filter(move |it| it.0 > a).map(move |&(b, weight)| (a, b, weight))
            })
            .map(|(a, b, weight)| weight * self.price(a, b))
            .sum()
    }

    /// How many pairs of edges cross, taken as straight lines between the middles of tables.
    fn crossings(&self) -> usize {
        let at = |it: usize| Point::new(self.column_of[it] as f64 * PITCH, self.y[it]);
        let pairs = self.links.near.iter().enumerate();
        let edges: Vec<(usize, usize)> = pairs
            .flat_map(|(a, list)| list.iter().filter(move |it| it.0 > a).map(move |it| (a, it.0)))
            .collect();
        let side = |a: usize, b: usize, it: usize| {
            let (a, b, it) = (at(a), at(b), at(it));
            (b.x - a.x) * (it.y - a.y) - (b.y - a.y) * (it.x - a.x) > 0.0
        };
        let cross = |&(a, b): &(usize, usize), &(c, d): &(usize, usize)| {
            let is_apart = a != c && a != d && b != c && b != d;
            is_apart && side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
        };
        let later = |at: usize| edges[at + 1..].iter();
        edges.iter().enumerate().map(|(at, it)| later(at).filter(|other| cross(it, other)).count()).sum()
    }

    /// Simulated annealing: tables change places, or move beside one that they refer to.
    fn anneal(&mut self, moves: usize, random: &mut Generator) {
        if self.links.is_empty() || self.links.len() < 3 {
            return;
        }
        let mut heat = HOT;
        for _ in 0..COOLINGS {
            for _ in 0..moves.div_ceil(COOLINGS) {
                self.try_move(heat, random);
            }
            heat *= COOLER;
        }
    }

    fn try_move(&mut self, heat: f64, random: &mut Generator) {
        let table = random.below(self.links.len());
        let from = self.column_of[table];
        let Some(from_at) = self.stacks[from].iter().position(|&it| it == table) else { return };
        let (to, to_at) = self.aim(table, random);
        let swaps = random.fraction() < 0.5;

        if swaps {
            let Some(&other) = self.stacks[to].get(to_at) else { return };
            if other == table {
                return;
            }
            let before = self.cost_of(from, to);
            self.swap((from, from_at), (to, to_at));
            if !accepts(before, self.cost_of(from, to), heat, random) {
                self.swap((from, from_at), (to, to_at));
            }
        } else {
            let stays = from == to && (to_at == from_at || to_at == from_at + 1);
            if stays || (from != to && self.stacks[from].len() == 1) {
                return;
            }
            let to_at = if from == to && to_at > from_at { to_at - 1 } else { to_at };
            let before = self.cost_of(from, to);
            self.shift((from, from_at), (to, to_at));
            if !accepts(before, self.cost_of(from, to), heat, random) {
                self.shift((to, to_at), (from, from_at));
            }
        }
    }

    /// A column and a place in it: mostly near a neighbour, now and then anywhere close by.
    fn aim(&self, table: usize, random: &mut Generator) -> (usize, usize) {
        let last = self.stacks.len() - 1;
        let near = &self.links.near[table];
        if !near.is_empty() && random.fraction() < 0.7 {
            let friend = near[random.below(near.len())].0;
            let column = (self.column_of[friend] + random.below(3)).saturating_sub(1).min(last);
            let place = self.stacks[column].iter().position(|&it| self.y[it] >= self.y[friend]);
            (column, place.unwrap_or(self.stacks[column].len()))
        } else {
            let column = (self.column_of[table] + random.below(5)).saturating_sub(2).min(last);
            (column, random.below(self.stacks[column].len() + 1))
        }
    }

    fn swap(&mut self, a: (usize, usize), b: (usize, usize)) {
        let (first, second) = (self.stacks[a.0][a.1], self.stacks[b.0][b.1]);
        self.stacks[a.0][a.1] = second;
        self.stacks[b.0][b.1] = first;
        self.stack_both(a.0, b.0);
    }

    fn shift(&mut self, from: (usize, usize), to: (usize, usize)) {
        let table = self.stacks[from.0].remove(from.1);
        self.stacks[to.0].insert(to.1, table);
        self.stack_both(from.0, to.0);
    }

    fn stack_both(&mut self, a: usize, b: usize) {
        self.stack(a);
        if a != b {
            self.stack(b);
        }
    }

    /// Lets every table drift towards the mean height of its neighbours; order and gaps are kept.
    ///
    /// Source: pool adjacent violators (isotonic regression), Ayer et al. 1955.
    fn relax(&mut self) {
        let half = self.heights.iter().fold(0.0, |most: f64, &it| most.max(it)) * 1.06 / 2.0;
        for _ in 0..12 {
            for column in 0..self.stacks.len() {
                self.relax_column(column, half);
            }
        }
    }

    fn relax_column(&mut self, column: usize, half: f64) {
        let tables = &self.stacks[column];
        let (Some(&first), Some(&last)) = (tables.first(), tables.last()) else { return };

        // Where each would stand if the first stood at zero.
        let mut below = Vec::with_capacity(tables.len());
        let mut offset = 0.0;
        for (at, &it) in tables.iter().enumerate() {
            if at > 0 {
                offset += f64::midpoint(self.height(tables[at - 1]), self.height(it)) + ROW_GAP;
            }
            below.push(offset);
        }

        // Blocks of tables that touch: the mean wish, and how many.
        let mut blocks: Vec<(f64, usize)> = Vec::new();
        for (at, &it) in tables.iter().enumerate() {
            let mut block = (self.wish(it) - below[at], 1);
            while let Some(&above) = blocks.last() {
                if above.0 <= block.0 {
                    break;
                }
                let count = above.1 + block.1;
                block = ((above.0 * above.1 as f64 + block.0 * block.1 as f64) / count as f64, count);
                blocks.pop();
            }
            blocks.push(block);
        }

        let highest = -half + self.height(first) / 2.0;
        let lowest = (half - self.height(last) / 2.0 - offset).max(highest);
        let starts = blocks.iter().flat_map(|&(start, count)| std::iter::repeat_n(start, count));
        for ((&it, start), below) in tables.iter().zip(starts).zip(below) {
            self.y[it] = start.clamp(highest, lowest) + below;
        }
    }

    /// The mean height of a table's neighbours; those in its own column pull less, the edge is bent anyway.
    fn wish(&self, table: usize) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for &(to, weight) in &self.links.near[table] {
            let weight = if self.column_of[to] == self.column_of[table] { 0.3 * weight } else { weight };
            sum += weight * self.y[to];
            weights += weight;
        }
        if weights > 0.0 { sum / weights } else { self.y[table] }
    }

    /// Corners on the grid, and the size of the page. Rounding down keeps the gaps, for sizes are whole cells; where a sum
    /// came out a hair below a line of the grid, the gap is kept by what stands above.
    fn corners(&self) -> (Vec<Point>, Size) {
        let snap = |it: f64| (it / GRID).floor() * GRID;
        let top_of = |it: usize| snap(self.y[it] - self.height(it) / 2.0);
        let top = (0..self.links.len()).map(top_of).fold(f64::INFINITY, f64::min);
        let mut corners = vec![Point::default(); self.links.len()];
        let mut size = Size::default();
        let mut left = 0.0;
        for column in &self.stacks {
            let (mut right, mut free): (f64, f64) = (left, 0.0);
            for &it in column {
                corners[it] = Point::new(left, (top_of(it) - top).max(free));
                right = right.max(left + self.links.sizes[it].width);
                let bottom = corners[it].y + self.height(it);
                size.height = size.height.max(bottom);
                free = bottom + ROW_GAP;
            }
            size.width = right;
            left = right + COLUMN_GAP;
        }
        (corners, size)
    }
}

/// Whether annealing takes a step: always when it is cheaper, else with `e^(-loss / heat)`.
fn accepts(before: f64, after: f64, heat: f64, random: &mut Generator) -> bool {
    if after <= before {
        return true;
    }
    // (1 + x/1024)^-1024: near enough, and the same on every platform.
    let mut chance = 1.0 / (1.0 + (after - before) / heat / 1024.0);
    for _ in 0..10 {
        chance *= chance;
    }
    random.fraction() < chance
}

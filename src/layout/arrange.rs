//! Automatic layout of a whole design.

use super::columns::in_columns;
use super::communities::{Grain, communities};
use super::generator::Generator;
use super::graph::{Graph, Links, merge_parallel};
use super::order;
use super::pack::pack;
use super::shelves::set_aside;
use super::{Point, Rect, Size};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Above this a connected set of tables is split into areas: nobody finds anything in more.
const AREAS_ABOVE: usize = 100;
/// About how many tables such an area holds.
const AREA_GRAIN: Grain = Grain { largest: 44, resolution: 1.0 };
/// Components below this stand aside.
const SMALLEST_COMPONENT: usize = 6;
/// As many components are set around each other; the rest stand aside.
const MOST_COMPONENTS: usize = 24;
/// How often placing is tried: so many attempts times the tables of the part, and times all tables.
const STARTS_FOR_PART: usize = 480;
const STARTS_FOR_ALL: usize = 3000;
/// And times all tables squared: a large page is shown sooner rather than with a few crossings less.
const STARTS_FOR_ALL_SQUARED: usize = 1_500_000;
const MOST_STARTS: usize = 12;
/// Between blocks, so that frames with titles fit around them.
const BLOCK_GAP: f64 = 128.0;
/// Width to height of a page, of a whole component on it, and of an area.
const PAGE: f64 = 1.6;
const COMPONENT: f64 = 1.55;
const AREA: f64 = 1.3;

/// Where all boxes stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Arrangement {
    /// The top left corner of each node, on the grid; the page's own corner is at the origin.
    pub corners: Vec<Point>,
    /// What stands together as an area, when areas were given or had to be found; each node at most once.
    pub areas: Vec<Vec<usize>>,
}

/// Places every node: no two boxes overlap, the same graph gives the same corners.
///
/// Related tables stand in columns close to each other; areas stay together; what has no references stands aside in
/// the order of names. Above 100 connected tables, areas are found where none are given. Near-linear in the number
/// of tables. The method and its constants were chosen by crossings, lengths and area on five real schemas.
pub fn arrange(graph: &Graph) -> Arrangement {
    arrange_above(graph, AREAS_ABOVE)
}

/// The same, however many are connected: areas are not looked for.
pub(super) fn arrange_whole(graph: &Graph) -> Arrangement {
    arrange_above(graph, usize::MAX)
}

fn arrange_above(graph: &Graph, areas_above: usize) -> Arrangement {
    let (links, random) = (Links::of(graph), Generator::new(1));
    let mut work = Arranging { graph, links, random, areas_above, areas: Vec::new() };

    let mut given: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut free = Vec::new();
    for (it, node) in graph.nodes.iter().enumerate() {
        match node.area {
            Some(area) => given.entry(area).or_default().push(it),
            None => free.push(it),
        }
    }

    let page = if given.is_empty() {
        work.set(&free, PAGE)
    } else {
        let areas: Vec<Vec<usize>> = given.into_values().collect();
        let mut blocks: Vec<Block> = areas.iter().map(|it| work.set(it, AREA)).collect();
        work.areas = areas;
        let (parts, units) = work.components(&free);
        blocks.extend(parts);
        work.page(blocks, units, PAGE)
    };

    let mut corners = vec![Point::default(); graph.nodes.len()];
    for (&it, &corner) in page.members.iter().zip(&page.corners) {
        corners[it] = corner;
    }
    let left = corners.iter().map(|it| it.x).fold(f64::INFINITY, f64::min);
    let top = corners.iter().map(|it| it.y).fold(f64::INFINITY, f64::min);
    for it in &mut corners {
        *it = it.moved(-left, -top);
    }
    Arrangement { corners, areas: work.areas }
}

/// Tables whose places relative to each other are settled; `corners` go with `members`.
#[derive(Default)]
struct Block {
    members: Vec<usize>,
    corners: Vec<Point>,
    size: Size,
}

struct Arranging<'a> {
    graph: &'a Graph,
    links: Links,
    random: Generator,
    areas_above: usize,
    areas: Vec<Vec<usize>>,
}

impl Arranging<'_> {
    /// Any set of tables, connected or not, as one block.
    fn set(&mut self, members: &[usize], aspect: f64) -> Block {
        let (parts, units) = self.components(members);
        self.page(parts, units, aspect)
    }

    /// The connected parts of `members` as blocks, and what stands aside, in its order.
    fn components(&mut self, members: &[usize]) -> (Vec<Block>, Vec<Block>) {
        let (mut parts, mut units) = (Vec::new(), Vec::new());
        let mut lone = Vec::new();
        for component in self.links.components(members) {
            if let [only] = component[..] {
                lone.push(only);
            } else if component.len() < SMALLEST_COMPONENT || parts.len() >= MOST_COMPONENTS {
                units.push(self.set_in_columns(&component, AREA));
            } else if component.len() > self.areas_above {
                for area in communities(&self.links, &component, AREA_GRAIN) {
                    // Leaves around a hub share an area without being connected in it.
                    let block = self.set(&area, AREA);
                    parts.push(block);
                    self.areas.push(area);
                }
            } else {
                parts.push(self.set_in_columns(&component, COMPONENT));
            }
        }

        order::sort(&mut lone, &|a, b| {
            self.graph.nodes[a].name.cmp(&self.graph.nodes[b].name).then(a.cmp(&b))
        });
        units.extend(lone.into_iter().map(|it| Block {
            members: vec![it],
            corners: vec![Point::default()],
            size: self.links.sizes[it],
        }));
        (parts, units)
    }

    fn set_in_columns(&mut self, members: &[usize], aspect: f64) -> Block {
        let all = self.links.len().max(1);
        let starts = (STARTS_FOR_PART / members.len().max(1))
            .min(STARTS_FOR_ALL / all)
            .min(STARTS_FOR_ALL_SQUARED / (all * all))
            .min(MOST_STARTS);
        let (corners, size) = in_columns(&self.links.among(members), aspect, starts, &mut self.random);
        Block { members: members.to_vec(), corners, size }
    }

    /// Blocks packed around each other, then `units` aside.
    fn page(&self, parts: Vec<Block>, units: Vec<Block>, aspect: f64) -> Block {
        let main = self.packed(parts, aspect);
        if units.is_empty() {
            return main;
        }
        let sizes: Vec<Size> = units.iter().map(|it| it.size).collect();
        let beside = (!main.members.is_empty()).then_some(main.size);
        let (corners, size) = set_aside(&sizes, beside, aspect, BLOCK_GAP);

        let mut page = Block { size, ..main };
        for (unit, at) in units.into_iter().zip(corners) {
            page.members.extend(unit.members);
            page.corners.extend(unit.corners.into_iter().map(|it| it.moved(at.x, at.y)));
        }
        page
    }

    fn packed(&self, mut parts: Vec<Block>, aspect: f64) -> Block {
        if parts.len() <= 1 {
            return parts.pop().unwrap_or_default();
        }
        let sizes: Vec<Size> = parts.iter().map(|it| it.size).collect();
        let mut at = pack(&sizes, &self.pull_between(&parts), aspect, BLOCK_GAP);
        let left = at.iter().map(|it| it.x).fold(f64::INFINITY, f64::min);
        let top = at.iter().map(|it| it.y).fold(f64::INFINITY, f64::min);
        for it in &mut at {
            *it = it.moved(-left, -top);
        }
        self.mirror(&mut parts, &at);

        let mut page = Block::default();
        for (part, at) in parts.into_iter().zip(at) {
            page.size.width = page.size.width.max(at.x + part.size.width);
            page.size.height = page.size.height.max(at.y + part.size.height);
            page.members.extend(part.members);
            page.corners.extend(part.corners.into_iter().map(|it| it.moved(at.x, at.y)));
        }
        page
    }

    /// How strongly each block is linked to the others.
    fn pull_between(&self, parts: &[Block]) -> Vec<Vec<(usize, f64)>> {
        let part_of = self.part_of(parts);
        let around = |(at, part): (usize, &Block)| {
            let links = part.members.iter().flat_map(|&it| &self.links.near[it]);
            let elsewhere = links.filter_map(|&(to, weight)| Some((part_of[to]?, weight)));
            let mut list: Vec<(usize, f64)> = elsewhere.filter(|to| to.0 != at).collect();
            merge_parallel(&mut list);
            list
        };
        parts.iter().enumerate().map(around).collect()
    }

    /// The block that each table is in, if it is in one.
    fn part_of(&self, parts: &[Block]) -> Vec<Option<usize>> {
        let mut part_of = vec![None; self.links.len()];
        for (at, part) in parts.iter().enumerate() {
            part.members.iter().for_each(|&it| part_of[it] = Some(at));
        }
        part_of
    }

    /// Mirrors each block left to right or upside down where that shortens what leaves it.
    fn mirror(&self, parts: &mut [Block], at: &[Point]) {
        let part_of = self.part_of(parts);
        let mut centre: Vec<Option<Point>> = vec![None; self.links.len()];
        for (part, at) in parts.iter().zip(at) {
            for (&it, corner) in part.members.iter().zip(&part.corners) {
                let rect = Rect::at(corner.moved(at.x, at.y), self.links.sizes[it]);
                centre[it] = Some(rect.centre());
            }
        }
        for _ in 0..3 {
            for (index, (part, at)) in parts.iter_mut().zip(at).enumerate() {
                for sideways in [true, false] {
                    let middle = Point::new(at.x + part.size.width / 2.0, at.y + part.size.height / 2.0);
                    let flipped = |it: Point| {
                        if sideways {
                            Point::new(2.0 * middle.x - it.x, it.y)
                        } else {
                            Point::new(it.x, 2.0 * middle.y - it.y)
                        }
                    };
                    let (mut before, mut after) = (0.0, 0.0);
                    for &it in &part.members {
                        let Some(here) = centre[it] else { continue };
                        for &(to, weight) in
                            self.links.near[it].iter().filter(|to| part_of[to.0] != Some(index))
                        {
                            let Some(there) = centre[to] else { continue };
                            before += weight * here.distance(there);
                            after += weight * flipped(here).distance(there);
                        }
                    }
                    if after >= before {
                        continue;
                    }
                    for (&it, corner) in part.members.iter().zip(&mut part.corners) {
                        centre[it] = centre[it].map(flipped);
                        let size = self.links.sizes[it];
                        if sideways {
                            corner.x = part.size.width - size.width - corner.x;
                        } else {
                            corner.y = part.size.height - size.height - corner.y;
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::layout::{GRID, Node};
    use proptest::prelude::*;

    fn graph(sizes: &[(f64, f64)], edges: Vec<(usize, usize)>) -> Graph {
        let node = |(at, &(width, height)): (usize, &(f64, f64))| Node {
            name: format!("table_{at:04}"),
            size: Size::new(width, height),
            area: None,
        };
        Graph { nodes: sizes.iter().enumerate().map(node).collect(), edges }
    }

    fn boxes(graph: &Graph, arrangement: &Arrangement) -> Vec<Rect> {
        graph.nodes.iter().zip(&arrangement.corners).map(|(node, &at)| Rect::at(at, node.size)).collect()
    }

    /// Arranges twice, and says what must always hold.
    #[track_caller]
    fn check(graph: &Graph) -> Vec<Rect> {
        let arrangement = arrange(graph);
        assert_eq!(arrangement, arrange(graph), "the same graph gives the same corners");
        assert_eq!(arrangement.corners.len(), graph.nodes.len());
        let boxes = boxes(graph, &arrangement);
        for it in &arrangement.corners {
            assert!(it.x.is_finite() && it.y.is_finite() && it.x >= 0.0 && it.y >= 0.0, "{it:?}");
            assert!(it.x % GRID == 0.0 && it.y % GRID == 0.0, "{it:?} is off the grid");
        }
        let mut order: Vec<usize> = (0..boxes.len()).collect();
        order.sort_by(|&a, &b| boxes[a].left.total_cmp(&boxes[b].left));
        for (at, &a) in order.iter().enumerate() {
            let reach = order[at + 1..].iter().take_while(|&&b| boxes[b].left < boxes[a].right + 30.0);
            for &b in reach {
                assert!(
                    !boxes[a].grown(30.0).overlaps(&boxes[b]),
                    "{a} and {b}: {:?} {:?}",
                    boxes[a],
                    boxes[b]
                );
            }
        }
        let mut seen = vec![false; graph.nodes.len()];
        for &it in arrangement.areas.iter().flatten() {
            assert!(!std::mem::replace(&mut seen[it], true), "{it} is in two areas");
        }
        boxes
    }

    #[test]
    fn empty_graph_gives_no_corners() {
        assert_eq!(arrange(&Graph::default()), Arrangement::default());
    }

    #[test]
    fn one_table_stands_at_the_origin() {
        assert_eq!(arrange(&graph(&[(220.0, 94.0)], vec![(0, 0)])).corners, [Point::default()]);
    }

    #[test]
    fn star_of_three_hundred_leaves_stays_a_page() {
        let boxes = check(&graph(&[(220.0, 116.0); 301], (1..301).map(|it| (it, 0)).collect()));
        let page = crate::layout::bounds(&boxes).unwrap();
        let aspect = page.width() / page.height();
        assert!((0.7..3.0).contains(&aspect), "{aspect}");
    }

    #[test]
    fn given_areas_do_not_mix() {
        let mut graph = graph(&[(220.0, 138.0); 40], (1..40).map(|it| (it, it / 3)).collect());
        for (at, node) in graph.nodes.iter_mut().enumerate() {
            node.area = (at < 30).then_some(at as u32 % 3);
        }
        let boxes = check(&graph);
        let of = |area| boxes.iter().zip(&graph.nodes).filter(move |it| it.1.area == area).map(|it| it.0);
        let frames: Vec<Rect> = (0..3).filter_map(|it| crate::layout::bounds(of(Some(it)))).collect();
        for (at, frame) in frames.iter().enumerate() {
            assert!(frames[at + 1..].iter().all(|it| !it.overlaps(frame)));
            assert!(of(None).all(|it| !it.overlaps(frame)));
        }
    }

    #[test]
    fn unconnected_tables_stand_in_the_order_of_names() {
        let boxes = check(&graph(&[(220.0, 94.0); 30], Vec::new()));
        assert!(boxes.windows(2).all(|it| (it[0].left, it[0].top) < (it[1].left, it[1].top)));
    }

    fn any_graph() -> impl Strategy<Value = Graph> {
        (0_usize..160).prop_flat_map(|count| {
            let sizes = proptest::collection::vec((40.0..400.0_f64, 28.0..600.0_f64), count);
            let ends = 0..count.max(1);
            let edges = proptest::collection::vec((ends.clone(), ends), 0..count * 2 + 1);
            let areas = proptest::collection::vec(proptest::option::weighted(0.2, 0_u32..4), count);
            (sizes, edges, areas, any::<bool>()).prop_map(|(sizes, edges, areas, with_areas)| {
                let mut graph = graph(&sizes, edges);
                if with_areas {
                    graph.nodes.iter_mut().zip(areas).for_each(|(node, area)| node.area = area);
                }
                graph
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn boxes_never_overlap_and_all_are_placed(graph in any_graph()) {
            check(&graph);
        }
    }
}

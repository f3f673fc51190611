//! What layout needs to know of a design: boxes, what refers to what, and what belongs together.

use super::Size;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Boxes to be placed and the references between them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// One for each table; the index is its identity here.
    pub nodes: Vec<Node>,
    /// Referencing and referenced node of each foreign key. Self references, several edges between the same two
    /// nodes, and indexes outside `nodes` (which are passed over) are all allowed.
    pub edges: Vec<(usize, usize)>,
}

/// One box.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Orders boxes that nothing else orders.
    pub name: String,
    /// How much room it takes.
    pub size: Size,
    /// The area it must stay in, if somebody said so. Any number; equal numbers stay together.
    pub area: Option<u32>,
}

/// Neighbours with their weights: the graph without direction, self references or parallel edges.
pub(super) struct Links {
    pub(super) sizes: Vec<Size>,
    pub(super) near: Vec<Vec<(usize, f64)>>,
}

impl Links {
    /// Edges of busy nodes weigh less: `1/√(1 + (degree/12)²)` of the busier end. Without that a table of users
    /// pulls everything into one heap. The factor was found by trial on five real schemas.
    pub(super) fn of(graph: &Graph) -> Self {
        let count = graph.nodes.len();
        let edges = || graph.edges.iter().copied().filter(|&(a, b)| a != b && a < count && b < count);
        let mut degree = vec![0_u32; count];
        for (a, b) in edges() {
            degree[a] += 1;
            degree[b] += 1;
        }

        let mut near = vec![Vec::new(); count];
        for (a, b) in edges() {
            let busy = f64::from(degree[a].max(degree[b])) / 12.0;
            let weight = 1.0 / (1.0 + busy * busy).sqrt();
            near[a].push((b, weight));
            near[b].push((a, weight));
        }
        for list in &mut near {
            merge_parallel(list);
        }
        Self { sizes: graph.nodes.iter().map(|it| it.size.in_cells()).collect(), near }
    }

    pub(super) fn len(&self) -> usize {
        self.sizes.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.near.iter().all(Vec::is_empty)
    }

    /// The part of the graph among `members`, renumbered in their order.
    pub(super) fn among(&self, members: &[usize]) -> Self {
        let place = places(members, self.len());
        let near = members.iter().map(|&it| {
            let kept = self.near[it].iter().filter_map(|&(to, weight)| Some((place[to]?, weight)));
            kept.collect()
        });
        Self { sizes: members.iter().map(|&it| self.sizes[it]).collect(), near: near.collect() }
    }

    /// The connected parts of `members`, largest first, each in the order of its indexes.
    pub(super) fn components(&self, members: &[usize]) -> Vec<Vec<usize>> {
        let mut open = vec![false; self.len()];
        for &it in members {
            open[it] = true;
        }
        let mut found = Vec::new();
        for &start in members {
            if !std::mem::take(&mut open[start]) {
                continue;
            }
            let mut part = vec![start];
            let mut next = 0;
            while let Some(&it) = part.get(next) {
                next += 1;
                for &(to, _) in &self.near[it] {
                    if std::mem::take(&mut open[to]) {
                        part.push(to);
                    }
                }
            }
            part.sort_unstable();
            found.push(part);
        }
        found.sort_by_key(|it| Reverse(it.len()));
        found
    }
}

/// Where each of `count` nodes stands in `members`, if it does.
pub(super) fn places(members: &[usize], count: usize) -> Vec<Option<usize>> {
    let mut place = vec![None; count];
    for (at, &it) in members.iter().enumerate() {
        place[it] = Some(at);
    }
    place
}

/// Sorts by neighbour and adds up the weights of equal ones.
pub(super) fn merge_parallel(list: &mut Vec<(usize, f64)>) {
    list.sort_by_key(|it| it.0);
    list.dedup_by(|gone, kept| {
        let same = gone.0 == kept.0;
        if same {
            kept.1 += gone.1;
        }
        same
    });
}

//! Tables that belong together, found from references alone.

use super::graph::{Links, merge_parallel};
use super::order::sort;
use std::collections::BTreeMap;

/// Below this a community is no area of its own.
const SMALLEST: usize = 4;

/// How coarse communities are.
#[derive(Clone, Copy)]
pub(super) struct Grain {
    /// About how many tables a community holds at most.
    pub largest: usize,
    /// What a link within is weighed against what chance would put there: below 1, communities are larger.
    /// Source: Reichardt and Bornholdt, "Statistical mechanics of community detection", 2006.
    pub resolution: f64,
}

/// Splits `members` into communities: every member is in one, in their order.
///
/// Small leftovers join the community that they refer to most; where that is full (the leaves around a hub), they
/// stand together by what they refer to.
///
/// Source: Blondel, Guillaume, Lambiotte, Lefebvre, "Fast unfolding of communities in large networks", 2008.
pub(super) fn communities(links: &Links, members: &[usize], grain: Grain) -> Vec<Vec<usize>> {
    let own = links.among(members);
    let mut group = by_modularity(&own, grain);
    gather_small(&own, &mut group, grain.largest);

    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&group, &member) in group.iter().zip(members) {
        parts.entry(group).or_default().push(member);
    }
    let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
    parts.sort_by_key(|it| it[0]);
    parts
}

/// A level of the hierarchy: communities so far, as nodes.
struct Level {
    near: Vec<Vec<(usize, f64)>>,
    /// Weight inside each node, counted from both ends.
    inside: Vec<f64>,
    size: Vec<usize>,
}

/// The community of each node, by moving nodes while that raises modularity, then joining and starting over.
fn by_modularity(links: &Links, grain: Grain) -> Vec<usize> {
    let count = links.len();
    let mut group: Vec<usize> = (0..count).collect();
    let mut level = Level { near: links.near.clone(), inside: vec![0.0; count], size: vec![1; count] };
    let total: f64 = level.near.iter().flatten().map(|it| it.1).sum();
    while let Some((joined, number)) = level.joins(total, grain) {
        for it in &mut group {
            *it = joined[*it];
        }
        level = level.coarser(&joined, number);
    }
    group
}

impl Level {
    /// A community for each node, numbered densely, and how many; nothing when no move helps.
    fn joins(&self, total: f64, grain: Grain) -> Option<(Vec<usize>, usize)> {
        let count = self.near.len();
        let degree: Vec<f64> =
            (0..count).map(|it| self.near[it].iter().map(|to| to.1).sum::<f64>() + self.inside[it]).collect();
        let mut community: Vec<usize> = (0..count).collect();
        let mut weight = degree.clone();
        let mut size = self.size.clone();
        let mut pull = vec![0.0; count];
        let mut any = false;

        for _ in 0..20 {
            let mut moved = false;
            for it in 0..count {
                let old = community[it];
                let mut around: Vec<usize> = self.near[it].iter().map(|to| community[to.0]).collect();
                around.sort_unstable();
                around.dedup();
                for &(to, share) in &self.near[it] {
                    pull[community[to]] += share;
                }
                weight[old] -= degree[it];
                size[old] -= self.size[it];

                let gain = |there: usize, pull: &[f64], weight: &[f64]| {
                    pull[there] - grain.resolution * weight[there] * degree[it] / total
                };
                let mut best = (gain(old, &pull, &weight), old);
                for &there in &around {
                    let gain = gain(there, &pull, &weight);
                    if size[there] + self.size[it] <= grain.largest && gain > best.0 + 1e-9 {
                        best = (gain, there);
                    }
                }
                for there in around {
                    pull[there] = 0.0;
                }
                weight[best.1] += degree[it];
                size[best.1] += self.size[it];
                if best.1 != old {
                    community[it] = best.1;
                    moved = true;
                }
            }
            any |= moved;
            if !moved {
                break;
            }
        }
        any.then(|| renumbered(&community))
    }

    fn coarser(&self, joined: &[usize], number: usize) -> Self {
        let mut next =
            Self { near: vec![Vec::new(); number], inside: vec![0.0; number], size: vec![0; number] };
        for (it, &a) in joined.iter().enumerate() {
            next.inside[a] += self.inside[it];
            next.size[a] += self.size[it];
            for &(to, weight) in &self.near[it] {
                let b = joined[to];
                if a == b { next.inside[a] += weight } else { next.near[a].push((b, weight)) }
            }
        }
        for list in &mut next.near {
            merge_parallel(list);
        }
        next
    }
}

/// The same grouping with numbers from zero in order of first use, and how many there are.
fn renumbered(group: &[usize]) -> (Vec<usize>, usize) {
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    let mut dense = Vec::with_capacity(group.len());
    for it in group {
        let next = number.len();
        dense.push(*number.entry(*it).or_insert(next));
    }
    (dense, number.len())
}

/// Finds a home for communities under `SMALLEST`.
fn gather_small(links: &Links, group: &mut [usize], largest: usize) {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); group.len()];
    for (it, &at) in group.iter().enumerate() {
        members[at].push(it);
    }

    // Smallest first into the community most referred to, while there is room.
    let mut small: Vec<usize> =
        (0..members.len()).filter(|&it| (1..SMALLEST).contains(&members[it].len())).collect();
    sort(&mut small, &|a, b| members[a].len().cmp(&members[b].len()));
    let mut homeless: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in small {
        if members[at].len() >= SMALLEST {
            continue; // others came to it
        }
        let mut around = Vec::new();
        for &it in &members[at] {
            around.extend(links.near[it].iter().filter(|to| group[to.0] != at).map(|to| (group[to.0], to.1)));
        }
        merge_parallel(&mut around);
        around.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let room = around.iter().find(|it| members[it.0].len() + members[at].len() <= largest + 6);
        if let Some(&(home, _)) = room {
            let moving = std::mem::take(&mut members[at]);
            for &it in &moving {
                group[it] = home;
            }
            members[home].extend(moving);
        } else {
            let towards = around.first().map_or(usize::MAX, |it| it.0);
            homeless.entry(towards).or_default().push(at);
        }
    }

    // The rest stand together, those around the same hub first.
    let mut open: Option<usize> = None;
    for at in homeless.into_values().flatten() {
        if members[at].len() >= SMALLEST {
            continue;
        }
        match open {
            Some(home) if members[home].len() + members[at].len() <= largest => {
                let moving = std::mem::take(&mut members[at]);
                for &it in &moving {
                    group[it] = home;
                }
                members[home].extend(moving);
            }
            _ => open = Some(at),
        }
    }
}

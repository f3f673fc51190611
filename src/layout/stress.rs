//! A first rough picture: distances on the page follow distances in the graph.

use super::Point;
use super::generator::Generator;
use super::graph::Links;

/// Rounds of descent; more did not shorten edges on real schemas.
const ROUNDS: u32 = 30;

/// Centres for all nodes such that path lengths are kept as well as may be; the longer axis is horizontal.
///
/// Takes time and memory quadratic in the number of nodes: meant for at most a few hundred.
///
/// Source: Zheng, Pawar, Goodman, "Graph drawing by stochastic gradient descent", 2018.
pub(super) fn by_stress(links: &Links, random: &mut Generator) -> Vec<Point> {
    let mut at: Vec<Point> = (0..links.len())
        .map(|_| Point::new(random.fraction() * 1000.0, random.fraction() * 1000.0))
        .collect();
    let mut pairs = pair_distances(links);
    let longest = pairs.iter().fold(0.0, |most: f64, it| most.max(it.length));
    let shortest = pairs.iter().fold(longest, |least, it| least.min(it.length));
    if pairs.is_empty() {
        return at;
    }

    // Steps shrink geometrically from moving whole pairs to moving near pairs by a twentieth.
    let first = longest * longest;
    let ratio = root(0.05 * shortest * shortest / first, ROUNDS - 1);
    let mut step = first;
    for _ in 0..ROUNDS {
        for end in (1..pairs.len()).rev() {
            pairs.swap(end, random.below(end + 1));
        }
        for it in &pairs {
            let rate = (step / (it.length * it.length)).min(1.0);
            let (dx, dy) = (at[it.a].x - at[it.b].x, at[it.a].y - at[it.b].y);
            let now = (dx * dx + dy * dy).sqrt().max(1e-6);
            let share = rate * (now - it.length) / 2.0 / now;
            at[it.a] = at[it.a].moved(-share * dx, -share * dy);
            at[it.b] = at[it.b].moved(share * dx, share * dy);
        }
        step *= ratio;
    }
    turn_long_axis_horizontal(&mut at);
    at
}

struct Pair {
    a: usize,
    b: usize,
    length: f64,
}

/// Shortest paths between all pairs that are connected at all.
fn pair_distances(links: &Links) -> Vec<Pair> {
    let count = links.len();
    let radius: Vec<f64> =
        links.sizes.iter().map(|it| 0.5 * (it.width * it.height.min(1500.0)).sqrt() + 30.0).collect();
    let length = |a: usize, b: usize| {
        let busy = links.near[a].len().max(links.near[b].len()) as f64;
        (radius[a] + radius[b]) * (0.42 * busy.sqrt()).max(1.0)
    };

    let mut pairs = Vec::new();
    let mut distance = vec![f64::INFINITY; count];
    let mut done = vec![false; count];
    for from in 0..count {
        distance.fill(f64::INFINITY);
        done.fill(false);
        distance[from] = 0.0;
        loop {
            let open = (0..count).filter(|&it| !done[it] && distance[it].is_finite());
            let Some(it) = open.min_by(|&a, &b| distance[a].total_cmp(&distance[b])) else { break };
            done[it] = true;
            for &(to, _) in &links.near[it] {
                distance[to] = distance[to].min(distance[it] + length(it, to));
            }
        }
        let reached = (from + 1..count).filter(|&to| distance[to].is_finite());
        pairs.extend(reached.map(|to| Pair { a: from, b: to, length: distance[to] }));
    }
    pairs
}

/// The `degree`-th root of `value` between 0 and 1, by halving: the platform's `powf` may differ in the last bit.
fn root(value: f64, degree: u32) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let power = (0..degree).fold(1.0, |product, _| product * middle);
        if power < value { low = middle } else { high = middle }
    }
    high
}

/// Turns the points around their mean until the direction in which they spread most is horizontal.
fn turn_long_axis_horizontal(at: &mut [Point]) {
    let count = at.len() as f64;
    let mean = Point::new(
        at.iter().map(|it| it.x).sum::<f64>() / count,
        at.iter().map(|it| it.y).sum::<f64>() / count,
    );
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for it in at.iter() {
        let (x, y) = (it.x - mean.x, it.y - mean.y);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }

    // The eigenvector of the larger eigenvalue of the covariance.
    let half = (xx - yy) / 2.0;
    let larger = f64::midpoint(xx, yy) + (half * half + xy * xy).sqrt();
    let (x, y) = if xy.abs() > 1e-9 { (xy, larger - xx) } else { (1.0, 0.0) };
    let norm = (x * x + y * y).sqrt();
    let (cos, sin) = if xy.abs() <= 1e-9 && yy > xx { (0.0, 1.0) } else { (x / norm, y / norm) };
    for it in at.iter_mut() {
        let (x, y) = (it.x - mean.x, it.y - mean.y);
        *it = Point::new(x * cos + y * sin, y * cos - x * sin);
    }
}

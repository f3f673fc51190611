//! Lines and their ways as numbers, which is how they go between the page and its worker: what reads and writes them is small, and
//! thousands of them are short.

use crate::layout::route::{Ends, Port, Route, Routing};
use crate::layout::{Point, Rect};

/// How many boxes and how many signs there are, then four numbers for each box, for each sign and for each line.
pub fn numbers_of(routing: &Routing) -> Vec<f64> {
    let rects =
        routing.boxes.iter().chain(&routing.signs).flat_map(|it| [it.left, it.top, it.right, it.bottom]);
    let ends = routing.edges.iter().map(|it| (it.from, it.to));
    let ends = ends.flat_map(|(from, to)| [from.node as f64, from.y, to.node as f64, to.y]);
    [routing.boxes.len() as f64, routing.signs.len() as f64].into_iter().chain(rects).chain(ends).collect()
}

/// What [`numbers_of`] was made of; nothing for other numbers.
pub(super) fn routing_of(numbers: &[f64]) -> Option<Routing> {
    let ([boxes, signs], rest) = numbers.split_first_chunk::<2>()?;
    let (fours, []) = rest.as_chunks::<4>() else { return None };
    let (boxes, rest) = fours.split_at_checked(*boxes as usize)?;
    let (signs, edges) = rest.split_at_checked(*signs as usize)?;
    let rect = |it: &[f64; 4]| Rect { left: it[0], top: it[1], right: it[2], bottom: it[3] };
    let port = |node: f64, y| Some(Port { node: node as usize, y }).filter(|it| it.node < boxes.len());
    let ends = |it: &[f64; 4]| Some(Ends { from: port(it[0], it[1])?, to: port(it[2], it[3])? });
    Some(Routing {
        boxes: boxes.iter().map(rect).collect(),
        signs: signs.iter().map(rect).collect(),
        edges: edges.iter().map(ends).collect::<Option<_>>()?,
    })
}

/// Of each way how many corners it has, and 1 where it goes around all tables; then its corners.
pub(super) fn pairs_of(routes: &[Route]) -> Vec<(f64, f64)> {
    let head = |it: &Route| (it.points.len() as f64, f64::from(u8::from(it.is_clear)));
    routes
        .iter()
        .flat_map(|it| [head(it)].into_iter().chain(it.points.iter().map(|it| (it.x, it.y))))
        .collect()
}

/// What [`pairs_of`] was made of, as far as the pairs go.
pub fn routes_of(mut pairs: &[(f64, f64)]) -> Vec<Route> {
    let mut routes = Vec::new();
    while let Some(((count, clear), rest)) = pairs.split_first() {
        let Some((points, rest)) = rest.split_at_checked(*count as usize) else { break };
        routes.push(Route {
            points: points.iter().map(|&(x, y)| Point { x, y }).collect(),
            is_clear: *clear > 0.0,
        });
        pairs = rest;
    }
    routes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routing() -> Routing {
        let at = |x, y| Rect { left: x, top: y, right: x + 208.0, bottom: y + 94.0 };
        let port = |node, y| Port { node, y };
        Routing {
            boxes: vec![at(0.0, 0.0), at(400.0, 16.5), at(800.0, 0.0)],
            signs: vec![at(220.0, 40.0)],
            edges: vec![
                Ends { from: port(0, 31.0), to: port(2, 47.5) },
                Ends { from: port(1, 60.0), to: port(1, 31.0) },
            ],
        }
    }

    #[test]
    fn lines_and_ways_come_back_as_they_were() {
        let routing = routing();
        assert_eq!(routing_of(&numbers_of(&routing)), Some(routing.clone()));
        let routes = routing.routes();
        assert_eq!(routes_of(&pairs_of(&routes)), routes);
        assert!(routes.iter().all(|it| it.points.len() > 1));
        assert_eq!(routing_of(&numbers_of(&Routing::default())), Some(Routing::default()));
    }

    #[test]
    fn other_numbers_are_no_lines() {
        let numbers = numbers_of(&routing());
        assert_eq!(routing_of(&[]), None);
        assert_eq!(routing_of(&numbers[..numbers.len() - 1]), None);
        for (at, wrong) in [(0, 9.0), (1, 77.0), (0, 1.0)] {
            let mut numbers = numbers.clone();
            numbers[at] = wrong;
            assert_eq!(routing_of(&numbers), None, "{at}: {wrong}");
        }
        assert_eq!(routes_of(&[(3.0, 1.0), (0.0, 0.0)]), Vec::new());
    }
}

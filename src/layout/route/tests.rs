//! Ways around tables, on places that nobody chose.

use super::*;
use crate::layout::{Graph, Node, Size, arrange};
use proptest::prelude::*;

fn row(boxes: &[Rect], node: usize, row: usize) -> Port {
    let rows = ((boxes[node].height() - 28.0) / 22.0).max(1.0) as usize;
    Port { node, y: boxes[node].top + 39.0 + 22.0 * (row % rows) as f64 }
}

/// Routes, and says what must always hold.
#[track_caller]
fn check(boxes: &[Rect], edges: &[Ends]) -> Vec<Route> {
    let routes = route(boxes, edges);
    assert_eq!(routes, route(boxes, edges), "the same places give the same ways");
    assert_eq!(routes.len(), edges.len());
    for (it, ends) in routes.iter().zip(edges) {
        check_one(boxes, ends, it);
    }
    routes
}

#[track_caller]
fn check_one(boxes: &[Rect], ends: &Ends, it: &Route) {
    let (first, last) = (it.points[0], it.points[it.points.len() - 1]);
    for (point, port) in [(first, ends.from), (last, ends.to)] {
        let at = boxes[port.node];
        assert!(point.x == at.left || point.x == at.right, "{point:?} is not at a side of {at:?}");
        assert!((point.y - port.y).abs() <= 0.5 || ends.from.node == ends.to.node);
    }
    for piece in it.points.windows(2) {
        assert!(piece[0].x == piece[1].x || piece[0].y == piece[1].y, "slanted: {:?}", it.points);
        let piece = Rect::spanned(piece[0], piece[1]);
        for (index, other) in boxes.iter().enumerate() {
            let is_met = other.grown(-0.5).overlaps(&piece.grown(0.01));
            assert!(!(it.is_clear && is_met), "{:?} runs through {index} {other:?}", it.points);
        }
    }
}

fn two(dx: f64, dy: f64) -> [Rect; 2] {
    let size = Size::new(220.0, 138.0);
    [Rect::at(Point::default(), size), Rect::at(Point::new(dx, dy), size)]
}

#[test]
fn facing_rows_are_joined_straight() {
    let boxes = two(400.0, 0.0);
    let routes = check(&boxes, &[Ends { from: row(&boxes, 0, 1), to: row(&boxes, 1, 1) }]);
    assert_eq!(routes[0].points, [Point::new(220.0, 61.0), Point::new(400.0, 61.0)]);
}

#[test]
fn edge_goes_around_the_table_between() {
    let mut boxes = two(800.0, 0.0).to_vec();
    boxes.push(Rect::at(Point::new(400.0, -20.0), Size::new(220.0, 180.0)));
    let routes = check(&boxes, &[Ends { from: row(&boxes, 0, 1), to: row(&boxes, 1, 1) }]);
    assert!(routes[0].is_clear && routes[0].points.len() == 6, "{routes:?}");
}

#[test]
fn edge_goes_around_a_sign() {
    let boxes = two(400.0, 0.0);
    let edges = [Ends { from: row(&boxes, 0, 1), to: row(&boxes, 1, 2) }];
    let sign = Rect { left: 226.0, right: 320.0, top: 75.0, bottom: 91.0 };
    for route in route_past(&boxes, &[sign], &edges) {
        check_one(&[boxes[0], boxes[1], sign], &edges[0], &route);
        assert!(route.is_clear);
    }
}

#[test]
fn self_reference_leaves_and_returns_at_one_side() {
    let boxes = two(400.0, 0.0);
    let routes = check(&boxes, &[Ends { from: row(&boxes, 0, 2), to: row(&boxes, 0, 0) }]);
    assert_eq!(routes[0].points.len(), 4);
    assert_eq!(routes[0].points[0].x, routes[0].points[3].x);
}

#[test]
fn self_reference_of_a_collapsed_table_is_a_loop() {
    let boxes = [Rect::at(Point::default(), Size::new(220.0, 32.0))];
    let port = Port { node: 0, y: 14.0 };
    let routes = check(&boxes, &[Ends { from: port, to: port }]);
    assert_eq!(routes[0].points.len(), 4);
}

#[test]
fn edges_to_different_rows_do_not_lie_on_each_other() {
    let boxes = two(400.0, 300.0);
    let edges: Vec<Ends> =
        (0..4).map(|it| Ends { from: row(&boxes, 0, it), to: row(&boxes, 1, it) }).collect();
    let routes = check(&boxes, &edges);
    let mut middles: Vec<f64> = routes.iter().map(|it| it.points[1].x).collect();
    middles.sort_by(f64::total_cmp);
    assert!(middles.windows(2).all(|it| it[1] - it[0] > 3.0), "{middles:?}");
}

#[test]
fn enclosed_table_gets_a_plain_elbow() {
    let mut boxes = two(2000.0, 0.0).to_vec();
    for (x, y) in [(-222.0, 0.0), (222.0, 0.0), (0.0, -140.0), (0.0, 140.0)] {
        boxes.push(Rect::at(Point::new(x, y), Size::new(220.0, 138.0)));
    }
    let routes = check(&boxes, &[Ends { from: row(&boxes, 0, 1), to: row(&boxes, 1, 1) }]);
    assert!(!routes[0].is_clear);
}

#[test]
fn far_apart_tables_are_joined() {
    let mut boxes = two(60_000.0, 40_000.0).to_vec();
    boxes.push(Rect::at(Point::new(300.0, -20.0), Size::new(220.0, 180.0)));
    let routes = check(&boxes, &[Ends { from: row(&boxes, 0, 1), to: row(&boxes, 1, 1) }]);
    assert!(routes[0].is_clear);
}

#[test]
fn a_table_meets_the_lines_that_it_comes_to_stand_on() {
    let mut boxes = two(500.0, 0.0).to_vec();
    let size = Size::new(220.0, 138.0);
    boxes.extend([Rect::at(Point::new(0.0, 900.0), size), Rect::at(Point::new(500.0, 900.0), size)]);
    let edges = [
        Ends { from: row(&boxes, 0, 1), to: row(&boxes, 1, 1) },
        Ends { from: row(&boxes, 2, 1), to: row(&boxes, 3, 1) },
    ];
    let routes = route(&boxes, &edges);
    assert!(!routes.iter().any(|it| is_met(it, &boxes)), "ends touch their own tables");
    let moved = Rect::at(Point::new(250.0, 0.0), size);
    assert_eq!(routes.iter().map(|it| is_met(it, &[moved])).collect::<Vec<_>>(), [true, false]);
}

/// Boxes in random cells of a grid, shaken: at least 30 apart.
fn any_places() -> impl Strategy<Value = (Vec<Rect>, Vec<Ends>)> {
    let cell = (any::<bool>(), 0.0..90.0_f64, 0.0..60.0_f64, 1_usize..12);
    proptest::collection::vec(cell, 1..80).prop_flat_map(|cells| {
        let boxes: Vec<Rect> = cells
            .iter()
            .enumerate()
            .filter(|it| it.1.0)
            .map(|(at, &(_, dx, dy, rows))| {
                let corner = Point::new((at % 9) as f64 * 340.0 + dx, (at / 9) as f64 * 400.0 + dy);
                Rect::at(corner, Size::new(220.0, 28.0 + 22.0 * rows as f64))
            })
            .collect();
        let count = boxes.len();
        let end = (0..count.max(1), 0_usize..12);
        proptest::collection::vec((end.clone(), end), 0..count * 2 + 1).prop_map(move |pairs| {
            let pairs = pairs.into_iter().filter(|_| count > 0);
            let ends = pairs.map(|(a, b)| Ends { from: row(&boxes, a.0, a.1), to: row(&boxes, b.0, b.1) });
            (boxes.clone(), ends.collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn edges_never_run_through_tables((boxes, edges) in any_places()) {
        let routes = check(&boxes, &edges);
        assert!(routes.iter().all(|it| it.is_clear), "there is always a way where tables are 30 apart");
    }

    #[test]
    fn arranged_tables_can_always_be_joined(
        pairs in proptest::collection::vec((0_usize..60, 0_usize..60), 0..150),
    ) {
        let node = |it: usize| Node {
            name: format!("t{it}"),
            size: Size::new(220.0, 50.0 + 22.0 * (it % 9) as f64),
            area: None,
        };
        let graph = Graph { nodes: (0..60).map(node).collect(), edges: pairs.clone() };
        let corners = arrange(&graph).corners;
        let boxes: Vec<Rect> = graph.nodes.iter().zip(corners).map(|it| Rect::at(it.1, it.0.size)).collect();
        let edges: Vec<Ends> = pairs
            .iter()
            .map(|&(a, b)| Ends { from: row(&boxes, a, b), to: row(&boxes, b, 0) })
            .collect();
        assert!(check(&boxes, &edges).iter().all(|it| it.is_clear));
    }
}

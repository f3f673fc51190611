//! What gestures come to.

use super::*;

const TASK: TableId = TableId(7);

fn press(hit: Option<Hit>) -> Press {
    Press {
        pointer: 1,
        at: Point::new(100.0, 100.0),
        hit,
        more: false,
        pans: false,
        asks: false,
        touch: false,
        pulls: false,
    }
}

fn run(
    view: Viewport,
    selected: &[TableId],
    inputs: impl IntoIterator<Item = Input>,
) -> (Gesture, Vec<Outcome>) {
    let selected = selected.iter().copied().collect();
    let mut outcomes = Vec::new();
    let mut gesture = Gesture::Idle;
    for input in inputs {
        let (next, outcome) = gesture.step(input, view, &selected);
        gesture = next;
        outcomes.extend(outcome);
    }
    (gesture, outcomes)
}

fn to(x: f64, y: f64) -> Input {
    Input::Move { pointer: 1, at: Point::new(x, y) }
}

const UP: Input = Input::Up { pointer: 1, hit: None };

#[test]
fn a_drag_previews_and_commits_once_in_canvas_units() {
    let view = Viewport { corner: Point::default(), zoom: 0.5 };
    let down = Input::Down(press(Some(Hit::Table(TASK))));
    let (gesture, outcomes) = run(view, &[], [down, to(110.0, 100.0), to(130.0, 90.0), UP]);
    assert_eq!(gesture, Gesture::Idle);
    let kept: Vec<_> = outcomes.iter().filter(|it| matches!(it, Outcome::Move { keep: true, .. })).collect();
    let expected =
        Outcome::Move { tables: BTreeSet::from([TASK]), area: None, dx: 60.0, dy: -20.0, keep: true };
    assert_eq!(kept, [&expected]);
}

#[test]
fn selected_tables_move_together() {
    let down = Input::Down(press(Some(Hit::Table(TASK))));
    let (_, outcomes) = run(Viewport::default(), &[TASK, TableId(9)], [down, to(150.0, 100.0)]);
    assert!(matches!(&outcomes[0], Outcome::Move { tables, .. } if tables.len() == 2));
}

#[test]
fn a_trembling_click_is_a_click() {
    let down = Input::Down(press(Some(Hit::Table(TASK))));
    let (_, outcomes) = run(Viewport::default(), &[], [down, to(101.0, 101.0), UP]);
    assert_eq!(outcomes, [Outcome::Clicked { hit: Some(Hit::Table(TASK)), more: false }]);
}

#[test]
fn escape_cancels_and_leaves_no_trace() {
    let down = Input::Down(press(Some(Hit::Table(TASK))));
    let (gesture, outcomes) = run(Viewport::default(), &[], [down, to(150.0, 100.0), Input::Cancel, UP]);
    assert_eq!(gesture, Gesture::Idle);
    assert_eq!(outcomes.last(), Some(&Outcome::Cancelled));
    assert!(!outcomes.iter().any(|it| matches!(it, Outcome::Move { keep: true, .. })));
}

#[test]
fn bare_canvas_pans_and_with_shift_lassoes() {
    let (_, outcomes) = run(Viewport::default(), &[], [Input::Down(press(None)), to(90.0, 100.0)]);
    assert_eq!(outcomes, [Outcome::View(Viewport { corner: Point::new(10.0, 0.0), zoom: 1.0 })]);
    let shifted = Press { more: true, ..press(None) };
    let (_, outcomes) = run(Viewport::default(), &[], [Input::Down(shifted), to(140.0, 150.0), UP]);
    assert!(
        matches!(outcomes.last(), Some(Outcome::Lasso { rect, keep: true }) if (rect.width() - 40.0).abs() < 1e-9)
    );
}

#[test]
fn a_side_of_a_row_draws_a_reference() {
    let port = Hit::Port(TASK, ColumnId(3));
    let up = Input::Up { pointer: 1, hit: Some(Hit::Table(TableId(9))) };
    let (_, outcomes) = run(Viewport::default(), &[], [Input::Down(press(Some(port))), to(200.0, 100.0), up]);
    let on = Some(Hit::Table(TableId(9)));
    assert_eq!(outcomes.last(), Some(&Outcome::Connected { table: TASK, column: ColumnId(3), on }));
}

#[test]
fn a_finger_draws_a_reference_from_the_selected_column_alone() {
    let finger = |pulls| {
        let row = Hit::Column(TASK, ColumnId(3));
        Input::Down(Press { touch: true, pulls, ..press(Some(row)) })
    };
    let on = Some(Hit::Table(TableId(9)));
    let up = || Input::Up { pointer: 1, hit: on };
    let (_, outcomes) = run(Viewport::default(), &[TASK], [finger(true), to(200.0, 100.0), up()]);
    assert_eq!(outcomes.last(), Some(&Outcome::Connected { table: TASK, column: ColumnId(3), on }));
    let (_, outcomes) = run(Viewport::default(), &[TASK], [finger(false), to(200.0, 100.0), up()]);
    assert!(matches!(outcomes.last(), Some(Outcome::Move { keep: true, .. })));
}

#[test]
fn a_finger_pans_over_a_table_and_two_zoom() {
    let finger = |pointer, x| {
        let at = Point::new(x, 100.0);
        Input::Down(Press { pointer, at, touch: true, ..press(Some(Hit::Table(TASK))) })
    };
    let (_, outcomes) = run(Viewport::default(), &[], [finger(1, 100.0), to(120.0, 100.0)]);
    assert!(matches!(outcomes[0], Outcome::View(_)));
    let apart = Input::Move { pointer: 2, at: Point::new(300.0, 100.0) };
    let (_, outcomes) = run(Viewport::default(), &[], [finger(1, 100.0), finger(2, 200.0), apart]);
    assert!(matches!(outcomes[0], Outcome::View(view) if (view.zoom - 2.0).abs() < 1e-9));
}

#[test]
fn twenty_notches_out_and_in_again_are_the_same_view() {
    let mut view = Viewport::default();
    let at = Point::new(300.0, 200.0);
    for dy in std::iter::repeat_n(100.0, 20).chain(std::iter::repeat_n(-100.0, 20)) {
        let wheel = Input::Wheel { at, dx: 0.0, dy, zoom: true };
        let (_, outcome) = Gesture::Idle.step(wheel, view, &BTreeSet::new());
        let Some(Outcome::View(next)) = outcome else { panic!("a wheel always moves the view") };
        view = next;
    }
    assert!((view.zoom - 1.0).abs() < 1e-9);
}

#[test]
fn an_area_carries_its_tables() {
    let down = Input::Down(press(Some(Hit::Area(AreaId(4)))));
    let (_, outcomes) = run(Viewport::default(), &[TASK, TableId(9)], [down, to(150.0, 100.0), UP]);
    let carried =
        |it: &Outcome| matches!(it, Outcome::Move { tables, area: Some(AreaId(4)), .. } if tables.len() == 2);
    assert!(outcomes.iter().all(carried));
}

#[test]
fn a_note_is_moved_by_its_middle_and_grows_by_its_corner() {
    for (hit, grows) in [(Hit::Note(NoteId(4)), false), (Hit::NoteCorner(NoteId(4)), true)] {
        let down = Input::Down(press(Some(hit)));
        let (_, outcomes) = run(Viewport::default(), &[], [down, to(150.0, 120.0), UP]);
        let kept = Outcome::Note { note: NoteId(4), grows, dx: 50.0, dy: 20.0, keep: true };
        assert_eq!(outcomes.last(), Some(&kept));
    }
}

#[test]
fn the_right_button_asks_where_it_is_let_go_and_pans_when_dragged() {
    let right = Input::Down(Press { asks: true, ..press(Some(Hit::Table(TASK))) });
    let (_, outcomes) = run(Viewport::default(), &[], [right, UP]);
    assert_eq!(outcomes, [Outcome::Menu { hit: Some(Hit::Table(TASK)), at: Point::new(100.0, 100.0) }]);
    let (_, outcomes) = run(Viewport::default(), &[], [right, to(150.0, 100.0), UP]);
    assert!(matches!(outcomes[..], [Outcome::View(_)]));
}

#[test]
fn a_finger_that_rests_asks_and_lifting_it_clicks_nothing() {
    let finger = Input::Down(Press { touch: true, ..press(None) });
    let (_, outcomes) = run(Viewport::default(), &[], [finger, Input::Hold, UP]);
    assert_eq!(outcomes, [Outcome::Menu { hit: None, at: Point::new(100.0, 100.0) }]);
    let (_, outcomes) = run(Viewport::default(), &[], [finger, to(150.0, 100.0), Input::Hold]);
    assert!(matches!(outcomes[..], [Outcome::View(_)]));
}

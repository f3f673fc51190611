//! Acts on the canvas that are edits of where and how things are drawn.

use super::{Act, Selected};
use crate::design::{Area, AreaId, Design, Edit, Note, NoteId, Origin, Placement, TableId};
use crate::layout::diagram::{Diagram, with_placements};
use crate::layout::{Point, Rect, aligned, distributed};

/// A new note is so large.
const NOTE: (u32, u32) = (208, 96);
/// The least width and height of a note.
const LEAST: i64 = 48;

/// What an act does to the selection. Nothing for acts that do something else than change where and how things are drawn.
pub fn edit_of(act: Act, design: &Design, selected: &Selected, diagram: &Diagram) -> Option<Edit> {
    let tables = &selected.tables;
    let placed = |change: &mut dyn FnMut(&mut Placement)| {
        with_placements(design, diagram, &mut |it| {
            if tables.contains(&it.table) {
                change(it);
            }
        })
    };
    Some(match act {
        Act::Align(side) => moved(design, selected, diagram, &|it| aligned(it, side)),
        Act::Distribute(axis) => moved(design, selected, diagram, &|it| distributed(it, axis)),
        Act::Color(color) if !tables.is_empty() => placed(&mut |it| it.color = color),
        Act::Color(color) => {
            let area = selected.area.and_then(|it| design.area(it)).cloned();
            let note = selected.note.and_then(|it| design.note(it)).cloned();
            let edit = area.map(|it| Edit::default().put(design, Area { color, ..it }));
            edit.or(note.map(|it| Edit::default().put(design, Note { color, ..it })))?
        }
        Act::Collapse(true) => placed(&mut |it| it.collapsed = true),
        Act::Collapse(false) => placed(&mut |it| it.collapsed = false),
        Act::Pin(true) => placed(&mut |it| it.pinned = true),
        Act::Pin(false) => placed(&mut |it| it.pinned = false),
        Act::Hide => placed(&mut |it| it.hidden = true),
        Act::ShowHidden => {
            let hidden = design.placements().filter(|it| it.hidden);
            let shown =
                |edit: Edit, it: &Placement| edit.put(design, Placement { hidden: false, ..it.clone() });
            hidden.fold(Edit::default(), shown)
        }
        Act::MakeArea => make_area(design, selected)?.1,
        Act::JoinArea => left(design, selected, Some(joined(design, selected)?)),
        Act::LeaveArea => left(design, selected, None),
        Act::Remove => match (selected.area, selected.note) {
            (Some(area), _) => Edit::default().remove(design, area),
            (_, Some(note)) => Edit::default().remove(design, note),
            (None, None) => return None,
        },
        _ => return None,
    })
}

/// An area of the selected tables, which leave those that they are in; nothing when none is selected.
pub fn make_area(design: &Design, selected: &Selected) -> Option<(AreaId, Edit)> {
    let tables: Vec<TableId> =
        selected.tables.iter().copied().filter(|it| design.table(*it).is_some()).collect();
    if tables.is_empty() {
        return None;
    }
    let name = |number: usize| if number == 1 { "Area".to_owned() } else { format!("Area {number}") };
    let is_free = |name: &String| !design.areas().any(|it| it.name == *name);
    let name = (1..=design.areas().len() + 1).map(name).find(is_free)?;
    let area = Area { id: design.ids().take(), name, tables, color: None, origin: Origin::Hand };
    Some((area.id, left(design, selected, Some(area))))
}

/// The one area that some of the selected tables are in, with all of them; nothing when it has them, or there is no such area.
pub fn joined(design: &Design, selected: &Selected) -> Option<Area> {
    let mut touched = design.areas().filter(|it| it.tables.iter().any(|it| selected.tables.contains(it)));
    let (area, more) = (touched.next()?, touched.next());
    let others: Vec<TableId> =
        selected.tables.iter().copied().filter(|it| !area.tables.contains(it)).collect();
    let joins = more.is_none() && !others.is_empty();
    joins.then(|| Area { tables: area.tables.iter().copied().chain(others).collect(), ..area.clone() })
}

/// The selected tables leave their areas, of which those without any table go, and enter `into`.
fn left(design: &Design, selected: &Selected, into: Option<Area>) -> Edit {
    let mut edit = Edit::default();
    let entered = into.as_ref().map(|it| it.id);
    for area in design.areas().filter(|it| Some(it.id) != entered) {
        let mut after = area.clone();
        after.tables.retain(|it| !selected.tables.contains(it));
        let is_over = after.tables.is_empty() && !area.tables.is_empty();
        edit = if is_over { edit.remove(design, area.id) } else { edit.put(design, after) };
    }
    match into {
        Some(area) => edit.put(design, area),
        None => edit,
    }
}

fn moved(
    design: &Design,
    selected: &Selected,
    diagram: &Diagram,
    corners: &dyn Fn(&[Rect]) -> Vec<Point>,
) -> Edit {
    let at: Vec<(TableId, usize)> =
        selected.tables.iter().filter_map(|it| Some((*it, diagram.index_of(*it)?))).collect();
    let boxes: Vec<Rect> = at.iter().map(|it| diagram.boxes[it.1]).collect();
    let corners = corners(&boxes);
    with_placements(design, diagram, &mut |placement| {
        let found = at.iter().zip(&corners).find(|it| it.0.0 == placement.table);
        if let Some((_, to)) = found {
            (placement.x, placement.y) = (to.x.round() as i32, to.y.round() as i32);
        }
    })
}

/// An empty note at a place.
pub fn add_note(design: &Design, at: Point) -> (NoteId, Edit) {
    let at = at.snapped();
    let id = design.ids().take();
    let note = Note { id, x: at.x as i32, y: at.y as i32, width: NOTE.0, height: NOTE.1, ..Note::default() };
    (id, Edit::adding([note]))
}

/// A note moved by so much, or made larger by it.
pub fn move_note(design: &Design, note: NoteId, grows: bool, dx: f64, dy: f64) -> Edit {
    let Some(mut note) = design.note(note).cloned() else { return Edit::default() };
    let grown = |it: u32, by: f64| (i64::from(it) + by.round() as i64).clamp(LEAST, 4000) as u32;
    if grows {
        (note.width, note.height) = (grown(note.width, dx), grown(note.height, dy));
    } else {
        note.x = note.x.saturating_add(dx.round() as i32);
        note.y = note.y.saturating_add(dy.round() as i32);
    }
    Edit::default().put(design, note)
}

/// Another name for an area.
pub fn rename_area(design: &Design, area: AreaId, name: &str) -> Edit {
    let Some(area) = design.area(area).cloned() else { return Edit::default() };
    Edit::default().put(design, Area { name: name.to_owned(), ..area })
}

/// Another text for a note; one without text goes.
pub fn write_note(design: &Design, note: NoteId, text: &str) -> Edit {
    match design.note(note).cloned() {
        Some(note) if text.trim().is_empty() => Edit::default().remove(design, note.id),
        Some(note) => Edit::default().put(design, Note { text: text.to_owned(), ..note }),
        None => Edit::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::operation;
    use crate::layout::{Axis, Side};

    /// Three tables, laid out.
    fn library() -> (Design, Selected) {
        let mut design = Design::new();
        for name in ["author", "book", "review"] {
            let (_, edit) = operation::add_table(&design, None, name);
            design.apply(&edit).expect("a new table is valid");
        }
        let tables = design.tables().map(|it| it.id).collect();
        (design, Selected { tables, ..Selected::default() })
    }

    #[track_caller]
    fn done(design: &mut Design, act: Act, selected: &Selected) {
        let before = design.clone();
        let edit = edit_of(act, design, selected, &Diagram::of(design)).expect("an edit");
        design.apply(&edit).expect("valid");
        let mut back = design.clone();
        back.apply(&edit.inverse()).expect("its inverse");
        assert_eq!(back, before, "undone");
    }

    #[test]
    fn tables_come_in_line_and_stay_apart() {
        let (mut design, selected) = library();
        done(&mut design, Act::Align(Side::Left), &selected);
        done(&mut design, Act::Distribute(Axis::Down), &selected);
        let diagram = Diagram::of(&design);
        let lefts: Vec<f64> = diagram.boxes.iter().map(|it| it.left).collect();
        assert!(lefts.windows(2).all(|it| (it[0] - it[1]).abs() < 1.0), "{lefts:?}");
        assert!(!diagram.boxes[0].overlaps(&diagram.boxes[1]));
    }

    #[test]
    fn what_is_drawn_of_tables_changes_for_those_selected_alone() {
        let (mut design, mut selected) = library();
        let first = selected.tables.pop_first().expect("three");
        for act in [Act::Color(Some(3)), Act::Collapse(true), Act::Pin(true), Act::Hide] {
            done(&mut design, act, &selected);
        }
        let of = |it| design.placement_of(it).expect("placed").clone();
        assert_eq!(of(first).color, None);
        assert!(!of(first).hidden);
        let other = of(*selected.tables.first().expect("two"));
        assert!(other.collapsed && other.pinned && other.hidden);
        done(&mut design, Act::ShowHidden, &Selected::default());
        assert!(!design.placements().any(|it| it.hidden));
    }

    #[test]
    fn an_area_takes_its_tables_from_others_and_ends_with_its_last() {
        let (mut design, mut selected) = library();
        done(&mut design, Act::MakeArea, &selected);
        let first = selected.tables.pop_first().expect("three");
        done(&mut design, Act::MakeArea, &selected);
        let areas: Vec<_> = design.areas().map(|it| (it.name.as_str(), it.tables.len())).collect();
        assert_eq!(areas, [("Area", 1), ("Area 2", 2)]);
        let alone = Selected { tables: [first].into(), ..Selected::default() };
        done(&mut design, Act::LeaveArea, &alone);
        assert_eq!(design.areas().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Area 2"]);
        selected.tables.insert(first);
        done(&mut design, Act::JoinArea, &selected);
        assert_eq!(design.areas().map(|it| it.tables.len()).collect::<Vec<_>>(), [3]);
        assert!(joined(&design, &selected).is_none(), "it has them all");
        let area = Selected { area: design.areas().next().map(|it| it.id), ..Selected::default() };
        done(&mut design, Act::Color(Some(2)), &area);
        assert_eq!(design.areas().next().and_then(|it| it.color), Some(2));
        done(&mut design, Act::Remove, &area);
        assert_eq!(design.areas().len(), 0);
    }

    #[test]
    fn notes_are_written_moved_made_larger_and_go_when_empty() {
        let mut design = Design::new();
        let (id, edit) = add_note(&design, Point::new(101.0, 7.0));
        design.apply(&edit).expect("valid");
        for edit in [
            write_note(&design, id, "Ask the warden"),
            move_note(&design, id, false, 16.0, -16.0),
            move_note(&design, id, true, -900.0, 10.0),
        ] {
            design.apply(&edit.rebased(&design)).expect("valid");
        }
        let moved = move_note(&design, id, true, -900.0, 10.0);
        design.apply(&moved).expect("valid");
        let note = design.note(id).expect("there");
        assert_eq!(note.width, 48);
        design.apply(&write_note(&design, id, " ")).expect("valid");
        assert_eq!(design.notes().len(), 0);
    }
}

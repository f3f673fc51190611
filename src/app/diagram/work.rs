//! What the canvas does to the design.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::base::capitalized;
use relata::design::{ColumnId, Design, Edit, Part, Proposal, TableId, convention, operation};
use relata::gesture::{self, Act, Pattern, Selected};
use relata::job::{AT_ONCE, Packed};
use relata::layout::diagram::{self, Diagram};
use relata::layout::{Hit, Point, Rect, Size, Style, place_group, place_near};
use relata::sql::refactor;
use wasm_bindgen_futures::JsFuture;

use super::hands::{Hands, Preview, Reached, Subject, focus};
use super::{motion, names};
use crate::app::edge::copy;

/// Room for the card of a new table, which has a name and a key.
const NEW_CARD: Size = Size::new(208.0, 96.0);

impl Hands {
    /// Does an act; what comes new comes to `at`, a point of the canvas, or to the middle of the screen.
    pub fn run(self, act: Act, at: Option<Point>) {
        let Reached { stage, selection, document, .. } = *self;
        let selected = selection.peek();
        match act {
            Act::AddTable => self.add_table(at.unwrap_or_else(|| self.middle())),
            Act::AddNote => {
                let at = at.unwrap_or_else(|| self.free_middle());
                let (note, edit) = document.peek(|design| gesture::add_note(design, at));
                if self.dispatch.send(say!("done-add-note"), edit) {
                    selection.set(Selected { note: Some(note), ..Selected::default() });
                    self.writing.set(Some(Subject::Note(note)));
                }
            }
            Act::Paste => self.paste_clipboard(at),
            Act::Copy => copy(&self.sql_of_selected(), say!("page-sql-copied"), self.messages),
            Act::Duplicate => self.duplicate(&selected.tables),
            Act::Rename => self.write(&selected),
            Act::Find => self.finding.set(true),
            Act::Label(labels) => self.labels.set(labels),
            Act::Fit => stage.fit(),
            Act::FitSelected => stage.fit_tables(&selected.tables),
            Act::LifeSize => stage.zoom_to_life_size(),
            Act::SelectAll => selection.tables(stage.all()),
            Act::SelectArea => {
                let area = selected.area;
                let tables = document.peek(|design| Some(design.area(area?)?.tables.clone()));
                selection.tables(tables.unwrap_or_default());
            }
            Act::Focus(steps) => {
                let from = stage.focus().unwrap_or(selected.tables);
                let shown = document
                    .peek(|design| (0..steps).fold(from, |shown, _| diagram::neighbourhood(design, &shown)));
                document.peek(|design| stage.focus_on(Some(shown), design));
                stage.fit();
            }
            Act::Unfocus => {
                document.peek(|design| stage.focus_on(None, design));
                stage.fit();
            }
            Act::Arrange(pattern) => self.arrange(pattern, &selected),
            Act::MakeArea => {
                let made = document.peek(|design| gesture::make_area(design, &selected));
                if let Some((area, edit)) = made
                    && self.dispatch.send(say!("done-make-area"), edit)
                {
                    selection.set(Selected { area: Some(area), ..Selected::default() });
                    self.write_next(Subject::Area(area));
                }
            }
            Act::Remove if !selected.tables.is_empty() || selected.foreign_key.is_some() => {
                self.remove(&selected);
            }
            _ => {
                let done = document.peek(|design| {
                    stage.with_scene(|it| gesture::edit_of(act, design, &selected, &it.diagram))
                });
                if let Some(edit) = done
                    && self.dispatch.send(names::done(act, &selected), edit)
                    && matches!(act, Act::Remove | Act::Hide)
                {
                    selection.clear();
                }
            }
        }
    }

    /// A place near the middle of the screen where no table stands.
    fn free_middle(self) -> Point {
        let at = self.middle();
        self.free_near(at)
    }

    /// The corner of a new card that is meant to stand at this one.
    fn free_near(self, corner: Point) -> Point {
        self.stage.with_scene(|it| place_near(&it.diagram.boxes, Rect::at(corner, NEW_CARD)))
    }

    /// A new table, its title at a point or near it, selected; its name is then written.
    fn add_table(self, at: Point) {
        let (table, edit) = self.document.peek(|design| {
            let (table, edit) = operation::add_table(design, None, "new_table");
            let places = self.stage.with_scene(|it| places_after(&it.diagram, &BTreeSet::new(), 0.0, 0.0));
            let at = self.free_near(at.moved(-110.0, 0.0).snapped());
            (table, placed_after(design, edit, places.into_iter().chain([(table, at)]).collect()))
        });
        self.stage.admit([table]);
        if self.dispatch.send(say!("done-add-table"), edit) {
            self.selection.table(table, false);
            self.write_next(Subject::Table(table));
        }
    }

    /// A second one of each table, beside the first.
    fn duplicate(self, tables: &BTreeSet<TableId>) {
        let (copies, edit) = self.document.peek(|design| {
            let (copies, edit) = refactor::copy_tables(design, tables);
            let places = self.stage.with_scene(|scene| {
                let diagram = &scene.diagram;
                let stands = |it: &TableId| Some(diagram.boxes[diagram.index_of(*it)?]);
                let group: Vec<Rect> = copies.keys().filter_map(stands).collect();
                let by = place_group(&diagram.boxes, &group);
                let new =
                    copies.iter().filter_map(|it| Some((*it.1, stands(it.0)?.corner().moved(by.x, by.y))));
                let mut places = places_after(diagram, &BTreeSet::new(), 0.0, 0.0);
                places.extend(new);
                places
            });
            (copies, placed_after(design, edit, places))
        });
        self.stage.admit(copies.values().copied());
        if self.dispatch.send(say!("done-duplicate"), edit) {
            self.selection.tables(copies.into_values());
        }
    }

    /// The selected tables as SQL.
    pub fn sql_of_selected(self) -> String {
        let tables = self.selection.peek().tables;
        self.document.peek(|design| refactor::sql_of(design, &tables))
    }

    fn paste_clipboard(self, at: Option<Point>) {
        let text = window().navigator().clipboard().read_text();
        spawn_local(async move {
            match JsFuture::from(text).await {
                Ok(text) => self.paste(text.as_string().unwrap_or_default(), at),
                Err(_) => self.messages.fail(say!("diagram-no-paste")),
            }
        });
    }

    /// The tables of an SQL text; what has none is opened as any pasted text.
    pub fn paste(self, text: String, at: Option<Point>) {
        let design = self.document.peek(Packed::of);
        spawn_local(async move {
            let opened = self.document.opened().get_untracked();
            let answer = self.worker.paste(design, text.clone()).await;
            if self.document.opened().get_untracked() != opened {
                // Another design is there now, for which it may not be meant.
                let again = Callback::new(move |()| self.paste(text.clone(), None));
                return self.messages.offer(say!("diagram-paste-late"), say!("diagram-paste-here"), again);
            }
            let Ok(proposal) = answer else { return self.opener.open_text(&text) };
            let at = at.unwrap_or_else(|| self.middle());
            let (tables, edit) = self.document.peek(|design| {
                let edit = proposal.accept_all(design).unwrap_or_default();
                let mut after = design.clone();
                // A refusal is told by the store, for the same edit.
                let _ = after.apply(&edit);
                let (tables, places) =
                    self.stage.with_scene(|it| pasted_places(&it.diagram, &after, design, at));
                (tables, edit.then(diagram::placed(&after, places)))
            });
            self.stage.admit(tables.iter().copied());
            if self.dispatch.send(say!("done-paste"), edit) {
                self.selection.tables(tables);
            }
        });
    }

    /// All tables placed anew; pinned ones stay.
    fn arrange(self, pattern: Pattern, selected: &Selected) {
        let Reached { stage, document, worker, messages, arranging, .. } = *self;
        let style = document.peek(|design| style_of(design, pattern, selected));
        arranging.update(|it| *it += 1);
        let asked = arranging.get_untracked();
        let place = move |corners: Vec<Point>| {
            let edit = document.peek(|design| {
                diagram::placed(design, diagram::cards(design).iter().map(|it| it.table).zip(corners))
            });
            let before = motion::places(stage);
            if self.dispatch.send(say!("done-arrange"), edit) {
                stage.fit();
                motion::glide(stage, before);
            }
        };
        if document.peek(|design| design.tables().len()) <= AT_ONCE {
            return place(
                document.peek(|design| diagram::arranged_as(design, &diagram::cards(design), style)),
            );
        }
        let tables = move || document.peek(|it| it.tables().map(|it| it.id).collect::<Vec<_>>());
        let (design, placed) = (document.peek(Packed::of), tables());
        let cancel = Callback::new(move |()| arranging.update(|it| *it += 1));
        let waiting = messages.wait(say!("diagram-arranging"), say!("page-cancel"), cancel);
        spawn_local(async move {
            let opened = document.opened().get_untracked();
            let answer = worker.arrange(design, style).await;
            waiting.end();
            if document.opened().get_untracked() != opened || arranging.get_untracked() != asked {
                return;
            }
            match answer {
                Ok(corners) => {
                    // Tables that came or went meanwhile make the places those of others.
                    if tables() == placed {
                        place(corners);
                    }
                }
                Err(reason) => messages.fail(say!("diagram-not-arranged", reason = reason)),
            }
        });
    }

    /// A reference from a column to what it was dropped on.
    pub fn connect(self, from: (TableId, ColumnId), on: Option<Hit>) {
        let to = match on {
            Some(Hit::Table(table)) => operation::Drawn { table, column: None },
            Some(Hit::Column(table, column) | Hit::Port(table, column)) => {
                operation::Drawn { table, column: Some(column) }
            }
            Some(Hit::Edge(_) | Hit::Area(_) | Hit::Note(_) | Hit::NoteCorner(_)) | None => return,
        };
        let from = operation::Drawn { table: from.0, column: Some(from.1) };
        if from == to {
            return;
        }
        match self.document.peek(|design| operation::connect(design, from, to)) {
            Ok((id, edit)) => {
                if self.dispatch.send(say!("done-add-reference"), edit) {
                    self.selection.foreign_key(id);
                }
            }
            Err(refused) => self.messages.fail(say!("diagram-no-reference", reason = refused.to_string())),
        }
    }

    /// Removes tables, a column or a relationship; what would go along is shown first.
    pub fn remove(self, selected: &Selected) {
        use relata::design::Record::Table;
        let (label, edit) = self.document.peek(|design| removal(design, selected));
        let edit = convention::touched(edit);
        if edit.is_empty() {
            return;
        }
        let own = |it: &TableId| selected.tables.contains(it) || selected.foreign_key.is_some();
        let others = edit.records.iter().any(|it| match (&it.before, &it.after) {
            // A column takes keys, checks and indexes of its own table along.
            (Some(Table(before)), Some(Table(after))) if selected.column.is_some() && own(&before.id) => {
                before.all_ids().len() > after.all_ids().len() + 1
            }
            (Some(Table(it)), _) => !own(&it.id),
            (Some(it), None) => it.is_schema(),
            _ => false,
        });
        if !others {
            if self.dispatch.send(label, edit) {
                let stays = if selected.column.is_some() { selected.tables.clone() } else { BTreeSet::new() };
                self.selection.tables(stays);
            }
            return;
        }
        let part = Part {
            title: say!("diagram-remove-with"),
            reason: say!("diagram-remove-why"),
            edit,
            ..Part::default()
        };
        let title = say!("diagram-remove-asked", what = capitalized(&label));
        self.review.confirm(label, Proposal { title, parts: vec![part] });
    }

    /// Opens something new for its name to be written, once it is drawn.
    fn write_next(self, subject: Subject) {
        request_animation_frame(move || {
            if let Subject::Table(table) = subject {
                self.stage.reveal(table);
            }
            self.writing.set(Some(subject));
        });
    }

    /// Opens what is selected for its text to be written in place.
    pub fn write(self, selected: &Selected) {
        let subject = match (selected.one_table(), selected.column) {
            (Some(table), Some(column)) => Some(Subject::Column(table, column)),
            (Some(table), None) => Some(Subject::Table(table)),
            (None, _) => selected.area.map(Subject::Area).or(selected.note.map(Subject::Note)),
        };
        self.preview.set(Preview::None);
        if let Some(Subject::Table(table) | Subject::Column(table, _)) = subject {
            self.stage.reveal(table);
        }
        self.writing.set(subject);
    }
}

/// Where every table stands once some have moved. All are named, so that those which the layout placed stay too.
pub fn places_after(diagram: &Diagram, moved: &BTreeSet<TableId>, dx: f64, dy: f64) -> Vec<(TableId, Point)> {
    let place = |(card, rect): (&relata::layout::card::Card, &Rect)| {
        let by = if moved.contains(&card.table) { (dx, dy) } else { (0.0, 0.0) };
        (card.table, rect.corner().moved(by.0, by.1))
    };
    diagram.cards.iter().zip(&diagram.boxes).map(place).collect()
}

/// An edit, and then places for tables that it may have made.
fn placed_after(design: &Design, edit: Edit, places: Vec<(TableId, Point)>) -> Edit {
    let mut after = design.clone();
    // A refusal is told by the store, for the same edit.
    let _ = after.apply(&edit);
    edit.then(diagram::placed(&after, places))
}

/// The tables that are in `after` alone, and where all then stand: the new ones laid out around `at`, where it is free.
fn pasted_places(
    diagram: &Diagram,
    after: &Design,
    before: &Design,
    at: Point,
) -> (Vec<TableId>, Vec<(TableId, Point)>) {
    let mut cards = diagram::cards(after);
    cards.retain(|it| before.table(it.table).is_none());
    let corners = diagram::arranged(after, &cards);
    let group: Vec<Rect> = cards
        .iter()
        .zip(corners)
        .map(|(card, corner)| Rect::at(corner.moved(at.x - 110.0, at.y - 20.0).snapped(), card.size()))
        .collect();
    let by = place_group(&diagram.boxes, &group);
    let tables: Vec<TableId> = cards.iter().map(|it| it.table).collect();
    let mut places = places_after(diagram, &BTreeSet::new(), 0.0, 0.0);
    places.extend(tables.iter().copied().zip(group.iter().map(|it| it.corner().moved(by.x, by.y))));
    (tables, places)
}

fn style_of(design: &Design, pattern: Pattern, selected: &Selected) -> Style {
    let centre = || diagram::cards(design).iter().position(|it| selected.tables.contains(&it.table));
    match pattern {
        Pattern::Related => Style::Related,
        Pattern::Areas => Style::Areas,
        Pattern::Columns => Style::Columns,
        Pattern::Grid => Style::Grid,
        Pattern::Star => centre().map_or(Style::Related, Style::Star),
    }
}

/// What removing the selection does.
fn removal(design: &Design, selected: &Selected) -> (String, Edit) {
    if let Some(id) = selected.foreign_key {
        let owner = design.foreign_keys().find(|it| it.1.id == id).map(|it| it.0.clone());
        let edit = owner.map_or_else(Edit::default, |mut table| {
            table.foreign_keys.retain(|it| it.id != id);
            Edit::default().put(design, table)
        });
        return (say!("done-remove-reference"), edit);
    }
    match (selected.column, selected.one_table()) {
        (Some(column), Some(table)) => {
            (say!("done-remove-column"), refactor::remove_column(design, table, column))
        }
        (_, Some(table)) => (say!("done-remove-table"), refactor::remove_table(design, table)),
        _ => (say!("done-remove-tables"), refactor::remove_tables(design, &selected.tables)),
    }
}

/// Puts the focus on the first thing in the inspector that can be changed.
pub fn focus_inspector() {
    focus("[data-testid=inspector] input, [data-testid=inspector] button");
}

//! Names and notes written at their place on the canvas.

use leptos::html;
use leptos::prelude::*;
use relata::design::{Design, Edit};
use relata::gesture;
use relata::layout::card::{HEADER, ROW};
use relata::layout::diagram::note_rect;
use relata::layout::{Point, Rect, Scene, Size};
use relata::sql::refactor;

use super::hands::{Hands, Subject, focus_canvas};

/// The field, when something is being written.
#[component]
pub fn InPlace() -> impl IntoView {
    let hands = Hands::from_context();
    move || hands.writing.get().map(|subject| view! { <Field subject /> })
}

#[component]
fn Field(subject: Subject) -> impl IntoView {
    let hands = Hands::from_context();
    let node = NodeRef::<html::Textarea>::new();
    let before = hands.document.peek(|design| text_of(design, subject)).unwrap_or_default();
    let is_note = matches!(subject, Subject::Note(_));
    let name = match subject {
        Subject::Table(_) => say!("diagram-table-name"),
        Subject::Column(..) => say!("diagram-column-name"),
        Subject::Area(_) => say!("diagram-area-name"),
        Subject::Note(_) => say!("diagram-note"),
    };
    let place = move || {
        let view = hands.stage.view().get();
        let rect = hands
            .document
            .peek(|design| hands.stage.with_scene(|scene| place_of(design, scene, subject)))
            .unwrap_or_default();
        let at = view.to_screen(rect.corner());
        let zoom = view.zoom.max(0.6);
        let (width, height) = (rect.width() * zoom, rect.height() * zoom);
        format!(
            "left:{}px;top:{}px;width:{width}px;height:{height}px;font-size:{}px",
            at.x,
            at.y,
            13.0 * zoom
        )
    };
    let text = before.clone();
    Effect::new(move || {
        if let Some(node) = node.get() {
            // Only what is there can be selected.
            node.set_value(&text);
            let _ = node.focus();
            node.select();
        }
    });
    let old = before;
    let close = move |text: Option<String>| {
        if hands.writing.get_untracked() != Some(subject) {
            return;
        }
        hands.writing.set(None);
        // A new note that nobody wrote on goes with the field.
        let text = text.or((is_note && old.is_empty()).then(String::new));
        if let Some(text) = text {
            let (label, edit) = hands.document.peek(|design| written(design, subject, &text));
            if !edit.is_empty() {
                hands.dispatch.send(label, edit);
            }
        }
        focus_canvas();
    };
    let on_blur = {
        let close = close.clone();
        move |_| close(node.get_untracked().map(|it| it.value()))
    };
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        event.stop_propagation();
        let is_end = event.key() == "Enter" && (!is_note || event.ctrl_key() || event.meta_key());
        if is_end || event.key() == "Tab" {
            event.prevent_default();
            close(node.get_untracked().map(|it| it.value()));
        } else if event.key() == "Escape" {
            event.prevent_default();
            close(None);
        }
    };
    view! {
        <textarea
            class="inplace"
            class:inplace--note=is_note
            data-testid="in-place"
            node_ref=node
            aria-label=name
            spellcheck=is_note.to_string()
            style=place
            on:keydown=on_keydown
            on:blur=on_blur
            on:pointerdown=move |event| event.stop_propagation()
        ></textarea>
    }
}

fn text_of(design: &Design, subject: Subject) -> Option<String> {
    Some(match subject {
        Subject::Table(it) => design.table(it)?.name.clone(),
        Subject::Column(table, it) => design.table(table)?.column(it)?.name.clone(),
        Subject::Area(it) => design.area(it)?.name.clone(),
        Subject::Note(it) => design.note(it)?.text.clone(),
    })
}

fn written(design: &Design, subject: Subject, text: &str) -> (String, Edit) {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_same = text_of(design, subject).as_deref() == Some(name.as_str());
    match subject {
        Subject::Note(it) => (say!("done-write-note"), gesture::write_note(design, it, text)),
        _ if name.is_empty() || is_same => (String::new(), Edit::default()),
        Subject::Table(it) => (say!("done-rename-table"), refactor::rename_table(design, it, &name)),
        Subject::Column(table, it) => {
            (say!("done-rename-column"), refactor::rename_column(design, table, it, &name))
        }
        Subject::Area(it) => (say!("done-rename-area"), gesture::rename_area(design, it, &name)),
    }
}

/// Where the text stands on the canvas.
fn place_of(design: &Design, scene: &Scene, subject: Subject) -> Option<Rect> {
    let diagram = &scene.diagram;
    let line = |corner: Point, width: f64, height: f64| Rect::at(corner, Size::new(width, height));
    match subject {
        Subject::Table(it) => {
            let rect = diagram.boxes.get(diagram.index_of(it)?)?;
            Some(line(rect.corner(), rect.width(), HEADER))
        }
        Subject::Column(table, column) => {
            let at = diagram.index_of(table)?;
            let (rect, card) = (diagram.boxes.get(at)?, diagram.cards.get(at)?);
            let top = card.row_middle(column) - ROW / 2.0;
            Some(line(rect.corner().moved(0.0, top), rect.width(), ROW))
        }
        Subject::Area(it) => {
            let frame = diagram.frames.iter().find(|frame| frame.area == it)?;
            Some(line(frame.rect.corner().moved(6.0, 2.0), frame.rect.width().min(260.0), HEADER))
        }
        Subject::Note(it) => Some(note_rect(design.note(it)?)),
    }
}

//! Areas and notes on the canvas.

use leptos::prelude::*;
use relata::design::{AreaId, Note};
use relata::layout::diagram::{Frame, note_rect};
use relata::layout::{Point, Rect, Size};

use super::hands::{Hands, Preview};

/// The frames of areas, below everything.
#[component]
pub fn Frames() -> impl IntoView {
    let hands = Hands::from_context();
    let key = |it: &Frame| {
        (
            it.area,
            it.title.clone(),
            it.color,
            [it.rect.left, it.rect.top, it.rect.right, it.rect.bottom].map(|it| it as i32),
        )
    };
    let class = move |area: AreaId, color: Option<u8>| {
        let is_selected = hands.selection.get().area == Some(area);
        format!("frame c{}{}", color.unwrap_or(0), if is_selected { " frame--selected" } else { "" })
    };
    let shift = move |area: AreaId| {
        hands.preview.with(|it| match it {
            Preview::Area(moved, by) if *moved == area => format!("translate({} {})", by.x, by.y),
            _ => String::new(),
        })
    };
    view! {
        <For each=move || hands.stage.frames().get() key=key let:frame>
            <g class=move || class(frame.area, frame.color) transform=move || shift(frame.area) data-testid="area" data-name=frame.title.clone()>
                <rect x=frame.rect.left y=frame.rect.top width=frame.rect.width() height=frame.rect.height() rx="12" />
                <text x=frame.rect.left + 14.0 y=frame.rect.top + 20.0>{frame.title.clone()}</text>
            </g>
        </For>
    }
}

/// Notes, above everything.
#[component]
pub fn Notes() -> impl IntoView {
    let document = Hands::from_context().document;
    let notes = Memo::new(move |_| document.with(|it| it.notes().cloned().collect::<Vec<_>>()));
    move || notes.get().into_iter().map(|note| view! { <OneNote note /> }).collect_view()
}

#[component]
fn OneNote(note: Note) -> impl IntoView {
    let hands = Hands::from_context();
    let (id, color) = (note.id, note.color.unwrap_or(0));
    let paper = note_rect(&note);
    let rect = Memo::new(move |_| {
        let rect = paper;
        hands.preview.with(|it| match it {
            Preview::Note(moved, false, by) if *moved == id => rect.moved(by.x, by.y),
            Preview::Note(moved, true, by) if *moved == id => grown(rect, *by),
            _ => rect,
        })
    });
    let is_selected = Memo::new(move |_| hands.selection.get().note == Some(id));
    let class = move || {
        let selected = if is_selected.get() { " note--selected" } else { "" };
        format!("note c{color}{selected}")
    };
    let corner = move || rect.with(|it| format!("M{} {}h10l-10 10z", it.right - 10.0, it.bottom - 10.0));
    view! {
        <g class=class data-testid="note" role="note">
            <rect x=move || rect.get().left y=move || rect.get().top width=move || rect.get().width() height=move || rect.get().height() rx="4" />
            <foreignObject x=move || rect.get().left y=move || rect.get().top width=move || rect.get().width() height=move || rect.get().height()>
                <div class="note__text">{note.text.clone()}</div>
            </foreignObject>
            <path d=corner />
        </g>
    }
}

fn grown(rect: Rect, by: Point) -> Rect {
    let size = Size::new((rect.width() + by.x).max(48.0), (rect.height() + by.y).max(48.0));
    Rect::at(rect.corner(), size)
}

//! The canvas: pointers, wheel and keys become inputs of the gesture machine; its outcomes become views and edits.

use std::time::Duration;

use leptos::ev;
use leptos::html::Div;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use relata::gesture::{Gesture, Input, Outcome, Pane, Press, Selected, move_note};
use relata::layout::notation::line_path;
use relata::layout::{Hit, Point, Size, diagram};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::card::TableCard;
use super::far::FarNames;
use super::hands::{Hands, Preview, Reached};
use super::inplace::InPlace;
use super::keys::on_key;
use super::labels::Labels;
use super::lines::Relationship;
use super::menu::Menu;
use super::notes::{Frames, Notes};
use super::paced::paced;
use super::selection::Selection;
use super::spotlight::Spotlight;
use super::stage::Stage;
use super::view::matrix;
use super::ways::Way;
use super::work;

/// How close to a line a pointer may be to mean it, in screen pixels.
const REACH: f64 = 6.0;

/// A finger that rests so long asks for the menu.
const HOLD: Duration = Duration::from_millis(500);

/// From this zoom on tables that are moved snap to their neighbours; further out nobody sees to what.
const SNAPS_FROM: f64 = 0.25;

/// The drawing with its gestures.
#[component]
pub fn Canvas() -> impl IntoView {
    let hands = Hands::from_context();
    let Reached { stage, selection, .. } = *hands;
    let node = NodeRef::<Div>::new();
    let gesture = StoredValue::new(Gesture::default());
    let (is_space_down, is_free) = (StoredValue::new(false), StoredValue::new(false));
    let holding = StoredValue::new(None::<TimeoutHandle>);
    let pane = stage.pane();
    watch_size(node, stage);
    announce(hands);

    let act = move |input: Input| {
        // Nothing is left of these once the canvas is gone.
        let Some(before) = gesture.try_update_value(std::mem::take) else { return };
        let area = match &before {
            Gesture::Pressing(Press { hit: Some(Hit::Area(area)), .. }) => Some(*area),
            _ => None,
        };
        let carried = area.and_then(|it| hands.document.peek(|design| Some(design.area(it)?.tables.clone())));
        let selected = carried.map_or_else(|| selection.peek().tables, |it| it.into_iter().collect());
        let (next, outcome) = before.step(input, stage.view().get_untracked(), &selected);
        gesture.set_value(next);
        if let Some(outcome) = outcome {
            settle(outcome, hands, is_free.get_value());
        }
    };
    let point = move |event: &ev::MouseEvent| {
        let corner = node.try_get_untracked().flatten().map(|it| it.get_bounding_client_rect());
        let (left, top) = corner.map_or((0.0, 0.0), |it| (it.left(), it.top()));
        Point::new(f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    };
    let hit_at = move |at: Point| {
        let view = stage.view().get_untracked();
        stage.with_scene(|it| it.hit(view.to_canvas(at), REACH / view.zoom))
    };
    let on_down = move |event: ev::PointerEvent| {
        if let Some(node) = node.get_untracked() {
            // A pointer that is already gone cannot be captured; then there is nothing to follow either.
            let _ = node.set_pointer_capture(event.pointer_id());
            let _ = node.focus();
        }
        hands.hovered.set(None);
        let at = point(&event);
        let more = event.shift_key() || event.ctrl_key() || event.meta_key();
        let hit = hit_at(at);
        let column = selection.peek().column;
        act(Input::Down(Press {
            pointer: event.pointer_id(),
            at,
            hit,
            more,
            pans: event.button() == 1 || is_space_down.get_value(),
            asks: event.button() == 2,
            touch: event.pointer_type() == "touch",
            pulls: column.is_some() && Selected::at(hit).column == column,
        }));
        if event.pointer_type() == "touch" {
            let hold = set_timeout_with_handle(move || act(Input::Hold), HOLD).ok();
            holding.set_value(hold);
        }
    };
    let let_go = move || {
        if let Some(hold) = holding.try_update_value(Option::take).flatten() {
            hold.clear();
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        if gesture.with_value(|it| *it != Gesture::Idle) {
            is_free.set_value(event.alt_key());
            act(Input::Move { pointer: event.pointer_id(), at: point(&event) });
        } else if event.pointer_type() == "mouse" && !pane.get_untracked().is_moving() {
            let edge = match hit_at(point(&event)) {
                Some(Hit::Edge(id)) => Some(id),
                _ => None,
            };
            if hands.hovered.get_untracked() != edge {
                hands.hovered.set(edge);
            }
        }
    };
    let on_up = move |event: ev::PointerEvent| {
        let_go();
        act(Input::Up { pointer: event.pointer_id(), hit: hit_at(point(&event)) });
    };
    let on_wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        let lines = if event.delta_mode() == ev::WheelEvent::DOM_DELTA_LINE { 16.0 } else { 1.0 };
        let (mut dx, mut dy) = (event.delta_x() * lines, event.delta_y() * lines);
        let zoom = event.ctrl_key() || event.meta_key();
        if event.shift_key() && !zoom {
            std::mem::swap(&mut dx, &mut dy);
        }
        act(Input::Wheel { at: point(&event), dx, dy, zoom });
    };
    listen_to_wheel(node, on_wheel);
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.key() == " " {
            is_space_down.set_value(true);
            event.prevent_default();
        } else if event.key() == "Escape" && gesture.with_value(|it| *it != Gesture::Idle) {
            act(Input::Cancel);
        } else {
            on_key(&event, hands);
        }
    };
    let on_double = move |event: ev::MouseEvent| {
        let hit = hit_at(point(&event));
        match hit {
            Some(Hit::Edge(_)) => {}
            None => hands.run(
                relata::gesture::Act::AddTable,
                Some(stage.view().get_untracked().to_canvas(point(&event))),
            ),
            _ => hands.write(&Selected::at(hit)),
        }
    };
    let on_copy = move |event: ev::ClipboardEvent| {
        let sql = hands.sql_of_selected();
        if let Some(clipboard) = event.clipboard_data().filter(|_| !sql.is_empty()) {
            // A clipboard that takes no text stays as it is.
            let _ = clipboard.set_data("text/plain", &sql);
            event.prevent_default();
        }
    };
    let on_paste = move |event: ev::ClipboardEvent| {
        let Some(clipboard) = event.clipboard_data() else { return };
        let text = clipboard.get_data("text/plain").unwrap_or_default();
        if clipboard.files().is_none_or(|it| it.length() == 0) && !text.trim().is_empty() {
            event.prevent_default();
            event.stop_propagation();
            hands.paste(text, None);
        }
    };
    let on_keyup = move |event: ev::KeyboardEvent| {
        if event.key() == " " {
            is_space_down.set_value(false);
        }
    };
    view! {
        <div
            class="canvas"
            node_ref=node
            data-testid="canvas"
            tabindex="0"
            role="application"
            aria-label=say!("diagram-canvas")
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=move |_| {
                let_go();
                act(Input::Cancel);
            }
            on:pointerleave=move |_| hands.hovered.set(None)
            on:dblclick=on_double
            on:copy=on_copy
            on:paste=on_paste
            on:keydown=on_keydown
            on:keyup=on_keyup
            on:contextmenu=move |event| event.prevent_default()
        >
            <Drawing pane />
            <Spotlight />
            <p class="only-heard" aria-live="polite" data-testid="said">{move || hands.said.get()}</p>
        </div>
        <InPlace />
        <Menu />
    }
}

#[component]
fn Drawing(pane: Memo<Pane>) -> impl IntoView {
    let Reached { stage, preview, .. } = *Hands::from_context();
    let shown = paced(stage, pane);
    let is_moving = Memo::new(move |_| pane.get().is_moving());
    let painted = Memo::new(move |_| pane.get().painted());
    let shift = move || {
        let (by, scale) = pane.with(|it| (it.shift(), it.scale()));
        is_moving.get().then(|| format!("matrix({scale},0,0,{scale},{},{})", by.x, by.y))
    };
    // Around the SVG, not on or within it: a change of its own scale lays all its texts out anew, 8 ms a step.
    view! {
        <div class="pane" class:pane--moving=is_moving style:transform=shift>
        <div class="drawing" class:drawing--gliding=stage.gliding() style:transform=move || painted.with(matrix)>
        <svg>
            <Frames />
            <For each=move || shown.with(|it| it.lines.clone()) key=|it| *it let:line>
                <Relationship foreign_key=line.0 detail=line.1 />
            </For>
            <HubLines />
            <For each=move || shown.with(|it| it.tables.clone()) key=|it| *it let:card>
                <TableCard table=card.0 detail=card.1 />
            </For>
            <Labels shown />
            <Notes />
            <FarNames painted />
            {move || preview.with(drawn)}
        </svg>
        </div>
        </div>
    }
}

/// What is drawn only while a pointer is down.
fn drawn(preview: &Preview) -> AnyView {
    match preview {
        Preview::None | Preview::Area(..) | Preview::Note(..) => ().into_any(),
        Preview::Lasso(rect) => view! {
            <rect class="lasso" x=rect.left y=rect.top width=rect.width() height=rect.height() />
        }
        .into_any(),
        Preview::Guides(lines) => {
            let path: String = lines.iter().map(|it| line_path(it)).collect();
            view! { <path class="guide" data-testid="guide" d=path /> }.into_any()
        }
        Preview::Reference(from, to, on) => {
            let target = on.map(|it| {
                view! { <rect class="edge__draft" x=it.left y=it.top width=it.width() height=it.height() rx="6" /> }
            });
            view! { {target}<path class="edge__draft" d=line_path(&[*from, *to]) /> }.into_any()
        }
    }
}

/// The lines that are tags at rest, for the selected tables.
#[component]
fn HubLines() -> impl IntoView {
    let stage = Stage::from_context();
    let selection = Selection::from_context();
    let lines = RwSignal::new(Vec::<Way>::new());
    Effect::new(move || {
        stage.track();
        let tables = selection.get().tables;
        let asked = tables.clone();
        let then = move |ways| {
            if selection.peek().tables == asked {
                lines.try_set(ways);
            }
        };
        let elbows = stage.tag_lines(&tables, then);
        // Lines that are there already stay until their next ways are known.
        let are_others = |it: &Vec<Way>| !it.iter().map(|it| it.0).eq(elbows.iter().map(|it| it.0));
        if lines.with_untracked(are_others) {
            lines.set(elbows);
        }
    });
    let key = |it: &Way| (it.0, line_path(&it.1));
    view! {
        <For each=move || lines.get() key=key let:line>
            <path class="edge__line edge__line--hub" d=line_path(&line.1) />
        </For>
    }
}

/// Does what a gesture comes to; `is_free` when moved tables shall not snap.
fn settle(outcome: Outcome, hands: Hands, is_free: bool) {
    let Reached { stage, selection, document, dispatch, preview, .. } = *hands;
    match outcome {
        Outcome::View(view) => {
            stage.view().set(view);
            if hands.hovered.with_untracked(Option::is_some) {
                hands.hovered.set(None);
            }
        }
        Outcome::Clicked { hit, more } => match hit.and_then(Hit::table) {
            Some(table) if more => selection.table(table, true),
            _ => selection.set(Selected::at(hit)),
        },
        Outcome::Menu { hit, at } => {
            let is_selected = hit.and_then(Hit::table).is_some_and(|it| selection.holds(it));
            let (now, asked) = (selection.peek(), Selected::at(hit));
            if !is_selected || now.tables.len() == 1 && now.column != asked.column {
                selection.set(asked);
            }
            hands.ask(at);
        }
        Outcome::Move { tables, area, dx, dy, keep } => {
            let zoom = stage.view().with_untracked(|it| it.zoom);
            let (mut dx, mut dy, mut guides) = (dx, dy, Vec::new());
            if !is_free && zoom >= SNAPS_FROM {
                let snapped = stage.with_scene(|it| it.snapped(&tables, dx, dy, REACH / zoom));
                (dx, dy, guides) = (snapped.dx, snapped.dy, snapped.guides);
            }
            stage.preview_move(&tables, dx, dy);
            preview.set(match area {
                _ if keep => Preview::None,
                Some(area) => Preview::Area(area, Point::new(dx, dy)),
                None => Preview::Guides(guides),
            });
            if keep {
                let edit = document.peek(|design| {
                    let places =
                        stage.with_scene(|scene| work::places_after(&scene.diagram, &tables, dx, dy));
                    diagram::placed(design, places)
                });
                let label =
                    if tables.len() == 1 { say!("done-move-table") } else { say!("done-move-tables") };
                if !dispatch.send(label, edit) {
                    document.peek(|design| stage.show(design, &document.take_touched()));
                }
            }
        }
        Outcome::Note { note, grows, dx, dy, keep } => {
            preview.set(if keep { Preview::None } else { Preview::Note(note, grows, Point::new(dx, dy)) });
            if keep {
                let label = if grows { say!("done-resize-note") } else { say!("done-move-note") };
                dispatch.send(label, document.peek(|design| move_note(design, note, grows, dx, dy)));
            }
        }
        Outcome::Lasso { rect, keep } => {
            preview.set(if keep { Preview::None } else { Preview::Lasso(rect) });
            selection.tables(stage.with_scene(|scene| scene.tables_in(&rect)));
        }
        Outcome::Connecting { table, column, to } => {
            let from = stage.standing(table).map(|it| {
                it.with_untracked(|it| {
                    let side = if to.x < it.corner.x { 0.0 } else { it.card.size().width };
                    it.corner.moved(side, it.card.row_middle(column))
                })
            });
            let on = stage.with_scene(|scene| {
                let table = scene.hit(to, 0.0)?.table()?;
                scene.diagram.boxes.get(scene.diagram.index_of(table)?).copied()
            });
            preview.set(from.map_or(Preview::None, |from| Preview::Reference(from, to, on)));
        }
        Outcome::Connected { table, column, on } => {
            preview.set(Preview::None);
            hands.connect((table, column), on);
        }
        Outcome::Cancelled => {
            preview.set(Preview::None);
            document.peek(|design| stage.show(design, &document.take_touched()));
        }
    }
}

/// Says what was done, and what was taken back, to those who do not see it.
fn announce(hands: Hands) {
    let document = hands.document;
    Effect::new(move |before: Option<Option<String>>| {
        let (done, undone) = (document.undo_label(), document.redo_label());
        if before.is_some_and(|it| it != done) {
            let undone = undone.map(|it| say!("diagram-undone", what = it));
            hands
                .said
                .set(undone.or(done.clone().map(|it| say!("diagram-done", what = it))).unwrap_or_default());
        }
        done
    });
}

/// The page must not scroll or zoom with the canvas, so this listener is not passive.
fn listen_to_wheel(node: NodeRef<Div>, on_wheel: impl Fn(ev::WheelEvent) + Clone + 'static) {
    Effect::new(move || {
        let Some(node) = node.get() else { return };
        let listener = Closure::<dyn FnMut(ev::WheelEvent)>::new(on_wheel.clone());
        let options = web_sys::AddEventListenerOptions::new();
        options.set_passive(false);
        let function = listener.as_ref().unchecked_ref();
        let added =
            node.add_event_listener_with_callback_and_add_event_listener_options("wheel", function, &options);
        if added.is_ok() {
            // Called by this element alone, so it may outlive the component: dropped with it, a late event would
            // call what is not there.
            listener.forget();
        }
    });
}

/// Keeps the stage's idea of the screen's size true.
fn watch_size(node: NodeRef<Div>, stage: Stage) {
    Effect::new(move || {
        let Some(node) = node.get() else { return };
        let measure = {
            let node = node.clone();
            move || {
                let size = Size::new(f64::from(node.client_width()), f64::from(node.client_height()));
                if size.width > 0.0 {
                    stage.resize(size);
                }
            }
        };
        measure();
        let on_resize = Closure::<dyn FnMut()>::new(measure);
        if let Ok(observer) = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            observer.observe(&node);
            // The observer ends with the element, and calls once more as the element goes.
            on_resize.forget();
        }
    });
}

//! The canvas: pointers, wheel and keys become inputs of the gesture machine; its outcomes become views and edits.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::ev;
use leptos::html::Div;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use relata::design::{ForeignKeyId, TableId};
use relata::gesture::{Gesture, Input, Outcome, Press, Shown};
use relata::layout::card::Detail;
use relata::layout::notation::line_path;
use relata::layout::{Hit, Point, Rect, Size, diagram};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::card::TableCard;
use super::keys::on_key;
use super::lines::Relationship;
use super::selection::Selection;
use super::stage::{InView, Stage};
use super::work;
use crate::app::messages::Messages;
use crate::app::store::{Dispatch, Document};

/// How close to a line a pointer may be to mean it, in screen pixels.
const REACH: f64 = 6.0;

/// What is shown only while a pointer is down.
#[derive(Clone, Debug, Default, PartialEq)]
enum Preview {
    #[default]
    None,
    Lasso(Rect),
    Reference(Point, Point),
}

/// What gestures act on, taken while the component is built: a listener of the browser's own has no context to ask.
#[derive(Clone, Copy)]
struct Hands {
    stage: Stage,
    selection: Selection,
    document: Document,
    dispatch: Dispatch,
    messages: Messages,
}

/// The drawing with its gestures.
#[component]
pub fn Canvas() -> impl IntoView {
    let stage = Stage::from_context();
    let selection = Selection::from_context();
    let node = NodeRef::<Div>::new();
    let gesture = StoredValue::new(Gesture::default());
    let preview = RwSignal::new(Preview::default());
    let is_space_down = StoredValue::new(false);
    watch_size(node, stage);
    let hands = Hands {
        stage,
        selection,
        document: Document::from_context(),
        dispatch: Dispatch::from_context(),
        messages: Messages::from_context(),
    };

    let act = move |input: Input| {
        let selected = selection.peek().tables;
        let before = gesture.try_update_value(std::mem::take).unwrap_or_default();
        let (next, outcome) = before.step(input, stage.view().get_untracked(), &selected);
        gesture.set_value(next);
        if let Some(outcome) = outcome {
            settle(outcome, hands, preview);
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
        let at = point(&event);
        let more = event.shift_key() || event.ctrl_key() || event.meta_key();
        act(Input::Down(Press {
            pointer: event.pointer_id(),
            at,
            hit: hit_at(at),
            more,
            pans: event.button() != 0 || is_space_down.get_value(),
            touch: event.pointer_type() == "touch",
        }));
    };
    let on_move = move |event: ev::PointerEvent| {
        if gesture.with_value(|it| *it != Gesture::Idle) {
            act(Input::Move { pointer: event.pointer_id(), at: point(&event) });
        }
    };
    let on_up = move |event: ev::PointerEvent| {
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
    let document = Document::from_context();
    let dispatch = Dispatch::from_context();
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.key() == " " {
            is_space_down.set_value(true);
            event.prevent_default();
        } else if event.key() == "Escape" && gesture.with_value(|it| *it != Gesture::Idle) {
            act(Input::Cancel);
        } else {
            on_key(&event, stage, selection, document, dispatch);
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
            aria-label="Diagram. Arrow keys go from table to table, Enter opens the inspector, F fits everything."
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=move |_| act(Input::Cancel)
            on:keydown=on_keydown
            on:keyup=on_keyup
            on:contextmenu=move |event| event.prevent_default()
        >
            <Drawing preview=preview />
        </div>
    }
}

/// How long the level of detail must hold before what is drawn follows: in the middle of a zoom it does not.
const HOLDS: Duration = Duration::from_millis(140);

/// What is in view, drawn a frame's worth at a time.
fn paced(in_view: Memo<InView>, level: Memo<Detail>) -> RwSignal<Shown> {
    let shown = RwSignal::new(Shown::default());
    let is_stepping = StoredValue::new(false);
    let detail = RwSignal::new(level.get_untracked());
    Effect::new(move |waits: Option<Option<TimeoutHandle>>| {
        let now = level.get();
        if let Some(waits) = waits.flatten() {
            waits.clear();
        }
        // With nothing drawn there is nothing to spare.
        if shown.with_untracked(|it| it.tables.is_empty()) {
            detail.set(now);
            return None;
        }
        let follow = move || {
            detail.try_set(now);
        };
        set_timeout_with_handle(follow, HOLDS).ok()
    });
    Effect::new(move || {
        in_view.track();
        detail.track();
        if !is_stepping.get_value() {
            step_on(shown, is_stepping, in_view, (detail, level));
        }
    });
    shown
}

fn step_on(
    shown: RwSignal<Shown>,
    is_stepping: StoredValue<bool>,
    in_view: Memo<InView>,
    (detail, level): (RwSignal<Detail>, Memo<Detail>),
) {
    // Nothing is left of these once the canvas is gone.
    let levels = detail.try_get_untracked().zip(level.try_get_untracked());
    let Some((wanted, (held, passing))) = in_view.try_get_untracked().zip(levels) else { return };
    let waits = shown.try_update(|it| it.step(&wanted.tables, &wanted.lines, held, passing)).unwrap_or(false);
    is_stepping.try_set_value(waits);
    if waits {
        request_animation_frame(move || step_on(shown, is_stepping, in_view, (detail, level)));
    }
}

#[component]
fn Drawing(preview: RwSignal<Preview>) -> impl IntoView {
    let stage = Stage::from_context();
    let (view, detail) = (stage.view(), stage.detail());
    let shown = paced(stage.in_view(), detail);
    // On the element, not within it: a change of scale within an SVG lays all its texts out anew, 8 ms a step.
    let transform = move || {
        view.with(|it| {
            let (x, y) = (-it.corner.x * it.zoom, -it.corner.y * it.zoom);
            format!("matrix({},0,0,{},{x},{y})", it.zoom, it.zoom)
        })
    };
    view! {
        <svg class="drawing" style:transform=transform>
            <Frames />
            <For each=move || shown.with(|it| it.lines.clone()) key=|it| *it let:line>
                <Relationship foreign_key=line.0 detail=line.1 />
            </For>
            <HubLines />
            <For each=move || shown.with(|it| it.tables.clone()) key=|it| *it let:card>
                <TableCard table=card.0 detail=card.1 />
            </For>
            {move || match preview.get() {
                Preview::None => ().into_any(),
                Preview::Lasso(rect) => view! {
                    <rect class="lasso" x=rect.left y=rect.top width=rect.width() height=rect.height() />
                }.into_any(),
                Preview::Reference(from, to) => view! {
                    <path class="edge__draft" d=line_path(&[from, to]) />
                }.into_any(),
            }}
        </svg>
    }
}

#[component]
fn Frames() -> impl IntoView {
    let frames = Stage::from_context().frames();
    view! {
        <For each=move || frames.get() key=|it| (it.area, it.title.clone(), it.rect.left as i32, it.rect.top as i32, it.rect.right as i32, it.rect.bottom as i32) let:frame>
            <g class="frame">
                <rect x=frame.rect.left y=frame.rect.top width=frame.rect.width() height=frame.rect.height() rx="12" />
                <text x=frame.rect.left + 14.0 y=frame.rect.top + 20.0>{frame.title.clone()}</text>
            </g>
        </For>
    }
}

/// The lines that are tags at rest, for the selected tables.
#[component]
fn HubLines() -> impl IntoView {
    let stage = Stage::from_context();
    let selection = Selection::from_context();
    let lines = Memo::new(move |_| {
        let tables: BTreeSet<TableId> = selection.get().tables;
        if tables.is_empty() { Vec::new() } else { stage.tag_lines(&tables) }
    });
    let key = |it: &(ForeignKeyId, Vec<Point>)| (it.0, line_path(&it.1));
    view! {
        <For each=move || lines.get() key=key let:line>
            <path class="edge__line edge__line--hub" d=line_path(&line.1) />
        </For>
    }
}

fn settle(outcome: Outcome, hands: Hands, preview: RwSignal<Preview>) {
    let Hands { stage, selection, document, dispatch, messages } = hands;
    match outcome {
        Outcome::View(view) => stage.view().set(view),
        Outcome::Clicked { hit, more } => match hit {
            Some(Hit::Column(table, column) | Hit::Port(table, column)) if !more => {
                selection.column(table, column);
            }
            Some(Hit::Table(table) | Hit::Column(table, _) | Hit::Port(table, _)) => {
                selection.table(table, more);
            }
            Some(Hit::Edge(id)) => selection.foreign_key(id),
            Some(Hit::Area(_) | Hit::Note(_) | Hit::NoteCorner(_)) | None => selection.clear(),
        },
        Outcome::Move { tables, dx, dy, keep } => {
            stage.preview_move(&tables, dx, dy);
            if keep {
                let edit = document.peek(|design| {
                    let places =
                        stage.with_scene(|scene| work::places_after(&scene.diagram, &tables, dx, dy));
                    diagram::placed(design, places)
                });
                let label = if tables.len() == 1 { "move a table" } else { "move tables" };
                if !dispatch.send(label, edit) {
                    document.peek(|design| stage.show(design, &document.take_touched()));
                }
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
            preview.set(from.map_or(Preview::None, |from| Preview::Reference(from, to)));
        }
        Outcome::Connected { table, column, on } => {
            preview.set(Preview::None);
            work::connect(document, dispatch, messages, selection, (table, column), on);
        }
        Outcome::Cancelled => {
            preview.set(Preview::None);
            document.peek(|design| stage.show(design, &document.take_touched()));
        }
    }
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

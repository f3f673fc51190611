//! The menu of the canvas: what can be done with what is below the pointer.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use relata::gesture::Act;
use relata::layout::{Axis, Side};
use wasm_bindgen::JsCast as _;

use super::hands::{Hands, Open, focus, focus_canvas};
use super::names::title;

/// The menu, when it is open.
#[component]
pub fn Menu() -> impl IntoView {
    let hands = Hands::from_context();
    move || hands.menu.get().map(|open| view! { <OpenMenu open /> })
}

#[component]
fn OpenMenu(open: Open) -> impl IntoView {
    let hands = Hands::from_context();
    let node = NodeRef::<Div>::new();
    let Open { at, acts } = open;
    let place = hands.stage.view().get_untracked().to_canvas(at);
    let close = move || {
        hands.menu.set(None);
        focus_canvas();
    };
    Effect::new(move || {
        if let Some(node) = node.get() {
            let screen = hands.stage.screen().get_untracked();
            let left = at.x.min(screen.width - f64::from(node.offset_width()) - 8.0).max(8.0);
            let top = at.y.min(screen.height - f64::from(node.offset_height()) - 8.0).max(8.0);
            // Where it cannot be placed it stands in the corner.
            let _ = node.set_attribute("style", &format!("left:{left}px;top:{top}px"));
            focus("[role=menu] button");
        }
    });
    let on_keydown = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" | "Tab" => close(),
            "ArrowDown" | "ArrowRight" => step(&node, 1),
            "ArrowUp" | "ArrowLeft" => step(&node, -1),
            _ => return,
        }
        event.prevent_default();
    };
    let before = StoredValue::new(None);
    let item = move |act: Act| {
        let on_click = move |_| {
            close();
            hands.run(act, Some(place));
        };
        let face = match act {
            Act::Align(_) | Act::Distribute(_) => {
                view! { <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d=shape(act) /></svg> }
                    .into_any()
            }
            Act::Color(color) => {
                view! { <span class=format!("swatch c{}", color.unwrap_or(0))></span> }.into_any()
            }
            _ => view! { <span>{title(act)}</span><kbd>{act.keys()}</kbd> }.into_any(),
        };
        let begins = before.get_value().is_some_and(|it| it != act.group());
        before.set_value(Some(act.group()));
        let is_small = matches!(act, Act::Align(_) | Act::Distribute(_) | Act::Color(_));
        view! {
            {begins.then(|| view! { <hr class="menu__part" /> })}
            <button
                role="menuitem"
                tabindex="-1"
                class=if is_small { "menu__sign" } else { "menu__line" }
                title=is_small.then(|| title(act))
                aria-label=is_small.then(|| title(act))
                on:click=on_click
            >
                {face}
            </button>
        }
    };
    view! {
        <div class="menu__veil" on:pointerdown=move |_| close() on:contextmenu=move |event| event.prevent_default()></div>
        <div
            class="menu"
            role="menu"
            aria-label=say!("diagram-menu")
            data-testid="menu"
            node_ref=node
            on:keydown=on_keydown
        >
            {acts.into_iter().map(item).collect_view()}
        </div>
    }
}

/// Goes to the next item, or to the one before.
fn step(node: &NodeRef<Div>, by: i32) {
    let Some(items) = node.get_untracked().and_then(|it| it.query_selector_all("button").ok()) else {
        return;
    };
    let now = leptos::prelude::document().active_element();
    let count = items.length() as i32;
    let at = (0..count)
        .find(|it| items.item(*it as u32).is_some_and(|it| it.is_same_node(now.as_deref())))
        .unwrap_or(0);
    let next = items.item((at + by).rem_euclid(count.max(1)) as u32);
    if let Some(next) = next.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = next.focus();
    }
}

/// Bars along a line, as path data.
fn shape(act: Act) -> &'static str {
    match act {
        Act::Align(Side::Left) => "M2 1v16M4 5h11M4 12h7",
        Act::Align(Side::Centre) => "M9 1v16M3 5h12M5 12h8",
        Act::Align(Side::Right) => "M16 1v16M3 5h11M7 12h7",
        Act::Align(Side::Top) => "M1 2h16M5 4v11M12 4v7",
        Act::Align(Side::Middle) => "M1 9h16M5 3v12M12 5v8",
        Act::Align(Side::Bottom) => "M1 16h16M5 3v11M12 7v7",
        Act::Distribute(Axis::Across) => "M2 1v16M16 1v16M9 4v10",
        Act::Distribute(Axis::Down) => "M1 2h16M1 16h16M4 9h10",
        _ => "",
    }
}

//! The tools above the canvas.

use leptos::prelude::*;
use relata::gesture::{Act, Pattern};
use relata::layout::Point;

use super::hands::Hands;
use crate::app::shell::Marked;
use crate::app::sql::SqlText;

/// What can be done with the canvas as a whole.
#[component]
pub fn Tools() -> impl IntoView {
    let hands = Hands::from_context();
    let stage = hands.stage;
    let beside = SqlText::from_context().is_beside();
    let marked = Marked::from_context();
    let zoom = move || format!("{} %", (stage.view().with(|it| it.zoom) * 100.0).round());
    view! {
        <div class="tools" role="toolbar" aria-label=say!("step-diagram")>
            <button
                class="button button--quiet"
                data-testid="add-table"
                aria-keyshortcuts="N"
                on:click=move |_| hands.run(Act::AddTable, None)
            >
                {say!("diagram-add-table")}
            </button>
            <button
                class="button button--quiet"
                data-testid="arrange"
                title=say!("diagram-arrange-about")
                on:click=move |_| hands.run(Act::Arrange(Pattern::Related), None)
            >
                {say!("diagram-arrange")}
            </button>
            <button
                class="button button--quiet tools__beside"
                data-testid="beside"
                title=say!("diagram-beside")
                aria-pressed=move || beside.get().to_string()
                on:click=move |_| beside.update(|it| *it = !*it)
            >
                "SQL"
            </button>
            <button
                class="button button--quiet"
                data-testid="more"
                aria-haspopup="menu"
                title=say!("diagram-more-about")
                on:click=move |_| hands.ask(Point::new(stage.screen().get_untracked().width / 2.0 - 130.0, 52.0))
            >
                {say!("diagram-more")}
            </button>
            <Show when=move || marked.count() != 0>
                <button
                    class="button button--quiet"
                    data-testid="unmark"
                    on:click=move |_| marked.set(std::collections::BTreeMap::new())
                >
                    {move || say!("diagram-marked", count = marked.count())}
                </button>
            </Show>
            <span class="tools__gap" role="separator"></span>
            <button
                class="button button--quiet button--icon"
                aria-label=say!("diagram-zoom-out")
                aria-keyshortcuts="-"
                on:click=move |_| stage.zoom_by(1.0 / 1.2)
            >
                "−"
            </button>
            <button
                class="button button--quiet tools__zoom"
                data-testid="zoom-100"
                title=say!("diagram-life-size")
                aria-label=move || say!("diagram-zoom", zoom = zoom())
                aria-keyshortcuts="0"
                on:click=move |_| stage.zoom_to_life_size()
            >
                {zoom}
            </button>
            <button
                class="button button--quiet button--icon"
                aria-label=say!("diagram-zoom-in")
                aria-keyshortcuts="+"
                on:click=move |_| stage.zoom_by(1.2)
            >
                "+"
            </button>
            <button
                class="button button--quiet"
                data-testid="fit"
                title=say!("act-fit")
                aria-keyshortcuts="F"
                on:click=move |_| stage.fit()
            >
                {say!("diagram-fit")}
            </button>
        </div>
    }
}

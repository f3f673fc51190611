//! The Diagram step: tables by name, the canvas, the inspector.

mod canvas;
mod card;
mod far;
mod find;
mod hands;
mod inplace;
mod keys;
mod labels;
mod lines;
mod menu;
mod minimap;
mod motion;
mod names;
mod notes;
mod paced;
mod selection;
mod spotlight;
mod stage;
mod tools;
mod tree;
mod view;
mod ways;
mod work;

use leptos::prelude::*;

use self::canvas::Canvas;
use self::find::Find;
use self::minimap::Minimap;
use self::tools::Tools;
use self::tree::Tree;
use super::commands::choose_file;
use super::inspector::Inspector;
use super::navigation::{Navigation, Step};
use super::reveal::Reveal;
use super::shell::{Dialogs, Shown};
use super::sql::{SqlBeside, SqlText};
use super::store::{Document, Records};

pub use hands::Hands;
pub use names::title;
pub use selection::Selection;
pub use stage::Stage;

/// The picture of the design, and the hands on it.
#[component]
pub fn DiagramStep() -> impl IntoView {
    let (stage, selection) = (Stage::from_context(), Selection::from_context());
    let document = Document::from_context();
    let has_tables = Memo::new(move |_| Records::from_context().tables.len() > 0);
    show_design(stage, selection, document);
    answer_reveal(stage, selection);
    keep_in_sight(stage, selection);
    let is_beside = SqlText::from_context().is_beside();
    view! {
        <div class="diagram" class:diagram--beside=is_beside>
            <Tree />
            <section class="diagram__canvas" aria-label=say!("step-diagram")>
                <Canvas />
                <Tools />
                <Find />
                {move || has_tables.get().then(|| view! { <Minimap /> })}
                {move || (!has_tables.get()).then(|| view! { <Empty /> })}
            </section>
            <SqlBeside />
            <Inspector />
        </div>
    }
}

/// What this step is for, while there is nothing to draw.
#[component]
fn Empty() -> impl IntoView {
    let (navigation, dialogs) = (Navigation::from_context(), Dialogs::from_context());
    view! {
        <div class="empty diagram__empty">
            <h2>{say!("diagram-empty")}</h2>
            <p class="prose">
                {say!("diagram-empty-about")}
            </p>
            <div class="empty__acts">
                <button class="button button--primary" on:click=move |_| navigation.go(Step::Describe)>
                    {say!("page-describe-product")}
                </button>
                <button class="button" on:click=move |_| dialogs.show(Shown::AddTable)>{say!("page-add-table")}</button>
                <button class="button" on:click=move |_| choose_file()>{say!("page-open-file")}</button>
            </div>
        </div>
    }
}

/// Keeps the stage at the state of the design; another design starts with a view of all of it.
fn show_design(stage: Stage, selection: Selection, document: Document) {
    let opened = document.opened();
    Effect::new(move || {
        // The stage outlives this step: it may still show a design that was left meanwhile.
        let is_other = stage.begin(opened.get());
        if is_other {
            stage.clear();
            selection.clear();
        }
        document.with(|design| {
            let was_empty = stage.with_scene(|it| it.diagram.cards.is_empty());
            stage.show(design, &document.take_touched());
            if is_other || was_empty {
                stage.fit();
            }
        });
    });
}

/// A table that is selected on a phone comes out from under the inspector, which lies over the canvas there.
fn keep_in_sight(stage: Stage, selection: Selection) {
    let table = Memo::new(move |_| selection.one_table());
    Effect::new(move || {
        if let Some(table) = table.get() {
            stage.lift_above_inspector(table);
        }
    });
}

/// Brings what another part of the page asks for into view.
fn answer_reveal(stage: Stage, selection: Selection) {
    let reveal = Reveal::from_context();
    Effect::new(move || {
        if let Some(shown) = reveal.wanted().get() {
            match shown.column {
                Some(column) => selection.column(shown.table, column),
                None => selection.table(shown.table, false),
            }
            stage.fly_to(shown.table);
            reveal.done();
        }
    });
}

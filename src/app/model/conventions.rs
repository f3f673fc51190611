//! The conventions, each a switch; a switch proposes, the review panel decides.

use leptos::prelude::*;
use relata::design::convention::switched;
use relata::design::{Conventions, KeyStyle, TableNames, ValueSetStyle};

use crate::app::messages::Messages;
use crate::app::review::Review;
use crate::app::store::{Document, Records};

/// What a switch does to the conventions.
type Set<T> = fn(&mut Conventions, T);

#[component]
pub fn ConventionsPanel() -> impl IntoView {
    view! {
        <aside class="conventions" aria-label="Conventions" data-testid="conventions">
            <h2>"Conventions"</h2>
            <p class="note">"They hold for every table. A change is proposed first; what you changed by hand stays yours."</p>
            <Choice
                name="Keys"
                options=&[("uuid", KeyStyle::UuidV4), ("uuid v7", KeyStyle::UuidV7), ("number", KeyStyle::Identity)]
                get=|it| it.key
                set=|it, value| it.key = value
            />
            <Choice
                name="Table names"
                options=&[("singular", TableNames::Singular), ("plural", TableNames::Plural)]
                get=|it| it.table_names
                set=|it, value| it.table_names = value
            />
            <Choice
                name="Value sets"
                options=&[("type", ValueSetStyle::Enum), ("check", ValueSetStyle::Check), ("table", ValueSetStyle::Lookup)]
                get=|it| it.value_sets
                set=|it, value| it.value_sets = value
            />
            <Switch name="Times of creation and update" about="created_at, updated_at and their trigger" get=|it| it.timestamps set=|it, on| it.timestamps = on />
            <Switch name="Who created and updated" about="created_by, updated_by" get=|it| it.authorship set=|it, on| it.authorship = on />
            <Switch name="Deletion by mark" about="deleted_at; unique among live rows alone" get=|it| it.soft_delete set=|it, on| it.soft_delete = on />
            <Switch name="Comments" about="what conventions add explains itself" get=|it| it.comments set=|it, on| it.comments = on />
        </aside>
    }
}

/// Proposes other conventions; says so when nothing would come of it.
fn propose(document: Document, review: Review, messages: Messages, change: impl FnOnce(&mut Conventions)) {
    let proposal = document.peek(|design| {
        let mut conventions = design.conventions().clone();
        change(&mut conventions);
        switched(design, &conventions)
    });
    if proposal.parts.is_empty() {
        messages.say("No table can follow this convention as the design stands.");
    } else {
        review.show("change the conventions", proposal);
    }
}

#[component]
fn Choice<T>(
    name: &'static str,
    options: &'static [(&'static str, T)],
    get: fn(&Conventions) -> T,
    set: Set<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let conventions = Records::from_context().conventions();
    let (document, review, messages) =
        (Document::from_context(), Review::from_context(), Messages::from_context());
    let option = move |(words, value): &'static (&'static str, T)| {
        let is_chosen = move || conventions.with(|it| get(it) == *value);
        let on_click = move |_| {
            if !is_chosen() {
                propose(document, review, messages, |it| set(it, *value));
            }
        };
        view! { <button aria-pressed=move || is_chosen().to_string() on:click=on_click>{*words}</button> }
    };
    view! {
        <div class="conventions__row" role="group" aria-label=name>
            <span>{name}</span>
            <span class="segments">{options.iter().map(option).collect_view()}</span>
        </div>
    }
}

#[component]
fn Switch(
    name: &'static str,
    about: &'static str,
    get: fn(&Conventions) -> bool,
    set: Set<bool>,
) -> impl IntoView {
    let conventions = Records::from_context().conventions();
    let (document, review, messages) =
        (Document::from_context(), Review::from_context(), Messages::from_context());
    let is_on = move || conventions.with(get);
    let on_change = move |event: leptos::ev::Event| {
        let wanted = event_target_checked(&event);
        // It moves when the proposal is accepted, not before.
        event_target::<web_sys::HtmlInputElement>(&event).set_checked(!wanted);
        propose(document, review, messages, |it| set(it, wanted));
    };
    view! {
        <label class="conventions__row switch">
            <span>{name}<span class="note conventions__about">{about}</span></span>
            <input type="checkbox" role="switch" prop:checked=is_on on:change=on_change />
        </label>
    }
}

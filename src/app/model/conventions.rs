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
        <aside class="conventions" aria-label=say!("model-conventions") data-testid="conventions">
            <h2>{say!("model-conventions")}</h2>
            <p class="note">{say!("model-conventions-about")}</p>
            <Choice
                name=say!("model-keys")
                options=vec![(say!("model-as-uuid"), KeyStyle::UuidV4), (say!("model-as-uuid-seven"), KeyStyle::UuidV7), (say!("model-as-number"), KeyStyle::Identity)]
                get=|it| it.key
                set=|it, value| it.key = value
            />
            <Choice
                name=say!("model-table-names")
                options=vec![(say!("model-as-singular"), TableNames::Singular), (say!("model-as-plural"), TableNames::Plural)]
                get=|it| it.table_names
                set=|it, value| it.table_names = value
            />
            <Choice
                name=say!("model-value-sets")
                options=vec![(say!("model-as-type"), ValueSetStyle::Enum), (say!("model-as-check"), ValueSetStyle::Check), (say!("model-as-table"), ValueSetStyle::Lookup)]
                get=|it| it.value_sets
                set=|it, value| it.value_sets = value
            />
            <Switch name=say!("model-timestamps") about=say!("model-timestamps-about") get=|it| it.timestamps set=|it, on| it.timestamps = on />
            <Switch name=say!("model-authorship") about=say!("model-authorship-about") get=|it| it.authorship set=|it, on| it.authorship = on />
            <Switch name=say!("model-soft-delete") about=say!("model-soft-delete-about") get=|it| it.soft_delete set=|it, on| it.soft_delete = on />
            <Switch name=say!("model-version") about=say!("model-version-about") get=|it| it.version set=|it, on| it.version = on />
            <Tenants />
            <Switch name=say!("model-comments") about=say!("model-comments-about") get=|it| it.comments set=|it, on| it.comments = on />
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
        messages.say(say!("model-no-table-follows"));
    } else {
        review.show(say!("done-conventions"), proposal);
    }
}

#[component]
fn Choice<T>(
    name: String,
    options: Vec<(String, T)>,
    get: fn(&Conventions) -> T,
    set: Set<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let conventions = Records::from_context().conventions();
    let (document, review, messages) =
        (Document::from_context(), Review::from_context(), Messages::from_context());
    let option = move |(words, value): (String, T)| {
        let is_chosen = move || conventions.with(|it| get(it) == value);
        let on_click = move |_| {
            if !is_chosen() {
                propose(document, review, messages, |it| set(it, value));
            }
        };
        view! { <button aria-pressed=move || is_chosen().to_string() on:click=on_click>{words}</button> }
    };
    view! {
        <div class="conventions__row" role="group" aria-label=name.clone()>
            <span>{name.clone()}</span>
            <span class="segments">{options.into_iter().map(option).collect_view()}</span>
        </div>
    }
}

#[component]
fn Switch(name: String, about: String, get: fn(&Conventions) -> bool, set: Set<bool>) -> impl IntoView {
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

/// The table whose rows are tenants, or none.
#[component]
fn Tenants() -> impl IntoView {
    let records = Records::from_context();
    let conventions = records.conventions();
    let (document, review, messages) =
        (Document::from_context(), Review::from_context(), Messages::from_context());
    let chosen = Memo::new(move |_| conventions.with(|it| it.tenancy.clone().unwrap_or_default()));
    let names = Memo::new(move |_| {
        let of = |id| records.tables.get(id).map(|it| it.with(|it| it.name.clone()));
        let mut names: Vec<String> = records.tables.ids().get().into_iter().filter_map(of).collect();
        // The convention names what it means in its own way; it stays to be chosen.
        let named = chosen.get();
        if !named.is_empty() && !names.contains(&named) {
            names.push(named);
        }
        names.sort_unstable();
        names.dedup();
        names
    });
    let on_change = move |event: leptos::ev::Event| {
        let wanted = event_target_value(&event);
        // It moves when the proposal is accepted, not before.
        event_target::<web_sys::HtmlSelectElement>(&event).set_value(&chosen.get_untracked());
        propose(document, review, messages, |it| it.tenancy = (!wanted.is_empty()).then_some(wanted));
    };
    let option = move |name: String| {
        let (own, value) = (name.clone(), name.clone());
        view! { <option value=own prop:selected=move || chosen.with(|it| *it == value)>{name}</option> }
    };
    view! {
        <label class="conventions__row">
            <span>{say!("model-tenancy")}<span class="note conventions__about">{say!("model-tenancy-about")}</span></span>
            <select class="field" data-testid="tenancy" on:change=on_change>
                <option value="" prop:selected=move || chosen.with(String::is_empty)>{say!("model-tenancy-none")}</option>
                {move || names.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

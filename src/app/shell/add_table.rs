//! A table from a name and loosely typed fields.

use leptos::prelude::*;
use relata::design::ConventionOverrides;
use relata::design::aggregate::{self, Aggregate};

use super::{Dialog, Dialogs};
use crate::app::messages::Messages;
use crate::app::navigation::{Navigation, Step};
use crate::app::store::{Dispatch, Document, Records};

const EXAMPLE: &str = "Order customerId:uuid total:decimal status:string placedAt:datetime";

/// The form as a dialog.
#[component]
pub fn AddTableDialog() -> impl IntoView {
    let dialogs = Dialogs::from_context();
    let (document, dispatch, messages) =
        (Document::from_context(), Dispatch::from_context(), Messages::from_context());
    let navigation = Navigation::from_context();
    let conventions = Records::from_context().conventions().get_untracked();
    let text = RwSignal::new(String::new());
    let timestamps = RwSignal::new(conventions.timestamps);
    let soft_delete = RwSignal::new(conventions.soft_delete);
    let parsed = Memo::new_with_compare(move |_| aggregate::parse(&text.get()), |_, _| true);
    let problems = move || {
        let is_empty = text.with(|it| it.trim().is_empty());
        let words = |it: &aggregate::AggregateError| it.kind.to_string();
        if is_empty { Vec::new() } else { parsed.with(|it| it.errors.iter().map(words).collect::<Vec<_>>()) }
    };
    let is_ready = move || parsed.with(|it| it.errors.is_empty());
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let differs = |wanted: bool, usual: bool| (wanted != usual).then_some(wanted);
        let overrides = ConventionOverrides {
            timestamps: differs(timestamps.get_untracked(), conventions.timestamps),
            soft_delete: differs(soft_delete.get_untracked(), conventions.soft_delete),
            ..ConventionOverrides::default()
        };
        let aggregate = Aggregate { overrides, ..parsed.get_untracked().tree };
        match document.peek(|design| aggregate.proposal(design)) {
            Ok(proposal) => {
                if dispatch.accept(
                    say!("done-add-table-named", name = aggregate.name.as_str()),
                    &proposal,
                    None,
                ) {
                    dialogs.close();
                    if navigation.step().get_untracked() == Step::Describe {
                        navigation.go(Step::Model);
                    }
                }
            }
            Err(refused) => messages.fail(say!("shell-not-added", reason = refused.to_string())),
        }
    };
    view! {
        <Dialog title=say!("page-add-table")>
            <form class="add-table" on:submit=on_submit>
                <label class="label">
                    {say!("shell-name-and-fields")}
                    <textarea
                        class="field field--mono"
                        data-testid="aggregate"
                        rows="3"
                        autofocus
                        spellcheck="false"
                        placeholder=EXAMPLE
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                        on:keydown=move |event| {
                            if event.key() == "Enter" && !event.shift_key() {
                                event.prevent_default();
                                submit_form_of(&event);
                            }
                        }
                    ></textarea>
                </label>
                <p class="note">
                    {say!("shell-types")}
                </p>
                <Flag words=say!("shell-timestamps") on=timestamps />
                <Flag words=say!("shell-soft-delete") on=soft_delete />
                <Show when=move || !problems().is_empty()>
                    <ul class="add-table__problems" role="alert">
                        {move || problems().into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
                    </ul>
                </Show>
                <button class="button button--primary" type="submit" data-testid="add-table-submit" disabled=move || !is_ready()>
                    {say!("shell-add-it")}
                </button>
            </form>
        </Dialog>
    }
}

#[component]
fn Flag(#[prop(into)] words: String, on: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=on on:change=move |event| on.set(event_target_checked(&event)) />
            {words}
        </label>
    }
}

/// Submits the form around a field, as Enter does in a field of one line.
fn submit_form_of(event: &leptos::ev::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let field = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    if let Some(form) = field.and_then(|it| it.form()) {
        // A form that is not valid says so itself.
        let _ = form.request_submit();
    }
}

//! The choice of the page's language.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::messages::Messages;
use crate::app::texts::Language;

/// The languages of the page by their own names.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let (language, messages) = (Language::from_context(), Messages::from_context());
    let now = language.now();
    let on_change = move |event: leptos::ev::Event| {
        let (chosen, language) = (event_target_value(&event), language.clone());
        spawn_local(async move {
            if let Err(reason) = language.choose(&chosen).await {
                messages.fail(say!("page-no-language", reason = reason));
            }
        });
    };
    let option = |(name, words): (String, String)| {
        let is_now = name == now;
        view! { <option value=name.clone() lang=name.clone() selected=is_now>{words}</option> }
    };
    view! {
        <label class="help__language">
            <span>{say!("page-language")}</span>
            <select class="field" data-testid="language" on:change=on_change>
                {Language::all().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

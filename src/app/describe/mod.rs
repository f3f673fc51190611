//! The Describe step: the brief beside what was found in it.

mod brief;
mod card;
mod constraints;
mod found;
mod linked;
mod questions;
mod reader;

use leptos::prelude::*;

use brief::BriefPane;
use found::FoundPane;
use linked::Linked;
pub use reader::Reader;

/// The two panes; on a phone one at a time.
#[component]
pub fn DescribeStep() -> impl IntoView {
    provide_context(Linked::new());
    Reader::from_context().follow();
    let shows_found = RwSignal::new(false);
    let choice = move |name: String, found: bool| {
        view! {
            <button aria-pressed=move || (shows_found.get() == found).to_string() on:click=move |_| shows_found.set(found)>
                {name}
            </button>
        }
    };
    view! {
        <div class="describe" class:describe--found=shows_found>
            <div class="describe__choice segments">{choice(say!("describe-brief"), false)} {choice(say!("describe-found"), true)}</div>
            <BriefPane />
            <FoundPane />
        </div>
    }
}

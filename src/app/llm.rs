//! The optional language model, as a dialog.

use leptos::prelude::*;

use super::edge::ModelPanel;
use super::shell::Dialog;

/// The panel; what it brings comes as a proposal, through the same review as any other.
#[component]
pub fn ModelDialog() -> impl IntoView {
    view! { <Dialog title=say!("llm-title")><ModelPanel /></Dialog> }
}

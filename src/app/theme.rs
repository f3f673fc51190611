//! Light or dark: as the system says, until a person chooses.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

const CHOICE: &str = "relata.theme";

/// Whether the page is dark.
#[derive(Clone, Copy)]
pub struct Theme {
    is_dark: RwSignal<bool>,
}

impl Theme {
    /// As chosen earlier, or as the system says; follows the system while nothing was chosen.
    pub fn new() -> Self {
        let system = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        let is_dark =
            chosen().unwrap_or_else(|| system.as_ref().is_some_and(web_sys::MediaQueryList::matches));
        let this = Self { is_dark: RwSignal::new(is_dark) };
        this.show();
        if let Some(system) = system {
            let follow = Closure::<dyn Fn(web_sys::MediaQueryListEvent)>::new(
                move |event: web_sys::MediaQueryListEvent| {
                    if chosen().is_none() {
                        this.is_dark.set(event.matches());
                        this.show();
                    }
                },
            );
            system.set_onchange(Some(follow.as_ref().unchecked_ref()));
            // Follows as long as the page lives.
            follow.forget();
            std::mem::forget(system);
        }
        this
    }

    /// The theme of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Whether the page is dark.
    pub fn is_dark(self) -> Signal<bool> {
        self.is_dark.into()
    }

    /// Changes to the other one, and remembers the choice; choosing what the system says forgets it.
    pub fn toggle(self) {
        let is_dark = !self.is_dark.get_untracked();
        self.is_dark.set(is_dark);
        let system = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        let follows = system.is_some_and(|it| it.matches()) == is_dark;
        if let Ok(Some(storage)) = window().local_storage() {
            // A refused storage only means that the choice lasts for this visit.
            let _ = match (follows, is_dark) {
                (true, _) => storage.remove_item(CHOICE),
                (false, true) => storage.set_item(CHOICE, "dark"),
                (false, false) => storage.set_item(CHOICE, "light"),
            };
        }
        self.show();
    }

    fn show(self) {
        let name = if self.is_dark.get_untracked() { "dark" } else { "light" };
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", name);
        }
    }
}

fn chosen() -> Option<bool> {
    let choice = window().local_storage().ok().flatten()?.get_item(CHOICE).ok().flatten()?;
    Some(choice == "dark")
}

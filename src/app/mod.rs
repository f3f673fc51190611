//! The app in the browser: components, drawing, storage; no logic that could live in the engine.

#[macro_use]
mod texts;

mod check;
mod commands;
mod derived;
mod describe;
mod diagram;
mod edge;
mod icons;
mod inspector;
mod llm;
mod messages;
mod model;
mod navigation;
mod opener;
mod reveal;
mod review;
mod root;
mod samples;
mod shell;
mod ship;
mod sql;
mod storage;
mod store;
mod talk;
mod theme;
mod worker;

use leptos::prelude::*;
use relata::base::heap;
use wasm_bindgen_futures::spawn_local;

/// Shows the page.
pub fn start() {
    heap::reserve(heap::ROOM);
    // Every edit up to then is on disk.
    std::panic::set_hook(Box::new(|panic| root::tell_of_crash(&say!("page-crash"), &panic.to_string())));
    spawn_local(async {
        match texts::load().await {
            Ok(language) => mount_to_body(move || view! { <root::App language /> }),
            Err(reason) => {
                root::tell_of_crash("The texts of Relata could not be loaded: load the page again.", &reason);
            }
        }
    });
}

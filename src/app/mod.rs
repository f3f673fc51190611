//! The app in the browser: components, drawing, storage; no logic that could live in the engine.

mod check;
mod commands;
mod derived;
mod describe;
mod diagram;
mod edge;
mod icons;
mod inspector;
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
mod theme;
mod worker;

use leptos::prelude::*;

/// Shows the page.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| root::tell_of_crash(&panic.to_string())));
    mount_to_body(root::App);
}

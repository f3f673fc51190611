//! The page's worker: hears jobs and answers them one after the other. A module of its own, so that the first screen
//! need not wait for the readers; the page loads it when a text is to be read.

#[cfg(target_arch = "wasm32")]
mod serve;

#[cfg(target_arch = "wasm32")]
fn main() {
    serve::serve();
}

/// There is no worker outside the browser: the command does these jobs itself.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}

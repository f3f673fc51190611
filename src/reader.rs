//! The reader of briefs alone, with its lexicon: what of the page's worker they weigh is told by building them without it (`make bench`).

use std::hint::black_box;

fn main() {
    let reading = relata::brief::read(black_box(""));
    black_box(serde_json::to_string(&reading).ok());
}

//! What every room speaks: places in text, trees with their errors, letter case and plurals, tables of words; and memory ahead of need.

mod case;
mod clip;
mod gather;
pub mod heap;
mod lower;
mod one_of;
mod pairs;
mod plural;
mod sort;
mod sorted;
mod span;
mod word_map;

pub use case::{
    camel_case, capitalized, pascal_case, sentence, snake_case, snake_cased, title_case, without_end, words,
};
pub use clip::Clip;
pub use gather::Gather;
pub use lower::lower;
pub use one_of::one_of;
pub use pairs::pairs;
pub use plural::{plural, singular};
pub use sort::sort_by;
pub use sorted::{SortedMap, SortedSet};
pub use span::{LineColumn, LineIndex, Parsed, Span};
pub use word_map::{Numbered, WordMap, WordSet};

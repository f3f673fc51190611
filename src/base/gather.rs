//! Trees, maps and sets made one entry at a time.

/// `collect` into a B-tree sorts all entries first, by code that is made anew for each kind of entry: some 4 KB each, of
/// which the page's module had fifty. These put them in one after the other, which costs no more time in trees of a few thousand.
pub trait Gather: Iterator + Sized {
    /// All items, put in one by one.
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

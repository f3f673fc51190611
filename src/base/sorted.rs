//! Maps and sets that lie in order in one piece.
//!
//! The standard library's B-trees are made anew for each kind of entry, some 3 KB of WebAssembly each; these are a tenth of it. To put
//! something in moves what stands behind it, so they are for some thousands of small entries.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::{mem, slice, vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Clip as _, Gather as _};

/// A map in the order of its keys, with those methods of `BTreeMap` that are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedMap<K, V> {
    /// By key, each key once.
    entries: Vec<(K, V)>,
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> SortedMap<K, V> {
    /// An empty map.
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, by key.
    pub fn iter(&self) -> <&Self as IntoIterator>::IntoIter {
        self.into_iter()
    }

    /// The entries, by key, their values to be changed.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.entries.iter_mut().map(|it| (&it.0, &mut it.1))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.entries.iter().map(|it| &it.0)
    }

    /// The values to be changed, by key.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|it| &mut it.1)
    }

    /// Leaves what `keep` tells.
    pub fn retain(&mut self, keep: impl Fn(&K, &V) -> bool) {
        self.entries.retain(|it| keep(&it.0, &it.1));
    }

    /// The values, by key.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.entries.iter().map(|it| &it.1)
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|it| it.0.borrow().cmp(key))
    }

    /// What `key` leads to.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        Some(&self.entries.get(self.find(key).ok()?)?.1)
    }

    /// What `key` leads to, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        Some(&mut self.entries.get_mut(at)?.1)
    }

    /// Whether `key` leads to something.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Puts `value` in, and gives what the key led to before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => self.entries.get_mut(at).map(|it| mem::replace(&mut it.1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// What `key` leads to, or else what `make` makes, which stays.
    pub fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let at = match self.find(&key) {
            Ok(at) => at,
            Err(at) => {
                self.entries.insert(at, (key, make()));
                at
            }
        };
        &mut self.entries[at].1
    }

    /// What `key` leads to, or else `value`, which stays.
    pub fn or_insert(&mut self, key: K, value: V) -> &mut V {
        self.or_insert_with(key, || value)
    }

    /// What `key` leads to, or else an empty one, which stays.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.or_insert_with(key, V::default)
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Serialize, V: Serialize> Serialize for SortedMap<K, V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for SortedMap<K, V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::deserialize(from)?.into_iter().gather())
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::iter::Map<slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|it| (&it.0, &it.1))
    }
}

/// A set in order, with those methods of `BTreeSet` that are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedSet<T> {
    /// In order, each once.
    items: Vec<T>,
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> SortedSet<T> {
    /// An empty set.
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// How many it holds.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What it holds, in order.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.items.clear();
    }
}

impl<T: Ord> SortedSet<T> {
    fn find<Q: Ord + ?Sized>(&self, item: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        self.items.binary_search_by(|it| it.borrow().cmp(item))
    }

    /// Whether it holds `item`.
    pub fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.find(item).is_ok()
    }

    /// The one that equals `item`.
    pub fn get<Q: Ord + ?Sized>(&self, item: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
    {
        self.items.get(self.find(item).ok()?)
    }

    /// What does not come before `least`, in order.
    pub fn from<Q: Ord + ?Sized>(&self, least: &Q) -> &[T]
    where
        T: Borrow<Q>,
    {
        self.items.clip(self.find(least).unwrap_or_else(|at| at)..)
    }

    /// Puts `item` in; whether it was not there.
    pub fn insert(&mut self, item: T) -> bool {
        match self.find(&item) {
            Ok(_) => false,
            Err(at) => {
                self.items.insert(at, item);
                true
            }
        }
    }

    /// Takes `item` out; whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        let found = self.find(item).ok();
        found.map(|at| self.items.remove(at)).is_some()
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a SortedSet<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_map_does_as_a_tree_does(acts in prop::collection::vec((0_u8..5, 0_u8..12, any::<u8>()), 0..60)) {
            let (mut map, mut tree) = (SortedMap::new(), BTreeMap::new());
            for (act, key, value) in acts {
                match act {
                    0 => prop_assert_eq!(map.insert(key, value), tree.insert(key, value)),
                    1 => prop_assert_eq!(*map.or_insert(key, value), *tree.entry(key).or_insert(value)),
                    2 => prop_assert_eq!(map.get_mut(&key), tree.get_mut(&key)),
                    3 => {
                        map.retain(|it, known| *it < key || *known < value);
                        tree.retain(|it, known| *it < key || *known < value);
                    }
                    _ => prop_assert_eq!(map.get(&key), tree.get(&key)),
                }
                prop_assert!(map.iter().eq(tree.iter()));
                prop_assert_eq!(map.contains_key(&key), tree.contains_key(&key));
            }
            prop_assert!(map.keys().eq(tree.keys()) && map.values().eq(tree.values()));
            prop_assert!(map.into_iter().eq(tree));
        }

        #[test]
        fn a_set_does_as_a_tree_does(acts in prop::collection::vec((0_u8..3, 0_u8..12), 0..60), least in 0_u8..13) {
            let (mut set, mut tree) = (SortedSet::new(), BTreeSet::new());
            for (act, item) in acts {
                match act {
                    0 => prop_assert_eq!(set.insert(item), tree.insert(item)),
                    1 => prop_assert_eq!(set.remove(&item), tree.remove(&item)),
                    _ => prop_assert_eq!(set.get(&item), tree.get(&item)),
                }
                prop_assert!(set.iter().eq(tree.iter()));
                prop_assert_eq!((set.len(), set.contains(&item)), (tree.len(), tree.contains(&item)));
            }
            prop_assert!(set.from(&least).iter().eq(tree.range(least..)));
        }
    }
}

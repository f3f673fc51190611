//! Tables of words that are asked for several times for every word of a text.

/// Where the words of a table stand, by hash: behind each hash the place of its word and one more; nought is free. A power of
/// two, at least twice the words.
#[derive(Clone, Debug, Default, PartialEq)]
struct Slots(Vec<u32>);

impl Slots {
    /// Where a word has its slot, and its place if it has one; `word_at` tells the word of a place.
    fn find<'a>(&self, word: &str, word_at: impl Fn(usize) -> Option<&'a str>) -> (usize, Option<usize>) {
        let last = self.0.len().saturating_sub(1);
        let mut at = hash(word) & last;
        while let Some(place) = self.0.get(at).and_then(|it| (*it as usize).checked_sub(1)) {
            if word_at(place) == Some(word) {
                return (at, Some(place));
            }
            at = (at + 1) & last;
        }
        (at, None)
    }

    /// The place of a word that a table of `count` words has, or where it is to be put: behind the last.
    fn place<'a>(&mut self, word: &str, count: usize, word_at: impl Fn(usize) -> Option<&'a str>) -> usize {
        if (count + 1) * 2 > self.0.len() {
            self.0 = vec![0; (self.0.len() * 2).max(16)];
            for (place, word) in (0..count).filter_map(|it| Some((it, word_at(it)?))) {
                let at = self.find(word, &word_at).0;
                self.0[at] = place as u32 + 1;
            }
        }
        let (at, known) = self.find(word, word_at);
        known.unwrap_or_else(|| {
            self.0[at] = count as u32 + 1;
            count
        })
    }
}

/// Words, each with what is known of it. A search tree compares a word with a dozen others on its way, this with one; what
/// comes out in order comes in the order in which it was put in.
#[derive(Clone, Debug, PartialEq)]
pub struct WordMap<T> {
    entries: Vec<(&'static str, T)>,
    slots: Slots,
}

impl<T> Default for WordMap<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), slots: Slots::default() }
    }
}

impl<T> WordMap<T> {
    /// What is known of a word.
    pub fn get(&self, word: &str) -> Option<&T> {
        self.entries.get(self.entry(word)?).map(|it| &it.1)
    }

    /// Whether the word is known.
    pub fn contains_key(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// What is known of all words.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|it| &it.1)
    }

    /// All words.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static str, T)> {
        self.entries.iter()
    }

    /// Where the entry of a word stands.
    fn entry(&self, word: &str) -> Option<usize> {
        self.slots.find(word, |it| self.entries.get(it).map(|it| it.0)).1
    }

    fn put(&mut self, word: &'static str, value: T) {
        let place = self.slots.place(word, self.entries.len(), |it| self.entries.get(it).map(|it| it.0));
        match self.entries.get_mut(place) {
            Some(known) => known.1 = value,
            None => self.entries.push((word, value)),
        }
    }
}

/// Four bytes a step, as rustc hashes; the upper bits, which it mixes best, come down at the end.
fn hash(word: &str) -> usize {
    let step = |hash: u32, it: u32| (hash.rotate_left(5) ^ it).wrapping_mul(0x9e37_79b9);
    let (fours, rest) = word.as_bytes().as_chunks();
    let hash = fours.iter().fold(rest.len() as u32, |hash, it| step(hash, u32::from_le_bytes(*it)));
    let hash = rest.iter().fold(hash, |hash, it| step(hash, u32::from(*it)));
    (hash ^ hash >> 15) as usize
}

/// Of a word that comes twice the later stays.
impl<T> FromIterator<(&'static str, T)> for WordMap<T> {
    fn from_iter<I: IntoIterator<Item = (&'static str, T)>>(all: I) -> Self {
        let mut map = Self::default();
        all.into_iter().for_each(|(word, value)| map.put(word, value));
        map
    }
}

/// Words that are known or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordSet(WordMap<()>);

impl WordSet {
    /// Whether the word is known.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// The word as it is kept.
    pub fn get(&self, word: &str) -> Option<&'static str> {
        let entry = self.0.entry(word)?;
        self.0.entries.get(entry).map(|it| it.0)
    }
}

impl FromIterator<&'static str> for WordSet {
    fn from_iter<I: IntoIterator<Item = &'static str>>(all: I) -> Self {
        Self(all.into_iter().map(|it| (it, ())).collect())
    }
}

/// Words of a text, numbered as they first come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbered {
    words: Vec<String>,
    slots: Slots,
}

impl Numbered {
    /// The number of a word, which it gets now if it has none.
    pub fn number(&mut self, word: &str) -> usize {
        let words = &self.words;
        let number = self.slots.place(word, words.len(), |it| words.get(it).map(String::as_str));
        if number == words.len() {
            self.words.push(word.to_owned());
        }
        number
    }

    /// The number of a word, if it has one.
    pub fn number_of(&self, word: &str) -> Option<usize> {
        self.slots.find(word, |it| self.words.get(it).map(String::as_str)).1
    }

    /// The word of a number; empty where there is none.
    pub fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", String::as_str)
    }

    /// All words in order of their numbers.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_many_there_are_and_others_are_not() {
        let words: Vec<&'static str> = (0..500).map(|it| &*format!("word{it}").leak()).collect();
        let map: WordMap<usize> = words.iter().copied().zip(0..).collect();
        assert!(words.iter().zip(0..).all(|(word, at)| map.get(word) == Some(&at)));
        assert!(!map.contains_key("word500") && !map.contains_key(""));
        assert!(map.values().copied().eq(0..500), "in the order in which they came");
    }

    #[test]
    fn of_two_the_later_stays() {
        let map: WordMap<u8> = [("berth", 1), ("pier", 2), ("berth", 3)].into_iter().collect();
        assert_eq!((map.get("berth"), map.iter().count()), (Some(&3), 2));
        assert!(!WordSet::default().contains("berth"));
    }

    #[test]
    fn words_are_numbered_as_they_come() {
        let mut words = Numbered::default();
        let numbers: Vec<usize> = (0..200).map(|it| words.number(&format!("word{}", it % 100))).collect();
        assert!(numbers.iter().copied().eq((0..100).chain(0..100)));
        assert_eq!((words.word(7), words.word(100), words.words().len()), ("word7", "", 100));
        assert_eq!((words.number_of("word99"), words.number_of("word100")), (Some(99), None));
        assert_eq!(Numbered::default().number_of("word0"), None);
    }
}

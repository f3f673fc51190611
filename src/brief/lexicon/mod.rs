//! Word lists of English business vocabulary: data files, read once.
//!
//! Every list is independent of any text that is read or tested; each file names its source.

/// A word list as `build.rs` leaves it: without the lines that tell people where it comes from.
macro_rules! list {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/lexicon/", $name))
    };
}

mod aggregates;
mod kinds;

use std::sync::LazyLock;

use crate::base::{SortedMap, WordMap, WordSet, singular};

pub use aggregates::{Aggregate, Usual};
pub use kinds::{Calls, Kind, KindReference, KindTable, Kinds, Perhaps, normal};

/// All word lists, parsed.
pub struct Lexicon {
    /// Attribute nouns with the type that they suggest.
    pub attributes: WordMap<&'static str>,
    /// Nouns about software and text, never tables.
    pub generic: WordSet,
    /// Abstract nouns, hardly ever tables.
    pub hard: WordSet,
    /// Nouns for people.
    pub persons: WordSet,
    /// Endings of words for people.
    pub person_suffixes: Vec<&'static str>,
    /// Technical things with the reason why they are left out.
    pub infrastructure: WordMap<&'static str>,
    /// Verbs that are events, with the noun of the event.
    pub events: WordMap<&'static str>,
    /// Verbs that are hardly ever nouns.
    pub actions: WordSet,
    /// Verbs whose object is kept: create, edit, book.
    pub making: WordSet,
    /// Verbs whose object is only looked at.
    pub looking: WordSet,
    /// What software shows, sends or keeps for its own sake.
    pub shown: WordSet,
    /// Verbs that leave something behind, with its noun.
    pub doing: WordMap<&'static str>,
    /// Nouns that often name tables.
    pub business: WordSet,
    /// Words saying that a list is maintained.
    pub list_signs: WordSet,
    /// Adjectives that leave a noun's meaning alone.
    pub light: WordSet,
    /// Words of how software looks and is made.
    pub software: WordSet,
    /// Formats of files.
    pub formats: WordSet,
    /// Heads that give way to the noun before them.
    pub empty_heads: WordSet,
    /// Verbs of association between equals.
    pub associations: WordSet,
    /// Verbs that introduce attributes.
    pub have: WordSet,
    /// Function words with their tags.
    pub function: WordMap<&'static str>,
    /// Irregular verb forms with their bases.
    pub irregular: WordMap<&'static str>,
    /// Things that people are members of.
    pub containers: WordSet,
    /// Nouns for people that are roles in the software.
    pub role_nouns: WordSet,
    /// Usual shapes of common things, by name.
    pub aggregates: SortedMap<&'static str, Aggregate>,
    /// Kinds of business and of software.
    pub kinds: Kinds,
    /// Words for states of things.
    pub states: WordSet,
    /// People whom a business deals with rather than employs.
    pub parties: WordSet,
    /// Parts of a screen: in front of a noun they show it, alone they are nothing.
    pub interface: WordSet,
    /// Things of which many others share one.
    pub shared: WordSet,
    /// What happens or is written down, which points at what takes part.
    pub happenings: WordSet,
    /// In how many of a hundred models something has several of what ends in the word.
    pub several: WordMap<&'static str>,
    /// What a property is called by the values that it takes; of two the earlier counts.
    pub value_sets: Vec<(&'static str, Vec<&'static str>)>,
}

/// The word lists, parsed on first use. Not inlined, as every rule asks for them.
#[inline(never)]
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

impl Lexicon {
    fn read() -> Self {
        let aggregates = aggregates::all();
        let persons = set(list!("persons.txt"));
        Self {
            kinds: kinds::read(&aggregates, &persons),
            attributes: by_word(list!("attributes.txt"), ": "),
            generic: set(list!("generic.txt")),
            hard: set(list!("hard.txt")),
            persons,
            person_suffixes: lines(list!("person_suffixes.txt")).flat_map(str::split_whitespace).collect(),
            infrastructure: pairs(list!("infrastructure.txt"), ": "),
            events: pairs(list!("event_verbs.txt"), " "),
            actions: set(list!("action_verbs.txt")),
            making: set(list!("making_verbs.txt")),
            looking: set(list!("looking_verbs.txt")),
            shown: set(list!("shown.txt")),
            doing: pairs(list!("doing_nouns.txt"), " "),
            business: set(list!("business.txt")),
            list_signs: set(list!("list_signs.txt")),
            light: set(list!("light_adjectives.txt")),
            software: set(list!("software.txt")),
            formats: set(list!("formats.txt")),
            empty_heads: set(list!("empty_heads.txt")),
            associations: set(list!("associations.txt")),
            have: set(list!("have_verbs.txt")),
            function: by_word(list!("function_words.txt"), ": "),
            irregular: by_word(list!("irregular_verbs.txt"), " "),
            containers: set(list!("containers.txt")),
            role_nouns: set(list!("role_nouns.txt")),
            aggregates,
            states: set(list!("states.txt")),
            parties: set(list!("parties.txt")),
            interface: set(list!("interface.txt")),
            shared: set(list!("shared.txt")),
            happenings: set(list!("happenings.txt")),
            several: by_word(list!("several.txt"), ": "),
            value_sets: lines(list!("value_sets.txt"))
                .filter_map(|it| it.split_once(": "))
                .map(|(name, values)| (name, values.split(", ").collect()))
                .collect(),
        }
    }

    /// Whether a noun (its last word decides) names people.
    pub fn is_person(&self, key: &str) -> bool {
        let last = last_word(key);
        self.persons.contains(key)
            || self.persons.contains(last)
            // "game master"; a master alone may be a list.
            || last == "master" && last.len() < key.len()
            || self.person_suffixes.iter().any(|end| last.len() > end.len() && last.ends_with(end))
    }

    /// The type that a noun suggests when it names an attribute: the longest known ending decides.
    pub fn attribute(&self, key: &str) -> Option<&'static str> {
        let several = key.split_once('_');
        // "date of the first event" is a date.
        let of = several.and_then(|_| key.split_once("_of_"));
        if let Some(kind) = of.and_then(|(head, _)| self.attribute(head)) {
            return Some(kind);
        }
        if let Some(kind) = self.attributes.get(key) {
            return Some(kind);
        }
        // A work order is no number; a sort order is.
        if several.is_some_and(|(first, tail)| {
            tail == "order"
                && !matches!(first, "sort" | "display" | "print" | "play" | "running" | "serving" | "billing")
        }) {
            return None;
        }
        let mut rest = key;
        while let Some((_, tail)) = rest.split_once('_') {
            if let Some(kind) = self.attributes.get(tail) {
                return Some(kind);
            }
            rest = tail;
        }
        let one = singular(rest);
        self.attributes.get(one.as_str()).copied()
    }

    /// Whether a noun names a property and hardly ever a thing.
    pub fn is_property(&self, key: &str) -> bool {
        self.attribute(key).is_some() && !self.business.contains(last_word(key))
    }

    /// Whether things of the kind are shared: whoever has several has them together with others.
    pub fn is_shared(&self, key: &str) -> bool {
        self.shared.contains(key) || self.shared.contains(last_word(key))
    }

    /// Whether things of the kind happen, or are written down, at a moment.
    pub fn happens(&self, key: &str) -> bool {
        self.happenings.contains(key)
            || self.happenings.contains(last_word(key)) && !self.containers.contains(key)
    }

    /// Whether words say that somebody keeps the list of what they speak of, and may add to it.
    pub fn says_maintained(&self, words: &[&str]) -> bool {
        let grows = words.windows(2).any(|it| {
            matches!(it[0], "add" | "adds" | "invent" | "create" | "define")
                && matches!(
                    it[1],
                    "more"
                        | "others"
                        | "new"
                        | "further"
                        | "another"
                        | "own"
                        | "some"
                        | "groups"
                        | "kinds"
                        | "types"
                )
        });
        words.len() <= 24 && grows || words.len() <= 12 && words.iter().any(|it| self.list_signs.contains(it))
    }

    /// Why a noun is technical and stays out of the domain, if it is.
    pub fn technical(&self, key: &str) -> Option<&'static str> {
        self.infrastructure.get(key).copied()
    }
}

/// The last word of a key.
pub fn last_word(key: &str) -> &str {
    key.rsplit('_').next().unwrap_or(key)
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|it| !it.is_empty())
}

fn set(text: &'static str) -> WordSet {
    lines(text).flat_map(str::split_whitespace).collect()
}

fn pairs(text: &'static str, between: &str) -> WordMap<&'static str> {
    lines(text).filter_map(|it| it.split_once(between)).collect()
}

/// Each word of a line with what stands in front of them: "integer: count quantity".
fn by_word(text: &'static str, between: &str) -> WordMap<&'static str> {
    let groups = lines(text).filter_map(|it| it.split_once(between));
    groups.flat_map(|(of, words)| words.split_whitespace().map(move |it| (it, of))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_known_by_list_and_by_ending() {
        let lexicon = lexicon();
        assert!(lexicon.is_person("customer"));
        assert!(lexicon.is_person("project_manager"));
        assert!(lexicon.is_person("harbour_officer"));
        assert!(!lexicon.is_person("invoice"));
    }

    #[test]
    fn attribute_nouns_give_their_type() {
        assert_eq!(lexicon().attribute("purchase_price"), Some("numeric"));
        assert_eq!(lexicon().attribute("mother_tongue"), Some("text"));
        assert_eq!(lexicon().attribute("berth"), None);
    }
}

//! Short texts: what may be expected of them, and who reads them.

use super::fact::{Fact, Facts, Signal};
use super::roles;
use crate::base::SortedSet;

/// Texts of fewer words name most of their things once.
pub const SHORT: usize = 150;

/// Texts of fewer words are prompts: what they only name brings its usual company.
pub const PROMPT: usize = 40;

/// The network reads no text of fewer words.
const FEW: usize = 30;

/// The same where they only name things.
const FEW_NAMES: usize = 15;

/// Texts of fewer words may do no more than name things.
const NAMING: usize = 60;

/// Whether the network reads the text. It was taught on few texts of fewer words; and of short ones about software for teams the rules
/// miss less than it does.
pub fn is_for_network(facts: &Facts, words: usize) -> bool {
    let few = if names_only(facts, words) { FEW_NAMES } else { FEW };
    words >= few && (words >= SHORT || !roles::are_all(facts))
}

/// Whether a short text names things, and says of few of them what they have: "A blog with posts, tags and comments".
pub fn names_only(facts: &Facts, words: usize) -> bool {
    if words >= NAMING {
        return false;
    }
    let owns = |it: Signal| matches!(it, Signal::ListOwner | Signal::SingleOwner);
    let (mut owners, mut several) = (SortedSet::new(), SortedSet::new());
    for fact in &facts.all {
        let Fact::Seen { phrase, signal } = fact else { continue };
        if owns(*signal) {
            owners.insert(phrase.key.as_str());
        }
        if phrase.many {
            several.insert(phrase.key.as_str());
        }
    }
    !several.is_empty() && owners.len() * 4 <= several.len()
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    #[test]
    fn the_network_ties_in_a_short_text_what_the_rules_do_not() {
        // Only the network ties what hangs where; a name and a size are told by a list and no assumption.
        let text = "Posters: name, size, year. A column has a street and a number. Posters hang at columns for some weeks, and \
                    a columnist looks after each of them, cleaning off what is out of date.";
        let reading = read(text);
        let poster = reading.entities.iter().find(|it| it.name == "poster").expect("it has a list");
        let told: Vec<&str> =
            poster.attributes.iter().filter(|it| !it.assumed).map(|it| it.name.as_str()).collect();
        assert!(!poster.assumed && told.starts_with(&["name", "size", "year"]), "{told:?}");
        assert!(reading.relationships.iter().any(|it| it.is_between("poster", "column")));
    }

    #[test]
    fn a_text_that_only_names_things_names_things() {
        let text = "Members buy day passes, borrow shoes and ropes, and we track their visits, injuries and payments.";
        let reading = read(text);
        for it in ["injury", "rope", "visit"] {
            assert!(reading.entities.iter().any(|entity| entity.name == it), "{it}: {:?}", reading.entities);
        }
    }
}

//! Parts of speech, and which of them a word's form tells; `build.rs` leaves out of the tagger's list what is told here.

/// Parts of speech as the Universal Dependencies name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upos {
    /// Adjective.
    Adj,
    /// Preposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary.
    Aux,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Interjection.
    Intj,
    /// Noun.
    Noun,
    /// Numeral.
    Num,
    /// Particle.
    Part,
    /// Pronoun.
    Pron,
    /// Proper noun.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Verb.
    Verb,
}

/// Endings of words that are hardly nouns, with what such words are.
const ENDINGS: &[(&str, Upos)] = &[
    ("ly", Upos::Adv),
    ("ed", Upos::Verb),
    ("ous", Upos::Adj),
    ("ful", Upos::Adj),
    ("ible", Upos::Adj),
    ("able", Upos::Adj),
    ("less", Upos::Adj),
    ("ic", Upos::Adj),
    ("ive", Upos::Adj),
    ("ish", Upos::Adj),
];

impl Upos {
    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ADJ" => Self::Adj,
            "ADP" => Self::Adp,
            "ADV" => Self::Adv,
            "AUX" => Self::Aux,
            "CCONJ" => Self::Cconj,
            "DET" => Self::Det,
            "INTJ" => Self::Intj,
            "NOUN" => Self::Noun,
            "NUM" => Self::Num,
            "PART" => Self::Part,
            "PRON" => Self::Pron,
            "PROPN" => Self::Propn,
            "PUNCT" => Self::Punct,
            "SCONJ" => Self::Sconj,
            "SYM" => Self::Sym,
            "VERB" => Self::Verb,
            _ => return None,
        })
    }

    /// What a word is for all that its form tells; none for signs. Most words are nouns.
    pub fn by_form(word: &str) -> Option<Self> {
        let first = word.chars().next()?;
        if first.is_ascii_digit() {
            let ordinal = ["st", "nd", "rd", "th"].iter().any(|it| word.ends_with(it));
            return Some(match word.ends_with(char::is_alphabetic) {
                true if ordinal => Self::Adj,
                true => Self::Noun,
                false => Self::Num,
            });
        }
        // "bed", "sly": what is as short as that is no other word with an ending.
        let ends = |it: &str| word.len() > it.len() + 2 && word.ends_with(it);
        let told = ENDINGS.iter().find(|it| ends(it.0)).map(|it| it.1);
        told.or_else(|| first.is_alphabetic().then_some(Self::Noun))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_what_its_form_tells() {
        let told = |words: &[&str]| words.iter().map(|it| Upos::by_form(it)).collect::<Vec<_>>();
        assert_eq!(
            told(&["invoice", "bed", "sly"]),
            [Some(Upos::Noun); 3],
            "most words, and what is too short"
        );
        assert_eq!(told(&["quickly", "invoiced"]), [Some(Upos::Adv), Some(Upos::Verb)]);
        assert_eq!(told(&["payable", "2nd"]), [Some(Upos::Adj); 2]);
        assert_eq!(told(&["37", "1.5", "90s"]), [Some(Upos::Num), Some(Upos::Num), Some(Upos::Noun)]);
        assert_eq!(told(&["::", ""]), [None; 2]);
    }
}

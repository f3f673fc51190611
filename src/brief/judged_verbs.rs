//! Verbs of judging: what they leave of whoever is judged.

use super::verbs::base_form;

/// Verbs with the noun of what they leave. Source: English verbs of judgement.
const JUDGING: &[(&str, &str)] = &[
    ("score", "score"),
    ("rate", "rating"),
    ("mark", "mark"),
    ("grade", "grade"),
    ("rank", "rank"),
    ("place", "place"),
];

/// What a verb leaves of whoever is judged: a `rating` of "rate".
pub fn judgement(lemma: &str) -> Option<&'static str> {
    JUDGING.iter().find(|it| it.0 == lemma).map(|it| it.1)
}

/// Whether a word is a form of such a verb.
pub fn is_judging(word: &str) -> bool {
    judgement(&base_form(word)).is_some()
}

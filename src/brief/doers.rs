//! What people do, and what that makes them to the thing that they do it with.

use super::lexicon::lexicon;
use super::phrases::{Chunk, chunks};
use super::sentences::Sentence;
use crate::base::{Clip, one_of};

/// What people do with a thing without being anything to it.
pub const LOOKS: &str = "see view manage assign edit delete remove search find browse open close change update read move \
                      filter reorder sort archive want need use export print look";

/// Whether a story only wants figures: "I see the success rate by kind".
pub fn only_looks(sentence: &Sentence) -> bool {
    const FIGURES: &str =
        "rate rates total totals average sum number turnover statistics chart report figures value";
    if !sentence.words.iter().any(|it| one_of(it.token.word.as_str(), FIGURES)) {
        return false;
    }
    let all = chunks(sentence);
    let speaks = all.iter().position(|it| it.kind.is_pron("i")).unwrap_or(0);
    let verb = all
        .clip(speaks..)
        .iter()
        .filter_map(Chunk::verb)
        .find(|it| !one_of(it.lemma.as_str(), "want need be like"));
    verb.is_some_and(|it| {
        one_of(it.lemma.as_str(), "see view find search browse filter know print export look check")
    })
}

/// What people do that makes the thing theirs.
const MAKES: &str = "create add write leave post upload attach submit report set make start enter";

/// What somebody who does this usually is to a thing: who writes a comment is its author.
pub fn role_of_doer(lemma: &str, entity: &str) -> Option<&'static str> {
    let shape = lexicon().aggregates.get(entity).filter(|_| one_of(lemma, MAKES))?;
    shape.people.iter().find(|(_, optional)| !optional).map(|it| it.0)
}

/// What somebody is to what he leads. Source: English verbs of leading.
const LEADS: &[(&str, &str)] = &[
    ("lead", "leader"),
    ("manage", "manager"),
    ("head", "head"),
    ("chair", "chair"),
    ("supervise", "supervisor"),
    ("coordinate", "coordinator"),
];

/// What he is by whom something is led: "each team is led by one employee".
pub fn role_of_leader(lemma: &str) -> Option<&'static str> {
    LEADS.iter().find(|it| it.0 == lemma).map(|it| it.1)
}

/// Whether somebody answers for what stands behind the preposition that ends before `behind`: "looks after", "is responsible
/// for", "is in charge of".
pub fn answers_for(sentence: &Sentence, behind: usize, lemma: &str) -> bool {
    let said = |back: usize| behind.checked_sub(back).map_or("", |it| sentence.word(it));
    match said(1) {
        "after" => lemma == "look",
        "for" => one_of(lemma, "care answer") || one_of(said(2), "responsible accountable"),
        "of" => said(2) == "care",
        // "Is in charge of" is read as "is over".
        "over" => one_of(lemma, "watch be"),
        _ => false,
    }
}

//! What stands before the clause that matters: "for each boat a certificate is issued", "on a mission a van is sent out", "after the
//! visit the nurse writes a note", "whenever a lift stops, a report is made".

use super::concepts::Concepts;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, Verb};
use super::reading::RelationshipKind;
use super::relations::TAKES_PART;
use super::sentences::Sentence;
use super::walk::{COMES_OUT, End, Walk};
use crate::base::one_of;

/// Verbs that say of their subject where it comes from. Source: English verbs of origin.
const COMES: &str = "come result arise emerge originate stem follow grow";

/// Verbs by which something is written down, besides those of making. Source: English verbs of recording.
const WRITES: &str = "draw note document compile complete do";

/// The things before a clause, and the word that leads them.
#[derive(Default)]
pub(super) struct Fronted<'a> {
    ends: Vec<End<'a>>,
    word: &'a str,
    /// Whether a clause about a moment is being read: "whenever a lift stops".
    is_clause: bool,
}

impl<'a> Fronted<'a> {
    /// Whether a noun phrase may be one of them; `joined` to the one before.
    pub(super) fn takes(&self, joined: bool) -> bool {
        self.ends.is_empty() || joined
    }

    /// One more.
    pub(super) fn push(&mut self, end: &End<'a>, word: &'a str) {
        self.ends.push(end.clone());
        self.word = word;
    }

    /// A clause begins with this word; `first` in the sentence.
    pub(super) fn subordinate(&mut self, word: &str, first: bool) {
        self.ends.clear();
        self.is_clause = first && one_of(word, "when whenever if once");
        self.word = "when";
    }

    /// The main clause begins: what the one before told of is before it.
    pub(super) fn main_clause(&mut self, told: Option<&End<'a>>) {
        if std::mem::take(&mut self.is_clause) {
            self.ends.extend(told.filter(|it| !lexicon().is_person(it.entity)).cloned());
        }
    }
}

/// Whether rows of it are written down, one at a time: "a report is made".
fn is_made(end: &End, verb: &Verb) -> bool {
    let lexicon = lexicon();
    let makes = lexicon.making.contains(verb.lemma.as_str()) || one_of(verb.lemma.as_str(), WRITES);
    let single = end.phrase.det == Det::One || end.phrase.det == Det::Bare && !end.phrase.many;
    single && !lexicon.is_person(end.entity) && (makes || lexicon.happens(end.entity))
}

/// Whether a noun names what happens: by itself, or as what somebody does.
fn happens(entity: &str) -> bool {
    lexicon().happens(entity) || lexicon().events.values().any(|it| *it == entity)
}

/// "Entries: a rider enters a race": what happens, where the sentence tells behind its name how it does.
pub(super) fn labelled<'a>(sentence: &Sentence, concepts: &'a Concepts, all: &'a [Chunk]) -> Option<End<'a>> {
    let (name, told) = (all.phrase_at(0)?, all.get(2..)?);
    let entity = concepts.entity(name).filter(|it| happens(it))?;
    let is_label = matches!(all.kind_at(1), ChunkKind::Other) && sentence.says(all.start_at(1), ": - –");
    let mut at = 0;
    let another = |it: &Phrase| concepts.entity(it).is_none_or(|it| it != entity);
    // "Applications: before a season every club applies"
    while matches!(told.kind_at(at), ChunkKind::Prep(_)) && told.phrase_at(at + 1).is_some() {
        at += 2;
    }
    match told.get(at).map(|it| &it.kind)? {
        ChunkKind::Noun(it) if another(it) => at += 1,
        ChunkKind::Pron(it) if it != "it" && it != "they" => at += 1,
        _ => return None,
    }
    while matches!(told.kind_at(at), ChunkKind::Prep(_)) && told.phrase_at(at + 1).is_some() {
        at += 2;
    }
    let acts = told.verb_at(at).is_some_and(|it| !it.bare && !it.denied && it.lemma != "be");
    (is_label && acts).then_some(End { entity, phrase: name })
}

impl Walk<'_> {
    /// The subject of the clause that follows, before its verb; `joined` to another.
    pub(super) fn under_fronted(&mut self, fronted: &mut Fronted, end: &End, verb: &Verb, joined: bool) {
        if !verb.passive && !super::standing::participates(&verb.lemma) {
            return;
        }
        let is_clause = fronted.word == "when";
        for led in &fronted.ends {
            let lexicon = lexicon();
            // "On a mission one van and two nurses are sent out": they take part in it, and in others.
            let takes_part = one_of(fronted.word, "on at in during for")
                && led.phrase.det == Det::One
                && lexicon.happens(led.entity)
                && !lexicon.happens(end.entity)
                && !lexicon.making.contains(verb.lemma.as_str());
            // "On a tour one truck drives"; "in a harbour a boat sails" says no more than where it does.
            if !verb.passive {
                if led.phrase.det == Det::One && end.phrase.number == Some(1) && !end.phrase.many {
                    self.vote(led, end, RelationshipKind::ManyToOne, 8, JUST_ONE);
                }
                continue;
            }
            if takes_part && end.phrase.det != Det::The {
                let kind =
                    if end.phrase.many { RelationshipKind::ManyToMany } else { RelationshipKind::ManyToOne };
                self.vote(led, end, kind, 8, TAKES_PART);
            } else if is_clause && is_made(end, verb) {
                self.vote(end, led, RelationshipKind::ManyToOne, 8, MADE);
            } else if !is_clause && !joined && end.phrase.det != Det::The {
                self.vote(end, led, RelationshipKind::ManyToOne, 8, "there is one for each");
            }
        }
    }

    /// What the sentence behind its name names takes part in it.
    pub(super) fn told_by_label(&mut self, event: &End, end: &End) {
        let several = end.phrase.det == Det::Many && end.phrase.many;
        let kind = if several { RelationshipKind::ManyToMany } else { RelationshipKind::ManyToOne };
        self.vote(event, end, kind, 8, TAKES_PART);
    }

    /// "From a lot come bales": whether the verb only says where its subject, which stands behind it, comes from.
    pub(super) fn comes_of(&mut self, fronted: &Fronted, verb: &Verb, end: &End, turned: bool) -> bool {
        let comes = turned
            && !verb.denied
            && !verb.passive
            && fronted.word == "from"
            && one_of(verb.lemma.as_str(), COMES);
        for led in fronted.ends.iter().filter(|_| comes) {
            self.vote(end, led, RelationshipKind::ManyToOne, 8, COMES_OUT);
        }
        comes && !fronted.ends.is_empty()
    }

    /// "After the visit the nurse writes a note": what is made there is of it.
    pub(super) fn made_of(&mut self, fronted: &mut Fronted, verb: &Verb, end: &End) {
        let there = one_of(fronted.word, "when after during at on for");
        if !there || verb.denied || verb.passive || !is_made(end, verb) {
            return;
        }
        for led in std::mem::take(&mut fronted.ends) {
            if !lexicon().is_person(led.entity) {
                self.vote(end, &led, RelationshipKind::ManyToOne, 8, MADE);
            }
        }
    }
}

/// The reason of votes for what takes part in each, by number: as sure as it can be told.
pub(super) const JUST_ONE: &str = "just one takes part in each";

/// The reason of votes for what is written down on an occasion.
const MADE: &str = "it is made on that occasion";

#[cfg(test)]
mod tests {
    use crate::brief::joined::tests::refers;

    const THINGS: &str = "Lifts have a number and a maker. Vans have a plate. Nurses have a name and a badge number. Boxes have a \
                          number. Seasons have a title and a start date. Reports have a date and a text. ";

    #[track_caller]
    fn check(text: &str, from: &str, to: &[&str]) {
        refers(&format!("{THINGS}{text}"), from, to);
    }

    #[test]
    fn what_is_made_on_an_occasion_is_of_it() {
        check("When a lift is stopped, a report is made.", "report", &["lift"]);
        check("After a lift has failed the nurse writes a report.", "report", &["lift", "nurse"]);
        check("Out of season nothing is done.", "report", &[]);
    }

    #[test]
    fn what_is_sent_out_takes_part() {
        let mission = "A mission has a number and a date. On a mission one van is sent out.";
        check(mission, "mission", &["van"]);
        check("For each lift a plan is drawn. A plan has a name and a date.", "plan", &["lift"]);
    }

    #[test]
    fn what_comes_from_something_is_of_it() {
        let text = "From a lift come readings. A reading has a time and a value.";
        check(text, "reading", &["lift"]);
    }

    #[test]
    fn a_label_that_happens_takes_all_that_its_sentence_names() {
        let text = "\n\n- Applications: before a season every nurse applies online.\n- Vans: a nurse drives one.\n\nAn \
                    application has a date and a text.";
        check(text, "application", &["nurse", "season"]);
    }
}

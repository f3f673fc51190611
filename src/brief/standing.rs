//! Things that stand for themselves: told of with a list of their own, so that none is only a part of the other. Where
//! several of one meet several of another, "pilots fly on missions", neither holds a reference to the other.

use super::concepts::Concepts;
use super::fact::{Fact, Facts};
use super::lexicon::{last_word, lexicon};
use super::phrases::{Det, Verb};
use super::relations::refers_by_shape;
use super::walk::End;
use crate::base::{Gather, SortedMap, SortedSet, one_of};

/// Verbs of taking part in what happens. Source: English verbs of participation.
const PARTICIPATE: &str = "participate take play help fly sing dance act perform appear compete race speak enrol enroll volunteer assist \
    sail march attend invite nominate book star exhibit show enter sign sign_up drive ride";

/// Verbs of taking part that are no more than that: whoever does it does it elsewhere, too.
const ATTEND: &str =
    "participate take play perform appear compete exhibit enrol enroll act sing enter join attend";

/// Verbs that say for what else a thing will do. Source: English verbs of fitness, permission and choice.
const SUIT: &str = "use allow certify authorise authorize permit plant approve recommend suit train license clear select choose \
    intend suggest prescribe";

/// Verbs whose subject draws on, or speaks for, several others that stand for themselves. Source: as above.
const MEET: &str = "fit need require suit tag bookmark favourite favorite follow like rate score speak grow recommend teach skipper \
    pull";

/// Those of them by which people mark what they have found, as others do. Source: English verbs of software.
const MARK: &str = "bookmark favourite favorite like follow";

/// The entities that are told of with at least two things of their own, or that somebody keeps a list of.
pub fn standing(facts: &Facts, concepts: &Concepts) -> SortedSet<String> {
    let mut own: SortedMap<&str, SortedSet<&str>> = SortedMap::new();
    for fact in &facts.all {
        if let Fact::Owns { owner, item, of, .. } = fact
            && *of >= 2
            && let Some(entity) = concepts.entity(owner)
        {
            own.or_default(entity).insert(&item.name);
        }
    }
    let told = own.into_iter().filter(|(_, items)| items.len() >= 2).map(|(it, _)| it.to_owned());
    told.chain(concepts.maintained.iter().cloned()).gather()
}

/// Whether a thing stands for itself.
pub fn stands(concepts: &Concepts, entity: &str) -> bool {
    concepts.standing.contains(entity) || lexicon().is_shared(entity)
}

/// Whether whoever does it once does it elsewhere, too: "a pupil may join two clubs".
pub fn attends(lemma: &str) -> bool {
    one_of(lemma, ATTEND)
}

/// Whether a verb says that somebody or something takes part in what happens.
pub fn participates(lemma: &str) -> bool {
    one_of(lemma, PARTICIPATE)
}

/// Whether a verb with its preposition says that somebody puts a name down for something: "members register for lessons".
pub fn signs_up(lemma: &str, word: &str) -> bool {
    lemma == "sign_up" || word == "for" && one_of(lemma, "register sign volunteer apply")
}

/// Whether a verb may bring two things together that stand for themselves.
pub fn ties(verb: &Verb) -> bool {
    const HOLDS: &str = "list contain comprise cover assign install mount buy supply consist include have hold use state name";
    let lemma = verb.lemma.as_str();
    relates(lemma) || [PARTICIPATE, SUIT, MEET, HOLDS].iter().any(|it| one_of(lemma, it))
}

/// Verbs of being somewhere for a while. Source: own knowledge of English.
const STAYS: &str = "stop visit sit stay call halt land";

/// Whether people collect things that are there for others, too: "save recipes to a cookbook".
pub fn collects(thing: &str, collection: &str, verb: &Verb, word: &str) -> bool {
    let is_list =
        collection.ends_with("list") || one_of(last_word(collection), "cookbook collection favourite");
    is_list
        && one_of(word, "to in into on")
        && one_of(&verb.lemma, "add save put collect")
        && !verb.passive
        && !super::knowledge::is_part(thing)
}

/// Whether somebody or something is somewhere for a while: a stop, a visit.
pub fn stays(lemma: &str) -> bool {
    one_of(lemma, STAYS)
}

/// Whether a verb relates two things of equal standing, or says that one is at the other for a while: "buses stop at stations".
pub fn relates(lemma: &str) -> bool {
    lexicon().associations.contains(lemma) || stays(lemma)
}

/// Whether the clause says that several of one thing meet several of the other, without either being part of the other;
/// `word` is the preposition before the second.
pub fn meet(concepts: &Concepts, base: &End, end: &End, verb: &Verb, word: Option<&str>) -> bool {
    let lexicon = lexicon();
    let lemma = verb.lemma.as_str();
    let several = |it: &End| it.phrase.many && !matches!(it.phrase.det, Det::Each);
    let quantified = end.phrase.many && (end.phrase.det == Det::Many || end.phrase.number.is_some());
    // "Bands play at a festival": they play at others, too.
    let one_of_many = end.phrase.det == Det::One && one_of(lemma, ATTEND);
    let marks = one_of(lemma, MARK) && lexicon.is_person(base.entity);
    if !several(end) && !one_of_many
        || base.entity == end.entity
        || verb.denied
        || concepts.is_stories
        || !(marks || stands(concepts, base.entity) && stands(concepts, end.entity))
        || end.phrase.owned
        || refers_by_shape(base.entity, end.entity)
        || refers_by_shape(end.entity, base.entity)
        || lexicon.happens(base.entity)
        || lexicon.containers.contains(end.entity)
    {
        return false;
    }
    match word {
        Some("in" | "on" | "at" | "for" | "with" | "to") => {
            (several(base) || one_of_many && base.phrase.det == Det::One)
                && (one_of(lemma, PARTICIPATE) || one_of(lemma, SUIT) && !lexicon.happens(end.entity))
        }
        None => {
            let may_have = verb.possible && lexicon.have.contains(lemma) && lexicon.is_person(end.entity);
            may_have && !verb.passive
                || quantified
                    && !verb.passive
                    && (one_of(lemma, PARTICIPATE) || lexicon.associations.contains(lemma))
                || one_of(lemma, MEET) && !verb.passive && !verb.particle && !lexicon.happens(end.entity)
                || several(base)
                    && (one_of(lemma, PARTICIPATE) && lexicon.is_person(base.entity)
                        || one_of(lemma, ATTEND) && !verb.passive)
        }
        Some(_) => false,
    }
}

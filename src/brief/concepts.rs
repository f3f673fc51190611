//! Noticed phrases weighed against each other: which of them are things of the domain.

use super::blocks::Block;
use super::brevity::{self, PROMPT, SHORT};
use super::fact::{Fact, Facts, Signal};
use super::judged;
use super::learned::Learned;
use super::lexicon::{last_word, lexicon};
use super::phrases::{Det, Phrase};
use super::roles::{choose_user, fold_persons};
use super::sentences::Sentence;
use super::story_weights::story_points;
use super::verbs::looks_done;
use super::weights::points;
use crate::base::{Clip, Gather, Numbered, SortedMap, SortedSet, Span, one_of, sort_by};

/// Points, in tenths, from which on a concept is an entity.
pub const THRESHOLD: i32 = 16;

/// Of what a prompt names, whatever has a usual shape is a thing: `line item`, or the `course` of `university course`.
fn prompt(out: &mut Concepts) {
    let shapes = &lexicon().aggregates;
    let found: Vec<(String, Vec<Span>)> = out
        .all
        .values()
        .filter(|it| {
            !it.has(Signal::Item)
                && !it.has(Signal::ManyItem)
                && !it.has(Signal::Out)
                && !it.has(Signal::ValueSet)
                && !lexicon().hard.contains(it.key.as_str())
        })
        .filter_map(|concept| {
            let key = concept.key.as_str();
            let words: Vec<&str> = key.split('_').collect();
            let tails = (0..words.len()).map(|at| words.clip(at..).join("_"));
            let heads = (1..words.len()).rev().map(|to| words.clip(..to).join("_"));
            tails
                .chain(heads)
                // A shopping list is no list of just anything.
                .find(|it| shapes.contains_key(it.as_str()) && (it != "list" || key == "list"))
                .map(|it| (it, concept.mentions.clone()))
        })
        .collect();
    for (key, mentions) in found {
        let concept = out.all.or_insert_with(key.clone(), || Concept::new(key, mentions));
        concept.score = concept.score.max(THRESHOLD);
    }
}

/// Something that the text speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Concept {
    /// Its words, singular, joined by `_`.
    pub key: String,
    /// How often each signal was met.
    pub evidence: SortedMap<Signal, u16>,
    /// Places, in order.
    pub mentions: Vec<Span>,
    /// Points in tenths.
    pub score: i32,
}

impl Concept {
    /// Something of which nothing but its places is known yet.
    pub const fn new(key: String, mentions: Vec<Span>) -> Self {
        Self { key, evidence: SortedMap::new(), mentions, score: 0 }
    }

    /// Whether a signal was met.
    pub fn has(&self, signal: Signal) -> bool {
        self.evidence.contains_key(&signal)
    }
}

/// All concepts of a text and which of them are entities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concepts {
    /// Every concept by key.
    pub all: SortedMap<String, Concept>,
    /// Keys of the entities.
    pub chosen: SortedSet<String>,
    /// What other keys mean: a short form, a part of a compound, a role of a person.
    pub means: SortedMap<String, String>,
    /// Persons that are roles of a chosen person table.
    pub roles: SortedMap<String, String>,
    /// Whether the text is mostly user stories.
    pub is_stories: bool,
    /// Whether the network judged them.
    pub is_judged: bool,
    /// Whether a short text only names things.
    pub names_only: bool,
    /// Whether the text is a prompt, which names things and says little about them.
    pub is_prompt: bool,
    /// Entities of which the text says little: what is told of them is an assumption.
    pub weak: SortedSet<String>,
    /// Entities of which somebody maintains the list.
    pub maintained: SortedSet<String>,
    /// Entities that stand for themselves.
    pub standing: SortedSet<String>,
    /// Entities that keep what a verb does, by the verb.
    events: SortedMap<String, String>,
    names: Names,
}

/// What the keys of a text mean: asked for a hundred times as often as they are told.
#[derive(Clone, Debug, Default, PartialEq)]
struct Names {
    keys: Numbered,
    /// The entity that each key names or means.
    entities: Vec<Option<String>>,
    /// The entities that end in it.
    compounds: Vec<Vec<String>>,
}

impl Names {
    fn new(chosen: &SortedSet<String>, means: &SortedMap<String, String>) -> Self {
        let mut out = Self::default();
        for (key, meant) in means {
            let at = out.number(key);
            out.entities[at] = chosen.get(meant).cloned();
        }
        for entity in chosen {
            let at = out.number(entity);
            out.entities[at] = Some(entity.clone());
            let mut rest = entity.as_str();
            while let Some((_, tail)) = rest.split_once('_') {
                let at = out.number(tail);
                out.compounds[at].push(entity.clone());
                rest = tail;
            }
        }
        out
    }

    fn number(&mut self, key: &str) -> usize {
        let number = self.keys.number(key);
        self.entities.resize(self.keys.words().len(), None);
        self.compounds.resize(self.keys.words().len(), Vec::new());
        number
    }

    fn entity(&self, key: &str) -> Option<&str> {
        self.entities.get(self.keys.number_of(key)?)?.as_deref()
    }

    /// The only entity that ends in a word.
    fn compound(&self, key: &str) -> Option<&str> {
        match self.compounds.get(self.keys.number_of(key)?)?.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

impl Concepts {
    /// Whether an entity is an assumption: the text says little of it or, in a backlog, less than would make it sure.
    pub fn is_assumed(&self, key: &str) -> bool {
        let is_below = |it: &Concept| it.score < judged::SURE_WISHED;
        let is_wished = self.is_judged && self.is_stories && self.all.get(key).is_some_and(is_below);
        is_wished || self.weak.contains(key)
    }

    /// The entity that a phrase means, if any.
    pub fn entity(&self, phrase: &Phrase) -> Option<&str> {
        self.resolve(&phrase.full).or_else(|| self.resolve(&phrase.key))
    }

    /// The entity that a key means: itself, its meaning, an entity at its end, or the only entity that ends in it.
    pub fn resolve(&self, key: &str) -> Option<&str> {
        let ends = key.match_indices('_').map(|it| key.clip(it.0 + 1..));
        let mut names = std::iter::once(key).chain(ends);
        // A bare head means the only compound that ends in it.
        names.find_map(|it| self.names.entity(it)).or_else(|| self.names.compound(key))
    }

    /// The entity that keeps what a verb does: `reservation` for "reserve", when there is one.
    pub fn event(&self, lemma: &str) -> Option<&str> {
        self.events.get(lemma).map(String::as_str)
    }

    /// The entity that stands for people who use the software.
    pub fn user(&self) -> Option<&str> {
        const USERS: &[&str] = &[
            "user",
            "staff_member",
            "staff",
            "employee",
            "member",
            "colleague",
            "person",
            "worker",
            "operator",
            "agent",
            "clerk",
        ];
        USERS.iter().find_map(|it| self.chosen.get(*it)).map(String::as_str)
    }
}

/// What a value names was noticed as one.
fn value_of(values: &[String], keys: &Numbered, all: &mut [Concept]) {
    for value in values {
        let number = keys.number_of(&value.replace(' ', "_"));
        if let Some(concept) = number.and_then(|it| all.get_mut(it)) {
            *concept.evidence.or_default(Signal::Value) += 1;
        }
    }
}

/// Every phrase that was noticed, with its signals, in no way weighed. Linear.
pub fn noticed(facts: &Facts) -> SortedMap<String, Concept> {
    let mut keys = Numbered::default();
    let mut all: Vec<Concept> = Vec::new();
    for fact in &facts.all {
        match fact {
            Fact::Seen { phrase, signal } => {
                let number = keys.number(&phrase.key);
                if number == all.len() {
                    all.push(Concept::new(phrase.key.clone(), Vec::new()));
                }
                let Some(concept) = all.get_mut(number) else { continue };
                *concept.evidence.or_default(*signal) += 1;
                concept.mentions.push(phrase.span);
                if phrase.many || matches!(phrase.det, Det::One | Det::Each | Det::Many) {
                    *concept.evidence.or_default(Signal::Instance) += 1;
                }
            }
            Fact::Values { values, .. } => value_of(values, &keys, &mut all),
            Fact::Pays { items, .. } => items.iter().for_each(|it| value_of(&it.values, &keys, &mut all)),
            Fact::Owns { .. }
            | Fact::Nested { .. }
            | Fact::Alias { .. }
            | Fact::Defined { .. }
            | Fact::Lookup { .. }
            | Fact::Rule { .. }
            | Fact::Story { .. } => {}
        }
    }
    // "under review", "on loan" where no review and no loan is told of.
    let mut states: SortedSet<&str> = SortedSet::new();
    for fact in &facts.all {
        let Fact::Values { values, span, .. } = fact else { continue };
        for (before, noun) in values.iter().filter_map(|it| it.split_once(' ')) {
            let concept = keys.number_of(noun).and_then(|it| all.get(it));
            let is_state = |it: &Concept| it.mentions.iter().all(|it| it.is_within(*span));
            if one_of(before, "under in on at for out") && concept.is_some_and(is_state) {
                states.insert(noun);
            }
        }
    }
    for concept in &mut all {
        sort_by(&mut concept.mentions, Span::cmp);
        concept.mentions.dedup();
    }
    // In order each goes to the end, and none is moved for another.
    sort_by(&mut all, |one, two| one.key.cmp(&two.key));
    let things = all.into_iter().filter(|it| !states.contains(it.key.as_str()));
    things.map(|it| (it.key.clone(), it)).gather()
}

/// How many lists of properties have an owner.
fn lists(facts: &Facts) -> usize {
    facts.all.iter().filter(|it| matches!(it, Fact::Seen { signal: Signal::ListOwner, .. })).count()
}

/// Whether the text is mostly user stories.
fn tells_stories(facts: &Facts, sentences: &[Sentence]) -> bool {
    facts.stories > 0 && facts.stories * 2 >= sentences.len().max(1) && lists(facts) * 3 < facts.stories
}

/// Weighs all facts; of a text that is for the network, by what that has learned. Linear in the number of facts, up to sorting.
pub fn concepts(
    facts: &Facts,
    blocks: &[Block],
    sentences: &[Sentence],
    words: usize,
    learned: Option<&mut Learned>,
) -> Concepts {
    let is_stories = tells_stories(facts, sentences);
    let mut out = Concepts { is_stories, ..Concepts::default() };
    out.all = noticed(facts);
    // Where several technical things are named, each is part of the machinery.
    let machinery = out.all.keys().filter(|it| lexicon().technical(it).is_some()).count() >= 2;
    for concept in out.all.values_mut() {
        concept.score = if is_stories {
            story_points(concept, words, machinery)
        } else {
            points(concept, words, machinery)
        };
    }
    out.is_judged = learned.is_some();
    out.names_only = brevity::names_only(facts, words);
    // A long text tells enough of each for the network to know what is machinery.
    let is_out = machinery && words < SHORT;
    let judge = |it| judged::judge(&mut out, it, facts, blocks, sentences, is_out);
    let apart = learned.map(judge).unwrap_or_default();
    let threshold = match (out.is_judged, out.names_only) {
        (true, true) => judged::LIKELY_NAMED,
        (true, false) => judged::LIKELY,
        (false, _) => THRESHOLD,
    };
    out.is_prompt = words < PROMPT && !out.is_judged;
    if out.is_prompt && lists(facts) == 0 {
        prompt(&mut out);
    }
    let chosen = |it: &str, out: &Concepts| out.all.get(it).is_some_and(|it| it.score >= threshold);
    for fact in &facts.all {
        let Fact::Alias { said, means, is_told } = fact else { continue };
        if *is_told {
            take_name(&mut out, said, means);
            continue;
        }
        // Of two names that a story gives, the one that stands for itself stays.
        let turned = is_stories && chosen(said, &out) && !chosen(means, &out);
        let (said, means) = if turned { (means, said) } else { (said, means) };
        if out.all.get(said).is_none_or(|it| !it.has(Signal::ListOwner) && !it.has(Signal::Heading)) {
            out.means.insert(said.clone(), means.clone());
        }
    }

    merge_compounds(&mut out, threshold, &apart);
    merge_masses(&mut out, facts, threshold);
    let chosen: Vec<String> =
        out.all.values().filter(|it| it.score >= threshold).map(|it| it.key.clone()).collect();
    out.chosen = chosen.into_iter().filter(|it| !out.means.contains_key(it)).gather();
    // The network judges each of the people by itself.
    if !out.is_judged {
        choose_user(&mut out, facts);
    }
    fold_persons(&mut out);
    if out.is_judged {
        let weak = |it: &&String| out.all.get(*it).is_some_and(|it| it.score < judged::SURE);
        out.weak = out.chosen.iter().filter(weak).cloned().gather();
    }
    out.names = Names::new(&out.chosen, &out.means);
    for (verb, noun) in lexicon().events.iter() {
        if let Some(entity) =
            out.resolve(noun).filter(|it| last_word(it) == last_word(noun)).map(str::to_owned)
        {
            out.events.insert((*verb).to_owned(), entity);
        }
    }
    // "may be serviced", where services are kept: the noun is the verb, or made of it.
    let made: Vec<(String, String)> = out
        .chosen
        .iter()
        .filter(|it| lexicon().happens(it) && !it.contains('_'))
        .flat_map(|noun| verbs_of(noun).map(move |verb| (verb, noun.clone())))
        .collect();
    for (verb, noun) in made {
        out.events.or_insert(verb, noun);
    }
    for fact in &facts.all {
        if let Fact::Lookup { of } = fact
            && let Some(entity) = out.entity(of).map(str::to_owned)
        {
            out.maintained.insert(entity);
        }
    }
    out.standing = super::standing::standing(facts, &out);
    out
}

/// The verbs that a noun of what happens may be made of: `treatment` of "treat", `certification` of "certify".
pub(super) fn verbs_of(noun: &str) -> impl Iterator<Item = String> {
    const ENDS: &[(&str, &[&str])] = &[
        ("ication", &["y"]),
        ("isation", &["ise"]),
        ("ization", &["ize"]),
        ("ation", &["e", "ate", ""]),
        ("ment", &[""]),
        ("ion", &["e", ""]),
        ("ing", &["e", ""]),
        ("al", &["e", ""]),
        ("ance", &["e", ""]),
    ];
    // Source: English nouns of doing that are made of no ending.
    const OTHERS: &[(&str, &str)] = &[
        ("seat", "sit"),
        ("flight", "fly"),
        ("sale", "sell"),
        ("gift", "give"),
        ("choice", "choose"),
        ("speech", "speak"),
        ("entry", "enter"),
        ("loan", "lend"),
        ("arrival", "arrive"),
        ("service", "serve"),
        ("belief", "believe"),
        ("growth", "grow"),
    ];
    let others = OTHERS.iter().filter(|it| it.0 == noun).map(|it| it.1.to_owned());
    let others: Vec<String> = others.collect();
    let made = ENDS.iter().filter_map(|(end, verbs)| Some((noun.strip_suffix(end)?, *verbs)));
    let made = made.filter(|(stem, _)| stem.len() >= 3);
    let made: Vec<String> =
        made.flat_map(|(stem, verbs)| verbs.iter().map(move |it| format!("{stem}{it}"))).collect();
    std::iter::once(noun.to_owned()).chain(others).chain(made)
}

/// What the text itself says goes by another name is that thing, with all that was met of it.
fn take_name(out: &mut Concepts, said: &str, means: &str) {
    let means = out.means.get(means).cloned().unwrap_or_else(|| means.to_owned());
    let Some(other) = out.all.get(said).filter(|_| said != means).cloned() else { return };
    out.means.insert(said.to_owned(), means.clone());
    let Some(concept) = out.all.get_mut(&means) else {
        out.all.insert(means.clone(), Concept { key: means, ..other });
        return;
    };
    for (signal, count) in &other.evidence {
        *concept.evidence.or_default(*signal) += count;
    }
    concept.mentions.extend(other.mentions);
    sort_by(&mut concept.mentions, Span::cmp);
    concept.mentions.dedup();
    concept.score = concept.score.max(other.score);
}

/// "Vets manage availability", where availability windows are kept: what is never counted is the one compound of it that is.
fn merge_masses(out: &mut Concepts, facts: &Facts, threshold: i32) {
    let chosen = || out.all.values().filter(|it| it.score >= threshold);
    let is_weak =
        |it: &Concept| it.score < judged::SURE && !it.has(Signal::Instance) && !it.has(Signal::ListOwner);
    let is_bare = |key: &str| {
        facts.all.iter().all(|it| match it {
            Fact::Seen { phrase, .. } => phrase.key != key || phrase.det == Det::Bare,
            _ => true,
        })
    };
    let may_be = |it: &&Concept| is_weak(it) && !it.key.contains('_');
    let compound_of = |mass: &Concept| {
        let is_of = |it: &str| {
            it.strip_prefix(&mass.key).is_some_and(|it| it.starts_with('_')) && !lexicon().is_person(it)
        };
        let mut all = chosen().filter(|it| is_of(&it.key) && it.has(Signal::Instance));
        let only = all.next().filter(|_| all.next().is_none())?;
        Some((mass.key.clone(), only.key.clone()))
    };
    // Few have a compound, and only of those all facts are looked through.
    let found = chosen().filter(may_be).filter_map(compound_of);
    let found: Vec<(String, String)> = found.filter(|it| is_bare(&it.0)).collect();
    out.means.extend(found);
}

/// A compound and its bare head are one thing when the text means one; a compound that owns nothing is a kind of its head.
fn merge_compounds(out: &mut Concepts, threshold: i32, apart: &SortedMap<String, f32>) {
    let mut compounds: SortedMap<&str, Vec<&Concept>> = SortedMap::new();
    for (key, concept) in &out.all {
        if key.contains('_') {
            compounds.or_default(last_word(key)).push(concept);
        }
    }
    for (head, list) in compounds {
        let strong: Vec<&Concept> = list.iter().copied().filter(|it| it.score >= threshold).collect();
        let head_concept = out.all.get(head);
        let head_owns = head_concept.is_some_and(|it| it.has(Signal::ListOwner) || it.has(Signal::Heading));
        let head_first = head_concept.and_then(|it| it.mentions.first()).copied();
        let head_chosen = head_concept.is_some_and(|it| it.score >= threshold);
        let head_again = head_concept.is_some_and(|it| it.mentions.len() >= 2);
        for concept in list {
            let owns = match apart.get(&concept.key) {
                Some(points) => *points > judged::APART,
                None => {
                    [Signal::ListOwner, Signal::Maintained, Signal::Counted].iter().any(|it| concept.has(*it))
                }
            };
            // "The found defects are listed with a priority": what was done to them makes no other thing of them.
            let is_done = || {
                let done = concept.key.strip_suffix(head).map(|it| it.trim_end_matches('_'));
                let done = done.is_some_and(|it| looks_done(it) || lexicon().irregular.contains_key(it));
                done && head_owns && concept.mentions.len() == 1 && !concept.has(Signal::BulletHead)
            };
            if head_chosen && (!owns || is_done()) {
                // A kind of its head, unless the head is a poor name. Who is named so once, and briefly from there on, has the brief name.
                let compound_first = concept.mentions.first() < head_first.as_ref();
                let is_brief = head_again && concept.mentions.len() == 1 && lexicon().is_person(head);
                if is_brief || !(compound_first && strong.len() == 1 && !head_owns) {
                    out.means.insert(concept.key.clone(), head.to_owned());
                }
            }
        }
        if let [only] = strong.as_slice()
            && head_chosen
            && !out.means.contains_key(&only.key)
            && apart.get(&only.key).is_none_or(|it| *it <= judged::APART)
            && !lexicon().is_person(head)
        {
            let first = only.mentions.first().copied();
            let owns = only.has(Signal::ListOwner);
            let head_lists = out.all.get(head).is_some_and(|it| it.has(Signal::ListOwner));
            if first < head_first && (!head_owns || owns) || owns && !head_lists {
                out.means.insert(head.to_owned(), only.key.clone());
            }
        }
    }
}

//! A walk over the chunks of a sentence: subject, object and prepositional phrases vote for relationships.

use super::concepts::Concepts;
use super::doers::{LOOKS, role_of_doer};
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Det, Phrase, Verb, chunks};
use super::reading::RelationshipKind;
use super::relations::Vote;
use super::sentences::Sentence;

/// Verbs whose subject is the whole and whose object is a part.
const CONTAINS: &[&str] = &[
    "have", "contain", "include", "consist", "comprise", "own", "hold", "run", "offer", "get", "receive",
    "keep", "carry", "need", "list", "cover", "split", "divide", "span",
];

/// Verbs by which a part names its whole.
pub const BELONGS: &[&str] = &[
    "belong", "refer", "point", "relate", "hang", "live", "sit", "stand", "lie", "take", "happen", "result",
    "come", "concern", "depend", "apply",
];

/// Verbs by which a thing draws on others that stand on their own.
pub const USES: &[&str] = &["use", "require", "consume", "employ"];

/// The reason of votes that rest on grammar alone.
const TIES: &str = "the sentence ties it to it";

/// The reason of votes that tell how many, too.
const SEVERAL: &str = "the whole has several of it";

/// One sentence, walked.
pub struct Walk<'a> {
    /// The sentence.
    pub sentence: &'a Sentence,
    /// The entities.
    pub concepts: &'a Concepts,
    /// Where the votes go.
    pub votes: &'a mut Vec<Vote>,
    /// Whether the text is mostly user stories.
    pub is_stories: bool,
}

#[derive(Clone)]
struct End<'a> {
    entity: &'a str,
    phrase: &'a Phrase,
}

impl Walk<'_> {
    /// Walks the sentence; `topic` is what its pronouns mean, `actor` who says "I".
    pub fn read(&mut self, topic: Option<&Phrase>, actor: Option<&Phrase>) {
        let all = chunks(self.sentence);
        let concepts = self.concepts;
        let mut topic_end = topic.and_then(|it| concepts.entity(it).map(|entity| End { entity, phrase: it }));
        let mut subject: Option<End> = None;
        let mut object: Option<End> = None;
        let mut verb: Option<&Verb> = None;
        let mut preposition: Option<&str> = None;
        let mut last: Option<End> = None;
        let mut last_preposition: Option<&str> = None;
        let mut subordinate = false;
        let mut there: Option<End> = None;
        for (at, chunk) in all.iter().enumerate() {
            match &chunk.kind {
                ChunkKind::Verb(found) => {
                    if let (Some(_), true) = (&object, !found.bare) {
                        // A new clause: the subject stays unless a new one came.
                        object = None;
                    }
                    verb = Some(found);
                    preposition = None;
                }
                ChunkKind::Prep(word) => preposition = Some(word),
                ChunkKind::Pron(word) if matches!(word.as_str(), "it" | "they") && verb.is_none() => {
                    subject.clone_from(&topic_end);
                }
                // "Photos can be added to it".
                ChunkKind::Pron(word)
                    if matches!(word.as_str(), "it" | "them")
                        && preposition == Some("to")
                        && verb.is_some_and(|it| it.passive) =>
                {
                    if let (Some(part), Some(whole)) = (&subject, &topic_end)
                        && part.entity != whole.entity
                    {
                        let (part, whole) = (part.clone(), whole.clone());
                        self.vote(&part, &whole, RelationshipKind::ManyToOne, 8, "it is added to it");
                    }
                    preposition = None;
                }
                ChunkKind::Pron(word) if word == "there" && verb.is_none() => there.clone_from(&last),
                ChunkKind::Pron(word) => {
                    // Who speaks is nobody's topic.
                    if matches!(word.as_str(), "i" | "we" | "you" | "he" | "she") {
                        topic_end = None;
                        subject = actor
                            .filter(|it| {
                                word == "i" && !concepts.roles.contains_key(&it.key) && !self.is_stories
                            })
                            .and_then(|it| concepts.entity(it).map(|entity| End { entity, phrase: it }));
                    }
                }
                ChunkKind::Sub(_) => {
                    subordinate = true;
                    preposition = None;
                    // "a berth, which lies at a pier": the noun before is the subject.
                    if let Some(end) = &last {
                        subject = Some(end.clone());
                    }
                    verb = None;
                    object = None;
                }
                ChunkKind::Other => {
                    if matches!(self.sentence.word(chunk.from), ";" | ":") {
                        subject = None;
                        object = None;
                        verb = None;
                    }
                    preposition = None;
                }
                ChunkKind::And => {
                    if subordinate && self.sentence.word(chunk.from) == "," {
                        subordinate = false;
                    }
                    if last_preposition.is_none() {
                        preposition = None;
                    }
                }
                ChunkKind::Noun(phrase) => {
                    let entity = concepts.entity(phrase);
                    let Some(entity) = entity else {
                        preposition = None;
                        self.compound(phrase);
                        continue;
                    };
                    let end = End { entity, phrase };
                    self.compound(phrase);
                    if phrase.possessor {
                        if let Some(next) = all.get(at + 1).and_then(Chunk::phrase)
                            && let Some(owned) = concepts.entity(next)
                        {
                            self.vote(
                                &End { entity: owned, phrase: next },
                                &end,
                                RelationshipKind::ManyToOne,
                                8,
                                "the text says whose it is",
                            );
                        }
                        continue;
                    }
                    let governed = preposition.take();
                    let hung = last_preposition;
                    last_preposition = governed;
                    match (governed, verb) {
                        (Some("per"), _) => {
                            if let Some(base) = last.as_ref().or(subject.as_ref()).or(topic_end.as_ref()) {
                                self.vote(
                                    base,
                                    &end,
                                    RelationshipKind::ManyToOne,
                                    10,
                                    "there is one for each",
                                );
                            }
                        }
                        // "can be part of several routes"
                        (Some("of"), Some(found))
                            if found.lemma == "be" && subject.is_some() && part_of(&all, at) =>
                        {
                            if let Some(base) = subject.clone() {
                                self.governed(&base, &end, "of", found);
                            }
                        }
                        (Some("of"), _) if last.is_some() => {
                            if let Some(base) = &last {
                                let shared = base.phrase.many && lexicon().is_shared(base.entity);
                                self.vote(
                                    base,
                                    &end,
                                    if shared {
                                        RelationshipKind::ManyToMany
                                    } else {
                                        RelationshipKind::ManyToOne
                                    },
                                    7,
                                    "the text says of which it is",
                                );
                            }
                        }
                        (Some(word), Some(found)) => {
                            let close = at >= 2
                                && all[at - 2].phrase().is_some_and(|it| {
                                    Some(it.span) == last.as_ref().map(|it| it.phrase.span)
                                });
                            let counted = end.phrase.det == Det::One || end.phrase.det == Det::Each;
                            let tail = hung.filter(|_| {
                                close && counted && matches!(word, "for" | "in" | "at" | "on" | "of")
                            });
                            let base = if tail.is_some() {
                                // "applies for a permit for one vehicle": the vehicle is the permit's.
                                last.as_ref()
                            } else if found.passive {
                                subject.as_ref().or(topic_end.as_ref())
                            } else {
                                object.as_ref().or(subject.as_ref())
                            };
                            if let Some(base) = base.cloned() {
                                self.governed(&base, &end, word, found);
                            }
                        }
                        (Some(word), None) => {
                            if let Some(base) = &last {
                                let base = base.clone();
                                let weight = if matches!(
                                    word,
                                    "for" | "in" | "on" | "at" | "to" | "by" | "from" | "within"
                                ) {
                                    6
                                } else {
                                    4
                                };
                                self.vote(
                                    &base,
                                    &end,
                                    RelationshipKind::ManyToOne,
                                    weight,
                                    "the text ties it to it",
                                );
                            } else if let Some(topic) =
                                topic_end.as_ref().filter(|_| matches!(word, "for" | "in"))
                            {
                                let topic = topic.clone();
                                self.vote(
                                    &end,
                                    &topic,
                                    RelationshipKind::ManyToOne,
                                    4,
                                    "it is told under it",
                                );
                            }
                        }
                        (None, None) => {
                            subject = Some(end.clone());
                        }
                        // "On each site there are several houses".
                        (None, Some(found)) if found.lemma == "be" && there.is_some() => {
                            if let Some(place) = there.take() {
                                self.vote(&end, &place, RelationshipKind::ManyToOne, 9, "it is found there");
                            }
                            object = Some(end.clone());
                        }
                        (None, Some(found)) => {
                            let agent = subject.clone().or_else(|| topic_end.clone());
                            if let Some(agent) = agent.filter(|it| it.phrase.span != end.phrase.span) {
                                self.acts(&agent, found, &end);
                            }
                            object = Some(end.clone());
                        }
                    }
                    last = Some(end);
                }
            }
        }
    }

    /// "boat licence": a licence of a boat, when both are entities.
    fn compound(&mut self, phrase: &Phrase) {
        let Some((modifier, head)) = phrase.key.rsplit_once('_') else { return };
        let (Some(outer), Some(inner)) = (
            self.concepts.chosen.get(modifier).cloned(),
            self.concepts.resolve(&phrase.key).map(str::to_owned),
        ) else {
            return;
        };
        let weight = if self.is_stories { 8 } else { 4 };
        if inner != outer && (inner == head || inner == phrase.key) {
            self.votes.push(Vote {
                from: inner,
                to: outer,
                kind: RelationshipKind::ManyToOne,
                role: None,
                weight,
                nullable: false,
                several: false,
                reason: "its name says so",
                span: phrase.span,
            });
        }
    }

    /// An active or passive verb with its object.
    fn acts(&mut self, subject: &End, verb: &Verb, object: &End) {
        if verb.denied {
            return;
        }
        let lemma = verb.lemma.as_str();
        let lexicon = lexicon();
        let person = lexicon.is_person(subject.entity);
        let several = |it: &End| it.phrase.many && it.phrase.det != Det::Each;
        let quantified =
            |it: &End| it.phrase.many && (it.phrase.det == Det::Many || it.phrase.number.is_some());
        if self.is_stories
            && person
            && !matches!(
                lemma,
                "have"
                    | "own"
                    | "submit"
                    | "create"
                    | "make"
                    | "place"
                    | "buy"
                    | "order"
                    | "pay"
                    | "book"
                    | "write"
                    | "upload"
                    | "register"
                    | "express"
            )
        {
            return;
        }
        if lemma == "be" {
            return;
        }
        // "A repair uses parts": what is used up here is used up elsewhere, too.
        if USES.contains(&lemma)
            && !verb.passive
            && !person
            && several(object)
            && subject.entity != object.entity
        {
            self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if matches!(lemma, "become" | "produce" | "yield") && !verb.passive {
            self.vote(object, subject, RelationshipKind::ManyToOne, 8, "it comes out of it");
            return;
        }
        if let Some(event) = self
            .concepts
            .event(lemma)
            .filter(|it| !self.is_stories && *it != subject.entity && *it != object.entity)
        {
            self.takes_part(event, subject, verb);
            self.takes_part(event, object, verb);
            return;
        }
        if lexicon.associations.contains(lemma)
            && (several(subject) && several(object) || quantified(object) && subject.phrase.many)
        {
            self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if quantified(object)
            && lexicon.is_shared(object.entity)
            && subject.entity != object.entity
            && !verb.passive
            && !LOOKS.contains(&lemma)
        {
            self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if CONTAINS.contains(&lemma) && !verb.passive && !verb.particle {
            let child = several(object);
            if child && lexicon.is_shared(object.entity) && subject.entity != object.entity {
                self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            } else if child {
                self.vote(object, subject, RelationshipKind::ManyToOne, 9, SEVERAL);
            } else {
                self.vote(subject, object, RelationshipKind::ManyToOne, 8, "it has one of it");
            }
        } else if person && !verb.passive {
            // What people do to people is told to explain, not to be kept.
            let helps = lexicon.is_person(object.entity) && !lexicon.events.contains_key(lemma);
            if LOOKS.contains(&lemma) || helps {
                return;
            }
            let span = object.phrase.span.cover(subject.phrase.span);
            let names_role = concepts_role(self.concepts, subject);
            let role = role_of_doer(lemma, object.entity).filter(|_| names_role).map(str::to_owned);
            let (from, to) = (object.entity.to_owned(), subject.entity.to_owned());
            if from != to {
                self.votes.push(Vote {
                    from,
                    to,
                    kind: RelationshipKind::ManyToOne,
                    role,
                    weight: 8,
                    nullable: false,
                    several: false,
                    reason: "somebody does it",
                    span,
                });
            }
        } else if verb.passive || BELONGS.contains(&lemma) || !several(object) {
            self.vote(subject, object, RelationshipKind::ManyToOne, 8, TIES);
        } else {
            self.vote(object, subject, RelationshipKind::ManyToOne, 8, "the sentence ties several to one");
        }
    }

    /// A verb with a preposition: "is moored at a pier", "assigns a berth to a boat".
    fn governed(&mut self, base: &End, end: &End, word: &str, verb: &Verb) {
        if verb.denied {
            return;
        }
        let several = |it: &End| it.phrase.many;
        let happens = self
            .concepts
            .event(&verb.lemma)
            .filter(|it| !self.is_stories && *it != base.entity && *it != end.entity);
        if let (Some(event), "for" | "to" | "from" | "by" | "at" | "in" | "on" | "under") = (happens, word) {
            self.takes_part(event, base, verb);
            self.takes_part(event, end, verb);
            return;
        }
        if verb.lemma == "assign" && word == "to" && lexicon().is_person(end.entity) {
            let span = base.phrase.span.cover(end.phrase.span);
            let (from, to, role) =
                (base.entity.to_owned(), end.entity.to_owned(), Some("assignee".to_owned()));
            if from != to {
                self.votes.push(Vote {
                    from,
                    to,
                    kind: RelationshipKind::ManyToOne,
                    role,
                    weight: 10,
                    nullable: true,
                    several: false,
                    reason: "it is assigned to somebody, perhaps not yet",
                    span,
                });
            }
            return;
        }
        let association = lexicon().associations.contains(verb.lemma.as_str());
        let quantified = end.phrase.det == Det::Many && end.phrase.many;
        if quantified && (association || word == "by" && verb.passive) && base.phrase.many
            || association && several(base) && several(end) && word != "of"
        {
            self.vote(base, end, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        // "A buoy can be found in several sectors", "may be part of many routes"
        let anywhere = quantified
            && !base.phrase.many
            && base.phrase.det != Det::Each
            && verb.possible
            && (verb.passive
                || matches!(
                    verb.lemma.as_str(),
                    "be" | "appear" | "belong" | "occur" | "take" | "participate" | "work" | "play"
                ))
            && matches!(word, "of" | "in" | "on" | "to" | "for" | "at" | "with");
        if anywhere && !lexicon().is_person(end.entity) {
            self.vote(base, end, RelationshipKind::ManyToMany, 9, "one may be in several of it");
            return;
        }
        if matches!(word, "of" | "into") && CONTAINS.contains(&verb.lemma.as_str()) {
            self.vote(end, base, RelationshipKind::ManyToOne, 9, "the whole is made of it");
            return;
        }
        let weight = match word {
            "by" | "to" | "for" | "from" | "at" | "in" | "on" | "under" | "within" | "per" => 8,
            "with" => 7,
            _ => 5,
        };
        if several(end) && !base.phrase.many && matches!(word, "with" | "into") {
            self.vote(end, base, RelationshipKind::ManyToOne, weight, "one comes with several of it");
        } else {
            self.vote(base, end, RelationshipKind::ManyToOne, weight, TIES);
        }
    }

    /// "A member reserves a book", where reservations are kept: the reservation refers to both.
    fn takes_part(&mut self, event: &str, end: &End, verb: &Verb) {
        if verb.denied || event == end.entity {
            return;
        }
        self.votes.push(Vote {
            from: event.to_owned(),
            to: end.entity.to_owned(),
            kind: RelationshipKind::ManyToOne,
            role: None,
            weight: 8,
            nullable: false,
            several: false,
            reason: "it takes part in what is kept",
            span: end.phrase.span,
        });
    }

    fn vote(&mut self, from: &End, to: &End, kind: RelationshipKind, weight: i32, reason: &'static str) {
        let lexicon = lexicon();
        let holds =
            |it: &str| lexicon.containers.contains(it) || lexicon.is_shared(it) || lexicon.is_person(it);
        let loose = reason == TIES && lexicon.is_person(from.entity) && !holds(to.entity);
        // People are pointed at far more often than they point.
        let weight = if loose { weight - 3 } else { weight };
        let span = from.phrase.span.cover(to.phrase.span);
        let role = self
            .concepts
            .roles
            .get(&to.phrase.key)
            .map(|_| to.phrase.key.clone())
            .filter(|it| !lexicon.role_nouns.contains(it.as_str()));
        let nullable = to.phrase.det == Det::Many && !to.phrase.many;
        let (from, to) = (from.entity.to_owned(), to.entity.to_owned());
        if from != to {
            let several = reason == SEVERAL;
            self.votes.push(Vote { from, to, kind, role, weight, nullable, several, reason, span });
        }
    }
}

/// Whether a phrase names people by what they may do, so that the verb says more about them than the noun.
fn concepts_role(concepts: &Concepts, end: &End) -> bool {
    concepts.roles.contains_key(&end.phrase.key) || lexicon().role_nouns.contains(end.entity)
}

/// "part of": what stands before the noun phrase at `at` only says that the subject is in it.
fn part_of(all: &[Chunk], at: usize) -> bool {
    at >= 2 && all[at - 2].phrase().is_some_and(|it| matches!(it.key.as_str(), "part" | "member" | "element"))
}

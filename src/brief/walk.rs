//! A walk over the chunks of a sentence: subject, object and prepositional phrases vote for relationships.

use super::concepts::Concepts;
use super::doers::answers_for;
use super::fronted::{Fronted, labelled};
use super::joined::{Hang, Joint, opens_clause};
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, Verb, chunks};
use super::reading::RelationshipKind;
use super::relations::Vote;
use super::sentences::Sentence;
use super::types::SIZED;
use super::walk_verbs::brings;
use crate::base::one_of;

/// Verbs by which a part names its whole.
pub const BELONGS: &str =
    "belong refer point relate hang live sit stand lie take happen result come concern depend apply";

/// Verbs by which a thing draws on others that stand on their own.
pub const USES: &str = "use require consume employ";

/// The reason of votes that rest on grammar alone.
pub(super) const TIES: &str = "the sentence ties it to it";

/// The reason of votes by verbs of belonging: they say as much of people as of things.
pub(super) const MEMBER: &str = "the sentence says where it belongs";

/// The reason of votes for what something leads to or turns into.
pub(super) const COMES_OUT: &str = "it comes out of it";

/// The reason of votes that tell how many, too.
pub(super) const SEVERAL: &str = "the whole has several of it";

/// The reason of votes of what a thing does to several others.
pub(super) const TO_SEVERAL: &str = "the sentence ties several to one";

/// The reason of votes that rest on the place alone.
pub(super) const UNDER: &str = "it is told under it";

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
    /// Whether the verb that was last read tells of what may be: "may belong to a pier".
    pub maybe: bool,
    /// How many words only name things, and say nothing of how they are tied.
    pub behind: usize,
}

#[derive(Clone)]
pub(super) struct End<'a> {
    pub(super) entity: &'a str,
    pub(super) phrase: &'a Phrase,
}

impl<'a> Walk<'a> {
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
        let mut fronted = Fronted::default();
        let mut hang: Option<Hang> = None;
        let mut joint = Joint::default();
        let event = labelled(self.sentence, concepts, all);
        // What "it" means in a later clause of the sentence.
        let mut spoken_of: Option<End> = None;
        let behind = self.behind;
        for (at, chunk) in all.iter().enumerate().filter(|it| it.1.from >= behind) {
            match &chunk.kind {
                ChunkKind::Verb(found) => {
                    if let (Some(_), true) = (&object, !found.bare) {
                        // A new clause: the subject stays unless a new one came.
                        object = None;
                    }
                    // "Each boat is inspected", where inspections are kept.
                    if let (Some(end), true) = (&subject, found.passive && !self.is_stories && !found.denied)
                        && let Some(event) = self.happening(&found.lemma, end)
                    {
                        let end = end.clone();
                        self.takes_part(event, &end, found);
                    }
                    verb = Some(found);
                    self.maybe = found.possible
                        && (one_of(found.lemma.as_str(), BELONGS)
                            || lexicon().have.contains(found.lemma.as_str()));
                    preposition = None;
                }
                ChunkKind::Prep(word) => preposition = Some(word),
                ChunkKind::Pron(word)
                    if one_of(word.as_str(), "it they")
                        && (verb.is_none() || preposition.is_none() && opens_clause(all, at)) =>
                {
                    (object, verb, last_preposition) = (None, None, None);
                    subject.clone_from(if spoken_of.is_some() { &spoken_of } else { &topic_end });
                }
                // "Photos can be added to it".
                ChunkKind::Pron(word)
                    if one_of(word.as_str(), "it them")
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
                    if one_of(word.as_str(), "i we you he she") {
                        fronted.main_clause(object.as_ref().or(subject.as_ref()));
                        topic_end = None;
                        subject = actor
                            .filter(|it| {
                                word == "i" && !concepts.roles.contains_key(&it.key) && !self.is_stories
                            })
                            .and_then(|it| concepts.entity(it).map(|entity| End { entity, phrase: it }));
                    }
                }
                ChunkKind::Sub(word) => {
                    subordinate = true;
                    fronted.subordinate(word, last.is_none());
                    preposition = None;
                    // "a berth, which lies at a pier": the noun before is the subject.
                    if let Some(end) = &last {
                        subject = Some(end.clone());
                    }
                    verb = None;
                    object = None;
                }
                ChunkKind::Other => {
                    if self.sentence.says(chunk.from, "; :") {
                        subordinate = false;
                        subject = None;
                        object = None;
                        verb = None;
                        fronted = Fronted::default();
                    }
                    preposition = None;
                }
                ChunkKind::And => {
                    if subordinate && self.sentence.says(chunk.from, ",") {
                        subordinate = false;
                    }
                    if last_preposition.is_none() {
                        preposition = None;
                    }
                }
                ChunkKind::Noun(phrase) => {
                    if verb.is_some()
                        && preposition.is_none()
                        && concepts.entity(phrase).is_some()
                        && opens_clause(all, at)
                    {
                        fronted.main_clause(object.as_ref().or(subject.as_ref()));
                        (subject, object, verb, last_preposition) = (None, None, None, None);
                    }
                    let entity = concepts.entity(phrase);
                    let Some(entity) = entity else {
                        // "The system keeps": it is not what the text spoke of.
                        let opens = verb.is_none() && preposition.is_none();
                        if opens
                            && one_of(&phrase.key, "system app application software platform tool portal")
                        {
                            (subject, topic_end) = (None, None);
                        }
                        // "for one day and one boat": the boat hangs where the day does, though that is no thing.
                        let word = preposition.take();
                        let (last, hung) = (last.clone(), last_preposition);
                        hang = word.map(|word| Hang { at, first: at, word, last, hung });
                        self.compound(phrase);
                        continue;
                    };
                    let end = End { entity, phrase };
                    self.compound(phrase);
                    if let Some(event) = event.as_ref().filter(|it| it.phrase.span != phrase.span) {
                        self.told_by_label(event, &end);
                        continue;
                    }
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
                    let mut governed = preposition.take();
                    let joined = at >= 2
                        && matches!(all.kind_at(at - 1), ChunkKind::And)
                        && all.phrase_at(at - 2).is_some();
                    let mut hung = last_preposition;
                    let mut place = at;
                    if governed.is_none()
                        && let Some(before) = hang.take().filter(|it| it.goes_on(all, at, self.sentence))
                    {
                        (governed, hung, place) = (Some(before.word), before.hung, before.first);
                        last = before.last;
                    }
                    hang = governed.map(|word| Hang { at, first: place, word, last: last.clone(), hung });
                    last_preposition = governed;
                    match (governed, verb) {
                        (Some("per"), _) => {
                            // "A member applies once per season": the application is one for each.
                            let event = verb.filter(|_| !self.is_stories);
                            let event = event.and_then(|it| Some((it, concepts.event(&it.lemma)?)));
                            if let (Some((found, event)), None) = (event, &object) {
                                self.takes_part(event, &end, found);
                            } else if let Some(base) =
                                last.as_ref().or(subject.as_ref()).or(topic_end.as_ref())
                            {
                                let kind = self.how_many_each(all, base, at);
                                self.vote(base, &end, kind, 10, "there is one for each");
                            }
                        }
                        // "A keeper looks after several animals": each has one.
                        (Some(_), Some(found))
                            if (phrase.many || found.lemma == "be")
                                && !found.denied
                                && answers_for(
                                    self.sentence,
                                    all.end_at(place.saturating_sub(1)),
                                    &found.lemma,
                                ) =>
                        {
                            if let Some(base) = subject.clone() {
                                self.vote(&end, &base, RelationshipKind::ManyToOne, 8, TO_SEVERAL);
                            }
                        }
                        // "can be part of several routes"
                        (Some("of"), Some(found))
                            if found.lemma == "be" && subject.is_some() && part_of(all, place) =>
                        {
                            if let Some(base) = subject.clone() {
                                self.governed(&base, &end, "of", found);
                            }
                        }
                        // "An overview of piers" is nothing of whoever wants it.
                        (Some("of"), _) if self.is_stories && !follows(all, place, last.as_ref()) => {}
                        // "a room and a maximum number of students": the students are not the room's.
                        (Some("of"), _) if counts(all, place) => {}
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
                                    // "Tasks of their workspace" may be its tasks through something between.
                                    if end.phrase.owned { 7 } else { 8 },
                                    "the text says of which it is",
                                );
                            }
                        }
                        (Some(word), Some(found)) => {
                            let close = place >= 2
                                && all.phrase_at(place - 2).is_some_and(|it| {
                                    Some(it.span) == last.as_ref().map(|it| it.phrase.span)
                                });
                            let counted = end.phrase.det == Det::One || end.phrase.det == Det::Each;
                            let told = found.passive && subject.is_some();
                            let tail =
                                hung.filter(|_| !told && close && counted && one_of(word, "for in at on of"));
                            let base = if tail.is_some() {
                                // "applies for a permit for one vehicle": the vehicle is the permit's.
                                last.as_ref()
                            } else if found.passive {
                                subject.as_ref().or(topic_end.as_ref())
                            } else {
                                // "Belongs to an order and a pier": of one thing, what is spoken of is meant.
                                let leads = all.verb_at(0).is_some() && !phrase.many;
                                let meant = topic_end.as_ref().filter(|_| leads);
                                object.as_ref().or(subject.as_ref()).or(meant)
                            };
                            let event = subject.as_ref().filter(|it| brings(it, found, word));
                            if let (Some(event), Some(_)) = (event, &object) {
                                self.vote(event, &end, RelationshipKind::ManyToOne, 9, TIES);
                            } else if let Some(base) = base.cloned() {
                                let others = super::coordinated::others(all, place - 1);
                                for verb in std::iter::once(found).chain(others) {
                                    for base in joint.with(&base) {
                                        self.governed(&base, &end, word, verb);
                                    }
                                }
                            }
                        }
                        (Some(word), None) => {
                            if let Some(base) = &last {
                                let base = base.clone();
                                let weight =
                                    if one_of(word, "for in on at to by from within") { 6 } else { 4 };
                                self.vote(
                                    &base,
                                    &end,
                                    RelationshipKind::ManyToOne,
                                    weight,
                                    "the text ties it to it",
                                );
                            } else if one_of(word, "for per with on at in from to of after during")
                                && fronted.takes(place != at)
                            {
                                fronted.push(&end, word);
                            } else if let Some(topic) = topic_end.as_ref().filter(|_| one_of(word, "for in"))
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
                            let next = all.iter().skip(at + 1).find_map(Chunk::verb);
                            if let Some(next) = next.filter(|it| !it.denied && !it.bare) {
                                self.under_fronted(&mut fronted, &end, next, joined);
                            }
                            // "the shares each member holds"
                            let held = at
                                .checked_sub(1)
                                .and_then(|it| all.get(it))
                                .and_then(Chunk::phrase)
                                .and_then(|it| Some(End { entity: concepts.entity(it)?, phrase: it }));
                            let holds = all.get(at + 1).and_then(Chunk::verb).is_some_and(|it| {
                                !it.passive
                                    && (it.lemma == "own" || lexicon().have.contains(it.lemma.as_str()))
                            });
                            if let (Some(held), true) = (held, holds) {
                                self.vote(
                                    &held,
                                    &end,
                                    RelationshipKind::ManyToOne,
                                    8,
                                    "the text says whose it is",
                                );
                            }
                            if subject.is_none()
                                && let Some(topic) = topic_end.clone().filter(|_| !self.is_stories)
                            {
                                self.vote(&end, &topic, RelationshipKind::ManyToOne, 3, UNDER);
                            }
                            joint.next(subject.as_ref().filter(|_| joined), &end);
                            subject = Some(end.clone());
                            if !subordinate && !lexicon().is_person(end.entity) {
                                spoken_of.clone_from(&subject);
                            }
                        }
                        // "On each site there are several houses".
                        (None, Some(found)) if found.lemma == "be" && there.is_some() => {
                            if let Some(place) = there.take() {
                                self.vote(&end, &place, RelationshipKind::ManyToOne, 9, "it is found there");
                            }
                            object = Some(end.clone());
                        }
                        (None, Some(found)) if self.comes_of(&fronted, found, &end, subject.is_none()) => {
                            object = Some(end.clone());
                        }
                        (None, Some(found)) => {
                            self.made_of(&mut fronted, found, &end);
                            let agent = subject.clone().or_else(|| topic_end.clone());
                            if let Some(agent) = agent.filter(|it| it.phrase.span != end.phrase.span) {
                                for agent in joint.with(&agent) {
                                    self.acts(&agent, found, &end);
                                }
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

    /// The entity that keeps what a verb does to something. "A play has roles. A role is played by an actor": what a thing has several
    /// of does not happen to be its own end.
    pub(super) fn happening(&self, lemma: &str, end: &End) -> Option<&'a str> {
        let concepts: &'a Concepts = self.concepts;
        let event = concepts.event(lemma)?;
        let has = self.votes.iter().any(|it| it.several && it.from == end.entity && it.to == event);
        (!has).then_some(event)
    }

    pub(super) fn vote(
        &mut self,
        from: &End,
        to: &End,
        kind: RelationshipKind,
        weight: i32,
        reason: &'static str,
    ) {
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
        let nullable = to.phrase.det == Det::Many && !to.phrase.many
            || self.maybe
                && kind == RelationshipKind::ManyToOne
                && to.phrase.det == Det::One
                && !from.phrase.many;
        let (from, to) = (from.entity.to_owned(), to.entity.to_owned());
        if from != to {
            let several = matches!(reason, SEVERAL | TO_SEVERAL);
            self.votes.push(Vote { from, to, kind, role, weight, nullable, several, reason, span });
        }
    }
}

/// "part of": what stands before the noun phrase at `at` only says that the subject is in it.
fn part_of(all: &[Chunk], at: usize) -> bool {
    at >= 2 && all.phrase_at(at - 2).is_some_and(|it| one_of(it.key.as_str(), "part member element"))
}

/// Whether what stands before the "of" before `at` tells how many: "the number of students", not "a number of students".
fn counts(all: &[Chunk], at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|it| all.phrase_at(it));
    before.is_some_and(|it| match it.key.as_str() {
        "number" => it.det == Det::The,
        "count" => true,
        key => key.ends_with("_number") && key.split_once('_').is_some_and(|it| one_of(it.0, SIZED)),
    })
}

/// Whether only a preposition stands between an entity and the noun phrase at `at`.
fn follows(all: &[Chunk], at: usize, last: Option<&End>) -> bool {
    let before = at.checked_sub(2).and_then(|it| all.phrase_at(it));
    before.is_some_and(|it| last.is_some_and(|last| last.phrase.span == it.span))
}

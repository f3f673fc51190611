//! What verbs say of the things around them: who contains, belongs to, uses or takes part in what.

use super::concepts::Concepts;
use super::doers::{LOOKS, role_of_doer, role_of_leader};
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Verb};
use super::reading::RelationshipKind;
use super::relations::{LEADS, TAKES_PART, Vote};
use super::walk::{BELONGS, COMES_OUT, End, MEMBER, SEVERAL, TIES, TO_SEVERAL, USES, Walk};
use crate::base::one_of;

/// Verbs whose subject is the whole and whose object is a part.
const CONTAINS: &str = "have contain include consist comprise own hold run offer get receive keep carry need list cover \
                      split divide span";

/// Verbs that say in how many parts a thing goes out: "is sent in several parcels".
const SENT: &str = "send ship deliver dispatch pack split divide pay bill settle print cut";

/// Verbs with the preposition behind which stands what comes out of their subject.
const OUTCOMES: &[(&str, &str)] =
    &[("lead", "to"), ("result", "in"), ("turn", "into"), ("convert", "into"), ("develop", "into")];

/// Whether what stands behind the preposition comes out of what stands before the verb: "a claim leads to payments".
pub(super) fn comes_out(verb: &Verb, word: &str) -> bool {
    OUTCOMES.contains(&(verb.lemma.as_str(), word))
}

/// The reason of votes for whoever does something to a thing.
const DOES: &str = "somebody does it";

/// The reason of votes for whoever chooses a thing.
const CHOSEN: &str = "somebody chooses it";

/// Verbs by which people take what is there for others, too. Source: English verbs of choice and of software.
const CHOOSES: &str = "choose select pick prefer like favourite favorite save bookmark star";

/// Verbs that say to what people belong.
const MEMBERSHIP: &str = "belong work employ enrol live attach";

impl Walk<'_> {
    /// An active or passive verb with its object.
    pub(super) fn acts(&mut self, subject: &End, verb: &Verb, object: &End) {
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
            && !one_of(
                lemma,
                "have own submit create make place buy order pay book write upload register express file raise send receive request leave report cancel",
            )
        {
            return;
        }
        if lemma == "be" {
            return;
        }
        // "An employee supervises other employees": each has one who does, perhaps.
        let others = || self.sentence.words.iter().any(|it| one_of(&it.token.word, "other others another"));
        let own_kind = person && subject.entity == object.entity && !verb.passive && others();
        if let Some(role) = role_of_leader(lemma).filter(|_| own_kind) {
            self.votes.push(Vote {
                from: subject.entity.to_owned(),
                to: subject.entity.to_owned(),
                kind: RelationshipKind::ManyToOne,
                role: Some(role.to_owned()),
                weight: 9,
                nullable: true,
                several: false,
                reason: LEADS,
                span: object.phrase.span.cover(subject.phrase.span),
            });
            return;
        }
        // "An authorship links an author to a book": it has one of each.
        let of_one = subject.phrase.many || matches!(object.phrase.det, Det::One | Det::Each);
        if of_one && super::brought::links(subject.phrase, verb) {
            self.vote(subject, object, RelationshipKind::ManyToOne, 9, TIES);
            return;
        }
        // "A repair uses parts": what is used up here is used up elsewhere, too.
        if one_of(lemma, USES)
            && !verb.passive
            && !person
            && several(object)
            && subject.entity != object.entity
        {
            self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if one_of(lemma, "become produce yield") && !verb.passive {
            self.vote(object, subject, RelationshipKind::ManyToOne, 8, COMES_OUT);
            return;
        }
        if let Some(event) = self
            .happening(lemma, subject)
            .filter(|it| !self.is_stories && *it != subject.entity && *it != object.entity)
            .filter(|_| verb.passive || !one_of(lemma, CONTAINS) || !several(object))
        {
            self.takes_part(event, subject, verb);
            self.takes_part(event, object, verb);
            return;
        }
        if super::standing::relates(lemma)
            && (several(subject) && several(object)
                || quantified(object) && (subject.phrase.many || super::standing::attends(lemma)))
        {
            self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if quantified(object)
            && lexicon.is_shared(object.entity)
            && subject.entity != object.entity
            && !verb.passive
            && !one_of(lemma, LOOKS)
        {
            self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if super::standing::meet(self.concepts, subject, object, verb, None) {
            self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if one_of(lemma, CONTAINS) && !verb.passive && !verb.particle {
            let child = several(object);
            if child && lexicon.is_shared(object.entity) && subject.entity != object.entity {
                self.vote(subject, object, RelationshipKind::ManyToMany, 9, "both sides may have several");
            } else if child {
                self.vote(object, subject, RelationshipKind::ManyToOne, 9, SEVERAL);
            } else {
                self.vote(subject, object, RelationshipKind::ManyToOne, 8, "it has one of it");
            }
        } else if person && !verb.passive && one_of(lemma, CHOOSES) && subject.entity != object.entity {
            // What is there to be chosen belongs to nobody who does.
            let part = super::knowledge::is_part(object.entity);
            let kind = if several(object) || part {
                RelationshipKind::ManyToMany
            } else {
                RelationshipKind::ManyToOne
            };
            self.vote(subject, object, kind, 8, CHOSEN);
        } else if person && !verb.passive {
            // What people do to people is told to explain, not to be kept.
            let helps = lexicon.is_person(object.entity) && !lexicon.events.contains_key(lemma);
            if one_of(lemma, LOOKS) || helps {
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
                    // "A student takes several courses": told from the courses, too, each has several of the other.
                    several: quantified(object) && !subject.phrase.many,
                    reason: DOES,
                    span,
                });
            }
        } else if verb.passive || one_of(lemma, BELONGS) || !several(object) {
            self.vote(subject, object, RelationshipKind::ManyToOne, 8, TIES);
        } else {
            self.vote(object, subject, RelationshipKind::ManyToOne, 8, TO_SEVERAL);
        }
    }

    /// "One invoice per visit": no more than one of it for each, unless it is one for each of several things together.
    pub(super) fn how_many_each(&self, all: &[Chunk], base: &End, at: usize) -> RelationshipKind {
        let one = at >= 2
            && all.phrase_at(at - 2).is_some_and(|it| it.span == base.phrase.span)
            && self.sentence.says(all.start_at(at - 2), "one")
            && (at < 3 || !matches!(all.kind_at(at - 3), ChunkKind::Prep(_)));
        // "A code is used once per customer": other customers use it as well.
        let times = all.start_at(at.saturating_sub(1)).saturating_sub(1);
        let used = self.sentence.says(times, "once twice times")
            && all.phrase_at(at).is_some_and(|it| lexicon().is_person(&it.key));
        if used {
            return RelationshipKind::ManyToMany;
        }
        let together = self.sentence.says(all.end_at(at), "and + per / & in on may");
        if one && !together { RelationshipKind::OneToOne } else { RelationshipKind::ManyToOne }
    }

    /// A verb with a preposition: "is moored at a pier", "assigns a berth to a boat".
    pub(super) fn governed(&mut self, base: &End, end: &End, word: &str, verb: &Verb) {
        if verb.denied {
            return;
        }
        let several = |it: &End| it.phrase.many;
        let happens = self
            .happening(&verb.lemma, base)
            .filter(|it| !self.is_stories && *it != base.entity && *it != end.entity);
        if let (Some(event), "for" | "to" | "from" | "by" | "at" | "in" | "on" | "under") = (happens, word) {
            self.takes_part(event, base, verb);
            self.takes_part(event, end, verb);
            return;
        }
        // "Guides are assigned to tours": neither belongs to the other.
        let groups = || {
            !self.concepts.chosen.contains("assignment")
                && several(base)
                && several(end)
                && lexicon().is_person(base.entity)
                && !lexicon().happens(end.entity)
        };
        if verb.lemma == "assign"
            && word == "to"
            && lexicon().is_person(end.entity) != lexicon().is_person(base.entity)
            && !groups()
            && !(end.phrase.many && end.phrase.det == Det::Many)
        {
            let span = base.phrase.span.cover(end.phrase.span);
            let (base, end) = if lexicon().is_person(end.entity) { (base, end) } else { (end, base) };
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
        if comes_out(verb, word) {
            self.vote(end, base, RelationshipKind::ManyToOne, 8, COMES_OUT);
            return;
        }
        if super::standing::collects(base.entity, end.entity, verb, word) && several(base) {
            // "Users add songs to playlists": not the songs are theirs.
            let here =
                |it: &&mut Vote| matches!(it.reason, DOES | CHOSEN) && it.span.overlaps(base.phrase.span);
            if let Some(theirs) = self.votes.iter_mut().rfind(here) {
                if theirs.reason == CHOSEN {
                    theirs.to = std::mem::take(&mut theirs.from);
                    (theirs.kind, theirs.reason) = (RelationshipKind::ManyToOne, DOES);
                }
                end.entity.clone_into(&mut theirs.from);
            }
            self.vote(base, end, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        let association =
            super::standing::relates(&verb.lemma) || super::standing::signs_up(&verb.lemma, word);
        let quantified = end.phrase.det == Det::Many && end.phrase.many;
        if quantified && (association || word == "by" && verb.passive) && base.phrase.many
            || association && several(base) && several(end) && word != "of"
        {
            self.vote(base, end, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        if super::standing::meet(self.concepts, base, end, verb, Some(word)) {
            self.vote(base, end, RelationshipKind::ManyToMany, 9, "both sides may have several");
            return;
        }
        // "A buoy can be found in several sectors", "may be part of many routes"
        let anywhere = quantified
            && !base.phrase.many
            && base.phrase.det != Det::Each
            && verb.possible
            && (verb.passive
                || one_of(verb.lemma.as_str(), "be appear belong occur take participate work play"))
            && one_of(word, "of in on to for at with");
        if anywhere && !lexicon().is_person(end.entity) {
            self.vote(base, end, RelationshipKind::ManyToMany, 9, "one may be in several of it");
            return;
        }
        // "A pass is valid in one or several resorts", "is shot at locations": places and people that stand for themselves are
        // there for others, too.
        let stands = !lexicon().happens(end.entity) && !lexicon().happens(base.entity);
        let shared = quantified
            && !base.phrase.many
            && (one_of(word, "in on at for to by from through via across") || association && word == "with")
            && (verb.passive || !one_of(verb.lemma.as_str(), CONTAINS))
            && !one_of(verb.lemma.as_str(), SENT);
        let standing = |it: &End| self.concepts.standing.contains(it.entity);
        let apart = standing(base) && standing(end);
        if shared && (stands || apart || lexicon().is_shared(end.entity)) {
            self.vote(base, end, RelationshipKind::ManyToMany, 9, "one may be in several of it");
            return;
        }
        if one_of(word, "of into") && one_of(verb.lemma.as_str(), CONTAINS) {
            self.vote(end, base, RelationshipKind::ManyToOne, 9, "the whole is made of it");
            return;
        }
        // "An order is sent in several parcels": each goes out with one.
        if quantified && verb.passive && one_of(word, "in into") && one_of(verb.lemma.as_str(), SENT) {
            self.vote(end, base, RelationshipKind::ManyToOne, 9, TO_SEVERAL);
            return;
        }
        // "A fee may be settled by several transfers": told from the transfers, too, each has several of the other.
        if quantified && !base.phrase.many && verb.passive && one_of(word, "by through via") {
            self.vote(end, base, RelationshipKind::ManyToOne, 8, TO_SEVERAL);
            return;
        }
        // "Each team is led by one employee and has several members"
        let led = word == "by" && verb.passive && !end.phrase.many && lexicon().is_person(end.entity);
        if let Some(role) = role_of_leader(&verb.lemma).filter(|it| led && *it != end.entity) {
            let (from, to, kind) =
                (base.entity.to_owned(), end.entity.to_owned(), RelationshipKind::ManyToOne);
            let span = end.phrase.span.cover(base.phrase.span);
            let (role, reason) = (Some(role.to_owned()), LEADS);
            self.votes.push(Vote {
                from,
                to,
                kind,
                role,
                weight: 9,
                nullable: false,
                several: false,
                reason,
                span,
            });
            return;
        }
        let weight = match word {
            "by" | "to" | "for" | "from" | "at" | "in" | "on" | "under" | "within" | "per" => 8,
            "against" | "into" | "onto" | "off" | "through" | "via" | "about" => 8,
            "with" if verb.lemma == "be" => 8,
            "with" => 7,
            _ => 5,
        };
        if several(end) && !base.phrase.many && one_of(word, "with into") {
            self.vote(end, base, RelationshipKind::ManyToOne, weight, "one comes with several of it");
        } else {
            let member = one_of(verb.lemma.as_str(), MEMBERSHIP);
            self.vote(base, end, RelationshipKind::ManyToOne, weight, if member { MEMBER } else { TIES });
        }
    }

    /// "A member reserves a book", where reservations are kept: the reservation refers to both.
    pub(super) fn takes_part(&mut self, event: &str, end: &End, verb: &Verb) {
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
            reason: TAKES_PART,
            span: end.phrase.span,
        });
    }
}

/// Whether a phrase names people by what they may do, so that the verb says more about them than the noun.
fn concepts_role(concepts: &Concepts, end: &End) -> bool {
    concepts.roles.contains_key(&end.phrase.key) || lexicon().role_nouns.contains(end.entity)
}

/// "An appointment assigns one worker to one station": what happens brings two together, and refers to both, as does what links them.
pub(super) fn brings(subject: &End, verb: &Verb, word: &str) -> bool {
    const BRINGS: &str = "assign allocate move lend give bring transfer";
    let happens = lexicon().happens(subject.entity) && !lexicon().is_person(subject.entity);
    let brings = !verb.passive && happens && one_of(verb.lemma.as_str(), BRINGS);
    one_of(word, "to with from into") && (brings || super::brought::links(subject.phrase, verb))
}

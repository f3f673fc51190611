//! Ties that stories give beyond their grammar: what one wish speaks of belongs together, and few things stand alone.
//! All of them are assumptions.

use std::cmp::Reverse;

use super::concepts::Concepts;
use super::fact::Facts;
use super::lexicon::lexicon;
use super::phrases::chunks;
use super::reading::RelationshipKind;
use super::relations::{Vote, leads};
use super::sentences::Sentence;
use super::stories::story;
use crate::base::{Clip, Gather, SortedMap, SortedSet, Span};

/// The reason of pairs that one wish names. Two of five such pairs of the open backlogs that no grammar ties are right.
const TOGETHER: &str = "one wish speaks of both";

/// The reason of what somebody works with in several stories, as often right.
const THEIRS: &str = "they work with it";

/// The reason of what would stand alone otherwise, right in three of five cases.
const ALONE: &str = "a story speaks of both, and nothing else ties it";

/// Fewer stories are no backlog: their grammar says what there is to say.
const BACKLOG: usize = 8;

/// How many stories of somebody must speak of a thing.
const STORIES: usize = 2;

/// Whether votes of a reason are assumptions of this stage.
pub fn is_assumed(reason: &str) -> bool {
    [TOGETHER, THEIRS, ALONE].contains(&reason)
}

/// How often two entities meet, how many words apart at best, and where first.
#[derive(Clone, Copy)]
struct Met {
    times: usize,
    apart: usize,
    span: Span,
}

/// Pairs in the order in which they are first named.
type Pairs = SortedMap<(String, String), Met>;

/// Votes for pairs that `settled` does not have. Linear in the length of the text: a story is short.
pub fn wished(sentences: &[Sentence], facts: &Facts, concepts: &Concepts, settled: &[Vote]) -> Vec<Vote> {
    if !concepts.is_stories || facts.stories < BACKLOG {
        return Vec::new();
    }
    let (mut together, mut told, mut acted) = (Pairs::new(), Pairs::new(), Pairs::new());
    for (at, sentence) in sentences.iter().enumerate() {
        let all = chunks(sentence);
        let Some(found) = story(sentence, all) else { continue };
        let actor = facts.actors.get(&at).and_then(|it| concepts.entity(it));
        let mentions: Vec<_> = all
            .iter()
            .filter(|it| it.to > found.from)
            .filter_map(|it| it.phrase().map(|phrase| (it, phrase)))
            .filter_map(|(chunk, phrase)| Some((chunk, concepts.entity(phrase)?, phrase.span)))
            .take(MENTIONS)
            .collect();
        for (nth, (chunk, entity, span)) in mentions.iter().enumerate() {
            if let (Some(actor), true) = (actor, chunk.from < found.to) {
                meet(&mut acted, entity, actor, *span, 0);
            }
            for (later, other, end) in mentions.clip(nth + 1..) {
                let (span, apart) = (span.cover(*end), later.from.saturating_sub(chunk.to));
                meet(&mut told, entity, other, span, apart);
                if later.from < found.to {
                    meet(&mut together, entity, other, span, apart);
                }
            }
        }
    }
    let mut out = Ties::new(settled);
    for (pair, met) in &together {
        out.tie(pair, *met, TOGETHER);
    }
    for (pair, met) in acted.iter().filter(|it| it.1.times >= STORIES) {
        out.tie(pair, *met, THEIRS);
    }
    out.alone(&told, concepts);
    out.alone(&acted, concepts);
    out.votes
}

/// A sentence that names more is no story, or not one that tells what belongs together.
const MENTIONS: usize = 12;

fn meet(pairs: &mut Pairs, one: &str, other: &str, span: Span, apart: usize) {
    if one == other {
        return;
    }
    let (there, back) = ((one.to_owned(), other.to_owned()), (other.to_owned(), one.to_owned()));
    let key = if pairs.contains_key(&back) { back } else { there };
    let met = pairs.or_insert(key, Met { times: 0, apart, span });
    met.times += 1;
    met.apart = met.apart.min(apart);
}

struct Ties {
    /// Each pair both ways round.
    tied: SortedSet<(String, String)>,
    votes: Vec<Vote>,
}

impl Ties {
    fn new(settled: &[Vote]) -> Self {
        let both = |it: &Vote| [(it.from.clone(), it.to.clone()), (it.to.clone(), it.from.clone())];
        Self { tied: settled.iter().flat_map(both).gather(), votes: Vec::new() }
    }

    fn tie(&mut self, (one, other): &(String, String), met: Met, reason: &'static str) {
        if !self.tied.insert((one.clone(), other.clone())) {
            return;
        }
        self.tied.insert((other.clone(), one.clone()));
        let person = |it: &str| lexicon().is_person(it);
        let back = leads(other, one) || person(one) && !person(other) && !leads(one, other);
        let (from, to) = if back { (other, one) } else { (one, other) };
        self.votes.push(Vote {
            from: from.clone(),
            to: to.clone(),
            kind: RelationshipKind::ManyToOne,
            role: None,
            weight: 4,
            nullable: false,
            several: false,
            reason,
            span: met.span,
        });
    }

    /// Ties each entity that has no tie to what it is most often met with.
    fn alone(&mut self, pairs: &Pairs, concepts: &Concepts) {
        let mut best: SortedMap<&str, (&(String, String), Met)> = SortedMap::new();
        let rank = |it: &Met| (it.times, Reverse(it.apart));
        for (pair, met) in pairs {
            for end in [&pair.0, &pair.1] {
                let held = best.or_insert(end.as_str(), (pair, *met));
                if rank(met) > rank(&held.1) {
                    *held = (pair, *met);
                }
            }
        }
        for entity in &concepts.chosen {
            let known = self.tied.from(&(entity.clone(), String::new())).first();
            if known.is_some_and(|it| it.0 == *entity) {
                continue;
            }
            if let Some((pair, met)) = best.get(entity.as_str()) {
                self.tie(pair, *met, ALONE);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    /// Wishes of one person, long enough together for the network.
    fn backlog(wishes: &[&str]) -> String {
        let reason = "so that nobody has to wait for long";
        let story = |it: &&str| format!("As a harbour master, I want to {it}, {reason}.\n");
        wishes.iter().map(story).collect::<Vec<_>>().concat()
    }

    /// Checks which things a backlog has and which it has not, as the network reads it; `stage_tests` has what the rules make of short ones.
    #[track_caller]
    fn check_backlog(wishes: &[&str], has: &[&str], has_not: &[&str]) {
        let reading = read(&backlog(wishes));
        let names: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
        assert!(has.iter().all(|it| names.contains(it)), "{names:?}");
        assert!(!has_not.iter().any(|it| names.contains(it)), "{names:?}");
    }

    #[test]
    fn kinds_in_stories_are_what_they_are_kinds_of() {
        check_backlog(
            &["create a booking", "cancel a booking", "see finished bookings", "create a group booking"],
            &["booking"],
            &["finished_booking", "group_booking"],
        );
    }

    #[test]
    fn what_wishes_change_is_kept_and_what_they_only_look_at_is_not() {
        check_backlog(
            &[
                "create a boat",
                "edit a boat",
                "see the calendar",
                "receive a notification",
                "view the inventory",
                "cancel a booking",
                "add an invoice",
                "upload a certificate",
            ],
            &["boat", "booking", "invoice", "certificate"],
            &["calendar", "inventory", "notification", "harbour_master"],
        );
    }

    #[test]
    fn who_is_wished_for_is_kept_and_who_only_speaks_is_not() {
        check_backlog(
            &[
                "add skippers",
                "edit skippers",
                "invite skippers to a course",
                "add a boat",
                "edit a boat of a skipper",
                "add a licence",
                "edit the licence of a skipper",
                "add a ticket",
            ],
            &["skipper", "boat", "licence", "ticket"],
            &["harbour_master"],
        );
    }

    #[test]
    fn names_with_a_slash_between_are_one_thing() {
        check_backlog(
            &[
                "create trips/voyages",
                "delete trips/voyages",
                "edit trips",
                "cancel voyages",
                "add a boat",
                "add an invoice",
                "add a licence",
                "add a ticket",
            ],
            &["trip"],
            &["voyage"],
        );
    }

    #[test]
    fn things_of_one_wish_are_tied() {
        let text = backlog(&[
            "add a boat",
            "see a boat together with a ticket",
            "add a ticket",
            "edit a ticket of a boat",
            "see an overview of tickets",
            "add a boat and its ticket",
        ]);
        let reading = read(&text);
        assert!(
            reading.relationships.iter().any(|it| it.is_between("boat", "ticket")),
            "{:?}",
            reading.relationships
        );
    }
}

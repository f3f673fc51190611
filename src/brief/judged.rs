//! What the network makes of a text's phrases and verbs, in the place of the weights of signals.

use super::blocks::Block;
use super::concepts::{Concept, Concepts, THRESHOLD};
use super::fact::{Fact, Facts, Rule, Signal};
use super::learned::Learned;
use super::lexicon::{last_word, lexicon};
use super::recording::RECORD;
use super::sentences::Sentence;
use crate::base::{Gather, SortedMap, SortedSet, Span, one_of};

/// Tenths of what a point of the network's is worth.
const POINT: f32 = 10.0;

/// From how many tenths on a phrase is a thing, and from how many on it is no assumption.
pub const LIKELY: i32 = THRESHOLD - 12;
pub const SURE: i32 = THRESHOLD + 17;

/// The second in a backlog, whose wishes hardly ever tell that something is kept. Ties of such things are as sure as elsewhere.
pub const SURE_WISHED: i32 = THRESHOLD + 44;

/// The first where a text only names things: what it names is most of the time one.
pub const LIKELY_NAMED: i32 = LIKELY - 20;

/// Tenths of what the text calls a table, and whose columns it lists.
const TOLD: i32 = 40;

/// Verbs whose doing is hardly ever kept by itself, unless more is said of it. Source: counted over what was assumed of verbs in texts
/// that the network was not taught on; one in ten was right.
const SELDOM_KEPT: &str = "move sign place register";

/// Verbs beside which a noun of the same form means something else. Source: own knowledge of English.
const NOT_DOING: &str = "lead house store stock contact file park group board class seat table run room address name staff train link";

/// From how many of the network's points on a compound is another thing than its last word means.
pub const APART: f32 = 0.0;

/// Weighs all by the network; gives of each compound how sure it is another thing than its last word means. `machinery`: whether the
/// technical things that the text names are none of its own.
pub fn judge(
    out: &mut Concepts,
    learned: &mut Learned,
    facts: &Facts,
    blocks: &[Block],
    sentences: &[Sentence],
    machinery: bool,
) -> SortedMap<String, f32> {
    let found = learned.judge(blocks, &out.all);
    let names: SortedSet<String> = found.iter().filter(|it| !it.is_verb).map(|it| it.key.to_owned()).gather();
    let apart = found.iter().filter_map(|it| Some((it.key.to_owned(), it.apart?))).gather();
    let others = super::both_are::named(blocks, sentences);
    let tells_of_columns = sentences.iter().any(tells_of_columns);
    let is_none = |key: &str| {
        let is_software = |it: &str| lexicon().software.contains(it);
        key == "other"
            || others.contains(key)
            || is_software(key)
            || is_software(last_word(key))
            || machinery && lexicon().technical(key).is_some()
            || tells_of_columns && last_word(key) == "column"
    };
    let is_demanded = |it: &Span| facts.demands.iter().any(|demand| demand.overlaps(*it));
    let is_set = |it: &Span| facts.sets.iter().any(|set| set.overlaps(*it));
    let is_agreed = |it: &Span| facts.agreed.iter().any(|verb| verb.overlaps(*it));
    for candidate in found {
        if candidate.mentions.iter().all(is_demanded)
            || candidate.is_verb && candidate.mentions.iter().all(is_agreed)
        {
            continue;
        }
        // Whose properties the text lists besides is a thing all the same.
        if (is_none(candidate.key) || candidate.mentions.iter().all(is_set))
            && !out.all.get(candidate.key).is_some_and(|it| it.has(Signal::ListOwner))
        {
            if let Some(concept) = out.all.get_mut(candidate.key) {
                concept.score = 0;
            }
            continue;
        }
        if out.all.get(candidate.key).is_some_and(|it| it.has(Signal::Built)) {
            continue;
        }
        if tells_rule(facts, candidate.key, &candidate.mentions) {
            continue;
        }
        if let Some(history) = super::history::of_change(facts, candidate.key, &candidate.mentions) {
            out.means.insert(candidate.key.to_owned(), history.to_owned());
            continue;
        }
        let score = THRESHOLD + (candidate.points * POINT) as i32;
        let key = if candidate.is_verb {
            let noun = lexicon().events.get(candidate.key).or_else(|| lexicon().doing.get(candidate.key));
            // "We track visits": where things are only named, what is done to know of them is none.
            let records = out.names_only && one_of(candidate.key, RECORD);
            // "leads to a prescription", "coaches a team": what is called so is not the doing.
            let other = lexicon().is_person(candidate.key) || one_of(candidate.key, NOT_DOING);
            let is_noun = !records && !other && lexicon().business.contains(candidate.key);
            let same = || is_noun.then(|| candidate.key.to_owned());
            let Some(noun) = noun.map(|it| (*it).to_owned()).or_else(same) else { continue };
            // "Customers place orders": seldom a row of its own.
            if score < SURE && one_of(candidate.key, SELDOM_KEPT) {
                continue;
            }
            noun
        } else {
            candidate.key.to_owned()
        };
        if key.is_empty() || candidate.is_verb && names.contains(&key) {
            continue;
        }
        let is_told = |it: &Concept| {
            it.has(Signal::ListOwner) && it.mentions.iter().any(|at| is_called_table(sentences, *at))
        };
        let score = match out.all.get(&key) {
            Some(it) if is_told(it) || it.has(Signal::Named) => score.max(TOLD),
            // Of who waits there are rows; "waitlisted" is a state.
            _ if key == "waiting_list" => score.max(TOLD),
            _ => score,
        };
        let concept = out.all.or_insert_with(key.clone(), || Concept {
            key,
            evidence: [(Signal::Mentioned, 1)].into_iter().gather(),
            mentions: candidate.mentions.clone(),
            score,
        });
        concept.score = score;
    }
    apart
}

/// Whether the text calls it a table: "the inventory *table* should have".
fn is_called_table(sentences: &[Sentence], at: Span) -> bool {
    let sentence = sentences.get(sentences.partition_point(|it| it.span.end <= at.start));
    let mut words = sentence.into_iter().flat_map(|it| &it.words).map(|it| &it.token);
    words.any(|it| it.word == "table" && it.span.start >= at.start && it.span.start <= at.end + 1)
}

/// Whether the sentence tells which columns a table has: "the bookings table should have columns for the guest and the night".
fn tells_of_columns(sentence: &Sentence) -> bool {
    let says = |words: [&str; 2]| sentence.words.iter().any(|it| words.contains(&it.token.word.as_str()));
    says(["column", "columns"]) && says(["table", "tables"])
}

/// Whether the words only tell a rule that is known: "tasks can be *nested*", "tasks keep an *order*".
fn tells_rule(facts: &Facts, key: &str, mentions: &[Span]) -> bool {
    let is_rule: fn(&Rule) -> bool = match key {
        "nest" => |it| matches!(it, Rule::Nested(_)),
        "order" | "sequence" => |it| *it == Rule::Ordered,
        _ => return false,
    };
    mentions.iter().all(|at| {
        let told =
            |it: &Fact| matches!(it, Fact::Rule { rule, span, .. } if is_rule(rule) && span.overlaps(*at));
        facts.all.iter().any(told)
    })
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    /// The things that a text has.
    fn things(text: &str) -> Vec<String> {
        read(text).entities.into_iter().map(|it| it.name).collect()
    }

    #[test]
    fn what_a_table_is_made_of_is_no_thing() {
        let found = things(
            "The users table should have columns for name, email and password hash. The permissions table should have columns for \
             code and description. Users have roles, and each role grants some permissions to them.",
        );
        assert!(["user", "permission"].iter().all(|it| found.iter().any(|name| name == it)), "{found:?}");
        assert!(!found.iter().any(|it| it.contains("column")), "{found:?}");
    }

    #[test]
    fn how_software_looks_is_no_thing() {
        let found = things(
            "A practice has rooms and therapists. A therapist has a name and a speciality. A room has a number.\n\n\
             - Every appointment opens in a modal, and each slot shows a tooltip with an icon\n\
             - Therapists see a dropdown of rooms and a sidebar with upcoming appointments\n\
             - Each appointment has a start time, a patient and a room; a spinner shows while it is saved\n\
             - Evaluates wait lists every night, and a toast tells the therapist",
        );
        assert!(
            ["room", "therapist", "appointment"].iter().all(|it| found.iter().any(|name| name == it)),
            "{found:?}"
        );
        assert!(!found.iter().any(|it| it == "modal" || it == "toast"), "{found:?}");
    }

    #[test]
    fn machinery_of_a_short_text_is_no_thing() {
        let found = things(
            "A portal for sailing boats. Boats have a name and a length. Guests have a name and an email address. A guest books a \
             boat from a day to a day. Sessions and the audit log are handled by the platform.",
        );
        assert!(["boat", "guest"].iter().all(|it| found.iter().any(|name| name == it)), "{found:?}");
        assert!(!found.iter().any(|it| it == "session" || it.ends_with("log")), "{found:?}");
    }

    #[test]
    fn sections_are_no_things_and_who_is_named_in_full_once_is_one() {
        let found = things(
            "# Pet sitting\n\n**Vision**: connect pet owners with trusted sitters nearby.\n\n## Features\n\n### Onboarding\n\
             - Owners create pet profiles (name, species, breed, age, feeding instructions)\n\
             - Sitters create a profile with bio, hourly rate, radius and services offered (boarding, walking, day care)\n\n\
             ### Search & booking\n- Search sitters by location, date range, service and price\n\
             - Owner sends booking request for one or several pets; sitter accepts or declines\n\n### Payments\n\
             - Owner pays at booking; payout to sitter 24h after the end\n",
        );
        let has = |name: &str| found.iter().any(|it| it == name);
        assert!(["owner", "sitter", "pet", "payment"].iter().all(|it| has(it)), "{found:?}");
        assert!(!["onboarding", "pet_owner", "trusted_sitter"].iter().any(|it| has(it)), "{found:?}");
    }

    #[test]
    fn others_are_no_things() {
        let found = things(
            "Clients send us documents which have to be translated from one language into one or more others. For every target \
             language there is a job, which we give to one of our translators. A job has a deadline, a word count and a price. \
             Translators have a name and an email address. Clients get an invoice each month, with a number and a date.",
        );
        assert!(
            ["client", "document", "job"].iter().all(|it| found.iter().any(|name| name == it)),
            "{found:?}"
        );
        assert!(!found.iter().any(|it| it == "other"), "{found:?}");
    }
}

//! Which nouns for people are tables, and which are only roles of those in one.

use super::concepts::{Concept, Concepts, THRESHOLD};
use super::fact::{Fact, Facts, Signal};
use super::lexicon::{last_word, lexicon};
use crate::base::{SortedMap, Span, one_of, sort_by};

/// Whether all people of a text are roles in something that they are members of: the software is for teams.
pub(super) fn are_all(facts: &Facts) -> bool {
    let lexicon = lexicon();
    let all = super::concepts::noticed(facts);
    // Guests of software may look at it; those of a hotel are people who are kept.
    let is_role =
        |it: &&String| matches!(last_word(it), "guest") || lexicon.role_nouns.contains(last_word(it));
    all.keys().any(|it| lexicon.containers.contains(it.as_str()))
        && all.keys().any(|it| is_role(&it))
        && all.keys().filter(|it| !is_role(it)).all(|it| !lexicon.is_person(it))
}

/// Software in which people act has users, even where the text only names their roles. Where the network judges people by
/// themselves this is not asked.
pub(super) fn choose_user(out: &mut Concepts, facts: &Facts) {
    let lexicon = lexicon();
    // Tenants who act are people, not those whom a software serves.
    let acts = |it: &str| {
        lexicon.parties.contains(it) && out.all.get(it).is_some_and(|it| it.has(Signal::StoryActor))
    };
    let containers = out.chosen.iter().any(|it| lexicon.containers.contains(it.as_str()) && !acts(it));
    if !containers {
        return;
    }
    let roles: Vec<String> =
        out.all.keys().filter(|it| lexicon.role_nouns.contains(it.as_str())).cloned().collect();
    if roles.is_empty() || out.chosen.contains("user") {
        return;
    }
    let personal = |key: &str| {
        facts.all.iter().any(|it| match it {
            Fact::Owns { owner, item, .. } => owner.key == key && is_personal(&item.name),
            Fact::Seen { phrase, signal: Signal::Counted } => phrase.key == key,
            Fact::Seen { .. }
            | Fact::Values { .. }
            | Fact::Nested { .. }
            | Fact::Alias { .. }
            | Fact::Defined { .. }
            | Fact::Pays { .. }
            | Fact::Lookup { .. }
            | Fact::Rule { .. }
            | Fact::Story { .. } => false,
        })
    };
    if out.chosen.iter().any(|it| lexicon.is_person(it) && personal(it)) {
        return;
    }
    let mut mentions: Vec<Span> =
        roles.iter().filter_map(|it| out.all.get(it)).flat_map(|it| it.mentions.iter().copied()).collect();
    sort_by(&mut mentions, Span::cmp);
    mentions.dedup();
    for role in &roles {
        out.chosen.remove(role);
    }
    out.all.insert(
        "user".to_owned(),
        Concept { key: "user".to_owned(), evidence: SortedMap::new(), mentions, score: THRESHOLD },
    );
    out.chosen.insert("user".to_owned());
}

/// Words in what is kept of a person for the person's sake.
const PERSONAL: &[&str] = &["name", "email", "phone", "birth", "password", "address", "number", "username"];

/// Whether something is kept of people for their own sake.
pub(super) fn is_personal(name: &str) -> bool {
    PERSONAL.iter().any(|it| name.contains(it))
}

/// From how many tenths of points on people whom the network judges are a table of their own beside another of people.
const KIND: i32 = 15;

/// Persons without attributes are roles of the table of people that the text has.
pub(super) fn fold_persons(out: &mut Concepts) {
    let lexicon = lexicon();
    let Some(user) = out.user().map(str::to_owned) else { return };
    let user_is_story = out.is_stories;
    for (person, told) in out.all.iter().filter(|it| lexicon.is_person(it.0)) {
        if user_is_story && out.chosen.contains(person) && is_wished_for(told) {
            continue;
        }
        if *person == user || user_is_story && out.chosen.contains(person) && user != "user" {
            continue;
        }
        // What the network takes for a thing by itself is one.
        if out.is_judged && told.score >= THRESHOLD + KIND {
            continue;
        }
        // Customers are no colleagues: they stay what they are beside a table of users, and are none of those who work there.
        let stays =
            out.chosen.contains(person) && !out.is_stories || one_of(user.as_str(), "staff_member employee");
        if stays && lexicon.parties.contains(person.as_str()) {
            continue;
        }
        // Members of something are not the people whom a text speaks of by another name.
        let stands = one_of(user.as_str(), "member person")
            && told.score >= THRESHOLD + 10
            && !lexicon.role_nouns.contains(person.as_str());
        if stands && !out.is_stories {
            continue;
        }
        let is_role = user == "user" && lexicon.role_nouns.contains(person.as_str());
        let owns = told.has(Signal::ListOwner) && (!is_role || out.chosen.contains(person))
            || told.has(Signal::Counted)
                && (!is_role || out.chosen.contains(person) && !one_of(person.as_str(), "person people"));
        if !owns && !out.means.contains_key(person) {
            out.chosen.remove(person);
            out.roles.insert(person.clone(), user.clone());
            out.means.insert(person.clone(), user.clone());
        }
    }
}

/// Whether wishes speak of people besides those who speak: whom others enter, assign or notify is kept.
fn is_wished_for(person: &Concept) -> bool {
    let times = |it: Signal| person.evidence.get(&it).copied().unwrap_or(0);
    times(Signal::StoryObject) + times(Signal::StoryMention) >= 2
}

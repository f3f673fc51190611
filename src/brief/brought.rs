//! What is kept where two things are brought together: "a lease links a tenant to a unit with a monthly rent" says it of the lease,
//! "users are invited to a workspace with a role" of each user in each workspace.

use super::clauses::Clause;
use super::fact::{Signal, is_plain};
use super::facts::Reader;
use super::items::Item;
use super::label_owners::are_values;
use super::lexicon::{last_word, lexicon};
use super::of_pairs::is_thing;
use super::payload::values_of;
use super::phrases::{Chunk, Chunked, Det, Phrase, Verb};
use super::sentences::Sentence;
use crate::base::{Clip, one_of};

/// Verbs by which a thing of its own ties two others. Source: English verbs of joining.
const LINKS: &str = "link connect tie bind associate join relate pair match couple attach";

/// Verbs by which somebody brings one thing to another, as others are brought there. Source: English verbs of assignment.
const BRINGS: &str = "assign add invite appoint allocate attach admit nominate hire link connect tie subscribe enrol enroll register \
    sign_up bind second elect";

/// Verbs by which people go there themselves. Source: English verbs of enrolment.
const GOES: &str = "enrol enroll register sign_up subscribe participate";

/// Verbs of going out in parts, which are its own. Source: English verbs of division.
const COMES: &str = "come send ship deliver pack split divide pay bill print cut make write keep";

/// What leads to where something is brought.
const TOWARDS: &str = "to in into on onto for at with";

/// "… links a tenant to a unit": what the verb at `verb_at` ties.
fn tied<'a>(chunks: &'a [Chunk], verb_at: usize, prepositions: &str) -> Option<[&'a Phrase; 2]> {
    let one = chunks.phrase_at(verb_at + 1)?;
    let joins = chunks.kind_at(verb_at + 2).is_prep(prepositions);
    let other = chunks.phrase_at(verb_at + 3).filter(|it| joins && it.key != one.key)?;
    (is_thing(one) && is_thing(other)).then_some([one, other])
}

/// Whether a verb says that a thing of its own ties two others: neither somebody nor "the system" does.
pub fn links(subject: &Phrase, verb: &Verb) -> bool {
    let is_named = matches!(subject.det, Det::One | Det::Each) || subject.many;
    let is_link = one_of(verb.lemma.as_str(), LINKS) && !verb.passive && !verb.denied;
    is_link && is_named && !is_plain(&subject.key) && !lexicon().is_person(&subject.key)
}

/// What ties two other things by the verb at `verb_at`, and the two.
fn link(chunks: &[Chunk], verb_at: usize) -> Option<(&Phrase, [&Phrase; 2])> {
    let subject = chunks.phrase_at(verb_at.checked_sub(1)?)?;
    let ends = links(subject, chunks.verb_at(verb_at)?)
        .then(|| tied(chunks, verb_at, "to with and from into"))??;
    let of_one = |it: &Phrase| matches!(it.det, Det::One | Det::Each);
    (subject.many || ends.into_iter().all(of_one)).then_some((subject, ends))
}

/// "A lease links a tenant to a unit": notices both, which it refers to.
pub fn notice(reader: &mut Reader, cx: &Clause) {
    for end in link(cx.chunks, cx.verb_at).into_iter().flat_map(|it| it.1) {
        reader.see(end, Signal::Holds);
    }
}

/// What stands before the word `at`, and the last verb there.
fn told_before(chunks: &[Chunk], at: usize) -> Option<(&[Chunk], usize)> {
    let before = chunks.clip(..chunks.iter().filter(|it| it.to <= at).count());
    Some((before, before.iter().rposition(|it| it.verb().is_some_and(|it| !it.bare))?))
}

/// Whose list begins at the word `at`, behind what a thing of its own ties.
pub fn list_of(chunks: &[Chunk], at: usize) -> Option<Phrase> {
    let (before, verb_at) = told_before(chunks, at)?;
    link(before, verb_at).map(|it| it.0.clone())
}

/// Of which two things a list that begins at the word `at` may be kept, if it says what is kept of pairs.
pub fn pair_of(chunks: &[Chunk], at: usize) -> Option<(Phrase, Phrase)> {
    let (before, verb_at) = told_before(chunks, at)?;
    let verb = before.verb_at(verb_at).filter(|it| !it.denied)?;
    let lemma = verb.lemma.as_str();
    if link(before, verb_at).is_some() {
        return None;
    }
    let [left, right] = if verb.passive && one_of(lemma, BRINGS) || !verb.passive && one_of(lemma, GOES) {
        let right = before.phrase_at(verb_at + 2).filter(|_| before.kind_at(verb_at + 1).is_prep(TOWARDS));
        [before.phrase_at(verb_at.checked_sub(1)?)?, right?]
    } else if lemma == "be" && before.phrase_at(verb_at + 1).is_some_and(|it| it.key == "member") {
        let right = before.phrase_at(verb_at + 3).filter(|_| before.kind_at(verb_at + 2).is_prep("of"));
        [before.phrase_at(verb_at.checked_sub(1)?)?, right?]
    } else if one_of(lemma, BRINGS) {
        tied(before, verb_at, TOWARDS)?
    } else if let Some(right) = before.phrase_at(verb_at + 2).filter(|it| it.many && it.det == Det::Many)
        && before.kind_at(verb_at + 1).is_prep("in at on for")
        && !one_of(lemma, COMES)
    {
        // "People work on several projects with a role", "products are sold in many shops at a price"
        [before.phrase_at(verb_at.checked_sub(1)?).filter(|it| it.many)?, right]
    } else {
        return None;
    };
    // Each ticket has its one agent, and an order its lines for itself; who is invited to a team is invited to others.
    let is_alone = left.det == Det::Each || one_of(last_word(&left.key), super::relations::PARTS);
    let meet = !is_alone && (right.many || lexicon().is_person(&left.key));
    let is_pair = meet && left.key != right.key && is_thing(left) && is_thing(right);
    is_pair.then(|| (left.clone(), right.clone()))
}

/// "With a role: owner, editor or viewer": the list up to the word `to` with the values of its last item, and where they end.
pub fn with_values(sentence: &Sentence, mut found: Vec<Item>, to: usize) -> (Vec<Item>, usize) {
    let end = sentence.words.len();
    let told = sentence.is_sign(to, ":").then(|| values_of(sentence, to + 1, end)).flatten();
    match (found.last_mut(), told.filter(|it| are_values(&it.values))) {
        (Some(last), Some(told)) => {
            last.values = told.values;
            (found, end)
        }
        _ => (found, to),
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_attributes as check;

    #[test]
    fn what_links_two_things_has_the_list_behind_them() {
        let text = "Boats have a name. Berths have a number. A mooring contract ties a boat to a berth with a start date, an end \
                    date and a yearly fee.";
        check(text, "mooring_contract", &["start_date", "end_date", "yearly_fee"]);
        check(text, "berth", &["number"]);
        check("A contract links a client to a consultant with a daily rate.", "contract", &["daily_rate"]);
    }

    #[test]
    fn what_is_kept_of_who_is_brought_where_is_the_pairs() {
        let text = "Editors have a name. Editors can be invited to a journal by email with a role: chief, section or guest.";
        check(text, "journal_editor", &["role"]);
        check(text, "editor", &["name"]);
        let each = "Tickets have a title. Each ticket is assigned to an agent with a priority.";
        check(each, "ticket", &["title", "priority"]);
    }
}

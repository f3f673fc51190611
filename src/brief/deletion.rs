//! What becomes of things when what they refer to is deleted: "deleting an album deletes its photos".

use super::lexicon::last_word;
use super::reading::{OnDelete, Reading, Relationship, RelationshipKind};
use super::sentences::Sentence;
use crate::base::{one_of, singular};

/// Words by which something goes.
const GOES: &str =
    "deleted delete deletes deleting removed remove removes removing erased dissolved leaves closed";

/// Reads every sentence that speaks of deletion.
pub fn read(reading: &mut Reading, sentences: &[Sentence]) {
    for sentence in sentences {
        let words: Vec<&str> = sentence.words.iter().map(|it| it.token.word.as_str()).collect();
        let Some(at) = words.iter().position(|it| one_of(it, GOES)) else { continue };
        let text = format!(" {} ", words.join(" "));
        let says = |list: &[&str]| list.iter().any(|it| text.contains(it));
        let refuses = says(&[
            " cannot be ",
            " can't be ",
            " must not be ",
            " may not be ",
            " not be deleted",
            " not be removed",
        ]);
        let stays =
            says(&[" stays", " stay ", " remain", " kept ", " keeps ", " but not the ", " without one"]);
        let goes = says(&[
            " too ",
            " also ",
            " with it",
            " all its ",
            " deletes its ",
            " removes its ",
            " deletes the ",
            " deletes all ",
            " along with ",
            " as well ",
        ]);
        let becomes = match (refuses, stays, goes) {
            (true, _, _) => OnDelete::Restrict,
            (false, true, _) => OnDelete::SetNull,
            (false, false, true) => OnDelete::Cascade,
            (false, false, false) => continue,
        };
        let named: Vec<(usize, String)> =
            words.iter().enumerate().filter_map(|(nth, it)| Some((nth, entity(reading, it)?))).collect();
        // What goes stands before a participle, behind any other form.
        let passive = words[at].ends_with("ed") || words[at] == "leaves";
        let gone = if passive {
            named.iter().rev().find(|it| it.0 < at).or(named.first())
        } else {
            named.iter().find(|it| it.0 > at)
        };
        let Some((_, gone)) = gone.cloned() else { continue };
        let others: Vec<String> = named.into_iter().map(|it| it.1).filter(|it| *it != gone).collect();
        let told = |it: &Relationship| {
            it.kind == RelationshipKind::ManyToOne
                && it.to == gone
                && others.contains(&it.from)
                && !it.assumed
        };
        // "A task may be assigned to one user, and stays when that user leaves" speaks of the assignee, not of the task's creator.
        let here = |it: &Relationship| it.evidence.iter().any(|it| sentence.span.contains(it.start));
        let is_of_one = reading.relationships.iter().any(|it| told(it) && here(it));
        for it in reading.relationships.iter_mut().filter(|it| told(it) && (!is_of_one || here(it))) {
            it.on_delete = becomes;
            it.nullable |= becomes == OnDelete::SetNull;
        }
    }
}

/// The entity that a word names, by its whole name or its last word.
fn entity(reading: &Reading, word: &str) -> Option<String> {
    let one = singular(word);
    let exact = reading.entities.iter().find(|it| it.name == one);
    exact.or_else(|| reading.entities.iter().find(|it| last_word(&it.name) == one)).map(|it| it.name.clone())
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::reading::OnDelete;

    const PEOPLE: &str = "A user has a name and an e-mail address. A task has a title and a due date. ";

    /// What the deletion of a user does by way of each reference of tasks: `creator restrict`.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, OnDelete)]) {
        let reading = read(&format!("{PEOPLE}{text}"));
        let to_user = reading.relationships.iter().filter(|it| it.from == "task" && it.to == "user");
        let found: Vec<_> =
            to_user.map(|it| (it.role.as_deref().unwrap_or_default(), it.on_delete)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_sentence_about_one_of_two_references_leaves_the_other() {
        check(
            "Every task has a creator. A task may be assigned to one user, and stays when that user leaves.",
            &[("creator", OnDelete::Restrict), ("assignee", OnDelete::SetNull)],
        );
    }

    #[test]
    fn a_sentence_about_none_of_them_is_about_all() {
        check(
            "Every task has a creator. A task may be assigned to one user. When a user is deleted, their tasks stay.",
            &[("creator", OnDelete::SetNull), ("assignee", OnDelete::SetNull)],
        );
    }
}

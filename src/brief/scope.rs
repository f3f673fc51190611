//! "An audit trail is out of scope": what one sentence leaves out, and nothing else of the paragraph that it stands in.

use super::phrases::{Chunk, ChunkKind, Phrase};
use super::sentences::Sentence;
use crate::base::{lower, one_of};

/// Ways to say that something is left out.
const OUT: &[&[&str]] = &[
    &["out", "of", "scope"],
    &["out", "of", "the", "scope"],
    &["outside", "the", "scope"],
    &["outside", "of", "scope"],
    &["outside", "of", "the", "scope"],
    &["beyond", "the", "scope"],
    &["beyond", "scope"],
    &["not", "in", "scope"],
    &["not", "within", "scope"],
    &["out-of-scope"],
];

/// Words that speak of the undertaking, not of its matter.
const UNDERTAKING: &str = "scope project release version phase iteration milestone mvp product system app application software \
                      document brief text us moment start time now";

/// Where the words of a sentence say so.
fn said_at<'w>(words: impl Fn(usize) -> &'w str, count: usize) -> Option<usize> {
    let is_at = |at: usize, said: &[&str]| said.iter().enumerate().all(|(step, it)| words(at + step) == *it);
    (0..count).find(|at| OUT.iter().any(|it| is_at(*at, it)))
}

/// Whether the words of a sentence, in lower case, leave something out.
pub fn leaves_out(words: &[&str]) -> bool {
    said_at(|at| words.get(at).copied().unwrap_or_default(), words.len()).is_some()
}

/// Whether a line says so in a sentence of its own or beside others, so that only that sentence is meant, and not the line.
pub fn is_sentence(line: &str) -> bool {
    const VERBS: &str = "is are be was were remain remains stay stays leave leaves left keep keeps as being consider considered fall \
    falls lie lies";
    lower(line).split(". ").any(|sentence| {
        let is_sign = |it: char| !it.is_alphanumeric() && !matches!(it, '-' | '\'');
        let words: Vec<&str> = sentence.split(is_sign).filter(|it| !it.is_empty()).collect();
        let Some(at) = said_at(|at| words.get(at).copied().unwrap_or_default(), words.len()) else {
            return false;
        };
        let has_verb = words.get(..at).is_some_and(|it| it.iter().any(|it| one_of(it, VERBS)));
        let begins = at == 0 && words.iter().skip(1).take(4).any(|it| one_of(it, "is are"));
        has_verb || begins
    })
}

/// The things that a sentence leaves out, and from which chunk on it does; nothing where it leaves out none.
pub fn left_out(sentence: &Sentence, chunks: &[Chunk]) -> Option<(Vec<Phrase>, usize)> {
    let at = said_at(|at| sentence.word(at), sentence.words.len())?;
    let before = chunks.iter().position(|it| it.to > at).unwrap_or(chunks.len());
    let (mut found, mut from) = (Vec::new(), before);
    // Its subject: what stands before it up to another verb, without what only tells of what it is.
    let mut has_verb = false;
    while let Some(chunk) = from.checked_sub(1).and_then(|it| chunks.get(it)) {
        match &chunk.kind {
            ChunkKind::Verb(_) if has_verb || !found.is_empty() => break,
            ChunkKind::Verb(_) => has_verb = true,
            ChunkKind::Sub(_) | ChunkKind::Pron(_) => break,
            ChunkKind::Other if sentence.says(chunk.from, "; : – —") => break,
            ChunkKind::And if sentence.says(chunk.from, "but while whereas") => break,
            ChunkKind::Noun(phrase) => {
                let of = from.checked_sub(2).and_then(|it| chunks.get(it)).map(|it| &it.kind);
                if !matches!(of, Some(ChunkKind::Prep(_))) {
                    found.push(phrase.clone());
                }
            }
            ChunkKind::Prep(_) | ChunkKind::And | ChunkKind::Other => {}
        }
        from -= 1;
    }
    if found.is_empty() {
        // "Out of scope are ratings and likes"
        let behind = chunks.iter().enumerate().skip(before);
        found = behind
            .filter(|(at, _)| {
                let of = at.checked_sub(1).and_then(|it| chunks.get(it)).map(|it| &it.kind);
                !matches!(of, Some(ChunkKind::Prep(_)))
            })
            .filter_map(|(_, it)| it.phrase().cloned())
            .collect();
    }
    found.retain(|it| !one_of(it.key.as_str(), UNDERTAKING) && !it.possessor);
    Some((found, from))
}

/// Verbs of running something for others, and what software runs on. Source: words of software systems.
const RUN: &str = "handle manage provide serve store collect maintain process run keep issue";
const MACHINES: &str = "provider service gateway platform server system store";
const OF_MACHINES: &str = "identity login log-in sign-in auth authentication directory monitoring payment mail email sms message push \
    storage object search map cloud hosting logging";

/// "Sessions are handled by the identity provider": what a machine keeps is none of the text's things; gives the first chunk
/// behind that.
pub fn run_by_machine(chunks: &[Chunk]) -> Option<(Vec<Phrase>, usize)> {
    let verb_at = chunks.iter().position(|it| it.verb().is_some())?;
    let verb = chunks.get(verb_at)?.verb().filter(|it| it.passive && !it.denied && !it.bare)?;
    let by = matches!(&chunks.get(verb_at + 1)?.kind, ChunkKind::Prep(word) if word == "by");
    let machine = chunks.get(verb_at + 2)?.phrase()?;
    let words: Vec<&str> = machine.full.split('_').collect();
    let known = super::lexicon::lexicon().technical(&machine.key).is_some()
        || words.last().is_some_and(|it| one_of(it, MACHINES))
            && words.iter().any(|it| one_of(it, OF_MACHINES));
    let subject = chunks.get(..verb_at)?;
    let plain = subject.iter().all(|it| matches!(it.kind, ChunkKind::Noun(_) | ChunkKind::And));
    (by && known && plain && one_of(verb.lemma.as_str(), RUN))
        .then(|| (subject.iter().filter_map(|it| it.phrase().cloned()).collect(), verb_at + 3))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[track_caller]
    fn check(text: &str, entities: &[&str], out: &[&str]) {
        let reading = read(text);
        let found: Vec<&str> = reading.entities.iter().map(|it| it.name.as_str()).collect();
        let left = reading.left_out.iter().filter(|it| it.reason == "the text leaves it out");
        let left: Vec<&str> = left.map(|it| it.name.as_str()).collect();
        for it in entities {
            assert!(found.contains(it), "{it} of {found:?}");
        }
        assert_eq!(left, out, "{text}");
        assert!(out.iter().all(|it| !found.contains(it)), "{found:?}");
    }

    #[test]
    fn a_sentence_leaves_out_what_it_names_and_nothing_beside() {
        let around = |it: &str| {
            format!("Skippers book berths. Each berth has a length and a depth. {it} A skipper has a name.")
        };
        let whole = ["berth", "skipper"];
        check(&around("An audit trail is out of scope."), &whole, &["audit_trail"]);
        check(&around("Invoices and reminders are out of scope."), &whole, &["invoice", "reminder"]);
        check(&around("Invoices for berths are not in scope."), &whole, &["invoice"]);
        check(&around("Out of scope are invoices and reminders."), &whole, &["invoice", "reminder"]);
        check(&around("We leave invoices out of scope."), &whole, &["invoice"]);
        check(&around("Pilots guide skippers, but invoices are out of scope."), &whole, &["invoice"]);
    }

    #[test]
    fn what_a_machine_keeps_is_left_to_it() {
        let around = |it: &str| format!("Skippers book berths. Each berth has a length and a depth. {it}");
        check(&around("Sessions are handled by the identity provider."), &["berth"], &["session"]);
        check(&around("Berths are managed by the office."), &["berth"], &[]);
    }

    #[test]
    fn what_is_left_out_is_not_asked_for() {
        let asked = |text: &str| read(text).constraints.len();
        assert_eq!(asked("Skippers book berths. We need an audit trail of every change."), 1);
        assert_eq!(asked("Skippers book berths. An audit trail is out of scope."), 0);
        assert!(!is_sentence("Invoices (out of scope)") && !is_sentence("Out of scope: invoices"));
    }
}

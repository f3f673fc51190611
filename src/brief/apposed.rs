//! "One of the statuses draft, sent or paid": values right behind the name of what they are of, read as if they stood in parentheses.

use std::borrow::Cow;

use super::fact::{Fact, is_plain};
use super::facts::Reader;
use super::item_values::values;
use super::label_owners::{WORDS, are_values, is_closed};
use super::lexicon::{last_word, lexicon};
use super::named_sets::of_whole;
use super::phrases::{Chunk, ChunkKind, Phrase};
use super::sentences::{Paren, Sentence, Word};
use super::tags::Tag;
use super::verbs::is_be;
use crate::base::{Clip as _, one_of, singular};

/// What a thing goes through.
const STATES: &str = "state status stage phase condition";

/// Sets such values apart in every sentence.
pub fn set_apart(sentences: &mut [Sentence]) {
    for sentence in sentences {
        let mut at = 1;
        while at < sentence.words.len() {
            // "Is of a type: car, van or truck"
            if sentence.says(at + 1, ":") && is_of(sentence, at) {
                let colon = sentence.words.remove(at + 1);
                let values = list_end(sentence, at).is_some();
                sentence.words.insert(at + 1, colon);
                if values {
                    leave_out(sentence, at + 1);
                }
            }
            if let Some(end) = list_end(sentence, at) {
                enclose(sentence, at + 1, end);
            }
            at += 1;
        }
    }
}

/// Whether something is said to be of what the word at `at` names: "is of one of these types".
fn is_of(sentence: &Sentence, at: usize) -> bool {
    let mut before = at - 1;
    while before > 1 && (matches!(sentence.tag(before), Tag::Det | Tag::Num) || sentence.says(before, "of")) {
        before -= 1;
    }
    is_be(sentence.word(before)) && sentence.says(before + 1, "of") && is_closed(&singular(sentence.word(at)))
}

/// Leaves a word out.
pub(super) fn leave_out(sentence: &mut Sentence, at: usize) {
    sentence.words.remove(at);
    for paren in sentence.parens.iter_mut().filter(|it| it.after > at) {
        paren.after -= 1;
    }
}

/// Where the values of what the word at `at` names end, if they follow it: at least two, of which the last stands behind "and" or "or".
fn list_end(sentence: &Sentence, at: usize) -> Option<usize> {
    let name = sentence.word(at);
    let one = singular(name);
    let whole = sentence.tag(at) == Tag::Noun && is_closed(&one);
    // "status values draft and sent"
    let names = whole || one_of(&one, "value option") && is_closed(sentence.word(at - 1));
    if !names || matches!(sentence.tag(at - 1), Tag::Sign | Tag::Conj) {
        return None;
    }
    // "Is in one of the states ...", "moves through the states ...": what a thing goes through is read with all that is told of it.
    let mut before = at - 1;
    while before > 0
        && (matches!(sentence.tag(before), Tag::Det | Tag::Num) || sentence.says(before, "of exactly"))
    {
        before -= 1;
    }
    if one_of(&one, STATES) && sentence.says(before, "in through") {
        return None;
    }
    let many = one != name;
    let mut end = at + 1;
    let (mut count, mut properties) = (0, 0);
    loop {
        let from = end;
        end = value_end(sentence, from);
        count += 1;
        let first = sentence.word(from);
        properties += usize::from(lexicon().attribute(first).is_some() && !lexicon().states.contains(first));
        let comma = sentence.is_sign(end, ",");
        let last = end + usize::from(comma);
        if end == from || count == 1 && !opens(sentence, at, many, comma) {
            return None;
        }
        if sentence.says(last, "or") || many && sentence.says(last, "and") {
            let ends = value_end(sentence, last + 1);
            // "The levels name, height and depth", "levels declared and stood down by a team"
            let fits = ends > last + 1 && properties * 2 <= count && !sentence.says(ends, "by");
            return fits.then_some(ends);
        }
        if !comma {
            let is_whole = many && count > 2 && end == sentence.words.len();
            return is_whole.then_some(end);
        }
        end = last;
    }
}

/// Whether the word behind the name at `at` may be the first value: what the name of one thing alone tells is told of it by "has" or "of".
fn opens(sentence: &Sentence, at: usize, many: bool, comma: bool) -> bool {
    let first = sentence.word(at + 1);
    let known = lexicon().states.contains(first) || lexicon().role_nouns.contains(first);
    if many {
        // "A clerk types names and ...", "the types change and ...", "kinds in winter and ..."
        let is_first_verb = !(0..at).any(|it| matches!(sentence.tag(it), Tag::Verb | Tag::Aux));
        let may_be = is_first_verb && one_of(sentence.word(at), "types states results");
        let is_verb = may_be && sentence.tag(at - 1) == Tag::Noun;
        // "The states cabinet and office handle": of two alone one is known.
        let tag = sentence.tag(at + 1);
        let is_first = comma || !matches!(tag, Tag::Verb | Tag::Prep) && !sentence.says(at + 2, "and");
        // "The certificate types demanded, ..."
        return known || is_first && tag != Tag::Past && !is_verb;
    }
    let before = at - 1 - usize::from(sentence.tag(at - 1) == Tag::Det && at > 1);
    let told = lexicon().have.contains(sentence.word(before)) || sentence.says(before, "have has of with in");
    told && (known || lexicon().attribute(first).is_none())
}

/// The end of a value that begins at `from`; `from` if none does.
pub(super) fn value_end(sentence: &Sentence, from: usize) -> usize {
    let mut at = from;
    while at < from + WORDS {
        let fits = match sentence.tag(at) {
            Tag::Noun | Tag::Adj | Tag::Ing | Tag::Num => true,
            // "Directions that riders wrote"
            Tag::Past => at == from || sentence.tag(at - 1) != Tag::Noun,
            Tag::Adv => at == from && !matches!(sentence.tag(at + 1), Tag::Sign | Tag::Conj),
            // "open", which may be either
            Tag::Verb => {
                let ends = at + 1 == sentence.words.len();
                let alone = at == from && (ends || matches!(sentence.tag(at + 1), Tag::Sign | Tag::Conj));
                alone || at == from + 1 && sentence.tag(from) == Tag::To
            }
            // "to do"
            Tag::To => at == from && sentence.tag(at + 1) == Tag::Verb,
            // "in progress", "handed over"
            Tag::Prep => {
                at == from && sentence.says(at, "in on under out not") && sentence.tag(at + 1) == Tag::Noun
                    || at > from && matches!(sentence.tag(at + 1), Tag::Sign | Tag::Conj)
            }
            _ => false,
        };
        if !fits {
            break;
        }
        at += 1;
    }
    at
}

/// Puts the words `from..to` in parentheses; "the following types" before them are the types.
fn enclose(sentence: &mut Sentence, mut from: usize, mut to: usize) {
    if from > 2 && sentence.says(from - 2, "following") {
        leave_out(sentence, from - 2);
        (from, to) = (from - 1, to - 1);
    }
    let span = sentence.span_of(from, to);
    let taken: Vec<Word> = sentence.words.drain(from..to).collect();
    let tokens = taken.into_iter().map(|it| it.token).collect();
    for paren in sentence.parens.iter_mut().filter(|it| it.after > from) {
        paren.after = paren.after.saturating_sub(to - from).max(from);
    }
    let nth = sentence.parens.iter().take_while(|it| it.after < from).count();
    sentence.parens.insert(nth, Paren { after: from, tokens, span });
}

impl Reader<'_> {
    /// Reads values that were set apart behind what they are of, as those of what has it: "users with the role", "is of the type", "are
    /// assigned one of the roles". Nothing else is to be read of these phrases.
    pub(super) fn value_sets(&mut self, sentence: &Sentence, chunks: &mut Cow<'_, [Chunk]>) {
        if sentence.parens.is_empty() {
            return;
        }
        for at in 0..chunks.len() {
            if self.value_set(sentence, chunks, at).is_some()
                && let Some(chunk) = chunks.to_mut().get_mut(at)
            {
                chunk.kind = ChunkKind::Other;
            }
        }
    }

    fn value_set(&mut self, sentence: &Sentence, chunks: &[Chunk], at: usize) -> Option<()> {
        let chunk = chunks.get(at)?;
        let phrase = chunk.phrase().filter(|it| is_closed(last_word(&it.key)))?;
        // In real parentheses may stand anything.
        let is_apposed =
            |it: &Paren| it.tokens.first().is_some_and(|first| first.span.start == it.span.start);
        let mut parens = sentence.parens_in(chunk.from, chunk.to);
        let paren = parens.find(|it| it.after == chunk.to && is_apposed(it))?;
        let all = values(&paren.tokens);
        if !are_values(&all) {
            return None;
        }
        let of = self.has_set(chunks, at).filter(|it| !is_plain(&it.key) && !lexicon().is_property(&it.key));
        let (of, set) = match (of, of_whole(phrase)) {
            (Some(of), _) => (of.clone(), phrase.clone()),
            (None, whole) => whole?,
        };
        self.out.sets.push(phrase.span);
        let name = Some(set.full).filter(|it| !one_of(it, "state status"));
        self.sets.push(Fact::Values { of, name, values: all, span: paren.span });
        Some(())
    }

    /// What has the set that the phrase at `at` names.
    fn has_set<'a>(&'a self, chunks: &'a [Chunk], at: usize) -> Option<&'a Phrase> {
        let before = chunks.clip(..at);
        let leads = |it: &&Chunk| matches!(it.kind, ChunkKind::Prep(_) | ChunkKind::Other);
        let led = before.iter().rev().take_while(leads).count();
        let before = before.clip(..at - led);
        if let Some(of) = before.last().and_then(Chunk::phrase) {
            return Some(of).filter(|_| led > 0);
        }
        let verb_at = before.iter().rposition(|it| it.verb().is_some())?;
        let verb = before.get(verb_at)?.verb()?;
        let has = !verb.passive && lexicon().have.contains(verb.lemma.as_str());
        // "Members have the role owner or editor in a workspace" is told of both.
        let of_both = chunks.get(at + 1).is_some_and(|it| matches!(it.kind, ChunkKind::Prep(_)));
        if verb.denied || !(verb.passive || is_be(&verb.lemma) || has && !of_both) {
            return None;
        }
        let before = before.clip(..verb_at);
        match before.last().map(|it| &it.kind) {
            Some(ChunkKind::Noun(phrase)) => Some(phrase),
            Some(ChunkKind::Pron(_)) => self.topic.as_ref(),
            _ => before.iter().find_map(Chunk::phrase).or(self.topic.as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, attribute: &str, values: &[&str]) {
        let reading = crate::brief::read(text);
        let all = reading.entities.iter().flat_map(|it| it.attributes.iter().map(move |own| (it, own)));
        let mut found = all.filter(|(it, own)| format!("{}.{}", it.name, own.name) == attribute);
        let told = found.next().and_then(|it| it.1.values.clone()).unwrap_or_default();
        assert_eq!(told, values, "{text}");
    }

    #[test]
    fn values_stand_behind_what_they_are_of() {
        check(
            "Projects have the statuses planned, on hold and handed over, a name and a deadline.",
            "project.status",
            &["planned", "on hold", "handed over"],
        );
        let roles = ["owner", "editor", "viewer"];
        check("Users have the role owner, editor or viewer, and a name.", "user.role", &roles);
        let text = "Members are invited by email and are assigned one of the roles owner, editor, viewer.";
        check(text, "member.role", &roles);
        check("Schools have users with the role teacher or pupil.", "user.role", &["teacher", "pupil"]);
        let kinds = ["text", "choice", "scale"];
        check("A question is of one of the following kinds text, choice or scale.", "question.kind", &kinds);
        check("Claims with status approved or rejected are kept.", "claim.status", &["approved", "rejected"]);
    }

    #[test]
    fn what_else_stands_behind_such_names_is_no_value() {
        check("A clerk types names and addresses. A clerk has a name.", "clerk.type", &[]);
        check("Alert levels declared and stood down by the team have a date.", "level.alert", &[]);
        check(
            "Filter by category name or price. A product has a name and a category.",
            "product.category",
            &[],
        );
        check("The catalogue states name, size and price. A catalogue has a year.", "catalogue.state", &[]);
    }
}

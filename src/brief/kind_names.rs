//! The words of a prompt: which kind of business or of software they name, and which things they list.

use super::lexicon::{Calls, Kind, lexicon, normal};
use super::sentences::Sentence;
use super::tags::Tag;
use crate::base::{Clip, SortedSet, Span, lower, one_of};

/// A name of a kind has at most so many words.
const LONGEST: usize = 4;

/// Words that begin another part of a prompt.
const TURNS: &[&str] = &[
    "for", "of", "to", "in", "like", "with", "where", "that", "which", "and", "at", "by", "on", "similar",
    "using",
];

/// A name of a kind in a text.
pub struct Name {
    /// Its words, singular.
    pub form: String,
    /// Where it stands.
    pub span: Span,
    /// What it says of the kind.
    pub calls: Calls,
}

/// After the name of a thing these make it what the software is for.
const HEADS: &str = "app application software system tool platform program management manager tracker tracking site website portal \
    clone database backend service planner planning api";

/// The signs between words that end a sentence, and the others.
const STOP: &str = ".";
const PAUSE: &str = ",";
const COLON: &str = ":";

/// A word of a prompt, or a sign that parts it.
pub struct Word {
    /// Singular, in lower case.
    pub form: String,
    /// Whether it is a plural.
    pub many: bool,
    /// Whether somebody does it: "we store", "guests book".
    pub is_done: bool,
    /// Where it stands.
    pub span: Span,
}

/// What people do and a kind is named by: "we sell shoes".
const DOINGS: &str = "sell rent lend hire split";

/// The words of a text, singular and in lower case.
pub fn words(text: &str, sentences: &[Sentence]) -> Vec<Word> {
    let done = done(sentences);
    let mut out = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (sign.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let form = normal(text.clip(from..at));
                let many = form != lower(text.clip(from..at));
                let span = Span::new(from, at);
                let is_done = done.contains(&span.start) && !one_of(&form, DOINGS);
                out.push(Word { form, many, is_done, span });
                start = None;
                // What follows a sign is another part.
                if matches!(sign, '.' | ',' | ';' | ':' | '(' | '!' | '?' | '\n') {
                    let form = match sign {
                        '.' | '!' | '?' | '\n' => STOP,
                        ':' => COLON,
                        _ => PAUSE,
                    };
                    let span = Span::new(at, at);
                    out.push(Word { form: form.to_owned(), many: false, is_done: false, span });
                }
            }
            (false, None) | (true, Some(_)) => {}
        }
    }
    out
}

/// Where the verbs behind a subject or "can" begin. A tagger takes the first word of a title for one.
fn done(sentences: &[Sentence]) -> SortedSet<u32> {
    let mut out = SortedSet::new();
    for pair in sentences.iter().flat_map(|it| it.words.windows(2)) {
        if let [before, verb] = pair
            && matches!(before.tag, Tag::Noun | Tag::Pron | Tag::Modal)
            && verb.tag == Tag::Verb
        {
            out.insert(verb.token.span.start);
        }
    }
    out
}

/// The kind that the text names: in the first part that names one, the last, as in "school library".
pub fn named(words: &[Word]) -> Option<(&'static Kind, Name)> {
    let kinds = &lexicon().kinds;
    let (mut strong, mut weak, mut weaker) = (None, None, None);
    let mut at = 0;
    while at < words.len() {
        let here = (1..=LONGEST).rev().find_map(|count| {
            let those = words.clip(at..at + count);
            let form: Vec<&str> = those.iter().map(|it| it.form.as_str()).collect();
            let form = form.join(" ");
            let is_name = those.len() == count && those.iter().all(|it| !it.is_done);
            let (kind, calls) = *kinds.names.get(&form).filter(|_| is_name)?;
            let span = those.first()?.span.cover(those.last()?.span);
            Some((kind, Name { form, span, calls }, count))
        });
        let Some((kind, name, count)) = here else {
            let part = words.get(at).map_or("", |it| it.form.as_str());
            // "Entities: customer, order": what a list names are things, not the kind.
            let rest = words.clip(at..).iter().any(|it| matches!(it.form.as_str(), PAUSE | "and"));
            if part == COLON && rest {
                break;
            }
            let ends = matches!(part, PAUSE | STOP | COLON) || TURNS.contains(&part);
            if ends && strong.is_some() || part == STOP && (weak.is_some() || weaker.is_some()) {
                break;
            }
            at += 1;
            continue;
        };
        // "uber for" says all; what follows is whom it serves.
        let turns = TURNS.iter().any(|it| name.form.ends_with(it) && name.form.contains(' '));
        let next = words.get(at + count).map_or("", |it| it.form.as_str());
        if name.calls == Calls::Weakly {
            weaker = weaker.or(Some((kind, name)));
        } else if name.calls == Calls::Thing && !one_of(next, HEADS) {
            weak = weak.or(Some((kind, name)));
        } else {
            strong = Some((kind, name));
        }
        if turns {
            break;
        }
        at += count;
    }
    let (kind, name) = strong.or(weak).or(weaker)?;
    Some((kinds.all.get(kind)?, name))
}

/// Where the text speaks of several of a thing.
pub fn several(name: &str, words: &[Word]) -> Option<Span> {
    let form: Vec<&str> = name.split('_').collect();
    (0..words.len()).find_map(|at| {
        let those = words.clip(at..at + form.len());
        let same =
            those.len() == form.len() && those.iter().zip(&form).all(|(word, form)| word.form == *form);
        let last = those.last().filter(|it| same && it.many)?;
        Some(those.first()?.span.cover(last.span))
    })
}

/// What a prompt lists behind "with" or a colon: "an app with shopping lists and tags".
pub fn listed(words: &[Word]) -> Vec<(String, Span)> {
    let begins = |it: &Word| matches!(it.form.as_str(), "with" | "including" | COLON);
    let Some(start) = words.iter().position(begins) else { return Vec::new() };
    let list = words.clip(start + 1..).split(|it| matches!(it.form.as_str(), PAUSE | "and" | "or"));
    let mut out = Vec::new();
    for item in list {
        let end = item.iter().position(|it| it.form == STOP || TURNS.contains(&it.form.as_str()));
        let those = item.clip(..end.unwrap_or(item.len()));
        if let ([first] | [first, _], Some(last)) = (those, those.last()) {
            let name = those.iter().map(|it| it.form.as_str()).collect::<Vec<_>>().join("_");
            let plain = lexicon().attribute(&name).is_some() || lexicon().generic.contains(name.as_str());
            let own = lexicon().aggregates.contains_key(name.as_str());
            if last.many && (own || !plain) {
                out.push((name, first.span.cover(last.span)));
            }
        }
        if end.is_some() {
            break;
        }
    }
    out
}

/// Whom or what "uber for dogs" serves: the things of which the next words speak.
pub fn served(name: &Name, words: &[Word]) -> Option<(String, Span)> {
    name.form.ends_with(" for").then_some(())?;
    let next = words.iter().skip_while(|it| it.span.start < name.span.end);
    let last =
        next.take_while(|it| !TURNS.contains(&it.form.as_str()) && it.form != STOP).find(|it| it.many)?;
    let form = last.form.as_str();
    let sister = lexicon().kinds.sisters.iter().any(|it| it.contains(&form));
    let thing = sister || lexicon().business.contains(form) || lexicon().aggregates.contains_key(form);
    let user = lexicon().is_person(form) || lexicon().containers.contains(form);
    (thing && !user && !lexicon().generic.contains(form)).then(|| (form.to_owned(), last.span))
}

#[cfg(test)]
mod tests {
    use crate::brief::stage_tests::check_things as check;

    #[test]
    fn what_somebody_does_names_no_kind() {
        check("Guests book rooms.", &["guest", "booking", "room"], "book");
        check(
            "We store which option each student chose. Each question has four options.",
            &["option"],
            "product",
        );
        check("We sell shoes online.", &["product", "order"], "shelf");
        check("Book store", &["book", "order"], "booking");
    }
}

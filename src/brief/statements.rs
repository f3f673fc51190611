//! Statements that make a rule: order, nesting, editing, history.

use super::fact::{Fact, Rule, Signal, is_plain};
use super::facts::Reader;
use super::lexicon::{last_word, lexicon};
use super::phrases::{Chunk, Chunked, Phrase};
use super::sentences::Sentence;
use crate::base::{Clip, one_of};

/// How a text says that things form a tree; "a fallen tree" and "trees stand on plots" do not.
const TREE: &[&str] = &[
    " form a tree",
    " forms a tree",
    " forming a tree",
    " as a tree",
    " are a tree",
    " is a tree of ",
    " into a tree",
    " build a tree",
    " kept in a tree",
    " arranged in a tree",
    " organised in a tree",
    " organized in a tree",
    " tree structure",
    " family tree",
];

/// Statements that make a rule: order, nesting, history. True when the sentence says nothing else.
pub fn rules(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], topic: Option<&Phrase>) -> bool {
    let inner = sentence.parens.iter().flat_map(|it| &it.tokens).map(|it| it.word.as_str());
    let text: Vec<&str> = sentence.words.iter().map(|it| it.token.word.as_str()).chain(inner).collect();
    let text = format!(" {} ", text.join(" ")).replace(" in order to ", " so as to ");
    let starts: Vec<&str> = text.match_indices(' ').filter_map(|(at, _)| text.get(at..)).collect();
    // All of these begin a word; most words are told apart by their first letter.
    let letter = |of: &str| of.as_bytes().get(1).copied();
    let says = |list: &[&str]| {
        list.iter().any(|it| starts.iter().any(|at| letter(at) == letter(it) && at.starts_with(it)))
    };
    let phrases = || chunks.iter().filter_map(Chunk::phrase);
    let finite = chunks.iter().position(|it| it.verb().is_some_and(|it| !it.bare));
    let subject = finite.and_then(|at| chunks.clip(..at).iter().find_map(Chunk::phrase)).filter(|it| {
        !lexicon().is_person(&it.key)
            && !is_plain(&it.key)
            && !one_of(it.key.as_str(), "order sequence position change")
            && (lexicon().attribute(&it.key).is_none() || lexicon().business.contains(it.key.as_str()))
    });
    let object = finite
        .and_then(|at| chunks.clip(at + 1..).iter().find_map(Chunk::phrase))
        .filter(|it| !is_plain(&it.key));
    let label = phrases().next().filter(|_| sentence.says(1, ":") || finite.is_none() && topic.is_none());
    let thing =
        subject.or(label).or(if finite.is_some_and(|at| at > 0) { object } else { None }).or(topic).cloned();
    let mut found: Vec<(Phrase, Rule)> = Vec::new();
    let inner = phrases().find(|it| {
        it.key.starts_with("sub")
            && it.key.len() > 5
            && lexicon().business.contains(it.key.clip(3..).trim_start_matches('_'))
    });
    let levels = if says(&[
        " one level",
        " single level",
        " 1 level",
        " not nested",
        " only one level",
        " one deep",
        " no deeper",
        " cannot have sub",
        " can't have sub",
        " may not have sub",
        " have no sub",
    ]) {
        Some(1)
    } else if says(&[" two levels ", " 2 levels "]) {
        Some(2)
    } else if says(&[" three levels ", " 3 levels "]) {
        Some(3)
    } else {
        None
    };
    let tree = says(TREE) || says(&[" hierarchy", " nested ", " nesting", " levels", " sub-"]);
    if let Some(of) = inner.cloned().or_else(|| {
        thing.clone().filter(|_| {
            tree && (levels.is_some()
                || says(TREE)
                || says(&[" hierarchy", " be nested", " are nested", " is nested"]))
        })
    }) {
        found.push((of, Rule::Nested(levels)));
    }
    // "A berth may lie in another berth"
    let another = chunks.iter().filter_map(|it| it.phrase().map(|phrase| (it, phrase))).skip(1).find(
        |(chunk, phrase)| {
            sentence.says(chunk.from, "another")
                && chunks.iter().find_map(Chunk::phrase).is_some_and(|it| it.key == phrase.key)
        },
    );
    let verb = finite.and_then(|at| chunks.verb_at(at));
    if let (Some((_, phrase)), true, Some(verb)) = (another, found.is_empty(), verb) {
        found.push((phrase.clone(), Rule::Nested(None)));
        // "A comment may be a reply to another comment": the replies are comments.
        let called = phrases().nth(1).filter(|it| !it.many && it.key != phrase.key);
        if let Some(called) = called.filter(|_| verb.lemma == "be") {
            let (said, means) = (called.key.clone(), phrase.key.clone());
            reader.out.all.push(Fact::Alias { said, means, is_told: false });
        }
    }
    let nests = !found.is_empty();
    if let Some(thing) = thing {
        let ordered = [
            " drag",
            " reorder",
            " in order ",
            " in the order ",
            " are ordered",
            " is ordered",
            " manually sorted",
            " in a fixed order",
            " in an order",
            " keep an order",
            " keep their order",
            " a fixed sequence",
        ];
        if says(&ordered) {
            // Such an order is a position, nothing that somebody places.
            if let Some(order) = phrases().skip(1).find(|it| last_word(&it.key) == "order" && !it.many) {
                reader.see(order, Signal::ValueSet);
            }
            // "A playlist contains songs in an order": the songs have it.
            let has = verb.is_some_and(|it| lexicon().have.contains(it.lemma.as_str()) && !it.passive);
            let ordered = object.filter(|it| subject.is_none() || has && it.many);
            found.push((ordered.cloned().unwrap_or_else(|| thing.clone()), Rule::Ordered));
        }
        let edits = chunks
            .iter()
            .skip_while(|it| it.verb().is_none_or(|it| it.lemma != "edit" || it.passive))
            .find_map(Chunk::phrase);
        if says(&[" be edited", " can edit ", " is edited ", " editable "])
            && !says(&[" cannot be edited", " not be edited", " never edited"])
        {
            found.push((edits.unwrap_or(&thing).clone(), Rule::Edited));
        }
        if says(&[" change is logged", " changes are logged", " change is recorded", " history of changes"]) {
            found.push((thing.clone(), Rule::Logged));
        }
        if says(&[
            " never changed",
            " never altered",
            " immutable",
            " append only",
            " append-only",
            " not be changed",
            " cannot be edited",
            " can never be changed",
            " read-only",
            " never edited",
        ]) {
            found.push((thing.clone(), Rule::Immutable));
        }
        if says(&[
            " archived ",
            " soft delete",
            " never deleted",
            " restored ",
            " not deleted",
            " never removed",
        ]) && finite.is_some()
            && !says(&[" or archived", " archived or ", " archived ,"])
        {
            found.push((thing, Rule::SoftDeleted));
        }
    }
    let says_only_this =
        nests && levels.is_some() && finite.is_none() && !sentence.words.iter().any(|it| it.token.is(":"));
    for (of, rule) in found {
        reader.out.all.push(Fact::Rule { of, rule, span: sentence.span });
    }
    says_only_this
}

//! Openings of short texts that only name things: "A blog with posts, tags and comments", "Project tracker: teams, tasks with labels".
//!
//! What opens is what is to be built, and no thing of it; what stands in the plural behind it is a thing, though nothing more is said.

use super::brevity::SHORT;
use super::fact::{Fact, Form, Signal, is_plain, phrase_of};
use super::facts::Reader;
use super::items::items;
use super::lexicon::{last_word, lexicon};
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase};
use super::sentences::Sentence;
use crate::base::{one_of, singular};

/// Reads the sentence, where it opens a text so; gives the first word behind the list.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk]) -> Option<usize> {
    let opens = reader.out.topics.len() == 1 && reader.text.split_whitespace().count() < SHORT;
    let (opener, at) = opens.then(|| opener(sentence, chunks))??;
    let list = List::read(sentence, chunks, at);
    if !list.names() {
        return None;
    }
    reader.see(opener, Signal::Built);
    reader.titles.insert(opener.key.clone());
    for named in &list.named {
        reader.see(&named.thing, Signal::Named);
        reader.see(&named.thing, Signal::ManyItem);
        if let Some(outer) = &named.of {
            reader.out.all.push(Fact::Nested { inner: named.thing.clone(), outer: outer.clone() });
        }
    }
    for (owner, from, to) in list.told {
        let mut found = items(sentence, from, to);
        found.retain(|it| lexicon().attribute(&it.name).is_some() && !is_thing(&phrase_of(it)));
        reader.owns(&owner, found, Form::Have);
    }
    reader.out.opening = list.end;
    Some(list.end)
}

/// What opens, and the chunk behind the word that leads its list: "with", or a colon.
fn opener<'a>(sentence: &Sentence, chunks: &'a [Chunk]) -> Option<(&'a Phrase, usize)> {
    // "I need", "Build me", "We want to build"
    let speaks = |it: &&Chunk| match &it.kind {
        ChunkKind::Pron(word) => one_of(word.as_str(), "i we me us"),
        ChunkKind::Verb(verb) => {
            one_of(verb.lemma.as_str(), "build create make need want design develop model run have")
        }
        _ => false,
    };
    let first = chunks.iter().take_while(speaks).count();
    let opener = chunks.phrase_at(first).filter(|it| !it.many && !it.possessor)?;
    let mut at = first + 1;
    // "Airline booking: flights, passengers"
    at += usize::from(chunks.verb_at(at).is_some_and(|it| it.bare));
    // "an online shop for vintage clothes"
    while chunks.kind_at(at).is_prep("for of about in") && chunks.phrase_at(at + 1).is_some() {
        at += 2;
    }
    let leads = match chunks.kind_at(at) {
        ChunkKind::Prep(word) => word == "with",
        ChunkKind::Other => sentence.says(chunks.start_at(at), ":"),
        _ => false,
    };
    let fits = matches!(opener.det, Det::One | Det::Bare | Det::The) && chunks.phrase_at(at + 1).is_some();
    (leads && fits).then_some((opener, at + 1))
}

/// Whether a noun in the plural stands for rows: "labels" and "photos" do, "sizes" are told of something.
fn is_thing(it: &Phrase) -> bool {
    let lexicon = lexicon();
    let last = last_word(&it.key);
    let known = lexicon.aggregates.contains_key(last)
        || lexicon.is_shared(last)
        || lexicon.happens(last)
        || lexicon.business.contains(it.key.as_str());
    !is_plain(&it.key) && (known || lexicon.attribute(&it.key).is_none() && !lexicon.is_property(&it.key))
}

/// A thing that the list names, and what it is named as a part of.
struct Named {
    thing: Phrase,
    of: Option<Phrase>,
}

/// What a list names.
#[derive(Default)]
struct List {
    named: Vec<Named>,
    /// Things with the words that may tell what they have.
    told: Vec<(Phrase, usize, usize)>,
    /// How many of its nouns are no things.
    others: usize,
    /// The first word behind it.
    end: usize,
}

/// Whether a word in the plural stands alone between commas, whatever the tagger takes it for.
fn in_row(sentence: &Sentence, chunks: &[Chunk], at: usize) -> bool {
    let (from, to) = (chunks.start_at(at), chunks.end_at(at));
    let word = sentence.word(from);
    // Behind the last chunk there is nothing, which parts as well.
    let parts =
        |at: usize| matches!(chunks.kind_at(at), ChunkKind::And | ChunkKind::Other | ChunkKind::Prep(_));
    to == from + 1 && singular(word) != word && at.checked_sub(1).is_none_or(parts) && parts(at + 1)
}

impl List {
    fn read(sentence: &Sentence, chunks: &[Chunk], from: usize) -> Self {
        let mut out = Self { end: sentence.words.len(), ..Self::default() };
        // What the words behind "with" belong to, and whether its list has had its "and".
        let mut whole: Option<(Phrase, usize)> = None;
        let mut closing = false;
        let mut governed = false;
        for at in from..chunks.len() {
            let word = sentence.word(chunks.start_at(at));
            match chunks.kind_at(at) {
                ChunkKind::Noun(phrase) => {
                    let clause = chunks.verb_at(at + 1).is_some_and(|it| !it.bare);
                    if clause {
                        out.end_at(sentence, chunks, at);
                        break;
                    }
                    if phrase.possessor {
                        continue;
                    }
                    let of = whole.as_ref().map(|it| it.0.clone());
                    // "tasks with subtasks": a part of its own kind.
                    let same = of.as_ref().is_some_and(|it| phrase.key.ends_with(&it.key));
                    if phrase.many && is_thing(phrase) && !same {
                        let before = out.last_whole().cloned().filter(|_| !governed);
                        let of = of.or(before.filter(|it| shares(it, phrase)));
                        out.named.push(Named { thing: phrase.clone(), of });
                    } else if whole.is_none() && !governed {
                        out.others += 1;
                    }
                    governed = false;
                }
                ChunkKind::Prep(lead) => {
                    let last = out.named.last().map(|it| it.thing.clone());
                    let inner = one_of(lead.as_str(), "with in including containing");
                    if let Some(last) = last.filter(|_| inner && whole.is_none()) {
                        whole = Some((last, chunks.end_at(at)));
                        closing = false;
                    } else {
                        governed = true;
                    }
                }
                ChunkKind::And if word == "," && closing => out.close(&mut whole, chunks.start_at(at)),
                ChunkKind::And => closing |= word == "and" || word == "or",
                // "likes, matches and messages": no subject stands before it.
                ChunkKind::Verb(_) if in_row(sentence, chunks, at) => {
                    let chunk = chunks.start_at(at);
                    let mut thing = Phrase::bare(&singular(word), sentence.span_of(chunk, chunk + 1));
                    thing.many = true;
                    if is_thing(&thing) {
                        out.named.push(Named { thing, of: whole.as_ref().map(|it| it.0.clone()) });
                    }
                    governed = false;
                }
                ChunkKind::Verb(_) | ChunkKind::Sub(_) | ChunkKind::Pron(_) => {
                    out.end_at(sentence, chunks, at);
                    break;
                }
                ChunkKind::Other if one_of(word, "; - .") => {
                    out.end = chunks.start_at(at);
                    break;
                }
                ChunkKind::Other => {}
            }
        }
        let end = out.end;
        out.close(&mut whole, end);
        out
    }

    /// The last thing that is named and is no part of another of them: in "posts, comments and tags" the posts.
    fn last_whole(&self) -> Option<&Phrase> {
        let named = |key: &str| self.named.iter().any(|it| it.thing.key == key);
        let is_part = |it: &Phrase| {
            let shape = lexicon().aggregates.get(it.key.as_str());
            shape.is_some_and(|shape| shape.parents.iter().any(|parent| named(parent)))
        };
        self.named.iter().map(|it| &it.thing).rev().find(|it| !is_part(it))
    }

    fn close(&mut self, whole: &mut Option<(Phrase, usize)>, to: usize) {
        if let Some((owner, from)) = whole.take() {
            self.told.push((owner, from, to));
        }
    }

    /// The list ends before the clause that a chunk stands in.
    fn end_at(&mut self, sentence: &Sentence, chunks: &[Chunk], at: usize) {
        let opens = |it: &usize| {
            matches!(chunks.kind_at(*it), ChunkKind::And) && !sentence.says(chunks.start_at(*it), "or")
        };
        let from = (0..at).rev().find(opens).map_or(chunks.start_at(at), |it| chunks.end_at(it));
        // What stands in the clause is none of the list.
        self.named.retain(|it| {
            sentence.words.get(from).is_none_or(|word| it.thing.span.start < word.token.span.start)
        });
        self.end = from;
    }

    /// Whether it names things rather than properties.
    fn names(&self) -> bool {
        let top = self.named.iter().filter(|it| it.of.is_none()).count();
        self.named.len() >= 2 && top >= 1 && self.named.len() >= self.others * 2
    }
}

/// Whether what stands before has several of what others have as well: "posts, tags".
fn shares(before: &Phrase, it: &Phrase) -> bool {
    let lexicon = lexicon();
    let refers = lexicon
        .aggregates
        .get(before.key.as_str())
        .is_some_and(|shape| shape.parents.iter().chain(&shape.also).any(|parent| *parent == it.key));
    lexicon.is_shared(&it.key) && !lexicon.is_shared(&before.key) && !lexicon.is_person(&it.key) && !refers
}

#[cfg(test)]
mod tests {
    use crate::brief::{Reading, RelationshipKind, read};

    /// The things that the text itself names.
    fn things(reading: &Reading) -> Vec<&str> {
        let named = reading.entities.iter().filter(|it| !it.assumed);
        let mut all: Vec<&str> = named.map(|it| it.name.as_str()).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn what_a_list_names_are_things_and_what_is_to_be_built_is_none() {
        let reading = read("A reading circle with books, shelves, loans and quotations.");
        assert_eq!(things(&reading), ["book", "loan", "quotation", "shelf"]);
    }

    #[test]
    fn what_stands_behind_with_is_of_what_stands_before() {
        let text =
            "Repair desk: tickets with photos, labels and comments. Tickets have a due date and a priority.";
        let reading = read(text);
        let tied = |part: &str| reading.relationships.iter().find(|it| it.is_between(part, "ticket"));
        assert_eq!(tied("photo").map(|it| it.from.as_str()), Some("photo"));
        assert_eq!(tied("label").map(|it| it.kind), Some(RelationshipKind::ManyToMany));
        assert!(reading.entities.iter().all(|it| it.name != "desk" && it.name != "repair_desk"));
    }

    #[test]
    fn what_others_share_is_of_the_whole_rather_than_of_its_part() {
        let reading = read("A reading circle with posts, comments and tags.");
        let tied =
            |it: &str| reading.relationships.iter().any(|tie| !tie.assumed && tie.is_between("tag", it));
        assert!(tied("post") && !tied("comment"), "{:?}", reading.relationships);
    }

    #[test]
    fn sizes_are_told_of_what_comes_in_them() {
        let reading = read("A web shop with products in sizes and colours, customers, carts and orders.");
        let product = reading.entities.iter().find(|it| it.name == "product").expect("it is named");
        assert!(product.attributes.iter().any(|it| it.name == "size" || it.name == "sizes"), "{product:?}");
        assert!(things(&reading).contains(&"cart"));
    }

    #[test]
    fn what_a_clause_behind_the_list_tells_is_none_of_it() {
        let text = "A lending desk with drills, ladders and saws, members borrow what they need.";
        assert!(things(&read(text)).starts_with(&["drill", "ladder"]));
    }

    #[test]
    fn a_thing_with_its_properties_is_a_thing() {
        let reading = read("A boat with a name, a length and a berth number.");
        assert_eq!(things(&reading), ["boat"]);
    }
}

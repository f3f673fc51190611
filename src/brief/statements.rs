//! Statements that make a rule: order, nesting, editing, history.

use super::fact::{Fact, Rule, Signal, is_plain};
use super::facts::Reader;
use super::lexicon::{last_word, lexicon};
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase};
use super::sentences::Sentence;
use super::tags::Tag;
use crate::base::{Clip, one_of, without_end};

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

/// What says that things hang under each other. Source: own knowledge of English.
const NESTS: &[&str] =
    &[" hierarchy", " nested ", " nesting", " levels of ", " levels deep", " level deep", " sub-"];

/// What says that below one there is one more level alone.
const SHALLOW: &[&str] = &[
    " single level",
    " not nested",
    " one deep",
    " no deeper",
    " cannot have sub",
    " can't have sub",
    " may not have sub",
    " have no sub",
    " cannot be answered",
    " cannot be replied",
];

/// Numbers of levels.
const NUMBERS: &str = "one two three four five six seven eight nine ten";

/// Verbs of what holds others of its kind.
const HOLDS: &str = "contain have hold include nest";

/// What people write.
const WRITTEN: &str = "comment post message review reply note answer article";

/// A sentence, and what its words say.
struct Told<'a> {
    sentence: &'a Sentence,
    chunks: &'a [Chunk],
    /// Its words with blanks around them, those in parentheses last.
    text: String,
}

impl<'a> Told<'a> {
    fn new(sentence: &'a Sentence, chunks: &'a [Chunk]) -> Self {
        let inner = sentence.parens.iter().flat_map(|it| &it.tokens).map(|it| it.word.as_str());
        let words: Vec<&str> = sentence.words.iter().map(|it| it.token.word.as_str()).chain(inner).collect();
        let text = format!(" {} ", words.join(" ")).replace(" in order to ", " so as to ");
        Self { sentence, chunks, text }
    }

    fn says(&self, list: &[&str]) -> bool {
        list.iter().any(|it| self.text.contains(it))
    }

    /// The last word of a list.
    fn last(&self, words: &str) -> Option<usize> {
        (0..self.sentence.words.len()).rfind(|at| self.sentence.says(*at, words))
    }

    /// What is spoken of before a word: the nearest thing that no preposition governs, or that a relative clause goes on with. Those
    /// of several are nearer than one.
    fn before(&self, at: usize) -> Option<&'a Phrase> {
        let is_thing = |nth: &usize| {
            let governed = nth.checked_sub(1).is_some_and(|it| {
                // "A form consists of questions in order"
                let made_of = it > 0 && self.chunks.verb_at(it - 1).is_some();
                matches!(self.chunks.kind_at(it), ChunkKind::Prep(_)) && !made_of
            });
            let relative = (nth + 1..nth + 3).any(|it| matches!(self.chunks.kind_at(it), ChunkKind::Sub(_)));
            self.chunks.end_at(*nth) <= at
                && (!governed || relative)
                && self.chunks.phrase_at(*nth).is_some_and(|it| !it.possessor && is_thing(it))
        };
        let all = || (0..self.chunks.len()).rev().filter(is_thing).filter_map(|it| self.chunks.phrase_at(it));
        all().find(|it| it.many).or_else(|| all().next())
    }

    /// The first thing behind a word.
    fn behind(&self, at: usize) -> Option<&'a Phrase> {
        self.chunks.iter().filter(|it| it.from >= at).find_map(Chunk::phrase).filter(|it| is_thing(it))
    }

    /// How deep things may hang under each other, where the sentence says it.
    fn levels(&self) -> Option<u8> {
        if self.says(SHALLOW) {
            return Some(1);
        }
        let at = self.last("level levels")?;
        let word = self.sentence.word(at.checked_sub(1)?);
        let named = NUMBERS.split(' ').position(|it| it == word).and_then(|it| u8::try_from(it + 1).ok());
        named.or_else(|| word.parse().ok()).filter(|it| *it > 0)
    }

    /// Whether things of a kind hang under each other, `levels` deep where the sentence tells it.
    fn is_tree(&self, levels: Option<u8>) -> bool {
        self.says(TREE)
            || self.says(&[" hierarchy", " be nested", " are nested", " is nested"])
            || levels.is_some() && self.says(NESTS)
    }

    /// What hangs under others of its kind.
    fn nested(&self, levels: Option<u8>) -> Option<Phrase> {
        let phrases = || self.chunks.iter().filter_map(Chunk::phrase);
        let inner = phrases().find(|it| {
            let rest = it.key.strip_prefix("sub").map(|it| it.trim_start_matches('_')).unwrap_or_default();
            it.key.len() > 5
                && (lexicon().business.contains(rest) || phrases().any(|other| other.key == rest))
        });
        if inner.is_some() {
            return inner.cloned();
        }
        // "A page has child pages", "a unit with a parent unit"
        let own = phrases().find(|it| {
            let below = ["child_", "parent_", "nested_"].iter().find_map(|word| it.full.strip_prefix(word));
            below.is_some_and(|below| phrases().any(|other| other.key == below && other.span != it.span))
        });
        if let Some(own) = own {
            let first = phrases().find(|it| own.full.ends_with(&format!("_{}", it.key)));
            return first.cloned();
        }
        // "Comments can be replied to, one level deep"
        let denied = self.says(&[" cannot be answered", " cannot be replied"]);
        let answered = self.last("replied answered").filter(|_| levels.is_some() && !denied);
        if let Some(at) = answered {
            return self.before(at).cloned();
        }
        if !self.is_tree(levels) {
            return None;
        }
        self.last("nested").and_then(|at| self.before(at)).cloned()
    }

    /// What people put in order.
    fn ordered(&self, thing: Option<&Phrase>) -> Option<Phrase> {
        let sentence = self.sentence;
        // "The order of the chapters can be changed"
        let of = (1..sentence.words.len()).find(|at| {
            sentence.says(*at, "order sequence")
                && sentence.says(*at + 1, "of")
                && sentence.says(at - 1, "the")
        });
        if let Some(at) = of {
            let set = (at..sentence.words.len())
                .any(|at| sentence.says(at, "matters matter changed kept fixed set defined arranged chosen"));
            // "The steps matter" is no kind of matter.
            let whole = self.behind(at + 2).filter(|it| it.many && set)?;
            let key = without_end(&whole.key, "_matter").to_owned();
            return Some(Phrase { full: key.clone(), key, ..whole.clone() });
        }
        let by_hand = |at: usize| {
            sentence.says(at + 1, "manually")
                || sentence.says(at + 1, "by") && sentence.says(at + 2, "hand drag dragging position")
        };
        let of_hand =
            |at: &usize| !sentence.says(*at, "sort sorts") || (*at..sentence.words.len()).any(by_hand);
        if let Some(at) = self.last("reorder reorders rearrange rearranges sort sorts").filter(of_hand) {
            return self.behind(at + 1).cloned();
        }
        // "Products are ordered by customers", "components are ordered from a wholesaler", "the list is sorted by price"
        let arranged = self.last("ordered reordered sorted arranged").filter(|at| {
            let ends = *at + 1 == sentence.words.len() || sentence.says(at + 1, "within inside in , ; and");
            let alone = ends && !sentence.says(*at, "sorted arranged")
                || sentence.says(*at, "reordered") && !sentence.says(at + 1, "by");
            (alone || by_hand(*at)) && sentence.says(at.saturating_sub(1), "are be manually")
        });
        if let Some(at) = arranged {
            return self.before(at).cloned();
        }
        // "In a fixed order", "in the order that the owner has set"; "in order of price" is none of these.
        let within = self.last("order sequence").and_then(|at| {
            let from = (at.saturating_sub(3)..at).find(|it| sentence.says(*it, "in"))?;
            let by_itself = (from + 1..at).all(|it| {
                matches!(sentence.tag(it), Tag::Det | Tag::Adj | Tag::Past | Tag::Verb)
                    && !sentence.says(
                        it,
                        "alphabetical chronological numerical ascending descending reverse random any some no",
                    )
            });
            let idiom = sentence.says(at + 1, "of to can") || from + 1 == at && sentence.says(at + 1, "that");
            (by_itself && !idiom).then_some(from)
        });
        if let Some(at) = within {
            // "Tasks: kept in the order that people drag them to"
            return self.before(at).or(thing).cloned();
        }
        let keeps = [" in an order", " keep an order", " keep their order", " a fixed sequence"];
        thing.filter(|_| self.says(&keeps)).cloned()
    }

    /// What is marked when it is edited.
    fn edited(&self, thing: Option<&Phrase>) -> Option<Phrase> {
        let denied = [" cannot be edited", " not be edit", " never edited", " never be edited"];
        if self.says(&denied) {
            return None;
        }
        let edits =
            self.chunks.iter().position(|it| it.verb().is_some_and(|it| it.lemma == "edit" && !it.passive));
        if let Some(at) = edits.filter(|_| self.says(&[" can edit ", " may edit "])) {
            // Who may edit projects is a matter of rights; what people wrote themselves is marked.
            let is_own = |it: &&Phrase| it.owned || one_of(last_word(&it.key), WRITTEN);
            return match self.chunks.kind_at(at + 1) {
                ChunkKind::Pron(_) => self.before(self.chunks.start_at(at)).cloned(),
                _ => self.chunks.clip(at..).iter().find_map(Chunk::phrase).filter(is_own).cloned(),
            };
        }
        let marks = [" be edited", " editable ", " as edited", " last edited", " was edited"];
        let at = self.last("edited editable").filter(|_| self.says(&marks))?;
        // "Comments: text; can be edited"
        self.before(at).or(thing).cloned()
    }
}

/// Whether something may be a thing of which a rule holds.
fn is_thing(phrase: &Phrase) -> bool {
    let known = |it: &str| lexicon().attribute(it).is_none() || lexicon().business.contains(it);
    !lexicon().is_person(&phrase.key)
        && !one_of(phrase.key.as_str(), "order sequence position change")
        && (phrase.many || !is_plain(&phrase.key) && known(&phrase.key))
}

/// Statements that make a rule: order, nesting, history. True when the sentence says nothing else.
pub fn rules(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk], topic: Option<&Phrase>) -> bool {
    let told = Told::new(sentence, chunks);
    let says = |list: &[&str]| told.says(list);
    let phrases = || chunks.iter().filter_map(Chunk::phrase);
    let finite = chunks.iter().position(|it| it.verb().is_some_and(|it| !it.bare));
    let subject =
        finite.and_then(|at| chunks.clip(..at).iter().find_map(Chunk::phrase)).filter(|it| is_thing(it));
    let object = finite
        .and_then(|at| chunks.clip(at + 1..).iter().find_map(Chunk::phrase))
        .filter(|it| !is_plain(&it.key));
    let label = phrases().next().filter(|_| sentence.says(1, ":") || finite.is_none() && topic.is_none());
    let thing =
        subject.or(label).or(if finite.is_some_and(|at| at > 0) { object } else { None }).or(topic).cloned();
    let mut found: Vec<(Phrase, Rule)> = Vec::new();
    let levels = told.levels();
    let nested = told.nested(levels).or_else(|| thing.clone().filter(|_| told.is_tree(levels)));
    found.extend(nested.map(|it| (it, Rule::Nested(levels))));
    // "A berth may lie in another berth", "folders contain other folders"
    let verb = finite.and_then(|at| chunks.verb_at(at));
    let holds = verb.is_some_and(|it| one_of(it.lemma.as_str(), HOLDS));
    let another = chunks.iter().filter_map(|it| it.phrase().map(|phrase| (it, phrase))).skip(1).find(
        |(chunk, phrase)| {
            (sentence.says(chunk.from, "another") || holds && sentence.says(chunk.from, "other further"))
                && chunks.iter().find_map(Chunk::phrase).is_some_and(|it| it.key == phrase.key)
        },
    );
    if let (Some((_, phrase)), true, Some(verb)) = (another, found.is_empty(), verb) {
        found.push((phrase.clone(), Rule::Nested(levels)));
        // "A comment may be a reply to another comment": the replies are comments.
        let called = phrases().nth(1).filter(|it| !it.many && it.key != phrase.key);
        if let Some(called) = called.filter(|_| verb.lemma == "be") {
            let (said, means) = (called.key.clone(), phrase.key.clone());
            reader.out.all.push(Fact::Alias { said, means, is_told: false });
        }
    }
    let nests = !found.is_empty();
    let ordered = told.ordered(thing.as_ref());
    if ordered.is_some() {
        // Such an order is a position, nothing that somebody places.
        if let Some(order) = phrases().find(|it| last_word(&it.key) == "order" && !it.many) {
            reader.see(order, Signal::ValueSet);
        }
    }
    found.extend(ordered.map(|it| (it, Rule::Ordered)));
    found.extend(told.edited(thing.as_ref()).map(|it| (it, Rule::Edited)));
    let logged = super::logged::of(sentence, chunks);
    let is_log = logged.is_some();
    found.extend(logged.map(|it| (it, Rule::Logged)));
    if let Some(thing) = thing {
        if says(&[
            " never changed",
            " never be changed",
            " never altered",
            " immutable",
            " append only",
            " append-only",
            " not be changed",
            " cannot be edited",
            " never be edited",
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
    says_only_this || is_log
}

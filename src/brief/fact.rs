//! What a statement can say. Every fact keeps the place that it was read from; nothing is decided here.

use super::items::Item;
use super::lexicon::{last_word, lexicon};
use super::phrases::{Det, Phrase};
use crate::base::{SortedMap, Span, one_of, singular, without_end};

/// How a list was told; some forms are surer than others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `berth: number, width`
    Label,
    /// `a berth (number, width)`
    Paren,
    /// `a berth has a number and a width`
    Have,
    /// A row of a table of fields, or a JSON sample.
    Table,
    /// A list under a lead-in or heading.
    Bare,
    /// `number and width are recorded`
    Recorded,
}

/// Why a phrase was noticed. `concepts` gives each a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// Owns a list of several items.
    ListOwner,
    /// Owns one thing.
    SingleOwner,
    /// Stands as a heading.
    Heading,
    /// Is explained in a glossary.
    Glossary,
    /// Is counted in a section about sizes.
    Counted,
    /// one, exactly one, per, each.
    OneOrPer,
    /// several, many, at most three.
    Quantified,
    /// Subject of a sentence.
    Subject,
    /// Object of a verb.
    Object,
    /// Behind a preposition, with a determiner.
    Governed,
    /// Head of a bullet.
    BulletHead,
    /// Something belongs to it: its, of, 's.
    Possessor,
    /// Stands somewhere.
    Mentioned,
    /// An item of a list, in the plural.
    ManyItem,
    /// An item of a list.
    Item,
    /// Somebody maintains the list of it.
    Maintained,
    /// One of the values of something.
    Value,
    /// Takes one of some values: an attribute.
    ValueSet,
    /// Said to be left out.
    Out,
    /// Created, added, booked in a story's wish.
    StoryObject,
    /// That wish creates, changes or ends it.
    StoryMade,
    /// That wish only looks at it.
    StorySeen,
    /// Elsewhere in a story's wish.
    StoryMention,
    /// In a story's reason.
    StoryReason,
    /// Acts in a story.
    StoryActor,
    /// Stands before another noun.
    Modifier,
    /// Spoken of as one of several: a, each, some, or in the plural.
    Instance,
    /// Somebody does it to something: "books a berth" tells of a booking.
    Happens,
    /// Others belong to it, work for it, are part of it or link it to something.
    Holds,
    /// Somebody creates, manages or keeps track of it.
    Kept,
    /// A list that opens a short text names it.
    Named,
    /// It is what is to be built, or the place that it is for.
    Built,
}

/// One statement of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A thing has something.
    Owns {
        /// The thing.
        owner: Phrase,
        /// What it has.
        item: Item,
        /// How that was told.
        form: Form,
        /// How many items the same list has.
        of: usize,
    },
    /// A thing, or one of its attributes, takes one of some values.
    Values {
        /// The thing.
        of: Phrase,
        /// The attribute; `status` is meant when none is named.
        name: Option<String>,
        /// The values.
        values: Vec<String>,
        /// Where that stands.
        span: Span,
    },
    /// A phrase was noticed.
    Seen {
        /// The phrase.
        phrase: Phrase,
        /// Why.
        signal: Signal,
    },
    /// One thing hangs under another: a nested item, `per`, `for each`.
    Nested {
        /// The inner one.
        inner: Phrase,
        /// The outer one.
        outer: Phrase,
    },
    /// Two names of one thing.
    Alias {
        /// The name that was used.
        said: String,
        /// The name that it goes by.
        means: String,
        /// Whether the text says so itself.
        is_told: bool,
    },
    /// Something is kept of each pair of two things: "with a level each".
    Pays {
        /// One of the pair.
        left: Phrase,
        /// The other.
        right: Phrase,
        /// What is kept.
        items: Vec<Item>,
        /// Whether the words themselves bring several of both together, whatever else is told of them.
        is_tie: bool,
    },
    /// The text says what a thing is.
    Defined {
        /// The thing.
        of: Phrase,
        /// What it is, in the text's words: `a set of berths at one pier`.
        says: Span,
    },
    /// A list is maintained by somebody.
    Lookup {
        /// What the list is of.
        of: Phrase,
    },
    /// What a thing, or an attribute of it, must be.
    Rule {
        /// The thing.
        of: Phrase,
        /// The rule.
        rule: Rule,
        /// Where that stands.
        span: Span,
    },
    /// A user story.
    Story {
        /// Who wants it.
        actor: Option<Phrase>,
        /// What is wanted.
        goal: Span,
        /// The whole story.
        span: Span,
    },
}

/// Rules that change the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// Things of the kind hang under each other; at most so many levels deep, without a number as deep as one likes.
    Nested(Option<u8>),
    /// Kept in an order.
    Ordered,
    /// Marked when edited.
    Edited,
    /// Every change of it is kept.
    Logged,
    /// Never changed.
    Immutable,
    /// Never really deleted.
    SoftDeleted,
}

/// All statements of a text and what each sentence was about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The statements, in order of place.
    pub all: Vec<Fact>,
    /// For each sentence, the thing that pronouns in it mean.
    pub topics: Vec<Option<Phrase>>,
    /// Who speaks in a story, by its sentence.
    pub actors: SortedMap<usize, Phrase>,
    /// How many sentences are user stories.
    pub stories: usize,
    /// Places that only ask something of the software.
    pub demands: Vec<Span>,
    /// Where words name a property whose values stand behind them.
    pub sets: Vec<Span>,
    /// Verbs that tell of nothing besides what they are done to: "book an appointment".
    pub agreed: Vec<Span>,
    /// How many words of the first sentence only name things.
    pub opening: usize,
}

/// Whether a key names nothing that could be a table.
pub fn is_plain(key: &str) -> bool {
    let lexicon = lexicon();
    if key.contains('_') && lexicon.business.contains(key) {
        return false;
    }
    let last = last_word(key);
    let (first, second) = key.split_once('_').unwrap_or((key, ""));
    if second == "sheet" && one_of(first, "day time week month shift job work") {
        return false;
    }
    let screen = |it: &str| {
        lexicon.interface.contains(it) || lexicon.generic.contains(it) || lexicon.empty_heads.contains(it)
    };
    lexicon.generic.contains(key)
        || lexicon.generic.contains(last) && !key.contains('_')
        || lexicon.interface.contains(key)
        || key.contains('_') && key.split('_').all(screen)
}

/// Whether a phrase names a property here: "its order", "the location"; "an order has", "each comment" are things.
pub fn names_property(it: &Phrase) -> bool {
    let lexicon = lexicon();
    let thing =
        lexicon.business.contains(it.key.as_str()) && matches!(it.det, Det::One | Det::Each) && !it.owned
            || it.many && (it.key.contains('_') || lexicon.business.contains(it.key.as_str()));
    lexicon.attribute(&it.key).is_some() && !thing
}

/// An item as a phrase.
pub fn phrase_of(item: &Item) -> Phrase {
    let name = without_end(&item.name, "_id");
    let key: Vec<String> =
        name.split('_').map(singular).filter(|it| !lexicon().light.contains(it.as_str())).collect();
    let key = if key.is_empty() { item.name.clone() } else { key.join("_") };
    let det = if item.counted { Det::One } else { Det::Bare };
    Phrase { full: item.name.clone(), det, many: item.many, ..Phrase::bare(&key, item.span) }
}

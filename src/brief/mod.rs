//! Prose becomes facts, facts become concepts, concepts become a proposal.
//!
//! The stages are pure functions, one file each, and every result keeps the bytes of the brief that it came from:
//! `markup` and `lines` → `blocks` → `tokens` → `sentences` → `acronyms` → `tags` → `phrases` → `facts` (with
//! `stories`, `labels`, `clauses` and `items`) → `concepts` → `relations` → `model` → [`Reading`].

mod access;
mod acronyms;
mod agreement;
mod alone;
mod announced;
mod answers;
mod apposed;
mod asked;
mod bare;
mod beside;
mod between;
mod blocks;
mod both_are;
mod brevity;
mod brought;
mod choices;
mod chunked;
mod clauses;
mod concepts;
mod constraints;
mod coordinated;
mod copula;
mod declared;
mod deletion;
mod describe;
mod doers;
mod events;
mod fact;
mod facts;
mod far_topics;
mod fences;
mod field_tables;
mod former;
mod former_ties;
mod fronted;
mod function_words;
mod further;
mod headings;
mod history;
mod ids;
mod inline;
mod inner_lists;
mod item_moments;
mod item_name;
mod item_rows;
mod item_values;
mod items;
mod joined;
mod judged;
mod judged_verbs;
mod kept_of_values;
mod kind_names;
mod kinds;
mod knowledge;
mod label_owners;
mod labels;
mod language;
mod leads;
mod learned;
pub mod lexicon;
mod lines;
mod list_ends;
mod logged;
mod markup;
mod model;
mod named_rows;
mod named_sets;
mod nouns;
mod of_kind;
mod of_pairs;
mod offered;
mod one_of_them;
mod opening;
mod owning;
mod pair_columns;
mod payload;
mod people;
mod phrases;
mod places;
mod plain_verbs;
mod present;
mod property_names;
mod propose;
mod prose_lists;
mod quantities;
mod questions;
mod reading;
mod recording;
mod relations;
mod reread;
mod revise;
mod rings;
mod roles;
mod rows;
mod rules;
mod samples;
mod scope;
mod sentences;
mod several;
mod siblings;
mod single;
mod speakers;
mod spelling;
#[cfg(test)]
mod stage_tests;
mod standing;
mod statements;
mod stories;
mod story_facts;
mod story_weights;
mod subjects;
mod tagger;
mod tags;
mod taught;
mod tied;
mod title;
mod tokens;
mod types;
mod uniqueness;
mod upos;
mod value_sets;
mod verbless;
mod verbs;
mod walk;
mod walk_verbs;
mod weights;
mod wished;
mod wordings;

use crate::base::Span;

pub use answers::{answer, open_questions, settled};
pub use choices::{Choices, RelationshipKey};
pub use further::further;
pub use learned::lesson;
pub use propose::{Held, expected, held, propose};
pub use reading::{
    AccessAction, Attribute, Condition, Constraint, ConstraintKind, Context, Entity, EntityKind, Further,
    Identity, LeftOut, OnDelete, Permission, Question, QuestionSubject, Reading, Relationship,
    RelationshipKind, Rule, RuleKind, Size, Story,
};
pub use revise::revise;
pub use several::{LIKELY as LIKELY_SEVERAL, Several, SeveralWhy, ask as ask_of_several};
pub use tags::warm_up;

/// A text as the stages before any judgement leave it.
struct Prepared {
    markup: markup::Markup,
    blocks: Vec<blocks::Block>,
    /// Tagged.
    sentences: Vec<sentences::Sentence>,
    facts: fact::Facts,
    /// Rows that it names.
    named_rows: Vec<named_rows::NamedRows>,
    /// What it writes down as a model.
    declared: declared::Declared,
    /// What it demands of the database, which is no part of the facts.
    said: Vec<constraints::Said>,
    /// How many words it has.
    words: usize,
    /// What it calls itself, and where it does.
    title: Option<(String, Span)>,
    /// Whether it is in a language that is not read.
    other_language: bool,
}

fn prepare(text: &str) -> Prepared {
    let mut markup = markup::Markup::read(text);
    let other_language = language::is_other(text, &markup.fences);
    let mut blocks = blocks::blocks(text, &markup);
    let title = title::title(text, &blocks);
    let declared = declared::read(text, &blocks, &markup.fences);
    markup.silence(&declared.silent);
    if other_language {
        // A notation is the same in every language; the words would give things that nobody named.
        blocks.clear();
    }
    let mut sentences = sentences::sentences(text, &blocks, &markup);
    acronyms::write_out(text, &blocks, &mut sentences);
    tags::tag(&mut sentences);
    let named_rows = named_rows::set_apart(&mut sentences);
    apposed::set_apart(&mut sentences);
    rows::bars_of_labels(&mut sentences);
    let mut facts = facts::facts(text, &blocks, &sentences, &declared);
    let said = constraints::said(text, &blocks);
    facts.set_aside(constraints::demands(&said));
    Prepared {
        markup,
        blocks,
        sentences,
        facts,
        named_rows,
        declared,
        said,
        words: text.split_whitespace().count(),
        title,
        other_language,
    }
}

impl Prepared {
    /// The network on the text, if it is like those that it was taught on.
    fn learned(&self, text: &str) -> Option<learned::Learned> {
        let fits = brevity::is_for_network(&self.facts, self.words);
        fits.then(|| learned::Learned::read(text, &self.markup, &self.blocks, &self.sentences))
    }
}

/// Reads a brief. Any text is fine; of one in another language than English only the models that it writes down are read. The same text
/// gives the same reading. Linear in the text's length.
pub fn read(text: &str) -> Reading {
    let prepared = prepare(text);
    let learned = prepared.learned(text);
    read_with(text, prepared, learned)
}

/// What the rules alone make of a text, whatever its length.
#[cfg(test)]
fn read_by_rules(text: &str) -> Reading {
    read_with(text, prepare(text), None)
}

fn read_with(text: &str, prepared: Prepared, mut learned: Option<learned::Learned>) -> Reading {
    let Prepared {
        markup,
        blocks,
        sentences,
        mut facts,
        named_rows,
        declared,
        said,
        words,
        title,
        other_language,
    } = prepared;
    let concepts = concepts::concepts(&facts, &blocks, &sentences, words, learned.as_mut());
    far_topics::leave(&mut facts, &blocks, &sentences, &concepts);
    let votes = relations::relations(&blocks, &sentences, &facts, &concepts);
    let mut reading = model::model(text, &facts, &concepts, &votes);
    between::read(&mut reading, &blocks, &sentences, &facts, &concepts);
    people::people(&mut reading, &sentences, &blocks, &concepts);
    rules::rules(&mut reading, &facts, &concepts, &sentences);
    both_are::read(&mut reading, text, &blocks, &sentences, &concepts);
    former::read(&mut reading, &blocks, &sentences, &concepts);
    former_ties::read(&mut reading, &blocks, &sentences, &concepts);
    uniqueness::read(&mut reading, &blocks, &sentences, &concepts);
    let is_prompt = concepts.is_prompt && !other_language;
    let completed = knowledge::assume(&mut reading, text, &sentences, is_prompt);
    let mut unclear = Vec::new();
    if !completed {
        if let Some(learned) = &learned {
            let all = taught::Text {
                written: text,
                markup: &markup,
                blocks: &blocks,
                sentences: &sentences,
                words,
            };
            unclear = taught::take(&mut reading, &all, &concepts, learned);
        }
        alone::tie(&mut reading, &facts, &concepts, &sentences, &unclear);
        model::prune(&mut reading, &concepts, blocks::introduction(&blocks), &unclear);
    }
    logged::read(&mut reading, &facts, &concepts);
    rules::leave_what_they_say(&mut reading);
    of_kind::read(&mut reading, &blocks, &sentences, &facts, &concepts);
    single::read(&mut reading, &blocks, &sentences, &facts, &concepts);
    kept_of_values::read(&mut reading, text, &facts, &named_rows, &concepts);
    one_of_them::leave_columns(&mut reading);
    model::leave_doings(&mut reading);
    rings::open(&mut reading);
    declared::settle(&mut reading, &declared);
    model::leave_sections(&mut reading, &concepts, &blocks);
    knowledge::name_the_nameless(&mut reading);
    constraints::set_apart(&mut reading, text, &said);
    several::tell(&mut reading, text);
    questions::ask(&mut reading, &unclear);
    access::read(&mut reading, text, &blocks, &sentences, &markup);
    constraints::read(&mut reading, text, &said);
    siblings::settle(&mut reading, text, &facts, &declared);
    describe::describe(&mut reading, text, &facts, &concepts);
    spelling::keep(&mut reading, text);
    reading.title = title;
    reading.other_language = other_language;
    reading
}

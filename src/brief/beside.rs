//! What happens and is told beside something without a verb between that ties them: the pair is assumed, and said to be so.

use super::blocks::{Block, BlockKind, Role};
use super::concepts::Concepts;
use super::fact::Signal;
use super::lexicon::lexicon;
use super::phrases::{Chunk, chunks};
use super::reading::RelationshipKind;
use super::relations::{LISTED, Vote};
use super::sentences::Sentence;
use crate::base::{Gather as _, SortedSet, Span};

/// The reason of such pairs.
pub const BESIDE: &str = "the text speaks of both at once";

/// How many words may stand between the two. Pairs of the open texts that nothing else tied were right in three of five
/// cases up to five words, and hardly ever beyond.
const NEAR: usize = 5;

/// What an entity is to one that points at it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Happening,
    Person,
    Thing,
}

fn class(entity: &str) -> Class {
    let lexicon = lexicon();
    if lexicon.happens(entity) {
        Class::Happening
    } else if lexicon.is_person(entity) {
        Class::Person
    } else {
        Class::Thing
    }
}

/// Of what a sentence at `span` lists a thing.
fn wholes<'a>(settled: &'a [Vote], name: &'a str, span: Span) -> impl Iterator<Item = &'a str> {
    let listed = settled.iter().filter(move |it| it.reason == LISTED && it.span.is_within(span));
    listed.filter_map(move |it| match name {
        name if it.from == name => Some(it.to.as_str()),
        name if it.to == name => Some(it.from.as_str()),
        _ => None,
    })
}

/// Votes for what happens and has no tie of the kind yet; `settled` are those that the text's grammar gave.
pub fn beside(blocks: &[Block], sentences: &[Sentence], concepts: &Concepts, settled: &[Vote]) -> Vec<Vote> {
    let mut out: Vec<Vote> = Vec::new();
    let mut tied: SortedSet<(String, String)> = settled
        .iter()
        .flat_map(|it| [(it.from.clone(), it.to.clone()), (it.to.clone(), it.from.clone())])
        .gather();
    for sentence in sentences {
        let Some(block) = blocks.get(sentence.block) else { continue };
        let told = matches!(block.role, Role::Domain | Role::Glossary) && block.kind != BlockKind::Heading;
        if !told {
            continue;
        }
        let all = chunks(sentence);
        let mentions: Vec<(&Chunk, &str, Span)> = all
            .iter()
            .filter_map(|it| it.phrase().map(|phrase| (it, phrase)))
            .filter_map(|(chunk, phrase)| Some((chunk, concepts.entity(phrase)?, phrase.span)))
            .collect();
        for pair in mentions.windows(2) {
            let [(left, one, here), (right, other, there)] = pair else { continue };
            let between = left.to..right.from;
            let apart = between.len() > NEAR || between.clone().any(|at| sentence.says(at, "; : . not no"));
            // "posts, tags and comments"
            let named = |it: &str| concepts.all.get(it).is_some_and(|it| it.has(Signal::Named));
            if apart || one == other || named(one) && named(other) {
                continue;
            }
            for (from, to) in [(*one, *other), (*other, *one)] {
                let wanted = class(to);
                let happens = class(from) == Class::Happening
                    && (wanted != Class::Happening
                        || super::lexicon::last_word(from) != super::lexicon::last_word(to));
                let known = tied
                    .from(&(from.to_owned(), String::new()))
                    .iter()
                    .take_while(|it| it.0 == from)
                    .any(|it| class(&it.1) == wanted);
                // "Posts have comments and tags": they are told of the posts, and not of each other.
                let siblings = || {
                    wholes(settled, from, sentence.span)
                        .any(|it| wholes(settled, to, sentence.span).any(|of| it == of))
                };
                let both = wanted == Class::Happening && tied.contains(&(to.to_owned(), from.to_owned()));
                if !happens || known || both || siblings() {
                    continue;
                }
                tied.insert((from.to_owned(), to.to_owned()));
                tied.insert((to.to_owned(), from.to_owned()));
                out.push(Vote {
                    from: from.to_owned(),
                    to: to.to_owned(),
                    kind: RelationshipKind::ManyToOne,
                    role: None,
                    weight: 4,
                    nullable: false,
                    several: false,
                    reason: BESIDE,
                    span: here.cover(*there),
                });
            }
        }
    }
    out
}

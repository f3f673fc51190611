//! Blocks as sentences: words at the top level, parentheses hanging on the word before them.

use std::cell::OnceCell;

use super::blocks::{Block, BlockKind, Role};
use super::lexicon::lexicon;
use super::markup::Markup;
use super::phrases::Chunk;
use super::tags::Tag;
use super::tokens::{Kind, Token, tokens};
use crate::base::{Clip, Span, lower, one_of};

/// A word of a sentence with its part of speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The word.
    pub token: Token,
    /// Its part of speech.
    pub tag: Tag,
}

/// What stands in parentheses, brackets or braces.
#[derive(Clone, Debug, PartialEq)]
pub struct Paren {
    /// How many words of the sentence stand before it.
    pub after: usize,
    /// Its words; those of inner parentheses included.
    pub tokens: Vec<Token>,
    /// Its place, brackets included.
    pub span: Span,
}

impl Paren {
    /// Whether it holds the ends of a range of numbers.
    pub fn is_range(&self) -> bool {
        let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        match self.tokens.as_slice() {
            [low, _, high] => low.kind == Kind::Number && high.kind == Kind::Number,
            [both] => both.word.split_once(['-', '–']).is_some_and(|it| is_number(it.0) && is_number(it.1)),
            _ => false,
        }
    }
}

/// One sentence, or one line that works like one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// The block that it stands in.
    pub block: usize,
    /// Words and signs outside parentheses.
    pub words: Vec<Word>,
    /// Parentheses in order of place.
    pub parens: Vec<Paren>,
    /// Its place.
    pub span: Span,
    /// Its phrases, once they are asked for: from then on its words stay as they are.
    pub(super) chunks: OnceCell<Vec<Chunk>>,
}

impl Sentence {
    /// The parentheses that hang on the words of `from..to`.
    pub fn parens_in(&self, from: usize, to: usize) -> impl Iterator<Item = &Paren> {
        self.parens.iter().filter(move |it| it.after > from && it.after <= to)
    }

    /// The word at `at`, or an empty string.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |it| it.token.word.as_str())
    }

    /// Whether the word at `at` is one of some that blanks part. Not inlined, as rules ask it a thousand times.
    #[inline(never)]
    pub fn says(&self, at: usize, words: &str) -> bool {
        one_of(self.word(at), words)
    }

    /// Whether the given sign stands at `at`.
    pub fn is_sign(&self, at: usize, sign: &str) -> bool {
        self.words.get(at).is_some_and(|it| it.token.is(sign))
    }

    /// The tag at `at`; past the end it is a sign.
    #[inline(never)]
    pub fn tag(&self, at: usize) -> Tag {
        self.words.get(at).map_or(Tag::Sign, |it| it.tag)
    }

    /// The place of the words of `from..to`.
    pub fn span_of(&self, from: usize, to: usize) -> Span {
        let first = self.words.get(from).map_or(self.span, |it| it.token.span);
        let last = self.words.get(to.saturating_sub(1)).map_or(first, |it| it.token.span);
        first.cover(last)
    }
}

/// The sentences of the text proper that have one of these words, with their places among all: neither headings nor what is said
/// in sections about something else.
pub fn told_with<'a>(
    blocks: &'a [Block],
    sentences: &'a [Sentence],
    words: &'a [&str],
) -> impl Iterator<Item = (usize, &'a Sentence)> {
    let is_told = |it: &Sentence| {
        blocks.get(it.block).is_some_and(|it| it.role == Role::Domain && it.kind != BlockKind::Heading)
    };
    let has = |it: &Sentence| it.words.iter().any(|it| words.contains(&it.token.word.as_str()));
    sentences.iter().enumerate().filter(move |(_, it)| is_told(it) && has(it))
}

/// A sentence behind the two before it, as far as they stand in its block.
pub fn up_to(sentences: &[Sentence], nth: usize) -> Vec<&Sentence> {
    let block = sentences.get(nth).map(|it| it.block);
    let all = sentences.clip(nth.saturating_sub(2)..=nth).iter();
    all.filter(|it| Some(it.block) == block).collect()
}

/// Tokens as a sentence whose words are all nouns but for function words; inner parentheses are kept as such.
pub fn untagged(tokens: &[Token]) -> Sentence {
    let mut words: Vec<Word> = Vec::new();
    let (mut parens, mut open, mut depth) = (Vec::new(), Vec::new(), 0_usize);
    let mut place = Span::default();
    for token in tokens {
        if token.is("(") || token.is("[") || token.is("{") {
            place = if depth == 0 { token.span } else { place };
            depth += 1;
        } else if (token.is(")") || token.is("]") || token.is("}")) && depth > 0 {
            depth -= 1;
            if depth == 0 {
                let span = place.cover(token.span);
                parens.push(Paren { after: words.len(), tokens: std::mem::take(&mut open), span });
            }
        } else if depth > 0 {
            open.push(token.clone());
        } else if !token.is("\"") && !token.is("'") && !token.is("*") {
            let tag = match token.kind {
                Kind::Sign => Tag::Sign,
                Kind::Number => Tag::Num,
                Kind::Word => match lexicon().function.get(token.word.as_str()) {
                    Some(&"det") => Tag::Det,
                    Some(&"num") => Tag::Num,
                    Some(&"conj") => Tag::Conj,
                    Some(_) => Tag::Sub,
                    None => Tag::Noun,
                },
            };
            words.push(Word { token: token.clone(), tag });
        }
    }
    let span = words.iter().map(|it| it.token.span).reduce(Span::cover).unwrap_or_default();
    Sentence { words, parens, span, ..Sentence::default() }
}

/// Splits all blocks but code and rows into sentences, untagged. Linear.
pub fn sentences(text: &str, blocks: &[Block], markup: &Markup) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading | BlockKind::Item | BlockKind::Para => {
                split(at, tokens(text, block.span, markup), &mut out);
            }
            BlockKind::Row => row(text, at, block, markup, &mut out),
            BlockKind::Code => {}
        }
    }
    out
}

/// A row reads as `first cell: longest other cell`; matrices of marks and header-less pairs of short cells say nothing.
fn row(text: &str, at: usize, block: &Block, markup: &Markup, out: &mut Vec<Sentence>) {
    let width = |it: &Span| it.of(text).len();
    let Some((head, rest)) = block.cells.split_first() else { return };
    let untitled = !block.header.is_empty() && block.header.iter().all(|it| it.start == it.end);
    if is_field_table(text, block) || untitled || super::access::is_matrix(text, block) {
        return;
    }
    if let Some(story) = super::stories::of_cells(text, block, markup) {
        return split(at, story, out);
    }
    let said =
        |it: &Span| it.of(text).trim_end().ends_with('.') && it.of(text).split_whitespace().count() >= 6;
    if head.of(text).bytes().all(|it| it.is_ascii_digit() || b".# ".contains(&it))
        && let Some(told) = rest.iter().find(|it| said(it))
    {
        return split(at, tokens(text, *told, markup), out);
    }
    let wanted = block.header.iter().skip(1).position(|it| {
        let title = lower(it.of(text));
        ["what", "keep", "field", "attribute", "data", "column", "propert", "content", "contains"]
            .iter()
            .any(|word| title.contains(word))
    });
    let longest =
        rest.iter().enumerate().max_by_key(|(at, it)| (width(it), usize::MAX - at)).map(|(at, _)| at);
    let Some(body) = wanted.or(longest).and_then(|it| rest.get(it)) else { return };
    if wanted.is_none() && width(body) < 12 {
        return;
    }
    let mut line = tokens(text, *head, markup);
    if line.len() > 6 {
        line.clear();
    } else if let Some(last) = line.last().cloned() {
        let sign = |word: &str| Token { kind: Kind::Sign, word: word.to_owned(), ..last.clone() };
        line.push(sign(":"));
        let identified = column_titled(text, block, &["identified", "identifier", "key", "unique"]);
        if let Some(key) = identified.filter(|it| *it != *head && it != body) {
            // A row's own key: one field alone is unique, of several only the pair is.
            let key = tokens(text, key, markup);
            let alone = !key.is_empty() && key.len() <= 4 && !key.iter().any(|it| it.kind == Kind::Sign);
            line.extend(key);
            if alone {
                line.extend([sign("("), Token { kind: Kind::Word, ..sign("unique") }, sign(")")]);
            }
            if line.last().is_some_and(|it| !it.is(":")) {
                line.push(sign(","));
            }
        }
    }
    line.extend(tokens(text, *body, markup));
    split(at, line, out);
    let values = column_titled(text, block, &["value", "allowed", "option", "choices", "enum"]);
    if let Some(values) = values.filter(|it| it != body) {
        let line = tokens(text, values, markup);
        if line.iter().any(|it| it.is(":") || it.is("=")) {
            split(at, line, out);
        }
    }
}

/// The cell under the column whose title has one of the words.
fn column_titled(text: &str, block: &Block, words: &[&str]) -> Option<Span> {
    let at = block.header.iter().position(|it| {
        let title = lower(it.of(text));
        words.iter().any(|word| title.contains(word))
    })?;
    block.cells.get(at).copied().filter(|it| it.start < it.end)
}

/// Whether a row describes one field of the thing above: its table has a column of types or of field names.
pub fn is_field_table(text: &str, block: &Block) -> bool {
    let titles: Vec<String> = block.header.iter().map(|it| lower(it.of(text))).collect();
    let first = titles.first().map_or("", String::as_str);
    ["field", "attribute", "column", "property"].iter().any(|it| first.starts_with(it))
        || titles.iter().any(|it| matches!(it.as_str(), "type" | "data type" | "datatype"))
}

/// Whether a part has a label: "team = name, lead", or a clause in front of a colon: "each member has one role: …".
fn has_label(part: &[Token]) -> bool {
    const VERBS: &str = "has have is are keeps keep record note needs gets";
    let end = part.iter().position(|it| it.is(";") || it.is(".")).unwrap_or(part.len()).min(24);
    let Some(colon) = part.clip(..end).iter().position(|it| it.is("=") || it.is(":")) else { return false };
    (1..4).contains(&colon) || part.clip(..colon).iter().any(|it| one_of(it.word.as_str(), VERBS))
}

fn split(block: usize, line: Vec<Token>, out: &mut Vec<Sentence>) {
    let line = super::quantities::as_words(line);
    let mut open: Vec<Token> = Vec::new();
    let mut depth = 0_usize;
    let mut brackets = Span::default();
    let mut sentence = Builder { block, ..Builder::default() };
    let mut quoted = false;
    let count = line.len();
    let next: Vec<Option<(bool, bool)>> = (0..count)
        .map(|at| line.get(at + 1).map(|it| (it.spaced, it.capital || it.kind != Kind::Word)))
        .collect();
    // "agents sit in a team; team = name, lead": what follows a semicolon may have a label of its own.
    let labels: Vec<usize> =
        (0..count).filter(|at| line[*at].is(";") && has_label(line.clip(at + 1..))).collect();
    for (at, token) in line.into_iter().enumerate() {
        let opens = ["(", "[", "{"].iter().any(|it| token.is(it));
        let closes = [")", "]", "}"].iter().any(|it| token.is(it));
        if opens {
            if depth == 0 {
                brackets = token.span;
            }
            depth += 1;
        } else if closes && depth > 0 {
            depth -= 1;
            if depth == 0 {
                let span = brackets.cover(token.span);
                let after = sentence.words.len();
                sentence.parens.push(Paren { after, tokens: std::mem::take(&mut open), span });
            }
        } else if depth > 0 {
            open.push(token);
        } else {
            let ends = [".", "!", "?"].iter().any(|it| token.is(it)) || token.is(";") && labels.contains(&at);
            let follows = next.get(at).copied().flatten();
            quoted |= token.is("'") && token.spaced;
            let owns = token.is("'") && !token.spaced && !quoted && follows == Some((true, false));
            if ends && (token.is(";") || follows.is_none_or(|(spaced, fresh)| spaced && fresh)) {
                sentence.close(out);
            } else if let Some(last) =
                sentence.words.last_mut().filter(|it| owns && it.token.word.ends_with('s'))
            {
                // "their sites' orders": from here on as "their site's orders" is.
                last.token.word.push_str("'s");
            } else if !(token.is("\"")
                || token.is("'")
                || token.is("*")
                || token.is("`")
                || closes
                || token.is("_"))
            {
                sentence.words.push(Word { token, tag: Tag::Sign });
            }
        }
    }
    // A parenthesis that is never closed is read as if it had not been opened.
    sentence.words.extend(open.into_iter().map(|token| Word { token, tag: Tag::Sign }));
    sentence.close(out);
}

#[derive(Default)]
struct Builder {
    block: usize,
    words: Vec<Word>,
    parens: Vec<Paren>,
}

impl Builder {
    fn close(&mut self, out: &mut Vec<Sentence>) {
        let (words, parens) = (std::mem::take(&mut self.words), std::mem::take(&mut self.parens));
        let spans = words.iter().map(|it| it.token.span).chain(parens.iter().map(|it| it.span));
        if let Some(span) = spans.reduce(Span::cover) {
            out.push(Sentence { block: self.block, words, parens, span, ..Sentence::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::blocks::blocks;

    #[test]
    fn several_own_as_one_does_and_quotes_are_left_out() {
        let words = |text: &str| {
            let markup = Markup::read(text);
            let all = sentences(text, &blocks(text, &markup), &markup);
            let words = all.iter().flat_map(|it| &it.words).map(|it| it.token.word.clone());
            words.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words("Owners see their boats' berths."), "owners see their boats's berths");
        assert_eq!(words("The state is 'in two docks' or 'out'."), "the state is in two docks or out");
    }
}

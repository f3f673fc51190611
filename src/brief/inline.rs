//! Emphasis, strikethrough, code, links and tags within a paragraph of Markdown, by the algorithm of `CommonMark` 0.31.2,
//! "A parsing strategy", phase 2, and the strikethrough of GitHub.

use super::markup::Markup;
use crate::base::{Clip, Span};

/// A link's address and title are at most so many bytes: a bracket must not be looked for through the whole text, again and again.
const LONGEST_ADDRESS: usize = 2_000;

/// A run of one sign that may open or close emphasis. What is left of it lies at `at`.
#[derive(Clone, Copy)]
struct Run {
    sign: u8,
    at: usize,
    count: usize,
    /// How many there were at first.
    whole: usize,
    opens: bool,
    closes: bool,
}

/// A `[` that may open a link.
struct Bracket {
    /// How many runs stand before it.
    runs: usize,
    is_image: bool,
}

/// Adds to `markup` what the syntax of the paragraph `span` says. Linear, but for signs made to be nested.
pub(super) fn read(text: &str, span: Span, markup: &mut Markup) {
    let mut reader = Reader {
        text: text.clip(..span.end as usize),
        markup,
        runs: Vec::new(),
        brackets: Vec::new(),
        dead: 0,
        has_comments: true,
    };
    let mut at = span.start as usize;
    while let Some(sign) = reader.text.as_bytes().get(at) {
        at = match sign {
            b'\\' if reader.byte(at + 1).is_some_and(|it| it.is_ascii_punctuation()) => at + 2,
            b'`' => reader.code(at),
            b'<' => reader.tag(at),
            b'*' | b'_' | b'~' => reader.run(*sign, at, span.start as usize),
            b'!' if reader.byte(at + 1) == Some(b'[') => reader.bracket(at + 2, true),
            b'[' => reader.bracket(at + 1, false),
            b']' => reader.link(at),
            _ => at + 1,
        };
    }
    reader.emphasis(0);
}

struct Reader<'a> {
    /// The text up to the end of the paragraph.
    text: &'a str,
    markup: &'a mut Markup,
    runs: Vec<Run>,
    brackets: Vec<Bracket>,
    /// How many of the brackets lie before a link: links hold no links.
    dead: usize,
    /// Whether a comment may still end: it is looked for once in vain.
    has_comments: bool,
}

impl Reader<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// How many of `sign` stand at `at`.
    fn count(&self, sign: u8, at: usize) -> usize {
        past(self.text.as_bytes(), at, |it| it == sign) - at
    }

    /// Backticks up to as many of them. Where the others are missing they are words. Gives where to go on, like the others.
    fn code(&mut self, at: usize) -> usize {
        let ticks = self.count(b'`', at);
        let mut end = at + ticks;
        while let Some(next) = self.text.clip(end..).find('`') {
            let count = self.count(b'`', end + next);
            end += next + count;
            if count == ticks {
                self.markup.wrap(Span::new(at, end), ticks, false);
                return end;
            }
        }
        at + ticks
    }

    /// `<tag …>`, `</tag>` and `<!-- … -->` are silent, an address in angle brackets is words.
    fn tag(&mut self, at: usize) -> usize {
        let rest = self.text.clip(at + 1..);
        if let Some(length) = self.comment(rest).or_else(|| tag(rest.as_bytes())) {
            self.markup.silent.push(Span::new(at, at + 1 + length));
            return at + 1 + length;
        }
        let address =
            rest.find(|it: char| it.is_whitespace() || it == '<' || it == '>').unwrap_or(rest.len());
        let is_address = rest.clip(address..).starts_with('>') && rest.clip(..address).contains([':', '@']);
        at + 1 + if is_address { address + 1 } else { 0 }
    }

    /// The length of a comment behind its `<`.
    fn comment(&mut self, rest: &str) -> Option<usize> {
        let said = rest.strip_prefix("!--").filter(|_| self.has_comments)?;
        let end = said.find("-->");
        self.has_comments = end.is_some();
        Some("!--".len() + end? + "-->".len())
    }

    /// Signs that may open or close emphasis, by what stands beside them.
    fn run(&mut self, sign: u8, at: usize, start: usize) -> usize {
        let whole = self.count(sign, at);
        let end = at + whole;
        let before = self.text.clip(start..at).chars().next_back();
        let after = self.text.clip(end..).chars().next();
        let (leads, ends) = (hugs(after, before), hugs(before, after));
        let within = sign == b'_' || sign == b'~' && whole == 1;
        let opens = leads && (!within || !ends || is_punctuation(before));
        let closes = ends && (!within || !leads || is_punctuation(after));
        if (opens || closes) && (sign != b'~' || whole <= 2) {
            self.runs.push(Run { sign, at, count: whole, whole, opens, closes });
        }
        end
    }

    fn bracket(&mut self, end: usize, is_image: bool) -> usize {
        self.brackets.push(Bracket { runs: self.runs.len(), is_image });
        end
    }

    /// Of `[words](address)` the address is silent.
    fn link(&mut self, at: usize) -> usize {
        let Some(bracket) = self.brackets.pop() else { return at + 1 };
        let is_dead = !bracket.is_image && self.brackets.len() < self.dead;
        self.dead = self.dead.min(self.brackets.len());
        let Some(end) = address(self.text, at + 1).filter(|_| !is_dead) else { return at + 1 };
        self.emphasis(bracket.runs);
        self.markup.silent.push(Span::new(at, end));
        if !bracket.is_image {
            self.dead = self.brackets.len();
        }
        end
    }

    /// Ties the runs from the one numbered `from` on to one another, and forgets them.
    fn emphasis(&mut self, from: usize) {
        let runs = self.runs.split_off(from);
        let mut open: Vec<Run> = Vec::new();
        // By sign, whether the closing run opens, too, and its length: how far from the bottom nothing is of use to such a run.
        let mut tried = [0; 18];
        for mut run in runs {
            let kind = match run.sign {
                b'*' => 0,
                b'_' => 6,
                _ => 12,
            } + 3 * usize::from(run.opens)
                + run.whole % 3;
            while run.closes && run.count > 0 {
                let least = tried.get(kind).copied().unwrap_or(0);
                let Some(found) = open.clip(least..).iter().rposition(|it| it.is_closed_by(&run)) else {
                    if let Some(it) = tried.get_mut(kind) {
                        *it = open.len();
                    }
                    break;
                };
                open.truncate(least + found + 1);
                let Some(opening) = open.last_mut() else { break };
                let width = if run.sign == b'~' { run.count } else { run.count.min(opening.count).min(2) };
                opening.count -= width;
                let start = opening.at + opening.count;
                let is_spent = opening.count == 0;
                run.at += width;
                run.count -= width;
                self.markup.emphasis(run.sign, Span::new(start, run.at), width);
                if is_spent {
                    open.pop();
                }
                for it in &mut tried {
                    *it = (*it).min(open.len());
                }
            }
            if run.opens && run.count > 0 {
                open.push(run);
            }
        }
    }
}

impl Run {
    /// Whether `other` closes this one (rules 9 and 10 of "Emphasis and strong emphasis": lengths that add up to a multiple of three do
    /// not where one of both could do either).
    fn is_closed_by(&self, other: &Self) -> bool {
        let either = self.closes || other.opens;
        let thirds = (self.whole + other.whole).is_multiple_of(3)
            && !(self.whole.is_multiple_of(3) && other.whole.is_multiple_of(3));
        self.sign == other.sign
            && if self.sign == b'~' { self.count == other.count } else { !(either && thirds) }
    }
}

/// Whether signs with `inner` on the one side and `outer` on the other hug the former: they are "left-flanking" for what follows.
fn hugs(inner: Option<char>, outer: Option<char>) -> bool {
    let is_gap = |it: Option<char>| it.is_none_or(char::is_whitespace);
    !is_gap(inner) && (!is_punctuation(inner) || is_gap(outer) || is_punctuation(outer))
}

/// What is neither letter, digit nor space: the standard library does not know Unicode's classes of punctuation and symbols.
fn is_punctuation(sign: Option<char>) -> bool {
    sign.is_some_and(|it| !it.is_alphanumeric() && !it.is_whitespace())
}

/// The length of a tag behind its `<`.
fn tag(rest: &[u8]) -> Option<usize> {
    let closes = rest.first() == Some(&b'/');
    let start = usize::from(closes);
    rest.get(start).filter(|it| it.is_ascii_alphabetic())?;
    let name = past(rest, start, |it| it.is_ascii_alphanumeric() || it == b'-');
    let told = if closes { name } else { attributes(rest, name)? };
    let mut end = gap(rest, told);
    end += usize::from(!closes && rest.get(end) == Some(&b'/'));
    (rest.get(end) == Some(&b'>')).then_some(end + 1)
}

/// Behind the attributes of a tag, which begin at `at`.
fn attributes(rest: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let name = gap(rest, at);
        let end = past(rest, name, |it| it.is_ascii_alphanumeric() || b"_:.-".contains(&it));
        let begins = rest.get(name).is_some_and(|it| it.is_ascii_alphabetic() || b"_:".contains(it));
        if name == at || !begins {
            return Some(at);
        }
        let equals = gap(rest, end);
        at = if rest.get(equals) == Some(&b'=') { value(rest, gap(rest, equals + 1))? } else { end };
    }
}

/// Behind the bytes from `at` on that `holds` holds for.
fn past(bytes: &[u8], at: usize, holds: impl Fn(u8) -> bool) -> usize {
    at + bytes.clip(at..).iter().take_while(|it| holds(**it)).count()
}

/// Behind the white space at `at`.
fn gap(bytes: &[u8], at: usize) -> usize {
    past(bytes, at, |it| it.is_ascii_whitespace())
}

/// Behind the value of a tag's attribute that begins at `at`.
fn value(rest: &[u8], at: usize) -> Option<usize> {
    let quote = *rest.get(at)?;
    if matches!(quote, b'"' | b'\'') {
        return Some(at + 2 + rest.clip(at + 1..).iter().position(|it| *it == quote)?);
    }
    let end = past(rest, at, |it| !it.is_ascii_whitespace() && !b"\"'=<>`".contains(&it));
    (end > at).then_some(end)
}

/// Behind the address, with its title, in parentheses that open at `at`.
fn address(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().clip(..at.saturating_add(LONGEST_ADDRESS));
    if bytes.get(at) != Some(&b'(') {
        return None;
    }
    let start = gap(bytes, at + 1);
    let end = if bytes.get(start) == Some(&b'<') {
        let length = bytes.clip(start + 1..).iter().position(|it| b"<>\n".contains(it))?;
        start + 1 + length + usize::from(bytes.get(start + 1 + length) == Some(&b'>'))
    } else {
        unquoted(bytes, start)?
    };
    let mut close = gap(bytes, end);
    let quote = bytes.get(close).map(|it| if *it == b'(' { b')' } else { *it });
    if let Some(quote @ (b'"' | b'\'' | b')')) =
        quote.filter(|_| close > end && bytes.get(close) != Some(&b')'))
    {
        close = gap(bytes, close + 2 + bytes.clip(close + 1..).iter().position(|it| *it == quote)?);
    }
    (bytes.get(close) == Some(&b')')).then_some(close + 1)
}

/// Behind an address without angle brackets: its parentheses are pairs.
fn unquoted(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match *bytes.get(at)? {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            it if it.is_ascii_whitespace() => return (depth == 0).then_some(at),
            _ => {}
        }
        at += 1;
    }
}

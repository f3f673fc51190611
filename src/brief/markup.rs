//! Inline Markdown of a brief: which bytes are only syntax, which are code, which are struck out.
//!
//! `lines` and `blocks` tell what a line is; here only as much of it is read as separates one paragraph's signs from the next one's.

use super::inline;
use crate::base::{Clip, Span, sort_by};

/// What Markdown's inline syntax says about the bytes of a text. All spans are sorted and disjoint within a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Markup {
    /// Bytes that are syntax or struck out: nothing is said there.
    pub silent: Vec<Span>,
    /// Fenced code blocks, fences included.
    pub fences: Vec<Span>,
    /// Bold words, without their stars.
    pub strong: Vec<Span>,
}

impl Markup {
    /// Reads `text` as `CommonMark` with strikethrough. Linear.
    pub fn read(text: &str) -> Self {
        let mut markup = Self::default();
        let mut fence: Option<Fence> = None;
        let mut paragraph: Option<Span> = None;
        let mut item = 0;
        let mut at = 0;
        for whole in text.split_inclusive('\n') {
            let line = Prefix::of(whole);
            let (start, end) = (at + line.length, at + whole.trim_end().len());
            at += whole.len();
            let said = text.clip(start..end);
            if let Some(open) = &mut fence {
                let is_left = open.is_left(&line, said);
                if !is_left {
                    open.span.end = open.span.end.max(end as u32);
                }
                if is_left || open.is_closed(&line, said) {
                    markup.fences.extend(fence.take().map(|it| it.span));
                }
                if !is_left {
                    continue;
                }
            }
            if line.markers > 0 {
                item = line.indent;
            } else if !said.is_empty() && line.indent < item {
                item = 0;
            }
            let is_heading = said.starts_with('#');
            let ends = said.is_empty() || is_rule(said) || is_heading;
            let ticks = fence_of(said);
            let is_next = ends || line.markers > 0 || ticks.is_some();
            if let Some(before) = paragraph.take_if(|_| is_next) {
                inline::read(text, before, &mut markup);
            }
            if let Some(ticks) = ticks {
                fence = Some(Fence {
                    span: Span::new(start, end),
                    ticks,
                    within: item,
                    is_quoted: line.is_quoted,
                });
            } else if is_heading {
                inline::read(text, Span::new(start, end), &mut markup);
            } else if !ends {
                let span = Span::new(start, end);
                paragraph = Some(paragraph.map_or(span, |it| it.cover(span)));
            }
        }
        if let Some(last) = paragraph {
            inline::read(text, last, &mut markup);
        }
        markup.fences.extend(fence.map(|it| it.span));
        sort_by(&mut markup.silent, Span::cmp);
        sort_by(&mut markup.strong, Span::cmp);
        markup
    }

    /// Whether the byte at `offset` is syntax only.
    pub fn is_silent(&self, offset: usize) -> bool {
        inside(&self.silent, offset)
    }

    /// Whether the byte at `offset` is in bold words.
    pub fn is_strong(&self, offset: usize) -> bool {
        inside(&self.strong, offset)
    }

    /// Says that nothing is said in some places, whatever their syntax.
    pub fn silence(&mut self, all: &[Span]) {
        self.silent.retain(|it| !all.iter().any(|of| it.is_within(*of)));
        self.silent.extend(all);
        sort_by(&mut self.silent, Span::cmp);
    }

    /// `span` is emphasis, with `width` of `sign` at both ends.
    pub(super) fn emphasis(&mut self, sign: u8, span: Span, width: usize) {
        if sign == b'~' {
            self.silent.push(span);
        } else {
            self.wrap(span, width, width == 2);
        }
    }

    /// `width` bytes at both ends of `span` are syntax.
    pub(super) fn wrap(&mut self, span: Span, width: usize, strong: bool) {
        let (start, end) = (span.start as usize, span.end as usize);
        self.silent.push(Span::new(start, start + width));
        self.silent.push(Span::new(end - width, end));
        if strong {
            self.strong.push(Span::new(start + width, end - width));
        }
    }
}

/// A fenced block that is not closed yet.
struct Fence<'a> {
    span: Span,
    ticks: &'a str,
    /// The column of the item that it stands in: what is written left of it is no part of it.
    within: usize,
    is_quoted: bool,
}

impl Fence<'_> {
    /// Whether a line with words lies outside of what the block stands in.
    fn is_left(&self, line: &Prefix, said: &str) -> bool {
        !said.is_empty() && (line.indent < self.within || self.is_quoted && !line.is_quoted)
    }

    /// Whether a line closes the block.
    fn is_closed(&self, line: &Prefix, said: &str) -> bool {
        line.markers == 0
            && said.len() >= self.ticks.len()
            && said.bytes().all(|it| self.ticks.starts_with(it as char))
    }
}

/// What stands before the words of a line.
struct Prefix {
    /// Its bytes.
    length: usize,
    /// The column of the words; a tab counts four.
    indent: usize,
    /// How many markers of items there are.
    markers: usize,
    is_quoted: bool,
}

impl Prefix {
    fn of(line: &str) -> Self {
        let mut out = Self { length: 0, indent: 0, markers: 0, is_quoted: false };
        loop {
            let rest = line.clip(out.length..);
            match rest.bytes().next() {
                Some(b'\t') => out.skip(1, 4),
                Some(b' ') => out.skip(1, 1),
                Some(b'>') => {
                    out.is_quoted = true;
                    out.skip(1, 1);
                }
                _ => match marker(rest).filter(|_| !is_rule(rest.trim_end())) {
                    Some(length) => {
                        out.markers += 1;
                        out.skip(length, length);
                    }
                    None => return out,
                },
            }
        }
    }

    fn skip(&mut self, bytes: usize, columns: usize) {
        self.length += bytes;
        self.indent += columns;
    }
}

/// The length of a bullet or number before a gap.
fn marker(rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let sign = rest.clip(digits..).bytes().next()?;
    let fits = if digits == 0 { b"-*+".contains(&sign) } else { digits < 10 && b".)".contains(&sign) };
    let behind = rest.clip(digits + 1..);
    (fits && (behind.is_empty() || behind.starts_with([' ', '\t', '\n', '\r']))).then_some(digits + 1)
}

/// Whether the line only separates.
fn is_rule(said: &str) -> bool {
    let mut signs = said.bytes().filter(|it| !it.is_ascii_whitespace());
    let first = signs.next();
    first.is_some_and(|it| b"-*_=".contains(&it)) && signs.all(|it| Some(it) == first) && said.len() >= 3
}

/// The ticks or tildes of a line that opens a fenced block.
fn fence_of(said: &str) -> Option<&str> {
    let sign = said.chars().next().filter(|it| matches!(it, '`' | '~'))?;
    let rest = said.trim_start_matches(sign);
    let ticks = said.clip(..said.len() - rest.len());
    (ticks.len() >= 3 && !(sign == '`' && rest.contains('`'))).then_some(ticks)
}

fn inside(spans: &[Span], offset: usize) -> bool {
    let after = spans.partition_point(|it| it.start as usize <= offset);
    // Nested syntax may put a short span behind a long one: look at the few before.
    spans.clip(..after).iter().rev().take(4).any(|it| it.contains(offset as u32))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// What is not silent.
    fn heard(text: &str, markup: &Markup) -> String {
        text.char_indices().filter(|(at, _)| !markup.is_silent(*at)).map(|(_, it)| it).collect()
    }

    #[test]
    fn stars_ticks_and_addresses_are_silent_and_struck_words_too() {
        let text = "A **berth** is `free` or ~~old~~ [taken](http://x).";
        let markup = Markup::read(text);
        assert_eq!(heard(text, &markup), "A berth is free or  [taken.");
        assert!(markup.is_strong(4));
    }

    #[test]
    fn stars_that_are_footnotes_stay_words() {
        let markup = Markup::read("name*, width in m*, depth in m*");
        assert_eq!(markup.silent, []);
    }

    /// Unlike the library's: what stands in a comment or a tag that has a line of its own is not said either.
    #[test]
    fn comments_and_tags_are_silent_on_lines_of_their_own() {
        let text = "Berths.\n\n<!-- a note -->\n\n<details>\nBoats.\n";
        assert_eq!(
            heard(text, &Markup::read(text)).split_whitespace().collect::<Vec<_>>(),
            ["Berths.", "Boats."]
        );
    }

    #[test]
    fn briefs_are_read_as_the_library_reads_them() {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/brief")];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "md") {
                    let text = fs::read_to_string(&path).unwrap();
                    assert_eq!(Markup::read(&text), of_library(&text), "{}", path.display());
                    count += 1;
                }
            }
        }
        assert!(count > 100, "{count} briefs");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn signs_in_a_paragraph_are_read_as_the_library_reads_them(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 1..16),
        ) {
            let text = format!("x {}", pieces.concat());
            prop_assert_eq!(Markup::read(&text), of_library(&text));
        }

        #[test]
        fn any_text_is_read(text in "[-*_~`<>\\[\\]()!#\\\\ \na1.é\"=/]{0,80}") {
            let markup = Markup::read(&text);
            for span in markup.silent.iter().chain(&markup.strong).chain(&markup.fences) {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }

    /// Without `~`: there the library goes beyond GitHub's rule, and strikes out what a space stands before.
    const PIECES: &[&str] = &[
        "a",
        " ",
        "*",
        "**",
        "_",
        "`",
        "``",
        "[a",
        "](b)",
        "](b \"c\")",
        "![",
        "(",
        ")",
        "\\*",
        "<b>",
        "</i>",
        "<b c=\"*\">",
        "é",
        ".",
        "\nx ",
        "<http://a_b_c>",
        "a < b",
        "~~s~~",
    ];

    fn of_library(text: &str) -> Markup {
        let mut markup = Markup::default();
        let mut code_at = None;
        for (event, range) in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
            let span = Span::new(range.start, range.end);
            match event {
                Event::Start(Tag::Strong) => markup.wrap(span, 2, true),
                Event::Start(Tag::Emphasis) => markup.wrap(span, 1, false),
                Event::Start(Tag::Strikethrough) | Event::InlineHtml(_) => markup.silent.push(span),
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    if let Some(at) = span.of(text).rfind("](") {
                        markup.silent.push(Span::new(range.start + at, range.end));
                    }
                }
                Event::Code(_) => {
                    let ticks = span.of(text).bytes().take_while(|it| *it == b'`').count();
                    markup.wrap(span, ticks, false);
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => code_at = Some(span),
                Event::End(TagEnd::CodeBlock) => markup.fences.extend(code_at.take()),
                _ => {}
            }
        }
        sort_by(&mut markup.silent, Span::cmp);
        markup
    }
}

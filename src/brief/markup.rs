//! Inline Markdown of a brief: which bytes are only syntax, which are code, which are struck out.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

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
        let mut code_at = None;
        for (event, range) in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
            let span = Span::new(range.start, range.end);
            match event {
                Event::Start(Tag::Strong) => markup.wrap(span, 2, true),
                Event::Start(Tag::Emphasis) => markup.wrap(span, 1, false),
                Event::Start(Tag::Strikethrough) | Event::InlineHtml(_) => markup.silent.push(span),
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => markup.link(text, span),
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

    /// Whether the byte at `offset` is syntax only.
    pub fn is_silent(&self, offset: usize) -> bool {
        inside(&self.silent, offset)
    }

    /// Whether the byte at `offset` is in bold words.
    pub fn is_strong(&self, offset: usize) -> bool {
        inside(&self.strong, offset)
    }

    fn wrap(&mut self, span: Span, width: usize, strong: bool) {
        let (start, end) = (span.start as usize, span.end as usize);
        if end - start < 2 * width {
            return;
        }
        self.silent.push(Span::new(start, start + width));
        self.silent.push(Span::new(end - width, end));
        if strong {
            self.strong.push(Span::new(start + width, end - width));
        }
    }

    /// Of `[words](address)` the address is silent.
    fn link(&mut self, text: &str, span: Span) {
        let start = span.start as usize;
        if let Some(at) = span.of(text).rfind("](") {
            self.silent.push(Span::new(start + at, span.end as usize));
        }
    }
}

fn inside(spans: &[Span], offset: usize) -> bool {
    let after = spans.partition_point(|it| it.start as usize <= offset);
    // Nested syntax may put a short span behind a long one: look at the few before.
    spans.clip(..after).iter().rev().take(4).any(|it| it.contains(offset as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_ticks_and_addresses_are_silent_and_struck_words_too() {
        let text = "A **berth** is `free` or ~~old~~ [taken](http://x).";
        let markup = Markup::read(text);
        let heard: String =
            text.char_indices().filter(|(at, _)| !markup.is_silent(*at)).map(|(_, it)| it).collect();
        assert_eq!(heard, "A berth is free or  [taken.");
        assert!(markup.is_strong(4));
    }

    #[test]
    fn stars_that_are_footnotes_stay_words() {
        let markup = Markup::read("name*, width in m*, depth in m*");
        assert_eq!(markup.silent, []);
    }
}

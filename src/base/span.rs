//! Places in a text: byte spans, and the lines and columns that people read.

use serde::{Deserialize, Serialize};

/// A range of bytes of one text; `end` is the first byte after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// First byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`; an end before its start gives an empty span.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end.max(start) as u32 }
    }

    /// The bytes as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span, `by` bytes further on.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by as u32, end: self.end + by as u32 }
    }

    /// Whether the byte at `offset` lies inside.
    pub fn contains(self, offset: u32) -> bool {
        (self.start..self.end).contains(&offset)
    }

    /// Whether the two have bytes in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of its bytes are the other's too.
    pub fn is_within(self, other: Self) -> bool {
        other.start <= self.start && self.end <= other.end
    }

    /// The words of the span, or nothing where it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// A place as people count it: both start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
}

impl std::fmt::Display for LineColumn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Where the lines of a text begin, so that a byte offset becomes line and column in logarithmic time.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Reads `text` once; `\n` ends a line.
    pub fn new(text: &'a str) -> Self {
        let after_breaks =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The place of a byte offset; an offset past the end is the end, one inside a character is its start.
    pub fn place(&self, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.starts.get(line - 1).map_or(0, |it| *it as usize);
        let column = self.text.get(start..offset).map_or(0, |it| it.chars().count());
        LineColumn { line: line as u32, column: column as u32 + 1 }
    }

    /// The text of a 1-based line, without its break.
    pub fn line(&self, line: u32) -> &'a str {
        let start = self.starts.get(line.saturating_sub(1) as usize).copied().unwrap_or(0) as usize;
        self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("")
    }
}

/// What reading a text gives: always a tree, and the errors met on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed<T, E> {
    /// What could be read.
    pub tree: T,
    /// What could not, in order of place.
    pub errors: Vec<E>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_survive_any_offset() {
        let index = LineIndex::new("aé\nb");
        assert_eq!(index.place(0), LineColumn { line: 1, column: 1 });
        assert_eq!(index.place(2), LineColumn { line: 1, column: 2 }, "inside é");
        assert_eq!(index.place(3), LineColumn { line: 1, column: 3 });
        assert_eq!(index.place(4), LineColumn { line: 2, column: 1 });
        assert_eq!(index.place(99), LineColumn { line: 2, column: 2 });
        assert_eq!(index.line(2), "b");
    }
}

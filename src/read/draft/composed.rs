//! A text in which statements that cannot be read give way to what they stand for.

use std::collections::BTreeSet;

use super::script::Script;
use crate::base::Span;

/// The text that is read in place of what was written.
pub struct Composed {
    /// Its text.
    pub text: String,
    segments: Vec<Segment>,
}

/// A stretch of it.
struct Segment {
    start: usize,
    from: From,
}

#[derive(Clone, Copy)]
enum From {
    /// As written, from this byte on.
    Written(usize),
    /// A statement of the design's own text.
    Own(usize),
}

/// Where a place of the composed text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// This byte of what was written.
    Written(u32),
    /// This statement of the design's own text.
    Own(usize),
}

impl Composed {
    /// `written` with each statement of `broken` replaced by the statements of `own` that it stands for.
    pub fn of(
        written: &Script<'_>,
        own: &Script<'_>,
        broken: &BTreeSet<usize>,
        stands_for: &[Vec<usize>],
    ) -> Self {
        let mut composed = Self { text: String::new(), segments: Vec::new() };
        let mut done = 0;
        for at in broken {
            let Some(unit) = written.units.get(*at) else { continue };
            composed.written(written, done, unit.span.start as usize);
            for old in stands_for.get(*at).into_iter().flatten() {
                let Some(it) = own.units.get(*old) else { continue };
                composed.text.push('\n');
                composed.segments.push(Segment { start: composed.text.len(), from: From::Own(*old) });
                composed.text.push_str(it.span.of(own.text));
            }
            composed.text.push('\n');
            done = unit.span.end as usize;
        }
        composed.written(written, done, written.text.len());
        composed
    }

    fn written(&mut self, script: &Script<'_>, from: usize, to: usize) {
        self.segments.push(Segment { start: self.text.len(), from: From::Written(from) });
        self.text.push_str(script.text.get(from..to).unwrap_or_default());
    }

    /// Where a byte comes from.
    pub fn place(&self, at: u32) -> Place {
        let at = at as usize;
        let after = self.segments.partition_point(|it| it.start <= at);
        match after.checked_sub(1).and_then(|it| self.segments.get(it)) {
            Some(Segment { start, from: From::Written(from) }) => {
                Place::Written(u32::try_from(from + (at - start)).unwrap_or(u32::MAX))
            }
            Some(Segment { from: From::Own(statement), .. }) => Place::Own(*statement),
            None => Place::Written(0),
        }
    }

    /// The same bytes of what was written; nothing for what was not.
    pub fn in_written(&self, span: Span) -> Option<Span> {
        match self.place(span.start) {
            Place::Written(start) => {
                let length = span.end.saturating_sub(span.start);
                Some(Span { start, end: start.saturating_add(length) })
            }
            Place::Own(_) => None,
        }
    }
}

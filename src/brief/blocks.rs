//! The layout of a brief: headings, items with their depth and parent, paragraphs, table rows, code.
//!
//! Lines decide, not `CommonMark`'s block rules: people paste e-mails, ticket exports, wiki pages and plain text in
//! which indentation and markers mean lists all the same.

pub use super::headings::Role;
use super::headings::role_of;
use super::lines::{Line, Shape};
use super::markup::Markup;
use crate::base::{Clip, Span, lower};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A title over what follows.
    Heading,
    /// A bullet, a numbered requirement, a ticket.
    Item,
    /// A paragraph, or one free line.
    Para,
    /// One row of a table; its cells are in `Block::cells`.
    Row,
    /// A block of code, such as a JSON sample.
    Code,
}

/// One block of a brief.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What its section is about.
    pub role: Role,
    /// Nesting: the column at which it begins; stars of wiki lists count two each.
    pub depth: usize,
    /// The block that it hangs under: an item's parent item or lead-in.
    pub parent: Option<usize>,
    /// The nearest heading above.
    pub heading: Option<usize>,
    /// Cells of a row, without their bars.
    pub cells: Vec<Span>,
    /// Cells of the row's table header; empty without one.
    pub header: Vec<Span>,
    /// Its words, without marker or id.
    pub span: Span,
}

/// Whether a table's header says that its rows explain words: "term | meaning".
fn explains(text: &str, header: &[Span]) -> bool {
    let title = |at: usize| header.get(at).map_or_else(String::new, |it| lower(it.of(text)));
    header.len() == 2
        && ["term", "word", "abbreviation", "concept"].iter().any(|it| title(0).starts_with(it))
        && ["meaning", "definition", "explanation", "stands for", "what it means"]
            .iter()
            .any(|it| title(1).starts_with(it))
}

/// Splits a brief into blocks, in order of place. Linear; any text is fine.
pub fn blocks(text: &str, markup: &Markup) -> Vec<Block> {
    let mut reader = Reader {
        text,
        markup,
        blocks: Vec::new(),
        headings: Vec::new(),
        header: None,
        open: None,
        role: Role::Domain,
    };
    let lines = super::lines::lines(text, markup);
    for (at, line) in lines.iter().enumerate() {
        reader.line(line, at.checked_sub(1).and_then(|it| lines.get(it)), lines.get(at + 1));
    }
    reader.blocks
}

struct Reader<'a> {
    text: &'a str,
    markup: &'a Markup,
    blocks: Vec<Block>,
    /// Open headings: level and block.
    headings: Vec<(usize, usize)>,
    /// The header cells of the table that is being read.
    header: Option<Vec<Span>>,
    /// The block that a following line may continue, and the length of its last line.
    open: Option<(usize, usize)>,
    role: Role,
}

impl Reader<'_> {
    fn line(&mut self, line: &Line, before: Option<&Line>, after: Option<&Line>) {
        if !matches!(line.shape, Shape::Row(_) | Shape::Rule) {
            self.header = None;
        }
        match &line.shape {
            Shape::Blank => self.open = None,
            Shape::Code => self.code(line, before),
            Shape::Rule => {
                if let Some(at) = self.blocks.iter().rposition(|it| it.kind == BlockKind::Row)
                    && at + 1 == self.blocks.len()
                    && self.header.is_none()
                {
                    self.header = self.blocks.pop().map(|it| it.cells);
                }
                self.open = None;
            }
            Shape::Row(cells) if line.is_header => {
                self.header = Some(cells.clone());
                self.open = None;
            }
            Shape::Row(cells) => {
                let header = self.header.clone().unwrap_or_default();
                let explains = explains(self.text, &header);
                let at = self.push(BlockKind::Row, line);
                self.blocks[at].cells.clone_from(cells);
                self.blocks[at].header = header;
                if explains && self.blocks[at].role == Role::Domain {
                    self.blocks[at].role = Role::Glossary;
                }
                self.open = None;
            }
            Shape::Heading(level) => self.heading(line, *level),
            Shape::Item => {
                let at = self.push(BlockKind::Item, line);
                self.open = Some((at, line.length));
            }
            Shape::Plain => {
                let is_title = before.is_none_or(|it| it.shape == Shape::Blank)
                    && after.is_some_and(|it| !matches!(it.shape, Shape::Blank | Shape::Heading(_)))
                    && super::lines::is_title(line.span.of(self.text), self.markup, line.span);
                if is_title {
                    self.heading(line, 4);
                } else if let Some((at, length)) = self.open
                    && self.continues(at, length, line)
                {
                    self.blocks[at].span = self.blocks[at].span.cover(line.span);
                    self.open = Some((at, line.length));
                } else {
                    let at = self.push(BlockKind::Para, line);
                    self.open = Some((at, line.length));
                }
            }
        }
    }

    /// A line runs on when the one before was long enough to have been wrapped and did not lead in.
    fn continues(&self, at: usize, length: usize, line: &Line) -> bool {
        let block = &self.blocks[at];
        let said = block.span.of(self.text).trim_end();
        let wrapped =
            length >= 60 || said.ends_with(',') || line.span.of(self.text).starts_with(char::is_lowercase);
        let room = if block.kind == BlockKind::Para { 1 } else { 8 };
        let deeper = line.depth > block.depth + room || line.has_label;
        // Each line that opens like a story is one, whether or not the line before it has an end.
        let opens = super::stories::opens(line.span.of(self.text));
        wrapped && !said.ends_with(':') && !deeper && !line.has_gap && !opens
    }

    fn code(&mut self, line: &Line, before: Option<&Line>) {
        let goes_on = before.is_some_and(|it| it.shape == Shape::Code);
        match self.blocks.last_mut() {
            Some(last) if goes_on && last.kind == BlockKind::Code => last.span = last.span.cover(line.span),
            _ => {
                self.push(BlockKind::Code, line);
            }
        }
        self.open = None;
    }

    fn heading(&mut self, line: &Line, level: usize) {
        while self.headings.last().is_some_and(|(open, _)| *open >= level) {
            self.headings.pop();
        }
        let inherited = self.headings.last().map_or(Role::Domain, |(_, at)| self.blocks[*at].role);
        let own = role_of(line.span.of(self.text));
        // The document's title says nothing about its sections.
        let role = if own == Role::Domain { inherited } else { own };
        let is_first = self.blocks.is_empty();
        self.role = role;
        let at = self.push(BlockKind::Heading, line);
        self.blocks[at].parent = None;
        self.blocks[at].depth = level;
        if is_first {
            self.blocks[at].role = Role::Domain;
            self.role = Role::Domain;
        }
        self.headings.push((level, at));
        self.open = None;
    }

    fn push(&mut self, kind: BlockKind, line: &Line) -> usize {
        let parent = match kind {
            BlockKind::Heading => None,
            BlockKind::Item | BlockKind::Para | BlockKind::Row | BlockKind::Code => self.parent(kind, line),
        };
        let role = parent.map_or(self.role, |it| self.blocks[it].role);
        let own = if line.is_out { Role::Out } else { role };
        self.blocks.push(Block {
            kind,
            role: own,
            depth: line.depth,
            parent,
            heading: self.headings.last().map(|(_, at)| *at),
            cells: Vec::new(),
            header: Vec::new(),
            span: line.span,
        });
        self.blocks.len() - 1
    }

    /// The nearest earlier block of the section that is less deep, or a lead-in at the same depth before a list.
    fn parent(&self, kind: BlockKind, line: &Line) -> Option<usize> {
        // A sibling hangs where the one before it hangs.
        if let Some(last) = self.blocks.last()
            && last.kind == kind
            && last.depth == line.depth
            && (kind == BlockKind::Item || !last.span.of(self.text).trim_end().ends_with(':'))
        {
            return last.parent;
        }
        for (at, block) in self.blocks.iter().enumerate().rev() {
            let leads_in = block.span.of(self.text).trim_end().ends_with(':');
            match block.kind {
                BlockKind::Heading => return None,
                BlockKind::Item if block.depth < line.depth => return Some(at),
                // An elder sibling hangs where this one hangs; no need to look further back.
                BlockKind::Item if block.depth == line.depth && kind == BlockKind::Item => {
                    return block.parent;
                }
                BlockKind::Para if block.depth < line.depth => {
                    return (leads_in || self.is_next(at)).then_some(at);
                }
                BlockKind::Para if leads_in && kind != BlockKind::Para => return Some(at),
                BlockKind::Item if leads_in && kind == BlockKind::Code => return Some(at),
                BlockKind::Para if kind != BlockKind::Item && self.is_next(at) && leads_in => {
                    return Some(at);
                }
                BlockKind::Para if kind == BlockKind::Item => return None,
                BlockKind::Item | BlockKind::Para | BlockKind::Row | BlockKind::Code => {}
            }
        }
        None
    }

    fn is_next(&self, at: usize) -> bool {
        at + 1 == self.blocks.len() || self.blocks.clip(at + 1..).iter().all(|it| it.parent.is_some())
    }
}

/// The first paragraph under the title, when headings of sections follow.
pub fn introduction(blocks: &[Block]) -> Option<Span> {
    let first = blocks.iter().position(|it| it.kind != BlockKind::Heading)?;
    let opening = blocks.get(first).filter(|it| first > 0 && it.kind == BlockKind::Para)?;
    let sections = blocks.clip(first + 1..).iter().filter(|it| it.kind == BlockKind::Heading).count();
    let next = blocks.get(first + 1)?;
    (sections >= 2 && next.kind == BlockKind::Heading).then_some(opening.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> String {
        let found = blocks(text, &Markup::read(text));
        let line = |it: &Block| {
            format!("{:?} {:?} {} <{:?} {}\n", it.kind, it.role, it.depth, it.parent, it.span.of(text))
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn bullets_hang_under_their_lead_in_and_under_each_other() {
        insta::assert_snapshot!(layout("A pier has:\n- berths\n  - width\n- lamps\n\n## Out of scope\n- fuel"), @r"
        Para Domain 0 <None A pier has:
        Item Domain 0 <Some(0) berths
        Item Domain 2 <Some(1) width
        Item Domain 0 <Some(0) lamps
        Heading Out 2 <None Out of scope
        Item Out 0 <None fuel
        ");
    }

    #[test]
    fn ids_and_ticket_words_are_no_part_of_what_is_said() {
        insta::assert_snapshot!(layout("REQ-3.1 A pier has a name.\n[B-2] Story: Berths   prio: High\n  - width"), @r"
        Item Domain 0 <None A pier has a name.
        Item Domain 0 <None Berths
        Item Domain 2 <Some(1) width
        ");
    }
}

//! Tables that a section about the data lists: as headings over their fields, as "**Invoice** (number, status)", or as rows.

use super::super::blocks::{Block, BlockKind, Role};
use super::super::fact::is_plain;
use super::super::reading::RelationshipKind;
use super::field::{field, name_at, parts, says};
use super::{Declared, Field, Link, Table, table_name};
use crate::base::{Clip, Span, lower, one_of, singular};

/// What headings of sections about the data say.
const ABOUT_DATA: &[&str] = &[
    "data model",
    "domain model",
    "object model",
    "database schema",
    "database table",
    "database design",
    "database structure",
    "schema",
    "data structure",
    "data dictionary",
    "entity",
    "entities",
    "domain object",
    "core object",
    "mongodb",
    "firestore",
    "conceptual model",
    "field reference",
];

/// Titles in such a section that name no table.
const BESIDE: &str = "relationship relation index constraint note enum migration rule overview diagram trigger view function seed \
    type key storage validation description purpose api endpoint convention security";

/// Labels of lines whose list is one of fields, and titles of columns that hold some.
const FIELDS: &[&str] = &["field", "attribute", "column", "propert"];

/// What a table's first column is called where its rows are tables.
pub const THINGS: &[&str] = &["table", "entity", "model", "collection", "object", "class"];

/// Reads all blocks of the text. Linear.
pub fn read(text: &str, blocks: &[Block], out: &mut Declared) {
    let mut about: Option<usize> = None;
    // Whether the last table is the title above.
    let mut titled = false;
    for (at, block) in blocks.iter().enumerate() {
        let said = block.span.of(text);
        if about.is_none() && block.role != Role::Out {
            super::typed::read(text, blocks, at, out);
        }
        if block.kind == BlockKind::Heading {
            titled = false;
            about = about.filter(|it| block.depth > *it);
            let lower = lower(said);
            let short = lower.split(' ').count() <= 7 && block.role != Role::Out && at > 0;
            if short && (says(&lower, ABOUT_DATA) || lower == "database") {
                about = about.or(Some(block.depth));
            } else if about.is_some() {
                // Over fields, or alone, as a line of a numbered list
                let over = blocks.get(at + 1).is_none_or(|it| match it.kind {
                    BlockKind::Para => fields_of(text, it.span).len() >= 3,
                    kind => kind != BlockKind::Code,
                });
                let table = title(said, block.span).filter(|_| over);
                titled = table.is_some();
                out.tables.extend(table);
            }
            continue;
        }
        if block.role == Role::Out {
            continue;
        }
        if block.kind == BlockKind::Row {
            out.row(text, block, about.is_some(), titled);
        }
        if about.is_none() {
            continue;
        }
        if block.kind != BlockKind::Row {
            out.links.extend(arrows(text, block));
        }
        let under = block.parent.and_then(|it| blocks.get(it)).is_some_and(|it| it.kind == BlockKind::Item);
        match (block.kind, out.tables.last_mut()) {
            (BlockKind::Item, Some(last)) if titled || under && last.region.end <= block.span.start => {
                last.take_item(text, block.span);
            }
            (BlockKind::Item, _) if !under => out.tables.extend(listed(text, block.span)),
            (BlockKind::Para, Some(last)) if titled => {
                last.fields.extend(fields_of(text, block.span));
                last.region.end = last.region.end.max(block.span.end);
            }
            (BlockKind::Para, _) if said.len() < 400 => {
                out.tables.extend(listed(text, block.span).filter(|it| it.fields.len() >= 2));
            }
            _ => {}
        }
    }
}

/// "tier → event, ticket → order + tier": who refers to whom, as far as these are tables.
fn arrows(text: &str, block: &Block) -> Vec<Link> {
    let mut out = Vec::new();
    for part in block.span.of(text).split([',', ';', '.']) {
        let Some((from, to)) = part.split_once('→') else { continue };
        for to in to.split(['+', '&']) {
            let (from, to) = (table_name(from), table_name(to));
            out.push(Link {
                from,
                to,
                role: None,
                kind: RelationshipKind::ManyToOne,
                nullable: false,
                span: block.span,
                columns: Vec::new(),
            });
        }
    }
    out
}

/// The table that some words name, without "Table:" and what stands in parentheses.
pub fn title(said: &str, span: Span) -> Option<Table> {
    let end = said.find(['(', '<', '—', '–']).unwrap_or(said.len());
    let words: Vec<&str> = said.clip(..end).split([' ', '`', '*', ':']).filter(|it| !it.is_empty()).collect();
    let is_word = |it: &&&str| **it != "and" && !THINGS.contains(&lower(it).as_str());
    let words: Vec<&str> =
        if words.len() > 1 { words.iter().filter(is_word).copied().collect() } else { words };
    let title = words.join(" ");
    let plain = title.starts_with(char::is_alphabetic)
        && title.chars().all(|it| it.is_alphanumeric() || " _-".contains(it));
    let name = table_name(&title);
    let known = plain && words.len() <= 3 && !one_of(name.as_str(), BESIDE) && !name.is_empty();
    known.then(|| Table { name, span, region: span, ..Table::default() })
}

/// "Invoice (number, status)", "Invoice: number, status", "Invoices table: `id, number`", or a name alone.
pub fn listed(text: &str, span: Span) -> Option<Table> {
    let said = span.of(text);
    let start = span.start as usize;
    let end = said
        .find([':', '(', '{', '—', '–', '→'])
        .unwrap_or(said.len())
        .min(said.find(" - ").unwrap_or(said.len()));
    let table = title(said.clip(..end), Span::new(start, start + end))?;
    let rest = said.clip(end..);
    if is_plain(&table.name) && rest.is_empty() || rest.starts_with('→') {
        return None;
    }
    let body = rest.trim_start_matches([':', '(', '{', '—', '–', '-', ' ', '*', '`']);
    let start = span.end as usize - body.len();
    let length = body.rfind(')').filter(|_| rest.starts_with('(')).unwrap_or(body.len());
    let fields = fields_of(text, Span::new(start, start + length));
    Some(Table { region: span, fields, ..table })
}

/// The fields of a list of words; none where it is a sentence.
pub fn fields_of(text: &str, list: Span) -> Vec<Field> {
    let said = list.of(text).split("; ").next().unwrap_or_default();
    let all = parts(text, Span::new(list.start as usize, list.start as usize + said.len()));
    let is_long =
        |it: &Span| it.of(text).split('(').next().unwrap_or_default().split_whitespace().count() > 5;
    if all.len() < 2 || all.iter().any(is_long) {
        return Vec::new();
    }
    all.into_iter().filter_map(|it| field(it.of(text), it, true)).collect()
}

impl Table {
    /// A line below the table's name: a field of it, or a list of some.
    pub fn take_item(&mut self, text: &str, line: Span) {
        let said = line.of(text);
        let end = line.end as usize;
        let label = lower(said.clip(..said.find(':').unwrap_or(0)).trim_matches(['*', '`', ' ']));
        if FIELDS.iter().any(|it| label.contains(it)) && label.split(' ').count() <= 2 {
            let body =
                said.clip(label.len()..).trim_start_matches(|it: char| !it.is_alphanumeric() && it != '`');
            self.fields.extend(fields_of(text, Span::new(end - body.len(), end)));
        } else if !one_of(singular(&label).as_str(), BESIDE) {
            let list = parts(text, line);
            let head = said.split([':', '(', '→', '—', '–']).next().unwrap_or(said);
            if list.len() >= 2 && list.first().is_some_and(|it| !it.of(text).contains(':')) {
                self.fields.extend(fields_of(text, line));
            } else if head.split(' ').count() <= 5 && !said.ends_with('.') {
                self.fields.extend(field(said, line, true));
            }
        }
        self.region.end = self.region.end.max(line.end);
    }
}

impl Declared {
    /// A row that is a table, or one field of a table that the row, the one above or a heading names.
    fn row(&mut self, text: &str, block: &Block, about: bool, titled: bool) {
        let titles: Vec<String> =
            block.header.iter().map(|it| lower(it.of(text).trim_matches(['*', ' ']))).collect();
        let is = |at: usize, words: &[&str]| {
            titles.get(at).is_some_and(|it| words.iter().any(|word| it.starts_with(word)))
        };
        let of_things = is(0, THINGS);
        let listing = titles.iter().position(|it| says(it, FIELDS));
        let cell = |at: usize| block.cells.get(at).copied().unwrap_or_default();
        let single = listing
            .and_then(|it| titles.get(it))
            .is_some_and(|it| one_of(name_at(it), "field attribute column property"));
        let name = cell(0).of(text).trim();
        if of_things && !single {
            if about && let Some(table) = title(name, cell(0)) {
                let fields = listing.map(|it| fields_of(text, cell(it))).unwrap_or_default();
                self.tables.push(Table { region: block.span, fields, ..table });
            }
            return;
        }
        let at = listing.unwrap_or(0);
        if of_things && !name.is_empty() && single {
            self.tables.extend(title(name, cell(0)));
        } else if !of_things && !(titled && (listing == Some(0) || is(0, &["name", "key"]))) {
            return;
        }
        let Some(last) = self.tables.last_mut() else { return };
        last.region.end = last.region.end.max(block.span.end);
        let rest: Vec<&str> = block.cells.iter().skip(at + 1).map(|it| it.of(text)).collect();
        for part in parts(text, cell(at)) {
            last.fields.extend(field(&format!("{}: {}", part.of(text), rest.join(" ")), cell(at), true));
        }
    }
}

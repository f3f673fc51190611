//! Tables whose fields stand in braces: `model Room { … }`, `interface Note { … }`, `Table posts { … }`, `User { id, name }`, in the
//! parentheses of `create table`, or in diagrams of Mermaid, with the lines that are drawn between them.

use super::super::blocks::{Block, BlockKind};
use super::super::reading::RelationshipKind;
use super::super::types::stated_type;
use super::field::{field, name_at, parts, place, says};
use super::{Declared, Link, Table, is_left_out, table_name};
use crate::base::{Clip, Span, one_of, snake_case};

/// Words before a name that make it one of a table; the last two open a set of values.
const OPENERS: &[&str] = &[
    "create table if not exists ",
    "create table ",
    "model ",
    "interface ",
    "type ",
    "class ",
    "table ",
    "entity ",
    "struct ",
    "collection ",
    "create type ",
    "enum ",
];

/// Endings of names of types that hold no rows.
const PASSING: &[&str] = &[
    "props", "state", "request", "response", "dto", "config", "options", "payload", "params", "input",
    "service", "error",
];

/// Words that open a line that is no field.
const BESIDE: &str =
    "primary foreign unique constraint check exclude indexes constructor references not default on export";

/// Whether a name is one of what is sent or set, and holds no rows.
pub fn is_passing(name: &str) -> bool {
    PASSING.iter().any(|it| name.ends_with(it))
}

/// What is open while lines are read.
struct Open {
    name: String,
    at: Span,
    is_values: bool,
    is_sql: bool,
    /// How many braces are open; a set of values without any has one line.
    depth: usize,
    /// Where the line that opens it goes on.
    from: usize,
    table: Table,
    values: Vec<String>,
}

/// Reads all lines of the text. Linear.
pub fn read(text: &str, blocks: &[Block], fenced: &[Span], out: &mut Declared) {
    let diagrams: Vec<&Span> = fenced.iter().filter(|it| it.of(text).contains("erDiagram")).collect();
    let mut open: Option<Open> = None;
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let at = start;
        start += raw.len();
        let line = raw.trim_end();
        let drawn = diagrams.iter().any(|it| it.contains(at as u32));
        let mut from = 0;
        if open.is_none() {
            if is_left_out(blocks, at as u32) {
                continue;
            }
            if drawn {
                out.links.extend(drawn_link(line, at));
            }
            open = opens(line, at, drawn);
            if let Some(open) = &mut open {
                from = open.from;
                // A heading right above code speaks of it alone.
                let above = blocks.clip(..blocks.partition_point(|it| (it.span.start as usize) < at)).last();
                if let Some(above) = above.filter(|it| it.kind == BlockKind::Heading) {
                    open.table.region.start = above.span.start;
                }
            }
        }
        let Some(it) = &mut open else { continue };
        it.take(line, at, from, drawn);
        let is_line = from > 0 && line.clip(..from).ends_with('=');
        if it.depth == 0 || is_line || line.trim_start().starts_with(['`', '#']) && from == 0 {
            out.close(open.take());
        }
    }
    out.close(open);
    // A name over one field is a table where others refer to it.
    let mut targets: Vec<String> = Vec::new();
    for field in out.tables.iter().flat_map(|it| &it.fields) {
        targets.extend(field.target.as_deref().map(table_name));
    }
    out.tables.retain(|it| it.fields.len() > 1 || targets.contains(&it.name));
}

impl Declared {
    fn close(&mut self, open: Option<Open>) {
        let Some(open) = open else { return };
        if open.is_values {
            self.values.insert(snake_case(&open.name), open.values);
        } else if !open.table.fields.is_empty() {
            self.tables.push(Table {
                name: table_name(&open.name),
                span: open.at,
                is_code: true,
                ..open.table
            });
        }
    }
}

impl Open {
    /// Takes in what a line says from some byte on.
    fn take(&mut self, line: &str, at: usize, from: usize, drawn: bool) {
        let rest = line.clip(from..);
        let remark = from + rest.find("--").or_else(|| rest.find("//")).unwrap_or(rest.len());
        let (mut end, mut inner) = (from, self.depth > 1);
        for (place, sign) in line.clip(..remark).char_indices().skip_while(|it| it.0 < from) {
            match sign {
                '{' | '(' => self.depth += 1,
                '}' | ')' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            if self.depth == 0 {
                break;
            }
            end = place + sign.len_utf8();
        }
        inner &= self.depth > 0;
        self.table.region = self.table.region.cover(Span::new(at, at + line.len()));
        let code = line.clip(from..end);
        let said = code.trim_start();
        if inner || said.starts_with(['@', '#', '%', '/', '*', '|', '}']) {
            return;
        }
        if self.is_values {
            for word in code.split([',', '|', ' ', '=']) {
                let value = snake_case(word.trim_matches(|it: char| !it.is_alphanumeric())).replace('_', " ");
                if !value.is_empty() && self.values.last() != Some(&value) {
                    self.values.push(value);
                }
            }
            return;
        }
        for span in parts(line, Span::new(from, end)) {
            let part = span.of(line);
            let first = name_at(part.trim_start()).to_ascii_lowercase();
            let called = part.trim_start().clip(first.len()..).starts_with('(');
            if one_of(first.as_str(), BESIDE) || called {
                continue;
            }
            let mut words = part.split_whitespace();
            let (one, other) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
            let told = format!("{part} {}", line.clip(remark..).trim_start_matches(['-', '/', ' ']));
            // In diagrams the type stands first.
            let swapped = format!("{other} {told}");
            let is_swapped =
                drawn && !other.is_empty() && (stated_type(one).is_some() || stated_type(other).is_none());
            self.table.fields.extend(
                field(if is_swapped { &swapped } else { &told }, span.shifted(at), false).map(|mut it| {
                    it.item.stated = if is_swapped { stated_type(one) } else { it.item.stated };
                    it.item.nullable |= self.is_sql
                        && !one.is_empty()
                        && !other.is_empty()
                        && !says(&told.to_ascii_lowercase(), &["not null", "primary"]);
                    it
                }),
            );
        }
    }
}

/// `GUEST ||--o{ BOOKING : makes`: which end has many refers to the other.
fn drawn_link(line: &str, at: usize) -> Option<Link> {
    let mut words = line.split_whitespace();
    let (one, sign, other) = (table_name(words.next()?), words.next()?, table_name(words.next()?));
    if sign.len() < 6 || !sign.bytes().all(|it| b"|o{}-.".contains(&it)) {
        return None;
    }
    let (from, to, kind) = match (sign.starts_with('}'), sign.ends_with('{')) {
        (true, true) => (one, other, RelationshipKind::ManyToMany),
        (true, false) => (one, other, RelationshipKind::ManyToOne),
        (false, true) => (other, one, RelationshipKind::ManyToOne),
        (false, false) => (other, one, RelationshipKind::OneToOne),
    };
    Some(Link { from, to, role: None, kind, nullable: false, span: place(line, at), columns: Vec::new() })
}

/// A line that opens a table or a set of values.
fn opens(line: &str, at: usize, drawn: bool) -> Option<Open> {
    let said = line.trim_start_matches([' ', '\t', '-', '*', '#', '`', '•']);
    let said = said.strip_prefix("export ").unwrap_or(said);
    let lower = said.to_ascii_lowercase();
    let opener = OPENERS.iter().find(|it| lower.starts_with(**it)).copied().unwrap_or("");
    let behind = said.clip(opener.len()..).trim_start_matches(['"', '`', ' ']);
    let behind = behind.strip_prefix("public.").unwrap_or(behind);
    let name = name_at(behind);
    let rest = behind.clip(name.len()..).trim_start_matches(['"', '`', ' ', '*']);
    let is_sql = opener.starts_with("create");
    let is_values = matches!(opener, "create type " | "enum ")
        || opener == "type " && rest.contains('|') && !rest.contains('{');
    let sign = if is_sql {
        '('
    } else if is_values && !rest.contains('{') {
        '='
    } else {
        '{'
    };
    let from = line.find(sign)? + 1;
    // "class Berth extends Place {", "type Berth = {"; without a word before it only a capital or a list in one line tells a name.
    let named = !opener.is_empty()
        || rest.starts_with('{')
            && (drawn || name.starts_with(|it: char| it.is_ascii_uppercase()) || rest.contains(','));
    let plain = is_sql || is_values || name_at(rest).len() < 12 && !says(rest, &["(", "=>", "){"]);
    if !named
        || !plain
        || name.len() < 2
        || !is_values && is_passing(&name.to_ascii_lowercase())
        || name == "erDiagram"
    {
        return None;
    }
    let start = at + line.len() - behind.len();
    let table = Table { region: Span::new(at, at + line.len()), ..Table::default() };
    let place = Span::new(start, start + name.len());
    Some(Open {
        name: name.to_owned(),
        at: place,
        is_values,
        is_sql,
        depth: 1,
        from,
        table,
        values: Vec::new(),
    })
}

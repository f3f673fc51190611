//! Tables that are told anywhere as a name over fields with types: "User: email (string, unique), age (int)", or "User" over
//! "- email: string".

use super::super::blocks::{Block, BlockKind};
use super::super::lexicon::{last_word, lexicon};
use super::super::types::stated_type;
use super::code::is_passing;
use super::field::{FLAGS, association, parts, says, sentences, split};
use super::sections::{THINGS, listed, title};
use super::{Declared, Field, Table};
use crate::base::{Clip, Span, lower, one_of, singular};

/// Takes in the tables that a block tells, by itself or with the lines below it, where most of their fields have types or the first is
/// a key.
pub fn read(text: &str, blocks: &[Block], at: usize, out: &mut Declared) {
    let is_taken = |it: &Block| out.silent.last().is_some_and(|last| it.span.start < last.end);
    let Some(block) = blocks.get(at).filter(|it| !is_taken(it)) else { return };
    let is_below = |it: &&Block| match block.kind {
        BlockKind::Heading => it.kind == BlockKind::Item && it.heading == Some(at),
        _ => it.parent == Some(at) && (it.kind == BlockKind::Item || it.depth > block.depth),
    };
    let mut heads = heads(text, block.span);
    if let Some(last) = heads.last_mut() {
        for below in blocks.clip(at + 1..).iter().take_while(is_below) {
            last.1.append(&mut split(text, below.span, "\n"));
        }
    }
    for (head, fields) in heads {
        let named = || title(head.of(text).trim_end_matches([':', '*', ' ']), head).filter(is_table);
        if are_fields(text, &fields)
            && let Some(mut table) = named()
        {
            out.silent.push(head);
            for line in fields {
                let known = table.fields.len();
                table.take_item(text, line);
                if table.fields.len() > known {
                    out.silent.push(line);
                }
            }
            out.tables.push(Table { is_code: true, ..table });
            continue;
        }
        for said in sentences(text, head) {
            let mut found = labelled(text, said);
            if found.is_empty() {
                for part in parts(text, said) {
                    found.extend(one(text, part));
                }
                if found.len() < 2 {
                    found.clear();
                    found.extend(one(text, said));
                }
            } else {
                let first = found.first().map_or(said, |it| it.region);
                out.silent.push(Span::new(said.start as usize, first.start as usize));
            }
            for table in found {
                out.silent.push(table.region);
                out.tables.push(Table { is_code: true, ..table });
            }
        }
    }
}

/// The lines of a block that may name a table, each with those that are indented below it; a line goes on behind a comma.
fn heads(text: &str, block: Span) -> Vec<(Span, Vec<Span>)> {
    let mut out: Vec<(Span, Vec<Span>)> = Vec::new();
    let mut end = block.start as usize;
    for line in split(text, block, "\n") {
        let is_indented = text.clip(end..line.start as usize).ends_with([' ', '\t']);
        end = line.end as usize;
        match out.last_mut() {
            Some(head) if head.0.of(text).ends_with(',') => head.0 = head.0.cover(line),
            Some(head) if is_indented => head.1.push(line),
            _ => out.push((line, Vec::new())),
        }
    }
    out
}

/// "Models: Dish (name, price), Order (dish, placed at)": what is listed behind a word for tables, mostly with known fields.
fn labelled(text: &str, said: Span) -> Vec<Table> {
    let Some((label, _)) = said.of(text).split_once(':') else { return Vec::new() };
    let (mut words, mut behind) = (0, 2);
    for word in label.split(' ') {
        words += 1;
        behind = if THINGS.contains(&singular(&lower(word)).as_str()) { 0 } else { behind + 1 };
    }
    // "Tables needed:"
    if behind > 1 || words > 6 {
        return Vec::new();
    }
    let mut all: Vec<Table> = Vec::new();
    for part in parts(text, Span::new(said.start as usize + label.len() + 1, said.end as usize)) {
        all.extend(listed(text, part));
    }
    let (mut fields, mut known) = (0, 0);
    for Field { item, .. } in all.iter().flat_map(|it| &it.fields) {
        let is_other = || all.iter().any(|it| it.name == item.name);
        fields += 1;
        known +=
            usize::from(item.stated.is_some() || lexicon().attribute(&item.name).is_some() || is_other());
    }
    if fields > all.len() && known * 2 >= fields { all } else { Vec::new() }
}

/// The table that some words tell with its fields behind its name.
fn one(text: &str, span: Span) -> Option<Table> {
    let said = span.of(text);
    let at = |sign: Option<usize>| sign.unwrap_or(said.len());
    let sign = at(said.find([':', '(', '{'])).min(at(said.find(" - ")));
    let body = Span::new(span.start as usize + sign + 1, span.end as usize);
    (sign < said.len() && are_fields(text, &parts(text, body))).then(|| listed(text, span))?.filter(is_table)
}

/// "A user has:" is a sentence, "interface User {" code that has its own reader, and "parameters:" are kept nowhere.
fn is_table(it: &Table) -> bool {
    let is_sentence = |it: &str| one_of(it, "a an the each every has have with of for interface create");
    let passes =
        one_of(last_word(&it.name), "field attribute column property parameter argument header option")
            || is_passing(&it.name);
    !passes && !it.name.split('_').any(is_sentence)
}

fn are_fields(text: &str, fields: &[Span]) -> bool {
    let (mut keys, mut typed, mut opens) = (0, 0, false);
    for (at, field) in fields.iter().enumerate() {
        let said = field.of(text).trim_start_matches(['-', ' ', '`']);
        let name = said.split([':', '(', '-', '`']).next().unwrap_or(said).trim();
        let is_key = name == "id"
            || ["_id", "Id"].iter().any(|it| name.ends_with(it))
            || says(said, &["(PK", "PK)", "primary key"]);
        opens = (opens || at == 0 && is_key) && name.split(' ').count() <= 3;
        keys += usize::from(is_key);
        typed += usize::from(is_typed(said));
    }
    let is_class = fields.first().is_some_and(|it| association(it.of(text)).is_some());
    is_class || fields.len() >= 2 && (opens || typed >= 2 && typed * 2 > fields.len().saturating_sub(keys))
}

/// Whether a field's name is followed by a type and no more than flags: "price: decimal(10,2), required".
pub fn is_typed(field: &str) -> bool {
    if association(field).is_some() {
        return true;
    }
    let part = |it: &str| field.split_once(it);
    let found = field.split_once([':', '(']).or_else(|| part(" - ")).or_else(|| part(" – "));
    let Some((name, rest)) = found else { return false };
    if name.split(' ').count() > 4 {
        return false;
    }
    if rest.contains(" | ") || rest.ends_with("[]") {
        return true;
    }
    let said = lower(rest.split(['—', '–', '[', '→']).next().unwrap_or(rest));
    let mut words = said.split([',', '(', ')', ';', ' ', '`', '*', '.']).filter(|it| !it.is_empty());
    let first = words.next();
    first.is_some_and(|it| tells_type(it) && (it == "enum" || words.all(is_flag)))
}

/// A type or a flag. A "name" is a type of PostgreSQL's own, and here a field.
fn tells_type(word: &str) -> bool {
    word != "name" && (FLAGS.contains(&word) || stated_type(word).is_some())
}

/// Whether a word may stand behind a type and tells no thing: a flag, a default, a size.
pub fn is_flag(word: &str) -> bool {
    tells_type(word)
        || one_of(word, "default true false now key")
        || word.starts_with(|it: char| it.is_ascii_digit())
}

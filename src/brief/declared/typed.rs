//! Tables that are told anywhere as a name over fields with types: "User: email (string, unique), age (int)", or "User" over
//! "- email: string".

use super::super::blocks::{Block, BlockKind};
use super::super::types::stated_type;
use super::Table;
use super::field::{FLAGS, parts};
use super::sections::{listed, title};
use crate::base::{Clip, lower, one_of};

/// The table that a block tells, by itself or with the lines below it, where most of its fields have types.
pub fn table(text: &str, blocks: &[Block], at: usize) -> Option<Table> {
    let block = blocks.get(at)?;
    let below = |it: &&Block| match block.kind {
        BlockKind::Heading => it.kind == BlockKind::Item && it.heading == Some(at),
        _ => it.parent == Some(at),
    };
    let lines: Vec<&Block> = blocks.clip(at + 1..).iter().take_while(below).collect();
    let said = block.span.of(text);
    let found = if are_typed(lines.iter().map(|it| it.span.of(text))) {
        let mut found = title(said.trim_end_matches([':', '*', ' ']), block.span)?;
        for line in lines {
            found.take_item(text, line);
        }
        found
    } else {
        let body = said.clip(said.find([':', '(', '{'])? + 1..);
        are_typed(parts(body).into_iter().map(|it| it.1)).then(|| listed(text, block)).flatten()?
    };
    // "A user has:" is a sentence, "interface User {" code that has its own reader.
    let is_sentence = |it: &str| one_of(it, "a an the each every has have with of for interface");
    (!found.name.split('_').any(is_sentence)).then_some(found)
}

fn are_typed<'a>(fields: impl Iterator<Item = &'a str>) -> bool {
    let typed: Vec<bool> = fields.map(is_typed).collect();
    let count = typed.iter().filter(|it| **it).count();
    count >= 2 && count * 2 > typed.len()
}

/// Whether a field's name is followed by a type and no more than flags: "price: decimal(10,2), required".
pub fn is_typed(field: &str) -> bool {
    let part = |it: &str| field.split_once(it);
    let found = field.split_once([':', '(']).or_else(|| part(" - ")).or_else(|| part(" – "));
    let Some((name, rest)) = found else { return false };
    let said = lower(rest.split(['—', '–', '[', '→']).next().unwrap_or(rest));
    let mut words = said.split([',', '(', ')', ';', ' ', '`', '*', '.']).filter(|it| !it.is_empty());
    // A "name" is a type of PostgreSQL's own, and here a field.
    let opens = |it: &str| it != "name" && (FLAGS.contains(&it) || stated_type(it).is_some());
    let goes_on = |it: &str| {
        opens(it)
            || one_of(it, "default true false now key")
            || it.starts_with(|it: char| it.is_ascii_digit())
    };
    let first = words.next();
    first.is_some_and(|it| opens(it) && (it == "enum" || words.all(goes_on))) && name.split(' ').count() <= 4
}

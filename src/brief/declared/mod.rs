//! Models that a text declares outright: in fences of Prisma, TypeScript, DBML, Mermaid or SQL, or as the lists, headings and rows of a
//! section about the data. What is declared is read by its notation, not as prose, and has the last word.

mod code;
mod field;
mod ratios;
mod sections;
mod settle;
mod typed;

use super::blocks::{Block, Role};
use super::items::Item;
use super::lexicon::{last_word, lexicon};
use super::reading::RelationshipKind;
use crate::base::{Clip, Gather, SortedMap, SortedSet, Span, one_of, singular, snake_case, without_end};

pub use settle::settle;
pub use typed::is_flag;

/// A table that is declared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Singular, `snake_case`.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// All that declares it.
    region: Span,
    /// Its fields, keys and scaffolding left out.
    fields: Vec<Field>,
    /// Whether it stands in code or in a notation, which no other reader looks at.
    pub is_code: bool,
}

/// One field as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
struct Field {
    item: Item,
    /// The table that it refers to, or the name of its type where that is none of PostgreSQL's.
    target: Option<String>,
    /// Whether it is said to refer to it.
    refers: bool,
}

/// A reference between two tables.
#[derive(Clone, Debug, PartialEq)]
struct Link {
    from: String,
    to: String,
    role: Option<String>,
    kind: RelationshipKind,
    nullable: bool,
    span: Span,
    /// What is kept of each pair.
    columns: Vec<Field>,
}

/// What a text declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declared {
    /// The tables, in order of place.
    pub tables: Vec<Table>,
    /// Value sets with names of their own.
    values: SortedMap<String, Vec<String>>,
    links: Vec<Link>,
    /// What is no prose, besides code.
    pub silent: Vec<Span>,
}

/// Reads what the text declares. Linear.
pub fn read(text: &str, blocks: &[Block], fences: &[Span]) -> Declared {
    let mut out = Declared::default();
    code::read(text, blocks, fences, &mut out);
    sections::read(text, blocks, &mut out);
    ratios::read(text, blocks, &mut out);
    out.merge();
    out.resolve();
    out
}

/// Whether a place is told in a section of what is not built.
fn is_left_out(blocks: &[Block], at: u32) -> bool {
    let next = blocks.partition_point(|it| it.span.start <= at);
    next.checked_sub(1).and_then(|it| blocks.get(it)).is_some_and(|it| it.role == Role::Out)
}

/// A name of code or of words as a table is called.
fn table_name(said: &str) -> String {
    let name = singular(&snake_case(said.trim_matches(|it: char| !it.is_alphanumeric())));
    let bare = ["_table", "_model", "_entity", "_collection"].iter().find_map(|it| name.strip_suffix(it));
    bare.map_or(name.clone(), singular)
}

impl Table {
    /// The fields as items of a list.
    pub fn items(&self) -> Vec<Item> {
        self.fields.iter().map(|it| it.item.clone()).collect()
    }
}

impl Declared {
    /// One table of each name: what is told of it twice is told of one.
    fn merge(&mut self) {
        let mut all: Vec<Table> = Vec::new();
        for table in std::mem::take(&mut self.tables) {
            match all.iter_mut().find(|it| it.name == table.name) {
                Some(known) => known.fields.extend(table.fields),
                None => all.push(table),
            }
        }
        self.tables = all;
    }

    /// Tells references from attributes, and gives fields the values of their types.
    fn resolve(&mut self) {
        let names: SortedSet<String> = self.tables.iter().map(|it| it.name.clone()).gather();
        let mut several: Vec<Link> = Vec::new();
        for table in &mut self.tables {
            let mut kept: Vec<Field> = Vec::new();
            for (at, mut field) in std::mem::take(&mut table.fields).into_iter().enumerate() {
                // "Employee (emp_id, name)"
                let own = |it: &str| !names.contains(it) && shortens(it, &table.name);
                if at == 0 && field.item.name.strip_suffix("_id").is_some_and(own) {
                    continue;
                }
                if let Some(values) = field.target.as_deref().and_then(|it| self.values.get(&snake_case(it)))
                {
                    field.item.values.clone_from(values);
                    field.target = None;
                }
                let target = field
                    .target
                    .as_deref()
                    .map(table_name)
                    .filter(|it| names.contains(it) || field.refers && it != "id");
                let plain =
                    field.item.stated.is_none() && field.item.values.is_empty() && !field.item.boolean;
                let to = target.or_else(|| {
                    referred(&field.item.name, &names, plain).filter(|it| *it != table.name || !plain)
                });
                let Some(to) = to else {
                    let name = &field.item.name;
                    let is_key = super::model::is_scaffolding(name)
                        || one_of(name.as_str(), "timestamp timestamps pk fk deleted_at");
                    if !is_key && kept.iter().all(|it| it.item.name != *name) {
                        kept.push(field);
                    }
                    continue;
                };
                let role = singular(without_end(without_end(&field.item.name, "_ids"), "_id"));
                let link = Link {
                    from: table.name.clone(),
                    role: (role != to && !shortens(&role, &to)).then_some(role),
                    to,
                    kind: if field.item.unique {
                        RelationshipKind::OneToOne
                    } else {
                        RelationshipKind::ManyToOne
                    },
                    nullable: field.item.nullable,
                    span: field.item.span,
                    columns: Vec::new(),
                };
                let links = if field.item.many { &mut several } else { &mut self.links };
                // "roomId String" and "room Room" are one.
                let known = links.iter().any(|it| {
                    it.from == link.from && it.to == link.to && (it.role == link.role || link.role.is_none())
                });
                if !known {
                    links.push(link);
                }
            }
            table.fields = kept;
        }
        self.take_several(several);
    }

    /// Lists of others: they refer back, belong to many on either side, or are parts of their one owner.
    fn take_several(&mut self, mut several: Vec<Link>) {
        several.reverse();
        while let Some(mut link) = several.pop() {
            let is_back = |it: &Link| it.from == link.to && it.to == link.from;
            if link.from == link.to || self.links.iter().any(is_back) {
                continue;
            }
            link.role = None;
            if lexicon().is_shared(&link.to) || several.iter().any(is_back) {
                link.kind = RelationshipKind::ManyToMany;
            } else {
                std::mem::swap(&mut link.from, &mut link.to);
            }
            self.links.push(link);
        }
    }
}

/// The table that a field's name refers to: `room_id`, `author_id` of users, `created_by`; `plain`: without a type, by its mere name.
fn referred(name: &str, names: &SortedSet<String>, plain: bool) -> Option<String> {
    let by = ["ed_by", "en_by", "sent_by", "made_by", "ed_to"].iter().any(|it| name.ends_with(it))
        && name != "related_to";
    let stem = name.strip_suffix("_id").or_else(|| name.strip_suffix("_ids"));
    let exact = singular(stem.unwrap_or(name));
    if (stem.is_some() || plain) && names.contains(&exact) {
        return Some(exact);
    }
    let mut meant = names.into_iter().filter(|it| stem.is_some_and(|stem| shortens(stem, it)));
    if let (Some(only), None) = (meant.next(), meant.next()) {
        return Some(only.clone());
    }
    let stem = singular(stem.or(by.then_some(name))?);
    // "assigned_user_id", and "item_id" where there is an order item only
    let ends =
        |it: &&String| stem.ends_with(it.as_str()) && stem.clip(..stem.len() - it.len()).ends_with('_');
    if let Some(found) = names.into_iter().find(ends) {
        return Some(found.clone());
    }
    let mut wholes = names.into_iter().filter(|it| last_word(it) == stem);
    if let (Some(only), None) = (wholes.next(), wholes.next()) {
        return Some(only.clone());
    }
    let users = ["user", "profile", "account", "member", "employee"].iter().find(|it| names.contains(**it));
    users.filter(|_| by || lexicon().is_person(&stem)).map(|it| (*it).to_owned())
}

/// Whether one is short for the other by its letters: "dept" for department.
fn shortens(short: &str, name: &str) -> bool {
    let mut letters = name.chars();
    let first = |it: &str| it.chars().next();
    short.len() > 1
        && first(short) == first(name)
        && short.chars().all(|it| letters.any(|letter| letter == it))
}

#[cfg(test)]
mod tests;

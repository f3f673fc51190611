//! Tables whose rows describe the fields of one thing.

use super::blocks::{Block, BlockKind, Role};
use super::fact::{Form, Signal, phrase_of};
use super::facts::Reader;
use super::item_values::values;
use super::items::items_of_tokens;
use super::lexicon::lexicon;
use super::phrases::Phrase;
use crate::base::{Span, lower};

/// Where a table of fields names the fields, and where the things that have them.
struct Columns {
    field: usize,
    thing: Option<usize>,
}

impl Columns {
    fn of(text: &str, block: &Block) -> Self {
        const FIELDS: &[&str] = &["field", "attribute", "column", "property"];
        const THINGS: &[&str] = &["entity", "table", "object", "record", "class", "thing", "form", "concept"];
        let titles: Vec<String> = block.header.iter().map(|it| lower(it.of(text))).collect();
        let at = |list: &[&str]| titles.iter().position(|it| list.iter().any(|word| it.starts_with(word)));
        let thing = at(THINGS);
        match (at(FIELDS), thing) {
            (Some(field), Some(thing)) if thing < field => Self { field, thing: Some(thing) },
            _ => Self { field: 0, thing: None },
        }
    }
}

impl Reader<'_> {
    /// What a cell names; nothing for an empty one.
    fn thing(&self, cell: Span) -> Option<Phrase> {
        let tokens = super::tokens::tokens(self.text, cell, &super::markup::Markup::default());
        items_of_tokens(&tokens).first().map(phrase_of)
    }

    /// Tables of fields: each row is an attribute of the heading's thing.
    pub(super) fn tables(&mut self) {
        let mut above: Option<Phrase> = None;
        for at in 0..self.blocks.len() {
            let block = &self.blocks[at];
            if block.kind != BlockKind::Row
                || block.role != Role::Domain
                || !super::sentences::is_field_table(self.text, block)
            {
                continue;
            }
            let columns = Columns::of(self.text, block);
            let named = columns.thing.and_then(|it| block.cells.get(it)).and_then(|it| self.thing(*it));
            if columns.thing.is_some() && named.is_some() {
                above.clone_from(&named);
            }
            let owner = if columns.thing.is_some() {
                above.clone()
            } else {
                // A heading over fields names a thing, even where its word mostly speaks of the text.
                self.context(at).or_else(|| {
                    let heading = self.blocks[at].heading?;
                    let span = self.blocks[heading].span;
                    self.thing(span).filter(|it| lexicon().business.contains(it.key.as_str()))
                })
            };
            let Some(owner) = owner else { continue };
            let Some(name) = block.cells.get(columns.field) else { continue };
            let tokens = super::tokens::tokens(self.text, *name, &super::markup::Markup::default());
            let mut found = items_of_tokens(&tokens);
            found.truncate(1);
            let rest = block.cells.get(columns.field + 1..).unwrap_or(&[]);
            for item in &mut found {
                for cell in rest {
                    let said = lower(cell.of(self.text));
                    item.stated = item.stated.take().or_else(|| super::types::stated_type(&said));
                    item.unique |= said.contains("unique");
                    item.nullable |= said.contains("optional") || said.contains("nullable");
                    let words: Vec<&str> = said.split_whitespace().collect();
                    item.maintained |= lexicon().says_maintained(&words);
                    item.boolean |= said.starts_with("bool") || said == "y/n";
                    if said.starts_with("enum")
                        || said.matches([',', '/', '|']).count() >= 2 && said.len() < 90
                    {
                        let inner =
                            super::tokens::tokens(self.text, *cell, &super::markup::Markup::default());
                        let all: Vec<_> = inner
                            .into_iter()
                            .filter(|it| !it.says("enum") && !it.is("(") && !it.is(")"))
                            .collect();
                        let all = values(&all);
                        if all.len() >= 2 && item.values.is_empty() {
                            item.values = all;
                        }
                    }
                }
            }
            self.owns(&owner, found, Form::Table);
            if self.owners.insert(owner.key.clone()) {
                self.see(&owner, Signal::ListOwner);
            }
        }
    }
}

//! Tables whose rows describe the fields of one thing.

use super::blocks::{BlockKind, Role};
use super::fact::{Form, Signal};
use super::facts::Reader;
use super::item_values::values;
use super::items::items_of_tokens;

impl Reader<'_> {
    /// Tables of fields: each row is an attribute of the heading's thing.
    pub(super) fn tables(&mut self) {
        for at in 0..self.blocks.len() {
            let block = &self.blocks[at];
            if block.kind != BlockKind::Row
                || block.role != Role::Domain
                || !super::sentences::is_field_table(self.text, block)
            {
                continue;
            }
            let Some(owner) = self.context(at) else { continue };
            let Some(name) = block.cells.first() else { continue };
            let tokens = super::tokens::tokens(self.text, *name, &super::markup::Markup::default());
            let mut found = items_of_tokens(&tokens);
            found.truncate(1);
            let rest = block.cells.get(1..).unwrap_or(&[]);
            for item in &mut found {
                for cell in rest {
                    let said = cell.of(self.text).to_lowercase();
                    item.stated = item.stated.take().or_else(|| super::types::stated_type(&said));
                    item.unique |= said.contains("unique");
                    item.nullable |= said.contains("optional") || said.contains("nullable");
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

//! Rules about what a reader of the schema has to guess.

mod deprecated_but_required;
mod undocumented_jsonb;
mod undocumented_obscure_column;
mod undocumented_table;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &undocumented_table::RULE,
    &undocumented_obscure_column::RULE,
    &undocumented_jsonb::RULE,
    &deprecated_but_required::RULE,
];

//! Rules about what a reader of the schema has to guess.

mod deprecated_but_required;
mod requirement_not_covered;
mod scale_facts_missing;
mod stale_comment;
mod undocumented_code_values;
mod undocumented_jsonb;
mod undocumented_obscure_column;
mod undocumented_table;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &undocumented_table::RULE,
    &undocumented_obscure_column::RULE,
    &undocumented_jsonb::RULE,
    &undocumented_code_values::RULE,
    &stale_comment::RULE,
    &deprecated_but_required::RULE,
    &requirement_not_covered::RULE,
    &scale_facts_missing::RULE,
];

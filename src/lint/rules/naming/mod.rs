//! Rules about names.

mod foreign_key_column_name;
mod identifier_too_long;
mod meaningless_name;
mod mixed_plurality;
mod name_needs_quoting;
mod negated_boolean;
mod reserved_word;
mod system_namespace;
mod temporal_suffix_mismatch;
mod unit_missing;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &name_needs_quoting::RULE,
    &reserved_word::RULE,
    &identifier_too_long::RULE,
    &mixed_plurality::RULE,
    &foreign_key_column_name::RULE,
    &meaningless_name::RULE,
    &negated_boolean::RULE,
    &temporal_suffix_mismatch::RULE,
    &unit_missing::RULE,
    &system_namespace::RULE,
];

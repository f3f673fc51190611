//! Rules about tables, columns and types as such.

mod all_data_columns_nullable;
mod duplicate_enum_label;
mod durable_data_unlogged;
mod enum_without_labels;
mod isolated_table;
mod missing_audit_trail;
mod not_null_default_null;
mod partitioned_table_without_partitions;
mod rewrite_rule;
mod table_inheritance;
mod table_without_columns;
mod trigger_function_mismatch;
mod unused_type_or_sequence;
mod wide_table;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &table_without_columns::RULE,
    &not_null_default_null::RULE,
    &enum_without_labels::RULE,
    &duplicate_enum_label::RULE,
    &wide_table::RULE,
    &isolated_table::RULE,
    &all_data_columns_nullable::RULE,
    &table_inheritance::RULE,
    &rewrite_rule::RULE,
    &partitioned_table_without_partitions::RULE,
    &unused_type_or_sequence::RULE,
    &durable_data_unlogged::RULE,
    &trigger_function_mismatch::RULE,
    &missing_audit_trail::RULE,
];

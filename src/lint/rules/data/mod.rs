//! Rules about scripts that lose data or may be refused by it.

mod constraint_may_fail_on_rows;
mod constraints_bypassed_during_load;
mod delete_action_widened;
mod delete_without_filter;
mod drop_and_add_looks_like_rename;
mod drop_cascade;
mod drop_column;
mod drop_schema_or_database;
mod drop_table;
mod lossy_type_change;
mod not_null_may_fail_on_nulls;
mod protection_removed;
mod truncate;
mod unique_may_fail_on_duplicates;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &drop_table::RULE,
    &drop_column::RULE,
    &drop_schema_or_database::RULE,
    &truncate::RULE,
    &delete_without_filter::RULE,
    &lossy_type_change::RULE,
    &drop_and_add_looks_like_rename::RULE,
    &unique_may_fail_on_duplicates::RULE,
    &not_null_may_fail_on_nulls::RULE,
    &constraint_may_fail_on_rows::RULE,
    &drop_cascade::RULE,
    &protection_removed::RULE,
    &delete_action_widened::RULE,
    &constraints_bypassed_during_load::RULE,
];

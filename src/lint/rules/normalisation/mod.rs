//! Rules about facts that stand in more than one place, or in the wrong one.

mod delimited_list_in_text;
mod derived_column;
mod entity_attribute_value;
mod jsonb_field_behaves_like_column;
mod lookup_for_closed_set;
mod missing_snapshot;
mod near_identical_tables;
mod one_true_lookup;
mod partial_dependency;
mod prefixed_column_group;
mod redundant_copied_column;
mod redundant_relationship_path;
mod repeating_columns;
mod snapshot_not_marked;
mod sparse_subtypes;
mod table_per_value;
mod transitive_dependency;
mod twin_state_columns;
mod unmaintained_counter;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &redundant_copied_column::RULE,
    &snapshot_not_marked::RULE,
    &missing_snapshot::RULE,
    &derived_column::RULE,
    &unmaintained_counter::RULE,
    &transitive_dependency::RULE,
    &partial_dependency::RULE,
    &repeating_columns::RULE,
    &delimited_list_in_text::RULE,
    &table_per_value::RULE,
    &entity_attribute_value::RULE,
    &jsonb_field_behaves_like_column::RULE,
    &lookup_for_closed_set::RULE,
    &twin_state_columns::RULE,
    &one_true_lookup::RULE,
    &near_identical_tables::RULE,
    &sparse_subtypes::RULE,
    &prefixed_column_group::RULE,
    &redundant_relationship_path::RULE,
];

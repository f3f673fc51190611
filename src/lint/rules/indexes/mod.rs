//! Rules about indexes.

mod access_pattern_unserved;
mod brin_candidate;
mod duplicate_index;
mod hash_index;
mod idle_index_predicate;
mod index_lists_column_twice;
mod index_serves_nothing;
mod index_shadowed_by_key;
mod low_cardinality_index;
mod range_column_before_equality;
mod redundant_prefix_index;
mod sort_without_tiebreaker;
mod sparse_column_full_index;
mod tenant_column_not_leading;
mod text_search_unindexed;
mod too_many_indexes;
mod unindexed_foreign_key;
mod wide_index;
mod wrong_index_method;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &unindexed_foreign_key::RULE,
    &duplicate_index::RULE,
    &index_shadowed_by_key::RULE,
    &redundant_prefix_index::RULE,
    &low_cardinality_index::RULE,
    &access_pattern_unserved::RULE,
    &range_column_before_equality::RULE,
    &index_serves_nothing::RULE,
    &wrong_index_method::RULE,
    &text_search_unindexed::RULE,
    &too_many_indexes::RULE,
    &wide_index::RULE,
    &index_lists_column_twice::RULE,
    &idle_index_predicate::RULE,
    &sparse_column_full_index::RULE,
    &hash_index::RULE,
    &brin_candidate::RULE,
    &tenant_column_not_leading::RULE,
    &sort_without_tiebreaker::RULE,
];

//! Rules about foreign keys, and about those that are missing.

mod actor_reference_cascades;
mod ambiguous_parallel_references;
mod cascade_into_records_of_account;
mod composite_fk_partially_null;
mod deep_cascade_chain;
mod delete_action_unstated;
mod duplicate_foreign_key;
mod foreign_key_type_mismatch;
mod hierarchy_depth_unenforced;
mod id_list_instead_of_junction;
mod implied_relationship_without_fk;
mod likely_many_to_many;
mod membership_without_payload;
mod one_to_one_not_unique;
mod polymorphic_association;
mod self_reference_allows_loop;
mod self_reference_not_null;
mod set_null_on_required_column;
mod soft_delete_gap;
mod tenant_crossing_reference;
mod unsatisfiable_fk_cycle;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &foreign_key_type_mismatch::RULE,
    &implied_relationship_without_fk::RULE,
    &delete_action_unstated::RULE,
    &set_null_on_required_column::RULE,
    &cascade_into_records_of_account::RULE,
    &actor_reference_cascades::RULE,
    &deep_cascade_chain::RULE,
    &polymorphic_association::RULE,
    &unsatisfiable_fk_cycle::RULE,
    &self_reference_not_null::RULE,
    &self_reference_allows_loop::RULE,
    &hierarchy_depth_unenforced::RULE,
    &id_list_instead_of_junction::RULE,
    &duplicate_foreign_key::RULE,
    &composite_fk_partially_null::RULE,
    &tenant_crossing_reference::RULE,
    &one_to_one_not_unique::RULE,
    &soft_delete_gap::RULE,
    &likely_many_to_many::RULE,
    &ambiguous_parallel_references::RULE,
    &membership_without_payload::RULE,
];

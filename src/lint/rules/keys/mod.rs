//! Rules about primary and unique keys.

mod case_sensitive_identity;
mod inexact_key_type;
mod junction_idle_surrogate;
mod junction_pair_not_unique;
mod missing_primary_key;
mod mutable_natural_key;
mod narrow_primary_key;
mod random_uuid_primary_key;
mod redundant_unique_key;
mod sequence_narrower_than_column;
mod serial_column;
mod soft_delete_blocks_reuse;
mod surrogate_without_natural_key;
mod textual_uuid_key;
mod unique_not_tenant_scoped;
mod unique_with_nullable_column;
mod wide_composite_primary_key;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &missing_primary_key::RULE,
    &serial_column::RULE,
    &narrow_primary_key::RULE,
    &textual_uuid_key::RULE,
    &mutable_natural_key::RULE,
    &surrogate_without_natural_key::RULE,
    &junction_pair_not_unique::RULE,
    &junction_idle_surrogate::RULE,
    &random_uuid_primary_key::RULE,
    &unique_with_nullable_column::RULE,
    &soft_delete_blocks_reuse::RULE,
    &redundant_unique_key::RULE,
    &case_sensitive_identity::RULE,
    &inexact_key_type::RULE,
    &wide_composite_primary_key::RULE,
    &unique_not_tenant_scoped::RULE,
    &sequence_narrower_than_column::RULE,
];

//! Rules about what rows may hold.

mod account_cannot_leave;
mod append_only_unprotected;
mod audit_column_without_default;
mod blank_allowed;
mod demand_not_met;
mod duplicate_check;
mod exclusive_arc_unchecked;
mod ineffective_check;
mod json_kind_unchecked;
mod missing_actor_columns;
mod missing_audit_timestamps;
mod missing_idempotency_key;
mod missing_non_negative_check;
mod missing_range_check;
mod missing_soft_delete;
mod nullable_boolean;
mod nullable_with_default;
mod overlap_not_excluded;
mod single_flag_unenforced;
mod unanchored_pattern_check;
mod unconstrained_status;
mod unordered_range;
mod unstable_check;
mod unvalidated_constraint;
mod updated_at_not_maintained;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &nullable_with_default::RULE,
    &nullable_boolean::RULE,
    &unconstrained_status::RULE,
    &missing_non_negative_check::RULE,
    &missing_range_check::RULE,
    &unordered_range::RULE,
    &overlap_not_excluded::RULE,
    &missing_audit_timestamps::RULE,
    &updated_at_not_maintained::RULE,
    &audit_column_without_default::RULE,
    &missing_actor_columns::RULE,
    &missing_soft_delete::RULE,
    &exclusive_arc_unchecked::RULE,
    &single_flag_unenforced::RULE,
    &duplicate_check::RULE,
    &ineffective_check::RULE,
    &unstable_check::RULE,
    &unvalidated_constraint::RULE,
    &blank_allowed::RULE,
    &unanchored_pattern_check::RULE,
    &append_only_unprotected::RULE,
    &json_kind_unchecked::RULE,
    &missing_idempotency_key::RULE,
    &account_cannot_leave::RULE,
    &demand_not_met::RULE,
];

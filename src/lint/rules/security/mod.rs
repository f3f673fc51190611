//! Rules about who may see and change rows.

mod definer_function_public_execute;
mod definer_function_search_path;
mod extension_in_public;
mod function_search_path_unset;
mod guessable_public_id;
mod missing_visibility_hook;
mod overlapping_permissive_policies;
mod personal_data_unclassified;
mod plaintext_secret;
mod policy_always_true;
mod policy_calls_function_per_row;
mod policy_column_unindexed;
mod policy_command_gap;
mod policy_recursion;
mod policy_trusts_editable_claim;
mod policy_without_rls;
mod policy_write_unchecked;
mod public_schema_writable;
mod rls_incapable_relation_exposed;
mod rls_not_forced_on_owner;
mod rls_without_policy;
mod tenant_key_missing;
mod tenant_key_nullable;
mod tenant_table_without_rls;
mod view_bypasses_rls;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &tenant_table_without_rls::RULE,
    &rls_without_policy::RULE,
    &policy_without_rls::RULE,
    &policy_always_true::RULE,
    &rls_not_forced_on_owner::RULE,
    &policy_calls_function_per_row::RULE,
    &overlapping_permissive_policies::RULE,
    &policy_write_unchecked::RULE,
    &policy_command_gap::RULE,
    &policy_column_unindexed::RULE,
    &policy_recursion::RULE,
    &policy_trusts_editable_claim::RULE,
    &definer_function_search_path::RULE,
    &definer_function_public_execute::RULE,
    &view_bypasses_rls::RULE,
    &rls_incapable_relation_exposed::RULE,
    &plaintext_secret::RULE,
    &personal_data_unclassified::RULE,
    &public_schema_writable::RULE,
    &tenant_key_missing::RULE,
    &tenant_key_nullable::RULE,
    &guessable_public_id::RULE,
    &extension_in_public::RULE,
    &missing_visibility_hook::RULE,
    &function_search_path_unset::RULE,
];

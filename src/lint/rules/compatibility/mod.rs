//! Rules about what breaks for others: code that runs, versions, platforms.

mod column_renamed_in_place;
mod dependent_object_breaks;
mod enum_contract_changed;
mod extension_not_declared;
mod feature_newer_than_target;
mod function_signature_changed;
mod generator_cannot_express;
mod needless_extension;
mod not_null_dropped;
mod not_portable;
mod platform_cannot_run;
mod replica_identity_missing;
mod table_renamed_in_place;
mod view_replacement_incompatible;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &column_renamed_in_place::RULE,
    &table_renamed_in_place::RULE,
    &enum_contract_changed::RULE,
    &not_null_dropped::RULE,
    &dependent_object_breaks::RULE,
    &view_replacement_incompatible::RULE,
    &function_signature_changed::RULE,
    &feature_newer_than_target::RULE,
    &extension_not_declared::RULE,
    &needless_extension::RULE,
    &platform_cannot_run::RULE,
    &not_portable::RULE,
    &generator_cannot_express::RULE,
    &replica_identity_missing::RULE,
];

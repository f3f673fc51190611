//! Rules about locks, rewrites and order in scripts that change a database.

mod attach_partition_scans;
mod backfill_with_ddl;
mod check_validated_on_add;
mod column_default_rewrites_table;
mod column_type_change_rewrites;
mod composite_type_attribute_change;
mod concurrent_index_if_not_exists;
mod concurrent_inside_transaction;
mod detach_partition_blocks;
mod domain_constraint_on_live_domain;
mod drop_locks_referenced_tables;
mod enum_value_order_unstated;
mod enum_value_used_before_commit;
mod exclusion_constraint_on_existing_table;
mod exclusive_locks_on_several_tables;
mod expand_and_contract_together;
mod foreign_key_validated_on_add;
mod full_rewrite_maintenance;
mod index_drop_not_concurrent;
mod index_not_concurrent;
mod index_on_partitioned_parent;
mod index_replaced_with_gap;
mod matview_refresh_blocks_readers;
mod missing_lock_timeout;
mod missing_statement_timeout;
mod not_resumable;
mod primary_key_builds_index;
mod reindex_not_concurrent;
mod required_column_without_default;
mod rls_rollout_gap;
mod sequence_behind_copied_rows;
mod serial_or_identity_column_on_existing_table;
mod set_not_null_scans;
mod several_alters_same_table;
mod stored_generated_column_on_existing_table;
mod transaction_control_mismatch;
mod trigger_change_on_live_table;
mod unbatched_backfill;
mod unique_constraint_builds_index;
mod unknown_order_dependency;
mod validate_in_same_transaction;
mod work_while_holding_exclusive_lock;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &index_not_concurrent::RULE,
    &index_drop_not_concurrent::RULE,
    &concurrent_inside_transaction::RULE,
    &foreign_key_validated_on_add::RULE,
    &check_validated_on_add::RULE,
    &validate_in_same_transaction::RULE,
    &set_not_null_scans::RULE,
    &required_column_without_default::RULE,
    &column_default_rewrites_table::RULE,
    &serial_or_identity_column_on_existing_table::RULE,
    &stored_generated_column_on_existing_table::RULE,
    &unique_constraint_builds_index::RULE,
    &primary_key_builds_index::RULE,
    &exclusion_constraint_on_existing_table::RULE,
    &column_type_change_rewrites::RULE,
    &composite_type_attribute_change::RULE,
    &domain_constraint_on_live_domain::RULE,
    &missing_lock_timeout::RULE,
    &missing_statement_timeout::RULE,
    &work_while_holding_exclusive_lock::RULE,
    &exclusive_locks_on_several_tables::RULE,
    &several_alters_same_table::RULE,
    &backfill_with_ddl::RULE,
    &unbatched_backfill::RULE,
    &enum_value_used_before_commit::RULE,
    &enum_value_order_unstated::RULE,
    &reindex_not_concurrent::RULE,
    &full_rewrite_maintenance::RULE,
    &matview_refresh_blocks_readers::RULE,
    &attach_partition_scans::RULE,
    &detach_partition_blocks::RULE,
    &index_on_partitioned_parent::RULE,
    &concurrent_index_if_not_exists::RULE,
    &index_replaced_with_gap::RULE,
    &trigger_change_on_live_table::RULE,
    &transaction_control_mismatch::RULE,
    &not_resumable::RULE,
    &unknown_order_dependency::RULE,
    &drop_locks_referenced_tables::RULE,
    &expand_and_contract_together::RULE,
    &rls_rollout_gap::RULE,
    &sequence_behind_copied_rows::RULE,
];

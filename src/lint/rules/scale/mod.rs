//! Rules about growth, and about what is costly to change later.

mod column_order_padding;
mod hard_to_evolve_type;
mod log_without_retention;
mod missing_order_column;
mod partition_key_unused;
mod unpartitioned_growth;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &unpartitioned_growth::RULE,
    &partition_key_unused::RULE,
    &log_without_retention::RULE,
    &column_order_padding::RULE,
    &hard_to_evolve_type::RULE,
    &missing_order_column::RULE,
];

//! Rules about growth, and about what is costly to change later.

mod hard_to_evolve_type;
mod missing_order_column;
mod unpartitioned_growth;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] =
    &[&unpartitioned_growth::RULE, &hard_to_evolve_type::RULE, &missing_order_column::RULE];

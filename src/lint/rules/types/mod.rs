//! Rules about the types of columns.

mod amount_without_currency;
mod arbitrary_varchar_limit;
mod boolean_stored_as_code;
mod coordinate_pair;
mod enum_for_open_set;
mod file_content_in_row;
mod fixed_char;
mod float_for_exact_amount;
mod future_local_time_without_zone;
mod integer_position_column;
mod json_instead_of_jsonb;
mod mixed_enumeration_styles;
mod money_type;
mod narrow_accumulator;
mod network_address_as_text;
mod object_identifier_type_stored;
mod rounded_timestamp;
mod same_name_different_type;
mod serial_on_foreign_key;
mod temporal_stored_as_text_or_number;
mod time_with_time_zone;
mod timestamp_without_time_zone;
mod unbounded_numeric_money;
mod uuid_stored_as_text;

use crate::lint::Rule;

/// In order of their codes.
pub static RULES: &[&Rule] = &[
    &timestamp_without_time_zone::RULE,
    &time_with_time_zone::RULE,
    &rounded_timestamp::RULE,
    &fixed_char::RULE,
    &float_for_exact_amount::RULE,
    &json_instead_of_jsonb::RULE,
    &money_type::RULE,
    &arbitrary_varchar_limit::RULE,
    &uuid_stored_as_text::RULE,
    &temporal_stored_as_text_or_number::RULE,
    &boolean_stored_as_code::RULE,
    &network_address_as_text::RULE,
    &file_content_in_row::RULE,
    &enum_for_open_set::RULE,
    &integer_position_column::RULE,
    &serial_on_foreign_key::RULE,
    &amount_without_currency::RULE,
    &future_local_time_without_zone::RULE,
    &object_identifier_type_stored::RULE,
    &narrow_accumulator::RULE,
    &same_name_different_type::RULE,
    &mixed_enumeration_styles::RULE,
    &unbounded_numeric_money::RULE,
    &coordinate_pair::RULE,
];

//! Built-in functions by the version that brought them.

/// Sorted by name. Source: release notes of PostgreSQL 14 to 18, "Functions".
const SINCE: &[(&str, u8)] = &[
    ("any_value", 16),
    ("array_reverse", 18),
    ("array_sample", 16),
    ("array_shuffle", 16),
    ("array_sort", 18),
    ("bit_count", 14),
    ("casefold", 18),
    ("crc32", 18),
    ("crc32c", 18),
    ("date_add", 16),
    ("date_bin", 14),
    ("date_subtract", 16),
    ("erf", 16),
    ("erfc", 16),
    ("gamma", 18),
    ("json_array", 16),
    ("json_arrayagg", 16),
    ("json_exists", 17),
    ("json_object_agg_strict", 16),
    ("json_objectagg", 16),
    ("json_query", 17),
    ("json_scalar", 17),
    ("json_serialize", 17),
    ("json_table", 17),
    ("json_value", 17),
    ("lgamma", 18),
    ("multirange", 14),
    ("pg_input_is_valid", 16),
    ("random_normal", 16),
    ("range_agg", 14),
    ("range_intersect_agg", 14),
    ("regexp_count", 15),
    ("regexp_instr", 15),
    ("regexp_like", 15),
    ("regexp_substr", 15),
    ("string_to_table", 14),
    ("system_user", 16),
    ("to_bin", 17),
    ("to_oct", 17),
    ("trim_array", 14),
    ("unicode_assigned", 17),
    ("unistr", 14),
    ("uuid_extract_timestamp", 17),
    ("uuid_extract_version", 17),
    ("uuidv4", 18),
    ("uuidv7", 18),
    ("xmltext", 17),
];

/// The major version that brought a built-in function, when that is newer than 13.
pub fn function_since(name: &str) -> Option<u8> {
    let found = SINCE.binary_search_by_key(&name, |it| it.0).ok()?;
    SINCE.get(found).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_functions_are_known_by_name() {
        assert!(SINCE.is_sorted_by_key(|it| it.0));
        assert_eq!(function_since("uuidv7"), Some(18));
        assert_eq!(function_since("lower"), None);
    }
}

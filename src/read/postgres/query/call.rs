//! What functions of PostgreSQL give.

use crate::design::DataType;
use crate::pg::{Builtin, TypeFamily};

use super::expression::{common, is_unknown, plain, text};

/// The type that a function gives for arguments of these types; none where the function, or an argument that decides, is not
/// known.
///
/// Source: PostgreSQL manual, "Functions and Operators".
pub fn result(name: &str, arguments: &[Option<DataType>]) -> Option<DataType> {
    let first = || arguments.first().cloned().flatten().map(|it| if is_unknown(&it) { text() } else { it });
    let builtin = match name {
        "count"
        | "row_number"
        | "rank"
        | "dense_rank"
        | "nextval"
        | "currval"
        | "lastval"
        | "setval"
        | "txid_current"
        | "pg_relation_size"
        | "pg_total_relation_size" => Builtin::BigInt,
        "ntile" | "length" | "char_length" | "character_length" | "octet_length" | "bit_length" | "ascii"
        | "strpos" | "array_length" | "array_lower" | "array_upper" | "array_position" | "cardinality"
        | "jsonb_array_length" | "json_array_length" | "pg_backend_pid" | "hashtext" => Builtin::Integer,
        "now"
        | "transaction_timestamp"
        | "clock_timestamp"
        | "statement_timestamp"
        | "to_timestamp"
        | "make_timestamptz" => Builtin::TimestampTz,
        "make_timestamp" => Builtin::Timestamp,
        "to_date" | "make_date" | "date" => Builtin::Date,
        "age" | "justify_days" | "justify_hours" | "justify_interval" | "make_interval" => Builtin::Interval,
        "lower" | "upper" if first().is_some_and(|it| !is_range(&it)) => Builtin::Text,
        "btrim"
        | "trim"
        | "ltrim"
        | "rtrim"
        | "concat"
        | "concat_ws"
        | "replace"
        | "left"
        | "right"
        | "md5"
        | "initcap"
        | "format"
        | "to_char"
        | "string_agg"
        | "regexp_replace"
        | "regexp_substr"
        | "split_part"
        | "array_to_string"
        | "quote_ident"
        | "quote_literal"
        | "quote_nullable"
        | "encode"
        | "repeat"
        | "lpad"
        | "rpad"
        | "reverse"
        | "translate"
        | "chr"
        | "to_hex"
        | "jsonb_extract_path_text"
        | "json_extract_path_text"
        | "jsonb_typeof"
        | "json_typeof"
        | "current_setting"
        | "version"
        | "unistr"
        | "jsonb_pretty"
        | "obj_description"
        | "col_description"
        | "pg_get_viewdef" => Builtin::Text,
        "substring" | "substr" if first().is_some_and(|it| it.as_builtin() != Some(Builtin::Bytea)) => {
            Builtin::Text
        }
        "bool_and"
        | "bool_or"
        | "every"
        | "isfinite"
        | "starts_with"
        | "isempty"
        | "jsonb_exists"
        | "has_table_privilege"
        | "regexp_like" => Builtin::Boolean,
        "json_agg" | "json_build_object" | "json_build_array" | "json_object_agg" | "to_json"
        | "row_to_json" | "array_to_json" | "json_object" | "json_extract_path" | "json_strip_nulls" => {
            Builtin::Json
        }
        "jsonb_agg" | "jsonb_build_object" | "jsonb_build_array" | "jsonb_object_agg" | "to_jsonb"
        | "jsonb_set" | "jsonb_insert" | "jsonb_object" | "jsonb_extract_path" | "jsonb_strip_nulls" => {
            Builtin::Jsonb
        }
        "gen_random_uuid" | "uuid_generate_v1" | "uuid_generate_v1mc" | "uuid_generate_v4" | "uuidv4"
        | "uuidv7" => Builtin::Uuid,
        "random" | "date_part" | "pi" | "cume_dist" | "percent_rank" | "similarity" => Builtin::Double,
        "to_number" => Builtin::Numeric,
        "to_tsvector" | "setweight" | "strip" => Builtin::TsVector,
        "to_tsquery" | "plainto_tsquery" | "phraseto_tsquery" | "websearch_to_tsquery" => Builtin::TsQuery,
        "decode" | "digest" | "sha256" | "sha512" | "gen_random_bytes" | "convert_to" => Builtin::Bytea,
        "string_to_array" | "regexp_split_to_array" | "regexp_matches" | "regexp_match" => {
            return Some(text().array(1));
        }
        "coalesce" | "greatest" | "least" => {
            return common(arguments.iter().cloned().collect::<Option<Vec<_>>>()?);
        }
        "nullif" | "lag" | "lead" | "first_value" | "last_value" | "nth_value" | "any_value"
        | "array_remove" | "array_append" | "array_cat" | "abs" | "mod" => return first().map(plain),
        "array_prepend" => return arguments.get(1).cloned().flatten().map(plain),
        // They are made for `text` and not for the types with a length.
        "min" | "max" => {
            let it = plain(first()?);
            return Some(if it.as_builtin() == Some(Builtin::Varchar) { text() } else { it });
        }
        "array_agg" => {
            let it = plain(first()?);
            return Some(if it.dimensions > 0 { it } else { it.array(1) });
        }
        "unnest" => return first().filter(|it| it.dimensions > 0).map(|it| it.array(0)),
        "sum" => match first()?.as_builtin()? {
            Builtin::SmallInt | Builtin::Integer => Builtin::BigInt,
            Builtin::BigInt | Builtin::Numeric => Builtin::Numeric,
            it @ (Builtin::Real | Builtin::Double | Builtin::Money | Builtin::Interval) => it,
            _ => return None,
        },
        "avg" | "stddev" | "variance" | "stddev_pop" | "stddev_samp" | "var_pop" | "var_samp" => {
            match first()?.as_builtin()? {
                Builtin::Interval => Builtin::Interval,
                Builtin::Real | Builtin::Double => Builtin::Double,
                it if matches!(it.family(), TypeFamily::Integer | TypeFamily::Numeric) => Builtin::Numeric,
                _ => return None,
            }
        }
        "round" | "trunc" | "ceil" | "ceiling" | "floor" | "sqrt" | "exp" | "ln" | "log" | "power"
        | "sign" => {
            let numeric = arguments.iter().flatten().any(|it| it.as_builtin() == Some(Builtin::Numeric));
            // `round(x, 2)` is there for `numeric` alone.
            if numeric || matches!(name, "round" | "trunc") && arguments.len() > 1 {
                Builtin::Numeric
            } else {
                Builtin::Double
            }
        }
        "date_trunc" => match arguments.get(1).cloned().flatten()?.as_builtin()? {
            it @ (Builtin::Timestamp | Builtin::Interval) => it,
            Builtin::TimestampTz | Builtin::Date => Builtin::TimestampTz,
            _ => return None,
        },
        _ => return None,
    };
    Some(DataType::builtin(builtin))
}

fn is_range(it: &DataType) -> bool {
    it.as_builtin().is_none_or(|it| it.name().ends_with("range"))
}

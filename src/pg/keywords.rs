//! The words of SQL that a name must not be without quotes.
//!
//! Source: PostgreSQL 18 `src/include/parser/kwlist.h`, every word that is reserved, or not allowed as a function or type
//! name, or not allowed as a column name: what `quote_ident()` quotes apart from letter case.

/// Keywords that neither a column nor a type may be called without quotes, or only a type or function may. Sorted, lower case.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

/// Keywords that a column or table may be called without quotes, though no function or type may.
///
/// Source: PostgreSQL manual, Appendix C, "SQL Key Words": "non-reserved (cannot be function or type)".
const COLUMN_NAMES: &[&str] = &[
    "between",
    "bigint",
    "bit",
    "boolean",
    "char",
    "character",
    "coalesce",
    "dec",
    "decimal",
    "exists",
    "extract",
    "float",
    "greatest",
    "grouping",
    "inout",
    "int",
    "integer",
    "interval",
    "json",
    "json_array",
    "json_arrayagg",
    "json_exists",
    "json_object",
    "json_objectagg",
    "json_query",
    "json_scalar",
    "json_serialize",
    "json_table",
    "json_value",
    "least",
    "merge_action",
    "national",
    "nchar",
    "none",
    "normalize",
    "nullif",
    "numeric",
    "out",
    "overlay",
    "position",
    "precision",
    "real",
    "row",
    "setof",
    "smallint",
    "substring",
    "time",
    "timestamp",
    "treat",
    "trim",
    "values",
    "varchar",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
];

/// Whether a name in lower case is a keyword that a column cannot be called without quotes.
pub fn is_reserved(name: &str) -> bool {
    // Asked of every name that is written: most are told apart by where their first letter begins.
    let Some(first @ b'a'..=b'z') = name.bytes().next() else { return false };
    let (from, to) = (STARTS[usize::from(first - b'a')], STARTS[usize::from(first - b'a') + 1]);
    RESERVED.get(from..to).is_some_and(|it| it.contains(&name))
}

/// Where the words of each letter begin among [`RESERVED`], and where the last end.
const STARTS: [usize; 27] = {
    let mut starts = [RESERVED.len(); 27];
    let mut at = RESERVED.len();
    while at > 0 {
        at -= 1;
        let mut letter = (RESERVED[at].as_bytes()[0] - b'a') as usize + 1;
        while letter > 0 {
            letter -= 1;
            starts[letter] = at;
        }
    }
    starts
};

/// Whether a name must be written between double quotes to mean itself.
pub fn needs_quotes(name: &str) -> bool {
    let plain = name.starts_with(|it: char| it.is_ascii_lowercase() || it == '_')
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    !plain || is_reserved(name) || COLUMN_NAMES.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted_and_plain_names_stay_bare() {
        assert!(RESERVED.is_sorted());
        assert!(needs_quotes("user") && needs_quotes("Order") && needs_quotes("1st") && needs_quotes(""));
        assert!(!needs_quotes("task") && !needs_quotes("_x9"));
        assert!(COLUMN_NAMES.is_sorted() && COLUMN_NAMES.iter().all(|it| needs_quotes(it)));
        assert!(is_reserved("user") && !is_reserved("position") && !is_reserved("task"));
    }
}

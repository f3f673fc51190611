//! What the extensions bring that are shipped with PostgreSQL itself.

/// Whether a type comes from an extension that every installation of PostgreSQL can have, so that a script that uses it can
/// be expected to run.
///
/// Source: PostgreSQL 18 manual, appendix F, and the `CREATE TYPE` and `CREATE DOMAIN` of `contrib/*/*.sql`.
pub fn is_contrib_type(name: &str) -> bool {
    matches!(
        name,
        "citext"
            | "cube"
            | "ean13"
            | "earth"
            | "hstore"
            | "isbn"
            | "isbn13"
            | "ismn"
            | "ismn13"
            | "issn"
            | "issn13"
            | "lo"
            | "lquery"
            | "ltree"
            | "ltxtquery"
            | "query_int"
            | "seg"
            | "tablefunc_crosstab_2"
            | "tablefunc_crosstab_3"
            | "tablefunc_crosstab_4"
            | "upc"
    )
}

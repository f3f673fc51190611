//! Column default rewrites table.

use crate::lint::prelude::*;

rule! {
    /// Flags a column whose default differs from row to row, or whose domain demands something, added to an existing table.
    ///
    /// ## Why
    ///
    /// PostgreSQL writes the whole table anew under an ACCESS EXCLUSIVE lock. A constant default, or `now()`, costs
    /// nothing (PostgreSQL 11).
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column public_id uuid default gen_random_uuid();
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column public_id uuid;
    /// alter table orders alter column public_id set default gen_random_uuid();
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", notes on volatile defaults.
    MIG009 "column-default-rewrites-table" Error [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let Action::AddColumn(it) = action else { continue };
        if let Some(domain) = demanding(steps, &it.data_type) {
            steps
                .report(
                    at,
                    table,
                    format!("`{table}` is written anew: every row is held to the domain `{domain}`"),
                )
                .because(
                    "a column of the type below it, with a check NOT VALID that is validated later, is not",
                );
            continue;
        }
        let Some(default) = &it.default else { continue };
        let called = crate::sql::mentions(default).into_iter().find(|it| {
            let name = it.last().name.as_str();
            // A type's name with something in parentheses is a cast; without, it is a function of that name.
            let cast = Builtin::from_name(name).is_some() && !is_called_bare(default, name);
            it.role == crate::sql::Role::Call
                && !STEADY.contains(&name)
                && !cast
                && !steps.after().functions().any(|it| it.name == name && is_steady(it))
        });
        if let Some(called) = called {
            let fix = default_later(steps, at, it, default);
            steps
                .report(
                    at,
                    table,
                    format!("`{table}` is written anew: `{}` differs from row to row", called.last().name),
                )
                .risky_if("Add the column first, then its default", fix.map(Remedy::from));
        }
    }
}

/// The domain that a column is of, where it demands something.
fn demanding(steps: &Steps<'_>, data_type: &str) -> Option<String> {
    let name = data_type.rsplit('.').next()?;
    let known = |it: &Design| {
        let found = it.domains().find(|it| it.name == name)?;
        Some((found.not_null || !found.checks.is_empty()).then(|| found.name.clone()))
    };
    known(steps.before()).or_else(|| known(steps.after())).flatten()
}

/// Functions of PostgreSQL that are used in defaults and give the same for all rows of a statement; in order.
///
/// Source: `pg_proc.provolatile` of PostgreSQL 18 (`i` or `s`), and the manual's "Conditional Expressions".
const STEADY: &[&str] = &[
    "abs",
    "age",
    "array",
    "array_append",
    "array_fill",
    "ascii",
    "btrim",
    "ceil",
    "ceiling",
    "char_length",
    "chr",
    "coalesce",
    "concat",
    "concat_ws",
    "current_catalog",
    "current_database",
    "current_date",
    "current_schema",
    "current_setting",
    "current_time",
    "current_timestamp",
    "current_user",
    "date",
    "date_part",
    "date_trunc",
    "daterange",
    "decode",
    "digest",
    "encode",
    "extract",
    "floor",
    "format",
    "greatest",
    "hashtext",
    "inet_client_addr",
    "initcap",
    "int4range",
    "int8range",
    "json_array",
    "json_build_array",
    "json_build_object",
    "json_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "jsonb_object",
    "least",
    "left",
    "length",
    "localtime",
    "localtimestamp",
    "lower",
    "lpad",
    "ltrim",
    "make_date",
    "make_interval",
    "make_time",
    "make_timestamp",
    "make_timestamptz",
    "md5",
    "mod",
    "now",
    "nullif",
    "numrange",
    "pg_backend_pid",
    "power",
    "repeat",
    "replace",
    "reverse",
    "right",
    "round",
    "row",
    "rpad",
    "rtrim",
    "session_user",
    "sha256",
    "sign",
    "split_part",
    "sqrt",
    "statement_timestamp",
    "string_to_array",
    "strpos",
    "substr",
    "substring",
    "timezone",
    "to_char",
    "to_date",
    "to_json",
    "to_jsonb",
    "to_number",
    "to_timestamp",
    "to_tsvector",
    "transaction_timestamp",
    "trim",
    "trunc",
    "tsrange",
    "tstzrange",
    "upper",
    "user",
];

/// Whether a function says that it gives the same for all rows.
fn is_steady(function: &Function) -> bool {
    let says = |it: &String| matches!(it.to_ascii_uppercase().as_str(), "IMMUTABLE" | "STABLE");
    function.attributes.iter().map(ToString::to_string).any(|it| says(&it))
}

/// Whether a name stands before empty parentheses.
fn is_called_bare(expression: &str, name: &str) -> bool {
    let all = expression::written(expression);
    all.windows(3).any(|it| it[0].1.eq_ignore_ascii_case(name) && it[1].1 == "(" && it[2].1 == ")")
}

/// The column without its default, and the default for rows to come.
fn default_later(
    steps: &Steps<'_>,
    at: usize,
    column: &ColumnAdded,
    default: &str,
) -> Option<Vec<crate::lint::TextEdit>> {
    let table = steps.altered(at).filter(|_| !column.not_null)?;
    let (statement, start) = (steps.statement(at), steps.steps.get(at)?.span.start as usize);
    let from = statement.to_ascii_lowercase().find(" default ")?;
    let end = statement.get(from..)?.find(default)? + from + default.len();
    let name = crate::sql::ident(&column.name);
    Some(vec![
        crate::lint::TextEdit {
            span: crate::base::Span::new(start + from, start + end),
            text: String::new(),
        },
        steps.at_end(at, format!(";\nALTER TABLE {table} ALTER COLUMN {name} SET DEFAULT {default}")),
    ])
}

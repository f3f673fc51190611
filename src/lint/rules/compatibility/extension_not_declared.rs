//! Extension not declared.

use crate::lint::prelude::*;

rule! {
    /// Flags a type, function or operator class of an extension that nothing creates.
    ///
    /// ## Why
    ///
    /// On a database that does not happen to have the extension, the first statement that needs it fails: in CI, at a
    /// colleague's, or where the backup is restored. Under the preset `supabase` those that every project has are passed over.
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// create table t (id bigint primary key, email citext not null);
    /// ```
    ///
    /// ```sql invalid
    /// create table t (id bigint primary key, title text not null);
    /// create index on t using gin (title gin_trgm_ops);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create extension citext;
    /// create table t (id bigint primary key, email citext not null);
    /// ```
    ///
    /// ```sql
    /// create extension pg_trgm;
    /// create table t (id bigint primary key, title text not null);
    /// create index on t using gin (title gin_trgm_ops);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Additional Supplied Modules and Extensions".
    COM010 "extension-not-declared" Error [Safe] Named(check, &[Known::Surroundings])
}

const TYPES: &[(&str, &str)] = &[
    ("citext", "citext"),
    ("cube", "cube"),
    ("geography", "postgis"),
    ("geometry", "postgis"),
    ("halfvec", "vector"),
    ("hstore", "hstore"),
    ("isbn", "isn"),
    ("isbn13", "isn"),
    ("ltree", "ltree"),
    ("sparsevec", "vector"),
    ("vector", "vector"),
];

const FUNCTIONS: &[(&str, &str)] = &[
    ("gen_random_bytes", "pgcrypto"),
    ("gen_salt", "pgcrypto"),
    ("unaccent", "unaccent"),
    ("uuid_generate_v1", "uuid-ossp"),
    ("uuid_generate_v1mc", "uuid-ossp"),
    ("uuid_generate_v4", "uuid-ossp"),
];

const CLASSES: &[(&str, &str)] = &[("gin_trgm_ops", "pg_trgm"), ("gist_trgm_ops", "pg_trgm")];

/// What Supabase creates in every project.
const THERE: &[&str] = &["pgcrypto", "uuid-ossp"];

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let provided = &cx.globals().provided;
    if provided.contains(crate::lint::globals::ANYTHING) {
        return;
    }
    let mut told: Vec<&str> = Vec::new();
    let mut found: Vec<(Id, &str, &str, &str)> = Vec::new();
    let named = |all: &'static [(&'static str, &'static str)], name: &str| {
        let (name, extension) = all.iter().find(|it| it.0 == name)?;
        let is_there = provided.contains(*extension) || provided.contains(*name);
        (!is_there).then_some((*name, *extension))
    };
    for c in t.cols() {
        if let BaseType::Other { name, .. } = &c.data_type.base
            && let Some((name, extension)) = named(TYPES, name)
        {
            found.push((c.id.into(), &c.column.name, name, extension));
        }
        if let Some(text) = c.default()
            && let Some((name, extension)) =
                FUNCTIONS.iter().filter(|it| text.contains(it.0)).find_map(|it| {
                    let called =
                        expression::written(text).iter().any(|word| word.1.eq_ignore_ascii_case(it.0));
                    named(FUNCTIONS, it.0).filter(|_| called)
                })
        {
            found.push((c.id.into(), &c.column.name, name, extension));
        }
    }
    for index in &t.table.indexes {
        for class in index.elements.iter().filter_map(|it| it.operator_class.as_deref()) {
            let name = class.rsplit('.').next().unwrap_or(class).trim();
            if let Some((name, extension)) = named(CLASSES, name) {
                found.push((index.id.into(), &index.name, name, extension));
            }
        }
    }
    for (id, place, what, extension) in found {
        if told.contains(&extension) || cx.is_supabase() && THERE.contains(&extension) {
            continue;
        }
        told.push(extension);
        let message = if what == extension {
            format!("nothing creates the extension `{extension}`")
        } else {
            format!("`{what}` is of the extension `{extension}`, which nothing creates")
        };
        cx.member(t, [id], place, message)
            .safe("Create the extension", Remedy::AddExtension(extension.to_owned()));
    }
}

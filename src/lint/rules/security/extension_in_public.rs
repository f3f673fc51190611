//! Extension in public.

use crate::lint::prelude::*;

rule! {
    /// Flags an extension that a statement puts into the schema `public`, where it could stand elsewhere.
    ///
    /// ## Why
    ///
    /// Its functions and types lie among those of the application: an interface over `public` offers them to everybody, and
    /// a dump or a comparison of that schema has to tell them apart. In a schema of its own, which the search path names,
    /// they do not.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create extension citext schema public;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create schema extensions;
    /// create extension citext schema extensions;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE EXTENSION" and "Extension Relocatability"; splinter 0014.
    SEC024 "extension-in-public" Info [] Design(check, &[Reads::Extensions])
}

/// Extensions whose control files say that they cannot be moved, or that stand in a schema of their own.
const FIXED: [&str; 16] = [
    "address_standardizer",
    "pg_cron",
    "pg_net",
    "pg_partman",
    "pgmq",
    "pgrouting",
    "pgsodium",
    "pgtap",
    "plpgsql",
    "plv8",
    "postgis",
    "postgis_raster",
    "postgis_sfcgal",
    "postgis_tiger_geocoder",
    "postgis_topology",
    "timescaledb",
];

fn check(cx: &mut Cx<'_>) {
    for it in cx.design.extensions() {
        let public = it.namespace.as_deref().is_some_and(|it| it.trim_matches('"') == "public");
        if public && !FIXED.contains(&it.name.as_str()) {
            let message = format!("`{}` stands among the tables of `public`", it.name);
            cx.record(it.id.into(), vec![it.id.into()], it.name.clone(), &it.origin, message);
        }
    }
}

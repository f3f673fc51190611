//! System namespace.

use crate::lint::prelude::*;

rule! {
    /// Flags what stands where PostgreSQL keeps its own, or goes by the name of one of its catalogues.
    ///
    /// ## Why
    ///
    /// Schemas whose names begin with `pg_` are the system's, and PostgreSQL refuses to make one. A table in `pg_catalog` or
    /// `information_schema` is refused as well, and no dump would hold it. One that is called as a catalogue is hidden by it:
    /// `SELECT * FROM pg_user` shows who may log in.
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// create schema pg_app;
    /// ```
    ///
    /// ```sql
    /// create table pg_user (id bigint primary key);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create schema app_data;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Schemas", "The System Catalog Schema".
    NAM014 "system-namespace" Error [] Design(check, &[Reads::Tables, Reads::Extensions])
}

/// Catalogues and system views whose names say something that a table of one's own might be about.
const CATALOGUES: [&str; 30] = [
    "pg_aggregate",
    "pg_attribute",
    "pg_cast",
    "pg_class",
    "pg_collation",
    "pg_config",
    "pg_constraint",
    "pg_conversion",
    "pg_cursors",
    "pg_database",
    "pg_depend",
    "pg_description",
    "pg_enum",
    "pg_extension",
    "pg_group",
    "pg_index",
    "pg_indexes",
    "pg_language",
    "pg_locks",
    "pg_namespace",
    "pg_policies",
    "pg_policy",
    "pg_publication",
    "pg_roles",
    "pg_rules",
    "pg_sequence",
    "pg_settings",
    "pg_tables",
    "pg_type",
    "pg_user",
];

fn check(cx: &mut Cx<'_>) {
    let design = cx.design;
    for it in design.namespaces().filter(|it| it.name.starts_with("pg_") && it.name != "pg_catalog") {
        let message = format!("`{}` begins with pg_, which only PostgreSQL's own schemas do", it.name);
        cx.record(it.id.into(), vec![it.id.into()], it.name.clone(), &it.origin, message);
    }
    let is_own = |name: &str| matches!(name, "pg_catalog" | "information_schema");
    if design.namespaces().any(|it| is_own(&it.name)) {
        for t in design.tables().filter(|it| is_own(design.namespace_name(it.namespace))) {
            let within = design.namespace_name(t.namespace);
            cx.table(t, format!("`{within}` holds what is PostgreSQL's own"));
        }
    }
    let others = design.namespaces().filter(|it| !is_own(&it.name)).map(|it| Some(it.id));
    for namespace in std::iter::once(None).chain(others) {
        for t in CATALOGUES.iter().filter_map(|name| design.table_named(namespace, name)) {
            cx.table(t, format!("`{}` is a catalogue of PostgreSQL, which is found first", t.name));
        }
    }
}

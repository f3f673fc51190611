//! Needless extension.

use crate::lint::prelude::*;

rule! {
    /// Flags an extension that is there only for random UUIDs, which PostgreSQL makes itself.
    ///
    /// ## Why
    ///
    /// `gen_random_uuid()` is built in since version 13. An extension less is one thing less to install, allow and
    /// upgrade.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create extension pgcrypto;
    /// create table t (id uuid primary key default gen_random_uuid());
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id uuid primary key default gen_random_uuid());
    /// ```
    COM011 "needless-extension" Info [Safe] Design(check, &[Reads::Extensions, Reads::Tables, Reads::Functions, Reads::Verbatims, Reads::Views])
}

fn check(cx: &mut Cx<'_>) {
    const CRYPTO: [&str; 8] =
        ["crypt", "gen_salt", "digest", "hmac", "pgp_", "encrypt", "decrypt", "gen_random_bytes"];
    let design = cx.design;
    for it in design.extensions() {
        let words: &[&str] = match it.name.as_str() {
            "pgcrypto" => &CRYPTO,
            "uuid-ossp" => &["uuid_"],
            _ => continue,
        };
        let body = |it: &Function| match &it.body {
            FunctionBody::Text(text) | FunctionBody::Sql(text) => text.clone(),
            FunctionBody::Library { .. } => String::new(),
        };
        let mut texts = design.functions().map(body).chain(design.views().map(|it| it.query.clone()));
        let verbatim = design.verbatims().any(|it| words.iter().any(|word| it.sql.contains(word)));
        let column = design.tables().flat_map(|it| it.columns.iter()).any(|it| match &it.value {
            ColumnValue::Default(text) | ColumnValue::Generated { expression: text, .. } => {
                words.iter().any(|word| text.contains(word))
            }
            ColumnValue::Given | ColumnValue::Identity { .. } => false,
        });
        let used = verbatim || column || texts.any(|text| words.iter().any(|word| text.contains(word)));
        if !used && design.users_of(it.id).next().is_none() {
            cx.record(
                it.id.into(),
                vec![it.id.into()],
                it.name.clone(),
                &it.origin,
                format!("nothing needs the extension `{}`", it.name),
            )
            .safe("Remove it", Remedy::Remove(it.id.into()));
        }
    }
}

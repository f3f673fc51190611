//! Public schema writable.

use crate::lint::prelude::*;

rule! {
    /// Flags a privilege for everybody to create things, or to do everything.
    ///
    /// ## Why
    ///
    /// Whoever may create a function in a schema of the search path puts it in front of another.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// grant create on schema public to public;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// revoke create on schema public from public;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Schemas", "Usage Patterns".
    SEC020 "public-schema-writable" Warning [Unsafe] Design(check, &[Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    for it in cx.design.verbatims() {
        let names = expression::names(it.sql.get(..it.sql.len().min(400)).unwrap_or(&it.sql));
        let has = |word: &str| names.iter().any(|it| it == word);
        let to_all = names
            .iter()
            .rposition(|it| it == "to")
            .is_some_and(|at| names.iter().skip(at + 1).any(|it| it == "public"));
        let wide = names.get(1).is_some_and(|it| it == "all") || has("create");
        let schema = names
            .iter()
            .position(|it| it == "on")
            .is_some_and(|at| names.get(at + 1).is_some_and(|it| it == "schema"));
        if names.first().is_some_and(|it| it == "grant") && to_all && wide && schema {
            cx.record(
                it.id.into(),
                vec![it.id.into()],
                "public".into(),
                &it.origin,
                "everybody may create things in the schema",
            )
            .risky("Do not grant it", Remedy::Remove(it.id.into()));
        }
    }
}

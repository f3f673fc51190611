//! Json kind unchecked.

use crate::lint::prelude::*;

rule! {
    /// Flags a document that is meant to be an object or a list but may be anything.
    ///
    /// ## Why
    ///
    /// A bare string, a number and the JSON value `null` are all valid documents.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, settings jsonb not null default '{}');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'));
    /// ```
    CON022 "json-kind-unchecked" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_type(Builtin::Jsonb) && !it.facts.demand.named) {
        let default = c.default().map(expression::folded).unwrap_or_default();
        let kind = if default.starts_with("'{}'") {
            "object"
        } else if default.starts_with("'[]'") {
            "array"
        } else {
            continue;
        };
        let told = t.checks.iter().any(|it| expression::names(&it.expression).contains(&c.name));
        if told {
            continue;
        }
        let expression = format!("jsonb_typeof({}) = '{kind}'", crate::sql::ident(&c.name));
        let remedy = Remedy::AddCheck { table: t.id, columns: vec![c.id], expression };
        cx.column(t, &c, format!("`{}` is meant to be an {kind}, but may be any JSON value", c.name))
            .risky("Add a check", remedy);
    }
}

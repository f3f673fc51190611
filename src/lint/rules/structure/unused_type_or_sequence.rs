//! Unused type or sequence.

use crate::lint::prelude::*;

rule! {
    /// Flags a type or sequence of the design that nothing uses.
    ///
    /// ## Why
    ///
    /// What nothing uses is left over, or was meant for a column that has another type.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create type colour as enum ('red', 'blue');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create type colour as enum ('red', 'blue');
    /// create table paint (id bigint primary key, tint colour not null);
    /// ```
    STR021 "unused-type-or-sequence" Info [Safe] Design(check, &[Reads::Types, Reads::Tables, Reads::Functions, Reads::Views])
}

fn check(cx: &mut Cx<'_>) {
    let design = cx.design;
    let types = design.enums().map(|it| (Id::from(it.id), &it.name, &it.origin));
    let types = types.chain(design.domains().map(|it| (it.id.into(), &it.name, &it.origin)));
    let types = types.chain(design.composites().map(|it| (it.id.into(), &it.name, &it.origin)));
    let types: Vec<_> = types.filter(|it| design.users_of(it.0).next().is_none()).collect();
    for (id, name, origin) in types {
        let in_function = design.functions().any(|it| {
            let written = it.arguments.iter().map(|it| &it.data_type).chain(&it.returns);
            let body = match &it.body {
                FunctionBody::Text(text) | FunctionBody::Sql(text) => text.as_str(),
                FunctionBody::Library { .. } => "",
            };
            written.map(String::as_str).chain([body]).any(|it| it.contains(name.as_str()))
        });
        let elsewhere = design.verbatims().any(|it| it.sql.contains(name.as_str()))
            || design.views().any(|it| it.query.contains(name.as_str()));
        if !in_function && !elsewhere {
            cx.record(id, vec![id], name.clone(), origin, format!("nothing uses the type `{name}`"))
                .safe("Remove it", Remedy::Remove(id));
        }
    }
}

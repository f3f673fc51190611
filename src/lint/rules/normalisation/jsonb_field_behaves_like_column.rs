//! Jsonb field behaves like column.

use crate::lint::prelude::*;

rule! {
    /// Flags a field of a JSON document that queries filter or sort by.
    ///
    /// ## Why
    ///
    /// It wants to be a column: typed, held to a foreign key, and with statistics that the planner can use.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table activity (id bigint primary key, created_at timestamptz not null default now(), payload jsonb not null);
    /// create view v as select id from activity where payload ->> 'user_id' = '1';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table activity (id bigint primary key, user_id bigint not null references users, created_at timestamptz not null default now(), payload jsonb not null);
    /// create view v as select id from activity where user_id = 1;
    /// ```
    NRM012 "jsonb-field-behaves-like-column" Warning [Core Safe] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let design = cx.design;
    let queries: Vec<&str> = design
        .access_patterns()
        .map(|it| it.query.as_str())
        .chain(design.views().map(|it| it.query.as_str()))
        .collect();
    let mut found: std::collections::BTreeSet<(TableId, ColumnId, String)> =
        std::collections::BTreeSet::new();
    for query in queries {
        let tables: Vec<_> = crate::sql::mentions(query)
            .into_iter()
            .filter(|it| it.role == crate::sql::Role::Relation)
            .map(|it| it.last().name.clone())
            .collect();
        let words = expression::written(query);
        let Some(start) = words
            .iter()
            .position(|it| it.1.eq_ignore_ascii_case("where") || it.1.eq_ignore_ascii_case("order"))
        else {
            continue;
        };
        for at in start..words.len().saturating_sub(3) {
            // `payload ->> 'user_id'`
            let arrow = words[at + 1].1 == "-" && words[at + 2].1 == ">";
            let field = if words.get(at + 3).is_some_and(|it| it.1 == ">") {
                words.get(at + 4)
            } else {
                words.get(at + 3)
            };
            let (Some(name), Some(field)) = (words[at].0.name(query), field) else { continue };
            if !arrow || !field.1.starts_with('\'') {
                continue;
            }
            for t in tables.iter().filter_map(|it| cx.table_called(it)) {
                if let Some(c) = t.cols().find(|it| it.name == *name && it.is_json()) {
                    found.insert((t.id, c.id, field.1.trim_matches('\'').to_owned()));
                }
            }
        }
    }
    for (table, column, field) in found {
        let Some(t) = cx.view(table) else { continue };
        let Some(c) = t.col(column) else { continue };
        let indexed = t.indexes.iter().any(|it| {
            it.elements
                .iter()
                .any(|it| matches!(&it.key, IndexKey::Expression(text) if text.contains(field.as_str())))
        });
        // What an index holds is found; a column of its own would be clearer, no more.
        if indexed {
            continue;
        }
        let finding = cx.column(&t, &c, format!("queries filter or sort by `{field}` within `{}`", c.name));
        let name = crate::base::snake_case(&field);
        if t.column_named(&name).is_none() {
            let literal = crate::sql::literal(&field);
            let expression = format!("({} ->> {literal})", crate::sql::ident(&c.name));
            finding.safe("Index the field", Remedy::AddFieldIndex { table: t.id, column: c.id, expression });
        }
    }
}

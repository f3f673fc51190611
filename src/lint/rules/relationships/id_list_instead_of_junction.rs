//! Id list instead of junction.

use crate::lint::prelude::*;

rule! {
    /// Flags an array or a text of ids that a table of pairs should hold.
    ///
    /// ## Why
    ///
    /// No foreign key can hold them: ids of rows that are gone stay in the list, and who has a given id is found by
    /// reading all lists.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table posts (id bigint primary key, product_ids bigint[] not null default '{}');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table posts (id bigint primary key);
    /// create table post_products (post_id bigint not null references posts on delete cascade, product_id bigint not null references products on delete cascade, primary key (post_id, product_id));
    /// create index on post_products (product_id);
    /// ```
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "Jaywalking".
    REL015 "id-list-instead-of-junction" Warning [Core] Named(check, &[Known::Names])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() == Role::Log {
        return;
    }
    for c in t.cols().filter(|it| it.name.ends_with(['s', 'S'])) {
        let name = c.snake();
        let Some(stem) = name.strip_suffix("_ids") else { continue };
        let listed = c.facts.is_array || c.is_text() || c.is_json();
        if !listed || c.is(Topic::Foreign) {
            continue;
        }
        let starts = std::iter::once(0).chain(stem.match_indices('_').map(|it| it.0 + 1));
        let named = starts.filter_map(|it| stem.get(it..));
        let mut tables = named.map(|it| cx.tables_named(&crate::base::singular(it)));
        let of = tables.find_map(|it| it.first()).and_then(|it| cx.design.table(*it));
        let milder = cx.told.milder(Severity::Info);
        let finding =
            cx.column(t, &c, format!("`{}` holds ids in a list, which no foreign key can hold", c.name));
        match of {
            Some(of) => {
                finding.because(format!("a table of pairs of `{}` and `{}` would be held", t.name, of.name));
            }
            None => finding.severity = milder,
        }
    }
}

//! All data columns nullable.

use crate::lint::prelude::*;

rule! {
    /// Flags an entity all of whose columns outside the key may be null.
    ///
    /// ## Why
    ///
    /// A row that says nothing at all is legal, and each reader has to be ready for it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table contacts (id bigint primary key, name text, phone text, email text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table contacts (id bigint primary key, name text not null, phone text, email text);
    /// ```
    STR015 "all-data-columns-nullable" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() != Role::Entity || t.primary_key.is_none() {
        return;
    }
    let data: Vec<ColumnView<'_>> = t.cols().filter(|it| !t.is_key(it.id) && !it.is_generated()).collect();
    if data.len() < 3 || data.iter().any(|it| !it.nullable || it.default().is_some()) {
        return;
    }
    let named =
        data.iter().find(|it| it.is(Topic::Name)).or_else(|| data.iter().find(|it| it.is(Topic::Natural)));
    let finding = cx.table(t, format!("all {} columns outside the key may be null", data.len()));
    if let Some(named) = named {
        let remedy = Remedy::Nullable { table: t.id, column: named.id, nullable: false };
        finding.risky("Set the most telling column not null", remedy);
    }
}

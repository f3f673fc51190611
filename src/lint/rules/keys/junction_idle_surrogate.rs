//! Junction idle surrogate.

use crate::lint::prelude::*;

rule! {
    /// Flags a table of unique pairs that also has a generated key which nothing references.
    ///
    /// ## Why
    ///
    /// One more index and eight or sixteen bytes a row, for nothing.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table user_products (id bigint generated always as identity primary key, user_id bigint not null references users, product_id bigint not null references products, unique (user_id, product_id));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table user_products (user_id bigint not null references users, product_id bigint not null references products, primary key (user_id, product_id));
    /// ```
    KEY008 "junction-idle-surrogate" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let Some([key]) = t.primary_key.as_ref().map(|it| it.columns.as_slice()) else { return };
    if t.role() != Role::Junction || t.facts.columns.is_empty() {
        return;
    }
    let pair: Vec<ColumnId> = t.foreign_keys.iter().flat_map(|it| it.columns.clone()).collect();
    let unique =
        t.uniques.iter().any(|it| it.columns.iter().all(|it| pair.contains(it)) && it.columns.len() >= 2);
    let references = |it: &Table| it.foreign_keys.iter().any(|fk| fk.references == t.id);
    let referenced = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0))).any(references);
    let reference = t.foreign_keys.iter().any(|fk| fk.columns.contains(key));
    if unique && !referenced && !reference {
        let name = t.column(*key).map_or("", |it| it.name.as_str());
        cx.columns(t, &[*key], format!("the pair is unique, and nothing references `{name}`"));
    }
}

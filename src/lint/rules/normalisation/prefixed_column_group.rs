//! Prefixed column group.

use crate::lint::prelude::*;

rule! {
    /// Flags groups of columns that differ only in their first word.
    ///
    /// ## Why
    ///
    /// `billing_street`, `billing_city` and `shipping_street`, `shipping_city` are two of one thing, which a table of
    /// its own could hold.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, bill_street text, bill_city text, bill_zip text, ship_street text, ship_city text, ship_zip text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table addresses (id bigint primary key, street text not null, city text not null, zip text not null);
    /// create table o (id bigint primary key, bill_to bigint not null references addresses, ship_to bigint not null references addresses);
    /// ```
    NRM019 "prefixed-column-group" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    use std::collections::{BTreeMap, BTreeSet};
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for c in t.cols().filter(|it| !it.facts.is_reference) {
        if let Some((prefix, rest)) = c.column.name.split_once('_') {
            groups.entry(prefix).or_default().insert(rest);
        }
    }
    let groups: Vec<_> = groups.into_iter().filter(|it| it.1.len() >= 3).collect();
    for (place, (prefix, rest)) in groups.iter().enumerate() {
        let twin = groups.iter().take(place).find(|it| it.1 == *rest);
        if let Some((other, _)) = twin {
            cx.table(
                t,
                format!("the columns `{other}_…` and `{prefix}_…` hold the same kind of thing twice"),
            );
        }
    }
}

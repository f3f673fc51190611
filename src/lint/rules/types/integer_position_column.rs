//! Integer position column.

use crate::lint::prelude::*;

rule! {
    /// Flags a place in an order that is unique and checked at once.
    ///
    /// ## Why
    ///
    /// Swapping two rows, or moving one up, is refused in the middle of the statement. A deferrable key is checked at
    /// its end.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table cards (id bigint primary key, list_id bigint not null, position int not null, unique (list_id, position));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table cards (id bigint primary key, list_id bigint not null, position numeric not null, unique (list_id, position) deferrable initially deferred);
    /// ```
    TYP015 "integer-position-column" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for unique in t.uniques.iter().filter(|it| it.deferral == Deferral::NotDeferrable) {
        let order = unique.columns.iter().filter_map(|it| t.col(*it)).find(|it| {
            let name = it.snake();
            it.is_integer()
                && !it.facts.is_reference
                && matches!(
                    &*name,
                    "position"
                        | "sort_order"
                        | "ordinal"
                        | "rank"
                        | "display_order"
                        | "sort_key"
                        | "order_index"
                )
        });
        let Some(c) = order else { continue };
        let mut deferred = t.table.clone();
        for it in deferred.uniques.iter_mut().filter(|it| it.id == unique.id) {
            it.deferral = Deferral::InitiallyDeferred;
        }
        let by = |it: &Table| {
            it.foreign_keys.iter().any(|fk| fk.references == t.id && fk.ref_columns == unique.columns)
        };
        let referenced = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0))).any(by);
        let finding = cx.member(
            t,
            [c.id.into(), unique.id.into()],
            &c.name,
            format!(
                "swapping two rows is refused half-way: the unique key over `{}` is checked at once",
                c.name
            ),
        );
        if !referenced {
            finding.risky("Check it at the end", Remedy::Put(Box::new(deferred.into())));
        }
    }
}

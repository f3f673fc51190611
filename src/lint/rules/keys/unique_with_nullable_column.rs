//! Unique with nullable column.

use crate::lint::prelude::*;

rule! {
    /// Flags a unique key of several columns of which one may be null.
    ///
    /// ## Why
    ///
    /// Nulls are never equal: rows with a null in any column repeat as often as they like. `NULLS NOT DISTINCT`
    /// (PostgreSQL 15) holds them together.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table seats (id bigint primary key, hall_id bigint not null, seat_no int, unique (hall_id, seat_no));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table seats (id bigint primary key, hall_id bigint not null, seat_no int, unique nulls not distinct (hall_id, seat_no));
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Unique Constraints".
    KEY010 "unique-with-nullable-column" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for unique in
        t.uniques.iter().filter(|it| !it.nulls_not_distinct && it.columns.len() > 1 && !it.without_overlaps)
    {
        let open: Vec<&Column> =
            unique.columns.iter().filter(|it| t.is_nullable(**it)).filter_map(|it| t.column(*it)).collect();
        if open.is_empty()
            || unique.columns.iter().filter_map(|it| t.col(*it)).any(|it| it.is(Topic::Deleted))
        {
            continue;
        }
        let names: Vec<String> = open.iter().map(|it| format!("`{}`", it.name)).collect();
        let mut distinct = t.table.clone();
        for it in distinct.uniques.iter_mut().filter(|it| it.id == unique.id) {
            it.nulls_not_distinct = true;
        }
        let newer = cx.design.conventions().target >= 15;
        let finding = cx.member(
            t,
            [unique.id.into()],
            &unique.name,
            format!("{} may be null, and then the key does not hold", names.join(", ")),
        );
        if newer {
            finding.risky("Let nulls count as equal", Remedy::Put(Box::new(distinct.into())));
        }
    }
}

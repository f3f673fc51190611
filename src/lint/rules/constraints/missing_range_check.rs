//! Missing range check.

use crate::lint::prelude::*;

rule! {
    /// Flags a share, a rating or a coordinate without bounds.
    ///
    /// ## Why
    ///
    /// A rating of 50 of 5 and a latitude of 200 get in.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table reviews (id bigint primary key, rating smallint not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table reviews (id bigint primary key, rating smallint not null check (rating between 1 and 5));
    /// ```
    CON005 "missing-range-check" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_number() && !it.is_generated() && !it.facts.is_reference) {
        let bounds = match () {
            () if c.ends(Topic::Rating) => Some((1, 5)),
            () if c.ends(Topic::Latitude) => Some((-90, 90)),
            () if c.ends(Topic::Longitude) => Some((-180, 180)),
            () if c.ends(Topic::Share) => Some((0, 100)),
            () => None,
        };
        let Some((low, high)) = bounds else { continue };
        if c.facts.demand.lower && c.facts.demand.upper || c.facts.is_listed {
            continue;
        }
        let name = crate::sql::ident(&c.name);
        let expression = format!("{name} BETWEEN {low} AND {high}");
        let remedy = Remedy::AddCheck { table: t.id, columns: vec![c.id], expression };
        cx.column(t, &c, format!("`{}` has no bounds", c.name))
            .risky(&format!("Keep it between {low} and {high}"), remedy);
    }
}

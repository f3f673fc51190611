//! Missing non negative check.

use crate::lint::prelude::*;

rule! {
    /// Flags a price, an amount or a quantity that may be negative.
    ///
    /// ## Why
    ///
    /// One sign the wrong way round, and an order pays its customer. A check refuses it where it happens.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table lines (id bigint primary key, quantity int not null, price numeric(12,2) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table lines (id bigint primary key, quantity int not null check (quantity > 0), price numeric(12,2) not null check (price >= 0));
    /// ```
    CON004 "missing-non-negative-check" Warning [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t
        .cols()
        .filter(|it| it.is_number() && !it.is_generated() && !it.facts.is_reference && !t.is_key(it.id))
    {
        let counted = c.ends(Topic::Money) && !c.is_integer()
            || c.ends(Topic::Money) && c.is(Topic::Price)
            || c.ends(Topic::Quantity) && !c.name.ends_with("_count");
        let signed = c.is(Topic::Signed) || c.is(Topic::Share);
        if !counted || signed || c.facts.demand.lower || c.facts.demand.listed {
            continue;
        }
        let name = crate::sql::ident(&c.name);
        let remedy =
            Remedy::AddCheck { table: t.id, columns: vec![c.id], expression: format!("{name} >= 0") };
        cx.column(t, &c, format!("`{}` may be negative", c.name)).risky("Add a check", remedy);
    }
}

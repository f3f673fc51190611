//! Missing snapshot.

use crate::lint::prelude::*;

rule! {
    /// Flags a line of a document that keeps no price of its own.
    ///
    /// ## Why
    ///
    /// Yesterday's invoice changes when the catalogue does.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table items (id bigint primary key, price numeric(12,2) not null);
    /// create table invoice_lines (id bigint primary key, item_id bigint not null references items, quantity int not null check (quantity > 0));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table items (id bigint primary key, price numeric(12,2) not null);
    /// create table invoice_lines (id bigint primary key, item_id bigint not null references items, unit_price numeric(12,2) not null, quantity int not null check (quantity > 0));
    /// ```
    NRM003 "missing-snapshot" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let words = crate::lint::words_of(&t.name);
    let document = words.iter().any(|it| {
        matches!(it.trim_end_matches('s'), "order" | "invoice" | "sale" | "receipt" | "quote" | "purchase")
    });
    if !document || !t.facts.last.has(Topic::Line) || !t.cols().any(|it| it.is(Topic::Quantity)) {
        return;
    }
    if t.cols().any(|it| it.is(Topic::Money) || it.is(Topic::Price)) {
        return;
    }
    for fk in &t.foreign_keys {
        let Some(to) = cx.view(fk.references) else { continue };
        if let Some(price) = to.cols().find(|it| it.ends(Topic::Price) && it.is_number()) {
            let listed = t.listed(&fk.columns);
            let remedy = Remedy::AddColumn {
                table: t.id,
                name: "unit_price".into(),
                data_type: price.data_type.clone(),
                nullable: true,
                default: None,
            };
            cx.member(
                t,
                [fk.id.into()],
                &listed,
                format!("no price is kept here: old rows change whenever `{}.{}` does", to.name, price.name),
            )
            .risky("Keep the price as it was", remedy);
            return;
        }
    }
}

//! Derived column.

use crate::lint::prelude::*;

rule! {
    /// Flags a stored column that follows from others of the same row.
    ///
    /// ## Why
    ///
    /// Two writers forget to bring it up to date, and reports disagree with the rows. A generated column follows by
    /// itself.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table lines (id bigint primary key, unit_price numeric(12,2) not null, quantity int not null, line_total numeric(14,2) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table lines (id bigint primary key, unit_price numeric(12,2) not null, quantity int not null, line_total numeric(14,2) generated always as (unit_price * quantity) stored);
    /// ```
    NRM004 "derived-column" Warning [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let plain = |it: &ColumnView<'_>| !it.is_generated() && !it.facts.is_reference;
    let named = |list: &[&str]| t.cols().filter(plain).find(|it| list.contains(&&*it.snake()));
    let quantity = t.cols().find(|it| matches!(it.name.as_str(), "quantity" | "qty") && it.is_number());
    let price = quantity.and_then(|_| {
        t.cols().find(|it| {
            let name = it.snake();
            let one = ["price", "rate", "unit_cost"].iter().any(|it| name == *it) || name.ends_with("_price");
            it.is_number() && one && !name.starts_with("total")
        })
    });
    if let (Some(price), Some(quantity)) = (price, quantity)
        && let Some(c) = named(&[
            "total",
            "line_total",
            "subtotal",
            "total_price",
            "amount",
            "extended_price",
            "total_amount",
            "order_total",
            "total_cost",
        ])
        .filter(ColumnView::is_number)
    {
        let discounted = t.cols().any(|it| {
            matches!(it.name.as_str(), "discount" | "tax" | "tax_rate" | "tax_amount" | "discount_percent")
        });
        let finding_message = format!("`{}` is `{}` × `{}`", c.name, price.name, quantity.name);
        let expression =
            format!("{} * {}", crate::sql::ident(&price.name), crate::sql::ident(&quantity.name));
        report(cx, t, &c, finding_message, (!discounted).then_some(expression)).because(
            "where it may differ from the product, for a discount or rounding, it is a fact of its own: say so in a comment",
        );
    }
    if let Some(c) = named(&["full_name", "fullname"])
        && let Some(first) = named(&["first_name", "firstname", "given_name"])
        && let Some(last) = named(&["last_name", "lastname", "surname", "family_name"])
    {
        let expression =
            format!("{} || ' ' || {}", crate::sql::ident(&first.name), crate::sql::ident(&last.name));
        let required = !t.is_nullable(first.id) && !t.is_nullable(last.id);
        report(
            cx,
            t,
            &c,
            format!("`{}` is made of `{}` and `{}`", c.name, first.name, last.name),
            required.then_some(expression),
        );
    }
    if let Some(c) = named(&["age"])
        && let Some(born) = named(&["birth_date", "date_of_birth", "birthdate", "dob", "birthday", "born_on"])
    {
        let remedy = Remedy::RemoveColumn { table: t.id, column: c.id };
        cx.column(t, &c, format!("`{}` follows from `{}`, and is wrong after a birthday", c.name, born.name))
            .risky("Remove it", remedy);
    }
}

fn report<'c>(
    cx: &'c mut Cx<'_>,
    t: &TableView<'_>,
    c: &ColumnView<'_>,
    message: String,
    expression: Option<String>,
) -> &'c mut crate::lint::Finding {
    let finding = cx.column(t, c, message);
    if let Some(expression) = expression {
        let value = ColumnValue::Generated { expression, stored: true };
        finding.risky("Generate it", Remedy::Value { table: t.id, column: c.id, value });
    }
    finding
}

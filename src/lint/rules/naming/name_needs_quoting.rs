//! Name needs quoting.

use crate::base;
use crate::lint::prelude::*;

rule! {
    /// Flags names of tables and columns that must be quoted wherever they are written.
    ///
    /// ## Why
    ///
    /// `SELECT unitPrice` is folded and not found. Every person, tool and log has to quote.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table "OrderItems" (id bigint primary key, "Unit Price" numeric(12,2));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table order_items (id bigint primary key, unit_price numeric(12,2));
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL wiki, "Don't Do This", "Don't use upper case table or column names".
    NAM001 "name-needs-quoting" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let odd = |it: &str| {
        let plain = it.starts_with(|it: char| it.is_ascii_lowercase() || it == '_');
        !plain || !it.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
    };
    let columns: Vec<ColumnId> = t.cols().filter(|it| odd(&it.name)).map(|it| it.id).collect();
    // In snake case, where that needs no quotes.
    let plain = |it: &str| {
        let name = base::snake_case(it);
        (!odd(&name) && !name.is_empty() && crate::sql::ident(&name) == name).then_some(name)
    };
    if odd(&t.name) {
        let remedy = plain(&t.name).map(|name| Remedy::RenameTable { table: t.id, name });
        cx.table(t, format!("`{}` must be quoted wherever it is written", t.name))
            .risky_if("Write it in snake case", remedy);
    } else if let Some(first) = columns.first().and_then(|it| t.column(*it)) {
        let rest = if columns.len() > 1 { format!(" and {} more", columns.len() - 1) } else { String::new() };
        let name = first.name.clone();
        let (table, column) = (t.id, first.id);
        let remedy = plain(&name).map(|name| Remedy::RenameColumn { table, column, name });
        cx.columns(t, &columns[..1], format!("`{name}`{rest} must be quoted wherever it is written"))
            .risky_if("Write it in snake case", remedy);
    }
}

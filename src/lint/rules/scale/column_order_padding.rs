//! Column order padding.

use crate::lint::prelude::*;

rule! {
    /// Flags an order of columns that leaves gaps in every row of a very large table.
    ///
    /// ## Why
    ///
    /// A value begins at a multiple of its type's alignment: `boolean` before `bigint` leaves seven bytes unused. Types of
    /// eight bytes first, then those of four, two and one, then those of no fixed length leave none. Only a new table can be
    /// given another order.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ rows 300M */
    /// create table t (a boolean not null, b bigint not null, c boolean not null, d bigint not null, e boolean not null, f bigint not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ rows 300M */
    /// create table t (b bigint not null, d bigint not null, f bigint not null, a boolean not null, c boolean not null, e boolean not null);
    /// ```
    ///
    /// ## Options
    ///
    /// `bytes` (8): as many bytes a row are told. `rows` (10000000): up to as many rows, it does not matter.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Database Page Layout" and `pg_type.typalign`.
    SCL009 "column-order-padding" Info [Unsafe] Named(check, &[Known::Rows])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let (least, most) = (cx.option("bytes", 8), cx.option("rows", 10_000_000));
    let Some(rows) = cx.globals().rows.get(&t.id).copied().filter(|it| *it > most) else { return };
    // What comes from other tables stands where it stands.
    if t.columns.iter().any(|it| it.inherited) || crate::lint::remedy::has_heirs(cx.design, t.id) {
        return;
    }
    let mut best = t.table.clone();
    best.columns.sort_by_key(|it| std::cmp::Reverse(shape(cx.design, it).map_or(0, |it| it.1)));
    let saved = width(cx.design, &t.columns).saturating_sub(width(cx.design, &best.columns));
    if saved < least {
        return;
    }
    let order: Vec<String> = best.columns.iter().map(|it| format!("`{}`", it.name)).collect();
    let megabytes = saved.saturating_mul(rows) / 1_000_000;
    let message = format!("gaps between columns take {saved} bytes of each of about {rows} rows");
    cx.table(t, message)
        .because(format!("{} leave none and save about {megabytes} MB", order.join(", ")))
        .risky("Order the columns by alignment", Remedy::Put(Box::new(best.into())));
}

/// The bytes of a row's values; what has no fixed length takes none and ends where it must.
fn width(design: &Design, columns: &[Column]) -> u64 {
    let mut at: u64 = 0;
    for column in columns {
        if let Some((length, alignment)) = shape(design, column) {
            at = at.next_multiple_of(alignment) + length;
        }
    }
    at.next_multiple_of(8)
}

/// The length and alignment of a type of fixed length.
fn shape(design: &Design, column: &Column) -> Option<(u64, u64)> {
    let below = design.below_domain(&column.data_type);
    if below.dimensions > 0 {
        return None;
    }
    let builtin = match below.base {
        BaseType::Builtin(it) => it,
        BaseType::Enum(_) => return Some((4, 4)),
        _ => return None,
    };
    Some(match builtin {
        Builtin::BigInt
        | Builtin::Double
        | Builtin::Money
        | Builtin::Timestamp
        | Builtin::TimestampTz
        | Builtin::Time => (8, 8),
        Builtin::TimeTz => (12, 8),
        Builtin::Interval => (16, 8),
        Builtin::Integer | Builtin::Real | Builtin::Date => (4, 4),
        Builtin::SmallInt => (2, 2),
        Builtin::Boolean => (1, 1),
        Builtin::Uuid => (16, 1),
        _ => return None,
    })
}

//! Sparse column full index.

use crate::lint::prelude::*;

rule! {
    /// Flags an index of all rows over a column that says when a row was deleted, or that is null in most.
    ///
    /// That it is null in most, its comment says: "95 % null".
    ///
    /// ## Why
    ///
    /// Nearly all entries stand for rows without a value, which no query looks for through it. With `WHERE … IS NOT NULL` it is
    /// smaller by as much, and rows without a value cost nothing when they are written.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ nulls(coupon_id)=95% */
    /// create table o (id bigint primary key, coupon_id bigint);
    /// create index on o (coupon_id);
    /// ```
    ///
    /// ```sql
    /// create table o (id bigint primary key, deleted_at timestamptz);
    /// create index on o (deleted_at);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ nulls(coupon_id)=95% */
    /// create table o (id bigint primary key, coupon_id bigint);
    /// create index on o (coupon_id) where coupon_id is not null;
    /// ```
    ///
    /// ## Options
    ///
    /// `null_share` (50): the share of nulls, in per cent, from which it is told.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Partial Indexes".
    IDX016 "sparse-column-full-index" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let least = cx.option("null_share", 50);
    for index in t.indexes.iter().filter(|it| it.predicate.is_none() && it.method == "btree" && !it.unique) {
        let Some([column]) =
            index.plain_columns().as_deref().map(<[ColumnId; 1]>::try_from).and_then(Result::ok)
        else {
            continue;
        };
        let Some(c) = t.col(column).filter(|it| t.is_nullable(it.id)) else { continue };
        let share = c.comment.as_deref().and_then(said_nulls).filter(|it| *it >= least);
        let marks = c.is_moment() && crate::lint::is_deletion_mark(c.facts);
        let message = match share {
            Some(share) => {
                format!("`{}` is null in {share} % of the rows, and the index holds them all", c.name)
            }
            None if marks => format!("`{}` is null in every live row, and the index holds them all", c.name),
            None => continue,
        };
        let mut table = t.table.clone();
        for it in table.indexes.iter_mut().filter(|it| it.id == index.id) {
            it.predicate = Some(format!("{} IS NOT NULL", crate::sql::ident(&c.name)));
        }
        cx.member(t, [index.id.into(), c.id.into()], &index.name, message)
            .risky("Leave out rows without a value", Remedy::Put(Box::new(table.into())));
    }
}

/// A share of nulls that a comment states: `95 % null`, `95% nulls`.
fn said_nulls(comment: &str) -> Option<u64> {
    let (before, after) = comment.split_once('%')?;
    let digits = before.trim_end();
    let start = digits.rfind(|it: char| !it.is_ascii_digit()).map_or(0, |it| it + 1);
    let null = after.trim_start().to_ascii_lowercase().starts_with("null");
    digits.get(start..)?.parse().ok().filter(|_| null)
}

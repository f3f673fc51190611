//! Narrow accumulator.

use crate::lint::prelude::*;

rule! {
    /// Flags a sum of bytes, views or cents that 32 bits may not hold.
    ///
    /// ## Why
    ///
    /// Two thousand million bytes are two gigabytes.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table files (id bigint primary key, size_bytes integer not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table files (id bigint primary key, size_bytes bigint not null);
    /// ```
    TYP020 "narrow-accumulator" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| matches!(it.builtin(), Some(Builtin::SmallInt | Builtin::Integer))) {
        let name = c.snake();
        let sum = c.ends(Topic::Accumulator)
            || name.ends_with("view_count")
            || name == "file_size"
            || name == "filesize"
            || name == "content_length";
        if sum && !c.facts.is_reference && !c.facts.demand.upper {
            let remedy =
                Remedy::Type { table: t.id, column: c.id, data_type: DataType::builtin(Builtin::BigInt) };
            cx.column(t, &c, format!("`{}` can grow beyond what its type holds", c.name))
                .risky("Make it bigint", remedy);
        }
    }
}

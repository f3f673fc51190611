//! Sequence narrower than column.

use crate::lint::prelude::*;

rule! {
    /// Flags a column fed by a sequence that ends before the column's type does, or that starts again.
    ///
    /// ## Why
    ///
    /// Rows are refused long before the column is full; a sequence that cycles gives keys that are taken.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create sequence s as integer;
    /// create table t (id bigint primary key default nextval('s'));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create sequence s as bigint;
    /// create table t (id bigint primary key default nextval('s'));
    /// ```
    KEY017 "sequence-narrower-than-column" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let width = |it: Option<Builtin>| match it {
        Some(Builtin::SmallInt) => 2,
        Some(Builtin::Integer) => 4,
        _ => 8,
    };
    for c in t.cols().filter(ColumnView::is_integer) {
        let (name, options, sequence) = match &c.column.value {
            ColumnValue::Identity { options, .. } => (c.column.name.as_str(), &**options, None),
            ColumnValue::Default(text) if text.trim_start().starts_with("nextval") => {
                let Some(it) = sequence(cx, text) else { continue };
                (it.name.as_str(), &it.options, Some(it))
            }
            ColumnValue::Default(_) | ColumnValue::Given | ColumnValue::Generated { .. } => continue,
        };
        let narrow = options.data_type.as_ref().is_some_and(|it| width(it.as_builtin()) < width(c.builtin()));
        let short = options.maximum.is_some_and(|it| match c.builtin() {
            Some(Builtin::BigInt) => it <= 2_147_483_647,
            Some(Builtin::Integer) => it <= 32_767,
            _ => false,
        });
        let message = if narrow || short {
            format!("the sequence of `{name}` ends before the column's type does")
        } else if options.cycle {
            format!("the sequence of `{name}` starts again and gives numbers that are taken")
        } else {
            continue;
        };
        let remedy = widened(t, &c, sequence);
        cx.column(t, &c, message).risky("Let it count as far as the column holds", remedy);
    }
}

/// The sequence that a default counts with.
fn sequence<'a>(cx: &Cx<'a>, default: &str) -> Option<&'a Sequence> {
    let named = crate::sql::mentions(default).into_iter().find(|it| it.in_text)?;
    cx.called(&named.last().name, |it| cx.design.sequence(SequenceId(it.0)))
}

/// The sequence, or the table with its identity column, with options that do not end before the column does.
fn widened(t: &TableView<'_>, c: &ColumnView<'_>, sequence: Option<&Sequence>) -> Remedy {
    let open = |it: &mut SequenceOptions| {
        (it.data_type, it.maximum, it.cycle) = (Some(c.data_type.clone()), None, false);
    };
    if let Some(sequence) = sequence {
        let mut sequence = sequence.clone();
        open(&mut sequence.options);
        return Remedy::Put(Box::new(sequence.into()));
    }
    let mut table = t.table.clone();
    for column in table.columns.iter_mut().filter(|it| it.id == c.id) {
        if let ColumnValue::Identity { options, .. } = &mut column.value {
            open(options);
        }
    }
    Remedy::Put(Box::new(table.into()))
}

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
    KEY017 "sequence-narrower-than-column" Error [Unsafe] Design(check, &[Reads::Tables, Reads::Types])
}

fn check(cx: &mut Cx<'_>) {
    let width = |it: Option<Builtin>| match it {
        Some(Builtin::SmallInt) => 2,
        Some(Builtin::Integer) => 4,
        _ => 8,
    };
    let found: Vec<_> = cx
        .tables()
        .flat_map(|t| t.cols().filter(ColumnView::is_integer).map(move |c| (t, c)))
        .filter_map(|(t, c)| {
            let (name, options) = match &c.column.value {
                ColumnValue::Identity { options, .. } => (c.column.name.clone(), (**options).clone()),
                ColumnValue::Default(text) if text.trim_start().starts_with("nextval") => {
                    let named = crate::sql::mentions(text).into_iter().find(|it| it.in_text)?;
                    let name = named.last().name.clone();
                    let sequence = cx.design.sequences().find(|it| it.name == name)?;
                    (name, sequence.options.clone())
                }
                _ => return None,
            };
            let narrow =
                options.data_type.as_ref().is_some_and(|it| width(it.as_builtin()) < width(c.builtin()));
            let short = options.maximum.is_some_and(|it| match c.builtin() {
                Some(Builtin::BigInt) => it <= 2_147_483_647,
                Some(Builtin::Integer) => it <= 32_767,
                _ => false,
            });
            let message = match () {
                () if narrow || short => {
                    format!("the sequence of `{name}` ends before the column's type does")
                }
                () if options.cycle => {
                    format!("the sequence of `{name}` starts again and gives numbers that are taken")
                }
                () => return None,
            };
            Some((t, c, message, widened(cx.design, &t, &c)))
        })
        .collect();
    for (t, c, message, remedy) in found {
        cx.column(&t, &c, message).risky_if("Let it count as far as the column holds", remedy);
    }
}

/// The table or the sequence with options that do not end before the column does.
fn widened(design: &Design, t: &TableView<'_>, c: &ColumnView<'_>) -> Option<Remedy> {
    let open = |it: &mut SequenceOptions| {
        (it.data_type, it.maximum, it.cycle) = (Some(c.data_type.clone()), None, false);
    };
    match &c.column.value {
        ColumnValue::Identity { .. } => {
            let mut table = t.table.clone();
            for column in table.columns.iter_mut().filter(|it| it.id == c.id) {
                if let ColumnValue::Identity { options, .. } = &mut column.value {
                    open(options);
                }
            }
            Some(Remedy::Put(Box::new(table.into())))
        }
        ColumnValue::Default(text) => {
            let named = crate::sql::mentions(text).into_iter().find(|it| it.in_text)?;
            let mut sequence = design.sequences().find(|it| it.name == named.last().name)?.clone();
            open(&mut sequence.options);
            Some(Remedy::Put(Box::new(sequence.into())))
        }
        _ => None,
    }
}

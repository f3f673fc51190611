//! Wide table.

use crate::lint::prelude::*;

rule! {
    /// Flags a table with very many columns.
    ///
    /// ## Why
    ///
    /// Such a table holds several things in one. Rows get long, each change rewrites all of them, and nobody knows
    /// which columns belong together.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, c10 int, c11 int, c12 int, c13 int, c14 int, c15 int, c16 int, c17 int, c18 int, c19 int, c20 int, c21 int, c22 int, c23 int, c24 int, c25 int, c26 int, c27 int, c28 int, c29 int, c30 int, c31 int);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (c1 int, c2 int, c3 int);
    /// ```
    ///
    /// ## Options
    ///
    /// `max_columns` (30): the most columns that a table may have.
    STR013 "wide-table" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let most = cx.option("max_columns", 30) as usize;
    if t.columns.len() <= most {
        return;
    }
    let mut groups: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for it in t.cols() {
        if let Some((prefix, _)) = it.column.name.split_once('_') {
            *groups.entry(prefix).or_insert(0) += 1;
        }
    }
    let largest = groups.into_iter().filter(|it| it.1 >= 3).max_by_key(|it| (it.1, std::cmp::Reverse(it.0)));
    let finding = cx.table(t, format!("the table has {} columns, more than {most}", t.columns.len()));
    if let Some((prefix, count)) = largest {
        finding.because(format!("{count} of them begin with `{prefix}_` and may be a table of their own"));
    }
}

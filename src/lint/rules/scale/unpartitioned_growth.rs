//! Unpartitioned growth.

use crate::lint::prelude::*;

rule! {
    /// Flags a table of very many expected rows that is not partitioned.
    ///
    /// ## Why
    ///
    /// Old rows can only be deleted one by one, vacuum reads all of it, and partitioning it later copies all of it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table page_views (id bigint primary key, viewed_at timestamptz not null);
    /// comment on table page_views is '200 million rows a year';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table page_views (id bigint primary key, viewed_at timestamptz not null);
    /// comment on table page_views is '2 million rows a year';
    /// ```
    ///
    /// ## Options
    ///
    /// `rows` (100000000): so many rows are too many for one table.
    SCL001 "unpartitioned-growth" Warning [Core] Named(check, &[Known::Rows])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let most = cx.option("rows", 100_000_000);
    let said = t.comment.as_deref().and_then(said_rows);
    let Some(rows) = cx.globals().rows.get(&t.id).copied().or(said) else { return };
    if rows <= most || t.partitioning.is_some() {
        return;
    }
    let time = t.cols().find(|it| it.is_moment() && !t.is_nullable(it.id));
    let finding = cx.table(t, format!("about {rows} rows are expected, and the table is not partitioned"));
    if let Some(time) = time {
        finding.because(format!(
            "ranges of `{}` would let old rows be dropped at once; keys must then hold it",
            time.name
        ));
    }
}

/// A number of rows that a comment states: `200 million rows`.
fn said_rows(comment: &str) -> Option<u64> {
    let words: Vec<String> = comment.split_whitespace().map(str::to_lowercase).collect();
    let at = words.iter().position(|it| it.trim_matches(|it: char| !it.is_alphanumeric()) == "rows")?;
    let before = |back: usize| at.checked_sub(back).and_then(|it| words.get(it)).map(String::as_str);
    let scale = match before(1)? {
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "thousand" => 1_000,
        number => return number.replace([',', '_'], "").parse().ok(),
    };
    before(2)?.replace([',', '_'], "").parse::<u64>().ok().map(|it| it.saturating_mul(scale))
}

//! Log without retention.

use crate::lint::prelude::*;

rule! {
    /// Flags a log, or another table that only grows, of which nothing says when its rows go.
    ///
    /// How long they are kept, the comment of the table says, or the demands on the design. Told where very many rows are
    /// expected. Where they are kept for a time, an index on a time, or partitions, must find those that go.
    ///
    /// ## Why
    ///
    /// What nobody decided to delete is kept for ever, and grows past what matters. Deleting it late, without an index, reads
    /// the whole table.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ growth 2M/month; role log */
    /// create table sessions (id uuid primary key, last_seen_at timestamptz not null);
    /// ```
    ///
    /// ```sql
    /// /*@ growth 2M/month; retain 30d */
    /// create table sessions (id uuid primary key, last_seen_at timestamptz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ growth 2M/month; role log; retain 30d */
    /// create table sessions (id uuid primary key, last_seen_at timestamptz not null);
    /// create index on sessions (last_seen_at);
    /// ```
    ///
    /// ## Options
    ///
    /// `rows` (1000000): up to as many rows, it does not matter.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Table Partitioning" and "Routine Vacuuming".
    SCL005 "log-without-retention" Info [] Design(check, &[Reads::Tables, Reads::Use])
}

/// What comes and is soon of no use, beside what is a log.
const WORDS: [&str; 6] = ["job", "notification", "outbox", "queue", "session", "webhook"];

fn check(cx: &mut Cx<'_>) {
    if cx.globals().rows.is_empty() {
        return;
    }
    let most = cx.option("rows", 1_000_000);
    let is_stated = cx.design.load().retention_days.is_some();
    for t in cx.tables().filter(|it| it.partitioning.is_none()) {
        let Some(rows) = cx.globals().rows.get(&t.id).copied().filter(|it| *it > most) else { continue };
        let last = t.facts.singular.rsplit('_').next().unwrap_or_default();
        if t.role() != Role::Log && !WORDS.contains(&last) {
            continue;
        }
        let said = t.comment.as_deref().unwrap_or_default().to_lowercase();
        let says = |words: &[&str]| words.iter().any(|it| said.contains(it));
        if says(&["forever", "for ever"]) {
            continue;
        }
        let is_found = t.cols().filter(ColumnView::is_moment).any(|it| t.leads_an_index(&[it.column.id]));
        if !is_stated && !says(&["kept for", "retention", "retain"]) {
            cx.table(&t, format!("nothing says how long its rows are kept, and about {rows} are expected"));
        } else if !is_found {
            cx.table(&t, "its rows are kept for a time, and no index finds those whose time is over");
        }
    }
}

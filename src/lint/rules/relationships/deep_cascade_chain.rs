//! Deep cascade chain.

use std::collections::BTreeMap;

use crate::lint::prelude::*;

rule! {
    /// Flags a table of which deleting a row deletes rows of others, of these others, and so on, beyond what one sees.
    ///
    /// Told once, at the table where the chain begins. Rows that are expected count where both tables have a number.
    ///
    /// ## Why
    ///
    /// A cascade runs in the one statement, row by row: the more tables it passes, the longer it holds its locks, and the
    /// less whoever deletes knows what goes. Deleting from the last table on, in batches, keeps each step short.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table a (id bigint primary key);
    /// create table b (id bigint primary key, a_id bigint not null references a on delete cascade);
    /// create table c (id bigint primary key, b_id bigint not null references b on delete cascade);
    /// create table d (id bigint primary key, c_id bigint not null references c on delete cascade);
    /// create table e (id bigint primary key, d_id bigint not null references d on delete cascade);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table a (id bigint primary key);
    /// create table b (id bigint primary key, a_id bigint not null references a on delete cascade);
    /// ```
    ///
    /// ## Options
    ///
    /// `max_depth` (3): as many tables one after the other are well. `max_rows` (100000): as many rows of a table for one that
    /// is deleted are well.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Constraints", "Foreign Keys".
    REL009 "deep-cascade-chain" Warning [] Design(check, &[Reads::Tables, Reads::Use])
}

fn check(cx: &mut Cx<'_>) {
    let (deepest, most) = (cx.option("max_depth", 3) as usize, cx.option("max_rows", 100_000));
    // Who loses rows when a row of a table goes.
    let mut below: BTreeMap<TableId, Vec<TableId>> = BTreeMap::new();
    let mut is_below: Vec<TableId> = Vec::new();
    for (id, facts) in cx.known() {
        for above in &facts.goes_with {
            below.entry(*above).or_default().push(id);
            is_below.push(id);
        }
    }
    is_below.sort_unstable();
    let roots = below.keys().filter(|it| is_below.binary_search(it).is_err());
    let roots = roots.filter_map(|it| cx.view(*it));
    let roots: Vec<_> = roots.filter(|it| !it.facts.is_aside).collect();
    for root in roots {
        // By the shortest way to each: a longer one beside it makes nothing deeper.
        let mut from: BTreeMap<TableId, TableId> = BTreeMap::new();
        let mut level = vec![root.id];
        let mut levels = 0;
        let mut last = None;
        loop {
            let mut next = Vec::new();
            for above in &level {
                for it in below.get(above).into_iter().flatten() {
                    if *it != root.id && !from.contains_key(it) {
                        from.insert(*it, *above);
                        next.push(*it);
                    }
                }
            }
            let Some(first) = next.first() else { break };
            last = Some(*first);
            levels += 1;
            level = next;
        }
        if let Some(last) = last.filter(|_| levels > deepest) {
            let mut way = Vec::new();
            let mut at = Some(last);
            while let Some(id) = at {
                way.extend(cx.design.table(id).map(|it| format!("`{}`", it.name)));
                at = from.get(&id).copied();
            }
            way.reverse();
            let message = format!("deleting a row deletes rows of {levels} tables one after the other");
            cx.table(&root, message).because(way.join(" → "));
        }
        let rows = &cx.globals().rows;
        let Some(own) = rows.get(&root.id) else { continue };
        let share = |it: &TableId| rows.get(it).map(|rows| rows / (*own).max(1)).filter(|it| *it > most);
        let found = from.keys().find_map(|it| Some((cx.design.table(*it)?, share(it)?)));
        if let Some((table, rows)) = found {
            let message = format!("deleting a row deletes about {rows} rows of `{}`", table.name);
            cx.table(&root, message);
        }
    }
}

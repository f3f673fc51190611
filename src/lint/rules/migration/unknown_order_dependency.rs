//! Unknown order dependency.

use std::collections::BTreeSet;

use crate::lint::prelude::*;

rule! {
    /// Flags a statement that needs a table which the script makes only later, or has dropped by then.
    ///
    /// ## Why
    ///
    /// Statements run in the order in which they stand: PostgreSQL refuses what names a table that is not there. Make tables before
    /// what references them; where two reference each other, add one of the foreign keys afterwards with `ALTER TABLE`.
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// create table a (b_id bigint references later_b);
    /// create table later_b (id bigint primary key);
    /// ```
    ///
    /// ```sql invalid
    /// drop table regions;
    /// alter table regions add column memo text;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table later_b (id bigint primary key);
    /// create table a (b_id bigint references later_b);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Dependency Tracking" and "CREATE TABLE", `REFERENCES`.
    MIG038 "unknown-order-dependency" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    // What a block or a file that is included makes is not seen.
    let is_open = |it: &Act| matches!(it, Act::Other { words } if words.first().is_some_and(|it| it == "do" || it == "call"));
    if steps.each().any(|it| is_open(&it.1.act)) {
        return;
    }
    let mut there: BTreeSet<&str> = BTreeSet::new();
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    let known: BTreeSet<&str> = {
        let before = steps.before();
        let tables = before.tables().map(|it| it.name.as_str());
        tables.chain(before.views().map(|it| it.name.as_str())).collect()
    };
    for (at, step) in steps.each() {
        let own: Vec<&str> = step.act.makes().collect();
        for name in needs(&step.act) {
            if own.contains(&name) || there.contains(name) {
                continue;
            }
            let made = steps.each().skip(at + 1).find(|it| it.1.act.makes().any(|it| it == name));
            let message = match made {
                _ if gone.contains(name) => format!("`{name}` is dropped before it is needed here"),
                Some((_, later)) if !known.contains(name) => {
                    format!("`{name}` is made only in line {}, and is needed here", later.line)
                }
                _ => continue,
            };
            steps.report(at, name, message).because("PostgreSQL refuses this: the table is not there");
        }
        there.extend(&own);
        gone.retain(|it| !own.contains(it));
        match &step.act {
            Act::Drop { what, names, .. } if what == "table" => {
                for name in names {
                    there.remove(name.as_str());
                    gone.insert(name);
                }
            }
            Act::AlterTable { table, actions } => {
                for action in actions {
                    if let Action::RenameTable { to } = action {
                        there.remove(table.as_str());
                        there.insert(to);
                        gone.remove(to.as_str());
                    }
                }
            }
            // What came back with it is not known one by one.
            Act::Commit => gone.clear(),
            _ => {}
        }
    }
}

/// The tables that have to be there when a statement runs.
fn needs(act: &Act) -> Vec<&str> {
    match act {
        Act::CreateTable { partition_of, columns, inherits, references, .. } => {
            let of_columns = columns.iter().filter_map(|it| it.references.as_ref());
            partition_of
                .iter()
                .chain(inherits)
                .chain(references)
                .chain(of_columns)
                .map(String::as_str)
                .collect::<BTreeSet<&str>>()
                .into_iter()
                .collect()
        }
        Act::AlterTable { table, actions } => {
            let mut found = vec![table.as_str()];
            for action in actions {
                match action {
                    Action::AddConstraint(Added { kind: Constraint::ForeignKey(to), .. })
                    | Action::AddColumn(ColumnAdded { references: Some(to), .. }) => found.push(to),
                    Action::Attach { partition } => found.push(partition),
                    Action::Inherit { parent } => found.push(parent),
                    _ => {}
                }
            }
            found.dedup();
            found
        }
        Act::CreateIndex { table, .. }
        | Act::CreateTrigger { table }
        | Act::CreatePolicy { table }
        | Act::Update { table, .. }
        | Act::Delete { table, .. }
        | Act::Insert { table, .. } => vec![table],
        _ => Vec::new(),
    }
}

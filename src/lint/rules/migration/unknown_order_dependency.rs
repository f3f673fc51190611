//! Unknown order dependency.

use std::collections::{BTreeMap, BTreeSet};

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
    /// ```sql
    /// create schema auth;
    /// create table auth.members (id bigint primary key);
    /// create table notes (id bigint primary key, member_id bigint references auth.members (id));
    /// create table public.members (id bigint primary key);
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
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    let known: BTreeSet<&str> = {
        let before = steps.before();
        let tables = before.tables().map(|it| it.name.as_str());
        tables.chain(before.views().map(|it| it.name.as_str())).collect()
    };
    let made: BTreeMap<&str, usize> =
        steps.each().flat_map(|(at, step)| step.act.makes().map(move |it| (it, at))).collect();
    for (at, step) in steps.each() {
        let own: Vec<&str> = step.act.makes().collect();
        for name in needs(&step.act) {
            if own.contains(&name) || there.contains(name) {
                continue;
            }
            let later =
                made.get(name).filter(|it| **it > at).and_then(|it| Some((*it, steps.steps.get(*it)?)));
            let (other, message) = match (gone.get(name), later) {
                (Some(drop), _) => (*drop, format!("`{name}` is dropped before it is needed here")),
                (None, Some((place, later))) if !known.contains(name) => {
                    (place, format!("`{name}` is made only in line {}, and is needed here", later.line))
                }
                _ => continue,
            };
            let is_lenient = || expression::folded(steps.statement(at)).starts_with("alter table if exists");
            if step.act.table() == Some(name) && is_lenient() {
                continue;
            }
            let schemas = schemas(steps.statement(at), name);
            if schemas.len() != 1 || schemas != self::schemas(steps.statement(other), name) {
                continue;
            }
            steps.report(at, name, message).because("PostgreSQL refuses this: the table is not there");
        }
        there.extend(&own);
        gone.retain(|it, _| !own.contains(it));
        match &step.act {
            Act::Drop { what, names, .. } if what == "table" => {
                for name in names {
                    there.remove(name.as_str());
                    gone.insert(name, at);
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
            // What a rollback brings back is not known one by one.
            Act::Commit => gone.clear(),
            _ => {}
        }
    }
}

/// The SQL schemas that a statement says of a name, `public` where it says none: a table of another schema is another one.
fn schemas(statement: &str, name: &str) -> BTreeSet<String> {
    let written = expression::written(statement);
    let part = |at: usize| written.get(at).and_then(|it| it.0.name(statement));
    let is_dot = |at: Option<usize>| at.and_then(|it| written.get(it)).is_some_and(|it| it.1 == ".");
    let places =
        (0..written.len()).filter(|at| part(*at).is_some_and(|it| it == name) && !is_dot(at.checked_add(1)));
    let of = |at: usize| match at.checked_sub(2) {
        Some(schema) if is_dot(Some(at - 1)) => part(schema).map(std::borrow::Cow::into_owned),
        _ => Some("public".to_owned()),
    };
    places.filter_map(of).collect()
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

//! Drop locks referenced tables.

use std::collections::BTreeSet;

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key that goes, alone or with its table, while nothing bounds the waiting for the table that it references.
    ///
    /// Several in one transaction are told of as well, however long they wait.
    ///
    /// ## Why
    ///
    /// Its triggers stand on both tables: the referenced one, which the statement does not name, is locked against reading too.
    /// Whoever reads it waits as long as the statement does. Where several foreign keys go in one transaction, it holds the first of
    /// these tables while it waits for the next.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders drop constraint orders_customer_id_fkey;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// set lock_timeout = '2s';
    /// alter table orders drop constraint orders_customer_id_fkey;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Explicit Locking", "Table-Level Locks".
    MIG039 "drop-locks-referenced-tables" Warning [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut held: BTreeSet<String> = BTreeSet::new();
    let mut transaction = None;
    for (at, step) in steps.each() {
        if step.transaction.is_none() || step.transaction != transaction {
            transaction = step.transaction;
            held.clear();
        }
        let referenced = referenced(steps, at);
        let Some(first) = referenced.first().cloned() else { continue };
        let is_bounded = step.lock_timeout;
        held.extend(referenced);
        if is_bounded && held.len() < 2 {
            continue;
        }
        let local = if step.transaction.is_some() { "LOCAL " } else { "" };
        let edit = steps.ahead(at, format!("SET {local}lock_timeout = '2s';\n"));
        let alone = (held.len() < 2).then(|| Remedy::Rewrite(vec![edit]));
        let finding = steps.report(
            at,
            &first,
            format!("a foreign key to `{first}` goes: whoever reads or writes `{first}` waits for it"),
        );
        if held.len() > 1 {
            let names: Vec<&str> = held.iter().map(String::as_str).collect();
            finding.because(format!("the transaction locks `{}`; drop one in each", names.join("`, `")));
        }
        finding.safe_if("Set lock_timeout before it", alone);
    }
}

/// The tables that foreign keys reference which a step drops, those left aside that it names itself.
fn referenced(steps: &Steps<'_>, at: usize) -> Vec<String> {
    let before = steps.before();
    let of = |name: &str| before.tables().find(|it| it.name == name);
    let mut found: Vec<TableId> = Vec::new();
    let named: Vec<&str> = match steps.steps.get(at).map(|it| &it.act) {
        Some(Act::AlterTable { table, actions }) if steps.exists(table, at) => {
            let Some(of) = of(table) else { return Vec::new() };
            for action in actions {
                let goes = |fk: &&ForeignKey| match action {
                    Action::DropConstraint { name } => fk.name == *name,
                    Action::DropColumn { name, .. } => of.column_names(&fk.columns).any(|it| it == name),
                    _ => false,
                };
                found.extend(of.foreign_keys.iter().filter(goes).map(|it| it.references));
            }
            vec![table]
        }
        Some(Act::Drop { what, names, .. }) if what == "table" => {
            let there = names.iter().filter(|it| steps.exists(it, at) && !steps.clears(at, it));
            found.extend(
                there.filter_map(|it| of(it)).flat_map(|it| &it.foreign_keys).map(|it| it.references),
            );
            names.iter().map(String::as_str).collect()
        }
        _ => return Vec::new(),
    };
    let gone = |name: &str| {
        let drops = |it: &Act| matches!(it, Act::Drop { what, names, .. } if what == "table" && names.iter().any(|it| it == name));
        steps.steps.iter().take(at).any(|it| drops(&it.act))
    };
    let names = found.into_iter().filter_map(|it| before.table(it)).map(|it| it.name.clone());
    names.filter(|it| !named.contains(&it.as_str()) && !gone(it)).collect()
}

//! Index drop not concurrent.

use crate::lint::prelude::*;

rule! {
    /// Flags an index that is dropped while reading and writing wait.
    ///
    /// ## Why
    ///
    /// The drop itself is short, but it waits behind every running query with an ACCESS EXCLUSIVE lock, and all others
    /// wait behind it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// drop index orders_code_idx;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// drop index concurrently orders_code_idx;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "DROP INDEX".
    MIG002 "index-drop-not-concurrent" Warning [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut made: Vec<&str> = Vec::new();
    for (at, step) in steps.each() {
        match &step.act {
            Act::CreateIndex { name: Some(name), .. } => made.push(name),
            Act::Drop { what, names, concurrently: false, cascade, .. } if what == "index" => {
                for name in names.iter().filter(|it| !made.contains(&it.as_str())) {
                    if steps.clears(at, name) {
                        continue;
                    }
                    let edit = steps.behind(at, "drop index", " CONCURRENTLY");
                    let alone = names.len() == 1 && !cascade && step.transaction.is_none();
                    steps
                        .report(at, name, format!("`{name}` is dropped under a lock that reading waits for"))
                        .safe_if("Drop it concurrently", edit.filter(|_| alone).map(Remedy::from));
                }
            }
            _ => {}
        }
    }
}

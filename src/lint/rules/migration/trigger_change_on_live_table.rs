//! Trigger change on live table.

use crate::lint::prelude::*;

rule! {
    /// Flags a trigger that is made, dropped, enabled or disabled on a table that is in use.
    ///
    /// ## Why
    ///
    /// Making and switching one takes a SHARE ROW EXCLUSIVE lock, for which writing waits; dropping one an ACCESS EXCLUSIVE lock, for
    /// which reading waits as well. It is short, unless it waits itself behind a long query. Replacing the trigger's function takes
    /// no lock on the table.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create trigger orders_touch before update on orders for each row execute function touch();
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create or replace function touch() returns trigger language plpgsql as $$ begin return new; end $$;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Explicit Locking".
    MIG035 "trigger-change-on-live-table" Info [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if matches!(action, Action::Trigger { .. }) {
            steps.report(at, table, format!("writing to `{table}` waits while the trigger is switched"));
        }
    }
    for (at, step) in steps.each() {
        let (table, what) = match &step.act {
            Act::CreateTrigger { table } => (table, "writing to it waits while the trigger is made"),
            Act::DropOn { what, table, .. } if what == "trigger" => {
                (table, "reading it waits while the trigger is dropped")
            }
            _ => continue,
        };
        if steps.existing(at).is_some() {
            steps.report(at, table, format!("`{table}` is in use: {what}"));
        }
    }
}

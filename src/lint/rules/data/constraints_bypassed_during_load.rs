//! Constraints bypassed during load.

use crate::lint::prelude::*;

rule! {
    /// Flags rows that are written while foreign keys and triggers are switched off.
    ///
    /// ## Why
    ///
    /// Switching them on again checks nothing: rows that reference nothing stay, and the constraint says that there are none.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders disable trigger all;
    /// update orders set customer_id = customer_id where id = 1;
    /// alter table orders enable trigger all;
    /// ```
    ///
    /// ```sql
    /// set session_replication_role = replica;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// set constraints all deferred;
    /// update orders set customer_id = customer_id where id = 1;
    /// ```
    DAT014 "constraints-bypassed-during-load" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    let validated = |from: usize| all.iter().any(|it| it.0 > from && matches!(it.2, Action::Validate { .. }));
    for (at, table, action) in &all {
        let Action::Trigger { disable: true, which } = action else { continue };
        if which.eq_ignore_ascii_case("all") && !validated(*at) {
            steps.report(*at, table, format!("what is written to `{table}` from here on is not checked"));
        }
    }
    for (at, step) in steps.each() {
        let Act::Set { name, value, .. } = &step.act else { continue };
        let is_off =
            name == "session_replication_role" && value.trim_matches('\'').eq_ignore_ascii_case("replica");
        if is_off && !validated(at) {
            steps.report(at, name, "what is written from here on is not checked by foreign keys or triggers");
        }
    }
}

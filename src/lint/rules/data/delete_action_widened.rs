//! Delete action widened.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key that is made anew so that deleting the referenced row does more than it did.
    ///
    /// ## Why
    ///
    /// Code that deletes was written against the old action: where it got an error, or left the rows in place, they are now changed
    /// or gone, and nobody is told. Look for what deletes before the action is widened.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders drop constraint orders_customer_id_fkey, add constraint orders_customer_id_fkey foreign key (customer_id) references customers (id) on delete cascade not valid;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders drop constraint orders_customer_id_fkey, add constraint orders_customer_id_fkey foreign key (customer_id) references customers (id) on delete restrict not valid;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Constraints", "Foreign Keys".
    DAT013 "delete-action-widened" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let before = steps.before();
    let all = steps.actions();
    for (at, table, action) in &all {
        let Action::AddConstraint(Added { kind: Constraint::ForeignKey(to), columns, text, .. }) = action
        else {
            continue;
        };
        let Some(of) = before.tables().find(|it| it.name == *table) else { continue };
        let goes = |name: &str| {
            let drops = |it: &Action| matches!(it, Action::DropConstraint { name: gone } if gone == name);
            all.iter().any(|(_, of, it)| of == table && drops(it))
        };
        let was = of.foreign_keys.iter().find(|it| {
            of.column_names(&it.columns).eq(columns.iter().map(String::as_str))
                && before.table(it.references).is_some_and(|it| it.name == *to)
                && goes(&it.name)
        });
        let Some(was) = was else { continue };
        let now = on_delete(text);
        if reach(now) > reach(was.on_delete) {
            let message = format!("deleting a row of `{to}` {} of `{table}`", does(now));
            steps.report(*at, table, message).because(format!(
                "so far, `{}` {}",
                was.name,
                match was.on_delete {
                    ReferentialAction::NoAction | ReferentialAction::Restrict => "refused it",
                    _ => "kept the rows that reference it",
                }
            ));
        }
    }
}

/// What a constraint as written does when the referenced row is deleted.
fn on_delete(text: &str) -> ReferentialAction {
    let folded = expression::folded(text);
    let Some((_, says)) = folded.split_once("on delete ") else { return ReferentialAction::NoAction };
    let actions = [
        ("cascade", ReferentialAction::Cascade),
        ("set null", ReferentialAction::SetNull),
        ("set default", ReferentialAction::SetDefault),
        ("restrict", ReferentialAction::Restrict),
    ];
    actions.into_iter().find(|it| says.starts_with(it.0)).map_or(ReferentialAction::NoAction, |it| it.1)
}

/// How far an action goes: it refuses, changes rows, or deletes them.
fn reach(action: ReferentialAction) -> u8 {
    match action {
        ReferentialAction::NoAction | ReferentialAction::Restrict => 0,
        ReferentialAction::SetNull | ReferentialAction::SetDefault => 1,
        ReferentialAction::Cascade => 2,
    }
}

fn does(action: ReferentialAction) -> &'static str {
    if action == ReferentialAction::Cascade { "now deletes rows" } else { "now changes rows" }
}

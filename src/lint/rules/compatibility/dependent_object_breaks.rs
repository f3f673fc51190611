//! Dependent object breaks.

use crate::lint::prelude::*;

rule! {
    /// Flags a column, table, view or type that is dropped or changed while something that stays depends on it.
    ///
    /// ## Why
    ///
    /// PostgreSQL refuses the statement: another type for a column that a view, policy, trigger or generated column names, and
    /// anything dropped that others need. What a function says in its text is not known to PostgreSQL: it fails when it is called
    /// next. Drop what depends on it, make the change, and make it anew, all in one transaction.
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// alter table orders alter column total type numeric(14,2);
    /// ```
    ///
    /// ```sql invalid
    /// drop view order_totals;
    /// drop table customers;
    /// ```
    ///
    /// ```sql
    /// create function open_orders() returns bigint language plpgsql as $$ begin return (select count(*) from orders where code = 1); end $$;
    /// alter table orders rename column code to reference;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// begin;
    /// drop view order_totals;
    /// alter table orders alter column total type numeric(14,2);
    /// create view order_totals as select customer_id, sum(total) as total from orders group by customer_id;
    /// commit;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Dependency Tracking".
    COM005 "dependent-object-breaks" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut reading = Reading::default();
    for (at, table, action) in steps.actions() {
        let (column, cascade) = match action {
            Action::SetType { column, .. } => (column, false),
            Action::DropColumn { name, cascade } => (name, *cascade),
            Action::RenameColumn { from, .. } => {
                asked(steps, &mut reading, at, table, Some(from));
                continue;
            }
            Action::RenameTable { .. } => {
                let answers = |it: &Act| matches!(it, Act::CreateView { name, .. } if name == table);
                if !steps.each().skip(at).any(|it| answers(&it.1.act)) {
                    asked(steps, &mut reading, at, table, None);
                }
                continue;
            }
            _ => continue,
        };
        if !cascade {
            let users = reading.at(steps, at).of_column(table, column);
            refused(steps, at, &format!("{table}.{column}"), &users);
        }
        if matches!(action, Action::DropColumn { .. }) {
            asked(steps, &mut reading, at, table, Some(column));
        }
    }
    for (at, step) in steps.each() {
        let Act::Drop { what, names, cascade, .. } = &step.act else { continue };
        let there: Vec<&String> =
            names.iter().filter(|it| steps.exists(it, at) && !steps.clears(at, it)).collect();
        for name in there {
            let standing = reading.at(steps, at);
            let users = match what.as_str() {
                "table" | "view" => standing.of_relation(name),
                "type" | "domain" => standing.of_type(name),
                _ => continue,
            };
            if !cascade {
                refused(steps, at, name, &users);
            }
            if matches!(what.as_str(), "table" | "view") {
                asked(steps, &mut reading, at, name, None);
            }
        }
    }
}

/// Tells what PostgreSQL refuses.
fn refused(steps: &mut Steps<'_>, at: usize, place: &str, users: &[String]) {
    let Some((first, others)) = users.split_first() else { return };
    let (verb, more) = match others.len() {
        0 => ("depends", String::new()),
        count => ("depend", format!(" and {count} more")),
    };
    let finding =
        steps.report(at, place, format!("{first}{more} {verb} on `{place}`: PostgreSQL refuses this"));
    for other in others {
        finding.because(format!("so does {other}"));
    }
    finding.because("drop and re-create what depends on it, in one transaction with the change");
}

/// Tells of functions that fail the next time they run; one that the script makes anew afterwards is up to date.
fn asked(steps: &mut Steps<'_>, reading: &mut Reading, at: usize, table: &str, column: Option<&str>) {
    let anew = |name: &str| {
        let makes = |it: &Act| matches!(it, Act::CreateFunction { name: made, .. } if made == name);
        steps.each().skip(at).any(|it| makes(&it.1.act))
    };
    let asking = reading.at(steps, at).asking(table, column);
    let asking: Vec<String> = asking.into_iter().filter(|it| !anew(it)).map(str::to_owned).collect();
    let place = column.map_or_else(|| table.to_owned(), |it| format!("{table}.{it}"));
    let milder = steps.told.milder(Severity::Warning);
    for name in asking {
        let message = format!(
            "the function `{name}` asks for `{place}` by this name, and fails when it is called next"
        );
        steps.report(at, &place, message).severity = milder;
    }
}

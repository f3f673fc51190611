//! Function signature changed.

use crate::lint::prelude::*;
use crate::read;

rule! {
    /// Flags a function that is replaced under other arguments or with another result, or dropped while something calls it.
    ///
    /// ## Why
    ///
    /// `CREATE OR REPLACE` with other arguments makes a second function; the old one stays and is called as before. Another result,
    /// or another name for an argument, is refused. So is dropping a function that a trigger, default, policy, check, index or
    /// view calls.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create function f(a int) returns int language sql as 'select 1';
    /// create or replace function f(a text) returns int language sql as 'select 2';
    /// ```
    ///
    /// ```sql invalid
    /// create function f(a int) returns int language sql as 'select 1';
    /// create or replace function f(a int) returns text language sql as 'select 2';
    /// ```
    ///
    /// ```sql invalid
    /// create trigger touched before update on orders for each row execute function touch();
    /// drop function touch();
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create function f(a int) returns int language sql as 'select 1';
    /// create or replace function f(a int) returns int language sql as 'select 2';
    /// ```
    ///
    /// ```sql
    /// create function f(a int) returns int language sql as 'select 1';
    /// drop function f(int);
    /// create or replace function f(a text) returns int language sql as 'select 2';
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE FUNCTION", notes.
    COM008 "function-signature-changed" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let replaces = |it: &Act| matches!(it, Act::CreateFunction { replaces: true, .. });
    if steps.each().any(|it| replaces(&it.1.act)) {
        replacements(steps);
    }
    let mut reading = Reading::default();
    for (at, step) in steps.each() {
        let Act::Drop { what, names, cascade: false, .. } = &step.act else { continue };
        if !is_function(what) {
            continue;
        }
        let there: Vec<&String> = names.iter().filter(|it| !steps.clears(at, it)).collect();
        for name in there {
            let users = reading.at(steps, at).of_function(name);
            let Some((first, others)) = users.split_first() else { continue };
            let (verb, more) = match others.len() {
                0 => ("needs", String::new()),
                count => ("need", format!(" and {count} more")),
            };
            let finding =
                steps.report(at, name, format!("{first}{more} {verb} `{name}`: PostgreSQL refuses this"));
            for other in others {
                finding.because(format!("so does {other}"));
            }
            finding.because("`CREATE OR REPLACE` changes what a function does without dropping it");
        }
    }
}

fn is_function(what: &str) -> bool {
    matches!(what, "function" | "procedure" | "routine")
}

/// Follows the functions of the script by name and arguments.
fn replacements(steps: &mut Steps<'_>) {
    let mut known: Vec<Function> = steps.before().functions().cloned().collect();
    let mut counts = std::collections::BTreeMap::new();
    for (_, step) in steps.each() {
        if let Act::CreateFunction { name, .. } = &step.act {
            *counts.entry(name.as_str()).or_insert(0) += 1;
        }
    }
    for (at, step) in steps.each() {
        match &step.act {
            Act::CreateFunction { name, replaces } => {
                // A name that comes once replaces nothing.
                let others = known.iter().filter(|it| it.name == *name).count();
                if others == 0 && counts.get(name.as_str()).is_none_or(|it| *it < 2) {
                    continue;
                }
                let read = read::postgres(steps.statement(at), &read::Options::default()).tree.design;
                let Some(new) = read.functions().find(|it| it.name == *name) else { continue };
                if *replaces {
                    let of_name: Vec<&Function> = known.iter().filter(|it| it.name == *name).collect();
                    compare(steps, at, new, &of_name);
                }
                known.retain(|it| it.name != *name || taken(it) != taken(new));
                known.push(new.clone());
            }
            Act::Drop { what, names, .. } if is_function(what) => {
                known.retain(|it| !names.contains(&it.name));
            }
            _ => {}
        }
    }
}

/// The types of what a function is called with, which tell it from others of its name.
fn taken(function: &Function) -> Vec<String> {
    let given = function.arguments.iter().filter(|it| it.mode != ArgumentMode::Out);
    given.map(|it| type_of(&it.data_type)).collect()
}

/// A type under one of its names.
fn type_of(written: &str) -> String {
    let plain = expression::folded(written);
    Builtin::from_name(&plain).map_or(plain, |it| it.name().to_owned())
}

fn compare(steps: &mut Steps<'_>, at: usize, new: &Function, of_name: &[&Function]) {
    let name = &new.name;
    match of_name.iter().find(|it| taken(it) == taken(new)) {
        Some(old) => {
            let result = |it: &Function| it.returns.as_ref().map(|it| type_of(it));
            let names = |it: &Function| it.arguments.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
            let renamed = names(old).iter().zip(names(new)).any(|(old, new)| old.is_some() && *old != new);
            if result(old) != result(new) {
                steps.report(
                    at,
                    name,
                    format!("`{name}` gets another result: PostgreSQL refuses to replace it"),
                );
            } else if renamed {
                let message =
                    format!("an argument of `{name}` gets another name: PostgreSQL refuses to replace it");
                steps.report(at, name, message);
            }
        }
        None => {
            let Some(old) = of_name.first() else { return };
            let (old, new) = (taken(old).join(", "), taken(new).join(", "));
            steps
                .report(
                    at,
                    name,
                    format!("this makes a second `{name}`: the one for ({old}) stays and is still called"),
                )
                .because(format!("the new one is for ({new})"))
                .because("drop the old one in the same transaction, or give the new one another name");
        }
    }
}

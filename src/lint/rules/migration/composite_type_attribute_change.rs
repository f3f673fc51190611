//! Composite type attribute change.

use crate::lint::prelude::*;

rule! {
    /// Flags a change to the attributes of a composite type that tables are made of, or whose values columns hold.
    ///
    /// ## Why
    ///
    /// A table `OF` the type has its attributes as columns. Without `CASCADE` PostgreSQL refuses the change; with it every such table is
    /// changed along, its rows written anew or their values dropped, under a lock that nobody reads through. Another type for
    /// an attribute is refused in any case while a column holds values of the composite type; dropping one makes its part of them
    /// unreadable.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create type pair as (a int, b int);
    /// create table uses of pair;
    /// alter type pair alter attribute a type bigint cascade;
    /// ```
    ///
    /// ```sql invalid
    /// create type pair as (a int, b int);
    /// create table uses of pair;
    /// alter type pair add attribute c int;
    /// ```
    ///
    /// ```sql invalid
    /// create type pair as (a int, b int);
    /// create table holds (id bigint primary key, both_of pair);
    /// alter type pair alter attribute a type bigint;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create type pair as (a int, b int);
    /// alter type pair add attribute c int;
    /// ```
    ///
    /// ```sql
    /// create type pair as (a int, b int);
    /// create table holds (id bigint primary key, both_of pair);
    /// alter type pair add attribute c int;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TYPE", `ADD ATTRIBUTE`, `DROP ATTRIBUTE`, `ALTER ATTRIBUTE`; `find_composite_type_dependencies` in
    /// `tablecmds.c`.
    MIG016 "composite-type-attribute-change" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut reading = Reading::default();
    for (at, step) in steps.each() {
        let Act::AlterType { name, rest } = &step.act else { continue };
        // Several actions are parted by commas; what the first words of each are decides.
        let says = |words: [&str; 2]| rest.windows(2).any(|it| it == words);
        let (adds, drops, alters) =
            (says(["add", "attribute"]), says(["drop", "attribute"]), says(["alter", "attribute"]));
        if !adds && !drops && !alters {
            continue;
        }
        let cascades = rest.iter().any(|it| it == "cascade");
        let typed = steps.of_type(at, name);
        if let Some((first, others)) = typed.split_first() {
            let message = if cascades {
                format!("the table `{first}` is of the type `{name}`, and is changed along with it")
            } else {
                format!(
                    "the table `{first}` is of the type `{name}`: PostgreSQL refuses this without CASCADE"
                )
            };
            let finding = steps.report(at, name, message);
            for other in others {
                finding.because(format!("so is `{other}`"));
            }
            continue;
        }
        if !alters && !drops {
            continue;
        }
        let users = reading.at(steps, at).of_type(name);
        let Some((first, others)) = users.split_first() else { continue };
        let message = if alters {
            format!("{first} holds values of `{name}`: PostgreSQL refuses this")
        } else {
            format!("{first} holds values of `{name}`: what they have in the attribute can no longer be read")
        };
        let finding = steps.report(at, name, message);
        for other in others {
            finding.because(format!("so does {other}"));
        }
    }
}

//! Mixed enumeration styles.

use crate::lint::prelude::*;

rule! {
    /// Flags a check that lists the values of a column which an enumerated type lists for a column of the same name.
    ///
    /// ## Why
    ///
    /// The two lists are changed in different ways and drift apart; a value of one is compared with the other only by a cast.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create type prio as enum ('low','high');
    /// create table a (id bigint primary key, priority prio not null);
    /// create table b (id bigint primary key, priority text not null check (priority in ('low','high')));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create type prio as enum ('low','high');
    /// create table a (id bigint primary key, priority prio not null);
    /// create table b (id bigint primary key, priority prio not null);
    /// ```
    ///
    /// ## Options
    ///
    /// `overlap` (60): the share of the values, in per cent, that both must have.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Enumerated Types".
    TYP022 "mixed-enumeration-styles" Info [] Design(check, &[Reads::Tables, Reads::Types])
}

fn check(cx: &mut Cx<'_>) {
    let overlap = cx.option("overlap", 60) as usize;
    let mut typed: Vec<(&str, &str, &EnumType)> = Vec::new();
    for t in cx.tables_that(|it| it.has_listed) {
        for c in t.cols().filter(|it| it.facts.is_listed) {
            let BaseType::Enum(id) = cx.design.below_domain(&c.data_type).base else { continue };
            typed.extend(
                cx.design.enum_type(id).map(|it| (c.column.name.as_str(), t.table.name.as_str(), it)),
            );
        }
    }
    if typed.is_empty() {
        return;
    }
    for t in cx.tables_that(|it| it.has_listed) {
        for check in &t.checks {
            let demands = expression::demands(&check.expression);
            let [(name, demand)] = demands.as_slice() else { continue };
            let Some(c) = t.cols().find(|it| it.name == *name && demand.listed && it.is_text()) else {
                continue;
            };
            let values = expression::texts(&check.expression);
            let same = typed.iter().find(|(name, _, of)| {
                let shared = of.values.iter().filter(|it| values.contains(it)).count();
                *name == c.name && shared > 0 && shared * 100 >= of.values.len().max(values.len()) * overlap
            });
            if let Some((_, table, of)) = same {
                let message = format!(
                    "a check lists the values of `{}`, and `{table}` has them as `{}`",
                    c.name, of.name
                );
                cx.member(&t, [c.id.into(), check.id.into()], &c.name, message);
            }
        }
    }
}

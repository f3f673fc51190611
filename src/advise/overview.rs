//! A row with what hangs on it: counted, by state, and the latest of it, in one round trip.

use super::select::{Select, column, is_live, order, refers};
use super::{Parameter, Query, QueryKind, a, asked, noun, parameter, referring, role, rows};
use crate::base::{plural, singular};
use crate::design::{Design, ForeignKey, Table, TableKind};
use crate::sql::ident;

/// So many of the tables that refer to a row are told of.
const TOLD: usize = 5;

/// So many of the latest rows of each.
const LATEST: u32 = 5;

/// The query; none of a table on which nothing hangs.
pub(super) fn overview(design: &Design, table: &Table) -> Option<Query> {
    if table.kind == TableKind::Lookup || rows::key(table).is_empty() {
        return None;
    }
    let hanging = hanging(design, table);
    if !hanging.iter().any(|it| it.0.kind != TableKind::Junction) {
        return None;
    }
    let mut select = Select::from(design, table);
    let own = ident(&table.name);
    select.columns.extend(rows::shown(table).iter().map(|it| column(&own, it)));
    let mut parameters: Vec<Parameter> = Vec::new();
    for (nth, id) in rows::key(table).iter().enumerate() {
        let it = table.column(*id)?;
        select.wheres.push(format!("{} = ${}", column(&own, it), nth + 1));
        let what = format!("{} of the {}", it.name.replace('_', " "), noun(table));
        parameters.push(parameter(design, table, *id, what));
    }
    select.wheres.extend(is_live(design, &own, table));
    for (child, fk) in &hanging {
        told(design, (&own, table), (child, fk), &mut select);
    }
    let named: Vec<String> =
        hanging.iter().map(|it| called(design, table, it.0, it.1).replace('_', " ")).collect();
    let gives = format!(
        "{} with its {}, in one round trip",
        crate::base::capitalized(&a(&noun(table))),
        listed(&named)
    );
    let index = table.primary_key.as_ref().map(|it| it.name.clone());
    Some(Query { kind: QueryKind::Overview, gives, sql: select.text(0), parameters, index })
}

/// The tables whose rows hang on one of this table, each with its reference.
fn hanging<'d>(design: &'d Design, table: &Table) -> Vec<(&'d Table, &'d ForeignKey)> {
    let of_it = |it: &(&Table, &ForeignKey)| {
        let (child, fk) = *it;
        let is_listed = asked::parent(design, child).is_some_and(|parent| parent.id == fk.id);
        let is_pair = asked::pair(child).is_some_and(|it| it.0.id == fk.id || it.1.id == fk.id);
        child.id != table.id && child.partition_of.is_none() && (is_listed || is_pair)
    };
    let mut all: Vec<_> = referring(design, table.id).into_iter().filter(of_it).collect();
    // What stands for itself before pairs, each in the order of the design.
    all.sort_by_key(|it| it.0.kind == TableKind::Junction);
    all.truncate(TOLD);
    all
}

/// What the rows of a child are called in the row that they hang on: after the other of a pair, and after the role where two references
/// lead there.
fn called(design: &Design, table: &Table, child: &Table, fk: &ForeignKey) -> String {
    let name = match asked::pair(child) {
        Some((one, other)) => role(design, child, if one.id == fk.id { other } else { one }),
        None => noun(child),
    };
    let is_one = child.is_unique_over(&fk.columns);
    let name = if is_one { name } else { plural(&name) }.replace(' ', "_");
    let several = child.foreign_keys.iter().filter(|it| it.references == table.id).count() > 1;
    if several && asked::pair(child).is_none() {
        format!("{name}_as_{}", role(design, child, fk).replace(' ', "_"))
    } else {
        name
    }
}

/// Adds what is told of one child: how many, how many of each state, and the latest.
fn told(design: &Design, of: (&str, &Table), (child, fk): (&Table, &ForeignKey), select: &mut Select) {
    let name = called(design, of.1, child, fk);
    let mut inner = Select::default().within(select);
    let (source, spoken) = inner.source(design, child, &child.name);
    inner.from = source;
    inner.wheres.push(refers((&spoken, child), fk, of));
    inner.wheres.extend(is_live(design, &spoken, child));
    let add = |select: &mut Select, value: String, name: &str| {
        let name = crate::design::naming::free(name.to_owned(), |it| {
            of.1.column_named(it).is_some()
                || select.columns.iter().any(|other| other.ends_with(&format!(" AS {}", ident(it))))
        });
        select.columns.push(format!("{value} AS {}", ident(&name)));
    };
    if child.is_unique_over(&fk.columns) {
        inner.columns.push(format!("to_jsonb({spoken})"));
        return add(select, within(&inner), &name);
    }
    let mut count = inner.clone();
    count.columns = vec!["count(*)".to_owned()];
    add(select, within(&count), &format!("{}_count", singular(&name)));
    if let Some(state) = rows::state(design, child) {
        let mut by_state = inner.clone();
        let state_column = column(&spoken, state);
        by_state.columns = vec![format!("{state_column} AS state"), "count(*) AS rows".to_owned()];
        if child.is_nullable(state.id) {
            by_state.wheres.push(format!("{state_column} IS NOT NULL"));
        }
        let grouped = format!("{}\n        GROUP BY {state_column}", by_state.text(2));
        let value = format!(
            "(SELECT coalesce(jsonb_object_agg(counted.state, counted.rows), '{{}}')\n    FROM (\n        {grouped}\n    ) AS counted)"
        );
        add(select, value, &format!("{name}_by_{}", state.name));
    }
    let mut latest = inner;
    latest.limit = Some(LATEST);
    match asked::pair(child) {
        Some((one, other)) => {
            let other = if one.id == fk.id { other } else { one };
            let Some(far) = design.table(other.references) else { return };
            let (source, far_spoken) = latest.source(design, far, &asked::alias(design, child, other));
            latest
                .joins
                .push(format!("JOIN {source} ON {}", refers((&spoken, child), other, (&far_spoken, far))));
            latest.columns.extend(rows::shown(far).iter().take(3).map(|it| column(&far_spoken, it)));
            latest.wheres.extend(is_live(design, &far_spoken, far));
            latest.order = order(design, &far_spoken, far);
        }
        None => {
            latest.columns.extend(rows::shown(child).iter().take(4).map(|it| column(&spoken, it)));
            latest.order = order(design, &spoken, child);
        }
    }
    if latest.columns.is_empty() {
        return;
    }
    let value = format!(
        "(SELECT coalesce(jsonb_agg(listed), '[]')\n    FROM (\n        {}\n    ) AS listed)",
        latest.text(2)
    );
    add(select, value, &name);
}

/// A `SELECT` as a value.
fn within(select: &Select) -> String {
    format!("(\n        {}\n    )", select.text(2))
}

/// Words with commas, and "and" before the last.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

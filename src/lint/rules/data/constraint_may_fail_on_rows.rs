//! Constraint may fail on rows.

use crate::lint::prelude::*;
use crate::sql::{Role as Means, ident, mentions};

rule! {
    /// Flags a check or foreign key to which the rows of an existing table are held, with nothing before it that looks at them or
    /// puts them right.
    ///
    /// ## Why
    ///
    /// One row that does not fit stops the script, perhaps in its middle. A query tells how many there are while there is still time.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add constraint k check (code > 0) not valid;
    /// alter table orders validate constraint k;
    /// ```
    ///
    /// ```sql
    /// alter table orders add constraint orders_region_fk foreign key (region_id) references regions (id) not valid;
    /// alter table orders validate constraint orders_region_fk;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add constraint k check (code > 0) not valid;
    /// select count(*) from orders where not (code > 0);
    /// alter table orders validate constraint k;
    /// ```
    ///
    /// ```sql
    /// delete from orders where id in (select id from orders where code <= 0 limit 1000);
    /// alter table orders add constraint k check (code > 0);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `VALIDATE CONSTRAINT`.
    DAT010 "constraint-may-fail-on-rows" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    for (at, table, action) in &all {
        let added = match action {
            Action::AddConstraint(it) if !it.not_valid => it,
            Action::Validate { name } => {
                let adds = |it: &'_ &Action| matches!(it, Action::AddConstraint(it) if it.name.as_deref() == Some(name));
                let mut of =
                    all.iter().filter(|it| it.0 <= *at && it.1 == *table).map(|it| it.2).filter(adds);
                let Some(Action::AddConstraint(it)) = of.next_back() else { continue };
                it
            }
            _ => continue,
        };
        let query = match &added.kind {
            Constraint::Check => condition(added).map(|it| format!("NOT ({it})")),
            Constraint::ForeignKey(to) => unreferenced(steps, added, to),
            _ => continue,
        };
        if is_looked_at(steps, *at, table) || is_new(steps, *at, table, added) || held(steps, table, added) {
            continue;
        }
        let what =
            if added.kind == Constraint::Check { "do not meet the check" } else { "reference nothing" };
        let finding = steps.report(*at, table, format!("rows that {what} stop the script"));
        if let Some(query) = query {
            finding.because(format!("SELECT count(*) FROM {} WHERE {query}", ident(table)));
        }
    }
}

/// What a check demands, as written.
fn condition(added: &Added) -> Option<&str> {
    let inner = added.text.strip_prefix('(')?;
    let mut depth = 1_usize;
    for (token, written) in expression::written(inner) {
        match written {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return inner.get(..token.span.start as usize).map(str::trim);
        }
    }
    None
}

/// The condition of rows that reference nothing, where the foreign key has one column.
fn unreferenced(steps: &Steps<'_>, added: &Added, to: &str) -> Option<String> {
    let [column] = added.columns.as_slice() else { return None };
    let target = steps.before().tables().find(|it| it.name == to)?;
    let written = expression::written(&added.text);
    let references = written.iter().position(|it| it.1.eq_ignore_ascii_case("references"))?;
    // The referenced table as it is written, up to its columns or the next word.
    let rest = written.get(references + 1..)?;
    let qualified = rest.get(1).is_some_and(|it| it.1 == ".");
    let last = rest.get(if qualified { 2 } else { 0 })?;
    let name = added.text.get(rest.first()?.0.span.start as usize..last.0.span.end as usize)?;
    let after = rest.get(if qualified { 3 } else { 1 }..)?;
    let key = match after {
        [open, key, close, ..] if open.1 == "(" && close.1 == ")" => key.1.to_owned(),
        _ => {
            let key = target.primary_key.as_ref()?;
            let mut names = target.column_names(&key.columns);
            ident(names.next().filter(|_| names.next().is_none())?)
        }
    };
    let column = ident(column);
    Some(format!("{column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {name})"))
}

/// Whether an earlier step changes the table's rows, takes some away, or asks for them.
fn is_looked_at(steps: &Steps<'_>, at: usize, table: &str) -> bool {
    let table_folded = table.to_ascii_lowercase();
    steps.each().take(at).any(|(place, step)| match &step.act {
        Act::Update { table: of, .. }
        | Act::Delete { table: of, .. }
        | Act::On { what: "MERGE", table: of } => of == table,
        Act::Truncate { tables, .. } => tables.iter().any(|it| it == table),
        Act::Other { words } if words.first().is_none_or(|it| it != "create") => {
            steps.statement(place).to_ascii_lowercase().contains(&table_folded)
        }
        _ => false,
    })
}

/// Whether it is about columns alone that the script has added without a value: null meets both kinds of constraints.
fn is_new(steps: &Steps<'_>, at: usize, table: &str, added: &Added) -> bool {
    let is_empty = |name: &str| {
        steps.actions().iter().any(|(place, of, it)| {
            matches!(it, Action::AddColumn(it)
                if *place <= at && *of == table && it.name == name && it.default.is_none() && !it.identity && !it.is_serial())
        })
    };
    let names: Vec<String> = match condition(added).filter(|_| added.kind == Constraint::Check) {
        Some(text) => {
            let all = mentions(text).into_iter().filter(|it| it.role == Means::Other);
            all.map(|it| it.last().name.clone()).collect()
        }
        None => added.columns.clone(),
    };
    let asks_null = added.kind == Constraint::Check && expression::folded(&added.text).contains("null");
    !names.is_empty() && names.iter().all(|it| is_empty(it)) && !asks_null
}

/// Whether the table is held to the same already.
fn held(steps: &Steps<'_>, table: &str, added: &Added) -> bool {
    let before = steps.before();
    let Some(of) = before.tables().find(|it| it.name == table) else { return false };
    match &added.kind {
        Constraint::ForeignKey(to) => of.foreign_keys.iter().any(|it| {
            it.enforcement == Enforcement::Valid
                && of.column_names(&it.columns).eq(added.columns.iter().map(String::as_str))
                && before.table(it.references).is_some_and(|it| it.name == *to)
        }),
        _ => condition(added).is_some_and(|text| {
            let same = |it: &Check| crate::pg::alike(&it.expression, text);
            of.checks.iter().any(|it| it.enforcement == Enforcement::Valid && same(it))
        }),
    }
}

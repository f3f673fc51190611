//! Columns that a script gives to tables that no script makes: of them nothing is known but the type, and rules that
//! ask for the type alone are asked.

use std::collections::BTreeSet;

use super::{Act, Action, Step};
use crate::design::{Id, Table};
use crate::lint::{Config, Finding, Linter};
use crate::read;
use crate::sql::ident;

/// Rules that judge a column by its name and type.
const OF_TYPES: &[&str] = &[
    "TYP001", "TYP002", "TYP003", "TYP004", "TYP006", "TYP007", "TYP008", "TYP009", "TYP010", "TYP011",
    "TYP019",
];

/// What rules about types say of columns of tables that are not among those that scripts made up to here.
pub fn lint(steps: &[Step], name: &str, created: &BTreeSet<String>, config: &Config) -> Vec<Finding> {
    let mut columns: Vec<(usize, String, String)> = Vec::new();
    let mut text = String::new();
    for (at, step) in steps.iter().enumerate() {
        let Act::AlterTable { table, actions } = &step.act else { continue };
        if created.contains(table) {
            continue;
        }
        for action in actions {
            let (column, data_type) = match action {
                Action::AddColumn(it) if !it.is_serial() => (&it.name, &it.data_type),
                Action::SetType { column, data_type, .. } => (column, data_type),
                _ => continue,
            };
            text.push_str(&format!("CREATE TABLE t{} ({} {data_type});\n", columns.len(), ident(column)));
            columns.push((at, table.clone(), column.clone()));
        }
    }
    if columns.is_empty() {
        return Vec::new();
    }
    let design = read::postgres(&text, &read::Options::default()).tree.design;
    let place = |id: Option<Id>| {
        let table: &Table = design.tables().find(|it| Some(Id::from(it.id)) == id)?;
        columns.get(table.name.strip_prefix('t')?.parse::<usize>().ok()?)
    };
    let of_types = |it: &Finding| OF_TYPES.contains(&it.code.as_str());
    let found = Linter::new(&design, config.clone()).into_findings().into_iter().filter(of_types);
    let told = found.filter_map(|it| {
        let (at, table, column) = place(it.record)?;
        let step = steps.get(*at)?;
        Some(Finding {
            record: None,
            objects: Vec::new(),
            place: format!("{table}.{column}"),
            fix: None,
            file: Some(name.to_owned()),
            line: Some(step.line),
            span: Some(step.span),
            ..it
        })
    });
    told.collect()
}

//! `relata contexts`: the bounded contexts of a large design.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use relata::design::{Table, TableId};
use relata::layout::{Evidence, contexts_by, in_contexts};

use super::failure::{print_json, write_design, write_result};
use super::input;
use super::{Failure, Outcome};

/// Find the tables of a large design that belong together by their references, and the links between such contexts.
#[derive(clap::Args)]
pub struct Arguments {
    /// A design: a file, a folder, `-`, or a link.
    input: String,
    /// Print JSON (docs/contexts.md describes it).
    #[arg(long)]
    json: bool,
    /// Pass over what SQL schemas say: references and names tell.
    #[arg(long, conflicts_with = "output")]
    by_references: bool,
    /// Write the design with an area for each context; tables that are in an area stay there.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
struct Told<'d> {
    name: &'d str,
    tables: Vec<String>,
}

#[derive(Serialize)]
struct Link<'d> {
    from: &'d str,
    to: &'d str,
    references: usize,
}

#[derive(Serialize)]
struct Report<'d> {
    contexts: Vec<Told<'d>>,
    links: Vec<Link<'d>>,
    outside: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut design = input::design(&arguments.input)?;
    let evidence = if arguments.by_references { Evidence::References } else { Evidence::All };
    let found = contexts_by(&design, evidence);
    let of: BTreeMap<TableId, &str> =
        found.iter().flat_map(|it| it.tables.iter().map(|table| (*table, it.name.as_str()))).collect();
    let full = |it: &Table| match it.namespace {
        Some(_) => format!("{}.{}", design.namespace_name(it.namespace), it.name),
        None => it.name.clone(),
    };
    let name = |id: &TableId| design.table(*id).map(full);
    let told =
        found.iter().map(|it| Told { name: &it.name, tables: it.tables.iter().filter_map(name).collect() });
    let mut links: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (table, fk) in design.foreign_keys() {
        if let (Some(from), Some(to)) = (of.get(&table.id), of.get(&fk.references))
            && from != to
        {
            *links.entry((from, to)).or_default() += 1;
        }
    }
    let links = links.into_iter().map(|((from, to), references)| Link { from, to, references });
    let outside = design.tables().filter(|it| !of.contains_key(&it.id)).map(full);
    let report = Report { contexts: told.collect(), links: links.collect(), outside: outside.collect() };
    if arguments.json {
        print_json(&report)?;
    } else {
        write_result(None, &words(&report))?;
    }
    if let Some(path) = &arguments.output {
        let misfit = |it: relata::design::Refused| Failure::Usage(it.to_string());
        let edit = in_contexts(&design).accept_all(&design).map_err(misfit)?;
        design.apply(&edit).map_err(misfit)?;
        write_design(Some(path), &design)?;
    }
    Ok(Outcome::Fine)
}

fn words(report: &Report<'_>) -> String {
    let mut text = String::new();
    for it in &report.contexts {
        let _ = writeln!(text, "{} ({} tables)\n    {}", it.name, it.tables.len(), it.tables.join(", "));
    }
    if !report.links.is_empty() {
        text.push_str("Links between them\n");
    }
    for it in &report.links {
        let _ = writeln!(text, "    {} to {}: {}", it.from, it.to, it.references);
    }
    if !report.outside.is_empty() {
        let _ = writeln!(text, "In none\n    {}", report.outside.join(", "));
    }
    text
}

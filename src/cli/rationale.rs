//! `relata rationale`: why each table is as it is, what holds its rules, and how it is asked.

use std::fmt::Write as _;

use relata::advise::{Query, Rationale, rationale};
use relata::design::{Design, Table};
use serde::Serialize;

use super::failure::{print_json, write_result};
use super::{Failure, Outcome, input};

/// Print why each table is as it is, which constraints hold its rules, and the queries that it will be asked: the commonest one, what
/// hangs on a row in one round trip, all below it, what happened lately.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// Only these tables.
    tables: Vec<String>,
    /// Print the queries alone, as a script of comments and statements.
    #[arg(long, conflicts_with = "json")]
    queries: bool,
    /// Print JSON (docs/rationale.md describes it).
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Told<'d> {
    table: String,
    #[serde(flatten)]
    rationale: &'d Rationale,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let design = input::design(&arguments.input)?;
    let full = |it: &Table| design.relation_name(it.namespace, &it.name);
    for wanted in &arguments.tables {
        if !design.tables().any(|it| full(it) == *wanted || it.name == *wanted) {
            return Err(Failure::Usage(format!(
                "there is no table `{wanted}`; there are {}",
                names(&design)
            )));
        }
    }
    let is_wanted = |it: &&Table| {
        arguments.tables.is_empty()
            || arguments.tables.iter().any(|wanted| full(it) == *wanted || it.name == *wanted)
    };
    let tables = design.tables().filter(is_wanted);
    let all: Vec<(String, Rationale)> =
        tables.filter_map(|it| Some((full(it), rationale(&design, it.id)?))).collect();
    if arguments.json {
        let told: Vec<_> =
            all.iter().map(|(table, rationale)| Told { table: table.clone(), rationale }).collect();
        print_json(&told)?;
        return Ok(Outcome::Fine);
    }
    let mut text = String::new();
    for (name, it) in &all {
        if arguments.queries { write_queries(&mut text, it) } else { write_all(&mut text, name, it) }
    }
    write_result(None, text.trim_start_matches('\n'))?;
    Ok(Outcome::Fine)
}

fn names(design: &Design) -> String {
    let all: Vec<String> = design.tables().map(|it| design.relation_name(it.namespace, &it.name)).collect();
    all.join(", ")
}

fn write_all(text: &mut String, name: &str, it: &Rationale) {
    let _ = writeln!(text, "\n{name}");
    for why in &it.why {
        let _ = writeln!(text, "    {why}");
    }
    if !it.rules.is_empty() {
        text.push_str("  held by\n");
    }
    for rule in &it.rules {
        let _ = writeln!(text, "    {}  {}", rule.by, rule.says);
    }
    for query in &it.queries {
        let _ = writeln!(text, "  {}", query.gives);
        for line in query.sql.lines() {
            let _ = writeln!(text, "    {line}");
        }
        for note in notes(query) {
            let _ = writeln!(text, "    -- {note}");
        }
    }
}

fn write_queries(text: &mut String, it: &Rationale) {
    for query in &it.queries {
        let _ = writeln!(text, "\n-- {}", query.gives);
        for note in notes(query) {
            let _ = writeln!(text, "-- {note}");
        }
        let _ = writeln!(text, "{};", query.sql);
    }
}

/// What is given to a query, and by which index it finds its rows.
fn notes(query: &Query) -> impl Iterator<Item = String> + '_ {
    let given =
        query.parameters.iter().zip(1..).map(|(it, nth)| format!("${nth}: {} ({})", it.what, it.type_name));
    given.chain(query.index.iter().map(|it| format!("found by {it}")))
}

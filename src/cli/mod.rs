//! The `relata` command: one verb a file.
//!
//! Results go to standard output, problems to standard error with file, line and column.

mod ask;
mod catalog;
mod constraints;
mod contexts;
mod conventions;
mod convert;
mod decisions;
mod diff;
mod draw;
mod entities;
mod export;
mod failure;
mod input;
mod link;
mod lint;
mod migrate;
mod model;
mod open;
mod proposal;
mod psql;
mod rationale;
mod rules;
mod schema;
mod sql;
mod table;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use failure::{Failure, Outcome};

/// Turns a product description into a PostgreSQL schema that can be trusted.
///
/// INPUT is a file, `-` for standard input, or a link; its format is found from name and content.
#[derive(Parser)]
#[command(
    name = "relata",
    version,
    after_help = "Exit codes: 0 fine, 1 findings or differences, 2 wrong usage or unreadable input."
)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Ask(ask::Arguments),
    Catalog(catalog::Arguments),
    Constraints(constraints::Arguments),
    Contexts(contexts::Arguments),
    Conventions(conventions::Arguments),
    Decisions(decisions::Arguments),
    Diff(diff::Arguments),
    Draw(draw::Arguments),
    Convert(convert::Arguments),
    Entities(entities::Arguments),
    Export(export::Arguments),
    Link(link::Arguments),
    Lint(lint::Arguments),
    Migrate(migrate::Arguments),
    Model(model::Arguments),
    Open(open::Arguments),
    Rationale(rationale::Arguments),
    Rules(rules::Arguments),
    Schema(schema::Arguments),
    Sql(sql::Arguments),
    Table(table::Arguments),
}

/// Reads the arguments, runs the verb, and gives the exit code: 0 fine, 1 findings or differences, 2 wrong usage or
/// unreadable input.
pub fn run() -> ExitCode {
    let outcome = match Arguments::parse().verb {
        Verb::Ask(it) => ask::run(&it),
        Verb::Catalog(it) => catalog::run(&it),
        Verb::Constraints(it) => constraints::run(&it),
        Verb::Contexts(it) => contexts::run(&it),
        Verb::Conventions(it) => conventions::run(&it),
        Verb::Decisions(it) => decisions::run(&it),
        Verb::Diff(it) => diff::run(&it),
        Verb::Draw(it) => draw::run(&it),
        Verb::Convert(it) => convert::run(&it),
        Verb::Entities(it) => entities::run(&it),
        Verb::Export(it) => export::run(&it),
        Verb::Link(it) => link::run(&it),
        Verb::Lint(it) => lint::run(&it),
        Verb::Migrate(it) => migrate::run(&it),
        Verb::Model(it) => model::run(&it),
        Verb::Open(it) => open::run(&it),
        Verb::Rationale(it) => rationale::run(&it),
        Verb::Rules(it) => rules::run(&it),
        Verb::Schema(it) => schema::run(&it),
        Verb::Sql(it) => sql::run(&it),
        Verb::Table(it) => table::run(&it),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("relata: {failure}");
            ExitCode::from(2)
        }
    }
}

//! `relata sql`: a design as SQL.

use std::path::PathBuf;

use relata::sql::{ForeignKeyPlace, Given, Options, ddl};

use super::failure::write_result;
use super::input;
use super::{Failure, Outcome};

/// Print the SQL of a design. What the target version cannot say goes to standard error.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, `-` or a link.
    input: String,
    /// The PostgreSQL major version to write for; the design's own when not given.
    #[arg(long, value_parser = clap::value_parser!(u8).range(13..=18))]
    target: Option<u8>,
    /// Where foreign keys stand: in their table where they can, or each in a statement after all tables.
    #[arg(long, value_enum, default_value_t)]
    constraints: Constraints,
    /// The SQL to write.
    #[arg(long, value_enum, default_value_t)]
    dialect: Dialect,
    /// Write what is given as well, for an empty database.
    #[arg(long)]
    with_given: bool,
    /// Write to a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Where foreign keys stand.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Constraints {
    /// In `CREATE TABLE`.
    #[default]
    Inline,
    /// In statements of their own.
    Separate,
}

/// Whose SQL.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Dialect {
    /// PostgreSQL.
    #[default]
    #[value(name = "postgresql")]
    PostgreSql,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let design = input::design(&arguments.input)?;
    let written = match arguments.dialect {
        Dialect::PostgreSql => {
            let target = arguments.target.unwrap_or(Options::of(&design).target);
            let foreign_keys = match arguments.constraints {
                Constraints::Inline => ForeignKeyPlace::WithTable,
                Constraints::Separate => ForeignKeyPlace::AfterTables,
            };
            let given = if arguments.with_given { Given::Written } else { Given::LeftOut };
            ddl(&design, &Options { target, foreign_keys, given })
        }
    };
    for note in &written.lost {
        eprintln!("{}: {}", arguments.input, note.message);
    }
    write_result(arguments.output.as_deref(), &written.text)?;
    Ok(Outcome::Fine)
}

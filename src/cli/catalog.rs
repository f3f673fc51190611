//! `relata catalog`: the query whose JSON is a live database.

use relata::read::CATALOG_QUERY;

use super::failure::write_result;
use super::{Failure, Outcome};

/// Print the read-only query for PostgreSQL 12 to 18 whose one JSON value is an INPUT.
///
/// For example: `relata catalog | PGOPTIONS='-c jit=off' psql -XAtf - mydb > mydb.json`, then `relata sql mydb.json`. The
/// query changes nothing and reads no rows but those of migration tools' own tables (docs/catalog.md).
#[derive(clap::Args)]
pub struct Arguments {}

pub fn run(_: &Arguments) -> Result<Outcome, Failure> {
    write_result(None, CATALOG_QUERY)?;
    Ok(Outcome::Fine)
}

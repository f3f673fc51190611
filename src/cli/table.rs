//! `relata table`: one entity with loosely typed fields becomes the SQL of a complete table.

use clap::ValueEnum;

use relata::base::LineIndex;
use relata::design::aggregate::{self, Aggregate, AggregateError};
use relata::design::{Conventions, KeyStyle, TableNames, ValueSetStyle};
use relata::sql::{Options, ddl};

use super::failure::write_result;
use super::{Failure, Outcome};

/// Print a complete table for an entity and its fields: `relata table Order total:decimal status:string`.
///
/// A field is `name:type` or just a name. Types are loose (`string`, `decimal`, `int`, `bool`, `date`, `datetime`, `json`,
/// `uuid`, `money`, `email`), exact (`varchar(80)`), value sets (`low|high`) or references (`ref(user)`); `[]` makes an
/// array, `?` allows null.
#[derive(clap::Args)]
pub struct Arguments {
    /// The entity: `Order`.
    name: String,
    /// Its fields, each `name:type`.
    fields: Vec<String>,
    /// Delete by mark: `deleted_at`, and uniqueness among live rows alone.
    #[arg(long)]
    soft_delete: bool,
    /// Leave out `created_at`, `updated_at` and their trigger.
    #[arg(long)]
    no_timestamps: bool,
    /// Add `created_by` and `updated_by`.
    #[arg(long)]
    authorship: bool,
    /// Count a row's changes in `version`, and refuse an update that comes too late.
    #[arg(long)]
    row_version: bool,
    /// Name the table in the plural.
    #[arg(long)]
    plural: bool,
    /// How the table is keyed.
    #[arg(long, value_enum, default_value_t = Key::Uuid)]
    key: Key,
    /// How value sets are held.
    #[arg(long, value_enum, default_value_t = ValueSets::Enum)]
    value_sets: ValueSets,
    /// Which database the SQL is for.
    #[arg(long, value_enum, default_value_t = Database::Postgresql)]
    database: Database,
    /// The PostgreSQL version, 13 to 18.
    #[arg(long, default_value_t = 18, value_parser = clap::value_parser!(u8).range(13..=18))]
    target: u8,
}

#[derive(Clone, Copy, ValueEnum)]
enum Key {
    Uuid,
    Uuidv7,
    Identity,
}

#[derive(Clone, Copy, ValueEnum)]
enum ValueSets {
    Enum,
    Check,
    Lookup,
}

#[derive(Clone, Copy, ValueEnum)]
enum Database {
    Postgresql,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let aggregate = read(&arguments.name, &arguments.fields)?;
    let design = aggregate
        .design(&arguments.conventions())
        .map_err(|it| Failure::Usage(format!("{}: {it}", arguments.name)))?;
    match arguments.database {
        Database::Postgresql => write_result(None, &ddl(&design, &Options::of(&design)).text)?,
    }
    Ok(Outcome::Fine)
}

impl Arguments {
    fn conventions(&self) -> Conventions {
        Conventions {
            key: match self.key {
                Key::Uuid => KeyStyle::UuidV4,
                Key::Uuidv7 => KeyStyle::UuidV7,
                Key::Identity => KeyStyle::Identity,
            },
            value_sets: match self.value_sets {
                ValueSets::Enum => ValueSetStyle::Enum,
                ValueSets::Check => ValueSetStyle::Check,
                ValueSets::Lookup => ValueSetStyle::Lookup,
            },
            table_names: if self.plural { TableNames::Plural } else { TableNames::Singular },
            timestamps: !self.no_timestamps,
            authorship: self.authorship,
            soft_delete: self.soft_delete,
            version: self.row_version,
            target: self.target,
            ..Conventions::default()
        }
    }
}

fn read(name: &str, fields: &[String]) -> Result<Aggregate, Failure> {
    let text = [&[name.to_owned()], fields].concat().join(" ");
    let parsed = aggregate::parse(&text);
    if parsed.errors.is_empty() {
        return Ok(parsed.tree);
    }
    let messages: Vec<String> = parsed.errors.iter().map(|it| pointed(&text, it)).collect();
    Err(Failure::Usage(messages.join("\n")))
}

/// The message, and the arguments with the place marked below them.
fn pointed(text: &str, error: &AggregateError) -> String {
    let place = LineIndex::new(text).place(error.span.start);
    let marks = "^".repeat(error.span.of(text).chars().count().max(1));
    let before = " ".repeat(place.column as usize - 1);
    format!("{}\n  {text}\n  {before}{marks}", error.kind)
}

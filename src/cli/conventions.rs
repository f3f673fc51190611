//! `relata conventions`: the switches of a design, moved and moved back.

use std::path::PathBuf;

use relata::design::convention::{overridden, switched};
use relata::design::{
    ConventionOverrides, Conventions, Design, KeyStyle, Part, Proposal, TableNames, ValueSetStyle,
};
use relata::write::sql_changes;
use serde::Serialize;

use super::failure::{print_json, write_result};
use super::proposal::{Told, accept, in_words, told};
use super::{Failure, Outcome, input};

/// Move the switches of a design, on or off again: `relata conventions shop.relata.json --soft-delete on --tenancy organization`. What
/// was changed by hand stays; without a switch, print how they stand.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// For this table alone; `usual` lets it follow the design again.
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// `created_at` and `updated_at` with their trigger.
    #[arg(long, value_enum)]
    timestamps: Option<Switch>,
    /// `created_by` and `updated_by`.
    #[arg(long, value_enum)]
    authorship: Option<Switch>,
    /// `deleted_at`, and uniqueness among live rows.
    #[arg(long, value_enum)]
    soft_delete: Option<Switch>,
    /// A row version, by which an update that comes too late is refused.
    #[arg(long, value_enum)]
    row_version: Option<Switch>,
    /// The table whose rows are tenants, or `off`; with --table `on`, `off` or `usual`.
    #[arg(long, value_name = "TABLE")]
    tenancy: Option<String>,
    /// Comments on what conventions add.
    #[arg(long, value_enum)]
    comments: Option<Switch>,
    /// How tables are keyed.
    #[arg(long, value_enum)]
    keys: Option<Keys>,
    /// How tables are named.
    #[arg(long, value_enum)]
    names: Option<Names>,
    /// How a closed set of values is held.
    #[arg(long, value_enum)]
    value_sets: Option<Sets>,
    /// Print the lines of SQL that differ.
    #[arg(long, conflicts_with = "json")]
    sql: bool,
    /// Print JSON: the conventions as they stand then, and the parts that lead there.
    #[arg(long)]
    json: bool,
    /// Write the design to a file, with the decision.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Switch {
    On,
    Off,
    /// As the design has it; of one table.
    Usual,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Keys {
    Uuid,
    Uuid7,
    Identity,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Names {
    Singular,
    Plural,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Sets {
    Enum,
    Check,
    Lookup,
}

#[derive(Serialize)]
struct Report<'a> {
    conventions: &'a Conventions,
    parts: Vec<Told>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let design = input::design(&arguments.input)?;
    let proposal = match &arguments.table {
        Some(name) => of_table(arguments, &design, name)?,
        None => of_design(arguments, &design)?,
    };
    let parts = told(&proposal, &design);
    let after = if proposal.parts.is_empty() {
        design.clone()
    } else {
        accept(&proposal, design.clone(), &proposal.usual(), "", arguments.output.as_deref())?
    };
    if proposal.parts.is_empty()
        && let Some(path) = &arguments.output
    {
        super::failure::write_design(Some(path), &after)?;
    }
    if arguments.json {
        print_json(&Report { conventions: after.conventions(), parts })?;
    } else if arguments.sql {
        write_result(None, &sql_changes(&design, &after))?;
    } else if parts.is_empty() {
        write_result(None, &standing(after.conventions()))?;
    } else {
        write_result(None, &in_words(&parts))?;
    }
    Ok(Outcome::Fine)
}

fn of_design(arguments: &Arguments, design: &Design) -> Result<Proposal, Failure> {
    let mut wanted = design.conventions().clone();
    let set = |switch: Option<Switch>, at: &mut bool| match switch {
        Some(Switch::Usual) => Err(Failure::Usage("`usual` is for one table: name it by --table".to_owned())),
        Some(switch) => {
            *at = switch == Switch::On;
            Ok(())
        }
        None => Ok(()),
    };
    set(arguments.timestamps, &mut wanted.timestamps)?;
    set(arguments.authorship, &mut wanted.authorship)?;
    set(arguments.soft_delete, &mut wanted.soft_delete)?;
    set(arguments.row_version, &mut wanted.version)?;
    set(arguments.comments, &mut wanted.comments)?;
    match arguments.tenancy.as_deref() {
        None => {}
        Some("off") => wanted.tenancy = None,
        Some(name) => {
            if !design.tables().any(|it| it.name == name) {
                let why = format!("{}: there is no table `{name}`", arguments.input);
                return Err(Failure::Usage(why));
            }
            wanted.tenancy = Some(name.to_owned());
        }
    }
    if let Some(it) = arguments.keys {
        wanted.key = match it {
            Keys::Uuid => KeyStyle::UuidV4,
            Keys::Uuid7 => KeyStyle::UuidV7,
            Keys::Identity => KeyStyle::Identity,
        };
    }
    if let Some(it) = arguments.names {
        wanted.table_names = match it {
            Names::Singular => TableNames::Singular,
            Names::Plural => TableNames::Plural,
        };
    }
    if let Some(it) = arguments.value_sets {
        wanted.value_sets = match it {
            Sets::Enum => ValueSetStyle::Enum,
            Sets::Check => ValueSetStyle::Check,
            Sets::Lookup => ValueSetStyle::Lookup,
        };
    }
    Ok(switched(design, &wanted))
}

fn of_table(arguments: &Arguments, design: &Design, name: &str) -> Result<Proposal, Failure> {
    let usage = |why: String| Failure::Usage(format!("{}: {why}", arguments.input));
    let table = design.tables().find(|it| it.name == name);
    let table = table.ok_or_else(|| usage(format!("there is no table `{name}`")))?;
    if table.is_given() {
        return Err(usage(format!("`{name}` is given and follows no convention")));
    }
    if arguments.names.is_some() || arguments.comments.is_some() {
        return Err(usage("names and comments are switched for the whole design".to_owned()));
    }
    let mut overrides: ConventionOverrides = table.overrides.clone();
    let own = |switch: Switch| match switch {
        Switch::On => Some(true),
        Switch::Off => Some(false),
        Switch::Usual => None,
    };
    let mut set = |switch: Option<Switch>, at: fn(&mut ConventionOverrides) -> &mut Option<bool>| {
        if let Some(switch) = switch {
            *at(&mut overrides) = own(switch);
        }
    };
    set(arguments.timestamps, |it| &mut it.timestamps);
    set(arguments.authorship, |it| &mut it.authorship);
    set(arguments.soft_delete, |it| &mut it.soft_delete);
    set(arguments.row_version, |it| &mut it.version);
    let tenancy = match arguments.tenancy.as_deref() {
        None => None,
        Some("on") => Some(Switch::On),
        Some("off") => Some(Switch::Off),
        Some("usual") => Some(Switch::Usual),
        Some(other) => return Err(usage(format!("--tenancy of a table is on, off or usual, not `{other}`"))),
    };
    set(tenancy, |it| &mut it.tenancy);
    if let Some(it) = arguments.keys {
        overrides.key = Some(match it {
            Keys::Uuid => KeyStyle::UuidV4,
            Keys::Uuid7 => KeyStyle::UuidV7,
            Keys::Identity => KeyStyle::Identity,
        });
    }
    if let Some(it) = arguments.value_sets {
        overrides.value_sets = Some(match it {
            Sets::Enum => ValueSetStyle::Enum,
            Sets::Check => ValueSetStyle::Check,
            Sets::Lookup => ValueSetStyle::Lookup,
        });
    }
    let edit = overridden(design, table.id, &overrides);
    let title = format!("Change the conventions of {name}");
    let reason = "It departs from the design, or follows it again.".to_owned();
    let part = Part { title: title.clone(), reason, edit: edit.clone(), ..Part::default() };
    let parts = if edit.is_empty() { Vec::new() } else { vec![part] };
    Ok(Proposal { title, parts })
}

/// How the switches stand, a line each.
fn standing(it: &Conventions) -> String {
    let on = |it: bool| if it { "on" } else { "off" };
    let keys = match it.key {
        KeyStyle::UuidV4 => "uuid",
        KeyStyle::UuidV7 => "uuid7",
        KeyStyle::Identity => "identity",
    };
    let names = match it.table_names {
        TableNames::Singular => "singular",
        TableNames::Plural => "plural",
    };
    let sets = match it.value_sets {
        ValueSetStyle::Enum => "enum",
        ValueSetStyle::Check => "check",
        ValueSetStyle::Lookup => "lookup",
    };
    format!(
        "keys        {keys}\nnames       {names}\nvalue-sets  {sets}\ntimestamps  {}\nauthorship  {}\nsoft-delete {}\nrow-version {}\ntenancy     {}\ncomments    {}\n",
        on(it.timestamps),
        on(it.authorship),
        on(it.soft_delete),
        on(it.version),
        it.tenancy.as_deref().unwrap_or("off"),
        on(it.comments),
    )
}

//! `relata constraints`: what is asked of a design before anything is drawn.

use std::fmt::Write as _;
use std::path::PathBuf;

use relata::design::{Demand, Design, Edit, Id, Load, Origin, Record, Refused, Volume, demanded};
use relata::sql::refactor::take_as_given;
use serde::Serialize;

use super::failure::{print_json, write_design, write_result};
use super::{Failure, Outcome, input};

/// Print what is asked of a design up front, with where it was said; and set it, with what follows for its conventions:
/// `relata constraints design.relata.json --demand soft-delete --given crm.sql -o design.relata.json`.
///
/// Of a brief it prints what the text says. What is given is never changed by a proposal and never made by SQL.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// The database that the design must live with. What is written is PostgreSQL in any case; `relata lint` then tells what
    /// the other one does not have.
    #[arg(long, value_enum)]
    database: Option<Database>,
    /// The PostgreSQL major version.
    #[arg(long, value_parser = clap::value_parser!(u8).range(13..=18))]
    target: Option<u8>,
    /// How many reads are expected for each write.
    #[arg(long, value_name = "NUMBER")]
    reads_per_write: Option<f64>,
    /// How many rows are expected: `"500 organizations"`, `"20 users per organization"`; may be given several times.
    #[arg(long, value_name = "SIZE")]
    expect: Vec<String>,
    /// How many days rows are kept.
    #[arg(long, value_name = "DAYS")]
    retention: Option<u32>,
    /// What a reader sees of the last write.
    #[arg(long, value_enum)]
    consistency: Option<Consistency>,
    /// What is not negotiable; may be given several times.
    #[arg(long, value_enum)]
    demand: Vec<Firm>,
    /// What is no longer asked for; may be given several times. Conventions stay as they are (`relata conventions`).
    #[arg(long, value_enum)]
    release: Vec<Any>,
    /// A schema that is there already, in any format: its tables are taken as given; may be given several times.
    #[arg(long, value_name = "FILE")]
    given: Vec<String>,
    /// A table that is not given after all; may be given several times.
    #[arg(long, value_name = "TABLE")]
    not_given: Vec<String>,
    /// Print JSON (docs/constraints.md describes it).
    #[arg(long)]
    json: bool,
    /// Write the design to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Database {
    Postgresql,
    Mysql,
    Sqlite,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Consistency {
    /// Every reader sees it.
    Strong,
    /// A reader may see it somewhat later.
    Eventual,
}

/// What can be beyond negotiation.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Firm {
    /// Rows of one tenant are hidden from the others.
    Tenancy,
    /// Rows are deleted by mark.
    SoftDelete,
    /// Rows tell who made and changed them, and when.
    Audit,
}

/// Everything that can be asked for.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Any {
    Database,
    ReadsPerWrite,
    Retention,
    Consistency,
    Tenancy,
    SoftDelete,
    Audit,
}

#[derive(Serialize)]
struct Report {
    /// `postgresql`, `mysql` or `sqlite`.
    database: &'static str,
    /// The PostgreSQL major version that is written for.
    target: u8,
    reads_per_write: Option<f64>,
    retention_days: Option<u32>,
    consistency: Option<&'static str>,
    demands: Vec<Told>,
    volumes: Vec<Size>,
    given: Vec<String>,
}

/// A demand and where it was said.
#[derive(Serialize)]
struct Told {
    what: Demand,
    words: String,
    /// `brief`, `assumed` or `hand`.
    origin: &'static str,
    /// The words of the brief, or the reason of the assumption.
    evidence: Vec<String>,
}

#[derive(Serialize)]
struct Size {
    of: String,
    count: u64,
    per: Option<String>,
    #[serde(skip)]
    words: String,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut design = input::design(&arguments.input)?;
    let misfit = |it: Refused| Failure::Usage(format!("{}: {it}", arguments.input));
    let edit = asked(arguments, &design)?;
    let is_asked = !edit.is_empty();
    design.apply(&edit).map_err(misfit)?;
    for file in &arguments.given {
        let existing = input::design(file)?;
        if existing.tables().len() == 0 {
            return Err(Failure::Input(format!("{file}: there is no table in it")));
        }
        let refused = |it: Refused| Failure::Usage(format!("{file}: {it}"));
        let edit =
            take_as_given(&design, &existing).and_then(|it| it.accept_all(&design)).map_err(refused)?;
        design.apply(&edit).map_err(refused)?;
    }
    for name in &arguments.not_given {
        let table = design.tables().find(|it| it.name == *name && it.is_given());
        let Some(table) = table.map(|it| Id::from(it.id)) else {
            return Err(Failure::Usage(format!("{}: no table `{name}` is given", arguments.input)));
        };
        let edit = design.marking_given([table], false);
        design.apply(&edit).map_err(misfit)?;
    }
    if is_asked {
        // What is asked for is done where it can be; a person who asks for it has decided.
        let edit = demanded(&design).accept_all(&design).map_err(misfit)?;
        design.apply(&edit).map_err(misfit)?;
    }
    let report = report(&design);
    if arguments.json {
        print_json(&report)?;
    } else {
        write_result(None, &words(&report))?;
    }
    if let Some(path) = &arguments.output {
        write_design(Some(path), &design)?;
    }
    Ok(Outcome::Fine)
}

/// What the arguments ask for.
fn asked(arguments: &Arguments, design: &Design) -> Result<Edit, Failure> {
    let mut load: Load = design.load().clone();
    let mut conventions = design.conventions().clone();
    let mut demand = |what: Demand| load.demand(what, Origin::Hand);
    match arguments.database {
        Some(Database::Postgresql) => demand(Demand::PostgreSql),
        Some(Database::Mysql) => demand(Demand::MySql),
        Some(Database::Sqlite) => demand(Demand::Sqlite),
        None => {}
    }
    if let Some(target) = arguments.target {
        if !matches!(arguments.database, Some(Database::Mysql | Database::Sqlite)) {
            demand(Demand::PostgreSql);
        }
        conventions.target = target;
    }
    match arguments.consistency {
        Some(Consistency::Strong) => demand(Demand::Strong),
        Some(Consistency::Eventual) => demand(Demand::Eventual),
        None => {}
    }
    for it in &arguments.demand {
        demand(match it {
            Firm::Tenancy => Demand::Tenancy,
            Firm::SoftDelete => Demand::SoftDelete,
            Firm::Audit => Demand::Audit,
        });
    }
    if let Some(reads) = arguments.reads_per_write {
        if !(reads.is_finite() && reads > 0.0) {
            return Err(Failure::Usage("reads for each write are a number above 0".to_owned()));
        }
        demand(Demand::ReadsPerWrite);
        load.reads_per_write = Some(reads);
    }
    for text in &arguments.expect {
        let sizes = Volume::listed(text).map_err(|it| {
            Failure::Usage(format!("`{it}`: a size is a number and what it is of: `500 organizations`"))
        })?;
        for it in sizes {
            load.expect(it);
        }
    }
    if let Some(days) = arguments.retention {
        load.demand(Demand::Retention, Origin::Hand);
        load.retention_days = Some(days);
    }
    for it in &arguments.release {
        let all: &[Demand] = match it {
            Any::Database => &[Demand::PostgreSql, Demand::MySql, Demand::Sqlite],
            Any::ReadsPerWrite => &[Demand::ReadsPerWrite],
            Any::Retention => &[Demand::Retention],
            Any::Consistency => &[Demand::Strong, Demand::Eventual],
            Any::Tenancy => &[Demand::Tenancy],
            Any::SoftDelete => &[Demand::SoftDelete],
            Any::Audit => &[Demand::Audit],
        };
        for it in all {
            load.release(*it);
        }
    }
    let edit = Edit::default().put(design, Record::Load(load));
    // The keys of a design follow its version by a switch of the conventions.
    let switched = relata::design::convention::switched(design, &conventions);
    let more = switched.accept_all(design).map_err(|it| Failure::Usage(it.to_string()))?;
    Ok(edit.then(more))
}

fn report(design: &Design) -> Report {
    let load = design.load();
    let database = match () {
        () if load.asks(Demand::MySql) => "mysql",
        () if load.asks(Demand::Sqlite) => "sqlite",
        () => "postgresql",
    };
    let consistency = match () {
        () if load.asks(Demand::Strong) => Some("strong"),
        () if load.asks(Demand::Eventual) => Some("eventual"),
        () => None,
    };
    let told = load.demands.iter().map(|it| {
        let (origin, evidence) = match &it.origin {
            Origin::Brief { brief, spans } => {
                let text = design.brief(*brief).map_or("", |it| it.text.as_str());
                ("brief", spans.iter().map(|it| it.of(text).to_owned()).collect())
            }
            Origin::Assumption { reason } => ("assumed", vec![reason.clone()]),
            Origin::Hand
            | Origin::Convention(_)
            | Origin::Import { .. }
            | Origin::Model { .. }
            | Origin::Given => ("hand", Vec::new()),
        };
        Told { what: it.what, words: it.what.words(design), origin, evidence }
    });
    let volumes = load.volumes.iter();
    let given = design.tables().filter(|it| it.is_given());
    Report {
        database,
        target: design.conventions().target,
        reads_per_write: load.reads_per_write,
        retention_days: load.retention_days,
        consistency,
        demands: told.collect(),
        volumes: volumes
            .map(|it| Size { of: it.of.clone(), count: it.count, per: it.per.clone(), words: it.to_string() })
            .collect(),
        given: given.map(|it| it.name.clone()).collect(),
    }
}

fn words(report: &Report) -> String {
    let mut text = format!("Written for PostgreSQL {}\n", report.target);
    for it in &report.demands {
        let _ = writeln!(text, "{} ({})", it.words, it.origin);
        for evidence in &it.evidence {
            let _ = writeln!(text, "    {evidence}");
        }
    }
    for it in &report.volumes {
        let _ = writeln!(text, "{} are expected.", it.words);
    }
    if !report.given.is_empty() {
        let _ = writeln!(text, "Given: {}", report.given.join(", "));
    }
    text
}

//! `relata lint`: what is wrong with a design, or with a script that changes a database.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use relata::design::Design;
use relata::input::{self as opened, File, Format as Of};
use relata::lint::{self, Config, Finding, Preset, Ran, Script, Severity, State};
use relata::sql::{Options, ddl};
use serde::Serialize;

use super::failure::{print_json, write_result};
use super::input;
use super::{Failure, Outcome};

/// Tell what is wrong with a design, or with scripts that change a database; exit code 1 when anything is.
///
/// Findings for information alone do not change the exit code. docs/lint.md describes the configuration.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder of migrations, `-` or a link.
    input: String,
    /// How findings are told.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print the design with every safe fix applied, as SQL or in its own format; `unsafe` applies all fixes.
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
    fix: Option<Fixes>,
    /// A configuration file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A set of rules to start from: recommended, core, strict, supabase, rails, legacy.
    #[arg(long)]
    preset: Option<String>,
    /// Also run these rules, by code, name or pattern.
    #[arg(long, value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these.
    #[arg(long, value_delimiter = ',')]
    ignore: Vec<String>,
    /// A file of findings that were there before; only new ones are told.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings of now to the baseline file.
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
    /// Tell every finding on its own; otherwise many equal ones are told as one with a count.
    #[arg(long)]
    each: bool,
    /// Tell the three things that will be regretted most, with their story and remedy, instead of all findings.
    #[arg(long)]
    regret: bool,
    /// Tell the checklist instead: what is to hold before a schema is taken into use, each line with what stands against it.
    #[arg(long, conflicts_with = "regret")]
    checklist: bool,
    /// With the checklist: a server, as `psql` takes it; the schema is run there on a database made for it and dropped afterwards.
    #[arg(long, value_name = "URL", requires = "checklist")]
    database: Option<String>,
    /// Tell instead which locks each statement takes on tables that are there before it, and who waits for them.
    #[arg(long, conflicts_with_all = ["regret", "checklist"])]
    locks: bool,
    /// Each script is run within one transaction, as many tools do.
    #[arg(long)]
    in_transaction: bool,
    /// Print the script with its statements fixed; `unsafe` applies all fixes.
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
    fix_statements: Option<Fixes>,
    /// Write to a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// For people, with the line that is meant.
    #[default]
    Text,
    /// One object (docs/lint.md describes it).
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Fixes {
    /// Those that change neither data nor behaviour.
    Safe,
    /// All of them.
    Unsafe,
}

#[derive(Serialize)]
struct Report<'a> {
    findings: &'a [Finding],
    errors: usize,
    warnings: usize,
    infos: usize,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut config = configuration(arguments)?;
    let files = input::files(&arguments.input)?;
    let open = opened::open(&files).map_err(|error| Failure::Input(error.to_string()))?;
    let format = open.format;
    let mut design = input::accepted(open, &arguments.input)?;
    if let Some(fixes) = arguments.fix {
        return fixed(arguments, &design, &config, format, fixes);
    }
    if let Some(path) = arguments.baseline.as_ref().filter(|it| !arguments.write_baseline && it.exists()) {
        config.baseline.extend(text_of(path)?.lines().map(str::to_owned));
    }
    let texts = scripts(&files);
    if let Some(fixes) = arguments.fix_statements {
        return rewritten(arguments, &texts, &config, fixes);
    }
    for (_, text) in &texts {
        let facts = lint::stated(text, &design);
        design.apply(&facts).map_err(|error| Failure::Input(format!("{}: {error}", arguments.input)))?;
    }
    let mut findings = lint::lint(&design, &config);
    if let [(_, text)] = texts.as_slice() {
        let ignored = lint::ignored_in(text);
        findings.retain(|it| {
            let line = it.line.unwrap_or(0);
            !ignored.iter().any(|ignored| ignored.covers_line(&it.code, line))
        });
        // A reader goes through the file from top to bottom.
        findings.sort_by_key(|it| it.line);
    } else {
        for finding in &mut findings {
            finding.line = None;
        }
    }
    let scripts: Vec<Script<'_>> = texts.iter().map(|(name, text)| Script { name, text }).collect();
    if arguments.locks {
        return told_locks(arguments, &scripts);
    }
    if arguments.regret {
        let mut regrets = lint::regrets(&design, &findings);
        regrets.truncate(3);
        return told_regrets(arguments, &regrets);
    }
    if arguments.checklist {
        let ran = match &arguments.database {
            Some(url) => super::psql::on_a_clean_database(url, &ddl(&design, &Options::of(&design)).text)?,
            None => Ran::Not,
        };
        return told_checklist(arguments, &lint::checklist(&design, &findings, &ran));
    }
    let statements = lint::lint_scripts(&scripts, &config);
    if !arguments.each && !arguments.write_baseline {
        findings = lint::gather(findings);
    }
    findings.extend(statements);
    if let Some(path) = arguments.baseline.as_ref().filter(|_| arguments.write_baseline) {
        let known: BTreeSet<String> = findings.iter().map(Finding::fingerprint).collect();
        let text: String = known.into_iter().map(|it| it + "\n").collect();
        write_result(Some(path), &text)?;
        return Ok(Outcome::Fine);
    }
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let text = match arguments.format {
        Format::Text => lint::text(&findings, &scripts),
        Format::Github => lint::github(&findings, &scripts),
        Format::Sarif => format!("{:#}\n", lint::sarif(&findings, &scripts)),
        Format::Json if arguments.output.is_none() => {
            print_json(&Report { findings: &findings, errors, warnings, infos: count(Severity::Info) })?;
            String::new()
        }
        Format::Json => {
            let report = Report { findings: &findings, errors, warnings, infos: count(Severity::Info) };
            serde_json::to_string_pretty(&report).map_err(|it| Failure::Usage(it.to_string()))? + "\n"
        }
    };
    write_result(arguments.output.as_deref(), &text)?;
    Ok(if errors + warnings > 0 { Outcome::Found } else { Outcome::Fine })
}

fn configuration(arguments: &Arguments) -> Result<Config, Failure> {
    let mut config = match &arguments.config {
        Some(path) => Config::from_json(&text_of(path)?)
            .map_err(|error| Failure::Input(format!("{}: {error}", path.display())))?,
        None => Config::default(),
    };
    if let Some(name) = &arguments.preset {
        let preset = Preset::from_name(name);
        config.preset = Some(preset.ok_or_else(|| Failure::Usage(format!("no preset is called `{name}`")))?);
    }
    config.select.extend(arguments.select.iter().cloned());
    config.ignore.extend(arguments.ignore.iter().cloned());
    config.in_transaction |= arguments.in_transaction;
    config.check().map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(config)
}

fn text_of(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::Input(format!("{}: cannot read: {error}", path.display())))
}

/// The files that are SQL, with their texts.
fn scripts(files: &[File]) -> Vec<(String, String)> {
    let text = |it: &File| Some((it.name.clone(), opened::text_of(&it.bytes).ok()?.text.into_owned()));
    let all = files.iter().filter_map(text);
    all.filter(|(name, text)| Of::of(name, text) == Of::Sql).collect()
}

fn fixed(
    arguments: &Arguments,
    design: &Design,
    config: &Config,
    format: Of,
    fixes: Fixes,
) -> Result<Outcome, Failure> {
    let (edit, count) = lint::fix_all(design, config, fixes == Fixes::Unsafe);
    let mut after = design.clone();
    after.apply(&edit).map_err(|error| Failure::Input(format!("{}: {error}", arguments.input)))?;
    let text = if matches!(format, Of::Design | Of::Link) {
        after.to_json()
    } else {
        ddl(&after, &Options::of(&after)).text
    };
    write_result(arguments.output.as_deref(), &text)?;
    eprintln!("{}: {count} fixes applied", arguments.input);
    Ok(Outcome::Fine)
}

fn rewritten(
    arguments: &Arguments,
    texts: &[(String, String)],
    config: &Config,
    fixes: Fixes,
) -> Result<Outcome, Failure> {
    let [(name, text)] = texts else {
        return Err(Failure::Usage("statements are fixed in one file of SQL at a time".to_owned()));
    };
    let (fixed, count) = lint::fix_scripts(&[Script { name, text }], config, fixes == Fixes::Unsafe);
    write_result(arguments.output.as_deref(), &fixed.concat())?;
    eprintln!("{}: {count} fixes applied", arguments.input);
    Ok(Outcome::Fine)
}

/// The checklist for people, or as JSON.
fn told_checklist(arguments: &Arguments, lines: &[lint::Line]) -> Result<Outcome, Failure> {
    let text = match arguments.format {
        Format::Json => {
            serde_json::to_string_pretty(lines).map_err(|it| Failure::Usage(it.to_string()))? + "\n"
        }
        Format::Text | Format::Sarif | Format::Github => {
            let line = |it: &lint::Line| {
                let sign = match it.state {
                    State::Holds => "✓",
                    State::Open => "✗",
                    State::NotRun => "–",
                };
                let counted = |count: usize, what: &str| match count {
                    0 => None,
                    1 => Some(format!("1 {what}")),
                    count => Some(format!("{count} {what}s")),
                };
                let counts = [(it.errors, "error"), (it.warnings, "warning"), (it.infos, "remark")];
                let counts: Vec<String> =
                    counts.into_iter().filter_map(|(count, what)| counted(count, what)).collect();
                let not_run = (it.state == State::NotRun).then(|| "not looked at".to_owned());
                let places = (!it.places.is_empty()).then(|| it.places.join(", "));
                let said = [not_run, it.note.clone(), Some(counts.join(", ")), places];
                let said: Vec<String> = said.into_iter().flatten().filter(|it| !it.is_empty()).collect();
                let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(": ")) };
                format!("{sign} {}{said}\n", it.title)
            };
            lines.iter().map(line).collect()
        }
    };
    write_result(arguments.output.as_deref(), &text)?;
    Ok(if lines.iter().any(lint::Line::is_open) { Outcome::Found } else { Outcome::Fine })
}

/// The locks of each statement for people, or as JSON.
fn told_locks(arguments: &Arguments, scripts: &[Script<'_>]) -> Result<Outcome, Failure> {
    let all = lint::locks(scripts);
    let text = match arguments.format {
        Format::Json => {
            serde_json::to_string_pretty(&all).map_err(|it| Failure::Usage(it.to_string()))? + "\n"
        }
        Format::Text | Format::Sarif | Format::Github => {
            let mut out = String::new();
            for it in &all {
                let script = scripts.iter().find(|script| script.name == it.file);
                let first =
                    script.map_or("", |script| it.span.of(script.text)).lines().next().unwrap_or_default();
                out.push_str(&format!("{}:{}: {}\n", it.file, it.line, first.trim_end()));
                for lock in &it.locks {
                    out.push_str(&format!(
                        "    {} on `{}`: {}\n",
                        lock.mode.name(),
                        lock.table,
                        lock.mode.waiting()
                    ));
                }
            }
            out
        }
    };
    write_result(arguments.output.as_deref(), &text)?;
    Ok(Outcome::Fine)
}

/// The regrets for people, or as JSON.
fn told_regrets(arguments: &Arguments, regrets: &[lint::Regret]) -> Result<Outcome, Failure> {
    let text = match arguments.format {
        Format::Json => {
            serde_json::to_string_pretty(regrets).map_err(|it| Failure::Usage(it.to_string()))? + "\n"
        }
        Format::Text | Format::Sarif | Format::Github => {
            let line = |(place, it): (usize, &lint::Regret)| {
                let finding = &it.finding;
                format!(
                    "{}. {}: {} [{}]\n   In 18 months: {}.\n   Now: {}.\n",
                    place + 1,
                    finding.place,
                    finding.message,
                    finding.code,
                    it.story,
                    it.remedy
                )
            };
            regrets.iter().enumerate().map(line).collect()
        }
    };
    write_result(arguments.output.as_deref(), &text)?;
    Ok(if regrets.is_empty() { Outcome::Fine } else { Outcome::Found })
}

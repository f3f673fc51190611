//! The critic against real servers and real schemas: its examples load, what its fixes leave loads, and it does not cry
//! wolf over schemas that are well kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use relata::design::Design;
use relata::lint::{self, Check, Config, Finding, Preset, Remedy, Rule, Severity};
use relata::sql::ddl;
use relata::{read, sql};

use crate::postgres::{self, rehearse};
use crate::read::sql_files;

/// Tables that examples about designs may reference, and what is there before an example of a script runs.
const PRELUDE: &str = include_str!("../data/lint/prelude.sql");
const BEFORE: &str = include_str!("../data/lint/before.sql");

fn is_script(rule: &Rule) -> bool {
    matches!(rule.check, Check::Script(_))
}

fn design(text: &str) -> Design {
    read::postgres(text, &read::Options::default()).tree.design
}

fn config(rule: &Rule) -> Config {
    Config { select: vec![rule.code.to_owned()], preset: Some(Preset::Core), ..Config::default() }
}

/// The role that examples grant to; roles are the server's, so that one test may find what the other made.
fn make_role(database: &postgres::Database<'_>) {
    let made = database.client().batch_execute(
        "do $$ begin create role app; exception when duplicate_object or unique_violation then null; end $$",
    );
    made.expect("a role can be made");
}

#[test]
fn every_example_loads_and_what_is_marked_invalid_does_not() {
    let Some(server) = postgres::newest() else { return };
    let database = server.database("examples");
    make_role(&database);
    let mut client = database.client();
    let mut wrong = Vec::new();
    let mut count = 0;
    for rule in lint::rules() {
        let before = if is_script(rule) { BEFORE } else { PRELUDE };
        for (text, valid) in rule.examples("Fails").into_iter().chain(rule.examples("Passes")) {
            count += 1;
            let whole = format!("{before}\n{text}");
            let told = if alone(&text) {
                let own = server.database("example");
                own.load(&whole).err().and_then(|it| it.into_iter().next())
            } else {
                rehearse(&mut client, &whole).err()
            };
            match told {
                Some(error) if valid => wrong.push(format!("{}: {error}", rule.code)),
                None if !valid => {
                    wrong.push(format!("{} is marked as invalid and loads:\n{text}", rule.code));
                }
                _ => {}
            }
        }
    }
    assert!(count > 380, "only {count} examples");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether a script has a statement that cannot run within another transaction, or says itself where one ends.
fn alone(text: &str) -> bool {
    let text = text.to_lowercase();
    ["concurrently", "vacuum", "begin", "commit", "rollback", "database", "reindex", "cluster", "add value"]
        .iter()
        .any(|it| text.contains(it))
}

#[test]
fn what_a_fix_leaves_loads() {
    let Some(server) = postgres::newest() else { return };
    let database = server.database("fixes");
    make_role(&database);
    let mut client = database.client();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for rule in lint::rules().filter(|it| it.fix().is_some()) {
        for (text, valid) in rule.examples("Fails") {
            if !valid {
                continue;
            }
            let results = if is_script(rule) { rewritten(rule, &text) } else { fixed(rule, &text) };
            for result in results {
                count += 1;
                let told = if is_script(rule) {
                    server.database("fixed").load(&result).err().and_then(|it| it.into_iter().next())
                } else {
                    rehearse(&mut client, &result).err()
                };
                if let Some(error) = told {
                    wrong.push(format!("{}: {error}\nof\n{result}", rule.code));
                }
            }
        }
    }
    assert!(count > 120, "only {count} fixes");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// The design of an example after each fix of its rule, as SQL.
fn fixed(rule: &Rule, text: &str) -> Vec<String> {
    let whole = format!("{PRELUDE}\n{text}");
    let mut before = design(&whole);
    let facts = lint::stated(&whole, &before);
    before.apply(&facts).expect("facts fit");
    let found = lint::lint(&before, &config(rule));
    let of_rule = found.iter().filter(|it| it.code == rule.code);
    let fixed = of_rule.filter_map(|it| {
        let edit = it.proposal(&before)?.accept_all(&before).ok()?;
        let mut after = before.clone();
        after.apply(&edit).ok()?;
        Some(ddl(&after, &sql::Options::default()).text)
    });
    fixed.collect()
}

/// An example of a script after each fix of its rule, behind what is there before it.
fn rewritten(rule: &Rule, text: &str) -> Vec<String> {
    let scripts = [lint::Script { name: "before", text: BEFORE }, lint::Script { name: "example", text }];
    let found = lint::lint_scripts(&scripts, &config(rule));
    let of_rule = found.iter().filter(|it| it.code == rule.code && it.file.as_deref() == Some("example"));
    let fixes = of_rule.filter_map(|it| match &it.fix.as_ref()?.remedy {
        Remedy::Rewrite(edits) => Some(lint::rewritten(text, &edits.iter().collect::<Vec<_>>())),
        _ => None,
    });
    fixes.map(|it| format!("{BEFORE}\n{it}")).collect()
}

#[test]
fn a_decomposition_brings_every_row_along() {
    let Some(server) = postgres::newest() else { return };
    let people: Vec<String> =
        (0..30).map(|it| format!("({it}, 'D{}', 'Hall {}', {it})", it % 5, it % 5 % 3)).collect();
    let rows = people.join(", ");
    for (told, says) in
        [("", "it is so in all 30 rows"), ("comment on table staff is 'code -> hall';", "says so")]
    {
        let text = format!(
            "create table staff (id bigint primary key, code text not null, hall text not null, age int);
             {told} insert into staff values {rows};"
        );
        let before = design(&text);
        let found = lint::lint(&before, &Config::default());
        let finding = found.iter().find(|it| it.code == "NRM006").expect("hall depends on code");
        assert!(finding.evidence.iter().any(|it| it.contains(says)), "{:?}", finding.evidence);
        let migration =
            finding.fix.as_ref().and_then(|it| it.remedy.migration(&before)).expect("a migration");
        let database = server.database("decomposed");
        database.load(&text).expect("the example loads");
        let mut client = database.client();
        let mut all = |query: &str| -> Vec<(String, String)> {
            let rows = client.query(query, &[]).expect("a query");
            rows.iter().map(|it| (it.get(0), it.get(1))).collect()
        };
        let was = all("select code, hall from staff order by id");
        database.load(&migration).expect("the migration runs");
        assert_eq!(
            was,
            all("select s.code, c.hall from staff s join codes c on c.code = s.code order by s.id")
        );
        let proposal = finding.proposal(&before).expect("a fix").accept_all(&before).expect("fits");
        let mut after = before.clone();
        after.apply(&proposal).expect("valid");
        let other = server.database("decomposed_anew");
        other.load(&ddl(&after, &sql::Options::default()).text).expect("the design after it loads");
    }
}

/// So many errors and warnings a table the best kept schemas may have.
const BAR: f64 = 0.5;

#[test]
fn well_kept_schemas_are_told_little() {
    let mut schemas = Vec::new();
    for (name, text) in sql_files("schemas") {
        let design = design(&text);
        let found = lint::lint(&design, &Config::default());
        schemas.push(Kept {
            name,
            tables: design.tables().len(),
            raw: found.clone(),
            told: lint::gather(found),
        });
    }
    if schemas.is_empty() {
        return;
    }
    if std::env::var_os("RELATA_WRITE_NOISE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lint-noise.md");
        let head = std::fs::read_to_string(path).unwrap_or_default();
        let head = head.split("<!-- made by").next().unwrap_or_default();
        std::fs::write(path, format!("{head}{}", report(&schemas))).expect("the page can be written");
    }
    let mut rates: Vec<(f64, &str)> = schemas.iter().map(|it| (it.rate(), it.name.as_str())).collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let over: Vec<_> = rates.iter().take(10).filter(|it| it.0 > BAR).collect();
    assert!(over.is_empty(), "more than {BAR} errors and warnings a table: {over:?}");
}

struct Kept {
    name: String,
    tables: usize,
    raw: Vec<Finding>,
    told: Vec<Finding>,
}

impl Kept {
    fn rate(&self) -> f64 {
        let grave = self.told.iter().filter(|it| it.severity != Severity::Info).count();
        grave as f64 / self.tables.max(1) as f64
    }
}

/// The tables of docs/lint-noise.md.
fn report(schemas: &[Kept]) -> String {
    let mut out = String::from(
        "<!-- made by `RELATA_WRITE_NOISE=1 cargo test --test it well_kept`; what stands above is written by hand -->\n\n\
         ## By schema\n\n| schema | tables | errors | warnings | for information | errors and warnings a table |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for it in schemas {
        let count = |severity| it.told.iter().filter(|it| it.severity == severity).count();
        let (name, tables) = (&it.name, it.tables);
        let (errors, warnings, infos) =
            (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
        let _ = writeln!(out, "| {name} | {tables} | {errors} | {warnings} | {infos} | {:.2} |", it.rate());
    }
    let tables: usize = schemas.iter().map(|it| it.tables).sum();
    let mut rules: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for schema in schemas {
        for finding in &schema.raw {
            rules.entry(&finding.code).or_default()[0] += 1;
        }
        for finding in &schema.told {
            let place = if finding.severity == Severity::Info { 2 } else { 1 };
            rules.entry(&finding.code).or_default()[place] += 1;
        }
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|it| std::cmp::Reverse(it.1[0]));
    let _ = write!(
        out,
        "\n## By rule, over {tables} tables\n\n| rule | places per 100 tables | told as error or warning | told for information |\n\
         | --- | --- | --- | --- |\n",
    );
    for (code, [places, grave, infos]) in rules {
        let name = lint::rules().find(|it| it.code == code).map_or("", |it| it.name);
        let share = 100.0 * places as f64 / tables as f64;
        let _ = writeln!(out, "| {code} {name} | {share:.1} | {grave} | {infos} |");
    }
    out
}

#[test]
fn an_index_of_live_rows_serves_a_reference_to_what_is_deleted_by_mark_too() {
    let found = |mark: &str| {
        let sql = format!(
            "create table author (id bigint primary key, name text not null{mark});
             create table book (id bigint primary key, author_id bigint not null references author, deleted_at timestamptz);
             create index on book (author_id) where deleted_at is null;"
        );
        let all = lint::lint(&design(&sql), &Config::default());
        all.iter().filter(|it| it.code == "IDX001").count()
    };
    assert_eq!(found(", deleted_at timestamptz"), 0);
    assert_eq!(found(""), 1, "an author that goes for good is looked for among the deleted books too");
}

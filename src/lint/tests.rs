//! Every rule against its own examples, the catalogue's, and designs by chance.

use super::*;
use crate::design::Design;
use crate::read;

/// Tables that examples may reference.
const PRELUDE: &str = "create table users (id bigint generated always as identity primary key);
create table tenants (id bigint generated always as identity primary key);
create table products (id bigint generated always as identity primary key);
";

fn design(sql: &str) -> Design {
    read::postgres(&format!("{PRELUDE}{sql}"), &read::Options::default()).tree.design
}

fn config(rule: &Rule) -> Config {
    Config { select: vec![rule.code.to_owned()], preset: Preset::Core, ..Config::default() }
}

/// The same with the options that an example sets: `-- option target 16`.
fn config_of(rule: &Rule, sql: &str) -> Config {
    let mut config = config(rule);
    for line in sql.lines().filter_map(|it| it.strip_prefix("-- option ")) {
        let (name, value) = line.split_once(' ').expect("an option has a value");
        let value = serde_json::from_str(value).expect("an option is JSON");
        config.options.entry(rule.code.to_owned()).or_default().insert(name.to_owned(), value);
    }
    config
}

/// The findings of one rule about an example, those about the prelude left aside.
fn found(rule: &Rule, sql: &str) -> Vec<Finding> {
    let config = config_of(rule, sql);
    let mut found = match rule.check {
        Check::Script(_) => {
            let scripts = [Script { name: "before", text: BEFORE }, Script { name: "example", text: sql }];
            lint_scripts(&scripts, &config)
        }
        Check::Table(_) | Check::Named(_) | Check::Design(..) => lint(&design(sql), &config),
    };
    found.retain(|it| it.code == rule.code && it.file.as_deref() != Some("before"));
    found.retain(|it| {
        !["users", "tenants", "products"].contains(&it.place.split('.').next().unwrap_or_default())
    });
    found
}

/// What is there before an example of a script runs.
const BEFORE: &str = "create table customers (id bigint generated always as identity primary key, email text not null,
    name text, country text, created_at timestamptz not null default now());
create type order_state as enum ('new', 'paid', 'shipped');
create table orders (id bigint generated always as identity primary key, customer_id bigint not null references customers (id),
    state order_state not null default 'new', total numeric(12,2) not null default 0, note text, code integer,
    kind varchar(20), placed_at timestamptz, region_id bigint);
create index orders_customer_id_idx on orders (customer_id);
create index orders_code_idx on orders (code);
create table regions (id bigint primary key, name text not null);
create table events (id bigint not null, at timestamptz not null, body jsonb) partition by range (at);
create table events_2026_01 partition of events for values from ('2026-01-01') to ('2026-02-01');
create view order_totals as select customer_id, sum(total) as total from orders group by customer_id;
create materialized view order_stats as select state, count(*) as n from orders group by state;
create unique index order_stats_state_idx on order_stats (state);
create domain score as int;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
";

#[test]
fn every_rule_fires_on_what_fails_and_is_silent_on_what_passes() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let (fails, passes) = (rule.examples("Fails"), rule.examples("Passes"));
        if fails.is_empty() || passes.is_empty() {
            wrong.push(format!("{} lacks an example", rule.code));
        }
        for (sql, _) in fails.iter().filter(|it| found(rule, &it.0).is_empty()) {
            wrong.push(format!("{} is silent on\n{sql}", rule.code));
        }
        for (sql, _) in &passes {
            for finding in found(rule, sql) {
                wrong.push(format!("{} says {}: {} of\n{sql}", rule.code, finding.place, finding.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn codes_names_and_order_are_as_they_should_be() {
    let codes: Vec<&str> = rules().map(|it| it.code).collect();
    let mut distinct: Vec<&str> = rules().flat_map(|it| [it.code, it.name]).collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), codes.len() * 2);
    for rule in rules() {
        assert!(rule.page.contains("## Why"), "{} does not say why", rule.code);
        assert!(rule.name.bytes().all(|it| it.is_ascii_lowercase() || it == b'-'), "{}", rule.name);
    }
}

#[test]
fn a_fix_takes_its_finding_away_and_leaves_a_valid_design() {
    let mut wrong = Vec::new();
    for rule in rules().filter(|it| it.fix().is_some() && !matches!(it.check, Check::Script(_))) {
        let mut offered = 0;
        for (sql, _) in rule.examples("Fails") {
            let before = design(&sql);
            let errors = |design: &Design| {
                let all = lint(design, &Config::default()).into_iter();
                all.filter(|it| it.severity == Severity::Error).map(|it| it.fingerprint()).collect::<Vec<_>>()
            };
            let known = errors(&before);
            for finding in found(rule, &sql) {
                let Some(proposal) = finding.proposal(&before) else { continue };
                offered += 1;
                let mut after = before.clone();
                let applied = proposal.accept_all(&before).map(|edit| after.apply(&edit));
                if !matches!(applied, Ok(Ok(()))) {
                    wrong
                        .push(format!("{}: the fix of {} is refused: {applied:?}", rule.code, finding.place));
                    continue;
                }
                let left = lint(&after, &config(rule));
                if left.iter().any(|it| it.code == finding.code && it.place == finding.place) {
                    wrong.push(format!("{}: {} is still found after its fix", rule.code, finding.place));
                }
                let new: Vec<String> = errors(&after).into_iter().filter(|it| !known.contains(it)).collect();
                if !new.is_empty() {
                    wrong.push(format!("{}: the fix of {} brings {new:?}", rule.code, finding.place));
                }
            }
        }
        if offered == 0 {
            wrong.push(format!("{} says that it has a fix and offers none for its examples", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

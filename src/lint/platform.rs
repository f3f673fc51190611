//! What a platform keeps in the database of its users: they may not change it, so that nothing of it is told.
//!
//! Source: Supabase changelog, "Restricting Access on Auth, Storage, and Realtime Schemas" (2025): there, tables, functions
//! and indexes are made by nobody else, but policies and triggers may be; Supabase documentation, "Permissions".

use super::Finding;
use crate::design::{Design, Id, NamespaceId, Record};

/// The SQL schemas of Supabase's services, and those that its extensions fill.
const SUPABASE: &[&str] = &[
    "_analytics",
    "_realtime",
    "auth",
    "cron",
    "extensions",
    "graphql",
    "graphql_public",
    "net",
    "pgbouncer",
    "pgmq",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "storage",
    "supabase_functions",
    "supabase_migrations",
    "vault",
];

/// Whether a finding is about something that Supabase keeps: the policies and triggers of its tables are the users' own.
pub(super) fn is_supabase(design: &Design, finding: &Finding) -> bool {
    let Some(record) = finding.record.and_then(|it| design.record(it)) else { return false };
    is_within(design, &record) && !finding.objects.iter().any(|it| is_of_users(&record, *it))
}

fn is_within(design: &Design, record: &Record) -> bool {
    let named = |it: Option<NamespaceId>| SUPABASE.contains(&design.namespace_name(it));
    match record {
        Record::Table(it) => named(it.namespace),
        Record::EnumType(it) => named(it.namespace),
        Record::Domain(it) => named(it.namespace),
        Record::CompositeType(it) => named(it.namespace),
        Record::RangeType(it) => named(it.namespace),
        Record::Sequence(it) => named(it.namespace),
        Record::View(it) => named(it.namespace),
        Record::Function(it) => named(it.namespace),
        Record::Namespace(it) => SUPABASE.contains(&it.name.as_str()),
        Record::Title(_)
        | Record::Conventions(_)
        | Record::Load(_)
        | Record::Extension(_)
        | Record::Verbatim(_)
        | Record::Placement(_)
        | Record::Area(_)
        | Record::Note(_)
        | Record::Brief(_)
        | Record::Story(_)
        | Record::AccessPattern(_)
        | Record::Decision(_)
        | Record::Snapshot(_) => false,
    }
}

fn is_of_users(record: &Record, object: Id) -> bool {
    let Record::Table(table) = record else { return false };
    table.policies.iter().any(|it| object == it.id.into())
        || table.triggers.iter().any(|it| object == it.id.into())
}

#[cfg(test)]
mod tests {
    use crate::design::Edit;
    use crate::lint::{Config, Finding, Linter, Preset, lint};
    use crate::read;

    const PROJECT: &str = "create schema storage; create schema auth;
        create table storage.objects (id uuid primary key, owner uuid, created_at timestamp);
        alter table storage.objects enable row level security;
        create policy own on storage.objects using (owner = auth.uid());
        create function auth.is_me(who uuid) returns boolean language sql security definer as $$ select true $$;
        create table note (id uuid primary key, at timestamp not null);
        alter table note enable row level security;
        create view notes as select id from note;";

    fn told(findings: &[Finding], code: &str) -> Vec<String> {
        findings.iter().filter(|it| it.code == code).map(|it| it.place.clone()).collect()
    }

    #[test]
    fn what_supabase_keeps_is_left_alone_but_for_its_users_policies() {
        let design = read::postgres(PROJECT, &read::Options::default()).tree.design;
        let everywhere = lint(&design, &Config::default());
        let there = lint(&design, &Config::preset(Preset::Supabase));
        assert_eq!(told(&everywhere, "TYP001"), ["storage.objects.created_at", "note.at"]);
        assert_eq!(told(&there, "TYP001"), ["note.at"]);
        assert_eq!((told(&everywhere, "SEC014").len(), told(&there, "SEC014").len()), (1, 0));
        // Nobody but the platform makes an index there; the policy is the project's own.
        assert_eq!((told(&everywhere, "SEC010").len(), told(&there, "SEC010").len()), (1, 0));
        assert_eq!(told(&there, "SEC006"), ["storage.objects.own"]);
        // Every view in `public` is the API's.
        assert_eq!((told(&everywhere, "SEC015").len(), told(&there, "SEC015").len()), (0, 1));
    }

    #[test]
    fn an_sql_schema_that_gets_another_name_is_judged_anew() {
        let mut design = read::postgres(PROJECT, &read::Options::default()).tree.design;
        let config = Config::preset(Preset::Supabase);
        let mut linter = Linter::new(&design, config.clone());
        let mut renamed = design.namespaces().find(|it| it.name == "auth").cloned().expect("it is there");
        renamed.name = "identity".to_owned();
        let edit = Edit::default().put(&design, renamed);
        design.apply(&edit).expect("a free name");
        linter.update(&design, &edit);
        let anew = lint(&design, &config);
        assert_eq!(linter.findings(), anew.iter().collect::<Vec<_>>());
        assert_eq!(told(&anew, "SEC014").len(), 1);
    }
}

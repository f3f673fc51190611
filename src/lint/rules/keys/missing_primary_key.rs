//! Missing primary key.

use crate::lint::prelude::*;

rule! {
    /// Flags a table without a primary key.
    ///
    /// ## Why
    ///
    /// Rows cannot be told apart: neither a foreign key, nor logical replication, nor a person who corrects one of two
    /// equal rows can name it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table payments (ref text, amount numeric(12,2) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table payments (id bigint generated always as identity primary key, amount numeric(12,2) not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Primary Keys"; splinter 0004.
    KEY001 "missing-primary-key" Error [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.primary_key.is_some() || t.columns.is_empty() || !t.inherits.is_empty() {
        return;
    }
    let required = |it: &&Unique| it.columns.iter().all(|it| !t.is_nullable(*it));
    let unique = t.uniques.iter().filter(required).min_by_key(|it| it.columns.len());
    let milder = cx.told.milder(Severity::Warning);
    let finding = cx.table(t, "the table has no primary key");
    match unique {
        Some(unique) => {
            let mut keyed = t.table.clone();
            keyed.uniques.retain(|it| it.id != unique.id);
            keyed.primary_key = Some(PrimaryKey {
                id: unique.id,
                name: unique.name.clone(),
                columns: unique.columns.clone(),
                include: unique.include.clone(),
                deferral: unique.deferral,
                origin: unique.origin.clone(),
                comment: unique.comment.clone(),
                ..PrimaryKey::default()
            });
            finding.severity = milder;
            finding
                .because(format!("`{}` is unique and never null", t.listed(&unique.columns)))
                .risky("Make the unique key the primary key", Remedy::Put(Box::new(keyed.into())));
        }
        None if t.partitioning.is_none() => {
            finding.risky("Add a primary key", Remedy::AddKey(t.id));
        }
        None => {}
    }
}

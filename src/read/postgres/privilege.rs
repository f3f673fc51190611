//! Owners and privileges: they are kept as written, which is how the document holds them.

use squawk_syntax::SyntaxNode;

use crate::design::{ColumnValue, Id, Stage, VerbatimId};
use crate::sql::{DefaultPrivileges, Made};

use super::builder::{Builder, Place};
use super::everything_in;

/// Keeps `GRANT`, `REVOKE` and `OWNER TO`.
pub fn keep(b: &mut Builder, node: &SyntaxNode) {
    let id = keep_at(b, node, Stage::Privileges);
    everything_in::note(b, id);
}

fn keep_at(b: &mut Builder, node: &SyntaxNode, stage: Stage) -> VerbatimId {
    let sql = b.sql_of(node).trim_end_matches(';').trim_end().to_owned();
    let needs = b.mentions(node);
    b.report.privileges += 1;
    b.keep_quietly(sql, stage, needs)
}

/// Keeps default privileges as they were written. They come last, unless [`settle`] finds what is made under them.
pub fn keep_default(b: &mut Builder, node: &SyntaxNode) {
    let id = keep_at(b, node, Stage::Privileges);
    b.default_privileges.push(id);
}

/// Puts default privileges under which something is made before that, and after what was there.
pub fn settle(b: &mut Builder) {
    let made = made(b);
    let mut placed: Vec<(VerbatimId, DefaultPrivileges)> = Vec::new();
    for id in std::mem::take(&mut b.default_privileges) {
        let about = b.verbatims.get(&id).and_then(|it| DefaultPrivileges::read(&it.sql));
        let Some(about) = about else { continue };
        let concerned: Vec<Id> =
            made.iter().filter(|it| about.is_about(it.1, &it.2)).map(|it| it.0).collect();
        // Records are numbered as they are made.
        if concerned.iter().all(|it| *it < Id::from(id)) {
            continue;
        }
        let same = placed.iter().rfind(|it| it.1 == about).map(|it| Id::from(it.0));
        let since =
            concerned.into_iter().filter(|it| *it < Id::from(id) && same.is_none_or(|same| *it > same));
        // SQL schemas come before all that is in them, and so does what they wait for.
        let is_of_namespaces = about.kind == Made::Namespaces;
        let last = placed.iter().rfind(|it| (it.1.kind == Made::Namespaces) == is_of_namespaces);
        let before: Vec<Id> = since.chain(last.map(|it| Id::from(it.0))).chain(same).collect();
        if let Some(kept) = b.verbatims.get_mut(&id) {
            kept.stage = Stage::Namespaces;
            kept.needs.extend(before);
            kept.needs.sort_unstable();
            kept.needs.dedup();
        }
        placed.push((id, about));
    }
}

/// What default privileges can be about, with its SQL schema.
fn made(b: &Builder) -> Vec<(Id, Made, String)> {
    let mut found: Vec<(Id, Made, String)> = Vec::new();
    if b.default_privileges.is_empty() {
        return found;
    }
    let mut add = |id: Id, kind: Made, place: Place| found.push((id, kind, b.place_name(place).to_owned()));
    for it in b.tables.values() {
        add(it.id.into(), Made::Tables, it.namespace);
        if it.columns.iter().any(|it| matches!(it.value, ColumnValue::Identity { .. })) {
            add(it.id.into(), Made::Sequences, it.namespace);
        }
    }
    b.views.values().for_each(|it| add(it.id.into(), Made::Tables, it.namespace));
    b.sequences.values().for_each(|it| add(it.id.into(), Made::Sequences, it.namespace));
    b.functions.values().for_each(|it| add(it.id.into(), Made::Routines, it.namespace));
    b.enums.values().for_each(|it| add(it.id.into(), Made::Types, it.namespace));
    b.domains.values().for_each(|it| add(it.id.into(), Made::Types, it.namespace));
    b.composites.values().for_each(|it| add(it.id.into(), Made::Types, it.namespace));
    b.ranges.values().for_each(|it| add(it.id.into(), Made::Types, it.namespace));
    b.namespaces.values().for_each(|it| add(it.id.into(), Made::Namespaces, Some(it.id)));
    found.sort_by_key(|it| it.0);
    found
}

//! Owners and privileges: they are kept as written, which is how the document holds them.

use squawk_syntax::SyntaxNode;

use crate::design::{Stage, VerbatimId};

use super::builder::Builder;
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

/// Keeps default privileges as they were written: before everything that they are for, where the text said them first.
pub fn keep_default(b: &mut Builder, node: &SyntaxNode) {
    let nothing_yet = b.tables.is_empty() && b.views.is_empty() && b.functions.is_empty();
    let stage = if nothing_yet && b.sequences.is_empty() { Stage::Namespaces } else { Stage::Privileges };
    keep_at(b, node, stage);
}

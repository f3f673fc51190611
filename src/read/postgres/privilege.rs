//! Owners and privileges: they are kept as written, which is how the document holds them.

use squawk_syntax::SyntaxNode;

use crate::design::Stage;

use super::builder::Builder;

/// Keeps `GRANT`, `REVOKE` and `OWNER TO`.
pub fn keep(b: &mut Builder, node: &SyntaxNode) {
    keep_at(b, node, Stage::Privileges);
}

fn keep_at(b: &mut Builder, node: &SyntaxNode, stage: Stage) {
    let sql = b.sql_of(node).trim_end_matches(';').trim_end().to_owned();
    let needs = b.mentions(node);
    b.keep_quietly(sql, stage, needs);
    b.report.privileges += 1;
}

/// Keeps default privileges as they were written: before everything that they are for, where the text said them first.
pub fn keep_default(b: &mut Builder, node: &SyntaxNode) {
    let nothing_yet = b.tables.is_empty() && b.views.is_empty() && b.functions.is_empty();
    let stage = if nothing_yet && b.sequences.is_empty() { Stage::Namespaces } else { Stage::Privileges };
    keep_at(b, node, stage);
}

//! Owners and privileges: they are kept as written, which is how the document holds them.

use squawk_syntax::SyntaxNode;

use crate::design::Stage;

use super::builder::Builder;

/// Keeps `GRANT`, `REVOKE`, `OWNER TO` and `ALTER DEFAULT PRIVILEGES`.
pub fn keep(b: &mut Builder, node: &SyntaxNode) {
    let sql = b.sql_of(node).trim_end_matches(';').trim_end().to_owned();
    let needs = b.mentions(node);
    b.keep_quietly(sql, Stage::Privileges, needs);
    b.report.privileges += 1;
}

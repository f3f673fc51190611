//! Deprecated but required.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that its comment calls deprecated, and that every new row must fill.
    ///
    /// ## Why
    ///
    /// Whoever writes a row has to make a value up, and what reads it cannot tell these from real ones. It cannot be dropped
    /// either while somebody still has to write it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, fax text not null);
    /// comment on column t.fax is 'deprecated';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, fax text);
    /// comment on column t.fax is 'deprecated';
    /// ```
    ///
    /// ```sql
    /// create table t (id bigint primary key, state text not null);
    /// comment on column t.state is 'new, active or deprecated';
    /// ```
    DOC006 "deprecated-but-required" Warning [Unsafe] Table(check)
}

/// How comments say that a column is not to be used any more.
const SAYS: &[&str] =
    &["deprecated", "obsolete", "unused", "not used", "no longer used", "do not use", "don't use", "legacy"];

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols() {
        let Some(comment) = &c.comment else { continue };
        let may_be_left = t.is_nullable(c.id) || c.default().is_some() || c.is_generated();
        if may_be_left || matches!(c.value, ColumnValue::Identity { .. }) || !says_so(comment) {
            continue;
        }
        let remedy = Remedy::Nullable { table: t.id, column: c.id, nullable: true };
        let message = format!("`{}` is not to be used any more, and every row must have it", c.name);
        cx.column(t, &c, message)
            .because(comment.clone())
            .risky_if("Let it be null", Some(remedy).filter(|_| !t.is_key(c.id)));
    }
}

/// Whether a comment begins with such words, as one about the column itself does: further on they speak of values.
fn says_so(comment: &str) -> bool {
    let text = comment.trim_start_matches(|it: char| !it.is_alphanumeric()).to_lowercase();
    SAYS.iter().any(|it| {
        let rest = text.strip_prefix(it);
        rest.is_some_and(|rest| !rest.starts_with(|it: char| it.is_alphanumeric()))
    })
}

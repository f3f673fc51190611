//! Undocumented jsonb.

use crate::lint::prelude::*;

rule! {
    /// Flags a JSON document whose shape nothing describes.
    ///
    /// ## Why
    ///
    /// Its fields are known to the code that wrote them, of whichever version that was. A comment, or a check of its
    /// structure, tells the next reader.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table activity (id bigint primary key, payload jsonb not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table activity (id bigint primary key, payload jsonb not null);
    /// comment on column activity.payload is '{"reason": text, "actor_id": users.id?}';
    /// ```
    DOC003 "undocumented-jsonb" Warning [Core] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(ColumnView::is_json) {
        let structured = t.checks.iter().any(|it| {
            let names = expression::names(&it.expression);
            let kind_only =
                names.iter().any(|it| it == "jsonb_typeof" || it == "json_typeof") && names.len() <= 3;
            names.contains(&c.name) && !kind_only
        });
        let domain = matches!(c.data_type.base, BaseType::Domain(_)) && c.facts.demand.named;
        if c.comment.is_none() && !structured && !domain && !c.is_generated() {
            cx.column(t, &c, format!("nothing describes the shape of `{}`", c.name));
        }
    }
}

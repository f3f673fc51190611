//! Missing actor columns.

use crate::lint::prelude::*;

rule! {
    /// Flags an approval or assignment that says when but not by whom.
    ///
    /// ## Why
    ///
    /// Who approved it is asked more often than when.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table expenses (id bigint primary key, approved_at timestamptz);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table expenses (id bigint primary key, approved_at timestamptz, approved_by bigint references users, check ((approved_at is null) = (approved_by is null)));
    /// ```
    CON011 "missing-actor-columns" Info [Unsafe] Named(check, &[Known::Names])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(ColumnView::is_moment) {
        let Some(stem) = c.name.strip_suffix("_at") else { continue };
        let act = matches!(
            stem,
            "approved"
                | "assigned"
                | "rejected"
                | "reviewed"
                | "verified"
                | "cancelled"
                | "canceled"
                | "revoked"
                | "signed"
                | "banned"
                | "suspended"
        );
        let named =
            |it: &ColumnView<'_>| it.name.starts_with(&format!("{stem}_by")) || act && it.is(Topic::Actor);
        if act && !t.cols().any(|it| named(&it)) {
            let people = cx.tables_named("user").first().and_then(|it| cx.view(*it));
            let key = people.and_then(|it| {
                let [key] = it.primary_key.as_ref()?.columns.as_slice() else { return None };
                it.col(*key)?.builtin()
            });
            let remedy = key.and_then(|it| cx.adding(t, &format!("{stem}_by"), it));
            cx.column(t, &c, format!("`{}` says when, but nothing says by whom", c.name))
                .risky_if("Add who did it", remedy);
        }
    }
}

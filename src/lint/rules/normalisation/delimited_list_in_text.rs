//! Delimited list in text.

use crate::lint::prelude::*;

rule! {
    /// Flags a list that is held as text with separators.
    ///
    /// ## Why
    ///
    /// Finding one of its members reads every row, and none of them can be held to anything.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table posts (id bigint primary key, tags text not null default '');
    /// comment on column posts.tags is 'comma separated';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table posts (id bigint primary key, tags text[] not null default '{}');
    /// ```
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "Jaywalking".
    NRM009 "delimited-list-in-text" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_text() && !it.is_generated()) {
        let said = c.comment.as_ref().is_some_and(|it| {
            let it = it.to_lowercase();
            it.contains("separated") || it.contains("delimited")
        });
        let name = c.snake();
        let csv = name.ends_with("_csv")
            || matches!(
                &*name,
                "tags" | "labels" | "emails" | "roles" | "scopes" | "categories" | "keywords"
            );
        if said || csv {
            let finding = cx.column(t, &c, format!("`{}` holds a list as text", c.name));
            if c.data_type.as_builtin() == Some(Builtin::Text)
                && c.default().is_none_or(|it| it == "''")
                && !c.facts.demand.named
            {
                let mut listed = t.table.clone();
                for it in listed.columns.iter_mut().filter(|it| it.id == c.id) {
                    it.data_type = DataType::builtin(Builtin::Text).array(1);
                    it.comment = None;
                    if it.value != ColumnValue::Given {
                        it.value = ColumnValue::Default("'{}'".into());
                    }
                }
                finding.risky("Make it an array", Remedy::Put(Box::new(listed.into())));
            }
        }
    }
}

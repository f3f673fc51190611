//! Polymorphic association.

use crate::lint::prelude::*;

rule! {
    /// Flags a pair of a type and an id that together reference a row of any of several tables.
    ///
    /// ## Why
    ///
    /// No foreign key can hold such a pair: rows that it names go away and nothing notices, and each join has to know
    /// the words.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table notes (id bigint primary key, subject_type text not null, subject_id bigint not null, body text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table notes (id bigint primary key, user_id bigint references users, product_id bigint references products, body text not null, check (num_nonnulls(user_id, product_id) = 1));
    /// ```
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "Polymorphic Associations".
    REL010 "polymorphic-association" Warning [Core] Named(check, &[Known::Names])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for kind in t.cols().filter(|it| it.is_text() || it.facts.is_listed) {
        let Some(stem) = kind.name.strip_suffix("_type").or_else(|| kind.name.strip_suffix("Type")) else {
            continue;
        };
        if kind.facts.is_reference || stem.is_empty() {
            continue;
        }
        let id = |it: &ColumnView<'_>| it.name == format!("{stem}_id") || it.name == format!("{stem}Id");
        let Some(id) = t.cols().find(|it| id(it) && !it.facts.is_reference && !it.is(Topic::Foreign)) else {
            continue;
        };
        // `device_type` beside the id of a device that a table of devices has is a plain attribute.
        if !cx.tables_named(&crate::base::singular(&crate::base::snake_case(stem))).is_empty() {
            continue;
        }
        let milder = cx.told.milder(Severity::Info);
        let message = format!(
            "`{}` and `{}` reference rows of several tables, which nothing holds",
            kind.name, id.name
        );
        let finding = cx.columns(t, &[kind.id, id.id], message);
        if t.role() == Role::Log {
            finding.severity = milder;
        }
        finding.because("a foreign key for each table and a check that one of them is set would be held");
    }
}

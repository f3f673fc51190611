//! Partial dependency.

use crate::lint::dependency::{self, Form, Misplaced};
use crate::lint::prelude::*;

rule! {
    /// Flags a column that describes only one part of a composite key.
    ///
    /// ## Why
    ///
    /// The title of a course stands on every enrolment: second normal form.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table enrolments (student_id bigint not null, course_id bigint not null, course_title text not null, primary key (student_id, course_id));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table courses (id bigint primary key, title text not null);
    /// create table enrolments (student_id bigint not null, course_id bigint not null references courses, primary key (student_id, course_id));
    /// ```
    NRM007 "partial-dependency" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let Some(key) = t.primary_key.as_ref().filter(|it| it.columns.len() >= 2) else { return };
    let known: Vec<Misplaced> =
        dependency::misplaced(t).into_iter().filter(|it| it.form == Form::Second).collect();
    for it in &known {
        dependency::report(cx, t, it);
    }
    for part in key.columns.iter().filter_map(|it| t.col(*it)) {
        let Some(stem) =
            part.column.name.strip_suffix("_id").or_else(|| part.column.name.strip_suffix("_code"))
        else {
            continue;
        };
        let about = |it: &ColumnView<'_>| {
            it.column.name.strip_prefix(stem).is_some_and(|it| {
                matches!(it, "_name" | "_title" | "_description" | "_label" | "_email" | "_price")
            })
        };
        let remedy = dependency::remedy(cx, t, &[part.id], &dependency::named_like(t, stem, part.id));
        for c in t.cols().filter(|it| about(it) && !t.is_key(it.id) && !it.facts.is_reference) {
            let told = known.iter().any(|it| it.to.contains(&c.id));
            if told || crate::lint::copies::is_marked(&c) || crate::lint::copies::is_snapshot(t, &c) {
                continue;
            }
            cx.columns(
                t,
                &[c.id, part.id],
                format!("`{}` depends on `{}` alone, which is a part of the key", c.name, part.name),
            )
            .risky_if("Make it a table of its own", remedy.clone());
        }
    }
}

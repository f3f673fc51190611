//! Transitive dependency.

use crate::lint::prelude::*;

rule! {
    /// Flags columns that describe something which another column of the row identifies.
    ///
    /// ## Why
    ///
    /// The name of a department stands on every row of its staff, and one of them is spelt otherwise. What is
    /// identified is a table of its own: third normal form.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table staff (id bigint primary key, dept_code text not null, dept_name text not null, dept_floor int);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table depts (code text primary key, name text not null, floor int);
    /// create table staff (id bigint primary key, dept_code text not null references depts);
    /// ```
    NRM006 "transitive-dependency" Warning [] Named(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() == Role::Log {
        return;
    }
    for key in t.cols().filter(|it| !it.facts.is_reference && !t.is_key(it.id) && !t.is_single_key(it.id)) {
        let Some((stem, last)) = key.name.rsplit_once('_') else { continue };
        if !matches!(last, "code" | "id" | "no" | "number")
            || key.is(Topic::Foreign)
            || stem == t.facts.singular
        {
            continue;
        }
        let about = t.cols().find(|it| {
            it.column
                .name
                .strip_prefix(stem)
                .is_some_and(|it| matches!(it, "_name" | "_title" | "_description" | "_label"))
        });
        if let Some(about) = about.filter(|it| !it.facts.is_reference && !crate::lint::copies::is_marked(it))
        {
            cx.columns(
                t,
                &[about.id, key.id],
                format!("`{}` depends on `{}`, not on the key", about.name, key.name),
            )
            .because(format!("a table of `{}` would hold it once", crate::base::plural(stem)));
        }
    }
}

//! Hierarchy depth unenforced.

use crate::lint::prelude::*;

rule! {
    /// Flags a table that references itself and says how deep its rows nest, while nothing holds them to it.
    ///
    /// ## Why
    ///
    /// The foreign key lets any row be above any other. One that nests too deep is not shown, not counted and not
    /// found by queries that were written for the stated depth.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, parent_id bigint references tasks, check (parent_id <> id));
    /// comment on column tasks.parent_id is 'subtasks nest one level deep';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, title text not null);
    /// create table subtasks (id bigint primary key, task_id bigint not null references tasks, title text not null);
    /// comment on table subtasks is 'one level deep';
    /// ```
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "Naive Trees".
    REL014 "hierarchy-depth-unenforced" Warning [] Design(check, &[Reads::Tables, Reads::Use])
}

fn check(cx: &mut Cx<'_>) {
    let briefs: Vec<String> = cx.design.briefs().map(|it| it.text.to_lowercase()).collect();
    for t in cx.tables() {
        if t.triggers.iter().any(|it| it.for_each_row) {
            continue;
        }
        for fk in t.foreign_keys.iter().filter(|it| it.references == t.id) {
            let [column] = fk.columns.as_slice() else { continue };
            let Some(c) = t.col(*column) else { continue };
            let said = [&t.comment, &c.comment].into_iter().flatten().map(|it| it.to_lowercase());
            let singular = t.facts.singular.replace('_', " ");
            let sentences =
                briefs.iter().flat_map(|it| it.split(['.', '\n'])).filter(|it| it.contains(&singular));
            let stated = said.chain(sentences.map(str::to_owned)).any(|it| says_depth(&it));
            if stated {
                cx.column(
                    t.table,
                    &c,
                    format!("nothing keeps rows from nesting deeper by `{}` than is said", c.name),
                )
                .because("a trigger that looks at the row above can; or a table of its own for each level");
            }
        }
    }
}

/// `one level deep`, `two levels`, `depth 2`.
fn says_depth(text: &str) -> bool {
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let number = |it: &str| {
        it.parse::<u32>().is_ok() || matches!(it, "one" | "two" | "three" | "four" | "five" | "single")
    };
    words.windows(2).any(|it| {
        number(it[0]) && it[1].trim_end_matches('s') == "level" || it[0] == "depth" && number(it[1])
    }) || text.contains("nested further")
}

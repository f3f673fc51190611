//! Hierarchy depth unenforced.

use crate::lint::prelude::*;

rule! {
    /// Flags a table that references itself and says how its rows nest, while nothing holds them to it.
    ///
    /// ## Why
    ///
    /// The foreign key lets any row be above any other. One that nests too deep is not shown, not counted and not
    /// found by queries that were written for the stated depth. Where rows are of kinds that stand above each other, an epic
    /// and its tasks, nothing keeps an epic from being put under a task.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, parent_id bigint references tasks, check (parent_id <> id));
    /// comment on column tasks.parent_id is 'subtasks nest one level deep';
    /// ```
    ///
    /// ```sql
    /// create table issues (id bigint primary key, kind text not null check (kind in ('epic', 'task', 'subtask')), parent_id bigint references issues, check (parent_id <> id));
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
    for t in cx.tables_that(|it| it.is_nested) {
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
            if let Some(kind) = t.cols().find(|it| ranked(cx.design, &t, it)) {
                cx.columns(
                    t.table,
                    &[c.id, kind.id],
                    format!("nothing checks which `{}` may be the `{}` of which", kind.name, c.name),
                )
                .because("a trigger that looks at the row above can; or a table of its own for each level");
                continue;
            }
            let stated = said.chain(sentences.map(str::to_owned)).any(|it| says_depth(&it));
            if stated {
                cx.column(
                    t.table,
                    &c,
                    format!(
                        "rows can nest deeper by `{}` than the text says: nothing checks the depth",
                        c.name
                    ),
                )
                .because("a trigger that looks at the row above can; or a table of its own for each level");
            }
        }
    }
}

/// Kinds of which some stand above others by their names.
const RANKED: &[&str] = &[
    "epic",
    "initiative",
    "theme",
    "feature",
    "story",
    "task",
    "subtask",
    "chapter",
    "section",
    "subsection",
    "category",
    "subcategory",
    "country",
    "region",
    "city",
    "district",
    "department",
    "team",
    "division",
    "folder",
    "file",
    "building",
    "floor",
    "room",
    "faculty",
    "class",
    "order",
    "family",
    "genus",
    "species",
];

/// Whether a column says of which kind a row is, among kinds that nest.
fn ranked(design: &Design, t: &TableView<'_>, c: &ColumnView<'_>) -> bool {
    if !c.facts.is_listed {
        return false;
    }
    let mut labels: Vec<String> = Vec::new();
    if let BaseType::Enum(id) = &c.data_type.base {
        let of_type = design.enum_type(*id);
        labels.extend(of_type.iter().flat_map(|it| &it.values).map(|it| it.to_lowercase()));
    }
    let about = |it: &&crate::design::Check| expression::names(&it.expression).contains(&c.name);
    for check in t.checks.iter().filter(about) {
        let written = expression::written(&check.expression).into_iter();
        labels.extend(
            written.filter(|it| it.1.starts_with('\'')).map(|it| it.1.trim_matches('\'').to_lowercase()),
        );
    }
    let is_ranked = |it: &&String| {
        let plain: String = it.chars().filter(char::is_ascii_alphabetic).collect();
        RANKED.contains(&plain.as_str())
    };
    labels.iter().filter(is_ranked).count() >= 2
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

//! Repeating columns.

use crate::lint::prelude::*;

rule! {
    /// Flags columns that differ only in a number.
    ///
    /// ## Why
    ///
    /// The third telephone needs a migration, and who has a given number is asked of three columns. A table of its own
    /// has as many as there are.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table people (id bigint primary key, phone1 text, phone2 text, phone3 text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table people (id bigint primary key);
    /// create table phones (person_id bigint not null references people on delete cascade, number text not null, primary key (person_id, number));
    /// ```
    ///
    /// ## Options
    ///
    /// `min` (2): so many columns are a group.
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "Multicolumn Attributes".
    NRM008 "repeating-columns" Warning [Core] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    use std::collections::BTreeMap;
    let least = cx.option("min", 2) as usize;
    let mut groups: BTreeMap<String, Vec<(ColumnId, u32)>> = BTreeMap::new();
    for c in t.cols() {
        let digits = c.name.len() - c.name.trim_end_matches(|it: char| it.is_ascii_digit()).len();
        let (stem, number) = c.column.name.split_at(c.name.len() - digits);
        let Ok(number) = number.parse::<u32>() else { continue };
        if number <= 20 && !stem.is_empty() {
            groups.entry(stem.trim_end_matches('_').to_ascii_lowercase()).or_default().push((c.id, number));
        }
    }
    for (stem, members) in groups {
        let line = [
            "address", "line", "addr", "street", "oauth", "sha", "md", "utf", "base", "ipv", "p", "level",
            "x", "y", "z", "h", "c", "v", "f", "col", "column",
        ]
        .iter()
        .any(|it| stem == *it || it.len() > 2 && stem.ends_with(it));
        let ids: Vec<ColumnId> = members.iter().map(|it| it.0).collect();
        let types: Vec<_> = ids.iter().filter_map(|it| t.col(*it)).map(|it| it.facts.builtin).collect();
        let consecutive = members.iter().any(|it| members.iter().any(|other| other.1 == it.1 + 1));
        let alike = types.windows(2).all(|it| it[0] == it[1]);
        // Two references are the two ends of a link.
        let ends = ids.len() == 2 && ids.iter().all(|it| t.col(*it).is_some_and(|it| it.facts.is_reference));
        if ends {
            continue;
        }
        if ids.len() >= least && alike && consecutive && !line && stem.len() > 1 {
            let listed = t.listed(&ids);
            cx.columns(t, &ids, format!("{} columns repeat `{stem}`: {listed}", ids.len()))
                .because("a table with a row for each has as many as there are");
        }
    }
}

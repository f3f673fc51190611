//! What a change does to a design, to be looked at: as lines of its SQL, and as a picture of the tables it concerns.

use std::collections::{BTreeMap, BTreeSet};

use similar::TextDiff;

use super::diagram_svg::{DrawOptions, Marks, draw_marked, only};
use crate::design::{Column, ColumnId, Design, Fate, Record, Table, TableId};
use crate::sql::{Options, ddl};

/// Lines that stay the same around those that change.
const AROUND: usize = 2;

/// The lines of the SQL that differ, as a unified difference; empty when none does.
pub fn sql_changes(before: &Design, after: &Design) -> String {
    let sql = |design: &Design| ddl(design, &Options::of(design)).text;
    let (before, after) = (sql(before), sql(after));
    TextDiff::from_lines(&before, &after).unified_diff().context_radius(AROUND).to_string()
}

/// The tables that differ and what they reference, each with what becomes of it; nothing when no table differs.
pub fn draw_changes(before: &Design, after: &Design, options: DrawOptions) -> Option<String> {
    let marks = marks(before, after);
    if marks.tables.is_empty() {
        return None;
    }
    let both = with_removed(before, after, &marks);
    let mut shown: BTreeSet<TableId> = marks.tables.keys().copied().collect();
    for id in marks.tables.keys() {
        shown.extend(both.table(*id).iter().flat_map(|it| &it.foreign_keys).map(|it| it.references));
    }
    Some(draw_marked(&without_places(&only(&both, &shown)), options, &marks))
}

fn marks(before: &Design, after: &Design) -> Marks {
    let ids: BTreeSet<TableId> = before.tables().chain(after.tables()).map(|it| it.id).collect();
    let mut marks = Marks::default();
    for id in ids {
        match (before.table(id), after.table(id)) {
            (None, _) => drop(marks.tables.insert(id, Fate::Added)),
            (_, None) => drop(marks.tables.insert(id, Fate::Removed)),
            (Some(old), Some(new)) if old != new => {
                marks.tables.insert(id, Fate::Changed);
                marks.columns.extend(columns(old, new));
            }
            _ => {}
        }
    }
    marks
}

fn columns(old: &Table, new: &Table) -> BTreeMap<ColumnId, Fate> {
    let is_other = |was: &Column, is: &Column| {
        (&was.name, &was.data_type, was.nullable) != (&is.name, &is.data_type, is.nullable)
    };
    let fate = |it: &Column| match old.column(it.id) {
        None => Some((it.id, Fate::Added)),
        Some(was) if is_other(was, it) => Some((it.id, Fate::Changed)),
        Some(_) => None,
    };
    new.columns.iter().filter_map(fate).collect()
}

/// The design after the change together with the tables that it removed, as far as their names are free.
fn with_removed(before: &Design, after: &Design, marks: &Marks) -> Design {
    let gone = marks.tables.iter().filter(|it| *it.1 == Fate::Removed);
    let alone = |it: &Table| {
        Record::Table(Table {
            foreign_keys: Vec::new(),
            triggers: Vec::new(),
            policies: Vec::new(),
            inherits: Vec::new(),
            partition_of: None,
            ..it.clone()
        })
    };
    let removed: Vec<Record> = gone.filter_map(|it| before.table(*it.0)).map(alone).collect();
    if removed.is_empty() {
        return after.clone();
    }
    Design::assemble(after.records().chain(removed)).unwrap_or_else(|_| after.clone())
}

/// The design as a picture of its own, in which the places on the large one mean nothing.
fn without_places(design: &Design) -> Design {
    let kept = design.records().filter(|it| !matches!(it, Record::Placement(_) | Record::Area(_)));
    Design::assemble(kept).unwrap_or_else(|_| design.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Edit;
    use crate::sql::refactor;

    fn design() -> Design {
        let sql = "create table person (id bigint primary key, name text);\n\
                   create table pet (id bigint primary key, person_id bigint references person (id));\n\
                   create table stone (id bigint primary key);";
        crate::read::postgres(sql, &crate::read::Options::default()).tree.design
    }

    fn changed() -> (Design, Design) {
        let before = design();
        let mut after = before.clone();
        let pet = after.tables().find(|it| it.name == "pet").cloned().expect("it is there");
        let mut renamed = pet.clone();
        renamed.columns[1].name = "owner_id".to_owned();
        after.apply(&Edit::default().put(&after, renamed)).expect("valid");
        let stone = after.tables().find(|it| it.name == "stone").expect("it is there").id;
        after.apply(&refactor::remove_table(&after, stone)).expect("valid");
        (before, after)
    }

    #[test]
    fn lines_of_sql_that_differ_are_told() {
        let (before, after) = changed();
        let told = sql_changes(&before, &after);
        assert!(told.contains("-    person_id bigint") && told.contains("+    owner_id bigint"), "{told}");
        assert!(told.contains("-CREATE TABLE stone"), "{told}");
        assert_eq!(sql_changes(&before, &before), "");
    }

    #[test]
    fn the_picture_holds_what_differs_and_what_it_references() {
        let (before, after) = changed();
        let picture = draw_changes(&before, &after, DrawOptions::default()).expect("tables differ");
        for name in ["person", "pet", "stone"] {
            assert!(picture.contains(&format!("data-name=\"{name}\"")), "{name}: {picture}");
        }
        assert!(picture.contains(">changed<") && picture.contains(">removed<"), "{picture}");
        assert_eq!(draw_changes(&before, &before, DrawOptions::default()), None);
    }
}

//! One thing of a design as its SQL, changed in place, added or removed.

use super::{Drafted, read_draft};
use crate::base::Span;
use crate::design::{Design, EnumType, Id, Record};
use crate::read::{Diagnostic, DiagnosticKind};
use crate::sql::{self, ddl, refactor};

/// What `sql` in the place of what the design says of `id` changes; without `id` it is added, and without any SQL the thing
/// goes. What is not understood changes nothing.
pub fn draft_part(design: &Design, id: Option<Id>, sql: &str) -> Drafted {
    let written = ddl(design, &sql::Options::of(design));
    let text = match id {
        Some(id) => written.with(id, sql),
        None => format!("{}\n{sql}\n", written.text),
    };
    let refused = |reason: String| Drafted {
        problems: vec![Diagnostic { span: Span::default(), kind: DiagnosticKind::Refused { reason } }],
        ..Drafted::default()
    };
    if let Some(id) = id.filter(|_| sql.trim().is_empty()) {
        let users = design.users_of(id).filter_map(|it| design.record(it)).filter(Record::is_schema);
        let users: Vec<String> = users.filter_map(|it| it.words()).collect();
        if !users.is_empty() {
            return refused(format!("it is used by {}", users.join(", ")));
        }
    }
    let drafted = read_draft(design, &text, true);
    if drafted.problems.is_empty() {
        return with_values(design, drafted);
    }
    Drafted { problems: drafted.problems, ..Drafted::default() }
}

/// Values of an enumerated type that got another name take along what is compared with them.
fn with_values(design: &Design, mut drafted: Drafted) -> Drafted {
    let types = drafted.edit.records.iter().filter_map(|it| match (&it.before, &it.after) {
        (Some(Record::EnumType(before)), Some(_)) => Some(before.clone()),
        _ => None,
    });
    let types: Vec<EnumType> = types.collect();
    let mut after = design.clone();
    // A refusal is told by whoever applies the edit.
    if !types.is_empty() && after.apply(&drafted.edit).is_ok() {
        for before in types {
            let edit = refactor::rename_values(&after, &before);
            if after.apply(&edit).is_ok() {
                drafted.edit = drafted.edit.then(edit);
            }
        }
    }
    drafted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::ColumnValue;
    use crate::read::{Options, postgres};

    fn design() -> Design {
        let sql = "CREATE TYPE status AS ENUM ('open', 'done');
            CREATE TABLE task (id bigint PRIMARY KEY, title text NOT NULL, state status NOT NULL DEFAULT 'open', CONSTRAINT long_title CHECK (length(title) > 3));
            CREATE INDEX task_title ON task (title);
            COMMENT ON INDEX task_title IS 'For search.';
            ALTER TABLE task ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON task USING (true);";
        postgres(sql, &Options::default()).tree.design
    }

    #[track_caller]
    fn done(design: &Design, id: Option<Id>, sql: &str) -> Design {
        let drafted = draft_part(design, id, sql);
        assert_eq!(drafted.problems, []);
        let mut after = design.clone();
        after.apply(&drafted.edit).expect("fits");
        after
    }

    #[test]
    fn an_index_is_changed_in_place_and_keeps_its_comment() {
        let design = design();
        let index = &design.tables().next().expect("one").indexes[0];
        let after = done(
            &design,
            Some(index.id.into()),
            "CREATE UNIQUE INDEX task_title ON task (title DESC) INCLUDE (state) WHERE title <> ''",
        );
        let changed = &after.tables().next().expect("one").indexes[0];
        assert!(changed.unique && changed.elements[0].descending && changed.predicate.is_some());
        assert_eq!((changed.id, changed.include.len(), &changed.comment), (index.id, 1, &index.comment));
    }

    #[test]
    fn a_constraint_and_a_column_within_their_table_are_changed_and_removed() {
        let design = design();
        let table = design.tables().next().expect("one");
        let after =
            done(&design, Some(table.checks[0].id.into()), "CONSTRAINT long_title CHECK (length(title) > 5)");
        assert_eq!(after.tables().next().expect("one").checks[0].expression, "length(title) > 5");
        let after = done(&design, Some(table.checks[0].id.into()), "");
        assert_eq!(after.tables().next().expect("one").checks, []);
        let after =
            done(&design, Some(table.columns[1].id.into()), "title varchar(80) COLLATE \"C\" NOT NULL");
        let column = after.column(table.columns[1].id).expect("the same").1;
        assert_eq!(column.collation.as_deref(), Some("\"C\""));
    }

    #[test]
    fn a_type_under_a_new_name_stays_the_type_of_its_columns() {
        let design = design();
        let id = design.enums().next().expect("one").id;
        let after = done(&design, Some(id.into()), "CREATE TYPE stage AS ENUM ('open', 'doing', 'done')");
        let changed = after.enums().next().expect("one");
        assert_eq!((changed.id, changed.name.as_str(), changed.values.len()), (id, "stage", 3));
        assert_eq!(after.tables().next().expect("one").columns[2].data_type.uses(), Some(id.into()));
    }

    #[test]
    fn a_value_under_a_new_name_takes_along_what_is_compared_with_it() {
        let sql = "CREATE TYPE mood AS ENUM ('calm', 'wild');
            CREATE TABLE day (id bigint PRIMARY KEY, felt mood NOT NULL DEFAULT 'wild', note text,
                CONSTRAINT a CHECK (felt <> 'wild' OR id > 3), CONSTRAINT b CHECK (note <> 'wild'),
                CONSTRAINT c CHECK (felt = 'wild' OR note = 'wild'));
            CREATE INDEX wild_days ON day (id) WHERE felt = 'wild';
            INSERT INTO day (id, felt, note) VALUES (1, 'wild', 'wild');";
        let design = postgres(sql, &Options::default()).tree.design;
        let id = design.enums().next().expect("one").id;
        let after = done(&design, Some(id.into()), "CREATE TYPE mood AS ENUM ('calm', 'it''s loud')");
        let day = after.tables().next().expect("one");
        let checks: Vec<&str> = day.checks.iter().map(|it| it.expression.as_str()).collect();
        assert_eq!(
            checks,
            ["felt <> 'it''s loud' OR id > 3", "note <> 'wild'", "felt = 'wild' OR note = 'wild'"]
        );
        assert_eq!(day.indexes[0].predicate.as_deref(), Some("felt = 'it''s loud'"));
        assert_eq!(day.seed.as_ref().expect("rows").rows, [["1", "'it''s loud'", "'wild'"]]);
        assert_eq!(day.columns[1].value, ColumnValue::Default("'it''s loud'".to_owned()));
        // Where values came, went or moved, none is another one's new name.
        let moved = done(&design, Some(id.into()), "CREATE TYPE mood AS ENUM ('wild', 'calm')");
        assert_eq!(moved.tables().next(), design.tables().next());
    }

    #[test]
    fn what_is_added_and_what_is_in_error() {
        let design = design();
        let after = done(&design, None, "CREATE POLICY admins ON task FOR ALL TO admin USING (true)");
        assert_eq!(after.tables().next().expect("one").policies.len(), 2);
        let broken = draft_part(&design, None, "CREATE INDEX ON nowhere (x)");
        assert!(broken.edit.is_empty() && !broken.problems.is_empty());
        let used = draft_part(&design, Some(design.enums().next().expect("one").id.into()), "");
        assert_eq!(used.problems[0].kind.in_draft(), "it is used by table task");
    }

    #[test]
    fn everything_can_be_put_back_as_it_is_written() {
        for seed in 0..20 {
            let design = crate::random::design(seed, &crate::random::Options::default());
            let written = ddl(&design, &sql::Options::of(&design));
            for (_, id) in &written.map {
                let drafted = draft_part(&design, Some(*id), written.part(*id));
                assert!(drafted.edit.is_empty(), "seed {seed}: {}", written.part(*id));
                assert_eq!(drafted.problems, [], "seed {seed}: {}", written.part(*id));
            }
        }
    }
}

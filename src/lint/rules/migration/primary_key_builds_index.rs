//! Primary key builds index.

use crate::lint::prelude::*;

rule! {
    /// Flags a primary key whose index is built, or whose columns are read for nulls, while reading waits.
    ///
    /// ## Why
    ///
    /// A unique index can be built concurrently and then be made the key's own with `USING INDEX`. Columns that may
    /// still be null are read under the lock all the same.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table legacy (code bigint);
    /// alter table orders drop constraint orders_pkey;
    /// alter table orders add primary key (id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create unique index concurrently orders_pkey2 on orders (id);
    /// alter table orders drop constraint orders_pkey, add constraint orders_pkey2 primary key using index orders_pkey2;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `ADD table_constraint_using_index`.
    MIG013 "primary-key-builds-index" Error [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let Action::AddConstraint(Added { kind: Constraint::PrimaryKey, using_index, .. }) = action else {
            continue;
        };
        match using_index {
            None => {
                let fix = steps.index_first(at, action, "PRIMARY KEY");
                steps
                    .report(at, table, format!("reading `{table}` waits while the index of the key is built"))
                    .safe_if("Build the index concurrently first", fix.map(Remedy::from));
            }
            Some(index) => {
                let before = steps.before();
                let mut columns: Vec<String> = Vec::new();
                for step in steps.steps {
                    if let Act::CreateIndex { name: Some(name), columns: of, .. } = &step.act
                        && name == index
                    {
                        columns.clone_from(of);
                    }
                }
                let known = before.tables().find(|it| it.name == table);
                if let Some(known) = known {
                    let of = known
                        .indexes
                        .iter()
                        .find(|it| it.name == *index)
                        .map(Index::leading_columns)
                        .unwrap_or_default();
                    columns.extend(known.column_names(&of).map(str::to_owned));
                    let set = |name: &str| {
                        steps.actions().iter().any(|it| {
                            it.0 < at && matches!(it.2, Action::SetNotNull { column } if column == name)
                        })
                    };
                    let open = columns
                        .iter()
                        .find(|it| known.column_named(it).is_some_and(|it| it.nullable) && !set(it));
                    if let Some(open) = open {
                        steps.report(
                            at,
                            table,
                            format!("reading `{table}` waits while all rows are read for nulls in `{open}`"),
                        );
                    }
                }
            }
        }
    }
}

//! Tables with their columns, keys and constraints.

use super::order::Level;
use super::{Ddl, ForeignKeyPlace, Late};
use crate::design::{
    Check, Column, ColumnId, ColumnValue, ConstraintId, Deferral, Enforcement, Exclusion, ForeignKey,
    PartitionStrategy, PrimaryKey, ReferentialAction, Table, Unique,
};

impl<'a> Ddl<'a> {
    /// `CREATE TABLE` with what must stand beside it.
    pub(super) fn table(&mut self, table: &'a Table) {
        let start = self.block();
        self.w.sql(if table.unlogged { "CREATE UNLOGGED TABLE " } else { "CREATE TABLE " });
        self.table_name(table);
        let short = self.is_short_partition(table);
        if let Some(part) = table.partition_of.as_ref().filter(|_| short)
            && let Some(whole) = self.design.table(part.table)
        {
            self.w.sql(" PARTITION OF ");
            self.table_name(whole);
        }
        self.members(table, short);
        if let Some(part) = table.partition_of.as_ref().filter(|_| short) {
            self.w.sql(" ").raw(&part.bound);
        }
        self.table_options(table);
        self.w.sql(";\n").close(start, table.id);
        self.written.insert(table.id);
        if table.seed.as_ref().is_some_and(|it| !it.rows.is_empty()) {
            self.with_rows.push(table);
        }
        if !short {
            self.attach_partition(table);
        }
        self.column_settings(table);
        self.owned_sequences(table);
        self.table_comments(table);
    }

    /// The columns and constraints between parentheses. A short partition takes its columns from the whole.
    fn members(&mut self, table: &'a Table, short: bool) {
        let columns: Vec<&Column> = if short {
            Vec::new()
        } else {
            table.columns.iter().filter(|it| !self.is_inherited(table, it)).collect()
        };
        let mut first = true;
        let mut next = |ddl: &mut Self| {
            ddl.w.sql(if first { if short { " (\n    " } else { "\n    " } } else { ",\n    " });
            first = false;
            ddl.w.here()
        };
        if !short {
            self.w.sql(" (");
        }
        for column in columns {
            let start = next(self);
            self.column(table, column);
            self.w.close(start, column.id);
        }
        if let Some(key) = &table.primary_key {
            let start = next(self);
            self.primary_key(table, key);
            self.w.close(start, key.id);
        }
        for unique in &table.uniques {
            let start = next(self);
            self.unique(table, unique);
            self.w.close(start, unique.id);
        }
        for fk in &table.foreign_keys {
            if self.is_lost(fk) {
                continue;
            }
            match self.late_foreign_key(table, fk) {
                Some(late) => self.late.push(late),
                None => {
                    let start = next(self);
                    self.foreign_key(table, fk);
                    self.w.close(start, fk.id);
                }
            }
        }
        for check in &table.checks {
            match self.enforcement(table, check.id, check.enforcement, false) {
                None => {}
                // `CREATE TABLE` takes every check for valid, since there are no rows.
                Some(Enforcement::NotValid) => self.late.push(Late::Check { table, check }),
                Some(enforcement) => {
                    let start = next(self);
                    self.check(check, enforcement);
                    self.w.close(start, check.id);
                }
            }
        }
        for exclusion in &table.exclusions {
            let start = next(self);
            self.exclusion(table, exclusion);
            self.w.close(start, exclusion.id);
        }
        match (short, first) {
            (true, true) => {}
            (false, true) => {
                self.w.sql(")");
            }
            (_, false) => {
                self.w.sql("\n)");
            }
        }
    }

    /// Whether a partition has nothing that `PARTITION OF` does not give it: the columns of the whole and no keys.
    fn is_short_partition(&self, table: &Table) -> bool {
        let Some(whole) = table.partition_of.as_ref().and_then(|it| self.design.table(it.table)) else {
            return false;
        };
        let same = table.columns.len() == whole.columns.len()
            && table.columns.iter().zip(&whole.columns).all(|(one, other)| is_copy(one, other));
        let no_keys = table.primary_key.is_none() && table.uniques.is_empty() && table.exclusions.is_empty();
        (table.columns.is_empty() || same) && no_keys
    }

    /// Whether a table that this one inherits from gives it the column as it is.
    fn is_inherited(&self, table: &Table, column: &Column) -> bool {
        let above = table.inherits.iter().filter_map(|it| self.design.table(*it));
        above.filter_map(|it| it.column_named(&column.name)).any(|it| is_copy(column, it))
    }

    fn attach_partition(&mut self, table: &Table) {
        let Some(part) = &table.partition_of else { return };
        let Some(whole) = self.design.table(part.table) else { return };
        let start = self.w.here();
        self.w.sql("ALTER TABLE ");
        self.table_name(whole);
        self.w.sql(" ATTACH PARTITION ");
        self.table_name(table);
        self.w.sql(" ").raw(&part.bound).sql(";\n").close(start, table.id);
    }

    /// What follows the closing parenthesis.
    fn table_options(&mut self, table: &Table) {
        if !table.inherits.is_empty() {
            self.w.sql(" INHERITS (");
            for (index, above) in table.inherits.iter().filter_map(|it| self.design.table(*it)).enumerate() {
                self.w.sql(if index > 0 { ", " } else { "" });
                self.table_name(above);
            }
            self.w.sql(")");
        }
        if let Some(partitioning) = &table.partitioning {
            self.w.sql(match partitioning.strategy {
                PartitionStrategy::Range => " PARTITION BY RANGE (",
                PartitionStrategy::List => " PARTITION BY LIST (",
                PartitionStrategy::Hash => " PARTITION BY HASH (",
            });
            for (index, key) in partitioning.keys.iter().enumerate() {
                self.w.sql(if index > 0 { ", " } else { "" });
                self.expression(table.id, key);
            }
            self.w.sql(")");
        }
        if let Some(method) = &table.access_method {
            self.w.sql(" USING ").ident(method);
        }
        if !table.storage_parameters.is_empty() {
            self.w.sql(" WITH ");
            self.parameters(&table.storage_parameters);
        }
        if let Some(tablespace) = &table.tablespace {
            self.w.sql(" TABLESPACE ").ident(tablespace);
        }
    }

    fn column(&mut self, table: &Table, column: &Column) {
        self.w.ident(&column.name).sql(" ");
        self.column_type(column.id, &column.data_type);
        if let Some(method) = &column.compression {
            if self.before(14) {
                self.lose(column.id, format!("compression `{method}` left out: it came with PostgreSQL 14"));
            } else {
                self.w.sql(" COMPRESSION ").ident(method);
            }
        }
        if let Some(collation) = &column.collation {
            self.w.sql(" COLLATE ").raw(collation);
        }
        let is_identity = matches!(column.value, ColumnValue::Identity { .. });
        let says_not_null = !column.nullable && !is_identity;
        if says_not_null && (!table.is_key(column.id) || self.loses_key(table)) {
            self.w.sql(" NOT NULL");
        }
        match &column.value {
            ColumnValue::Given => {}
            ColumnValue::Default(text) => {
                self.w.sql(" DEFAULT ");
                self.default_expression(column.id, text);
            }
            ColumnValue::Generated { expression, stored } => {
                self.w.sql(" GENERATED ALWAYS AS (");
                self.expression(column.id, expression);
                let is_new = !stored && self.before(18);
                self.w.sql(if *stored || is_new { ") STORED" } else { ") VIRTUAL" });
                if is_new {
                    let message =
                        "virtual generated column written as stored: virtual ones came with PostgreSQL 18";
                    self.lose(column.id, message);
                }
            }
            ColumnValue::Identity { always, options } => {
                self.w.sql(if *always {
                    " GENERATED ALWAYS AS IDENTITY"
                } else {
                    " GENERATED BY DEFAULT AS IDENTITY"
                });
                self.identity_options(options);
            }
        }
    }

    /// What a column has that `CREATE TABLE` says only in newer versions, or not at all.
    fn column_settings(&mut self, table: &Table) {
        for column in &table.columns {
            if let Some(storage) = &column.storage {
                self.alter_column(table, column);
                self.w.sql(" SET STORAGE ").ident(storage).sql(";\n");
            }
            if let Some(statistics) = column.statistics {
                self.alter_column(table, column);
                self.w.sql(" SET STATISTICS ").number(statistics.into()).sql(";\n");
            }
        }
    }

    fn alter_column(&mut self, table: &Table, column: &Column) {
        self.w.sql("ALTER TABLE ");
        self.table_name(table);
        self.w.sql(" ALTER COLUMN ").ident(&column.name);
    }

    fn owned_sequences(&mut self, table: &Table) {
        for sequence in self.owned.remove(&table.id).unwrap_or_default() {
            let Some(column) = sequence.owned_by.and_then(|it| table.column(it.1)) else { continue };
            let start = self.w.here();
            self.w.sql("ALTER SEQUENCE ");
            self.name(sequence.namespace, &sequence.name);
            self.w.sql(" OWNED BY ");
            self.table_name(table);
            self.w.sql(".").ident(&column.name).sql(";\n").close(start, sequence.id);
        }
    }

    fn columns(&mut self, table: &Table, columns: &[ColumnId]) {
        self.w.sql("(").idents(table.column_names(columns)).sql(")");
    }

    fn primary_key(&mut self, table: &Table, key: &PrimaryKey) {
        if key.without_overlaps && self.before(18) {
            self.key_as_exclusion(table, key.id, &key.name, &key.columns);
        } else {
            self.w.sql("CONSTRAINT ").ident(&key.name).sql(" PRIMARY KEY ");
            self.key_columns(table, &key.columns, key.without_overlaps);
            self.key_options(table, &key.include, &key.storage_parameters);
        }
        self.deferral(key.deferral);
    }

    fn unique(&mut self, table: &Table, unique: &Unique) {
        if unique.without_overlaps && self.before(18) {
            self.key_as_exclusion(table, unique.id, &unique.name, &unique.columns);
        } else {
            self.w.sql("CONSTRAINT ").ident(&unique.name).sql(" UNIQUE ");
            if self.nulls_not_distinct(unique.id, unique.nulls_not_distinct) {
                self.w.sql("NULLS NOT DISTINCT ");
            }
            self.key_columns(table, &unique.columns, unique.without_overlaps);
            self.key_options(table, &unique.include, &unique.storage_parameters);
        }
        self.deferral(unique.deferral);
    }

    fn key_columns(&mut self, table: &Table, columns: &[ColumnId], without_overlaps: bool) {
        self.w.sql("(").idents(table.column_names(columns));
        self.w.sql(if without_overlaps { " WITHOUT OVERLAPS)" } else { ")" });
    }

    /// What `WITHOUT OVERLAPS` amounts to where there is no such thing (manual, "CREATE TABLE", "UNIQUE").
    fn key_as_exclusion(&mut self, table: &Table, id: ConstraintId, name: &str, columns: &[ColumnId]) {
        let message =
            format!("`{name}` written as an exclusion constraint: WITHOUT OVERLAPS came with PostgreSQL 18");
        self.lose(id, message);
        self.w.sql("CONSTRAINT ").ident(name).sql(" EXCLUDE USING gist (");
        let last = columns.len().saturating_sub(1);
        self.w.list(table.column_names(columns).enumerate(), ", ", |w, (index, column)| {
            w.ident(column).sql(if index == last { " WITH &&" } else { " WITH =" });
        });
        self.w.sql(")");
    }

    fn key_options(&mut self, table: &Table, include: &[ColumnId], parameters: &[(String, String)]) {
        if !include.is_empty() {
            self.w.sql(" INCLUDE ");
            self.columns(table, include);
        }
        if !parameters.is_empty() {
            self.w.sql(" WITH ");
            self.parameters(parameters);
        }
    }

    pub(super) fn deferral(&mut self, deferral: Deferral) {
        self.w.sql(match deferral {
            Deferral::NotDeferrable => "",
            Deferral::InitiallyImmediate => " DEFERRABLE",
            Deferral::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
        });
    }

    fn foreign_key(&mut self, table: &Table, fk: &ForeignKey) {
        let Some(referenced) = self.design.table(fk.references) else { return };
        self.w.sql("CONSTRAINT ").ident(&fk.name).sql(" FOREIGN KEY (");
        self.period_columns(table, &fk.columns, fk.period);
        self.w.sql(") REFERENCES ");
        self.table_name(referenced);
        self.w.sql(" (");
        self.period_columns(referenced, &fk.ref_columns, fk.period);
        self.w.sql(if fk.match_full { ") MATCH FULL" } else { ")" });
        if fk.on_delete != ReferentialAction::NoAction {
            self.on_delete(table, fk);
        }
        if fk.on_update != ReferentialAction::NoAction {
            self.w.sql(" ON UPDATE ").sql(fk.on_update.sql());
        }
        self.deferral(fk.deferral);
        let enforcement = self.enforcement(table, fk.id, fk.enforcement, true);
        self.enforced(enforcement.unwrap_or_default());
    }

    fn period_columns(&mut self, table: &Table, columns: &[ColumnId], period: bool) {
        let last = columns.len().saturating_sub(1);
        self.w.list(table.column_names(columns).enumerate(), ", ", |w, (index, column)| {
            w.sql(if period && index == last { "PERIOD " } else { "" }).ident(column);
        });
    }

    fn on_delete(&mut self, table: &Table, fk: &ForeignKey) {
        if fk.set_columns.is_empty() {
            self.w.sql(" ON DELETE ").sql(fk.on_delete.sql());
        } else if self.before(15) {
            let message = format!(
                "`{}` does nothing on delete: {} of some columns came with PostgreSQL 15",
                fk.name,
                fk.on_delete.sql()
            );
            self.lose(fk.id, message);
        } else {
            self.w.sql(" ON DELETE ").sql(fk.on_delete.sql()).sql(" ");
            self.columns(table, &fk.set_columns);
        }
    }

    fn check(&mut self, check: &Check, enforcement: Enforcement) {
        self.w.sql("CONSTRAINT ").ident(&check.name).sql(" CHECK (");
        self.expression(check.id, &check.expression);
        self.w.sql(if check.no_inherit { ") NO INHERIT" } else { ")" });
        self.enforced(enforcement);
    }

    fn enforced(&mut self, enforcement: Enforcement) {
        self.w.sql(match enforcement {
            Enforcement::Valid => "",
            Enforcement::NotValid => " NOT VALID",
            Enforcement::NotEnforced => " NOT ENFORCED",
        });
    }

    fn exclusion(&mut self, table: &Table, exclusion: &Exclusion) {
        self.w
            .sql("CONSTRAINT ")
            .ident(&exclusion.name)
            .sql(" EXCLUDE USING ")
            .ident(&exclusion.method)
            .sql(" (");
        for (index, (element, operator)) in exclusion.elements.iter().enumerate() {
            self.w.sql(if index > 0 { ", " } else { "" });
            self.element(Some(table), exclusion.id.into(), element);
            self.w.sql(" WITH ").raw(operator);
        }
        self.w.sql(")");
        self.key_options(table, &exclusion.include, &exclusion.storage_parameters);
        if let Some(predicate) = &exclusion.predicate {
            self.w.sql(" WHERE (");
            self.expression(exclusion.id, predicate);
            self.w.sql(")");
        }
        self.deferral(exclusion.deferral);
    }

    /// A foreign key that cannot stand in `CREATE TABLE`: its table, or the index it rests on, comes later.
    fn late_foreign_key(&self, table: &'a Table, fk: &'a ForeignKey) -> Option<Late<'a>> {
        let rests_on_index = !self.rests_on_key(fk);
        let later = fk.references != table.id && !self.written.contains(&fk.references);
        let apart = self.options.foreign_keys == ForeignKeyPlace::AfterTables;
        let not_valid = fk.enforcement == Enforcement::NotValid;
        (rests_on_index || later || apart || not_valid).then_some(Late::ForeignKey {
            table,
            fk,
            after_indexes: rests_on_index,
        })
    }

    /// Whether the referenced columns are those of a key, or may be: a partition's keys stand with the whole.
    fn rests_on_key(&self, fk: &ForeignKey) -> bool {
        let Some(referenced) = self.design.table(fk.references) else { return true };
        let is = |key: &[ColumnId]| {
            key.len() == fk.ref_columns.len() && key.iter().all(|it| fk.ref_columns.contains(it))
        };
        referenced.primary_key.as_ref().is_some_and(|it| is(&it.columns))
            || referenced.uniques.iter().any(|it| is(&it.columns))
            || !referenced
                .indexes
                .iter()
                .any(|it| it.unique && it.plain_columns().is_some_and(|key| is(&key)))
    }

    /// Adds the constraints that waited, those that rest on an index once indexes are there.
    pub(super) fn late_constraints(&mut self, indexes_are_there: bool) {
        let is_due = |it: &Late<'_>| match it {
            Late::ForeignKey { after_indexes, .. } => indexes_are_there || !after_indexes,
            Late::Check { .. } => true,
        };
        let (due, waiting) = std::mem::take(&mut self.late).into_iter().partition(is_due);
        self.late = waiting;
        let due: Vec<Late<'a>> = due;
        for late in due {
            let start = self.line(Level::ConstraintVerbatims);
            let (Late::Check { table, .. } | Late::ForeignKey { table, .. }) = late;
            self.w.sql("ALTER TABLE ");
            self.table_name(table);
            self.w.sql(" ADD ");
            match late {
                Late::Check { check, .. } => {
                    self.check(check, Enforcement::NotValid);
                    self.w.sql(";\n").close(start, check.id);
                    self.comment_on_constraint(table, check.id, &check.name, check.comment.as_deref());
                }
                Late::ForeignKey { fk, .. } => {
                    self.foreign_key(table, fk);
                    self.w.sql(";\n").close(start, fk.id);
                    self.comment_on_constraint(table, fk.id, &fk.name, fk.comment.as_deref());
                }
            }
        }
    }

    fn table_comments(&mut self, table: &Table) {
        if let Some(comment) = &table.comment {
            let start = self.w.here();
            self.w.sql("COMMENT ON TABLE ");
            self.table_name(table);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, table.id);
        }
        for column in &table.columns {
            if let Some(comment) = &column.comment {
                let start = self.w.here();
                self.w.sql("COMMENT ON COLUMN ");
                self.table_name(table);
                self.w
                    .sql(".")
                    .ident(&column.name)
                    .sql(" IS ")
                    .literal(comment)
                    .sql(";\n")
                    .close(start, column.id);
            }
        }
        if let Some(it) = &table.primary_key {
            self.comment_on_constraint(table, it.id, &it.name, it.comment.as_deref());
        }
        for it in &table.uniques {
            self.comment_on_constraint(table, it.id, &it.name, it.comment.as_deref());
        }
        for it in &table.foreign_keys {
            let is_late = |late: &Late<'_>| matches!(late, Late::ForeignKey { fk, .. } if fk.id == it.id);
            if !self.late.iter().any(is_late) && !self.loses(it) {
                self.comment_on_constraint(table, it.id, &it.name, it.comment.as_deref());
            }
        }
        for it in &table.checks {
            if it.enforcement == Enforcement::Valid
                || it.enforcement == Enforcement::NotEnforced && !self.before(18)
            {
                self.comment_on_constraint(table, it.id, &it.name, it.comment.as_deref());
            }
        }
        for it in &table.exclusions {
            self.comment_on_constraint(table, it.id, &it.name, it.comment.as_deref());
        }
    }

    fn comment_on_constraint(
        &mut self,
        table: &Table,
        id: impl Into<crate::design::Id>,
        name: &str,
        comment: Option<&str>,
    ) {
        let Some(comment) = comment else { return };
        let start = self.w.here();
        self.w.sql("COMMENT ON CONSTRAINT ").ident(name).sql(" ON ");
        self.table_name(table);
        self.w.sql(" IS ").literal(comment).sql(";\n").close(start, id);
    }
}

/// Whether a column is what a partition or heir gets from above without saying so.
fn is_copy(column: &Column, above: &Column) -> bool {
    column.name == above.name
        && column.data_type == above.data_type
        && column.nullable == above.nullable
        && column.value == above.value
        && column.collation == above.collation
}

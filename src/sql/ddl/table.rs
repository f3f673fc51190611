//! Tables with their columns, keys and constraints.

use super::constraint::is_repeated;
use super::{Ddl, Late};
use crate::design::{Check, Column, ColumnValue, CompressionMethod, Enforcement, PartitionStrategy, Table};

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
        self.tell_of_not_nulls(table, short);
        if let Some(part) = table.partition_of.as_ref().filter(|_| short) {
            self.w.sql(" ").raw(&part.bound);
        }
        self.table_options(table);
        self.w.sql(";\n").close(start, table.id);
        self.written.push(table);
        self.known.insert(table.id);
        if table.seed.as_ref().is_some_and(|it| !it.rows.is_empty()) {
            self.with_rows.push(table);
        }
        if !short {
            self.attach_partition(table);
        }
        if self.joins_late(table) {
            self.late_inheritance(table);
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
            if is_repeated(table, unique) {
                self.late.push(Late::Unique { table, unique });
                continue;
            }
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
        for column in &table.columns {
            if self.is_unproven(column) && !self.is_late_above(table, column) {
                self.late.push(Late::NotNull { table, column });
            }
            if self.is_named_apart(table, column, short) {
                let start = next(self);
                self.not_null_constraint(column);
                self.w.close(start, column.id);
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
        // A table is attached only when it has the checks of the whole.
        for check in self.checks_above(table).into_iter().filter(|_| !short) {
            if check.enforcement == Enforcement::Valid
                || check.enforcement == Enforcement::NotEnforced && !self.before(18)
            {
                next(self);
                self.check(check, check.enforcement);
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
        let brief = (table.columns.is_empty() || same) && no_keys;
        brief && self.is_named_by_whole(table, whole)
    }

    /// Whether a table that this one inherits from gives it the column.
    pub(super) fn is_inherited(&self, table: &Table, column: &Column) -> bool {
        column.inherited && self.column_above(table, column).is_some() && !table.inherits.is_empty()
    }

    /// The column of this name in a table that this one inherits from.
    pub(super) fn column_above(&self, table: &Table, column: &Column) -> Option<&'a Column> {
        let mut above = table.inherits.iter().filter_map(|it| self.design.table(*it));
        above.find_map(|it| it.column_named(&column.name))
    }

    /// The default that a column would have from the tables above: the first that has one gives it.
    fn default_above(&self, table: &Table, column: &Column) -> Option<&'a ColumnValue> {
        let above = table.inherits.iter().filter_map(|it| self.design.table(*it));
        let mut values = above.filter_map(|it| it.column_named(&column.name)).map(|it| &it.value);
        values.find(|it| it.default_expression().is_some())
    }

    /// Whether a table that has all its columns itself has them in another order than `INHERITS` gives, which puts those of the
    /// tables above first.
    pub(super) fn joins_late(&self, table: &Table) -> bool {
        if table.inherits.is_empty() || table.columns.iter().any(|it| it.inherited) {
            return false;
        }
        let above = || table.inherits.iter().filter_map(|it| self.design.table(*it));
        let mut names: Vec<&str> = Vec::new();
        for it in above().flat_map(|it| &it.columns).chain(&table.columns) {
            if !names.contains(&it.name.as_str()) {
                names.push(&it.name);
            }
        }
        if names.len() > table.columns.len() {
            return false;
        }
        let mut shared = above().flat_map(|it| &it.checks).filter(|it| !it.no_inherit);
        shared.all(|it| table.checks.iter().any(|own| own.name == it.name))
            && !names.iter().copied().eq(table.columns.iter().map(|it| it.name.as_str()))
    }

    fn late_inheritance(&mut self, table: &Table) {
        for above in table.inherits.iter().filter_map(|it| self.design.table(*it)) {
            self.w.sql("ALTER TABLE ");
            self.table_name(table);
            self.w.sql(" INHERIT ");
            self.table_name(above);
            self.w.sql(";\n");
        }
    }

    /// The same column of a table above, of which this one is a partition or heir.
    fn inherited(&self, table: &Table, column: &Column) -> Option<&'a Column> {
        let whole = table.partition_of.iter().map(|it| it.table);
        let above = table.inherits.iter().copied().chain(whole).filter_map(|it| self.design.table(it));
        above.filter_map(|it| it.column_named(&column.name)).find(|it| is_copy(column, it))
    }

    /// The checks that a partition has from the tables that it is a part of.
    fn checks_above(&self, table: &Table) -> Vec<&'a Check> {
        let mut found: Vec<&'a Check> = Vec::new();
        let above = |it: &Table| it.partition_of.as_ref().and_then(|it| self.design.table(it.table));
        let mut whole = above(table);
        while let Some(it) = whole {
            for check in it.checks.iter().filter(|it| !it.no_inherit) {
                if table.checks.iter().chain(found.iter().copied()).all(|it| it.name != check.name) {
                    found.push(check);
                }
            }
            whole = above(it);
        }
        found
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
        if !table.inherits.is_empty() && !self.joins_late(table) {
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
        if let Some(method) = column.compression.map(CompressionMethod::word) {
            if self.before(14) {
                self.lose(column.id, format!("compression `{method}` left out: it came with PostgreSQL 14"));
            } else {
                self.w.sql(" COMPRESSION ").sql(method);
            }
        }
        if let Some(collation) = &column.collation {
            self.w.sql(" COLLATE ").raw(collation);
        }
        let is_identity = matches!(column.value, ColumnValue::Identity { .. });
        let says_not_null = !column.nullable && !is_identity;
        let says = says_not_null && (!table.is_key(column.id) || self.loses_key(table));
        let is_said = self.is_unproven(column) || self.is_not_null_above(table, column);
        if (says || self.says_name(table, column)) && !is_said {
            self.not_null(table, column);
        }
        match &column.value {
            ColumnValue::Given => {
                // It would have the default from above.
                if !self.joins_late(table) && self.default_above(table, column).is_some() {
                    self.w.sql(" DEFAULT NULL");
                }
            }
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

    /// What an inherited column has of its own.
    fn inherited_settings(&mut self, table: &Table, column: &Column) {
        let Some(above) = self.column_above(table, column).filter(|_| self.is_inherited(table, column))
        else {
            return;
        };
        let default = self.default_above(table, column);
        match &column.value {
            ColumnValue::Default(text) if default != Some(&column.value) => {
                self.alter_column(table, column);
                self.w.sql(" SET DEFAULT ");
                self.expression(column.id, text);
                self.w.sql(";\n");
            }
            ColumnValue::Given if default.is_some() => {
                self.alter_column(table, column);
                self.w.sql(" DROP DEFAULT;\n");
            }
            _ => {}
        }
        let above_table = table.inherits.iter().filter_map(|it| self.design.table(*it));
        let above_nullable =
            above_table.filter(|it| it.column(above.id).is_some()).any(|it| it.is_nullable(above.id));
        let is_said = self.is_named_apart(table, column, false);
        if !column.nullable && above_nullable && !table.is_key(column.id) && !is_said {
            self.alter_column(table, column);
            self.w.sql(" SET NOT NULL;\n");
        }
    }

    /// What a column has that `CREATE TABLE` says only in newer versions, or not at all.
    fn column_settings(&mut self, table: &Table) {
        for column in &table.columns {
            self.inherited_settings(table, column);
            let inherited = self.inherited(table, column).and_then(|it| it.storage);
            if let Some(storage) = column.storage.filter(|it| inherited != Some(*it)) {
                self.alter_column(table, column);
                self.w.sql(" SET STORAGE ").sql(storage.word()).sql(";\n");
            }
            if let Some(statistics) = column.statistics {
                self.alter_column(table, column);
                self.w.sql(" SET STATISTICS ").number(statistics.into()).sql(";\n");
            }
            if !column.options.is_empty() {
                self.alter_column(table, column);
                self.w.sql(" SET ");
                self.parameters(&column.options);
                self.w.sql(";\n");
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
            self.comment_on_key_index(table, it.id, &it.name, it.index_comment.as_deref());
        }
        for it in table.uniques.iter().filter(|it| !is_repeated(table, it)) {
            self.comment_on_constraint(table, it.id, &it.name, it.comment.as_deref());
            self.comment_on_key_index(table, it.id, &it.name, it.index_comment.as_deref());
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
            self.comment_on_key_index(table, it.id, &it.name, it.index_comment.as_deref());
        }
        for column in &table.columns {
            if !self.is_unproven(column) {
                self.comment_on_not_null(table, column);
            }
        }
    }
}

/// Whether a column is what a partition or heir gets from above without saying so.
fn is_copy(column: &Column, above: &Column) -> bool {
    // What makes an identity stays with the table above.
    let is_identity = matches!(above.value, ColumnValue::Identity { .. });
    column.name == above.name
        && column.data_type == above.data_type
        && column.nullable == above.nullable
        && (column.value == above.value || column.value == ColumnValue::Given && is_identity)
        && column.collation == above.collation
}

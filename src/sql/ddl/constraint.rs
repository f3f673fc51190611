//! Keys, foreign keys, checks and exclusions, within their table and after it.

use super::item::Level;
use super::{Ddl, ForeignKeyPlace, Late};
use crate::design::{
    Check, ColumnId, ConstraintId, Deferral, Enforcement, Exclusion, ForeignKey, Id, PrimaryKey,
    ReferentialAction, Table, Unique,
};

impl<'a> Ddl<'a> {
    pub(super) fn columns(&mut self, table: &Table, columns: &[ColumnId]) {
        self.w.sql("(").idents(table.column_names(columns)).sql(")");
    }

    pub(super) fn primary_key(&mut self, table: &Table, key: &PrimaryKey) {
        if key.without_overlaps && self.before(18) {
            self.key_as_exclusion(table, key.id, &key.name, &key.columns);
        } else {
            self.w.sql("CONSTRAINT ").ident(&key.name).sql(" PRIMARY KEY ");
            self.key_columns(table, &key.columns, key.without_overlaps);
            self.key_options(table, &key.include, &key.storage_parameters, key.tablespace.as_ref());
        }
        self.deferral(key.deferral);
    }

    pub(super) fn unique(&mut self, table: &Table, unique: &Unique) {
        if unique.without_overlaps && self.before(18) {
            self.key_as_exclusion(table, unique.id, &unique.name, &unique.columns);
        } else {
            self.w.sql("CONSTRAINT ").ident(&unique.name).sql(" UNIQUE ");
            if self.nulls_not_distinct(unique.id, unique.nulls_not_distinct) {
                self.w.sql("NULLS NOT DISTINCT ");
            }
            self.key_columns(table, &unique.columns, unique.without_overlaps);
            self.key_options(table, &unique.include, &unique.storage_parameters, unique.tablespace.as_ref());
        }
        self.deferral(unique.deferral);
    }

    pub(super) fn key_columns(&mut self, table: &Table, columns: &[ColumnId], without_overlaps: bool) {
        self.w.sql("(").idents(table.column_names(columns));
        self.w.sql(if without_overlaps { " WITHOUT OVERLAPS)" } else { ")" });
    }

    /// What `WITHOUT OVERLAPS` amounts to where there is no such thing (manual, "CREATE TABLE", "UNIQUE").
    pub(super) fn key_as_exclusion(
        &mut self,
        table: &Table,
        id: ConstraintId,
        name: &str,
        columns: &[ColumnId],
    ) {
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

    pub(super) fn key_options(
        &mut self,
        table: &Table,
        include: &[ColumnId],
        parameters: &[(String, String)],
        tablespace: Option<&String>,
    ) {
        if !include.is_empty() {
            self.w.sql(" INCLUDE ");
            self.columns(table, include);
        }
        if !parameters.is_empty() {
            self.w.sql(" WITH ");
            self.parameters(parameters);
        }
        if let Some(tablespace) = tablespace {
            self.w.sql(" USING INDEX TABLESPACE ").ident(tablespace);
        }
    }

    pub(super) fn deferral(&mut self, deferral: Deferral) {
        self.w.sql(match deferral {
            Deferral::NotDeferrable => "",
            Deferral::InitiallyImmediate => " DEFERRABLE",
            Deferral::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
        });
    }

    pub(super) fn foreign_key(&mut self, table: &Table, fk: &ForeignKey) {
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

    pub(super) fn period_columns(&mut self, table: &Table, columns: &[ColumnId], period: bool) {
        let last = columns.len().saturating_sub(1);
        self.w.list(table.column_names(columns).enumerate(), ", ", |w, (index, column)| {
            w.sql(if period && index == last { "PERIOD " } else { "" }).ident(column);
        });
    }

    pub(super) fn on_delete(&mut self, table: &Table, fk: &ForeignKey) {
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

    pub(super) fn check(&mut self, check: &Check, enforcement: Enforcement) {
        self.w.sql("CONSTRAINT ").ident(&check.name).sql(" CHECK (");
        self.expression(check.id, &check.expression);
        self.w.sql(if check.no_inherit { ") NO INHERIT" } else { ")" });
        self.enforced(enforcement);
    }

    pub(super) fn enforced(&mut self, enforcement: Enforcement) {
        self.w.sql(match enforcement {
            Enforcement::Valid => "",
            Enforcement::NotValid => " NOT VALID",
            Enforcement::NotEnforced => " NOT ENFORCED",
        });
    }

    pub(super) fn exclusion(&mut self, table: &Table, exclusion: &Exclusion) {
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
        let (parameters, tablespace) = (&exclusion.storage_parameters, exclusion.tablespace.as_ref());
        self.key_options(table, &exclusion.include, parameters, tablespace);
        if let Some(predicate) = &exclusion.predicate {
            self.w.sql(" WHERE (");
            self.expression(exclusion.id, predicate);
            self.w.sql(")");
        }
        self.deferral(exclusion.deferral);
    }

    /// A foreign key that cannot stand in `CREATE TABLE`: its table, or the index it rests on, comes later, or may not
    /// come at all.
    pub(super) fn late_foreign_key(&self, table: &'a Table, fk: &'a ForeignKey) -> Option<Late<'a>> {
        let rests_on_index = !self.rests_on_key(fk);
        let later = fk.references != table.id && !self.known.contains(&fk.references);
        let apart = self.options.foreign_keys == ForeignKeyPlace::AfterTables;
        let not_valid = fk.enforcement == Enforcement::NotValid;
        let bare = self.lacks_rows(table, fk);
        let unsure = fk.references != table.id && self.fragile.contains(&fk.references);
        (rests_on_index || later || apart || not_valid || bare || unsure).then_some(Late::ForeignKey {
            table,
            fk,
            after_indexes: rests_on_index,
        })
    }

    /// Whether rows of the design reference rows that it does not bring along: those come from elsewhere, so the key waits.
    fn lacks_rows(&self, table: &Table, fk: &ForeignKey) -> bool {
        let Some(seed) = &table.seed else { return false };
        let referenced = self.design.table(fk.references).and_then(|it| it.seed.as_ref());
        if fk.references == table.id || referenced.is_some_and(|it| !it.rows.is_empty()) {
            return false;
        }
        seed.refers(&fk.columns)
    }

    /// Whether the referenced columns are those of a key, or may be: a partition's keys stand with the whole.
    pub(super) fn rests_on_key(&self, fk: &ForeignKey) -> bool {
        let Some(referenced) = self.design.table(fk.references) else { return true };
        let is = |key: &[ColumnId]| {
            key.len() == fk.ref_columns.len() && key.iter().all(|it| fk.ref_columns.contains(it))
        };
        // A deferrable key does not count: PostgreSQL takes none for a reference.
        let at_once = Deferral::NotDeferrable;
        referenced.primary_key.as_ref().is_some_and(|it| it.deferral == at_once && is(&it.columns))
            || referenced.uniques.iter().any(|it| it.deferral == at_once && is(&it.columns))
            || !referenced
                .indexes
                .iter()
                .any(|it| it.unique && it.plain_columns().is_some_and(|key| is(&key)))
    }

    /// Adds the constraints that waited, those that rest on an index once indexes are there.
    pub(super) fn late_constraints(&mut self, indexes_are_there: bool) {
        let is_due = |it: &Late<'_>| match it {
            Late::ForeignKey { after_indexes, .. } => indexes_are_there || !after_indexes,
            Late::Check { .. } | Late::NotNull { .. } | Late::Unique { .. } => true,
        };
        let (due, waiting) = std::mem::take(&mut self.late).into_iter().partition(is_due);
        self.late = waiting;
        let due: Vec<Late<'a>> = due;
        for late in due {
            let start = self.line(Level::ConstraintVerbatims);
            let (Late::Check { table, .. }
            | Late::NotNull { table, .. }
            | Late::Unique { table, .. }
            | Late::ForeignKey { table, .. }) = late;
            self.w.sql("ALTER TABLE ");
            self.table_name(table);
            self.w.sql(" ADD ");
            match late {
                Late::Check { check, .. } => {
                    self.check(check, Enforcement::NotValid);
                    self.w.sql(";\n").close(start, check.id);
                    self.comment_on_constraint(table, check.id, &check.name, check.comment.as_deref());
                }
                Late::NotNull { column, .. } => {
                    let name = column.not_null.as_deref().and_then(|it| it.name.as_ref());
                    if let Some(name) = name {
                        self.w.sql("CONSTRAINT ").ident(name).sql(" ");
                    }
                    self.w.sql("NOT NULL ").ident(&column.name);
                    if column.not_null.as_deref().is_some_and(|it| it.no_inherit) {
                        self.w.sql(" NO INHERIT");
                    }
                    self.w.sql(" NOT VALID;\n").close(start, column.id);
                    self.comment_on_not_null(table, column);
                }
                Late::Unique { unique, .. } => {
                    self.unique(table, unique);
                    self.w.sql(";\n").close(start, unique.id);
                    self.comment_on_constraint(table, unique.id, &unique.name, unique.comment.as_deref());
                    self.comment_on_key_index(
                        table,
                        unique.id,
                        &unique.name,
                        unique.index_comment.as_deref(),
                    );
                }
                Late::ForeignKey { fk, .. } => {
                    self.foreign_key(table, fk);
                    self.w.sql(";\n").close(start, fk.id);
                    self.comment_on_constraint(table, fk.id, &fk.name, fk.comment.as_deref());
                }
            }
        }
    }

    /// The comment of the index behind a key or exclusion.
    pub(super) fn comment_on_key_index(
        &mut self,
        table: &Table,
        id: ConstraintId,
        name: &str,
        comment: Option<&str>,
    ) {
        let Some(comment) = comment else { return };
        let start = self.w.here();
        self.w.sql("COMMENT ON INDEX ");
        self.name(table.namespace, name);
        self.w.sql(" IS ").literal(comment).sql(";\n").close(start, id);
    }

    pub(super) fn comment_on_constraint(
        &mut self,
        table: &Table,
        id: impl Into<Id>,
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

/// Whether a unique constraint says what a key before it says: `CREATE TABLE` would make them one
/// (`transformIndexConstraints` of `parse_utilcmd.c`).
pub(super) fn is_repeated(table: &Table, unique: &Unique) -> bool {
    let says = |columns: &[ColumnId], include: &[ColumnId], deferral, nulls_not_distinct| {
        columns == unique.columns
            && include == unique.include
            && deferral == unique.deferral
            && nulls_not_distinct == unique.nulls_not_distinct
    };
    let key = table.primary_key.iter().any(|it| says(&it.columns, &it.include, it.deferral, false));
    let before = table.uniques.iter().take_while(|it| it.id != unique.id);
    key || before.into_iter().any(|it| says(&it.columns, &it.include, it.deferral, it.nulls_not_distinct))
}

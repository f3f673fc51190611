//! `NOT NULL`, and the constraints behind it that PostgreSQL 18 keeps.

use std::borrow::Cow;

use super::Ddl;
use crate::design::{Column, Table};
use crate::pg::object_name;

impl Ddl<'_> {
    /// `NOT NULL`, with what its constraint says beyond that.
    pub(super) fn not_null(&mut self, table: &Table, column: &Column) {
        let extra = column.not_null.as_deref().filter(|_| !self.before(18));
        if self.has_other_name(table, column) {
            let name = self.not_null_name(table, column).into_owned();
            self.w.sql(" CONSTRAINT ").ident(&name);
        }
        self.w.sql(" NOT NULL");
        if extra.is_some_and(|it| it.no_inherit) {
            self.w.sql(" NO INHERIT");
        }
    }

    /// Whether `NOT NULL` says more than that there are no nulls, which a key says as well.
    pub(super) fn says_name(&self, table: &Table, column: &Column) -> bool {
        column.not_null.as_ref().is_some_and(|it| it.no_inherit)
            || !table.is_nullable(column.id) && self.has_other_name(table, column)
    }

    /// Whether the constraint has another name than PostgreSQL would give it, which goes without saying.
    fn has_other_name(&self, table: &Table, column: &Column) -> bool {
        !self.before(18)
            && self.not_null_name(table, column) != object_name(&table.name, Some(&column.name), "not_null")
    }

    /// `CONSTRAINT … NOT NULL` of a column that stands with the table above.
    pub(super) fn not_null_constraint(&mut self, column: &Column) {
        if let Some(name) = column.not_null.as_deref().and_then(|it| it.name.as_ref()) {
            self.w.sql("CONSTRAINT ").ident(name).sql(" NOT NULL ").ident(&column.name);
        }
    }

    /// Whether a column that stands with a table above has a constraint under another name than there.
    pub(super) fn is_named_apart(&self, table: &Table, column: &Column, short: bool) -> bool {
        if self.before(18) || self.is_unproven(column) || !(short || self.is_inherited(table, column)) {
            return false;
        }
        let is_given = column.not_null.as_ref().is_some_and(|it| it.name.is_some());
        is_given && !self.has_name_of_above(table, column)
    }

    /// Whether a partition's constraints get their names from `PARTITION OF`. One that was a table before it was attached has
    /// names of its own.
    pub(super) fn is_named_by_whole(&self, table: &Table, whole: &Table) -> bool {
        let mut all = table.columns.iter().filter(|it| {
            !table.is_nullable(it.id)
                && whole.column_named(&it.name).is_some_and(|it| !whole.is_nullable(it.id))
        });
        self.before(18) || all.clone().next().is_none() || all.any(|it| self.has_name_of_above(table, it))
    }

    /// Whether the constraint behind a column has the name that the tables above give it.
    pub(super) fn has_name_of_above(&self, table: &Table, column: &Column) -> bool {
        let whole = table.partition_of.iter().map(|it| it.table);
        let above = whole.chain(table.inherits.iter().copied()).filter_map(|it| self.design.table(it));
        let mut names = above.filter_map(|above| Some((above, above.column_named(&column.name)?)));
        let first = names.find(|(above, it)| !above.is_nullable(it.id));
        first.is_some_and(|(above, it)| self.not_null_name(above, it) == self.not_null_name(table, column))
    }

    /// Whether a column that an heir declares anew has its constraint from above.
    pub(super) fn is_not_null_above(&self, table: &Table, column: &Column) -> bool {
        let is_heir = !table.inherits.is_empty() && !self.joins_late(table);
        !self.before(18) && is_heir && self.has_name_of_above(table, column)
    }

    /// Whether what is not valid is said with a table above, and comes from there.
    pub(super) fn is_late_above(&self, table: &Table, column: &Column) -> bool {
        (self.is_inherited(table, column) || table.partition_of.is_some())
            && self.has_name_of_above(table, column)
    }

    fn not_null_name<'b>(&'b self, table: &'b Table, column: &'b Column) -> Cow<'b, str> {
        table.not_null_name(column, |id| self.design.table(id))
    }

    /// Tells what a version that keeps no constraint for `NOT NULL` loses.
    pub(super) fn tell_of_not_nulls(&mut self, table: &Table, short: bool) {
        if !self.before(18) {
            return;
        }
        for column in table.columns.iter().filter(|it| !table.is_nullable(it.id)) {
            let says_more = column.not_null.as_ref().is_some_and(|it| it.says_more());
            let comes_from_above =
                (short || self.is_inherited(table, column)) && self.has_name_of_above(table, column);
            if says_more && !comes_from_above {
                self.lose(column.id, "name and options of NOT NULL left out: they came with PostgreSQL 18");
            }
        }
    }

    /// `COMMENT ON CONSTRAINT` of one.
    pub(super) fn comment_on_not_null(&mut self, table: &Table, column: &Column) {
        if let Some(comment) = column.not_null.as_deref().and_then(|it| it.comment.as_ref())
            && !self.before(18)
        {
            let name = self.not_null_name(table, column).into_owned();
            self.comment_on_constraint(table, column.id, &name, Some(comment));
        }
    }

    /// Whether `NOT NULL … NOT VALID` stands apart, since `CREATE TABLE` takes everything for valid.
    pub(super) fn is_unproven(&self, column: &Column) -> bool {
        !self.before(18) && column.not_null.as_ref().is_some_and(|it| it.not_valid)
    }
}

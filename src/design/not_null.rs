//! The names of the constraints behind `NOT NULL`, which PostgreSQL keeps since version 18.

use std::borrow::Cow;

use super::{Column, NotNull, Table, TableId};
use crate::pg::object_name;

impl Table {
    /// The name of the constraint behind a column's `NOT NULL`: the one that is given, or else that of the table above which
    /// gives the column, or else the one that PostgreSQL makes of the names of table and column.
    ///
    /// Source: PostgreSQL 18 `src/backend/catalog/heap.c` (`AddRelationNotNullConstraints`).
    pub fn not_null_name<'a>(
        &'a self,
        column: &'a Column,
        table: impl Fn(TableId) -> Option<&'a Table>,
    ) -> Cow<'a, str> {
        let (mut owner, mut column) = (self, column);
        let mut seen = vec![self.id];
        loop {
            if let Some(name) = column.not_null.as_deref().and_then(|it| it.name.as_deref()) {
                return Cow::Borrowed(name);
            }
            let whole = owner.partition_of.iter().map(|it| it.table);
            let inherits: &[TableId] = if column.inherited { &owner.inherits } else { &[] };
            let mut above = whole.chain(inherits.iter().copied()).filter(|it| !seen.contains(it));
            let found = above.find_map(|id| {
                let it = table(id)?;
                let same = it.column_named(&column.name)?;
                (!it.is_nullable(same.id) && !same.not_null.as_ref().is_some_and(|it| it.no_inherit))
                    .then_some((it, same))
            });
            let Some((next, same)) = found else {
                return Cow::Owned(object_name(&owner.name, Some(&column.name), "not_null"));
            };
            seen.push(next.id);
            (owner, column) = (next, same);
        }
    }
}

impl NotNull {
    /// Whether it says what a person chose, and not only a name as PostgreSQL makes them.
    pub fn says_more(&self) -> bool {
        let is_given = self.name.is_some() && !self.has_made_name();
        is_given || self.no_inherit || self.not_valid || self.comment.is_some()
    }

    /// Whether the name is one as PostgreSQL makes them; its number depends on what else there was.
    pub fn has_made_name(&self) -> bool {
        let plain = |it: &str| it.trim_end_matches(|it: char| it.is_ascii_digit()).ends_with("_not_null");
        self.name.as_deref().is_some_and(plain)
    }
}

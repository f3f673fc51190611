//! The indexes and unique constraints that there are, under the names that both databases know them by.

use crate::read::postgres::{joined, object_name};

/// An index or a unique constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its table, as that was created.
    pub table: String,
    /// Its name in the script's database.
    pub name: String,
    /// Its name in PostgreSQL.
    pub own: String,
    /// Its columns, those of expressions left out.
    pub columns: Vec<String>,
    /// What it is in PostgreSQL.
    pub kind: Kind,
}

/// What an index is in PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `CREATE INDEX`
    Plain,
    /// `CREATE UNIQUE INDEX`
    Unique,
    /// `UNIQUE (…)`
    Constraint,
}

impl Kind {
    /// The end of the name that PostgreSQL would give.
    fn label(self) -> &'static str {
        match self {
            Self::Plain | Self::Unique => "idx",
            Self::Constraint => "key",
        }
    }
}

/// All of them.
#[derive(Debug, Default)]
pub struct Indexes(Vec<Index>);

impl Indexes {
    /// A name that no other has and no table: the one wanted, or that with its table's before it.
    pub fn free_name(
        &self,
        table: &str,
        wanted: Option<&str>,
        of: &Of,
        is_table: &dyn Fn(&str) -> bool,
    ) -> String {
        let is_taken = |it: &str| is_table(it) || self.0.iter().any(|index| index.own == it);
        let first = match wanted {
            Some(it) => object_name(it, None, ""),
            None => of.default_name(table),
        };
        if !is_taken(&first) {
            return first;
        }
        let wanted = wanted.unwrap_or(&first);
        let with_table = object_name(table, Some(wanted), "");
        let numbered = (2..=u32::MAX).map(|it| object_name(table, Some(wanted), &it.to_string()));
        std::iter::once(with_table).chain(numbered).find(|it| !is_taken(it)).unwrap_or(first)
    }

    /// Adds one.
    pub fn add(&mut self, index: Index) {
        self.0.push(index);
    }

    /// Takes out the one of this name in the script's database, whatever its case; of this table, where one is given.
    pub fn take(&mut self, table: Option<&str>, name: &str) -> Option<Index> {
        let is_it = |it: &Index| {
            it.name.eq_ignore_ascii_case(name)
                && table.is_none_or(|table| it.table.eq_ignore_ascii_case(table))
        };
        let at = self.0.iter().position(is_it)?;
        Some(self.0.remove(at))
    }

    /// Those of a table are gone with it.
    pub fn drop_table(&mut self, table: &str) {
        self.0.retain(|it| it.table != table);
    }

    /// Those of a table that have this column; they are out.
    pub fn take_with(&mut self, table: &str, column: &str) -> Vec<Index> {
        let has =
            |it: &Index| it.table == table && it.columns.iter().any(|it| it.eq_ignore_ascii_case(column));
        let (with, without) = std::mem::take(&mut self.0).into_iter().partition(has);
        self.0 = without;
        with
    }

    /// A column has another name.
    pub fn rename_column(&mut self, table: &str, old: &str, new: &str) {
        let columns = self.0.iter_mut().filter(|it| it.table == table).flat_map(|it| &mut it.columns);
        columns.filter(|it| it.eq_ignore_ascii_case(old)).for_each(|it| new.clone_into(it));
    }

    /// A table has another name. What was named after the table by its columns alone is named after the new one: gives such
    /// with the names that they had.
    pub fn rename_table(&mut self, from: &str, to: &str) -> Vec<(String, Index)> {
        let mut renamed = Vec::new();
        let taken: Vec<String> = self.0.iter().map(|it| it.own.clone()).collect();
        for index in self.0.iter_mut().filter(|it| it.table == from) {
            to.clone_into(&mut index.table);
            let of = Of { columns: &index.columns, kind: index.kind };
            let new = of.default_name(to);
            if index.own == of.default_name(from) && !taken.contains(&new) {
                let old = std::mem::replace(&mut index.own, new);
                renamed.push((old, index.clone()));
            }
        }
        renamed
    }

    /// Whether a unique constraint of a table has this name in PostgreSQL.
    pub fn names_constraint(&self, table: &str, name: &str) -> bool {
        self.0.iter().any(|it| it.kind == Kind::Constraint && it.table == table && it.own == name)
    }

    /// Whether one begins with these columns.
    pub fn leads(&self, table: &str, columns: &[String]) -> bool {
        let leads = |it: &Index| begins(&it.columns, columns);
        self.0.iter().filter(|it| it.table == table).any(leads)
    }
}

/// What an index without a name is named after.
pub struct Of<'a> {
    /// Its columns.
    pub columns: &'a [String],
    /// What it is.
    pub kind: Kind,
}

impl Of<'_> {
    fn default_name(&self, table: &str) -> String {
        let columns = joined(self.columns.iter().map(String::as_str));
        object_name(table, Some(&columns).filter(|it| !it.is_empty()).map(String::as_str), self.kind.label())
    }
}

/// Whether the first of some columns are these.
pub fn begins(columns: &[String], with: &[String]) -> bool {
    columns.len() >= with.len()
        && columns.iter().zip(with).all(|(one, other)| one.eq_ignore_ascii_case(other))
}

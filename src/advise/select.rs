//! A `SELECT` in parts, written one clause a line.

use super::rows;
use crate::design::{Column, ColumnId, Design, ForeignKey, Table};
use crate::sql::{ident, qualified_name};

/// How far a clause within parentheses is set in.
const INDENT: &str = "    ";

/// The parts of a `SELECT`, each as SQL.
#[derive(Clone, Debug, Default)]
pub(super) struct Select {
    pub(super) columns: Vec<String>,
    pub(super) from: String,
    pub(super) joins: Vec<String>,
    pub(super) wheres: Vec<String>,
    pub(super) order: Vec<String>,
    pub(super) limit: Option<u32>,
    /// The names by which its tables are spoken of, as they are without quotes.
    taken: Vec<String>,
}

impl Select {
    /// From a table, spoken of by its own name.
    pub(super) fn from(design: &Design, table: &Table) -> Self {
        let mut it = Self::default();
        it.from = it.source(design, table, &table.name).0;
        it
    }

    /// The table under a name that no other of this `SELECT` has: how `FROM` and `JOIN` write it, and the name as SQL.
    pub(super) fn source(&mut self, design: &Design, table: &Table, wished: &str) -> (String, String) {
        let name =
            crate::design::naming::free(wished.to_owned(), |it| self.taken.iter().any(|taken| taken == it));
        let relation = qualified_name(design, table.namespace, &table.name);
        let written = if name == table.name { relation } else { format!("{relation} AS {}", ident(&name)) };
        let spoken = ident(&name);
        self.taken.push(name);
        (written, spoken)
    }

    /// Notes that a name is spoken for in what surrounds this `SELECT`.
    pub(super) fn within(mut self, outer: &Self) -> Self {
        self.taken.extend(outer.taken.iter().cloned());
        self
    }

    /// The whole text, each line set in by `depth` steps.
    pub(super) fn text(&self, depth: usize) -> String {
        let line = format!("\n{}", INDENT.repeat(depth));
        let further = format!("{line}{INDENT}");
        let mut out = match self.columns.as_slice() {
            [only] => format!("SELECT {only}"),
            columns => format!("SELECT{further}{}", columns.join(&format!(",{further}"))),
        };
        out += &format!("{line}FROM {}", self.from);
        for join in &self.joins {
            out += &format!("{line}{join}");
        }
        if !self.wheres.is_empty() {
            out += &format!("{line}WHERE {}", self.wheres.join(&format!("{further}AND ")));
        }
        if !self.order.is_empty() {
            out += &format!("{line}ORDER BY {}", self.order.join(", "));
        }
        if let Some(limit) = self.limit {
            out += &format!("{line}LIMIT {limit}");
        }
        out
    }
}

/// `task.title`; `of` is SQL already.
pub(super) fn column(of: &str, column: &Column) -> String {
    format!("{of}.{}", ident(&column.name))
}

/// The columns of a key that hold a reference, compared with those that it points at: `task.project_id = project.id`.
pub(super) fn refers(of: (&str, &Table), fk: &ForeignKey, to: (&str, &Table)) -> String {
    let both = fk.columns.iter().zip(&fk.ref_columns);
    let one = |(from, at): (&ColumnId, &ColumnId)| {
        Some(format!("{} = {}", column(of.0, of.1.column(*from)?), column(to.0, to.1.column(*at)?)))
    };
    both.filter_map(one).collect::<Vec<_>>().join(" AND ")
}

/// That a row is not marked as deleted, where rows are.
pub(super) fn is_live(design: &Design, of: &str, table: &Table) -> Option<String> {
    rows::deletion(design, table).map(|it| format!("{} IS NULL", column(of, it)))
}

/// In which order rows are read: as people put them, else the latest first, else by what they are known by. The key behind it makes
/// it one order.
pub(super) fn order(design: &Design, of: &str, table: &Table) -> Vec<String> {
    let place = rows::position(design, table).map(|it| (it, ""));
    let moment = || rows::moment(design, table).map(|it| (it, " DESC"));
    let label = || rows::label(design, table).map(|it| (it, ""));
    let first = place.or_else(moment).or_else(label);
    let way = first.map_or("", |it| it.1);
    let key = rows::key(table).iter().filter_map(|it| table.column(*it)).map(|it| (it, way));
    let behind = key.filter(|it| first.is_none_or(|first| first.0.id != it.0.id));
    first.into_iter().chain(behind).map(|(it, way)| format!("{}{way}", column(of, it))).collect()
}

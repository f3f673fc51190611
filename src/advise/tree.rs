//! Queries that go down and up where rows hang under each other, by a reference to their own table or by pairs of its rows.

use super::select::{Select, column, is_live, refers};
use super::{Query, QueryKind, a, asked, noun, parameter, rows};
use crate::base::plural;
use crate::design::{ColumnId, Design, ForeignKey, Table};
use crate::sql::ident;

/// Since when `WITH RECURSIVE` tells depth-first order and cycles (PostgreSQL manual, "WITH Queries": `SEARCH` and `CYCLE`).
const TELLS_CYCLES: u8 = 14;

/// How deep a walk goes where the version cannot tell a circle.
const DEEPEST: u32 = 100;

/// The way from a row to the next.
struct Way<'t> {
    /// The table whose rows are gone through.
    table: &'t Table,
    /// What tells one row.
    key: &'t [ColumnId],
    /// The columns of a row that lead to the next, of the same table or of the table of pairs.
    step: Option<(&'t Table, &'t ForeignKey)>,
    /// The reference that is followed backwards or forwards.
    next: &'t ForeignKey,
}

/// The queries of a table whose rows hang under each other, or that stands for pairs of rows of one table.
pub(super) fn queries(design: &Design, table: &Table) -> Vec<Query> {
    if let Some(own) = own(table) {
        let way = Way { table, key: &own.ref_columns, step: None, next: own };
        let nouns = plural(&noun(table));
        let below = format!("All {nouns} below {}, however deep", a(&noun(table)));
        let above = format!("The way from the topmost {} down to one", noun(table));
        let index = asked::index_on(design, table, &own.columns);
        return [down(design, &way, below, index, true), up(design, &way, above)]
            .into_iter()
            .flatten()
            .collect();
    }
    let Some((one, other)) = asked::pair(table).filter(|it| it.0.references == it.1.references) else {
        return Vec::new();
    };
    let Some(far) = design.table(one.references).filter(|it| !super::feed::is_person(it)) else {
        return Vec::new();
    };
    let way = Way { table: far, key: &other.ref_columns, step: Some((table, one)), next: other };
    let gives = format!("All {} that {} leads to, at once or over others", plural(&noun(far)), a(&noun(far)));
    down(design, &way, gives, asked::index_on(design, table, &one.columns), false).into_iter().collect()
}

/// The reference of a table to itself.
pub(super) fn own(table: &Table) -> Option<&ForeignKey> {
    let mut all = table.foreign_keys.iter().filter(|it| it.references == table.id && !it.columns.is_empty());
    all.next().filter(|_| super::asked::pair(table).is_none())
}

/// Where the walk begins: the row that is asked for.
fn start(design: &Design, way: &Way<'_>, columns: &[ColumnId]) -> Option<(Select, Vec<super::Parameter>)> {
    let mut first = Select::from(design, way.table);
    let own = ident(&way.table.name);
    first.columns =
        columns.iter().filter_map(|it| way.table.column(*it)).map(|it| column(&own, it)).collect();
    first.columns.push("0 AS level".to_owned());
    let mut parameters = Vec::new();
    for (nth, id) in way.key.iter().enumerate() {
        let it = way.table.column(*id)?;
        first.wheres.push(format!("{} = ${}", column(&own, it), nth + 1));
        let what = format!("{} of the {}", it.name.replace('_', " "), noun(way.table));
        parameters.push(parameter(design, way.table, *id, what));
    }
    Some((first, parameters))
}

/// What each row of the walk has: what tells it, and what it is known by.
fn walked(design: &Design, way: &Way<'_>) -> Vec<ColumnId> {
    let mut columns = way.key.to_vec();
    let named = [rows::position(design, way.table), rows::label(design, way.table)];
    columns.extend(named.into_iter().flatten().map(|it| it.id).filter(|it| !way.key.contains(it)));
    columns
}

/// All that is reached from a row. `is_tree`: each row is reached in one way alone.
fn down(
    design: &Design,
    way: &Way<'_>,
    gives: String,
    index: Option<String>,
    is_tree: bool,
) -> Option<Query> {
    let columns = walked(design, way);
    let (first, parameters) = start(design, way, &columns)?;
    let name = free(design, "below");
    let (own, mut next) = (ident(&way.table.name), Select::from(design, way.table));
    next.columns = first.columns.iter().take(columns.len()).cloned().collect();
    match way.step {
        None => next
            .joins
            .push(format!("JOIN {name} ON {}", refers((&own, way.table), way.next, (&name, way.table)))),
        Some((pairs, one)) => {
            let (source, step) = next.source(design, pairs, "step");
            next.joins
                .push(format!("JOIN {source} ON {}", refers((&step, pairs), way.next, (&own, way.table))));
            next.joins.push(format!("JOIN {name} ON {}", refers((&step, pairs), one, (&name, way.table))));
        }
    }
    let walk = Walk::of(design, way, &name, first, next);
    let names: Vec<String> =
        columns.iter().filter_map(|it| way.table.column(*it)).map(|it| ident(&it.name)).collect();
    let (keys, told) = names.split_at(way.key.len().min(names.len()));
    let siblings = [told, keys].concat().join(", ");
    let columns = names.join(", ");
    let live = walk.live();
    let (search, rest) = match (is_tree, walk.tells_cycles) {
        (true, true) => (
            format!(" SEARCH DEPTH FIRST BY {siblings} SET place"),
            format!("SELECT {columns}, level\nFROM {name}{live}\nORDER BY place"),
        ),
        (true, false) => {
            (String::new(), format!("SELECT {columns}, level\nFROM {name}\nORDER BY level, {siblings}"))
        }
        // What is reached in several ways is told once, as near as it is.
        (false, _) => {
            let reached = if live.is_empty() {
                "\nWHERE level > 0".to_owned()
            } else {
                format!("{live} AND level > 0")
            };
            let rest = format!(
                "SELECT {columns}, min(level) AS level\nFROM {name}{reached}\nGROUP BY {columns}\nORDER BY min(level), {siblings}"
            );
            (String::new(), rest)
        }
    };
    let sql = format!("{}\n{rest}", walk.with(&search));
    Some(Query { kind: QueryKind::Below, gives, sql, parameters, index })
}

/// What a row hangs under, from the topmost down.
fn up(design: &Design, way: &Way<'_>, gives: String) -> Option<Query> {
    let columns = walked(design, way);
    let led: Vec<ColumnId> = way.next.columns.iter().filter(|it| !columns.contains(it)).copied().collect();
    let (first, parameters) = start(design, way, &[columns.clone(), led].concat())?;
    let name = free(design, "above");
    let (own, mut next) = (ident(&way.table.name), Select::from(design, way.table));
    next.columns = first.columns.iter().take(first.columns.len() - 1).cloned().collect();
    next.joins.push(format!("JOIN {name} ON {}", refers((&name, way.table), way.next, (&own, way.table))));
    let walk = Walk::of(design, way, &name, first, next);
    let names: Vec<String> =
        columns.iter().filter_map(|it| way.table.column(*it)).map(|it| ident(&it.name)).collect();
    let rest = format!("SELECT {}\nFROM {name}{}\nORDER BY level DESC", names.join(", "), walk.live());
    let sql = format!("{}\n{rest}", walk.with(""));
    let index = way.table.primary_key.as_ref().filter(|it| it.columns == way.key).map(|it| it.name.clone());
    Some(Query { kind: QueryKind::Above, gives, sql, parameters, index })
}

/// A walk from row to row, as `WITH RECURSIVE` writes it.
struct Walk {
    name: String,
    first: Select,
    next: Select,
    keys: String,
    tells_cycles: bool,
}

impl Walk {
    fn of(design: &Design, way: &Way<'_>, name: &str, mut first: Select, mut next: Select) -> Self {
        let own = ident(&way.table.name);
        let tells_cycles = design.conventions().target >= TELLS_CYCLES;
        next.columns.push(format!("{name}.level + 1"));
        for select in [&mut first, &mut next] {
            select.wheres.extend(is_live(design, &own, way.table));
        }
        if !tells_cycles {
            next.wheres.push(format!("{name}.level < {DEEPEST}"));
        }
        let key = way.key.iter().filter_map(|it| way.table.column(*it)).map(|it| ident(&it.name));
        Self { name: name.to_owned(), first, next, keys: key.collect::<Vec<_>>().join(", "), tells_cycles }
    }

    /// The `WITH` clause. `search`: in which order it goes.
    fn with(&self, search: &str) -> String {
        let Self { name, first, next, keys, .. } = self;
        let cycle =
            if self.tells_cycles { format!(" CYCLE {keys} SET is_cycle USING path") } else { String::new() };
        format!(
            "WITH RECURSIVE {name} AS (\n    {}\n    UNION ALL\n    {}\n){search}{cycle}",
            first.text(1),
            next.text(1)
        )
    }

    /// Leaves out where it came back to.
    fn live(&self) -> &'static str {
        if self.tells_cycles { "\nWHERE NOT is_cycle" } else { "" }
    }
}

/// A name that no table of the design has.
fn free(design: &Design, wished: &str) -> String {
    crate::design::naming::free(wished.to_owned(), |it| design.tables().any(|table| table.name == it))
}

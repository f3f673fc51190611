//! What a design tells of each of its tables: why it is as it is, what holds its rules, and how it is asked.
//!
//! All of it is derived from the design alone, so that an imported schema has it as well as one that was read from a brief.
//! Queries are text for PostgreSQL with `$1`, `$2`… for what the caller gives; a test prepares every one of them on a server.

mod asked;
mod feed;
mod overview;
mod rows;
mod rules;
mod select;
mod tree;
mod why;

use serde::{Deserialize, Serialize};

use crate::base::singular;
use crate::design::{Design, ForeignKey, Table, TableId};
use crate::sql::type_name;

/// What can be told of one table (product.md C1, C6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rationale {
    /// Why it is a table, and of this shape: a sentence each, the weightiest first.
    pub why: Vec<String>,
    /// What its rows are held to, and by what.
    pub rules: Vec<Rule>,
    /// How it is asked: the commonest query first.
    pub queries: Vec<Query>,
}

/// Something that rows are held to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// In words.
    pub says: String,
    /// The name of the constraint, index, trigger, policy or type that holds it; of a column for `NOT NULL`.
    pub by: String,
}

/// A query that the application will likely run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// What it is for.
    pub kind: QueryKind,
    /// What it gives, in words.
    pub gives: String,
    /// One `SELECT`, without a semicolon.
    pub sql: String,
    /// What `$1`, `$2`… stand for, in order.
    pub parameters: Vec<Parameter>,
    /// The index or key by which its rows are found; none where the table has none for it, or where all rows are read.
    pub index: Option<String>,
}

/// What a query is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    /// What is asked of the table most.
    Commonest,
    /// The same from the other side of a junction.
    OtherSide,
    /// A row with what hangs on it, counted and listed, in one round trip.
    Overview,
    /// All that is below a row, however deep.
    Below,
    /// All that is above a row.
    Above,
    /// What happened lately, from several tables, in one round trip.
    Feed,
}

/// What a query is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// What it is, in words.
    pub what: String,
    /// Its type as PostgreSQL writes it.
    #[serde(rename = "type")]
    pub type_name: String,
}

/// Tells all of a table; none of one that the design does not have.
pub fn rationale(design: &Design, id: TableId) -> Option<Rationale> {
    let table = design.table(id)?;
    Some(Rationale {
        why: why::why(design, table),
        rules: rules::rules(design, table),
        queries: asked::queries(design, table),
    })
}

/// What one row is called: `order_line` is an order line.
fn noun(table: &Table) -> String {
    singular(&crate::base::words(&table.name).join(" "))
}

/// The noun with its article.
fn a(noun: &str) -> String {
    if noun.split(' ').next() == Some("other") {
        return format!("an{noun}");
    }
    // "A user", "a unit", "an hour": by sound, as far as the first letters tell it.
    let by_sound = ["uni", "use", "usa", "eu", "one"].iter().any(|it| noun.starts_with(it));
    let article = match noun.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') if !by_sound => "an",
        _ if noun.starts_with("hour") => "an",
        _ => "a",
    };
    format!("{article} {noun}")
}

/// What the other table is to this one, by the names of the key's columns: `assignee_id` is the assignee.
fn role(design: &Design, table: &Table, fk: &ForeignKey) -> String {
    let other = design.table(fk.references);
    let named = fk.columns.first().and_then(|it| table.column(*it)).map(|it| {
        let words = crate::base::words(&it.name);
        let end = usize::from(words.len() > 1 && words.last().is_some_and(|it| it == "id"));
        words.get(..words.len() - end).unwrap_or_default().join(" ")
    });
    match (named, other) {
        (Some(named), _) if fk.columns.len() == 1 && !named.is_empty() => named,
        (_, Some(other)) => noun(other),
        _ => String::new(),
    }
}

/// The tables that refer to one, each with the key, in the order of the design.
fn referring(design: &Design, id: TableId) -> Vec<(&Table, &ForeignKey)> {
    let mut tables: Vec<&Table> = design.users_of(id).filter_map(|it| design.table(TableId(it.0))).collect();
    tables.sort_by_key(|it| it.id);
    tables.dedup_by_key(|it| it.id);
    let of = |table| {
        move |it: &&ForeignKey| -> bool {
            let _: &Table = table;
            it.references == id
        }
    };
    tables.into_iter().flat_map(|it| it.foreign_keys.iter().filter(of(it)).map(move |fk| (it, fk))).collect()
}

/// The type of a column, for a parameter.
fn parameter(design: &Design, table: &Table, column: crate::design::ColumnId, what: String) -> Parameter {
    let type_name = table.column(column).map_or_else(String::new, |it| type_name(design, &it.data_type));
    Parameter { what, type_name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_follow_the_sound() {
        let told = ["user", "order", "hour", "unit", "task", "other user", "invoice", "European"];
        let told = told.map(a).join(", ");
        assert_eq!(told, "a user, an order, an hour, a unit, a task, another user, an invoice, a European");
    }
}

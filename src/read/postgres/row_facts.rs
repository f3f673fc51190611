//! What the script tells of the rows that its tables have, for blocks that decide by rows; and changes of rows that are kept.

use std::collections::BTreeMap;

use squawk_syntax::ast::{self, AstNode};

use crate::design::{Id, SqlText, Table, TableId};
use crate::pg::Builtin;
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Relation, Step};
use super::rows::leave_out;
use super::syntax;

/// Functions that make one row of none.
///
/// Source: PostgreSQL manual, "Aggregate Functions".
const AGGREGATES: [&str; 52] = [
    "any_value",
    "array_agg",
    "avg",
    "bit_and",
    "bit_or",
    "bit_xor",
    "bool_and",
    "bool_or",
    "corr",
    "count",
    "covar_pop",
    "covar_samp",
    "every",
    "json_agg",
    "json_agg_strict",
    "json_arrayagg",
    "json_object_agg",
    "json_object_agg_strict",
    "json_object_agg_unique",
    "json_object_agg_unique_strict",
    "json_objectagg",
    "jsonb_agg",
    "jsonb_agg_strict",
    "jsonb_object_agg",
    "jsonb_object_agg_strict",
    "jsonb_object_agg_unique",
    "jsonb_object_agg_unique_strict",
    "max",
    "min",
    "mode",
    "percentile_cont",
    "percentile_disc",
    "range_agg",
    "range_intersect_agg",
    "regr_avgx",
    "regr_avgy",
    "regr_count",
    "regr_intercept",
    "regr_r2",
    "regr_slope",
    "regr_sxx",
    "regr_sxy",
    "regr_syy",
    "stddev",
    "stddev_pop",
    "stddev_samp",
    "string_agg",
    "sum",
    "var_pop",
    "var_samp",
    "variance",
    "xmlagg",
];

/// Whether a query gives no row, as the script made the table that it begins with and put nothing into it.
pub fn gives_none(b: &Builder, query: &ast::Select) -> bool {
    let Some(from) = query.from_clause().filter(|_| query.with_clause().is_none()) else { return false };
    // These joins give the rows of the other table.
    let keeps_other = syntax::tokens(from.syntax())
        .any(|it| it.text().eq_ignore_ascii_case("right") || it.text().eq_ignore_ascii_case("full"));
    let first = from.syntax().descendants().find_map(ast::RelationNameRef::cast);
    let begins = |it: &ast::RelationNameRef| {
        let item = from.items().next().and_then(|it| syntax::tokens(it.syntax()).next());
        item.is_some_and(|item| syntax::tokens(it.syntax()).next() == Some(item))
    };
    let none = first.filter(begins).and_then(|it| match b.relation(&syntax::name(&it)?)? {
        Relation::Table(id) => Some(is_empty(b, id)),
        _ => None,
    });
    !keeps_other && none == Some(true) && (query.group_by_clause().is_some() || !aggregates(query))
}

fn aggregates(query: &ast::Select) -> bool {
    let targets = query.select_clause().and_then(|it| it.target_list());
    targets.is_some_and(|it| {
        let mut words = syntax::tokens(it.syntax()).map(|it| it.text().to_ascii_lowercase());
        words.any(|it| AGGREGATES.contains(&it.as_str()))
    })
}

/// The values of the one row of a table, by column.
pub fn only_row(b: &Builder, id: TableId) -> Option<BTreeMap<String, SqlText>> {
    let table = b.tables.get(&id).filter(|_| all_told(b))?;
    let is_whole = !b.rows_left_out.contains_key(&id)
        && !b.rows_elsewhere.contains(&id)
        && !b.rows_changed.contains(&id)
        && !b.tables.values().any(|it| is_below(it, id));
    let seed = table.seed.as_ref().filter(|_| is_whole)?;
    let [row] = seed.rows.as_slice() else { return None };
    let named = seed.columns.iter().zip(row).filter_map(|(column, value)| {
        let column = table.columns.iter().find(|it| it.id == *column)?;
        Some((column.name.clone(), value.clone()))
    });
    Some(named.collect())
}

/// Whether nothing gave a table of the script a row.
fn is_empty(b: &Builder, id: TableId) -> bool {
    let has_rows = |it: &Table| {
        it.seed.is_some() || b.rows_left_out.contains_key(&it.id) || b.rows_elsewhere.contains(&it.id)
    };
    let mut with_below = b.tables.values().filter(|it| it.id == id || is_below(it, id));
    // What is below a table below it is not looked at.
    all_told(b) && with_below.all(|it| !has_rows(it) && (it.id == id || it.partition_of.is_none()))
}

/// Whether rows of the one table are rows of the other too.
fn is_below(table: &Table, above: TableId) -> bool {
    table.partition_of.as_ref().is_some_and(|it| it.table == above) || table.inherits.contains(&above)
}

/// Whether all rows come from statements that were read: no code may have added some.
fn all_told(b: &Builder) -> bool {
    let fires =
        |it: &Table| !it.triggers.is_empty() && (it.seed.is_some() || b.rows_left_out.contains_key(&it.id));
    !b.ran_code && !b.rows_by_code && !b.tables.values().any(|it| fires(it))
}

/// Reads `UPDATE`, `DELETE`, `TRUNCATE` and `MERGE`: constants for all rows of a table that has its rows here are taken, anything
/// else is left out.
pub fn change(b: &mut Builder, stmt: &ast::Stmt) -> Step {
    if let ast::Stmt::Update(node) = stmt
        && let Some((id, values)) = constants(b, node)
    {
        b.tables.entry(id).and_modify(|table| {
            let Some(seed) = table.seed.as_mut() else { return };
            for (column, value) in values {
                if !seed.columns.contains(&column) {
                    seed.columns.push(column);
                    seed.rows.iter_mut().for_each(|it| it.push("DEFAULT".to_owned()));
                }
                let at = seed.columns.iter().position(|it| *it == column);
                for cell in seed.rows.iter_mut().filter_map(|it| it.get_mut(at?)) {
                    cell.clone_from(&value);
                }
            }
        });
        return Ok(Fate::Modelled);
    }
    note_change(b, stmt);
    Err(DiagnosticKind::LeftOut { what: "a change of rows" })
}

/// Notes whose rows are not known any more.
pub fn note_change(b: &mut Builder, stmt: &ast::Stmt) {
    let tables = b.mentions(stmt.syntax()).into_iter().filter(|it| b.tables.contains_key(&TableId(it.0)));
    let tables: Vec<TableId> = tables.map(|it: Id| TableId(it.0)).collect();
    let inserts = matches!(stmt, ast::Stmt::Merge(_))
        || stmt.syntax().descendants().any(|it| ast::Insert::can_cast(it.kind()));
    for id in tables {
        b.rows_changed.insert(id);
        if inserts {
            leave_out(b, id, 0);
        }
    }
}

/// What `UPDATE t SET c = constant` gives to all rows of a table.
fn constants(b: &Builder, node: &ast::Update) -> Option<(TableId, Vec<(crate::design::ColumnId, SqlText)>)> {
    let is_plain = node.where_clause_or_current_of().is_none()
        && node.from_clause().is_none()
        && node.with_clause().is_none();
    let name = node.relation_name().filter(|_| is_plain)?.relation_name_ref()?;
    let Relation::Table(id) = b.relation(&syntax::name(&name)?)? else { return None };
    let table = b.tables.get(&id).filter(|it| it.seed.is_some())?;
    let set = node.set_clause()?.set_column_list()?;
    let mut values = Vec::new();
    for column in set.set_columns() {
        let ast::SetColumn::SetSingleColumn(it) = column else { return None };
        let target = it.column_target()?;
        let column = table.column_named(&syntax::ident(&target.name()?))?;
        let ast::Expr::Literal(value) = it.set_expr()?.expr()? else { return None };
        let sql = b.sql(&value);
        let is_number = matches!(
            column.data_type.as_builtin(),
            Some(Builtin::SmallInt | Builtin::Integer | Builtin::BigInt | Builtin::Numeric)
        );
        let plain = syntax::integer(&value).filter(|_| is_number).map(|it| it.to_string());
        values.push((column.id, plain.unwrap_or(sql)));
    }
    Some((id, values))
}

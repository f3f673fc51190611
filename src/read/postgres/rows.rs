//! Rows: those of small tables become part of the design, others are counted.

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::{SyntaxKind, SyntaxNode};

use crate::design::{Column, ColumnId, ColumnValue, ForeignKey, Id, SeedRows, SqlText, Table, TableId};
use crate::pg::Builtin;
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, LeftOut, Relation, Step};
use super::bulk;
use super::parse::parse;
use super::row_facts;
use super::syntax::{self, Name};
use super::table;

/// Reads `INSERT`.
pub fn insert(b: &mut Builder, node: &ast::Insert) -> Step {
    let Some(name) = node.relation_name_ref().and_then(|it| syntax::name(&it)) else {
        return Err(DiagnosticKind::LeftOut { what: "rows" });
    };
    let Some(Relation::Table(id)) = b.relation(&name) else {
        leave_out_unknown(b, &name, 0);
        return Ok(Fate::Skipped);
    };
    let values = match node.insert_source() {
        Some(ast::InsertSource::SelectVariant(ast::SelectVariant::Values(it)))
            if node.with_clause().is_none() =>
        {
            it
        }
        Some(ast::InsertSource::SelectVariant(ast::SelectVariant::Select(it)))
            if row_facts::gives_none(b, &it) =>
        {
            return Ok(Fate::Skipped);
        }
        _ => {
            leave_out(b, id, 0);
            return Err(DiagnosticKind::LeftOut { what: "rows that a query makes" });
        }
    };
    if is_made_by_code(b, values.syntax()) {
        leave_out(b, id, values.row_list().into_iter().flat_map(|it| it.rows()).count());
        return Err(DiagnosticKind::LeftOut {
            what: "rows whose values a function of the script or a query makes",
        });
    }
    let targets = node.column_target_list().into_iter().flat_map(|it| it.column_targets());
    let names: Vec<String> = targets.filter_map(|it| it.name()).map(|it| syntax::ident(&it)).collect();
    let rows = values.row_list().into_iter().flat_map(|it| it.rows());
    let rows: Vec<Vec<SqlText>> = rows.map(|row| row.exprs().map(|it| b.sql(&it)).collect()).collect();
    let Ok(conflict) = Conflict::of(node) else {
        leave_out(b, id, rows.len());
        return Err(DiagnosticKind::LeftOut { what: "rows that change others" });
    };
    Ok(add(b, id, &names, rows, &conflict))
}

/// Leaves out the rows of an `INSERT` whose values are variables of a block.
pub fn insert_of_block(b: &mut Builder, node: &ast::Insert) {
    let Some(name) = node.relation_name_ref().and_then(|it| syntax::name(&it)) else { return };
    match b.relation(&name) {
        Some(Relation::Table(id)) => leave_out(b, id, 0),
        _ => leave_out_unknown(b, &name, 0),
    }
    b.say(DiagnosticKind::LeftOut { what: "rows whose values are variables of a block" });
}

/// What becomes of a row whose key another row has.
enum Conflict {
    /// It is refused.
    Fails,
    /// It is passed over.
    Nothing,
    /// The other one gets its values in these columns.
    Takes(Vec<String>),
}

impl Conflict {
    /// As `ON CONFLICT` says; an error where values are to be computed.
    fn of(node: &ast::Insert) -> Result<Self, ()> {
        let update = match node.on_conflict_clause().and_then(|it| it.conflict_action()) {
            None => return Ok(Self::Fails),
            Some(ast::ConflictAction::ConflictDoNothing(_)) => return Ok(Self::Nothing),
            Some(ast::ConflictAction::ConflictDoUpdateSet(it)) => it,
            Some(ast::ConflictAction::ConflictDoSelect(_)) => return Err(()),
        };
        let folded = |it: &str| match it.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            Some(quoted) => quoted.to_owned(),
            None => it.to_lowercase(),
        };
        let words: Vec<String> = syntax::tokens(update.syntax()).map(|it| folded(it.text())).collect();
        let from = words.iter().position(|it| it == "set").map_or(words.len(), |it| it + 1);
        let mut columns = Vec::new();
        for part in words.get(from..).unwrap_or_default().split(|it| it == ",") {
            match part {
                [column, equals, excluded, dot, same]
                    if equals == "=" && excluded == "excluded" && dot == "." && same == column =>
                {
                    columns.push(column.clone());
                }
                _ => return Err(()),
            }
        }
        Ok(Self::Takes(columns))
    }
}

/// Whether values come about by a function that the script makes, which may not be there when rows are written, or by a query
/// of tables whose rows are no part of the design.
fn is_made_by_code(b: &Builder, values: &SyntaxNode) -> bool {
    let is_made = |call: SyntaxNode| {
        let names = call.first_child().into_iter().flat_map(|it| it.descendants());
        let name = names.filter(|it| it.kind() == SyntaxKind::NAME_REF).last();
        name.map(|it| ast::normalize_name_node(&it))
            .is_some_and(|name| b.routines.keys().any(|it| it.1 == name))
    };
    let has_rows = |it: &Id| b.tables.get(&TableId(it.0)).is_none_or(|it| it.seed.is_some());
    values.descendants().any(|it| match it.kind() {
        SyntaxKind::CALL_EXPR => is_made(it),
        SyntaxKind::SELECT => !b.mentions(&it).iter().all(has_rows),
        _ => false,
    })
}

/// Reads the rows behind `COPY … FROM stdin`.
pub fn copy(b: &mut Builder, node: &ast::Copy, data: &str) -> Step {
    let target = node.copy_table();
    let name: Option<Name> = target
        .as_ref()
        .and_then(squawk_syntax::ast::CopyTable::table_name_ref)
        .and_then(|it| syntax::name(&it));
    let Some(name) = name else { return Err(DiagnosticKind::LeftOut { what: "a query" }) };
    let lines = data.lines().skip(1).take_while(|it| *it != "\\.");
    let Some(Relation::Table(id)) = b.relation(&name) else {
        leave_out_unknown(b, &name, lines.count());
        return Ok(Fate::Skipped);
    };
    let other_format = node.copy_option_list().is_some() || node.copy_legacy_options().next().is_some();
    let count = lines.clone().count();
    if data.is_empty() || other_format || !bulk::is_kept(b, id, count, data.len()) {
        leave_out(b, id, count);
        return Ok(Fate::Skipped);
    }
    let list = target.and_then(|it| it.column_ref_list()).into_iter().flat_map(|it| it.column_name_refs());
    let names: Vec<String> = list.map(|it| syntax::ident(&it)).collect();
    let numbers = numbers(b, id, &names);
    let field = |(at, it): (usize, &str)| match numbers.get(at) {
        Some(true) if is_number(it) => it.to_owned(),
        _ => copied(it),
    };
    let rows = lines.map(|line| line.split('\t').enumerate().map(field).collect()).collect();
    Ok(add(b, id, &names, rows, &Conflict::Fails))
}

/// Reads `\copy` of psql, whose rows are in a file that is not here.
pub fn copy_command(b: &mut Builder, command: &str) {
    let Some(rest) = command.strip_prefix("\\copy") else { return };
    let statement = format!("COPY {} FROM stdin", rest.split_whitespace().next().unwrap_or_default());
    let Ok(parse) = parse(&statement) else { return };
    let Some(ast::Stmt::Copy(node)) = parse.tree().stmts().next() else { return };
    let name = node.copy_table().and_then(|it| it.table_name_ref()).and_then(|it| syntax::name(&it));
    if let Some(Relation::Table(id)) = name.and_then(|it| b.relation(&it)) {
        b.rows_elsewhere.insert(id);
    }
}

/// Which of the columns that are copied hold numbers, whose constants need no quotes.
fn numbers(b: &Builder, id: TableId, names: &[String]) -> Vec<bool> {
    let Some(table) = b.tables.get(&id) else { return Vec::new() };
    let is_number = |it: &Column| {
        let types = [Builtin::SmallInt, Builtin::Integer, Builtin::BigInt, Builtin::Numeric];
        it.data_type.as_builtin().is_some_and(|it| types.contains(&it))
    };
    match names {
        [] => table.columns.iter().map(is_number).collect(),
        _ => names.iter().map(|it| table.column_named(it).is_some_and(is_number)).collect(),
    }
}

/// Whether a field is digits with at most a sign and a point, not `NaN` or an exponent.
fn is_number(field: &str) -> bool {
    let digits = field.strip_prefix('-').unwrap_or(field);
    digits.starts_with(|it: char| it.is_ascii_digit())
        && digits.ends_with(|it: char| it.is_ascii_digit())
        && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.')
        && digits.matches('.').count() <= 1
}

/// A field in the text format of `COPY` as a constant.
///
/// Source: PostgreSQL manual, `COPY`, "Text Format".
fn copied(field: &str) -> SqlText {
    if field == "\\N" {
        return "NULL".to_owned();
    }
    let mut out = String::with_capacity(field.len());
    let mut characters = field.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => out.push(match characters.next() {
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('v') => '\u{b}',
                Some(other) => other,
                None => '\\',
            }),
            other => out.push(other),
        }
    }
    crate::sql::literal(&out)
}

/// Counts rows of a table, with those that it had, and leaves them out.
pub fn leave_out(b: &mut Builder, id: TableId, count: usize) {
    let before = b.tables.get_mut(&id).and_then(|it| it.seed.take()).map_or(0, |it| it.rows.len());
    let at = b.rows_from.get(&id).copied().unwrap_or(b.statement());
    b.rows_left_out.entry(id).or_insert(LeftOut { rows: 0, at }).rows += before + count;
}

/// Counts rows of something that the text does not create as a table.
pub fn leave_out_unknown(b: &mut Builder, name: &Name, count: usize) {
    let at = b.statement();
    b.rows_of_unknown.entry(name.to_string()).or_insert(LeftOut { rows: 0, at }).rows += count;
}

fn add(b: &mut Builder, id: TableId, names: &[String], rows: Vec<Vec<SqlText>>, conflict: &Conflict) -> Fate {
    let count = rows.len();
    if count == 0 {
        return Fate::Skipped;
    }
    let known = b.tables.get(&id).and_then(|it| it.seed.as_ref()).map_or(0, |it| it.rows.len());
    let columns: Option<Vec<ColumnId>> = match names {
        [] => {
            let width = rows.iter().map(Vec::len).max().unwrap_or(0);
            b.tables.get(&id).map(|it| it.columns.iter().take(width).map(|it| it.id).collect())
        }
        _ => names.iter().map(|it| b.column(id, it).ok()).collect(),
    };
    let columns = columns.filter(|it| rows.iter().all(|row| row.len() == it.len()));
    let Some(columns) = columns.filter(|_| known + count <= b.options.most_rows) else {
        leave_out(b, id, count);
        return Fate::Skipped;
    };
    let at = b.statement();
    b.rows_from.entry(id).or_insert(at);
    table::set(b, id, |it| {
        let keys = it.primary_key.iter().map(|it| &it.columns).chain(it.uniques.iter().map(|it| &it.columns));
        let keys: Vec<Vec<ColumnId>> = keys.cloned().collect();
        let takes: Option<Vec<ColumnId>> = match conflict {
            Conflict::Fails => None,
            Conflict::Nothing => Some(Vec::new()),
            Conflict::Takes(names) => {
                Some(names.iter().filter_map(|name| it.column_named(name)).map(|it| it.id).collect())
            }
        };
        let seed = it.seed.get_or_insert_with(SeedRows::default);
        merge(seed, columns, rows, &keys, takes.as_deref());
    });
    let refused = b.tables.get(&id).map(|it| lacking(it)).unwrap_or_default();
    b.rows_refused.extend(refused);
    Fate::Modelled
}

/// Adds rows; a column that some of the rows do not give is `DEFAULT` in those. A row whose key is there gives the columns
/// that `takes` names to the row that has it, where conflicts are no errors.
fn merge(
    seed: &mut SeedRows,
    columns: Vec<ColumnId>,
    rows: Vec<Vec<SqlText>>,
    keys: &[Vec<ColumnId>],
    takes: Option<&[ColumnId]>,
) {
    for column in &columns {
        if !seed.columns.contains(column) {
            seed.columns.push(*column);
            seed.rows.iter_mut().for_each(|it| it.push("DEFAULT".to_owned()));
        }
    }
    let own = seed.columns.clone();
    let place = |id: &ColumnId| own.iter().position(|it| it == id);
    for row in rows {
        let given: Vec<(ColumnId, SqlText)> = columns.iter().copied().zip(row).collect();
        let value = |id: &ColumnId| given.iter().find(|it| it.0 == *id).map_or("DEFAULT", |it| it.1.as_str());
        let has_key = |other: &Vec<SqlText>, key: &Vec<ColumnId>| {
            key.iter().all(|it| {
                let there = place(it).and_then(|it| other.get(it));
                there.is_some_and(|there| there == value(it) && there != "DEFAULT" && there != "NULL")
            })
        };
        let same = |it: &&mut Vec<SqlText>| keys.iter().any(|key| has_key(it, key));
        match takes.and_then(|takes| Some((takes, seed.rows.iter_mut().find(same)?))) {
            Some((takes, there)) => {
                for column in takes {
                    if let Some(old) = place(column).and_then(|it| there.get_mut(it)) {
                        value(column).clone_into(old);
                    }
                }
            }
            None => seed.rows.push(own.iter().map(|it| value(it).to_owned()).collect()),
        }
    }
}

/// The columns that ask for values which the table's rows do not give.
fn lacking(table: &Table) -> Vec<ColumnId> {
    // A trigger may give the values, and so may a domain.
    let Some(seed) = table.seed.as_ref().filter(|_| table.triggers.is_empty()) else { return Vec::new() };
    let is_required =
        |it: &&Column| !it.nullable && it.value == ColumnValue::Given && it.data_type.as_builtin().is_some();
    let is_missing = |it: &SqlText| ["default", "null"].iter().any(|word| it.eq_ignore_ascii_case(word));
    let lacks = |column: &&Column| {
        let at = seed.columns.iter().position(|it| *it == column.id);
        at.is_none_or(|at| seed.rows.iter().any(|row| row.get(at).is_none_or(is_missing)))
    };
    table.columns.iter().filter(is_required).filter(lacks).map(|it| it.id).collect()
}

/// Rows are left out where the rows that they reference were, or come about in a way that this reader does not follow.
pub fn settle(b: &mut Builder) {
    // What was written so stays as it is written; only a script that came there by and by has emptied the table before.
    let is_later = |it: &ColumnId| !b.rows_refused.contains(it);
    let refused = b.tables.values().filter(|it| lacking(it).iter().any(is_later)).map(|it| it.id);
    for id in refused.collect::<Vec<TableId>>() {
        leave_out(b, id, 0);
    }
    loop {
        let has_rows = |id: TableId| b.tables.get(&id).is_some_and(|it| it.seed.is_some());
        let lost = |table: &Table, fk: &ForeignKey| {
            fk.references != table.id
                && (b.rows_left_out.contains_key(&fk.references)
                    || !has_rows(fk.references)
                        && !b.rows_elsewhere.contains(&fk.references)
                        && table.seed.as_ref().is_some_and(|it| it.refers(&fk.columns)))
        };
        let next = b
            .tables
            .values()
            .find(|table| table.seed.is_some() && table.foreign_keys.iter().any(|fk| lost(table, fk)));
        let Some(id) = next.map(|it| it.id) else { break };
        leave_out(b, id, 0);
    }
    for (id, left_out) in std::mem::take(&mut b.rows_left_out) {
        let table = b.tables.get(&id).map_or_else(String::new, |it| it.name.clone());
        tell(b, left_out, |rows| DiagnosticKind::RowsLeftOut { table, rows });
    }
    for (table, left_out) in std::mem::take(&mut b.rows_of_unknown) {
        tell(b, left_out, |rows| DiagnosticKind::RowsOfUnknown { table, rows });
    }
}

fn tell(b: &mut Builder, left_out: LeftOut, kind: impl FnOnce(usize) -> DiagnosticKind) {
    if left_out.rows > 0 {
        b.report.rows_left_out += left_out.rows;
        b.enter(left_out.at);
        b.say(kind(left_out.rows));
    }
}

/// Whether a statement only changes rows.
pub fn changes_rows(stmt: &ast::Stmt) -> bool {
    matches!(stmt, ast::Stmt::Update(_) | ast::Stmt::Delete(_) | ast::Stmt::Truncate(_) | ast::Stmt::Merge(_))
        && stmt.syntax().first_token().is_some()
}

//! A query over a table of which a column has another name. What the query gives out keeps its names, as PostgreSQL keeps them.

use std::collections::BTreeMap;

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::{SyntaxKind, SyntaxNode};

use super::expression;
use crate::design::TableId;
use crate::read::postgres::builder::{Builder, Relation};
use crate::read::postgres::parse::parse;
use crate::read::postgres::syntax;
use crate::sql::ident;

/// What a name before a column can mean.
struct Table {
    called: String,
    /// None for what is no table of the design.
    id: Option<TableId>,
}

/// The text with `new` where it means the column `old` of a table, which still has that name; nothing where it never does.
pub fn renamed(b: &Builder, sql: &str, table: TableId, old: &str, new: &str) -> Option<String> {
    // A body in SQL is no statement by itself.
    let head = if is_body(sql) { "CREATE FUNCTION f() RETURNS int LANGUAGE sql " } else { "" };
    let whole = format!("{head}{sql}");
    let tree = parse(&whole).ok()?.tree();
    let mut places: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for node in tree.syntax().descendants() {
        let Some(name) = column_of(b, &node, table, old) else { continue };
        let range = name.text_range();
        let gives_out = node
            .parent()
            .and_then(ast::Target::cast)
            .is_some_and(|it| it.as_name().is_none() && it.expr().is_some_and(|it| it.syntax() == &node));
        places.insert(range.start().into(), (range.end().into(), gives_out));
    }
    let (mut out, mut done) = (String::new(), head.len());
    for (start, (end, gives_out)) in places {
        out.push_str(whole.get(done..start)?);
        out.push_str(&ident(new));
        if gives_out {
            out.push_str(" AS ");
            out.push_str(&ident(old));
        }
        done = end;
    }
    out.push_str(whole.get(done..)?);
    (done > head.len()).then_some(out)
}

fn is_body(sql: &str) -> bool {
    let first = sql.split_whitespace().next().unwrap_or_default();
    first.eq_ignore_ascii_case("begin") || first.eq_ignore_ascii_case("return")
}

/// The name within an expression that is this column of this table.
fn column_of(b: &Builder, node: &SyntaxNode, table: TableId, old: &str) -> Option<SyntaxNode> {
    let expr = ast::Expr::cast(node.clone())?;
    // The whole of a dotted name, not its parts.
    if node.parent().is_some_and(|it| it.kind() == SyntaxKind::FIELD_EXPR) {
        return None;
    }
    let path = expression::path(&expr)?;
    let (column, before) = path.split_last()?;
    if column != old {
        return None;
    }
    let last = node.descendants().filter(|it| it.kind() == SyntaxKind::NAME_REF).last()?;
    for query in node.ancestors().filter(|it| it.kind() == SyntaxKind::SELECT) {
        let tables = tables(b, &query);
        let has = |it: &&Table| {
            it.id.and_then(|id| b.tables.get(&id)).is_some_and(|it| it.column_named(old).is_some())
        };
        let meant = match before.last() {
            Some(called) => tables.iter().find(|it| it.called == *called),
            None => tables.iter().find(has),
        };
        if let Some(meant) = meant {
            return (meant.id == Some(table)).then_some(last);
        }
    }
    None
}

/// What a query reads, under the names that it has there.
fn tables(b: &Builder, query: &SyntaxNode) -> Vec<Table> {
    let from = query.children().find(|it| it.kind() == SyntaxKind::FROM_CLAUSE);
    let mut found = Vec::new();
    let mut open: Vec<SyntaxNode> = from.into_iter().collect();
    while let Some(node) = open.pop() {
        if let Some(item) = ast::FromItem::cast(node.clone()) {
            let alias = item.alias().and_then(|it| it.name()).map(|it| syntax::ident(&it));
            let name = match &item {
                ast::FromItem::RelationFromItem(it) => {
                    it.relation_name_ref().and_then(|it| syntax::name(&it))
                }
                _ => None,
            };
            let id = name.as_ref().and_then(|it| match b.relation(it) {
                Some(Relation::Table(id)) => Some(id),
                _ => None,
            });
            if let Some(called) = alias.or(name.map(|it| it.name)) {
                found.push(Table { called, id });
                continue;
            }
        }
        if node.kind() != SyntaxKind::SELECT {
            open.extend(node.children());
        }
    }
    found
}

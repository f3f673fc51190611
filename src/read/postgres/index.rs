//! `CREATE INDEX` and the elements that exclusion constraints share with it.

use squawk_syntax::SyntaxKind;
use squawk_syntax::ast::{self, AstNode};

use crate::design::{Index, IndexElement, IndexId, IndexKey, IndexParent, SqlText, TableId, ViewId};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Relation, Step};
use super::{naming, rename, syntax, table, text};

/// Whose columns an index names.
#[derive(Clone, Copy)]
enum Owner {
    Table(TableId),
    View(ViewId),
}

/// Reads `CREATE INDEX`.
pub fn create(b: &mut Builder, node: &ast::CreateIndex) -> Step {
    let target = node.table_relation_name();
    let on = target
        .as_ref()
        .and_then(squawk_syntax::ast::TableRelationName::table_name_ref)
        .and_then(|it| syntax::name(&it));
    let on = on.ok_or_else(|| DiagnosticKind::NotModelled { what: "CREATE INDEX".into() })?;
    let owner = match b.relation(&on) {
        Some(Relation::Table(id)) => Owner::Table(id),
        Some(Relation::View(id)) => Owner::View(id),
        Some(Relation::Temporary) => {
            return Err(DiagnosticKind::LeftOut { what: "an index of a temporary table" });
        }
        _ => return Err(DiagnosticKind::Unknown { what: "table", name: on.to_string() }),
    };
    let (place, table_name) = match owner {
        Owner::Table(id) => b.tables.get(&id).map(|it| (it.namespace, it.name.clone())),
        Owner::View(id) => b.views.get(&id).map(|it| (it.namespace, it.name.clone())),
    }
    .unwrap_or_default();
    // An index lives where its table does, whatever stands before its name.
    let name = node.index().and_then(|it| syntax::name(&it)).map(|it| it.name);
    if let Some(name) = name.as_ref().filter(|it| b.is_relation(place, it)) {
        if node.if_not_exists().is_none() {
            b.say(DiagnosticKind::Exists { name: name.clone() });
        }
        return Ok(Fate::Skipped);
    }
    let mut elements = Vec::new();
    let mut names = Vec::new();
    for it in node.partition_item_list().into_iter().flat_map(|it| it.partition_items()) {
        names.extend(it.expr().map(|it| element_name(&it)));
        table::add_one(&mut elements, element(b, owner, &it)?);
    }
    let mut include = Vec::new();
    let included = node.index_include_clause().and_then(|it| it.partition_item_list());
    for it in included.into_iter().flat_map(|it| it.partition_items()) {
        let name = it.expr().map(|it| element_name(&it)).unwrap_or_default();
        if let Owner::Table(id) = owner {
            include.push(b.column(id, &name)?);
        } else {
            return Err(DiagnosticKind::NotModelled {
                what: "INCLUDE of a materialized view's index".into(),
            });
        }
        names.push(name);
    }
    let name = name.unwrap_or_else(|| {
        let names = naming::joined(naming::distinct(names).iter().map(String::as_str));
        b.free_relation_name(place, &table_name, Some(&names), "idx", false)
    });
    let id: IndexId = b.ids.take();
    let method = node.using_method().and_then(|it| it.access_method_ref());
    let tablespace = node.tablespace_clause().and_then(|it| it.tablespace_ref());
    let nulls = node.nulls_distinct_option();
    let index = Index {
        unique: syntax::has(node, SyntaxKind::UNIQUE_KW),
        method: method.map_or_else(|| "btree".to_owned(), |it| access_method(syntax::ident(&it))),
        elements,
        include,
        nulls_not_distinct: matches!(nulls, Some(ast::NullsDistinctOption::NullsNotDistinct(_))),
        predicate: node.where_clause().and_then(|it| it.expr()).map(|it| b.expression(&it)),
        storage_parameters: text::parameters(node.with_params().and_then(|it| it.attribute_list())),
        tablespace: tablespace.map(|it| syntax::ident(&it)),
        only: target.as_ref().is_some_and(table::is_only),
        origin: b.origin(),
        ..Index::over(id, name.clone(), &[])
    };
    match owner {
        Owner::Table(table) => {
            table::set(b, table, |it| table::add_one(&mut it.indexes, index));
            b.relations.insert((place, name), Relation::Index(table, id));
        }
        Owner::View(view) => {
            if let Some(it) = b.views.get_mut(&view) {
                it.indexes.push(index);
            }
            b.relations.insert((place, name), Relation::ViewIndex(view, id));
        }
    }
    Ok(Fate::Modelled)
}

fn element(b: &Builder, owner: Owner, node: &ast::PartitionItem) -> Result<IndexElement, DiagnosticKind> {
    let expr =
        node.expr().ok_or_else(|| DiagnosticKind::NotModelled { what: "an empty index element".into() })?;
    let (expr, mut collation) = without_collation(b, expr);
    if let Some(it) = node.collate().and_then(|it| it.collation_ref()) {
        collation = Some(b.sql(&it));
    }
    let class = node.op_class_ref().map(|it| {
        let options = node.attribute_list().map(|it| format!(" {}", syntax::text(&it))).unwrap_or_default();
        format!("{}{options}", b.sql(&it))
    });
    let descending = matches!(node.sort_order(), Some(ast::SortOrder::SortDesc(_)));
    let nulls_first = node.nulls_order().map(|it| matches!(it, ast::NullsOrder::NullsFirst(_)));
    Ok(IndexElement {
        key: key(b, owner, &expr)?,
        collation,
        operator_class: class,
        descending,
        // Nulls come last when ascending and first when descending, unless said otherwise.
        nulls_first: nulls_first.filter(|it| *it != descending),
        statistics: None,
    })
}

/// An element of an exclusion constraint.
pub fn element_of(b: &Builder, table: TableId, expr: &ast::Expr) -> Result<IndexElement, DiagnosticKind> {
    let start = expr.syntax().text_range().start();
    let extra = b.elements.get(&(u32::from(start) as usize)).cloned().unwrap_or_default();
    let (expr, collation) = without_collation(b, expr.clone());
    Ok(IndexElement {
        key: key(b, Owner::Table(table), &expr)?,
        collation,
        operator_class: extra.class,
        descending: extra.descending,
        nulls_first: extra.nulls_first.filter(|it| *it != extra.descending),
        statistics: None,
    })
}

/// Also `(name COLLATE "C")` is a column with a collation (`ComputeIndexAttrs` in `indexcmds.c`).
fn without_collation(b: &Builder, expr: ast::Expr) -> (ast::Expr, Option<SqlText>) {
    if let ast::Expr::Collate(it) = &syntax::bare(&expr)
        && let (Some(inner), Some(collation)) = (it.expr(), it.collation_ref())
    {
        return (inner, Some(b.sql(&collation)));
    }
    (expr, None)
}

fn key(b: &Builder, owner: Owner, expr: &ast::Expr) -> Result<IndexKey, DiagnosticKind> {
    let bare = syntax::bare(expr);
    match (owner, &bare) {
        (Owner::Table(table), ast::Expr::NameRef(name)) => {
            Ok(IndexKey::Column(b.column(table, &syntax::ident(name))?))
        }
        // A view's columns are not records: their names are the text.
        _ => Ok(IndexKey::Expression(b.sql(&bare))),
    }
}

/// The name that PostgreSQL takes for an element when it makes up the index's name.
///
/// Source: `FigureIndexColname` in `src/backend/parser/parse_target.c`.
pub fn element_name(expr: &ast::Expr) -> String {
    figure(&syntax::bare(expr)).unwrap_or_else(|| "expr".to_owned())
}

fn figure(expr: &ast::Expr) -> Option<String> {
    match expr {
        ast::Expr::NameRef(it) => Some(syntax::ident(it)),
        ast::Expr::FieldExpr(it) => it.field().map(|it| syntax::ident(&it)),
        ast::Expr::Collate(it) => figure(&syntax::bare(&it.expr()?)),
        ast::Expr::CallExpr(it) => match it.expr() {
            Some(callee) => figure(&callee),
            None => it.syntax().first_token().map(|it| it.text().to_lowercase()),
        },
        ast::Expr::CastExpr(it) => {
            let inner = it.syntax().children().find_map(ast::Expr::cast);
            inner.and_then(|it| figure(&syntax::bare(&it))).or_else(|| {
                let ty = it.syntax().children().find_map(ast::Type::cast)?;
                syntax::name(&ty).map(|it| it.name)
            })
        }
        ast::Expr::ArrayExpr(_) => Some("array".to_owned()),
        ast::Expr::CaseExpr(_) => Some("case".to_owned()),
        ast::Expr::IndexExpr(it) => figure(&it.base()?),
        _ => None,
    }
}

/// Scripts of old ask for R-trees, and get what has come in their place.
///
/// Source: PostgreSQL 18 `src/backend/commands/indexcmds.c`, `DefineIndex`.
fn access_method(name: String) -> String {
    if name == "rtree" { "gist".to_owned() } else { name }
}

/// Reads `ALTER INDEX`.
pub fn alter(b: &mut Builder, node: &ast::AlterIndex) -> Step {
    let not_modelled = || DiagnosticKind::NotModelled { what: "ALTER INDEX".into() };
    let name = node.index_ref().and_then(|it| syntax::name(&it)).ok_or_else(not_modelled)?;
    let unknown = || DiagnosticKind::Unknown { what: "index", name: name.to_string() };
    let Some(relation) = b.relation(&name) else {
        return if node.if_exists().is_some() { Ok(Fate::Skipped) } else { Err(unknown()) };
    };
    match (node.action(), relation) {
        (Some(ast::AlterIndexAction::IndexRenameTo(it)), _) => {
            let new = it.index().and_then(|it| syntax::name(&it)).ok_or_else(not_modelled)?;
            rename::relation(b, &name, &new.name)
        }
        (Some(ast::AlterIndexAction::AttachIndexPartition(it)), _) => {
            let below = it.index_ref().and_then(|it| syntax::name(&it)).ok_or_else(not_modelled)?;
            let parent = match relation {
                Relation::Index(_, id) => IndexParent::Index(id),
                Relation::Key(_, id) => IndexParent::Constraint(id),
                _ => return Err(unknown()),
            };
            match b.relation(&below) {
                Some(Relation::Index(table, id)) => change(b, table, id, |it| it.attached_to = Some(parent)),
                // A key of a partition finds the key above it by its columns.
                Some(Relation::Key(..)) => Ok(Fate::Modelled),
                _ => Err(DiagnosticKind::Unknown { what: "index", name: below.to_string() }),
            }
        }
        (Some(ast::AlterIndexAction::SetOptions(it)), Relation::Index(table, id)) => {
            let new = text::parameters(it.attribute_list());
            change(b, table, id, |it| super::alter::set_parameters(&mut it.storage_parameters, new))
        }
        (Some(ast::AlterIndexAction::ResetOptions(it)), Relation::Index(table, id)) => {
            let gone = text::parameters(it.attribute_list());
            change(b, table, id, |index| {
                index.storage_parameters.retain(|(name, _)| !gone.iter().any(|it| it.0 == *name));
            })
        }
        (Some(ast::AlterIndexAction::AlterSetStatistics(it)), Relation::Index(table, id)) => {
            let at = it.expr().as_ref().and_then(syntax::integer).and_then(|it| usize::try_from(it).ok());
            let target = it.set_statistics().and_then(|it| it.expr()).as_ref().and_then(syntax::integer);
            let at = at.and_then(|it| it.checked_sub(1)).ok_or_else(not_modelled)?;
            let target = target.and_then(|it| i32::try_from(it).ok()).filter(|it| *it >= 0);
            change(b, table, id, |index| {
                if let Some(element) = index.elements.get_mut(at) {
                    element.statistics = target;
                }
            })
        }
        (Some(ast::AlterIndexAction::SetTablespace(it)), Relation::Index(table, id)) => {
            let name = it.tablespace_ref().map(|it| syntax::ident(&it));
            change(b, table, id, |it| it.tablespace = name)
        }
        _ => Err(not_modelled()),
    }
}

fn change(b: &mut Builder, table: TableId, id: IndexId, change: impl FnOnce(&mut Index)) -> Step {
    table::set(b, table, |it| {
        if let Some(index) = it.indexes.iter_mut().find(|it| it.id == id) {
            change(index);
        }
    });
    Ok(Fate::Modelled)
}

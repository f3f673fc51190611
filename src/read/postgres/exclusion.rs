//! Exclusion constraints.

use squawk_syntax::ast;

use crate::design::{ConstraintId, Exclusion, Id, TableId};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Relation};
use super::constraint::{Found, Options, place_and_name, tablespace};
use super::{index, naming, syntax, table, text};

/// `OPERATOR(=)` says no more than `=`.
fn plain(call: String) -> String {
    let inner = call.split_once('(').and_then(|it| it.1.trim_end().strip_suffix(')')).map(str::trim);
    let is_plain = |it: &&str| !it.is_empty() && !it.contains(|it: char| it == '.' || it.is_alphanumeric());
    match inner.filter(is_plain) {
        Some(sign) => sign.to_owned(),
        None => call,
    }
}

/// Reads `EXCLUDE`.
pub fn add(
    b: &mut Builder,
    table: TableId,
    name: Option<String>,
    node: &ast::ExcludeConstraint,
    options: Options,
) -> Found<Id> {
    let (place, table_name) = place_and_name(b, table)?;
    let method = node.constraint_index_method().and_then(|it| it.access_method_ref());
    let mut elements = Vec::new();
    let mut names = Vec::new();
    for it in node.constraint_exclusion_list().into_iter().flat_map(|it| it.constraint_exclusions()) {
        let Some(expr) = it.expr() else { continue };
        let operator = match (it.op(), it.operator_call()) {
            (Some(op), _) => syntax::text(&op),
            (None, Some(call)) => plain(syntax::text(&call)),
            (None, None) => continue,
        };
        names.push(index::element_name(&expr));
        elements.push((index::element_of(b, table, &expr)?, operator));
    }
    let include = node.constraint_include_clause().and_then(|it| it.column_ref_list());
    let mut included = Vec::new();
    for it in include.into_iter().flat_map(|it| it.column_name_refs()) {
        included.push(b.column(table, &syntax::ident(&it))?);
    }
    let name = name.unwrap_or_else(|| {
        let names = naming::joined(naming::distinct(names).iter().map(String::as_str)).clone();
        b.free_relation_name(place, &table_name, Some(&names), "excl", true)
    });
    if b.is_relation(place, &name) {
        return Err(DiagnosticKind::Exists { name });
    }
    let id: ConstraintId = b.ids.take();
    let exclusion = Exclusion {
        id,
        name: name.clone(),
        method: method.map_or_else(|| "btree".to_owned(), |it| syntax::ident(&it)),
        elements,
        include: included,
        predicate: node.where_condition_clause().and_then(|it| it.expr()).map(|it| b.expression(&it)),
        deferral: options.deferral,
        storage_parameters: text::parameters(node.with_params().and_then(|it| it.attribute_list())),
        tablespace: tablespace(node.constraint_index_tablespace()),
        comment: None,
        index_comment: None,
        origin: b.origin(),
    };
    table::set(b, table, |it| it.exclusions.push(exclusion));
    b.relations.insert((place, name.clone()), Relation::Key(table, id));
    b.add_constraint_name(place, &name);
    Ok(id.into())
}

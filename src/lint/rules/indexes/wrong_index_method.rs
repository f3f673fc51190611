//! Wrong index method.

use crate::lint::facts::{has_no_order, is_range};
use crate::lint::globals::ANYTHING;
use crate::lint::prelude::*;
use crate::lint::query::accesses;
use crate::lint::written::Written;

rule! {
    /// Flags an index whose method cannot serve its column: its type has no order or no elements, or queries ask what is inside.
    ///
    /// ## Why
    ///
    /// A B-tree compares whole values: it finds no element of an array, no key of a document and no word of a text. The other
    /// way round, GIN and `GiST` know numbers, texts and times only with the extensions `btree_gin` and `btree_gist`, and
    /// PostgreSQL refuses the index without them.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ access contains(tags) */
    /// create table t (id bigint primary key, tags text[] not null);
    /// create index on t (tags);
    /// ```
    ///
    /// ```sql
    /// create table t (id bigint primary key, words tsvector not null);
    /// create index on t (words);
    /// ```
    ///
    /// ```sql invalid
    /// create table t (id bigint primary key, n integer not null);
    /// create index on t using gin (n);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ access contains(tags) */
    /// create table t (id bigint primary key, tags text[] not null);
    /// create index on t using gin (tags);
    /// ```
    ///
    /// ```sql
    /// create table t (id bigint primary key, path integer[] not null);
    /// create index on t (path);
    /// ```
    ///
    /// ```sql
    /// create extension btree_gin;
    /// create table t (id bigint primary key, n integer not null);
    /// create index on t using gin (n);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Index Types", "Built-in Operator Classes", `btree_gin` and `btree_gist`.
    IDX009 "wrong-index-method" Error [Unsafe] Design(check, &[Reads::Tables, Reads::Types, Reads::Use, Reads::Extensions, Reads::Functions, Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    let mut asked: Vec<(TableId, ColumnId, String)> = Vec::new();
    for pattern in cx.design.access_patterns() {
        for name in contained(&pattern.query) {
            for access in accesses(&pattern.query) {
                let Some(t) = cx.table_called(&access.table) else { continue };
                asked.extend(t.column_named(&name).map(|it| (t.id, it.id, pattern.query.clone())));
            }
        }
    }
    for t in cx.tables_that(|it| it.has_parts) {
        for index in &t.indexes {
            let Some(first) = index.elements.first() else { continue };
            if index.method == "btree" {
                let IndexKey::Column(id) = first.key else { continue };
                if let Some(c) = t.col(id).filter(|_| first.operator_class.is_none()) {
                    let query = asked.iter().find(|it| (it.0, it.1) == (t.id, id)).map(|it| it.2.as_str());
                    ordered(cx, &t, index, &c, query);
                }
            } else {
                unknown(cx, &t, index);
            }
        }
    }
}

/// Tells of a B-tree over what has parts.
fn ordered(cx: &mut Cx<'_>, t: &TableView<'_>, index: &Index, c: &ColumnView<'_>, query: Option<&str>) {
    let builtin = c.builtin();
    let objects = [index.id.into(), c.id.into()];
    if builtin.is_some_and(has_no_order) {
        let written = crate::sql::type_name(cx.design, &c.data_type);
        let message = format!("`{}` is {written}, which has no order: PostgreSQL refuses a B-tree", c.name);
        cx.member(t, objects, &index.name, message);
        return;
    }
    let method = if c.facts.is_array || matches!(builtin, Some(Builtin::Jsonb | Builtin::TsVector)) {
        "gin"
    } else if builtin.is_some_and(is_range) {
        "gist"
    } else {
        return;
    };
    // A path or a range is sorted and compared as a whole; a document or the words of a text hardly.
    let whole = c.facts.is_array || method == "gist" || index.elements.len() > 1;
    if index.unique || query.is_none() && whole || serves(t, c.id) {
        return;
    }
    let milder = cx.told.milder(Severity::Warning);
    let message = format!("a B-tree compares `{}` as a whole and finds nothing inside of it", c.name);
    let remedy =
        (index.elements.len() == 1 && index.include.is_empty()).then(|| with_method(t, index, method));
    let finding = cx.member(t, objects, &index.name, message);
    match query {
        Some(query) => _ = finding.because(query),
        None => finding.severity = milder,
    }
    finding.risky_if(if method == "gin" { "Make it GIN" } else { "Make it GiST" }, remedy);
}

/// Tells of GIN or `GiST` over what only an extension teaches them.
fn unknown(cx: &mut Cx<'_>, t: &TableView<'_>, index: &Index) {
    let extension = match index.method.as_str() {
        "gin" => "btree_gin",
        "gist" => "btree_gist",
        _ => return,
    };
    let design = cx.design;
    let provided = &cx.globals().provided;
    if provided.contains(extension) || provided.contains(ANYTHING) {
        return;
    }
    for element in index.elements.iter().filter(|it| it.operator_class.is_none()) {
        let IndexKey::Column(id) = element.key else { continue };
        let Some(c) = t.col(id).filter(|it| is_scalar(it)) else { continue };
        let written = crate::sql::type_name(design, &c.data_type);
        let message =
            format!("`{}` is {written}, which {} knows only with `{extension}`", c.name, index.method);
        let remedy = (index.elements.len() == 1).then(|| with_method(t, index, "btree"));
        cx.member(t, [index.id.into(), c.id.into()], &index.name, message)
            .risky_if("Make it a B-tree", remedy);
    }
}

/// The table with another method for an index.
fn with_method(t: &TableView<'_>, index: &Index, method: &str) -> Remedy {
    let mut table = t.table.clone();
    for it in table.indexes.iter_mut().filter(|it| it.id == index.id) {
        method.clone_into(&mut it.method);
        for element in &mut it.elements {
            (element.descending, element.nulls_first) = (false, None);
        }
    }
    Remedy::Put(Box::new(table.into()))
}

/// Whether an index finds what is inside of a column.
fn serves(t: &TableView<'_>, column: ColumnId) -> bool {
    let inside = t.indexes.iter().filter(|it| matches!(it.method.as_str(), "gin" | "gist" | "spgist"));
    inside.flat_map(|it| &it.elements).any(|it| it.key == IndexKey::Column(column))
}

/// Whether neither GIN nor `GiST` knows a type by itself.
fn is_scalar(c: &ColumnView<'_>) -> bool {
    c.is_number()
        || c.is_text()
        || c.is_moment()
        || matches!(c.builtin(), Some(Builtin::Boolean | Builtin::Uuid | Builtin::Bytea | Builtin::Interval))
}

/// The columns of which a query asks what is inside: `tags @> $1`, `words @@ $1`, `span && $1`.
fn contained(query: &str) -> Vec<String> {
    let query = Written::of(query);
    let asks = |place: &usize| {
        matches!((query.at(place + 1), query.at(place + 2)), ("@", ">" | "@") | ("&", "&") | ("<", "@"))
    };
    (0..query.len()).filter(asks).filter_map(|it| query.name(it)).collect()
}

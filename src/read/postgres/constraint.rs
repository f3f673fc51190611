//! Keys, checks, exclusions and foreign keys.

use std::collections::BTreeSet;

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::{SyntaxKind, SyntaxNode};

use crate::design::{
    Check, ColumnId, ConstraintId, Deferral, Enforcement, Id, PrimaryKey, Stage, Table, TableId, Unique,
};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Place, Relation};
use super::constraint_body::Body;
use super::foreign_key::{self, Reference};
use super::{exclusion, naming, syntax, table, text};

/// A part of a constraint, or why it cannot be modelled.
pub type Found<T> = Result<T, DiagnosticKind>;

/// A constraint that waits until the columns of its table are there.
#[derive(Clone)]
pub struct Pending {
    /// As it was written.
    pub node: ast::Constraint,
    /// The column behind which it stood.
    pub column: Option<ColumnId>,
}

impl Pending {
    /// A constraint of a table.
    pub fn of_table(node: ast::Constraint) -> Self {
        Self { node, column: None }
    }

    /// PostgreSQL names constraints in this order: checks, the primary key, other indexes, foreign keys.
    fn rank(&self) -> u8 {
        match self.node {
            ast::Constraint::PrimaryKeyConstraint(_) => 1,
            ast::Constraint::UniqueConstraint(_) | ast::Constraint::ExcludeConstraint(_) => 2,
            ast::Constraint::ForeignKeyConstraint(_) | ast::Constraint::ReferencesConstraint(_) => 3,
            _ => 0,
        }
    }
}

/// Adds constraints to a table; one that cannot be modelled is kept as `ALTER TABLE … ADD …`.
pub fn settle(b: &mut Builder, table: TableId, mut pending: Vec<Pending>) {
    pending.sort_by_key(Pending::rank);
    let given: BTreeSet<String> =
        pending.iter().filter_map(|it| it.node.constraint_name()).map(|it| syntax::ident(&it)).collect();
    let (had_key, from) =
        b.tables.get(&table).map_or((false, 0), |it| (it.primary_key.is_some(), it.uniques.len()));
    for it in pending {
        if let Err(why) = add(b, table, &it) {
            let sql = Body::of(b, table, &it).as_statement(b, table);
            b.keep(sql, Stage::Constraints, vec![table.into()], why);
        }
    }
    drop_repeated_uniques(b, table, had_key, from, &given);
}

fn add(b: &mut Builder, table: TableId, pending: &Pending) -> Found<()> {
    let name = pending.node.constraint_name().map(|it| syntax::ident(&it)).filter(|it| !it.is_empty());
    let options = Options::of(pending.node.constraint_options());
    if let Some(name) = &name
        && b.tables.get(&table).is_some_and(|it| constraint_names(it).any(|it| it == name))
    {
        b.say(DiagnosticKind::Exists { name: name.clone() });
        return Ok(());
    }
    let id = match &pending.node {
        ast::Constraint::CheckConstraint(it) => check(b, table, name, it, options)?,
        ast::Constraint::PrimaryKeyConstraint(it) => {
            let parameters = it.index_parameters();
            key(b, table, name, pending.column, parameters, it.using_index(), options, true)?
        }
        ast::Constraint::UniqueConstraint(it) => {
            let parameters = it.index_parameters();
            key(b, table, name, pending.column, parameters, it.using_index(), options, false)?
        }
        ast::Constraint::ExcludeConstraint(it) => exclusion::add(b, table, name, it, options)?,
        ast::Constraint::ForeignKeyConstraint(it) => {
            let from = it.from_columns();
            let period = from.as_ref().is_some_and(|it| it.period_column().is_some());
            let reference = Reference {
                name,
                columns: foreign_key::columns(b, table, from)?,
                to: it.table_name_ref(),
                to_columns: it.to_columns().map(|it| foreign_key::column_names(&it)).unwrap_or_default(),
                match_full: matches!(it.match_type(), Some(ast::MatchType::MatchFull(_))),
                period,
                actions: it.referential_actions().collect(),
            };
            foreign_key::add(b, table, reference, options)?
        }
        ast::Constraint::ReferencesConstraint(it) => {
            let reference = Reference {
                name,
                columns: pending.column.into_iter().collect(),
                to: it.table(),
                to_columns: it.column().iter().map(syntax::ident).collect(),
                match_full: matches!(it.match_type(), Some(ast::MatchType::MatchFull(_))),
                period: false,
                actions: it.referential_actions().collect(),
            };
            foreign_key::add(b, table, reference, options)?
        }
        ast::Constraint::NotNullConstraint(it) => {
            let column = it.column_name_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
            super::not_null::add(b, table, &column, name, options)?;
            return Ok(());
        }
        ast::Constraint::DefaultConstraint(_)
        | ast::Constraint::GeneratedConstraint(_)
        | ast::Constraint::NullConstraint(_) => return Ok(()),
    };
    let body = Body::of(b, table, pending);
    let statement = b.statement();
    b.sources.insert(id, (statement, body));
    Ok(())
}

/// What may stand after a constraint.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// When it is checked.
    pub deferral: Deferral,
    /// Whether it holds for what is there.
    pub enforcement: Enforcement,
    /// `NO INHERIT`.
    pub no_inherit: bool,
}

impl Options {
    /// Reads them.
    pub fn of(nodes: impl Iterator<Item = ast::ConstraintOption>) -> Self {
        let mut options = Self::default();
        for node in nodes {
            match node {
                ast::ConstraintOption::DeferrableConstraintOption(_) => {
                    if options.deferral == Deferral::NotDeferrable {
                        options.deferral = Deferral::InitiallyImmediate;
                    }
                }
                ast::ConstraintOption::InitiallyDeferredConstraintOption(_) => {
                    options.deferral = Deferral::InitiallyDeferred;
                }
                ast::ConstraintOption::NotDeferrableConstraintOption(_) => {
                    options.deferral = Deferral::NotDeferrable;
                }
                ast::ConstraintOption::NotValid(_) => options.enforcement = Enforcement::NotValid,
                ast::ConstraintOption::NotEnforced(_) => options.enforcement = Enforcement::NotEnforced,
                ast::ConstraintOption::NoInherit(_) => options.no_inherit = true,
                ast::ConstraintOption::Enforced(_)
                | ast::ConstraintOption::Inherit(_)
                | ast::ConstraintOption::InitiallyImmediateConstraintOption(_) => {}
            }
        }
        options
    }
}

/// The names of a table's constraints.
pub fn constraint_names(table: &Table) -> impl Iterator<Item = &String> {
    let keys = table.primary_key.iter().map(|it| &it.name);
    keys.chain(table.uniques.iter().map(|it| &it.name))
        .chain(table.foreign_keys.iter().map(|it| &it.name))
        .chain(table.checks.iter().map(|it| &it.name))
        .chain(table.exclusions.iter().map(|it| &it.name))
}

/// Where a table is, and its name.
pub fn place_and_name(b: &Builder, table: TableId) -> Found<(Place, String)> {
    let table = b.tables.get(&table).map(|it| (it.namespace, it.name.clone()));
    table.ok_or_else(|| DiagnosticKind::Unknown { what: "table", name: String::new() })
}

fn check(
    b: &mut Builder,
    table: TableId,
    name: Option<String>,
    node: &ast::CheckConstraint,
    options: Options,
) -> Found<Id> {
    let (place, table_name) = place_and_name(b, table)?;
    let expr = node.expr();
    let name = name.unwrap_or_else(|| {
        let used = expr.as_ref().map(|it| columns_in(b, table, it.syntax())).unwrap_or_default();
        let column = match used.as_slice() {
            [one] => Some(one.as_str()),
            _ => None,
        };
        b.free_constraint_name(place, &table_name, column, "check")
    });
    let id: ConstraintId = b.ids.take();
    let check = Check {
        id,
        name: name.clone(),
        expression: expr.map_or_else(String::new, |it| b.expression(&it)),
        no_inherit: options.no_inherit,
        enforcement: options.enforcement,
        comment: None,
        origin: b.origin(),
    };
    table::set(b, table, |it| it.checks.push(check));
    b.add_constraint_name(place, &name);
    Ok(id.into())
}

/// The columns of a table that an expression names, each once, in order.
fn columns_in(b: &Builder, table: TableId, node: &SyntaxNode) -> Vec<String> {
    let Some(table) = b.tables.get(&table) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for part in node.descendants().filter(|it| it.kind() == SyntaxKind::NAME_REF) {
        let parent = part.parent();
        let first = parent.as_ref().and_then(SyntaxNode::first_child).is_some_and(|it| it == part);
        let of = |kind: SyntaxKind| parent.as_ref().is_some_and(|it| it.kind() == kind);
        // A function's name, a table's name before a dot, or the field of a composite value.
        let other = of(SyntaxKind::CALL_EXPR) && first
            || of(SyntaxKind::FIELD_EXPR) && {
                let base = parent.as_ref().and_then(SyntaxNode::first_child);
                let is_table = base.is_some_and(|it| {
                    it.kind() == SyntaxKind::NAME_REF && ast::normalize_name_node(&it) == table.name
                });
                first == is_table
            };
        let name = ast::normalize_name_node(&part);
        if !other && table.column_named(&name).is_some() && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

#[allow(clippy::too_many_arguments)]
fn key(
    b: &mut Builder,
    table: TableId,
    name: Option<String>,
    column: Option<ColumnId>,
    parameters: Option<ast::IndexParameters>,
    using: Option<ast::UsingIndexName>,
    options: Options,
    primary: bool,
) -> Found<Id> {
    let (place, table_name) = place_and_name(b, table)?;
    if let Some(using) = using {
        return key_from_index(b, table, name, &using, options, primary);
    }
    let list = parameters.as_ref().and_then(squawk_syntax::ast::IndexParameters::column_list);
    let without_overlaps = list.as_ref().is_some_and(|it| it.without_overlaps().is_some());
    let mut columns: Vec<ColumnId> = Vec::new();
    for it in list.into_iter().flat_map(|it| it.column_name_refs()) {
        columns.push(b.column(table, &syntax::ident(&it))?);
    }
    if columns.is_empty() {
        columns.extend(column);
    }
    let include =
        parameters.as_ref().and_then(squawk_syntax::ast::IndexParameters::constraint_include_clause);
    let include = include.and_then(|it| it.column_ref_list());
    let mut included = Vec::new();
    for it in include.into_iter().flat_map(|it| it.column_name_refs()) {
        included.push(b.column(table, &syntax::ident(&it))?);
    }
    let has_key = b.tables.get(&table).is_some_and(|it| it.primary_key.is_some());
    if primary && has_key {
        return Err(DiagnosticKind::Refused { reason: format!("table `{table_name}` has a primary key") });
    }
    let nulls = parameters.as_ref().and_then(squawk_syntax::ast::IndexParameters::nulls_distinct_option);
    let nulls_not_distinct = matches!(nulls, Some(ast::NullsDistinctOption::NullsNotDistinct(_)));
    let storage_parameters = text::parameters(
        parameters
            .as_ref()
            .and_then(squawk_syntax::ast::IndexParameters::with_params)
            .and_then(|it| it.attribute_list()),
    );
    let tablespace = tablespace(
        parameters.as_ref().and_then(squawk_syntax::ast::IndexParameters::constraint_index_tablespace),
    );
    let names: Vec<String> = match b.tables.get(&table) {
        Some(it) => it.column_names(&columns).chain(it.column_names(&included)).map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let name = match name {
        Some(name) if b.is_relation(place, &name) => return Err(DiagnosticKind::Exists { name }),
        Some(name) => name,
        None if primary => b.free_relation_name(place, &table_name, None, "pkey", true),
        None => {
            let names = naming::joined(names.iter().map(String::as_str));
            b.free_relation_name(place, &table_name, Some(&names), "key", true)
        }
    };
    let id: ConstraintId = b.ids.take();
    let origin = b.origin();
    if primary {
        for column in &columns {
            super::column::set(b, table, *column, |it| it.nullable = false);
        }
        let key = PrimaryKey {
            id,
            name: name.clone(),
            columns,
            without_overlaps,
            include: included,
            deferral: options.deferral,
            storage_parameters,
            tablespace,
            comment: None,
            index_comment: None,
            origin,
        };
        table::set(b, table, |it| it.primary_key = Some(key));
    } else {
        let unique = Unique {
            id,
            name: name.clone(),
            columns,
            nulls_not_distinct,
            without_overlaps,
            include: included,
            deferral: options.deferral,
            storage_parameters,
            tablespace,
            comment: None,
            index_comment: None,
            origin,
        };
        table::set(b, table, |it| it.uniques.push(unique));
    }
    b.relations.insert((place, name.clone()), Relation::Key(table, id));
    b.add_constraint_name(place, &name);
    Ok(id.into())
}

/// Where the index of a key or exclusion lies, unless that is where all lies.
pub fn tablespace(node: Option<ast::ConstraintIndexTablespace>) -> Option<String> {
    let name = node.and_then(|it| it.tablespace_ref()).map(|it| syntax::ident(&it));
    name.filter(|it| it != "pg_default")
}

/// `USING INDEX`: the index becomes the constraint's, under the constraint's name.
fn key_from_index(
    b: &mut Builder,
    table: TableId,
    name: Option<String>,
    using: &ast::UsingIndexName,
    options: Options,
    primary: bool,
) -> Found<Id> {
    let (place, _) = place_and_name(b, table)?;
    let index_name = using.index_ref().and_then(|it| syntax::name(&it)).map(|it| it.name).unwrap_or_default();
    let unknown = || DiagnosticKind::Unknown { what: "index", name: index_name.clone() };
    let indexes = b.tables.get(&table).map(|it| it.indexes.clone()).unwrap_or_default();
    let index = indexes.into_iter().find(|it| it.name == index_name).ok_or_else(unknown)?;
    let columns = index.plain_columns().ok_or_else(unknown)?;
    let name = name.unwrap_or_else(|| index.name.clone());
    let id: ConstraintId = b.ids.take();
    let origin = b.origin();
    b.relations.remove(&(place, index.name.clone()));
    for column in columns.iter().filter(|_| primary) {
        super::column::set(b, table, *column, |it| it.nullable = false);
    }
    table::set(b, table, |it| {
        it.indexes.retain(|it| it.id != index.id);
        let (include, storage_parameters) = (index.include, index.storage_parameters);
        let (tablespace, index_comment) = (index.tablespace, index.comment);
        let (name, deferral) = (name.clone(), options.deferral);
        if primary {
            let key = PrimaryKey {
                id,
                name,
                columns,
                include,
                deferral,
                storage_parameters,
                tablespace,
                index_comment,
                origin,
                ..PrimaryKey::default()
            };
            it.primary_key = Some(key);
        } else {
            let nulls_not_distinct = index.nulls_not_distinct;
            let unique = Unique {
                id,
                name,
                columns,
                nulls_not_distinct,
                include,
                deferral,
                storage_parameters,
                tablespace,
                index_comment,
                origin,
                ..Unique::default()
            };
            it.uniques.push(unique);
        }
    });
    b.relations.insert((place, name.clone()), Relation::Key(table, id));
    b.add_constraint_name(place, &name);
    Ok(id.into())
}

/// PostgreSQL makes one index of two equal unique constraints of one statement, or of one that equals its primary key; it has
/// the first name that either was given.
///
/// Source: `transformIndexConstraints` in `src/backend/parser/parse_utilcmd.c`.
fn drop_repeated_uniques(
    b: &mut Builder,
    table: TableId,
    had_key: bool,
    from: usize,
    given: &BTreeSet<String>,
) {
    let Some(it) = b.tables.get_mut(&table) else { return };
    let (place, mut gone, mut renamed) = (it.namespace, Vec::new(), Vec::new());
    let new = it.uniques.split_off(from.min(it.uniques.len()));
    let mut kept: Vec<Unique> = Vec::with_capacity(new.len());
    // A key from before this statement does not count.
    let mut key = it.primary_key.as_mut().filter(|_| !had_key);
    for unique in new {
        let same_key = key.as_mut().filter(|it| {
            (&it.columns, &it.include, it.deferral) == (&unique.columns, &unique.include, unique.deferral)
                && !unique.nulls_not_distinct
        });
        let same = |it: &&mut Unique| {
            (&it.columns, &it.include, it.deferral, it.nulls_not_distinct)
                == (&unique.columns, &unique.include, unique.deferral, unique.nulls_not_distinct)
        };
        let first = match same_key {
            Some(it) => Some((it.id, &mut it.name)),
            None => kept.iter_mut().find(same).map(|it| (it.id, &mut it.name)),
        };
        match first {
            Some((id, name)) if !given.contains(name) && given.contains(&unique.name) => {
                gone.push(std::mem::replace(name, unique.name.clone()));
                renamed.push((unique.name, id));
            }
            Some(_) => gone.push(unique.name),
            None => kept.push(unique),
        }
    }
    it.uniques.append(&mut kept);
    for name in gone {
        b.relations.remove(&(place, name.clone()));
        b.remove_constraint_name(place, &name);
    }
    for (name, id) in renamed {
        b.relations.insert((place, name), Relation::Key(table, id));
    }
}

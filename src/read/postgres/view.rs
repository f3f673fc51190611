//! Views, plain and materialised.

use squawk_syntax::SyntaxKind;
use squawk_syntax::ast::{self, AstNode};

use crate::design::{CheckOption, Id, TableId, View, ViewId};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Relation, Step};
use super::parse::parse;
use super::syntax::{self, Name};
use super::{privilege, query, rename, table, temporary, text};

fn not_modelled(what: &str) -> DiagnosticKind {
    DiagnosticKind::NotModelled { what: what.into() }
}

fn columns(list: Option<ast::ColumnList>) -> Vec<String> {
    list.into_iter().flat_map(|it| it.column_names()).map(|it| syntax::ident(&it)).collect()
}

/// Reads `CREATE VIEW`.
pub fn create(b: &mut Builder, node: &ast::CreateView) -> Step {
    let name = node.view().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled("CREATE VIEW"))?;
    let query = node.query().ok_or_else(|| not_modelled("CREATE VIEW"))?;
    let name = temporary::named(name, node.persistence().as_ref());
    let place = b.place_of_new(&name);
    let known = match b.relations.get(&(place, name.name.clone())) {
        Some(Relation::View(id)) if node.or_replace().is_some() => Some(*id),
        None => None,
        Some(_) if name.is_temporary() => {
            temporary::make_room(b, &name);
            None
        }
        Some(_) => {
            b.say(DiagnosticKind::Exists { name: name.to_string() });
            return Ok(Fate::Skipped);
        }
    };
    let id: ViewId = known.unwrap_or_else(|| b.ids.take());
    if known.is_some() {
        freeze(b, id.into());
    }
    let reads = b.mentions(query.syntax());
    if known.is_some() && b.needs(&reads, id.into()) {
        return Err(not_modelled("a view that reads what reads it"));
    }
    let check_option = node.with_check_option().map(|it| match it.check_option_level() {
        Some(ast::CheckOptionLevel::LocalCheckOption(_)) => CheckOption::Local,
        Some(ast::CheckOptionLevel::CascadedCheckOption(_)) | None => CheckOption::Cascaded,
    });
    let mut options = text::parameters(node.with_params().and_then(|it| it.attribute_list()));
    let in_options = options.iter().find(|it| it.0 == "check_option").map(|it| it.1.clone());
    options.retain(|it| it.0 != "check_option");
    let in_options = in_options.map(|it| match it.trim_matches('\'') {
        "local" => CheckOption::Local,
        _ => CheckOption::Cascaded,
    });
    let before = b.views.get(&id).cloned().unwrap_or_default();
    let view = View {
        id,
        namespace: place,
        name: name.name.clone(),
        recursive: syntax::has(node, SyntaxKind::RECURSIVE_KW),
        columns: columns(node.column_list()),
        query: b.sql(&query) + &syntax::trailing_comments(query.syntax()),
        options,
        check_option: check_option.or(in_options),
        reads,
        origin: b.origin(),
        ..before
    };
    b.views.insert(id, view);
    b.relations.insert((place, name.name), Relation::View(id));
    Ok(Fate::Modelled)
}

/// Reads `CREATE MATERIALIZED VIEW`.
pub fn create_materialized(b: &mut Builder, node: &ast::CreateMaterializedView) -> Step {
    let what = "CREATE MATERIALIZED VIEW";
    let name = node.view().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled(what))?;
    let query = node.query().ok_or_else(|| not_modelled(what))?;
    if let Some(fate) = table::already_there(b, &name, node.if_not_exists().is_some())? {
        return Ok(fate);
    }
    let place = b.place_of_new(&name);
    let id: ViewId = b.ids.take();
    let view = View {
        id,
        namespace: place,
        name: name.name.clone(),
        materialized: true,
        with_no_data: matches!(node.data_option(), Some(ast::DataOption::WithNoData(_))),
        columns: columns(node.column_list()),
        query: b.sql(&query) + &syntax::trailing_comments(query.syntax()),
        options: text::parameters(node.with_params().and_then(|it| it.attribute_list())),
        reads: b.mentions(query.syntax()),
        origin: b.origin(),
        ..View::default()
    };
    b.views.insert(id, view);
    b.relations.insert((place, name.name), Relation::View(id));
    Ok(Fate::Modelled)
}

fn find(b: &Builder, name: Option<&Name>, if_exists: bool) -> Result<Option<ViewId>, DiagnosticKind> {
    match name.map(|it| b.relation(it)) {
        Some(Some(Relation::View(id))) => Ok(Some(id)),
        _ if if_exists => Ok(None),
        _ => {
            let name = name.map(ToString::to_string).unwrap_or_default();
            Err(DiagnosticKind::Unknown { what: "view", name })
        }
    }
}

/// Reads `ALTER VIEW`.
pub fn alter(b: &mut Builder, node: &ast::AlterView) -> Step {
    let name = node.view_ref().and_then(|it| syntax::name(&it));
    let found = find(b, name.as_ref(), node.if_exists().is_some())?;
    let (Some(id), Some(name)) = (found, name) else { return Ok(Fate::Skipped) };
    match node.action() {
        Some(ast::AlterViewAction::OwnerTo(_)) => {
            privilege::keep(b, node.syntax());
            Ok(Fate::Modelled)
        }
        Some(ast::AlterViewAction::ViewRenameTo(it)) => {
            let new = it.view().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled("ALTER VIEW"))?;
            rename::relation(b, &name, &new.name)
        }
        Some(ast::AlterViewAction::SetSchema(it)) => {
            rename::set_schema(b, &name, it.schema_ref().map(|it| syntax::ident(&it)))
        }
        Some(ast::AlterViewAction::SetOptions(it)) => {
            let new = text::parameters(it.attribute_list());
            b.views.entry(id).and_modify(|it| super::alter::set_parameters(&mut it.options, new));
            Ok(Fate::Modelled)
        }
        Some(ast::AlterViewAction::ResetOptions(it)) => {
            let gone = text::parameters(it.attribute_list());
            b.views.entry(id).and_modify(|view| {
                view.options.retain(|(name, _)| !gone.iter().any(|it| it.0 == *name));
            });
            Ok(Fate::Modelled)
        }
        Some(ast::AlterViewAction::AlterViewColumn(it)) => {
            let column = it.name().map(|it| syntax::ident(&it)).unwrap_or_default();
            match it.alter_view_column_action() {
                Some(ast::AlterViewColumnAction::SetDefault(it)) => {
                    let default = it.expr().map(|it| b.sql(&it));
                    set_default(b, id, column, default);
                }
                Some(ast::AlterViewColumnAction::DropDefault(_)) => set_default(b, id, column, None),
                None => return Err(not_modelled("ALTER VIEW … COLUMN")),
            }
            Ok(Fate::Modelled)
        }
        Some(ast::AlterViewAction::RenameColumn(it)) => rename_column(b, id, &it),
        None => Err(not_modelled("ALTER VIEW … COLUMN")),
    }
}

/// Writes out what `*` stands for in the views that read a table or view, before its columns change: PostgreSQL keeps the
/// columns of the time when a view was made.
pub fn freeze(b: &mut Builder, relation: Id) {
    let reads = |it: &&View| {
        it.reads.contains(&relation)
            && (it.query.contains('*') || it.query.to_ascii_lowercase().contains("table"))
    };
    let frozen: Vec<(ViewId, String)> = b
        .views
        .values()
        .filter(reads)
        .filter_map(|it| Some((it.id, query::without_stars(b, &it.query)?)))
        .collect();
    for (id, query) in frozen {
        b.views.entry(id).and_modify(|it| it.query = query);
    }
}

/// Drops the views that give out, or look at, a column of a table.
pub fn drop_readers(b: &mut Builder, table: TableId, column: &str) {
    let names = |sql: &str| crate::sql::mentions(sql).iter().any(|it| it.last().name == column);
    let readers = b.views.values().filter(|it| it.reads.contains(&table.into()) && names(&it.query));
    let readers: Vec<ViewId> = readers.map(|it| it.id).collect();
    for id in readers {
        super::drop::view(b, id);
    }
}

/// The names of a view's columns stand before its query; what reads the old one by its text keeps the order of the script.
fn rename_column(b: &mut Builder, id: ViewId, node: &ast::RenameColumn) -> Step {
    let why = || not_modelled("ALTER VIEW … RENAME COLUMN");
    let old = node.column_name_ref().map(|it| syntax::ident(&it)).ok_or_else(why)?;
    let new = node.column_name().map(|it| syntax::ident(&it)).ok_or_else(why)?;
    let view = b.views.get(&id).ok_or_else(why)?;
    let reads = |it: &Vec<Id>| it.contains(&id.into());
    let is_read =
        b.views.values().any(|it| reads(&it.reads)) || b.functions.values().any(|it| reads(&it.reads));
    let mut columns = view.columns.clone();
    if columns.is_empty() {
        let parse = parse(&view.query).map_err(|_| why())?;
        let query = parse.tree().stmts().next().and_then(|it| ast::SelectVariant::cast(it.syntax().clone()));
        let given = query.and_then(|it| query::columns(b, &it)).ok_or_else(why)?;
        columns = given.into_iter().map(|it| it.name).collect();
    }
    let mut named = columns.iter_mut().filter(|it| **it == old);
    let (Some(column), None) = (named.next(), named.next()) else { return Err(why()) };
    column.clone_from(&new);
    if is_read || !view.indexes.is_empty() {
        return Err(why());
    }
    b.views.entry(id).and_modify(|view| {
        view.columns = columns;
        view.column_defaults.iter_mut().filter(|it| it.0 == old).for_each(|it| it.0.clone_from(&new));
        view.column_comments.iter_mut().filter(|it| it.0 == old).for_each(|it| it.0.clone_from(&new));
    });
    Ok(Fate::Modelled)
}

fn set_default(b: &mut Builder, id: ViewId, column: String, default: Option<String>) {
    if let Some(view) = b.views.get_mut(&id) {
        view.column_defaults.retain(|it| it.0 != column);
        view.column_defaults.extend(default.map(|it| (column, it)));
    }
}

/// Reads `ALTER MATERIALIZED VIEW`.
pub fn alter_materialized(b: &mut Builder, node: &ast::AlterMaterializedView) -> Step {
    let name = node.view_ref().and_then(|it| syntax::name(&it));
    let found = find(b, name.as_ref(), node.if_exists().is_some())?;
    let (Some(id), Some(name)) = (found, name) else { return Ok(Fate::Skipped) };
    let mut fate = Fate::Skipped;
    for action in node.action() {
        fate = match &action {
            ast::AlterMaterializedViewAction::ViewRenameTo(it) => {
                let new =
                    it.view().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled("ALTER VIEW"))?;
                rename::relation(b, &name, &new.name)?
            }
            ast::AlterMaterializedViewAction::SetSchema(it) => {
                rename::set_schema(b, &name, it.schema_ref().map(|it| syntax::ident(&it)))?
            }
            ast::AlterMaterializedViewAction::AlterTableAction(ast::AlterTableAction::OwnerTo(_)) => {
                privilege::keep(b, node.syntax());
                Fate::Modelled
            }
            ast::AlterMaterializedViewAction::RenameColumn(it) => rename_column(b, id, it)?,
            ast::AlterMaterializedViewAction::AlterTableAction(it) => alter_as_table(b, id, it)?,
            _ => return Err(not_modelled("ALTER MATERIALIZED VIEW")),
        };
    }
    Ok(fate)
}

/// An action of `ALTER TABLE` upon a view.
pub fn alter_as_table(b: &mut Builder, id: ViewId, action: &ast::AlterTableAction) -> Step {
    match action {
        ast::AlterTableAction::SetOptions(it) => {
            let new = text::parameters(it.attribute_list());
            b.views.entry(id).and_modify(|it| super::alter::set_parameters(&mut it.options, new));
            Ok(Fate::Modelled)
        }
        ast::AlterTableAction::ResetOptions(it) => {
            let gone = text::parameters(it.attribute_list());
            b.views.entry(id).and_modify(|view| {
                view.options.retain(|(name, _)| !gone.iter().any(|it| it.0 == *name));
            });
            Ok(Fate::Modelled)
        }
        ast::AlterTableAction::AlterColumn(it) => {
            let column = it.column_name_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
            match it.option() {
                Some(ast::AlterColumnOption::SetDefault(it)) => {
                    let default = it.expr().map(|it| b.sql(&it));
                    set_default(b, id, column, default);
                    Ok(Fate::Modelled)
                }
                Some(ast::AlterColumnOption::DropDefault(_)) => {
                    set_default(b, id, column, None);
                    Ok(Fate::Modelled)
                }
                _ => Err(not_modelled("ALTER TABLE of a view")),
            }
        }
        ast::AlterTableAction::RenameColumn(it) => rename_column(b, id, it),
        _ => Err(not_modelled("ALTER TABLE of a view")),
    }
}

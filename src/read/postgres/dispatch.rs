//! Which reader reads which statement, and where in the order a statement belongs that is kept as written.

use squawk_syntax::ast::{self, AstNode, Stmt};
use squawk_syntax::{SyntaxKind, SyntaxToken};

use crate::design::{FunctionBody, Stage, VerbatimId};
use crate::pg::tokens;
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Relation, Step};
use super::function::Change;
use super::syntax::Name;
use super::{
    alter, block, comment, drop, function, geometry, index, namespace, privilege, row_facts, rows, sequence,
    settings, syntax, table, table_as, trigger, types, view,
};

/// Reads a statement that was parsed without errors.
pub fn statement(b: &mut Builder, stmt: &Stmt, data: Option<&str>) -> Step {
    match stmt {
        Stmt::CreateTable(it) => apart(b, it, table::create),
        Stmt::CreateTableAs(it) => apart(b, it, table_as::create),
        Stmt::SelectInto(it) => apart(b, it, table_as::select_into),
        Stmt::AlterTable(it) => apart(b, it, alter::alter),
        Stmt::CreateIndex(it) => apart(b, it, index::create),
        Stmt::AlterIndex(it) => apart(b, it, index::alter),
        Stmt::CreateSequence(it) => apart(b, it, sequence::create),
        Stmt::AlterSequence(it) => apart(b, it, sequence::alter),
        Stmt::CreateType(it) => apart(b, it, types::create),
        Stmt::AlterType(it) => apart(b, it, types::alter),
        Stmt::CreateDomain(it) => apart(b, it, types::create_domain),
        Stmt::AlterDomain(it) => apart(b, it, types::alter_domain),
        Stmt::CreateFunction(it) => apart(b, it, function::create),
        Stmt::CreateProcedure(it) => apart(b, it, function::create_procedure),
        Stmt::AlterFunction(_) | Stmt::AlterProcedure(_) | Stmt::AlterRoutine(_) => alter_routine(b, stmt),
        Stmt::CreateView(it) => apart(b, it, view::create),
        Stmt::CreateMaterializedView(it) => apart(b, it, view::create_materialized),
        Stmt::AlterView(it) => apart(b, it, view::alter),
        Stmt::AlterMaterializedView(it) => apart(b, it, view::alter_materialized),
        Stmt::CreateTrigger(it) => apart(b, it, trigger::create),
        Stmt::AlterTrigger(it) => apart(b, it, trigger::alter),
        Stmt::CreatePolicy(it) => apart(b, it, trigger::create_policy),
        Stmt::AlterPolicy(it) => apart(b, it, trigger::alter_policy),
        Stmt::CreateSchema(it) => apart(b, it, create_schema),
        Stmt::AlterSchema(it) => apart(b, it, namespace::alter),
        Stmt::CreateExtension(it) => apart(b, it, namespace::create_extension),
        Stmt::CommentOn(it) => apart(b, it, comment::comment),
        Stmt::Insert(it) => apart(b, it, rows::insert),
        Stmt::Copy(it) => rows::copy(b, it, data.unwrap_or_default()),
        Stmt::Cluster(it) => apart(b, it, cluster),
        Stmt::Do(it) => apart(b, it, block::read),
        Stmt::Call(it) => apart(b, it, call),
        Stmt::Set(it) => apart(b, it, settings::set),
        Stmt::Reset(it) => apart(b, it, settings::reset),
        Stmt::Select(it) => apart(b, it, select),
        Stmt::AlterDefaultPrivileges(_) => {
            privilege::keep_default(b, stmt.syntax());
            Ok(Fate::Modelled)
        }
        Stmt::Grant(_) | Stmt::Revoke(_) => {
            privilege::keep(b, stmt.syntax());
            Ok(Fate::Modelled)
        }
        _ if is_drop(stmt) => drops(b, stmt),
        _ if rows::changes_rows(stmt) => row_facts::change(b, stmt),
        _ if owner_only(stmt) => {
            privilege::keep(b, stmt.syntax());
            Ok(Fate::Modelled)
        }
        _ if says_nothing(stmt) => Ok(Fate::Skipped),
        _ => Err(DiagnosticKind::NotModelled { what: first_words(stmt) }),
    }
}

/// Calls a reader that stays a function of its own. All in one they would be what a browser compiles for a fifth of a second before
/// the first file is read quickly, where a script needs four of them.
#[inline(never)]
fn apart<N>(b: &mut Builder, node: &N, read: impl FnOnce(&mut Builder, &N) -> Step) -> Step {
    read(b, node)
}

/// What a statement is, such as `CREATE EVENT TRIGGER`: its words up to the first name or text.
fn first_words(stmt: &Stmt) -> String {
    let is_word = |it: &str| it.bytes().all(|it| it.is_ascii_alphabetic());
    let named = |it: &SyntaxToken| it.parent().is_some_and(|it| it.kind() != stmt.syntax().kind());
    let replace = |it: &SyntaxToken| it.parent().is_some_and(|it| it.kind() == SyntaxKind::OR_REPLACE);
    let tokens = syntax::tokens(stmt.syntax()).filter(|it| !replace(it));
    let words = tokens.take_while(|it| is_word(it.text()) && !named(it)).take(4);
    words.map(|it| it.text().to_ascii_uppercase()).collect::<Vec<_>>().join(" ")
}

/// The objects in a schema are read as if they were statements of their own under its search path.
fn create_schema(b: &mut Builder, node: &ast::CreateSchema) -> Step {
    let (name, elements) = namespace::create(b, node)?;
    if elements.is_empty() {
        return Ok(Fate::Modelled);
    }
    let outside = b.search_path().to_vec();
    let mut inside = vec![name];
    inside.extend(outside.iter().cloned());
    b.set_search_path(inside);
    for stmt in elements.into_iter().filter_map(|it| Stmt::cast(it.syntax().clone())) {
        super::run(b, &stmt, None);
    }
    b.set_search_path(outside);
    Ok(Fate::Modelled)
}

/// `CLUSTER t USING i` also marks the index for the next time.
fn cluster(b: &mut Builder, node: &ast::Cluster) -> Step {
    let legacy = node.cluster_legacy();
    let index = node.cluster_using_index().and_then(|it| it.index_ref());
    let index = index
        .or_else(|| legacy.as_ref().and_then(squawk_syntax::ast::ClusterLegacy::index_ref))
        .and_then(|it| syntax::name(&it));
    let on = node.table_name_ref();
    let on = on.or_else(|| legacy.and_then(|it| it.on_path()).and_then(|it| it.table_name_ref()));
    let on = on.and_then(|it| syntax::name(&it));
    let (Some(index), Some(on)) = (index, on) else { return Ok(Fate::Skipped) };
    match b.relation(&on) {
        Some(Relation::Table(id)) => {
            table::set(b, id, |it| it.cluster_on = Some(index.name));
            Ok(Fate::Modelled)
        }
        Some(Relation::View(id)) => {
            let sql = b.sql(node).trim_end_matches(';').trim_end().to_owned();
            let why = DiagnosticKind::NotModelled { what: "CLUSTER of a materialized view".into() };
            b.keep(sql, Stage::Views, vec![id.into()], why);
            Ok(Fate::Modelled)
        }
        _ => Ok(Fate::Skipped),
    }
}

fn select(b: &mut Builder, node: &ast::Select) -> Step {
    if settings::set_config(b, node) {
        return Ok(Fate::Skipped);
    }
    let Some(call) = settings::call_of(node) else {
        return Err(DiagnosticKind::LeftOut { what: "a query" });
    };
    match trigger::callee(&call) {
        // Where a sequence stands is data.
        Some(name) if name.name == "setval" => Ok(Fate::Skipped),
        Some(name) if block::call(b, &name, call.arg_list().as_ref()) => Ok(Fate::Modelled),
        Some(name) if name.is_temporary() => Err(own_call(b)),
        Some(name) => {
            if name.name == "addgeometrycolumn"
                && let Some(read) = geometry::add_column(b, call.arg_list().as_ref())
            {
                return read;
            }
            b.ran_code();
            Err(DiagnosticKind::NotModelled { what: format!("SELECT {name}()") })
        }
        None => Err(DiagnosticKind::LeftOut { what: "a query" }),
    }
}

fn call(b: &mut Builder, node: &ast::Call) -> Step {
    let name = node.procedure_name_ref().and_then(|it| syntax::name(&it));
    if name.as_ref().is_some_and(|it| block::call(b, it, node.arg_list().as_ref())) {
        return Ok(Fate::Modelled);
    }
    if name.is_some_and(|it| it.is_temporary()) {
        return Err(own_call(b));
    }
    b.ran_code();
    Err(DiagnosticKind::NotModelled { what: "CALL".into() })
}

/// A function that ends with the session is for the rows of its time; kept, the call would not find it.
fn own_call(b: &mut Builder) -> DiagnosticKind {
    b.rows_by_code = true;
    DiagnosticKind::LeftOut { what: "a call of a temporary function" }
}

fn alter_routine(b: &mut Builder, stmt: &Stmt) -> Step {
    let (name, parameters, change) = match stmt {
        Stmt::AlterFunction(it) => {
            let signature = it.function_sig();
            let change = match it.action() {
                Some(ast::AlterFunctionAction::OwnerTo(_)) => Change::Owner,
                Some(ast::AlterFunctionAction::FunctionRenameTo(it)) => {
                    Change::Rename(it.function_name().and_then(|it| syntax::name(&it)))
                }
                Some(ast::AlterFunctionAction::SetSchema(it)) => {
                    Change::Schema(it.schema_ref().map(|it| syntax::ident(&it)))
                }
                Some(ast::AlterFunctionAction::FuncOptionList(it)) => Change::Options(it),
                _ => Change::Other,
            };
            let name = signature
                .as_ref()
                .and_then(squawk_syntax::ast::FunctionSig::function_name_ref)
                .and_then(|it| syntax::name(&it));
            (name, signature.and_then(|it| it.param_list()), change)
        }
        Stmt::AlterProcedure(it) => {
            let signature = it.procedure_sig();
            let change = match it.action() {
                Some(ast::AlterProcedureAction::OwnerTo(_)) => Change::Owner,
                Some(ast::AlterProcedureAction::ProcedureRenameTo(it)) => {
                    Change::Rename(it.procedure_name().and_then(|it| syntax::name(&it)))
                }
                Some(ast::AlterProcedureAction::SetSchema(it)) => {
                    Change::Schema(it.schema_ref().map(|it| syntax::ident(&it)))
                }
                Some(ast::AlterProcedureAction::FuncOptionList(it)) => Change::Options(it),
                _ => Change::Other,
            };
            let name = signature
                .as_ref()
                .and_then(squawk_syntax::ast::ProcedureSig::procedure_name_ref)
                .and_then(|it| syntax::name(&it));
            (name, signature.and_then(|it| it.param_list()), change)
        }
        Stmt::AlterRoutine(it) => {
            let signature = it.routine_sig();
            let change = match it.action() {
                Some(ast::AlterRoutineAction::OwnerTo(_)) => Change::Owner,
                Some(ast::AlterRoutineAction::RoutineRenameTo(it)) => {
                    Change::Rename(it.routine_name().and_then(|it| syntax::name(&it)))
                }
                Some(ast::AlterRoutineAction::SetSchema(it)) => {
                    Change::Schema(it.schema_ref().map(|it| syntax::ident(&it)))
                }
                Some(ast::AlterRoutineAction::FuncOptionList(it)) => Change::Options(it),
                _ => Change::Other,
            };
            let name = signature
                .as_ref()
                .and_then(squawk_syntax::ast::RoutineSig::routine_name_ref)
                .and_then(|it| syntax::name(&it));
            (name, signature.and_then(|it| it.param_list()), change)
        }
        _ => (None, None, Change::Other),
    };
    function::alter(b, stmt.syntax(), name, parameters.as_ref(), change)
}

fn is_drop(stmt: &Stmt) -> bool {
    syntax::tokens(stmt.syntax()).next().is_some_and(|it| it.text().eq_ignore_ascii_case("drop"))
}

fn drops(b: &mut Builder, stmt: &Stmt) -> Step {
    match stmt {
        Stmt::DropTable(it) => {
            drop::relations(b, Relation::is_table, it.table_name_refs(), it.if_exists().is_some())
        }
        Stmt::DropForeignTable(it) => {
            drop::relations(b, Relation::is_table, it.table_name_refs(), it.if_exists().is_some())
        }
        Stmt::DropView(it) => drop::relations(b, Relation::is_view, it.view_refs(), it.if_exists().is_some()),
        Stmt::DropMaterializedView(it) => {
            drop::relations(b, Relation::is_view, it.view_refs(), it.if_exists().is_some())
        }
        Stmt::DropSequence(it) => {
            drop::relations(b, Relation::is_sequence, it.sequence_refs(), it.if_exists().is_some())
        }
        Stmt::DropIndex(it) => {
            drop::relations(b, Relation::is_index, it.index_refs(), it.if_exists().is_some())
        }
        Stmt::DropType(it) => drop::types(b, it.type_name_refs(), it.if_exists().is_some()),
        Stmt::DropDomain(it) => drop::types(b, it.domain_refs(), it.if_exists().is_some()),
        Stmt::DropSchema(it) => drop::namespaces(b, it.schema_refs(), it.if_exists().is_some()),
        Stmt::DropExtension(it) => namespace::drop_extensions(b, it),
        Stmt::DropTrigger(it) => trigger::drop(b, it),
        Stmt::DropPolicy(it) => trigger::drop_policy(b, it),
        Stmt::DropFunction(it) => {
            let signatures = it.function_sig_list().into_iter().flat_map(|it| it.function_sigs());
            let signatures = signatures
                .filter_map(|it| Some((syntax::name(&it.function_name_ref()?)?, it.param_list())))
                .collect();
            drop::functions(b, signatures, it.if_exists().is_some())
        }
        Stmt::DropProcedure(it) => {
            let signatures = it.procedure_sig_list().into_iter().flat_map(|it| it.procedure_sigs());
            let signatures = signatures
                .filter_map(|it| Some((syntax::name(&it.procedure_name_ref()?)?, it.param_list())))
                .collect();
            drop::functions(b, signatures, it.if_exists().is_some())
        }
        Stmt::DropRoutine(it) => {
            let signatures = it.routine_sig_list().into_iter().flat_map(|it| it.routine_sigs());
            let signatures = signatures
                .filter_map(|it| Some((syntax::name(&it.routine_name_ref()?)?, it.param_list())))
                .collect();
            drop::functions(b, signatures, it.if_exists().is_some())
        }
        _ => drop::kept(b, stmt),
    }
}

/// `ALTER … OWNER TO` of what is kept as written.
fn owner_only(stmt: &Stmt) -> bool {
    let words: Vec<String> = syntax::tokens(stmt.syntax()).map(|it| it.text().to_ascii_uppercase()).collect();
    words.first().is_some_and(|it| it == "ALTER")
        && words.windows(2).any(|it| it[0] == "OWNER" && it[1] == "TO")
}

/// Transactions, settings and maintenance.
fn says_nothing(stmt: &Stmt) -> bool {
    matches!(
        stmt,
        Stmt::Begin(_)
            | Stmt::Commit(_)
            | Stmt::Rollback(_)
            | Stmt::SavepointCreate(_)
            | Stmt::ReleaseSavepoint(_)
            | Stmt::ResetRole(_)
            | Stmt::ResetSessionAuth(_)
            | Stmt::SetRole(_)
            | Stmt::SetSessionAuth(_)
            | Stmt::SetTransaction(_)
            | Stmt::SetConstraints(_)
            | Stmt::Show(_)
            | Stmt::Analyze(_)
            | Stmt::Vacuum(_)
            | Stmt::Reindex(_)
            | Stmt::Checkpoint(_)
            | Stmt::Discard(_)
            | Stmt::Deallocate(_)
            | Stmt::Listen(_)
            | Stmt::Unlisten(_)
            | Stmt::Notify(_)
            | Stmt::Load(_)
            | Stmt::Lock(_)
            | Stmt::Refresh(_)
            | Stmt::Explain(_)
            | Stmt::EmptyStmt(_)
            | Stmt::CreateDatabase(_)
            | Stmt::AlterDatabase(_)
            | Stmt::AlterSystem(_)
    )
}

fn is_of_view(b: &Builder, node: &ast::AlterTable) -> bool {
    let name = node.table_relation_name().and_then(|it| syntax::name(&it));
    matches!(name.and_then(|it| b.relation(&it)), Some(Relation::View(_)))
}

/// Where a statement belongs that is kept as written.
pub fn stage(b: &Builder, stmt: &Stmt) -> Stage {
    match stmt {
        Stmt::CreateRole(_)
        | Stmt::AlterRole(_)
        | Stmt::CreateUser(_)
        | Stmt::AlterUser(_)
        | Stmt::CreateGroup(_)
        | Stmt::AlterGroup(_)
        | Stmt::CreateTablespace(_)
        | Stmt::CreateLanguage(_) => Stage::Prologue,
        Stmt::CreateSchema(_)
        | Stmt::CreateExtension(_)
        | Stmt::AlterExtension(_)
        | Stmt::CreateAccessMethod(_)
        | Stmt::CreateForeignDataWrapper(_)
        | Stmt::CreateServer(_)
        | Stmt::CreateUserMapping(_) => Stage::Namespaces,
        // A name alone, so that functions can speak of the type before it is made.
        Stmt::CreateType(it) if it.kind().is_none() => Stage::Namespaces,
        Stmt::CreateType(_)
        | Stmt::AlterType(_)
        | Stmt::CreateDomain(_)
        | Stmt::AlterDomain(_)
        | Stmt::CreateCollation(_)
        | Stmt::AlterCollation(_)
        | Stmt::CreateTextSearchConfiguration(_)
        | Stmt::AlterTextSearchConfiguration(_)
        | Stmt::CreateTextSearchDictionary(_)
        | Stmt::AlterTextSearchDictionary(_)
        | Stmt::CreateTextSearchParser(_)
        | Stmt::CreateTextSearchTemplate(_) => Stage::Types,
        Stmt::CreateFunction(_)
        | Stmt::CreateProcedure(_)
        | Stmt::AlterFunction(_)
        | Stmt::AlterProcedure(_)
        | Stmt::AlterRoutine(_)
        | Stmt::CreateAggregate(_)
        | Stmt::CreateOperator(_)
        | Stmt::CreateOperatorClass(_)
        | Stmt::CreateOperatorFamily(_)
        | Stmt::AlterOperatorFamily(_)
        | Stmt::CreateCast(_)
        | Stmt::CreateConversion(_)
        | Stmt::CreateTransform(_) => Stage::Functions,
        Stmt::CreateTable(_)
        | Stmt::CreateTableAs(_)
        | Stmt::SelectInto(_)
        | Stmt::CreateForeignTable(_)
        | Stmt::AlterForeignTable(_)
        | Stmt::ImportForeignSchema(_)
        | Stmt::CreateSequence(_)
        | Stmt::AlterSequence(_) => Stage::Tables,
        Stmt::AlterTable(it) if is_of_view(b, it) => Stage::Views,
        Stmt::AlterTable(_) => Stage::Constraints,
        Stmt::CreateIndex(_) | Stmt::AlterIndex(_) | Stmt::CreateStatistics(_) | Stmt::AlterStatistics(_) => {
            Stage::Indexes
        }
        Stmt::CreateView(_)
        | Stmt::CreateMaterializedView(_)
        | Stmt::AlterView(_)
        | Stmt::AlterMaterializedView(_) => Stage::Views,
        Stmt::CreateTrigger(_)
        | Stmt::AlterTrigger(_)
        | Stmt::CreateRule(_)
        | Stmt::AlterRule(_)
        | Stmt::CreateEventTrigger(_)
        | Stmt::AlterEventTrigger(_) => Stage::Triggers,
        Stmt::CreatePolicy(_) | Stmt::AlterPolicy(_) => Stage::Policies,
        Stmt::Select(it) => {
            let callee = settings::call_of(it).and_then(|it| trigger::callee(&it));
            callee.map_or(Stage::Epilogue, |it| stage_of_call(b, &it))
        }
        Stmt::CommentOn(_) | Stmt::SecurityLabel(_) => Stage::Comments,
        Stmt::Grant(_) | Stmt::Revoke(_) | Stmt::AlterDefaultPrivileges(_) => Stage::Privileges,
        Stmt::Insert(_) | Stmt::Copy(_) => Stage::Rows,
        _ => Stage::Epilogue,
    }
}

/// Where the call of a function belongs: one that makes types, and neither makes nor fills tables, comes before the tables that may
/// have columns of them.
fn stage_of_call(b: &Builder, name: &Name) -> Stage {
    let ids = b.routines(name).map(|it| it.1).unwrap_or_default();
    let body = |id| match b.functions.get(id).map(|it| &it.body) {
        Some(FunctionBody::Text(it)) => it.to_ascii_lowercase(),
        _ => String::new(),
    };
    let mut bodies = ids.iter().map(body);
    let is_for_types = |it: &str| {
        let words: Vec<&str> = it.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').collect();
        words.windows(2).any(|it| it == ["create", "type"])
            && !words.iter().any(|it| ["table", "into"].contains(it))
    };
    if bodies.any(|it| is_for_types(&it)) { Stage::Functions } else { Stage::Epilogue }
}

/// Where a statement belongs that could not be parsed, by its first words.
pub fn stage_of_words(sql: &str) -> Stage {
    let words = tokens(sql).filter_map(|it| it.name(sql).map(std::borrow::Cow::into_owned));
    let noise = [
        "or",
        "replace",
        "unlogged",
        "materialized",
        "recursive",
        "unique",
        "constraint",
        "trusted",
        "procedural",
    ];
    let words: Vec<String> = words.filter(|it| !noise.contains(&it.as_str())).take(2).collect();
    let [verb, what] = words.as_slice() else { return Stage::Epilogue };
    match (verb.as_str(), what.as_str()) {
        ("create" | "alter", "language") => Stage::Prologue,
        ("create", "schema" | "extension") => Stage::Namespaces,
        ("create" | "alter", "type" | "domain") => Stage::Types,
        ("create" | "alter", "function" | "procedure" | "aggregate" | "operator" | "cast") => {
            Stage::Functions
        }
        ("create", "table" | "sequence" | "foreign") => Stage::Tables,
        ("alter", "table") => Stage::Constraints,
        ("create", "index") => Stage::Indexes,
        ("create", "view") => Stage::Views,
        ("create", "trigger" | "rule") => Stage::Triggers,
        ("create", "policy") => Stage::Policies,
        ("comment", _) => Stage::Comments,
        ("grant" | "revoke", _) => Stage::Privileges,
        _ => Stage::Epilogue,
    }
}

/// Notes the name of a relation that is kept as written, so that what refers to it comes after it.
pub fn name_kept(b: &mut Builder, stmt: &Stmt, id: VerbatimId) {
    let name = match stmt {
        Stmt::CreateForeignTable(it) => ast::HasCreateTable::table_name(it).and_then(|it| syntax::name(&it)),
        Stmt::CreateTableAs(it) => it.table_name().and_then(|it| syntax::name(&it)),
        Stmt::CreateTable(it) => ast::HasCreateTable::table_name(it).and_then(|it| syntax::name(&it)),
        Stmt::SelectInto(it) => {
            it.into_clause().and_then(|it| it.table_name()).and_then(|it| syntax::name(&it))
        }
        Stmt::CreateView(it) => it.view().and_then(|it| syntax::name(&it)),
        Stmt::CreateMaterializedView(it) => it.view().and_then(|it| syntax::name(&it)),
        _ => None,
    };
    if let Some(name) = name {
        let place = b.place_of_new(&name);
        b.relations.entry((place, name.name)).or_insert(Relation::Kept(id));
    }
}

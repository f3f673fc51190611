//! `CREATE FUNCTION` and `CREATE PROCEDURE`: the header is modelled, the body kept as text.

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::{SyntaxKind, SyntaxNode};

use crate::design::{
    ArgumentMode, BaseType, DataType, Function, FunctionArgument, FunctionBody, FunctionId, SqlText,
};
use crate::read::DiagnosticKind;
use crate::sql::mentions;

use super::builder::{Builder, Fate, Place, Step};
use super::data_type::data_type;
use super::syntax::{self, Name};
use super::{privilege, rewrite};

fn not_modelled(what: &str) -> DiagnosticKind {
    DiagnosticKind::NotModelled { what: what.into() }
}

/// What `CREATE FUNCTION` and `CREATE PROCEDURE` share.
struct Header {
    name: Option<Name>,
    replace: bool,
    procedure: bool,
    parameters: Option<ast::ParamList>,
    returns: Option<ast::RetType>,
    options: Option<ast::FuncOptionList>,
    body: Option<ast::RoutineBody>,
}

/// Reads `CREATE FUNCTION`.
pub fn create(b: &mut Builder, node: &ast::CreateFunction) -> Step {
    let header = Header {
        name: node.name().and_then(|it| syntax::name(&it)),
        replace: node.or_replace().is_some(),
        procedure: false,
        parameters: node.param_list(),
        returns: node.ret_type(),
        options: node.option_list(),
        body: node.body(),
    };
    read(b, header)
}

/// Reads `CREATE PROCEDURE`.
pub fn create_procedure(b: &mut Builder, node: &ast::CreateProcedure) -> Step {
    let header = Header {
        name: node.name().and_then(|it| syntax::name(&it)),
        replace: node.or_replace().is_some(),
        procedure: true,
        parameters: node.param_list(),
        returns: None,
        options: node.option_list(),
        body: node.body(),
    };
    read(b, header)
}

fn read(b: &mut Builder, header: Header) -> Step {
    let name = header.name.ok_or_else(|| not_modelled("CREATE FUNCTION"))?;
    let place = b.place_of_new(&name);
    let signature = signature(b, header.parameters.as_ref());
    let known = find_in(b, place, &name.name, &signature);
    if known.is_some() && !header.replace {
        b.say(DiagnosticKind::Exists { name: name.to_string() });
        return Ok(Fate::Skipped);
    }
    let options: Vec<ast::FuncOption> = header.options.into_iter().flat_map(|it| it.options()).collect();
    let body = match &header.body {
        Some(body) => FunctionBody::Sql(b.sql(body)),
        None => body_of(&options).ok_or_else(|| not_modelled("a function without a body"))?,
    };
    let mut reads = Vec::new();
    let parts = [
        header.parameters.as_ref().map(AstNode::syntax),
        header.returns.as_ref().map(AstNode::syntax),
        header.body.as_ref().map(AstNode::syntax),
    ];
    for part in parts.into_iter().flatten() {
        reads.extend(b.mentions(part));
    }
    reads.sort_unstable();
    reads.dedup();
    let parameters = header.parameters.into_iter().flat_map(|it| it.params());
    let arguments = parameters.map(|it| argument(b, &it)).collect();
    let id: FunctionId = known.unwrap_or_else(|| b.ids.take());
    reads.retain(|it| *it != id.into());
    let comment = known.and_then(|it| b.functions.get(&it)).and_then(|it| it.comment.clone());
    let language = language(&options).unwrap_or_else(|| "sql".to_owned());
    let search_path = search_path(b, &language, &body);
    let function = Function {
        id,
        namespace: place,
        name: name.name.clone(),
        procedure: header.procedure,
        arguments,
        returns: header.returns.map(|it| returns(b, &it)),
        language,
        search_path,
        attributes: attributes(b, &options),
        body,
        reads,
        comment,
        origin: b.origin(),
    };
    b.functions.insert(id, function);
    b.signatures.insert(id, signature);
    if known.is_none() {
        b.routines.entry((place, name.name)).or_default().push(id);
    }
    Ok(Fate::Modelled)
}

/// The search path of the moment, where the body may mean other things under the usual one: PostgreSQL looks at a text
/// when it makes the function. Bodies that are no text had their names made independent of it.
fn search_path(b: &Builder, language: &str, body: &FunctionBody) -> Vec<String> {
    let FunctionBody::Text(text) = body else { return Vec::new() };
    let matters = match language {
        "sql" => true,
        "plpgsql" => mentions(text).iter().any(|it| {
            let name = Name { namespace: None, name: it.last().name.clone() };
            let place = || b.place_of_relation(&name).or_else(|| b.base_type(&name).map(|it| it.0));
            it.parts.len() == 1 && place().flatten().is_some()
        }),
        _ => false,
    };
    if !matters || b.has_plain_path() {
        return Vec::new();
    }
    // `pg_catalog` is searched first where it is not named, which is what the types of the header mean.
    b.search_path().iter().filter(|it| *it != "pg_catalog").cloned().collect()
}

fn returns(b: &Builder, node: &ast::RetType) -> SqlText {
    if let Some(ast::FuncType::PercentType(it)) = node.func_type()
        && let Some(copied) = copied_type(b, &it)
    {
        let set = syntax::has(node, SyntaxKind::SETOF_KW) || syntax::has(&it, SyntaxKind::SETOF_KW);
        return if set { format!("SETOF {}", words(b, &copied)) } else { words(b, &copied) };
    }
    let text = b.sql(node);
    text.get("returns".len()..).unwrap_or_default().trim_start().to_owned()
}

fn argument(b: &Builder, node: &ast::Param) -> FunctionArgument {
    let mode = match node.mode() {
        Some(ast::ParamMode::ParamOut(_)) => ArgumentMode::Out,
        Some(ast::ParamMode::ParamInOut(_)) => ArgumentMode::InOut,
        Some(ast::ParamMode::ParamVariadic(_)) => ArgumentMode::Variadic,
        Some(ast::ParamMode::ParamIn(_)) | None => ArgumentMode::In,
    };
    FunctionArgument {
        mode,
        name: node.name().map(|it| syntax::ident(&it)).filter(|it| !it.is_empty()),
        data_type: node.func_type().map_or_else(String::new, |it| type_words_of(b, &it)),
        default: node.param_default().and_then(|it| it.expr()).map(|it| b.sql(&it)),
    }
}

/// A type as written, and what `table.column%TYPE` stands for: PostgreSQL keeps the type that the column has now (manual,
/// `CREATE FUNCTION`, "argtype").
fn type_words_of(b: &Builder, node: &ast::FuncType) -> SqlText {
    let copied = match node {
        ast::FuncType::PercentType(it) => copied_type(b, it),
        ast::FuncType::Type(_) => None,
    };
    copied.map_or_else(|| b.sql(node), |it| words(b, &it))
}

/// The type of the column that `%TYPE` speaks of, without modifiers; nothing where the column is not known.
fn copied_type(b: &Builder, node: &ast::PercentType) -> Option<DataType> {
    let (table, column) = super::sequence::column(b, node.path_ref()?.syntax()).ok()?;
    let known = b.tables.get(&table)?.column(column)?.data_type.clone();
    let nameable = matches!(known.base, BaseType::Builtin(_) | BaseType::Enum(_) | BaseType::Domain(_));
    nameable.then(|| DataType { modifiers: Vec::new(), ..known })
}

fn words(b: &Builder, data_type: &DataType) -> SqlText {
    let name = match &data_type.base {
        BaseType::Builtin(it) => it.name().to_owned(),
        BaseType::Enum(id) => {
            b.enums.get(id).map(|it| b.qualified(it.namespace, &it.name)).unwrap_or_default()
        }
        BaseType::Domain(id) => {
            b.domains.get(id).map(|it| b.qualified(it.namespace, &it.name)).unwrap_or_default()
        }
        _ => String::new(),
    };
    name + &"[]".repeat(usize::from(data_type.dimensions))
}

/// The types of the arguments that go in, by which functions of one name are told apart.
fn signature(b: &Builder, parameters: Option<&ast::ParamList>) -> Vec<DataType> {
    let goes_in = |it: &ast::Param| !matches!(it.mode(), Some(ast::ParamMode::ParamOut(_)));
    let types = parameters.into_iter().flat_map(ast::ParamList::params).filter(goes_in);
    types.map(|it| type_of(b, &it)).collect()
}

fn type_of(b: &Builder, node: &ast::Param) -> DataType {
    match node.func_type() {
        Some(ast::FuncType::Type(it)) => {
            // `DROP FUNCTION f(a integer)` and `f(integer)` read alike; modifiers are no part of an argument's type.
            DataType { modifiers: Vec::new(), ..data_type(b, &it) }
        }
        other => {
            if let Some(ast::FuncType::PercentType(it)) = &other
                && let Some(copied) = copied_type(b, it)
            {
                return copied;
            }
            let name = other.map_or_else(String::new, |it| syntax::text(&it));
            DataType::new(BaseType::Other { namespace: None, name: name.into() })
        }
    }
}

fn find_in(b: &Builder, place: Place, name: &str, signature: &[DataType]) -> Option<FunctionId> {
    let same = |id: &FunctionId| {
        b.signatures.get(id).is_some_and(|it| {
            it.len() == signature.len() && it.iter().zip(signature).all(|(x, y)| Builder::is_same_type(x, y))
        })
    };
    b.routines.get(&(place, name.to_owned()))?.iter().copied().find(same)
}

/// The function of this name and, where they are given, these argument types; without them the only one of the name.
pub fn find(b: &Builder, name: &Name, parameters: Option<&ast::ParamList>) -> Option<FunctionId> {
    let (place, ids) = b.routines(name)?;
    match parameters {
        Some(_) => find_in(b, place, &name.name, &signature(b, parameters)),
        None => match ids.as_slice() {
            [one] => Some(*one),
            _ => None,
        },
    }
}

fn language(options: &[ast::FuncOption]) -> Option<String> {
    options.iter().find_map(|it| match it {
        ast::FuncOption::LanguageFuncOption(it) => match (it.language_ref(), it.literal()) {
            (Some(name), _) => Some(syntax::ident(&name)),
            (None, Some(literal)) => syntax::string(&literal).map(|it| it.to_lowercase()),
            (None, None) => None,
        },
        _ => None,
    })
}

fn body_of(options: &[ast::FuncOption]) -> Option<FunctionBody> {
    options.iter().find_map(|it| match it {
        ast::FuncOption::AsFuncOption(it) => match it.as_func_target()? {
            ast::AsFuncTarget::AsDefinition(it) => {
                let text = it.literal().and_then(|it| syntax::string(&it))?;
                Some(match language(options).as_deref() {
                    Some("c") => FunctionBody::Library { file: text, symbol: None },
                    _ => FunctionBody::Text(text),
                })
            }
            ast::AsFuncTarget::AsObjFile(it) => Some(FunctionBody::Library {
                file: it.obj_file().and_then(|it| syntax::string(&it))?,
                symbol: it.link_symbol().and_then(|it| syntax::string(&it)),
            }),
        },
        _ => None,
    })
}

/// Options in the order in which `pg_dump` writes them; what is the default is not said.
fn attributes(b: &Builder, options: &[ast::FuncOption]) -> Vec<SqlText> {
    let mut ranked: Vec<(u8, SqlText)> = Vec::new();
    for option in options {
        let upper = syntax::words(option);
        let ranked_text = match option {
            ast::FuncOption::TransformFuncOption(it) => Some((0, b.sql(it))),
            ast::FuncOption::WindowFuncOption(_) => Some((1, "WINDOW".to_owned())),
            ast::FuncOption::VolatilityFuncOption(_) => (upper != "VOLATILE").then_some((2, upper)),
            ast::FuncOption::StrictFuncOption(_) | ast::FuncOption::ReturnsNullOnNullInputFuncOption(_) => {
                Some((3, "STRICT".to_owned()))
            }
            ast::FuncOption::SecurityDefinerFuncOption(_) => Some((4, "SECURITY DEFINER".to_owned())),
            ast::FuncOption::LeakproofFuncOption(_) => Some((5, "LEAKPROOF".to_owned())),
            ast::FuncOption::CostFuncOption(_) | ast::FuncOption::RowsFuncOption(_) => Some((6, upper)),
            ast::FuncOption::SupportFuncOption(it) => Some((7, b.sql(it))),
            ast::FuncOption::ParallelFuncOption(_) => (upper != "PARALLEL UNSAFE").then_some((8, upper)),
            ast::FuncOption::SetFuncOption(it) => Some((9, syntax::text(it))),
            ast::FuncOption::AsFuncOption(_)
            | ast::FuncOption::LanguageFuncOption(_)
            | ast::FuncOption::CalledOnNullInputFuncOption(_)
            | ast::FuncOption::NotLeakproofFuncOption(_)
            | ast::FuncOption::ResetFuncOption(_)
            | ast::FuncOption::SecurityInvokerFuncOption(_) => None,
        };
        ranked.extend(ranked_text);
    }
    ranked.sort_by_key(|it| it.0);
    ranked.into_iter().map(|it| it.1).collect()
}

/// `ALTER FUNCTION`, `PROCEDURE` or `ROUTINE`: what it says of which function.
pub enum Change {
    /// `OWNER TO`.
    Owner,
    /// `RENAME TO`.
    Rename(Option<Name>),
    /// `SET SCHEMA`.
    Schema(Option<String>),
    /// New options.
    Options(ast::FuncOptionList),
    /// Something else.
    Other,
}

/// Reads `ALTER FUNCTION` and its kind.
pub fn alter(
    b: &mut Builder,
    node: &SyntaxNode,
    name: Option<Name>,
    parameters: Option<&ast::ParamList>,
    change: Change,
) -> Step {
    let name = name.ok_or_else(|| not_modelled("ALTER FUNCTION"))?;
    if let Change::Owner = change {
        privilege::keep(b, node);
        return Ok(Fate::Modelled);
    }
    let unknown = || DiagnosticKind::Unknown { what: "function", name: name.to_string() };
    let id = find(b, &name, parameters).ok_or_else(unknown)?;
    let Some(mut function) = b.functions.get(&id).cloned() else { return Err(unknown()) };
    let (old_place, old_name) = (function.namespace, function.name.clone());
    match change {
        Change::Rename(new) => function.name = new.ok_or_else(unknown)?.name,
        Change::Schema(schema) => function.namespace = b.namespace(&schema.unwrap_or_default()),
        Change::Options(list) => {
            let options: Vec<ast::FuncOption> = list.options().collect();
            if options.iter().any(|it| it.syntax().kind() == SyntaxKind::RESET_FUNC_OPTION) {
                return Err(not_modelled("ALTER FUNCTION RESET"));
            }
            let new = attributes(b, &options);
            let first = |it: &str| it.split(' ').take(2).map(str::to_lowercase).collect::<Vec<_>>();
            let volatility = |it: &str| matches!(it, "IMMUTABLE" | "STABLE");
            let says_volatility =
                options.iter().any(|it| matches!(it, ast::FuncOption::VolatilityFuncOption(_)));
            function.attributes.retain(|old| {
                !(new.iter().any(|it| first(it) == first(old)) || says_volatility && volatility(old))
            });
            function.attributes.extend(new);
        }
        Change::Owner | Change::Other => return Err(not_modelled("ALTER FUNCTION")),
    }
    let new_key = (function.namespace, function.name.clone());
    if new_key != (old_place, old_name.clone()) {
        if let Some(ids) = b.routines.get_mut(&(old_place, old_name.clone())) {
            ids.retain(|it| *it != id);
        }
        rewrite::moved(b, old_place, &old_name, new_key.0, &new_key.1);
        b.routines.entry(new_key).or_default().push(id);
    }
    b.functions.insert(id, function);
    Ok(Fate::Modelled)
}

//! Settings that change what names mean.

use squawk_syntax::ast::{self, AstNode};

use super::builder::{Builder, Fate, Step};
use super::{syntax, trigger};

/// Reads `SET`.
pub fn set(b: &mut Builder, node: &ast::Set) -> Step {
    match node.set_target() {
        Some(ast::SetTarget::SetConfig(it)) => {
            let name = it.config_parameter_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
            match name.as_deref() {
                Some("search_path") => search_path(b, it.config_assignment()),
                Some("check_function_bodies") if is_off(&syntax::words(&it)) => {
                    b.leave_bodies_unchecked();
                }
                Some("check_function_bodies") => b.check_bodies(),
                _ => {}
            }
        }
        Some(ast::SetTarget::SetSchemaValue(it)) => {
            b.set_search_path(it.literal().and_then(|it| syntax::string(&it)).into_iter().collect());
        }
        _ => {}
    }
    Ok(Fate::Skipped)
}

fn is_off(words: &str) -> bool {
    let value = words.rsplit(' ').next().unwrap_or_default().trim_matches('\'');
    matches!(value, "FALSE" | "OFF" | "NO" | "0")
}

/// Reads `RESET`.
pub fn reset(b: &mut Builder, node: &ast::Reset) -> Step {
    let words = syntax::words(node);
    if words.contains("SEARCH_PATH") || words.ends_with(" ALL") {
        b.set_search_path(vec!["public".to_owned()]);
    }
    if words.contains("CHECK_FUNCTION_BODIES") || words.ends_with(" ALL") {
        b.check_bodies();
    }
    Ok(Fate::Skipped)
}

fn search_path(b: &mut Builder, assignment: Option<ast::ConfigAssignment>) {
    let Some(ast::ConfigAssignment::ToConfigValue(values)) = assignment else { return };
    let mut path = Vec::new();
    for value in values.config_values() {
        path.push(match ast::Literal::cast(value.syntax().clone()) {
            Some(literal) => syntax::string(&literal).unwrap_or_default(),
            None => ast::normalize_name_node(value.syntax()),
        });
    }
    // `TO DEFAULT` has no values.
    if path.is_empty() {
        path.push("public".to_owned());
    }
    b.set_search_path(path);
}

/// `SELECT set_config('search_path', …)`, which is how `pg_dump` sets it. Whether the query was of this kind.
pub fn set_config(b: &mut Builder, node: &ast::Select) -> bool {
    let Some(call) = call_of(node) else { return false };
    let Some(name) = trigger::callee(&call) else { return false };
    if name.name != "set_config" {
        return false;
    }
    let arguments: Vec<String> = call
        .arg_list()
        .into_iter()
        .flat_map(|it| it.args())
        .filter_map(|it| it.syntax().descendants().find_map(ast::Literal::cast))
        .filter_map(|it| syntax::string(&it))
        .collect();
    if let [name, value, ..] = arguments.as_slice()
        && name == "search_path"
    {
        let path = value.split(',').map(|it| it.trim().trim_matches('"').to_owned());
        b.set_search_path(path.filter(|it| !it.is_empty()).collect());
    }
    true
}

/// The one call that a `SELECT` consists of.
pub fn call_of(node: &ast::Select) -> Option<ast::CallExpr> {
    if node.from_clause().is_some() {
        return None;
    }
    let mut targets = node.select_clause()?.target_list()?.targets();
    let target = targets.next().filter(|_| targets.next().is_none())?;
    match target.expr()? {
        ast::Expr::CallExpr(it) => Some(it),
        _ => None,
    }
}

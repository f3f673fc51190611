//! Functions that a script makes, calls and drops again, where what they do cannot be told: the three are kept as one.

use crate::design::{ArgumentMode, Function, FunctionBody, FunctionId, Id, Stage, VerbatimId};
use crate::read::DiagnosticKind;
use crate::sql::{SqlWriter, argument_mode};

use super::builder::Builder;

/// Puts the making and the dropping of a function around the kept calls of it, so that it can be dropped.
pub fn wrap_calls(b: &mut Builder, id: FunctionId) {
    let Some(function) = b.functions.get(&id) else { return };
    let key = (function.namespace, function.name.clone());
    let calls: Vec<VerbatimId> = b
        .verbatims
        .values()
        .filter(|it| it.needs.contains(&Id::from(id)) && runs(&it.sql))
        .map(|it| it.id)
        .collect();
    let (Some(last), Some(made)) = (calls.last().copied(), made(b, function)) else { return };
    let given = function.arguments.iter().filter(|it| it.mode != ArgumentMode::Out);
    let given: Vec<&str> = given.map(|it| it.data_type.as_str()).collect();
    let name = format!("{}({})", b.qualified(function.namespace, &function.name), given.join(", "));
    let kind = if function.procedure { "PROCEDURE" } else { "FUNCTION" };
    let mut parts = vec![made];
    let mut needs: Vec<Id> = function.reads.clone();
    let mut stage = Stage::Prologue;
    for call in &calls {
        let Some(verbatim) = b.verbatims.get(call) else { continue };
        parts.push(verbatim.sql.clone());
        needs.extend(verbatim.needs.iter().copied());
        stage = stage.max(verbatim.stage);
    }
    parts.push(format!("DROP {kind} {name}"));
    needs.retain(|it| *it != Id::from(id) && !calls.iter().any(|call| *it == Id::from(*call)));
    needs.sort_unstable();
    needs.dedup();
    for call in calls.iter().filter(|it| **it != last) {
        b.verbatims.remove(call);
        b.forget((*call).into());
    }
    if let Some(verbatim) = b.verbatims.get_mut(&last) {
        verbatim.sql = parts.join(";\n");
        verbatim.needs = needs;
        verbatim.stage = stage;
        b.called_once.push((last, key));
    }
}

/// Leaves out what would take away a function of the same name that is made later and stays.
pub fn settle(b: &mut Builder) {
    for (id, key) in std::mem::take(&mut b.called_once) {
        if b.routines.get(&key).is_some_and(|it| !it.is_empty()) && b.verbatims.remove(&id).is_some() {
            b.forget(id.into());
            b.say(DiagnosticKind::LeftOut { what: "calls of a function that is made anew later" });
        }
    }
}

/// Whether a kept statement runs a function, whatever the search path around it.
fn runs(sql: &str) -> bool {
    let own = sql.strip_prefix("SET search_path").and_then(|it| it.split_once(";\n")).map_or(sql, |it| it.1);
    let word = own.split_whitespace().next().unwrap_or_default();
    // What was put around a call before begins with the other function.
    ["select", "call"].iter().any(|it| word.eq_ignore_ascii_case(it)) || own.contains(";\nDROP FUNCTION ")
}

/// The statement that makes a function whose body is a text.
fn made(b: &Builder, function: &Function) -> Option<String> {
    let FunctionBody::Text(body) = &function.body else { return None };
    let mut w = SqlWriter::new();
    w.sql(if function.procedure { "CREATE PROCEDURE " } else { "CREATE FUNCTION " });
    let namespace = function.namespace.map(|it| b.place_name(Some(it)));
    w.qualified(namespace, &function.name).sql("(");
    for (index, argument) in function.arguments.iter().enumerate() {
        w.sql(if index > 0 { ", " } else { "" }).sql(argument_mode(argument.mode));
        if let Some(name) = &argument.name {
            w.ident(name).sql(" ");
        }
        w.raw(&argument.data_type);
        if let Some(default) = &argument.default {
            w.sql(" DEFAULT ").raw(default);
        }
    }
    w.sql(")");
    if let Some(returns) = &function.returns {
        w.sql(" RETURNS ").raw(returns);
    }
    w.sql(" LANGUAGE ").ident(&function.language);
    for attribute in &function.attributes {
        w.sql(" ").raw(attribute);
    }
    w.sql(" AS ").dollar(body);
    Some(w.finish().0.trim_end().to_owned())
}

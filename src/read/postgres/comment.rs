//! `COMMENT ON`.

use squawk_syntax::ast::{self, AstNode};

use crate::design::{BaseType, Stage, Table};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Relation, Step};
use super::syntax::{self, Name};
use super::{function, table};

/// Reads `COMMENT ON`.
pub fn comment(b: &mut Builder, node: &ast::CommentOn) -> Step {
    let object = node.comment_object().ok_or_else(|| not_modelled(node))?;
    // `IS NULL` and `IS ''` take a comment away.
    let text = node.literal().and_then(|it| syntax::string(&it)).filter(|it| !it.is_empty());
    if set(b, &object, text.as_ref()).is_some() {
        return Ok(Fate::Modelled);
    }
    if is_given(&object, text.as_deref()) {
        return Ok(Fate::Skipped);
    }
    let why = match kind(&object) {
        Some(what) => {
            let words = syntax::text(&object);
            let name = words.split_once(' ').map_or(words.as_str(), |it| it.1).trim().to_owned();
            DiagnosticKind::Unknown { what, name }
        }
        None => not_modelled(&object),
    };
    let sql = b.sql(node).trim_end_matches(';').trim_end().to_owned();
    let needs = b.mentions(object.syntax());
    b.keep(sql, Stage::Comments, needs, why);
    Ok(Fate::Modelled)
}

/// Whether every database says this of itself: `pg_dump` before 14 writes out the comment of `plpgsql`, which is always there.
fn is_given(object: &ast::CommentObject, text: Option<&str>) -> bool {
    let ast::CommentObject::ObjectExtension(it) = object else { return false };
    it.extension_ref().is_some_and(|it| syntax::ident(&it) == "plpgsql")
        && text.is_none_or(|it| it == "PL/pgSQL procedural language")
}

fn not_modelled(node: &impl AstNode) -> DiagnosticKind {
    let words = syntax::words(node);
    let what: Vec<&str> = words.split(' ').take(1).collect();
    DiagnosticKind::NotModelled { what: format!("COMMENT ON {}", what.join(" ")) }
}

/// What the document has records for.
fn kind(object: &ast::CommentObject) -> Option<&'static str> {
    Some(match object {
        ast::CommentObject::ObjectTable(_) => "table",
        ast::CommentObject::ObjectView(_) | ast::CommentObject::ObjectMaterializedView(_) => "view",
        ast::CommentObject::ObjectSequence(_) => "sequence",
        ast::CommentObject::ObjectIndex(_) => "index",
        ast::CommentObject::ObjectColumn(_) => "column",
        ast::CommentObject::ObjectConstraint(_) => "constraint",
        ast::CommentObject::ObjectTrigger(_) => "trigger",
        ast::CommentObject::ObjectPolicy(_) => "policy",
        ast::CommentObject::ObjectFunction(_)
        | ast::CommentObject::ObjectProcedure(_)
        | ast::CommentObject::ObjectRoutine(_) => "function",
        ast::CommentObject::ObjectSchema(_) => "schema",
        ast::CommentObject::ObjectExtension(_) => "extension",
        ast::CommentObject::ObjectDomain(_) => "domain",
        ast::CommentObject::ObjectType(_) => "type",
        _ => return None,
    })
}

/// Sets the comment of an object; nothing when the design does not have it.
fn set(b: &mut Builder, object: &ast::CommentObject, text: Option<&String>) -> Option<()> {
    let text = text.cloned();
    let relation = |b: &Builder, node: &dyn Fn() -> Option<Name>| b.relation(&node()?);
    match object {
        ast::CommentObject::ObjectTable(it) => {
            let name = || syntax::name(&it.table_name_ref()?);
            set_relation(b, relation(b, &name)?, text)
        }
        ast::CommentObject::ObjectView(it) => {
            let name = || syntax::name(&it.view_ref()?);
            set_relation(b, relation(b, &name)?, text)
        }
        ast::CommentObject::ObjectMaterializedView(it) => {
            let name = || syntax::name(&it.view_ref()?);
            set_relation(b, relation(b, &name)?, text)
        }
        ast::CommentObject::ObjectSequence(it) => {
            let name = || syntax::name(&it.sequence_ref()?);
            set_relation(b, relation(b, &name)?, text)
        }
        ast::CommentObject::ObjectIndex(it) => {
            let name = || syntax::name(&it.index_ref()?);
            set_relation(b, relation(b, &name)?, text)
        }
        ast::CommentObject::ObjectColumn(it) => column(b, it, text),
        ast::CommentObject::ObjectConstraint(it) => constraint(b, it, text),
        ast::CommentObject::ObjectTrigger(it) => {
            let on = syntax::name(&it.relation_name_ref()?)?;
            let name = syntax::ident(&it.trigger_ref()?);
            let triggers = match b.relation(&on)? {
                Relation::Table(id) => &mut b.tables.get_mut(&id)?.triggers,
                Relation::View(id) => &mut b.views.get_mut(&id)?.triggers,
                _ => return None,
            };
            triggers.iter_mut().find(|it| it.name == name)?.comment = text;
            Some(())
        }
        ast::CommentObject::ObjectPolicy(it) => {
            let table = b.table(&syntax::name(&it.table_name_ref()?)?).ok()?;
            let name = syntax::ident(&it.policy_ref()?);
            let policies = &mut b.tables.get_mut(&table)?.policies;
            policies.iter_mut().find(|it| it.name == name)?.comment = text;
            Some(())
        }
        ast::CommentObject::ObjectFunction(it) => {
            let signature = it.function_sig()?;
            let name = syntax::name(&signature.function_name_ref()?)?;
            set_function(b, &name, signature.param_list().as_ref(), text)
        }
        ast::CommentObject::ObjectProcedure(it) => {
            let signature = it.procedure_sig()?;
            let name = syntax::name(&signature.procedure_name_ref()?)?;
            set_function(b, &name, signature.param_list().as_ref(), text)
        }
        ast::CommentObject::ObjectRoutine(it) => {
            let signature = it.routine_sig()?;
            let name = syntax::name(&signature.routine_name_ref()?)?;
            set_function(b, &name, signature.param_list().as_ref(), text)
        }
        ast::CommentObject::ObjectSchema(it) => {
            let name = syntax::ident(&it.schema_ref()?);
            // What every database says of it, which dumps of older servers repeat (`initdb`).
            let text = text.filter(|it| name != "public" || it != "standard public schema");
            if name == "public" && text.is_none() && !matches!(b.known_namespace("public"), Some(Some(_))) {
                return Some(());
            }
            let id = if name == "public" { b.add_namespace("public") } else { b.known_namespace(&name)?? };
            b.namespaces.get_mut(&id)?.comment = text;
            Some(())
        }
        ast::CommentObject::ObjectExtension(it) => {
            let name = syntax::ident(&it.extension_ref()?);
            b.extensions.values_mut().find(|it| it.name == name)?.comment = text;
            Some(())
        }
        ast::CommentObject::ObjectDomain(it) => set_type(b, &syntax::name(&it.domain_ref()?)?, text),
        ast::CommentObject::ObjectType(it) => set_type(b, &syntax::name(&it.type_name_ref()?)?, text),
        _ => None,
    }
}

fn set_function(
    b: &mut Builder,
    name: &Name,
    parameters: Option<&ast::ParamList>,
    text: Option<String>,
) -> Option<()> {
    let id = function::find(b, name, parameters)?;
    b.functions.get_mut(&id)?.comment = text;
    Some(())
}

fn set_relation(b: &mut Builder, relation: Relation, text: Option<String>) -> Option<()> {
    match relation {
        Relation::Table(id) => b.tables.get_mut(&id)?.comment = text,
        Relation::View(id) => b.views.get_mut(&id)?.comment = text,
        Relation::Sequence(id) => b.sequences.get_mut(&id)?.comment = text,
        Relation::Composite(id) => b.composites.get_mut(&id)?.comment = text,
        Relation::Index(table, index) => {
            b.tables.get_mut(&table)?.indexes.iter_mut().find(|it| it.id == index)?.comment = text;
        }
        Relation::ViewIndex(view, index) => {
            b.views.get_mut(&view)?.indexes.iter_mut().find(|it| it.id == index)?.comment = text;
        }
        // The comment of a key's index is not the comment of the key.
        Relation::Key(table, key) => {
            let Table { primary_key, uniques, exclusions, .. } = &mut **b.tables.get_mut(&table)?;
            let comments = primary_key
                .iter_mut()
                .map(|it| (it.id, &mut it.index_comment))
                .chain(uniques.iter_mut().map(|it| (it.id, &mut it.index_comment)))
                .chain(exclusions.iter_mut().map(|it| (it.id, &mut it.index_comment)));
            for (_, comment) in comments.filter(|it| it.0 == key) {
                comment.clone_from(&text);
            }
        }
        Relation::Identity(..) | Relation::Kept(_) | Relation::Temporary => return None,
    }
    Some(())
}

fn set_type(b: &mut Builder, name: &Name, text: Option<String>) -> Option<()> {
    match b.base_type(name)?.1 {
        BaseType::Enum(id) => b.enums.get_mut(&id)?.comment = text,
        BaseType::Domain(id) => b.domains.get_mut(&id)?.comment = text,
        BaseType::Composite(id) => b.composites.get_mut(&id)?.comment = text,
        BaseType::Range(id) => b.ranges.get_mut(&id)?.comment = text,
        BaseType::Row(_) | BaseType::Builtin(_) | BaseType::Other { .. } => return None,
    }
    Some(())
}

fn column(b: &mut Builder, node: &ast::ObjectColumn, text: Option<String>) -> Option<()> {
    let mut segments = syntax::segments(node.name()?.syntax());
    let column = segments.pop()?;
    let name = Name { name: segments.pop()?, namespace: segments.pop() };
    match b.relation(&name)? {
        Relation::Table(id) => {
            let column = b.column(id, &column).ok()?;
            super::column::set(b, id, column, |it| it.comment = text);
        }
        Relation::View(id) => {
            let comments = &mut b.views.get_mut(&id)?.column_comments;
            comments.retain(|it| it.0 != column);
            comments.extend(text.map(|it| (column, it)));
        }
        Relation::Composite(id) => {
            let attributes = &mut b.composites.get_mut(&id)?.attributes;
            attributes.iter_mut().find(|it| it.name == column)?.comment = text;
        }
        _ => return None,
    }
    Some(())
}

fn constraint(b: &mut Builder, node: &ast::ObjectConstraint, text: Option<String>) -> Option<()> {
    let name = syntax::name(&node.constraint_name_ref()?)?.name;
    if let Some(domain) = node.domain_ref() {
        let BaseType::Domain(id) = b.base_type(&syntax::name(&domain)?)?.1 else { return None };
        b.domains.get_mut(&id)?.checks.iter_mut().find(|it| it.name == name)?.comment = text;
        return Some(());
    }
    let table = b.table(&syntax::name(&node.table_name_ref()?)?).ok()?;
    let mut found = false;
    table::set(b, table, |it| {
        let Table { primary_key, uniques, foreign_keys, checks, exclusions, .. } = it;
        let comments = primary_key
            .iter_mut()
            .map(|it| (&it.name, &mut it.comment))
            .chain(uniques.iter_mut().map(|it| (&it.name, &mut it.comment)))
            .chain(foreign_keys.iter_mut().map(|it| (&it.name, &mut it.comment)))
            .chain(checks.iter_mut().map(|it| (&it.name, &mut it.comment)))
            .chain(exclusions.iter_mut().map(|it| (&it.name, &mut it.comment)));
        for (_, comment) in comments.filter(|it| *it.0 == name) {
            comment.clone_from(&text);
            found = true;
        }
    });
    if !found {
        let (_, column) = super::not_null::named(b, table, &name).first().copied()?;
        super::column::set(b, table, column, |it| it.not_null.get_or_insert_default().comment = text);
    }
    Some(())
}

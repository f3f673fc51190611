//! Triggers and row-level security policies.

use squawk_syntax::SyntaxKind;
use squawk_syntax::ast::{self, AstNode};

use crate::design::{
    ColumnId, Id, Policy, PolicyCommand, PolicyId, SqlText, Stage, TableId, Trigger, TriggerEvent,
    TriggerFiring, TriggerFunction, TriggerId, TriggerTiming, Verbatim,
};
use crate::read::DiagnosticKind;
use crate::sql::ident;

use super::alter::Target;
use super::builder::{Builder, Fate, Relation, Step};
use super::constraint::Options;
use super::syntax::{self, Name};
use super::table;

fn not_modelled(what: &str) -> DiagnosticKind {
    DiagnosticKind::NotModelled { what: what.into() }
}

/// Reads `CREATE TRIGGER`.
pub fn create(b: &mut Builder, node: &ast::CreateTrigger) -> Step {
    let name = node.trigger().map(|it| syntax::ident(&it)).ok_or_else(|| not_modelled("CREATE TRIGGER"))?;
    let on = on(node.on_relation())?;
    let relation = b.relation(&on);
    let table = match relation {
        Some(Relation::Table(id)) => Some(id),
        Some(Relation::View(_)) => None,
        _ => return Err(DiagnosticKind::Unknown { what: "table", name: on.to_string() }),
    };
    let (events, update_of) = events(b, table, node.trigger_event_list())?;
    let call = node.call_expr().ok_or_else(|| not_modelled("CREATE TRIGGER"))?;
    let constraint =
        syntax::has(node, SyntaxKind::CONSTRAINT_KW).then(|| Options::of(node.constraint_options()).deferral);
    let (old_table, new_table) = transition_tables(node.referencing());
    let trigger = Trigger {
        id: b.ids.take(),
        name: name.clone(),
        timing: match node.timing() {
            Some(ast::Timing::TimingBefore(_)) => TriggerTiming::Before,
            Some(ast::Timing::TimingInsteadOf(_)) => TriggerTiming::InsteadOf,
            Some(ast::Timing::TimingAfter(_)) | None => TriggerTiming::After,
        },
        events,
        update_of,
        for_each_row: matches!(node.trigger_level(), Some(ast::TriggerLevel::ForEachRow(_))),
        condition: node.when_condition().and_then(|it| it.expr()).map(|it| b.expression(&it)),
        old_table,
        new_table,
        constraint,
        from_table: node.from_table().and_then(|it| it.table_name_ref()).map(|it| b.sql(&it)),
        function: function(b, &call),
        arguments: arguments(&call),
        firing: TriggerFiring::Enabled,
        comment: None,
        origin: b.origin(),
    };
    let triggers = match relation {
        Some(Relation::Table(id)) => b.tables.get_mut(&id).map(|it| &mut it.triggers),
        Some(Relation::View(id)) => b.views.get_mut(&id).map(|it| &mut it.triggers),
        _ => None,
    };
    let Some(triggers) = triggers else { return Err(not_modelled("CREATE TRIGGER")) };
    match triggers.iter_mut().find(|it| it.name == name) {
        Some(old) if node.or_replace().is_some() => *old = Trigger { id: old.id, ..trigger },
        Some(_) => {
            b.say(DiagnosticKind::Exists { name });
            return Ok(Fate::Skipped);
        }
        None => triggers.push(trigger),
    }
    Ok(Fate::Modelled)
}

fn on(node: Option<ast::OnRelation>) -> Result<Name, DiagnosticKind> {
    let name = node.and_then(|it| it.relation_name_ref()).and_then(|it| syntax::name(&it));
    name.ok_or_else(|| not_modelled("TRIGGER"))
}

fn events(
    b: &Builder,
    table: Option<TableId>,
    list: Option<ast::TriggerEventList>,
) -> Result<(Vec<TriggerEvent>, Vec<ColumnId>), DiagnosticKind> {
    let (mut events, mut columns) = (Vec::new(), Vec::new());
    for event in list.into_iter().flat_map(|it| it.trigger_events()) {
        events.push(match event {
            ast::TriggerEvent::TriggerEventInsert(_) => TriggerEvent::Insert,
            ast::TriggerEvent::TriggerEventDelete(_) => TriggerEvent::Delete,
            ast::TriggerEvent::TriggerEventTruncate(_) => TriggerEvent::Truncate,
            ast::TriggerEvent::TriggerEventUpdate(it) => {
                for name in it.column_name_refs().map(|it| syntax::ident(&it)) {
                    let table = table.ok_or_else(|| not_modelled("UPDATE OF columns of a view"))?;
                    columns.push(b.column(table, &name)?);
                }
                TriggerEvent::Update
            }
        });
    }
    events.sort_unstable();
    events.dedup();
    Ok((events, columns))
}

fn transition_tables(node: Option<ast::Referencing>) -> (Option<String>, Option<String>) {
    let (mut old, mut new) = (None, None);
    for it in node.into_iter().flat_map(|it| it.referencing_tables()) {
        match it {
            ast::ReferencingTable::OldTable(it) => {
                old = it.transition_relation_name().map(|it| syntax::ident(&it));
            }
            ast::ReferencingTable::NewTable(it) => {
                new = it.transition_relation_name().map(|it| syntax::ident(&it));
            }
        }
    }
    (old, new)
}

/// The dotted name that a call calls.
pub fn callee(call: &ast::CallExpr) -> Option<Name> {
    let callee = call.expr()?;
    let mut names: Vec<String> = callee
        .syntax()
        .descendants()
        .filter(|it| it.kind() == SyntaxKind::NAME_REF)
        .map(|it| ast::normalize_name_node(&it))
        .collect();
    let name = names.pop()?;
    Some(Name { namespace: names.pop(), name })
}

fn function(b: &Builder, call: &ast::CallExpr) -> TriggerFunction {
    let routines = callee(call).and_then(|it| b.routines(&it)).map(|it| it.1).unwrap_or_default();
    // A trigger function takes no declared arguments.
    let declared = |id: &&crate::design::FunctionId| b.signatures.get(id).is_some_and(Vec::is_empty);
    match routines.iter().find(declared) {
        Some(id) => TriggerFunction::Function(*id),
        None => TriggerFunction::Other(call.expr().map_or_else(String::new, |it| syntax::text(&it))),
    }
}

/// Arguments of a trigger are strings whatever they look like.
fn arguments(call: &ast::CallExpr) -> Vec<SqlText> {
    let arguments = call.arg_list().into_iter().flat_map(|it| it.args());
    arguments
        .map(|it| syntax::text(&it))
        .map(|it| if it.contains('\'') { it } else { crate::sql::literal(it.trim_matches('"')) })
        .collect()
}

/// Reads `ALTER TRIGGER`.
pub fn alter(b: &mut Builder, node: &ast::AlterTrigger) -> Step {
    let on = on(node.on_relation())?;
    let table = b.table(&on)?;
    let old = node.trigger_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
    let Some(ast::AlterTriggerAction::TriggerRenameTo(it)) = node.action() else {
        return Err(not_modelled("ALTER TRIGGER"));
    };
    let new = it.trigger().map(|it| syntax::ident(&it)).ok_or_else(|| not_modelled("ALTER TRIGGER"))?;
    let found = b.tables.get_mut(&table).and_then(|it| it.triggers.iter_mut().find(|it| it.name == old));
    if let Some(trigger) = found {
        new.clone_into(&mut trigger.name);
        let id = Id::from(trigger.id);
        let (old, new) = (format!(" TRIGGER {}", ident(&old)), format!(" TRIGGER {}", ident(&new)));
        for kept in b.verbatims.values_mut().filter(|it| it.needs.contains(&id)) {
            if let Some(rest) = kept.sql.strip_suffix(&old) {
                kept.sql = format!("{rest}{new}");
            }
        }
    }
    Ok(Fate::Modelled)
}

/// `ENABLE TRIGGER` and `DISABLE TRIGGER`. What a partition says of a trigger that it has from the table above is kept as a
/// statement: the trigger is that table's.
///
/// Source: `EnableDisableTrigger` in `src/backend/commands/trigger.c`, which goes down to partitions.
pub fn fire(b: &mut Builder, target: Target, said: Option<String>, firing: TriggerFiring) -> Step {
    let said = said.unwrap_or_default();
    let all = said.eq_ignore_ascii_case("all") || said.eq_ignore_ascii_case("user");
    let name = match said.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => said.to_lowercase(),
    };
    let mut found = all;
    let own = b.tables.get(&target.table).map(|it| it.triggers.clone()).unwrap_or_default();
    for trigger in own.into_iter().filter(|it| all || it.name == name) {
        found = true;
        for part in parts(b, target.table).into_iter().filter(|_| trigger.for_each_row) {
            if !target.only {
                forget_firing(b, part, trigger.id);
            } else if trigger.firing != firing && !says_firing(b, part, trigger.id) {
                keep_firing(b, part, &trigger, trigger.firing);
            }
        }
        table::set(b, target.table, |it| {
            it.triggers.iter_mut().filter(|it| it.id == trigger.id).for_each(|it| it.firing = firing);
        });
    }
    for trigger in from_above(b, target.table).into_iter().filter(|it| all || it.name == name) {
        found = true;
        for part in target.reach(b) {
            forget_firing(b, part, trigger.id);
            if trigger.firing != firing {
                keep_firing(b, part, &trigger, firing);
            }
        }
    }
    if found { Ok(Fate::Modelled) } else { Err(DiagnosticKind::Unknown { what: "trigger", name }) }
}

/// The partitions of a table at any depth.
fn parts(b: &Builder, table: TableId) -> Vec<TableId> {
    let mut all = b.with_heirs(table);
    all.retain(|it| b.tables.get(it).is_some_and(|it| it.partition_of.is_some()) && *it != table);
    all
}

/// The triggers that a partition has from the tables that it is a part of.
fn from_above(b: &Builder, table: TableId) -> Vec<Trigger> {
    let above = |id: TableId| b.tables.get(&id).and_then(|it| it.partition_of.as_ref()).map(|it| it.table);
    let wholes = std::iter::successors(above(table), |it| above(*it)).take(b.tables.len());
    let triggers = wholes.filter_map(|it| b.tables.get(&it)).flat_map(|it| &it.triggers);
    triggers.filter(|it| it.for_each_row).cloned().collect()
}

fn keep_firing(b: &mut Builder, part: TableId, trigger: &Trigger, firing: TriggerFiring) {
    let (table, change, name) = (b.table_name(part), firing.sql(), ident(&trigger.name));
    let sql = format!("ALTER TABLE {table} {change} TRIGGER {name}");
    b.keep_quietly(sql, Stage::Triggers, vec![part.into(), trigger.id.into()]);
}

fn is_firing(kept: &Verbatim, part: TableId, trigger: TriggerId) -> bool {
    kept.stage == Stage::Triggers
        && kept.needs.contains(&part.into())
        && kept.needs.contains(&trigger.into())
        && kept.sql.starts_with("ALTER TABLE ")
}

fn says_firing(b: &Builder, part: TableId, trigger: TriggerId) -> bool {
    b.verbatims.values().any(|it| is_firing(it, part, trigger))
}

fn forget_firing(b: &mut Builder, part: TableId, trigger: TriggerId) {
    b.verbatims.retain(|_, it| !is_firing(it, part, trigger));
}

/// Reads `DROP TRIGGER`.
pub fn drop(b: &mut Builder, node: &ast::DropTrigger) -> Step {
    let on = on(node.on_relation())?;
    let name = node.trigger_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
    let triggers = match b.relation(&on) {
        Some(Relation::Table(id)) => b.tables.get_mut(&id).map(|it| &mut it.triggers),
        Some(Relation::View(id)) => b.views.get_mut(&id).map(|it| &mut it.triggers),
        _ => None,
    };
    let place = triggers.as_ref().and_then(|it| it.iter().position(|it| it.name == name));
    match (place, triggers) {
        (Some(place), Some(triggers)) => {
            let gone = Id::from(triggers.remove(place).id);
            b.verbatims.retain(|_, it| !it.needs.contains(&gone));
            Ok(Fate::Modelled)
        }
        _ if node.if_exists().is_some() => Ok(Fate::Skipped),
        _ => Err(DiagnosticKind::LeftOut { what: "DROP TRIGGER of something that is not there" }),
    }
}

fn on_table(node: Option<ast::OnTable>) -> Result<Name, DiagnosticKind> {
    let name = node.and_then(|it| it.table_name_ref()).and_then(|it| syntax::name(&it));
    name.ok_or_else(|| not_modelled("POLICY"))
}

fn roles(node: Option<ast::PolicyRoles>) -> Vec<SqlText> {
    let roles = node.and_then(|it| it.role_ref_list()).into_iter().flat_map(|it| it.role_refs());
    let roles: Vec<SqlText> = roles.map(|it| syntax::text(&it)).collect();
    match roles.as_slice() {
        [one] if one.eq_ignore_ascii_case("public") => Vec::new(),
        _ => roles,
    }
}

/// Reads `CREATE POLICY`.
pub fn create_policy(b: &mut Builder, node: &ast::CreatePolicy) -> Step {
    let on = on_table(node.on_table())?;
    let table = b.table(&on)?;
    let name = node.policy().map(|it| syntax::ident(&it)).ok_or_else(|| not_modelled("CREATE POLICY"))?;
    if b.tables.get(&table).is_some_and(|it| it.policies.iter().any(|it| it.name == name)) {
        b.say(DiagnosticKind::Exists { name });
        return Ok(Fate::Skipped);
    }
    let id: PolicyId = b.ids.take();
    let command = match node.policy_command().and_then(|it| it.command()) {
        Some(ast::PolicyCommandKind::PolicyCommandSelect(_)) => PolicyCommand::Select,
        Some(ast::PolicyCommandKind::PolicyCommandInsert(_)) => PolicyCommand::Insert,
        Some(ast::PolicyCommandKind::PolicyCommandUpdate(_)) => PolicyCommand::Update,
        Some(ast::PolicyCommandKind::PolicyCommandDelete(_)) => PolicyCommand::Delete,
        Some(ast::PolicyCommandKind::PolicyCommandAll(_)) | None => PolicyCommand::All,
    };
    let policy = Policy {
        id,
        name,
        restrictive: node.as_policy_type().is_some_and(|it| syntax::words(&it).ends_with("RESTRICTIVE")),
        command,
        roles: roles(node.policy_roles()),
        using: node.using_expr_clause().and_then(|it| it.expr()).map(|it| b.expression(&it)),
        with_check: node.with_check_expr_clause().and_then(|it| it.expr()).map(|it| b.expression(&it)),
        comment: None,
        origin: b.origin(),
    };
    table::set(b, table, |it| it.policies.push(policy));
    Ok(Fate::Modelled)
}

/// Reads `ALTER POLICY`.
pub fn alter_policy(b: &mut Builder, node: &ast::AlterPolicy) -> Step {
    let on = on_table(node.on_table())?;
    let table = b.table(&on)?;
    let name = node.policy_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
    let found = b.tables.get(&table).and_then(|it| it.policies.iter().find(|it| it.name == name)).cloned();
    let mut policy = found.ok_or(DiagnosticKind::Unknown { what: "policy", name: name.clone() })?;
    match node.action() {
        Some(ast::AlterPolicyAction::PolicyRenameTo(it)) => {
            policy.name = it.policy().map(|it| syntax::ident(&it)).unwrap_or(policy.name);
        }
        Some(ast::AlterPolicyAction::AlterPolicyTo(it)) => {
            if it.policy_roles().is_some() {
                policy.roles = roles(it.policy_roles());
            }
            if let Some(expr) = it.using_expr_clause().and_then(|it| it.expr()) {
                policy.using = Some(b.expression(&expr));
            }
            if let Some(expr) = it.with_check_expr_clause().and_then(|it| it.expr()) {
                policy.with_check = Some(b.expression(&expr));
            }
        }
        None => return Err(not_modelled("ALTER POLICY")),
    }
    table::set(b, table, |it| {
        it.policies.iter_mut().filter(|it| it.name == name).for_each(|it| *it = policy.clone());
    });
    Ok(Fate::Modelled)
}

/// Reads `DROP POLICY`.
pub fn drop_policy(b: &mut Builder, node: &ast::DropPolicy) -> Step {
    let on = on_table(node.on_table())?;
    let name = node.policy_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
    let Ok(table) = b.table(&on) else { return Ok(Fate::Skipped) };
    table::set(b, table, |it| it.policies.retain(|it| it.name != name));
    Ok(Fate::Modelled)
}

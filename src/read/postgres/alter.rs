//! `ALTER TABLE`.

use squawk_syntax::SyntaxKind;
use squawk_syntax::ast::{self, AstNode};

use crate::design::{Enforcement, Id, ReplicaIdentity, RowSecurity, SqlText, Stage, TableId, TriggerFiring};
use crate::read::DiagnosticKind;

use super::alter_column;
use super::builder::{Builder, Fate, Relation, Step};
use super::constraint::{self, Pending};
use super::syntax::{self, Name};
use super::{column, drop, inherit, not_null, privilege, rename, table, text, trigger, view};

fn not_modelled(node: &impl AstNode) -> DiagnosticKind {
    let mut words: Vec<String> = syntax::words(node).split(' ').map(str::to_owned).collect();
    words.truncate(3);
    DiagnosticKind::NotModelled { what: format!("ALTER TABLE … {}", words.join(" ")) }
}

/// Reads `ALTER TABLE`: each action for itself, so that one that is not modelled is kept alone.
pub fn alter(b: &mut Builder, node: &ast::AlterTable) -> Step {
    let target = node.table_relation_name().and_then(|it| it.table_name_ref());
    let Some(name) = target.as_ref().and_then(syntax::name) else {
        return Err(DiagnosticKind::NotModelled { what: "ALTER TABLE ALL".into() });
    };
    let table = match b.relation(&name) {
        Some(Relation::Table(id)) => id,
        Some(Relation::Temporary) => {
            return Err(DiagnosticKind::LeftOut { what: "a change of a temporary table" });
        }
        Some(other) => return alter_other(b, node, &name, other),
        None if node.if_exists().is_some() => return Ok(Fate::Skipped),
        // What `pg_dump --clean` begins with: kept, it would take away what the text makes after it.
        None if !b.ran_code && node.actions().all(|it| takes_away(&it)) => {
            return Err(DiagnosticKind::LeftOut { what: "DROP of a part of a table that is not there" });
        }
        None => return Err(DiagnosticKind::Unknown { what: "table", name: name.to_string() }),
    };
    let only = node.table_relation_name().is_some_and(|it| table::is_only(&it));
    let target = Target { table, only };
    let actions: Vec<ast::AlterTableAction> = node.actions().collect();
    let mut fate = Fate::Skipped;
    for action in actions {
        match act(b, target, &action) {
            Ok(Fate::Modelled) => fate = Fate::Modelled,
            Ok(Fate::Skipped) => {}
            Err(why) => {
                keep_action(b, target, &action, why);
                fate = Fate::Modelled;
            }
        }
    }
    Ok(fate)
}

/// What a statement is about.
#[derive(Clone, Copy)]
pub struct Target {
    /// The table.
    pub table: TableId,
    /// `ONLY`: the tables below it stay as they are.
    pub only: bool,
}

impl Target {
    /// The table, and those below it that the statement reaches.
    pub fn reach(self, b: &Builder) -> Vec<TableId> {
        if self.only { vec![self.table] } else { b.with_heirs(self.table) }
    }
}

/// Whether an action only takes something away.
fn takes_away(action: &ast::AlterTableAction) -> bool {
    match action {
        ast::AlterTableAction::DropConstraint(_)
        | ast::AlterTableAction::DropColumn(_)
        | ast::AlterTableAction::DetachPartition(_)
        | ast::AlterTableAction::NoInheritTable(_) => true,
        ast::AlterTableAction::AlterColumn(it) => matches!(
            it.option(),
            Some(
                ast::AlterColumnOption::DropDefault(_)
                    | ast::AlterColumnOption::DropNotNull(_)
                    | ast::AlterColumnOption::DropIdentity(_)
                    | ast::AlterColumnOption::DropExpression(_)
            )
        ),
        _ => false,
    }
}

fn keep_action(b: &mut Builder, target: Target, action: &ast::AlterTableAction, why: DiagnosticKind) {
    if let DiagnosticKind::Exists { .. } | DiagnosticKind::LeftOut { .. } = why {
        return b.say(why);
    }
    let sql = statement(b, target, action);
    let mut needs = b.mentions(action.syntax());
    if !needs.contains(&Id::from(target.table)) {
        needs.push(target.table.into());
    }
    // A rule is made among the triggers; what is said of it comes behind.
    let of_rule = action.syntax().descendants_with_tokens().any(|it| it.kind() == SyntaxKind::RULE_KW);
    let stage = if of_rule { Stage::Triggers } else { Stage::Constraints };
    b.keep(sql, stage, needs, why);
}

fn statement(b: &Builder, target: Target, action: &ast::AlterTableAction) -> SqlText {
    let only = if target.only { "ONLY " } else { "" };
    format!("ALTER TABLE {only}{} {}", b.table_name(target.table), b.sql(action))
}

/// `ALTER TABLE` of a view, sequence or index, which PostgreSQL allows for some actions.
fn alter_other(b: &mut Builder, node: &ast::AlterTable, name: &Name, relation: Relation) -> Step {
    let mut fate = Fate::Skipped;
    for action in node.actions() {
        fate = match &action {
            ast::AlterTableAction::OwnerTo(_) => {
                privilege::keep(b, node.syntax());
                Fate::Modelled
            }
            ast::AlterTableAction::TableRenameTo(it) => {
                let new =
                    it.table_name().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled(&action))?;
                rename::relation(b, name, &new.name)?
            }
            ast::AlterTableAction::SetSchema(it) => {
                rename::set_schema(b, name, it.schema_ref().map(|it| syntax::ident(&it)))?
            }
            other => match relation {
                Relation::View(id) => view::alter_as_table(b, id, other)?,
                _ => return Err(not_modelled(other)),
            },
        };
    }
    Ok(fate)
}

fn act(b: &mut Builder, target: Target, action: &ast::AlterTableAction) -> Step {
    use ast::AlterTableAction as Action;
    let table = target.table;
    match action {
        Action::AddColumn(it) => add_column(b, table, it),
        Action::DropColumn(it) => drop_column(b, table, it),
        Action::AlterColumn(it) => alter_column::alter(b, target, it),
        Action::AddConstraint(it) => {
            let node = it.constraint().ok_or_else(|| not_modelled(action))?;
            constraint::settle(b, table, vec![Pending::of_table(node)]);
            Ok(Fate::Modelled)
        }
        Action::DropConstraint(it) => {
            let name = it.constraint_name_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
            let name = name.ok_or_else(|| not_modelled(action))?;
            drop::constraint(b, table, &name, it.if_exists().is_some())
        }
        Action::ValidateConstraint(it) => {
            let name = it.constraint_name_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
            table::set(b, table, |it| {
                let checks = it.checks.iter_mut().map(|it| (&it.name, &mut it.enforcement));
                let fks = it.foreign_keys.iter_mut().map(|it| (&it.name, &mut it.enforcement));
                let valid = checks.chain(fks).filter(|it| Some(it.0) == name.as_ref());
                valid.for_each(|it| *it.1 = Enforcement::Valid);
            });
            not_null::validate(b, table, &name.unwrap_or_default());
            Ok(Fate::Modelled)
        }
        Action::AlterConstraint(it) => alter_constraint(b, table, it),
        Action::RenameConstraint(it) => {
            let old = it.constraint_name_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
            let new = it.constraint_name().map(|it| syntax::ident(&it));
            let (Some(old), Some(new)) = (old, new) else { return Err(not_modelled(action)) };
            rename::constraint(b, table, &old, &new)
        }
        Action::RenameColumn(it) => {
            let old = it.column_name_ref().map(|it| syntax::ident(&it));
            let new = it.column_name().map(|it| syntax::ident(&it));
            let (Some(old), Some(new)) = (old, new) else { return Err(not_modelled(action)) };
            rename::column(b, table, &old, &new)
        }
        Action::TableRenameTo(it) => {
            let new = it.table_name().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled(action))?;
            let old = own_name(b, table);
            rename::relation(b, &old, &new.name)
        }
        Action::SetSchema(it) => {
            let old = own_name(b, table);
            rename::set_schema(b, &old, it.schema_ref().map(|it| syntax::ident(&it)))
        }
        Action::OwnerTo(_) => {
            let sql = statement(b, target, action);
            b.keep_quietly(sql, Stage::Privileges, vec![table.into()]);
            b.report.privileges += 1;
            Ok(Fate::Modelled)
        }
        Action::EnableRls(_) => row_security(b, table, Some(true), None),
        Action::DisableRls(_) => row_security(b, table, Some(false), None),
        Action::ForceRls(_) => row_security(b, table, None, Some(true)),
        Action::NoForceRls(_) => row_security(b, table, None, Some(false)),
        Action::EnableTrigger(it) => {
            trigger::fire(b, target, it.trigger_target().map(|it| syntax::text(&it)), TriggerFiring::Enabled)
        }
        Action::DisableTrigger(it) => {
            trigger::fire(b, target, it.trigger_target().map(|it| syntax::text(&it)), TriggerFiring::Disabled)
        }
        Action::EnableReplicaTrigger(it) => {
            trigger::fire(b, target, it.trigger_ref().map(|it| syntax::text(&it)), TriggerFiring::Replica)
        }
        Action::EnableAlwaysTrigger(it) => {
            trigger::fire(b, target, it.trigger_ref().map(|it| syntax::text(&it)), TriggerFiring::Always)
        }
        Action::ClusterOn(it) => {
            let name = it.index_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
            table::set(b, table, |it| it.cluster_on = name);
            Ok(Fate::Modelled)
        }
        Action::SetWithoutCluster(_) => change(b, table, |it| it.cluster_on = None),
        Action::SetLogged(_) => change(b, table, |it| it.unlogged = false),
        Action::SetUnlogged(_) => change(b, table, |it| it.unlogged = true),
        Action::SetWithoutOids(_) => Ok(Fate::Skipped),
        Action::SetOptions(it) => {
            let parameters = text::parameters(it.attribute_list());
            // Parameters of an extension mean something only after its functions were called.
            if parameters.iter().any(|it| it.0.contains('.') && !it.0.starts_with("toast.")) {
                return Err(DiagnosticKind::NotModelled { what: "a parameter of an extension".into() });
            }
            change(b, table, |it| set_parameters(&mut it.storage_parameters, parameters))
        }
        Action::ResetOptions(it) => {
            let gone = text::parameters(it.attribute_list());
            change(b, table, |it| {
                it.storage_parameters.retain(|(name, _)| !gone.iter().any(|it| it.0 == *name));
            })
        }
        Action::SetTablespace(it) => {
            let name = it.tablespace_ref().map(|it| syntax::ident(&it));
            change(b, table, |it| it.tablespace = name)
        }
        Action::SetAccessMethod(it) => {
            let name = it.access_method_ref().map(|it| syntax::ident(&it)).filter(|it| it != "heap");
            change(b, table, |it| it.access_method = name)
        }
        Action::ReplicaIdentity(it) => replica_identity(b, table, it),
        Action::InheritTable(it) => {
            let above = named_table(b, it.table_name_ref(), action)?;
            inherit::add(b, table, above);
            Ok(Fate::Modelled)
        }
        Action::NoInheritTable(it) => {
            let above = named_table(b, it.table_name_ref(), action)?;
            inherit::remove(b, table, above);
            Ok(Fate::Modelled)
        }
        Action::AttachPartition(it) => {
            let below = named_table(b, it.table_name_ref(), action)?;
            let bound = it.partition_type().ok_or_else(|| not_modelled(action))?;
            let bound = b.sql(&bound);
            inherit::attach(b, table, below, bound);
            Ok(Fate::Modelled)
        }
        Action::DetachPartition(it) => {
            let below = named_table(b, it.table_name_ref(), action)?;
            inherit::detach(b, table, below);
            Ok(Fate::Modelled)
        }
        Action::EnableRule(_)
        | Action::DisableRule(_)
        | Action::EnableAlwaysRule(_)
        | Action::EnableReplicaRule(_)
        | Action::AlterOptionList(_)
        | Action::MergePartitions(_)
        | Action::SplitPartition(_)
        | Action::NotOf(_)
        | Action::OfType(_)
        | Action::OptionItemList(_) => Err(not_modelled(action)),
    }
}

/// The table that an action names.
fn named_table(
    b: &Builder,
    name: Option<ast::TableNameRef>,
    action: &ast::AlterTableAction,
) -> Result<TableId, DiagnosticKind> {
    let name = name.and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled(action))?;
    b.table(&name)
}

fn change(b: &mut Builder, table: TableId, change: impl FnOnce(&mut crate::design::Table)) -> Step {
    table::set(b, table, change);
    Ok(Fate::Modelled)
}

/// The name under which a table is found whatever the search path.
pub fn own_name(b: &Builder, table: TableId) -> Name {
    let (place, name) = b.tables.get(&table).map(|it| (it.namespace, it.name.clone())).unwrap_or_default();
    Name { namespace: Some(b.place_name(place).to_owned()), name }
}

/// Sets parameters, in the place of those of the same name.
pub fn set_parameters(all: &mut Vec<(String, String)>, new: Vec<(String, String)>) {
    for (name, value) in new {
        match all.iter_mut().find(|it| it.0 == name) {
            Some(old) => old.1 = value,
            None => all.push((name, value)),
        }
    }
}

fn add_column(b: &mut Builder, table: TableId, node: &ast::AddColumn) -> Step {
    let name = node.column_name().map(|it| syntax::ident(&it)).ok_or_else(|| not_modelled(node))?;
    if b.column(table, &name).is_ok() {
        if node.if_not_exists().is_none() {
            b.say(DiagnosticKind::Exists { name });
        }
        return Ok(Fate::Skipped);
    }
    for below in b.with_heirs(table) {
        view::freeze(b, below.into());
    }
    let mut pending = Vec::new();
    column::add_column(b, table, node, &mut pending);
    constraint::settle(b, table, pending);
    for above in b.with_heirs(table) {
        for heir in b.heirs(above) {
            table::copy_columns(b, above, heir);
        }
    }
    Ok(Fate::Modelled)
}

fn drop_column(b: &mut Builder, table: TableId, node: &ast::DropColumn) -> Step {
    let name = node.column_name_ref().map(|it| syntax::ident(&it)).ok_or_else(|| not_modelled(node))?;
    match b.column(table, &name) {
        Ok(_) => {}
        Err(_) if node.if_exists().is_some() => return Ok(Fate::Skipped),
        Err(why) => return Err(why),
    }
    let cascades = syntax::tokens(node.syntax()).any(|it| it.kind() == SyntaxKind::CASCADE_KW);
    for id in b.with_heirs(table) {
        let Ok(column) = b.column(id, &name) else { continue };
        view::freeze(b, id.into());
        if cascades {
            view::drop_readers(b, id, &name);
        }
        // What an heir declares itself stays with it.
        let own = |it: &crate::design::Table| {
            it.partition_of.is_none() && it.column(column).is_some_and(|it| !it.inherited)
        };
        if id == table || !b.tables.get(&id).is_some_and(|it| own(it)) {
            drop::column(b, id, column);
        }
    }
    Ok(Fate::Modelled)
}

fn alter_constraint(b: &mut Builder, table: TableId, node: &ast::AlterConstraint) -> Step {
    let name = node.constraint_name_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
    let options = constraint::Options::of(node.constraint_options());
    let words = syntax::words(node);
    let mut found = false;
    table::set(b, table, |it| {
        for fk in it.foreign_keys.iter_mut().filter(|it| Some(&it.name) == name.as_ref()) {
            found = true;
            if words.contains("DEFERRABLE") || words.contains("INITIALLY") {
                fk.deferral = options.deferral;
            }
            if words.contains("ENFORCED") {
                fk.enforcement = options.enforcement;
            }
        }
    });
    let inherits = words.contains("INHERIT").then_some(options.no_inherit);
    if let (false, Some(name), Some(no_inherit)) = (found, &name, inherits) {
        found = not_null::inherit(b, table, name, no_inherit);
    }
    if found { Ok(Fate::Modelled) } else { Err(not_modelled(node)) }
}

fn row_security(b: &mut Builder, table: TableId, on: Option<bool>, forced: Option<bool>) -> Step {
    change(b, table, |it| {
        let was_on = matches!(it.row_security, RowSecurity::Enabled | RowSecurity::Forced);
        let was_forced = matches!(it.row_security, RowSecurity::Forced | RowSecurity::ForcedButDisabled);
        it.row_security = match (on.unwrap_or(was_on), forced.unwrap_or(was_forced)) {
            (true, true) => RowSecurity::Forced,
            (true, false) => RowSecurity::Enabled,
            (false, true) => RowSecurity::ForcedButDisabled,
            (false, false) => RowSecurity::Disabled,
        };
    })
}

fn replica_identity(b: &mut Builder, table: TableId, node: &ast::ReplicaIdentity) -> Step {
    let identity = match node.replica_identity_option() {
        Some(ast::ReplicaIdentityOption::ReplicaIdentityFull(_)) => ReplicaIdentity::Full,
        Some(ast::ReplicaIdentityOption::ReplicaIdentityNothing(_)) => ReplicaIdentity::Nothing,
        Some(ast::ReplicaIdentityOption::UsingIndexName(it)) => {
            let name = it.index_ref().and_then(|it| syntax::name(&it)).map(|it| it.name).unwrap_or_default();
            let place = b.tables.get(&table).and_then(|it| it.namespace);
            match b.relations.get(&(place, name.clone())) {
                Some(Relation::Index(_, id)) => ReplicaIdentity::Index(*id),
                Some(Relation::Key(_, id)) => ReplicaIdentity::Constraint(*id),
                _ => return Err(DiagnosticKind::Unknown { what: "index", name }),
            }
        }
        Some(ast::ReplicaIdentityOption::ReplicaIdentityDefault(_)) | None => ReplicaIdentity::Default,
    };
    change(b, table, |it| it.replica_identity = identity)
}

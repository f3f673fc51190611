//! Functions, procedures, triggers and policies.

use super::Ddl;
use super::item::Owner;
use crate::design::{
    ArgumentMode, Function, FunctionBody, Policy, PolicyCommand, RowSecurity, Table, Trigger, TriggerEvent,
    TriggerFiring, TriggerFunction, TriggerTiming,
};
use crate::sql::type_name::{mode, write_signature};

/// As `pg_dump` says it at the start of its files.
const UNCHECKED: &str = "SET check_function_bodies = false";

impl<'a> Ddl<'a> {
    /// `CREATE FUNCTION` or `CREATE PROCEDURE`.
    pub(super) fn function(&mut self, function: &Function) {
        // PostgreSQL looks at a body in SQL when it makes the function, unless it is told not to.
        let unchecked = self.early
            && function.language == "sql"
            && matches!(function.body, FunctionBody::Text(_))
            && !self.design.verbatims().any(|it| it.sql == UNCHECKED);
        if unchecked {
            self.block();
            self.w.sql(UNCHECKED).sql(";\n");
        }
        self.function_alone(function);
        if unchecked {
            self.w.sql("RESET check_function_bodies;\n");
        }
    }

    fn function_alone(&mut self, function: &Function) {
        let start = self.block();
        self.w.sql(if function.procedure { "CREATE PROCEDURE " } else { "CREATE FUNCTION " });
        self.name(function.namespace, &function.name);
        self.w.sql("(");
        for (index, argument) in function.arguments.iter().enumerate() {
            self.w.sql(if index > 0 { ", " } else { "" });
            let mut way = argument.mode;
            if function.procedure && way == ArgumentMode::Out && self.before(14) {
                way = ArgumentMode::InOut;
                let message = format!(
                    "OUT argument of `{}` written as INOUT: procedures take OUT since PostgreSQL 14",
                    function.name
                );
                self.lose(function.id, message);
            }
            self.w.sql(mode(way));
            if let Some(name) = &argument.name {
                self.w.ident(name).sql(" ");
            }
            self.w.raw(&argument.data_type);
            if let Some(default) = &argument.default {
                self.w.sql(" DEFAULT ");
                self.expression(function.id, default);
            }
        }
        self.w.sql(")");
        if let Some(returns) = &function.returns {
            self.w.sql(" RETURNS ").raw(returns);
        }
        self.w.sql("\n    LANGUAGE ").ident(&function.language);
        for attribute in &function.attributes {
            self.w.sql(" ").raw(attribute);
        }
        self.body(function);
        self.w.sql(";\n").close(start, function.id);
        if let Some(comment) = &function.comment {
            let start = self.w.here();
            self.w.sql(if function.procedure { "COMMENT ON PROCEDURE " } else { "COMMENT ON FUNCTION " });
            write_signature(&mut self.w, self.design, function);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, function.id);
        }
    }

    fn body(&mut self, function: &Function) {
        match &function.body {
            FunctionBody::Text(text) => {
                self.w.sql("\n    AS ").dollar(text);
            }
            FunctionBody::Library { file, symbol } => {
                self.w.sql("\n    AS ").literal(file);
                if let Some(symbol) = symbol {
                    self.w.sql(", ").literal(symbol);
                }
            }
            FunctionBody::Sql(text) if self.before(14) => {
                let message = format!(
                    "body of `{}` written as text: bodies in plain SQL came with PostgreSQL 14",
                    function.name
                );
                self.lose(function.id, message);
                self.w.sql("\n    AS ").dollar(&quoted_body(text));
            }
            FunctionBody::Sql(text) => {
                self.w.sql("\n    ").raw(text);
            }
        }
    }

    /// `CREATE TRIGGER`, and whether it fires.
    pub(super) fn trigger(&mut self, owner: Owner<'a>, trigger: &Trigger) {
        let (table, namespace, name) = match owner {
            Owner::Table(it) => (Some(it), it.namespace, &it.name),
            Owner::View(it) => (None, it.namespace, &it.name),
        };
        let start = self.block();
        self.w.sql(if trigger.constraint.is_some() {
            "CREATE CONSTRAINT TRIGGER "
        } else {
            "CREATE TRIGGER "
        });
        self.w.ident(&trigger.name).sql("\n    ").sql(match trigger.timing {
            TriggerTiming::Before => "BEFORE ",
            TriggerTiming::After => "AFTER ",
            TriggerTiming::InsteadOf => "INSTEAD OF ",
        });
        self.w.list(&trigger.events, " OR ", |w, event| {
            w.sql(match event {
                TriggerEvent::Insert => "INSERT",
                TriggerEvent::Update => "UPDATE",
                TriggerEvent::Delete => "DELETE",
                TriggerEvent::Truncate => "TRUNCATE",
            });
            if let (TriggerEvent::Update, Some(table), false) = (event, table, trigger.update_of.is_empty()) {
                w.sql(" OF ").idents(table.column_names(&trigger.update_of));
            }
        });
        self.w.sql(" ON ");
        self.name(namespace, name);
        if let Some(from) = &trigger.from_table {
            self.w.sql(" FROM ").raw(from);
        }
        if let Some(deferral) = trigger.constraint {
            self.deferral(deferral);
        }
        if trigger.old_table.is_some() || trigger.new_table.is_some() {
            self.w.sql("\n    REFERENCING");
        }
        if let Some(old) = &trigger.old_table {
            self.w.sql(" OLD TABLE AS ").ident(old);
        }
        if let Some(new) = &trigger.new_table {
            self.w.sql(" NEW TABLE AS ").ident(new);
        }
        self.w.sql(if trigger.for_each_row { "\n    FOR EACH ROW" } else { "\n    FOR EACH STATEMENT" });
        if let Some(condition) = &trigger.condition {
            self.w.sql(" WHEN (");
            self.expression(trigger.id, condition);
            self.w.sql(")");
        }
        self.w.sql("\n    EXECUTE FUNCTION ");
        match &trigger.function {
            TriggerFunction::Function(id) => {
                if let Some(function) = self.design.function(*id) {
                    self.name(function.namespace, &function.name);
                }
            }
            TriggerFunction::Other(text) => {
                self.w.raw(text);
            }
        }
        self.w.sql("(").list(&trigger.arguments, ", ", |w, it| {
            w.raw(it);
        });
        self.w.sql(");\n").close(start, trigger.id);
        if let Some(table) = table {
            self.firing(table, trigger);
        }
        if let Some(comment) = &trigger.comment {
            let start = self.w.here();
            self.w.sql("COMMENT ON TRIGGER ").ident(&trigger.name).sql(" ON ");
            self.name(namespace, name);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, trigger.id);
        }
    }

    fn firing(&mut self, table: &Table, trigger: &Trigger) {
        if trigger.firing == TriggerFiring::Enabled {
            return;
        }
        let start = self.w.here();
        self.w.sql("ALTER TABLE ");
        self.table_name(table);
        self.w
            .sql(" ")
            .sql(trigger.firing.sql())
            .sql(" TRIGGER ")
            .ident(&trigger.name)
            .sql(";\n")
            .close(start, trigger.id);
    }

    /// Row-level security of a table, with its policies.
    pub(super) fn row_security(&mut self, table: &Table) {
        let words: &[&str] = match table.row_security {
            RowSecurity::Disabled => &[],
            RowSecurity::Enabled => &[" ENABLE ROW LEVEL SECURITY;\n"],
            RowSecurity::Forced => &[" ENABLE ROW LEVEL SECURITY;\n", " FORCE ROW LEVEL SECURITY;\n"],
            RowSecurity::ForcedButDisabled => &[" FORCE ROW LEVEL SECURITY;\n"],
        };
        if words.is_empty() && table.policies.is_empty() {
            return;
        }
        self.block();
        for words in words {
            let start = self.w.here();
            self.w.sql("ALTER TABLE ");
            self.table_name(table);
            self.w.sql(words).close(start, table.id);
        }
        for policy in &table.policies {
            self.policy(table, policy);
        }
    }

    fn policy(&mut self, table: &Table, policy: &Policy) {
        let start = self.w.here();
        self.w.sql("CREATE POLICY ").ident(&policy.name).sql(" ON ");
        self.table_name(table);
        self.w.sql(if policy.restrictive { " AS RESTRICTIVE" } else { "" });
        self.w.sql(match policy.command {
            PolicyCommand::All => "",
            PolicyCommand::Select => " FOR SELECT",
            PolicyCommand::Insert => " FOR INSERT",
            PolicyCommand::Update => " FOR UPDATE",
            PolicyCommand::Delete => " FOR DELETE",
        });
        if !policy.roles.is_empty() {
            self.w.sql(" TO ").list(&policy.roles, ", ", |w, it| {
                w.raw(it);
            });
        }
        if let Some(using) = &policy.using {
            self.w.sql("\n    USING (");
            self.expression(policy.id, using);
            self.w.sql(")");
        }
        if let Some(check) = &policy.with_check {
            self.w.sql("\n    WITH CHECK (");
            self.expression(policy.id, check);
            self.w.sql(")");
        }
        self.w.sql(";\n").close(start, policy.id);
        if let Some(comment) = &policy.comment {
            let start = self.w.here();
            self.w.sql("COMMENT ON POLICY ").ident(&policy.name).sql(" ON ");
            self.table_name(table);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, policy.id);
        }
    }
}

/// `RETURN x` and `BEGIN ATOMIC …; END` as the statements that a quoted body holds.
fn quoted_body(text: &str) -> String {
    let text = text.trim();
    let word = |prefix: &str| {
        text.get(..prefix.len())
            .filter(|it| it.eq_ignore_ascii_case(prefix))
            .map(|it| text[it.len()..].trim())
    };
    if let Some(value) = word("return ") {
        return format!("SELECT {value}");
    }
    let Some(inner) = word("begin atomic") else { return text.to_owned() };
    let end = inner.len().saturating_sub(3);
    match inner.get(end..) {
        Some(last) if last.eq_ignore_ascii_case("end") => inner[..end].trim().to_owned(),
        _ => inner.to_owned(),
    }
}

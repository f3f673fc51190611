//! What depends on what a statement drops or changes: PostgreSQL refuses the statement because of it, or it fails later.
//!
//! Source: PostgreSQL manual, "Dependency Tracking", and what the server refuses in `ATPrepAlterColumnType` and
//! `RememberAllDependentForRebuilding` (`tablecmds.c`).

use std::collections::BTreeSet;

use super::{Act, Steps};
use crate::design::{
    BaseType, ColumnValue, Design, Function, FunctionBody, IndexKey, Table, TriggerFunction, View,
};
use crate::pg::tokens;
use crate::sql::refactor::{names_column, reads_column};
use crate::sql::{Role, mentions};

/// So often one script is read anew up to a statement; later ones see what stood at the last of these.
const READINGS: usize = 20;

/// The design as statements of a script find it, read anew only where the script has made something since.
#[derive(Default)]
pub struct Reading {
    upto: usize,
    design: Option<Design>,
    count: usize,
}

/// What stands when a statement runs.
pub struct Standing<'a> {
    design: &'a Design,
    /// What was dropped since the design was read.
    gone: BTreeSet<String>,
}

impl Reading {
    /// What stands when a step runs; what it drops itself is left out.
    pub fn at<'a>(&'a mut self, steps: &Steps<'a>, at: usize) -> Standing<'a> {
        let makes = |it: &Act| match it {
            Act::Begin
            | Act::Commit
            | Act::Set { .. }
            | Act::Drop { .. }
            | Act::DropOn { .. }
            | Act::Update { .. }
            | Act::Delete { .. }
            | Act::Insert { .. }
            | Act::Truncate { .. }
            | Act::Lock { .. }
            | Act::Maintain { .. }
            | Act::CreateIndex { .. }
            | Act::Nothing => false,
            Act::CreateTable { .. }
            | Act::AlterTable { .. }
            | Act::CreateSchema { .. }
            | Act::CreateTrigger { .. }
            | Act::CreatePolicy { .. }
            | Act::CreateView { .. }
            | Act::CreateFunction { .. }
            | Act::CreateType { .. }
            | Act::AlterType { .. }
            | Act::AlterDomain { .. }
            | Act::On { .. }
            | Act::Other { .. } => true,
        };
        let upto = steps.steps.iter().take(at).rposition(|it| makes(&it.act)).map_or(0, |it| it + 1);
        if upto != self.upto && self.count < READINGS {
            self.count += 1;
            self.upto = upto;
            self.design = (upto > 0).then(|| steps.design_before(upto));
        }
        let dropped = steps.steps.iter().take(at + 1).skip(self.upto);
        let gone = dropped.flat_map(|step| match &step.act {
            Act::Drop { what, names, .. } => names.iter().map(|it| key(what, it)).collect(),
            Act::DropOn { what, name, table } => vec![format!("{what} {name} on {table}")],
            _ => Vec::new(),
        });
        let gone = gone.collect();
        Standing { design: self.design.as_ref().unwrap_or_else(|| steps.before()), gone }
    }
}

/// Kinds that share their names are one.
fn key(what: &str, name: &str) -> String {
    let what = match what {
        "procedure" | "routine" | "aggregate" => "function",
        "domain" => "type",
        other => other,
    };
    format!("{what} {name}")
}

impl<'a> Standing<'a> {
    fn views(&self) -> impl Iterator<Item = &'a View> {
        self.design.views().filter(|it| !self.gone.contains(&key("view", &it.name)))
    }

    fn functions(&self) -> impl Iterator<Item = &'a Function> {
        self.design.functions().filter(|it| !self.gone.contains(&key("function", &it.name)))
    }

    fn tables(&self) -> impl Iterator<Item = &'a Table> {
        self.design.tables().filter(|it| !self.gone.contains(&key("table", &it.name)))
    }

    fn stays(&self, what: &str, name: &str, table: &Table) -> bool {
        !self.gone.contains(&format!("{what} {name} on {}", table.name))
    }

    /// What refuses another type for a column, or that it is dropped.
    pub fn of_column(&self, table: &str, column: &str) -> Vec<String> {
        let Some(table) = self.tables().find(|it| it.name == table) else { return Vec::new() };
        let mut found = Vec::new();
        for view in self.views() {
            let query = &view.query;
            if reads_column(query, &[table], column) || reads_all(query) && reads(query, &table.name) {
                found.push(format!("the view `{}`", view.name));
            }
        }
        for it in &table.columns {
            if matches!(&it.value, ColumnValue::Generated { expression, .. } if names_column(expression, table, column))
            {
                found.push(format!("the generated column `{}`", it.name));
            }
        }
        for of in self.tables() {
            for it in of.policies.iter().filter(|it| self.stays("policy", &it.name, of)) {
                let own =
                    |text: &&str| if of.id == table.id { names_column(text, table, column) } else { false };
                let texts: Vec<&str> =
                    it.using.iter().chain(&it.with_check).map(std::convert::AsRef::as_ref).collect();
                if texts.iter().any(own) || texts.iter().any(|it| reads_column(it, &[table], column)) {
                    found.push(format!("the policy `{}` on `{}`", it.name, of.name));
                }
            }
        }
        let id = table.column_named(column).map(|it| it.id);
        for it in table.triggers.iter().filter(|it| self.stays("trigger", &it.name, table)) {
            let named = id.is_some_and(|id| it.update_of.contains(&id));
            if named || it.condition.iter().any(|it| names_column(it, table, column)) {
                found.push(format!("the trigger `{}` on `{}`", it.name, table.name));
            }
        }
        for it in self.functions() {
            if matches!(&it.body, FunctionBody::Sql(text) if reads_column(text, &[table], column)) {
                found.push(format!("the function `{}`", it.name));
            }
        }
        found
    }

    /// What refuses that a table or view is dropped.
    pub fn of_relation(&self, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        let others = self.views().filter(|it| it.name != name && reads(&it.query, name));
        found.extend(others.map(|it| format!("the view `{}`", it.name)));
        let dropped = self.design.tables().find(|it| it.name == name).map(|it| it.id);
        for of in self.tables() {
            for fk in of.foreign_keys.iter().filter(|it| Some(it.references) == dropped) {
                found.push(format!("the foreign key `{}` of `{}`", fk.name, of.name));
            }
            if dropped.is_some_and(|it| of.inherits.contains(&it)) {
                found.push(format!("the table `{}`, which inherits from it", of.name));
            }
            for it in of.policies.iter().filter(|it| self.stays("policy", &it.name, of)) {
                if it.using.iter().chain(&it.with_check).any(|it| reads(it, name)) {
                    found.push(format!("the policy `{}` on `{}`", it.name, of.name));
                }
            }
        }
        for it in self.functions() {
            if matches!(&it.body, FunctionBody::Sql(text) if reads(text, name)) {
                found.push(format!("the function `{}`", it.name));
            }
        }
        found
    }

    /// What refuses that a function is dropped. Of several with its name it is not known which one is meant.
    pub fn of_function(&self, name: &str) -> Vec<String> {
        let of_name: Vec<_> = self.design.functions().filter(|it| it.name == name).collect();
        if of_name.len() > 1 {
            return Vec::new();
        }
        let mut found = Vec::new();
        for of in self.tables() {
            let runs = |it: &TriggerFunction| match it {
                TriggerFunction::Function(id) => of_name.iter().any(|it| it.id == *id),
                TriggerFunction::Other(text) => text.rsplit('.').next() == Some(name),
            };
            for it in of.triggers.iter().filter(|it| self.stays("trigger", &it.name, of)) {
                if runs(&it.function) || it.condition.iter().any(|it| calls(it, name)) {
                    found.push(format!("the trigger `{}` on `{}`", it.name, of.name));
                }
            }
            for it in &of.columns {
                let (what, text) = match &it.value {
                    ColumnValue::Generated { expression, .. } => ("generated column", expression),
                    ColumnValue::Default(text) => ("default of", text),
                    _ => continue,
                };
                if calls(text, name) {
                    found.push(format!("the {what} `{}.{}`", of.name, it.name));
                }
            }
            for it in of.checks.iter().filter(|it| calls(&it.expression, name)) {
                found.push(format!("the check `{}` of `{}`", it.name, of.name));
            }
            for it in &of.indexes {
                let keys = it.elements.iter().filter_map(|it| match &it.key {
                    IndexKey::Expression(text) => Some(text),
                    IndexKey::Column(_) => None,
                });
                if keys.chain(&it.predicate).any(|it| calls(it, name)) {
                    found.push(format!("the index `{}`", it.name));
                }
            }
            for it in of.policies.iter().filter(|it| self.stays("policy", &it.name, of)) {
                if it.using.iter().chain(&it.with_check).any(|it| calls(it, name)) {
                    found.push(format!("the policy `{}` on `{}`", it.name, of.name));
                }
            }
        }
        let views = self.views().filter(|it| calls(&it.query, name));
        found.extend(views.map(|it| format!("the view `{}`", it.name)));
        found
    }

    /// What refuses that a type is dropped.
    pub fn of_type(&self, name: &str) -> Vec<String> {
        let design = self.design;
        let is_it = |it: &BaseType| match it {
            BaseType::Enum(id) => design.enum_type(*id).is_some_and(|it| it.name == name),
            BaseType::Domain(id) => design.domain(*id).is_some_and(|it| it.name == name),
            BaseType::Composite(id) => design.composite(*id).is_some_and(|it| it.name == name),
            BaseType::Range(id) => design.range(*id).is_some_and(|it| it.name == name),
            BaseType::Builtin(_) | BaseType::Row(_) | BaseType::Other { .. } => false,
        };
        let of = |table: &'a Table| {
            table.columns.iter().map(move |it| (table, it)).filter(|it| is_it(&it.1.data_type.base))
        };
        self.tables().flat_map(of).map(|it| format!("the column `{}.{}`", it.0.name, it.1.name)).collect()
    }

    /// The functions whose text asks for a table or view, or for a column of it, when they run: nothing refuses to
    /// drop or rename what they ask for.
    pub fn asking(&self, relation: &str, column: Option<&str>) -> Vec<&'a str> {
        let table = self.design.tables().find(|it| it.name == relation);
        let asks = |text: &str| match (column, table) {
            (Some(column), Some(table)) => reads_column(text, &[table], column),
            (Some(_), None) => false,
            (None, _) => reads(text, relation),
        };
        self.functions()
            .filter(|it| matches!(&it.body, FunctionBody::Text(text) if asks(text)))
            .map(|it| it.name.as_str())
            .collect()
    }
}

/// Whether a text reads a table or view.
fn reads(text: &str, relation: &str) -> bool {
    mentions(text).iter().any(|it| it.role == Role::Relation && it.last().name == relation)
}

/// Whether a text calls a function.
fn calls(text: &str, function: &str) -> bool {
    mentions(text).iter().any(|it| it.role == Role::Call && it.last().name == function)
}

/// Whether a query reads every column of something: a star that multiplies nothing.
fn reads_all(query: &str) -> bool {
    let all: Vec<&str> = tokens(query).filter(|it| !it.is_blank()).map(|it| it.span.of(query)).collect();
    all.windows(2)
        .any(|it| it[1] == "*" && (matches!(it[0], "," | ".") || it[0].eq_ignore_ascii_case("select")))
}

//! DBML, the language of dbdiagram.io and dbdocs.
//!
//! Source: <https://dbml.dbdiagram.io/docs>. What DBML has no word for is listed as lost.

mod table;
mod text;

use std::collections::BTreeMap;

use crate::base::Span;
use crate::design::{Deferral, Design, Enforcement, ForeignKey, Id, ReferentialAction, Table};
use text::{name, note, path};

/// How DBML is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DbmlOptions {
    /// The schema alone: without the title, and the areas as groups of tables.
    pub schema_only: bool,
}

/// A design as DBML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dbml {
    /// The text.
    pub text: String,
    /// Which bytes belong to which type, table, column or foreign key: by first byte, what holds others before them.
    pub map: Vec<(Span, Id)>,
    /// What DBML cannot say, in order of place.
    pub lost: Vec<String>,
}

/// Writes a design as DBML: enums, tables with their keys, indexes, checks and rows, references, groups.
pub fn dbml(design: &Design, options: DbmlOptions) -> Dbml {
    let mut w = Writer { design, out: Dbml::default(), kept_out: BTreeMap::new() };
    if !options.schema_only && !design.title().is_empty() {
        w.line(&format!("Project {} {{\n  database_type: 'PostgreSQL'\n}}\n", name(design.title())));
    }
    for it in design.enums() {
        let start = w.here();
        w.line(&format!("Enum {} {{", path(design, it.namespace, &it.name)));
        for value in &it.values {
            w.line(&format!("  {}", name(value)));
        }
        w.line("}");
        w.mark(start, it.id);
        w.line("");
        if it.comment.is_some() {
            w.lost(format!("the comment on type `{}`", it.name));
        }
    }
    for it in design.tables() {
        w.table(it);
    }
    for (table, fk) in design.foreign_keys() {
        w.reference(table, fk);
    }
    if !options.schema_only {
        w.groups();
    }
    w.rest();
    w.finish()
}

struct Writer<'d> {
    design: &'d Design,
    out: Dbml,
    /// Kinds of things that DBML does not have, with the names of those that are in the design.
    kept_out: BTreeMap<&'static str, Vec<String>>,
}

impl Writer<'_> {
    fn here(&self) -> usize {
        self.out.text.len()
    }

    fn line(&mut self, line: &str) {
        self.out.text.push_str(line);
        self.out.text.push('\n');
    }

    fn mark(&mut self, start: usize, id: impl Into<Id>) {
        let end = self.out.text.trim_end().len();
        self.out.map.push((Span::new(start, end), id.into()));
    }

    fn lost(&mut self, what: String) {
        self.out.lost.push(what);
    }

    /// `Ref name: referencing.(a, b) > referenced.(a, b) [delete: cascade]`
    fn reference(&mut self, table: &Table, fk: &ForeignKey) {
        let Some(referenced) = self.design.table(fk.references) else { return };
        let end = |table: &Table, columns: &[crate::design::ColumnId]| {
            let names: Vec<String> = table.column_names(columns).map(name).collect();
            let columns = match names.as_slice() {
                [one] => one.clone(),
                several => format!("({})", several.join(", ")),
            };
            format!("{}.{columns}", path(self.design, table.namespace, &table.name))
        };
        let mut settings = Vec::new();
        for (word, action) in [("delete", fk.on_delete), ("update", fk.on_update)] {
            if action != ReferentialAction::NoAction {
                settings.push(format!("{word}: {}", action.sql().to_lowercase()));
            }
        }
        let settings = text::settings(&settings);
        let (from, to) = (end(table, &fk.columns), end(referenced, &fk.ref_columns));
        let start = self.here();
        self.line(&format!("Ref {}: {from} > {to}{settings}", name(&fk.name)));
        self.mark(start, fk.id);
        let is_rare = fk.match_full
            || fk.period
            || !fk.set_columns.is_empty()
            || fk.deferral != Deferral::default()
            || fk.enforcement != Enforcement::default();
        if is_rare {
            self.lost(format!("how foreign key `{}` of `{}` is matched and checked", fk.name, table.name));
        }
    }

    fn groups(&mut self) {
        for area in self.design.areas() {
            let tables = area.tables.iter().filter_map(|it| self.design.table(*it));
            let lines: Vec<String> =
                tables.map(|it| format!("  {}", path(self.design, it.namespace, &it.name))).collect();
            if !lines.is_empty() {
                self.line(&format!("\nTableGroup {} {{\n{}\n}}", name(&area.name), lines.join("\n")));
            }
        }
        for (number, it) in (1..).zip(self.design.notes()) {
            self.line(&format!("\nNote note_{number} {{\n  {}\n}}", note(&it.text)));
        }
    }

    /// What DBML has no word for at all.
    fn rest(&mut self) {
        let design = self.design;
        self.without("domain", design.domains().map(|it| it.name.clone()));
        self.without("composite type", design.composites().map(|it| it.name.clone()));
        self.without("range type", design.ranges().map(|it| it.name.clone()));
        self.without("sequence", design.sequences().map(|it| it.name.clone()));
        self.without("view", design.views().map(|it| it.name.clone()));
        self.without("function", design.functions().map(|it| it.name.clone()));
        self.without("extension", design.extensions().map(|it| it.name.clone()));
        for table in design.tables() {
            let of = |name: &str| format!("{name} of {}", table.name);
            self.without("exclusion constraint", table.exclusions.iter().map(|it| of(&it.name)));
            self.without("trigger", table.triggers.iter().map(|it| of(&it.name)));
            self.without("policy", table.policies.iter().map(|it| of(&it.name)));
        }
        let verbatim = design.verbatims().len();
        if verbatim > 0 {
            self.lost(format!("{verbatim} statements that are kept as they were written"));
        }
    }

    fn without(&mut self, kind: &'static str, names: impl Iterator<Item = String>) {
        self.kept_out.entry(kind).or_default().extend(names);
    }

    fn finish(mut self) -> Dbml {
        for (kind, names) in std::mem::take(&mut self.kept_out) {
            for it in names {
                self.lost(format!("{kind} `{it}`"));
            }
        }
        let text = self.out.text.trim_end();
        self.out.text = if text.is_empty() { String::new() } else { format!("{text}\n") };
        self.out.map.sort_by_key(|it| (it.0.start, std::cmp::Reverse(it.0.end)));
        self.out
    }
}

#[cfg(test)]
mod tests;

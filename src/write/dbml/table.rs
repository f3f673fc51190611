//! A table: its columns, indexes, checks and rows.

use super::Writer;
use super::text::{expression, name, note, path, settings, value};
use crate::design::{
    BaseType, Column, ColumnId, ColumnValue, DataType, Design, Index, IndexElement, IndexKey, Table,
};
use crate::layout::card::type_text;

impl Writer<'_> {
    /// `Table name { … }`
    pub(super) fn table(&mut self, table: &Table) {
        let design = self.design;
        let start = self.here();
        self.line(&format!("Table {} {{", path(design, table.namespace, &table.name)));
        let key = table.primary_key.as_ref().map(|it| it.columns.as_slice()).unwrap_or_default();
        for column in &table.columns {
            let start = self.here();
            let written = self.column(table, column, key);
            self.line(&format!("  {written}"));
            self.mark(start, column.id);
        }
        self.indexes(table, key);
        self.checks(table);
        if let Some(comment) = &table.comment {
            self.line(&format!("\n  Note: {}", note(comment)));
        }
        self.line("}");
        self.mark(start, table.id);
        self.line("");
        self.rows(table);
        if table.partitioning.is_some() || table.partition_of.is_some() || !table.inherits.is_empty() {
            self.lost(format!("the partitions of `{}` and what it inherits", table.name));
        }
    }

    fn column(&mut self, table: &Table, column: &Column, key: &[ColumnId]) -> String {
        let mut all = Vec::new();
        let is_key = key == [column.id];
        if is_key {
            all.push("pk".to_owned());
        }
        if !column.nullable && !is_key {
            all.push("not null".to_owned());
        }
        if table.uniques.iter().any(|it| it.columns == [column.id]) {
            all.push("unique".to_owned());
        }
        match &column.value {
            ColumnValue::Given => {}
            ColumnValue::Identity { .. } => all.push("increment".to_owned()),
            ColumnValue::Default(sql) => match value(sql) {
                Some(it) => all.push(format!("default: {it}")),
                None => self.lost(format!("the default of `{}.{}`", table.name, column.name)),
            },
            ColumnValue::Generated { .. } => {
                self.lost(format!("how `{}.{}` is generated", table.name, column.name));
            }
        }
        all.extend(column.comment.iter().map(|it| format!("note: {}", note(it))));
        format!("{} {}{}", name(&column.name), type_of(self.design, &column.data_type), settings(&all))
    }

    fn indexes(&mut self, table: &Table, key: &[ColumnId]) {
        let mut lines = Vec::new();
        if key.len() > 1 {
            lines.push(format!("{} [pk]", columns(table, key)));
        }
        for it in table.uniques.iter().filter(|it| it.columns.len() > 1) {
            lines.push(format!("{} [unique, name: {}]", columns(table, &it.columns), note(&it.name)));
        }
        for it in &table.indexes {
            match elements(table, &it.elements) {
                Some(elements) => lines.push(format!("{elements}{}", settings(&index_settings(it)))),
                None => self.lost(format!("index `{}` of `{}`", it.name, table.name)),
            }
            if is_more_than_elements(it) {
                self.lost(format!("a part of index `{}` of `{}`", it.name, table.name));
            }
        }
        self.block("indexes", &lines);
    }

    fn checks(&mut self, table: &Table) {
        let mut lines = Vec::new();
        for it in &table.checks {
            match expression(&it.expression) {
                Some(sql) => lines.push(format!("{sql} [name: {}]", note(&it.name))),
                None => self.lost(format!("check `{}` of `{}`", it.name, table.name)),
            }
        }
        self.block("checks", &lines);
    }

    fn block(&mut self, word: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.line(&format!("\n  {word} {{"));
            for it in lines {
                self.line(&format!("    {it}"));
            }
            self.line("  }");
        }
    }

    fn rows(&mut self, table: &Table) {
        let Some(seed) = table.seed.as_ref().filter(|it| !it.rows.is_empty()) else { return };
        let mut lines = Vec::new();
        for row in &seed.rows {
            let values: Option<Vec<String>> = row.iter().map(|it| value(it)).collect();
            match values {
                Some(values) => lines.push(format!("  {}", values.join(", "))),
                None => self.lost(format!("a row of `{}`", table.name)),
            }
        }
        let columns: Vec<String> = table.column_names(&seed.columns).map(name).collect();
        let of = path(self.design, table.namespace, &table.name);
        self.line(&format!("records {of}({}) {{\n{}\n}}\n", columns.join(", "), lines.join("\n")));
    }
}

/// A column, or several between parentheses.
fn columns(table: &Table, ids: &[ColumnId]) -> String {
    let names: Vec<String> = table.column_names(ids).map(name).collect();
    match names.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

fn elements(table: &Table, all: &[IndexElement]) -> Option<String> {
    let parts: Option<Vec<String>> = all
        .iter()
        .map(|it| match &it.key {
            IndexKey::Column(id) => table.column(*id).map(|it| name(&it.name)),
            IndexKey::Expression(sql) => expression(sql),
        })
        .collect();
    match parts?.as_slice() {
        [one] => Some(one.clone()),
        several => Some(format!("({})", several.join(", "))),
    }
}

fn index_settings(it: &Index) -> Vec<String> {
    let mut all = Vec::new();
    if it.unique {
        all.push("unique".to_owned());
    }
    if it.method != "btree" {
        all.push(format!("type: {}", name(&it.method)));
    }
    all.push(format!("name: {}", note(&it.name)));
    all.extend(it.comment.iter().map(|it| format!("note: {}", note(it))));
    all
}

/// Whether an index has a condition, further columns, or elements with an order or operators of their own.
fn is_more_than_elements(it: &Index) -> bool {
    let is_plain = |it: &IndexElement| {
        let bare = IndexElement { key: it.key.clone(), ..IndexElement::column(ColumnId::default()) };
        *it == bare
    };
    it.predicate.is_some()
        || !it.include.is_empty()
        || it.nulls_not_distinct
        || !it.elements.iter().all(is_plain)
}

/// A type: a plain word with its modifiers as it is, one of the design by its name, anything else between quotes.
fn type_of(design: &Design, data_type: &DataType) -> String {
    let own = match &data_type.base {
        BaseType::Enum(id) => design.enum_type(*id).map(|it| path(design, it.namespace, &it.name)),
        BaseType::Domain(id) => design.domain(*id).map(|it| path(design, it.namespace, &it.name)),
        BaseType::Composite(id) => design.composite(*id).map(|it| path(design, it.namespace, &it.name)),
        BaseType::Range(id) => design.range(*id).map(|it| path(design, it.namespace, &it.name)),
        BaseType::Row(id) => design.table(*id).map(|it| path(design, it.namespace, &it.name)),
        BaseType::Builtin(_) | BaseType::Other { .. } => None,
    };
    if let Some(own) = own {
        return own + &"[]".repeat(usize::from(data_type.dimensions));
    }
    let text = type_text(design, data_type);
    let is_plain = text.chars().all(|it| it.is_ascii_alphanumeric() || "_(),[]".contains(it));
    if is_plain { text } else { name(&text) }
}

//! What a piece of SQL text needs to exist: the records that its names mean.

use std::collections::BTreeMap;

use crate::design::{ColumnValue, Design, FunctionId, Id, Index, IndexKey, NamespaceId, SqlText, Table};
use crate::sql::{Mention, Role, mentions};

/// The names of a design's functions and relations, with the SQL schema that each is in.
pub struct Names<'a> {
    design: &'a Design,
    functions: BTreeMap<&'a str, Vec<(Option<NamespaceId>, FunctionId)>>,
    relations: BTreeMap<&'a str, Vec<(Option<NamespaceId>, Id)>>,
    sequences: BTreeMap<&'a str, Vec<(Option<NamespaceId>, Id)>>,
}

impl<'a> Names<'a> {
    /// The names of `design`.
    pub fn of(design: &'a Design) -> Self {
        let mut functions: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for it in design.functions() {
            functions.entry(&it.name).or_default().push((it.namespace, it.id));
        }
        let mut relations: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for it in design.tables() {
            relations.entry(&it.name).or_default().push((it.namespace, it.id.into()));
        }
        for it in design.views() {
            relations.entry(&it.name).or_default().push((it.namespace, it.id.into()));
        }
        let mut sequences: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for it in design.sequences() {
            sequences.entry(&it.name).or_default().push((it.namespace, it.id.into()));
        }
        Self { design, functions, relations, sequences }
    }

    /// The functions that an expression calls.
    pub fn called(&self, text: &str) -> Vec<Id> {
        if self.functions.is_empty() || !text.contains('(') {
            return Vec::new();
        }
        let calls = mentions(text).into_iter().filter(|it| it.role == Role::Call);
        calls.flat_map(|it| self.functions_of(&it)).collect()
    }

    /// The sequences that a default draws from by name.
    pub fn drawn_from(&self, text: &str) -> Vec<Id> {
        if self.sequences.is_empty() || !text.contains('\'') {
            return Vec::new();
        }
        let named = mentions(text).into_iter().filter(|it| it.in_text && it.role == Role::Relation);
        named.flat_map(|it| self.sequences(&it)).collect()
    }

    /// The functions that a text names without calling them, as an option of a type does.
    pub fn functions_named(&self, text: &str) -> Vec<Id> {
        mentions(text).iter().flat_map(|it| self.functions_of(it)).collect()
    }

    /// The relations that a query reads or writes, and the functions that it calls.
    pub fn read(&self, text: &str) -> Vec<Id> {
        let mut found = Vec::new();
        for mention in mentions(text) {
            match mention.role {
                Role::Call => found.extend(self.functions_of(&mention)),
                Role::Relation | Role::Type => found.extend(self.relations_of(&mention)),
                Role::Other => {}
            }
        }
        found
    }

    /// The relations whose row types a type's text names.
    pub fn types(&self, text: &str) -> Vec<Id> {
        if self.relations.is_empty() {
            return Vec::new();
        }
        mentions(text).iter().flat_map(|it| self.relations_of(it)).collect()
    }

    /// The relations whose row or column types a procedural body declares: `task%ROWTYPE`, `task.title%TYPE`.
    pub fn row_types(&self, text: &str) -> Vec<Id> {
        let mut found = Vec::new();
        for mention in mentions(text) {
            let after = text.get(mention.last().span.end as usize..).unwrap_or("").trim_start();
            let Some(kind) = after.strip_prefix('%') else { continue };
            let kind = kind.trim_start().get(..4).unwrap_or("").to_ascii_lowercase();
            let relation = match kind.as_str() {
                "rowt" => mention,
                "type" => Mention { parts: mention.parts[..mention.parts.len() - 1].to_vec(), ..mention },
                _ => continue,
            };
            if !relation.parts.is_empty() {
                found.extend(self.relations_of(&relation));
            }
        }
        found
    }

    /// The sequences that a mention can mean.
    pub fn sequences(&self, mention: &Mention) -> Vec<Id> {
        let known = self.sequences.get(mention.last().name.as_str()).into_iter().flatten();
        known.filter(|it| self.is_in(mention, it.0)).map(|it| it.1).collect()
    }

    fn functions_of(&self, mention: &Mention) -> Vec<Id> {
        let known = self.functions.get(mention.last().name.as_str()).into_iter().flatten();
        known.filter(|it| self.is_in(mention, it.0)).map(|it| it.1.into()).collect()
    }

    fn relations_of(&self, mention: &Mention) -> Vec<Id> {
        // `pg_catalog` is searched first: without a qualifier its names mean its relations, whoever has others of the name.
        if mention.parts.len() == 1 && mention.last().name.starts_with("pg_") {
            return Vec::new();
        }
        let known = self.relations.get(mention.last().name.as_str()).into_iter().flatten();
        known.filter(|it| self.is_in(mention, it.0)).map(|it| it.1).collect()
    }

    /// Whether the mention's qualifier fits; a name without one may be found by any search path.
    fn is_in(&self, mention: &Mention, namespace: Option<NamespaceId>) -> bool {
        match mention.parts.as_slice() {
            [_] => true,
            [.., qualifier, _] => qualifier.name == self.design.namespace_name(namespace),
            [] => false,
        }
    }
}

/// Each piece of SQL text that must hold when the table is created.
pub fn table_texts(table: &Table, mut visit: impl FnMut(&SqlText)) {
    for column in &table.columns {
        match &column.value {
            ColumnValue::Default(text) => visit(text),
            ColumnValue::Generated { expression, .. } => visit(expression),
            ColumnValue::Given | ColumnValue::Identity { .. } => {}
        }
    }
    table.checks.iter().for_each(|it| visit(&it.expression));
    for exclusion in &table.exclusions {
        for (element, _) in &exclusion.elements {
            if let IndexKey::Expression(text) = &element.key {
                visit(text);
            }
        }
        exclusion.predicate.iter().for_each(&mut visit);
    }
    table.partitioning.iter().flat_map(|it| &it.keys).for_each(visit);
}

/// Each piece of SQL text of an index.
pub fn index_texts(index: &Index, mut visit: impl FnMut(&SqlText)) {
    for element in &index.elements {
        if let IndexKey::Expression(text) = &element.key {
            visit(text);
        }
    }
    index.predicate.iter().for_each(visit);
}

//! Indexes and what names them.

use super::Ddl;
use super::item::{Level, Owner};
use crate::design::{Id, Index, IndexElement, IndexKey, IndexParent, ReplicaIdentity, Table};
use crate::pg::needs_quotes;
use crate::pg::{TokenKind, tokens};

impl<'a> Ddl<'a> {
    /// `CREATE INDEX` with what must stand beside it.
    pub(super) fn index(&mut self, owner: Owner<'a>, index: &Index) {
        let start = self.line(Level::Indexes);
        let (table, namespace, name) = match owner {
            Owner::Table(it) => (Some(it), it.namespace, &it.name),
            Owner::View(it) => (None, it.namespace, &it.name),
        };
        self.w.sql(if index.unique { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " }).ident(&index.name);
        self.w.sql(if index.only { " ON ONLY " } else { " ON " });
        self.name(namespace, name);
        if index.method != "btree" {
            self.w.sql(" USING ").ident(&index.method);
        }
        self.w.sql(" (");
        for (position, element) in index.elements.iter().enumerate() {
            self.w.sql(if position > 0 { ", " } else { "" });
            self.element(table, index.id.into(), element);
        }
        self.w.sql(")");
        if let Some(table) = table.filter(|_| !index.include.is_empty()) {
            self.w.sql(" INCLUDE (").idents(table.column_names(&index.include)).sql(")");
        }
        if self.nulls_not_distinct(index.id, index.nulls_not_distinct) {
            self.w.sql(" NULLS NOT DISTINCT");
        }
        if !index.storage_parameters.is_empty() {
            self.w.sql(" WITH ");
            self.parameters(&index.storage_parameters);
        }
        if let Some(tablespace) = &index.tablespace {
            self.w.sql(" TABLESPACE ").ident(tablespace);
        }
        if let Some(predicate) = &index.predicate {
            self.w.sql(" WHERE ");
            self.expression(index.id, predicate);
        }
        self.w.sql(";\n").close(start, index.id);
        for (position, element) in index.elements.iter().enumerate() {
            if let Some(target) = element.statistics {
                self.w.sql("ALTER INDEX ");
                self.name(namespace, &index.name);
                let at = i64::try_from(position).unwrap_or(i64::MAX).saturating_add(1);
                self.w.sql(" ALTER COLUMN ").number(at);
                self.w.sql(" SET STATISTICS ").number(target.into()).sql(";\n");
            }
        }
        if let Some(comment) = &index.comment {
            let start = self.w.here();
            self.w.sql("COMMENT ON INDEX ");
            self.name(namespace, &index.name);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, index.id);
        }
    }

    /// What an index or exclusion constraint compares, with its options.
    pub(super) fn element(&mut self, table: Option<&Table>, about: Id, element: &IndexElement) {
        match &element.key {
            IndexKey::Column(id) => {
                self.w.idents(table.and_then(|it| it.column(*id)).map(|it| it.name.as_str()));
            }
            IndexKey::Expression(text) if is_bare(text) => self.expression(about, text),
            IndexKey::Expression(text) => {
                self.w.sql("(");
                self.expression(about, text);
                self.w.sql(")");
            }
        }
        if let Some(collation) = &element.collation {
            self.w.sql(" COLLATE ").raw(collation);
        }
        if let Some(class) = &element.operator_class {
            self.w.sql(" ").raw(class);
        }
        self.w.sql(if element.descending { " DESC" } else { "" });
        self.w.sql(match element.nulls_first {
            Some(true) if !element.descending => " NULLS FIRST",
            Some(false) if element.descending => " NULLS LAST",
            // The default of the direction goes without saying.
            None | Some(_) => "",
        });
    }

    /// What rests on indexes that are all there by now: parts of partitioned indexes, replica identity, clustering.
    pub(super) fn index_uses(&mut self) {
        for table in self.written.clone() {
            for index in &table.indexes {
                if let Some(whole) = index.attached_to.and_then(|it| self.whole_index(table, it)) {
                    let start = self.line(Level::IndexVerbatims);
                    self.w.sql("ALTER INDEX ");
                    self.name(whole.0.namespace, whole.1);
                    self.w.sql(" ATTACH PARTITION ");
                    self.name(table.namespace, &index.name);
                    self.w.sql(";\n").close(start, index.id);
                }
            }
            self.replica_identity(table);
            if let Some(index) = &table.cluster_on {
                self.alter(table);
                self.w.sql(" CLUSTER ON ").ident(index).sql(";\n");
            }
        }
    }

    /// The table and name of an index that one of `table`'s is a part of.
    fn whole_index(&self, table: &Table, whole: IndexParent) -> Option<(&'a Table, &'a str)> {
        let above = table.partition_of.as_ref().and_then(|it| self.design.table(it.table))?;
        let name = match whole {
            IndexParent::Index(id) => above.indexes.iter().find(|it| it.id == id).map(|it| it.name.as_str()),
            IndexParent::Constraint(id) => key_name(above, id),
        };
        name.map(|it| (above, it))
    }

    fn replica_identity(&mut self, table: &Table) {
        let index = match table.replica_identity {
            ReplicaIdentity::Default => return,
            ReplicaIdentity::Full | ReplicaIdentity::Nothing => None,
            ReplicaIdentity::Index(id) => {
                table.indexes.iter().find(|it| it.id == id).map(|it| it.name.as_str())
            }
            ReplicaIdentity::Constraint(id) => key_name(table, id),
        };
        self.alter(table);
        self.w.sql(" REPLICA IDENTITY ");
        match (table.replica_identity, index) {
            (ReplicaIdentity::Nothing, _) => self.w.sql("NOTHING"),
            (_, Some(index)) => self.w.sql("USING INDEX ").ident(index),
            (_, None) => self.w.sql("FULL"),
        };
        self.w.sql(";\n");
    }

    fn alter(&mut self, table: &Table) {
        self.line(Level::IndexVerbatims);
        self.w.sql("ALTER TABLE ");
        self.table_name(table);
    }
}

fn key_name(table: &Table, id: crate::design::ConstraintId) -> Option<&str> {
    let primary = table.primary_key.iter().filter(|it| it.id == id).map(|it| it.name.as_str());
    let uniques = table.uniques.iter().filter(|it| it.id == id).map(|it| it.name.as_str());
    primary.chain(uniques).next()
}

/// Whether an expression is one function call, which an index takes without parentheses.
fn is_bare(text: &str) -> bool {
    let all: Vec<_> = tokens(text).filter(|it| it.kind != TokenKind::Space).collect();
    let Some(open) = all.iter().position(|it| it.is(text, "(")) else { return false };
    let is_name = !all[..open].is_empty()
        && all[..open].iter().enumerate().all(|(index, it)| match it.kind {
            _ if index % 2 == 1 => it.is(text, "."),
            TokenKind::Word => it.name(text).is_some_and(|name| !needs_quotes(&name) || name == "coalesce"),
            TokenKind::Quoted => true,
            _ => false,
        });
    let mut depth = 0;
    let closes_at = all.iter().position(|it| {
        depth += i32::from(it.is(text, "(")) - i32::from(it.is(text, ")"));
        depth == 0 && it.is(text, ")")
    });
    is_name && open % 2 == 1 && closes_at == Some(all.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_single_call_goes_without_parentheses() {
        assert!(is_bare("lower(email)") && is_bare("app.\"F\"((a), 2)") && is_bare("coalesce(a, b)"));
        assert!(
            !is_bare("lower(a) || lower(b)") && !is_bare("(a + b)") && !is_bare("a") && !is_bare("not (a)")
        );
        assert!(!is_bare("values (1)") && !is_bare("lower(a"));
    }
}

//! SQL schemas, extensions, types and sequences.

use super::Ddl;
use super::item::Level;
use crate::design::{
    CompositeType, Domain, DomainCheck, Enforcement, EnumType, Extension, Id, Namespace, NamespaceId,
    RangeType, Sequence, SequenceOptions,
};
use crate::sql::type_name::write_type_name;

impl Ddl<'_> {
    pub(super) fn namespace(&mut self, namespace: &Namespace) {
        // A new database has `public` already.
        if namespace.name != "public" {
            let start = self.line(Level::Namespaces);
            self.w.sql("CREATE SCHEMA ").ident(&namespace.name).sql(";\n").close(start, namespace.id);
        }
        if let Some(comment) = &namespace.comment {
            let start = self.line(Level::Namespaces);
            self.w.sql("COMMENT ON SCHEMA ").ident(&namespace.name).sql(" IS ").literal(comment).sql(";\n");
            self.w.close(start, namespace.id);
        }
    }

    pub(super) fn extension(&mut self, extension: &Extension) {
        let start = self.line(Level::Extensions);
        self.w.sql("CREATE EXTENSION IF NOT EXISTS ").ident(&extension.name);
        if let Some(namespace) = &extension.namespace {
            self.w.sql(" SCHEMA ").raw(namespace);
        }
        if let Some(version) = &extension.version {
            self.w.sql(" VERSION ").literal(version);
        }
        self.w.sql(if extension.cascade { " CASCADE;\n" } else { ";\n" }).close(start, extension.id);
        if let Some(comment) = &extension.comment {
            let start = self.w.here();
            self.w
                .sql("COMMENT ON EXTENSION ")
                .ident(&extension.name)
                .sql(" IS ")
                .literal(comment)
                .sql(";\n");
            self.w.close(start, extension.id);
        }
    }

    pub(super) fn enum_type(&mut self, it: &EnumType) {
        let start = self.line(Level::Enums);
        self.w.sql("CREATE TYPE ");
        self.type_name(it.namespace, &it.name);
        self.w.sql(" AS ENUM (").list(&it.values, ", ", |w, value| {
            w.literal(value);
        });
        self.w.sql(");\n").close(start, it.id);
        self.comment_on_type("COMMENT ON TYPE ", it.id.into(), it.namespace, &it.name, it.comment.as_deref());
    }

    pub(super) fn composite(&mut self, it: &CompositeType) {
        let start = self.block();
        self.w.sql("CREATE TYPE ");
        self.type_name(it.namespace, &it.name);
        self.w.sql(" AS (");
        for (index, attribute) in it.attributes.iter().enumerate() {
            self.w.sql(if index > 0 { ",\n    " } else { "\n    " }).ident(&attribute.name).sql(" ");
            self.data_type(&attribute.data_type);
            if let Some(collation) = &attribute.collation {
                self.w.sql(" COLLATE ").raw(collation);
            }
        }
        self.w.sql(if it.attributes.is_empty() { ");\n" } else { "\n);\n" }).close(start, it.id);
        self.comment_on_type("COMMENT ON TYPE ", it.id.into(), it.namespace, &it.name, it.comment.as_deref());
        for attribute in &it.attributes {
            let Some(comment) = &attribute.comment else { continue };
            let start = self.w.here();
            self.w.sql("COMMENT ON COLUMN ");
            self.type_name(it.namespace, &it.name);
            self.w
                .sql(".")
                .ident(&attribute.name)
                .sql(" IS ")
                .literal(comment)
                .sql(";\n")
                .close(start, it.id);
        }
    }

    pub(super) fn range(&mut self, it: &RangeType) {
        let start = self.line(Level::Ranges);
        self.w.sql("CREATE TYPE ");
        self.type_name(it.namespace, &it.name);
        self.w.sql(" AS RANGE (subtype = ");
        self.data_type(&it.subtype);
        for (name, value) in &it.options {
            if name.eq_ignore_ascii_case("multirange_type_name") && self.before(14) {
                self.lose(
                    it.id,
                    format!("multirange type of `{}` left out: it came with PostgreSQL 14", it.name),
                );
                continue;
            }
            self.w.sql(", ").ident(name).sql(" = ").raw(value);
        }
        self.w.sql(");\n").close(start, it.id);
        self.comment_on_type("COMMENT ON TYPE ", it.id.into(), it.namespace, &it.name, it.comment.as_deref());
    }

    pub(super) fn domain(&mut self, it: &Domain) {
        let start = self.line(Level::Domains);
        self.w.sql("CREATE DOMAIN ");
        self.type_name(it.namespace, &it.name);
        self.w.sql(" AS ");
        self.data_type(&it.data_type);
        if let Some(collation) = &it.collation {
            self.w.sql(" COLLATE ").raw(collation);
        }
        if let Some(default) = &it.default {
            self.w.sql(" DEFAULT ");
            self.default_expression(it.id, default);
        }
        self.w.sql(if it.not_null { " NOT NULL" } else { "" });
        let (late, inline): (Vec<_>, Vec<_>) =
            it.checks.iter().partition(|it| it.enforcement == Enforcement::NotValid);
        for check in inline {
            self.w.sql(" ");
            self.domain_check(check);
        }
        self.w.sql(";\n").close(start, it.id);
        for check in late {
            let start = self.w.here();
            self.w.sql("ALTER DOMAIN ");
            self.type_name(it.namespace, &it.name);
            self.w.sql(" ADD ");
            self.domain_check(check);
            self.w.sql(" NOT VALID;\n").close(start, check.id);
        }
        self.comment_on_type(
            "COMMENT ON DOMAIN ",
            it.id.into(),
            it.namespace,
            &it.name,
            it.comment.as_deref(),
        );
        for check in &it.checks {
            let Some(comment) = &check.comment else { continue };
            let start = self.w.here();
            self.w.sql("COMMENT ON CONSTRAINT ").ident(&check.name).sql(" ON DOMAIN ");
            self.type_name(it.namespace, &it.name);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, check.id);
        }
    }

    fn domain_check(&mut self, check: &DomainCheck) {
        self.w.sql("CONSTRAINT ").ident(&check.name).sql(" CHECK (");
        self.expression(check.id, &check.expression);
        self.w.sql(")");
    }

    pub(super) fn sequence(&mut self, it: &Sequence) {
        let start = self.line(Level::Sequences);
        let unlogged = it.unlogged && !self.before(15);
        if it.unlogged && !unlogged {
            self.lose(
                it.id,
                format!("sequence `{}` is logged: unlogged ones came with PostgreSQL 15", it.name),
            );
        }
        self.w.sql(if unlogged { "CREATE UNLOGGED SEQUENCE " } else { "CREATE SEQUENCE " });
        self.name(it.namespace, &it.name);
        if let Some(data_type) = &it.options.data_type {
            self.w.sql(" AS ");
            self.data_type(data_type);
        }
        self.sequence_options(&it.options, " ");
        self.w.sql(";\n").close(start, it.id);
        if let Some(comment) = &it.comment {
            let start = self.w.here();
            self.w.sql("COMMENT ON SEQUENCE ");
            self.name(it.namespace, &it.name);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, it.id);
        }
    }

    /// The options of an identity column's sequence, whose type is the column's.
    pub(super) fn identity_options(&mut self, options: &SequenceOptions) {
        let is_plain = SequenceOptions { data_type: options.data_type.clone(), ..SequenceOptions::default() };
        if *options == is_plain {
            return;
        }
        self.w.sql(" (");
        if let Some(name) = &options.name {
            self.w.sql("SEQUENCE NAME ").raw(name);
        }
        self.sequence_options(options, if options.name.is_some() { " " } else { "" });
        self.w.sql(")");
    }

    fn sequence_options(&mut self, options: &SequenceOptions, before: &'static str) {
        let mut before = before;
        let numbers = [
            ("INCREMENT BY ", options.increment),
            ("MINVALUE ", options.minimum),
            ("MAXVALUE ", options.maximum),
            ("START WITH ", options.start),
            ("CACHE ", options.cache),
        ];
        for (words, number) in numbers {
            if let Some(number) = number {
                self.w.sql(before).sql(words).number(number);
                before = " ";
            }
        }
        if options.cycle {
            self.w.sql(before).sql("CYCLE");
        }
    }

    pub(super) fn type_name(&mut self, namespace: Option<NamespaceId>, name: &str) {
        write_type_name(&mut self.w, self.design, namespace, name);
    }

    fn comment_on_type(
        &mut self,
        words: &'static str,
        id: Id,
        namespace: Option<NamespaceId>,
        name: &str,
        comment: Option<&str>,
    ) {
        let Some(comment) = comment else { return };
        let start = self.w.here();
        self.w.sql(words);
        self.type_name(namespace, name);
        self.w.sql(" IS ").literal(comment).sql(";\n").close(start, id);
    }
}

//! Sequences, domains, composite types and extensions that stay and are otherwise now.

use super::Script;
use crate::design::{CompositeType, Design, Domain, Extension, Record, Sequence, SequenceOptions};
use crate::sql::{ident, literal, qualified_name, type_name};

impl Script<'_> {
    /// The statements that make a thing of the old design that of the new one; nothing where it has to be said anew.
    pub(super) fn altered(&self, old: &Record, new: &Record) -> Option<Vec<String>> {
        Some(match (old, new) {
            (Record::EnumType(old), Record::EnumType(new)) => self.values(old, new),
            (Record::Sequence(old), Record::Sequence(new)) => sequence(self.new.design, old, new),
            (Record::Domain(old), Record::Domain(new)) => self.domain(old, new),
            (Record::CompositeType(old), Record::CompositeType(new)) => composite(self.new.design, old, new),
            (Record::Extension(old), Record::Extension(new)) => extension(old, new),
            (Record::Namespace(_), Record::Namespace(_)) => Vec::new(),
            _ => return None,
        })
    }

    fn domain(&self, old: &Domain, new: &Domain) -> Vec<String> {
        let alter = format!("ALTER DOMAIN {}", qualified_name(self.new.design, new.namespace, &new.name));
        let mut out = Vec::new();
        if old.default != new.default {
            out.push(match &new.default {
                Some(text) => format!("{alter} SET DEFAULT {text}"),
                None => format!("{alter} DROP DEFAULT"),
            });
        }
        if old.not_null != new.not_null {
            out.push(format!("{alter} {} NOT NULL", if new.not_null { "SET" } else { "DROP" }));
        }
        for it in old.checks.iter().filter(|it| !new.checks.contains(it)) {
            out.push(format!("{alter} DROP CONSTRAINT {}", ident(&it.name)));
        }
        for it in new.checks.iter().filter(|it| !old.checks.contains(it)) {
            out.push(format!("{alter} ADD CONSTRAINT {} CHECK ({})", ident(&it.name), it.expression));
        }
        out
    }
}

fn sequence(design: &Design, old: &Sequence, new: &Sequence) -> Vec<String> {
    let alter = format!("ALTER SEQUENCE {}", qualified_name(design, new.namespace, &new.name));
    let mut out = Vec::new();
    if old.unlogged != new.unlogged {
        out.push(format!("{alter} SET {}", if new.unlogged { "UNLOGGED" } else { "LOGGED" }));
    }
    let mut changed = options(&old.options, &new.options);
    if old.options.data_type != new.options.data_type {
        let of = new.options.data_type.as_ref();
        let to = of.map_or_else(|| "bigint".to_owned(), |it| type_name(design, it));
        changed.insert(0, format!("AS {to}"));
    }
    if old.owned_by.is_some() && new.owned_by.is_none() {
        changed.push("OWNED BY NONE".to_owned());
    }
    if !changed.is_empty() {
        out.push(format!("{alter} {}", changed.join(" ")));
    }
    out
}

/// What a sequence does otherwise from now on; where it stands is left alone.
pub(super) fn options(old: &SequenceOptions, new: &SequenceOptions) -> Vec<String> {
    let mut out = Vec::new();
    let is_down = new.increment.is_some_and(|it| it < 0);
    let numbers = [
        ("INCREMENT BY", old.increment, new.increment, "INCREMENT BY 1"),
        ("MINVALUE", old.minimum, new.minimum, "NO MINVALUE"),
        ("MAXVALUE", old.maximum, new.maximum, "NO MAXVALUE"),
        ("START WITH", old.start, new.start, if is_down { "START WITH -1" } else { "START WITH 1" }),
        ("CACHE", old.cache, new.cache, "CACHE 1"),
    ];
    for (words, was, is, none) in numbers {
        match is {
            _ if was == is => {}
            Some(number) => out.push(format!("{words} {number}")),
            None => out.push(none.to_owned()),
        }
    }
    if old.cycle != new.cycle {
        out.push(if new.cycle { "CYCLE" } else { "NO CYCLE" }.to_owned());
    }
    out
}

fn composite(design: &Design, old: &CompositeType, new: &CompositeType) -> Vec<String> {
    let alter = format!("ALTER TYPE {}", qualified_name(design, new.namespace, &new.name));
    let mut out = Vec::new();
    for it in old.attributes.iter().filter(|it| !new.attributes.iter().any(|now| now.name == it.name)) {
        out.push(format!("{alter} DROP ATTRIBUTE {}", ident(&it.name)));
    }
    for it in &new.attributes {
        let collation = it.collation.as_ref().map_or_else(String::new, |it| format!(" COLLATE {it}"));
        let to = format!("{}{collation}", type_name(design, &it.data_type));
        let name = ident(&it.name);
        match old.attributes.iter().find(|was| was.name == it.name) {
            None => out.push(format!("{alter} ADD ATTRIBUTE {name} {to}")),
            Some(was) if was.data_type != it.data_type || was.collation != it.collation => {
                out.push(format!("{alter} ALTER ATTRIBUTE {name} TYPE {to}"));
            }
            Some(_) => {}
        }
    }
    out
}

fn extension(old: &Extension, new: &Extension) -> Vec<String> {
    let alter = format!("ALTER EXTENSION {}", ident(&new.name));
    let mut out = Vec::new();
    if let Some(place) = new.namespace.as_ref().filter(|it| old.namespace.as_ref() != Some(*it)) {
        out.push(format!("{alter} SET SCHEMA {place}"));
    }
    if let Some(version) = new.version.as_ref().filter(|it| old.version.as_ref() != Some(*it)) {
        out.push(format!("{alter} UPDATE TO {}", literal(version)));
    }
    out
}

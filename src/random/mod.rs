//! Designs and edits by chance, for property tests and benchmarks: valid ones that PostgreSQL loads.
//!
//! The same seed gives the same design. No part of the product: only tests and the feature `random` have it.

mod constraints;
mod dice;
mod edits;
mod families;
mod objects;
mod programs;
mod rest;
mod tables;
mod words;

use crate::design::{ColumnId, DataType, Design, Edit, IdSource, NamespaceId, Record, Table};
use dice::Dice;
use words::Words;

pub use edits::edit;

/// What a design by chance may hold.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most tables.
    pub tables: usize,
    /// Names that need quotes, hold quotes, or have 63 bytes.
    pub awkward_names: bool,
    /// Things besides tables, keys, constraints and indexes.
    pub programs: bool,
    /// Extensions that the server has, of those that are used: `btree_gist`, `citext`, `pg_trgm`.
    pub extensions: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { tables: 8, awkward_names: true, programs: true, extensions: Vec::new() }
    }
}

/// A design by chance.
pub fn design(seed: u64, options: &Options) -> Design {
    let mut maker = Maker::new(seed, options);
    maker.objects();
    if options.programs {
        maker.text_functions();
    }
    maker.tables();
    if options.programs {
        maker.programs();
    }
    maker.rest();
    let mut design = Design::new();
    let records = std::mem::take(&mut maker.records);
    let tables = maker.tables.into_iter().map(Record::Table);
    let edit = Edit::adding(records.into_iter().chain(tables));
    match design.apply(&edit) {
        Ok(()) => design,
        Err(refused) => panic!("seed {seed} gives an invalid design: {refused}"),
    }
}

/// A design on its way.
struct Maker<'a> {
    dice: Dice,
    ids: IdSource,
    words: Words,
    options: &'a Options,
    namespaces: Vec<NamespaceId>,
    namespace_names: Vec<String>,
    extensions: Vec<String>,
    /// Types of the design that a column may have, each with a default expression where it has one.
    types: Vec<(DataType, Option<String>)>,
    /// Names of functions from text to text that do not change, ready to be called.
    text_functions: Vec<String>,
    tables: Vec<Table>,
    records: Vec<Record>,
}

impl<'a> Maker<'a> {
    fn new(seed: u64, options: &'a Options) -> Self {
        Self {
            dice: Dice::new(seed),
            ids: Design::new().ids(),
            words: Words::new(options.awkward_names),
            options,
            namespaces: Vec::new(),
            namespace_names: Vec::new(),
            extensions: Vec::new(),
            types: Vec::new(),
            text_functions: Vec::new(),
            tables: Vec::new(),
            records: Vec::new(),
        }
    }

    fn has_extension(&self, name: &str) -> bool {
        self.extensions.iter().any(|it| it == name)
    }

    fn name(&mut self) -> String {
        self.words.name(&mut self.dice)
    }

    fn comment(&mut self) -> Option<String> {
        self.dice.chance(25).then(|| words::sentence(&mut self.dice))
    }

    /// An SQL schema, most often `public`.
    fn namespace(&mut self) -> Option<NamespaceId> {
        if self.dice.chance(70) { None } else { self.dice.pick(&self.namespaces).copied() }
    }

    /// A name as SQL text refers to it.
    fn written(&self, namespace: Option<NamespaceId>, name: &str) -> String {
        let place = namespace.and_then(|it| self.namespaces.iter().position(|other| *other == it));
        match place.and_then(|it| self.namespace_names.get(it)) {
            Some(namespace) => format!("{}.{}", crate::sql::ident(namespace), crate::sql::ident(name)),
            // A type of this name would be found first.
            None if crate::pg::Builtin::from_name(name).is_some() => {
                format!("public.{}", crate::sql::ident(name))
            }
            None => crate::sql::ident(name),
        }
    }

    fn columns_of(table: &Table, wanted: impl Fn(&DataType) -> bool) -> Vec<ColumnId> {
        let usable = table.columns.iter().filter(|it| {
            !matches!(it.value, crate::design::ColumnValue::Generated { .. }) && wanted(&it.data_type)
        });
        usable.map(|it| it.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::History;

    #[test]
    fn every_design_holds_together_and_repeats() {
        for seed in 0..300 {
            let one = design(seed, &Options::default());
            assert_eq!(one.violations(), [], "seed {seed}");
            assert_eq!(one, design(seed, &Options::default()), "seed {seed}");
        }
    }

    #[test]
    fn undo_takes_every_edit_back() {
        for seed in 0..300 {
            let mut current = design(seed, &Options::default());
            let mut history = History::default();
            let mut versions = vec![current.clone()];
            for step in 0..5 {
                let edit = edit(&current, seed * 31 + step);
                history
                    .apply(&mut current, "edit", edit.clone())
                    .unwrap_or_else(|it| panic!("seed {seed}: {it}"));
                if !edit.is_empty() {
                    versions.push(current.clone());
                }
                assert_eq!(current.violations(), [], "seed {seed}");
            }
            let last = current.clone();
            for version in versions.iter().rev().skip(1) {
                history.undo(&mut current).expect("what was done can be undone");
                assert_eq!(&current, version, "seed {seed}");
            }
            while history.redo(&mut current).expect("what was undone can be redone").is_some() {}
            assert_eq!(current, last, "seed {seed}");
        }
    }
}

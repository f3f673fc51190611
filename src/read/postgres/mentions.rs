//! Which records a piece of SQL names.

use std::collections::BTreeSet;

use squawk_syntax::ast;
use squawk_syntax::{SyntaxKind, SyntaxNode};

use crate::design::{BaseType, DataType, Id};

use super::builder::{Builder, Relation};
use super::syntax::{self, Name};

impl Builder<'_> {
    /// The records that a node names as relations, types or functions, in order of birth. What is not in the design yet is
    /// left out, so a record never comes to depend on a later one.
    pub fn mentions(&self, node: &SyntaxNode) -> Vec<Id> {
        let mut found = BTreeSet::new();
        for part in node.descendants() {
            match part.kind() {
                SyntaxKind::PATH | SyntaxKind::PATH_REF => {
                    let inside =
                        |it: SyntaxNode| matches!(it.kind(), SyntaxKind::PATH | SyntaxKind::PATH_REF);
                    if part.parent().is_some_and(inside) {
                        continue;
                    }
                    let mut segments = syntax::segments(&part);
                    let Some(name) = segments.pop() else { continue };
                    self.add_named(&Name { namespace: segments.pop(), name }, &mut found);
                }
                SyntaxKind::CALL_EXPR => {
                    let Some(callee) = part.first_child() else { continue };
                    let mut names: Vec<String> = callee
                        .descendants()
                        .filter(|it| it.kind() == SyntaxKind::NAME_REF)
                        .map(|it| ast::normalize_name_node(&it))
                        .collect();
                    let Some(name) = names.pop() else { continue };
                    let name = Name { namespace: names.pop(), name };
                    let routines = self.routines(&name).map(|it| it.1).unwrap_or_default();
                    found.extend(routines.into_iter().map(Id::from));
                }
                _ => {}
            }
        }
        found.into_iter().collect()
    }

    fn add_named(&self, name: &Name, found: &mut BTreeSet<Id>) {
        if let Some(relation) = self.relation(name) {
            found.extend(Self::record_of(relation));
        }
        if let Some((_, base)) = self.base_type(name) {
            found.extend(DataType::new(base).uses());
        }
        if let Some((_, routines)) = self.routines(name) {
            found.extend(routines.into_iter().map(Id::from));
        }
    }

    /// Whether any of these records is, or rests on, the other.
    pub fn needs(&self, records: &[Id], other: Id) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = records.to_vec();
        while let Some(id) = open.pop() {
            if id == other {
                return true;
            }
            if !seen.insert(id) {
                continue;
            }
            let view = self.views.get(&id.into()).map(|it| &it.reads);
            let function = self.functions.get(&id.into()).map(|it| &it.reads);
            let kept = self.verbatims.get(&id.into()).map(|it| &it.needs);
            open.extend([view, function, kept].into_iter().flatten().flatten());
        }
        false
    }

    /// The record behind a relation.
    pub fn record_of(relation: Relation) -> Option<Id> {
        match relation {
            Relation::Table(id)
            | Relation::Identity(id, _)
            | Relation::Index(id, _)
            | Relation::Key(id, _) => Some(id.into()),
            Relation::View(id) | Relation::ViewIndex(id, _) => Some(id.into()),
            Relation::Sequence(id) => Some(id.into()),
            Relation::Composite(id) => Some(id.into()),
            Relation::Kept(id) => Some(id.into()),
            Relation::Temporary => None,
        }
    }

    /// Forgets a record that others say they need.
    pub fn forget(&mut self, id: Id) {
        for view in self.views.values_mut() {
            view.reads.retain(|it| *it != id);
        }
        for function in self.functions.values_mut() {
            function.reads.retain(|it| *it != id);
        }
        for verbatim in self.verbatims.values_mut() {
            verbatim.needs.retain(|it| *it != id);
        }
    }

    /// Whether a type is the same as another for the purpose of telling functions apart.
    pub fn is_same_type(a: &DataType, b: &DataType) -> bool {
        match (&a.base, &b.base) {
            (BaseType::Other { name: a, .. }, BaseType::Other { name: b, .. }) => a == b,
            (x, y) => x == y && a.dimensions.min(1) == b.dimensions.min(1),
        }
    }
}

//! A person's hand: what it changes of a convention's is the person's from then on.

use super::value_set::values_in;
use crate::design::member::Member;
use crate::design::{
    Check, Column, ConventionKind, Edit, Exclusion, ForeignKey, Index, Origin, Policy, PrimaryKey, Record,
    Table, Trigger, Unique,
};

/// A person's edit, with the origin of everything that it changes made the person's hand where it was a convention
/// or an assumption. What a brief, a file or a model said keeps its evidence. A value set whose values were changed
/// stays one: its form remains the convention's.
#[must_use]
pub fn touched(mut edit: Edit) -> Edit {
    for replaced in &mut edit.records {
        match (&replaced.before, &mut replaced.after) {
            (Some(Record::Table(before)), Some(Record::Table(after))) => touch_table(before, after),
            (Some(Record::EnumType(before)), Some(Record::EnumType(after)))
                if (&before.name, before.namespace) != (&after.name, after.namespace) =>
            {
                after.origin = taken_over(&after.origin);
            }
            (Some(Record::Function(before)), Some(Record::Function(after))) if before != after => {
                after.origin = taken_over(&after.origin);
            }
            _ => {}
        }
    }
    edit
}

fn taken_over(origin: &Origin) -> Origin {
    match origin {
        Origin::Convention(_) | Origin::Assumption { .. } => Origin::Hand,
        Origin::Hand
        | Origin::Brief { .. }
        | Origin::Import { .. }
        | Origin::Model { .. }
        | Origin::Given => origin.clone(),
    }
}

fn touch_table(before: &Table, after: &mut Table) {
    members(&before.columns, &mut after.columns);
    members(before.primary_key.as_slice(), after.primary_key.as_mut_slice());
    members(&before.uniques, &mut after.uniques);
    members(&before.foreign_keys, &mut after.foreign_keys);
    members(&before.checks, &mut after.checks);
    members(&before.exclusions, &mut after.exclusions);
    members(&before.indexes, &mut after.indexes);
    members(&before.triggers, &mut after.triggers);
    members(&before.policies, &mut after.policies);
    let own = |it: &Table| (it.name.clone(), it.namespace, it.kind, it.comment.clone());
    if own(before) != own(after) {
        after.origin = taken_over(&after.origin);
    }
}

fn members<T: Touched>(before: &[T], after: &mut [T]) {
    for member in after {
        let old = before.iter().find(|it| it.id() == member.id());
        if old.is_some_and(|old| old != member && !member.keeps_form(old)) {
            member.take_over();
        }
    }
}

trait Touched: Member {
    fn take_over(&mut self);

    /// Whether the change leaves the form that a convention gave it.
    fn keeps_form(&self, _before: &Self) -> bool {
        false
    }
}

macro_rules! members {
    ($($kind:ident)+) => {$(
        impl Touched for $kind {
            fn take_over(&mut self) {
                self.origin = taken_over(&self.origin);
            }
        }
    )+};
}

members! { Column PrimaryKey Unique ForeignKey Exclusion Trigger Policy }

impl Touched for Check {
    fn take_over(&mut self) {
        self.origin = taken_over(&self.origin);
    }

    fn keeps_form(&self, before: &Self) -> bool {
        let column = before.expression.split(" IN ").next().unwrap_or_default().trim_matches('"');
        self.origin == Origin::Convention(ConventionKind::ValueSet)
            && self.name == before.name
            && self.enforcement == before.enforcement
            && values_in(&self.expression, column).is_some()
    }
}

impl Touched for Index {
    fn take_over(&mut self) {
        self.origin = taken_over(&self.origin);
        self.narrowed = None;
    }
}

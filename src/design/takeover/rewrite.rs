//! An edited text of a design, read: what the edit of the text means for the design.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::three_way::{is_same, merged};
use super::without;
use crate::design::diff::{Renames, identified};
use crate::design::{BaseType, DataType, Design, Edit, Id, Origin, Record, Refused, Stage, Verbatim};

/// A design with what its text said before an edit and says after it.
pub struct Rewriting<'a> {
    /// The design.
    pub design: &'a Design,
    /// Its text, read.
    pub before: &'a Design,
    /// The edited text, read.
    pub after: &'a Design,
    /// What stays as it is although it is not there after: the statement that stands in its place is in error.
    pub held: &'a BTreeSet<Id>,
    /// Whether what names a type that has a new name now as it was called before still means that type.
    pub follows_types: bool,
    /// Whether things may have another name in the design than in the text before, because a person renamed them.
    pub is_renamed: bool,
    /// Whether this statement of the edited text, whose number stands in place of the line that things come from, is in error,
    /// so that it adds no statement kept as written.
    pub is_in_error: &'a dyn Fn(u32) -> bool,
}

/// What an edit of a text comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rewritten {
    /// What it does to the design.
    pub edit: Edit,
    /// Which statement of the edited text makes which record, by number.
    pub made: Vec<(u32, Id)>,
}

impl Rewriting<'_> {
    /// What was changed in the text, done to the design. Identities stay, of what was likely renamed as well; so does all
    /// that the text does not say. Nothing that the text leaves alone is touched.
    ///
    /// # Errors
    /// When the design would not hold together.
    pub fn rewritten(&self) -> Result<Rewritten, Refused> {
        let design = self.design;
        let renames = if self.is_renamed { Renames::Suspected } else { Renames::Ignored };
        let before = identified(design, self.before, renames);
        let mut known = Design::assemble(before.values().cloned())
            .map_err(|(violations, _)| Refused::Invalid(violations))?;
        known.continue_ids_of(design);
        let mut after = identified(&known, self.after, Renames::Suspected);
        keep_positions(&before, &mut after);
        if self.follows_types {
            follow_renamed_types(&before, &mut after);
        }

        let stays = |it: Id| self.held.contains(&it);
        let mut edit = Edit::default();
        let mut gone = BTreeSet::new();
        for (id, new) in after.iter().filter(|it| it.1.is_schema()) {
            let new_value = contents(new);
            match (before.get(id), design.record(*id)) {
                (Some(old), ours) => {
                    let old_value = contents(old);
                    if is_same(&old_value, &new_value) {
                        continue;
                    }
                    let ours_value = ours.as_ref().map_or_else(|| old_value.clone(), contents);
                    let value = merged(&old_value, &new_value, &ours_value, &stays);
                    edit = edit.put(design, serde_json::from_value(value).unwrap_or_else(|_| new.clone()));
                }
                (None, _) if self.is_kept_in_error(new) => {}
                (None, _) => {
                    let bare = serde_json::from_value(super::three_way::bare(new_value));
                    edit = edit.put(design, bare.unwrap_or_else(|_| new.clone()));
                }
            }
        }
        for (id, old) in before.iter().filter(|it| it.1.is_schema() && !after.contains_key(it.0)) {
            if !old.all_ids().into_iter().any(stays) && design.has(*id) {
                gone.insert(*id);
            }
        }
        self.spare(&mut gone, &edit);
        let edit = edit.then(without(design, &gone));
        design.clone().apply(&edit)?;
        let made = after.values().filter_map(|it| Some((statement_of(it)?, it.id()))).collect();
        Ok(Rewritten { edit, made })
    }

    /// A statement that was kept as written only because it is in error.
    fn is_kept_in_error(&self, record: &Record) -> bool {
        match record {
            Record::Verbatim(Verbatim { origin: Origin::Import { line }, .. }) => (self.is_in_error)(*line),
            _ => false,
        }
    }

    /// Keeps what something that stays cannot do without.
    fn spare(&self, gone: &mut BTreeSet<Id>, edit: &Edit) {
        let changed: BTreeMap<Id, &Record> =
            edit.records.iter().filter_map(|it| Some((it.id()?, it.after.as_ref()?))).collect();
        while !gone.is_empty() {
            let is_needed = |id: &Id| {
                let needs = |it: &Record| it.is_schema() && it.uses().contains(id);
                let by_changed = changed.values().any(|it| needs(it));
                by_changed
                    || self.design.users_of(*id).any(|user| {
                        !gone.contains(&user)
                            && !changed.contains_key(&user)
                            && self.design.record(user).is_some_and(|it| needs(&it))
                    })
            };
            let needed: Vec<Id> = gone.iter().filter(|it| is_needed(it)).copied().collect();
            if needed.is_empty() {
                return;
            }
            gone.retain(|it| !needed.contains(it));
        }
    }
}

/// A type under a new name stays that of everything that still names it as before.
fn follow_renamed_types(before: &BTreeMap<Id, Record>, after: &mut BTreeMap<Id, Record>) {
    let mut renamed: BTreeMap<String, BaseType> = BTreeMap::new();
    for (id, old) in before {
        let base = match old {
            Record::EnumType(it) => BaseType::Enum(it.id),
            Record::Domain(it) => BaseType::Domain(it.id),
            Record::CompositeType(it) => BaseType::Composite(it.id),
            Record::RangeType(it) => BaseType::Range(it.id),
            _ => continue,
        };
        let new = after.get(id).and_then(Record::name);
        if let (Some(old), Some(new)) = (old.name(), new)
            && old != new
        {
            renamed.insert(old.to_owned(), base);
        }
    }
    if renamed.is_empty() {
        return;
    }
    let follow = |it: &mut DataType| {
        if let BaseType::Other { name, .. } = &it.base
            && let Some(base) = renamed.get(&**name)
        {
            it.base = base.clone();
        }
    };
    for record in after.values_mut() {
        match record {
            Record::Table(it) => it.columns.iter_mut().for_each(|it| follow(&mut it.data_type)),
            Record::Domain(it) => follow(&mut it.data_type),
            Record::CompositeType(it) => it.attributes.iter_mut().for_each(|it| follow(&mut it.data_type)),
            Record::RangeType(it) => follow(&mut it.subtype),
            _ => {}
        }
    }
}

/// Statements that are kept as written have numbers as places. Where they stand in the same order as before, they keep theirs,
/// and new ones have that of the one which they follow: of two with one number the younger comes later.
fn keep_positions(before: &BTreeMap<Id, Record>, after: &mut BTreeMap<Id, Record>) {
    let placed = |all: &BTreeMap<Id, Record>| {
        let one = |it: &Record| match it {
            Record::Verbatim(it) => Some(((it.stage, it.position), Id::from(it.id))),
            _ => None,
        };
        let mut found: Vec<((Stage, u32), Id)> = all.values().filter_map(one).collect();
        found.sort_unstable();
        found
    };
    let (old, new) = (placed(before), placed(after));
    let kept_old = old.iter().map(|it| it.1).filter(|it| after.contains_key(it));
    let kept_new = new.iter().map(|it| it.1).filter(|it| before.contains_key(it));
    if !kept_old.eq(kept_new) {
        return;
    }
    let was: BTreeMap<Id, u32> = old.iter().map(|it| (it.1, it.0.1)).collect();
    let mut last = 0;
    for (_, id) in new {
        last = was.get(&id).copied().unwrap_or(last);
        if let Some(Record::Verbatim(it)) = after.get_mut(&id) {
            it.position = last;
        }
    }
}

/// The number of the statement that makes a table, a view or a type.
fn statement_of(record: &Record) -> Option<u32> {
    match record.origin()? {
        Origin::Import { line } => Some(*line),
        _ => None,
    }
}

/// A record as the design file has it.
fn contents(record: &Record) -> Value {
    serde_json::to_value(record).unwrap_or(Value::Null)
}

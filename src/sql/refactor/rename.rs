//! Other names, with the SQL texts that mention the old ones.

use super::sharing;
use super::texts::{self, Place};
use crate::design::{ColumnId, Design, Edit, Id, Record, Table, TableId, naming};
use crate::sql::{Mention, Role, ident, mentions};

/// Another name for a table. Names derived from the old one follow, and so do the texts that mention it.
pub fn rename_table(design: &Design, id: TableId, name: &str) -> Edit {
    let Some(old) = design.table(id) else { return Edit::default() };
    let mut new = old.clone();
    name.clone_into(&mut new.name);
    naming::follow(old, &mut new);
    let namespace = design.namespace_name(old.namespace);
    rewritten(design, &[new.into()], |place, text| {
        replaced(text, name, |mention| at_relation(mention, place, namespace, &old.name))
    })
}

/// A table under another name by itself, as a copy of it has: its own texts follow, nobody else's.
pub(super) fn renamed_alone(design: &Design, old: &Table, name: &str) -> Table {
    let mut new = old.clone();
    name.clone_into(&mut new.name);
    naming::follow(old, &mut new);
    let namespace = design.namespace_name(old.namespace);
    texts::table(&mut new, &mut |place, text| {
        let renamed = replaced(text, name, |mention| at_relation(mention, place, namespace, &old.name));
        if let Some(renamed) = renamed {
            *text = renamed;
        }
    });
    new
}

/// Another name for a column, in all partitions and heirs that share it. Names derived from the old one follow, and
/// so do the texts that mention it: in its own table every mention, elsewhere those behind the table's name, and bare
/// ones in a text that names this table and no other with such a column. What a view gives out keeps its name.
pub fn rename_column(design: &Design, table: TableId, column: ColumnId, name: &str) -> Edit {
    let Some(old_name) = design.table(table).and_then(|it| it.column(column)).map(|it| it.name.clone())
    else {
        return Edit::default();
    };
    let family = sharing(design, table, &old_name);
    let mut changed: Vec<Record> = Vec::new();
    for old in &family {
        let mut new = (*old).clone();
        for it in new.columns.iter_mut().filter(|it| it.name == old_name) {
            name.clone_into(&mut it.name);
        }
        naming::follow(old, &mut new);
        texts::table(&mut new, &mut |place, text| {
            if place == Place::Row
                && let Some(new) = replaced(text, name, |it| at_own_column(it, &old.name, &old_name))
            {
                *text = new;
            }
        });
        changed.push(new.into());
    }
    let is_family = |id: TableId| family.iter().any(|it| it.id == id);
    let rivals = design.tables().filter(|it| !is_family(it.id) && it.column_named(&old_name).is_some());
    let rivals: Vec<&str> = rivals.map(|it| it.name.as_str()).collect();
    rewritten(design, &changed, |_, text| {
        let all = mentions(text);
        let names = |table: &str| all.iter().any(|it| it.role == Role::Relation && it.last().name == table);
        let own = family.iter().map(|it| it.name.as_str());
        let bare = own.clone().any(names) && !rivals.iter().any(|it| names(it));
        let at = |it: &Mention| own.clone().find_map(|table| at_foreign_column(it, table, &old_name, bare));
        replaced_outputs(text, name, Some(&old_name), at)
    })
}

/// Another name for a type, domain, function, view or sequence, and in the texts that mention it.
/// A table or any other record is left as it is.
pub fn rename(design: &Design, id: impl Into<Id>, name: &str) -> Edit {
    let Some(mut record) = design.record(id.into()) else { return Edit::default() };
    let (namespace, old_name, role) = match &mut record {
        Record::EnumType(it) => (it.namespace, &mut it.name, Role::Type),
        Record::Domain(it) => (it.namespace, &mut it.name, Role::Type),
        Record::CompositeType(it) => (it.namespace, &mut it.name, Role::Type),
        Record::RangeType(it) => (it.namespace, &mut it.name, Role::Type),
        Record::Function(it) => (it.namespace, &mut it.name, Role::Call),
        Record::View(it) => (it.namespace, &mut it.name, Role::Relation),
        Record::Sequence(it) => (it.namespace, &mut it.name, Role::Relation),
        _ => return Edit::default(),
    };
    let old_name = std::mem::replace(old_name, name.to_owned());
    let namespace = design.namespace_name(namespace);
    rewritten(design, &[record], |place, text| {
        replaced(text, name, |mention| match role {
            Role::Relation => at_relation(mention, place, namespace, &old_name),
            _ => {
                let fits = mention.role == role || place == Place::Name && mention.role != Role::Relation;
                (fits && mention.names(namespace, &old_name)).then(|| mention.parts.len() - 1)
            }
        })
    })
}

/// The edit that puts `changed` in place, and rewrites every text of the design, theirs included.
fn rewritten(design: &Design, changed: &[Record], rewrite: impl Fn(Place, &str) -> Option<String>) -> Edit {
    let is_changed = |id: Id| changed.iter().any(|it| it.id() == id);
    let others = design.records().filter(|it| !is_changed(it.id()));
    let mut edit = Edit::default();
    for mut record in changed.iter().cloned().chain(others) {
        texts::visit(&mut record, &mut |place, text| {
            if let Some(new) = rewrite(place, text) {
                *text = new;
            }
        });
        edit = edit.put(design, record);
    }
    edit
}

/// Which part of a mention is the relation.
fn at_relation(mention: &Mention, place: Place, namespace: &str, relation: &str) -> Option<usize> {
    let part = |at: usize| mention.parts.get(at).map(|it| it.name.as_str());
    let by_itself = place == Place::Name || matches!(mention.role, Role::Relation | Role::Type);
    match mention.parts.len() {
        1 => (by_itself && part(0) == Some(relation)).then_some(0),
        2 if part(0) == Some(namespace) && part(1) == Some(relation) => Some(1),
        2 => (mention.role != Role::Call && part(0) == Some(relation)).then_some(0),
        3 => (part(0) == Some(namespace) && part(1) == Some(relation)).then_some(1),
        _ => None,
    }
}

/// Which part of a mention within the column's own table is the column. `NEW` and `OLD` are the row in a trigger.
pub(super) fn at_own_column(mention: &Mention, table: &str, column: &str) -> Option<usize> {
    if mention.in_text || mention.role != Role::Other || mention.last().name != column {
        return None;
    }
    match mention.parts.as_slice() {
        [_] => Some(0),
        [row, _] if row.name == table || row.name == "new" || row.name == "old" => Some(1),
        [_, row, _] if row.name == table => Some(2),
        _ => None,
    }
}

/// Which part of a mention elsewhere is the column.
pub(super) fn at_foreign_column(mention: &Mention, table: &str, column: &str, bare: bool) -> Option<usize> {
    let is_column = mention.role == Role::Other || mention.role == Role::Type && mention.parts.len() > 1;
    if mention.in_text || !is_column || mention.last().name != column {
        return None;
    }
    let at = mention.parts.len() - 1;
    match mention.parts.as_slice() {
        [_] => bare.then_some(0),
        [.., before, _] => (before.name == table || bare).then_some(at),
        [] => None,
    }
}

/// The text with another name where `part_of` says that a mention means the old one; nothing where none does.
fn replaced(text: &str, name: &str, part_of: impl Fn(&Mention) -> Option<usize>) -> Option<String> {
    replaced_outputs(text, name, None, part_of)
}

/// The same; an item of the outermost select list goes on giving out `output`.
fn replaced_outputs(
    text: &str,
    name: &str,
    output: Option<&str>,
    part_of: impl Fn(&Mention) -> Option<usize>,
) -> Option<String> {
    let mut result = String::new();
    let mut done = 0;
    for mention in mentions(text) {
        let Some(part) = part_of(&mention).and_then(|at| mention.parts.get(at)) else { continue };
        result.push_str(text.get(done..part.span.start as usize)?);
        let written = ident(name);
        // Within a text value a quote is doubled.
        result.push_str(&if mention.in_text { written.replace('\'', "''") } else { written });
        if let Some(output) = output.filter(|_| mention.is_output) {
            result.push_str(" AS ");
            result.push_str(&ident(output));
        }
        done = part.span.end as usize;
    }
    if done == 0 {
        return None;
    }
    result.push_str(text.get(done..)?);
    Some(result)
}

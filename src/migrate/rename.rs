//! Names that are others now.

use crate::design::naming::free;
use crate::design::{
    Column, ColumnValue, CompositeType, Design, Domain, Edit, EnumType, Function, FunctionBody, Id,
    Namespace, RangeType, Record, Sequence, Table, View,
};
use crate::pg::object_name;
use crate::sql::{function_signature, ident, qualified_name, refactor};

/// The design with the new names of what stays, and the statements that give them.
pub fn renamed(before: &Design, after: &Design, out: &mut Vec<String>) -> Design {
    let mut middle = before.clone();
    let places = after.namespaces().filter(|it| !before.has(it.id.into()));
    for it in places.cloned().collect::<Vec<_>>() {
        if it.name != "public" {
            out.push(format!("CREATE SCHEMA {}", ident(&it.name)));
        }
        take(&mut middle, |middle| Edit::default().put(middle, Namespace { comment: None, ..it }));
    }
    // With a table go its sequences, which get their names in the place where they are then.
    let is_table = |it: &Record| matches!(it, Record::Table(_));
    let (tables, others): (Vec<Record>, Vec<Record>) = before.records().partition(is_table);
    for record in tables.into_iter().chain(others) {
        let Some(new) = after.record(record.id()).filter(|it| !it.is_given()) else { continue };
        moved(&mut middle, &record, &new, out);
        let (Some(old_name), Some(new_name)) = (record.name(), new.name()) else { continue };
        match (&record, &new) {
            (Record::Table(_), Record::Table(new)) => {
                let Some(old) = middle.table(new.id).cloned() else { continue };
                table(&mut middle, &old, new, out);
            }
            _ if old_name == new_name => {}
            _ => {
                let Some(record) = middle.record(record.id()) else { continue };
                out.extend(statement(&middle, &record, new_name));
                take(&mut middle, |it| refactor::rename(it, record.id(), new_name));
            }
        }
    }
    // PostgreSQL does not look into the bodies of functions.
    for was in before.functions().filter(|it| matches!(it.body, FunctionBody::Text(_))) {
        let Some(now) = middle.function(was.id).filter(|it| it.body != was.body).cloned() else { continue };
        take(&mut middle, |it| Edit::default().put(it, Function { body: was.body.clone(), ..now }));
    }
    middle
}

/// Takes a thing to the SQL schema in which it is from now on; with a table go its sequences.
fn moved(middle: &mut Design, old: &Record, new: &Record, out: &mut Vec<String>) {
    macro_rules! places {
        ($($kind:ident $words:expr;)+) => {
            match (old, new) {
                $((Record::$kind(old), Record::$kind(new)) => (
                    old.namespace,
                    new.namespace,
                    $words(old),
                    qualified_name(middle, old.namespace, &old.name),
                ),)+
                _ => return,
            }
        };
    }
    let (from, to, kind, name) = places! {
        Table |_: &Table| "TABLE";
        View |it: &View| if it.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
        Sequence |it: &Sequence| if it.owned_by.is_some() { "" } else { "SEQUENCE" };
        EnumType |_: &EnumType| "TYPE";
        CompositeType |_: &CompositeType| "TYPE";
        RangeType |_: &RangeType| "TYPE";
        Domain |_: &Domain| "DOMAIN";
        Function |it: &Function| if it.procedure { "PROCEDURE" } else { "FUNCTION" };
    };
    if middle.namespace_name(from) == middle.namespace_name(to) {
        return;
    }
    let Some(mut record) = middle.record(old.id()) else { return };
    let name = match &record {
        Record::Function(it) => function_signature(middle, it),
        _ => name,
    };
    if !kind.is_empty() {
        out.push(format!("ALTER {kind} {name} SET SCHEMA {}", ident(middle.namespace_name(to))));
    }
    match &mut record {
        Record::Table(it) => it.namespace = to,
        Record::View(it) => it.namespace = to,
        Record::Sequence(it) => it.namespace = to,
        Record::EnumType(it) => it.namespace = to,
        Record::CompositeType(it) => it.namespace = to,
        Record::RangeType(it) => it.namespace = to,
        Record::Domain(it) => it.namespace = to,
        Record::Function(it) => it.namespace = to,
        _ => {}
    }
    take(middle, |it| Edit::default().put(it, record));
}

/// Does an edit that cannot be refused but by names that stand in each other's way; then the name stays.
fn take(middle: &mut Design, edit: impl FnOnce(&Design) -> Edit) {
    let edit = edit(middle);
    let _ = middle.apply(&edit);
}

fn statement(design: &Design, record: &Record, to: &str) -> Option<String> {
    let to = ident(to);
    Some(match record {
        Record::EnumType(it) => {
            format!("ALTER TYPE {} RENAME TO {to}", qualified_name(design, it.namespace, &it.name))
        }
        Record::CompositeType(it) => {
            format!("ALTER TYPE {} RENAME TO {to}", qualified_name(design, it.namespace, &it.name))
        }
        Record::RangeType(it) => {
            format!("ALTER TYPE {} RENAME TO {to}", qualified_name(design, it.namespace, &it.name))
        }
        Record::Domain(it) => {
            format!("ALTER DOMAIN {} RENAME TO {to}", qualified_name(design, it.namespace, &it.name))
        }
        Record::Sequence(it) => {
            format!("ALTER SEQUENCE {} RENAME TO {to}", qualified_name(design, it.namespace, &it.name))
        }
        Record::View(it) => {
            let kind = if it.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
            format!("ALTER {kind} {} RENAME TO {to}", qualified_name(design, it.namespace, &it.name))
        }
        Record::Function(it) => {
            let kind = if it.procedure { "PROCEDURE" } else { "FUNCTION" };
            format!("ALTER {kind} {} RENAME TO {to}", function_signature(design, it))
        }
        Record::Namespace(it) => format!("ALTER SCHEMA {} RENAME TO {to}", ident(&it.name)),
        _ => return None,
    })
}

fn table(middle: &mut Design, old: &Table, new: &Table, out: &mut Vec<String>) {
    let qualified = |middle: &Design, name: &str| qualified_name(middle, old.namespace, name);
    if old.name != new.name {
        out.push(format!("ALTER TABLE {} RENAME TO {}", qualified(middle, &old.name), ident(&new.name)));
        take(middle, |it| refactor::rename_table(it, old.id, &new.name));
    }
    let table = qualified(middle, &new.name);
    let mut left: Vec<(&Column, &Column)> = old
        .columns
        .iter()
        .filter_map(|it| Some((it, new.column(it.id).filter(|now| now.name != it.name)?)))
        .collect();
    while !left.is_empty() {
        let is_free = |middle: &Design, name: &str| {
            middle.table(old.id).is_none_or(|it| it.column_named(name).is_none())
        };
        let at = left.iter().position(|it| is_free(middle, &it.1.name));
        // Two that swap their names: one steps aside.
        let (column, to) = match at {
            Some(at) => {
                let (column, now) = left.remove(at);
                (column, now.name.clone())
            }
            None => {
                let Some((column, _)) = left.first() else { break };
                (*column, free(format!("{}_aside", column.name), |it| !is_free(middle, it)))
            }
        };
        let from = middle.table(old.id).and_then(|it| it.column(column.id)).map(|it| it.name.clone());
        let from = from.unwrap_or_else(|| column.name.clone());
        // What is inherited is renamed with the table above.
        if !(column.inherited || old.partition_of.is_some() && new.partition_of.is_some()) {
            out.push(format!("ALTER TABLE {table} RENAME COLUMN {} TO {}", ident(&from), ident(&to)));
        }
        take(middle, |it| refactor::rename_column(it, old.id, column.id, &to));
        // A name that cannot be given stays, and is asked for no second time.
        let is_given =
            middle.table(old.id).and_then(|it| it.column(column.id)).is_some_and(|it| it.name == to);
        if !is_given && at.is_none() {
            break;
        }
    }
    let Some(mut own) = middle.table(old.id).cloned() else { return };
    let constraint = |from: &str, to: &str| {
        format!("ALTER TABLE {table} RENAME CONSTRAINT {} TO {}", ident(from), ident(to))
    };
    let index = |from: &str, to: &str| {
        let from = qualified_name(middle, old.namespace, from);
        format!("ALTER INDEX {from} RENAME TO {}", ident(to))
    };
    let trigger =
        |from: &str, to: &str| format!("ALTER TRIGGER {} ON {table} RENAME TO {}", ident(from), ident(to));
    let policy =
        |from: &str, to: &str| format!("ALTER POLICY {} ON {table} RENAME TO {}", ident(from), ident(to));
    macro_rules! members {
        ($($field:ident $say:ident;)+) => {$(
            for member in own.$field.iter_mut() {
                let was = old.$field.iter().find(|it| it.id == member.id);
                let is = new.$field.iter().find(|it| it.id == member.id);
                if let (Some(was), Some(is)) = (was, is) {
                    if was.name != is.name {
                        out.push($say(&was.name, &is.name));
                    }
                    member.name.clone_from(&is.name);
                } else if let Some(was) = was {
                    // What goes is called as it was until then: no statement renames it.
                    member.name.clone_from(&was.name);
                }
            }
        )+};
    }
    members! {
        primary_key constraint;
        uniques constraint;
        foreign_keys constraint;
        checks constraint;
        exclusions constraint;
        indexes index;
        triggers trigger;
        policies policy;
    }
    identity_sequences(middle, old, new, out);
    let id: Id = own.id.into();
    take(middle, |it| Edit::default().put(it, own));
    debug_assert!(middle.has(id));
}

/// The sequences of identity columns keep the names that they got; those that have the usual one get it anew.
fn identity_sequences(middle: &Design, old: &Table, new: &Table, out: &mut Vec<String>) {
    let usual = |table: &Table, column: &Column| match &column.value {
        ColumnValue::Identity { options, .. } if options.name.is_none() => {
            Some(object_name(&table.name, Some(&column.name), "seq"))
        }
        _ => None,
    };
    for column in &old.columns {
        let now = new.column(column.id).and_then(|it| usual(new, it));
        let (Some(was), Some(now)) = (usual(old, column), now) else { continue };
        if was != now {
            let was = qualified_name(middle, old.namespace, &was);
            out.push(format!("ALTER SEQUENCE {was} RENAME TO {}", ident(&now)));
        }
    }
}

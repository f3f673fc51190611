//! What cannot be at two places at once: `two appointments of one doctor can not be at the same time`.

use super::act::{Slots, table_of};
use super::names::{bare, column, table};
use super::relate::reference_of;
use super::{ASKED, Asking, NotDone};
use crate::base;
use crate::design::naming::{Derived, free};
use crate::design::{
    Column, ColumnId, Edit, Exclusion, Extension, IndexElement, IndexKey, Origin, Scope, Table, Unique,
};
use crate::pg::Builtin;
use crate::sql::ident;

/// How the columns are called at which a period begins and ends.
const BEGINS: &[&str] =
    &["start", "begin", "from", "pick", "check_in", "arrive", "booked_from", "valid_from"];
const ENDS: &[&str] = &["end", "finish", "until", "to_", "return", "check_out", "leave", "depart"];

const GIST: &str = "btree_gist";

/// The range type over moments as a column has them.
fn range_of(column: &Column) -> Option<&'static str> {
    match column.data_type.as_builtin()? {
        Builtin::TimestampTz => Some("tstzrange"),
        Builtin::Timestamp => Some("tsrange"),
        Builtin::Date => Some("daterange"),
        _ => None,
    }
}

fn column_name(table: &Table, id: ColumnId) -> String {
    table.column(id).map_or_else(String::new, |it| it.name.clone())
}

/// No two rows of one thing at the same time: by an exclusion constraint over the period, or by the moment where there is no end.
pub fn no_overlap(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let Some(first) = tables.first().copied() else { return slots.table(&asking.after).map(drop) };
    let words = slots.words("role").map(bare).unwrap_or_default();
    let own = |of: &Table| {
        let whole = table(&asking.after, words);
        whole
            .and_then(|it| reference_of(of, it))
            .or_else(|| column(of, words).filter(|id| of.foreign_keys.iter().any(|it| it.columns == [*id])))
    };
    let none = || NotDone::Impossible {
        why: format!("`{}` does not reference `{}`", first.name, super::names::read(words)),
    };
    let of = own(first).ok_or_else(none)?;
    let (table, id) = (first.clone(), first.id);
    let moment = |names: &[&str]| {
        let is_it = |it: &&Column| {
            let name = base::snake_case(&it.name);
            range_of(it).is_some() && names.iter().any(|begin| name.starts_with(begin))
        };
        let mut found = table.columns.iter().filter(is_it);
        found.next().filter(|_| found.next().is_none())
    };
    let (begin, end) = (moment(BEGINS), moment(ENDS));
    // The one moment that a row tells of is when it begins: the kick-off of a game.
    let mut told = table.columns.iter().filter(|it| {
        let name = base::snake_case(&it.name);
        range_of(it).is_some() && !["creat", "updat", "delet"].iter().any(|made| name.starts_with(made))
    });
    let only = told.next().filter(|_| told.next().is_none());
    let begin = begin.or(only.filter(|_| end.is_none()));
    let title = format!("Let rows of {} of one {} not overlap", table.name, column_name(&table, of));
    match (begin, end) {
        (Some(begin), Some(end)) if begin.data_type == end.data_type => {
            let range = range_of(begin).unwrap_or("tstzrange");
            if !table.exclusions.is_empty() {
                return Err(NotDone::AlreadySo {
                    what: format!("rows of `{}` exclude each other", table.name),
                });
            }
            let mut ids = asking.after.ids();
            // A key and a period in one index are of an operator class that is there with an extension.
            let is_there = asking.after.named(Scope::Extension, GIST).next().is_some();
            let made = (!is_there).then(|| Extension {
                id: ids.take(),
                name: GIST.to_owned(),
                namespace: None,
                version: None,
                cascade: false,
                comment: None,
                origin: Origin::Hand,
            });
            let mut after = table_of(asking, id)?.clone();
            let period = format!("{range}({}, {})", ident(&begin.name), ident(&end.name));
            let element = |key: IndexKey| IndexElement { key, ..IndexElement::column(of) };
            let derived = Derived::Exclusion.name(&after.name, after.column_names(&[of, begin.id]));
            let taken = |it: &str| after.exclusions.iter().any(|of| of.name == it);
            after.exclusions.push(Exclusion {
                id: ids.take(),
                name: free(derived, taken),
                method: "gist".to_owned(),
                elements: vec![
                    (element(IndexKey::Column(of)), "=".to_owned()),
                    (element(IndexKey::Expression(period)), "&&".to_owned()),
                ],
                origin: Origin::Hand,
                ..Exclusion::default()
            });
            let edit = Edit::adding(made).put(&asking.after, after);
            asking.part(title, ASKED, edit)
        }
        (Some(begin), None) => {
            let columns = vec![of, begin.id];
            if table.is_unique_over(&columns) {
                return Err(NotDone::AlreadySo { what: format!("`{}` is unique by them", table.name) });
            }
            let mut after = table.clone();
            let name = Derived::Unique.name(&after.name, after.column_names(&columns));
            after.uniques.push(Unique { id: asking.after.ids().take(), name, columns, ..Unique::default() });
            asking.part(title, ASKED, Edit::default().put(&asking.after, after))
        }
        _ => {
            let why = format!("`{}` has no two columns that tell when a row begins and ends", table.name);
            Err(NotDone::Impossible { why })
        }
    }
}

//! Which tables and columns of another design are likely those of this one under new names.

use std::collections::BTreeSet;

use crate::design::{BaseType, Column, DataType, Design, Id, Table};

/// From here on two tables are taken to be one: most of the columns, or a name that hardly changed with half of them.
const SAME_TABLE: f64 = 0.6;

/// From here on two columns of one type are taken to be one by their names alone.
const SAME_COLUMN: f64 = 0.45;

/// Something with one name here and another there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Its identity in the old design.
    pub old: Id,
    /// Its identity in the new one.
    pub new: Id,
}

/// Tables of `new` that are likely tables of `old` under other names: each the likeliest for the other.
pub fn renamed_tables(old: &Design, new: &Design) -> Vec<Renamed> {
    let is_in = |design: &Design, other: &Design, it: &Table| {
        let place = design.namespace_name(it.namespace);
        other.tables().any(|that| that.name == it.name && other.namespace_name(that.namespace) == place)
    };
    let gone: Vec<&Table> = old.tables().filter(|it| !is_in(old, new, it)).collect();
    let came: Vec<&Table> = new.tables().filter(|it| !is_in(new, old, it)).collect();
    let pairs = likeliest(&gone, &came, |one, two| table_likeness((old, one), (new, two)), SAME_TABLE);
    pairs.into_iter().map(|(one, two)| Renamed { old: one.id.into(), new: two.id.into() }).collect()
}

/// Columns of a table that are likely the same under other names: of one type, and alike in name or alone in their place.
pub fn renamed_columns(
    (old_design, old): (&Design, &Table),
    (new_design, new): (&Design, &Table),
) -> Vec<Renamed> {
    let gone: Vec<&Column> = old.columns.iter().filter(|it| new.column_named(&it.name).is_none()).collect();
    let came: Vec<&Column> = new.columns.iter().filter(|it| old.column_named(&it.name).is_none()).collect();
    let likeness = |one: &Column, two: &Column| {
        let is_same_type = spelled(old_design, &one.data_type) == spelled(new_design, &two.data_type);
        let stands_alike = place(old, one) == place(new, two);
        match (is_same_type, stands_alike) {
            (true, true) => 0.6 + 0.4 * name_likeness(&one.name, &two.name),
            (true, false) => name_likeness(&one.name, &two.name),
            (false, _) => 0.0,
        }
    };
    let pairs = likeliest(&gone, &came, likeness, SAME_COLUMN);
    pairs.into_iter().map(|(one, two)| Renamed { old: one.id.into(), new: two.id.into() }).collect()
}

/// The names of a column's neighbours: what stands between the same two columns stands in the same place.
fn place<'a>(table: &'a Table, column: &Column) -> (Option<&'a str>, Option<&'a str>) {
    let at = table.columns.iter().position(|it| it.id == column.id).unwrap_or(0);
    let name = |at: Option<usize>| at.and_then(|it| table.columns.get(it)).map(|it| it.name.as_str());
    (name(at.checked_sub(1)), name(at.checked_add(1)))
}

/// Pairs in which each is the other's likeliest, from the likeliest down.
fn likeliest<'a, T>(
    gone: &[&'a T],
    came: &[&'a T],
    likeness: impl Fn(&T, &T) -> f64,
    least: f64,
) -> Vec<(&'a T, &'a T)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (one, before) in gone.iter().enumerate() {
        for (two, after) in came.iter().enumerate() {
            let likeness = likeness(before, after);
            if likeness >= least {
                all.push((likeness, one, two));
            }
        }
    }
    all.sort_by(|one, two| two.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(two.1, two.2))));
    let (mut used, mut taken) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, one, two) in all {
        if used.contains(&one) || taken.contains(&two) {
            continue;
        }
        used.insert(one);
        taken.insert(two);
        if let (Some(before), Some(after)) = (gone.get(one), came.get(two)) {
            pairs.push((*before, *after));
        }
    }
    pairs
}

/// How much of two tables is one: their columns by name and type, and their names.
fn table_likeness(one: (&Design, &Table), two: (&Design, &Table)) -> f64 {
    let parts = |(design, table): (&Design, &Table)| -> BTreeSet<(String, String)> {
        table.columns.iter().map(|it| (it.name.clone(), spelled(design, &it.data_type))).collect()
    };
    0.7 * dice(&parts(one), &parts(two)) + 0.3 * name_likeness(&one.1.name, &two.1.name)
}

/// A type by names, which mean the same in both designs.
fn spelled(design: &Design, it: &DataType) -> String {
    let base = match &it.base {
        BaseType::Builtin(builtin) => format!("{builtin:?}"),
        BaseType::Enum(id) => design.enum_type(*id).map_or_else(String::new, |it| it.name.clone()),
        BaseType::Domain(id) => design.domain(*id).map_or_else(String::new, |it| it.name.clone()),
        BaseType::Composite(id) => design.composite(*id).map_or_else(String::new, |it| it.name.clone()),
        BaseType::Range(id) => design.range(*id).map_or_else(String::new, |it| it.name.clone()),
        BaseType::Row(id) => design.table(*id).map_or_else(String::new, |it| it.name.clone()),
        BaseType::Other { name, .. } => name.to_string(),
    };
    format!("{base}({})[{}]", it.modifiers.join(","), it.dimensions)
}

/// How much of two names is one, by the pairs of letters in them (Dice's coefficient), ends included.
fn name_likeness(one: &str, two: &str) -> f64 {
    let pairs = |name: &str| -> BTreeSet<(char, char)> {
        let letters: Vec<char> =
            std::iter::once(' ').chain(name.chars()).chain(std::iter::once(' ')).collect();
        letters.iter().copied().zip(letters.iter().copied().skip(1)).collect()
    };
    dice(&pairs(one), &pairs(two))
}

fn dice<T: Ord>(one: &BTreeSet<T>, two: &BTreeSet<T>) -> f64 {
    let all = one.len() + two.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(two).count() as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hardly_changed_are_alike() {
        assert!(name_likeness("customer_email", "email") > SAME_COLUMN);
        assert!(name_likeness("title", "name") < SAME_COLUMN);
        assert!((name_likeness("a", "a") - 1.0).abs() < f64::EPSILON);
    }
}

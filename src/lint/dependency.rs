//! Functional dependencies of a table: its keys, what its comment states, what its rows show; what follows for its
//! candidate keys and its normal form.
//!
//! Source of the reasoning: Maier, "The Theory of Relational Databases", chapters 4 to 6; the search for keys is Lucchesi
//! and Osborn's.

use std::collections::{BTreeMap, BTreeSet};

use super::{ColumnView, Cx, Remedy, Severity, TableView, copies, decompose};
use crate::design::{ColumnId, Index, SeedRows, Table};

/// A set of columns of one table, by place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Columns(u128);

impl Columns {
    /// Tables with more columns are not judged.
    const MOST: usize = 128;

    fn one(place: usize) -> Self {
        Self(1 << (place % Self::MOST))
    }

    fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn places(self) -> impl Iterator<Item = usize> {
        (0..Self::MOST).filter(move |it| self.0 >> it & 1 == 1)
    }
}

/// How a dependency is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A key determines the row.
    Key,
    /// The table's comment says so.
    Stated,
    /// It is so in as many rows of the design.
    Rows(usize),
}

/// `from` determines `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The determinant.
    pub from: Columns,
    /// What it determines.
    pub to: Columns,
    /// How it is known.
    pub source: Source,
}

/// A normal form beyond the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// No column depends on a part of a key.
    Second,
    /// No column depends on what is no key.
    Third,
    /// The same of the columns of keys themselves.
    BoyceCodd,
}

impl Form {
    /// As a textbook calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Second => "second normal form",
            Self::Third => "third normal form",
            Self::BoyceCodd => "Boyce–Codd normal form",
        }
    }
}

/// Columns that belong into a table of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// The determinant, which would be the key there.
    pub from: Vec<ColumnId>,
    /// What it determines.
    pub to: Vec<ColumnId>,
    /// The lowest normal form that the table is not in because of it.
    pub form: Form,
    /// How it is known.
    pub source: Source,
}

/// So many candidate keys are looked for; a table with more is rare and its keys tell little.
const MOST_KEYS: usize = 32;

/// What is known of one table.
#[derive(Clone, Debug)]
pub struct Reasoning {
    all: Columns,
    dependencies: Vec<Dependency>,
    keys: Vec<Columns>,
}

impl Reasoning {
    /// Reasons about some dependencies of a table.
    fn new(columns: usize, dependencies: Vec<Dependency>) -> Self {
        let all = Columns((0..columns).fold(0, |all, it| all | Columns::one(it).0));
        let mut found = Self { all, dependencies, keys: Vec::new() };
        found.keys = found.candidate_keys();
        found
    }

    /// All that some columns determine.
    fn closure(&self, of: Columns) -> Columns {
        let mut closed = of;
        loop {
            let before = closed;
            for it in self.dependencies.iter().filter(|it| before.holds(it.from)) {
                closed = closed.with(it.to);
            }
            if closed == before {
                return closed;
            }
        }
    }

    fn is_superkey(&self, columns: Columns) -> bool {
        self.closure(columns) == self.all
    }

    /// What is left of a superkey when everything goes that can.
    fn minimal(&self, superkey: Columns) -> Columns {
        superkey.places().fold(superkey, |key, place| {
            let smaller = key.without(Columns::one(place));
            if self.is_superkey(smaller) { smaller } else { key }
        })
    }

    fn candidate_keys(&self) -> Vec<Columns> {
        let mut keys = vec![self.minimal(self.all)];
        let mut at = 0;
        while let Some(key) = keys.get(at).copied() {
            for it in &self.dependencies {
                let superkey = it.from.with(key.without(it.to));
                if keys.len() < MOST_KEYS && !keys.iter().any(|key| superkey.holds(*key)) {
                    keys.push(self.minimal(superkey));
                }
            }
            at += 1;
        }
        keys.sort_unstable();
        keys
    }

    /// What keeps the table out of Boyce–Codd normal form: determinants that are no keys, with what depends on them.
    fn misplaced(&self) -> Vec<(Columns, Columns, Form, Source)> {
        let prime = self.keys.iter().fold(Columns::default(), |all, it| all.with(*it));
        let mut found: BTreeMap<Columns, (Columns, Form, Source)> = BTreeMap::new();
        for it in &self.dependencies {
            let to = it.to.without(it.from);
            if to == Columns::default() || self.is_superkey(it.from) {
                continue;
            }
            let is_part = self.keys.iter().any(|key| key.holds(it.from) && *key != it.from);
            let (form, to) = match to.without(prime) {
                rest if rest == Columns::default() => (Form::BoyceCodd, to),
                rest if is_part => (Form::Second, rest),
                rest => (Form::Third, rest),
            };
            let entry = found.entry(it.from).or_insert((Columns::default(), form, it.source));
            *entry = (entry.0.with(to), entry.1.min(form), entry.2.min(it.source));
        }
        found.into_iter().map(|(from, (to, form, source))| (from, to, form, source)).collect()
    }
}

/// What a table's comment states and its rows show to be in the wrong place. Nothing where they tell nothing: keys alone
/// put every column in its place.
pub fn misplaced(t: &TableView<'_>) -> Vec<Misplaced> {
    if t.columns.len() > Columns::MOST {
        return Vec::new();
    }
    let mut dependencies = stated(t.table);
    dependencies.extend(t.seed.iter().flat_map(|it| shown(t, it)));
    if dependencies.is_empty() {
        return Vec::new();
    }
    dependencies.extend(of_keys(t.table));
    let ids = |set: Columns| -> Vec<ColumnId> {
        set.places().filter_map(|it| t.columns.get(it)).map(|it| it.id).collect()
    };
    // What is kept as it was at the time depends on the time.
    let kept = |id: &ColumnId| {
        t.col(*id)
            .is_some_and(|it| !copies::is_marked(&it) && !copies::is_snapshot(t, &it) && !it.is_generated())
    };
    let found = Reasoning::new(t.columns.len(), dependencies).misplaced().into_iter();
    let found = found.filter_map(|(from, to, form, source)| {
        let to: Vec<ColumnId> = ids(to).into_iter().filter(kept).collect();
        (!to.is_empty()).then(|| Misplaced { from: ids(from), to, form, source })
    });
    found.collect()
}

/// Tells what is misplaced, how that is known and which normal form it breaks.
pub fn report(cx: &mut Cx<'_>, t: &TableView<'_>, it: &Misplaced) {
    let (from, to) = (t.listed(&it.from), t.listed(&it.to));
    let than = match it.form {
        Form::Second => "which is a part of the key",
        Form::Third => "not on the key",
        Form::BoyceCodd => "which is no key",
    };
    let known = match it.source {
        Source::Stated => "the comment of the table says so".to_owned(),
        Source::Rows(rows) => format!("it is so in all {rows} rows of the design"),
        Source::Key => "it follows from the keys".to_owned(),
    };
    let milder = cx.told.milder(Severity::Info);
    let remedy = remedy(cx, t, &it.from, &it.to);
    let objects: Vec<ColumnId> = it.to.iter().chain(&it.from).copied().collect();
    let depends = if it.to.len() == 1 { "depends" } else { "depend" };
    let finding = cx.columns(t, &objects, format!("`{to}` {depends} on `{from}`, {than}"));
    finding.because(known).because(format!("because of it the table is not in {}", it.form.name()));
    if it.form == Form::BoyceCodd {
        finding.severity = milder;
    }
    finding.risky_if("Make it a table of its own", remedy);
}

/// The decomposition, where it can be made.
pub fn remedy(cx: &Cx<'_>, t: &TableView<'_>, from: &[ColumnId], to: &[ColumnId]) -> Option<Remedy> {
    decompose::edit(cx.design, t.id, from, to)?;
    Some(Remedy::Decompose { table: t.id, from: from.to_vec(), to: to.to_vec() })
}

/// Keys determine the row.
fn of_keys(table: &Table) -> Vec<Dependency> {
    let all = places(table, table.columns.iter().map(|it| it.id));
    let primary = table.primary_key.iter().map(|it| it.columns.clone());
    let uniques = table.uniques.iter().map(|it| it.columns.clone());
    let indexes = table.indexes.iter().filter(|it| it.unique && it.predicate.is_none());
    let keys = primary.chain(uniques).chain(indexes.filter_map(Index::plain_columns));
    let keys = keys.filter(|it| !it.is_empty() && it.iter().all(|it| !table.is_nullable(*it)));
    keys.map(|it| Dependency { from: places(table, it), to: all, source: Source::Key }).collect()
}

fn places(table: &Table, ids: impl IntoIterator<Item = ColumnId>) -> Columns {
    let place = |id: ColumnId| table.columns.iter().position(|it| it.id == id);
    ids.into_iter().filter_map(place).fold(Columns::default(), |all, it| all.with(Columns::one(it)))
}

/// `dept_code -> dept_name, dept_floor` in the comment of a table: names of its columns on both sides of an arrow.
fn stated(table: &Table) -> Vec<Dependency> {
    let Some(comment) = table.comment.as_deref().filter(|it| it.contains("->") || it.contains('→')) else {
        return Vec::new();
    };
    let side = |text: &str| -> Option<Columns> {
        let names = text.split(',').map(|it| it.trim().trim_matches(['`', '"', '(', ')']));
        names
            .map(|name| Some(Columns::one(table.columns.iter().position(|it| it.name == name)?)))
            .try_fold(Columns::default(), |all, it: Option<Columns>| Some(all.with(it?)))
    };
    let statements = comment.split([';', '.', '\n']).filter_map(|it| {
        let (from, to) = it.split_once("->").or_else(|| it.split_once('→'))?;
        let from = from.rsplit_once(':').map_or(from, |it| it.1);
        Some(Dependency { from: side(from)?, to: side(to)?, source: Source::Stated })
    });
    statements.collect()
}

/// A dependency that holds in the rows is believed where chance alone would make one of its kind in this table less
/// often than this.
const CHANCE: f64 = 0.01;

/// What a column may hold that identifies something else: words, numbers or identities, no amounts and no times.
fn may_identify(it: &ColumnView<'_>) -> bool {
    use super::Topic;
    let plain = it.is_text() || it.is_integer() || it.is_type(crate::pg::Builtin::Uuid);
    plain
        && !it.facts.any.any(&[Topic::Quantity, Topic::Measure, Topic::Position, Topic::Rating, Topic::Money])
}

/// Single columns that determine others in every row of the design, where that can hardly be chance: values repeat, and
/// each time with the same others.
fn shown(t: &TableView<'_>, seed: &SeedRows) -> Vec<Dependency> {
    let columns: Vec<(ColumnView<'_>, Vec<&str>)> = seed
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, id)| {
            let values = seed.rows.iter().map(|it| it.get(at).map_or("", |it| it.trim())).collect();
            Some((t.col(*id)?, values))
        })
        .filter(|it| !t.is_key(it.0.id) && !it.0.facts.is_stamp())
        .collect();
    let pairs = columns.len() * columns.len().saturating_sub(1);
    let mut found: Vec<Dependency> = Vec::new();
    for (from, values) in columns.iter().filter(|it| may_identify(&it.0) && !t.is_single_key(it.0.id)) {
        for (to, others) in columns.iter().filter(|it| it.0.id != from.id) {
            if !is_unlikely(values, others, pairs) {
                continue;
            }
            // Of two that determine each other the one that is called a code, or comes first, identifies.
            let (this, that) = (places(t.table, [from.id]), places(t.table, [to.id]));
            let back = found.iter().any(|it| it.from == that && it.to == this);
            if back {
                continue;
            }
            let other_way = may_identify(to) && is_unlikely(others, values, pairs);
            if other_way && is_code(&to.column.name) && !is_code(&from.column.name) {
                continue;
            }
            let rows = seed.rows.len();
            found.push(Dependency { from: this, to: that, source: Source::Rows(rows) });
        }
    }
    found
}

/// Whether the last word of a name says that it stands for something.
fn is_code(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or(name);
    matches!(last, "id" | "code" | "no" | "number" | "key" | "sku" | "isbn" | "email" | "slug")
}

/// Whether each of `values` comes with one of `others`, and independent columns would seldom look so: the values repeat
/// often enough, and the others differ enough.
fn is_unlikely(values: &[&str], others: &[&str], pairs: usize) -> bool {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut repeats, mut rows) = (0_i32, 0.0);
    for (value, other) in values.iter().zip(others).filter(|it| !it.0.eq_ignore_ascii_case("null")) {
        match seen.insert(value, other) {
            None => {}
            Some(before) if before == *other => repeats += 1,
            Some(_) => return false,
        }
        *counts.entry(other).or_insert(0) += 1;
        rows += 1.0;
    }
    if counts.len() < 2 || seen.len() < 2 {
        return false;
    }
    // The chance that two rows by chance have the same of the others.
    let same: f64 = counts.values().map(|it| (*it as f64 / rows).powi(2)).sum();
    same.powi(repeats) * (pairs as f64) < CHANCE
}

/// The columns that are told with a determinant by their names alone: `dept_name` and `dept_floor` of `dept_code`.
pub fn named_like(t: &TableView<'_>, stem: &str, key: ColumnId) -> Vec<ColumnId> {
    let of = |it: &ColumnView<'_>| {
        it.id != key
            && it.column.name.strip_prefix(stem).is_some_and(|it| it.starts_with('_'))
            && !it.facts.is_reference
            && !t.is_key(it.id)
            && !copies::is_marked(it)
            && !copies::is_snapshot(t, it)
    };
    let found: BTreeSet<ColumnId> = t.cols().filter(of).map(|it| it.id).collect();
    t.columns.iter().map(|it| it.id).filter(|it| found.contains(it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(places: &[usize]) -> Columns {
        places.iter().fold(Columns::default(), |all, it| all.with(Columns::one(*it)))
    }

    fn reasoning(columns: usize, dependencies: &[(&[usize], &[usize])]) -> Reasoning {
        let of =
            |it: &(&[usize], &[usize])| Dependency { from: set(it.0), to: set(it.1), source: Source::Stated };
        Reasoning::new(columns, dependencies.iter().map(of).collect())
    }

    #[test]
    fn every_candidate_key_is_found() {
        // Street and city give the zip, the zip gives the city: the textbook's example of two keys that overlap.
        let address = reasoning(3, &[(&[0, 1], &[2]), (&[2], &[1])]);
        assert_eq!(address.keys, [set(&[0, 1]), set(&[0, 2])]);
        let circle = reasoning(3, &[(&[0], &[1]), (&[1], &[2]), (&[2], &[0])]);
        assert_eq!(circle.keys, [set(&[0]), set(&[1]), set(&[2])]);
        assert_eq!(reasoning(2, &[]).keys, [set(&[0, 1])]);
    }

    #[test]
    fn each_normal_form_is_told_from_the_next() {
        let form = |it: &Reasoning| it.misplaced().first().map(|it| it.2);
        assert_eq!(form(&reasoning(4, &[(&[0, 1], &[2, 3]), (&[0], &[2])])), Some(Form::Second));
        assert_eq!(form(&reasoning(3, &[(&[0], &[1, 2]), (&[1], &[2])])), Some(Form::Third));
        assert_eq!(form(&reasoning(3, &[(&[0, 1], &[2]), (&[2], &[1])])), Some(Form::BoyceCodd));
        assert_eq!(form(&reasoning(3, &[(&[0], &[1, 2])])), None);
    }

    #[test]
    fn what_rows_show_by_chance_is_not_believed() {
        let few = is_unlikely(&["a", "a", "b"], &["1", "1", "2"], 6);
        let many = is_unlikely(
            &["a", "b", "c", "a", "b", "c", "a", "b", "c", "a"],
            &["1", "2", "3", "1", "2", "3", "1", "2", "3", "1"],
            6,
        );
        let broken = is_unlikely(&["a", "a", "b", "b", "a", "b"], &["1", "1", "2", "2", "2", "2"], 6);
        let same = is_unlikely(&["a", "b", "a", "b", "a", "b"], &["1", "1", "1", "1", "1", "1"], 6);
        assert_eq!((few, many, broken, same), (false, true, false, false));
    }
}

//! Many equal findings of one cause become one with a count: a habit of a whole schema is one thing to decide.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Fix, Remedy};
use crate::design::Id;

/// So many equal findings are told one by one; more are a habit, and told once.
pub const ONE_BY_ONE: usize = 5;

/// The same of findings about different tables: what is so in four tables is how the house does it.
pub const TABLES: usize = 3;

/// So many of the other places are named in the evidence; all of them are in [`Finding::also`].
const NAMED: usize = 5;

/// One of the places that a gathered finding is about besides its own.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// What it is about, the most important first.
    pub objects: Vec<Id>,
    /// The same for people.
    pub place: String,
    /// The line (1-based) where it was made.
    pub line: Option<u32>,
}

/// The findings with those of one rule and severity told as one where there are more than [`ONE_BY_ONE`], or than
/// [`TABLES`] in different tables; each stands where the first of its kind stood. For findings about designs: of statements, each one runs and matters by itself.
pub fn gather(findings: Vec<Finding>) -> Vec<Finding> {
    let key = |it: &Finding| (it.code.clone(), it.severity);
    let mut kinds: BTreeMap<_, Vec<Finding>> = BTreeMap::new();
    let mut order = Vec::new();
    for finding in findings {
        let kind = kinds.entry(key(&finding)).or_default();
        if kind.len() <= ONE_BY_ONE {
            order.push((key(&finding), kind.len()));
        }
        kind.push(finding);
    }
    let is_habit = |all: &[Finding]| {
        let tables: BTreeSet<Option<Id>> = all.iter().map(|it| it.record).collect();
        all.len() > ONE_BY_ONE || tables.len() > TABLES
    };
    let many: BTreeSet<_> = kinds.iter().filter(|it| is_habit(it.1)).map(|it| it.0.clone()).collect();
    let mut out = Vec::new();
    let mut kinds: BTreeMap<_, _> = kinds.into_iter().map(|(key, all)| (key, all.into_iter())).collect();
    for (key, place) in order {
        let Some(kind) = kinds.get_mut(&key) else { continue };
        if !many.contains(&key) {
            out.extend(kind.next());
        } else if place == 0 {
            out.extend(kind.next().map(|first| one_of(first, kind.collect())));
        }
    }
    out
}

fn one_of(mut first: Finding, rest: Vec<Finding>) -> Finding {
    let tables: BTreeSet<Option<Id>> = rest.iter().map(|it| it.record).chain([first.record]).collect();
    let within = match tables.len() {
        1 => String::new(),
        count => format!(", in {count} tables"),
    };
    first.message = format!("{} (and {} more like it{within})", first.message, rest.len());
    let named: Vec<String> = rest.iter().take(NAMED).map(|it| format!("`{}`", it.place)).collect();
    let more = if rest.len() > NAMED { "…" } else { "" };
    first.evidence.push(format!("also {}{more}", named.join(", ")));
    if let Some(fix) = first.fix.take() {
        // Fixes of one kind are one fix; what a person should look at is not hidden among what is safe.
        let like =
            |it: &Finding| it.fix.clone().filter(|it| it.title == fix.title && it.safety == fix.safety);
        let others: Vec<Remedy> = rest.iter().filter_map(like).map(|it| it.remedy).collect();
        let title = if others.is_empty() {
            fix.title
        } else {
            format!("{}, in {} places", fix.title, others.len() + 1)
        };
        let remedy = Remedy::All(std::iter::once(fix.remedy).chain(others).collect());
        first.fix = Some(Fix { title, safety: fix.safety, remedy });
    }
    let place = |it: Finding| Place { objects: it.objects, place: it.place, line: it.line };
    first.also = rest.into_iter().map(place).collect();
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Config, lint};
    use crate::read;

    #[test]
    fn a_habit_is_told_once_with_a_count_and_one_fix() {
        let tables: Vec<String> =
            (0..8).map(|it| format!("create table t{it} (id bigint primary key, at timestamp);")).collect();
        let design = read::postgres(&tables.join("\n"), &read::Options::default()).tree.design;
        let all = lint(&design, &Config::default());
        assert_eq!(all.iter().filter(|it| it.code == "TYP001").count(), 8);
        let told = gather(all);
        let habit: Vec<&Finding> = told.iter().filter(|it| it.code == "TYP001").collect();
        let [habit] = habit.as_slice() else { panic!("{habit:?}") };
        assert_eq!((habit.also.len(), habit.place.as_str()), (7, "t0.at"));
        assert!(habit.message.ends_with("(and 7 more like it, in 8 tables)"), "{}", habit.message);
        let mut after = design.clone();
        let edit = habit.proposal(&design).unwrap().accept_all(&design).unwrap();
        after.apply(&edit).unwrap();
        assert!(!lint(&after, &Config::default()).iter().any(|it| it.code == "TYP001"));
    }

    #[test]
    fn a_few_are_told_one_by_one_in_their_places() {
        let text = "create table a (id bigint primary key, at timestamp, d timestamp);";
        let design = read::postgres(text, &read::Options::default()).tree.design;
        let all = lint(&design, &Config::default());
        assert_eq!(gather(all.clone()), all);
    }
}

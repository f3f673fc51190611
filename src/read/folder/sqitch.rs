//! Sqitch: changes in the order of `sqitch.plan`, or of what each says that it requires.
//!
//! Source: Sqitch's documentation, "sqitchplan" and "sqitch-rework".

use std::collections::BTreeSet;

use super::Migration;
use super::layout::{is_sql, name};
use super::order::natural;

/// Whether a file tells the order of changes.
pub fn is_plan(path: &str) -> bool {
    name(path) == "sqitch.plan"
}

/// Whether the files are changes with what takes them back or looks whether they are there.
pub fn is_layout(files: &[Migration]) -> bool {
    let has = |folder: &str| files.iter().any(|it| change(it.path, folder).is_some());
    has("deploy") && (has("revert") || files.iter().any(|it| is_plan(it.path)))
}

/// The changes, in order, by their place in what was given.
pub fn in_order(files: &[Migration]) -> Vec<usize> {
    let mut plans: Vec<&Migration> = files.iter().filter(|it| is_plan(it.path)).collect();
    // A plan within another's folder is of a project on which the outer one builds.
    let depth = |it: &Migration| it.path.matches('/').count();
    plans.sort_by(|a, b| depth(b).cmp(&depth(a)).then_with(|| natural(a.path, b.path)));
    let planned: Vec<usize> = plans.into_iter().flat_map(|it| of_plan(files, it)).collect();
    if planned.is_empty() { by_requirements(files) } else { planned }
}

/// The files of a plan's changes. Of one that was reworked, the earlier forms have the last tag before in their names.
fn of_plan(files: &[Migration], plan: &Migration) -> Vec<usize> {
    let folder = plan.path.strip_suffix(name(plan.path)).unwrap_or_default();
    let mut changes: Vec<(&str, Option<&str>)> = Vec::new();
    let mut last_tag = None;
    for line in plan.text.lines() {
        let mut words = line.split_whitespace();
        let Some(first) = words.next().filter(|it| !it.starts_with(['%', '#', '-'])) else { continue };
        if let Some(tag) = first.strip_prefix('@') {
            last_tag = Some(tag);
            continue;
        }
        let Some(name) = first
            .strip_prefix('+')
            .map_or(Some(first), |it| Some(it).filter(|it| !it.is_empty()).or_else(|| words.next()))
        else {
            continue;
        };
        if let Some(earlier) = changes.iter_mut().rev().find(|it| it.0 == name) {
            earlier.1 = last_tag;
        }
        changes.push((name, None));
    }
    let file = |(name, tag): (&str, Option<&str>)| {
        let tag = tag.map_or_else(String::new, |it| format!("@{it}"));
        let path = format!("{folder}deploy/{name}{tag}.sql");
        files.iter().position(|it| it.path == path)
    };
    changes.into_iter().filter_map(file).collect()
}

/// Without a plan: each change after those that comments in it require.
fn by_requirements(files: &[Migration]) -> Vec<usize> {
    let mut left: Vec<(usize, &str)> =
        files.iter().enumerate().filter_map(|(at, it)| Some((at, change(it.path, "deploy")?))).collect();
    left.sort_by(|a, b| natural(a.1, b.1));
    let mut waits: BTreeSet<&str> = left.iter().map(|it| it.1).collect();
    let mut found = Vec::new();
    while !left.is_empty() {
        let is_ready = |(at, own): &(usize, &str)| {
            files.get(*at).is_none_or(|it| required(it.text).all(|it| it == *own || !waits.contains(it)))
        };
        // Those that require each other come as their names say.
        let next = left.iter().position(is_ready).unwrap_or_default();
        let (at, own) = left.remove(next);
        waits.remove(own);
        found.push(at);
    }
    found
}

/// The name of a change, from the path of its file in a folder of that name.
fn change<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let within = path.strip_prefix(folder).and_then(|it| it.strip_prefix('/'));
    let within = within.or_else(|| {
        path.match_indices(folder).find_map(|(at, _)| {
            let is_whole = path.get(..at)?.ends_with('/');
            path.get(at + folder.len()..)?.strip_prefix('/').filter(|_| is_whole)
        })
    })?;
    within.strip_suffix(".sql").filter(|_| is_sql(path))
}

/// What `-- requires: a b` names.
fn required(text: &str) -> impl Iterator<Item = &str> {
    let comments = text.lines().filter_map(|it| it.trim_start().strip_prefix("--"));
    let lists = comments.filter_map(|it| it.trim_start().strip_prefix("requires:"));
    lists.flat_map(|it| it.split([' ', ',', '\t'])).filter(|it| !it.is_empty())
}

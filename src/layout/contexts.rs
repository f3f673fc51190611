//! Bounded contexts: tables of a large design that belong together, found from references and names, and named by what they hold.

use std::collections::{BTreeMap, BTreeSet};

use super::communities::{Grain, communities};
use super::graph::{Graph, Links, Node, merge_parallel};
use super::schemas;
use crate::base::{capitalized, plural, singular};
use crate::design::{Area, Design, Edit, ForeignKey, Part, Proposal, Table, TableId};

/// From so many tables on a design is easier to follow in contexts.
pub const CONTEXTS_ABOVE: usize = 60;
/// About how many tables one person keeps in mind as one subject; the resolution was found by trial on two schemas whose
/// tables people have put into five SQL schemas.
const GRAIN: Grain = Grain { largest: 30, resolution: 0.6 };
/// What it weighs that a name begins with that of another table: somewhat more than a reference.
const NAMED: f64 = 1.5;
/// Shorter names begin other names by chance.
const SHORTEST: usize = 5;
/// Colours of the palette.
const COLORS: usize = 8;
/// Below this tables without references are no context of their own.
const SMALLEST: usize = 3;

/// Tables that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// What they are about.
    pub name: String,
    /// In order of birth.
    pub tables: Vec<TableId>,
}

/// What tells which tables belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// References, names, and SQL schemas where these are subjects.
    All,
    /// References, and names of tables that begin other names.
    References,
}

/// The contexts of a design by all that tells of them, the largest first.
pub fn contexts(design: &Design) -> Vec<Context> {
    contexts_by(design, Evidence::All)
}

/// The contexts of a design, the largest first. Partitions and heirs are where their tables are; a table without any
/// reference joins those whose names begin as its own does, or is in no context.
pub fn contexts_by(design: &Design, evidence: Evidence) -> Vec<Context> {
    let tables: Vec<&Table> = design.tables().filter(|it| over(it).is_none()).collect();
    let place = places(design, &tables);
    let graph = graph(design, &tables, &place);
    let mut links = Links::of(&graph);
    link_names(&tables, &mut links);
    let by_schema = evidence == Evidence::All && schemas::are_subjects(&tables, &graph);
    if by_schema {
        schemas::part(&tables, &mut links, GRAIN.largest);
    }
    let all: Vec<usize> = (0..links.len()).collect();
    let (connected, lone): (Vec<_>, Vec<_>) = links.components(&all).into_iter().partition(|it| it.len() > 1);
    let mut groups: Vec<Vec<usize>> =
        connected.iter().flat_map(|it| communities(&links, it, GRAIN)).collect();
    settle(&tables, &mut groups, lone.into_iter().flatten(), by_schema);
    groups.retain(|it| it.len() >= SMALLEST);
    for it in &mut groups {
        it.sort_unstable();
    }
    groups.sort_by_key(|it| (std::cmp::Reverse(it.len()), it.first().copied()));
    let names = names(design, &tables, &graph, &groups);
    let mut found: Vec<Context> =
        names.into_iter().map(|name| Context { name, tables: Vec::new() }).collect();
    let of: BTreeMap<usize, usize> =
        groups.iter().enumerate().flat_map(|(group, it)| it.iter().map(move |at| (*at, group))).collect();
    for table in design.tables() {
        let group = place.get(&table.id).and_then(|it| of.get(it));
        if let Some(context) = group.and_then(|it| found.get_mut(*it)) {
            context.tables.push(table.id);
        }
    }
    found
}

/// The contexts as areas, a part each; what references lead from one to another stands in the reason. Tables that are in an
/// area stay there.
pub fn in_contexts(design: &Design) -> Proposal {
    let taken: BTreeSet<TableId> = design.areas().flat_map(|it| it.tables.iter().copied()).collect();
    let all = contexts(design);
    let of: BTreeMap<TableId, usize> =
        all.iter().enumerate().flat_map(|(at, it)| it.tables.iter().map(move |table| (*table, at))).collect();
    let mut ids = design.ids();
    let mut parts = Vec::new();
    for (at, context) in all.iter().enumerate() {
        let tables: Vec<TableId> = context.tables.iter().copied().filter(|it| !taken.contains(it)).collect();
        if tables.len() < 2 {
            continue;
        }
        let reason = reason(design, &all, &of, at);
        let color = u8::try_from(at % COLORS + 1).ok();
        let area = Area { id: ids.take(), name: context.name.clone(), tables, color, ..Area::default() };
        let title = format!("Draw {} as an area of {} tables", area.name, area.tables.len());
        parts.push(Part { title, reason, edit: Edit::adding([area]), ..Part::default() });
    }
    Proposal { title: "Group the tables into contexts".to_owned(), parts }
}

/// How the references of a context are spread.
fn reason(design: &Design, all: &[Context], of: &BTreeMap<TableId, usize>, at: usize) -> String {
    let (mut within, mut out): (usize, BTreeMap<usize, usize>) = (0, BTreeMap::new());
    for (table, fk) in design.foreign_keys() {
        match (of.get(&table.id), of.get(&fk.references)) {
            (Some(from), Some(to)) if *from == at && *to == at => within += 1,
            (Some(from), Some(to)) if *from == at => *out.entry(*to).or_default() += 1,
            _ => {}
        }
    }
    let mut out: Vec<(usize, usize)> = out.into_iter().collect();
    out.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    let link =
        |it: &(usize, usize)| all.get(it.0).map(|to| format!("{} to {}", it.1, to.name)).unwrap_or_default();
    let references =
        if within == 1 { "1 reference stays".to_owned() } else { format!("{within} references stay") };
    match out.iter().map(link).collect::<Vec<_>>().join(", ") {
        links if links.is_empty() => format!("{references} within it, none leaves it."),
        links => format!("{references} within it; between contexts there are {links}."),
    }
}

/// The table that this one is a partition or an heir of.
fn over(table: &Table) -> Option<TableId> {
    table.partition_of.as_ref().map(|it| it.table).or(table.inherits.first().copied())
}

/// Where each table stands among those that are no partitions: a partition where its table does.
fn places(design: &Design, tables: &[&Table]) -> BTreeMap<TableId, usize> {
    let own: BTreeMap<TableId, usize> = tables.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let place = |table: &Table| {
        let mut at = table;
        // Partitions of partitions; no deeper than there are tables.
        for _ in 0..design.tables().len() {
            match over(at).and_then(|it| design.table(it)) {
                Some(next) => at = next,
                None => break,
            }
        }
        own.get(&at.id).map(|it| (table.id, *it))
    };
    design.tables().filter_map(place).collect()
}

/// Tables and what holds them together.
fn graph(design: &Design, tables: &[&Table], place: &BTreeMap<TableId, usize>) -> Graph {
    let nodes = tables.iter().map(|it| Node { name: it.name.clone(), ..Node::default() }).collect();
    let edge =
        |(table, fk): (&Table, &ForeignKey)| Some((*place.get(&table.id)?, *place.get(&fk.references)?));
    Graph { nodes, edges: design.foreign_keys().filter_map(edge).collect() }
}

/// Links each table to those whose whole name its own name begins with: `product` and `product_photo`.
fn link_names(tables: &[&Table], links: &mut Links) {
    let lower: Vec<String> = tables.iter().map(|it| it.name.to_lowercase()).collect();
    let of: BTreeMap<String, usize> = lower.iter().enumerate().map(|(at, it)| (singular(it), at)).collect();
    for (at, name) in lower.iter().enumerate() {
        let starts = name.char_indices().map(|it| it.0).skip(SHORTEST).filter_map(|end| name.get(..end));
        for other in starts.filter_map(|it| of.get(it)).filter(|it| **it != at) {
            for (from, to) in [(at, *other), (*other, at)] {
                if let Some(near) = links.near.get_mut(from) {
                    near.push((to, NAMED));
                }
            }
        }
    }
    links.near.iter_mut().for_each(merge_parallel);
}

/// Finds a place for tables without references: where most names begin as theirs do, with most of their SQL schema where
/// schemas are subjects, or together.
fn settle(
    tables: &[&Table],
    groups: &mut Vec<Vec<usize>>,
    lone: impl Iterator<Item = usize>,
    by_schema: bool,
) {
    let word = |at: usize| tables.get(at).map(|it| (it.namespace, first_word(&it.name)));
    let mut together: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for at in lone {
        let Some(begins) = word(at) else { continue };
        let alike = |it: &Vec<usize>| {
            let words = it.iter().filter_map(|it| word(*it));
            words.fold((0, 0), |(same, schema), it| {
                (same + usize::from(it == begins), schema + usize::from(by_schema && it.0 == begins.0))
            })
        };
        let counts = groups.iter().map(alike).enumerate();
        match counts.max_by_key(|it| (it.1, std::cmp::Reverse(it.0))) {
            Some((group, count)) if count > (0, 0) => {
                if let Some(it) = groups.get_mut(group) {
                    it.push(at);
                }
            }
            _ => together.entry(begins).or_default().push(at),
        }
    }
    groups.extend(together.into_values());
}

fn first_word(name: &str) -> &str {
    name.split('_').find(|it| !it.is_empty()).unwrap_or(name)
}

/// A name for each group, no two alike: the SQL schema that most of its tables are in, the word with which most of their
/// names begin, or the table that the others reference most.
fn names(design: &Design, tables: &[&Table], graph: &Graph, groups: &[Vec<usize>]) -> Vec<String> {
    let has_schemas = tables.iter().any(|it| it.namespace != tables.first().and_then(|it| it.namespace));
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut name = |group: &Vec<usize>| {
        let of = |at: &usize| tables.get(*at).copied();
        let schema = most(group.iter().filter_map(of).map(|it| it.namespace))
            .filter(|it| has_schemas && it.1 * 3 >= group.len() * 2)
            .and_then(|it| design.namespace(it.0?))
            .map(|it| title(&it.name));
        let word = most(group.iter().filter_map(of).map(|it| first_word(&it.name)))
            .filter(|it| it.1 * 2 >= group.len() && it.1 > 1)
            .map(|it| {
                word_name(it.0, &group.iter().filter_map(of).map(|it| it.name.as_str()).collect::<Vec<_>>())
            });
        let hubs = hubs(tables, graph, group);
        let hub = hubs.first().map(|it| title(&plural(it)));
        let two = match &hubs[..] {
            [one, two, ..] => Some(format!("{} and {}", title(&plural(one)), plural(two).replace('_', " "))),
            _ => None,
        };
        let mut wanted = [schema, word, hub, two].into_iter().flatten();
        let fallback = || (1..=groups.len()).map(|it| format!("Context {it}")).find(|it| !taken.contains(it));
        let chosen = wanted.find(|it| !taken.contains(it)).or_else(fallback).unwrap_or_default();
        taken.insert(chosen.clone());
        chosen
    };
    groups.iter().map(&mut name).collect()
}

/// What names have in common that begin with a word: the plural of a table of that name, or the words that they share.
fn word_name(word: &str, names: &[&str]) -> String {
    if names.iter().any(|it| singular(it) == singular(word)) {
        return title(&plural(&singular(word)));
    }
    let words = |it: &str| -> Vec<String> { it.split('_').map(str::to_owned).collect() };
    let mut shared: Option<Vec<String>> = None;
    for name in names.iter().filter(|it| first_word(it) == word) {
        let own = words(name);
        shared = Some(match shared {
            None => own,
            Some(so_far) => {
                so_far.into_iter().zip(own).take_while(|it| it.0 == it.1).map(|it| it.0).collect()
            }
        });
    }
    title(&shared.unwrap_or_default().join(" ")).trim().to_owned()
}

/// The tables of a group, those first that most of the group reference.
fn hubs<'a>(tables: &[&'a Table], graph: &Graph, group: &[usize]) -> Vec<&'a str> {
    let inside: BTreeSet<usize> = group.iter().copied().collect();
    let mut count: BTreeMap<usize, usize> = group.iter().map(|it| (*it, 0)).collect();
    for (from, to) in &graph.edges {
        if from != to && inside.contains(from) {
            count.entry(*to).and_modify(|it| *it += 1);
        }
    }
    let mut order: Vec<(usize, usize)> = count.into_iter().collect();
    order.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    order.into_iter().filter_map(|it| tables.get(it.0)).map(|it| it.name.as_str()).collect()
}

/// What there is most of, and how often.
fn most<T: Ord + Copy>(of: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut count: BTreeMap<T, usize> = BTreeMap::new();
    for it in of {
        *count.entry(it).or_default() += 1;
    }
    count.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))
}

fn title(name: &str) -> String {
    capitalized(&name.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three groups of tables around a hub each, linked by one reference, and two tables alone.
    fn design() -> Design {
        let mut sql = String::new();
        for hub in ["invoice", "course", "patient"] {
            sql += &format!("create table {hub} (id bigint primary key);\n");
            for leaf in 1..=5 {
                sql += &format!(
                    "create table {hub}_{leaf} (id bigint primary key, h bigint references {hub} (id));\n"
                );
            }
        }
        sql += "alter table course add column p bigint references patient (id);
            create table course_log (id bigint); create table setting (id bigint);";
        crate::read::postgres(&sql, &crate::read::Options::default()).tree.design
    }

    #[test]
    fn what_references_each_other_is_one_context_named_by_it() {
        let design = design();
        let found = contexts(&design);
        let told: Vec<(&str, usize)> = found.iter().map(|it| (it.name.as_str(), it.tables.len())).collect();
        assert_eq!(told, [("Courses", 7), ("Invoices", 6), ("Patients", 6)]);
    }

    #[test]
    fn contexts_become_areas_that_leave_others_alone() {
        let mut design = design();
        let invoice = design.tables().next().expect("it is there").id;
        let mine =
            Area { id: design.ids().take(), name: "Mine".into(), tables: vec![invoice], ..Area::default() };
        design.apply(&Edit::adding([mine])).expect("valid");
        let proposal = in_contexts(&design);
        assert!(proposal.parts.iter().any(|it| it.reason.contains("1 to Patients")), "{:?}", proposal.parts);
        design.apply(&proposal.accept_all(&design).expect("it fits")).expect("valid");
        assert_eq!(design.areas().count(), 4);
        assert!(design.areas().find(|it| it.name == "Mine").is_some_and(|it| it.tables == [invoice]));
        assert!(in_contexts(&design).parts.is_empty());
    }
}

//! What people have said of subjects already: the SQL schemas that they put tables into.

use std::collections::BTreeMap;

use super::graph::{Graph, Links, merge_parallel};
use crate::design::{NamespaceId, Table};

/// A schema of fewer tables is no subject.
const POPULATED: usize = 4;
/// Above this share one schema is the design, and the others are beside it.
const NEARLY_ALL: f64 = 0.8;
/// How far above chance references have to stay within schemas for these to be subjects: schemas of versions or of tests
/// do not part what belongs together. Fewer references than `FEW` say nothing against them.
const KEPT: f64 = 0.3;
const FEW: usize = 4;
/// What a reference weighs that leads from one schema into another, where schemas are subjects.
const ACROSS: f64 = 0.25;
/// What it weighs in all that a table is in a schema with others: as much as that its name begins with another's.
const OWN: f64 = 1.5;

/// Whether the SQL schemas of these tables are subjects: several hold a fair share of the tables each, and references mostly
/// stay within one.
pub(super) fn are_subjects(tables: &[&Table], graph: &Graph) -> bool {
    let mut size: BTreeMap<Option<NamespaceId>, usize> = BTreeMap::new();
    for table in tables {
        *size.entry(table.namespace).or_default() += 1;
    }
    let populated: Vec<usize> = size.into_values().filter(|it| *it >= POPULATED).collect();
    let (held, most) = (populated.iter().sum::<usize>(), populated.iter().max().copied().unwrap_or_default());
    let nearly_all = NEARLY_ALL * tables.len() as f64;
    if populated.len() < 2 || (held as f64) < nearly_all || most as f64 > nearly_all {
        return false;
    }
    let of = |at: usize| tables.get(at).map(|it| it.namespace);
    let ends = graph.edges.iter().filter(|it| it.0 != it.1).filter_map(|it| Some((of(it.0)?, of(it.1)?)));
    let ends: Vec<_> = ends.collect();
    if ends.len() < FEW {
        return true;
    }
    let total = ends.len() as f64;
    let within = ends.iter().filter(|it| it.0 == it.1).count() as f64 / total;
    let mut share: BTreeMap<Option<NamespaceId>, f64> = BTreeMap::new();
    for (from, to) in ends {
        *share.entry(from).or_default() += 0.5 / total;
        *share.entry(to).or_default() += 0.5 / total;
    }
    // Source: Newman, "Mixing patterns in networks", 2003: assortativity by a label.
    let chance: f64 = share.values().map(|it| it * it).sum();
    chance < 1.0 && (within - chance) / (1.0 - chance) >= KEPT
}

/// Lets what leads from one schema into another weigh less, and ties the tables of a schema that is no larger than a context.
pub(super) fn part(tables: &[&Table], links: &mut Links, largest: usize) {
    let mut members: BTreeMap<Option<NamespaceId>, Vec<usize>> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate() {
        members.entry(table.namespace).or_default().push(at);
    }
    for (at, near) in links.near.iter_mut().enumerate() {
        let own = tables.get(at).map(|it| it.namespace);
        for (to, weight) in near {
            if tables.get(*to).map(|it| it.namespace) != own {
                *weight *= ACROSS;
            }
        }
    }
    for those in members.values().filter(|it| (POPULATED..=largest).contains(&it.len())) {
        let weight = OWN / (those.len() - 1) as f64;
        for at in those {
            if let Some(near) = links.near.get_mut(*at) {
                near.extend(those.iter().filter(|it| *it != at).map(|it| (*it, weight)));
            }
        }
    }
    links.near.iter_mut().for_each(merge_parallel);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::design::Design;
    use crate::layout::{Evidence, contexts_by};
    use crate::read;

    fn design(sql: &str) -> Design {
        read::postgres(sql, &read::Options::default()).tree.design
    }

    /// How many schemas the tables of each context are in, the largest context first.
    fn mixed(design: &Design, evidence: Evidence) -> Vec<usize> {
        let schemas = |tables: &[crate::design::TableId]| {
            let those: BTreeSet<_> =
                tables.iter().filter_map(|it| design.table(*it)).map(|it| it.namespace).collect();
            those.len()
        };
        contexts_by(design, evidence).iter().map(|it| schemas(&it.tables)).collect()
    }

    /// Three schemas of five tables; each table references the one before it in its schema, and every second one a table elsewhere.
    fn offices() -> Design {
        let schemas = ["sales", "stock", "people"];
        let mut sql = String::new();
        for schema in schemas {
            sql += &format!("create schema {schema};\n");
            for at in 0..5 {
                let before = if at > 0 {
                    format!(", b bigint references {schema}.t{}", at - 1)
                } else {
                    String::new()
                };
                sql += &format!("create table {schema}.t{at} (id bigint primary key{before});\n");
            }
        }
        for (at, schema) in schemas.iter().enumerate() {
            let other = schemas[(at + 1) % 3];
            for table in [1, 3] {
                sql += &format!(
                    "alter table {schema}.t{table} add column o bigint references {other}.t{table};\n"
                );
            }
            sql += &format!("create table {schema}.lone (id bigint primary key);\n");
        }
        design(&sql)
    }

    #[test]
    fn schemas_that_references_keep_to_are_the_contexts() {
        let design = offices();
        assert_eq!(mixed(&design, Evidence::All), [1, 1, 1]);
        let found = contexts_by(&design, Evidence::All);
        let told: Vec<(&str, usize)> = found.iter().map(|it| (it.name.as_str(), it.tables.len())).collect();
        assert_eq!(told, [("Sales", 6), ("Stock", 6), ("People", 6)]);
        assert!(mixed(&design, Evidence::References).iter().any(|it| *it > 1));
    }

    #[test]
    fn schemas_of_versions_part_nothing() {
        let mut sql = "create schema one; create schema two;".to_owned();
        for at in 0..8 {
            sql += &format!("create table one.t{at} (id bigint primary key);\n");
            let two = format!("references one.t{at}, p bigint references one.t{}", (at + 1) % 8);
            sql += &format!("create table two.t{at} (id bigint primary key, o bigint {two});\n");
        }
        let design = design(&sql);
        assert_eq!(contexts_by(&design, Evidence::All), contexts_by(&design, Evidence::References));
    }

    #[test]
    fn a_schema_of_nearly_all_says_nothing() {
        let mut sql = "create schema beside;".to_owned();
        for at in 0..30 {
            let to = if at > 0 { format!(", b bigint references t{}", at / 3) } else { String::new() };
            sql += &format!("create table t{at} (id bigint primary key{to});\n");
        }
        for at in 0..4 {
            sql +=
                &format!("create table beside.b{at} (id bigint primary key, b bigint references t{at});\n");
        }
        let design = design(&sql);
        assert_eq!(contexts_by(&design, Evidence::All), contexts_by(&design, Evidence::References));
    }
}

//! The contexts that are found from references, beside how people have grouped the same tables.

use std::collections::BTreeMap;
use std::path::PathBuf;

use relata::design::{Design, Table};
use relata::layout::{Evidence, contexts, contexts_by};
use relata::read;

/// How far two groupings agree: 1 when they are the same, about 0 by chance. Source: Hubert and Arabie, "Comparing
/// partitions", 1985.
fn adjusted_rand<A: Ord + Clone, B: Ord + Clone>(pairs: &[(A, B)]) -> f64 {
    let two = |it: usize| (it * it.saturating_sub(1) / 2) as f64;
    let (mut both, mut one, mut other) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (a, b) in pairs {
        *both.entry((a.clone(), b.clone())).or_insert(0) += 1;
        *one.entry(a.clone()).or_insert(0) += 1;
        *other.entry(b.clone()).or_insert(0) += 1;
    }
    let sum = |it: &mut dyn Iterator<Item = usize>| it.map(two).sum::<f64>();
    let index = sum(&mut both.into_values());
    let (one, other) = (sum(&mut one.into_values()), sum(&mut other.into_values()));
    let expected = one * other / two(pairs.len());
    let most = f64::midpoint(one, other);
    if (most - expected).abs() < f64::EPSILON { 1.0 } else { (index - expected) / (most - expected) }
}

/// Agreement with a grouping of the tables by people, over the tables that are in a context and in a group of three or more.
fn agreement(
    design: &Design,
    evidence: Evidence,
    group: impl Fn(&Table) -> String,
) -> Option<(f64, usize, usize)> {
    let mut size: BTreeMap<String, usize> = BTreeMap::new();
    design.tables().for_each(|it| *size.entry(group(it)).or_default() += 1);
    let groups = size.values().filter(|it| **it >= 3).count();
    let mut pairs = Vec::new();
    for (at, context) in contexts_by(design, evidence).iter().enumerate() {
        for table in context.tables.iter().filter_map(|it| design.table(*it)) {
            let name = group(table);
            if size.get(&name).is_some_and(|it| *it >= 3) {
                pairs.push((at, name));
            }
        }
    }
    (groups > 1 && pairs.len() > 30).then(|| (adjusted_rand(&pairs), pairs.len(), groups))
}

fn first_word(table: &Table) -> String {
    table.name.split('_').find(|it| !it.is_empty()).unwrap_or(&table.name).to_owned()
}

#[test]
fn equal_groupings_agree_wholly_and_independent_ones_not() {
    let same: Vec<(u8, u8)> = (0..40).map(|it| (it / 10, it / 10)).collect();
    let other: Vec<(u8, u8)> = (0..40).map(|it| (it / 10, it % 4)).collect();
    assert!((adjusted_rand(&same) - 1.0).abs() < 1e-9);
    assert!(adjusted_rand(&other).abs() < 0.1);
}

#[test]
#[ignore = "reads schemas from outside; prints how the contexts agree with schemas and names"]
fn contexts_beside_the_groups_of_people() {
    let folder = PathBuf::from(std::env::var("RELATA_SCHEMAS").expect("RELATA_SCHEMAS names a folder"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("it is there").flatten().map(|it| it.path()).collect();
    files.sort();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let design = read::postgres(&text, &read::Options::default()).tree.design;
        let count = design.tables().len();
        if count <= 60 {
            continue;
        }
        let found = contexts(&design);
        println!(
            "{}: {count} tables, {} foreign keys, {} contexts",
            file.file_name().unwrap_or_default().display(),
            design.foreign_keys().count(),
            found.len(),
        );
        for evidence in [Evidence::References, Evidence::All] {
            let by_schema = agreement(&design, evidence, |it| format!("{:?}", it.namespace));
            let by_name = agreement(&design, evidence, first_word);
            println!("  by {evidence:?}: schemas {by_schema:.2?}; names {by_name:.2?}");
        }
        for it in found {
            let names: Vec<&str> =
                it.tables.iter().filter_map(|it| design.table(*it)).map(|it| it.name.as_str()).collect();
            println!("    {}: {}", it.name, names.join(" "));
        }
    }
}

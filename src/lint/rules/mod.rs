//! The rules, one file each, by family.

mod compatibility;
mod constraints;
mod data;
mod documentation;
mod indexes;
mod keys;
mod migration;
mod naming;
mod normalisation;
mod relationships;
mod scale;
mod security;
mod structure;
mod types;

use super::Rule;

const FAMILIES: &[&[&Rule]] = &[
    structure::RULES,
    keys::RULES,
    relationships::RULES,
    types::RULES,
    constraints::RULES,
    indexes::RULES,
    normalisation::RULES,
    naming::RULES,
    security::RULES,
    scale::RULES,
    documentation::RULES,
    migration::RULES,
    data::RULES,
    compatibility::RULES,
];

/// Every rule, in order of families and codes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|it| it.iter().copied())
}

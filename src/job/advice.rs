//! Why a table is as it is, what holds its rules, and how it is asked: as it goes to the page, which does not carry the room that tells it.

use serde::{Deserialize, Serialize};

use crate::advise::{Parameter, Query, Rationale, Rule};

/// What [`crate::advise`] tells of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Why it is a table, and of this shape: a sentence each.
    pub why: Vec<String>,
    /// What its rows are held to, in words, and the name of what holds it.
    pub rules: Vec<(String, String)>,
    /// The commonest query first.
    pub queries: Vec<Asked>,
}

/// A query of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What it gives, in words.
    pub gives: String,
    /// One `SELECT`, without a semicolon.
    pub sql: String,
    /// What `$1`, `$2`… stand for, each with its type.
    pub given: Vec<(String, String)>,
    /// What finds its rows.
    pub index: Option<String>,
}

impl From<Rationale> for Advice {
    fn from(Rationale { why, rules, queries }: Rationale) -> Self {
        let rule = |Rule { says, by }| (says, by);
        let parameter = |Parameter { what, type_name }| (what, type_name);
        let query = |Query { kind: _, gives, sql, parameters, index }| {
            let given = parameters.into_iter().map(parameter).collect();
            Asked { gives, sql, given, index }
        };
        Self {
            why,
            rules: rules.into_iter().map(rule).collect(),
            queries: queries.into_iter().map(query).collect(),
        }
    }
}

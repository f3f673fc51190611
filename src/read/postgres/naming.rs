//! The names that PostgreSQL gives to what has none.
//!
//! Source: PostgreSQL 18 `src/backend/commands/indexcmds.c` (`makeObjectName`, `ChooseRelationName`, `ChooseIndexNameAddition`,
//! `ChooseIndexColumnNames`), `src/backend/catalog/pg_constraint.c` (`ChooseConstraintName`).

use super::syntax::truncate;
use crate::pg::MAX_NAME_BYTES;
pub use crate::pg::object_name;

/// The first of `label`, `label1`, `label2`… whose name is not taken.
pub fn free_name(first: &str, second: Option<&str>, label: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = object_name(first, second, label);
    let mut pass = 0_u32;
    while taken(&name) {
        pass += 1;
        name = object_name(first, second, &format!("{label}{pass}"));
    }
    name
}

/// The column names of a key or index in one, as far as they fit.
pub fn joined<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for column in columns {
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(column);
        if name.len() > MAX_NAME_BYTES {
            break;
        }
    }
    name
}

/// Index column names, each made distinct from those before it by a number.
pub fn distinct(columns: Vec<String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::with_capacity(columns.len());
    for column in columns {
        let mut name = column.clone();
        let mut pass = 0_u32;
        while distinct.contains(&name) {
            pass += 1;
            let number = pass.to_string();
            name.clone_from(&column);
            truncate(&mut name, MAX_NAME_BYTES - number.len());
            name.push_str(&number);
        }
        distinct.push(name);
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_names_get_numbers() {
        let taken = |name: &str| matches!(name, "t_a_key" | "t_a_key1");
        assert_eq!(free_name("t", Some("a"), "key", taken), "t_a_key2");
        assert_eq!(distinct(vec!["expr".into(), "a".into(), "expr".into()]), ["expr", "a", "expr1"]);
    }
}

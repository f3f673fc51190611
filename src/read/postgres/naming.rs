//! The names that PostgreSQL gives to what has none.
//!
//! Source: PostgreSQL 18 `src/backend/commands/indexcmds.c` (`makeObjectName`, `ChooseRelationName`, `ChooseIndexNameAddition`,
//! `ChooseIndexColumnNames`), `src/backend/catalog/pg_constraint.c` (`ChooseConstraintName`).

use super::syntax::truncate;
use crate::pg::MAX_NAME_BYTES;

/// `first_second_label`, the longer of the first two cut until all fits.
pub fn object_name(first: &str, second: Option<&str>, label: &str) -> String {
    let overhead = second.map_or(0, |_| 1) + if label.is_empty() { 0 } else { label.len() + 1 };
    let available = MAX_NAME_BYTES.saturating_sub(overhead);
    let (mut a, mut b) = (first.len(), second.map_or(0, str::len));
    while a + b > available {
        if a > b {
            a -= 1;
        } else {
            b -= 1;
        }
    }
    let mut name = first.to_owned();
    truncate(&mut name, a);
    if let Some(second) = second {
        let mut second = second.to_owned();
        truncate(&mut second, b);
        name.push('_');
        name.push_str(&second);
    }
    if !label.is_empty() {
        name.push('_');
        name.push_str(label);
    }
    name
}

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
    fn long_names_are_cut_where_postgresql_cuts_them() {
        assert_eq!(object_name("t", None, "pkey"), "t_pkey");
        assert_eq!(object_name("t", Some("a_b"), "fkey"), "t_a_b_fkey");
        let name = object_name(&"x".repeat(60), Some(&"y".repeat(40)), "check");
        assert_eq!(name, format!("{}_{}_check", "x".repeat(28), "y".repeat(28)));
        assert_eq!(object_name(&"é".repeat(31), None, "pkey").len(), 63);
    }

    #[test]
    fn taken_names_get_numbers() {
        let taken = |name: &str| matches!(name, "t_a_key" | "t_a_key1");
        assert_eq!(free_name("t", Some("a"), "key", taken), "t_a_key2");
        assert_eq!(distinct(vec!["expr".into(), "a".into(), "expr".into()]), ["expr", "a", "expr1"]);
    }
}

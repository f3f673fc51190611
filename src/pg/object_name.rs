//! The names that PostgreSQL makes of others.
//!
//! Source: PostgreSQL 18 `src/backend/commands/indexcmds.c` (`makeObjectName`).

use super::MAX_NAME_BYTES;

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

/// Cuts at a character's border, as `pg_mbcliplen` does.
pub fn truncate(name: &mut String, bytes: usize) {
    let mut end = bytes.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
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
}

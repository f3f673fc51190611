//! Changes of a column's type that neither read nor write the table.
//!
//! Source: PostgreSQL manual, "ALTER TABLE", notes; checked for PostgreSQL 15 by comparing `relfilenode` before and after.

use crate::design::{DataType, Design};
use crate::pg::Builtin;

/// Whether a column of a type can be given another, as it is written in lower case without blanks, without a rewrite.
pub fn is_free(design: &Design, old: &DataType, new: &str) -> bool {
    let old = design.below_domain(old);
    let (name, modifiers) = match new.split_once('(') {
        Some((name, rest)) => (name.trim(), rest.trim_end_matches(')').split(',').map(str::trim).collect()),
        None => (new, Vec::new()),
    };
    let (Some(from), Some(to)) = (old.as_builtin(), Builtin::from_name(name)) else { return false };
    let number = |it: &str| it.parse::<u32>().ok();
    let was: Vec<u32> = old.modifiers.iter().filter_map(|it| number(it)).collect();
    let is: Vec<u32> = modifiers.iter().filter_map(|it| number(it)).collect();
    match (from, to) {
        (Builtin::Varchar | Builtin::Text, Builtin::Text) => true,
        (Builtin::Text, Builtin::Varchar) => is.is_empty(),
        (Builtin::Varchar, Builtin::Varchar) | (Builtin::VarBit, Builtin::VarBit) => {
            is.is_empty() || was.first().zip(is.first()).is_some_and(|(was, is)| is >= was)
        }
        (Builtin::Numeric, Builtin::Numeric) => {
            let scale = |it: &[u32]| it.get(1).copied().unwrap_or(0);
            is.is_empty()
                || was
                    .first()
                    .zip(is.first())
                    .is_some_and(|(old, new)| new >= old && scale(&was) == scale(&is))
        }
        (Builtin::Cidr, Builtin::Inet) => true,
        (a, b) => a == b && was == is,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_is_free_and_shorter_is_not() {
        let design = Design::new();
        let varchar = DataType::builtin(Builtin::Varchar).with_modifiers([20]);
        let numeric = DataType::builtin(Builtin::Numeric).with_modifiers([10, 2]);
        for new in ["text", "varchar(60)", "character varying(20)", "varchar"] {
            assert!(is_free(&design, &varchar, new), "{new}");
        }
        assert!(!is_free(&design, &varchar, "varchar(5)"));
        assert!(is_free(&design, &numeric, "numeric(14,2)") && !is_free(&design, &numeric, "numeric(14,4)"));
        assert!(!is_free(&design, &DataType::builtin(Builtin::Integer), "bigint"));
    }
}

//! Changes of a column's type that neither read nor write the table.
//!
//! Source: PostgreSQL manual, "ALTER TABLE", notes; checked for PostgreSQL 15 by comparing `relfilenode` before and after.

use crate::design::{DataType, Design};
use crate::pg::{Builtin, TypeFamily};

/// Whether a column of a type can be given another, as it is written in lower case without blanks, without a rewrite.
pub fn is_free(design: &Design, old: &DataType, new: &str) -> bool {
    // A domain that demands something is checked by writing every row; one that does not is its type by another name.
    if let Some(domain) = design.domains().find(|it| it.name == new) {
        let demands = domain.not_null || !domain.checks.is_empty();
        let (old, new) = (design.below_domain(old), design.below_domain(&domain.data_type));
        return !demands && old == new;
    }
    let old = design.below_domain(old);
    if old.dimensions > 0 || new.ends_with(']') {
        // Elements are changed one by one, whatever the change.
        let element = DataType { dimensions: 0, ..old.clone() };
        let same = new.split_once('[').is_some_and(|it| is_same(&element, it.0));
        return old.dimensions > 0 && same;
    }
    let (name, modifiers) = parts(new);
    let name = name.as_str();
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
        // More fractions of a second than are kept are none less; six are kept where nothing is said.
        (Builtin::Timestamp, Builtin::Timestamp)
        | (Builtin::TimestampTz, Builtin::TimestampTz)
        | (Builtin::Time, Builtin::Time)
        | (Builtin::TimeTz, Builtin::TimeTz) => {
            let digits = |it: &[u32]| it.first().copied().unwrap_or(6);
            digits(&is) >= digits(&was)
        }
        (a, b) => a == b && was == is,
    }
}

/// The name of a type and its modifiers: `timestamp(3) with time zone` says its name around them.
fn parts(written: &str) -> (String, Vec<&str>) {
    let Some((name, rest)) = written.split_once('(') else { return (written.to_owned(), Vec::new()) };
    let (modifiers, tail) = rest.split_once(')').unwrap_or((rest, ""));
    let name = format!("{} {}", name.trim(), tail.trim());
    (name.trim_end().to_owned(), modifiers.split(',').map(str::trim).collect())
}

/// Whether a type is the one that is written.
fn is_same(of: &DataType, written: &str) -> bool {
    let (name, modifiers) = parts(written);
    let is_equal = |(was, is): (&String, &&str)| was.trim() == *is;
    of.as_builtin().is_some()
        && of.as_builtin() == Builtin::from_name(&name)
        && of.modifiers.len() == modifiers.len()
        && of.modifiers.iter().zip(&modifiers).all(is_equal)
}

/// What is lost or refused when a column of a type is given another, written the same way; nothing where every value fits.
pub fn lost(design: &Design, old: &DataType, new: &str) -> Option<&'static str> {
    let old = design.below_domain(old);
    let (name, rest) = new.split_once('(').unwrap_or((new, ""));
    let is: Vec<u32> =
        rest.trim_end_matches(')').split(',').filter_map(|it| it.trim().parse().ok()).collect();
    let was: Vec<u32> = old.modifiers.iter().filter_map(|it| it.parse().ok()).collect();
    let to = Builtin::from_name(name.trim())?;
    let from = old.as_builtin().filter(|_| old.dimensions == 0 && !new.ends_with(']'))?;
    let width = |it: Builtin| {
        [Builtin::SmallInt, Builtin::Integer, Builtin::BigInt].iter().position(|one| *one == it)
    };
    let is_shorter =
        |was: Option<&u32>, is: Option<&u32>| is.is_some_and(|is| was.is_none_or(|was| is < was));
    match (from.family(), to.family()) {
        (TypeFamily::Integer, TypeFamily::Integer) => {
            (width(to) < width(from)).then_some("numbers that do not fit stop the script")
        }
        (TypeFamily::Numeric | TypeFamily::Float, TypeFamily::Integer) => Some("fractions are rounded"),
        (TypeFamily::Numeric, TypeFamily::Float) => Some("numbers are no longer exact"),
        (TypeFamily::Float, TypeFamily::Float) => {
            (from == Builtin::Double && to == Builtin::Real).then_some("digits are lost")
        }
        (TypeFamily::Numeric, TypeFamily::Numeric) => {
            let whole =
                |it: &[u32]| it.first().map(|all| all.saturating_sub(it.get(1).copied().unwrap_or(0)));
            let is_rounded =
                !is.is_empty() && (was.is_empty() || is.get(1).unwrap_or(&0) < was.get(1).unwrap_or(&0));
            let is_narrow = is_shorter(whole(&was).as_ref(), whole(&is).as_ref());
            is_rounded
                .then_some("fractions are rounded")
                .or(is_narrow.then_some("numbers that do not fit stop the script"))
        }
        (TypeFamily::Text | TypeFamily::Character, TypeFamily::Text | TypeFamily::Character) => {
            is_shorter(was.first(), is.first()).then_some("texts that are longer stop the script, or are cut")
        }
        (TypeFamily::Text | TypeFamily::Character, TypeFamily::Own(Builtin::Bytea)) => None,
        (TypeFamily::Text | TypeFamily::Character, _) => Some("texts that say no such value stop the script"),
        (TypeFamily::DateTime, TypeFamily::DateTime) => {
            (from != Builtin::Date && to == Builtin::Date).then_some("times of day are lost")
        }
        _ => None,
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

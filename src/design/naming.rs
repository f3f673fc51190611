//! Names derived from other names: tables, constraints, indexes, triggers and types.
//!
//! One pattern for each kind of thing (product.md A2), at most 63 bytes, the same name on every run.

use std::borrow::Cow;

use super::{ColumnId, Table, TableNames};
use crate::base;
use crate::pg::{MAX_NAME_BYTES, needs_quotes};

/// Things whose names follow from their table and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derived {
    /// `pk_<table>`
    PrimaryKey,
    /// `uq_<table>_<columns>`, constraint or unique index.
    Unique,
    /// `fk_<table>_<columns>`
    ForeignKey,
    /// `chk_<table>_<column>`
    Check,
    /// `ex_<table>_<columns>`
    Exclusion,
    /// `idx_<table>_<columns>`
    Index,
    /// `trg_<table>_<what it does>`
    Trigger,
    /// `<table>_<column>`, an enumerated type or lookup table.
    Type,
}

impl Derived {
    fn prefix(self) -> &'static str {
        match self {
            Self::PrimaryKey => "pk_",
            Self::Unique => "uq_",
            Self::ForeignKey => "fk_",
            Self::Check => "chk_",
            Self::Exclusion => "ex_",
            Self::Index => "idx_",
            Self::Trigger => "trg_",
            Self::Type => "",
        }
    }

    /// The name for a table and its columns, shortened by [`fitted`] where it would be too long.
    pub fn name<T: AsRef<str>>(self, table: &str, columns: impl IntoIterator<Item = T>) -> String {
        let mut name = format!("{}{table}", self.prefix());
        for column in columns {
            name.push('_');
            name.push_str(column.as_ref());
        }
        fitted(name)
    }

    /// Like [`Derived::name`], with a number behind it where `taken` says that the name is in use.
    pub fn free_name<T: AsRef<str>>(
        self,
        table: &str,
        columns: impl IntoIterator<Item = T>,
        taken: impl Fn(&str) -> bool,
    ) -> String {
        free(self.name(table, columns), taken)
    }
}

/// After a table or its columns were renamed: gives its members the names that follow from the new ones, where they had
/// those of the old ones.
pub fn follow(before: &Table, after: &mut Table) {
    let name = after.name.clone();
    let pairs: Vec<(ColumnId, String, String)> = before
        .columns
        .iter()
        .filter_map(|old| Some((old.id, old.name.clone(), after.column(old.id)?.name.clone())))
        .collect();
    let columns = |ids: &[ColumnId], new: bool| -> Vec<&str> {
        let of = |id: &ColumnId| pairs.iter().find(|it| it.0 == *id);
        ids.iter().filter_map(of).map(|it| if new { it.2.as_str() } else { it.1.as_str() }).collect()
    };
    let exchange = |kind: Derived, old: &[&str], new: &[&str], current: &mut String| {
        if *current == kind.name(&before.name, old) {
            *current = kind.name(&name, new);
        }
    };
    let over = |kind: Derived, ids: &[ColumnId], current: &mut String| {
        exchange(kind, &columns(ids, false), &columns(ids, true), current);
    };
    let clustered = after.cluster_on.as_ref().and_then(|it| key_names(after).position(|name| name == it));
    if let Some(key) = &mut after.primary_key {
        exchange(Derived::PrimaryKey, &[], &[], &mut key.name);
    }
    for unique in &mut after.uniques {
        over(Derived::Unique, &unique.columns, &mut unique.name);
    }
    for fk in &mut after.foreign_keys {
        over(Derived::ForeignKey, &fk.columns, &mut fk.name);
    }
    for check in &mut after.checks {
        for (_, old, new) in &pairs {
            exchange(Derived::Check, &[old], &[new], &mut check.name);
        }
    }
    for index in &mut after.indexes {
        let kind = if index.unique { Derived::Unique } else { Derived::Index };
        match index.plain_columns() {
            Some(ids) => over(kind, &ids, &mut index.name),
            // An index over `lower(email)` is named after `email`.
            None => {
                for (_, old, new) in &pairs {
                    exchange(kind, &[old], &[new], &mut index.name);
                }
            }
        }
    }
    for trigger in &mut after.triggers {
        let purpose = trigger.name.strip_prefix(&format!("trg_{}_", before.name)).map(str::to_owned);
        if let Some(purpose) = purpose {
            exchange(Derived::Trigger, &[&purpose], &[&purpose], &mut trigger.name);
        }
    }
    if let Some(at) = clustered {
        let followed = key_names(after).nth(at).cloned();
        after.cluster_on = followed;
    }
}

/// The names that `CLUSTER ON` may say, in a fixed order.
fn key_names(table: &Table) -> impl Iterator<Item = &String> {
    let keys = table.primary_key.iter().map(|it| &it.name);
    keys.chain(table.uniques.iter().map(|it| &it.name)).chain(table.indexes.iter().map(|it| &it.name))
}

/// The name for a table of this concept: snake case, singular or plural by convention.
pub fn table_name(concept: &str, number: TableNames) -> String {
    let name = identifier(concept);
    match number {
        TableNames::Singular => fitted(base::singular(&name)),
        TableNames::Plural => fitted(base::plural(&name)),
    }
}

/// Any words as a name in snake case: `Order Line`, `orderLine` → `order_line`. Words without a letter or digit
/// give `unnamed`; a digit in front gets an underscore before it, so that the name needs no quotes.
pub fn identifier(words: &str) -> String {
    let name = base::snake_case(words);
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => fitted(format!("_{name}")),
        Some(_) => fitted(name),
    }
}

/// The name itself where it has at most 63 bytes; otherwise its beginning and eight signs of its hash, so that
/// two long names with the same beginning stay apart.
pub fn fitted(name: String) -> String {
    if name.len() <= MAX_NAME_BYTES {
        return name;
    }
    let hash = format!("_{:08x}", fnv1a(&name));
    format!("{}{hash}", beginning(&name, MAX_NAME_BYTES - hash.len()).trim_end_matches('_'))
}

/// The name itself where it is free; otherwise the first of `name_2`, `name_3`, … that is.
pub fn free(name: String, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&name) {
        return name;
    }
    let numbered = |number: u32| {
        let number = format!("_{number}");
        format!("{}{number}", beginning(&name, MAX_NAME_BYTES - number.len()))
    };
    (2..=u32::MAX).map(numbered).find(|it| !taken(it)).unwrap_or(name)
}

/// A name as an expression of the design writes it: between quotes only where it must be.
pub fn in_expression(name: &str) -> Cow<'_, str> {
    if needs_quotes(name) {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(name)
    }
}

/// A text value as an expression of the design writes it.
pub fn text_in_expression(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// As much of the name as fits into `bytes`, never half a character.
fn beginning(name: &str, bytes: usize) -> &str {
    let mut end = bytes.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or(name)
}

/// FNV-1a, 32 bits: the same on every platform and in every version.
///
/// Source: Fowler, Noll and Vo, "The FNV Non-Cryptographic Hash Algorithm", 32-bit parameters.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_one_pattern() {
        assert_eq!(Derived::Check.name("order", ["total"]), "chk_order_total");
        assert_eq!(Derived::ForeignKey.name("order", ["customer_id"]), "fk_order_customer_id");
        assert_eq!(Derived::Unique.name("member", ["project_id", "user_id"]), "uq_member_project_id_user_id");
        assert_eq!(Derived::PrimaryKey.name("order", [""; 0]), "pk_order");
        assert_eq!(Derived::Type.name("order", ["status"]), "order_status");
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let long = "a".repeat(60);
        let one = Derived::Index.name(&long, ["first_column"]);
        let two = Derived::Index.name(&long, ["second_column"]);
        assert!(one.len() <= MAX_NAME_BYTES && two.len() <= MAX_NAME_BYTES, "{one} {two}");
        assert_ne!(one, two);
        assert_eq!(one, Derived::Index.name(&long, ["first_column"]));
        let wide = Derived::Index.name(&"é".repeat(40), ["x"]);
        assert!(wide.len() <= MAX_NAME_BYTES && wide.starts_with("idx_éé"));
    }

    #[test]
    fn taken_names_get_a_number_and_still_fit() {
        assert_eq!(free("task".into(), |it| it == "task" || it == "task_2"), "task_3");
        let long = "a".repeat(MAX_NAME_BYTES);
        let other = free(long.clone(), |it| it == long);
        assert!(other.len() <= MAX_NAME_BYTES && other.ends_with("_2"));
    }

    #[test]
    fn any_words_give_a_name() {
        assert_eq!(identifier("Shipping Address"), "shipping_address");
        assert_eq!(identifier("customerId"), "customer_id");
        assert_eq!(identifier("2nd line"), "_2nd_line");
        assert_eq!(identifier("–"), "unnamed");
        assert_eq!(table_name("OrderLine", TableNames::Plural), "order_lines");
        assert_eq!(table_name("Categories", TableNames::Singular), "category");
    }

    #[test]
    fn expressions_quote_only_what_needs_it() {
        assert_eq!(in_expression("total"), "total");
        assert_eq!(in_expression("order"), "\"order\"");
        assert_eq!(text_in_expression("it's"), "'it''s'");
    }
}

//! Names that follow a convention, derived instead of written.
//!
//! The lists and their order belong to the format: a new convention needs a new version character.

use sha2::{Digest, Sha256};

/// PostgreSQL's limit, `NAMEDATALEN` − 1. From longer names none is derived, so that a short link cannot stand for
/// very long names.
pub const MOST_BYTES: usize = 63;
/// PostgreSQL's limit of columns in an index, `INDEX_MAX_KEYS`; from more no name is derived either.
pub const MOST_COLUMNS: usize = 32;

/// How a name is made of its table's and columns' names.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// PostgreSQL's own choice with this label, cut as `makeObjectName` does (`indexcmds.c`).
    Postgres(&'static str),
    /// The same without columns, as for a primary key.
    PostgresTable(&'static str),
    /// Prefix, table and columns, joined by `_`.
    Before(&'static str),
    /// Prefix and table.
    BeforeTable(&'static str),
    /// Prefix and columns.
    BeforeColumns(&'static str),
    /// Table, columns and suffix, never cut by halves as PostgreSQL does.
    After(&'static str),
    /// Table, infix and columns.
    Between(&'static str),
    /// Rails: `index_users_on_name_and_email`.
    RailsIndex,
    /// Rails: `fk_rails_` and ten hexadecimal digits of SHA-256 of `users_team_id_fk`.
    RailsForeignKey,
    /// Prefix, table and referenced table.
    BeforeReferenced(&'static str),
}

/// Of a primary key.
pub const PRIMARY_KEY: &[Rule] = &[
    Rule::PostgresTable("pkey"),
    Rule::BeforeTable("pk"),
    Rule::PostgresTable("pk"),
    Rule::BeforeTable("PK"),
    Rule::Before("pk"),
    Rule::After("pk"),
];

/// Of a unique constraint.
pub const UNIQUE: &[Rule] = &[
    Rule::Postgres("key"),
    Rule::Before("uq"),
    Rule::After("unique"),
    Rule::Before("uk"),
    Rule::Before("unique"),
    Rule::After("uniq"),
    Rule::BeforeColumns("uq"),
];

/// Of a check; its columns are the first that the condition names.
pub const CHECK: &[Rule] = &[
    Rule::Postgres("check"),
    Rule::PostgresTable("check"),
    Rule::Before("chk"),
    Rule::Before("ck"),
    Rule::Before("check"),
    Rule::After("chk"),
    Rule::BeforeColumns("chk"),
    Rule::BeforeColumns("check"),
];

/// Of an exclusion constraint.
pub const EXCLUSION: &[Rule] = &[Rule::Postgres("excl"), Rule::Before("excl"), Rule::Before("ex")];

/// Of a foreign key.
pub const FOREIGN_KEY: &[Rule] = &[
    Rule::Postgres("fkey"),
    Rule::Before("fk"),
    Rule::RailsForeignKey,
    Rule::After("fk"),
    Rule::After("foreign"),
    Rule::Between("fk"),
    Rule::BeforeReferenced("fk"),
    Rule::BeforeReferenced("FK"),
    Rule::BeforeColumns("fk"),
    Rule::Before("FK"),
];

/// Of an index.
pub const INDEX: &[Rule] = &[
    Rule::Postgres("idx"),
    Rule::Before("idx"),
    Rule::RailsIndex,
    Rule::After("index"),
    Rule::Before("ix"),
    Rule::Between("idx"),
    Rule::Postgres("key"),
    Rule::Before("uq"),
    Rule::BeforeColumns("idx"),
    Rule::After("unique"),
    Rule::BeforeColumns("ix"),
    Rule::Before("index"),
    Rule::Before("uidx"),
    Rule::After("uniq"),
];

/// Of a trigger; its columns are those that it watches.
pub const TRIGGER: &[Rule] = &[Rule::BeforeTable("trg"), Rule::Before("trg"), Rule::BeforeTable("trigger")];

/// What a name can be made of.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The table's name.
    pub table: &'a str,
    /// The columns' names; an expression is named as PostgreSQL would.
    pub columns: &'a [&'a str],
    /// The referenced table's name, of a foreign key.
    pub references: &'a str,
}

impl Rule {
    /// The name that this convention gives.
    pub fn name(self, parts: Parts) -> String {
        let Parts { table, columns, references } = parts;
        let joined = columns.join("_");
        match self {
            Self::Postgres(label) => postgres(table, &joined, label),
            Self::PostgresTable(label) => postgres(table, "", label),
            Self::Before(prefix) => cut(format!("{prefix}_{table}_{joined}")),
            Self::BeforeTable(prefix) => cut(format!("{prefix}_{table}")),
            Self::BeforeColumns(prefix) => cut(format!("{prefix}_{joined}")),
            Self::After(suffix) => cut(format!("{table}_{joined}_{suffix}")),
            Self::Between(infix) => cut(format!("{table}_{infix}_{joined}")),
            Self::RailsIndex => cut(format!("index_{table}_on_{}", columns.join("_and_"))),
            Self::RailsForeignKey => {
                let digest = Sha256::digest(format!("{table}_{joined}_fk"));
                let digits = digest.iter().take(5).fold(0u64, |digits, it| digits << 8 | u64::from(*it));
                format!("fk_rails_{digits:010x}")
            }
            Self::BeforeReferenced(prefix) => cut(format!("{prefix}_{table}_{references}")),
        }
    }
}

/// The number of the first rule of a list that gives this name; zero when none does.
pub fn rule_number(rules: &[Rule], name: &str, parts: Parts) -> usize {
    let position = rules.iter().position(|it| it.name(parts) == name).filter(|_| parts.are_short());
    position.map_or(0, |it| it + 1)
}

impl Parts<'_> {
    /// Whether names may be derived from these.
    pub fn are_short(&self) -> bool {
        self.table.len() <= MOST_BYTES
            && self.references.len() <= MOST_BYTES
            && self.columns.len() <= MOST_COLUMNS
            && self.columns.iter().all(|it| it.len() <= MOST_BYTES)
    }

    /// What PostgreSQL names the sequence of a `serial` or identity column; empty where names are too long.
    pub fn sequence_name(self) -> String {
        if self.are_short() { Rule::Postgres("seq").name(self) } else { String::new() }
    }
}

/// What follows a table's name, in the singular or as it is, in the name of a column that means it.
const SUFFIXES: [&str; 3] = ["_id", "_uuid", ""];
/// How many ways there are to name a column after a table: each suffix with four ways to the singular.
pub const FORMS: usize = 4 * SUFFIXES.len();

/// The table after which a column is named, and how: `user_id` after `users` or `user`. Where no suffix tells that
/// a reference is meant, `is_reference` must.
pub fn named_after(
    column: &str,
    is_reference: bool,
    find: impl Fn(&str) -> Option<usize>,
) -> Option<(usize, usize)> {
    let suffixes = if is_reference { &SUFFIXES[..] } else { &SUFFIXES[..2] };
    suffixes.iter().enumerate().find_map(|(suffix, it)| {
        let stem = column.strip_suffix(it).filter(|it| !it.is_empty())?;
        let plurals = [stem.to_owned(), format!("{stem}s"), plural_of_y(stem), format!("{stem}es")];
        plurals.iter().enumerate().find_map(|(way, plural)| Some((find(plural)?, suffix * 4 + way)))
    })
}

/// The name of a column that is named after a table in this way.
pub fn name_after(table: &str, form: usize) -> Option<String> {
    let stem = match form % 4 {
        0 => table.to_owned(),
        1 => table.strip_suffix('s')?.to_owned(),
        2 => format!("{}y", table.strip_suffix("ies")?),
        _ => table.strip_suffix("es")?.to_owned(),
    };
    let suffix = SUFFIXES.get(form / 4).filter(|_| table.len() <= MOST_BYTES && !stem.is_empty())?;
    Some(stem + suffix)
}

/// `categories` for `category`; nothing that is a name for other words.
fn plural_of_y(stem: &str) -> String {
    stem.strip_suffix('y').map_or_else(String::new, |it| format!("{it}ies"))
}

/// Longest column name, and most words of it, from which a table is guessed.
const MOST_WORDS: usize = 6;

/// The table that a column's name means, where `find` gives the place of a name: `user_id` is `user` or `users`,
/// and `billing_user_id` too where nothing longer fits.
pub fn referenced_table(column: &str, find: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    if column.len() > MOST_BYTES {
        return None;
    }
    let stem = ["_id", "_uuid", "Id", "_key", "_code"].iter().find_map(|it| column.strip_suffix(it));
    let mut rest = stem.unwrap_or(column);
    for _ in 0..MOST_WORDS {
        let plural = rest.strip_suffix('y').map_or_else(|| format!("{rest}es"), |it| format!("{it}ies"));
        if let Some(found) = find(rest).or_else(|| find(&format!("{rest}s"))).or_else(|| find(&plural)) {
            return Some(found);
        }
        rest = rest.split_once('_')?.1;
    }
    None
}

/// What PostgreSQL calls an expression in an index name: the function it begins with, or `expr`
/// (`FigureIndexColname`).
pub fn expression_name(expression: &str) -> &str {
    let end = expression.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    match end {
        Some(end) if end > 0 && expression[end..].starts_with('(') => &expression[..end],
        _ => "expr",
    }
}

/// `makeObjectName` of PostgreSQL: the longer of both parts is cut until all fits.
fn postgres(table: &str, columns: &str, label: &str) -> String {
    let separators = 1 + usize::from(!columns.is_empty());
    let room = MOST_BYTES.saturating_sub(label.len() + separators);
    let (mut first, mut second) = (table.len(), columns.len());
    while first + second > room {
        if first > second {
            first -= 1;
        } else {
            second -= 1;
        }
    }
    let (table, columns) = (whole_letters(table, first), whole_letters(columns, second));
    if columns.is_empty() { format!("{table}_{label}") } else { format!("{table}_{columns}_{label}") }
}

fn cut(mut name: String) -> String {
    name.truncate(whole_letters(&name, MOST_BYTES).len());
    name
}

/// As much of `text` as fits `bytes` without cutting a letter.
fn whole_letters(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|it| text.is_char_boundary(*it));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(table: &'a str, columns: &'a [&'a str]) -> Parts<'a> {
        Parts { table, columns, references: "" }
    }

    #[test]
    fn long_names_are_cut_as_postgresql_cuts_them() {
        // What PostgreSQL names the unique key of these.
        let table = "a_table_whose_name_is_quite_long_for_a_name";
        let column = "a_column_whose_name_is_long_as_well";
        let name = Rule::Postgres("key").name(parts(table, &[column]));
        assert_eq!(name, "a_table_whose_name_is_quite_l_a_column_whose_name_is_long_a_key");
        assert_eq!(name.len(), 63);
    }

    #[test]
    fn rails_foreign_keys_are_derived() {
        // `foreign_key_name` of ActiveRecord's schema statements, as danbooru's dump has it.
        let name = Rule::RailsForeignKey.name(parts("api_keys", &["user_id"]));
        assert_eq!(name, "fk_rails_32c28d0dc2");
    }

    #[test]
    fn names_of_several_columns_are_found() {
        let parts = parts("users", &["name", "email"]);
        assert_eq!(rule_number(INDEX, "index_users_on_name_and_email", parts), 3);
        assert_eq!(rule_number(INDEX, "users_name_email_idx", parts), 1);
        assert_eq!(rule_number(INDEX, "by_hand", parts), 0);
    }

    #[test]
    fn columns_named_after_tables_are_found_and_named() {
        let tables = ["users", "categories", "address", "boxes"];
        let find = |name: &str| tables.iter().position(|it| *it == name);
        for column in ["user_id", "category_id", "address_id", "box_uuid", "users"] {
            let (table, form) = named_after(column, true, find).unwrap();
            assert_eq!(name_after(tables[table], form).as_deref(), Some(column));
        }
        assert_eq!(named_after("users", false, find), None);
        assert_eq!(named_after("_id", true, find), None);
    }

    #[test]
    fn a_column_means_the_longest_table_name_that_ends_it() {
        let tables = ["users", "billing_users", "categories", "address"];
        let referenced = |it: &str| referenced_table(it, |name| tables.iter().position(|it| *it == name));
        assert_eq!(referenced("user_id"), Some(0));
        assert_eq!(referenced("billing_user_id"), Some(1));
        assert_eq!(referenced("main_category_id"), Some(2));
        assert_eq!(referenced("address_id"), Some(3));
        assert_eq!(referenced("creator_id"), None);
    }
}

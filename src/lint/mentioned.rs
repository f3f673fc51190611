//! What comments name: two names with a point between them, as SQL writes a column of a table.

use crate::design::{ColumnId, Table};

/// Two names in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The column that the comment is on; nothing for the table's own.
    pub column: Option<ColumnId>,
    /// Before the point.
    pub first: String,
    /// Behind it.
    pub second: String,
}

/// Endings of files and hosts, which are written alike.
const ENDINGS: &[&str] = &[
    "sql", "rb", "py", "ts", "tsx", "js", "rs", "go", "java", "php", "cs", "cpp", "c", "h", "json", "yml",
    "yaml", "toml", "xml", "md", "txt", "html", "css", "csv", "pdf", "png", "jpg", "svg", "zip", "log", "sh",
    "env", "com", "org", "net", "io", "dev", "app", "de", "uk", "eu", "ai", "gov", "edu", "g", "e",
];

/// The mentions in the comments of a table.
pub fn of(table: &Table) -> Vec<Mention> {
    let columns = table.columns.iter().map(|it| (Some(it.id), it.comment.as_deref()));
    let all = std::iter::once((None, table.comment.as_deref())).chain(columns);
    let mut found = Vec::new();
    for (column, comment) in all {
        for word in comment.filter(|it| it.contains('.')).into_iter().flat_map(str::split_whitespace) {
            let word = word.trim_matches(|it: char| !(it.is_alphanumeric() || it == '_' || it == '('));
            let Some((first, second)) = word.split_once('.') else { continue };
            if is_name(first) && is_name(second) && !ENDINGS.contains(&second) {
                found.push(Mention { column, first: first.to_owned(), second: second.to_owned() });
            }
        }
    }
    found
}

fn is_name(word: &str) -> bool {
    let begins = word.starts_with(|it: char| it.is_ascii_lowercase() || it == '_');
    begins && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
}

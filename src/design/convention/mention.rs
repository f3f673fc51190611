//! Names in the SQL texts of a design: found, and replaced where a table gets another name.

use std::collections::{BTreeMap, BTreeSet};

use crate::design::naming::in_expression;
use crate::design::{Function, FunctionBody};

/// Whether a text names this, outside of literals and comments.
pub fn mentions(text: &str, name: &str) -> bool {
    // Most texts do not even hold the letters.
    text.to_lowercase().contains(&name.to_lowercase()) && words(text).any(|it| it.name(text) == name)
}

/// The text of a function that is SQL or PL/pgSQL.
pub fn body_text(function: &Function) -> Option<&str> {
    match &function.body {
        FunctionBody::Text(text) | FunctionBody::Sql(text) => Some(text),
        FunctionBody::Library { .. } => None,
    }
}

/// Words after which a relation stands.
const BEFORE_RELATION: &[&str] = &["from", "join", "update", "into", "table", "only", "references"];

/// The text with tables' new names, or nothing where none stands in it. A word that is a column's name too means
/// the table only where a relation must stand, or where something of it follows a dot.
pub fn renamed(text: &str, tables: &BTreeMap<String, String>, columns: &BTreeSet<&str>) -> Option<String> {
    let mut result = String::new();
    let mut done = 0;
    let mut previous = String::new();
    for word in words(text) {
        let name = word.name(text);
        if let Some(new) = tables.get(&name) {
            let dotted = text.get(word.end..).is_some_and(|it| it.starts_with('.'));
            let after_dot = text.get(..word.start).is_some_and(|it| it.ends_with('.'));
            let as_relation = dotted && !after_dot || BEFORE_RELATION.contains(&previous.as_str());
            if as_relation || !after_dot && !columns.contains(name.as_str()) {
                result.push_str(text.get(done..word.start).unwrap_or_default());
                result.push_str(&in_expression(new));
                done = word.end;
            }
        }
        previous = name;
    }
    if done == 0 {
        return None;
    }
    result.push_str(text.get(done..).unwrap_or_default());
    Some(result)
}

/// A name or keyword: bytes of the text, quotes included.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
}

impl Word {
    /// The name that it means: bare words in lower case, quoted ones as they are.
    fn name(self, text: &str) -> String {
        let written = text.get(self.start..self.end).unwrap_or_default();
        match written.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\""),
            None => written.to_lowercase(),
        }
    }
}

/// The words of a text, without those in literals and comments (PostgreSQL manual, "Lexical Structure").
fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let first = rest.chars().next()?;
            let start = at;
            let until = |end: &str, from: usize| {
                rest.get(from..).and_then(|it| it.find(end)).map_or(rest.len(), |it| from + it + end.len())
            };
            if first == '"' {
                at += until("\"", 1);
                return Some(Word { start, end: at });
            }
            let length = rest.find(|it: char| !is_word(it)).unwrap_or(rest.len());
            if length > 0 && !first.is_ascii_digit() && first != '$' {
                at += length;
                return Some(Word { start, end: at });
            }
            at += match first {
                '\'' => until("'", 1),
                '-' if rest.starts_with("--") => until("\n", 2),
                '/' if rest.starts_with("/*") => until("*/", 2),
                '$' => dollar(rest).map_or(1, |tag| until(tag, tag.len())),
                _ => length.max(first.len_utf8()),
            };
        }
    })
}

/// The tag of a dollar-quoted literal that begins here: `$$`, `$body$`.
fn dollar(text: &str) -> Option<&str> {
    let end = text.get(1..)?.find('$')? + 2;
    let tag = text.get(..end)?;
    let inner = tag.trim_matches('$');
    let is_tag = inner.chars().all(|it| it.is_alphanumeric() || it == '_')
        && !inner.starts_with(|it: char| it.is_ascii_digit());
    is_tag.then_some(tag)
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || sign == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_outside_of_literals_and_comments() {
        assert!(mentions("deleted_at IS NULL", "deleted_at"));
        assert!(mentions("\"deleted_at\" IS NULL", "deleted_at"));
        assert!(!mentions("x = 'deleted_at' -- deleted_at\n/* deleted_at */", "deleted_at"));
        assert!(!mentions("not_deleted_at AND $$deleted_at$$ = ''", "deleted_at"));
        assert!(mentions("$1 > total", "total") && mentions("'it''s' < total", "total"));
    }

    #[test]
    fn tables_are_renamed_and_columns_are_not() {
        let tables = BTreeMap::from([
            ("task".to_owned(), "tasks".to_owned()),
            ("user".to_owned(), "users".to_owned()),
        ]);
        let columns = BTreeSet::from(["task"]);
        let renamed = |text: &str| renamed(text, &tables, &columns);
        assert_eq!(
            renamed("SELECT task.id, 'task' FROM task JOIN \"user\" ON true WHERE task = 1").as_deref(),
            Some("SELECT tasks.id, 'task' FROM tasks JOIN users ON true WHERE task = 1")
        );
        assert_eq!(renamed("SELECT t.task, t.user FROM t"), None);
    }
}

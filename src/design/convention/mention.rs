//! Names in the SQL texts of a design: found, and replaced where a table gets another name.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Span;
use crate::design::naming::in_expression;
use crate::design::{Function, FunctionBody};
use crate::pg::tokens;

/// Whether a text names this, outside of literals and comments.
pub fn mentions(text: &str, name: &str) -> bool {
    // Most texts do not even hold the letters.
    text.to_lowercase().contains(&name.to_lowercase()) && words(text).any(|it| it.0 == name)
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
    for (name, word) in words(text) {
        let word = word.range();
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

/// The names and keywords of a text, each folded or without its quotes, with where it stands; those in literals and
/// comments are left out.
fn words(text: &str) -> impl Iterator<Item = (String, Span)> + '_ {
    tokens(text).filter_map(|it| Some((it.name(text)?.into_owned(), it.span)))
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

//! Foreign key column name.

use crate::lint::prelude::*;
use crate::lint::words_of;

rule! {
    /// Flags a foreign key column whose name tells neither what it references nor in which role.
    ///
    /// ## Why
    ///
    /// A reader looks the reference up each time, and tools that go by names (`PostgREST`, ORMs, `NATURAL` habits) miss it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, usr bigint not null references users);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// ```
    ///
    /// ```sql
    /// create table o (id bigint primary key, created_by bigint not null references users, promoter bigint not null references users);
    /// ```
    NAM005 "foreign-key-column-name" Info [Unsafe] Table(check)
}

/// Last words that say that a column references something, whatever it is: then what stands before is its role.
const TELLING: &[&str] = &[
    "id", "ids", "uuid", "guid", "uid", "key", "code", "no", "num", "number", "by", "to", "from", "of",
    "ref", "fk", "pk",
];

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in t.foreign_keys.iter().filter(|it| it.references != t.id) {
        let ([column], [to]) = (fk.columns.as_slice(), fk.ref_columns.as_slice()) else { continue };
        let (Some(c), Some(other)) = (t.col(*column), cx.view(fk.references)) else { continue };
        let Some(to) = other.column(*to) else { continue };
        if c.inherited || c.is(Topic::Actor) || c.is(Topic::Person) || c.name.ends_with(&to.name) {
            continue;
        }
        let words = words_of(&c.name);
        let tells = |it: &String| {
            TELLING.contains(&it.as_str())
                || TELLING
                    .iter()
                    .any(|end| end.len() > 1 && it.strip_suffix(end).is_some_and(|it| it.len() > 2))
        };
        let is_role = other.is(Topic::Person) && words.last().is_some_and(|it| is_agent(it));
        if is_role
            || words.last().is_none_or(tells)
            || words.iter().any(|it| names(it, &other.facts.singular))
        {
            continue;
        }
        let better = format!("{}_{}", other.facts.singular, crate::base::snake_case(&to.name));
        let remedy = t.column_named(&better).is_none().then(|| Remedy::RenameColumn {
            table: t.id,
            column: c.column.id,
            name: better,
        });
        let message =
            format!("`{}` does not say that it references `{}`, nor in which role", c.name, other.name);
        cx.column(t, &c, message).risky_if("Name it after what it references", remedy);
    }
}

/// Whether a word says what a person does: `promoter`, `assignee`, `recipient`.
fn is_agent(word: &str) -> bool {
    word.len() > 4 && ["er", "or", "ee", "ent", "ant", "ist", "man"].iter().any(|it| word.ends_with(it))
}

/// Whether a word is one of a table's name, or how one begins.
fn names(word: &str, singular: &str) -> bool {
    let word = crate::base::singular(word);
    word.len() > 1 && singular.split('_').any(|it| it.starts_with(&word) || word.starts_with(it))
}

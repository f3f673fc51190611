//! Names of constraints that a block looks up in the catalogue: those that PostgreSQL gave, which the script cannot know by heart.

use squawk_syntax::ast::{self, AstNode};

use crate::design::{ColumnId, Table};

use super::super::builder::Relation;
use super::super::condition::{self, Kind};
use super::super::parse::parse;
use super::super::syntax::{self, Name};
use super::program::{Act, Reader, words};
use super::value::Value;

/// What a query gives: the column that it takes names from, and the names.
pub struct Found {
    /// As the catalogue calls it.
    pub column: &'static str,
    /// In the order of the table.
    pub names: Vec<String>,
}

impl Reader<'_> {
    /// The constraints of a table that a query over the catalogue gives, nothing before it in the block having named the table.
    pub fn constraints_of(&self, query: &str) -> Option<Found> {
        let parse = parse(query.trim()).ok().filter(|it| it.errors().is_empty())?;
        let Some(ast::Stmt::Select(select)) = parse.tree().stmts().next() else { return None };
        let from = syntax::words(&select.from_clause()?).to_lowercase();
        let targets = select.select_clause()?.target_list()?;
        let target = syntax::words(&targets).to_lowercase();
        let of_catalog =
            ["pg_constraint", "table_constraints", "key_column_usage", "constraint_column_usage"];
        let is_plain = of_catalog.iter().any(|it| from.contains(it))
            && targets.targets().count() == 1
            && select.group_by_clause().is_none()
            && select.with_clause().is_none();
        let column = ["constraint_name", "conname"]
            .into_iter()
            .find(|it| target.split(' ').any(|word| word == *it))?;
        let clause = syntax::text(&select.where_clause().filter(|_| is_plain)?);
        let condition = words(&clause);
        let more = ["or", "not", "is", "like", "ilike", "exists", "select", "<", ">", "~"];
        if condition.iter().any(|it| more.iter().any(|word| it.span.of(&clause).eq_ignore_ascii_case(word))) {
            return None;
        }
        let filled = self.variables.filled(&clause)?;
        let (mut namespace, mut table, mut form, mut over) = (None, None, None, None);
        for it in condition::asked(&filled, &words(&filled))? {
            let to = match condition::kind(&it.column) {
                Kind::Namespace => &mut namespace,
                Kind::Relation => &mut table,
                Kind::Form => &mut form,
                Kind::Column => &mut over,
                _ => return None,
            };
            if it.differs || to.replace(it.name).is_some() {
                return None;
            }
        }
        let table = table?;
        let (namespace, name) = match table.split_once('.') {
            Some((namespace, name)) => (Some(namespace.to_owned()), name.to_owned()),
            None => (namespace, table),
        };
        let Relation::Table(id) = self.known.relation(&Name { namespace, name })? else { return None };
        let table = self.known.tables.get(&id)?;
        let names_it =
            |it: &str| words(it).iter().any(|word| word.name(it).is_some_and(|it| it == table.name));
        if self.steps.iter().any(|it| matches!(&it.act, Act::Run(text) if names_it(text))) {
            return None;
        }
        let over = match over {
            Some(it) => Some(table.column_named(&it)?.id),
            None => None,
        };
        // The standard's view also has what PostgreSQL makes up for NOT NULL.
        let standard = column == "constraint_name";
        Some(Found { column, names: names(table, form.as_deref(), over, standard)? })
    }

    /// What a query makes of the one name that it gives.
    pub fn of_constraint(&self, query: &str) -> Option<Value> {
        let found = self.constraints_of(query)?;
        let name = match found.names.as_slice() {
            [] => return Some(Value::Null),
            [one] => one.clone(),
            _ => return None,
        };
        let mut values = self.variables.clone();
        let parse = parse(query).ok()?;
        let target = parse.syntax_node().descendants().find_map(ast::Target::cast)?.expr()?;
        let text = syntax::text(&target);
        // `tc.constraint_name` is the name as well.
        let plain = words(&text).windows(2).rev().fold(text.clone(), |text, pair| match pair {
            [one, dot] if dot.is(&text, ".") => {
                let mut text = text;
                text.replace_range(one.span.start as usize..dot.span.end as usize, "");
                text
            }
            _ => text,
        });
        values.0.insert(found.column.to_owned(), Value::Text(name));
        Some(values.value(&plain)).filter(|it| *it != Value::Unknown)
    }
}

/// The constraints of a kind over a column.
fn names(table: &Table, form: Option<&str>, over: Option<ColumnId>, standard: bool) -> Option<Vec<String>> {
    let is = |letter: &str, words: &str| form.is_none_or(|it| it == letter || it == words);
    let has = |columns: &[ColumnId]| over.is_none_or(|it| columns.contains(&it));
    let mut names = Vec::new();
    if is("p", "PRIMARY KEY") {
        names.extend(table.primary_key.iter().filter(|it| has(&it.columns)).map(|it| it.name.clone()));
    }
    if is("u", "UNIQUE") {
        names.extend(table.uniques.iter().filter(|it| has(&it.columns)).map(|it| it.name.clone()));
    }
    if is("f", "FOREIGN KEY") {
        names.extend(table.foreign_keys.iter().filter(|it| has(&it.columns)).map(|it| it.name.clone()));
    }
    let checks = is("c", "CHECK");
    if checks && over.is_none() && !standard {
        names.extend(table.checks.iter().map(|it| it.name.clone()));
    }
    let is_whole = !checks || (over.is_none() && !standard) || (over.is_some() && table.checks.is_empty());
    (is_whole && (form.is_some() || table.exclusions.is_empty())).then_some(names)
}

#[cfg(test)]
mod tests {
    /// The foreign keys and checks that are left after a block, or nothing where it is kept as it was written.
    #[track_caller]
    fn check(block: &str, expected: Option<&[&str]>) {
        let sql = format!(
            "CREATE TABLE t (id int PRIMARY KEY, x int REFERENCES t, y int REFERENCES t CHECK (y > 0), CHECK (x > 0)); \
             CREATE TABLE u (z int CHECK (z > 0)); \
             DO $$ {block} $$;"
        );
        let read = crate::read::postgres(&sql, &crate::read::Options::default());
        let kept = read.tree.design.verbatims().next().is_some();
        let tables: Vec<_> = read.tree.design.tables().collect();
        let keys = tables.iter().flat_map(|it| &it.foreign_keys).map(|it| it.name.as_str());
        let found: Vec<&str> =
            keys.chain(tables.iter().flat_map(|it| &it.checks).map(|it| it.name.as_str())).collect();
        assert_eq!((!kept).then_some(found.as_slice()), expected, "{block}");
    }

    #[test]
    fn a_constraint_is_dropped_by_the_name_that_it_was_given() {
        check(
            "DECLARE n text; BEGIN SELECT tc.constraint_name INTO n FROM information_schema.table_constraints tc \
             JOIN information_schema.key_column_usage k ON tc.constraint_name = k.constraint_name \
             WHERE tc.table_name = 't' AND tc.constraint_type = 'FOREIGN KEY' AND k.column_name = 'x'; \
             IF n IS NOT NULL THEN EXECUTE 'ALTER TABLE t DROP CONSTRAINT ' || n; END IF; END",
            Some(&["t_y_fkey", "t_y_check", "t_x_check", "u_z_check"]),
        );
        check(
            "DECLARE s text; BEGIN SELECT concat('ALTER TABLE u DROP CONSTRAINT ', conname) INTO s FROM pg_constraint \
             WHERE conrelid = 'u'::regclass AND contype = 'c'; EXECUTE s; END",
            Some(&["t_x_fkey", "t_y_fkey", "t_y_check", "t_x_check"]),
        );
        check(
            "DECLARE r record; BEGIN FOR r IN SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'c' \
             LOOP EXECUTE format('ALTER TABLE t DROP CONSTRAINT %I', r.conname); END LOOP; END",
            Some(&["t_x_fkey", "t_y_fkey", "u_z_check"]),
        );
    }

    #[test]
    fn names_that_are_not_told_are_not_guessed() {
        let first =
            "DECLARE n text; BEGIN SELECT conname INTO n FROM pg_constraint WHERE conrelid = 't'::regclass";
        let then = "EXECUTE 'ALTER TABLE t DROP CONSTRAINT ' || n; END";
        check(&format!("{first} AND contype = 'f'; {then}"), None);
        check(&format!("{first} AND conname LIKE 't_x%'; {then}"), None);
        check(&format!("{first} AND pg_get_constraintdef(oid) = 'CHECK ((x > 0))'; {then}"), None);
    }
}

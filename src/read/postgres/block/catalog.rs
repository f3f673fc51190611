//! Rows that a loop of a block goes through: tables and columns of the catalogue as the text has made them so far, and `VALUES`.

use squawk_syntax::ast;

use crate::pg::Token;

use super::super::parse::parse;
use super::super::{syntax, temporary};
use super::loops::until;
use super::program::{Act, Reader, is, words};
use super::value::{Value, Variables};

/// A row: columns and what they hold.
type Row = Vec<(String, String)>;

impl Reader<'_> {
    /// The rows of a query over one view of the catalogue or over `VALUES`; nothing where they cannot be told. Their order is that
    /// in which things were made.
    pub fn rows_of_query(&self, list: &str) -> Option<Vec<Row>> {
        let list = list.trim();
        let list = list.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(list);
        let parse = parse(list).ok().filter(|it| it.errors().is_empty())?;
        let Some(ast::Stmt::Select(select)) = parse.tree().stmts().next() else { return None };
        let targets = syntax::text(&select.select_clause()?.target_list()?);
        let from = syntax::text(&select.from_clause()?);
        let condition = select.where_clause().map(|it| syntax::text(&it));
        // What follows may order the rows, and nothing else.
        let more = ["distinct", "group", "having", "limit", "offset", "fetch", "union", "with", "join"];
        if words(list).iter().any(|it| more.iter().any(|word| is(list, *it, word))) {
            return None;
        }
        let (alias, rows) = self.given_by(&from)?;
        let condition = condition.as_deref().and_then(|it| it.get("where".len()..));
        let mut found = Vec::new();
        for (is_real, row) in rows {
            let mut known = self.variables.clone();
            for (column, value) in &row {
                known.0.insert(column.clone(), Value::Text(value.clone()));
                known.0.insert(format!("{alias}.{column}"), Value::Text(value.clone()));
            }
            if condition.is_none_or(|it| known.holds(it) == Some(true)) {
                // What every server has is not the text's.
                found.push(told(&targets, &row, &known).filter(|_| is_real)?);
            } else if condition.and_then(|it| known.holds(it)).is_none() {
                return None;
            }
        }
        Some(found)
    }

    /// What a `FROM` gives: what it is called, and rows, each with whether the text has made what it tells of.
    fn given_by(&self, from: &str) -> Option<(String, Vec<(bool, Row)>)> {
        let all: Vec<Token> = words(from);
        let word = |at: usize| all.get(at).map_or("", |it| it.span.of(from)).to_lowercase();
        if word(1) == "(" && word(2) == "values" {
            return self.values(from);
        }
        let qualified = word(2) == ".";
        let (view, next) = if qualified { (word(3), 4) } else { (word(1), 2) };
        let standard = qualified && word(1) == "information_schema";
        if qualified && !standard && word(1) != "pg_catalog" {
            return None;
        }
        let next = next + usize::from(word(next) == "as");
        let alias = if next < all.len() { word(next) } else { view.clone() };
        if next + 1 < all.len() || self.knows_too_little(view == "columns") {
            return None;
        }
        let rows = match (standard, view.as_str()) {
            (false, "pg_tables") => self.relations(["schemaname", "tablename"], false),
            (true, "tables") => self.relations(["table_schema", "table_name"], true),
            (true, "columns") => self.columns(),
            _ => return None,
        };
        Some((alias, rows))
    }

    /// Whether code that was not read, or a step before in the block, may have made what a view of the catalogue shows.
    fn knows_too_little(&self, of_columns: bool) -> bool {
        let changes = |text: &str| {
            let all = words(text);
            let verb = all.first().is_some_and(|it| is(text, *it, "create") || is(text, *it, "drop"));
            let alters = all.first().is_some_and(|it| is(text, *it, "alter"));
            let of_table = all.iter().take(5).any(|it| is(text, *it, "table") || is(text, *it, "schema"));
            let renames = all.iter().any(|it| is(text, *it, "rename") || is(text, *it, "schema"));
            of_table && (verb || alters && (of_columns || renames))
        };
        self.known.ran_code || self.steps.iter().any(|it| matches!(&it.act, Act::Run(text) if changes(text)))
    }

    /// Tables, and views where the standard's view is asked.
    fn relations(&self, [schema, name]: [&str; 2], standard: bool) -> Vec<(bool, Row)> {
        let row = |place: &str, called: &str, kind: &str| {
            let mut row = vec![(schema.to_owned(), place.to_owned()), (name.to_owned(), called.to_owned())];
            if standard {
                row.push(("table_type".to_owned(), kind.to_owned()));
            }
            row
        };
        let of_server = [
            row("pg_catalog", "pg_class", "BASE TABLE"),
            row("information_schema", "sql_features", "BASE TABLE"),
        ];
        let tables = self.known.tables.values().filter_map(|it| {
            let place = self.place(it.namespace)?;
            Some(row(&place, &it.name, "BASE TABLE"))
        });
        let views = self.known.views.values().filter(|it| standard && !it.materialized);
        let views = views.filter_map(|it| Some(row(&self.place(it.namespace)?, &it.name, "VIEW")));
        let of_text = tables.chain(views).map(|it| (true, it));
        of_server.into_iter().map(|it| (false, it)).chain(of_text).collect()
    }

    /// Columns of tables.
    fn columns(&self) -> Vec<(bool, Row)> {
        let row = |place: &str, table: &str, column: &str| {
            let pairs = [("table_schema", place), ("table_name", table), ("column_name", column)];
            pairs.map(|it| (it.0.to_owned(), it.1.to_owned())).to_vec()
        };
        let mut rows = vec![
            (false, row("pg_catalog", "pg_class", "oid")),
            (false, row("information_schema", "sql_features", "feature_id")),
        ];
        for table in self.known.tables.values() {
            let Some(place) = self.place(table.namespace) else { continue };
            for column in &table.columns {
                let mut row = row(&place, &table.name, &column.name);
                let nullable = if table.is_nullable(column.id) { "YES" } else { "NO" };
                row.push(("is_nullable".to_owned(), nullable.to_owned()));
                rows.push((true, row));
            }
        }
        // A view has columns as well, which are not told here.
        rows.extend(self.known.views.values().filter_map(|it| {
            let pairs = [("table_schema", self.place(it.namespace)?), ("table_name", it.name.clone())];
            Some((false, pairs.map(|it| (it.0.to_owned(), it.1)).to_vec()))
        }));
        rows
    }

    /// What a place is called; nothing of what is gone with the session.
    fn place(&self, place: super::super::builder::Place) -> Option<String> {
        let name = match place {
            Some(id) => self.known.namespaces.get(&id)?.name.clone(),
            None => "public".to_owned(),
        };
        (name != temporary::NAMESPACE).then_some(name)
    }

    /// `FROM (VALUES ('a', 'b'), …) AS t(x, y)`.
    fn values(&self, from: &str) -> Option<(String, Vec<(bool, Row)>)> {
        let (_, rest) = until(from, "values")?;
        let (mut depth, mut start, mut rows) = (0_i32, 0, Vec::new());
        let mut end = 0;
        for token in words(rest) {
            if token.is(rest, "(") || token.is(rest, "[") {
                depth += 1;
                if depth == 1 {
                    start = token.span.end as usize;
                }
            } else if token.is(rest, ")") || token.is(rest, "]") {
                depth -= 1;
                if depth == 0 {
                    let inner = rest.get(start..token.span.start as usize)?;
                    let Value::List(values) = self.variables.value(&format!("ARRAY[{inner}]")) else {
                        return None;
                    };
                    rows.push(values);
                } else if depth < 0 {
                    end = token.span.end as usize;
                    break;
                }
            }
        }
        let named = rest.get(end..).filter(|_| depth < 0)?;
        let names: Vec<String> = words(named)
            .iter()
            .filter(|it| !is(named, **it, "as"))
            .filter_map(|it| it.name(named).map(std::borrow::Cow::into_owned))
            .collect();
        let (alias, columns) = names.split_first()?;
        let paired = |values: Vec<String>| {
            (values.len() == columns.len()).then(|| (true, columns.iter().cloned().zip(values).collect()))
        };
        Some((alias.clone(), rows.into_iter().map(paired).collect::<Option<_>>()?))
    }
}

/// The targets of a query over a row: columns, with or without other names, or all of them.
fn told(targets: &str, row: &Row, known: &Variables) -> Option<Row> {
    if targets.trim() == "*" {
        return Some(row.clone());
    }
    let mut found = Row::new();
    for target in targets.split(',') {
        let all = words(target);
        let names: Vec<String> =
            all.iter().filter_map(|it| it.name(target)).map(std::borrow::Cow::into_owned).collect();
        let signs: Vec<&str> = all
            .iter()
            .map(|it| it.span.of(target))
            .filter(|it| matches!(*it, "." | "(" | ")" | "::"))
            .collect();
        let (path, called) = match (names.as_slice(), signs.as_slice()) {
            ([one], []) => (one.clone(), one),
            ([of, one], ["."]) => (format!("{of}.{one}"), one),
            ([one, sign, called], []) if sign.eq_ignore_ascii_case("as") => (one.clone(), called),
            ([of, one, sign, called], ["."]) if sign.eq_ignore_ascii_case("as") => {
                (format!("{of}.{one}"), called)
            }
            _ => return None,
        };
        let Some(Value::Text(value)) = known.0.get(&path) else { return None };
        found.push((called.clone(), value.clone()));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::design::RowSecurity;

    /// The tables with row security after a block, or nothing where it is kept as it was written.
    #[track_caller]
    fn check(block: &str, expected: Option<&[&str]>) {
        let sql = format!(
            "CREATE SCHEMA app; CREATE TABLE a (id int, tenant int); CREATE TABLE b (id int); CREATE TABLE app.c (tenant int); \
             CREATE VIEW v AS SELECT 1 AS tenant; DO $$ {block} $$;"
        );
        let read = crate::read::postgres(&sql, &crate::read::Options::default());
        let kept = read.tree.design.verbatims().next().is_some();
        let secured = read.tree.design.tables().filter(|it| it.row_security != RowSecurity::Disabled);
        let found: Vec<&str> = secured.map(|it| it.name.as_str()).collect();
        assert_eq!((!kept).then_some(found.as_slice()), expected, "{block}");
    }

    const SECURE: &str = "EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', r.s, r.t)";

    #[test]
    fn tables_of_the_catalogue_are_gone_through() {
        let body =
            |query: &str| format!("DECLARE r record; BEGIN FOR r IN {query} LOOP {SECURE}; END LOOP; END");
        for (query, expected) in [
            (
                "SELECT schemaname AS s, tablename AS t FROM pg_tables WHERE schemaname = 'public'",
                Some(&["a", "b"][..]),
            ),
            (
                "(SELECT p.schemaname AS s, p.tablename AS t FROM pg_catalog.pg_tables p WHERE p.schemaname IN ('app', 'x') ORDER BY 1)",
                Some(&["c"]),
            ),
            (
                "SELECT table_schema AS s, table_name AS t FROM information_schema.columns WHERE column_name = 'tenant' AND table_schema = 'app'",
                Some(&["c"]),
            ),
            (
                "SELECT table_schema AS s, table_name AS t FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'",
                Some(&["a", "b", "c"]),
            ),
            (
                "SELECT schemaname AS s, tablename AS t FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'b%'",
                Some(&["a"]),
            ),
            (
                "SELECT schemaname AS s, tablename AS t FROM pg_tables WHERE tablename = ANY (ARRAY['b', 'c'])",
                Some(&["b", "c"]),
            ),
            ("SELECT schemaname AS s, tablename AS t FROM pg_tables WHERE schemaname = 'nowhere'", Some(&[])),
            ("SELECT * FROM (VALUES ('public', 'b'), ('app', 'c')) AS x(s, t)", Some(&["b", "c"])),
            // Those of the server, and what is not known.
            ("SELECT schemaname AS s, tablename AS t FROM pg_tables", None),
            (
                "SELECT schemaname AS s, tablename AS t FROM pg_tables WHERE schemaname = 'public' AND tableowner = 'me'",
                None,
            ),
            (
                "SELECT schemaname AS s, tablename AS t FROM pg_tables WHERE schemaname = 'public' LIMIT 1",
                None,
            ),
        ] {
            check(&body(query), expected);
        }
    }

    #[test]
    fn a_name_alone_is_the_variable() {
        let query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
        let body = "EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', n)";
        check(
            &format!("DECLARE n text; BEGIN FOR n IN {query} LOOP {body}; END LOOP; END"),
            Some(&["a", "b"]),
        );
        let asked = "IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = r.tablename \
                     AND column_name = 'tenant') THEN EXECUTE 'ALTER TABLE ' || r.tablename || ' ENABLE ROW LEVEL SECURITY'; END IF";
        check(&format!("DECLARE r record; BEGIN FOR r IN {query} LOOP {asked}; END LOOP; END"), Some(&["b"]));
        // A table that the block itself made is not in the design before it.
        let made = "BEGIN CREATE TABLE d (x int);";
        check(&format!("DECLARE n text; {made} FOR n IN {query} LOOP {body}; END LOOP; END"), None);
    }
}

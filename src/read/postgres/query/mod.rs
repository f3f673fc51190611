//! What a query gives: the names and types of its columns, as far as the text tells them.
//!
//! Source: PostgreSQL manual, "Type Conversion" and "SELECT"; `src/backend/parser/parse_target.c` (`FigureColname`).

mod call;
mod expression;
mod renamed;
mod star;

use std::collections::BTreeMap;

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::{SyntaxKind, SyntaxNode};

use crate::design::{DataType, SqlText, View, ViewId};

use super::builder::{Builder, Relation};
use super::parse::parse;
use super::syntax::{self, Name};
pub use renamed::renamed;
use star::Stars;
pub use star::without_stars;

/// How many queries may stand within each other, the views that a query reads included.
const DEEPEST: usize = 40;

/// A column that a query gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Its type.
    pub data_type: DataType,
    /// `COLLATE` of the table's column that it repeats.
    pub collation: Option<SqlText>,
}

/// The columns that a query gives; none where the text does not tell the name or the type of one.
pub fn columns(b: &Builder, query: &ast::SelectVariant) -> Option<Vec<Given>> {
    let outermost =
        Scope { b, with: BTreeMap::new(), sources: Vec::new(), outer: None, depth: 0, stars: None };
    let mut found = outermost.query(query.syntax())?;
    for it in &mut found {
        if expression::is_unknown(&it.data_type) {
            it.data_type = expression::text();
        }
    }
    Some(found)
}

/// Something in `FROM`, under the name that the query has for it.
struct Source {
    name: String,
    columns: Vec<Given>,
    /// Its columns are one with those of another by `USING` or `NATURAL`: what `*` gives is not followed then.
    merged: bool,
}

/// What names mean at a place of the query.
struct Scope<'a> {
    b: &'a Builder<'a>,
    with: BTreeMap<String, Vec<Given>>,
    sources: Vec<Source>,
    outer: Option<&'a Scope<'a>>,
    depth: usize,
    /// Where each `*` is noted, if it is to be written out.
    stars: Option<&'a Stars>,
}

impl Scope<'_> {
    fn inner(&self) -> Option<Scope<'_>> {
        (self.depth < DEEPEST).then(|| Scope {
            b: self.b,
            with: BTreeMap::new(),
            sources: Vec::new(),
            outer: Some(self),
            depth: self.depth + 1,
            stars: self.stars,
        })
    }

    /// The columns of a query of any kind.
    fn query(&self, node: &SyntaxNode) -> Option<Vec<Given>> {
        let mut scope = self.inner()?;
        match node.kind() {
            SyntaxKind::COMPOUND_SELECT => {
                let node = ast::CompoundSelect::cast(node.clone())?;
                let one = scope.query(node.lhs()?.syntax())?;
                let two = scope.query(node.rhs()?.syntax())?;
                if one.len() != two.len() {
                    return None;
                }
                let both = one.into_iter().zip(two).map(|(one, two)| {
                    let data_type = expression::common([one.data_type, two.data_type])?;
                    Some(Given {
                        data_type,
                        collation: one.collation.filter(|it| two.collation.as_ref() == Some(it)),
                        name: one.name,
                    })
                });
                both.collect()
            }
            SyntaxKind::PAREN_SELECT | SyntaxKind::PAREN_EXPR => {
                scope.read_with(node)?;
                let inner = node.children().find(|it| is_query(it) || it.kind() == SyntaxKind::PAREN_EXPR)?;
                scope.query(&inner)
            }
            SyntaxKind::SELECT | SyntaxKind::SELECT_INTO => {
                scope.read_with(node)?;
                let from = node.children().find_map(ast::FromClause::cast);
                for item in from.into_iter().flat_map(|it| it.items()) {
                    scope.add(item.syntax())?;
                }
                let targets = node.children().find_map(ast::SelectClause::cast)?.target_list()?;
                let mut found = Vec::new();
                for target in targets.targets() {
                    scope.target(&target, &mut found)?;
                }
                Some(found)
            }
            SyntaxKind::TABLE => {
                let name = ast::Table::cast(node.clone())?.relation_name()?;
                let columns = scope.relation(&syntax::name(&name)?)?;
                if let Some(stars) = scope.stars {
                    let names: Vec<String> = columns.iter().map(|it| star::column("", &it.name)).collect();
                    stars.note(node, format!("SELECT {} FROM {}", names.join(", "), syntax::text(&name)));
                }
                Some(columns)
            }
            SyntaxKind::VALUES => scope.values(&ast::Values::cast(node.clone())?),
            _ => None,
        }
    }

    fn values(&self, node: &ast::Values) -> Option<Vec<Given>> {
        let mut columns: Vec<Vec<DataType>> = Vec::new();
        for row in node.row_list()?.syntax().children().filter_map(ast::Row::cast) {
            for (at, it) in row.exprs().enumerate() {
                let data_type = self.type_of(&it)?;
                match columns.get_mut(at) {
                    Some(column) => column.push(data_type),
                    None => columns.push(vec![data_type]),
                }
            }
        }
        let given = |(at, types): (usize, Vec<DataType>)| {
            let data_type = expression::common(types)?;
            Some(Given { name: format!("column{}", at + 1), data_type, collation: None })
        };
        columns.into_iter().enumerate().map(given).collect()
    }

    /// The queries of `WITH`; a recursive one is known by its first branch.
    fn read_with(&mut self, node: &SyntaxNode) -> Option<()> {
        let clause = node.children().find_map(ast::WithClause::cast);
        for table in clause.into_iter().flat_map(|it| it.with_tables()) {
            let name = syntax::ident(&table.name()?);
            let query = table.query()?;
            let first = ast::CompoundSelect::cast(query.syntax().clone()).and_then(|it| it.lhs());
            let columns = match (self.query(query.syntax()), first) {
                (Some(columns), _) => columns,
                (None, Some(first)) => self.query(first.syntax())?,
                (None, None) => return None,
            };
            let names: Vec<String> = table
                .column_list()
                .into_iter()
                .flat_map(|it| it.column_names())
                .map(|it| syntax::ident(&it))
                .collect();
            self.with.insert(name, called(columns, &names)?);
        }
        Some(())
    }

    /// Adds what stands in `FROM`.
    fn add(&mut self, node: &SyntaxNode) -> Option<()> {
        match node.kind() {
            SyntaxKind::JOIN_EXPR => {
                let node = ast::JoinExpr::cast(node.clone())?;
                let join = node.join()?;
                let from = self.sources.len();
                self.add(node.from_list_item()?.syntax())?;
                self.add(join.from_list_item()?.syntax())?;
                let merges = join.natural_token().is_some()
                    || matches!(join.join_condition(), Some(ast::JoinCondition::JoinUsingClause(_)));
                for it in self.sources.iter_mut().skip(from) {
                    it.merged |= merges;
                }
                return Some(());
            }
            // Parentheses around a join.
            SyntaxKind::PAREN_EXPR => {
                let inner = node.children().find(|it| !is_query(it))?;
                return self.add(&inner);
            }
            _ => {}
        }
        let item = ast::FromItem::cast(node.clone())?;
        let alias = item.alias();
        let named = alias.as_ref().and_then(squawk_syntax::ast::FromAlias::name).map(|it| syntax::ident(&it));
        let (own, columns) = match &item {
            ast::FromItem::RelationFromItem(it) => {
                let name = syntax::name(&it.relation_name_ref()?)?;
                let columns = self.relation(&name)?;
                (Some(name.name), columns)
            }
            ast::FromItem::ParenFromItem(it) => {
                let inner =
                    it.syntax().children().find(|it| is_query(it) || it.kind() == SyntaxKind::PAREN_EXPR)?;
                if alias.is_none() && !holds_query(&inner) {
                    return self.add(&inner);
                }
                (None, self.query(&inner)?)
            }
            ast::FromItem::FunctionFromItem(it) if it.with_ordinality().is_none() => {
                let call = it.call_expr()?;
                let name = expression::called(&call)?.name;
                let own = named.clone().unwrap_or_else(|| name.clone());
                let data_type = self.element_of(&call)?;
                (Some(name), vec![Given { name: own, data_type, collation: None }])
            }
            _ => return None,
        };
        let names: Vec<String> = alias
            .and_then(|it| it.columns())
            .into_iter()
            .flat_map(ast::FromAliasColumns::column_names)
            .map(|it| syntax::ident(&it))
            .collect();
        let columns = called(columns, &names)?;
        self.sources.push(Source { name: named.or(own).unwrap_or_default(), columns, merged: false });
        Some(())
    }

    /// The columns of a table, a view or a query of `WITH`.
    fn relation(&self, name: &Name) -> Option<Vec<Given>> {
        if name.namespace.is_none() {
            let mut scope = Some(self);
            while let Some(it) = scope {
                if let Some(columns) = it.with.get(&name.name) {
                    return Some(columns.clone());
                }
                scope = it.outer;
            }
        }
        match self.b.relation(name)? {
            Relation::Table(id) => {
                let given = |it: &crate::design::Column| Given {
                    name: it.name.clone(),
                    data_type: it.data_type.clone(),
                    collation: it.collation.clone(),
                };
                Some(self.b.tables.get(&id)?.columns.iter().map(given).collect())
            }
            Relation::View(id) => self.view(id),
            _ => None,
        }
    }

    /// A view gives what its query gives. Its names mean what they meant where it was made.
    fn view(&self, id: ViewId) -> Option<Vec<Given>> {
        let View { query, columns, .. } = self.b.views.get(&id)?;
        let tree = parse(query).ok()?.tree();
        let stmt = tree.stmts().next()?;
        let outside = Scope {
            b: self.b,
            with: BTreeMap::new(),
            sources: Vec::new(),
            outer: None,
            depth: self.depth + 1,
            stars: None,
        };
        if self.depth > DEEPEST {
            return None;
        }
        called(outside.query(stmt.syntax())?, columns)
    }

    fn target(&self, target: &ast::Target, found: &mut Vec<Given>) -> Option<()> {
        if target.star_token().is_some() {
            if self.sources.iter().any(|it| it.merged) {
                return None;
            }
            found.extend(self.sources.iter().flat_map(|it| it.columns.iter().cloned()));
            self.note_star(target, &self.sources.iter().collect::<Vec<_>>());
            return Some(());
        }
        let expr = target.expr()?;
        if let ast::Expr::FieldExpr(it) = &expr
            && it.star_token().is_some()
        {
            let path = expression::path(&it.base()?)?;
            let source = self.source(path.last()?)?;
            found.extend(source.columns.iter().cloned());
            self.note_star(target, &[source]);
            return Some(());
        }
        let name = target.as_name().and_then(|it| it.name()).map(|it| syntax::ident(&it));
        let name = name.unwrap_or_else(|| expression::name(&expr).0);
        let data_type = self.type_of(&expr)?;
        let collation = self.column(&expr).and_then(|it| it.collation.clone());
        found.push(Given { name, data_type, collation });
        Some(())
    }

    fn note_star(&self, target: &ast::Target, sources: &[&Source]) {
        let Some(stars) = self.stars else { return };
        let each = |it: &&Source| {
            it.columns.iter().map(|column| star::column(&it.name, &column.name)).collect::<Vec<_>>()
        };
        stars.note(target.syntax(), sources.iter().flat_map(each).collect::<Vec<_>>().join(", "));
    }

    fn source(&self, name: &str) -> Option<&Source> {
        let own = self.sources.iter().find(|it| it.name == name);
        own.or_else(|| self.outer.and_then(|it| it.source(name)))
    }

    /// The column that an expression names, if that is all that it is.
    fn column(&self, expr: &ast::Expr) -> Option<&Given> {
        let path = expression::path(expr)?;
        match path.as_slice() {
            [column] => {
                let own = self.sources.iter().flat_map(|it| &it.columns).find(|it| it.name == *column);
                own.or_else(|| self.outer.and_then(|it| it.column(expr)))
            }
            [.., of, column] => self.source(of)?.columns.iter().find(|it| it.name == *column),
            [] => None,
        }
    }
}

fn is_query(node: &SyntaxNode) -> bool {
    matches!(
        node.kind(),
        SyntaxKind::SELECT
            | SyntaxKind::SELECT_INTO
            | SyntaxKind::COMPOUND_SELECT
            | SyntaxKind::PAREN_SELECT
            | SyntaxKind::TABLE
            | SyntaxKind::VALUES
    )
}

fn holds_query(node: &SyntaxNode) -> bool {
    is_query(node) || node.kind() == SyntaxKind::PAREN_EXPR && node.children().any(|it| holds_query(&it))
}

/// The same columns under other names, where such are given; there may be fewer.
fn called(mut columns: Vec<Given>, names: &[String]) -> Option<Vec<Given>> {
    if names.len() > columns.len() {
        return None;
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name.clone_from(name);
    }
    Some(columns)
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, postgres};

    const TABLES: &str = "CREATE TYPE mood AS ENUM ('sad'); \
        CREATE TABLE a (id int PRIMARY KEY, name varchar(20) COLLATE \"C\", price numeric(8,2), at timestamptz, tags text[], \
        feeling mood, data jsonb); \
        CREATE TABLE b (a_id int, big bigint, note text); \
        CREATE VIEW v (k, n) AS SELECT id, upper(name) FROM a; \
        CREATE FUNCTION f(int) RETURNS date LANGUAGE sql AS 'select current_date'; \
        CREATE FUNCTION g(anyelement) RETURNS anyelement LANGUAGE sql AS 'select $1';";

    /// What a table is made of that takes its columns from a query; nothing when it is kept as it was written.
    #[track_caller]
    fn check(query: &str, expected: &str) {
        let read = postgres(&format!("{TABLES} CREATE TABLE made AS {query};"), &Options::default());
        let sql = crate::sql::ddl(&read.tree.design, &crate::sql::Options::default()).text;
        let made = sql.split("CREATE TABLE made (").nth(1).and_then(|it| it.split(");").next());
        let lines =
            made.unwrap_or_default().lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = lines.filter(|it| !it.is_empty()).collect();
        assert_eq!(lines.join(" "), expected, "{query}");
    }

    #[test]
    fn what_a_polymorphic_function_gives_is_no_type_of_a_column() {
        check("SELECT g(id) AS x FROM a", "");
    }

    #[test]
    fn columns_repeat_those_that_they_name() {
        check("SELECT * FROM b", "a_id integer, big bigint, note text");
        check("TABLE b", "a_id integer, big bigint, note text");
        check("SELECT x.name, price AS cost FROM a x", "name varchar(20) COLLATE \"C\", cost numeric(8,2)");
        check(
            "SELECT a.id, b.* FROM a JOIN b ON a.id = b.a_id",
            "id integer, a_id integer, big bigint, note text",
        );
        check("SELECT * FROM v", "k integer, n text");
        check("SELECT q.z FROM (SELECT feeling FROM a) AS q(z)", "z mood");
        check("WITH w AS (SELECT id, tags FROM a) SELECT tags FROM w", "tags text[]");
        check("SELECT id FROM a UNION ALL SELECT big FROM b", "id bigint");
        check("(SELECT id FROM a)", "id integer");
        check("VALUES (1, 'a'), (2, 'b')", "column1 integer, column2 text");
    }

    #[test]
    fn expressions_have_the_types_that_postgresql_gives_them() {
        check(
            "SELECT count(*), sum(id), sum(big) AS big, max(at), avg(id) FROM a, b",
            "count bigint, sum bigint, big numeric, max timestamptz, avg numeric",
        );
        check(
            "SELECT price * 2 AS p, id + 1 AS i, big + id AS g FROM a, b",
            "p numeric, i integer, g bigint",
        );
        check(
            "SELECT coalesce(name, 'x') AS n, data ->> 'k' AS k, data -> 'k' AS j FROM a",
            "n varchar, k text, j jsonb",
        );
        check("SELECT CASE WHEN id > 0 THEN price ELSE 0 END AS p FROM a", "p numeric");
        check(
            "SELECT now() AS t, current_date AS d, NULL AS n, 'x' AS c, true AS b",
            "t timestamptz, d date, n text, c text, b boolean",
        );
        check(
            "SELECT id::bigint, CAST(name AS text), f(1), tags[1] FROM a",
            "id bigint, name text, f date, tags text",
        );
        check(
            "SELECT EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id) AS e, (SELECT max(big) FROM b) FROM a",
            "e boolean, max bigint",
        );
        check(
            "SELECT row_number() OVER (ORDER BY id) AS r, array_agg(name) AS names FROM a GROUP BY id",
            "r bigint, names varchar[]",
        );
        check(
            "SELECT g AS day FROM generate_series('2020-01-01'::date, now(), '1 day') g",
            "day timestamptz",
        );
    }

    #[test]
    fn what_is_not_known_is_kept_as_it_was_written() {
        check("SELECT h(id) FROM a", "");
        check("SELECT x FROM elsewhere", "");
        check("SELECT * FROM a JOIN b USING (id)", "");
    }
}

//! Queries as PostgreSQL keeps them: what `*` stands for, what the names and numbers of `GROUP BY` and `ORDER BY` mean.
//!
//! Source: PostgreSQL manual, "SELECT" ("SELECT List", "GROUP BY Clause", "ORDER BY Clause"), and what
//! `pg_get_viewdef()` shows of a view.

use std::collections::BTreeMap;

use super::alike::nodes;
use super::from::{Source, rows, star, tables};
use super::limits;
use super::node::Node;
use super::parse::parse;

/// What a query may read.
pub trait Relations {
    /// The columns of a table or view, in order; none where it is not known.
    fn columns(&self, path: &[String]) -> Option<Vec<String>>;
    /// The columns of what a function gives back; none where it is not known.
    fn result(&self, path: &[String]) -> Option<Vec<String>>;
}

/// The query of a view.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// Its text.
    pub text: &'a str,
    /// The names that its columns are given; where there are fewer than columns, the rest keeps its own.
    pub columns: &'a [String],
    /// What it may read.
    pub relations: &'a dyn Relations,
}

impl Query<'_> {
    /// The names of the columns that it gives; none where one of them is not known.
    pub fn names(&self) -> Option<Vec<String>> {
        self.expanded()?.names
    }

    fn expanded(&self) -> Option<Expanded> {
        let parts = match parse(self.text)? {
            Node::Parts(parts) => parts,
            one => vec![one],
        };
        Some(query(parts, self.columns, &Scope { relations: self.relations, with: BTreeMap::new() }))
    }
}

/// Whether two views say the same: as [`alike`](super::alike()) has it, with what they read in view.
pub fn queries_alike(one: Query<'_>, two: Query<'_>) -> bool {
    match (one.expanded(), two.expanded()) {
        (Some(one), Some(two)) => {
            let same_names = match (&one.names, &two.names) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            };
            same_names && nodes(&Node::Parts(one.parts), &Node::Parts(two.parts))
        }
        _ => false,
    }
}

/// What names of relations mean at a place of the query.
pub(super) struct Scope<'a> {
    pub relations: &'a dyn Relations,
    /// The columns of the queries of `WITH`.
    with: BTreeMap<String, Option<Vec<String>>>,
}

impl Scope<'_> {
    /// The columns of a relation.
    pub fn columns(&self, path: &[String]) -> Option<Vec<String>> {
        match path {
            [one] if self.with.contains_key(one) => self.with.get(one).cloned().flatten(),
            _ => self.relations.columns(path),
        }
    }
}

pub(super) struct Expanded {
    pub parts: Vec<Node>,
    pub names: Option<Vec<String>>,
}

pub(super) fn is_word(node: &Node, word: &str) -> bool {
    matches!(node, Node::Word(it) if it == word)
}

fn word(text: &str) -> Node {
    Node::Word(text.to_owned())
}

pub(super) fn opens_query(parts: &[Node]) -> bool {
    match parts.first() {
        Some(Node::Word(it)) => matches!(it.as_str(), "select" | "with"),
        Some(Node::Parts(inner)) => opens_query(inner),
        _ => false,
    }
}

/// A query with everything said that goes without saying. `columns` name what it gives.
pub(super) fn query(parts: Vec<Node>, columns: &[String], scope: &Scope<'_>) -> Expanded {
    let (with, scope, rest) = with(parts, scope);
    let mut branches: Vec<Vec<Node>> = vec![Vec::new()];
    let mut between: Vec<Vec<Node>> = Vec::new();
    let mut rest = rest.into_iter().peekable();
    while let Some(part) = rest.next() {
        let combines =
            matches!(&part, Node::Word(it) if matches!(it.as_str(), "union" | "intersect" | "except"));
        if combines {
            let mut sign = vec![part];
            sign.extend(rest.next_if(|it| is_word(it, "all")));
            rest.next_if(|it| is_word(it, "distinct"));
            between.push(sign);
            branches.push(Vec::new());
        } else if let Some(last) = branches.last_mut() {
            last.push(part);
        }
    }
    let is_combined = !between.is_empty();
    let mut between = between.into_iter();
    let mut all = with;
    let mut names = None;
    for (at, branch) in branches.into_iter().enumerate() {
        let given = if at == 0 { columns } else { &[] };
        let branch = without_parentheses(branch);
        let mut it = match branch.as_slice() {
            [Node::Parts(inner)] if opens_query(inner) => query(inner.clone(), given, &scope),
            _ => select(branch, given, &scope, is_combined, names.as_deref()),
        };
        if at == 0 {
            names = it.names.take();
        } else {
            all.extend(between.next().unwrap_or_default());
        }
        all.extend(it.parts);
    }
    Expanded { parts: all, names }
}

/// `(SELECT …)` as one of several queries, where the parentheses say nothing.
fn without_parentheses(branch: Vec<Node>) -> Vec<Node> {
    const SAYS: [&str; 9] =
        ["with", "union", "intersect", "except", "order", "limit", "offset", "fetch", "for"];
    let is_plain = |it: &Node| !matches!(it, Node::Word(it) if SAYS.contains(&it.as_str()));
    match <[Node; 1]>::try_from(branch) {
        Ok([Node::Parts(inner)]) if opens_query(&inner) && inner.iter().all(is_plain) => inner,
        Ok(one) => one.into(),
        Err(branch) => branch,
    }
}

/// Takes the queries of `WITH` from the beginning; gives them expanded, the scope with them, and the rest.
fn with<'a>(parts: Vec<Node>, scope: &Scope<'a>) -> (Vec<Node>, Scope<'a>, Vec<Node>) {
    let mut inner = Scope { relations: scope.relations, with: scope.with.clone() };
    if !parts.first().is_some_and(|it| is_word(it, "with")) {
        return (Vec::new(), inner, parts);
    }
    let mut done = Vec::new();
    let mut named: Option<(String, Option<Vec<String>>)> = None;
    let mut rest = parts.into_iter();
    while let Some(part) = rest.next() {
        match part {
            Node::Word(it) if it == "select" => {
                let left = std::iter::once(Node::Word(it)).chain(rest).collect();
                return (done, inner, left);
            }
            Node::Parts(body) if named.is_some() => {
                let Some((name, columns)) = named.take() else { continue };
                // A recursive query reads itself.
                inner.with.insert(name.clone(), columns.clone());
                let body = query(body, columns.as_deref().unwrap_or_default(), &inner);
                inner.with.insert(name, columns.or(body.names));
                done.push(Node::Parts(body.parts));
            }
            Node::Name(path) if path.len() == 1 && named.is_none() && path != ["recursive"] => {
                named = Some((path.concat(), None));
                done.push(Node::Name(path));
            }
            Node::Call(path, arguments) if path.len() == 1 && named.is_none() => {
                let columns = arguments.iter().filter_map(|it| it.output_name().map(str::to_owned)).collect();
                named = Some((path.concat(), Some(columns)));
                // The names are those of its first query.
                done.push(Node::Name(path));
            }
            other => done.push(other),
        }
    }
    (done, inner, Vec::new())
}

/// Where the list of a `SELECT` ends.
fn ends_list(node: &Node) -> bool {
    const ENDS: [&str; 11] =
        ["from", "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "into"];
    matches!(node, Node::Word(it) if ENDS.contains(&it.as_str()))
}

/// One `SELECT`, with what follows it. `is_combined` is whether it is one of several, the first of which gave `names`.
fn select(
    parts: Vec<Node>,
    columns: &[String],
    scope: &Scope<'_>,
    is_combined: bool,
    names: Option<&[String]>,
) -> Expanded {
    // `TABLE t`.
    let parts = match parts.as_slice() {
        [Node::Name(table), rest @ ..] if table == &["table"] => {
            let mut all = vec![word("select"), Node::word("*"), word("from")];
            all.extend_from_slice(rest);
            all
        }
        _ => parts,
    };
    if !parts.first().is_some_and(|it| is_word(it, "select")) {
        return Expanded { parts: inside(parts, scope), names: None };
    }
    let mut start = 1;
    if parts.get(1).is_some_and(|it| is_word(it, "all")) {
        start += 1;
    }
    if parts.get(1).is_some_and(|it| is_word(it, "distinct")) {
        start += 1;
        if parts.get(2).is_some_and(|it| is_word(it, "on")) {
            start += 2;
        }
    }
    let head = parts.get(..start.min(parts.len())).unwrap_or_default().to_vec();
    let rest = parts.get(start..).unwrap_or_default();
    let end = rest.iter().position(ends_list).unwrap_or(rest.len());
    let (list, tail) = rest.split_at(end);
    let from_end = tail.iter().skip(1).position(ends_list).map_or(tail.len(), |it| it + 1);
    let has_from = tail.first().is_some_and(|it| is_word(it, "from"));
    let (from, tail) = tail.split_at(if has_from { from_end } else { 0 });
    let (from, sources) = tables(from, scope);
    let mut items: Vec<Vec<Node>> = Vec::new();
    for item in list.split(|it| is_word(it, ",")) {
        match star(item, &sources, scope) {
            Some(all) => items.extend(all),
            None => items.push(item.to_vec()),
        }
    }
    for item in &mut items {
        let Some(first) = item.first().filter(|it| !is_star(it)) else { continue };
        let read = rows(first.clone(), &sources);
        // The rest of an item is its name.
        let name = first
            .output_name()
            .filter(|it| item.len() == 1 && read.output_name() != Some(it))
            .map(Node::word);
        item.extend(name);
        if let Some(first) = item.first_mut() {
            *first = read;
        }
    }
    for (item, name) in items.iter_mut().zip(columns) {
        item.truncate(1);
        item.push(Node::word(name));
    }
    let found: Option<Vec<String>> = items.iter().map(|it| name_of(it)).collect();
    let is_first = names.is_none();
    let mut all = vec![word("select")];
    all.extend(inside(head.into_iter().skip(1).collect(), scope));
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            all.push(word(","));
        }
        // In all queries but the first the names say nothing.
        let said = if is_combined && !is_first { item.get(..1).unwrap_or_default() } else { item };
        all.extend(inside(said.to_vec(), scope));
    }
    all.extend(from);
    let tail: Vec<Node> = tail.iter().map(|it| rows(it.clone(), &sources)).collect();
    let tail = limits::ordered(tail);
    let meant = Meant { items: &items, sources: &sources, names: names.or(found.as_deref()), is_combined };
    all.extend(inside(meant.clauses(&tail), scope));
    Expanded { parts: all, names: found }
}

fn is_star(node: &Node) -> bool {
    matches!(node, Node::Name(path) if path.last().is_some_and(|it| it == "*"))
}

/// The name of a column of a query, where it is plain.
fn name_of(item: &[Node]) -> Option<String> {
    let name = match item {
        [one] if is_star(one) => None,
        [one] => one.output_name(),
        [_, Node::Name(path)] => path.last().map(String::as_str),
        _ => None,
    };
    name.map(str::to_owned)
}

/// What the names and numbers after the list of a `SELECT` mean.
struct Meant<'a> {
    items: &'a [Vec<Node>],
    sources: &'a [Source],
    names: Option<&'a [String]>,
    is_combined: bool,
}

impl Meant<'_> {
    fn clauses(&self, tail: &[Node]) -> Vec<Node> {
        let mut clause = "";
        let mut done: Vec<Node> = Vec::new();
        for part in tail {
            if let Node::Word(it) = part
                && ends_list(part)
            {
                clause = it;
            }
            let stands_alone = done.last().is_some_and(|it| is_word(it, ",") || is_word(it, clause));
            done.push(match (clause, part) {
                ("group" | "order", Node::Name(_) | Node::Number(_)) if stands_alone => {
                    self.meant(part, clause == "order").unwrap_or_else(|| part.clone())
                }
                _ => part.clone(),
            });
        }
        done
    }

    /// The expression that a number or a name of the list means.
    fn meant(&self, node: &Node, outputs_first: bool) -> Option<Node> {
        let at = match node {
            Node::Number(it) => it.parse::<usize>().ok()?.checked_sub(1)?,
            Node::Name(path) => {
                let [name] = path.as_slice() else { return None };
                let is_input = |it: &Source| it.columns.as_ref().is_none_or(|it| it.contains(name));
                if !outputs_first && self.sources.iter().any(is_input) {
                    return None;
                }
                match (self.is_combined, self.names) {
                    (true, Some(names)) => names.iter().position(|it| it == name)?,
                    _ => self.items.iter().position(|it| name_of(it).as_ref() == Some(name))?,
                }
            }
            _ => return None,
        };
        // Of several queries together, only the place in the list can be said.
        if self.is_combined {
            return Some(Node::Number((at + 1).to_string()));
        }
        self.items.get(at)?.first().cloned()
    }
}

/// The queries within expressions, expanded.
pub(super) fn inside(parts: Vec<Node>, scope: &Scope<'_>) -> Vec<Node> {
    parts.into_iter().map(|it| within(it, scope)).collect()
}

fn within(node: Node, scope: &Scope<'_>) -> Node {
    match node {
        Node::Parts(parts) if opens_query(&parts) => Node::Parts(query(parts, &[], scope).parts),
        Node::Parts(parts) => Node::Parts(inside(parts, scope)),
        Node::Cast(inner, target) => Node::Cast(Box::new(within(*inner, scope)), target),
        Node::Operator(sign, operands) => Node::Operator(sign, inside(operands, scope)),
        Node::Call(path, arguments) => Node::Call(path, inside(arguments, scope)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Known;

    impl Relations for Known {
        fn columns(&self, path: &[String]) -> Option<Vec<String>> {
            let columns = match path.last().map(String::as_str) {
                Some("task") => "id title project_id",
                Some("project") => "id name",
                _ => return None,
            };
            Some(columns.split(' ').map(str::to_owned).collect())
        }

        fn result(&self, path: &[String]) -> Option<Vec<String>> {
            let is_open = path.last().is_some_and(|it| it == "open_tasks");
            is_open.then(|| vec!["id".to_owned(), "title".to_owned()])
        }
    }

    fn of<'a>(text: &'a str, columns: &'a [String]) -> Query<'a> {
        Query { text, columns, relations: &Known }
    }

    #[track_caller]
    fn same(written: &str, columns: &str, shown: &str) {
        let columns: Vec<String> = columns.split_whitespace().map(str::to_owned).collect();
        let (one, two) = (of(written, &columns), of(shown, &[]));
        let parts = |it: Query<'_>| it.expanded().map(|it| format!("{:?}", it.parts));
        assert!(queries_alike(one, two), "{:?}\n{:?}", parts(one), parts(two));
    }

    #[test]
    fn what_a_star_stands_for_is_shown() {
        same("select * from task", "", "SELECT id, title, project_id FROM public.task");
        same("table task", "", "SELECT task.id, task.title, task.project_id FROM task");
        same(
            "select t.*, p.name from task t join project p on p.id = t.project_id",
            "",
            "SELECT t.id, t.title, t.project_id, p.name FROM (task t JOIN project p ON ((p.id = t.project_id)))",
        );
        same(
            "select * from task join project using (id)",
            "",
            "SELECT task.id, task.title, task.project_id, project.name FROM (task JOIN project USING (id))",
        );
        same("select * from open_tasks(1)", "", "SELECT id, title FROM open_tasks(1) open_tasks(id, title)");
        same(
            "with t as (select * from task) select * from t",
            "",
            "WITH t AS ( SELECT task.id, task.title, task.project_id FROM task) SELECT id, title, project_id FROM t",
        );
        same(
            "select * from project where id = (select project.id from project)",
            "",
            "SELECT id, name FROM project WHERE (id = ( SELECT project_1.id FROM project project_1))",
        );
        assert!(!queries_alike(of("select * from task", &[]), of("select id, title from task", &[])));
        let other = "select x.id from task x_1 join project x on true";
        assert!(!queries_alike(of("select x.id from task x join project x_1 on true", &[]), of(other, &[])));
        assert!(!queries_alike(of("select * from unknown", &[]), of("select id from unknown", &[])));
    }

    #[test]
    fn names_and_numbers_mean_what_is_listed() {
        same(
            "select project_id as project, count(*) from task group by project order by 2 desc, project",
            "",
            "SELECT task.project_id AS project, count(*) AS count FROM task GROUP BY task.project_id \
             ORDER BY (count(*)) DESC, task.project_id",
        );
        // A column of the table is meant before a name of the list.
        same(
            "select title as id from task group by id, title",
            "",
            "SELECT title AS id FROM task GROUP BY id, title",
        );
        same(
            "select id from task union select id from project order by id",
            "",
            "SELECT task.id FROM task UNION SELECT project.id FROM project ORDER BY 1",
        );
    }

    #[test]
    fn columns_take_the_names_of_the_view() {
        same("select id, title from task", "a b", "SELECT task.id AS a, task.title AS b FROM task");
        same(
            "select id, 'x' from task union all select id, name from project",
            "a b",
            "SELECT task.id AS a, 'x'::text AS b FROM task UNION ALL SELECT project.id AS a, project.name AS b FROM project",
        );
        let a = ["a".to_owned()];
        assert!(!queries_alike(of("select id from task", &a), of("select id from task", &[])));
        assert_eq!(
            of("select t.*, 1 as one from task t", &a).names().as_deref(),
            Some(&["a".to_owned(), "title".to_owned(), "project_id".to_owned(), "one".to_owned()][..])
        );
    }
}

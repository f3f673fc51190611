//! The tables of `FROM`, and what `*` and their own names stand for over them.

use super::alike::is_numbered;
use super::node::{ALIAS, COLUMN, Node, ROW};
use super::query::{Scope, inside, is_word, opens_query, query};

/// A table of `FROM`.
pub struct Source {
    /// What the query calls it.
    alias: Option<String>,
    /// Its columns, where they are known.
    pub columns: Option<Vec<String>>,
    /// Columns that `USING` has made one with those of tables before.
    merged: Vec<String>,
    /// A function of one plain value: its row is that value.
    is_value: bool,
}

/// The tables of `FROM`, which is given back with the queries in it expanded, and every table's name in one form.
pub fn tables(from: &[Node], scope: &Scope<'_>) -> (Vec<Node>, Vec<Source>) {
    let mut sources: Vec<Source> = Vec::new();
    let mut done: Vec<Node> = Vec::new();
    // Where conditions and the arguments of functions stand, whose names may be those of tables.
    let mut values: Vec<usize> = Vec::new();
    let mut expects = false;
    let mut natural = false;
    let mut names = Names::default();
    for part in from {
        match part {
            Node::Word(it) => {
                let goes_on = it == "with";
                if !goes_on && names.put(&mut sources, &mut done) && std::mem::take(&mut natural) {
                    done.extend(merged(&mut sources));
                }
                natural |= it == "natural";
                match it.as_str() {
                    "from" | "," | "join" => expects = true,
                    "on" => expects = false,
                    _ => {}
                }
                if it != "natural" && (!goes_on || !names.of_function) {
                    done.push(part.clone());
                }
            }
            _ if expects => {
                expects = false;
                let (source, node) = source(part, scope);
                names = Names::of(&source, part);
                sources.push(source);
                values.extend(matches!(part, Node::Call(..)).then_some(done.len()));
                done.push(node);
            }
            Node::Name(path) if names.of_function && path == &["ordinality"] => {
                if let Some(source) = sources.last_mut() {
                    source.columns.iter_mut().for_each(|it| it.push("ordinality".to_owned()));
                    source.is_value = false;
                }
                done.push(part.clone());
            }
            Node::Name(path) | Node::Call(path, _) if path.len() == 1 && names.open => {
                names.said = Some(part.clone());
                names.put(&mut sources, &mut done);
            }
            _ => {
                names.put(&mut sources, &mut done);
                let after = done.last();
                let follows = |it: &str| after.is_some_and(|last| is_word(last, it));
                match (part, sources.last_mut()) {
                    (_, Some(source)) if follows("using") => {
                        source.merged = match part {
                            Node::Call(_, columns) => {
                                columns.iter().filter_map(|it| it.output_name().map(str::to_owned)).collect()
                            }
                            other => other.output_name().map(str::to_owned).into_iter().collect(),
                        };
                    }
                    _ if follows("on") => values.push(done.len()),
                    _ => {}
                }
                done.extend(inside(vec![part.clone()], scope));
            }
        }
    }
    names.put(&mut sources, &mut done);
    if natural {
        done.extend(merged(&mut sources));
    }
    for at in values {
        if let Some(node) = done.get_mut(at) {
            *node = rows(node.clone(), &sources);
        }
    }
    (done, sources)
}

/// `USING` with the columns that the last table has in common with those before, as `NATURAL` is shown; the word itself where
/// they are not known.
fn merged(sources: &mut [Source]) -> Vec<Node> {
    let unknown = || vec![Node::Word("natural".to_owned())];
    let Some((last, before)) = sources.split_last_mut() else { return unknown() };
    let Some(columns) = &last.columns else { return unknown() };
    let mut common: Vec<String> = Vec::new();
    for source in before {
        let Some(others) = &source.columns else { return unknown() };
        common.extend(
            others
                .iter()
                .filter(|it| columns.contains(it) && !common.contains(it))
                .cloned()
                .collect::<Vec<_>>(),
        );
    }
    let mut names: Vec<Node> = common.iter().map(|it| Node::word(it)).collect();
    last.merged = common;
    let names = match names.len() {
        0 => return unknown(),
        1 => names.remove(0),
        _ => Node::Call(vec!["row".to_owned()], names),
    };
    vec![Node::Word("using".to_owned()), names]
}

/// What the table that was read last is called.
#[derive(Default)]
struct Names {
    /// Whether a name may follow.
    open: bool,
    of_function: bool,
    /// The name without another.
    own: Option<String>,
    said: Option<Node>,
}

impl Names {
    fn of(source: &Source, part: &Node) -> Self {
        let of_function = matches!(part, Node::Call(..));
        Self { open: true, of_function, own: source.alias.clone(), said: None }
    }

    /// Writes down what the table is called, where it is not what it is called anyway. A function always has the names of its
    /// columns, which PostgreSQL shows. Gives back whether there was a table.
    fn put(&mut self, sources: &mut [Source], done: &mut Vec<Node>) -> bool {
        let (said, own) = (self.said.take(), self.own.take());
        if !std::mem::take(&mut self.open) {
            return false;
        }
        let Some(source) = sources.last_mut() else { return false };
        let named = |it: &[Node]| -> Option<Vec<String>> {
            it.iter().map(|it| it.output_name().map(str::to_owned)).collect()
        };
        let mut columns: Vec<Node> = Vec::new();
        match &said {
            Some(Node::Call(path, said)) => {
                source.alias = path.first().cloned();
                // The names of fewer columns than there are leave the rest as they are.
                source.columns = match (named(said), source.columns.take()) {
                    (Some(mut names), Some(known)) if !source.is_value => {
                        names.extend(known.into_iter().skip(said.len()));
                        Some(names)
                    }
                    (names, _) => names,
                };
                columns.clone_from(said);
            }
            Some(Node::Name(path)) => source.alias = path.first().cloned(),
            _ => {}
        }
        // A value for which its function says no name is called as the table is.
        let value = source.columns.as_mut().and_then(|it| it.first_mut());
        if let Some(value) =
            value.filter(|it| self.of_function && columns.is_empty() && Some(&**it) == own.as_ref())
            && let Some(alias) = &source.alias
        {
            value.clone_from(alias);
        }
        if std::mem::take(&mut self.of_function) {
            if let Some(known) =
                source.columns.as_ref().filter(|_| columns.iter().all(|it| matches!(it, Node::Name(_))))
            {
                columns = known.iter().map(|it| Node::word(it)).collect();
            }
        } else if columns.is_empty() && is_own(source.alias.as_deref(), own.as_deref()) {
            return true;
        }
        let name = source.alias.iter().map(|it| Node::word(it));
        let parts: Vec<Node> = name.chain(columns).collect();
        done.push(Node::Operator(ALIAS.to_owned(), parts));
        true
    }
}

/// Whether a table is called what it is called anyway, or what PostgreSQL makes of that where it is taken.
fn is_own(alias: Option<&str>, own: Option<&str>) -> bool {
    alias == own || alias.zip(own).is_some_and(|(alias, own)| is_numbered(alias, own))
}

/// What one table of `FROM` is called and has.
fn source(part: &Node, scope: &Scope<'_>) -> (Source, Node) {
    let of = |alias: Option<&String>, columns, is_value| Source {
        alias: alias.cloned(),
        columns,
        merged: Vec::new(),
        is_value,
    };
    match part {
        Node::Name(path) => (of(path.last(), scope.columns(path), false), part.clone()),
        Node::Call(path, arguments) => {
            let defined: Vec<String> = arguments
                .iter()
                .filter(|it| matches!(it, Node::Operator(sign, _) if sign == COLUMN))
                .filter_map(|it| it.output_name().map(str::to_owned))
                .collect();
            let columns = if defined.is_empty() { result(path, scope) } else { Some(defined) };
            let is_value = columns.as_ref().is_some_and(|it| it.len() == 1);
            let node = Node::Call(path.clone(), inside(arguments.clone(), scope));
            (of(path.last(), columns, is_value), node)
        }
        Node::Parts(inner) if opens_query(inner) => {
            let it = query(inner.clone(), &[], scope);
            (of(None, it.names, false), Node::Parts(it.parts))
        }
        // `(t)` with an alias within, as joins in parentheses are given.
        other => (of(None, None, false), other.clone()),
    }
}

/// The columns of what a function gives back.
fn result(path: &[String], scope: &Scope<'_>) -> Option<Vec<String>> {
    let name = path.last()?.as_str();
    scope.relations.result(path).or_else(|| {
        let is_plain = path.len() == 1 || path.first().is_some_and(|it| it == "pg_catalog");
        let columns = BUILT_IN.iter().find(|it| is_plain && it.0 == name)?.1;
        let columns = if columns.is_empty() { name } else { columns };
        Some(columns.split(' ').map(str::to_owned).collect())
    })
}

/// Built-in functions that stand in `FROM`, with the names of what they give; none where one value has the name of the table.
///
/// Source: PostgreSQL 18, `src/include/catalog/pg_proc.dat`, `proargnames` of functions with `proretset`.
const BUILT_IN: [(&str, &str); 27] = [
    ("aclexplode", "grantor grantee privilege_type is_grantable"),
    ("generate_series", ""),
    ("generate_subscripts", ""),
    ("json_array_elements", "value"),
    ("json_array_elements_text", "value"),
    ("json_each", "key value"),
    ("json_each_text", "key value"),
    ("json_object_keys", ""),
    ("jsonb_array_elements", "value"),
    ("jsonb_array_elements_text", "value"),
    ("jsonb_each", "key value"),
    ("jsonb_each_text", "key value"),
    ("jsonb_object_keys", ""),
    ("jsonb_path_query", ""),
    ("pg_get_keywords", "word catcode barelabel catdesc baredesc"),
    ("pg_options_to_table", "option_name option_value"),
    ("regexp_matches", ""),
    ("regexp_split_to_table", ""),
    ("string_to_table", ""),
    ("ts_debug", "alias description token dictionaries dictionary lexemes"),
    ("ts_parse", "tokid token"),
    ("ts_stat", "word ndoc nentry"),
    ("ts_token_type", "tokid alias description"),
    ("txid_snapshot_xip", ""),
    ("unnest", ""),
    ("pg_timezone_abbrevs", "abbrev utc_offset is_dst"),
    ("pg_timezone_names", "name abbrev utc_offset is_dst"),
];

/// What `*`, `t.*` or `(f(x)).*` stands for; nothing when it is none of them or not known.
pub fn star(item: &[Node], sources: &[Source], scope: &Scope<'_>) -> Option<Vec<Vec<Node>>> {
    let named = |it: &str| vec![Node::word(it)];
    let mut found: Vec<Vec<Node>> = Vec::new();
    let path = match item {
        [Node::Name(path)] => path,
        [Node::Operator(sign, of)] if sign == "." => {
            let [call @ Node::Call(path, _), Node::Name(star)] = of.as_slice() else { return None };
            if star != &["*"] {
                return None;
            }
            let field = |it: &String| vec![Node::Operator(sign.clone(), vec![call.clone(), Node::word(it)])];
            return Some(result(path, scope)?.iter().map(field).collect());
        }
        _ => return None,
    };
    match path.as_slice() {
        [one] if one == "*" => {
            if sources.is_empty() {
                return None;
            }
            for (at, source) in sources.iter().enumerate() {
                // What `USING` merges comes first.
                let later = sources.get(at + 1..).unwrap_or_default();
                let columns = source.columns.as_ref()?;
                let is_merged = |it: &&String| later.iter().any(|later| later.merged.contains(it));
                if at == 0 {
                    found.extend(columns.iter().filter(is_merged).map(|it| named(it)));
                    found.extend(columns.iter().filter(|it| !is_merged(it)).map(|it| named(it)));
                } else {
                    found.extend(columns.iter().filter(|it| !source.merged.contains(it)).map(|it| named(it)));
                }
            }
        }
        [.., of, star] if star == "*" => {
            let source = sources.iter().find(|it| it.alias.as_deref() == Some(of))?;
            found.extend(source.columns.as_ref()?.iter().map(|it| named(it)));
        }
        _ => return None,
    }
    Some(found)
}

/// An expression in which a table's name, where no column has it, is its whole row: `f(t)` and `f(t.*)`. The row of a function
/// of one value is that value.
pub fn rows(node: Node, sources: &[Source]) -> Node {
    let all = |list: Vec<Node>| list.into_iter().map(|it| rows(it, sources)).collect();
    match node {
        Node::Name(path) => row(&path, sources).unwrap_or(Node::Name(path)),
        Node::Cast(inner, target) => Node::Cast(Box::new(rows(*inner, sources)), target),
        // Fields and columns are named, not read.
        Node::Operator(sign, mut of) if sign == "." && of.len() == 2 => {
            let field = of.pop();
            let mut of: Vec<Node> = all(of);
            of.extend(field);
            Node::Operator(sign, of)
        }
        Node::Operator(sign, of) if !matches!(sign.as_str(), COLUMN | ROW | ALIAS) => {
            Node::Operator(sign, all(of))
        }
        Node::Call(path, of) => Node::Call(path, all(of)),
        Node::Parts(parts) if !opens_query(&parts) => Node::Parts(all(parts)),
        other => other,
    }
}

fn row(path: &[String], sources: &[Source]) -> Option<Node> {
    let (name, is_said) = match path {
        [name] => (name, false),
        [name, star] if star == "*" => (name, true),
        _ => return None,
    };
    let source = sources.iter().find(|it| it.alias.as_ref() == Some(name))?;
    let may_be_column = |it: &Source| it.columns.as_ref().is_none_or(|it| it.contains(name));
    match source.columns.as_deref() {
        Some([value]) if source.is_value => Some(Node::Name(vec![name.clone(), value.clone()])),
        _ if !is_said && sources.iter().any(may_be_column) => None,
        _ => Some(Node::Operator(ROW.to_owned(), vec![Node::word(name)])),
    }
}

//! The tables of `FROM`, and what `*` stands for over them.

use super::node::Node;
use super::query::{Scope, inside, is_word, opens_query, query};

/// A table of `FROM`.
pub struct Source {
    /// What the query calls it.
    alias: Option<String>,
    /// Its columns, where they are known.
    pub columns: Option<Vec<String>>,
    /// Columns that `USING` has made one with those of tables before.
    merged: Vec<String>,
}

/// The tables of `FROM`, which is given back with the queries in it expanded.
pub fn tables(from: &[Node], scope: &Scope<'_>) -> (Vec<Node>, Vec<Source>) {
    let mut sources: Vec<Source> = Vec::new();
    let mut done: Vec<Node> = Vec::new();
    let mut expects = false;
    for part in from {
        match part {
            Node::Word(it) => {
                match it.as_str() {
                    "from" | "," | "join" => expects = true,
                    "on" => expects = false,
                    _ => {}
                }
                done.push(part.clone());
            }
            _ if expects => {
                expects = false;
                let (alias, columns, node) = source(part, scope);
                sources.push(Source { alias, columns, merged: Vec::new() });
                done.push(node);
            }
            _ => {
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
                    (Node::Name(path), Some(source)) if path.len() == 1 && !follows("on") => {
                        source.alias = path.first().cloned();
                    }
                    (Node::Call(path, columns), Some(source)) if path.len() == 1 && !follows("on") => {
                        source.alias = path.first().cloned();
                        let names = columns.iter().map(|it| it.output_name().map(str::to_owned));
                        if let Some(names) = names.collect() {
                            source.columns = Some(names);
                        }
                    }
                    _ => {}
                }
                done.extend(inside(vec![part.clone()], scope));
            }
        }
    }
    (done, sources)
}

/// What one table of `FROM` is called and has.
fn source(part: &Node, scope: &Scope<'_>) -> (Option<String>, Option<Vec<String>>, Node) {
    match part {
        Node::Name(path) => (path.last().cloned(), scope.columns(path), part.clone()),
        Node::Call(path, _) => (path.last().cloned(), scope.relations.result(path), part.clone()),
        Node::Parts(inner) if opens_query(inner) => {
            let it = query(inner.clone(), &[], scope);
            (None, it.names, Node::Parts(it.parts))
        }
        // `(t)` with an alias within, as joins in parentheses are given.
        other => (None, None, other.clone()),
    }
}

/// What `*` or `t.*` stands for; nothing when it is neither or not known.
pub fn star(item: &[Node], sources: &[Source]) -> Option<Vec<Vec<Node>>> {
    let [Node::Name(path)] = item else { return None };
    let named = |it: &str| vec![Node::word(it)];
    let mut found: Vec<Vec<Node>> = Vec::new();
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

//! What `*` stands for at the time, written out.

use std::cell::RefCell;
use std::collections::BTreeMap;

use squawk_syntax::SyntaxNode;

use super::Scope;
use crate::read::postgres::builder::Builder;
use crate::read::postgres::parse::parse;
use crate::sql::ident;

/// The places in a query where columns are meant without being named, and their names.
#[derive(Default)]
pub struct Stars(RefCell<BTreeMap<usize, (usize, String)>>);

impl Stars {
    /// Notes what a node stands for.
    pub fn note(&self, node: &SyntaxNode, text: String) {
        let range = node.text_range();
        self.0.borrow_mut().insert(range.start().into(), (range.end().into(), text));
    }
}

/// A column behind the name that its query has for its table.
pub fn column(source: &str, name: &str) -> String {
    if source.is_empty() { ident(name) } else { format!("{}.{}", ident(source), ident(name)) }
}

/// A query with names in the place of each `*` that is understood; nothing where there is none.
pub fn without_stars(b: &Builder, sql: &str) -> Option<String> {
    let tree = parse(sql).ok()?.tree();
    let stmt = tree.stmts().next()?;
    let stars = Stars::default();
    let scope =
        Scope { b, with: BTreeMap::new(), sources: Vec::new(), outer: None, depth: 0, stars: Some(&stars) };
    // What is not understood of the rest does not change what was found.
    let _ = scope.query(squawk_syntax::ast::AstNode::syntax(&stmt));
    let (mut out, mut done) = (String::new(), 0);
    for (start, (end, text)) in stars.0.into_inner() {
        if start >= done {
            out.push_str(sql.get(done..start)?);
            out.push_str(&text);
            done = end;
        }
    }
    out.push_str(sql.get(done..)?);
    (done > 0).then_some(out)
}

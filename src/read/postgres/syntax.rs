//! From nodes of the syntax tree to names and text.

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken};

use crate::pg::MAX_NAME_BYTES;
pub use crate::pg::truncate;

/// A name with the SQL schema before it, where one was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What stands before the dot.
    pub namespace: Option<String>,
    /// The name itself, without quotes, cut as PostgreSQL cuts it.
    pub name: String,
}

impl Name {
    /// Whether it is one of the session's own things, which end with it.
    pub fn is_temporary(&self) -> bool {
        self.namespace.as_deref() == Some(super::temporary::NAMESPACE)
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{namespace}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// The name that a node stands for, such as a `ColumnName`: quotes removed, or in lower case where it had none.
pub fn ident(node: &impl AstNode) -> String {
    ident_of(node.syntax())
}

fn ident_of(node: &SyntaxNode) -> String {
    let mut name = ast::normalize_name_node(node);
    truncate(&mut name, MAX_NAME_BYTES);
    name
}

/// The dotted name in a node, such as a `TableNameRef`.
pub fn name(node: &impl AstNode) -> Option<Name> {
    let mut segments = segments(node.syntax());
    let name = segments.pop()?;
    (!name.is_empty()).then(|| Name { namespace: segments.pop(), name })
}

/// The parts of a dotted name, in order.
pub fn segments(node: &SyntaxNode) -> Vec<String> {
    node.descendants()
        .filter(|it| matches!(it.kind(), SyntaxKind::PATH_SEGMENT | SyntaxKind::PATH_SEGMENT_REF))
        .map(|it| ident_of(&it))
        .collect()
}

/// The tokens of a node without white space and comments.
pub fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> {
    node.descendants_with_tokens().filter_map(SyntaxElement::into_token).filter(|it| !it.kind().is_trivia())
}

/// The source text of a node without surrounding white space and comments.
pub fn text(node: &impl AstNode) -> String {
    text_of(node.syntax())
}

/// The source text of a node without surrounding white space and comments.
pub fn text_of(node: &SyntaxNode) -> String {
    let mut tokens = tokens(node);
    let Some(first) = tokens.next() else { return String::new() };
    let last = tokens.last().unwrap_or_else(|| first.clone());
    let from = first.text_range().start() - node.text_range().start();
    let to = last.text_range().end() - node.text_range().start();
    let whole = node.text().to_string();
    whole.get(from.into()..to.into()).unwrap_or_default().to_owned()
}

/// The words of a node, in upper case, with one space between them; for messages and small closed sets.
pub fn words(node: &impl AstNode) -> String {
    let words: Vec<String> = tokens(node.syntax()).map(|it| it.text().to_ascii_uppercase()).collect();
    words.join(" ")
}

/// Whether a node holds a token of this kind among its own.
pub fn has(node: &impl AstNode, kind: SyntaxKind) -> bool {
    node.syntax().children_with_tokens().any(|it| it.kind() == kind)
}

/// The comments between a node and what follows it, with the white space before them.
pub fn trailing_comments(node: &SyntaxNode) -> String {
    let mut out = String::new();
    let mut token = tokens(node).last();
    while let Some(next) = token.and_then(|it| it.next_token()).filter(|it| it.kind().is_trivia()) {
        out.push_str(next.text());
        token = Some(next);
    }
    out.trim_end().to_owned()
}

/// An expression without the parentheses around all of it.
pub fn bare(expr: &ast::Expr) -> ast::Expr {
    let mut current = expr.clone();
    while let ast::Expr::ParenExpr(paren) = &current {
        match paren.expr() {
            Some(inner) => current = inner,
            None => break,
        }
    }
    current
}

/// The value of a string constant.
pub fn string(literal: &ast::Literal) -> Option<String> {
    literal.string_value()
}

/// The integer that an expression such as `-5` or `'5'` writes.
pub fn integer(expr: &impl AstNode) -> Option<i64> {
    let text: String = text(expr).chars().filter(|it| !it.is_whitespace() && *it != '_').collect();
    text.trim_matches('\'').trim_start_matches('+').parse().ok()
}

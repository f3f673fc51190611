//! SQL text that records keep: slices of the source, with the names that depended on `search_path` made independent of it.

use squawk_syntax::ast::{self, AstNode};
use squawk_syntax::{SyntaxKind, SyntaxNode};

use crate::design::TableId;
use crate::sql::{ident, mentions};

use super::builder::{Builder, Place};
use super::subject;
use super::syntax::{self, Name};

const RESET: &str = "RESET search_path";

/// `name = value` pairs of `WITH (…)` as written, numbers without quotes; a bare name is `true`.
pub fn parameters(list: Option<ast::AttributeList>) -> Vec<(String, String)> {
    let pair = |it: ast::AttributeOption| {
        let name = syntax::ident(&it.name()?);
        let name = match it.namespace() {
            Some(namespace) => format!("{}.{name}", syntax::ident(&namespace)),
            None => name,
        };
        let value = it.attribute_value().map_or_else(|| "true".to_owned(), |it| syntax::text(&it));
        let quoted = value.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        let value = match quoted.filter(|it| it.parse::<f64>().is_ok_and(f64::is_finite)) {
            Some(number) => number.trim().to_owned(),
            None => value,
        };
        Some((name, value))
    };
    list.into_iter().flat_map(|it| it.attribute_options()).filter_map(pair).collect()
}

/// A statement after which the search path is the usual one again: what is written after it counts on that.
pub fn reset_after(sql: String) -> String {
    if sql.ends_with(RESET) { sql } else { format!("{sql};\n{RESET}") }
}

impl Builder<'_> {
    /// A name with its SQL schema, which is left out for `public`.
    pub fn qualified(&self, place: Place, name: &str) -> String {
        match place {
            None => ident(name),
            Some(_) => format!("{}.{}", ident(self.place_name(place)), ident(name)),
        }
    }

    /// A table's name with its SQL schema.
    pub fn table_name(&self, id: TableId) -> String {
        self.tables.get(&id).map_or_else(String::new, |it| self.qualified(it.namespace, &it.name))
    }

    /// The text of a node, good under any `search_path` that ends with `public`.
    pub fn sql(&self, node: &impl AstNode) -> String {
        self.sql_of(node.syntax())
    }

    /// The text of an expression without the parentheses around all of it, with the comments behind it.
    pub fn expression(&self, expr: &ast::Expr) -> String {
        let bare = syntax::bare(expr);
        self.sql(&bare) + &syntax::trailing_comments(bare.syntax())
    }

    /// The text of a node, good under any `search_path` that ends with `public`.
    pub fn sql_of(&self, node: &SyntaxNode) -> String {
        let text = syntax::text_of(node);
        if self.has_plain_path() {
            return text;
        }
        let Some(first) = syntax::tokens(node).next() else { return text };
        let start = first.text_range().start();
        let mut insertions = self.qualifications(node);
        // `nextval('s')` names a relation inside a text.
        for mention in mentions(&text).iter().filter(|it| it.in_text && it.parts.len() == 1) {
            let name = Name { namespace: None, name: mention.last().name.clone() };
            if let Some(place @ Some(_)) = self.place_of_relation(&name) {
                let at = mention.last().span.start as usize + u32::from(start) as usize;
                insertions.push((at, format!("{}.", ident(self.place_name(place)))));
            }
        }
        insertions.sort();
        let mut out = String::with_capacity(text.len() + 16 * insertions.len());
        let mut done = 0;
        for (at, prefix) in insertions {
            let at = at.saturating_sub(u32::from(start) as usize);
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(&prefix);
            done = at.max(done);
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    /// A statement that runs code, with the search path of the moment around it where that is not the usual one: the code's
    /// names cannot be made independent of it.
    pub fn under_path(&self, sql: String) -> String {
        if self.has_plain_path() {
            return sql;
        }
        let path: Vec<String> = self.search_path().iter().map(|it| ident(it)).collect();
        reset_after(format!("SET search_path = {};\n{sql}", path.join(", ")))
    }

    /// Where, in bytes of the statement, the name of which SQL schema has to stand.
    fn qualifications(&self, node: &SyntaxNode) -> Vec<(usize, String)> {
        let queries: Vec<String> =
            node.descendants().filter_map(ast::CteName::cast).map(|it| syntax::ident(&it)).collect();
        let mut found = Vec::new();
        for part in node.descendants() {
            let name = match part.kind() {
                SyntaxKind::PATH | SyntaxKind::PATH_REF => {
                    let inside =
                        |it: SyntaxNode| matches!(it.kind(), SyntaxKind::PATH | SyntaxKind::PATH_REF);
                    if part.parent().is_some_and(inside) {
                        continue;
                    }
                    let mut segments = syntax::segments(&part);
                    // What a column belongs to stands before it.
                    if part.parent().is_some_and(|it| it.kind() == SyntaxKind::QUALIFIED_COLUMN_NAME_REF) {
                        segments.pop();
                    }
                    let (Some(name), true) = (segments.pop(), segments.is_empty()) else { continue };
                    name
                }
                SyntaxKind::NAME_REF if is_called(&part) => ast::normalize_name_node(&part),
                _ => continue,
            };
            if queries.contains(&name) {
                continue;
            }
            let name = Name { namespace: None, name };
            let parent = part.parent().map(|it| it.kind());
            let place = match parent {
                _ if is_created(&part) => Some(self.first_place()),
                Some(SyntaxKind::CALL_EXPR | SyntaxKind::FUNCTION_NAME_REF) => {
                    self.routines(&name).map(|it| it.0)
                }
                // `sfunc = f` of an aggregate looks like a type.
                Some(SyntaxKind::PATH_TYPE) if is_option(&part) && self.routines(&name).is_some() => {
                    self.routines(&name).map(|it| it.0)
                }
                Some(SyntaxKind::PATH_TYPE | SyntaxKind::TYPE_NAME_REF) => {
                    self.base_type(&name).map(|it| it.0).or_else(|| self.place_of_relation(&name))
                }
                _ => self.place_of_relation(&name).or_else(|| self.base_type(&name).map(|it| it.0)),
            };
            let place = place.or_else(|| self.place_of_kept(&name.name));
            if let (Some(place @ Some(_)), Some(token)) = (place, syntax::tokens(&part).next()) {
                let at = u32::from(token.text_range().start()) as usize;
                found.push((at, format!("{}.", ident(self.place_name(place)))));
            }
        }
        found.extend(self.operator(node));
        found
    }

    /// The same of an operator that a statement makes or is about, whose name is no word.
    fn operator(&self, node: &SyntaxNode) -> Option<(usize, String)> {
        let text = syntax::text_of(node);
        let (sign, at) = subject::bare_operator(&text)?;
        let is_made = text.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("create"));
        let place = if is_made { Some(self.first_place()) } else { self.place_of_kept(&sign) };
        let start = u32::from(syntax::tokens(node).next()?.text_range().start()) as usize;
        place.flatten().map(|it| (start + at, format!("{}.", ident(self.place_name(Some(it))))))
    }
}

/// Whether a name is that of an object which the statement creates. Indexes go where their table is.
fn is_created(node: &SyntaxNode) -> bool {
    let Some(holder) = node.parent().filter(|it| it.kind() != SyntaxKind::INDEX) else { return false };
    node.kind() == SyntaxKind::PATH
        && holder
            .parent()
            .and_then(|it| syntax::tokens(&it).next())
            .is_some_and(|it| it.kind() == SyntaxKind::CREATE_KW)
}

/// Whether a name is the value of an option, as in `WITH (…)`.
fn is_option(node: &SyntaxNode) -> bool {
    node.ancestors().nth(2).is_some_and(|it| it.kind() == SyntaxKind::ATTRIBUTE_VALUE)
}

/// Whether a name is what a call calls.
fn is_called(node: &SyntaxNode) -> bool {
    node.parent().is_some_and(|it| {
        it.kind() == SyntaxKind::CALL_EXPR && it.first_child().is_some_and(|first| first == *node)
    })
}

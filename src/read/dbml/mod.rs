//! DBML, the language of dbdiagram.io and dbdocs.
//!
//! Source: <https://dbml.dbdiagram.io/docs>. What it says about data becomes PostgreSQL as `@dbml/core` exports it;
//! docs/dialects.md lists where the two differ and why.

mod column;
mod default;
mod expression;
mod model;
mod reader;
mod reference;
mod rows;
mod syntax;
mod table;
mod token;

use crate::base::{Parsed, Span};
use crate::read::translation::Translation;
use crate::read::{Diagnostic, Options, Reading};
use syntax::Cursor;

/// Reads a DBML file. Never fails: what is not understood is told of at its place.
pub fn dbml(text: &str, options: &Options) -> Parsed<Reading, Diagnostic> {
    let mut t = Translation::new(text);
    let (tokens, open) = token::tokens(text);
    for span in open {
        t.misread(span, "this quote or comment is not closed");
    }
    t.unclosed(tokens.iter().map(|it| it.span));
    let mut model = model::Model::default();
    let mut cursor = Cursor::new(&tokens);
    while cursor.peek().is_some() {
        reader::block(&mut cursor, &mut model, &mut t);
    }
    model.inject(&mut t);
    table::write(&model, &mut t);
    reference::write(&model, &mut t);
    rows::write(&model, &mut t);
    t.read(options)
}

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// `table`, `ref`, `enum`…, in small letters.
    pub keyword: String,
    /// What tells it from others: its keyword with its name, or all of it where it has none.
    pub head: String,
    /// Its bytes.
    pub span: Span,
}

/// The blocks of a text, and the lines between them that are none, in order.
pub fn pieces(text: &str) -> Vec<Piece> {
    let (tokens, _) = token::tokens(text);
    let (mut cursor, mut pieces) = (Cursor::new(&tokens), Vec::new());
    while let Some(first) = cursor.peek() {
        let block = if first.is_name() { cursor.block() } else { None };
        pieces.push(match block {
            Some(block) => {
                let name =
                    if block.name.is_empty() { block.span.of(text).to_owned() } else { block.name.join(".") };
                Piece { head: format!("{} {name}", block.keyword), keyword: block.keyword, span: block.span }
            }
            None => {
                let span = reader::span_of(cursor.line());
                Piece { keyword: String::new(), head: span.of(text).to_owned(), span }
            }
        });
    }
    pieces
}

/// Whether a text begins like DBML: a block of its keywords with a brace or a colon.
pub fn looks_like_dbml(text: &str) -> bool {
    let (tokens, _) = token::tokens(text.get(..text.floor_char_boundary(4096)).unwrap_or(text));
    let mut cursor = Cursor::new(&tokens);
    let Some(first) = cursor.peek() else { return false };
    let is_keyword = ["project", "table", "tablepartial", "tablegroup", "enum", "ref", "note"]
        .iter()
        .any(|it| first.says(it));
    cursor.take();
    cursor.path();
    if cursor.peek().is_some_and(|it| it.says("as")) {
        cursor.take();
        cursor.path();
    }
    cursor.settings();
    is_keyword && cursor.peek().is_some_and(|it| it.is('{') || first.says("ref") && it.is(':'))
}

#[cfg(test)]
mod tests;

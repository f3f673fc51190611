//! The Prisma schema language.
//!
//! Source: <https://www.prisma.io/docs/orm/reference/prisma-schema-reference>. What it comes to is what
//! `prisma migrate diff --from-empty` writes: tables, names, actions and truncation; docs/dialects.md has the differences.

mod column;
mod model;
mod relation;
mod syntax;
mod table;
mod token;

use crate::base::Parsed;
use crate::read::translation::Translation;
use crate::read::{Diagnostic, Options, Reading};

/// Reads a schema; several files of one schema are read as one text. Never fails: what is not understood is told of at
/// its place.
pub fn prisma(text: &str, options: &Options) -> Parsed<Reading, Diagnostic> {
    let mut t = Translation::new(text);
    let (tokens, open) = token::tokens(text);
    for span in open {
        t.misread(span, "this quote is not closed on its line");
    }
    t.unclosed(tokens.iter().map(|it| it.span));
    let blocks = syntax::blocks(&tokens, &mut t);
    let schema = model::Schema::new(blocks, &mut t);
    table::write(&schema, &mut t);
    relation::write(&schema, &mut t);
    t.read(options)
}

/// Whether a text has a block of Prisma's: a model, an enum, a data source.
pub fn looks_like_prisma(text: &str) -> bool {
    let keywords = ["model", "enum", "datasource", "generator", "view", "type"];
    text.lines().map(str::trim).any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        matches!(words.as_slice(), [keyword, _, "{", ..] if keywords.contains(keyword))
            && (text.contains("@id")
                || text.contains("datasource ")
                || text.contains("generator ")
                || text.contains("@relation"))
    })
}

#[cfg(test)]
mod tests;

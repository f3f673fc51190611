//! Drizzle's schema files: TypeScript that builds tables.
//!
//! A small reader of the expressions that such files consist of runs them; what it cannot know is told of at its place.
//! Source: <https://orm.drizzle.team/docs/sql-schema-declaration>, and the SQL of `drizzle-kit export`, whose names these are.

mod column;
mod evaluate;
mod expression;
mod syntax;
mod table;
mod token;
mod value;

use crate::base::{Parsed, Span};
use crate::read::translation::Translation;
use crate::read::{Diagnostic, DiagnosticKind, Options, Reading};

/// The modules that tables are built with, PostgreSQL's first.
const CORES: [&str; 3] = ["drizzle-orm/pg-core", "drizzle-orm/mysql-core", "drizzle-orm/sqlite-core"];

/// Reads a schema file. Never fails.
pub fn drizzle(text: &str, options: &Options) -> Parsed<Reading, Diagnostic> {
    drizzle_files(text, &[Span::new(0, text.len())], options)
}

/// Reads the files of a schema, each a part of one text: what one imports from another is found. Never fails.
pub fn drizzle_files(text: &str, files: &[Span], options: &Options) -> Parsed<Reading, Diagnostic> {
    let mut t = Translation::new(text);
    // Programs that run on several databases declare their tables for each.
    let uses = |file: &Span, core: &str| file.of(text).contains(core);
    let core = CORES.iter().find(|core| files.iter().any(|it| uses(it, core)));
    let is_other =
        |file: &Span| core.is_some_and(|core| !uses(file, core)) && CORES.iter().any(|core| uses(file, core));
    let (others, files): (Vec<Span>, Vec<Span>) = files.iter().partition(|it| is_other(it));
    if let Some(first) = others.first() {
        let what = "this and other files for another database";
        t.say(Span { end: first.start, ..*first }, DiagnosticKind::LeftOut { what });
    }
    let file = |span: &Span| {
        let part = span.of(text);
        syntax::file(&token::tokens(part, span.start as usize))
    };
    let files: Vec<syntax::File> = files.iter().map(file).collect();
    // An option of the configuration and of the client alike: `casing: "snake_case"`.
    let compact: String = text.split_whitespace().collect::<String>().replace('\'', "\"");
    let snake_case = compact.contains("casing:\"snake_case\"");
    let mut world = evaluate::World::new(&files, &mut t, snake_case);
    world.write();
    t.read(options)
}

/// Whether a text is TypeScript that builds tables with Drizzle.
pub fn looks_like_drizzle(text: &str) -> bool {
    text.contains("drizzle-orm") && text.contains("import")
}

#[cfg(test)]
mod tests;

//! A text in another language, put as PostgreSQL statements that each remember their place.
//!
//! The readers of other languages translate; what the statements come to is then decided in one room, that of
//! PostgreSQL's own language, so that names, types, references and refusals follow one set of rules.

use std::collections::BTreeMap;

use crate::base::{LineIndex, Parsed, Span};
use crate::design::{Area, AreaId, Design, Edit, Note, NoteId, Record, Replaced, Stage, TableId, TableKind};

use crate::pg::{TokenKind, tokens};
use crate::sql::ident;

use super::{Diagnostic, DiagnosticKind, Options, Reading, postgres};

/// The statements of a translated text, and what there is to say about it.
#[derive(Debug, Default)]
pub struct Translation<'a> {
    text: &'a str,
    /// In any order of stages; those of one stage stay as they were put.
    pub statements: Vec<Statement>,
    /// What the translator has to say.
    pub diagnostics: Vec<Diagnostic>,
    /// What the design is called.
    pub title: Option<String>,
    /// Groups of tables.
    pub areas: Vec<Group>,
    /// Notes of the diagram.
    pub notes: Vec<String>,
    /// Tables that hold the pairs of a relationship.
    pub junctions: Vec<TableName>,
    units: usize,
}

/// A table's SQL schema, where it is not `public`, and its name.
pub type TableName = (Option<String>, String);

/// A group of tables.
#[derive(Debug)]
pub struct Group {
    /// Its title.
    pub name: String,
    /// Its tables.
    pub tables: Vec<TableName>,
}

/// A statement with the block of the text that it translates.
#[derive(Debug)]
pub struct Statement {
    /// The block: a model, a table, a statement of another dialect.
    pub unit: usize,
    /// The part of the block that it translates.
    pub span: Span,
    /// When it runs.
    pub stage: Stage,
    /// What it is.
    pub content: Content,
}

/// What a translated statement is.
#[derive(Debug)]
pub enum Content {
    /// PostgreSQL.
    Sql(String),
    /// Words without an equivalent, kept in a comment, and why.
    Kept(String, DiagnosticKind),
}

impl<'a> Translation<'a> {
    /// Nothing translated yet.
    pub fn new(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }

    /// Begins a block of the text.
    pub fn unit(&mut self) -> usize {
        self.units += 1;
        self.units - 1
    }

    /// Adds a statement to a block.
    pub fn put_for(&mut self, unit: usize, stage: Stage, span: Span, sql: String) {
        self.statements.push(Statement { unit, span, stage, content: Content::Sql(sql) });
    }

    /// Keeps words of a block in a comment, and says why.
    pub fn keep(&mut self, unit: usize, span: Span, why: DiagnosticKind) {
        let content = Content::Kept(span.of(self.text).to_owned(), why);
        self.statements.push(Statement { unit, span, stage: Stage::Epilogue, content });
    }

    /// Says something about a place.
    pub fn say(&mut self, span: Span, kind: DiagnosticKind) {
        self.diagnostics.push(Diagnostic { span, kind });
    }

    /// Tells of brackets that are never closed, by the tokens of the text: the innermost where several are open.
    pub fn unclosed(&mut self, tokens: impl IntoIterator<Item = Span>) {
        let text = self.text;
        let mut open: Vec<Span> = Vec::new();
        for token in tokens {
            let other = match token.of(text) {
                "{" | "[" | "(" => {
                    open.push(token);
                    continue;
                }
                "}" => "{",
                "]" => "[",
                ")" => "(",
                _ => continue,
            };
            if open.iter().any(|it| it.of(text) == other) {
                while let Some(inner) = open.pop().filter(|it| it.of(text) != other) {
                    self.misread(inner, "this bracket is never closed");
                }
            }
        }
        if let Some(it) = open.last() {
            self.misread(*it, "this bracket is never closed");
        }
    }

    /// Says that words of the text were not understood and are left out.
    pub fn misread(&mut self, span: Span, message: impl Into<String>) {
        self.say(span, DiagnosticKind::Misread { message: message.into() });
    }

    /// Says that something has no equivalent, and what is there instead.
    pub fn no_equivalent(&mut self, span: Span, what: impl Into<String>, instead: impl Into<String>) {
        self.say(span, DiagnosticKind::NoEquivalent { what: what.into(), instead: instead.into() });
    }

    /// Says that something has no equivalent, at the first place only where it is.
    pub fn once(&mut self, span: Span, what: &str, instead: &str) {
        let is_said =
            |it: &Diagnostic| matches!(&it.kind, DiagnosticKind::NoEquivalent { what: it, .. } if it == what);
        if !self.diagnostics.iter().any(is_said) {
            self.no_equivalent(span, what, instead);
        }
    }

    /// The design that the statements come to.
    pub fn read(self, options: &Options) -> Parsed<Reading, Diagnostic> {
        let lines = LineIndex::new(self.text);
        self.read_at(options, &|span| lines.place(span.start).line)
    }

    /// The same, where the text is of several files: `line_of` tells the line of a place in its file.
    pub fn read_at(
        mut self,
        options: &Options,
        line_of: &dyn Fn(Span) -> u32,
    ) -> Parsed<Reading, Diagnostic> {
        self.make_extensions();
        self.statements.sort_by_key(|it| it.stage);
        let mut parsed = postgres::translated(options, line_of, &self.statements, self.units);
        let design = &mut parsed.tree.design;
        for edit in [self.kinds(design), self.surroundings(design)] {
            let applied = design.apply(&edit);
            debug_assert!(applied.is_ok(), "titles, kinds, areas and notes break no invariant: {applied:?}");
        }
        parsed.errors.append(&mut self.diagnostics);
        parsed.errors.sort_by_key(|it| it.span);
        parsed
    }

    /// Creates the extensions whose functions and operator classes the statements use: the other language leaves them
    /// to whoever sets up the database.
    fn make_extensions(&mut self) {
        let mut found: BTreeMap<&'static str, (usize, Span)> = BTreeMap::new();
        for statement in &self.statements {
            let Content::Sql(sql) = &statement.content else { continue };
            let words = tokens(sql).filter(|it| it.kind == TokenKind::Word);
            for extension in words.filter_map(|it| extension_of(it.span.of(sql))) {
                found.entry(extension).or_insert((statement.unit, statement.span));
            }
        }
        for (extension, (unit, span)) in found {
            let sql = format!("CREATE EXTENSION IF NOT EXISTS {}", ident(extension));
            self.put_for(unit, Stage::Namespaces, span, sql);
        }
    }

    fn kinds(&self, design: &Design) -> Edit {
        let names = by_name(design);
        let found = self.junctions.iter().filter_map(|it| design.table(*names.get(it)?));
        let changed = |before: &crate::design::Table| {
            let mut after = before.clone();
            after.kind = TableKind::Junction;
            Replaced { before: Some(before.clone().into()), after: Some(after.into()) }
        };
        Edit { records: found.filter(|it| it.kind != TableKind::Junction).map(changed).collect() }
    }

    fn surroundings(&self, design: &Design) -> Edit {
        let (names, mut ids) = (by_name(design), design.ids());
        let mut edit = Edit::default();
        if let Some(title) = self.title.as_ref().filter(|it| **it != design.title()) {
            let (before, after) = (Record::Title(design.title().to_owned()), Record::Title(title.clone()));
            edit.records.push(Replaced { before: Some(before), after: Some(after) });
        }
        let mut add = |record: Record| edit.records.push(Replaced { before: None, after: Some(record) });
        let mut grouped: Vec<TableId> = Vec::new();
        for group in &self.areas {
            let mut tables: Vec<TableId> =
                group.tables.iter().filter_map(|it| names.get(it).copied()).collect();
            // A table stands in one area.
            tables.retain(|it| {
                let is_new = !grouped.contains(it);
                grouped.push(*it);
                is_new
            });
            let id: AreaId = ids.take();
            add(Area { id, name: group.name.clone(), tables, ..Area::default() }.into());
        }
        for (index, text) in self.notes.iter().enumerate() {
            let id: NoteId = ids.take();
            add(note(id, index, text).into());
        }
        edit
    }
}

/// The extension that a function or an operator class comes with.
///
/// Source: PostgreSQL manual, appendix F "Additional Supplied Modules"; pgvector's README.
fn extension_of(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "uuid_generate_v1" | "uuid_generate_v1mc" | "uuid_generate_v3" | "uuid_generate_v4"
        | "uuid_generate_v5" => "uuid-ossp",
        "gen_salt" | "crypt" | "gen_random_bytes" | "pgp_sym_encrypt" | "pgp_sym_decrypt" => "pgcrypto",
        "gin_trgm_ops" | "gist_trgm_ops" => "pg_trgm",
        "unaccent" => "unaccent",
        "vector_l2_ops" | "vector_ip_ops" | "vector_cosine_ops" | "vector_l1_ops" | "halfvec_l2_ops"
        | "halfvec_cosine_ops" => "vector",
        _ => return None,
    })
}

/// A note in a column to the left of the tables, which the layout begins at the origin.
fn note(id: NoteId, index: usize, text: &str) -> Note {
    const WIDTH: u32 = 240;
    const HEIGHT: u32 = 120;
    const GAP: i32 = 40;
    let y = index as i32 * (HEIGHT as i32 + GAP);
    let x = -(WIDTH as i32) - GAP;
    Note { id, text: text.to_owned(), x, y, width: WIDTH, height: HEIGHT, ..Note::default() }
}

fn by_name(design: &Design) -> BTreeMap<TableName, TableId> {
    let namespace = |it: &crate::design::Table| Some(design.namespace(it.namespace?)?.name.clone());
    design.tables().map(|it| ((namespace(it), it.name.clone()), it.id)).collect()
}

//! A script's statements, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::Dialect;
use super::cursor::{Cursor, span_of};
use super::definition;
use super::expression;
use super::indexes::{Index, Indexes, Kind, Of};
use super::model::{Column, ForeignKey, IndexKind};
use super::rows::Rows;
use super::token::Token;
use super::{alter, rows, table};
use crate::base::Span;
use crate::design::Stage;
use crate::read::DiagnosticKind;
use crate::read::translation::Translation;
use crate::sql::ident;

/// A script on its way.
pub struct Script<'a> {
    /// What it comes to.
    pub t: Translation<'a>,
    /// Whose it is.
    pub dialect: Dialect,
    /// The block that is being read.
    pub unit: usize,
    /// The tables there are, by their names in small letters.
    pub tables: BTreeMap<String, Known>,
    /// The indexes there are.
    pub indexes: Indexes,
    /// Foreign keys wait until all tables are there.
    pub foreign_keys: Vec<Waiting>,
    /// Rows wait until it is known how many there are.
    pub rows: BTreeMap<String, Rows>,
    /// Trigger functions that are made.
    pub functions: BTreeSet<String>,
    /// The types that were made for columns of a table.
    pub enums: BTreeMap<String, BTreeSet<String>>,
    /// How many rows of a table are few.
    pub most_rows: usize,
}

/// A table that was created.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// Columns with their types, in order.
    pub columns: Vec<(String, String)>,
    /// The columns of its key.
    pub key: Vec<String>,
    /// Columns that no row gives.
    pub generated: Vec<String>,
    /// Columns that always have a value.
    pub required: Vec<String>,
    /// Columns that have a value where a row gives none.
    pub defaults: Vec<String>,
}

/// A foreign key of a table.
pub struct Waiting {
    /// The referencing table's name.
    pub table: String,
    /// The key.
    pub fk: ForeignKey,
    /// Its block of the text.
    pub unit: usize,
}

impl Known {
    /// A row of it in a trigger; no trigger that runs before sees what is generated.
    pub fn row(&self, side: &str) -> String {
        if self.generated.is_empty() {
            return format!("{side}.*");
        }
        let given = self.columns.iter().filter(|it| !self.generated.contains(&it.0));
        let columns: Vec<String> = given.map(|it| format!("{side}.{}", ident(&it.0))).collect();
        format!("ROW({})", columns.join(", "))
    }

    /// Whether a column always has a value, and has one by itself.
    pub fn column_is(&mut self, column: &Column, counts: bool) {
        let name = &column.name;
        for list in [&mut self.required, &mut self.defaults] {
            list.retain(|it| it != name);
        }
        if column.not_null || column.primary || self.key.contains(name) {
            self.required.push(name.clone());
        }
        let is_null = column.default.is_none_or(|it| matches!(it, [one] if one.says("null")));
        if counts || column.generated.is_some() || !is_null {
            self.defaults.push(name.clone());
        }
    }

    /// The name of a column as it was created.
    pub fn own_name(&self, name: &str) -> String {
        self.column(name).map_or_else(|| name.to_owned(), |it| it.0.clone())
    }

    /// The column of this name in any case.
    pub fn column(&self, name: &str) -> Option<&(String, String)> {
        self.columns.iter().find(|it| it.0.eq_ignore_ascii_case(name))
    }
}

impl<'a> Script<'a> {
    /// Nothing read yet.
    pub fn new(t: Translation<'a>, dialect: Dialect, most_rows: usize) -> Self {
        Self {
            t,
            dialect,
            unit: 0,
            tables: BTreeMap::new(),
            indexes: Indexes::default(),
            foreign_keys: Vec::new(),
            rows: BTreeMap::new(),
            functions: BTreeSet::new(),
            enums: BTreeMap::new(),
            most_rows,
        }
    }

    /// Adds a statement that runs in its turn.
    pub fn put(&mut self, span: Span, sql: String) {
        self.t.put_for(self.unit, Stage::Tables, span, sql);
    }

    /// The table of this name in any case.
    pub fn table(&self, name: &str) -> Option<&Known> {
        self.tables.get(&name.to_lowercase())
    }

    /// The name of a table as it was created.
    pub fn name_of(&self, name: &str) -> String {
        self.table(name).map_or_else(|| name.to_owned(), |it| it.name.clone())
    }

    /// Gives an index a name that no other has in PostgreSQL, and remembers both.
    pub fn add_index(&mut self, table: &str, name: Option<&str>, columns: Vec<String>, kind: Kind) -> String {
        let of = Of { columns: &columns, kind };
        let own =
            self.indexes.free_name(table, name, &of, &|it| self.tables.contains_key(&it.to_lowercase()));
        // MySQL names an index after its first column.
        let name = name.or(columns.first().map(String::as_str)).unwrap_or_default().to_owned();
        self.indexes.add(Index { table: table.to_owned(), name, own: own.clone(), columns, kind });
        own
    }

    /// Drops an index by the name that it has in the script; gives whether there is one.
    pub fn drop_index(&mut self, table: Option<&str>, name: &str, span: Span) -> bool {
        let Some(index) = self.indexes.take(table, name) else { return false };
        let own = ident(&index.own);
        self.put(
            span,
            match index.kind {
                Kind::Constraint => format!("ALTER TABLE {} DROP CONSTRAINT {own}", ident(&index.table)),
                Kind::Plain | Kind::Unique => format!("DROP INDEX {own}"),
            },
        );
        true
    }

    /// Keeps the statement in a comment.
    fn keep(&mut self, span: Span, what: &str, instead: &str) {
        let why = DiagnosticKind::NoEquivalent { what: what.to_owned(), instead: instead.to_owned() };
        self.t.keep(self.unit, span, why);
    }

    /// Reads one statement.
    pub fn statement(&mut self, tokens: &[Token]) {
        self.unit = self.t.unit();
        let span = span_of(tokens);
        let mut cursor = Cursor::new(tokens);
        if cursor.eat("create") {
            self.create(&mut cursor, span);
        } else if cursor.eat("alter table") {
            alter::alter(self, &mut cursor, span);
        } else if cursor.eat("drop") {
            self.drop(&mut cursor, span);
        } else if cursor.eat("rename table") {
            for part in cursor.parts() {
                let mut part = Cursor::new(part);
                let (Some(from), true, Some(to)) = (part.last_name(), part.eat("to"), part.last_name())
                else {
                    continue;
                };
                alter::rename_table(self, &from, &to, span);
            }
        } else if cursor.sees("insert") || cursor.sees("replace") {
            rows::read(self, &mut cursor, span);
        } else if ["update", "delete", "truncate"].iter().any(|it| cursor.sees(it)) {
            rows::change(self, &mut cursor, span);
        } else if cursor.sees("alter") || cursor.sees("grant") || cursor.sees("call") {
            let first = tokens.first().map_or("", |it| it.value.as_str()).to_uppercase();
            self.keep(span, &first, "write it in PostgreSQL's words");
        }
        // The rest sets up a session or locks tables: `SET`, `USE`, `LOCK TABLES`, `PRAGMA`, `BEGIN`, `ANALYZE`…
    }

    fn create(&mut self, cursor: &mut Cursor, span: Span) {
        cursor.eat("or replace");
        let temporary = cursor.eat("temporary") || cursor.eat("temp");
        if cursor.eat("table") {
            if temporary {
                return;
            }
            table::create(self, cursor, span);
            return;
        }
        if cursor.eat("virtual table") {
            return self.keep(span, "CREATE VIRTUAL TABLE", "index a `tsvector` for full-text search");
        }
        if cursor.eat("database") || cursor.eat("schema") {
            return;
        }
        let kind = if cursor.eat("fulltext") {
            IndexKind::FullText
        } else if cursor.eat("spatial") {
            IndexKind::Spatial
        } else {
            IndexKind::Plain
        };
        let unique = cursor.eat("unique");
        if cursor.eat("index") {
            cursor.eat("if not exists");
            let name = cursor.last_name();
            if cursor.eat("using") {
                cursor.take();
            }
            let table = if cursor.eat("on") { cursor.last_name() } else { None };
            if let (Some(name), Some(table), Some(elements)) = (name, table, cursor.parentheses()) {
                let table = self.name_of(&table);
                let predicate = if cursor.eat("where") { cursor.rest() } else { &[] };
                let elements = definition::elements(elements);
                table::index(self, &table, kind, unique, Some(name), &elements, predicate, span);
                return;
            }
            return self.t.misread(span, "an index reads `CREATE INDEX name ON table (columns)`");
        }
        // `ALGORITHM=… DEFINER=… SQL SECURITY …` stand before the kind.
        while let Some(token) = cursor.peek() {
            if token.says("view") {
                cursor.take();
                return self.view(cursor, span);
            }
            if ["trigger", "procedure", "function", "event"].iter().any(|it| token.says(it)) {
                let what = format!("{} in this dialect's language", token.value.to_uppercase());
                return self.keep(span, &what, "write it in PL/pgSQL");
            }
            cursor.take();
        }
        self.keep(span, "this CREATE", "write it in PostgreSQL's words");
    }

    fn view(&mut self, cursor: &mut Cursor, span: Span) {
        cursor.eat("if not exists");
        let Some(name) = cursor.last_name() else { return };
        let columns = cursor.parentheses().map(definition::names);
        cursor.eat("as");
        let tokens = cursor.rest();
        match expression::translated(tokens, &|word| self.known_name(word)) {
            Ok(query) => {
                let columns: Option<Vec<String>> = columns.map(|it| it.iter().map(|it| ident(it)).collect());
                let columns = columns.map(|it| format!(" ({})", it.join(", "))).unwrap_or_default();
                self.put(span, format!("CREATE VIEW {}{columns} AS {query}", ident(&name)));
            }
            Err(word) => {
                self.keep(span, &format!("{word} in a view's query"), "write the view in PostgreSQL's words");
            }
        }
    }

    /// The name of a table or column that a word means, and whether it is a column of true and false.
    fn known_name(&self, word: &str) -> Option<(String, bool)> {
        if let Some(table) = self.table(word) {
            return Some((table.name.clone(), false));
        }
        let column = self.tables.values().find_map(|it| it.column(word))?;
        Some((column.0.clone(), false))
    }

    fn drop(&mut self, cursor: &mut Cursor, span: Span) {
        cursor.eat("temporary");
        let what = if cursor.eat("table") {
            "TABLE"
        } else if cursor.eat("view") {
            "VIEW"
        } else if cursor.eat("index") {
            "INDEX"
        } else {
            return;
        };
        let if_exists = if cursor.eat("if exists") { "IF EXISTS " } else { "" };
        for part in cursor.parts() {
            let mut part = Cursor::new(part);
            let Some(name) = part.last_name() else { continue };
            if what == "INDEX" {
                // `DROP INDEX name ON table`
                let table = if part.eat("on") { part.last_name() } else { None };
                if !self.drop_index(table.as_deref(), &name, span) && if_exists.is_empty() {
                    self.t.say(span, DiagnosticKind::LeftOut { what: "DROP of an index that is not there" });
                }
                continue;
            }
            let name = self.name_of(&name);
            let is_there = self.tables.contains_key(&name.to_lowercase());
            if what == "TABLE" {
                self.tables.remove(&name.to_lowercase());
                self.rows.remove(&name);
                self.foreign_keys.retain(|it| it.table != name);
                self.indexes.drop_table(&name);
            }
            self.put(span, format!("DROP {what} {if_exists}{}", ident(&name)));
            for data_type in self.enums.remove(&name).filter(|_| is_there).unwrap_or_default() {
                self.put(span, format!("DROP TYPE {}", ident(&data_type)));
            }
        }
    }

    /// The translation, with what had to wait.
    pub fn finish(mut self) -> Translation<'a> {
        for waiting in std::mem::take(&mut self.foreign_keys) {
            table::foreign_key(&mut self, &waiting);
        }
        let most = self.most_rows;
        for (table, rows) in std::mem::take(&mut self.rows) {
            rows::write(&mut self, &table, &rows, most);
        }
        self.t
    }
}

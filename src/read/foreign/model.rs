//! What a table is said to have, before it becomes statements.

use super::token::Token;
use super::types::Written;
use crate::base::Span;

/// A column as it was written.
#[derive(Clone, Debug, Default)]
pub struct Column<'t> {
    /// Its name.
    pub name: String,
    /// Its type.
    pub data_type: Written,
    /// Where the type stands.
    pub type_span: Span,
    /// `NOT NULL`
    pub not_null: bool,
    /// `PRIMARY KEY`
    pub primary: bool,
    /// `UNIQUE`
    pub unique: bool,
    /// `AUTO_INCREMENT`, `AUTOINCREMENT`
    pub counts: bool,
    /// `DEFAULT`
    pub default: Option<&'t [Token]>,
    /// `ON UPDATE CURRENT_TIMESTAMP`
    pub on_update: Option<Span>,
    /// `GENERATED ALWAYS AS`
    pub generated: Option<&'t [Token]>,
    /// `COLLATE`, `CHARACTER SET`
    pub collation: Option<(Span, String)>,
    /// `CHECK`, with its name.
    pub checks: Vec<(Option<String>, &'t [Token])>,
    /// `REFERENCES`
    pub references: Option<ForeignKey>,
    /// `COMMENT`
    pub comment: Option<String>,
    /// The whole.
    pub span: Span,
}

/// `FOREIGN KEY`
#[derive(Clone, Debug, Default)]
pub struct ForeignKey {
    /// Its name.
    pub name: Option<String>,
    /// Referencing columns.
    pub columns: Vec<String>,
    /// The referenced table.
    pub table: String,
    /// Its columns; none is its key.
    pub to: Vec<String>,
    /// `ON DELETE …`, `DEFERRABLE …`, in SQL.
    pub clauses: String,
    /// The whole.
    pub span: Span,
}

/// What follows the columns.
#[derive(Clone, Debug)]
pub enum Constraint<'t> {
    /// `PRIMARY KEY`
    Primary(Vec<Element<'t>>),
    /// `UNIQUE`
    Unique(Option<String>, Vec<Element<'t>>),
    /// `KEY`, and what kind where it is of one.
    Index(IndexKind, Option<String>, Vec<Element<'t>>),
    /// `FOREIGN KEY`
    Foreign(ForeignKey),
    /// `CHECK`
    Check(Option<String>, &'t [Token]),
}

/// The kinds of indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// A B-tree.
    Plain,
    /// `FULLTEXT`
    FullText,
    /// `SPATIAL`
    Spatial,
}

/// An element of a key.
#[derive(Clone, Debug)]
pub struct Element<'t> {
    /// The column, where it is one.
    pub column: Option<String>,
    /// The expression, where it is one.
    pub expression: &'t [Token],
    /// `(10)` behind a column: only its beginning is indexed.
    pub prefix: Option<Span>,
    /// `DESC`
    pub descending: bool,
}

/// An item of a table's body.
#[derive(Clone, Debug)]
pub enum Item<'t> {
    /// A column.
    Column(Box<Column<'t>>),
    /// A constraint or an index.
    Constraint(Constraint<'t>),
}

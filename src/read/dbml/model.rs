//! What a DBML file says, before it becomes statements.

use super::syntax::Path;
use crate::base::Span;
use crate::read::translation::{TableName, Translation};

/// The whole file.
#[derive(Debug, Default)]
pub struct Model {
    /// Tables in order.
    pub tables: Vec<Table>,
    /// What tables can be made of.
    pub partials: Vec<Table>,
    /// Value sets in order.
    pub enums: Vec<Enum>,
    /// References in order.
    pub references: Vec<Reference>,
    /// Sample rows in order.
    pub records: Vec<Records>,
    /// Whether the file says that it is for PostgreSQL.
    pub is_own: bool,
}

/// `Table`, or `TablePartial`.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its block of the text.
    pub unit: usize,
    /// Its SQL schema and name.
    pub name: TableName,
    /// Another name for references.
    pub alias: Option<String>,
    /// Columns and injections in order.
    pub items: Vec<Item>,
    /// `indexes`.
    pub indexes: Vec<Index>,
    /// `checks`: name and expression.
    pub checks: Vec<(Span, Option<String>, String)>,
    /// `Note`.
    pub note: Option<String>,
    /// Its head.
    pub span: Span,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub enum Item {
    /// A column.
    Column(Column),
    /// `~name`
    Inject(Span, String),
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub data_type: Type,
    /// `pk`
    pub primary: bool,
    /// `unique`
    pub unique: bool,
    /// `not null`, or `null`.
    pub not_null: Option<bool>,
    /// `increment`
    pub increment: bool,
    /// `default`
    pub default: Option<(Span, Value)>,
    /// `check`
    pub checks: Vec<(Span, String)>,
    /// `note`
    pub note: Option<String>,
    /// `ref`: as in a reference, with this column first.
    pub references: Vec<(Span, String, Path)>,
    /// Its line.
    pub span: Span,
}

/// A type as it was written.
#[derive(Clone, Debug, Default)]
pub struct Type {
    /// The name with its schema.
    pub path: Path,
    /// Between the parentheses.
    pub arguments: Vec<String>,
    /// How many brackets.
    pub dimensions: usize,
    /// Where it stands.
    pub span: Span,
}

/// A value of a default or a sample row.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `'text'`
    Text(String),
    /// A number, `true`, `false`, a constant.
    Word(String),
    /// Between backticks.
    Expression(String),
    /// `null`, or nothing.
    Null,
}

/// An index, unique constraint or composite key.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Column names, and expressions.
    pub elements: Vec<Element>,
    /// `name`
    pub name: Option<String>,
    /// `pk`
    pub primary: bool,
    /// `unique`
    pub unique: bool,
    /// `type`
    pub method: Option<String>,
    /// `note`
    pub note: Option<String>,
    /// Its line.
    pub span: Span,
}

/// What an index indexes.
#[derive(Clone, Debug)]
pub enum Element {
    /// A column.
    Column(String),
    /// An expression.
    Expression(String),
}

/// `Enum`.
#[derive(Debug)]
pub struct Enum {
    /// Its block of the text.
    pub unit: usize,
    /// Its SQL schema and name.
    pub name: TableName,
    /// Values with their notes.
    pub values: Vec<(String, Option<String>)>,
    /// Its head.
    pub span: Span,
}

/// `Ref`.
#[derive(Debug)]
pub struct Reference {
    /// Its block of the text.
    pub unit: usize,
    /// Its name.
    pub name: Option<String>,
    /// The end before the sign.
    pub left: End,
    /// `<`, `>`, `-` or `<>`.
    pub sign: String,
    /// The end after the sign.
    pub right: End,
    /// `delete`
    pub on_delete: Option<String>,
    /// `update`
    pub on_update: Option<String>,
    /// Whether the reference stands with its column: the column is then the referencing one in a pair of ones.
    pub inline: bool,
    /// Its words.
    pub span: Span,
}

/// An end of a reference.
#[derive(Clone, Debug)]
pub struct End {
    /// The table's name as written.
    pub table: Path,
    /// The columns.
    pub columns: Vec<String>,
}

/// `Records`.
#[derive(Debug)]
pub struct Records {
    /// Its block of the text.
    pub unit: usize,
    /// The table's name as written.
    pub table: Path,
    /// The columns, where they are named.
    pub columns: Option<Vec<String>>,
    /// The rows.
    pub rows: Vec<(Span, Vec<Value>)>,
    /// Its head.
    pub span: Span,
}

impl Table {
    /// Its columns.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.items.iter().filter_map(|it| match it {
            Item::Column(it) => Some(it),
            Item::Inject(..) => None,
        })
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns().find(|it| it.name == name)
    }
}

impl Model {
    /// The table that a path means: by name, or by alias.
    pub fn table(&self, path: &[String]) -> Option<&Table> {
        let name = name_of(path)?;
        let by_alias = |it: &&Table| path.len() == 1 && it.alias.as_ref() == path.first();
        self.tables.iter().find(|it| it.name == name).or_else(|| self.tables.iter().find(by_alias))
    }

    /// The column that one column of a table references.
    pub fn referenced(&self, table: &Table, column: &Column) -> Option<(&Table, &Column)> {
        let is_here = |end: &End| {
            matches!(end.columns.as_slice(), [name] if *name == column.name)
                && self.table(&end.table).is_some_and(|it| it.name == table.name)
        };
        self.references.iter().find_map(|it| {
            let (from, to) = match it.sign.as_str() {
                ">" => (&it.left, &it.right),
                "<" => (&it.right, &it.left),
                "-" if it.inline => (&it.left, &it.right),
                "-" => (&it.right, &it.left),
                _ => return None,
            };
            let other = self.table(&to.table).filter(|_| is_here(from))?;
            Some((other, other.column(to.columns.first()?)?))
        })
    }

    /// The value set that a path means.
    pub fn enumeration(&self, path: &[String]) -> Option<&Enum> {
        let name = name_of(path)?;
        self.enums.iter().find(|it| it.name == name)
    }

    /// Puts the columns, indexes, checks and notes of partials into the tables that name them. Of two definitions of a
    /// column the table's own wins, then the one injected last.
    pub fn inject(&mut self, t: &mut Translation) {
        for table in &mut self.tables {
            let items = std::mem::take(&mut table.items);
            let own: Vec<String> = items.iter().filter_map(column_name).collect();
            for item in items {
                let Item::Inject(span, name) = item else {
                    table.items.push(item);
                    continue;
                };
                let Some(partial) = self.partials.iter().find(|it| it.name.1 == name) else {
                    t.misread(
                        span,
                        format!("there is no `TablePartial {name}`; define it, or take this line out"),
                    );
                    continue;
                };
                for column in partial.columns().filter(|it| !own.contains(&it.name)) {
                    table.items.retain(|it| column_name(it).as_ref() != Some(&column.name));
                    table.items.push(Item::Column(column.clone()));
                }
                table.indexes.extend(partial.indexes.iter().cloned());
                table.checks.extend(partial.checks.iter().cloned());
                if table.note.is_none() {
                    table.note.clone_from(&partial.note);
                }
            }
        }
        let mut inline = Vec::new();
        for table in &self.tables {
            let path: Path = table.name.0.iter().chain([&table.name.1]).cloned().collect();
            for column in table.columns() {
                for (span, sign, other) in &column.references {
                    let left = End { table: path.clone(), columns: vec![column.name.clone()] };
                    let mut other = other.clone();
                    let right = End { columns: other.pop().into_iter().collect(), table: other };
                    let (sign, span, unit) = (sign.clone(), *span, table.unit);
                    let (on_delete, on_update) = (None, None);
                    inline.push(Reference {
                        unit,
                        name: None,
                        left,
                        sign,
                        right,
                        on_delete,
                        on_update,
                        inline: true,
                        span,
                    });
                }
            }
        }
        // In the order of the text, which is the order of the constraints' names.
        self.references.append(&mut inline);
        self.references.sort_by_key(|it| it.span);
    }
}

fn column_name(item: &Item) -> Option<String> {
    match item {
        Item::Column(it) => Some(it.name.clone()),
        Item::Inject(..) => None,
    }
}

/// The SQL schema and name of a path; `public` is none.
pub fn name_of(path: &[String]) -> Option<TableName> {
    match path {
        [.., schema, name] if schema != "public" => Some((Some(schema.clone()), name.clone())),
        [.., name] => Some((None, name.clone())),
        [] => None,
    }
}

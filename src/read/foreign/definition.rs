//! The items of a table's body: columns, keys, indexes, checks.

use super::Dialect;
use super::cursor::{Cursor, span_of, split};
use super::model::{Column, Constraint, Element, ForeignKey, IndexKind, Item};
use super::token::{Kind, Token};
use super::types::Written;

/// Reads what stands between two commas: one item, or several constraints, since SQLite asks for no commas between those.
pub fn items(tokens: &[Token], dialect: Dialect) -> Vec<Item<'_>> {
    let mut cursor = Cursor::new(tokens);
    let Some(first) = constraint(&mut cursor, dialect) else {
        return column(tokens, dialect).map(|it| Item::Column(Box::new(it))).into_iter().collect();
    };
    let mut found = vec![Item::Constraint(first)];
    while dialect == Dialect::Sqlite && cursor.peek().is_some() {
        let begins = ["constraint", "primary", "unique", "foreign", "check"].iter().any(|it| cursor.sees(it));
        match if begins { constraint(&mut cursor, dialect) } else { None } {
            Some(it) => found.push(Item::Constraint(it)),
            None => {
                cursor.take();
            }
        }
    }
    found
}

/// A constraint or an index, where one begins here. A column may be called `key`, but not before a type and unquoted in
/// MySQL; in SQLite it may, and there `KEY` begins nothing.
pub fn constraint<'t>(cursor: &mut Cursor<'t>, dialect: Dialect) -> Option<Constraint<'t>> {
    let mut name = None;
    if cursor.eat("constraint") {
        let begins = ["primary", "unique", "foreign", "check"].iter().any(|it| cursor.sees(it));
        name = if begins { None } else { cursor.name() };
    }
    if cursor.eat("primary key") {
        passed_method(cursor);
        return Some(Constraint::Primary(elements(cursor.parentheses()?)));
    }
    if cursor.eat("unique") {
        let _ = cursor.eat("key") || cursor.eat("index");
        let own = index_name(cursor);
        return Some(Constraint::Unique(own.or(name), elements(cursor.parentheses()?)));
    }
    if cursor.eat("foreign key") {
        let own = index_name(cursor);
        let columns = names(cursor.parentheses()?);
        let mut fk = references(cursor)?;
        fk.columns = columns;
        fk.name = name.or(own);
        return Some(Constraint::Foreign(fk));
    }
    if cursor.eat("check") {
        return Some(Constraint::Check(name, cursor.parentheses()?));
    }
    if dialect == Dialect::Sqlite {
        return None;
    }
    let kind = if cursor.eat("fulltext") {
        IndexKind::FullText
    } else if cursor.eat("spatial") {
        IndexKind::Spatial
    } else if cursor.sees("key") || cursor.sees("index") {
        IndexKind::Plain
    } else {
        return None;
    };
    let _ = cursor.eat("key") || cursor.eat("index");
    let name = index_name(cursor);
    Some(Constraint::Index(kind, name, elements(cursor.parentheses()?)))
}

/// The name of an index with `USING BTREE` behind it.
fn index_name(cursor: &mut Cursor) -> Option<String> {
    let name = if cursor.sees("using") { None } else { cursor.name() };
    passed_method(cursor);
    name
}

fn passed_method(cursor: &mut Cursor) {
    if cursor.eat("using") {
        cursor.take();
    }
}

/// Column names with commas between them.
pub fn names(tokens: &[Token]) -> Vec<String> {
    split(tokens).iter().filter_map(|it| it.first()).map(|it| it.value.clone()).collect()
}

/// The elements of a key.
pub fn elements(tokens: &[Token]) -> Vec<Element<'_>> {
    split(tokens).into_iter().map(element).collect()
}

fn element(tokens: &[Token]) -> Element<'_> {
    let descending = tokens.last().is_some_and(|it| it.says("desc"));
    let ordered = descending || tokens.last().is_some_and(|it| it.says("asc"));
    let body = tokens.get(..tokens.len() - usize::from(ordered)).unwrap_or_default();
    let mut element = Element { column: None, expression: body, prefix: None, descending };
    match body {
        [name] if name.is_name() => element.column = Some(name.value.clone()),
        [name, open, length, close]
            if name.is_name() && open.is('(') && length.kind == Kind::Number && close.is(')') =>
        {
            element.column = Some(name.value.clone());
            element.prefix = Some(open.span.cover(close.span));
        }
        [name, collate, _] if name.is_name() && collate.says("collate") => {
            element.column = Some(name.value.clone());
        }
        _ => {}
    }
    element
}

/// `REFERENCES table (columns) …`
fn references(cursor: &mut Cursor) -> Option<ForeignKey> {
    if !cursor.eat("references") {
        return None;
    }
    let from = cursor.peek().map(|it| it.span)?;
    let mut fk = ForeignKey { table: cursor.last_name()?, span: from, ..ForeignKey::default() };
    fk.to = cursor.parentheses().map(names).unwrap_or_default();
    loop {
        if cursor.eat("on delete") {
            fk.clauses += &format!(" ON DELETE {}", action(cursor));
        } else if cursor.eat("on update") {
            fk.clauses += &format!(" ON UPDATE {}", action(cursor));
        } else if cursor.eat("match") {
            cursor.take();
        } else if cursor.eat("not deferrable initially immediate") || cursor.eat("not deferrable") {
        } else if cursor.eat("deferrable initially deferred") {
            fk.clauses += " DEFERRABLE INITIALLY DEFERRED";
        } else if cursor.eat("deferrable") {
            cursor.eat("initially immediate");
            fk.clauses += " DEFERRABLE";
        } else {
            return Some(fk);
        }
    }
}

fn action(cursor: &mut Cursor) -> &'static str {
    if cursor.eat("cascade") {
        "CASCADE"
    } else if cursor.eat("restrict") {
        "RESTRICT"
    } else if cursor.eat("set null") {
        "SET NULL"
    } else if cursor.eat("set default") {
        "SET DEFAULT"
    } else {
        cursor.eat("no action");
        "NO ACTION"
    }
}

/// Words that end a type.
const OPTIONS: [&str; 23] = [
    "not",
    "null",
    "default",
    "primary",
    "unique",
    "key",
    "auto_increment",
    "autoincrement",
    "comment",
    "check",
    "constraint",
    "references",
    "generated",
    "as",
    "collate",
    "character",
    "charset",
    "on",
    "virtual",
    "stored",
    "invisible",
    "first",
    "after",
];

/// A column.
pub fn column(tokens: &[Token], dialect: Dialect) -> Option<Column<'_>> {
    let mut cursor = Cursor::new(tokens);
    let mut column = Column { name: cursor.name()?, span: span_of(tokens), ..Column::default() };
    data_type(&mut cursor, &mut column);
    if column.data_type.name.is_empty() && dialect == Dialect::MySql {
        return None;
    }
    let mut name = None;
    while let Some(token) = cursor.peek() {
        let from = token.span;
        if cursor.eat("constraint") {
            name = cursor.name();
        } else if cursor.eat("not null") {
            column.not_null = true;
        } else if cursor.eat("null") {
        } else if cursor.eat("default") {
            column.default = Some(default(&mut cursor));
        } else if cursor.eat("on update") {
            cursor.take();
            cursor.parentheses();
            column.on_update = Some(from);
        } else if cursor.eat("primary key") {
            column.primary = true;
            let _ = cursor.eat("asc") || cursor.eat("desc");
        } else if cursor.eat("unique key") || cursor.eat("unique") {
            column.unique = true;
        } else if cursor.eat("key") {
            column.primary = true;
        } else if cursor.eat("auto_increment") || cursor.eat("autoincrement") {
            column.counts = true;
        } else if cursor.eat("comment") {
            column.comment = cursor.take().map(|it| it.value.clone());
        } else if cursor.eat("collate") {
            column.collation = cursor.take().map(|it| (from, it.value.clone()));
        } else if cursor.eat("character set") || cursor.eat("charset") {
            cursor.take();
        } else if cursor.eat("generated always as") || cursor.eat("as") {
            column.generated = cursor.parentheses();
        } else if cursor.eat("check") {
            column.checks.extend(cursor.parentheses().map(|it| (name.take(), it)));
        } else if cursor.sees("references") {
            column.references = references(&mut cursor);
            if let Some(fk) = &mut column.references {
                fk.name = name.take();
                fk.columns = vec![column.name.clone()];
            }
        } else if cursor.eat("on conflict") {
            cursor.take();
        } else if cursor.eat("first") {
        } else {
            // `AFTER column`, `STORAGE DISK` and their kind say where a column is kept.
            cursor.take();
        }
    }
    Some(column)
}

fn data_type<'t>(cursor: &mut Cursor<'t>, column: &mut Column<'t>) {
    let from = cursor.peek().map(|it| it.span).unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    while let Some(token) = cursor.peek().filter(|it| it.is_name()) {
        let lower = token.value.to_lowercase();
        // `character(20)` is a type, `character set` is not a part of one.
        let is_option = OPTIONS.contains(&lower.as_str()) && token.kind == Kind::Word;
        let is_character = lower == "character" && !cursor.sees("character set");
        if is_option && !is_character {
            break;
        }
        cursor.take();
        column.type_span = from.cover(token.span);
        match lower.as_str() {
            // SQLite knows `UNSIGNED BIG INT`.
            "unsigned" | "zerofill" if !words.is_empty() => column.data_type.unsigned = true,
            "signed" => {}
            _ => words.push(lower),
        }
        if let Some(arguments) = cursor.parentheses() {
            let text = |it: &&[Token]| it.iter().map(|it| it.value.as_str()).collect::<String>();
            column.data_type.arguments = split(arguments).iter().map(text).collect();
        }
    }
    column.data_type.name = words.join(" ");
    let Written { name, .. } = &mut column.data_type;
    if let Some(rest) = name.strip_prefix("national ") {
        *name = rest.to_owned();
    }
}

/// A value with its sign, a call, or an expression between parentheses.
fn default<'t>(cursor: &mut Cursor<'t>) -> &'t [Token] {
    if cursor.peek().is_some_and(|it| it.is('(')) {
        return cursor.parentheses().unwrap_or_default();
    }
    let tokens = cursor.rest();
    let sign = tokens.first().is_some_and(|it| it.is('-') || it.is('+'));
    let mut end = 1 + usize::from(sign);
    if tokens.get(end).is_some_and(|it| it.is('(')) {
        let close = tokens.iter().skip(end).position(|it| it.is(')'));
        end += close.map_or(0, |it| it + 1);
    }
    *cursor = Cursor::new(tokens.get(end..).unwrap_or_default());
    tokens.get(..end.min(tokens.len())).unwrap_or_default()
}

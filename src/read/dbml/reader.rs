//! Blocks become the model.

use super::column;
use super::model::{Element, End, Enum, Index, Item, Model, Records, Reference, Table, name_of};
use super::rows;
use super::syntax::{Block, Cursor, Path, Setting, note, split};
use super::token::{Kind, Token};
use crate::base::Span;
use crate::read::DiagnosticKind;
use crate::read::translation::{Group, Translation};

/// Reads the next block of the file.
pub fn block(cursor: &mut Cursor, model: &mut Model, t: &mut Translation) {
    let Some(first) = cursor.peek() else { return };
    if !first.is_name() {
        let line = span_of(cursor.line());
        return t
            .misread(line, "a block begins with `Table`, `Ref`, `Enum`, `TableGroup`, `Note` or `Project`");
    }
    if first.says("use") || first.says("reuse") {
        t.unit();
        let span = import(cursor);
        return t
            .misread(span, "another file is named here; put its blocks into this file, or read both as one");
    }
    let Some(block) = cursor.block() else { return };
    let unit = t.unit();
    match block.keyword.as_str() {
        "project" => project(&block, model, t),
        "table" => {
            let Some(name) = name_of(&block.name) else {
                return t.misread(block.span, "a table needs a name");
            };
            let table = table(&block, unit, model, t);
            if model.tables.iter().any(|it| it.name == name) {
                return t.misread(block.span, format!("there is a table `{}` already", name.1));
            }
            model.tables.push(Table { name, ..table });
        }
        "tablepartial" => {
            let Some(name) = name_of(&block.name) else {
                return t.misread(block.span, "a partial needs a name");
            };
            let partial = table(&block, unit, model, t);
            model.partials.push(Table { name, ..partial });
        }
        "enum" => enumeration(&block, unit, model, t),
        "ref" => reference(&block, unit, model, t),
        "tablegroup" => group(&block, t),
        "note" => {
            let text = note(block.body, t, block.span);
            t.notes.extend(text);
        }
        "records" => records(&block, unit, block.name.clone(), model, t),
        "diagramview" => {
            t.no_equivalent(block.span, "DiagramView", "tables are shown and hidden on the diagram");
        }
        "dep" | "metadata" => {
            t.no_equivalent(block.span, block.keyword.clone(), "it says nothing about the schema; left out");
        }
        other => {
            let message = format!(
                "`{other}` is no block of DBML: write `Table`, `Ref`, `Enum`, `TableGroup` or `Note`"
            );
            t.keep(unit, block.span, DiagnosticKind::Misread { message });
        }
    }
}

/// The bytes of some tokens.
pub fn span_of(tokens: &[Token]) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::default(),
    }
}

/// `use { … } from '…'`
fn import(cursor: &mut Cursor) -> Span {
    let from = cursor.here();
    while let Some(token) = cursor.take() {
        if token.kind == Kind::Text {
            break;
        }
    }
    cursor.span_from(from)
}

/// `Project`: its name is the title, its note a note. Blocks may stand in it.
fn project(block: &Block, model: &mut Model, t: &mut Translation) {
    t.title = block.name.last().cloned();
    let mut cursor = Cursor::new(block.body);
    while let Some(token) = cursor.peek() {
        let is_block =
            ["table", "enum", "ref", "tablegroup", "tablepartial", "records"].iter().any(|it| token.says(it));
        if is_block {
            self::block(&mut cursor, model, t);
            continue;
        }
        let Some(inner) = cursor.block() else { break };
        if inner.keyword == "note" {
            let text = note(inner.body, t, inner.span);
            t.notes.extend(text);
        } else if inner.keyword == "database_type" {
            let is_own = |it: &Token| it.value.to_lowercase().starts_with("postgres");
            model.is_own = inner.body.first().is_some_and(is_own);
        }
    }
}

fn table(block: &Block, unit: usize, model: &mut Model, t: &mut Translation) -> Table {
    let mut table = Table { unit, alias: block.alias.clone(), span: head(block), ..Table::default() };
    for setting in &block.settings {
        match setting.name.as_str() {
            "note" => table.note = setting.text(),
            // Colours are the diagram's, which has a palette of its own.
            "headercolor" | "color" => {}
            other => unknown_setting(t, setting, other),
        }
    }
    let mut cursor = Cursor::new(block.body);
    while let Some(first) = cursor.peek() {
        let second = cursor.second();
        let opens = second.is_some_and(|it| it.is('{'));
        let is_note = first.says("note") && (opens || second.is_some_and(|it| it.is(':')));
        if cursor.eat('~') {
            let Some(name) = cursor.take() else { break };
            table.items.push(Item::Inject(name.span, name.value.clone()));
        } else if is_note {
            let inner = cursor.block();
            table.note = inner.and_then(|it| note(it.body, t, it.span));
        } else if first.says("indexes") && opens {
            let body = cursor.block().map(|it| it.body).unwrap_or_default();
            table.indexes.extend(indexes(body, t));
        } else if first.says("checks") && opens {
            let body = cursor.block().map(|it| it.body).unwrap_or_default();
            checks(body, &mut table, t);
        } else if first.says("records") && (opens || second.is_some_and(|it| it.is('('))) {
            if let Some(inner) = cursor.block() {
                records(&inner, unit, block.name.clone(), model, t);
            }
        } else if first.says("metadata") && opens {
            cursor.block();
        } else if first.is_name() {
            if let Some(column) = column::read(cursor.line(), t) {
                table.items.push(Item::Column(column));
            }
        } else {
            let span = span_of(cursor.line());
            t.misread(
                span,
                "a line of a table is a column: its name, its type, and settings between `[` and `]`",
            );
        }
    }
    table
}

/// The words before the body.
fn head(block: &Block) -> Span {
    match block.body.first() {
        Some(first) => Span { start: block.span.start, end: first.span.start },
        None => block.span,
    }
}

fn unknown_setting(t: &mut Translation, setting: &Setting, name: &str) {
    t.misread(setting.span, format!("`{name}` is no setting here"));
}

fn indexes(body: &[Token], t: &mut Translation) -> Vec<Index> {
    let (mut cursor, mut found) = (Cursor::new(body), Vec::new());
    while cursor.peek().is_some() {
        let line = cursor.line();
        let mut inner = Cursor::new(line);
        let mut index = Index { span: span_of(line), ..Index::default() };
        let parts = if inner.eat('(') { split(inner.inside('(', ')'), ',') } else { vec![one(&mut inner)] };
        // How much of a text an index of MySQL keeps: `name(20)`.
        if inner.peek().is_some_and(|it| it.is('(') && it.glued) {
            inner.take();
            inner.inside('(', ')');
            prefix(index.span, t);
        }
        for part in parts {
            match part {
                [it, open, _, close] if it.is_name() && open.is('(') && close.is(')') => {
                    prefix(index.span, t);
                    index.elements.push(Element::Column(it.value.clone()));
                }
                [it] if it.is_name() => index.elements.push(Element::Column(it.value.clone())),
                [it] if it.kind == Kind::Expression => {
                    index.elements.push(Element::Expression(it.value.clone()));
                }
                _ => t.misread(index.span, "an index is over columns, or expressions between backticks"),
            }
        }
        for setting in inner.settings() {
            match setting.name.as_str() {
                "pk" | "primary key" => index.primary = true,
                "unique" => index.unique = true,
                "name" => index.name = setting.text(),
                "type" => index.method = setting.text().map(|it| it.to_lowercase()),
                "note" => index.note = setting.text(),
                other => unknown_setting(t, &setting, other),
            }
        }
        if !index.elements.is_empty() {
            found.push(index);
        }
    }
    found
}

/// Tells that PostgreSQL indexes whole values.
pub fn prefix(span: Span, t: &mut Translation) {
    t.no_equivalent(span, "index of the beginning of a text", "the whole is indexed");
}

fn one<'t>(cursor: &mut Cursor<'t>) -> &'t [Token] {
    cursor.take().map(std::slice::from_ref).unwrap_or_default()
}

fn checks(body: &[Token], table: &mut Table, t: &mut Translation) {
    let mut cursor = Cursor::new(body);
    while cursor.peek().is_some() {
        let line = cursor.line();
        let mut inner = Cursor::new(line);
        match inner.take() {
            Some(it) if it.kind == Kind::Expression => {
                let settings = inner.settings();
                let name = settings.iter().find(|it| it.name == "name").and_then(Setting::text);
                table.checks.push((span_of(line), name, it.value.clone()));
            }
            _ => t.misread(span_of(line), "a check is an expression between backticks"),
        }
    }
}

fn enumeration(block: &Block, unit: usize, model: &mut Model, t: &mut Translation) {
    let Some(name) = name_of(&block.name) else { return t.misread(block.span, "an enum needs a name") };
    let (mut cursor, mut values) = (Cursor::new(block.body), Vec::new());
    while cursor.peek().is_some() {
        let is_note =
            cursor.peek().is_some_and(|it| it.says("note")) && cursor.second().is_some_and(|it| it.is(':'));
        let line = cursor.line();
        let mut inner = Cursor::new(line);
        match inner.take() {
            Some(_) if is_note => {}
            Some(it) if it.is_name() || it.kind == Kind::Text => {
                let notes = inner.settings();
                let note = notes.iter().find(|it| it.name == "note").and_then(Setting::text);
                values.push((it.value.clone(), note));
            }
            _ => t.misread(span_of(line), "a value of an enum is a word, or a text between `\"`"),
        }
    }
    model.enums.push(Enum { unit, name, values, span: head(block) });
}

fn reference(block: &Block, unit: usize, model: &mut Model, t: &mut Translation) {
    let mut cursor = Cursor::new(block.body);
    while cursor.peek().is_some() {
        let line = cursor.line();
        let name = block.name.last().cloned();
        match ends(line, t) {
            Some((left, sign, right, settings)) => {
                let mut found = Reference {
                    unit,
                    name,
                    left,
                    sign,
                    right,
                    on_delete: None,
                    on_update: None,
                    inline: false,
                    span: span_of(line),
                };
                for setting in settings.iter().chain(&block.settings) {
                    match setting.name.as_str() {
                        "delete" => found.on_delete = action(setting, t),
                        "update" => found.on_update = action(setting, t),
                        "color" => {}
                        "inactive" => {
                            t.no_equivalent(setting.span, "inactive reference", "the foreign key is made");
                        }
                        other => unknown_setting(t, setting, other),
                    }
                }
                model.references.push(found);
            }
            None => t.misread(
                span_of(line),
                "a reference reads `table.column > table.column`, with `>`, `<`, `-` or `<>`",
            ),
        }
    }
}

fn action(setting: &Setting, t: &mut Translation) -> Option<String> {
    let words: Vec<String> = setting.value.iter().map(|it| it.value.to_uppercase()).collect();
    let action = words.join(" ");
    let known = ["CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION"].contains(&action.as_str());
    if !known {
        t.misread(
            setting.span,
            "an action is `cascade`, `restrict`, `set null`, `set default` or `no action`",
        );
    }
    known.then_some(action)
}

type Ends<'t> = (End, String, End, Vec<Setting<'t>>);

fn ends<'t>(line: &'t [Token], t: &mut Translation) -> Option<Ends<'t>> {
    let _ = &t;
    let mut cursor = Cursor::new(line);
    let left = end(&mut cursor)?;
    let sign = sign(&mut cursor)?;
    let right = end(&mut cursor)?;
    Some((left, sign, right, cursor.settings()))
}

/// The sign of a reference. A question mark beside it says that an end may be missing, which nullability says as well.
pub fn sign(cursor: &mut Cursor) -> Option<String> {
    cursor.eat('?');
    let sign = if cursor.eat('<') {
        if cursor.eat('>') { "<>" } else { "<" }
    } else if cursor.eat('>') {
        ">"
    } else if cursor.eat('-') {
        "-"
    } else {
        return None;
    };
    cursor.eat('?');
    Some(sign.to_owned())
}

fn end(cursor: &mut Cursor) -> Option<End> {
    let mut table = cursor.path();
    let columns = if cursor.eat('.') && cursor.eat('(') {
        let names = cursor.inside('(', ')').iter().filter(|it| it.is_name());
        names.map(|it| it.value.clone()).collect()
    } else {
        vec![table.pop()?]
    };
    (!table.is_empty()).then_some(End { table, columns })
}

fn group(block: &Block, t: &mut Translation) {
    let (mut cursor, mut tables) = (Cursor::new(block.body), Vec::new());
    let title = block.name.last().cloned().unwrap_or_default();
    for setting in &block.settings {
        if setting.name == "note" {
            t.notes.extend(setting.text().map(|it| format!("{title}\n{it}")));
        }
    }
    while let Some(first) = cursor.peek() {
        let follows = cursor.second().is_some_and(|it| it.is(':') || it.is('{'));
        if first.says("note") && follows {
            let text = cursor.block().and_then(|it| note(it.body, t, it.span));
            t.notes.extend(text.map(|it| format!("{title}\n{it}")));
            continue;
        }
        let path: Path = cursor.path();
        match name_of(&path) {
            Some(name) => tables.push(name),
            None => {
                let span = span_of(cursor.line());
                t.misread(span, "a table group lists names of tables");
            }
        }
    }
    t.areas.push(Group { name: title, tables });
}

fn records(block: &Block, unit: usize, table: Path, model: &mut Model, t: &mut Translation) {
    let rows = rows::read(block.body, t);
    let columns = block.columns.clone();
    model.records.push(Records { unit, table, columns, rows, span: head(block) });
}

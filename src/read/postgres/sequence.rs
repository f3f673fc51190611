//! `CREATE SEQUENCE` and `ALTER SEQUENCE`.

use squawk_syntax::ast::{self, AstNode};

use crate::design::{ColumnId, Sequence, SequenceId, SequenceOptions, TableId};
use crate::pg::Builtin;
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Relation, Step};
use super::data_type::data_type;
use super::syntax::{self, Name};
use super::table::already_there;
use super::temporary;

/// Reads `CREATE SEQUENCE`.
pub fn create(b: &mut Builder, node: &ast::CreateSequence) -> Step {
    let Some(name) = node.sequence().and_then(|it| syntax::name(&it)) else {
        return Err(DiagnosticKind::NotModelled { what: "CREATE SEQUENCE".into() });
    };
    let name = temporary::named(name, node.persistence().as_ref());
    if let Some(fate) = already_there(b, &name, node.if_not_exists().is_some())? {
        return Ok(fate);
    }
    let owner = owner(b, node.sequence_options())?;
    let place = b.place_of_new(&name);
    let id: SequenceId = b.ids.take();
    let sequence = Sequence {
        id,
        namespace: place,
        name: name.name.clone(),
        unlogged: matches!(node.persistence(), Some(ast::Persistence::Unlogged(_))),
        options: options(b, node.sequence_options()),
        owned_by: owner.flatten(),
        comment: None,
        origin: b.origin(),
    };
    b.sequences.insert(id, sequence);
    b.relations.insert((place, name.name), Relation::Sequence(id));
    Ok(Fate::Modelled)
}

/// Reads the options of a sequence or identity column. What PostgreSQL would do anyway is not said.
pub fn options(b: &Builder, nodes: impl Iterator<Item = ast::SequenceOption>) -> SequenceOptions {
    let mut options = SequenceOptions::default();
    change(b, &mut options, nodes);
    options
}

/// Reads options into those that there are.
pub fn change(b: &Builder, options: &mut SequenceOptions, nodes: impl Iterator<Item = ast::SequenceOption>) {
    let number = |it: Option<ast::Expr>| it.as_ref().and_then(syntax::integer);
    for node in nodes {
        match node {
            ast::SequenceOption::OptionAsType(it) => options.data_type = it.ty().map(|it| data_type(b, &it)),
            ast::SequenceOption::OptionCache(it) => options.cache = number(it.expr()),
            ast::SequenceOption::OptionCycle(_) => options.cycle = true,
            ast::SequenceOption::OptionNoCycle(_) => options.cycle = false,
            ast::SequenceOption::OptionIncrement(it) => options.increment = number(it.expr()),
            ast::SequenceOption::OptionMaxValue(it) => options.maximum = number(it.expr()),
            ast::SequenceOption::OptionMinValue(it) => options.minimum = number(it.expr()),
            ast::SequenceOption::OptionNoMaxValue(_) => options.maximum = None,
            ast::SequenceOption::OptionNoMinValue(_) => options.minimum = None,
            ast::SequenceOption::OptionStart(it) => options.start = number(it.expr()),
            ast::SequenceOption::OptionSequenceName(it) => {
                options.name = it.sequence().map(|it| syntax::text(&it));
            }
            // Where a sequence stands is data.
            ast::SequenceOption::OptionRestart(_)
            | ast::SequenceOption::OptionLogged(_)
            | ast::SequenceOption::OptionUnlogged(_)
            | ast::SequenceOption::OptionOwnedBy(_) => {}
        }
    }
    // `START 1 INCREMENT 1 CACHE 1` is what `pg_dump` writes for a sequence that says nothing.
    let up = options.increment.is_none_or(|it| it > 0);
    if options.increment == Some(1) {
        options.increment = None;
    }
    if options.cache == Some(1) {
        options.cache = None;
    }
    if up && options.start == Some(options.minimum.unwrap_or(1)) {
        options.start = None;
    }
    if up && options.minimum == Some(1) {
        options.minimum = None;
    }
    if up && options.maximum == Some(greatest(options)) {
        options.maximum = None;
    }
    if options.data_type.as_ref().and_then(crate::design::DataType::as_builtin) == Some(Builtin::BigInt) {
        options.data_type = None;
    }
}

/// The greatest value of the type that a sequence gives.
fn greatest(options: &SequenceOptions) -> i64 {
    match options.data_type.as_ref().and_then(crate::design::DataType::as_builtin) {
        Some(Builtin::SmallInt) => i64::from(i16::MAX),
        Some(Builtin::Integer) => i64::from(i32::MAX),
        _ => i64::MAX,
    }
}

/// What `OWNED BY` says: nothing, `NONE`, or a column.
#[allow(clippy::option_option)]
fn owner(
    b: &Builder,
    nodes: impl Iterator<Item = ast::SequenceOption>,
) -> Result<Option<Option<(TableId, ColumnId)>>, DiagnosticKind> {
    for node in nodes {
        let ast::SequenceOption::OptionOwnedBy(it) = node else { continue };
        return match it.owned_by_target() {
            Some(ast::OwnedByTarget::QualifiedColumnNameRef(it)) => Ok(Some(Some(column(b, it.syntax())?))),
            Some(ast::OwnedByTarget::OwnedByNone(_)) | None => Ok(Some(None)),
        };
    }
    Ok(None)
}

/// The column that a dotted name ends with.
pub fn column(b: &Builder, node: &squawk_syntax::SyntaxNode) -> Result<(TableId, ColumnId), DiagnosticKind> {
    let mut segments = syntax::segments(node);
    let column = segments.pop().unwrap_or_default();
    let table = segments.pop().unwrap_or_default();
    let table = b.table(&Name { namespace: segments.pop(), name: table })?;
    Ok((table, b.column(table, &column)?))
}

/// Reads `ALTER SEQUENCE`.
pub fn alter(b: &mut Builder, node: &ast::AlterSequence) -> Step {
    let unknown = |name: &Name| DiagnosticKind::Unknown { what: "sequence", name: name.to_string() };
    let Some(name) = node.sequence_ref().and_then(|it| syntax::name(&it)) else {
        return Err(DiagnosticKind::NotModelled { what: "ALTER SEQUENCE".into() });
    };
    let Some(relation) = b.relation(&name) else {
        return if node.if_exists().is_some() { Ok(Fate::Skipped) } else { Err(unknown(&name)) };
    };
    let mut options = Vec::new();
    let mut fate = Fate::Skipped;
    for action in node.actions() {
        match action {
            ast::AlterSequenceAction::SequenceOption(it) => options.push(it),
            ast::AlterSequenceAction::OwnerTo(_) => {
                super::privilege::keep(b, node.syntax());
                fate = Fate::Modelled;
            }
            ast::AlterSequenceAction::SequenceRenameTo(it) => {
                let new = it.sequence().and_then(|it| syntax::name(&it)).ok_or_else(|| unknown(&name))?;
                super::rename::relation(b, &name, &new.name)?;
                fate = Fate::Modelled;
            }
            ast::AlterSequenceAction::SetSchema(it) => {
                super::rename::set_schema(b, &name, it.schema_ref().map(|it| syntax::ident(&it)))?;
                fate = Fate::Modelled;
            }
            ast::AlterSequenceAction::SetLogged(_) | ast::AlterSequenceAction::SetUnlogged(_) => {
                let unlogged = matches!(action, ast::AlterSequenceAction::SetUnlogged(_));
                if let Relation::Sequence(id) = relation {
                    b.sequences.entry(id).and_modify(|it| it.unlogged = unlogged);
                }
                fate = Fate::Modelled;
            }
        }
    }
    if options.is_empty() {
        return Ok(fate);
    }
    let owner = owner(b, options.iter().cloned())?;
    match relation {
        Relation::Sequence(id) => {
            let Some(mut sequence) = b.sequences.get(&id).cloned() else { return Err(unknown(&name)) };
            change(b, &mut sequence.options, options.into_iter());
            if let Some(owner) = owner {
                sequence.owned_by = owner;
            }
            b.sequences.insert(id, sequence);
        }
        Relation::Identity(table, column) => {
            let value = b.tables.get(&table).and_then(|it| it.column(column)).map(|it| it.value.clone());
            if let Some(crate::design::ColumnValue::Identity { always, options: mut of_column }) = value {
                change(b, &mut of_column, options.into_iter());
                let value = crate::design::ColumnValue::Identity { always, options: of_column };
                super::column::set(b, table, column, |it| it.value = value);
            }
        }
        _ => return Err(unknown(&name)),
    }
    Ok(Fate::Modelled)
}

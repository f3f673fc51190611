//! `ALTER TABLE … ALTER COLUMN`.

use squawk_syntax::ast::{self, AlterColumnOption as Action};

use crate::design::{BaseType, Column, ColumnId, ColumnValue, DataType, TableId};
use crate::pg::{TokenKind, tokens};
use crate::read::DiagnosticKind;

use super::alter::Target;
use super::builder::{Builder, Fate, Step};
use super::constraint::Options;
use super::data_type::data_type;
use super::{column, not_null, sequence, syntax, text};

/// Reads one `ALTER COLUMN`; what tables below inherit is changed there too, as far as PostgreSQL hands it down.
///
/// Source: `ATPrepCmd` in `src/backend/commands/tablecmds.c`.
pub fn alter(b: &mut Builder, target: Target, node: &ast::AlterColumn) -> Step {
    let table = target.table;
    let name = node.column_name_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
    let id = b.column(table, &name)?;
    let option = node.option().ok_or_else(not_modelled)?;
    match &option {
        Action::SetDefault(it) => {
            let default = it.expr().map(|it| b.sql(&it));
            each(b, target, &name, |it| it.value = column::default_value(&it.data_type, default.clone()));
        }
        Action::DropDefault(_) => each(b, target, &name, |it| {
            if let ColumnValue::Default(_) = it.value {
                it.value = ColumnValue::Given;
            }
        }),
        Action::SetNotNull(_) => {
            let is_new = b.tables.get(&table).is_some_and(|it| it.is_nullable(id));
            if is_new && !target.only {
                not_null::add(b, table, &name, None, Options::default())?;
            } else if is_new {
                not_null::set(b, table, id, None, Options::default());
            }
            each(b, target, &name, |it| it.nullable = false);
            not_null::valid(b, table, id);
        }
        Action::DropNotNull(_) => each(b, target, &name, |it| {
            it.nullable = true;
            it.not_null = None;
        }),
        Action::SetType(it) => {
            let ty = it.ty().ok_or_else(not_modelled)?;
            let data_type = data_type(b, &ty);
            let collation = column::collation(b, it.collate(), &data_type);
            for below in b.with_heirs(table) {
                let Ok(id) = b.column(below, &name) else { continue };
                let old = b.tables.get(&below).and_then(|it| it.column(id)).cloned();
                let default = old.and_then(|it| kept_default(b, &it, &data_type));
                column::set(b, below, id, |it| {
                    it.data_type = data_type.clone();
                    it.collation.clone_from(&collation);
                    if let Some(default) = default {
                        it.value = ColumnValue::Default(default);
                    }
                });
            }
        }
        Action::SetStatistics(it) => {
            let most = it.expr().as_ref().and_then(syntax::integer).and_then(|it| i32::try_from(it).ok());
            each(b, target, &name, |it| it.statistics = most.filter(|it| *it >= 0));
        }
        Action::SetStorage(it) => {
            let mode = column::storage(it.storage_mode());
            each(b, target, &name, |it| it.storage = mode);
        }
        Action::SetCompression(it) => {
            let method = column::compression(b, it.compression_method_name());
            column::set(b, table, id, |it| it.compression = method);
        }
        Action::AddGenerated(it) => {
            let always = matches!(it.generated_when(), Some(ast::GeneratedWhen::GeneratedAlways(_)));
            let options = it.sequence_option_list().into_iter().flat_map(|it| it.sequence_options());
            let options = Box::new(sequence::options(b, options));
            column::make_generated(b, table, id, ColumnValue::Identity { always, options });
        }
        Action::DropIdentity(_) => column::set(b, table, id, |it| {
            if let ColumnValue::Identity { .. } = it.value {
                it.value = ColumnValue::Given;
            }
        }),
        Action::DropExpression(_) => each(b, target, &name, |it| {
            if let ColumnValue::Generated { .. } = it.value {
                it.value = ColumnValue::Given;
            }
        }),
        Action::SetExpression(it) => {
            let text = it.expr().map(|it| b.expression(&it)).unwrap_or_default();
            each(b, target, &name, |it| {
                if let ColumnValue::Generated { expression, .. } = &mut it.value {
                    expression.clone_from(&text);
                }
            });
        }
        Action::SetGenerated(it) => set_generated(b, table, id, it.generated_when()),
        Action::SetSequenceOption(it) => identity_options(b, table, id, it.sequence_option()),
        Action::SetGeneratedOptions(it) => {
            for option in it.set_generated_options() {
                match option {
                    ast::SetGeneratedOption::SetGenerated(it) => {
                        set_generated(b, table, id, it.generated_when());
                    }
                    ast::SetGeneratedOption::SetSequenceOption(it) => {
                        identity_options(b, table, id, it.sequence_option());
                    }
                    // Where a sequence stands is data.
                    ast::SetGeneratedOption::Restart(_) => {}
                }
            }
        }
        Action::SetOptions(it) => {
            let new = text::parameters(it.attribute_list());
            column::set(b, table, id, |it| super::alter::set_parameters(&mut it.options, new));
        }
        Action::ResetOptions(it) => {
            let gone = text::parameters(it.attribute_list());
            column::set(b, table, id, |column| {
                column.options.retain(|(name, _)| !gone.iter().any(|it| it.0 == *name));
            });
        }
        Action::SetOptionsList(_) | Action::Inherit(_) | Action::NoInherit(_) => return Err(not_modelled()),
        // Where a sequence stands is data.
        Action::Restart(_) => return Ok(Fate::Skipped),
    }
    Ok(Fate::Modelled)
}

/// What becomes of a default when the column's type changes: a bare text was read as of the old type, and stays so.
///
/// Source: `ATPrepAlterColumnType` in `src/backend/commands/tablecmds.c`, which coerces the stored expression.
fn kept_default(b: &Builder, column: &Column, new: &DataType) -> Option<String> {
    let text = column.value.default_expression().filter(|_| column.data_type != *new)?;
    let mut words = tokens(text).filter(|it| !it.is_blank());
    let alone = words
        .next()
        .is_some_and(|it| it.kind == TokenKind::Text || it.span.of(text).eq_ignore_ascii_case("null"))
        && words.next().is_none();
    let plain = &column.data_type;
    let name = match plain.base {
        BaseType::Builtin(it) => it.short_name().to_owned(),
        BaseType::Enum(id) => b.enums.get(&id).map(|it| b.qualified(it.namespace, &it.name))?,
        _ => return None,
    };
    (alone && text.starts_with(['\'', 'n', 'N']))
        .then(|| format!("{text}::{name}{}", "[]".repeat(plain.dimensions.into())))
}

fn not_modelled() -> DiagnosticKind {
    DiagnosticKind::NotModelled { what: "ALTER TABLE … ALTER COLUMN".into() }
}

/// Changes the column of this name in all that the statement reaches.
fn each(b: &mut Builder, target: Target, name: &str, change: impl Fn(&mut Column)) {
    for below in target.reach(b) {
        if let Ok(id) = b.column(below, name) {
            column::set(b, below, id, &change);
        }
    }
}

fn identity_options(b: &mut Builder, table: TableId, column: ColumnId, option: Option<ast::SequenceOption>) {
    let value = b.tables.get(&table).and_then(|it| it.column(column)).map(|it| it.value.clone());
    if let Some(ColumnValue::Identity { always, mut options }) = value {
        sequence::change(b, &mut options, option.into_iter());
        column::set(b, table, column, |it| it.value = ColumnValue::Identity { always, options });
    }
}

fn set_generated(b: &mut Builder, table: TableId, column: ColumnId, when: Option<ast::GeneratedWhen>) {
    let now = matches!(when, Some(ast::GeneratedWhen::GeneratedAlways(_)));
    column::set(b, table, column, |it| {
        if let ColumnValue::Identity { always, .. } = &mut it.value {
            *always = now;
        }
    });
}

//! `ALTER TABLE … ALTER COLUMN`.

use squawk_syntax::ast::{self, AlterColumnOption as Action};

use crate::design::{ColumnId, ColumnValue, TableId};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Step};
use super::data_type::data_type;
use super::{column, sequence, syntax};

/// Reads one `ALTER COLUMN`; what tables below inherit is changed there too.
pub fn alter(b: &mut Builder, table: TableId, node: &ast::AlterColumn) -> Step {
    let name = node.column_name_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
    let id = b.column(table, &name)?;
    let option = node.option().ok_or_else(not_modelled)?;
    match &option {
        Action::SetDefault(it) => {
            let default = it.expr().map(|it| b.sql(&it));
            column::set(b, table, id, |it| it.value = column::default_value(&it.data_type, default));
        }
        Action::DropDefault(_) => column::set(b, table, id, |it| {
            if let ColumnValue::Default(_) = it.value {
                it.value = ColumnValue::Given;
            }
        }),
        Action::SetNotNull(_) => nullable(b, table, &name, false),
        Action::DropNotNull(_) => nullable(b, table, &name, true),
        Action::SetType(it) => {
            let ty = it.ty().ok_or_else(not_modelled)?;
            let data_type = data_type(b, &ty);
            let collation = it.collate().and_then(|it| it.collation_ref()).map(|it| b.sql(&it));
            for below in b.with_heirs(table) {
                let Ok(id) = b.column(below, &name) else { continue };
                column::set(b, below, id, |it| {
                    it.data_type = data_type.clone();
                    it.collation.clone_from(&collation);
                });
            }
        }
        Action::SetStatistics(it) => {
            let target = it.expr().as_ref().and_then(syntax::integer).and_then(|it| i32::try_from(it).ok());
            column::set(b, table, id, |it| it.statistics = target.filter(|it| *it >= 0));
        }
        Action::SetStorage(it) => {
            let mode = it.storage_mode().map(|it| syntax::text(&it).to_lowercase());
            column::set(b, table, id, |it| it.storage = mode.filter(|it| it != "default"));
        }
        Action::SetCompression(it) => {
            let method = it.compression_method_name().map(|it| syntax::text(&it).to_lowercase());
            column::set(b, table, id, |it| it.compression = method.filter(|it| it != "default"));
        }
        Action::AddGenerated(it) => {
            let always = matches!(it.generated_when(), Some(ast::GeneratedWhen::GeneratedAlways(_)));
            let options = it.sequence_option_list().into_iter().flat_map(|it| it.sequence_options());
            let options = sequence::options(b, options);
            column::make_generated(b, table, id, ColumnValue::Identity { always, options });
        }
        Action::DropIdentity(_) => column::set(b, table, id, |it| {
            if let ColumnValue::Identity { .. } = it.value {
                it.value = ColumnValue::Given;
            }
        }),
        Action::DropExpression(_) => column::set(b, table, id, |it| {
            if let ColumnValue::Generated { .. } = it.value {
                it.value = ColumnValue::Given;
            }
        }),
        Action::SetExpression(it) => {
            let text = it.expr().map(|it| b.expression(&it)).unwrap_or_default();
            column::set(b, table, id, |it| {
                if let ColumnValue::Generated { expression, .. } = &mut it.value {
                    *expression = text;
                }
            });
        }
        Action::SetGenerated(it) => set_generated(b, table, id, it.generated_when()),
        Action::SetGeneratedOptions(_)
        | Action::SetSequenceOption(_)
        | Action::SetOptions(_)
        | Action::ResetOptions(_)
        | Action::SetOptionsList(_)
        | Action::Inherit(_)
        | Action::NoInherit(_) => return Err(not_modelled()),
        // Where a sequence stands is data.
        Action::Restart(_) => return Ok(Fate::Skipped),
    }
    Ok(Fate::Modelled)
}

fn not_modelled() -> DiagnosticKind {
    DiagnosticKind::NotModelled { what: "ALTER TABLE … ALTER COLUMN".into() }
}

fn nullable(b: &mut Builder, table: TableId, name: &str, nullable: bool) {
    for below in b.with_heirs(table) {
        if let Ok(id) = b.column(below, name) {
            column::set(b, below, id, |it| it.nullable = nullable);
        }
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

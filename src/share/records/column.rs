//! Columns, with the single-column key, reference and index that most of them carry.

use super::super::LinkError;
use super::super::fields as f;
use super::super::wire::Values;
use super::keys::CarriedKeys;
use super::pass::Pass;
use crate::design::{
    Column, ColumnId, ColumnValue, CompressionMethod, NotNull, SequenceOptions, StorageMode, Table,
};

/// Defaults by number, from 2 on; 0 is a text, 1 the sequence that `serial` makes.
const DEFAULTS: &[&str] = &[
    "now()",
    "CURRENT_TIMESTAMP",
    "false",
    "true",
    "0",
    "1",
    "''",
    "''::text",
    "''::character varying",
    "gen_random_uuid()",
    "uuidv7()",
    "uuid_generate_v4()",
    "'{}'",
    "'{}'::jsonb",
    "'{}'::json",
    "'[]'::jsonb",
    "'[]'",
    "'{}'::text[]",
    "'{}'::character varying[]",
    "CURRENT_DATE",
    "CURRENT_USER",
    "NULL",
    "0.0",
    "'-1'::integer",
    "NULL::character varying",
    "timezone('utc'::text, now())",
    "CURRENT_TIMESTAMP(6)",
    "clock_timestamp()",
    "statement_timestamp()",
    "transaction_timestamp()",
    "(now() AT TIME ZONE 'utc'::text)",
    "'{}'::integer[]",
    "'0'::bigint",
    "'0'::smallint",
    "gen_random_uuid()::text",
    "auth.uid()",
    "'draft'",
    "'active'",
    "'pending'",
    "'open'",
];
const TEXT: usize = 0;
const SERIAL: usize = 1;

/// The bits of a column's first byte after its type.
struct Shape {
    nullable: bool,
    /// 0 given, 1 default, 2 identity, 3 generated.
    value: usize,
    foreign_key: bool,
    index: bool,
    unique: bool,
    comment: bool,
    rare: bool,
}

impl Shape {
    fn byte(&self) -> usize {
        let bits = [self.nullable, self.foreign_key, self.index, self.unique, self.comment, self.rare];
        bits.iter().rev().fold(0, |byte, it| byte << 1 | usize::from(*it)) << 2 | self.value
    }

    fn of(byte: usize) -> Shape {
        let bit = |at: usize| byte >> (at + 2) & 1 == 1;
        Shape {
            value: byte & 3,
            nullable: bit(0),
            foreign_key: bit(1),
            index: bit(2),
            unique: bit(3),
            comment: bit(4),
            rare: bit(5),
        }
    }
}

impl Pass<'_> {
    /// A column after its name. `carried` collects the keys and indexes that it carries.
    pub(super) fn column(
        &mut self,
        name: String,
        it: &Column,
        given: &Table,
        table: &Table,
        carried: &mut CarriedKeys,
    ) -> Result<Column, LinkError> {
        let id: ColumnId = self.id(it.id);
        let data_type = self.data_type(&it.data_type)?;
        let own = CarriedKeys::of_column(given, it.id);
        let shape = Shape {
            nullable: it.nullable,
            value: match it.value {
                ColumnValue::Given => 0,
                ColumnValue::Default(_) => 1,
                ColumnValue::Identity { .. } => 2,
                ColumnValue::Generated { .. } => 3,
            },
            foreign_key: own.foreign_key.is_some(),
            index: own.index.is_some(),
            unique: own.unique.is_some(),
            comment: it.comment.is_some(),
            rare: it.collation.is_some()
                || it.storage.is_some()
                || it.compression.is_some()
                || it.statistics.is_some()
                || !it.options.is_empty()
                || it.not_null.is_some()
                || it.inherited,
        };
        let shape = Shape::of(self.wire.choice(f::COLUMN, shape.byte(), 256)?);
        let value = self.value(shape.value, &it.value, &table.name, &name)?;
        if shape.foreign_key {
            self.carried_foreign_key(
                (&name, id),
                (given, table),
                own.foreign_key,
                &mut carried.foreign_keys,
            )?;
        }
        if shape.index {
            self.carried_index((&name, id), (given, table), own.index, &mut carried.indexes)?;
        }
        if shape.unique {
            self.carried_unique((&name, id), (given, table), own.unique, &mut carried.uniques)?;
        }
        let comment = self.text_if(shape.comment, f::COMMENT, it.comment.as_ref())?;
        let origin = self.origin(&it.origin)?;
        let mut column = Column {
            id,
            name,
            data_type,
            nullable: shape.nullable,
            value,
            collation: None,
            storage: None,
            compression: None,
            statistics: None,
            options: Vec::new(),
            not_null: None,
            inherited: false,
            comment,
            origin,
        };
        if shape.rare {
            let has = [
                it.collation.is_some(),
                it.storage.is_some(),
                it.compression.is_some(),
                it.statistics.is_some(),
                !it.options.is_empty(),
                it.not_null.is_some(),
                it.inherited,
            ];
            let [collation, storage, compression, statistics, options, not_null, inherited] =
                self.wire.flags(f::COLUMN_RARE, has)?;
            column.collation = self.text_if(collation, f::COLUMN_TEXT, it.collation.as_ref())?;
            if storage {
                let word = self.wire.text(f::COLUMN_TEXT, it.storage.map_or("", StorageMode::word))?;
                let mode = StorageMode::of(&word).ok_or(LinkError::Malformed("a storage mode"))?;
                column.storage = Some(mode);
            }
            if compression {
                let word =
                    self.wire.text(f::COLUMN_TEXT, it.compression.map_or("", CompressionMethod::word))?;
                let method =
                    CompressionMethod::of(&word).ok_or(LinkError::Malformed("a compression method"))?;
                column.compression = Some(method);
            }
            if statistics {
                let read = self.wire.signed(f::COLUMN_STATISTICS, it.statistics.unwrap_or(0).into())?;
                column.statistics = Some(i32::try_from(read).map_err(|_| LinkError::Malformed("a number"))?);
            }
            column.options = self.options_if(options, &it.options)?;
            if not_null {
                let blank = NotNull::default();
                let not_null = self.not_null(it.not_null.as_deref().unwrap_or(&blank))?;
                column.not_null = Some(Box::new(not_null));
            }
            column.inherited = inherited;
        }
        Ok(column)
    }

    fn not_null(&mut self, it: &NotNull) -> Result<NotNull, LinkError> {
        let has = [it.name.is_some(), it.no_inherit, it.not_valid, it.comment.is_some()];
        let [name, no_inherit, not_valid, comment] = self.wire.flags(f::NOT_NULL, has)?;
        Ok(NotNull {
            name: self.text_if(name, f::NAME_TEXT, it.name.as_ref())?,
            no_inherit,
            not_valid,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
        })
    }

    fn value(
        &mut self,
        kind: usize,
        it: &ColumnValue,
        table: &str,
        column: &str,
    ) -> Result<ColumnValue, LinkError> {
        Ok(match kind {
            0 => ColumnValue::Given,
            1 => ColumnValue::Default(self.default(it.default_expression().unwrap_or(""), table, column)?),
            2 => {
                let blank = SequenceOptions::default();
                let (always, options) = match it {
                    ColumnValue::Identity { always, options } => (*always, &**options),
                    _ => (false, &blank),
                };
                let flags = [always, *options != blank];
                let [always, has_options] = self.wire.flags(f::VALUE, flags)?;
                let options = if has_options { self.sequence_options(options)? } else { blank };
                ColumnValue::Identity { always, options: Box::new(options) }
            }
            _ => {
                let (expression, stored) = match it {
                    ColumnValue::Generated { expression, stored } => (expression.as_str(), *stored),
                    _ => ("", false),
                };
                let [stored] = self.wire.flags(f::VALUE, [stored])?;
                ColumnValue::Generated { expression: self.wire.text(f::VALUE_TEXT, expression)?, stored }
            }
        })
    }

    fn default(&mut self, it: &str, table: &str, column: &str) -> Result<String, LinkError> {
        // Names are bounded so that a short link cannot stand for very long texts.
        let short = table.len().max(column.len()) <= 63;
        let serial = [
            format!("nextval('public.{table}_{column}_seq'::regclass)"),
            format!("nextval('{table}_{column}_seq'::regclass)"),
        ];
        let known = DEFAULTS.iter().position(|default| *default == it).map(|it| it + 1 + serial.len());
        let code = serial.iter().position(|it_is| short && it_is == it).map(|it| it + SERIAL).or(known);
        let count = 1 + serial.len() + DEFAULTS.len();
        let code = self.wire.choice(f::DEFAULT, code.unwrap_or(TEXT), count)?;
        if code == TEXT {
            return self.wire.text(f::DEFAULT_TEXT, it);
        }
        if let Some(serial) = serial.into_iter().nth(code - SERIAL) {
            return if short { Ok(serial) } else { Err(LinkError::Malformed("a default")) };
        }
        Ok(DEFAULTS[code - 1 - 2].to_owned())
    }

    pub(super) fn sequence_options(&mut self, it: &SequenceOptions) -> Result<SequenceOptions, LinkError> {
        let numbers = [it.start, it.increment, it.minimum, it.maximum, it.cache];
        let [start, increment, minimum, maximum, cache, cycle] = self.wire.flags(
            f::SEQUENCE_OPTIONS,
            [
                it.start.is_some(),
                it.increment.is_some(),
                it.minimum.is_some(),
                it.maximum.is_some(),
                it.cache.is_some(),
                it.cycle,
            ],
        )?;
        let mut read = [None; 5];
        let has = [start, increment, minimum, maximum, cache];
        for ((read, given), _) in read.iter_mut().zip(numbers).zip(has).filter(|(_, has)| *has) {
            *read = Some(self.wire.signed(f::SEQUENCE_NUMBER, given.unwrap_or(0))?);
        }
        let [start, increment, minimum, maximum, cache] = read;
        let has = [it.data_type.is_some(), it.name.is_some()];
        let [data_type, name] = self.wire.flags(f::SEQUENCE_OPTIONS_RARE, has)?;
        let data_type = if data_type {
            Some(self.data_type(it.data_type.as_ref().unwrap_or(&super::blank_type()))?)
        } else {
            None
        };
        let name = self.text_if(name, f::SEQUENCE_NAME, it.name.as_ref())?;
        Ok(SequenceOptions { data_type, start, increment, minimum, maximum, cache, cycle, name })
    }
}

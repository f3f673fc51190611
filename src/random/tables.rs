//! Tables by chance: columns, keys, references, checks, exclusions, indexes, partitions, heirs.

use super::Maker;
use crate::design::{
    BaseType, Column, ColumnId, ColumnValue, CompressionMethod, DataType, Deferral, Enforcement, ForeignKey,
    Index, IntervalFields, PrimaryKey, ReferentialAction, SequenceOptions, StorageMode, Table, TableKind,
    Unique,
};
use crate::pg::Builtin;
use crate::sql::ident;

/// Types that have a B-tree, with a default.
const SORTED: [(Builtin, &str); 14] = [
    (Builtin::Uuid, "gen_random_uuid()"),
    (Builtin::Uuid, "uuidv7()"),
    (Builtin::Integer, "0"),
    (Builtin::BigInt, "-1"),
    (Builtin::SmallInt, "1 + 1"),
    (Builtin::Text, "'it''s'"),
    (Builtin::Varchar, "'a' || 'b'"),
    (Builtin::Boolean, "1 > 0 AND true"),
    (Builtin::TimestampTz, "now()"),
    (Builtin::Timestamp, "now() AT TIME ZONE 'utc'"),
    (Builtin::Date, "CURRENT_DATE"),
    (Builtin::Numeric, "0.0"),
    (Builtin::Interval, "'1 day'::interval"),
    (Builtin::Inet, "'::1'"),
];

/// Types that have none, or that one seldom sorts by.
const OTHER: [(Builtin, &str); 8] = [
    (Builtin::Jsonb, "'{}'::jsonb"),
    (Builtin::Json, "'[]'"),
    (Builtin::Bytea, "'\\x00'"),
    (Builtin::Point, "'(1,2)'"),
    (Builtin::TsVector, "''"),
    (Builtin::DateRange, "'[2024-01-01,2025-01-01)'"),
    (Builtin::Int4MultiRange, "'{}'"),
    (Builtin::InternalChar, "'x'"),
];

impl Maker<'_> {
    pub(super) fn tables(&mut self) {
        let count = 1 + self.dice.below(self.options.tables);
        for _ in 0..count {
            let table = self.table();
            self.tables.push(table);
        }
        for _ in 0..self.dice.below(count + count / 2 + 1) {
            self.foreign_key();
        }
        for index in 0..self.tables.len() {
            let mut table = self.tables[index].clone();
            self.constraints(&mut table);
            self.indexes(&mut table);
            self.tables[index] = table;
        }
        if self.dice.chance(25) {
            self.partitioned();
        }
        if self.dice.chance(20) {
            self.heir();
        }
        if self.dice.chance(20) && self.has_extension("btree_gist") {
            self.temporal();
        }
    }

    pub(super) fn empty_table(&mut self) -> Table {
        Table {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            kind: self.dice.one(&[
                TableKind::Core,
                TableKind::Lookup,
                TableKind::Junction,
                TableKind::Infrastructure,
            ]),
            comment: self.comment(),
            ..Table::default()
        }
    }

    fn table(&mut self) -> Table {
        let mut table = self.empty_table();
        match self.dice.below(6) {
            0 | 1 => {
                let mut column = self.builtin(Builtin::Uuid);
                column.value = ColumnValue::Default(self.dice.one(&["gen_random_uuid()", "uuidv7()"]).into());
                table.columns.push(column);
            }
            2 => {
                let mut column = self.builtin(Builtin::BigInt);
                column.value = self.identity();
                table.columns.push(column);
            }
            3 => table.columns.extend([self.builtin(Builtin::Integer), self.builtin(Builtin::Text)]),
            4 => table.columns.push(self.serial(&mut table.clone())),
            _ => {}
        }
        if !table.columns.is_empty() {
            let columns = table.columns.iter().map(|it| it.id).collect();
            table.primary_key = Some(self.primary_key(&table, columns));
        }
        for _ in 0..self.dice.below(7) {
            let column = self.column();
            table.columns.push(column);
        }
        if self.dice.chance(25) {
            self.generated(&mut table);
        }
        if self.dice.chance(10) {
            table.storage_parameters =
                vec![("fillfactor".into(), "70".into()), ("toast.autovacuum_enabled".into(), "false".into())];
        }
        table
    }

    pub(super) fn primary_key(&mut self, table: &Table, columns: Vec<ColumnId>) -> PrimaryKey {
        PrimaryKey {
            id: self.ids.take(),
            name: self.words.derived(&[&table.name, "pkey"]),
            columns,
            comment: self.comment(),
            ..PrimaryKey::default()
        }
    }

    pub(super) fn builtin(&mut self, builtin: Builtin) -> Column {
        let mut data_type = DataType::builtin(builtin);
        match builtin {
            Builtin::Varchar => data_type = data_type.with_modifiers([255]),
            Builtin::Numeric if self.dice.chance(70) => data_type = data_type.with_modifiers([12, 2]),
            Builtin::TimestampTz if self.dice.chance(20) => data_type = data_type.with_modifiers([3]),
            Builtin::Interval if self.dice.chance(40) => {
                data_type.interval_fields = Some(IntervalFields::DayToSecond);
            }
            _ => {}
        }
        let name = self.name();
        let mut column = Column::new(self.ids.take(), name, data_type);
        column.comment = self.comment();
        column
    }

    fn column(&mut self) -> Column {
        let (mut column, default) = if self.dice.chance(25) && !self.types.is_empty() {
            let (data_type, default) = self.types[self.dice.below(self.types.len())].clone();
            let name = self.name();
            (Column::new(self.ids.take(), name, data_type), default)
        } else {
            let (builtin, default) =
                if self.dice.chance(80) { self.dice.one(&SORTED) } else { self.dice.one(&OTHER) };
            (self.builtin(builtin), Some(default.to_owned()))
        };
        column.nullable = self.dice.chance(40);
        let is_text = column.data_type.as_builtin() == Some(Builtin::Text);
        if self.dice.chance(8) && column.data_type.as_builtin().is_some() {
            column.data_type = column.data_type.array(1);
        } else if let Some(default) = default.filter(|_| self.dice.chance(30)) {
            column.value = ColumnValue::Default(default);
        }
        if is_text && self.dice.chance(10) {
            column.collation = Some("\"C\"".into());
            column.storage =
                Some(self.dice.one(&[StorageMode::External, StorageMode::Main, StorageMode::Plain]));
            column.compression = Some(CompressionMethod::Pglz);
        }
        if self.dice.chance(5) {
            column.statistics = Some(500);
        }
        column
    }

    fn identity(&mut self) -> ColumnValue {
        let options = if self.dice.chance(30) {
            SequenceOptions {
                start: Some(100),
                increment: Some(5),
                cache: Some(2),
                cycle: true,
                ..SequenceOptions::default()
            }
        } else {
            SequenceOptions::default()
        };
        ColumnValue::Identity { always: self.dice.chance(60), options: Box::new(options) }
    }

    /// A column that takes its values from a sequence, which it owns where both are in `public`.
    fn serial(&mut self, table: &mut Table) -> Column {
        let options = SequenceOptions {
            data_type: self.dice.chance(50).then(|| DataType::builtin(Builtin::Integer)),
            minimum: self.dice.chance(20).then_some(-10),
            maximum: self.dice.chance(20).then_some(1_000_000),
            ..SequenceOptions::default()
        };
        let (mut sequence, written) = self.sequence(options);
        let mut column = self.builtin(Builtin::Integer);
        column.value = ColumnValue::Default(format!("nextval({}::regclass)", crate::sql::literal(&written)));
        if sequence.namespace == table.namespace && self.dice.chance(80) {
            sequence.owned_by = Some((table.id, column.id));
        } else {
            sequence.unlogged = self.dice.chance(30);
        }
        self.records.push(sequence.into());
        column
    }

    fn generated(&mut self, table: &mut Table) {
        let texts = Self::columns_of(table, |it| it.as_builtin() == Some(Builtin::Text));
        let Some(column) = self.dice.pick(&texts).and_then(|it| table.column(*it)) else { return };
        let name = ident(&column.name);
        let stored = self.dice.chance(60);
        let own = self.dice.pick(&self.text_functions).filter(|_| stored).cloned();
        let expression = match own {
            Some(function) => format!("{function}({name})"),
            None => format!("lower({name}) /* {} */ || 'x'", "quoted ' and \""),
        };
        let mut column = self.builtin(Builtin::Text);
        column.nullable = true;
        column.value = ColumnValue::Generated { expression, stored };
        table.columns.push(column);
    }

    /// A reference from any table to any other, or to itself; circles come about.
    fn foreign_key(&mut self) {
        let (from, to) = (self.dice.below(self.tables.len()), self.dice.below(self.tables.len()));
        let target = self.tables[to].clone();
        let by_index = target.indexes.iter().filter(|it| it.unique && it.predicate.is_none());
        let keys = target.primary_key.iter().map(|it| it.columns.clone());
        let at_once = target.uniques.iter().filter(|it| it.deferral == Deferral::NotDeferrable);
        let uniques = at_once.map(|it| it.columns.clone());
        let mut keys: Vec<_> = keys.chain(uniques).chain(by_index.filter_map(Index::plain_columns)).collect();
        if keys.is_empty() || self.dice.chance(15) {
            keys = self.new_key(to).into_iter().collect();
        }
        let target = self.tables[to].clone();
        let Some(ref_columns) = self.dice.pick(&keys).cloned() else { return };
        let mut columns = Vec::new();
        let nullable = self.dice.chance(50);
        for column in ref_columns.iter().filter_map(|it| target.column(*it)) {
            let name = self.words.derived(&[&target.name, &column.name]);
            let mut copy = Column::new(self.ids.take(), name, column.data_type.clone());
            copy.nullable = nullable;
            columns.push(copy.id);
            self.tables[from].columns.push(copy);
        }
        let actions: &[ReferentialAction] =
            if nullable { &ReferentialAction::ALL } else { &ReferentialAction::ALL[..3] };
        let on_delete = self.dice.one(actions);
        let sets = matches!(on_delete, ReferentialAction::SetNull | ReferentialAction::SetDefault);
        let enforcements = [Enforcement::Valid, Enforcement::NotValid, Enforcement::NotEnforced];
        let fk = ForeignKey {
            id: self.ids.take(),
            name: self.words.derived(&["fk", &self.tables[from].name, &target.name]),
            set_columns: if sets && self.dice.chance(30) { columns[..1].to_vec() } else { Vec::new() },
            columns,
            references: target.id,
            ref_columns,
            on_delete,
            on_update: self.dice.one(&[ReferentialAction::NoAction, ReferentialAction::Cascade]),
            match_full: self.dice.chance(10),
            deferral: self.deferral(),
            enforcement: if self.dice.chance(80) { Enforcement::Valid } else { self.dice.one(&enforcements) },
            comment: self.comment(),
            ..ForeignKey::default()
        };
        self.tables[from].foreign_keys.push(fk);
    }

    /// A unique constraint or index that can be referenced.
    fn new_key(&mut self, table: usize) -> Option<Vec<ColumnId>> {
        let columns = Self::columns_of(&self.tables[table], is_sorted);
        if columns.is_empty() {
            return None;
        }
        let columns = self.dice.some(&columns, 2);
        let name = self.words.derived(&["uq", &self.tables[table].name]);
        if self.dice.chance(60) {
            let unique = Unique { id: self.ids.take(), name, columns: columns.clone(), ..Unique::default() };
            self.tables[table].uniques.push(unique);
        } else {
            let mut index = Index::over(self.ids.take(), name, &columns);
            index.unique = true;
            self.tables[table].indexes.push(index);
        }
        Some(columns)
    }

    pub(super) fn deferral(&mut self) -> Deferral {
        if self.dice.chance(85) {
            return Deferral::NotDeferrable;
        }
        self.dice.one(&[Deferral::InitiallyImmediate, Deferral::InitiallyDeferred])
    }
}

pub(super) fn fillfactor() -> Vec<(String, String)> {
    vec![("fillfactor".into(), "80".into())]
}

/// Whether a B-tree can hold it.
pub(super) fn is_sorted(data_type: &DataType) -> bool {
    match &data_type.base {
        BaseType::Builtin(it) => data_type.dimensions == 0 && SORTED.iter().any(|sorted| sorted.0 == *it),
        BaseType::Enum(_) | BaseType::Domain(_) => true,
        BaseType::Composite(_) | BaseType::Range(_) | BaseType::Row(_) | BaseType::Other { .. } => false,
    }
}
